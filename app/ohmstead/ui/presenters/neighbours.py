"""The neighbours as the window sees them: what a person can ask for, and the typed problems. Qt-free.

The controller keeps what the household says of its home, tells the meter what to join, and checks; everything
that
comes of it arrives as a new ``services.neighbour_states.NeighbourState``, posted whole. Not here: the page's
words
(``presenters.neighbour_*``), doing any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from ohmstead.neighbours.cohorts import Features


class NeighbourTask(Enum):
    """What was asked for."""

    FEATURES = "features"
    JOIN = "join"
    LEAVE = "leave"
    PAUSE = "pause"
    AUDIT = "audit"


class NeighbourReason(Enum):
    """Why it was not done. Append only."""

    NO_NEIGHBOURS = "no neighbours"  # this ledger has none
    UNKNOWN_COHORT = "unknown cohort"
    VIEWER = "viewer"  # this computer may look, not act
    NOT_KEPT = "not kept"  # the disk would not take it; nothing was sent
    TOO_YOUNG = "too young"  # the meter's certificate; ``days`` says how long it takes still
    AWAY = "away"  # only with a link to the meter
    NOT_HERE = "not here"  # the statements are not on this computer and nobody could be asked
    REFUSED = "refused"  # for a reason that only ``detail`` knows


@dataclass(frozen=True, slots=True)
class NeighbourProblem:
    """What was not done and why. ``detail`` is for what only the failure itself knows."""

    task: NeighbourTask
    reason: NeighbourReason
    detail: str = ""
    days: int = 0


class NeighbourController(Protocol):
    """Takes every wish at once. Called on main; returns at once; answers by posting.

    A wish is kept before it is sent, and sent when the meter can be reached: a lost link is no problem of a wish,
    the posted ``Membership`` says that wish and ledger differ.
    """

    def set_features(self, features: Features | None) -> None:
        """What the home is like, for this computer alone; None forgets it. Answers with another proposal."""

    def join(self, cohort: str) -> None:
        """Take part in a cohort, or move to it."""

    def leave(self) -> None:
        """Take no part any more. The meter states nothing from now on."""

    def pause(self, paused: bool) -> None:
        """The meter states nothing for now, or goes on."""

    def audit(self, cohort: str, day: int) -> None:
        """Check every statement of a day, not only the sums. Answers with the round marked, or an alarm."""
