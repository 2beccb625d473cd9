"""The statements that the agent sends: always the same bytes for the same row, however often it starts again.

Ed25519 signatures are deterministic and every ``valid until`` follows from the row, so nothing that was sent must
be remembered to be sent again. Here: rows into statements. Not here: when they are sent (``agent_steps``).
"""

from __future__ import annotations

from ohmstead.contract.moment import slot_in
from ohmstead.contract.parameters import DELIVERY_S, MarketParameters, end_s, start_s
from ohmstead.core.codec import as_uint, decode
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import Inner
from ohmstead.core.market_statements import (
    BidLot,
    CommitOrder,
    Deliver,
    OpenAccount,
    OpenLot,
    RevealBid,
    RevealOrder,
)
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.meter.agent_rows import Kind, Row

_SEALING: dict[Kind, type[CommitOrder | OpenLot | BidLot]] = {
    Kind.ORDER: CommitOrder, Kind.LOT: OpenLot, Kind.BID: BidLot,
}  # fmt: skip


class Statements:
    """What one meter signs on one ledger."""

    def __init__(self, key: SigningKey, genesis_hash: bytes, params: MarketParameters) -> None:
        self._key = key
        self._genesis_hash = genesis_hash
        self._params = params

    def seal(self, row: Row) -> bytes:
        """``commit``, ``lot-open`` or ``lot-bid``: good until sealing ends."""
        return self._signed(_SEALING[row.kind].from_value({0: row.inner}), start_s(row.gate))

    def reveal(self, row: Row, home: bytes) -> bytes:
        """``reveal`` or ``lot-reveal``: good until the window must have ended."""
        if row.kind is Kind.ORDER:
            slot = slot_in(row.which)
            return self._signed(RevealOrder(slot, home, row.opening, row.salt), start_s(slot))
        bid = as_uint(decode(row.opening), "bid")
        return self._signed(RevealBid(row.which, home, bid, row.salt), self._params.open_s(row.first))

    def deliver(self, row: Row, wh: int) -> bytes:
        """``deliver``: good for the 48 hours in which it counts."""
        return self._signed(Deliver(row.name, wh), end_s(row.last) + DELIVERY_S)

    def open_account(self, inner: Inner, until_s: int) -> bytes:
        """``account-open`` around what an order key signed."""
        return self._signed(OpenAccount.from_value({0: inner.data}), until_s)

    def _signed(self, body: Body, until_s: int) -> bytes:
        return sign(self._key, self._genesis_hash, Statement(body, until_s))
