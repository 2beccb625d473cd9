"""A page's scrolling part: no frame, the page's own ground, a slim bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.base import column


class _Inside(QWidget):
    """As high as its words need at its width, not as high as they would need at their narrowest."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self.setLayout(column(part, gap=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Scroll(QScrollArea):
    """Scrolls one widget upwards and downwards; Qt keeps what has the keyboard in view. Main thread."""

    def __init__(self, look: Look, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around = _Inside(inside)
        self.setWidget(around)
        around.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        look.theme.changed.connect(self._themed)  # not to an overridden slot: see ``base.Painted``
        self.recolour()

    @Slot()
    def _themed(self) -> None:
        self.recolour()

    def recolour(self) -> None:
        """The colours changed. A sheet on the area itself would hold on to the colours of all words inside."""
        self.verticalScrollBar().setStyleSheet(scroll_sheet(self._look.theme))
