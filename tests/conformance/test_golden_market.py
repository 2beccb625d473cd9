"""The market's golden bytes: made again from fixed inputs, read again, and recomputed where they are records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ohmstead.market.lot_records import LotBookLeaf, LotRecord, LotResultLeaf, recompute_lot
from ohmstead.market.orders import Order
from ohmstead.market.records import BookLeaf, ResultLeaf, SlotRecord, recompute_slot
from tests.conformance import golden
from tests.conformance.golden_market import GENESIS, LOT, MADE, TERMS, lot, slot

FROZEN = golden.frozen("market")
AGAIN: dict[str, Callable[[bytes], bytes]] = {
    "order": lambda raw: Order.from_bytes(raw).to_bytes(),
    "order, eight steps": lambda raw: Order.from_bytes(raw).to_bytes(),
    "order, empty": lambda raw: Order.from_bytes(raw).to_bytes(),
    "book leaf": lambda raw: BookLeaf.from_bytes(raw).to_bytes(),
    "result leaf": lambda raw: ResultLeaf.from_bytes(raw).to_bytes(),
    "slot record": lambda raw: SlotRecord.from_bytes(raw).to_bytes(),
    "slot record, void": lambda raw: SlotRecord.from_bytes(raw).to_bytes(),
    "lot book leaf": lambda raw: LotBookLeaf.from_bytes(raw).to_bytes(),
    "lot result leaf": lambda raw: LotResultLeaf.from_bytes(raw).to_bytes(),
    "lot record": lambda raw: LotRecord.from_bytes(raw).to_bytes(),
    "lot record, unsold": lambda raw: LotRecord.from_bytes(raw).to_bytes(),
    "lot record, void": lambda raw: LotRecord.from_bytes(raw).to_bytes(),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert MADE[name]().hex() == FROZEN[name].hex()


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_written_is_still_read(name: str) -> None:
    assert AGAIN[name](FROZEN[name]) == FROZEN[name]


def test_nothing_frozen_is_left_out() -> None:
    assert set(FROZEN) == set(MADE)


def test_the_records_are_what_their_books_come_to() -> None:
    closed, sold = slot(), lot()
    record = SlotRecord.from_bytes(FROZEN["slot record"])
    assert recompute_slot(record, closed.book_leaves, TERMS, GENESIS, closed.result_leaves) == closed
    lot_record = LotRecord.from_bytes(FROZEN["lot record"])
    assert recompute_lot(lot_record, sold.book_leaves, LOT, TERMS, GENESIS, sold.result_leaves) == sold
