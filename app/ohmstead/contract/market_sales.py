"""Delivery and settlement, once: what a seller's meter states pays it, what it does not state was not delivered.

Under ``sale/<slot><home>`` and ``sale/L<lot>``: [seller, meter, commitment, Wh, net price, bond kept, fee,
retail, first slot, slots, buyer or null]; ``sale/X<last slot><lot>`` finds the lots whose time is over. Here:
sales from their clearing to their settlement. Not here: the sums themselves (``market.settlement``). Source:
protocol/market, "Delivery and settlement".
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract import accounts
from ohmstead.contract.gates import next_clear
from ohmstead.contract.households import member_meter, note
from ohmstead.contract.moment import Moment, slot_key
from ohmstead.contract.overlay import ENGAGED, LOT, SALE, Overlay
from ohmstead.contract.parameters import DELIVERY_S, end_s
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.contract.results import EXPIRED, SETTLED, Result
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.market_statements import Deliver
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.core.statements import SignedStatement
from ohmstead.market.settlement import settle


@dataclass(frozen=True, slots=True)
class Sale:
    """A seller's fill that is still to be delivered or settled. Prices net, µ/kWh; ``kept`` nano."""

    seller: bytes
    meter: bytes
    commitment: bytes
    wh: int
    price: int
    kept: int
    fee: int
    retail: int
    first: int
    slots: int = 1
    buyer: bytes | None = None

    @property
    def last(self) -> int:
        """The last slot of the delivery."""
        return self.first + self.slots - 1

    def to_cbor(self) -> bytes:
        """The state value."""
        return encode(
            [
                self.seller, self.meter, self.commitment, self.wh, self.price, self.kept, self.fee,
                self.retail, self.first, self.slots, self.buyer,
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> Sale:
        """The sale of a state value. Raises CodecError."""
        v = as_list(decode(data), "sale", 11)
        wh, price, kept, fee, retail, first, slots = (as_uint(n, "sale") for n in v[3:10])
        return cls(
            as_bytes(v[0], "seller", 16), as_bytes(v[1], "meter", 16),
            as_bytes(v[2], "commitment", at_most=32), wh, price, kept, fee, retail, first, slots,
            None if v[10] is None else as_bytes(v[10], "buyer", 16),
        )  # fmt: skip


def put_slot_sale(state: Overlay, sale: Sale) -> None:
    """Keeps a fill of the slot market."""
    state.put(SALE, slot_key(sale.first) + sale.seller, sale.to_cbor())


def put_lot_sale(state: Overlay, lot: bytes, sale: Sale) -> None:
    """Keeps a sold lot."""
    state.put(SALE, b"L" + lot, sale.to_cbor())
    state.put(SALE, b"X" + slot_key(sale.last) + lot, b"\x01")


def deliver(state: Overlay, signed: SignedStatement, body: Deliver, now: Moment) -> None:
    """``deliver``: the seller's meter, from the end of the (last) slot on, for 48 hours, once."""
    household = member_meter(state, signed.signer, now.time_s)
    lot = body.which if isinstance(body.which, bytes) else None
    key = b"L" + body.which if isinstance(body.which, bytes) else slot_key(body.which) + household
    raw = state.get(SALE, key)
    if raw is None:
        early = body.which >= next_clear(state) if isinstance(body.which, int) else _waits(state, body.which)
        raise Refused(Reason.DELIVERY_NOT_OVER if early else Reason.NO_SALE)
    sale = Sale.from_cbor(raw)
    if sale.seller != household or sale.meter != signed.signer:
        raise Refused(Reason.WRONG_METER, "not the seller's meter")
    over = end_s(sale.last)
    if now.time_s < over:
        raise Refused(Reason.DELIVERY_NOT_OVER, f"ends at {over}")
    if now.time_s >= over + DELIVERY_S:
        raise Refused(Reason.TOO_LATE, f"48 hours after {over}")
    if body.wh > sale.wh:
        raise Refused(Reason.OVER_FILL, f"{sale.wh} Wh were sold")
    note(state, household, signed.data)
    _settle(state, key, lot, sale, body.wh, SETTLED)


def expire(state: Overlay, now: Moment, budget: int) -> int:
    """Settles, oldest first, what nobody stated within 48 hours as not delivered; returns the budget left."""
    end = slot_key(max(0, now.time_s - DELIVERY_S) // SLOT_SECONDS)
    for key, raw in state.between(SALE, slot_key(0), end)[: max(0, budget)]:
        _settle(state, key, None, Sale.from_cbor(raw), 0, EXPIRED)
        budget -= 1
    for mark, _ in state.between(SALE, b"X", b"X" + end)[: max(0, budget)]:
        lot = mark[9:]
        raw_lot = state.get(SALE, b"L" + lot)
        if raw_lot is not None:
            _settle(state, b"L" + lot, lot, Sale.from_cbor(raw_lot), 0, EXPIRED)
        budget -= 1
    return budget


def lot_is_early(state: Overlay, body: Deliver, time_s: int) -> bool:
    """Whether a lot's delivery is not over, or the lot not sold yet, at a block of this time."""
    if not isinstance(body.which, bytes):
        return False
    raw = state.get(SALE, b"L" + body.which)
    return _waits(state, body.which) if raw is None else time_s < end_s(Sale.from_cbor(raw).last)


def _waits(state: Overlay, lot: bytes) -> bool:
    return state.get(LOT, lot) is not None


def _settle(state: Overlay, key: bytes, lot: bytes | None, sale: Sale, delivered: int, outcome: str) -> None:
    money = settle(sale.wh, delivered, sale.price, sale.fee, sale.retail)
    accounts.unlock(state, sale.seller, sale.kept, money.seller_unlocks, money.seller_gets)
    accounts.pot(state, accounts.ESCROW, -sale.wh * (sale.price + sale.fee))
    accounts.pot(state, accounts.FEE, money.fee)
    accounts.pot(state, accounts.SUPPLIER, money.supplier)
    state.remove(SALE, key)
    price = sale.price
    if lot is not None:
        state.remove(SALE, b"X" + slot_key(sale.last) + lot)
        disengage(state, sale.seller, lot, sale.first, sale.slots)
        if sale.buyer is not None:
            disengage(state, sale.buyer, lot, sale.first, sale.slots)
        price += sale.fee
    which: int | bytes = sale.first if lot is None else lot
    leaf = Result(
        which, sale.seller, sale.commitment, outcome, sale.wh, price, money.seller_gets, delivered
    )  # fmt: skip
    note(state, sale.seller, leaf.to_bytes())


# ---- a household is engaged in the slots of a lot that it sells or has won -----------------------------


def engage(state: Overlay, household: bytes, lot: bytes, first: int, slots: int) -> None:
    """No commit for these slots while the lot lives: value under ``engaged/<home><slot>``: [lot, ...]."""
    for slot in range(first, first + slots):
        lots = _engagements(state, household, slot)
        state.put_value(ENGAGED, household + slot_key(slot), sorted([*lots, lot]))


def disengage(state: Overlay, household: bytes, lot: bytes, first: int, slots: int) -> None:
    """Ends one lot's hold on a household's slots."""
    for slot in range(first, first + slots):
        lots = [other for other in _engagements(state, household, slot) if other != lot]
        if lots:
            state.put_value(ENGAGED, household + slot_key(slot), lots)
        else:
            state.remove(ENGAGED, household + slot_key(slot))


def _engagements(state: Overlay, household: bytes, slot: int) -> list[bytes]:
    raw = state.get(ENGAGED, household + slot_key(slot))
    return [] if raw is None else [as_bytes(v, "lot", 16) for v in as_list(decode(raw), "engagements")]
