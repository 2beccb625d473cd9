"""The neighbours as the window sees them: what a person can ask for. Qt-free.

The controller keeps what the household says of its home, tells the meter what to join, and checks; what comes of
it arrives as a new ``services.neighbour_states.NeighbourState``, posted whole, or as a typed problem. Not here:
the page's words (``presenters.neighbour_*``), doing any of it.
"""

from __future__ import annotations

from typing import Protocol

from ohmstead.neighbours.cohorts import Features


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

    def audit(self, cohort: str, day: int | None, epoch: int | None = None) -> None:
        """Check every statement of a day, or (``day`` None) of a month's load shapes, not only the sums.

        Answers with ``AuditProgress``, then with the round marked, or an alarm.
        """

    def stop_audit(self) -> None:
        """End a running check; nothing of it is kept. Answers with a problem, which says that it was stopped."""
