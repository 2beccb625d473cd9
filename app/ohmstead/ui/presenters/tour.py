"""The tour's five hints: what each says, on which page, and of which thing. Qt-free.

Not here: finding the thing on the page (``ui.tour``), drawing the hint (``widgets.hint``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ohmstead.ui.presenters.wording import Wording


class Thing(Enum):
    """What a hint speaks of, in the tour's order; its value is the page that it is on, empty for any."""

    NOW = "home", "now"
    FACTS = "home", "facts"
    BAR = "usage", "bar"
    WAY = "ledger", "way"
    PALETTE = "", "palette"

    @property
    def page(self) -> str:
        """The page that the thing is on; empty where it stands beside every page."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint in words. ``place``: which of how many it is; ``go_on`` and ``skip``: what its buttons say.

    The last hint has nothing to skip.
    """

    thing: Thing
    head: str
    body: str
    place: str
    go_on: str
    skip: str


def hints(words: Wording, palette_keys: str) -> tuple[Hint, ...]:
    """All hints in order. ``palette_keys`` are the palette's keys as they are printed on this keyboard."""
    tr = words.tr
    said = (
        (
            Thing.NOW,
            tr("What your home does now"),
            tr(
                "The power that comes in or goes out at this moment, straight from your meter. It changes in "
                "place, every few seconds."
            ),
        ),
        (
            Thing.FACTS,
            tr("What is known about your readings"),
            tr(
                "Did your meter sign them, is its key to be trusted, are all of them here, and of when are they? "
                "Each is checked on this computer and said by itself."
            ),
        ),
        (
            Thing.BAR,
            tr("A bar is a quarter hour"),
            tr(
                "Click one, or walk to it with the arrow keys and press Enter. Its receipt shows every step from "
                "the meter's register to this picture."
            ),
        ),
        (
            Thing.WAY,
            tr("The way of a reading"),
            tr(
                "From your meter through the ledger to this computer. Where something does not hold, the line "
                "ends there and says what happened."
            ),
        ),
        (
            Thing.PALETTE,
            tr("Go anywhere in words"),
            tr(
                "Press {keys}, then type a page, something to do, or a day like 11 January.",
                keys=palette_keys,
            ),
        ),
    )
    last = len(said)
    return tuple(
        Hint(
            thing,
            head,
            body,
            tr("{n} of {all}", n=words.number(n), all=words.number(last)),
            tr("Done") if n == last else tr("Next"),
            "" if n == last else tr("Skip the tour"),
        )
        for n, (thing, head, body) in enumerate(said, 1)
    )
