"""The slot market's clearing, rule ``slot/1``: one uniform price for one 15-minute slot.

The largest tradable quantity; a price from the competitive interval; at the price, the long side is rationed
by quantity. The result depends on the set of orders alone, never on their arrangement, and every household
computes the same bytes. All prices in here are *net* (what a seller receives, µ/kWh): the fee is taken off the
bids before and a buyer pays price + fee. Here: clearing and its tie-break. Not here: why a price came out
(``market.explain``), money (``market.settlement``). Source: protocol/market, "Clearing".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from ohmstead.core.codec import encode
from ohmstead.core.errors import VerificationError
from ohmstead.market.orders import Order, Terms

SLOT_RULE = "slot/1"


class DuplicateOrder(VerificationError):
    """Two orders of one book have the same id."""


@dataclass(frozen=True, slots=True)
class BookOrder:
    """An order in a book. ``id`` is its commitment on a ledger, its name's UTF-8 bytes in a book file."""

    id: bytes
    order: Order


class Fills(Mapping[bytes, int]):
    """Wh by order id; goes through the ids in ascending order, whatever the book's arrangement. Read only."""

    __slots__ = ("_wh",)

    def __init__(self, wh: Mapping[bytes, int]) -> None:
        self._wh = dict(wh)

    def __getitem__(self, order_id: bytes) -> int:
        return self._wh[order_id]

    def __iter__(self) -> Iterator[bytes]:
        return iter(sorted(self._wh))

    def __len__(self) -> int:
        return len(self._wh)

    def __repr__(self) -> str:
        return f"Fills({dict(self)})"


@dataclass(frozen=True, slots=True)
class Clearing:
    """What a book came to. ``price`` and ``interval`` are net, µ/kWh, and None when nothing trades.

    ``fills`` maps every order's id to its Wh, 0 included, in ascending order of the ids.
    ``welfare_nano`` is what buyers and sellers gain together, the fee taken off.
    """

    quantity_wh: int
    price: int | None
    interval: tuple[int, int] | None
    fills: Fills
    welfare_nano: int


def tie_seed(rule: str, which: int | bytes, reveals: Iterable[tuple[bytes, bytes]]) -> bytes:
    """What breaks ties: a hash of every valid reveal (commitment, salt) of a slot or lot.

    Nothing that a block's proposer chooses enters, and every revealer contributes its salt.
    """
    opened = sorted(commitment + salt for commitment, salt in reveals)
    return sha256(encode(["ohmstead/tie/1", rule, which, opened])).digest()


def clear(book: Sequence[BookOrder], terms: Terms, seed: bytes) -> Clearing:
    """Clears a book of admitted orders. Raises DuplicateOrder, and nothing for any other book.

    The seed is read only where equal remainders must be told apart.
    """
    bids, asks = _claims(book, terms.fee)
    quantity, interval = _cross(bids, asks)
    fills = [0] * len(book)
    if interval is None:
        return Clearing(0, None, None, _by_id(book, fills), 0)
    low, high = interval
    price = {"low": low, "high": high}.get(terms.pricing, (low + high) // 2)
    spent = _serve([c for c in bids if c[0] > price], fills)
    earned = _serve([c for c in asks if c[0] < price], fills)
    for claims, (served, _) in ((bids, spent), (asks, earned)):
        for index, wh in _ration([c for c in claims if c[0] == price], quantity - served, book, seed):
            fills[index] += wh
    # What trades at the price itself gains nothing, on either side.
    welfare = spent[1] - price * spent[0] + price * earned[0] - earned[1]
    return Clearing(quantity, price, interval, _by_id(book, fills), welfare)


#: A step in flight: net price, Wh, index of its order in the book. An order has each price at most once.
_Claim = tuple[int, int, int]


def _claims(book: Sequence[BookOrder], fee: int) -> tuple[list[_Claim], list[_Claim]]:
    """The steps of all bids, of all asks."""
    bids: list[_Claim] = []
    asks: list[_Claim] = []
    for index, entry in enumerate(book):
        order = entry.order
        if order.side:
            for step in order.steps:
                asks.append((step.limit, step.wh, index))
        else:
            for step in order.steps:
                bids.append((step.limit - fee, step.wh, index))
    return bids, asks


def _cross(bids: list[_Claim], asks: list[_Claim]) -> tuple[int, tuple[int, int] | None]:
    """Where demand D(p) (bids at p or more) and supply S(p) (asks at p or less) meet: (quantity, interval).

    The largest tradable quantity is the maximum over p of min(D(p), S(p)). Let p be the lowest price with
    S(p) >= D(p), found by halving; then it is max(D(p), S(p − 1)). The interval is [max(last accepted ask, best
    bid not fully served), min(last accepted bid, best ask not fully served)]: at a price outside it someone
    would rather trade more, or less, than he does.
    """
    low = min(asks, default=(0,))[0]
    high = max(bids, default=(-1,))[0]
    if not bids or not asks or high < low:
        return 0, None
    low, high = low - 1, high + 1  # S(low) = 0 < D(low), and D(high) = 0 < S(high)
    demanded = supplied = 0  # by the bids that are above, by the asks that are below, both left out by now
    near_bids, near_asks = bids, asks
    while high - low > 1:
        middle = (low + high) // 2
        upper = [c for c in near_bids if c[0] >= middle]
        lower = [c for c in near_asks if c[0] <= middle]
        more_demanded = demanded + sum([c[1] for c in upper])
        more_supplied = supplied + sum([c[1] for c in lower])
        if more_supplied >= more_demanded:
            high, demanded = middle, more_demanded
            near_bids, near_asks = [c for c in near_bids if c[0] < middle], lower
        else:
            low, supplied = middle, more_supplied
            near_bids, near_asks = upper, [c for c in near_asks if c[0] > middle]
    # high is p; demanded is D(p), supplied S(p − 1); the asks still near are those at p.
    if supplied > demanded:
        return supplied, (low, low)  # the bids at p − 1 are the last, and not all of them is served
    if demanded > supplied and supplied + sum([c[1] for c in near_asks]) > demanded:
        return demanded, (high, high)  # the asks at p are the last, and not all of them is served
    # A clean cut: every bid at p or more and every ask below the edge is served in full, no other one at all.
    edge = high + 1 if demanded > supplied else high
    last_ask = max(c[0] for c in asks if c[0] < edge)
    last_bid = min(c[0] for c in bids if c[0] >= high)
    waiting_bid = max((c[0] for c in bids if c[0] < high), default=last_ask)
    waiting_ask = min((c[0] for c in asks if c[0] >= edge), default=last_bid)
    return demanded, (max(last_ask, waiting_bid), min(last_bid, waiting_ask))


def _serve(claims: list[_Claim], fills: list[int]) -> tuple[int, int]:
    """Fills these steps whole: (Wh, Σ price × Wh)."""
    served = value = 0
    for price, wh, index in claims:
        fills[index] += wh
        served += wh
        value += price * wh
    return served, value


def _ration(
    claims: list[_Claim], amount: int, book: Sequence[BookOrder], seed: bytes
) -> list[tuple[int, int]]:
    """Shares ``amount`` Wh among claims by quantity, largest remainder first: (index, Wh).

    Equal remainders: the smaller SHA-256 of [seed, order id] first. A share differs from the exact one by less
    than 1 Wh, so splitting an order gains at most that.
    """
    total = sum([c[1] for c in claims])
    if not amount:
        return []
    shares = [(index, wh * amount // total) for _, wh, index in claims]
    rest = amount - sum(share for _, share in shares)
    if not rest:
        return shares
    remainders = [c[1] * amount % total for c in claims]
    last = sorted(remainders, reverse=True)[rest - 1]
    winners = {at for at, remainder in enumerate(remainders) if remainder > last}
    equal = [at for at, remainder in enumerate(remainders) if remainder == last]
    if len(equal) > rest - len(winners):
        equal.sort(key=lambda at: _lot(seed, book[claims[at][2]].id))
    winners.update(equal[: rest - len(winners)])
    return [(index, share + (at in winners)) for at, (index, share) in enumerate(shares)]


def _lot(seed: bytes, order_id: bytes) -> bytes:
    return sha256(encode([seed, order_id])).digest()


def _by_id(book: Sequence[BookOrder], fills: list[int]) -> Fills:
    """Wh by id. Raises DuplicateOrder."""
    by_id = dict(zip([entry.id for entry in book], fills, strict=True))
    if len(by_id) != len(book):
        twice = next(one for one, other in pairwise(sorted(e.id for e in book)) if one == other)
        raise DuplicateOrder(f"order {twice.hex()}", "stands in the book twice")
    return Fills(by_id)
