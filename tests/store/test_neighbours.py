"""The neighbours file: what was proven is never overwritten, what was found keeps its first words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError, UserError
from ohmstead.store import neighbours_schema, schema
from ohmstead.store.connection import MirrorDamaged, set_aside
from ohmstead.store.market import MarketStore
from ohmstead.store.migrations import NEIGHBOURS, migrate
from ohmstead.store.mirror import Mirror
from ohmstead.store.neighbours import (
    EQUAL,
    NOT_YET,
    WRONG,
    Alarm,
    AlarmRow,
    LogConflict,
    LogRow,
    NeighbourStore,
    OwnRow,
    RoundRow,
)
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile

C = "houses"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NeighbourStore]:
    with closing(NeighbourStore.open(tmp_path / "neighbours.sqlite")) as opened:
        yield opened


def row(index: int, leaf: bytes, **more: object) -> RoundRow:
    return replace(RoundRow(C, index, leaf, None, NOT_YET, False), **more)


# ---- small values ------------------------------------------------------------------------------------


def test_small_values(store: NeighbourStore) -> None:
    store.keep_fact("keys/1", b"1")
    store.keep_fact("keys/2", b"2")
    store.keep_fact("keys/1", b"one")
    store.keep_fact("key%", b"no pattern")
    assert store.facts("keys/") == {"keys/1": b"one", "keys/2": b"2"}
    assert store.facts("key%") == {"key%": b"no pattern"}
    store.keep_fact("keys/2", None)
    store.keep_fact("never", None)
    assert (store.fact("keys/2"), store.fact("never")) == (None, None)


# ---- logs --------------------------------------------------------------------------------------------


def test_a_leaf_that_is_there_stays(store: NeighbourStore) -> None:
    store.put_leaves(C, 0, [b"a", b"b"])
    store.put_record(C, 1, b"record", EQUAL, [], None, 5)
    store.put_leaves(C, 1, [b"b", b"c"])
    assert store.rounds(C) == [row(0, b"a"), row(1, b"b", record=b"record", checked=EQUAL), row(2, b"c")]
    assert store.rounds("flats") == []


@pytest.mark.parametrize(("first", "leaves"), [(0, [b"x"]), (1, [b"b", b"d"]), (1, [b"x", b"c", b"d"])])
def test_another_leaf_in_its_place_changes_nothing(
    store: NeighbourStore, first: int, leaves: list[bytes]
) -> None:
    store.put_leaves(C, 0, [b"a", b"b", b"c"])
    with pytest.raises(LogConflict, match=C):
        store.put_leaves(C, first, leaves)
    assert [r.leaf for r in store.rounds(C)] == [b"a", b"b", b"c"]


def test_an_older_log_changes_nothing(store: NeighbourStore) -> None:
    newest = LogRow(C, 7, b"r7", 70)
    for log in (LogRow(C, 5, b"r5", 50), newest, LogRow(C, 6, b"r6", 90)):
        store.put_log(log)
    assert store.logs() == {C: newest}
    store.put_log(replace(newest, time_s=80))
    store.put_log(LogRow("flats", 0, b"", 1))
    assert store.logs() == {C: replace(newest, time_s=80), "flats": LogRow("flats", 0, b"", 1)}


def test_a_log_forgotten_takes_nothing_else_with_it(store: NeighbourStore) -> None:
    for cohort in (C, "flats"):
        store.put_leaves(cohort, 0, [b"a"])
        store.put_log(LogRow(cohort, 1, b"r", 1))
    store.put_own([OwnRow(False, 9, C, 2, seed=b"seed")])
    store.put_alarms([Alarm("record", C, 1, 9, "w")], 5)
    store.forget_log(C)
    assert (store.rounds(C), list(store.logs())) == ([], ["flats"])
    assert len(store.rounds("flats")) == len(store.own()) == len(store.alarms()) == 1


def test_rounds_come_in_the_logs_order(store: NeighbourStore) -> None:
    store.put_leaves(C, 256, [b"late"])
    store.put_leaves(C, 0, [b"early"])
    assert [r.index for r in store.rounds(C)] == [0, 256]


def test_a_check_keeps_its_record_its_findings_and_the_own_part_together(store: NeighbourStore) -> None:
    store.put_leaves(C, 0, [b"a"])
    own = OwnRow(False, 9, C, 2, True, 1200, b"seed", b"message", True)
    alarm = Alarm("altered", C, 1, 9, "words")
    store.put_record(C, 0, b"record", WRONG, [alarm], own, 5)
    assert store.rounds(C) == [row(0, b"a", record=b"record", checked=WRONG)]
    assert store.own() == [own]
    store.put_record(C, 0, b"record", EQUAL, [replace(alarm, words=None)], None, 6)
    assert store.rounds(C)[0].checked == EQUAL
    assert store.alarms() == []
    assert store.own() == [own]


def test_a_check_that_cannot_be_kept_whole_is_not_kept(store: NeighbourStore) -> None:
    store.put_leaves(C, 0, [b"a"])
    broken = OwnRow(False, 9, C, 2, included=7)
    for checked, own in (("perhaps", None), (EQUAL, broken)):
        with pytest.raises(sqlite3.IntegrityError):
            store.put_record(C, 0, b"record", checked, [Alarm("record", C, 1, 9, "w")], own, 5)
        assert store.rounds(C) == [row(0, b"a")]
        assert store.alarms() == []
        assert store.own() == []


def test_an_audit_is_marked_with_its_finding(store: NeighbourStore) -> None:
    store.put_leaves(C, 0, [b"a", b"b"])
    alarm = Alarm("audit", C, 1, 9, "false")
    store.set_audited(C, 1, True, [replace(alarm, words=None)], 5)
    assert [r.audited for r in store.rounds(C)] == [False, True]
    store.set_audited(C, 1, False, [alarm], 6)
    assert [r.audited for r in store.rounds(C)] == [False, False]
    assert [a.words for a in store.alarms()] == ["false"]


# ---- own statements ----------------------------------------------------------------------------------


def test_what_was_seen_and_a_seed_are_never_taken_back(store: NeighbourStore) -> None:
    store.put_own([OwnRow(False, 9, C, 2, True, 1200, b"seed", b"message", True)])
    store.put_own([OwnRow(False, 9, C, 3)])
    assert store.own() == [OwnRow(False, 9, C, 3, True, 1200, b"seed", b"message", None)]


def test_a_seed_and_a_message_that_come_again_take_the_place_of_those_before(store: NeighbourStore) -> None:
    store.put_own([OwnRow(False, 9, C, 2, seed=b"wrong", message=b"wrong")])
    store.put_own([OwnRow(False, 9, C, 2, seed=b"seed", message=b"message")])
    assert [(r.seed, r.message) for r in store.own()] == [(b"seed", b"message")]


def test_own_rows_are_told_apart_by_kind_number_and_cohort_newest_first(store: NeighbourStore) -> None:
    rows = [
        OwnRow(False, 9, C, 2),
        OwnRow(True, 9, C, 2),
        OwnRow(False, 9, "flats", 2),
        OwnRow(False, 10, C, 1),
    ]
    store.put_own(rows)
    store.put_own([])
    assert store.own() == [rows[3], rows[1], rows[2], rows[0]]
    assert [r.day for r in store.own()] == [10, None, 9, 9]


def test_own_rows_come_all_or_none(store: NeighbourStore) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.put_own([OwnRow(False, 9, C, 2), OwnRow(False, 10, C, 2, included=5)])
    assert store.own() == []


# ---- findings ----------------------------------------------------------------------------------------


def test_a_finding_keeps_its_first_words_until_it_comes_out_right(store: NeighbourStore) -> None:
    found = Alarm("record", C, 1, 9, "first")
    store.put_alarms([found, replace(found, words="then")], 5)
    store.put_alarms([replace(found, words="later")], 9)
    assert store.alarms() == [AlarmRow(1, "record", C, 1, 9, "first")]
    assert store._db.execute("SELECT first_seen_s FROM alarm").fetchall() == [(5,)]
    store.put_alarms([replace(found, finding="altered", words=None), replace(found, day=10, words=None)], 9)
    assert len(store.alarms()) == 1
    store.put_alarms([replace(found, words=None)], 9)
    assert store.alarms() == []
    store.put_alarms([replace(found, words="again")], 11)
    assert [a.words for a in store.alarms()] == ["again"]


def test_findings_of_leaves_that_are_of_no_round_stand_beside_each_other(store: NeighbourStore) -> None:
    leaves = [Alarm("record", C, 0, None, f"leaf {i}", i) for i in (3, 4)]
    shape = Alarm("record", C, 0, None, "the shape of the first month")
    day = Alarm("record", C, 0, 0, "the first day")
    store.put_alarms([*leaves, shape, day], 5)
    assert [(a.key, a.day, a.leaf, a.words) for a in store.alarms()] == [
        (1, None, 3, "leaf 3"), (2, None, 4, "leaf 4"), (3, None, None, shape.words), (4, 0, None, day.words),
    ]  # fmt: skip
    store.put_alarms([replace(leaves[0], words=None)], 6)
    assert [a.leaf for a in store.alarms()] == [4, None, None]


# ---- the file ----------------------------------------------------------------------------------------


def test_another_thread_is_refused(store: NeighbourStore) -> None:
    calls: list[Callable[[], object]] = [
        store.own, store.alarms, store.logs, store.close, lambda: store.rounds(C), lambda: store.fact("x"),
        lambda: store.facts("x"), lambda: store.keep_fact("x", b""), lambda: store.put_leaves(C, 0, []),
        lambda: store.put_log(LogRow(C, 0, b"", 0)), lambda: store.put_alarms([], 0),
        lambda: store.put_own([OwnRow(False, 9, C, 2)]), lambda: store.set_audited(C, 0, True, [], 0),
        lambda: store.put_record(C, 0, b"", EQUAL, [], None, 0), lambda: store.backup(store._path),
    ]  # fmt: skip
    caught: list[BaseException] = []

    def run() -> None:
        for call in calls:
            try:
                call()
            except RuntimeError as error:
                caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert len(caught) == len(calls)


def test_other_kinds_of_files_are_told_apart(tmp_path: Path, store: NeighbourStore) -> None:
    for name, kind in (("mirror", Mirror), ("market", MarketStore)):
        path = tmp_path / f"{name}.sqlite"
        kind.open(path).close()
        with pytest.raises(UserError, match="is not an Ohmstead neighbours file"):
            NeighbourStore.open(path)
    store.close()
    with pytest.raises(UserError, match="is not an Ohmstead market file"):
        MarketStore.open(tmp_path / "neighbours.sqlite")


def test_a_file_of_a_newer_ohmstead_is_left_as_it_is(tmp_path: Path, store: NeighbourStore) -> None:
    store._db.execute(f"PRAGMA user_version = {schema.user_version(neighbours_schema.MAJOR + 1, 0)}")
    store.close()
    with pytest.raises(UserError, match="newer Ohmstead"):
        NeighbourStore.open(tmp_path / "neighbours.sqlite")


def test_a_damaged_file_can_be_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "neighbours.sqlite"
    for number in (1, 2):
        path.write_bytes(b"neither this nor that" * 100)
        with pytest.raises(MirrorDamaged):
            NeighbourStore.open(path)
        assert set_aside(path).name == f"neighbours.sqlite.damaged-{number}"
        NeighbourStore.open(path).close()


def test_a_backup_holds_everything_and_is_private(store: NeighbourStore, tmp_path: Path) -> None:
    store.keep_fact("features", b"home")
    store.put_own([OwnRow(False, 9, C, 2, seed=b"seed")])
    copy = store.backup(tmp_path / "copy.sqlite")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(NeighbourStore.open(copy)) as there:
        assert there.fact("features") == b"home"
        assert there.own() == store.own()


def test_a_full_disk_keeps_what_was_there(store: NeighbourStore) -> None:
    store.put_leaves(C, 0, [b"a"])
    store._db.execute("PRAGMA query_only = ON")
    with pytest.raises(ExternalError, match="cannot be used now"):
        store.put_leaves(C, 1, [b"b"])
    with pytest.raises(ExternalError):
        store.put_alarms([Alarm("record", C, 1, 9, "w")], 5)
    store._db.execute("PRAGMA query_only = OFF")
    assert [r.leaf for r in store.rounds(C)] == [b"a"]
    assert store.alarms() == []


def old_file(path: Path) -> sqlite3.Connection:
    """A file as the first version of it was."""
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, NEIGHBOURS, stop_before="0002_alarm_by_leaf")
    assert db.execute("PRAGMA user_version").fetchone() == (schema.user_version(1, 0),)
    return db


def tables(db: sqlite3.Connection) -> set[tuple[str, str]]:
    return {
        (name, " ".join(sql.replace("alarm_by_leaf", "alarm").replace('"alarm"', "alarm").split()))
        for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not name.startswith(("_", "sqlite_"))
    }


def test_an_older_file_becomes_as_a_new_one_and_keeps_what_was_found(
    store: NeighbourStore, tmp_path: Path
) -> None:
    path = tmp_path / "old.sqlite"
    with closing(old_file(path)) as db:
        db.execute("INSERT INTO round VALUES ('houses', 0, x'01', x'0203', 'equal', 1)")
        db.execute("INSERT INTO round VALUES ('houses', 1, x'02', x'', 'wrong', 0)")
        db.execute("INSERT INTO round VALUES ('houses', 2, x'03', x'04', 'wrong', 0)")
        db.execute("INSERT INTO alarm VALUES (4, 'record', 'houses', 0, -1, 'leaf 1 of houses: …', 5)")
        db.execute("INSERT INTO alarm VALUES (7, 'altered', 'houses', 672, 20459, 'words', 6)")
        db.execute("INSERT INTO alarm VALUES (8, 'altered', 'houses', 672, -1, 'a shape', 6)")
    with closing(NeighbourStore.open(path)) as migrated:
        assert tables(migrated._db) == tables(store._db)
        assert migrated._db.execute("PRAGMA user_version").fetchone() == (NEIGHBOURS.version,)
        assert migrated.alarms() == [
            AlarmRow(7, "altered", C, 672, 20459, "words"), AlarmRow(8, "altered", C, 672, None, "a shape")
        ]  # fmt: skip
        assert migrated.rounds(C) == [
            row(0, b"\x01", record=b"\x02\x03", checked=EQUAL, audited=True), row(1, b"\x02"),
            row(2, b"\x03", record=b"\x04", checked=WRONG),
        ]  # fmt: skip


def test_a_power_cut_at_any_write_of_a_first_opening_is_made_good(tmp_path: Path) -> None:
    for left in range(60):
        cut = Cut(left)
        path = tmp_path / str(left) / "neighbours.sqlite"
        try:
            NeighbourStore.open(path, factory=fragile(cut)).close()
            finished = True
        except PowerCut:
            finished = False
        lies = as_it_lies(path, tmp_path / f"{left}-after" / "neighbours.sqlite")
        with closing(NeighbourStore.open(lies)) as after:
            after.put_alarms([Alarm("record", C, 0, None, "w", 2)], 5)
            assert len(after.alarms()) == 1
        if finished:
            break
    assert left > 10


def test_a_power_cut_at_any_write_keeps_a_check_whole_or_not_at_all(tmp_path: Path) -> None:
    seen = set()
    for left in range(12):
        cut = Cut()
        path = tmp_path / str(left) / "neighbours.sqlite"
        writer = NeighbourStore.open(path, factory=fragile(cut))
        writer.put_leaves(C, 0, [b"a"])
        cut.writes, cut.left = 0, left
        own = OwnRow(False, 9, C, 2, True, 7, b"seed", b"message", True)
        with suppress(PowerCut):
            writer.put_record(C, 0, b"record", EQUAL, [Alarm("record", C, 1, 9, "w")], own, 5)
        lies = as_it_lies(path, tmp_path / f"{left}-after" / "neighbours.sqlite")
        cut.left = None
        writer.close()
        with closing(NeighbourStore.open(lies)) as after:
            seen.add((after.rounds(C)[0].checked, len(after.alarms()), len(after.own())))
    assert seen == {(NOT_YET, 0, 0), (EQUAL, 1, 1)}
