"""The market file: versions are taken once, whatever dies in between; what is proven is kept as it came."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError, UserError
from ohmstead.store.market import BID, ORDER, AuctionRow, Draft, MarketStore, NotNewer
from ohmstead.store.mirror import Mirror
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile

SLOT = (1_982_016).to_bytes(8, "big")
NEXT = (1_982_017).to_bytes(8, "big")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[MarketStore]:
    with closing(MarketStore.open(tmp_path / "market.sqlite")) as opened:
        yield opened


def draft(version: int) -> Draft:
    return Draft(b"signed %d" % version, b"order", b"s" * 32, b"c" * 32)


def test_a_version_is_taken_by_the_row_that_holds_its_bytes(store: MarketStore) -> None:
    first = store.place(ORDER, SLOT, 10, draft)
    assert (first.version, first.signed, first.stage) == (1, b"signed 1", "waiting")
    second = store.place(ORDER, SLOT, 11, draft)
    assert (second.version, second.signed) == (2, b"signed 2")
    assert [p.stage for p in store.placed()] == ["replaced", "waiting"]
    assert store.place(ORDER, NEXT, 12, draft).version == 1
    assert store.place(BID, SLOT, 12, draft).version == 1


def test_a_version_that_the_ledger_knows_is_not_taken_again(store: MarketStore) -> None:
    assert store.place(ORDER, SLOT, 10, draft, floor=7).version == 8
    assert store.place(ORDER, SLOT, 10, draft, floor=3).version == 9


def test_what_could_not_be_signed_takes_nothing_and_replaces_nothing(store: MarketStore) -> None:
    kept = store.place(ORDER, SLOT, 10, draft)

    def fails(_version: int) -> Draft:
        raise OSError("the key store is locked")

    with pytest.raises(OSError, match="locked"):
        store.place(ORDER, SLOT, 11, fails)
    assert store.one(kept.key) == kept
    assert store.place(ORDER, SLOT, 12, draft).version == 2


def test_an_ended_order_is_not_called_replaced(store: MarketStore) -> None:
    kept = store.place(ORDER, SLOT, 10, draft)
    store.move(kept.key, "cancelled")
    store.place(ORDER, SLOT, 11, draft)
    ended = store.one(kept.key)
    assert ended is not None
    assert ended.stage == "cancelled"


def test_a_result_and_a_reason_stay(store: MarketStore, tmp_path: Path) -> None:
    kept = store.place(ORDER, SLOT, 10, draft, standing=True, stage="handed")
    store.move(kept.key, "refused", "OVER_RATING")
    store.result(kept.key, "cleared", 420, 171_000, 71_820_000, None)
    with closing(MarketStore.open_reader(tmp_path / "market.sqlite")) as reader:
        (row,) = reader.placed(since=SLOT, kind=ORDER)
        assert (row.fill, row.price, row.money, row.delivered) == (420, 171_000, 71_820_000, None)
        assert row.standing
        assert reader.placed(since=NEXT) == []
        with pytest.raises(ExternalError, match="readonly"):
            reader.move(row.key, "paid")


def test_wishes_are_numbered_by_kind_and_place(store: MarketStore) -> None:
    def signed(number: int) -> tuple[bytes, bytes]:
        return b"payout %d" % number, b"terms"

    assert store.wish("payout", b"", 10, signed, floor=4).number == 5
    second = store.wish("payout", b"", 10, signed)
    assert (second.number, second.signed) == (6, b"payout 6")
    assert store.wish("cancel", SLOT, 10, signed).number == 1
    store.move_wish(second.key, "refused", "QUOTA")
    assert [w.number for w in store.wishes("refused")] == [6]
    assert len(store.wishes()) == 3


def test_the_household_log_only_continues(store: MarketStore) -> None:
    store.add_notes(0, [b"a", b"b"])
    with pytest.raises(NotNewer):
        store.add_notes(1, [b"x"])
    store.add_notes(2, [b"c"])
    assert store.notes() == [b"a", b"b", b"c"]
    assert store.notes(2) == [b"c"]


def test_a_leaf_keeps_its_record_and_its_book(store: MarketStore) -> None:
    store.put_auctions([AuctionRow("slot/1", 4, b"record", True, "not yet", b"book")])
    store.put_auctions([AuctionRow("slot/1", 4, b"other", True, "equal", None, 7)])
    assert store.auction("slot/1", 4) == AuctionRow("slot/1", 4, b"record", True, "equal", b"book", 7)
    assert store.auction("slot/1", 5) is None
    assert [a.index for a in store.auctions("slot/1")] == [4]
    assert store.auctions("lot/1") == []


def test_a_finding_is_kept_once(store: MarketStore) -> None:
    for now in (5, 9):
        store.add_alarm(SLOT, "price", "171 000, not 170 000", b"evidence", now)
    (alarm,) = store.alarms()
    assert alarm.first_seen_s == 5


def test_facts_come_together(store: MarketStore) -> None:
    store.keep_facts({"account": b"1", "head": b"2"})
    store.keep_facts({"head": b"3"})
    assert (store.fact("account"), store.fact("head"), store.fact("none")) == (b"1", b"3", None)


def test_another_thread_is_refused(store: MarketStore) -> None:
    caught: list[BaseException] = []

    def run() -> None:
        try:
            store.placed()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_mirror_is_no_market_file_and_the_other_way_round(tmp_path: Path, store: MarketStore) -> None:
    path = tmp_path / "mirror.sqlite"
    Mirror.open(path).close()
    with pytest.raises(UserError, match="is not an Ohmstead market file"):
        MarketStore.open(path)
    store.close()
    with pytest.raises(UserError, match="is not an Ohmstead mirror"):
        Mirror.open(tmp_path / "market.sqlite")


def test_a_backup_holds_what_was_placed(store: MarketStore, tmp_path: Path) -> None:
    store.place(ORDER, SLOT, 10, draft)
    copy = store.backup(tmp_path / "copy.sqlite")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(MarketStore.open_reader(copy)) as reader:
        assert [p.version for p in reader.placed()] == [1]


def test_a_power_cut_at_any_write_leaves_an_order_with_its_version_or_none(tmp_path: Path) -> None:
    """And whoever starts again sends the same bytes, or takes the same version: never two for one."""
    seen = set()
    for left in range(12):
        cut = Cut(10**6)
        path = tmp_path / str(left) / "market.sqlite"
        writer = MarketStore.open(path, factory=fragile(cut))
        writer.place(ORDER, SLOT, 1, draft)
        cut.left = cut.writes + left
        try:
            writer.place(ORDER, SLOT, 2, draft)
            writer.move(2, "handed")
        except PowerCut:
            pass
        lies = as_it_lies(path, tmp_path / f"{left}-after" / "market.sqlite")
        cut.left = None
        writer.close()
        with closing(MarketStore.open(lies)) as after:
            rows = after.placed()
            assert [p.version for p in rows] == list(range(1, len(rows) + 1))
            assert sum(p.stage in ("waiting", "handed") for p in rows) == 1
            seen.add((len(rows), rows[-1].stage))
    assert {(1, "waiting"), (2, "waiting"), (2, "handed")} <= seen
