"""What must hold of every cleared book, and the random books it is tried on.

``check`` and ``check_relations`` raise AssertionError. They share no code with the rule: quantity and interval
come from trying every price and walking the sorted curves, welfare from its linear-programming dual. Used by the
tests on a few hundred books and by ``python -m tests.bench soak_market`` on 100 000.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from ohmstead.market.clearing import BookOrder, Clearing, clear
from ohmstead.market.orders import MAX_STEPS, PRICINGS, Order, Side, Step, Terms, admit

Book = tuple[BookOrder, ...]


def random_terms(rng: random.Random, pricing: str | None = None) -> Terms:
    """Reference terms; a narrow band, so that many orders meet at one price."""
    feed_in, fee = rng.randrange(0, 30), rng.choice((0, 0, 1, 3))
    retail = feed_in + fee + rng.choice((0, 1, 4, 9, 40)) + (feed_in + fee == 0)
    return Terms(pricing or rng.choice(PRICINGS), feed_in, retail, fee, 8 * 2000)


def random_order(rng: random.Random, terms: Terms, side: Side, largest: int) -> Order:
    low, high = terms.band(side)
    count = min(rng.choice((0, 1, 1, 1, 1, 2, 3, MAX_STEPS)), high - low + 1)
    limits = sorted(rng.sample(range(low, high + 1), count), reverse=side is Side.BUY)
    return Order(side, tuple(Step(rng.randrange(1, largest + 1), limit) for limit in limits))


def random_book(rng: random.Random) -> tuple[Book, Terms, bytes]:
    """A small book with many ties, its terms and a seed."""
    terms = random_terms(rng)
    largest = rng.choice((1, 3, 10, 2000))
    sides = [Side.BUY] * rng.randrange(0, 7) + [Side.SELL] * rng.randrange(0, 7)
    rng.shuffle(sides)
    book = tuple(
        BookOrder(rng.randbytes(4) + bytes((i,)), random_order(rng, terms, side, largest))
        for i, side in enumerate(sides)
    )
    return book, terms, rng.randbytes(32)


# ---- an oracle of its own -----------------------------------------------------------------------


def steps_of(book: Book, terms: Terms, side: Side) -> list[tuple[int, int, bytes]]:
    """(net price, Wh, id) of one side."""
    fee = terms.fee if side is Side.BUY else 0
    return [(s.limit - fee, s.wh, e.id) for e in book if e.order.side is side for s in e.order.steps]


def tradable(book: Book, terms: Terms) -> int:
    """max over p of min(D(p), S(p)), by trying every price that stands in the book."""
    bids, asks = steps_of(book, terms, Side.BUY), steps_of(book, terms, Side.SELL)
    return max(
        (
            min(sum(w for b, w, _ in bids if b >= p), sum(w for a, w, _ in asks if a <= p))
            for p in {x[0] for x in bids + asks}
        ),
        default=0,
    )


def interval(book: Book, terms: Terms, quantity: int) -> tuple[int, int]:
    """The competitive interval by its definition: serve both curves, best first, and look at the edges."""
    edges: list[tuple[int, int | None]] = []
    for side in Side:
        curve = sorted(steps_of(book, terms, side), key=lambda s: -s[0] if side is Side.BUY else s[0])
        left, last, waiting = quantity, 0, None
        for price, wh, _ in curve:
            if left:
                last = price
            if wh > left and waiting is None:
                waiting = price
            left -= min(left, wh)
        edges.append((last, waiting))
    (last_bid, waiting_bid), (last_ask, waiting_ask) = edges
    low = last_ask if waiting_bid is None else max(last_ask, waiting_bid)
    high = last_bid if waiting_ask is None else min(last_bid, waiting_ask)
    return low, high


def dual(book: Book, terms: Terms, price: int) -> int:
    """The dual of the welfare problem at a price: what all would gain if all could trade what they like at it.

    Weak duality: no allocation gains more, whatever the price. Equality proves an allocation the best.
    """
    gains = sum(max(0, b - price) * w for b, w, _ in steps_of(book, terms, Side.BUY))
    return gains + sum(max(0, price - a) * w for a, w, _ in steps_of(book, terms, Side.SELL))


def welfare(book: Book, terms: Terms, result: Clearing) -> int:
    """What the fills gain, step by step."""
    total = 0
    for entry in book:
        left = result.fills[entry.id]
        for step in entry.order.steps:
            fill = min(left, step.wh)
            left -= fill
            total += fill * (-step.limit if entry.order.side else step.limit - terms.fee)
    return total


# ---- invariants of one result -------------------------------------------------------------------


def check(book: Book, terms: Terms, seed: bytes) -> Clearing:
    """Invariants 1 to 6, 11 and 15."""
    for entry in book:
        admit(entry.order, terms)
    result = clear(book, terms, seed)
    _sums(book, result)
    assert result.quantity_wh == tradable(book, terms)
    if result.price is None:
        assert (result.quantity_wh, result.interval, result.welfare_nano) == (0, None, 0)
        bids, asks = steps_of(book, terms, Side.BUY), steps_of(book, terms, Side.SELL)
        assert not bids or not asks or max(bids)[0] < min(asks)[0]
        return result
    assert result.interval == interval(book, terms, result.quantity_wh)
    low, high = result.interval
    assert low <= result.price <= high
    expected = {"low": low, "high": high, "midpoint": (low + high) // 2}[terms.pricing]
    assert result.price == expected
    assert terms.feed_in <= result.price <= terms.retail - terms.fee
    _no_envy(book, terms, result)
    _pro_rata(book, terms, result)
    assert result.welfare_nano == welfare(book, terms, result) == dual(book, terms, result.price)
    return result


def _sums(book: Book, result: Clearing) -> None:
    assert list(result.fills) == sorted(e.id for e in book)
    bought = sum(result.fills[e.id] for e in book if e.order.side is Side.BUY)
    sold = sum(result.fills[e.id] for e in book if e.order.side is Side.SELL)
    assert bought == sold == result.quantity_wh
    assert all(0 <= result.fills[e.id] <= e.order.total_wh for e in book)


def _bounds(entry: BookOrder, terms: Terms, price: int) -> tuple[int, int]:
    """Wh strictly better than the price, and Wh at it."""
    at = price if entry.order.side else price + terms.fee
    better = sum(s.wh for s in entry.order.steps if (s.limit < at if entry.order.side else s.limit > at))
    return better, sum(s.wh for s in entry.order.steps if s.limit == at)


def _no_envy(book: Book, terms: Terms, result: Clearing) -> None:
    """Individually rational, and nobody strictly in the money is left unserved."""
    assert result.price is not None
    for entry in book:
        better, equal = _bounds(entry, terms, result.price)
        assert better <= result.fills[entry.id] <= better + equal


def _pro_rata(book: Book, terms: Terms, result: Clearing) -> None:
    """One side at most is served in part; shares are exact but for less than 1 Wh; equals differ by 1 at most."""
    assert result.price is not None
    partly = set()
    for side in Side:
        claims = []
        for entry in book:
            better, equal = _bounds(entry, terms, result.price)
            if entry.order.side is side and equal:
                claims.append((equal, result.fills[entry.id] - better))
        total, got = sum(wh for wh, _ in claims), sum(share for _, share in claims)
        if 0 < got < total:
            partly.add(side)
        for wh, share in claims:
            assert abs(share - Fraction(wh * got, total)) < 1
            assert all(abs(share - other) <= 1 for size, other in claims if size == wh)
    assert len(partly) <= 1


# ---- relations between results --------------------------------------------------------------------


def shifted(book: Book, by: int) -> Book:
    return tuple(
        replace(e, order=Order(e.order.side, tuple(Step(s.wh, s.limit + by) for s in e.order.steps)))
        for e in book
    )


def scaled(book: Book, by: int) -> Book:
    return tuple(
        replace(e, order=Order(e.order.side, tuple(Step(s.wh * by, s.limit) for s in e.order.steps)))
        for e in book
    )


def mirrored(book: Book, terms: Terms, top: int) -> Book:
    """Buyers sell and sellers buy, at ``top`` less their net price; the fee is gone."""
    made = []
    for entry in book:
        fee = terms.fee if entry.order.side is Side.BUY else 0
        steps = tuple(Step(s.wh, top - (s.limit - fee)) for s in entry.order.steps)
        made.append(replace(entry, order=Order(Side(1 - entry.order.side), steps)))
    return tuple(made)


def check_relations(book: Book, terms: Terms, seed: bytes, rng: random.Random) -> None:
    """Invariants 7 to 10, 12 and 17."""
    result = clear(book, terms, seed)
    assert clear(rng.sample(book, len(book)), terms, seed) == result
    for pricing in PRICINGS:  # the price moves inside the interval, nothing else does
        other = clear(book, replace(terms, pricing=pricing), seed)
        assert replace(other, price=result.price) == result
    moved = clear(shifted(book, 7), replace(terms, feed_in=terms.feed_in + 7, retail=terms.retail + 7), seed)
    larger = clear(scaled(book, 3), terms, seed)
    top = terms.retail
    mirror = clear(mirrored(book, terms, top), replace(terms, fee=0), seed)
    assert (mirror.fills, mirror.welfare_nano) == (result.fills, result.welfare_nano)
    if result.price is None or result.interval is None:
        assert moved.price is None
        assert larger.price is None
        assert mirror.price is None
        return
    low, high = result.interval
    assert moved == replace(result, price=result.price + 7, interval=(low + 7, high + 7))
    assert (larger.quantity_wh, larger.price, larger.interval) == (
        3 * result.quantity_wh, result.price, result.interval,
    )  # fmt: skip
    assert mirror.interval == (top - high, top - low)
    _outside_the_money(book, terms, seed, result, rng)
    _monotone(book, terms, seed, result, rng)
    _split(book, terms, seed, result, rng)


def _outside_the_money(book: Book, terms: Terms, seed: bytes, result: Clearing, rng: random.Random) -> None:
    assert result.interval is not None
    low, high = result.interval
    wh = rng.randrange(1, 50)
    if low > 0:
        extra = BookOrder(b"extra", Order(Side.BUY, (Step(wh, rng.randrange(low) + terms.fee),)))
        more = clear((*book, extra), terms, seed)
        assert replace(more, fills=_without(more, b"extra")) == result
    extra = BookOrder(b"extra", Order(Side.SELL, (Step(wh, high + rng.randrange(1, 9)),)))
    more = clear((extra, *book), terms, seed)
    assert replace(more, fills=_without(more, b"extra")) == result


def _without(result: Clearing, order_id: bytes) -> dict[bytes, int]:
    assert result.fills[order_id] == 0
    return {i: wh for i, wh in result.fills.items() if i != order_id}


def _monotone(book: Book, terms: Terms, seed: bytes, result: Clearing, rng: random.Random) -> None:
    assert result.price is not None
    assert result.interval is not None
    low, high = result.interval
    for index, entry in enumerate(book):
        if entry.order.side is Side.BUY and result.fills[entry.id]:
            raised = shifted((entry,), rng.randrange(1, 20))
            after = clear((*book[:index], *raised, *book[index + 1 :]), terms, seed)
            assert after.fills[entry.id] >= result.fills[entry.id]
            assert after.price is not None
            assert after.price >= result.price
    limit, wh = rng.randrange(0, terms.retail + 9), rng.randrange(1, 50)
    extra = BookOrder(b"extra", Order(Side.SELL, (Step(wh, limit),)))
    supplied = clear((*book, extra), terms, seed)
    assert supplied.interval is not None
    assert supplied.interval[1] <= high
    extra = BookOrder(b"extra", Order(Side.BUY, (Step(wh, limit + terms.fee),)))
    demanded = clear((*book, extra), terms, seed)
    assert demanded.interval is not None
    assert demanded.interval[0] >= low


def _split(book: Book, terms: Terms, seed: bytes, result: Clearing, rng: random.Random) -> None:
    """An order cut into two of the same owner and prices gains or loses 1 Wh at most."""
    for index, entry in enumerate(book):
        steps = entry.order.steps
        if not steps or min(s.wh for s in steps) < 2:
            continue
        cuts = [rng.randrange(1, s.wh) for s in steps]
        one = Order(entry.order.side, tuple(Step(c, s.limit) for c, s in zip(cuts, steps, strict=True)))
        rest = Order(
            entry.order.side, tuple(Step(s.wh - c, s.limit) for c, s in zip(cuts, steps, strict=True))
        )
        parts = (BookOrder(b"one", one), BookOrder(b"rest", rest))
        after = clear((*book[:index], *parts, *book[index + 1 :]), terms, seed)
        got = after.fills[b"one"] + after.fills[b"rest"]
        assert abs(got - result.fills[entry.id]) <= 1
        assert (after.quantity_wh, after.price) == (result.quantity_wh, result.price)
