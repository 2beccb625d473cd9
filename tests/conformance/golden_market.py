"""Fixed inputs and makers of the market's golden structures: orders, commitments, leaves, records, a result.

``RULES`` names each structure's rule in ``ohmstead.cddl``; what has none is a hash. Pure: no contract, no Qt.
"""

from __future__ import annotations

from hashlib import sha256

from ohmstead.market.bookfile import clear_book, read_book
from ohmstead.market.clearing import tie_seed
from ohmstead.market.lot_records import ClosedLot, LotBookLeaf, close_lot, void_lot
from ohmstead.market.lots import Lot
from ohmstead.market.orders import Order, Side, Step, Terms, lot_commitment, slot_commitment
from ohmstead.market.records import BookLeaf, ClosedSlot, close_slot, void_slot
from ohmstead.market.settlement import flat_lock

GENESIS = sha256(b"genesis").digest()
TERMS = Terms("midpoint", 80_000, 300_000, 20_000, 5000)
SLOT = 1_970_000
LOT = Lot(b"a lot of energy.", 4000, 100_000)
ORDERS = (
    Order(Side.BUY, (Step(500, 290_000), Step(250, 240_000))),
    Order(Side.BUY, (Step(400, 240_000),)),
    Order(Side.SELL, tuple(Step(100 + i, 80_000 + 1000 * i) for i in range(8))),
    Order(Side.BUY),
)
BIDS = (150_000, 250_000)
BOOK = (
    '{"rule": "slot/1", "feed_in": 80000, "retail": 300000, "fee": 0, "max_order_wh": 5000, "seed": "00", '
    '"orders": [{"id": "a", "side": "buy", "steps": [[300, 250000]]}, '
    '{"id": "b", "side": "sell", "steps": [[200, 90000]]}]}'
)


def salt(i: int) -> bytes:
    return sha256(b"salt %d" % i).digest()


def book_leaf(i: int) -> BookLeaf:
    home, meter, kid = b"home %011d" % i, b"meter %010d" % i, b"key %012d" % i
    data = ORDERS[i].to_bytes()
    made = slot_commitment(GENESIS, SLOT, home, meter, kid, i + 1, data, salt(i))
    return BookLeaf(made, home, meter, kid, i + 1, data, salt(i))


def lot_leaf(i: int) -> LotBookLeaf:
    home = b"home %011d" % i
    made = lot_commitment(GENESIS, LOT.id, home, i + 1, BIDS[i], salt(i))
    return LotBookLeaf(made, home, i + 1, BIDS[i], salt(i))


def slot() -> ClosedSlot:
    return close_slot(SLOT, [book_leaf(i) for i in range(len(ORDERS))], TERMS, 2 * flat_lock(TERMS))


def lot() -> ClosedLot:
    return close_lot(LOT, [lot_leaf(i) for i in range(len(BIDS))], TERMS, 0)


def unsold() -> ClosedLot:
    return close_lot(LOT, [], TERMS, 4000 * TERMS.retail)


MADE = {
    "order": lambda: ORDERS[0].to_bytes(),
    "order, eight steps": lambda: ORDERS[2].to_bytes(),
    "order, empty": lambda: ORDERS[3].to_bytes(),
    "slot commitment": lambda: book_leaf(0).commitment,
    "lot commitment": lambda: lot_leaf(0).commitment,
    "tie seed": lambda: tie_seed("slot/1", SLOT, [(book_leaf(i).commitment, salt(i)) for i in range(4)]),
    "book leaf": lambda: slot().book_leaves[0],
    "result leaf": lambda: slot().result_leaves[0],
    "slot record": lambda: slot().record.to_bytes(),
    "slot record, void": lambda: void_slot(SLOT).record.to_bytes(),
    "lot book leaf": lambda: lot().book_leaves[0],
    "lot result leaf": lambda: lot().result_leaves[0],
    "lot record": lambda: lot().record.to_bytes(),
    "lot record, unsold": lambda: unsold().record.to_bytes(),
    "lot record, void": lambda: void_lot(LOT.id).record.to_bytes(),
    "book result hash": lambda: clear_book(read_book(BOOK)).result_hash,
}

RULES = {
    "order": "order", "order, eight steps": "order", "order, empty": "order", "book leaf": "slot-book-leaf",
    "result leaf": "slot-result-leaf", "slot record": "slot-record", "slot record, void": "slot-record",
    "lot book leaf": "lot-book-leaf", "lot result leaf": "lot-result-leaf", "lot record": "lot-record",
    "lot record, unsold": "lot-record", "lot record, void": "lot-record",
}  # fmt: skip
