"""What the palette lists, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.ui.presenters.finding import Offer, findings, fit, ranking
from ohmstead.ui.presenters.periods import as_day
from tests.ui.plain_words import PlainWords

TODAY = as_day(date(2026, 1, 28))
OFFERS = (
    Offer("go.home", "Home", go=True),
    Offer("go.market", "Market", go=True),
    Offer("copy", "Copy the values shown", keys="Ctrl C"),
    Offer("csv", "Save as CSV…"),
    Offer("picture", "Save picture…", keys="Ctrl S"),
    Offer("back", "Back up…"),
)


def words(query: str) -> list[str]:
    return [row.words for row in findings(query, OFFERS, TODAY, PlainWords())]


def test_without_a_query_everything_is_offered_in_order() -> None:
    assert words("") == ["Go to", "Home", "Market", "Do", *(o.words for o in OFFERS[2:])]


def test_days_come_first_and_only_for_what_names_one() -> None:
    assert words("11 jan") == ["Go to", "Sunday 11 January 2026", "Saturday 11 January 2025"]
    rows = findings("11 jan", OFFERS, TODAY, PlainWords())
    assert [row.head for row in rows] == [True, False, False]
    assert rows[1].wish is not None


def test_a_page_that_begins_so_stands_before_a_month() -> None:
    assert words("mar")[:4] == ["Go to", "Market", "March 2025", "March 2024"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("sa pi", "Save picture…"), ("cop", "Copy the values shown"), ("values", "Copy the values shown"),
     ("csv", "Save as CSV…"), ("SÁVE AS", "Save as CSV…"), ("bkup", "Back up…")],
)  # fmt: skip
def test_the_best_fit_is_first(query: str, first: str) -> None:
    assert ranking(query, OFFERS)[0].words == first


def test_nothing_is_found_for_nonsense() -> None:
    assert words("qqqzz") == []


def test_better_fits_have_smaller_scores() -> None:
    scores = [fit(q, "Save picture") for q in ("save", "pic", "ictur", "svpc")]
    assert None not in scores
    assert scores == sorted(scores, key=lambda s: s or (0, 0))
    assert fit("xyz", "Save picture") is None


@given(st.text(max_size=90), st.text(max_size=40))
def test_fitting_is_total_and_a_text_fits_itself(query: str, text: str) -> None:
    fit(query, text)
    assert fit(text, text) is not None
    findings(query, OFFERS, TODAY, PlainWords())
