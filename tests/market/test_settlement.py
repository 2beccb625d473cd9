"""The money of a slot and of a lot: nothing appears, nothing is lost, whatever is delivered."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.market.clearing import clear
from ohmstead.market.lots import LotBid, clear_lot
from ohmstead.market.orders import Side, Terms
from ohmstead.market.settlement import (
    SettlementRefused,
    Shrunk,
    after_clearing,
    flat_lock,
    lot_bond,
    lot_lock,
    settle,
)
from tests.market.invariants import random_book

TERMS = Terms("midpoint", 80_000, 300_000, 20_000, 5000)


@pytest.mark.parametrize("number", range(100))
def test_a_slots_money_is_conserved_from_lock_to_settlement(number: int) -> None:
    rng = random.Random(number)
    book, terms, seed = random_book(rng)
    lock = flat_lock(terms)
    result = clear(book, terms, seed)
    escrow = locked = back = paid = 0
    sellers = []
    for entry in book:
        fill = result.fills[entry.id]
        shrunk = after_clearing(entry.order.side, lock, fill, result.price, terms)
        assert shrunk.kept_locked + shrunk.to_escrow + shrunk.back == lock
        assert min(shrunk.kept_locked, shrunk.to_escrow, shrunk.back) >= 0
        escrow, locked, back = escrow + shrunk.to_escrow, locked + shrunk.kept_locked, back + shrunk.back
        if entry.order.side is Side.BUY:
            assert shrunk.kept_locked == 0
            limit = sum(s.wh * s.limit for s in entry.order.steps)
            assert shrunk.to_escrow <= limit or fill < entry.order.total_wh
        elif fill:
            sellers.append((fill, shrunk.kept_locked))
    assert escrow + locked + back == lock * len(book)
    for fill, kept in sellers:
        assert result.price is not None
        done = settle(fill, rng.randrange(fill + 1), result.price, terms.fee, terms.retail)
        from_escrow = fill * (result.price + terms.fee)
        escrow, locked = escrow - from_escrow, locked - kept
        assert done.seller_gets + done.seller_unlocks + done.fee + done.supplier == from_escrow + kept
        paid += done.seller_gets + done.seller_unlocks + done.fee + done.supplier
    assert (escrow, locked) == (0, 0)  # nothing stays locked after the last settlement
    assert back + paid == lock * len(book)


@given(
    st.lists(st.integers(0, 340_000), max_size=5), st.integers(80_000, 280_000),
    st.integers(1, 9000), st.data(),
)  # fmt: skip
def test_a_lots_money_is_conserved(values: list[int], reserve: int, wh: int, data: st.DataObject) -> None:
    bids = [LotBid(b"%d" % i, b"", value) for i, value in enumerate(values) if value <= TERMS.retail]
    result = clear_lot(bids, reserve, TERMS.fee, b"seed")
    bond, lock = lot_bond(wh, TERMS), lot_lock(wh, TERMS)
    fill = wh if result.winner is not None else 0
    seller = after_clearing(Side.SELL, bond, fill, result.net_price, TERMS)
    buyers = [
        after_clearing(Side.BUY, lock, wh if bid.id == result.winner else 0, result.net_price, TERMS)
        for bid in bids
    ]
    assert seller.kept_locked + seller.back == bond
    assert sum(b.to_escrow + b.back for b in buyers) == lock * len(bids)
    if result.net_price is None or result.price is None:
        assert (seller.back, sum(b.back for b in buyers)) == (bond, lock * len(bids))
        return
    assert sum(b.to_escrow for b in buyers) == wh * result.price
    done = settle(wh, data.draw(st.integers(0, wh)), result.net_price, TERMS.fee, TERMS.retail)
    whole = done.seller_gets + done.seller_unlocks + done.fee + done.supplier
    assert whole == wh * result.price + seller.kept_locked


def test_the_four_ends_of_a_delivery() -> None:
    whole = settle(1000, 1000, 150_000, 20_000, 300_000)
    assert (whole.seller_gets, whole.seller_unlocks, whole.fee, whole.supplier) == (
        150_000_000, 150_000_000, 20_000_000, 0,
    )  # fmt: skip
    nothing = settle(1000, 0, 150_000, 20_000, 300_000)
    assert (nothing.seller_gets, nothing.seller_unlocks, nothing.fee, nothing.supplier) == (
        0, 0, 20_000_000, 300_000_000,
    )  # fmt: skip
    assert settle(1000, 400, 150_000, 20_000, 300_000).supplier == 600 * 300_000
    assert settle(0, 0, 0, 0, 1).supplier == 0


def test_the_same_statement_settles_the_same() -> None:
    assert settle(7, 3, 11, 2, 40) == settle(7, 3, 11, 2, 40)


def test_a_shortfall_never_costs_more_than_the_lot_bond() -> None:
    for price in (80_000, 200_000, 280_000):
        assert after_clearing(Side.SELL, lot_bond(7, TERMS), 7, price, TERMS).kept_locked <= lot_bond(
            7, TERMS
        )


def test_silence_costs_more_than_it_could_gain() -> None:
    """One household's whole lock against the best it could do by not revealing: Q × (retail − feed-in)."""
    assert flat_lock(TERMS) > TERMS.max_order_wh * (TERMS.retail - TERMS.feed_in)


def test_an_unserved_order_gets_everything_back() -> None:
    for side in Side:
        assert after_clearing(side, 99, 0, None, TERMS) == Shrunk(0, 0, 99)
        assert after_clearing(side, 99, 0, 100_000, TERMS) == Shrunk(0, 0, 99)


def test_amounts_that_cannot_be_are_refused() -> None:
    lock = flat_lock(TERMS)
    for side, fill, price in (
        (Side.BUY, -1, 100_000), (Side.BUY, 1, None), (Side.SELL, 1, -1), (Side.SELL, 1, 280_001),
        (Side.BUY, 5001, 280_000),
    ):  # fmt: skip
        with pytest.raises(SettlementRefused):
            after_clearing(side, lock, fill, price, TERMS)
    for fill, delivered, price, fee, retail in (
        (5, 6, 1, 0, 9),
        (5, -1, 1, 0, 9),
        (5, 1, 9, 1, 9),
        (5, 1, -1, 0, 9),
    ):
        with pytest.raises(SettlementRefused):
            settle(fill, delivered, price, fee, retail)
