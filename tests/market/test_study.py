"""The published rule, for study: the four books on which uniform-price rules part (ct/kWh, kWh of 1 000 Wh)."""

from __future__ import annotations

import pytest

from ohmstead.market.clearing import BookOrder, clear
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.market.study import mengelkamp2018

TERMS = Terms("midpoint", 0, 40, 0, 10_000)
BIDS = ((400, 27), (300, 24), (500, 20), (200, 15))


def book_of(asks: tuple[tuple[int, int], ...]) -> list[BookOrder]:
    made = [BookOrder(b"c%d" % i, Order(Side.BUY, (Step(*step),))) for i, step in enumerate(BIDS, 1)]
    return made + [BookOrder(b"s%d" % i, Order(Side.SELL, (Step(*step),))) for i, step in enumerate(asks, 1)]


@pytest.mark.parametrize(
    ("asks", "price", "quantity", "interval"),
    [
        pytest.param(((500, 13), (400, 22)), 24, 700, (22, 22), id="U"),
        pytest.param(((1000, 13), (900, 22)), 15, 1000, (20, 20), id="O"),
        pytest.param(((100, 13),), 27, 100, (27, 27), id="T"),
        pytest.param(((1400, 14),), 15, 1400, (14, 15), id="E"),
    ],
)
def test_its_price_on_the_four_books(
    asks: tuple[tuple[int, int], ...], price: int, quantity: int, interval: tuple[int, int]
) -> None:
    book = book_of(asks)
    study, ours = mengelkamp2018(book, TERMS), clear(book, TERMS, b"")
    assert (study.price, study.quantity_wh, study.interval) == (price, quantity, interval)
    assert (ours.quantity_wh, ours.interval, ours.price) == (quantity, interval, sum(interval) // 2)
    assert sum(study.fills[e.id] for e in book if e.order.side is Side.BUY) == quantity
    assert sum(study.fills[e.id] for e in book if e.order.side is Side.SELL) == quantity
    assert study.welfare_nano <= ours.welfare_nano


def test_its_price_lies_outside_the_interval_in_two_of_the_four() -> None:
    outside = 0
    for asks in (((500, 13), (400, 22)), ((1000, 13), (900, 22)), ((100, 13),), ((1400, 14),)):
        study = mengelkamp2018(book_of(asks), TERMS)
        assert study.interval is not None
        assert study.price is not None
        outside += not study.interval[0] <= study.price <= study.interval[1]
    assert outside == 2


def test_without_bids_or_supply_it_has_no_price() -> None:
    for book in (book_of(()), book_of(((10, 1),))[4:], []):
        study = mengelkamp2018(book, TERMS)
        assert (study.price, study.quantity_wh, set(study.fills.values()) - {0}) == (None, 0, set())
