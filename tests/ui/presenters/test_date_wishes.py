"""Days in words: what people type, in several languages and orders; and nothing that can break it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from ohmstead.ui.presenters.date_wishes import MAX_WISHES, DateWish, date_wishes, wish_words
from ohmstead.ui.presenters.periods import Span, as_date, as_day
from ohmstead.ui.wording import QtWording
from tests.ui.plain_words import PlainWords

TODAY = as_day(date(2026, 1, 28))  # a Wednesday
WORDS = PlainWords()
DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31)).map(as_day)


def day(year: int, month: int, number: int) -> DateWish:
    return DateWish(Span.DAY, as_day(date(year, month, number)))


def month(year: int, number: int) -> DateWish:
    return DateWish(Span.MONTH, as_day(date(year, number, 1)))


def year(number: int) -> DateWish:
    return DateWish(Span.YEAR, as_day(date(number, 12, 31)))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("11 jan", day(2026, 1, 11)),
        ("11 Jan.", day(2026, 1, 11)),
        ("jan 11", day(2026, 1, 11)),
        ("11th january", day(2026, 1, 11)),
        ("January 11, 2025", day(2025, 1, 11)),
        ("11 january 2025", day(2025, 1, 11)),
        ("2025 11 jan", day(2025, 1, 11)),
        ("30 jan", day(2025, 1, 30)),  # not ahead: the latest that was
        ("29 feb", day(2024, 2, 29)),  # the latest year that has it
        ("29 february 2023", None),
        ("2026-01-11", day(2026, 1, 11)),
        ("2026-1-1", day(2026, 1, 1)),
        ("2026-01", month(2026, 1)),
        ("11/1", day(2026, 1, 11)),
        ("11.1.", day(2026, 1, 11)),
        ("11.1.25", day(2025, 1, 11)),
        ("1/11/2025", day(2025, 11, 1)),
        ("25/12", day(2025, 12, 25)),
        ("12/25", day(2025, 12, 25)),  # fits one way only
        ("11", day(2026, 1, 11)),
        ("31", day(2025, 12, 31)),
        ("january 2026", month(2026, 1)),
        ("jan", month(2026, 1)),
        ("march", month(2025, 3)),
        ("jun 24", day(2025, 6, 24)),
        ("2025", year(2025)),
        ("2027", None),
        ("today", DateWish(Span.DAY, TODAY)),
        ("yes", DateWish(Span.DAY, TODAY - 1)),
        ("Yesterday", DateWish(Span.DAY, TODAY - 1)),
        ("day before yesterday", DateWish(Span.DAY, TODAY - 2)),
        ("this week", DateWish(Span.WEEK, TODAY)),
        ("last week", DateWish(Span.WEEK, TODAY - 7)),
        ("last month", DateWish(Span.MONTH, as_day(date(2025, 12, 31)))),
        ("last year", year(2025)),
        ("monday", day(2026, 1, 26)),
        ("wednesday", day(2026, 1, 28)),
        ("last wednesday", day(2026, 1, 21)),
        ("3 days ago", DateWish(Span.DAY, TODAY - 3)),
        ("2 months ago", month(2025, 11)),
        ("1 year ago", year(2025)),
        ("copy values", None),
        ("", None),
        ("0", None),
        ("32 jan", None),
        ("ma", None),
    ],
)
def test_what_people_type(text: str, first: DateWish | None) -> None:
    found = date_wishes(text, TODAY, WORDS)
    assert (found[0] if found else None) == first


def test_a_day_without_a_year_is_offered_twice() -> None:
    assert date_wishes("11 jan", TODAY, WORDS) == (day(2026, 1, 11), day(2025, 1, 11))
    assert date_wishes("jun 24", TODAY, WORDS) == (day(2025, 6, 24), day(2024, 6, 24), month(2024, 6))


def test_ambiguous_figures_are_read_in_the_region_s_order_first() -> None:
    assert date_wishes("2/11", TODAY, WORDS)[0] == day(2025, 11, 2)
    assert date_wishes("2/11", TODAY, WORDS, month_first=True)[0] == day(2025, 2, 11)
    both = set(date_wishes("2/11", TODAY, WORDS))
    assert both == set(date_wishes("2/11", TODAY, WORDS, month_first=True))


def test_days_before_the_first_reading_are_not_offered() -> None:
    since = as_day(date(2025, 6, 1))
    assert date_wishes("11 jan", TODAY, WORDS, since=since) == (day(2026, 1, 11),)
    assert date_wishes("june 2025", TODAY, WORDS, since=since + 20) == (month(2025, 6),)
    assert date_wishes("may 2025", TODAY, WORDS, since=since) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [("de_DE", "11. Januar"), ("de_DE", "11 märz 2025"), ("de_DE", "sonntag"), ("it_IT", "11 gennaio"),
     ("it_IT", "domenica"), ("fr_FR", "11 février"), ("fr_FR", "11 fevrier"), ("fr_FR", "11 february")],
)  # fmt: skip
def test_names_of_the_language_and_english(name: str, text: str) -> None:
    found = date_wishes(text, TODAY, QtWording(QLocale(name)))
    assert found
    when = as_date(found[0].day)
    assert when.isoweekday() == 7 if text in ("sonntag", "domenica") else when.day == 11


@given(st.text(max_size=80), DAYS, st.booleans())
def test_any_text_gives_an_answer(text: str, today: int, month_first: bool) -> None:
    found = date_wishes(text, today, WORDS, month_first=month_first)
    assert len(found) <= MAX_WISHES
    assert len(set(found)) == len(found)
    for wish in found:
        assert wish_words(wish, WORDS)
        assert wish.span is not Span.DAY or wish.day <= today


@given(st.from_regex(r"[0-9]{1,4}[ ./-][0-9a-z]{1,9}([ ./-][0-9]{1,4})?", fullmatch=True), DAYS)
def test_nearly_dates_give_an_answer_too(text: str, today: int) -> None:
    assert len(date_wishes(text, today, WORDS)) <= MAX_WISHES


@given(DAYS, st.integers(0, 3000))
def test_every_day_is_found_by_its_own_names(today: int, back: int) -> None:
    wanted = today - back
    when = as_date(wanted)
    if when.year < 1990:
        return
    for text in (
        when.isoformat(),
        f"{when.day} {when:%B} {when.year}",
        f"{when:%b} {when.day} {when.year}",
        f"{when.day}.{when.month}.{when.year}",
    ):
        assert DateWish(Span.DAY, wanted) in date_wishes(text, today, WORDS), text


def test_wishes_in_words() -> None:
    assert wish_words(day(2026, 1, 11), WORDS) == "Sunday 11 January 2026"
    assert wish_words(month(2026, 1), WORDS) == "January 2026"
    assert wish_words(year(2025), WORDS) == "2025"
    assert wish_words(DateWish(Span.WEEK, TODAY), WORDS) == "Week of 26 January 2026"
