"""The scrolling part of a page whose bar stands in the page's margin: content keeps its width, bar or no bar."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.scroll import Scroll

BAR = 10


class PageScroll(Scroll):
    """Put it in a layout without a right margin: it makes the page's own. Main thread."""

    def __init__(self, look: Look, inside: QWidget) -> None:
        super().__init__(look, inside)
        self._inside = inside
        self._margin = round(look.theme.tokens.size["page_margin"])
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
