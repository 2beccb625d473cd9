"""Home's line about the market. Not here: which sentence (``presenters.market_brief``), the Market page."""

from __future__ import annotations

from collections.abc import Callable

from ohmstead.ui.pages.home_line import HomeLine
from ohmstead.ui.presenters.market_brief import BriefView, present_brief
from ohmstead.ui.presenters.market_page import Known
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look


class MarketLine(HomeLine[Known, BriefView]):
    """The line; it leads to a ``Goal``. Main thread. ``clock`` is the time in UTC seconds."""

    def __init__(
        self, look: Look, words: Wording, clock: Callable[[], int], looked_at: Callable[[], bool]
    ) -> None:
        super().__init__(
            look, "market", Known(), lambda known: present_brief(known, clock(), words), looked_at
        )
