"""What the household hands to its meter: taken apart and checked, before it is kept.

Here: orders, lots and bids with what opens them, and the checks that need no node. Not here: what the ledger must
say (``agent``), the link (``agent_service``). Source: protocol/market; link method HAND.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract.market_lots import LotState, lot_id
from ohmstead.contract.moment import slot_key
from ohmstead.contract.parameters import MarketParameters, start_s
from ohmstead.core import cose
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list
from ohmstead.core.market_inner import MAX_INNER, Inner, LotOffer, SealedBid, SealedOrder, read_inner
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.market.orders import (
    MAX_ORDER_BYTES,
    SALT_BYTES,
    lot_commitment,
    slot_commitment,
)
from ohmstead.meter.agent_checks import Why, bid_of, order_of
from ohmstead.meter.agent_rows import Kind, Row

#: How far ahead of block time a slot may lie, in slots: a week.
MAX_AHEAD = 672
_KINDS: dict[str, tuple[Kind, type[SealedOrder | LotOffer | SealedBid]]] = {
    SealedOrder.CONTENT_TYPE: (Kind.ORDER, SealedOrder),
    LotOffer.CONTENT_TYPE: (Kind.LOT, LotOffer),
    SealedBid.CONTENT_TYPE: (Kind.BID, SealedBid),
}


@dataclass(frozen=True, slots=True)
class Handed:
    """An inner statement with its payload and what opens it. Nothing is checked but shapes."""

    kind: Kind
    inner: Inner
    payload: SealedOrder | LotOffer | SealedBid
    opening: bytes
    salt: bytes

    @classmethod
    def from_value(cls, value: Value) -> Handed:
        """The parts of [inner, opening, salt]. Raises CodecError."""
        raw, opening, salt = as_list(value, "params", 3)
        data = as_bytes(raw, "inner statement", at_most=MAX_INNER)
        try:
            found = _KINDS.get(cose.peek1(data).content_type)
        except cose.CoseError as error:
            raise CodecError(f"inner statement: {error.reason}") from error
        if found is None:
            raise CodecError("neither an order, a lot nor a bid")
        kind, payload_type = found
        inner = read_inner(data, payload_type.CONTENT_TYPE)
        sealed = kind is not Kind.LOT
        return cls(
            kind, inner, payload_type.from_bytes(inner.envelope.payload),
            as_bytes(opening, "opening", at_most=MAX_ORDER_BYTES if sealed else 0),
            as_bytes(salt, "salt", SALT_BYTES if sealed else 0),
        )  # fmt: skip

    @property
    def which(self) -> bytes:
        """``Row.which`` of it."""
        match self.payload:
            case SealedOrder(slot=slot):
                return slot_key(slot)
            case LotOffer() as offer:
                return lot_id(offer)
            case SealedBid(lot=lot):
                return lot

    @property
    def version(self) -> int:
        """A lot has one version."""
        return 1 if isinstance(self.payload, LotOffer) else self.payload.version

    def same_as(self, row: Row) -> bool:
        """Whether these very bytes are kept already."""
        return (row.inner, row.opening, row.salt) == (self.inner.data, self.opening, self.salt)

    def row(self, genesis_hash: bytes, params: MarketParameters, lot: LotState | None) -> Row:
        """The row to keep. ``lot`` is the proven lot of a bid.

        Raises Refused: MALFORMED, WRONG_COMMITMENT, NO_LOT.
        """
        match self.payload:
            case SealedOrder() as sealed:
                order = order_of(self.opening)
                found = slot_commitment(
                    genesis_hash, sealed.slot, sealed.household, sealed.meter, self.inner.signer,
                    sealed.version, self.opening, self.salt,
                )  # fmt: skip
                if found != sealed.commitment:
                    raise Why.WRONG_COMMITMENT.refusal()
                return self._row(found, sealed.slot, 1, sealed.slot - params.gate_slots, order.total_wh)
            case LotOffer() as offer:
                if not 1 <= offer.slots <= params.max_lot_slots or offer.first < params.first_slot:
                    raise Refused(RefusalCode.MALFORMED, b"a lot's slots")
                if start_s(offer.gate) + params.reveal_seconds >= params.open_s(offer.first):
                    raise Refused(RefusalCode.MALFORMED, b"a lot's bids end too late")
                return self._row(b"", offer.first, offer.slots, offer.gate, offer.wh)
            case SealedBid() as bid:
                value = bid_of(self.opening)
                found = lot_commitment(
                    genesis_hash, bid.lot, bid.household, bid.version, value, self.salt
                )  # fmt: skip
                if found != bid.commitment:
                    raise Why.WRONG_COMMITMENT.refusal()
                if lot is None:
                    raise Why.NO_LOT.refusal()
                return self._row(found, lot.first, lot.slots, lot.gate, lot.wh)

    def _row(self, commitment: bytes, first: int, slots: int, gate: int, wh: int) -> Row:
        return Row(
            self.kind, self.which, self.version, commitment, self.inner.data, self.opening, self.salt,
            first, slots, gate, wh,
        )  # fmt: skip
