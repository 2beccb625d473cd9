"""The market's part of the machine: first state, due work of a block, dispatch of its statements.

Not here: what any of them does (``contract.market_orders`` and its neighbours), signatures, expiry,
sequences.
"""

from __future__ import annotations

from ohmstead.contract import (
    accounts,
    mandates,
    market_lot_ends,
    market_lots,
    market_orders,
    market_sales,
    market_slots,
    treasury,
)
from ohmstead.contract.gates import next_clear
from ohmstead.contract.moment import Moment, slot_key
from ohmstead.contract.overlay import (
    ACCOUNT,
    GATE,
    LOT,
    MARKET,
    MARKET_MODULES,
    TREASURY,
    Changes,
    Overlay,
)
from ohmstead.contract.parameters import MarketParameters, end_s, series_bytes, start_s
from ohmstead.core.codec import encode
from ohmstead.core.keys import kid
from ohmstead.core.market_statements import (
    BidLot,
    CancelOrder,
    CommitOrder,
    Credit,
    Deliver,
    GiveMandate,
    OpenAccount,
    OpenLot,
    Payout,
    RevealBid,
    RevealOrder,
    SetReference,
    Withdraw,
)
from ohmstead.core.statements import Body, SignedStatement
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lots import LOT_RULE

#: Orders, slots, bids, lots and expired sales that one block settles; what is left waits for the next block.
WORK_PER_BLOCK = 5000
#: Statements with limits of their own (versions, once per slot or lot), outside the signer's daily quota.
OWN_LIMITS = (CommitOrder, CancelOrder, RevealOrder, Deliver, BidLot, RevealBid)


def first_state(params: MarketParameters) -> Changes:
    """What InitChain writes for a market."""
    changes: Changes = {(module, b"."): b"\x01" for module in MARKET_MODULES}
    changes[MARKET, b"params"] = encode(params.to_value())
    changes[MARKET, b"reference"] = series_bytes(params.references)
    changes[MARKET, b"next"] = encode([params.first_slot, params.first_slot])
    for rule in (SLOT_RULE, LOT_RULE):
        changes[MARKET, rule.encode()] = encode([0, EMPTY_ROOT, []])
    for name in accounts.POTS:
        changes[ACCOUNT, name] = encode(0)
    for name in (accounts.CREDITED, accounts.WITHDRAWN):
        changes[TREASURY, name] = encode(0)
    return changes


def due(state: Overlay, now: Moment) -> None:
    """The work that a block owes before its transactions: slots, expired sales, lots; ascending, bounded.

    The two markets share no budget: a halt's many empty slots must not hold up the lots.
    """
    left = market_slots.run(state, now, WORK_PER_BLOCK)
    market_sales.expire(state, now, left)
    market_lot_ends.run(state, now, WORK_PER_BLOCK)


def apply(state: Overlay, signed: SignedStatement, now: Moment) -> None:
    """Runs a market statement. Raises Refused."""
    match signed.statement.body:
        case CommitOrder() as body:
            market_orders.commit(state, signed, body, now)
        case RevealOrder() as body:
            market_orders.reveal(state, signed, body, now)
        case CancelOrder() as body:
            market_orders.cancel(state, signed, body, now)
        case Deliver() as body:
            market_sales.deliver(state, signed, body, now)
        case OpenLot() as body:
            market_lots.open_lot(state, signed, body, now)
        case BidLot() as body:
            market_lots.bid_lot(state, signed, body, now)
        case RevealBid() as body:
            market_lots.reveal_bid(state, signed, body, now)
        case OpenAccount() as body:
            mandates.open_account(state, signed, body, now)
        case GiveMandate() as body:
            mandates.give(state, signed, body, now)
        case Credit() | Withdraw() as body:
            treasury.move(state, signed, body, now)
        case Payout() as body:
            treasury.payout(state, signed, body)
        case SetReference() as body:
            treasury.set_reference(state, signed, body, now)


def has_own_limit(signed: SignedStatement, params: MarketParameters) -> bool:
    """Whether a statement is outside its signer's daily quota."""
    if isinstance(signed.statement.body, Credit | Withdraw) and params.treasury is not None:
        return signed.signer == kid(params.treasury)
    return isinstance(signed.statement.body, OWN_LIMITS)


def is_early(state: Overlay, body: Body, params: MarketParameters, time_s: int) -> bool:
    """Whether the next block, of this time, would only say "later" to a statement that was checked.

    A reveal is early until the gate block is there: in the gate block itself it does not count.
    """
    match body:
        case CommitOrder() | CancelOrder():
            slot = body.order.slot if isinstance(body, CommitOrder) else body.slot
            return time_s < params.open_s(slot)
        case RevealOrder():
            return body.slot >= next_clear(state) and start_s(body.slot) > time_s and not _gated(state, body)
        case RevealBid():
            raw = state.get(LOT, body.lot)
            if raw is None:
                return False
            lot = market_lots.LotState.from_cbor(raw)
            return time_s < params.open_s(lot.first) and not market_lot_ends.is_gated(state, body.lot, lot)
        case Deliver() if isinstance(body.which, int):
            return time_s < end_s(body.which)
        case Deliver():
            return market_sales.lot_is_early(state, body, time_s)
    return False


def _gated(state: Overlay, body: RevealOrder) -> bool:
    return state.get(GATE, slot_key(body.slot)) is not None
