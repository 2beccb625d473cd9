"""The slot market's due work: gates, reveal windows, clearing; ascending, and bounded in one block.

Gates and windows are always up to date: they cost a few records. Clearings are done while the block's budget
lasts and carried over after that; what a slot's end is was decided by block time and stands in its gate
record, so the sweep's pace decides nothing. Source: protocol/market, A; protocol/statements, "FinalizeBlock:
due work first".
"""

from __future__ import annotations

from ohmstead.contract import accounts, mandates
from ohmstead.contract.gates import COMPLETE, OPEN, Gate, append_record, next_slots
from ohmstead.contract.households import note
from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.market_sales import Sale, put_slot_sale
from ohmstead.contract.moment import AFTER_SLOTS, Moment, slot_in, slot_key
from ohmstead.contract.overlay import GATE, MARKET, ORDER, Book, Overlay
from ohmstead.contract.parameters import start_s
from ohmstead.contract.results import FILLED, FORFEITED, UNFILLED, VOID, Result
from ohmstead.core.slots import slot_at
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.orders import Order, OrderMalformed, OrderRefused, Side, Terms, admit
from ohmstead.market.records import BookLeaf, ClosedSlot, close_slot, void_slot
from ohmstead.market.settlement import after_clearing


def run(state: Overlay, now: Moment, budget: int) -> int:
    """The slots' due work of a block; one unit of budget is one order or one slot. Returns the budget left."""
    first, clear = next_slots(state)
    gate = _gates(state, now, first)
    _windows(state, now)
    before = clear
    while clear < gate and budget > 0:
        raw = state.get(GATE, slot_key(clear))
        window = None if raw is None else Gate.from_cbor(raw)
        if window is not None and window.state == OPEN:
            break
        budget -= 1 + _close(state, now, clear, void=window is None or window.state != COMPLETE)
        clear += 1
    if (gate, clear) != (first, before):
        state.put_value(MARKET, b"next", [gate, clear])
    return budget


def _gates(state: Overlay, now: Moment, first: int) -> int:
    """Writes the gate records of every slot whose gate this block reaches; returns the next slot to gate.

    A slot whose delivery has begun as well gets none: nothing was revealed, it is void.
    """
    begun = slot_at(now.time_s)
    end = max(first, begun + now.params.gate_slots + 1)
    for slot in range(max(first, begun + 1), end):
        state.put(GATE, slot_key(slot), Gate(now.height, now.time_s).to_cbor())
    return end


def _windows(state: Overlay, now: Moment) -> None:
    for key, raw in state.between(GATE, slot_key(0), AFTER_SLOTS):
        gate, slot = Gate.from_cbor(raw), slot_in(key)
        after = gate.seen(now, now.params.gate_s(slot), start_s(slot))
        if after != gate:
            state.put(GATE, key, after.to_cbor())


def _close(state: Overlay, now: Moment, slot: int, *, void: bool) -> int:
    """Clears or voids a slot: money, results, one leaf of the rule's log. Returns how many orders it held."""
    entries = state.starting(ORDER, slot_key(slot))
    live = [(key[8:], order) for key, order in ((k, Sealed.from_cbor(v)) for k, v in entries) if order.live]
    closed = _void(state, slot, live) if void else _clear(state, slot, live, now.terms(state, slot))
    for household, order in live:
        if order.agent:
            mandates.count(state, household, -1)
    for key, _ in entries:
        state.remove(ORDER, key)
    if state.get(GATE, slot_key(slot)) is not None:
        state.remove(GATE, slot_key(slot))
    record = closed.record.to_bytes()
    index = append_record(state, SLOT_RULE, record)
    state.books.append(Book(SLOT_RULE, index, closed.book_leaves, closed.result_leaves, record))
    return len(entries)


def _void(state: Overlay, slot: int, live: list[tuple[bytes, Sealed]]) -> ClosedSlot:
    for household, order in live:
        accounts.unlock(state, household, order.lock, order.lock)
        _note(state, Result(slot, household, order.commitment, VOID, money_nano=order.lock))
    return void_slot(slot)


def _clear(state: Overlay, slot: int, live: list[tuple[bytes, Sealed]], terms: Terms) -> ClosedSlot:
    book: list[BookLeaf] = []
    fund = 0
    for household, order in live:
        leaf = _revealed(household, order, terms)
        if leaf is not None:
            book.append(leaf)
            continue
        fund += order.lock
        accounts.forfeit(state, household, order.lock, slot)
        _note(state, Result(slot, household, order.commitment, FORFEITED, money_nano=order.lock))
    closed = close_slot(slot, book, terms, fund)
    orders = dict(live)
    price, escrow = closed.clearing.price, 0
    for result in sorted(closed.results, key=lambda r: r.household):
        household, fill = result.household, result.fill_wh
        order = orders[household]
        shrunk = after_clearing(result.side, order.lock, fill, price, terms)
        accounts.unlock(state, household, order.lock - shrunk.kept_locked, shrunk.back)
        escrow += shrunk.to_escrow
        if fill and price is not None and result.side is Side.SELL:
            kept = shrunk.kept_locked
            sale = Sale(
                household, order.meter, order.commitment, fill, price, kept, terms.fee, terms.retail, slot
            )
            put_slot_sale(state, sale)
        outcome = FILLED if fill else UNFILLED
        _note(state, Result(slot, household, order.commitment, outcome, fill, price, result.money_nano))
    accounts.pot(state, accounts.ESCROW, escrow)
    return closed


def _revealed(household: bytes, order: Sealed, terms: Terms) -> BookLeaf | None:
    """The book's leaf of an order that was revealed, well formed and admitted; None if its lock is forfeited."""
    if order.opened is None:
        return None
    data, salt = order.opened
    try:
        admit(Order.from_bytes(data), terms)
    except (OrderMalformed, OrderRefused):
        return None
    return BookLeaf(order.commitment, household, order.meter, order.key, order.version, data, salt)


def _note(state: Overlay, result: Result) -> None:
    note(state, result.household, result.to_bytes())
