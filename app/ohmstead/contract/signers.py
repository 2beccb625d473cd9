"""Which keys a ledger knows: the public key of a ``kid``, and of the signature inside a statement.

Unknown signers are refused before any signature is checked. Not here: what a known key may do (each rule says
so).
"""

from __future__ import annotations

from ohmstead.contract.households import record_in
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.overlay import CERTIFIER, METER, ORDER_KEY, Overlay
from ohmstead.contract.parameters import MarketParameters
from ohmstead.contract.treasury import members
from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.core.keys import kid
from ohmstead.core.market_inner import Inner
from ohmstead.core.market_statements import BidLot, CommitOrder, OpenAccount, OpenLot
from ohmstead.core.statements import Body


def key_of(
    state: Overlay,
    signer: bytes,
    market: MarketParameters | None,
    neighbours: NeighbourParameters | None = None,
) -> bytes | None:
    """The public key that signs under a ``kid``: a meter, a certifier; on a market an order key, the governance
    and the treasury too, with neighbours their guardians. None for a stranger."""
    raw = state.get(METER, signer)
    if raw is not None:
        return record_in(raw).public_key
    raw = state.get(CERTIFIER, signer)
    if raw is not None:
        return as_bytes(as_list(decode(raw), "certifier", 2)[1], "key", 32)
    guardian = None if neighbours is None else neighbours.guardian_of(signer)
    if neighbours is not None and guardian is not None:
        return neighbours.guardians[guardian].public_key
    if market is None:
        return None
    entry = state.get_list(ORDER_KEY, signer, 2)
    if entry is not None:
        return as_bytes(entry[0], "key", 32)
    if market.treasury is not None and signer == kid(market.treasury):
        return market.treasury
    return members(state).get(signer)


def inner_of(body: Body) -> Inner | None:
    """The statement inside a statement, where there is one."""
    return body.inner if isinstance(body, OpenAccount | CommitOrder | OpenLot | BidLot) else None


def inner_key_of(state: Overlay, body: Body, market: MarketParameters | None) -> bytes | None:
    """The public key that signs inside: the new key itself, an order key, or a meter as agent; else None."""
    if isinstance(body, OpenAccount):
        key = body.order_key.public_key
        return key if body.inner.signer == kid(key) else None
    inner = inner_of(body)
    return None if inner is None else key_of(state, inner.signer, market)
