"""What the mirror keeps, refuses and says of itself."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.store.mirror import Mirror
from ohmstead.store.queries import UnknownMeter
from ohmstead.store.readings import Readings
from ohmstead.store.records import AnchorRow, HeadRow, HeadWentBack, PageConflict, ProofRow, TileBatch
from tests.store.homes import FIRST_HOUR, METER, TILE, batch, furnish, meter_row, page_row, rows_of, zone


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = furnish(Mirror.open(tmp_path / "home.db"))
    yield opened
    opened.close()


def head(height: int, time_s: int, mark: int = 0) -> HeadRow:
    return HeadRow(height, time_s, bytes([mark]) * 32, b"app", b"block %d" % height)


def test_file_and_journal_are_for_the_owner_alone(mirror: Mirror, tmp_path: Path) -> None:
    mirror.apply_tile(batch(0))
    files = list(tmp_path.iterdir())
    assert {f.name for f in files} >= {"home.db", "home.db-wal"}
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_loose_file_is_tightened_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "home.db"
    Mirror.open(path).close()
    path.chmod(0o644)
    Mirror.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_thread_is_turned_away(mirror: Mirror) -> None:
    caught: list[BaseException] = []

    def intrude() -> None:
        try:
            mirror.status()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=intrude)
    thread.start()
    thread.join()
    assert "thread" in str(caught[0])


def test_tile_brings_pages_intervals_cursor_and_sums(mirror: Mirror, tmp_path: Path) -> None:
    mirror.set_proven(METER, 600, 120, 5_000)
    mirror.apply_tile(batch(1))
    mirror.apply_tile(batch(0, 100))
    state = mirror.status().meters[0]
    assert (state.pages_held, state.pages_opened, state.pages_proven) == (356, 356, 600)
    assert (state.first_slot, state.last_slot) == (FIRST_HOUR * 4, (FIRST_HOUR + 511) * 4 + 3)
    assert not state.complete
    assert [(t.tile, t.first, t.count) for t in mirror.tiles(METER)] == [(0, 0, 100), (1, 256, 256)]
    assert mirror.pages(METER, 98, 200) == [(n, page_row(n)[4]) for n in (98, 99, *range(256, 298))]
    readings = Readings.open(tmp_path / "home.db")
    assert len(readings.intervals(METER, 0, 1 << 40)) == 356 * 4
    readings.close()


def test_the_same_tile_twice_changes_nothing(mirror: Mirror) -> None:
    mirror.apply_tile(batch(0))
    before = dump(mirror)
    mirror.apply_tile(batch(0))
    assert dump(mirror) == before


def test_other_bytes_of_a_held_page_are_refused_whole(mirror: Mirror) -> None:
    mirror.apply_tile(batch(0, 10))
    before = dump(mirror)
    forged = batch(0, 20)
    pages = list(forged.pages)
    pages[7] = (7, FIRST_HOUR + 7, 0, True, b"another past")
    with pytest.raises(PageConflict) as failure:
        mirror.apply_tile(TileBatch(METER, 0, 0, 20, 200, pages, forged.intervals))
    assert failure.value.subject == "page 7"
    assert dump(mirror) == before


def test_a_sealed_page_counts_and_opens_later(mirror: Mirror, tmp_path: Path) -> None:
    mirror.apply_tile(TileBatch(METER, 0, 0, 2, 9, [page_row(0, opened=False), page_row(1)], rows_of(1)))
    readings = Readings.open(tmp_path / "home.db")
    assert readings.sealed_slots(METER, 0, 1 << 40).tolist() == [FIRST_HOUR * 4]
    assert (mirror.status().meters[0].pages_held, mirror.status().meters[0].pages_opened) == (2, 1)
    mirror.apply_tile(TileBatch(METER, 0, 0, 2, 9, [page_row(0)], rows_of(0)))
    assert readings.sealed_slots(METER, 0, 1 << 40).tolist() == []
    # A later batch without the key does not close it again.
    mirror.apply_tile(TileBatch(METER, 0, 0, 2, 9, [page_row(0, opened=False)], ()))
    assert mirror.status().meters[0].pages_opened == 2
    readings.close()


def test_unknown_meter_is_named(mirror: Mirror) -> None:
    with pytest.raises(UnknownMeter, match="ff" * 16):
        mirror.apply_tile(batch(0, meter=b"\xff" * 16))


def test_head_never_goes_back(tmp_path: Path) -> None:
    mirror = Mirror.open(tmp_path / "home.db")
    mirror.record_head(head(1, 50), pinned=True)
    mirror.record_head(head(10, 100))
    mirror.record_head(head(12, 130))
    for older in (head(11, 140), head(13, 129), head(12, 130, mark=1)):
        with pytest.raises(HeadWentBack):
            mirror.record_head(older)
    mirror.record_head(head(12, 130))
    mirror.close()
    mirror = Mirror.open(tmp_path / "home.db")
    with pytest.raises(HeadWentBack):
        mirror.record_head(head(11, 140))
    assert mirror.head() == head(12, 130)
    assert mirror.head(10) is None
    assert mirror.head(1) == head(1, 50)
    mirror.close()


def test_an_older_state_proof_does_not_shrink_what_is_proven(mirror: Mirror) -> None:
    mirror.set_proven(METER, 500, 20, 1_000)
    mirror.set_proven(METER, 400, 19, 990)
    state = mirror.status().meters[0]
    assert (state.pages_proven, state.proven_height, state.proven_time_s) == (500, 20, 1_000)


def test_proofs_of_one_kind_give_way_to_newer_ones(mirror: Mirror) -> None:
    for height in (5, 7):
        mirror.record_proof(ProofRow("state", METER, height * 10, height, b"%d" % height))
        mirror.record_proof(ProofRow("subtree", METER, height, height, b"s"), keep_older=True)
        mirror.record_proof(ProofRow("state", None, 0, height, b"home %d" % height))
    assert mirror.proof("state", METER) == ProofRow("state", METER, 70, 7, b"7")
    assert mirror.proof("state", METER, 50) is None
    assert mirror.proof("state") == ProofRow("state", None, 0, 7, b"home 7")
    assert mirror.proof("subtree", METER, 5) == ProofRow("subtree", METER, 5, 5, b"s")


def test_anchors_and_meta(mirror: Mirror) -> None:
    entries = [AnchorRow(i, 24 * i + 24, bytes([i]) * 32, 10 + i, 1_000 * i) for i in range(5)]
    mirror.put_anchors(METER, entries)
    mirror.put_anchors(METER, [AnchorRow(3, 9, b"\xee" * 32, 1, 1)])  # an entry never changes
    assert mirror.anchors(METER, 2) == entries[2:]
    mirror.set_meta("name", b"Ours")
    mirror.set_meta("name", b"Haus am Hang")
    assert mirror.meta("name") == b"Haus am Hang"
    assert mirror.meta("genesis") is None


def test_findings_keep_their_first_evidence(mirror: Mirror) -> None:
    first = mirror.add_finding("PageChanged", "page 16092", "leaf differs", b"proof", 77)
    again = mirror.add_finding("PageChanged", "page 16092", "again", b"other", 99)
    other = mirror.add_finding("PageChanged", "page 16093", "leaf differs", b"proof", 99)
    assert first == again != other
    kept = mirror.findings()
    assert [(f.id, f.first_seen_s, f.detail) for f in kept] == [
        (first, 77, "leaf differs"),
        (other, 99, "leaf differs"),
    ]
    mirror.add_divergence(8, b"ours", b"theirs", 5)
    mirror.add_divergence(8, b"ours", b"theirs", 6)
    assert [(d.height, d.first_seen_s) for d in mirror.divergences()] == [(8, 5)]
    assert (mirror.status().findings, mirror.status().divergences) == (2, 1)


def test_certificate_may_be_renewed_the_key_never(mirror: Mirror) -> None:
    row = meter_row()
    mirror.put_meter(type(row)(row.id, b"\x02" * 32, row.zone, b"\x80", b"renewed"))
    (kept,) = mirror.meters()
    assert (kept.public_key, kept.certificate) == (row.public_key, b"renewed")


@settings(max_examples=15, deadline=None)
@given(parts=st.lists(st.tuples(st.integers(0, 2), st.integers(1, TILE)), min_size=1, max_size=6))
def test_any_order_of_parts_ends_the_same(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[int, int]]
) -> None:
    """Resumed, repeated and reordered tiles converge, and the sums equal a rebuild."""
    dumps = []
    for order in (parts, sorted(parts, reverse=True)):
        mirror = furnish(Mirror.open(tmp_path_factory.mktemp("parts") / "home.db"))
        for tile, count in order:
            mirror.apply_tile(batch(tile, count))
        dumps.append(dump(mirror))
        mirror.rebuild_rollups()
        dumps.append(dump(mirror))
        mirror.close()
    assert all(d == dumps[0] for d in dumps)


def dump(mirror: Mirror) -> list[str]:
    """Every row of the file as text."""
    return [line for line in mirror._db.iterdump() if "_sqlite_migrations" not in line]


def test_zone_table_arriving_late_fills_the_sums(tmp_path: Path) -> None:
    mirror = Mirror.open(tmp_path / "home.db")
    mirror.put_meter(meter_row())
    mirror.apply_tile(batch(0))
    readings = Readings.open(tmp_path / "home.db")
    assert readings.zone(METER) is None
    assert len(readings.days(METER, 0, 1 << 40)) == 0
    mirror.put_zone(zone())
    assert readings.zone(METER) == zone()
    assert len(readings.days(METER, 0, 1 << 40)) == 11
    readings.close()
    mirror.close()
