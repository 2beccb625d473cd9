"""Home's line about the neighbours; an invitation can be waved away for good.

Not here: which sentence (``presenters.neighbour_brief``), the Neighbours page.
"""

from __future__ import annotations

from collections.abc import Callable

from ohmstead.ui.pages.home_line import HomeLine
from ohmstead.ui.presenters.neighbour_brief import LineView, Told, present_line
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look


class NeighbourLine(HomeLine[Told, LineView]):
    """The line; it leads to a span of days (an index, None for the page as it is). Main thread.

    ``clock`` is the time in UTC seconds.
    """

    def __init__(
        self, look: Look, words: Wording, clock: Callable[[], int], looked_at: Callable[[], bool]
    ) -> None:
        super().__init__(
            look, "neighbours", Told(), lambda told: present_line(told, clock(), words), looked_at,
            words.tr("Do not ask again"),
        )  # fmt: skip

    def _say(self, view: LineView | None) -> None:
        super()._say(view)
        self.offer_away(view is not None and view.invites)
