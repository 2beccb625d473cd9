"""Standing instructions: orders that the meter makes by itself, within terms and under a mandate on the ledger.

The ledger knows a hash of the terms alone; they come to the meter inside the household's own session and never
leave it. Here: the terms, when a mandate covers them, and which order they give for a slot. Not here: sending
(``agent``). Energy in Wh, prices in µ/kWh. Source: protocol/market, "Standing instructions".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.contract.mandates import Mandate
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.slots import ZoneTable
from ohmstead.market.orders import LIMIT, SALT_BYTES, Order, Side, Step, Terms
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_rows import NOTHING_TRADED, Kind, Row

MAX_TERMS = 64
#: Less than this is not worth a lock of the largest order.
LEAST_WH = 10


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the household told its meter: side, at most so much a local day, at this limit, until then (s).

    ``terms`` are the bytes that the mandate's hash is of, with ``salt``.
    """

    terms: bytes
    salt: bytes
    side: Side
    wh_a_day: int
    limit: int
    until_s: int

    @classmethod
    def of(cls, terms: bytes, salt: bytes) -> Instruction:
        """The instruction of [side, Wh a day, limit, until] and its salt. Raises CodecError."""
        side, wh, limit, until = as_list(decode(terms, max_size=MAX_TERMS), "terms", 4)
        return cls(
            terms, as_bytes(salt, "salt", SALT_BYTES), Side(as_uint(side, "side", 2)),
            as_uint(wh, "energy a day", LIMIT), as_uint(limit, "limit", LIMIT), as_uint(until, "until"),
        )  # fmt: skip

    @property
    def hash(self) -> bytes:
        """What the mandate on the ledger names."""
        return sha256(encode([self.terms, self.salt])).digest()

    def to_cbor(self) -> bytes:
        """For the meter's own file."""
        return encode([self.terms, self.salt])

    @classmethod
    def from_cbor(cls, data: bytes) -> Instruction:
        """Raises CodecError."""
        terms, salt = as_list(decode(data), "instruction", 2)
        return cls.of(as_bytes(terms, "terms", at_most=MAX_TERMS), as_bytes(salt, "salt"))


def is_valid(mandate: Mandate | None, meter: bytes, terms_hash: bytes, time_s: int) -> bool:
    """Whether the ledger's mandate lets this meter act under these terms at a block of this time."""
    return (
        mandate is not None
        and mandate.agent == meter
        and mandate.max_live > 0
        and mandate.terms_hash == terms_hash
        and time_s <= mandate.expiry
    )


def room_for(instruction: Instruction, rows: Sequence[Row], zone: ZoneTable, slot: int) -> int:
    """What is left of a slot's local day, of what the terms allow. ``rows`` hold every order of that day.

    Sold is what was sold; what is not cleared yet, and a buyer's order, counts in full. Raises ZoneTableEnds.
    """
    day = zone.slots_of(zone.day_of(slot))
    return max(0, instruction.wh_a_day - sum(_used(r) for r in rows if r.standing and r.first in day))


def _used(row: Row) -> int:
    if row.fill is not None:
        return row.fill
    return 0 if row.stage in NOTHING_TRADED or row.detail == "UNFILLED" else row.wh


def standing_order(instruction: Instruction, log: OwnLog, slot: int, terms: Terms, room: int) -> Order | None:
    """The order that the terms give for a slot, or None: nothing usual at this time, or a limit out of the band.

    A seller's limit below the band, and a buyer's above it, is drawn to its edge: better than what was asked for.
    """
    side, (low, high) = instruction.side, terms.band(instruction.side)
    bound = log.may_sell() if side is Side.SELL else log.rated()
    wh = min(log.usual(side, slot), bound, terms.max_order_wh, room)
    limit = max(instruction.limit, low) if side is Side.SELL else min(instruction.limit, high)
    if wh < LEAST_WH or not low <= limit <= high:
        return None
    return Order(side, (Step(wh, limit),))


def live_count(mandate: Mandate, rows: Sequence[Row]) -> int:
    """How many of the agent's locks are or may become live: the ledger's count, or our own if that is higher."""
    own = sum(r.standing and r.kind is Kind.ORDER and not r.over and r.fill is None for r in rows)
    return max(mandate.live, own)
