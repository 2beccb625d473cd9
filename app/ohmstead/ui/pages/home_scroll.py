"""The scrolling part of a page whose bar stands in the margin: content keeps its width, bar or no bar.

Not here: the bar's look (``widgets.scroll``).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer, Slot
from PySide6.QtWidgets import QLayout, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import Text

BAR = 10
_TRIES = 3  # a text that stays too low after that is not helped by asking


class Fitted(QWidget):
    """Content that scrolls: it asks for the height that it needs at its width, no more.

    Wrapped labels alone ask for the height of a narrower column than theirs, and the bar would come too early.
    """

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)
        self._tries = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_again)

    def minimumSizeHint(self) -> QSize:
        layout, hint = self.layout(), super().minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), layout.minimumHeightForWidth(self.width()))

    def settle(self) -> None:
        """Lay everything out now: call it after saying other words, before anybody looks.

        Each layout tells the one around it by a posted event, so words deep inside would be cut for as many turns
        of the event loop as there are layouts around them.
        """
        for _ in range(_TRIES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            if not self._ask_all():
                return

    @Slot()
    def _ask_again(self) -> None:
        self._tries = self._tries + 1 if self._low() else 0
        if self._tries <= _TRIES and self._ask_all():
            self._soon.start()

    def _low(self) -> list[Text]:
        return [text for text in self.findChildren(Text) if text.isVisible() and text.too_low]

    def _ask_all(self) -> bool:
        """Ask again for the height of what is too low; False where nothing is."""
        low = self._low()
        for text in low:
            part: QWidget | None = text
            while part is not None and part is not self:
                part.updateGeometry()
                part = part.parentWidget()
        if low:
            self.updateGeometry()
        return bool(low)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            # Qt may have measured words deep inside only after the area had asked for the height.
            self._soon.start()
        return done


class PageScroll(Scroll):
    """Put it in a layout without a right margin: it makes ``margin`` pixels itself. Main thread."""

    def __init__(self, look: Look, inside: QWidget, margin: int | None = None) -> None:
        super().__init__(look, inside)
        self._inside = inside
        self._margin = round(look.theme.tokens.size["page_margin"]) if margin is None else margin
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room()

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
