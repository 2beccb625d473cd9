"""The end of a surplus lot: gate, reveal window, second-price auction or void; ascending and bounded.

As for slots (``contract.market_slots``): windows are always up to date, the auctions are done while the
block's budget lasts. Source: protocol/market, B.
"""

from __future__ import annotations

from ohmstead.contract import accounts
from ohmstead.contract.gates import COMPLETE, OPEN, Gate, append_record
from ohmstead.contract.gates import VOID as VOID_WINDOW
from ohmstead.contract.households import note
from ohmstead.contract.market_lots import BidState, LotState, gate_key, lot_of
from ohmstead.contract.market_sales import Sale, disengage, engage, put_lot_sale
from ohmstead.contract.moment import Moment, slot_in, slot_key
from ohmstead.contract.overlay import GATE, LOT, LOT_BID, Book, Overlay
from ohmstead.contract.parameters import start_s
from ohmstead.contract.results import FILLED, FORFEITED, UNFILLED, VOID, Result
from ohmstead.core.slots import slot_at
from ohmstead.market.lot_records import ClosedLot, LotBookLeaf, close_lot, void_lot
from ohmstead.market.lots import LOT_RULE, Lot, admit_bid
from ohmstead.market.orders import OrderRefused, Side
from ohmstead.market.settlement import after_clearing


def run(state: Overlay, now: Moment, budget: int) -> int:
    """The lots' due work of a block; one unit of budget is one bid or one lot. Returns the budget left."""
    due = state.between(GATE, b"L", b"L" + slot_key(slot_at(now.time_s) + 1))
    for key, raw in due:
        gate, lot_id = Gate.from_cbor(raw), key[9:]
        lot = lot_of(state, lot_id)
        after = _seen(gate, lot, now, slot_in(key[1:]))
        if after.state != OPEN and budget > 0:
            void = after.state != COMPLETE
            budget -= 1 + _end(state, now, lot_id, lot, void=void)
        elif after != gate:
            state.put(GATE, key, after.to_cbor())
    return budget


def _seen(gate: Gate, lot: LotState, now: Moment, gate_slot: int) -> Gate:
    deadline_s = lot.deadline_s(now)
    if gate.height == 0 and gate.state == OPEN:
        late = now.time_s >= deadline_s
        return Gate(now.height, now.time_s, (), VOID_WINDOW if late else OPEN)
    return gate.seen(now, start_s(gate_slot), deadline_s)


def _end(state: Overlay, now: Moment, lot_id: bytes, lot: LotState, *, void: bool) -> int:
    """Clears or voids a lot. Returns how many bids it held."""
    bids = [(key[16:], BidState.from_cbor(raw)) for key, raw in state.starting(LOT_BID, lot_id)]
    closed = _void(state, lot_id, lot, bids) if void else _clear(state, now, lot_id, lot, bids)
    for household, _ in bids:
        state.remove(LOT_BID, lot_id + household)
    state.remove(LOT, lot_id)
    state.remove(GATE, gate_key(lot_id, lot.gate))
    record = closed.record.to_bytes()
    index = append_record(state, LOT_RULE, record)
    state.books.append(Book(LOT_RULE, index, closed.book_leaves, closed.result_leaves, record))
    return len(bids)


def _return_lot(state: Overlay, lot_id: bytes, lot: LotState, outcome: str) -> None:
    """An unsold or void lot: the bond returns, and the slots are free for the market."""
    accounts.unlock(state, lot.seller, lot.bond, lot.bond)
    disengage(state, lot.seller, lot_id, lot.first, lot.slots)
    money = lot.bond if outcome == VOID else 0
    _note(state, Result(lot_id, lot.seller, b"", outcome, money_nano=money))


def _void(state: Overlay, lot_id: bytes, lot: LotState, bids: list[tuple[bytes, BidState]]) -> ClosedLot:
    _return_lot(state, lot_id, lot, VOID)
    for household, bid in bids:
        accounts.unlock(state, household, bid.lock, bid.lock)
        _note(state, Result(lot_id, household, bid.commitment, VOID, money_nano=bid.lock))
    return void_lot(lot_id)


def _clear(
    state: Overlay, now: Moment, lot_id: bytes, lot: LotState, bids: list[tuple[bytes, BidState]]
) -> ClosedLot:
    terms = lot.terms(now)
    book: list[LotBookLeaf] = []
    fund = 0
    for household, bid in bids:
        leaf = _revealed(household, bid, lot, now)
        if leaf is not None:
            book.append(leaf)
            continue
        fund += bid.lock
        accounts.forfeit(state, household, bid.lock, lot.first)
        _note(state, Result(lot_id, household, bid.commitment, FORFEITED, money_nano=bid.lock))
    closed = close_lot(Lot(lot_id, lot.wh, lot.reserve), book, terms, fund)
    price, net = closed.clearing.price, closed.clearing.net_price
    known = dict(bids)
    for result in sorted(closed.results, key=lambda r: r.household):
        household, fill = result.household, lot.wh if result.won else 0
        bid = known[household]
        shrunk = after_clearing(Side.BUY, bid.lock, fill, net, terms)
        accounts.unlock(state, household, bid.lock, shrunk.back)
        accounts.pot(state, accounts.ESCROW, shrunk.to_escrow)
        if result.won and price is not None and net is not None:
            _sell(state, now, lot_id, lot, household, net)
        outcome = FILLED if result.won else UNFILLED
        _note(state, Result(lot_id, household, bid.commitment, outcome, fill, price, result.money_nano))
    if closed.clearing.winner is None:
        _return_lot(state, lot_id, lot, UNFILLED)
    return closed


def _sell(state: Overlay, now: Moment, lot_id: bytes, lot: LotState, buyer: bytes, net: int) -> None:
    """The seller's bond shrinks to what a shortfall can cost; the buyer's slots are engaged too."""
    shrunk = after_clearing(Side.SELL, lot.bond, lot.wh, net, lot.terms(now))
    accounts.unlock(state, lot.seller, lot.bond - shrunk.kept_locked, shrunk.back)
    engage(state, buyer, lot_id, lot.first, lot.slots)
    sale = Sale(
        lot.seller, lot.meter, b"", lot.wh, net, shrunk.kept_locked, lot.fee, lot.retail, lot.first,
        lot.slots, buyer,
    )  # fmt: skip
    put_lot_sale(state, lot_id, sale)
    all_in = net + lot.fee
    _note(state, Result(lot_id, lot.seller, b"", FILLED, lot.wh, all_in, lot.wh * net))


def _revealed(household: bytes, bid: BidState, lot: LotState, now: Moment) -> LotBookLeaf | None:
    """The book's leaf of a bid that was revealed and admitted; None if its lock is forfeited."""
    if bid.opened is None:
        return None
    value, salt = bid.opened
    try:
        admit_bid(value, lot.reserve, lot.terms(now))
    except OrderRefused:
        return None
    return LotBookLeaf(bid.commitment, household, bid.version, value, salt)


def _note(state: Overlay, result: Result) -> None:
    note(state, result.household, result.to_bytes())


def is_gated(state: Overlay, lot_id: bytes, lot: LotState) -> bool:
    """Whether a lot's gate block has been."""
    raw = state.get(GATE, gate_key(lot_id, lot.gate))
    return raw is not None and Gate.from_cbor(raw).height > 0
