"""Spans of time and moving between them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.ui.presenters.periods import (
    Period,
    Span,
    as_date,
    as_day,
    month_start,
    period_of,
    step,
    title_of,
)
from tests.ui.plain_words import PlainWords

DAYS = st.integers(0, 40_000)
KNOWN = (as_day(date(2024, 7, 5)), as_day(date(2025, 6, 14)))
WORDS = PlainWords()


def day(year: int, month: int, number: int) -> int:
    return as_day(date(year, month, number))


@given(at=DAYS, span=st.sampled_from(list(Span)), first=st.integers(1, 7))
def test_a_period_holds_its_day(at: int, span: Span, first: int) -> None:
    period = period_of(span, at, first, (at, at))
    assert at in period.days
    if span is Span.WEEK:
        assert len(period.days) == 7
        assert as_date(period.first).isoweekday() == first
    if span is Span.YEAR:
        assert len(period.days) in (365, 366)


@given(at=DAYS.filter(lambda d: d > 800), span=st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR]))
def test_neighbours_touch(at: int, span: Span) -> None:
    here = period_of(span, at, 1, KNOWN)
    back = period_of(span, step(span, at, -1), 1, KNOWN)
    on = period_of(span, step(span, at, 1), 1, KNOWN)
    assert back.last + 1 == here.first
    assert here.last + 1 == on.first


@given(at=DAYS, months=st.integers(-100, 100))
def test_month_start_is_a_first(at: int, months: int) -> None:
    start = month_start(at + 4_000, months)
    assert as_date(start).day == 1
    assert abs(start - month_start(at + 4_000) - months * 30.44) < 5


def test_stepping_months_keeps_the_day_where_it_can() -> None:
    assert step(Span.MONTH, day(2025, 1, 31), 1) == day(2025, 2, 28)
    assert step(Span.YEAR, day(2024, 2, 29), 1) == day(2025, 2, 28)
    assert step(Span.ALL, 5, 1) == 5


def test_all_is_whole_months_of_what_is_known() -> None:
    assert period_of(Span.ALL, 0, 1, KNOWN) == Period(Span.ALL, day(2024, 7, 1), day(2025, 6, 30))


@pytest.mark.parametrize(
    ("span", "at", "title"),
    [
        (Span.DAY, day(2025, 6, 12), "Thursday 12 June"),
        (Span.DAY, day(2024, 12, 31), "Tuesday 31 December 2024"),
        (Span.WEEK, day(2025, 6, 12), "9 to 15 June"),
        (Span.WEEK, day(2025, 1, 1), "30 December 2024 to 5 January"),
        (Span.MONTH, day(2025, 6, 12), "June 2025"),
        (Span.YEAR, day(2025, 6, 12), "July 2024 to June 2025"),
        (Span.YEAR, day(2024, 12, 12), "2024"),
    ],
)
def test_titles(span: Span, at: int, title: str) -> None:
    assert title_of(period_of(span, at, 1, KNOWN), WORDS, day(2025, 6, 14)) == title
