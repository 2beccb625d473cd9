"""Home's line about the market: a sign, one sentence, the way to what is behind it; hidden while there is none.

Not here: which sentence (``presenters.market_brief``), the market itself (``pages.market_page``).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.market_brief import BriefView, Goal, present_brief
from ohmstead.ui.presenters.market_page import Known
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.text import Icon, Text

_LINE = 20  # what the sentence and the way beside it are high
_INK = {"alarm": ("alarm", "alarm"), "notice": ("notice", "text")}  # of the sign, of the words


class MarketLine(QWidget):
    """The line. Main thread. ``clock`` is the time in UTC seconds, ``looked_at`` whether the page is seen.

    Signals:
        wanted: the Market page at a ``Goal``.
    """

    wanted = Signal(object)

    def __init__(
        self, look: Look, words: Wording, clock: Callable[[], int], looked_at: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._look, self._words, self._clock, self._looked_at = look, words, clock, looked_at
        self._known = Known()
        self._view: BriefView | None = None
        self._goal = Goal()
        self._icon = Icon(look, "market", 16)
        self._text = Text(look, "", "body", "text", wrap=True)
        self._show_it = Button(look, "", "link", small=True)
        self._show_it.setFixedHeight(_LINE)
        self._show_it.clicked.connect(self._pressed)
        self.setLayout(
            row(
                column(3, self._icon, None, gap=0),
                8,
                (self._text, 1_000),
                12,
                column(2, self._show_it, None, gap=0),
                None,
                gap=0,
                margins=(0, 0, 0, 8),
            )
        )
        self.hide()

    @property
    def view(self) -> BriefView | None:
        """What is said."""
        return self._view

    def show_known(self, known: Known) -> None:
        """Take another state of the market, or of what is foreseen."""
        self._known = known
        self.age()

    @Slot()
    def age(self) -> None:
        """Say it as of now; while nobody looks at the page that can wait."""
        if not self._looked_at():
            return
        view = present_brief(self._known, self._clock(), self._words)
        if view != self._view:
            self._view = view
            self._say(view)

    def _say(self, view: BriefView | None) -> None:
        self.setVisible(view is not None)
        if view is None:
            return
        ink, words = _INK.get(view.tone, ("text_2", "text"))
        self._icon.show_icon(view.glyph, ink)
        self._text.tone(words)
        self._text.say(view.words)
        # No wider than the words, so that the way stands after them and not at the far side.
        self._text.setMaximumWidth(math.ceil(self._look.width(view.words, "body")) + 2)
        self._goal = view.goal
        self._show_it.setText(view.action)
        self._show_it.setAccessibleName(view.action)
        self._show_it.setAccessibleDescription(view.words)
        self._show_it.updateGeometry()

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self._goal)
