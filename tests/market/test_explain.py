"""Why a price came out: the merit order agrees with the clearing; what one order more or less does."""

from __future__ import annotations

import random

import pytest

from ohmstead.market.clearing import BookOrder, clear
from ohmstead.market.explain import Standing, UnknownOrder, counterfactual, explain
from ohmstead.market.orders import Order, OrderRefused, Side, Step, Terms
from tests.market.invariants import random_book

TERMS = Terms("midpoint", 0, 40, 0, 1000)
BOOK = (
    BookOrder(b"b", Order(Side.BUY, (Step(100, 30), Step(50, 28)))),
    BookOrder(b"c", Order(Side.BUY, (Step(50, 28),))),
    BookOrder(b"e", Order(Side.BUY)),
    BookOrder(b"s", Order(Side.SELL, (Step(200, 8),))),
)


def test_the_merit_order_of_a_small_book() -> None:
    book = (*BOOK, BookOrder(b"d", Order(Side.BUY, (Step(9, 3),))))
    merit = explain(book, TERMS, clear(book, TERMS, b""))
    assert [(s.id, s.price, s.up_to_wh, s.filled_wh, s.standing) for s in merit.demand] == [
        (b"b", 30, 100, 100, Standing.SERVED), (b"b", 28, 150, 50, Standing.SERVED),
        (b"c", 28, 200, 50, Standing.SERVED), (b"d", 3, 209, 0, Standing.REFUSED),
    ]  # fmt: skip
    assert (merit.last_bid, merit.last_ask, merit.waiting_bid, merit.waiting_ask) == (28, 8, 3, None)


@pytest.mark.parametrize("number", range(60))
def test_the_marks_give_the_interval_and_the_steps_the_fills(number: int) -> None:
    book, terms, seed = random_book(random.Random(number))
    result = clear(book, terms, seed)
    merit = explain(book, terms, result)
    for curve in (merit.demand, merit.supply):
        assert [s.up_to_wh for s in curve] == [sum(t.wh for t in curve[: i + 1]) for i in range(len(curve))]
        assert sum(s.filled_wh for s in curve) == result.quantity_wh
        for step in curve:
            assert (step.standing is Standing.SERVED) == (step.filled_wh == step.wh)
            assert (step.standing is Standing.REFUSED) == (step.filled_wh == 0)
    assert [s.price for s in merit.demand] == sorted((s.price for s in merit.demand), reverse=True)
    assert [s.price for s in merit.supply] == sorted(s.price for s in merit.supply)
    if result.interval is None:
        assert (merit.last_bid, merit.last_ask) == (None, None)
        return
    lows = [p for p in (merit.last_ask, merit.waiting_bid) if p is not None]
    highs = [p for p in (merit.last_bid, merit.waiting_ask) if p is not None]
    assert (max(lows), min(highs)) == result.interval


def test_ten_wh_less_on_offer_move_the_price() -> None:
    assert clear(BOOK, TERMS, b"").price == 18
    assert counterfactual(BOOK, TERMS, b"", b"s", -10).price == 28
    assert counterfactual(BOOK, TERMS, b"", b"s", 10).price == 8
    assert counterfactual(BOOK, TERMS, b"", b"s", 0) == clear(BOOK, TERMS, b"")


def test_less_than_a_step_holds_is_taken_from_the_better_ones() -> None:
    after = counterfactual(BOOK, TERMS, b"", b"b", -60)
    assert after.fills[b"b"] == 90
    assert counterfactual(BOOK, TERMS, b"", b"b", -1000).fills[b"b"] == 0


def test_an_unserved_order_changes_its_best_step() -> None:
    book = (*BOOK, BookOrder(b"d", Order(Side.BUY, (Step(9, 3), Step(9, 2)))))
    assert counterfactual(book, TERMS, b"", b"d", 100).fills[b"d"] == 0


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UnknownOrder):
        counterfactual(BOOK, TERMS, b"", b"nobody", 1)
    with pytest.raises(UnknownOrder):
        explain((*BOOK, BookOrder(b"new", Order(Side.BUY, (Step(1, 1),)))), TERMS, clear(BOOK, TERMS, b""))
    with pytest.raises(OrderRefused, match="empty"):
        counterfactual(BOOK, TERMS, b"", b"e", 1)
    with pytest.raises(OrderRefused, match="at most 1000"):
        counterfactual(BOOK, TERMS, b"", b"s", 801)
