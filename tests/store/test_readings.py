"""Series for charts: sums by the zone table's days, statuses, absences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.intervals import IntervalStatus as S
from ohmstead.errors import ExternalError
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from ohmstead.store.records import IntervalRow, TileBatch
from ohmstead.store.series import NO_GENERATION, NO_STATUS, Extent
from tests.store.homes import FIRST_DAY, FIRST_HOUR, METER, batch, furnish, page_row, rows_of, zone


@pytest.fixture
def files(tmp_path: Path) -> Iterator[tuple[Mirror, Readings]]:
    mirror = furnish(Mirror.open(tmp_path / "home.db"))
    readings = Readings.open(tmp_path / "home.db")
    yield mirror, readings
    readings.close()
    mirror.close()


def put(mirror: Mirror, rows: list[IntervalRow]) -> None:
    numbers = sorted({row[7] for row in rows})
    mirror.apply_tile(TileBatch(METER, 0, 0, 1, 1, [page_row(n) for n in numbers], rows))


def test_nothing_yet(files: tuple[Mirror, Readings]) -> None:
    _, readings = files
    assert readings.extent(METER) is None
    assert len(readings.intervals(METER, 0, 1 << 40)) == 0
    assert not readings.intervals(METER, 0, 1 << 40).has_generation
    assert len(readings.days(METER, 0, 1 << 40)) == 0


def test_a_slice_is_inclusive_and_ascending(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    mirror.apply_tile(batch(0))
    first = FIRST_HOUR * 4
    part = readings.intervals(METER, first + 3, first + 9)
    assert part.slot.tolist() == list(range(first + 3, first + 10))
    assert part.import_wh.tolist() == [103, 100, 101, 102, 103, 100, 101]
    assert part.export_wh.tolist() == [30, 0, 10, 20, 30, 0, 10]
    assert part.generation_wh.tolist() == [50] * 7
    assert part.status.tolist() == [0] * 7
    assert readings.extent(METER) == Extent(first, first + 1023)


def test_days_are_those_of_the_zone_table(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    mirror.apply_tile(batch(0))
    days = readings.days(METER, FIRST_DAY, FIRST_DAY + 5)
    assert days.day.tolist() == list(range(FIRST_DAY, FIRST_DAY + 6))
    assert days.slots.tolist() == [96, 96, 92, 96, 100, 96]
    per_hour = 406
    assert days.import_wh.tolist() == [h * per_hour for h in (24, 24, 23, 24, 25, 24)]
    # generation − export over a page: 50, 40, 30, 20
    assert days.sun_home_wh.tolist() == [h * 140 for h in (24, 24, 23, 24, 25, 24)]


def test_missing_amounts_are_left_out_of_sums_and_counted(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    rows = rows_of(0) + rows_of(1, status=S.MISSING) + rows_of(2, status=S.ESTIMATED)
    rows += rows_of(3, status=S.CLOCK_SUSPECT) + rows_of(4, status=S.REPLACED)
    put(mirror, rows)
    days = readings.days(METER, FIRST_DAY, FIRST_DAY)
    assert (days.import_wh[0], days.slots[0]) == (4 * 406, 20)
    assert days.estimated_wh[0] == 406 + 140
    assert (days.missing[0], days.estimated[0], days.doubt[0], days.replaced[0]) == (4, 4, 4, 4)


def test_a_meter_without_generation_says_so(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    put(mirror, rows_of(0, generation=False))
    series = readings.intervals(METER, 0, 1 << 40)
    assert set(series.generation_wh.tolist()) == {NO_GENERATION}
    assert set(series.status_generation.tolist()) == {NO_STATUS}
    assert series.status.tolist() == [0, 0, 0, 0]
    assert not series.has_generation
    days = readings.days(METER, FIRST_DAY, FIRST_DAY)
    assert (days.generation_wh[0], days.sun_home_wh[0]) == (NO_GENERATION, 0)


def test_the_gravest_channel_names_the_slot(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    first = FIRST_HOUR * 4
    pairs = [(S.OK, S.MISSING), (S.ESTIMATED, S.CLOCK_SUSPECT), (S.REPLACED, S.OK), (S.MISSING, S.REPLACED)]
    put(mirror, [(first + i, 1, 1, 1, a, S.OK, b, 0) for i, (a, b) in enumerate(pairs)])
    assert readings.intervals(METER, 0, 1 << 40).status.tolist() == [
        S.MISSING,
        S.CLOCK_SUSPECT,
        S.REPLACED,
        S.MISSING,
    ]


def test_slots_outside_the_zone_table_have_no_day(files: tuple[Mirror, Readings]) -> None:
    mirror, readings = files
    table = zone()
    beyond = table.first_slots[-1]
    before = table.first_slots[0] - 8
    put(mirror, [(slot, 5, 0, None, 0, 0, None, slot) for slot in (before, beyond - 1, beyond, beyond + 96)])
    assert len(readings.intervals(METER, 0, 1 << 40)) == 4
    assert readings.days(METER, 0, 1 << 40).day.tolist() == [table.days[-1]]


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_sums_equal_a_plain_count(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("sums") / "home.db"
    mirror = furnish(Mirror.open(path))
    table = zone()
    status = st.sampled_from([int(s) for s in S])
    four_days = st.integers(table.first_slots[0], table.first_slots[4])
    slots = data.draw(st.sets(four_days, min_size=1, max_size=50))
    rows = [
        (
            slot,
            data.draw(st.integers(0, 10**6)),
            data.draw(st.integers(0, 10**6)),
            data.draw(st.none() | st.integers(0, 10**6)),
            data.draw(status),
            data.draw(status),
            0,
            slot,
        )
        for slot in sorted(slots)
    ]
    put(mirror, rows)
    readings = Readings.open(path)
    days = readings.days(METER, 0, 1 << 40)
    expected: dict[int, tuple[int, int, int]] = {}
    for slot, imported, exported, _, s_import, s_export, _, _ in rows:
        day = table.day_of(slot)
        old = expected.get(day, (0, 0, 0))
        expected[day] = (
            old[0] + (imported if s_import != S.MISSING else 0),
            old[1] + (exported if s_export != S.MISSING else 0),
            old[2] + (S.MISSING in (s_import, s_export)),
        )
    assert expected == {
        int(d): (int(i), int(e), int(m))
        for d, i, e, m in zip(days.day, days.import_wh, days.export_wh, days.missing, strict=True)
    }
    readings.close()
    mirror.close()


def test_the_reader_cannot_write(files: tuple[Mirror, Readings]) -> None:
    _, readings = files
    with pytest.raises((ExternalError, sqlite3.Error)):
        readings._table("INSERT INTO home VALUES ('a', x'00') RETURNING 1", 1, ())


def test_the_reader_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match=r"home\.db"):
        Readings.open(tmp_path / "home.db")


def test_reader_sees_whole_tiles_only(files: tuple[Mirror, Readings]) -> None:
    """A reader in the middle of a write sees the state before it."""
    mirror, readings = files
    mirror.apply_tile(batch(0))
    with mirror._write() as db:
        db.execute("DELETE FROM interval")
        assert len(readings.intervals(METER, 0, 1 << 40)) == 1024
    assert len(readings.intervals(METER, 0, 1 << 40)) == 0
