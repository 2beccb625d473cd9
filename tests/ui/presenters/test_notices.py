"""Notices: each once, only of what the person wants, and again only after it was well in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.ledger.slice import Facts
from ohmstead.services.events import LinkState
from ohmstead.services.session import HomeState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.notices import SILENT_S, Notice, NoticeKind, NoticeWatch
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
NOW = 1_770_000_000
ALL = Notices()


def facts(held: int, proven: int) -> Facts:
    complete = 490_000 if held == proven else None
    return Facts(True, True, False, complete, held, proven, 10, NOW, False, False)


class Heard:
    """A watch with a clock."""

    def __init__(self, wanted: Notices = ALL) -> None:
        self.watch, self.wanted, self.now = NoticeWatch("Orchard Lane 4", NOW), wanted, NOW

    def __call__(self, state: HomeState, later_s: int = 0) -> list[Notice]:
        self.now += later_s
        return list(self.watch.hear(state, self.wanted, self.now, WORDS))


def test_a_silent_meter_is_told_once_until_it_was_heard_again() -> None:
    heard, away = Heard(), HomeState(LinkState.AWAY)
    assert heard(away) == []
    assert heard(away, SILENT_S - 1) == []
    (notice,) = heard(away, 3600)
    assert notice.kind is NoticeKind.METER_SILENT
    assert notice.head == "Orchard Lane 4: the meter is silent"
    assert notice.words.startswith("It was not heard for 6 hours.")
    assert heard(away, SILENT_S) == []
    assert heard(HomeState(LinkState.CONNECTED)) == []
    assert heard(away, 60) == []
    assert [n.kind for n in heard(away, SILENT_S)] == [NoticeKind.METER_SILENT]


def test_a_history_that_came_in_is_told_when_it_is_whole() -> None:
    heard, here = Heard(), HomeState(LinkState.CONNECTED)
    assert heard(replace(here, facts=facts(10, 8_000))) == []
    assert heard(replace(here, facts=facts(7_999, 8_000))) == []
    (notice,) = heard(replace(here, facts=facts(8_000, 8_000)))
    assert notice.kind is NoticeKind.HISTORY_COMPLETE
    assert "All 8\u202f000 hours are here" in notice.words
    assert heard(replace(here, facts=facts(8_000, 8_000))) == []


def test_an_hour_more_is_no_news() -> None:
    heard, here = Heard(), HomeState(LinkState.CONNECTED)
    assert heard(replace(here, facts=facts(8_000, 8_000))) == []
    assert heard(replace(here, facts=facts(8_000, 8_001))) == []
    assert heard(replace(here, facts=facts(8_001, 8_001))) == []


def test_a_refusal_is_told_once_and_another_one_too() -> None:
    heard = Heard()
    bad = HomeState(LinkState.CONNECTED, refused="page 12")
    (first,) = heard(bad)
    assert first.kind is NoticeKind.NOT_IN_ORDER
    assert "Orchard Lane 4: " in first.head
    assert "12" in first.head
    assert heard(bad) == []
    assert len(heard(replace(bad, refused="header 900"))) == 1
    assert heard(replace(bad, refused="")) == []
    assert len(heard(bad)) == 1


@pytest.mark.parametrize(
    ("off", "state", "later"),
    [
        ("meter_silent", HomeState(LinkState.AWAY), SILENT_S),
        ("not_in_order", HomeState(LinkState.CONNECTED, refused="page 1"), 0),
    ],
)
def test_what_is_not_wanted_is_not_told(off: str, state: HomeState, later: int) -> None:
    assert Heard(replace(ALL, **{off: False}))(state, later) == []
    assert len(Heard()(state, later)) == 1


STATES = st.builds(
    HomeState,
    st.sampled_from(list(LinkState)),
    st.none() | st.builds(facts, st.integers(0, 50), st.integers(50, 60)),
    refused=st.sampled_from(["", "page 1", "anchors", "header 9", "odd"]),
)


@given(states=st.lists(st.tuples(STATES, st.integers(0, 2 * SILENT_S)), max_size=20))
def test_nothing_is_told_twice_in_a_row(states: list[tuple[HomeState, int]]) -> None:
    heard = Heard()
    for state, later in states:
        heard(state, later)
        assert heard(state) == []
