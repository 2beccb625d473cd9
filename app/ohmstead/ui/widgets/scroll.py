"""A page's scrolling part: no frame, the page's own ground, a slim bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet


class Scroll(QScrollArea):
    """Scrolls one widget upwards and downwards; Qt keeps what has the keyboard in view. Main thread."""

    def __init__(self, look: Look, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.setStyleSheet(scroll_sheet(self._look.theme))
