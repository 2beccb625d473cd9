"""Numbers and prices as people type them, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from ohmstead.settings.schema import MAX_PRICE
from ohmstead.ui.presenters.money import CURRENCIES, currency_of, price_number, price_words, read_price
from ohmstead.ui.presenters.numbers import parse_scaled
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.wording import QtWording
from tests.ui.plain_words import PlainWords

EURO = currency_of("EUR")
LOCALES: tuple[Wording, ...] = (
    PlainWords(),
    *(QtWording(QLocale(n)) for n in ("de_DE", "sv_SE", "en_GB", "de_CH")),
)


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("14", 1, 140), ("14.0", 1, 140), ("14,05", 2, 1405), ("1.234,5", 1, 12345), ("1,234.5", 1, 12345),
        ("1\u202f234,5", 1, 12345), ("1'234.50", 2, 123450), (" 7 ", 0, 7), ("−3,28", 2, -328), ("-3", 0, -3),
        (".5", 1, 5), ("5.", 1, 50), ("1.234.567", 0, 1234567), ("٣,٥", 1, 35), ("0.30", 1, 3),
        ("0.31", 1, None), ("", 0, None), ("-", 0, None), ("1e5", 0, None), ("1,2,3.4.5", 1, None),
        ("½", 1, None), ("1" * 16, 0, None), ("abc", 1, None), (".", 1, None),
    ],
)  # fmt: skip
def test_numbers_are_read_exactly(text: str, decimals: int, value: int | None) -> None:
    assert parse_scaled(text, decimals, PlainWords()) == value


@given(st.text(max_size=40), st.integers(0, 6))
def test_any_text_is_read_or_refused(text: str, decimals: int) -> None:
    found = parse_scaled(text, decimals, PlainWords())
    assert found is None or isinstance(found, int)


@pytest.mark.parametrize(
    ("text", "micro"),
    [
        ("31,4 ct", 314_000), ("31.4", 314_000), ("31.4567 ct", 314_567), ("0,314 €", 314_000),
        ("0.314 EUR", 314_000), ("€ 0.314", 314_000), ("31,4 ct/kWh", 314_000), ("31.4 ct per kWh", 314_000),
        ("31 cent", 310_000), ("", None), ("  ", None), ("0", 0),
    ],
)  # fmt: skip
def test_prices_are_read_with_or_without_their_unit(text: str, micro: int | None) -> None:
    read = read_price(text, EURO, PlainWords())
    assert (read.micro, read.problem) == (micro, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [("dear", "like 31.4 ct"), ("-3", "not below zero"), ("99999", "unit right"), ("31.45678 ct", "like"),
     ("3 4 5 x", "like")],
)  # fmt: skip
def test_what_is_no_price_is_told_in_a_sentence(text: str, says: str) -> None:
    read = read_price(text, EURO, PlainWords())
    assert read.micro is None
    assert says in read.problem
    assert read.problem.endswith((".", "?"))


@given(st.integers(0, MAX_PRICE), st.sampled_from(CURRENCIES), st.sampled_from(LOCALES))
def test_a_price_that_is_shown_is_read_back(micro: int, currency: object, words: Wording) -> None:
    assert isinstance(currency, type(EURO))
    for text in (price_number(micro, currency, words), price_words(micro, currency, words)):
        read = read_price(text, currency, words)
        assert (read.micro, read.problem) == (micro, ""), text


@given(st.text(max_size=40), st.sampled_from(CURRENCIES))
def test_any_price_is_read_or_refused(text: str, currency: object) -> None:
    assert isinstance(currency, type(EURO))
    read = read_price(text, currency, PlainWords())
    assert read.micro is None or 0 <= read.micro <= MAX_PRICE


def test_an_unknown_currency_is_said_in_its_code() -> None:
    assert price_words(2_500_000, currency_of("XAF"), PlainWords()) == "2.5 XAF"
    assert price_words(314_000, EURO, QtWording(QLocale("de_DE"))) == "31,4 ct"
