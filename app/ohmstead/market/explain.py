"""Why a slot came to its price: the merit order with every step in it, and what one order more or less does.

All prices are net (what a seller receives, µ/kWh). Here: views of a book that was cleared. Not here: clearing
itself (``market.clearing``), words for people (``ui``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from ohmstead.core.errors import VerificationError
from ohmstead.market.clearing import BookOrder, Clearing, clear
from ohmstead.market.orders import Order, OrderRefused, Side, Step, Terms, admit


class UnknownOrder(VerificationError):
    """The book holds no order with this id."""


class Standing(IntEnum):
    """What became of a step."""

    SERVED = 0
    RATIONED = 1
    REFUSED = 2


@dataclass(frozen=True, slots=True)
class MeritStep:
    """One step in the merit order: ``up_to_wh`` is what its side offers up to and with this step."""

    id: bytes
    price: int
    wh: int
    up_to_wh: int
    filled_wh: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class MeritOrder:
    """Both curves, best first, equal prices by id; and the marks the price comes from.

    The price interval is [max(last accepted ask, waiting bid), min(last accepted bid, waiting ask)]; a waiting
    step is the best of its side that is not served in full. All four are None where there is none.
    """

    demand: tuple[MeritStep, ...]
    supply: tuple[MeritStep, ...]
    last_bid: int | None
    last_ask: int | None
    waiting_bid: int | None
    waiting_ask: int | None
    clearing: Clearing


def explain(book: Sequence[BookOrder], terms: Terms, clearing: Clearing) -> MeritOrder:
    """The merit order behind a clearing of this book. Raises UnknownOrder if it is of another book."""
    demand, supply = (_curve(book, side, terms.fee, clearing) for side in Side)
    last = [[step.price for step in curve if step.filled_wh] for curve in (demand, supply)]
    waits = [[step.price for step in curve if step.filled_wh < step.wh] for curve in (demand, supply)]
    return MeritOrder(
        demand, supply,
        min(last[0], default=None), max(last[1], default=None),
        max(waits[0], default=None), min(waits[1], default=None), clearing,
    )  # fmt: skip


def _curve(book: Sequence[BookOrder], side: Side, fee: int, clearing: Clearing) -> tuple[MeritStep, ...]:
    taken = fee if side is Side.BUY else 0
    steps: list[tuple[int, bytes, int, int]] = []
    for entry in book:
        if entry.order.side is not side:
            continue
        if entry.id not in clearing.fills:
            raise UnknownOrder(f"order {entry.id.hex()}", "is not part of this clearing")
        left = clearing.fills[entry.id]
        for step in entry.order.steps:
            filled = min(step.wh, left)
            left -= filled
            steps.append((step.limit - taken, entry.id, step.wh, filled))
    steps.sort(key=lambda s: (-s[0] if side is Side.BUY else s[0], s[1]))
    merit: list[MeritStep] = []
    up_to = 0
    for price, order_id, wh, filled in steps:
        up_to += wh
        standing = Standing.SERVED if filled == wh else Standing.RATIONED if filled else Standing.REFUSED
        merit.append(MeritStep(order_id, price, wh, up_to, filled, standing))
    return tuple(merit)


def counterfactual(
    book: Sequence[BookOrder], terms: Terms, seed: bytes, order_id: bytes, delta_wh: int
) -> Clearing:
    """The clearing if one order had asked for ``delta_wh`` more (or less, if negative).

    It is added to the order's marginal step: the last one that got anything, else its best. What a step cannot
    give up is taken from its better ones; an order may become empty. Raises UnknownOrder; OrderRefused where
    the order has no step or would no longer be admitted.
    """
    at = next((i for i, entry in enumerate(book) if entry.id == order_id), None)
    if at is None:
        raise UnknownOrder(f"order {order_id.hex()}", "is not in the book")
    order = book[at].order
    if not order.steps:
        raise OrderRefused("steps", "an empty order has no step to change")
    left = clear(book, terms, seed).fills[order_id]
    margin = 0
    for i, step in enumerate(order.steps):
        if left <= 0:
            break
        margin, left = i, left - step.wh
    whs = [step.wh for step in order.steps]
    whs[margin] += delta_wh
    while margin and whs[margin] < 0:
        whs[margin - 1] += whs[margin]
        whs[margin] = 0
        margin -= 1
    steps = tuple(Step(wh, step.limit) for wh, step in zip(whs, order.steps, strict=True) if wh > 0)
    changed = Order(order.side, steps)
    admit(changed, terms)
    others = list(book)
    others[at] = replace(book[at], order=changed)
    return clear(others, terms, seed)
