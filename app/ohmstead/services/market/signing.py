"""What this home's order key signs: sealed orders, bids, lots, cancels, mandates, payouts.

Pure but for the salts. Here: bytes. Not here: keeping them before they leave (``desk``), rules (``contract``).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.contract.market_lots import lot_id
from ohmstead.core.codec import encode
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import NONCE_BYTES, AccountKey, LotOffer, SealedBid, SealedOrder, seal_inner
from ohmstead.core.market_statements import CancelOrder, GiveMandate, Payout
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.market.orders import SALT_BYTES, Order, lot_commitment, slot_commitment
from ohmstead.store.market import Draft

#: How long a statement that is signed here may wait for its block, s.
VALID_S = 2 * 86_400


@dataclass(frozen=True, slots=True)
class Signer:
    """A home's order key on one ledger, behind one meter."""

    key: SigningKey
    genesis_hash: bytes
    household: bytes
    meter: bytes

    def account(self) -> bytes:
        """The order key, asking to act for the household; the meter signs around it."""
        asked = AccountKey(self.household, self.meter, self.key.public)
        return seal_inner(self.key, self.genesis_hash, asked).data

    def order(self, slot: int, order: Order, version: int) -> Draft:
        """A sealed order for a slot."""
        data, salt = order.to_bytes(), secrets.token_bytes(SALT_BYTES)
        commitment = slot_commitment(
            self.genesis_hash, slot, self.household, self.meter, self.key.kid, version, data, salt
        )
        sealed = SealedOrder(slot, self.household, self.meter, version, commitment)
        return Draft(seal_inner(self.key, self.genesis_hash, sealed).data, data, salt, commitment)

    def bid(self, lot: bytes, bid: int, version: int) -> Draft:
        """A sealed bid on a lot, all-in µ/kWh."""
        salt = secrets.token_bytes(SALT_BYTES)
        commitment = lot_commitment(self.genesis_hash, lot, self.household, version, bid, salt)
        sealed = SealedBid(lot, self.household, self.meter, version, commitment)
        return Draft(seal_inner(self.key, self.genesis_hash, sealed).data, encode(bid), salt, commitment)

    def lot(
        self, wh: int, first: int, slots: int, reserve: int, gate: int, nonce: bytes | None = None
    ) -> tuple[bytes, Draft]:
        """(lot id, draft) of a surplus lot."""
        chosen = nonce if nonce is not None else secrets.token_bytes(NONCE_BYTES)
        offer = LotOffer(self.household, self.meter, chosen, wh, first, slots, reserve, gate)
        inner = seal_inner(self.key, self.genesis_hash, offer)
        return lot_id(offer), Draft(inner.data, b"", b"", sha256(offer.to_bytes()).digest())

    def cancel(self, slot: int, version: int, now_s: int) -> bytes:
        """Takes an order back; ``version`` is above the order's."""
        return self._statement(CancelOrder(slot, self.household, version), now_s)

    def mandate(self, terms: bytes, salt: bytes, expiry_s: int, most: int, seq: int, now_s: int) -> bytes:
        """A mandate for the meter; ``most`` 0 revokes. ``terms`` stay here and in the meter."""
        named = sha256(encode([terms, salt])).digest()
        body = GiveMandate(self.household, self.meter, expiry_s, most, named)
        return self._statement(body, now_s, seq)

    def payout(self, nano: int, seq: int, now_s: int) -> bytes:
        """Asks for a payout; 0 takes the wish back."""
        return self._statement(Payout(self.household, nano), now_s, seq)

    def _statement(self, body: Body, now_s: int, seq: int | None = None) -> bytes:
        return sign(self.key, self.genesis_hash, Statement(body, now_s + VALID_S, seq))
