"""The clearing rule: invariants on random books, the market's own examples, ties, hostile books.

Invariants 1 to 12, 15 and 17 are in ``invariants``; 11 is proven by the dual of the welfare problem, once more
by trying every allocation of little books, and by a solver in ``test_welfare``.
"""

from __future__ import annotations

import random
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.market.clearing import BookOrder, Clearing, DuplicateOrder, clear, tie_seed
from ohmstead.market.orders import Order, Side, Step, Terms
from tests.market.invariants import Book, check, check_relations, random_book

TERMS = Terms("midpoint", 0, 400, 0, 100_000)
SEED = sha256(b"seed").digest()
BUY, SELL = Side.BUY, Side.SELL


def order(name: str, side: Side, *steps: tuple[int, int]) -> BookOrder:
    return BookOrder(name.encode(), Order(side, tuple(Step(wh, limit) for wh, limit in steps)))


def fills(result: Clearing) -> dict[str, int]:
    return {name.decode(): wh for name, wh in result.fills.items()}


@st.composite
def books(draw: st.DrawFn) -> tuple[Book, Terms, bytes]:
    feed_in, fee, room = draw(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(1, 12)))
    terms = Terms(
        draw(st.sampled_from(("midpoint", "low", "high"))), feed_in, feed_in + fee + room, fee, 8 * 60
    )
    made = []
    for i in range(draw(st.integers(0, 9))):
        side = draw(st.sampled_from(Side))
        low, high = terms.band(side)
        limits = sorted(draw(st.sets(st.integers(low, high), max_size=3)), reverse=side is BUY)
        steps = tuple(Step(draw(st.integers(1, 60)), limit) for limit in limits)
        made.append(BookOrder(b"%d" % i, Order(side, steps)))
    return tuple(made), terms, draw(st.binary(min_size=32, max_size=32))


@given(books(), st.integers(0, 1 << 32))
def test_every_book_keeps_the_invariants(given_book: tuple[Book, Terms, bytes], dice: int) -> None:
    book, terms, seed = given_book
    check(book, terms, seed)
    check_relations(book, terms, seed, random.Random(dice))


@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_random_books_keep_the_invariants(hundred: int) -> None:
    traded = rationed = 0
    for number in range(100 * hundred, 100 * hundred + 100):
        rng = random.Random(number)
        book, terms, seed = random_book(rng)
        result = check(book, terms, seed)
        check_relations(book, terms, seed, rng)
        traded += result.price is not None
        rationed += clear(book, terms, b"another") != clear(book, terms, b"seed")
    assert traded > 40
    assert rationed > 0


def test_no_allocation_gains_more_and_none_that_gains_as_much_trades_more() -> None:
    rng = random.Random(11)
    for _ in range(60):
        sides = [BUY] * rng.randrange(1, 3) + [SELL] * rng.randrange(1, 3)
        book = tuple(
            BookOrder(b"%d" % i, Order(side, (Step(rng.randrange(1, 5), rng.randrange(0, 6)),)))
            for i, side in enumerate(sides)
        )
        result = clear(book, TERMS, SEED)
        best = (0, 0)
        for whs in product(*(range(e.order.total_wh + 1) for e in book)):
            signed = [(wh if e.order.side is BUY else -wh) for wh, e in zip(whs, book, strict=True)]
            if sum(signed) == 0:
                gain = sum(wh * e.order.steps[0].limit for wh, e in zip(signed, book, strict=True))
                best = max(best, (gain, sum(wh for wh in signed if wh > 0)))
        assert (result.welfare_nano, result.quantity_wh) == best


# ---- the rule's own examples (ct/kWh and Wh) -----------------------------------------------------


@pytest.mark.parametrize(
    ("bids", "asks", "quantity", "interval", "price"),
    [
        pytest.param([(60, 22), (60, 21)], [(100, 20)], 100, (21, 21), 21, id="bid partly served"),
        pytest.param([(100, 25), (100, 12)], [(100, 10), (100, 20)], 100, (12, 20), 16, id="clean cut"),
        pytest.param([(100, 30)], [(200, 10)], 100, (10, 10), 10, id="surplus"),
        pytest.param([(100, 25), (100, 20)], [(100, 10), (100, 30)], 100, (20, 25), 22, id="floor"),
        pytest.param([(100, 10)], [(100, 10)], 100, (10, 10), 10, id="equal prices trade"),
        pytest.param([(100, 9)], [(100, 10)], 0, None, None, id="apart"),
        pytest.param([(100, 9)], [], 0, None, None, id="no supply"),
        pytest.param([], [(100, 9)], 0, None, None, id="no demand"),
        pytest.param([], [], 0, None, None, id="empty"),
        # A thin book: 10 Wh less on offer move the midpoint from 18 to 28 ct.
        pytest.param([(100, 30), (100, 28)], [(190, 8)], 190, (28, 28), 28, id="thin, scarce"),
        pytest.param([(100, 30), (100, 28)], [(200, 8)], 200, (8, 28), 18, id="thin, even"),
    ],
)
def test_quantity_interval_and_price(
    bids: list[tuple[int, int]],
    asks: list[tuple[int, int]],
    quantity: int,
    interval: tuple[int, int] | None,
    price: int | None,
) -> None:
    book = [order(f"b{i}", BUY, step) for i, step in enumerate(bids)]
    book += [order(f"a{i}", SELL, step) for i, step in enumerate(asks)]
    result = clear(book, TERMS, SEED)
    assert (result.quantity_wh, result.interval, result.price) == (quantity, interval, price)


def test_pricing_chooses_inside_the_interval() -> None:
    book = [order("b", BUY, (10, 25)), order("a", SELL, (10, 10))]
    prices = [clear(book, Terms(p, 0, 400, 0, 10), SEED).price for p in ("low", "midpoint", "high")]
    assert prices == [10, 17, 25]


def test_the_fee_is_taken_off_the_bids() -> None:
    book = [order("b", BUY, (10, 25)), order("a", SELL, (10, 20))]
    assert clear(book, Terms("high", 0, 400, 5, 10), SEED).price == 20
    assert clear(book, Terms("high", 0, 400, 6, 10), SEED).price is None


def test_empty_orders_are_listed_and_get_nothing() -> None:
    book = [order("e", BUY), order("f", SELL), order("b", BUY, (10, 25)), order("a", SELL, (10, 20))]
    assert fills(clear(book, TERMS, SEED)) == {"a": 10, "b": 10, "e": 0, "f": 0}


def test_steps_of_one_order_stand_in_the_merit_order_on_their_own() -> None:
    book = [order("b", BUY, (10, 30), (10, 20), (10, 10)), order("a", SELL, (5, 5), (10, 15), (5, 40))]
    result = clear(book, TERMS, SEED)
    assert (result.quantity_wh, result.interval, fills(result)) == (15, (20, 20), {"a": 15, "b": 15})


# ---- ties ------------------------------------------------------------------------------------------


def test_the_long_side_is_rationed_by_quantity_largest_remainder_first() -> None:
    sizes = {"1": 5, "2": 9, "3": 57, "4": 4, "5": 28, "6": 300}
    book = [order(name, BUY, (wh, 20)) for name, wh in sizes.items()] + [order("a", SELL, (50, 10))]
    got = fills(clear(book, TERMS, SEED))
    assert got == {"1": 1, "2": 1, "3": 7, "4": 1, "5": 3, "6": 37, "a": 50}


def test_equal_remainders_go_by_the_hash_of_seed_and_id() -> None:
    book = [order(f"b{i}", BUY, (1, 20)) for i in range(7)] + [order("a", SELL, (3, 10))]
    result = clear(book, TERMS, SEED)
    ranked = sorted(range(7), key=lambda i: sha256(encode([SEED, b"b%d" % i])).digest())
    assert {i for i in range(7) if result.fills[b"b%d" % i]} == set(ranked[:3])
    winners = {tuple(clear(book, TERMS, bytes((n,))).fills.values()) for n in range(30)}
    assert len(winners) > 10


def test_only_orders_exactly_at_the_price_are_rationed() -> None:
    book = [order("x", BUY, (10, 21)), order("y", BUY, (7, 20)), order("z", BUY, (7, 20)),
            order("w", BUY, (9, 19)), order("a", SELL, (17, 10))]  # fmt: skip
    got = fills(clear(book, TERMS, SEED))
    assert (got["x"], got["w"], {got["y"], got["z"]}) == (10, 0, {3, 4})


def test_the_tie_seed_depends_on_the_reveals_alone() -> None:
    reveals = [(bytes((i,)) * 32, bytes((9 - i,)) * 32) for i in range(4)]
    seed = tie_seed("slot/1", 5, reveals)
    assert seed == tie_seed("slot/1", 5, reversed(reveals))
    assert seed == sha256(encode(["ohmstead/tie/1", "slot/1", 5, [c + s for c, s in reveals]])).digest()
    others = {
        tie_seed("slot/1", 6, reveals),
        tie_seed("lot/1", 5, reveals),
        tie_seed("slot/1", 5, reveals[1:]),
    }
    others.add(tie_seed("slot/1", 5, [*reveals[1:], (reveals[0][0], bytes(32))]))
    assert len(others | {seed}) == 5


# ---- hostile books ---------------------------------------------------------------------------------


def test_one_id_twice_is_refused() -> None:
    book = [order("b", BUY, (10, 25)), order("a", SELL, (10, 20)), order("b", SELL, (10, 20))]
    with pytest.raises(DuplicateOrder, match="order 62"):
        clear(book, TERMS, SEED)
    with pytest.raises(DuplicateOrder):
        clear([order("b", BUY), order("b", BUY)], TERMS, SEED)


def test_the_largest_numbers_stay_exact() -> None:
    top = (1 << 31) - 1
    terms = Terms("midpoint", 0, top, 0, top)
    book = [order("b", BUY, (top, top)), order("c", BUY, (top, top)), order("a", SELL, (top, 0))]
    result = clear(book, terms, SEED)
    assert (result.quantity_wh, result.price, result.welfare_nano) == (top, top, top * top)
    assert sorted(fills(result).values()) == [top // 2, top // 2 + 1, top]


def test_prices_far_apart_cost_no_more_steps_than_bits() -> None:
    top = (1 << 31) - 1
    terms = Terms("low", 0, top, 0, top)
    book = [order("b", BUY, (5, top)), order("a", SELL, (5, 0), (1, top))]
    assert clear(book, terms, SEED).interval == (0, top)
