"""A market's parameters, fixed in genesis, and the reference series; times of a slot's life.

A slot's life, in block time: commits open -> gate -> (reveals) -> window complete, or the delivery begins
first -> the delivery ends -> 48 h later a missing statement counts as nothing delivered. Here: the record,
its bytes, those times. Not here: what happens at them (``contract.market_slots``). Source: protocol/market,
A.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_text, as_uint, decode, encode
from ohmstead.core.keys import KeyRefused, admit_key
from ohmstead.core.market_inner import AMOUNT_LIMIT, SLOT_LIMIT
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.market.orders import PRICINGS, Terms, TermsRefused

#: How long after the delivery's end the seller's meter may state it, s.
DELIVERY_S = 48 * 3600
#: Entries of the reference series; some twenty years of monthly prices.
MAX_SERIES = 256


@dataclass(frozen=True, slots=True)
class Reference:
    """Feed-in, retail and fee (µ/kWh) from a slot on."""

    from_slot: int
    feed_in: int
    retail: int
    fee: int

    def to_value(self) -> Value:
        """[from slot, feed-in, retail, fee]."""
        return [self.from_slot, self.feed_in, self.retail, self.fee]

    @classmethod
    def from_value(cls, value: Value) -> Reference:
        """The entry of a codec value. Raises CodecError."""
        v = as_list(value, "reference", 4)
        prices = [
            as_uint(v[i], name, AMOUNT_LIMIT) for i, name in ((1, "feed-in"), (2, "retail"), (3, "fee"))
        ]
        return cls(as_uint(v[0], "from slot", SLOT_LIMIT), *prices)


@dataclass(frozen=True, slots=True)
class MarketParameters:
    """What genesis fixes. Slots and counts are plain numbers, times seconds, energy Wh, prices µ/kWh.

    ``treasury`` is the key that may credit and withdraw alone; None leaves it to two thirds of the
    governance. Raises CodecError for parameters under which no market can run.
    """

    first_slot: int
    references: tuple[Reference, ...]
    treasury: bytes | None = None
    pricing: str = "midpoint"
    gate_slots: int = 1
    open_slots: int = 4
    reveal_blocks: int = 8
    reveal_seconds: int = 420
    max_order_wh: int = 5000
    max_lot_slots: int = 16
    versions: int = 20

    def __post_init__(self) -> None:
        if self.pricing not in PRICINGS:
            raise CodecError(f"pricing must be one of {', '.join(PRICINGS)}")
        for name, low, high in (
            ("gate_slots", 1, 96), ("open_slots", 1, 96), ("reveal_blocks", 1, 1000),
            ("reveal_seconds", 0, self.gate_slots * SLOT_SECONDS - 1), ("max_order_wh", 1, AMOUNT_LIMIT - 1),
            ("max_lot_slots", 1, 96), ("versions", 1, 1000),
        ):  # fmt: skip
            value: int = getattr(self, name)
            if not low <= value <= high:
                raise CodecError(f"{name} must be from {low} to {high}, not {value}")
        if self.max_order_wh * self.max_lot_slots >= AMOUNT_LIMIT:
            raise CodecError("a lot's energy would be out of range")
        if self.first_slot < self.gate_slots + self.open_slots:
            raise CodecError("the first slot lies too early")
        starts = [r.from_slot for r in self.references]
        if not starts or starts[0] != self.first_slot or starts != sorted(set(starts)):
            raise CodecError("references must ascend from the first slot on")
        if len(starts) > MAX_SERIES:
            raise CodecError(f"at most {MAX_SERIES} references")
        for reference in self.references:
            check_reference(reference)

    def to_value(self) -> Value:
        """[first slot, pricing, gate slots, open slots, reveal blocks, reveal seconds, largest order,
        [[from slot, feed-in, retail, fee], ...], treasury key or null, largest lot in slots, versions]."""
        return [
            self.first_slot, self.pricing, self.gate_slots, self.open_slots, self.reveal_blocks,
            self.reveal_seconds, self.max_order_wh, [r.to_value() for r in self.references], self.treasury,
            self.max_lot_slots, self.versions,
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> MarketParameters:
        """The parameters of a codec value. Raises CodecError."""
        v = as_list(value, "market parameters", 11)
        try:
            treasury = None if v[8] is None else admit_key(as_bytes(v[8], "treasury key"))
        except KeyRefused as error:
            raise CodecError(f"treasury key: {error}") from error
        return cls(
            first_slot=as_uint(v[0], "first slot", SLOT_LIMIT),
            references=tuple(
                Reference.from_value(r) for r in as_list(v[7], "references", at_most=MAX_SERIES)
            ),
            treasury=treasury,
            pricing=as_text(v[1], "pricing"),
            gate_slots=as_uint(v[2], "gate slots"),
            open_slots=as_uint(v[3], "open slots"),
            reveal_blocks=as_uint(v[4], "reveal blocks"),
            reveal_seconds=as_uint(v[5], "reveal seconds"),
            max_order_wh=as_uint(v[6], "largest order"),
            max_lot_slots=as_uint(v[9], "largest lot"),
            versions=as_uint(v[10], "versions"),
        )

    # ---- a slot's times, s ----------------------------------------------------------------------

    def open_s(self, slot: int) -> int:
        """From when on commits are taken."""
        return start_s(slot - self.gate_slots - self.open_slots)

    def gate_s(self, slot: int) -> int:
        """The gate: commits end, the first block from here on is the gate block."""
        return start_s(slot - self.gate_slots)


def start_s(slot: int) -> int:
    """The second at which a slot's delivery begins."""
    return slot * SLOT_SECONDS


def end_s(slot: int) -> int:
    """The second at which a slot's delivery is over."""
    return (slot + 1) * SLOT_SECONDS


def check_reference(reference: Reference) -> None:
    """Raises CodecError for prices between which nothing can be traded."""
    if reference.retail == 0 or reference.feed_in + reference.fee > reference.retail:
        raise CodecError("retail must be above zero and not below feed-in and fee together")


# ---- the series in state -----------------------------------------------------------------------


def series_bytes(series: Sequence[Reference]) -> bytes:
    """The value under ``market/reference``."""
    return encode([r.to_value() for r in series])


@lru_cache(maxsize=8)
def series_of(data: bytes) -> tuple[Reference, ...]:
    """The series of a state value. Raises CodecError."""
    return tuple(Reference.from_value(r) for r in as_list(decode(data), "references", at_most=MAX_SERIES))


@lru_cache(maxsize=256)
def terms_at(params: MarketParameters, series: bytes, slot: int) -> Terms:
    """The terms that hold for a slot. Raises CodecError for a slot before the first."""
    entries = series_of(series)
    at = bisect_right(entries, slot, key=lambda r: r.from_slot) - 1
    if at < 0:
        raise CodecError(f"no reference for slot {slot}")
    r = entries[at]
    try:
        return Terms(params.pricing, r.feed_in, r.retail, r.fee, params.max_order_wh)
    except TermsRefused as error:
        raise CodecError(str(error)) from error
