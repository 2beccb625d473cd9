"""Surplus lots: a seller's offer, sealed bids on it, reveals.

The seller locks a bond, every bidder the same lot × retail, so that a lock says nothing of a bid. A lot keeps
the terms of the block that opened it. It must be cleared or void before the commits of its first slot open,
so that an unsold lot's energy can still be offered there; no household has a live commit and a live lot in
one slot. Under ``lot/<lot>``: [seller, meter, order key, Wh, first slot, slots, reserve, gate slot, feed-in,
retail, fee, bond]; under ``lotbid/<lot><home>``: [version, commitment, meter, order key, lock, null or [bid,
salt]]. Not here: the lot's end (``contract.market_lot_ends``). Source: protocol/market, B.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from ohmstead.contract import accounts
from ohmstead.contract.gates import Gate
from ohmstead.contract.households import note, only_meter_of, only_order_key
from ohmstead.contract.market_orders import is_live
from ohmstead.contract.market_sales import engage
from ohmstead.contract.moment import Moment, slot_key
from ohmstead.contract.overlay import ENGAGED, GATE, LOT, LOT_BID, Overlay
from ohmstead.contract.parameters import start_s
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.market_inner import LotOffer
from ohmstead.core.market_statements import BidLot, OpenLot, RevealBid
from ohmstead.core.statements import SignedStatement
from ohmstead.market.lots import admit_lot
from ohmstead.market.orders import OrderRefused, Terms, lot_commitment
from ohmstead.market.settlement import lot_bond, lot_lock

#: How far ahead of block time a lot's first slot may lie, in slots: a week.
MAX_AHEAD = 672


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot that is neither sold nor returned yet; prices net but for retail, µ/kWh."""

    seller: bytes
    meter: bytes
    key: bytes
    wh: int
    first: int
    slots: int
    reserve: int
    gate: int
    feed_in: int
    retail: int
    fee: int
    bond: int

    def to_cbor(self) -> bytes:
        """The state value."""
        return encode(
            [
                self.seller, self.meter, self.key, self.wh, self.first, self.slots, self.reserve,
                self.gate, self.feed_in, self.retail, self.fee, self.bond,
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> LotState:
        """The lot of a state value. Raises CodecError."""
        v = as_list(decode(data), "lot", 12)
        seller, meter, key = (as_bytes(i, "lot", 16) for i in v[:3])
        return cls(seller, meter, key, *(as_uint(n, "lot") for n in v[3:]))

    def terms(self, now: Moment) -> Terms:
        """The terms that were frozen when the lot was opened."""
        params = now.params
        return Terms(params.pricing, self.feed_in, self.retail, self.fee, params.max_order_wh)

    def deadline_s(self, now: Moment) -> int:
        """When the commits of the first slot open: by then the lot is cleared, or void."""
        return now.params.open_s(self.first)


@dataclass(frozen=True, slots=True)
class BidState:
    """A household's bid on a lot; ``opened`` is (bid, salt) once revealed."""

    version: int
    commitment: bytes
    meter: bytes
    key: bytes
    lock: int
    opened: tuple[int, bytes] | None = None

    def to_cbor(self) -> bytes:
        """The state value."""
        opened: Value = None if self.opened is None else list(self.opened)
        return encode([self.version, self.commitment, self.meter, self.key, self.lock, opened])

    @classmethod
    def from_cbor(cls, data: bytes) -> BidState:
        """The bid of a state value. Raises CodecError."""
        v = as_list(decode(data), "bid", 6)
        opened = None
        if v[5] is not None:
            bid, salt = as_list(v[5], "revealed bid", 2)
            opened = as_uint(bid, "bid"), as_bytes(salt, "salt", 32)
        return cls(
            as_uint(v[0], "version"), as_bytes(v[1], "commitment", 32), as_bytes(v[2], "meter", 16),
            as_bytes(v[3], "key", 16), as_uint(v[4], "lock"), opened,
        )  # fmt: skip


def lot_id(offer: LotOffer) -> bytes:
    """The id of a lot: the first 16 bytes of SHA-256 of the inner payload."""
    return sha256(offer.to_bytes()).digest()[:16]


def gate_key(lot: bytes, gate: int) -> bytes:
    """The state key of a lot's window: windows ascend with their gates."""
    return b"L" + slot_key(gate) + lot


def lot_of(state: Overlay, lot: bytes) -> LotState:
    """An open lot. Raises Refused(NO_LOT)."""
    raw = state.get(LOT, lot)
    if raw is None:
        raise Refused(Reason.NO_LOT, lot.hex())
    return LotState.from_cbor(raw)


def open_lot(state: Overlay, signed: SignedStatement, body: OpenLot, now: Moment) -> None:
    """``lot-open``: locks the bond; the seller's slots are the lot's until it is settled or returned."""
    offer = body.lot
    only_meter_of(state, signed.signer, offer.meter, offer.household, now.time_s)
    only_order_key(state, body.inner.signer, offer.household)
    lot = lot_id(offer)
    if state.get(LOT, lot) is not None or state.get(GATE, gate_key(lot, offer.gate)) is not None:
        raise Refused(Reason.ALREADY_DONE, lot.hex())
    params = now.params
    if not 1 <= offer.slots <= params.max_lot_slots or offer.first < params.first_slot:
        raise Refused(Reason.LOT_REFUSED, f"{offer.slots} slots from slot {offer.first}")
    if now.time_s >= start_s(offer.gate):
        raise Refused(Reason.GATE_PASSED, f"slot {offer.gate}")
    if start_s(offer.gate) + params.reveal_seconds >= params.open_s(offer.first):
        raise Refused(Reason.LOT_REFUSED, "its bids end too late to be cleared before its slots open")
    if start_s(offer.first - MAX_AHEAD) > now.time_s:
        raise Refused(Reason.LOT_REFUSED, f"more than {MAX_AHEAD} slots ahead")
    if offer.wh > params.max_order_wh * offer.slots:
        raise Refused(Reason.LOT_REFUSED, f"{offer.wh} Wh in {offer.slots} slots")
    terms = now.terms(state, offer.first)
    try:
        admit_lot(offer.wh, offer.reserve, terms)
    except OrderRefused as error:
        raise Refused(Reason.LOT_REFUSED, str(error)) from error
    _only_free_slots(state, offer.household, offer.first, offer.slots, lots_too=True)
    bond = lot_bond(offer.wh, terms)
    accounts.lock(state, offer.household, bond, now.time_s)
    record = LotState(
        offer.household, offer.meter, body.inner.signer, offer.wh, offer.first, offer.slots,
        offer.reserve, offer.gate, terms.feed_in, terms.retail, terms.fee, bond,
    )  # fmt: skip
    state.put(LOT, lot, record.to_cbor())
    state.put(GATE, gate_key(lot, offer.gate), Gate(0, 0).to_cbor())
    engage(state, offer.household, lot, offer.first, offer.slots)
    note(state, offer.household, signed.data)


def bid_lot(state: Overlay, signed: SignedStatement, body: BidLot, now: Moment) -> None:
    """``lot-bid``: seals a bid, or replaces one by a higher version without moving money."""
    bid = body.bid
    only_meter_of(state, signed.signer, bid.meter, bid.household, now.time_s)
    only_order_key(state, body.inner.signer, bid.household)
    lot = lot_of(state, bid.lot)
    if now.time_s >= start_s(lot.gate):
        raise Refused(Reason.GATE_PASSED, f"slot {lot.gate}")
    if lot.seller == bid.household:
        raise Refused(Reason.LOT_REFUSED, "nobody bids on a lot of its own")
    if bid.version > now.params.versions:
        raise Refused(Reason.QUOTA, f"{now.params.versions} versions a lot")
    _only_free_slots(state, bid.household, lot.first, lot.slots, lots_too=False)
    raw = state.get(LOT_BID, bid.lot + bid.household)
    before = None if raw is None else BidState.from_cbor(raw)
    if before is None:
        nano = lot_lock(lot.wh, lot.terms(now))
        accounts.lock(state, bid.household, nano, now.time_s)
    else:
        nano = before.lock
        if bid.version <= before.version:
            raise Refused(Reason.OLD_VERSION, f"version {before.version} is recorded")
        accounts.only_unbarred(state, bid.household, now.time_s)
    after = BidState(bid.version, bid.commitment, bid.meter, body.inner.signer, nano)
    state.put(LOT_BID, bid.lot + bid.household, after.to_cbor())
    note(state, bid.household, signed.data)


def reveal_bid(state: Overlay, signed: SignedStatement, body: RevealBid, now: Moment) -> None:
    """``lot-reveal``: opens the latest bid, in a block after the lot's gate block and before the window's end."""
    lot = lot_of(state, body.lot)
    name = body.lot + body.household
    raw = state.get(LOT_BID, name)
    if raw is None:
        raise Refused(Reason.NO_COMMIT, body.household.hex())
    window = state.get(GATE, gate_key(body.lot, lot.gate))
    if window is None:
        raise RuntimeError("an open lot without a window")
    Gate.from_cbor(window).only_open(now.height)
    before = BidState.from_cbor(raw)
    if before.opened is not None:
        raise Refused(Reason.ALREADY_DONE, "revealed")
    found = lot_commitment(
        now.genesis_hash, body.lot, body.household, before.version, body.bid, body.salt
    )  # fmt: skip
    if found != before.commitment:
        raise Refused(Reason.WRONG_COMMITMENT, body.lot.hex())
    state.put(LOT_BID, name, replace(before, opened=(body.bid, body.salt)).to_cbor())
    note(state, body.household, signed.data)


def _only_free_slots(state: Overlay, household: bytes, first: int, slots: int, *, lots_too: bool) -> None:
    """That no live commit of the household, nor another lot of its own, lies in these slots. Raises Refused."""
    for slot in range(first, first + slots):
        if is_live(state, slot, household):
            raise Refused(Reason.ENGAGED, f"an order for slot {slot}")
        if lots_too and state.get(ENGAGED, household + slot_key(slot)) is not None:
            raise Refused(Reason.ENGAGED, f"another lot in slot {slot}")
