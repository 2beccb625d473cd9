"""The scrolling part of a page whose bar stands in the margin: content keeps its width, bar or no bar.

Not here: the bar's look (``widgets.scroll``).
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QLayout, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.scroll import Scroll

BAR = 10


class Fitted(QWidget):
    """Content that scrolls: it asks for the height that it needs at its width, no more.

    Wrapped labels alone ask for the height of a narrower column than theirs, and the bar would come too early.
    """

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        layout, hint = self.layout(), super().minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), layout.minimumHeightForWidth(self.width()))


class PageScroll(Scroll):
    """Put it in a layout without a right margin: it makes ``margin`` pixels itself. Main thread."""

    def __init__(self, look: Look, inside: QWidget, margin: int | None = None) -> None:
        super().__init__(look, inside)
        self._inside = inside
        self._margin = round(look.theme.tokens.size["page_margin"]) if margin is None else margin
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room()

    @Slot()
    def recolour(self) -> None:
        """The colours changed. Only the bar has a sheet: one round the content would undo its labels' colours."""
        self.verticalScrollBar().setStyleSheet(scroll_sheet(self._look.theme))

    @Slot()
    def _make_room(self) -> None:
        layout = self._inside.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        right = self._margin - (BAR if self.verticalScrollBar().maximum() > 0 else 0)
        if margins.right() != right:
            layout.setContentsMargins(margins.left(), margins.top(), right, margins.bottom())
