"""Books that nobody here wrote: 21 double auctions, a grid fee, a pro-rata example, four Vickrey auctions.

Scaling, so that everything is a whole number: one unit of energy is 10 Wh, one unit of price 1 000 µ/kWh; the
book with negative prices is moved up by 100 units, which moves every price of a result by as much (invariant 8).
See ``data/README.md`` for sources and licences.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ohmstead.market.bookfile import BookRefused, read_book
from ohmstead.market.clearing import BookOrder, Clearing, clear
from ohmstead.market.lots import LotBid, admit_bid, clear_lot
from ohmstead.market.orders import Order, OrderMalformed, OrderRefused, Side, Step, Terms
from tests.market.invariants import check

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "markets.json").read_text())[
    "cases"
]
ENERGY, PRICE, UP = 10, 1000, 100
TERMS = Terms("midpoint", 0, 20_000 * PRICE, 0, 1 << 30)
SEED = bytes(32)
#: Cases whose own price is of another rule: outside the competitive interval, as their notes say.
OTHER_PRICE = {"dauction-3"}
NEGATIVE_QUANTITY = {"gld-negative_seller_quantity"}
NEGATIVE_PRICE = {"gld-negative_buyer_and_seller_price"}


def of_kind(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def whole(value: float, by: int) -> int:
    """A decimal of the file, scaled. It must come out whole."""
    exact = Fraction(str(value)) * by
    assert exact.denominator == 1, value
    return int(exact)


def book_of(case: dict[str, Any], up: int = 0) -> tuple[BookOrder, ...]:
    return tuple(
        BookOrder(
            b"%s %d" % (o["id"].encode(), i),
            Order(
                Side.BUY if o["side"] == "buy" else Side.SELL,
                (Step(whole(o["qty"], ENERGY), whole(o["price"], PRICE) + up),),
            ),
        )
        for i, o in enumerate(case["orders"])
    )


@pytest.mark.parametrize("case", of_kind("uniform_double_auction"))
def test_a_public_double_auction(case: dict[str, Any]) -> None:
    if case["id"] in NEGATIVE_QUANTITY:
        with pytest.raises(OrderMalformed, match="wh"):
            book_of(case)
        return
    if case["id"] in NEGATIVE_PRICE:
        with pytest.raises(OrderMalformed, match="limit"):
            book_of(case)
    up = UP * PRICE if case["id"] in NEGATIVE_PRICE else 0
    result = check(book_of(case, up), TERMS, SEED)
    computed, expected = case["computed"], case["expected"]
    quantity = whole(computed["efficient_quantity"], ENERGY)
    assert result.quantity_wh == quantity == whole(expected["quantity"], ENERGY)
    if computed["interval"] is None:
        assert (result.interval, result.price) == (None, None)  # their price of no trade is none of ours
        return
    low, high = (whole(x, PRICE) + up for x in computed["interval"])
    assert result.interval == (low, high)
    assert result.price == (low + high) // 2
    theirs = whole(expected["price"], PRICE * 10) + 10 * up
    assert (10 * low <= theirs <= 10 * high) is (case["id"] not in OTHER_PRICE)


def test_a_negative_quantity_in_a_book_file_names_order_and_field() -> None:
    text = json.dumps(
        {"rule": "slot/1", "feed_in": 0, "retail": 90, "fee": 0, "max_order_wh": 10, "seed": "",
         "orders": [{"id": "seller1", "side": "sell", "steps": [[-5, 65]]}]}
    )  # fmt: skip
    with pytest.raises(BookRefused, match=r'order "seller1", steps\[0\]\.wh'):
        read_book(text)


@pytest.mark.parametrize("case", of_kind("uniform_with_grid_fee"))
def test_a_public_book_with_a_grid_fee(case: dict[str, Any]) -> None:
    """Same matches and quantity. Their buyer pays the ask and the fee; ours the competitive price and the fee."""
    fee = whole(case["expected"]["grid_fee"], PRICE)
    result = check(book_of(case), Terms("midpoint", 0, 20_000 * PRICE, fee, 1 << 30), SEED)
    assert result.quantity_wh == whole(case["expected"]["quantity"], ENERGY)
    assert result.price is not None
    assert result.price + fee == whole(case["expected"]["price"], PRICE)


@pytest.mark.parametrize("case", of_kind("pro_rata"))
def test_a_public_pro_rata_example(case: dict[str, Any]) -> None:
    """The floors are theirs but for a minimum of two; what is left goes by remainder here, by arrival there."""
    book = [BookOrder(o["id"].encode(), Order(Side.BUY, (Step(o["qty"], 20),))) for o in case["orders"]]
    book.append(BookOrder(b"supply", Order(Side.SELL, (Step(case["fill"], 10),))))
    got = clear(book, Terms("midpoint", 0, 400, 0, 1 << 30), SEED).fills
    total = sum(o["qty"] for o in case["orders"])
    for o in case["orders"]:
        share = got[o["id"].encode()]
        assert share == case["largest_remainder"][o["id"]]
        floor = o["qty"] * case["fill"] // total
        assert case["expected"]["pro_rata_step"][o["id"]] == (floor if floor >= 2 else 0)
        assert share - floor in (0, 1)
    assert got[b"supply"] == case["fill"]


@pytest.mark.parametrize("case", of_kind("vickrey_commit_reveal"))
def test_a_public_vickrey_auction(case: dict[str, Any]) -> None:
    """Winner and price are theirs. What differs: a bid of just the reserve is good here, theirs must exceed it;
    ties go by hash here, there by who revealed first; what is not revealed goes to the fund, not locked for ever.

    Their wei count from 1 000 below the reserve, so that they fit; their collateral is the retail price.
    """
    base = case["reserve"]
    bids = []
    for i, bid in enumerate(case["bids"]):
        if bid["revealed"]:
            retail = 1000 + max(0, min(bid["collateral"] - base, 1000))
            terms = Terms("midpoint", 0, retail, 0, 1)
            try:
                admit_bid(1000 + bid["bid"] - base, 1000, terms)
            except OrderRefused:
                continue  # a bid above its collateral
            bids.append(LotBid(bid["id"].encode(), b"%016d" % i, 1000 + bid["bid"] - base))
    result = clear_lot(bids, 1000, 0, SEED)
    winner = case["expected"]["winner"]
    assert result.winner == (None if winner is None else winner.encode())
    if winner is not None:
        assert result.price == 1000 + case["expected"]["price"] - base


# ---- negative oracles: asserted by an engine's own tests, and wrong ------------------------------


def gsy(bids: list[tuple[int, str]], offers: list[tuple[int, str]]) -> Clearing:
    """kWh and price of gsy-framework's pay-as-clear tests; 10 Wh a kWh, a price of 1 is 100 000."""
    book = [
        BookOrder(b"%d%d" % (side, i), Order(side, (Step(10 * kwh, int(Fraction(price) * 100_000)),)))
        for side, orders in ((Side.BUY, bids), (Side.SELL, offers))
        for i, (kwh, price) in enumerate(orders)
    ]
    return check(tuple(book), Terms("midpoint", 0, 1_000_000, 0, 1 << 20), SEED)


def test_the_first_negative_oracle_is_not_reproduced() -> None:
    result = gsy([(10, "1"), (15, "2"), (20, "3")], [(25, "1.00002"), (35, "2.4"), (30, "5")])
    assert result.quantity_wh == 250 != 200  # their 20 kWh leave 5 kWh of tradable energy lying
    assert result.interval == (200_000, 200_000)
    assert result.price != 300_000


def test_the_second_negative_oracle_is_not_reproduced() -> None:
    result = gsy([(40, "1.5"), (45, "2"), (50, "6")], [(55, "1"), (65, "1"), (60, "5")])
    assert result.quantity_wh == 1200 != 950
    assert result.interval == (150_000, 150_000)
    assert result.price != 200_000
