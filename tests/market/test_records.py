"""What a slot and a lot leave on the ledger: bytes that read back, and a recomputation that finds every change.

Invariant 21: each field of the record, of each book leaf and of each result is flipped in turn, alone and by a
forger who also repairs every root above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.market import lot_records, records
from ohmstead.market.lot_records import (
    ClosedLot,
    LotBookLeaf,
    LotRecord,
    LotResultLeaf,
    close_lot,
    recompute_lot,
    void_lot,
)
from ohmstead.market.lots import Lot
from ohmstead.market.orders import Order, Side, Step, Terms, lot_commitment, slot_commitment
from ohmstead.market.records import (
    BookLeaf,
    ClosedSlot,
    RecordMalformed,
    ResultLeaf,
    SlotRecord,
    WrongClearing,
    close_slot,
    log_root,
    recompute_slot,
    void_slot,
)
from ohmstead.market.settlement import flat_lock, lot_lock

GENESIS = sha256(b"genesis").digest()
TERMS = Terms("midpoint", 80_000, 300_000, 20_000, 5000)
SLOT = 1_970_000
LOT = Lot(b"a lot of energy.", 4000, 100_000)


def salt(i: int) -> bytes:
    return sha256(b"salt %d" % i).digest()


def book_leaf(i: int, order: Order, version: int = 1) -> BookLeaf:
    home, meter, kid = b"home %011d" % i, b"meter %010d" % i, b"key %012d" % i
    data = order.to_bytes()
    made = slot_commitment(GENESIS, SLOT, home, meter, kid, version, data, salt(i))
    return BookLeaf(made, home, meter, kid, version, data, salt(i))


def slot_book() -> list[BookLeaf]:
    sell = [(501, 90_000), (700, 120_000)]
    buy = [(500, 290_000), (400, 250_000), (301, 250_000), (300, 130_000)]
    orders = [Order(Side.SELL, (Step(*s),)) for s in sell] + [Order(Side.BUY, (Step(*s),)) for s in buy]
    return [book_leaf(i, order) for i, order in enumerate([*orders, Order(Side.BUY)])]


def lot_leaf(i: int, bid: int, version: int = 1) -> LotBookLeaf:
    home = b"home %011d" % i
    return LotBookLeaf(
        lot_commitment(GENESIS, LOT.id, home, version, bid, salt(i)), home, version, bid, salt(i)
    )


def lot_book() -> list[LotBookLeaf]:
    return [lot_leaf(i, bid) for i, bid in enumerate((150_000, 250_000, 250_000, 120_000))]


def slot(fund: int = 0) -> ClosedSlot:
    return close_slot(SLOT, slot_book(), TERMS, fund)


def lot(fund: int = 0) -> ClosedLot:
    return close_lot(LOT, lot_book(), TERMS, fund)


def check_slot(closed: ClosedSlot, record: SlotRecord | None = None) -> ClosedSlot:
    return recompute_slot(record or closed.record, closed.book_leaves, TERMS, GENESIS, closed.result_leaves)


def check_lot(closed: ClosedLot, record: LotRecord | None = None) -> ClosedLot:
    return recompute_lot(
        record or closed.record, closed.book_leaves, LOT, TERMS, GENESIS, closed.result_leaves
    )


# ---- what holds -----------------------------------------------------------------------------------


def test_an_honest_slot_recomputes_to_itself() -> None:
    closed = slot(3 * flat_lock(TERMS))
    assert closed.clearing.price is not None
    assert check_slot(closed) == closed
    assert recompute_slot(closed.record, closed.book_leaves, TERMS, GENESIS) == closed
    assert [leaf.commitment for leaf in closed.book] == sorted(leaf.commitment for leaf in closed.book)
    assert close_slot(SLOT, reversed(closed.book), TERMS, closed.record.fund_nano) == closed
    paid = sum(r.money_nano for r in closed.results if r.side is Side.BUY)
    due = sum(r.money_nano for r in closed.results if r.side is Side.SELL)
    assert paid - due == closed.clearing.quantity_wh * TERMS.fee


def test_an_honest_lot_recomputes_to_itself() -> None:
    closed = lot(lot_lock(LOT.wh, TERMS))
    assert check_lot(closed) == closed
    assert closed.record.price == 250_000
    assert sorted(r.money_nano for r in closed.results) == [0, 0, 0, 4000 * 250_000]
    assert close_lot(LOT, reversed(closed.book), TERMS, closed.record.fund_nano) == closed


def test_slots_and_lots_without_a_trade() -> None:
    for made in (close_slot(SLOT, [], TERMS, flat_lock(TERMS)), void_slot(SLOT)):
        assert check_slot(made).record.price is None
        assert made.record.book_root == EMPTY_ROOT
    for sold in (close_lot(LOT, [], TERMS, 0), void_lot(LOT.id)):
        assert check_lot(sold).record.price is None
    quiet = close_slot(SLOT, [book_leaf(i, Order(Side.SELL)) for i in range(3)], TERMS, 0)
    assert check_slot(quiet).clearing.quantity_wh == 0


def test_every_structure_reads_back() -> None:
    closed, sold = slot(), lot()
    for leaf in closed.book:
        assert BookLeaf.from_bytes(leaf.to_bytes()) == leaf
    for result in closed.results:
        assert ResultLeaf.from_bytes(result.to_bytes()) == result
    for bid in sold.book:
        assert LotBookLeaf.from_bytes(bid.to_bytes()) == bid
    for outcome in sold.results:
        assert LotResultLeaf.from_bytes(outcome.to_bytes()) == outcome
    for record in (closed.record, void_slot(SLOT).record):
        assert SlotRecord.from_bytes(record.to_bytes()) == record
    for record_of_lot in (sold.record, void_lot(LOT.id).record):
        assert LotRecord.from_bytes(record_of_lot.to_bytes()) == record_of_lot


READERS = (
    BookLeaf.from_bytes, ResultLeaf.from_bytes, SlotRecord.from_bytes, LotBookLeaf.from_bytes,
    LotResultLeaf.from_bytes, LotRecord.from_bytes,
)  # fmt: skip


@pytest.mark.parametrize("read", READERS, ids=lambda r: r.__self__.__name__)
@given(data=st.binary(max_size=40))
def test_noise_is_malformed_and_nothing_worse(read: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(RecordMalformed):
        read(data)


def test_records_that_contradict_themselves_are_malformed() -> None:
    for record in (slot().record, lot().record):
        with pytest.raises(RecordMalformed, match="void"):
            replace(record, void=True)
    with pytest.raises(RecordMalformed, match="void"):
        replace(void_slot(SLOT).record, fund_nano=1)
    with pytest.raises(RecordMalformed, match="roots"):
        replace(slot().record, n=0)
    with pytest.raises(RecordMalformed, match="price"):
        replace(void_slot(SLOT).record, price=1)
    with pytest.raises(RecordMalformed, match="rule"):
        SlotRecord.from_bytes(encode(["slot/2", 1, 0, EMPTY_ROOT, EMPTY_ROOT, None, 0, False]))
    with pytest.raises(RecordMalformed, match="rule"):
        LotRecord.from_bytes(encode(["slot/1", bytes(16), 0, EMPTY_ROOT, EMPTY_ROOT, None, 0, False]))


# ---- what does not ----------------------------------------------------------------------------------

OTHER: dict[str, Callable[[object], object]] = {
    "int": lambda v: v + 1,
    "bytes": lambda v: bytes((v[0] ^ 1,)) + v[1:],
    "bool": lambda v: not v,
    "Side": lambda v: Side(1 - v),
}


def flipped(value: object) -> object:
    return OTHER[type(value).__name__](value)


@pytest.mark.parametrize("field", [f.name for f in fields(SlotRecord)])
def test_each_field_of_a_slots_record_is_checked(field: str) -> None:
    closed = slot(flat_lock(TERMS))
    with pytest.raises((WrongClearing, RecordMalformed)):
        check_slot(closed, replace(closed.record, **{field: flipped(getattr(closed.record, field))}))


@pytest.mark.parametrize("field", [f.name for f in fields(LotRecord)])
def test_each_field_of_a_lots_record_is_checked(field: str) -> None:
    closed = lot(lot_lock(LOT.wh, TERMS))
    with pytest.raises((WrongClearing, RecordMalformed)):
        check_lot(closed, replace(closed.record, **{field: flipped(getattr(closed.record, field))}))


def repaired(record: SlotRecord, book: list[BookLeaf]) -> tuple[SlotRecord, list[bytes]]:
    """What a proposer would write who forges the book and everything that follows from it."""
    book = sorted(book, key=lambda leaf: leaf.commitment)
    leaves = [leaf.to_bytes() for leaf in book]
    return replace(record, n=len(leaves), book_root=log_root(leaves)), leaves


@pytest.mark.parametrize("field", [f.name for f in fields(BookLeaf)])
@pytest.mark.parametrize("at", range(7))
def test_each_field_of_each_order_is_checked(field: str, at: int) -> None:
    closed = slot()
    book = list(closed.book)
    value = getattr(book[at], field)
    book[at] = replace(book[at], **{field: flipped(value)})
    with pytest.raises(WrongClearing) as plain:
        recompute_slot(closed.record, [leaf.to_bytes() for leaf in book], TERMS, GENESIS)
    assert plain.value.field == "book"
    record, leaves = repaired(closed.record, book)
    with pytest.raises(WrongClearing) as forged:
        recompute_slot(record, leaves, TERMS, GENESIS)
    assert forged.value.field == "commitment"


@pytest.mark.parametrize("field", [f.name for f in fields(LotBookLeaf)])
@pytest.mark.parametrize("at", range(4))
def test_each_field_of_each_bid_is_checked(field: str, at: int) -> None:
    closed = lot()
    book = list(closed.book)
    book[at] = replace(book[at], **{field: flipped(getattr(book[at], field))})
    book.sort(key=lambda leaf: leaf.commitment)
    leaves = [leaf.to_bytes() for leaf in book]
    with pytest.raises(WrongClearing, match="book"):
        recompute_lot(closed.record, leaves, LOT, TERMS, GENESIS)
    forged = replace(closed.record, book_root=log_root(leaves))
    with pytest.raises(WrongClearing, match="commitment"):
        recompute_lot(forged, leaves, LOT, TERMS, GENESIS)


@pytest.mark.parametrize("at", range(7))
@pytest.mark.parametrize("field", [f.name for f in fields(ResultLeaf)])
def test_each_field_of_each_result_is_checked_and_named(field: str, at: int) -> None:
    closed = slot()
    results = list(closed.results)
    results[at] = replace(results[at], **{field: flipped(getattr(results[at], field))})
    leaves = [leaf.to_bytes() for leaf in results]
    record = replace(closed.record, result_root=log_root(leaves))
    with pytest.raises(WrongClearing) as wrong:
        recompute_slot(record, closed.book_leaves, TERMS, GENESIS, leaves)
    assert wrong.value.field == field.removesuffix("_wh").removesuffix("_nano")
    assert wrong.value.stated == getattr(results[at], field)
    assert wrong.value.computed == getattr(closed.results[at], field)
    with pytest.raises(WrongClearing, match="results"):
        recompute_slot(record, closed.book_leaves, TERMS, GENESIS)
    with pytest.raises(WrongClearing):
        recompute_slot(closed.record, closed.book_leaves, TERMS, GENESIS, leaves)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("field", [f.name for f in fields(LotResultLeaf)])
def test_each_field_of_each_bids_result_is_checked_and_named(field: str, at: int) -> None:
    closed = lot()
    results = list(closed.results)
    results[at] = replace(results[at], **{field: flipped(getattr(results[at], field))})
    leaves = [leaf.to_bytes() for leaf in results]
    record = replace(closed.record, result_root=log_root(leaves))
    with pytest.raises(WrongClearing) as wrong:
        recompute_lot(record, closed.book_leaves, LOT, TERMS, GENESIS, leaves)
    assert wrong.value.field == field.removesuffix("_nano")
    with pytest.raises(WrongClearing, match="results"):
        recompute_lot(record, closed.book_leaves, LOT, TERMS, GENESIS)


def forge(book: list[BookLeaf]) -> None:
    """A whole slot over a forged book, cleared as it should be: only the book itself can give it away."""
    check_slot(close_slot(SLOT, book, TERMS, 0))


def test_an_order_that_is_left_out_or_added_changes_the_book() -> None:
    closed = slot()
    for leaves in (closed.book_leaves[1:], (*closed.book_leaves, book_leaf(99, Order(Side.SELL)).to_bytes())):
        with pytest.raises(WrongClearing) as wrong:
            recompute_slot(closed.record, leaves, TERMS, GENESIS)
        assert wrong.value.field == "n"


def test_a_huge_leaf_is_refused_before_it_is_hashed() -> None:
    closed, sold = slot(), lot()
    with pytest.raises(RecordMalformed, match="larger"):
        recompute_slot(closed.record, [*closed.book_leaves[1:], bytes(1025)], TERMS, GENESIS)
    with pytest.raises(RecordMalformed, match="larger"):
        recompute_lot(sold.record, [*sold.book_leaves[1:], bytes(1025)], LOT, TERMS, GENESIS)


def test_a_book_out_of_order_or_with_an_order_twice_is_found() -> None:
    closed = slot()
    for book in ([*closed.book[1:], closed.book[0]], [closed.book[0], *closed.book]):
        leaves = [leaf.to_bytes() for leaf in book]
        record = replace(closed.record, n=len(leaves), book_root=log_root(leaves))
        with pytest.raises(WrongClearing, match="order of the book"):
            recompute_slot(record, leaves, TERMS, GENESIS)
    bids = [leaf.to_bytes() for leaf in reversed(lot().book)]
    with pytest.raises(WrongClearing, match="order of the book"):
        recompute_lot(replace(lot().record, book_root=log_root(bids)), bids, LOT, TERMS, GENESIS)


def test_two_orders_of_one_household_are_found() -> None:
    first = slot_book()[0]
    data = Order(Side.SELL, (Step(1, 90_000),)).to_bytes()
    made = slot_commitment(
        GENESIS, SLOT, first.household, first.meter, first.order_key_kid, 2, data, first.salt
    )
    with pytest.raises(WrongClearing, match="household"):
        forge([*slot_book(), replace(first, commitment=made, version=2, order_bytes=data)])
    again = lot_leaf(0, 130_000, 2)
    with pytest.raises(WrongClearing, match="household"):
        check_lot(close_lot(LOT, [*lot_book(), again], TERMS, 0))


@pytest.mark.parametrize(
    "order",
    [
        Order(Side.BUY, (Step(5001, 250_000),)),
        Order(Side.BUY, (Step(1, 300_001),)),
        Order(Side.SELL, (Step(1, 79_999),)),
    ],
    ids=["too much", "above the band", "below it"],
)
def test_an_order_that_the_terms_do_not_admit_is_found(order: Order) -> None:
    with pytest.raises(WrongClearing, match="refused"):
        forge([*slot_book(), book_leaf(50, order)])


def test_a_bid_that_the_terms_do_not_admit_is_found() -> None:
    with pytest.raises(WrongClearing, match="bid"):
        check_lot(close_lot(LOT, [*lot_book(), lot_leaf(50, 300_001)], TERMS, 0))
    with pytest.raises(WrongClearing, match="bid"):
        check_lot(close_lot(LOT, [*lot_book(), lot_leaf(50, 119_999)], TERMS, 0))


@pytest.mark.parametrize(
    "terms",
    [
        replace(TERMS, fee=TERMS.fee - 1), replace(TERMS, pricing="high"), replace(TERMS, retail=299_999),
        replace(TERMS, max_order_wh=699),
    ],
    ids=["fee", "pricing", "retail", "maximum"],
)  # fmt: skip
def test_other_terms_than_the_slots_own_are_found(terms: Terms) -> None:
    closed = slot(flat_lock(TERMS))
    with pytest.raises(WrongClearing):
        recompute_slot(closed.record, closed.book_leaves, terms, GENESIS, closed.result_leaves)


def test_another_ledger_slot_or_lot_is_found() -> None:
    closed, sold = slot(), lot()
    with pytest.raises(WrongClearing, match="commitment"):
        recompute_slot(closed.record, closed.book_leaves, TERMS, bytes(32))
    with pytest.raises(WrongClearing, match="commitment"):
        recompute_lot(sold.record, sold.book_leaves, LOT, TERMS, bytes(32))
    with pytest.raises(WrongClearing, match="lot"):
        recompute_lot(sold.record, sold.book_leaves, replace(LOT, id=bytes(16)), TERMS, GENESIS)
    for other in (replace(LOT, wh=3999), replace(LOT, reserve=100_001)):
        with pytest.raises(WrongClearing):
            recompute_lot(sold.record, sold.book_leaves, other, TERMS, GENESIS)


def test_another_seed_than_the_reveals_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposer who breaks ties by a seed of its own, and makes everything else fit."""
    found = 0
    for n in range(12):
        with monkeypatch.context() as patch:
            patch.setattr(records, "tie_seed", lambda *_, n=n: bytes((n,)) * 32)
            patch.setattr(lot_records, "tie_seed", lambda *_, n=n: bytes((n,)) * 32)
            forged, sold = tie_slot(), lot()
        if forged.record != tie_slot().record:
            found += 1
            with pytest.raises(WrongClearing, match="fill"):
                check_slot(forged)
        if sold.record != lot().record:
            found += 1
            with pytest.raises(WrongClearing, match="won"):
                check_lot(sold)
    assert found > 4


def tie_slot() -> ClosedSlot:
    """Three equal buyers for 100 Wh: who gets the odd one is the seed's word."""
    orders = [Order(Side.SELL, (Step(100, 90_000),))] + [Order(Side.BUY, (Step(60, 200_000),))] * 3
    return close_slot(SLOT, [book_leaf(i, order) for i, order in enumerate(orders)], TERMS, 0)


def test_a_forfeit_is_a_whole_lock() -> None:
    closed, sold = slot(), lot()
    with pytest.raises(WrongClearing, match="fund"):
        check_slot(closed, replace(closed.record, fund_nano=flat_lock(TERMS) - 1))
    with pytest.raises(WrongClearing, match="fund"):
        check_lot(sold, replace(sold.record, fund_nano=7))
