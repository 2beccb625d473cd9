"""The neighbours in the run without a window: waited for, compared with the plain statistic, said in the summary.

A result is right here only where it is what the tally's own estimator makes of the plain values of all homes that
stated the day, which the demonstration alone can know: its other homes are made up, and the own one is replayed.
Like ``headless`` part of a composition root. Thread: the io loop; sources are read by the caller's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import ZoneTable
from ohmstead.meter.sources.choose import YearSource, source_of
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.estimator import DayResult, plain_day
from ohmstead.neighbours.rounds import MIN_HOMES
from ohmstead.services.neighbour_states import NeighbourState, OwnRound, OwnStage, RoundState, Standing
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.village.neighbourhood import Neighbourhood

#: How long guardians, ledger and meter may take over what the replayed days left to do.
WAIT_S = 60.0

Until = Callable[[Callable[[], bool]], Awaitable[None]]


async def neighbours_of(
    neighbourhood: Neighbourhood, desk: NeighbourDesk, zone: ZoneTable, until: Until
) -> tuple[dict[str, Any], list[str]]:
    """What was verified of the neighbours, and what does not hold. Empty where the home takes no part.

    ``until`` waits for a condition and looks again meanwhile.
    """
    failures: list[str] = []

    @lru_cache
    def count(cohort: str, day: int) -> int:
        return len(neighbourhood.plain_imports(cohort, day))

    try:
        async with asyncio.timeout(WAIT_S):
            await until(lambda: _settled(desk.state, count))
    except TimeoutError:
        failures.append("neighbours: no result came in time")
    state = desk.state
    if state.rules is None or state.membership.cohort is None:
        return {}, failures
    source = source_of(neighbourhood.source, neighbourhood.weeks)
    told, wrong = await asyncio.to_thread(account_of, state, zone, source, neighbourhood.plain_imports)
    return told, failures + wrong


def _cohort(state: NeighbourState) -> Cohort | None:
    """The cohort that the home is in, by the owner's wish."""
    cohorts = state.rules.cohorts if state.rules is not None else ()
    return next((c for c in cohorts if c.id == state.membership.cohort), None)


def _settled(state: NeighbourState, count: Callable[[str, int], int]) -> bool:
    """Whether there is nothing more to come of the days that have closed.

    ``count`` says how many other homes of a cohort state a day.
    """
    if state.membership.asked and state.membership.cohort is None:
        return True  # the household left
    cohort = _cohort(state)
    if cohort is None or not state.complete or state.rules is None:
        return False
    enough = count(cohort.id, state.rules.first_day) + 1 >= MIN_HOMES
    wanted = Standing.RESULT if enough else Standing.VOID
    waits = any(r.standing is Standing.WAITING for r in state.rounds)
    return not waits and any(r.standing is wanted for r in state.rounds if r.day is not None)


def account_of(
    state: NeighbourState, zone: ZoneTable, source: YearSource, plain: Callable[[str, int], list[int]]
) -> tuple[dict[str, Any], list[str]]:
    """The summary's part and its failures. ``plain`` gives the other homes' imports of a cohort and day, Wh."""
    cohort = _cohort(state)
    assert cohort is not None
    own = {o.day: o for o in state.own if o.cohort == cohort.id}
    results = [
        r for r in state.rounds if r.day is not None and r.result is not None and r.cohort == cohort.id
    ]
    failures = [f"neighbours: {a.finding.value} in {a.cohort}, {a.day}: {a.words}" for a in state.alarms]
    equal = partial = included = gaps = 0
    for round_ in results:
        assert round_.day is not None
        mine = own.get(round_.day)
        included += mine is not None and mine.included is True
        gaps += mine is not None and mine.stage is OwnStage.GAPS
        failures += _own_failures(round_, mine)
        others, ours = plain(cohort.id, round_.day), _drawn(source, zone, round_.day)
        stated = [*others, ours] if mine is not None and mine.included and ours is not None else others
        if round_.n < len(stated):
            partial += 1  # a home was switched off that day, and nobody can tell which
        elif same_as_plain(round_.result, stated, cohort):
            equal += 1
        else:
            failures.append(f"neighbours: the result of day {round_.day} is not the plain statistic")
    newest = results[0] if results else None
    return {
        "cohort": cohort.id,
        "rounds_checked": len(results),
        "equal_to_plain_statistic": equal,
        "partial": partial,
        "own_included": included,
        "own_gaps": gaps,
        "void": sum(r.standing is Standing.VOID for r in state.rounds if r.day is not None),
        "homes": newest.n if newest is not None else 0,
        "roster": newest.roster if newest is not None else max((r.roster for r in state.rounds), default=0),
        "findings": len(state.alarms),
        "complete": state.complete,
        "single_operator": state.single_operator,
    }, failures


def same_as_plain(result: DayResult | None, imports: list[int], cohort: Cohort) -> bool:
    """Whether a result is what the estimator makes of these imports, Wh: histogram, total and so every figure."""
    return result == plain_day(imports, cohort.s)


def _own_failures(round_: RoundState, mine: OwnRound | None) -> list[str]:
    """A day that the own home stated must hold it; one with gaps is stated by nobody."""
    if mine is not None and (mine.included is True or mine.stage is OwnStage.GAPS):
        return []
    return [f"neighbours: the own statement of day {round_.day} is not in its result"]


def _drawn(source: YearSource, zone: ZoneTable, day: int) -> int | None:
    """The source's import of a local day, Wh; None where a slot of it is missing."""
    found = [source.amounts_in(slot) for slot in zone.slots_of(day)]
    if any(status is IntervalStatus.MISSING for _, status in found):
        return None
    return sum(amounts[Channel.IMPORT] for amounts, _ in found)
