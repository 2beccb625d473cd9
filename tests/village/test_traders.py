"""The simulated neighbours: stated strategies, orders that the market admits, the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.market.clearing import BookOrder, clear
from ohmstead.market.orders import Order, Side, Terms, admit
from ohmstead.village.traders import Margin, Strategy, forecast_wh, homes_of, net_wh, order_of

TERMS = Terms("midpoint", 80_000, 300_000, 12_000, 5000)
NOON = 20_640 * 96 + 48
VILLAGE = homes_of(40, 7)


@given(st.integers(0, 39), st.integers(0, 95), st.integers(0, 1000), st.integers(0, 2000))
def test_every_order_is_admitted(number: int, at: int, margin: int, fee: int) -> None:
    terms = Terms("midpoint", 80_000, 300_000, fee, 800)
    order = order_of(VILLAGE[number], 7, 20_640 * 96 + at, terms, Margin(margin))
    admit(order, terms)
    assert Order.from_bytes(order.to_bytes()) == order


def test_the_village_is_the_same_whoever_makes_it() -> None:
    assert homes_of(40, 7) == VILLAGE
    assert homes_of(12, 7) == VILLAGE[:12]
    assert homes_of(12, 8) != VILLAGE[:12]
    assert [net_wh(h, 7, NOON) for h in reversed(VILLAGE)] == [net_wh(h, 7, NOON) for h in VILLAGE][::-1]


def test_a_day_has_sellers_at_noon_and_buyers_alone_before_dawn() -> None:
    noon = [order_of(h, 7, NOON, TERMS, Margin()).side for h in VILLAGE]
    night = [order_of(h, 7, NOON - 40, TERMS, Margin()).side for h in VILLAGE]
    assert noon.count(Side.SELL) > 10
    assert Side.SELL not in night


def test_the_village_trades_on_a_usual_day() -> None:
    traded, prices = 0, set[int]()
    for at in range(96):
        slot = 20_640 * 96 + at
        book = [BookOrder(b"%032d" % h.number, order_of(h, 7, slot, TERMS, Margin())) for h in VILLAGE]
        found = clear(book, TERMS, bytes(32))
        traded += found.quantity_wh
        if found.price is not None:
            prices.add(found.price)
            assert TERMS.feed_in <= found.price <= TERMS.retail - TERMS.fee
    assert traded > 20_000
    assert len(prices) > 10


@pytest.mark.parametrize("strategy", [Strategy.TRUTHFUL, Strategy.HALF_WAY])
def test_limits_are_what_the_strategy_says(strategy: Strategy) -> None:
    found = {
        (o.side, s.limit)
        for h in VILLAGE if h.strategy is strategy
        for slot in range(NOON, NOON + 30)
        for o in [order_of(h, 7, slot, TERMS, Margin())]
        for s in o.steps
    }  # fmt: skip
    expected = {
        Strategy.TRUTHFUL: {(Side.SELL, 80_000), (Side.BUY, 300_000)},
        Strategy.HALF_WAY: {(Side.SELL, 184_000), (Side.BUY, 196_000)},
    }
    assert found == expected[strategy]


def test_an_adaptive_margin_follows_the_price_and_stays_in_bounds() -> None:
    margin = Margin(500)
    for _ in range(50):
        margin = margin.after(288_000, Side.SELL, TERMS)
    assert margin.permille > 950
    for _ in range(50):
        margin = margin.after(80_000, Side.SELL, TERMS)
    assert 0 <= margin.permille < 50
    assert margin.after(None, Side.SELL, TERMS) == margin


def test_homes_expect_a_little_less_than_comes() -> None:
    sellers = [h for h in VILLAGE if net_wh(h, 7, NOON) > 100]
    short = sum(forecast_wh(h, 7, s) > net_wh(h, 7, s) for h in sellers for s in range(NOON, NOON + 20))
    assert 0 < short < 10 * len(sellers)
