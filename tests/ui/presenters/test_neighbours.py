"""What Neighbours says: places not marks, gaps left out on both sides, nothing false drawn, any moment in
words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.neighbours.cohorts import Cohort, Dwelling, Heating
from ohmstead.neighbours.estimator import mean_home_wh, over_days
from ohmstead.neighbours.tally import VoidReason
from ohmstead.services.neighbour_states import (
    Finding,
    Membership,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
    OwnStage,
    Standing,
)
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.neighbour_asked import Known
from ohmstead.ui.presenters.neighbour_data import NeighbourData, NeighbourRequest, OwnHours, hours_of
from ohmstead.ui.presenters.neighbour_page import asked_of, present_neighbours
from ohmstead.ui.presenters.neighbour_self import change_words, scale
from ohmstead.ui.presenters.neighbour_typed import read_features
from ohmstead.ui.presenters.neighbour_views import NeighbourFace, NeighbourView, Part
from ohmstead.ui.presenters.neighbour_words import group_words, problem_words
from tests.ui.neighbour_street import FLATS, HOME, HOUSES, Lane
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
ZONE = build_table("Europe/Rome", date(2023, 1, 1), date(2026, 12, 31))
NOON = 1_750_154_700  # 17 June 2025, 12:05 in Rome
LANE = Lane(ZONE, NOON)
TODAY = LANE.today


def own(**wh: int) -> NeighbourData:
    """Two years of whole days at 10 kWh, the year before at 12; ``d5`` is the day five days ago, -1 for a gap."""
    days = {TODAY - b: 10_000 if b < 364 else 12_000 for b in range(1, 800)}
    days |= {TODAY - int(name[1:]): value for name, value in wh.items()}
    gone = {d for d, value in days.items() if value < 0}
    at = np.arange(TODAY - 70, TODAY)
    hours = OwnHours(at, np.full((len(at), 24), 400, np.int64))
    whole = {d: value for d, value in days.items() if value >= 0}
    return NeighbourData(NeighbourRequest(NOON), ZONE, TODAY, whole, frozenset(gone), hours)


def view(state: NeighbourState, data: NeighbourData | None = None, span: int = 0) -> NeighbourView:
    return present_neighbours(Known(state, data if data is not None else own(), span=span), NOON, WORDS)


def test_the_home_meets_the_same_weekdays_a_year_before() -> None:
    said = view(LANE.outside()).own
    assert said is not None
    assert said.lead == "17 % less than a year before"
    assert "160.0 kWh" in said.body
    assert "192.0 kWh" in said.body
    assert "Not corrected for weather." in said.body


def test_a_gap_is_left_out_on_both_sides() -> None:
    said = view(LANE.outside(), own(d4=-1)).own
    assert said is not None
    assert "150.0 kWh" in said.body
    assert "180.0 kWh" in said.body
    assert "1 day is left out in both" in said.body


def test_what_the_same_days_did_to_all_stands_beside_it() -> None:
    rounds = tuple(LANE.day(b) for b in (*range(3, 17), *range(367, 381)))
    said = view(LANE.full(rounds=rounds)).own
    assert said is not None
    assert "homes like yours used" in said.body
    assert "Not corrected" not in said.body


@pytest.mark.parametrize(
    ("wh", "words"),
    [(1_000, "Within the efficient fifth"), (100_000, "above the average")],
)
def test_a_place_not_a_mark(wh: int, words: str) -> None:
    group = view(LANE.full(), own(d3=wh)).group
    assert group is not None
    assert words in group.lead
    assert [b.ink for b in group.bars] == ["me", "others_strong", "others_strong"]


def test_a_week_is_the_estimator_over_the_days_that_both_have() -> None:
    state = LANE.full()
    asked = asked_of(Known(state, own(d5=-1), span=1), NOON, WORDS)
    assert asked is not None
    stretch = asked.stretch()
    assert stretch is not None
    days = [TODAY - b for b in (9, 8, 7, 6, 4, 3)]
    results = [asked.results[d] for d in days]
    assert list(stretch.days) == days
    assert stretch.efficient_wh == over_days(results).percentile_wh(20)
    assert stretch.mean_wh == mean_home_wh(results) / 6
    assert stretch.torn == 1
    group = view(state, own(d5=-1), span=1).group
    assert group is not None
    assert "1 is left out on both sides" in group.lines[0].words


def test_a_torn_own_day_has_no_bar() -> None:
    group = view(LANE.full(), own(d3=-1)).group
    assert group is not None
    assert group.bars[0].value == ""
    assert group.spread is not None
    assert group.spread.own is None


@pytest.mark.parametrize("finding", Finding)
def test_what_is_false_is_said_and_not_drawn(finding: Finding) -> None:
    seen = view(LANE.full(alarms=(LANE.alarm(finding, "it does not follow"),)))
    assert seen.notice is not None
    assert seen.notice.tone == "alarm"
    assert "it does not follow" in seen.notice.body
    asked = asked_of(Known(LANE.full(alarms=(LANE.alarm(finding, "x"),)), own()), NOON, WORDS)
    assert asked is not None
    assert TODAY - 3 not in asked.results
    assert seen.time is not None
    assert next(r for r in seen.time.rows if r.day == TODAY - 3).tone == "alarm"


def test_each_standing_has_its_part() -> None:
    states = {
        Part.UNDECIDED: LANE.outside(),
        Part.NO_GROUP: LANE.outside(features=HOME),
        Part.PROPOSED: LANE.outside(features=HOME, proposed=HOUSES.id, shown=HOUSES.id),
        Part.JOINING: LANE.full(membership=Membership(True, HOUSES.id)),
        Part.PAUSED: LANE.full(membership=replace(LANE.full().membership, paused=True)),
        Part.IN: LANE.full(),
    }
    for part, state in states.items():
        assert view(state).part is part
    invite = view(LANE.few()).invite
    assert invite is not None
    assert invite.lead == "11 homes like yours take part. Comparing starts at 15."


@pytest.mark.parametrize("reason", VoidReason)
def test_a_day_without_a_result_says_why(reason: VoidReason) -> None:
    seen = view(LANE.full(rounds=(LANE.void(3, reason), *LANE.days()[3:])))
    assert seen.notice is not None
    assert seen.notice.tone == "notice"
    alone = view(LANE.full(rounds=(LANE.void(3, reason),), own=())).invite
    assert alone is not None
    assert alone.body[0]


def test_a_missing_guardian_is_named() -> None:
    group = view(LANE.full(rounds=(LANE.day(3, Standing.WAITING), *LANE.days()[3:])), span=1).group
    assert group is not None
    invite = view(LANE.full(rounds=(LANE.day(3, Standing.WAITING),))).invite
    assert invite is not None
    assert invite.lead == "Waiting for guardian Birch"


def test_the_account_counts_what_left() -> None:
    account = view(LANE.full()).privacy
    assert account is not None
    assert account.steps[0][1].startswith("59 days’ sums, encrypted: 268\u202f096 bytes.")
    assert any("simulated" in line.words for line in account.limits)
    gaps = view(LANE.full(own=LANE.owns(stage=OwnStage.GAPS))).privacy
    assert gaps is not None
    assert "Not stated: readings are missing" in [r.cells[-1] for r in gaps.sent]


def test_groups_in_words() -> None:
    assert group_words(FLATS, WORDS) == "flats, 60 to 90 m², 2 people, gas heating"
    assert group_words(HOUSES, WORDS) == "houses, 80 to 220 m², 2 to 5 people, solar roof"
    assert group_words(Cohort("a", 11, "z"), WORDS) == "homes of any kind"


def test_every_problem_has_words() -> None:
    for task in NeighbourTask:
        for reason in NeighbourReason:
            assert all(problem_words(NeighbourProblem(task, reason), WORDS))


def test_faces() -> None:
    assert present_neighbours(Known(), NOON, WORDS).face is NeighbourFace.LOADING
    assert view(NeighbourState(known=True)).face is NeighbourFace.NONE
    assert view(LANE.full(), NeighbourData(NeighbourRequest(NOON))).face is NeighbourFace.EMPTY


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_change_is_always_said(now: float, then: float) -> None:
    assert change_words(now, then, WORDS, year=True)


@given(st.floats(0, 1e6))
def test_steps_reach_over_the_highest(highest: float) -> None:
    top, steps = scale(highest, WORDS)
    assert top >= highest * 0.999
    assert 1 <= len(steps) <= 5


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_a_home_or_a_sentence(area: str, people: str) -> None:
    typed = read_features(Dwelling.FLAT, Heating.GAS, area, people, WORDS, ev=False, pv=False)
    assert (typed.features is None) == bool(typed.area or typed.people)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(Standing), max_size=6), st.integers(0, 2), st.sampled_from(OwnStage), st.booleans(),
    st.dictionaries(st.integers(1, 12), st.integers(-1, 90_000), max_size=8),
)  # fmt: skip
def test_any_moment_has_words(
    standings: list[Standing], span: int, stage: OwnStage, can_act: bool, days: dict[int, int]
) -> None:
    rounds = tuple(LANE.day(i + 1, standing) for i, standing in enumerate(standings))
    state = LANE.full(rounds=rounds, own=LANE.owns(6, stage=stage), can_act=can_act)
    data = own(**{f"d{b}": wh for b, wh in days.items()})
    assert present_neighbours(Known(state, data, span=span), NOON, WORDS).face is NeighbourFace.FULL


def test_hours_need_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from ohmstead.store.series import IntervalSeries

    slots = ZONE.slots_of(TODAY - 1)
    n = len(slots)
    ok, wh = np.ones(n, np.uint8), np.full(n, 25, np.int64)
    at = np.arange(slots.start, slots.stop)
    series = IntervalSeries(at, wh, wh, wh, ok, ok, ok)
    hours = hours_of(series, ZONE, range(TODAY - 2, TODAY))
    assert hours.day.tolist() == [TODAY - 1]
    assert hours.wh.sum() == n * 25


def test_a_list_that_was_not_counted_yet_is_not_an_empty_one() -> None:
    collecting = tuple(LANE.day(b, Standing.COLLECTING, n=21) for b in (1, 2))
    first = view(LANE.full(rounds=collecting, own=LANE.owns(3)))
    assert first.invite is not None
    assert first.invite.lead == "The first result comes on 18 June"
    assert "21 homes like yours have stated a day so far." in first.invite.body
    assert first.group_words.startswith("Homes of this kind: ")
    assert first.time is not None
    assert [r.cells[4] for r in first.time.rows] == ["21", "21"]
    # The newest list that was counted stands while newer days are open.
    assert view(LANE.full()).group_words.startswith("37 homes on the list: ")


def test_months_before_the_first_reading_are_blank_and_no_gap() -> None:
    start = LANE.today - 390
    young = replace(own(), wh={d: wh for d, wh in own().wh.items() if d >= start})
    months = view(LANE.full(), young).own
    assert months is not None
    assert "left out" not in months.body  # nothing was read a year before, so nothing is missing
    short = replace(own(), wh={d: wh for d, wh in own().wh.items() if d >= LANE.today - 40})
    columns = view(LANE.full(), short).own
    assert columns is not None
    assert columns.months is not None
    assert columns.months.before == 10
    assert columns.months.said[0][1].startswith("before the first reading")


def test_the_running_month_has_a_tick_only_where_both_are_of_most_of_its_days() -> None:
    whole = view(LANE.full()).own
    assert whole is not None
    assert whole.months is not None
    assert whole.months.ticks[-1] == 12
    few = {d: wh for d, wh in own().wh.items() if d >= LANE.today - 364 - 4}
    part = view(LANE.full(), replace(own(), wh=few)).own
    assert part is not None
    assert part.months is not None
    assert part.months.ticks[-1] is None


def test_a_void_day_that_the_banner_names_is_not_said_twice() -> None:
    void = LANE.full(rounds=(LANE.void(3, VoidReason.GUARDIAN_ABSENT, 33), *LANE.days()[3:]))
    shown = view(void)
    assert shown.notice is not None
    assert shown.group is not None
    assert shown.notice.head == "14 June has no result"
    assert not [entry for entry in shown.group.lines if "14 June" in entry.words]
    paused = view(replace(void, membership=replace(void.membership, paused=True)))
    assert paused.group is not None
    assert [entry for entry in paused.group.lines if "14 June has no result" in entry.words]
