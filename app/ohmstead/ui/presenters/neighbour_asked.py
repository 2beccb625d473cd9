"""What the parts of the Neighbours page rest on: all that is known, and the results that may be drawn. Qt-free.

A round with an alarm is never among them. Not here: words and views (``neighbour_group``, …).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.estimator import DayResult, mean_home_wh, over_days
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.services.neighbour_states import NeighbourState, OwnRound, RoundState, Standing
from ohmstead.services.states import HomeState
from ohmstead.ui.presenters.neighbour_data import NeighbourData
from ohmstead.ui.presenters.neighbour_views import Auditing, Part
from ohmstead.ui.presenters.neighbour_words import shown_cohort
from ohmstead.ui.presenters.wording import Wording

#: How many days each choice looks back from the newest result.
SPANS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Known:
    """All that the page knows. ``span`` is the person's choice, an index of ``SPANS``; ``auditing`` runs."""

    state: NeighbourState | None = None
    data: NeighbourData | None = None
    home: HomeState = field(default_factory=HomeState)
    away: bool = False
    span: int = 0
    auditing: Auditing | None = None


@dataclass(frozen=True)
class Stretch:
    """Some days that are compared: the group's results, and the own home's days in Wh where both are whole.

    ``wh`` is the home's mean day, None where none of the days was read whole; then ``results`` are all there are.
    ``torn`` counts results that are left out because the own day is not whole.
    """

    days: Sequence[int]
    results: Sequence[DayResult]
    wh: float | None
    torn: int

    @cached_property
    def whole(self) -> DayResult:
        """The histogram of all home-days."""
        return over_days(self.results)

    @property
    def efficient_wh(self) -> int:
        """What the fifth of home-days that used least did not exceed."""
        return self.whole.percentile_wh(20)

    @property
    def mean_wh(self) -> float:
        """A day of the average home."""
        return mean_home_wh(self.results) / len(self.results)


@dataclass(frozen=True)
class Asked:
    """A moment of the page whose state and data are here."""

    state: NeighbourState
    data: NeighbourData
    now_s: int
    words: Wording
    span: int = 0
    away: bool = False
    home: HomeState = field(default_factory=HomeState)
    auditing: Auditing | None = None

    @property
    def today(self) -> int:
        """The running local day."""
        return self.data.today

    @cached_property
    def cohort(self) -> Cohort | None:
        """The group that is shown."""
        return shown_cohort(self.state)

    @cached_property
    def rounds(self) -> dict[int, RoundState]:
        """The shown group's days, by day."""
        name = self.cohort.id if self.cohort is not None else None
        return {r.day: r for r in self.state.rounds if r.day is not None and r.cohort == name}

    @cached_property
    def alarmed(self) -> frozenset[tuple[str, int, int | None]]:
        """(cohort, epoch, day) of rounds that something is wrong with."""
        return frozenset((a.cohort, a.epoch, a.day) for a in self.state.alarms)

    @cached_property
    def results(self) -> dict[int, DayResult]:
        """The results that may be drawn, by day."""
        return {
            day: r.result
            for day, r in self.rounds.items()
            if r.standing is Standing.RESULT and r.result is not None and r.result.n and not self.wrong(r)
        }

    @cached_property
    def months(self) -> list[RoundState]:
        """The shown group's load shapes that may be drawn, newest first."""
        name = self.cohort.id if self.cohort is not None else None
        found = [
            r for r in self.state.rounds
            if r.day is None and r.cohort == name and r.standing is Standing.RESULT and r.shape and sum(r.shape)
            and not self.wrong(r)
        ]  # fmt: skip
        return sorted(found, key=lambda r: r.epoch, reverse=True)

    @cached_property
    def own(self) -> dict[int, OwnRound]:
        """The own home's part in days, by day."""
        return {o.day: o for o in self.state.own if o.day is not None}

    @property
    def newest(self) -> int | None:
        """The newest day with a result."""
        return max(self.results, default=None)

    @cached_property
    def homes(self) -> int:
        """How many homes the newest round knows of."""
        newest = self.newest
        if newest is not None:
            return self.results[newest].n
        return max((r.roster for r in self.state.rounds[:1]), default=0)

    @property
    def roster(self) -> int:
        """How many homes are on the newest list that was counted, when a round closed; 0 before the first."""
        return next(
            (self.rounds[d].roster for d in sorted(self.rounds, reverse=True) if self.rounds[d].roster), 0
        )

    def wrong(self, round_: RoundState) -> bool:
        """Whether there is an alarm about a round."""
        return (round_.cohort, round_.epoch, round_.day) in self.alarmed

    def stretch(self, span: int | None = None) -> Stretch | None:
        """The days that a choice compares; None without any result."""
        newest = self.newest
        if newest is None:
            return None
        length = SPANS[self.span if span is None else span]
        window = [d for d in range(newest - length + 1, newest + 1) if d in self.results]
        return self.compared(window)

    def compared(self, days: Sequence[int]) -> Stretch | None:
        """Days that have results, compared where the own days are whole."""
        both = [d for d in days if d in self.data.wh]
        used = both or list(days)
        if not used:
            return None
        mean = sum(self.data.wh[d] for d in both) / len(both) if both else None
        return Stretch(used, [self.results[d] for d in used], mean, len(days) - len(both))

    @cached_property
    def part(self) -> Part:
        """Where the household stands."""
        state, member = self.state, self.state.membership
        if member.cohort is None:
            if state.features is None:
                return Part.UNDECIDED
            return Part.PROPOSED if state.proposed is not None else Part.NO_GROUP
        if member.paused:
            return Part.PAUSED
        begun = member.first is None or member.first <= epoch_of(self.today)
        return Part.IN if member.standing == member.cohort and begun else Part.JOINING
