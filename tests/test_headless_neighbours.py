"""The demonstration's own check of its neighbours: it fails where a result is not the plain statistic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.headless_neighbours import _settled, account_of
from ohmstead.neighbours.estimator import plain_day
from ohmstead.services.neighbour_states import (
    Finding,
    Membership,
    NeighbourState,
    OwnStage,
    RoundState,
    Standing,
)
from ohmstead.system.zones import build_table
from tests.ui.neighbour_street import HOUSES, Lane, imports

ZONE = build_table("Europe/Rome", date(2025, 1, 1), date(2026, 12, 31))
LANE = Lane(ZONE, 1_750_154_700)
DAYS = range(LANE.today - 5, LANE.today - 2)
OTHERS, SLOT_WH = 16, 100


class Flat:
    """A source that draws the same in every slot; ``torn`` are days with a slot missing."""

    name, credit, first_slot, year_slots = "flat", "", 0, 0

    def __init__(self, torn: frozenset[int] = frozenset()) -> None:
        self._torn = {ZONE.slots_of(day).start for day in torn}

    def amounts_in(self, slot: int) -> tuple[dict[Channel, int], IntervalStatus]:
        status = IntervalStatus.MISSING if slot in self._torn else IntervalStatus.OK
        return {Channel.IMPORT: SLOT_WH}, status


def others(_cohort: str, day: int) -> list[int]:
    return imports(day, OTHERS)


def opened(day: int, *, own: bool = True) -> RoundState:
    drawn = imports(day, OTHERS) + ([SLOT_WH * len(ZONE.slots_of(day))] if own else [])
    made = LANE.day(LANE.today - day, n=len(drawn), roster=OTHERS + 1)
    return replace(made, result=plain_day(drawn, HOUSES.s))


def state(change: Callable[[RoundState], RoundState] = lambda r: r, **more: object) -> NeighbourState:
    return LANE.full(rounds=tuple(change(opened(d)) for d in reversed(DAYS)), own=LANE.owns(8), **more)


def test_what_is_right_is_counted() -> None:
    told, failures = account_of(state(), ZONE, Flat(), others)
    assert failures == []
    assert (told["rounds_checked"], told["equal_to_plain_statistic"], told["own_included"]) == (3, 3, 3)
    assert (told["homes"], told["roster"], told["findings"]) == (OTHERS + 1, OTHERS + 1, 0)


@pytest.mark.parametrize("by", [1, -1])
def test_a_result_that_is_one_watt_hour_off_is_a_failure(by: int) -> None:
    def change(round_: RoundState) -> RoundState:
        assert round_.result is not None
        if round_.day != DAYS[1]:
            return round_
        return replace(round_, result=replace(round_.result, total_wh=round_.result.total_wh + by))

    told, failures = account_of(state(change), ZONE, Flat(), others)
    assert failures == [f"neighbours: the result of day {DAYS[1]} is not the plain statistic"]
    assert told["equal_to_plain_statistic"] == 2


def test_an_own_statement_that_is_not_in_a_result_is_a_failure() -> None:
    for included in (False, None):
        left_out = replace(state(), own=LANE.owns(8, included=included))
        _, failures = account_of(left_out, ZONE, Flat(), others)
        assert f"neighbours: the own statement of day {DAYS[-1]} is not in its result" in failures
    nobody = replace(state(), own=())
    assert len(account_of(nobody, ZONE, Flat(), others)[1]) >= 3


def test_a_day_with_gaps_is_stated_by_the_others_alone() -> None:
    def change(round_: RoundState) -> RoundState:
        assert round_.day is not None
        return opened(round_.day, own=False) if round_.day == DAYS[-1] else round_

    torn = replace(state(change), own=LANE.owns(8, stage=OwnStage.GAPS, included=None))
    told, failures = account_of(torn, ZONE, Flat(frozenset({DAYS[-1]})), others)
    assert failures == []
    assert (told["own_included"], told["own_gaps"], told["equal_to_plain_statistic"]) == (2, 1, 3)


def test_a_day_that_a_home_did_not_state_cannot_be_compared() -> None:
    def change(round_: RoundState) -> RoundState:
        assert round_.day is not None
        return replace(round_, n=round_.n - 1)

    told, failures = account_of(state(change), ZONE, Flat(), others)
    assert failures == []
    assert (told["equal_to_plain_statistic"], told["partial"]) == (0, 3)


def test_every_finding_is_a_failure() -> None:
    found = LANE.alarm(Finding.LEFT_OUT, "not among them")
    _, failures = account_of(state(alarms=(found,)), ZONE, Flat(), others)
    assert failures == [f"neighbours: left-out in {HOUSES.id}, {found.day}: not among them"]


def test_it_is_waited_for_what_can_still_come() -> None:
    many, few = (lambda _c, _d: OTHERS), (lambda _c, _d: 3)
    whole = state()
    assert _settled(whole, many)
    assert not _settled(replace(whole, complete=False), many)
    assert not _settled(replace(whole, rounds=(LANE.day(2, Standing.WAITING), *whole.rounds)), many)
    assert not _settled(replace(whole, rounds=(LANE.day(1, Standing.COLLECTING),)), many)
    assert not _settled(LANE.few(), many)
    assert _settled(LANE.few(), few)
    assert not _settled(NeighbourState(), many)
    assert _settled(replace(whole, membership=Membership(True)), many)
