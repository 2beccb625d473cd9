"""Numbers and dates in the forms of several languages."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from ohmstead.ui.presenters.periods import as_day
from ohmstead.ui.wording import QtWording

SUNDAY = as_day(date(2026, 1, 11))


def words(name: str) -> QtWording:
    return QtWording(QLocale(name))


@pytest.mark.parametrize(
    ("name", "value", "decimals", "text"),
    [
        ("en_GB", 16502, 0, "16\u202f502"),
        ("de_DE", 16502.25, 2, "16\u202f502,25"),
        ("C", 11705, 0, "11\u202f705"),
        ("it_IT", -3.28, 2, "−3,28"),
        ("en_GB", -0.001, 2, "0.00"),
        ("sv_SE", 1234567, 0, "1\u202f234\u202f567"),
        ("en_US", 0.5, 1, "0.5"),
    ],
)
def test_numbers(name: str, value: float, decimals: int, text: str) -> None:
    assert words(name).number(value, decimals) == text


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("en_GB", "Sunday 11 January 2026", 1),
        ("en_US", "Sunday 11 January 2026", 7),
        ("it_IT", "domenica 11 gennaio 2026", 1),
        ("de_DE", "Sonntag 11 Januar 2026", 1),
    ],
)
def test_days_and_weeks(name: str, text: str, first: int) -> None:
    assert words(name).day(SUNDAY, weekday=True, year=True) == text
    assert words(name).first_weekday == first


def test_months() -> None:
    assert words("it_IT").month(2026, 1) == "gennaio 2026"
    assert words("en_GB").short_month(6) == "Jun"
    assert words("en_GB").short_weekday(SUNDAY) == "Sun"


def test_sentences_count_and_fill_their_fields() -> None:
    assert words("en_GB").count(1, "{n} day of {all}", "{n} days of {all}", all="9") == "1 day of 9"
    assert words("en_GB").count(1200, "{n} day", "{n} days") == "1\u202f200 days"
