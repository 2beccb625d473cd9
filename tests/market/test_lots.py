"""The lot's second-price auction: invariant 18, ties, bids that do not count."""

from __future__ import annotations

from hashlib import sha256
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.market.clearing import DuplicateOrder
from ohmstead.market.lots import LotBid, LotClearing, admit_bid, admit_lot, clear_lot
from ohmstead.market.orders import LIMIT, OrderRefused, Terms

TERMS = Terms("midpoint", 80_000, 300_000, 20_000, 5000)
SEED = b"seed"


def bids(*values: int) -> list[LotBid]:
    return [LotBid(b"%d" % i, b"home%d" % i, value) for i, value in enumerate(values)]


def test_the_highest_bid_pays_the_second_highest() -> None:
    assert clear_lot(bids(7, 9, 5), 1, 0, SEED) == LotClearing(b"1", 7, 7)
    assert clear_lot(bids(7, 9, 5), 1, 2, SEED) == LotClearing(b"1", 7, 5)


def test_a_single_bid_pays_reserve_and_fee() -> None:
    assert clear_lot(bids(9), 4, 2, SEED) == LotClearing(b"0", 6, 4)
    assert clear_lot(bids(9, 5), 4, 2, SEED) == LotClearing(b"0", 6, 4)  # 5 is below them: it does not count


def test_no_bid_that_counts_sells_nothing() -> None:
    unsold = LotClearing(None, None, None)
    assert clear_lot([], 4, 2, SEED) == unsold
    assert clear_lot(bids(5), 4, 2, SEED) == unsold


def test_a_tie_pays_the_bid_and_goes_by_hash() -> None:
    tied = bids(9, 9, 9, 3)
    winner = min(tied[:3], key=lambda b: sha256(encode([SEED, b.id])).digest())
    assert clear_lot(tied, 1, 0, SEED) == LotClearing(winner.id, 9, 9)
    assert {clear_lot(tied, 1, 0, bytes((n,))).winner for n in range(40)} == {b"0", b"1", b"2"}


def test_the_order_of_bids_changes_nothing() -> None:
    for arranged in permutations(bids(4, 9, 9, 2)):
        assert clear_lot(arranged, 1, 0, SEED) == clear_lot(bids(4, 9, 9, 2), 1, 0, SEED)


def test_one_commitment_twice_is_refused() -> None:
    with pytest.raises(DuplicateOrder):
        clear_lot([*bids(4), *bids(5)], 1, 0, SEED)


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 10), st.integers(0, 4), st.binary(max_size=4))
def test_the_price_is_between_reserve_and_the_winners_bid(
    values: list[int], reserve: int, fee: int, seed: bytes
) -> None:
    result = clear_lot(bids(*values), reserve, fee, seed)
    assert (result.winner is None) == (not values or max(values) < reserve + fee)
    if result.winner is None or result.price is None:
        return
    won = int(result.winner)
    assert values[won] == max(values)
    assert reserve + fee <= result.price <= values[won]
    assert result.net_price == result.price - fee
    raised = [value + 5 * (i == won) for i, value in enumerate(values)]
    assert clear_lot(bids(*raised), reserve, fee, seed) == result  # its own bid does not move what it pays


def test_bidding_what_it_is_worth_is_never_worse() -> None:
    """Every value, every bid and every pair of rivals on a small grid: no bid gains more than the true one."""
    reserve, grid = 2, range(6)
    for value, rivals in product(grid, product(grid, repeat=2)):

        def gain(bid: int, value: int = value, rivals: tuple[int, ...] = rivals) -> int:
            result = clear_lot(bids(bid, *rivals), reserve, 0, SEED)
            return value - (result.price or 0) if result.winner == b"0" else 0

        assert gain(value) == max(gain(bid) for bid in grid) or value < reserve
        assert gain(value) >= 0
        if value < reserve:
            assert max(gain(bid) for bid in grid) <= 0


def test_what_may_be_offered_and_bid() -> None:
    admit_lot(1, 80_000, TERMS)
    admit_lot(LIMIT - 1, 280_000, TERMS)
    admit_bid(120_000, 100_000, TERMS)
    admit_bid(300_000, 100_000, TERMS)
    for wh, reserve in ((0, 80_000), (-1, 80_000), (LIMIT, 80_000), (1, 79_999), (1, 280_001)):
        with pytest.raises(OrderRefused):
            admit_lot(wh, reserve, TERMS)
    for bid in (119_999, 300_001):
        with pytest.raises(OrderRefused, match="bid"):
            admit_bid(bid, 100_000, TERMS)
