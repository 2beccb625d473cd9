"""Orders of the slot market: steps, their bytes, the reference terms they must fit, and their sealing.

Energy in Wh, prices in µ/kWh, money in nano-units (Wh × µ/kWh = nano, exactly). Here: what one order is, when
it may enter a book, and the hash that seals it. Not here: clearing (``market.clearing``), locks and money
(``market.settlement``), who may send an order and when (``contract``). Source: protocol/market, A.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError

SALT_BYTES = 32
MAX_STEPS = 8
MAX_ORDER_BYTES = 512
#: Every energy and price is below this, so that each product of two stays below 2**62.
LIMIT = 1 << 31
PRICINGS = ("midpoint", "low", "high")


class Side(IntEnum):
    """Which way the energy flows, seen from the order's owner."""

    BUY = 0
    SELL = 1


class OrderMalformed(VerificationError):
    """The bytes or fields are no order: they could never enter any book."""

    def __init__(self, reason: str) -> None:
        super().__init__("order", reason)


class OrderRefused(VerificationError):
    """A well-formed order that this slot's terms do not admit; ``field`` says which part of it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)

    @property
    def field(self) -> str:
        """The part that is at fault: ``steps``, ``steps[2].limit``, ``bid``."""
        return self.subject


class TermsRefused(VerificationError):
    """Reference terms that contradict themselves."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)


@dataclass(frozen=True, slots=True)
class Step:
    """``wh`` at ``limit`` µ/kWh or better. A buyer's limit is all-in, a seller's is what it receives."""

    wh: int
    limit: int


@dataclass(frozen=True, slots=True)
class Order:
    """One side and up to eight steps, best first: a buyer's limits fall, a seller's rise, none repeats.

    No step at all is allowed: the cover that keeps quiet slots from showing. Raises OrderMalformed.
    """

    side: Side
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if len(self.steps) > MAX_STEPS:
            raise OrderMalformed(f"steps: {len(self.steps)}, at most {MAX_STEPS} are allowed")
        last: int | None = None
        for i, step in enumerate(self.steps):
            if not 0 < step.wh < LIMIT:
                raise OrderMalformed(f"steps[{i}].wh: must be from 1 below {LIMIT}, not {step.wh}")
            if not 0 <= step.limit < LIMIT:
                raise OrderMalformed(f"steps[{i}].limit: must be from 0 below {LIMIT}, not {step.limit}")
            if last is not None and (step.limit <= last if self.side else step.limit >= last):
                must = "rise" if self.side else "fall"
                raise OrderMalformed(f"steps[{i}].limit: must {must} from step to step")
            last = step.limit

    @property
    def total_wh(self) -> int:
        """The energy of all steps together, Wh."""
        return sum(step.wh for step in self.steps)

    def to_bytes(self) -> bytes:
        """[side, [[wh, limit], …]]; [side, []] for an empty order."""
        return encode([int(self.side), [[step.wh, step.limit] for step in self.steps]])

    @classmethod
    def from_bytes(cls, data: bytes) -> Order:
        """The order of these bytes, all of them. Raises OrderMalformed and nothing else."""
        try:
            side, steps = as_list(decode(data, max_size=MAX_ORDER_BYTES), "order", 2)
            return cls(
                Side(as_uint(side, "side", 2)),
                tuple(_step(item) for item in as_list(steps, "steps", at_most=MAX_STEPS)),
            )
        except CodecError as error:
            raise OrderMalformed(str(error)) from error


def _step(value: Value) -> Step:
    wh, limit = as_list(value, "step", 2)
    return Step(as_uint(wh, "wh", LIMIT), as_uint(limit, "limit", LIMIT))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is frozen before a slot opens: pricing, feed-in, retail and fee (µ/kWh), an order's maximum (Wh).

    0 <= feed-in, feed-in + fee <= retail. Raises TermsRefused.
    """

    pricing: str
    feed_in: int
    retail: int
    fee: int
    max_order_wh: int

    def __post_init__(self) -> None:
        if self.pricing not in PRICINGS:
            raise TermsRefused("pricing", f"must be one of {', '.join(PRICINGS)}")
        for name in ("feed_in", "retail", "fee", "max_order_wh"):
            value: int = getattr(self, name)
            if not 0 <= value < LIMIT:
                raise TermsRefused(name, f"must be from 0 below {LIMIT}, not {value}")
            if not value and name in ("retail", "max_order_wh"):
                raise TermsRefused(name, "must be at least 1")
        if self.feed_in + self.fee > self.retail:
            raise TermsRefused(
                "retail", "is below feed-in and fee together: no price could please both sides"
            )

    def band(self, side: Side) -> tuple[int, int]:
        """The lowest and highest limit of a side: bids are all-in, asks are what the seller receives."""
        if side is Side.BUY:
            return self.feed_in + self.fee, self.retail
        return self.feed_in, self.retail - self.fee


def admit(order: Order, terms: Terms) -> None:
    """That the order may enter a book of these terms. Raises OrderRefused."""
    total = order.total_wh
    if total > terms.max_order_wh:
        raise OrderRefused("steps", f"{total} Wh together, at most {terms.max_order_wh} are allowed")
    low, high = terms.band(order.side)
    for i, step in enumerate(order.steps):
        if not low <= step.limit <= high:
            raise OrderRefused(f"steps[{i}].limit", f"{step.limit} is outside {low} to {high}")


# ---- sealing ----------------------------------------------------------------------------------


def slot_commitment(
    genesis: bytes,
    slot: int,
    household: bytes,
    meter: bytes,
    order_key_kid: bytes,
    version: int,
    order_bytes: bytes,
    salt: bytes,
) -> bytes:
    """The 32 bytes that stand for an order until it is revealed; also the order's id.

    Everything that a copy could change is bound: ledger, slot, household, meter, key and version.
    """
    return sha256(
        encode(
            ["ohmstead/order/1", genesis, slot, household, meter, order_key_kid, version, order_bytes, salt]
        )
    ).digest()


def lot_commitment(
    genesis: bytes, lot: bytes, household: bytes, version: int, bid: int, salt: bytes
) -> bytes:
    """The 32 bytes that stand for a sealed bid on a lot; ``bid`` is all-in, µ/kWh."""
    return sha256(encode(["ohmstead/lot-bid/1", genesis, lot, household, version, bid, salt])).digest()
