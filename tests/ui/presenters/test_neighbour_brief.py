"""The neighbours in a line, a mark and a notice: neutral, once, no alarm about what a home uses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.neighbours.estimator import plain_day
from ohmstead.services.neighbour_states import Finding, Membership, NeighbourAlarm, NeighbourState, Standing
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.neighbour_asked import Known
from ohmstead.ui.presenters.neighbour_brief import (
    SPAN,
    LineView,
    NeighbourSeen,
    Told,
    finding_name,
    names_of,
    present_line,
    present_neighbour_mark,
)
from ohmstead.ui.presenters.neighbour_data import NeighbourData, NeighbourRequest
from ohmstead.ui.presenters.neighbour_notices import FindingWatch
from ohmstead.ui.presenters.notices import Notice, NoticeKind
from tests.ui.neighbour_street import HOME, HOUSES
from tests.ui.presenters.test_neighbours import LANE, NOON, TODAY, WORDS, ZONE, own, view

ALL, NEW = Notices(), NeighbourSeen()
ALARMS = st.lists(
    st.builds(
        NeighbourAlarm, st.integers(1, 99), st.sampled_from(Finding), st.sampled_from(["flats", "houses-pv"]),
        st.integers(0, 700), st.none() | st.integers(TODAY - 9, TODAY), st.just("words"),
    ), max_size=6,
)  # fmt: skip


def line(
    state: NeighbourState | None, data: NeighbourData | None = None, seen: NeighbourSeen = NEW
) -> LineView | None:
    return present_line(Told(Known(state, own() if data is None else data), seen), NOON, WORDS)


def said(state: NeighbourState | None, data: NeighbourData | None = None) -> str:
    found = line(state, data)
    assert found is not None
    return found.words


def near(percent: int) -> NeighbourData:
    """Own days at so many per cent of the mean that the page shows for 30 days."""
    group = view(LANE.full(), span=SPAN).group
    assert group is not None
    stretch = [r.result for r in LANE.days() if r.day is not None and r.day >= TODAY - 32 and r.result]
    mean = sum(r.mean_wh() for r in stretch) / len(stretch)
    return own(**{f"d{b}": round(mean * percent / 100) for b in range(1, 40)})


def test_a_result_is_a_direction_from_the_average_and_a_count_of_homes() -> None:
    assert said(LANE.full(), near(80)) == "Last 30 days: 20 % below the average of 34 homes like yours"
    assert said(LANE.full(), near(130)) == "Last 30 days: 30 % above the average of 34 homes like yours"
    assert said(LANE.full(), near(98)) == "Last 30 days: about the average of 34 homes like yours"
    found = line(LANE.full())
    assert found is not None
    assert (found.tone, found.goal, found.invites) == ("neutral", SPAN, False)


def test_few_days_are_named_by_their_dates() -> None:
    days = LANE.days()
    one = LANE.full(rounds=(*days[:2], days[2]))
    assert said(one).startswith("14 June: ")
    some = LANE.full(rounds=days[:6])
    assert said(some).startswith("11 June to 14 June: ")


def test_a_home_whose_days_are_not_whole_is_told_nothing() -> None:
    gone = own(**{f"d{b}": -1 for b in range(1, 40)})
    assert line(LANE.full(), gone) is None


def test_nothing_is_said_until_there_is_something_to_know() -> None:
    assert line(None) is None
    assert line(NeighbourState()) is None
    assert line(NeighbourState(known=True)) is None
    assert line(LANE.full(), NeighbourData(NeighbourRequest(NOON))) is None
    assert present_line(Told(Known(LANE.full())), NOON, WORDS) is None


def test_an_invitation_is_made_once_and_only_to_who_can_accept_it() -> None:
    outside = LANE.outside()
    found = line(outside)
    assert found is not None
    assert found.invites
    assert "Nobody sees your figures" in found.words
    assert line(outside, seen=NeighbourSeen(invited=True)) is None
    assert line(outside, seen=NEW.with_all(outside)) is None  # the page says it in full
    assert line(replace(outside, can_act=False)) is None
    proposed = replace(outside, features=HOME, proposed=HOUSES.id, shown=HOUSES.id)
    assert line(proposed) is not None
    # Who left, or said no before, is never asked again.
    assert line(LANE.full(membership=Membership(True))) is None
    assert line(LANE.full(membership=replace(LANE.full().membership, paused=True))) is None


def test_a_state_that_is_not_known_yet_counts_as_no_look_at_the_invitation() -> None:
    assert NEW.with_all(NeighbourState()) == NEW
    assert NEW.with_all(LANE.full()) == NEW
    assert NEW.with_all(LANE.outside()).invited


def test_what_is_missing_before_a_first_result_is_said_as_on_the_page() -> None:
    assert said(LANE.few()) == "11 homes like yours take part. Comparing starts at 15."
    first = LANE.full(rounds=tuple(LANE.day(b, Standing.COLLECTING) for b in (1, 2)), own=LANE.owns(3))
    assert said(first) == "Homes like yours: The first result comes on 18 June"
    waiting = LANE.full(rounds=(LANE.day(3, Standing.WAITING),))
    assert said(waiting) == "Homes like yours: Waiting for guardian Birch"
    joining = LANE.full(membership=Membership(True, HOUSES.id))
    assert said(joining) == "Homes like yours: Your wish is on its way"


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding.LEFT_OUT, "Your statement of 14 June is not among those that were added."),
        (Finding.ALTERED, "What was stated of 14 June is not what your meter measured."),
        (Finding.RECORD, "The record of 14 June does not follow from what is in it."),
    ],
)
def test_a_finding_comes_before_everything_else(finding: Finding, words: str) -> None:
    for state in (LANE.full(), LANE.outside(), LANE.few()):
        found = line(replace(state, alarms=(LANE.alarm(finding, "no"),)))
        assert found is not None
        assert (found.tone, found.words) == ("alarm", words)
    two = LANE.full(alarms=(LANE.alarm(finding, "no"), LANE.malformed()))
    assert said(two) == "2 results of the comparison with homes like yours do not check out."


def test_an_entry_that_is_of_no_day_and_no_month_has_words() -> None:
    state = LANE.full(alarms=(LANE.malformed(),))
    assert said(state) == "The group’s log holds an entry that does not belong there."
    notice = view(state).notice
    assert notice is not None
    assert "1970" not in notice.head + notice.body
    assert notice.body.endswith("is not a canonical value.")


def test_a_finding_is_marked_until_it_was_looked_at() -> None:
    alarm = LANE.alarm(Finding.LEFT_OUT, "no")
    state = LANE.full(alarms=(alarm,))
    mark = present_neighbour_mark(state, NEW, WORDS)
    assert mark is not None
    assert (mark.tone, mark.count, mark.words) == ("alarm", 1, "1 wrong result")
    seen = NEW.with_all(state)
    assert present_neighbour_mark(state, seen, WORDS) is None
    again = replace(state, alarms=(replace(alarm, key=7), LANE.malformed()))
    mark = present_neighbour_mark(again, seen, WORDS)
    assert mark is not None
    assert mark.count == 1
    assert present_neighbour_mark(None, NEW, WORDS) is None


def test_each_entry_that_belongs_nowhere_is_a_finding_of_its_own() -> None:
    state = LANE.full(alarms=(LANE.malformed(7), LANE.malformed(9)))
    mark = present_neighbour_mark(state, NEW, WORDS)
    assert mark is not None
    assert mark.count == 2
    one = NEW.with_all(LANE.full(alarms=(LANE.malformed(7),)))
    rest = present_neighbour_mark(state, one, WORDS)
    assert rest is not None
    assert rest.count == 1


@settings(max_examples=30)
@given(st.lists(st.integers(0, 60_000), min_size=15, max_size=40), st.integers(0, 60_000))
def test_no_use_of_any_home_is_a_mark_or_a_notice(imports: list[int], mine: int) -> None:
    rounds = tuple(
        replace(LANE.day(b, n=len(imports)), result=plain_day(imports, HOUSES.s)) for b in range(3, 12)
    )
    state, data = LANE.full(rounds=rounds), own(**{f"d{b}": mine for b in range(1, 20)})
    found = line(state, data)
    assert found is None or found.tone == "neutral"
    assert present_neighbour_mark(state, NEW, WORDS) is None
    assert hear(FindingWatch("Orchard Lane 4"), state) == []


# ---- notices ------------------------------------------------------------------------------------


def hear(watch: FindingWatch, state: NeighbourState | None, wanted: Notices = ALL) -> list[Notice]:
    return list(watch.hear(state, ZONE, wanted, NOON, WORDS))


def test_a_finding_is_told_once_and_not_again_after_a_restart() -> None:
    watch, alarm = FindingWatch("Orchard Lane 4"), LANE.alarm(Finding.ALTERED, "no")
    state = LANE.full(alarms=(alarm,))
    (notice,) = hear(watch, state)
    assert notice.kind is NoticeKind.NEIGHBOURS
    assert notice.kind.value == "neighbours"
    assert notice.head == "Orchard Lane 4: What was stated of 14 June is not what your meter measured"
    assert hear(watch, state) == []
    restarted = FindingWatch("Orchard Lane 4", watch.told)
    assert hear(restarted, None) == hear(restarted, NeighbourState()) == hear(restarted, state) == []
    two = replace(state, alarms=(alarm, LANE.malformed()))
    assert [n.head for n in hear(restarted, two)] == [
        "Orchard Lane 4: The group’s log holds an entry that does not belong there"
    ]


def test_a_finding_that_came_out_right_and_is_found_again_is_told_again() -> None:
    watch, state = FindingWatch("Orchard Lane 4"), LANE.full(alarms=(LANE.alarm(Finding.LEFT_OUT, "no"),))
    assert len(hear(watch, state)) == 1
    assert hear(watch, LANE.full()) == []
    assert len(hear(watch, state)) == 1


def test_another_finding_under_the_same_key_is_told() -> None:
    watch, first = FindingWatch("Orchard Lane 4"), LANE.alarm(Finding.LEFT_OUT, "no")
    hear(watch, LANE.full(alarms=(first,)))
    assert len(hear(watch, LANE.full(alarms=(replace(first, finding=Finding.ALTERED),)))) == 1


def test_what_is_not_wanted_counts_as_told() -> None:
    watch, state = FindingWatch("Orchard Lane 4"), LANE.full(alarms=(LANE.alarm(Finding.RECORD, "no"),))
    assert hear(watch, state, Notices(not_in_order=False)) == []
    assert hear(watch, state) == []


@settings(max_examples=40)
@given(st.lists(ALARMS, max_size=5))
def test_every_new_finding_is_told_exactly_once_in_any_order_of_states(
    states: list[list[NeighbourAlarm]],
) -> None:
    watch, standing = FindingWatch("Orchard Lane 4"), frozenset[str]()
    for alarms in states:
        distinct = {finding_name(a): a for a in alarms}
        found = hear(watch, LANE.full(alarms=tuple(distinct.values())))
        assert len(found) == len(distinct.keys() - standing)
        standing = names_of(alarms)
        assert watch.told == standing
