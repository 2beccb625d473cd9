"""Gas, water and data beside electricity: kept with their pages, summed by day, opened in old files."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.core.codec import encode
from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.store.connection import connect_writer
from ohmstead.store.migrations import MIRROR, migrate
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from ohmstead.store.records import UtilityRow
from ohmstead.store.series import NO_GENERATION
from tests.store.homes import FIRST_DAY, FIRST_HOUR, METER, batch, furnish, meter_row, zone

FIRST = FIRST_HOUR * 4


def gas_of(pages: int, *, status: int = 0) -> list[UtilityRow]:
    return [
        (int(Channel.GAS), FIRST + i, 10 + i % 3, status if i % 50 == 7 else 0, i // 4)
        for i in range(pages * 4)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home.db"


def written(path: Path, rows: list[UtilityRow]) -> Readings:
    mirror = furnish(Mirror.open(path))
    mirror.apply_tile(replace(batch(0), utilities=rows))
    mirror.close()
    return Readings.open(path)


def test_amounts_come_back_in_the_place_of_import(path: Path) -> None:
    rows = gas_of(256)
    with closing(written(path, rows)) as readings:
        assert readings.utilities(METER) == (Channel.GAS,)
        series = readings.utility(METER, Channel.GAS, FIRST + 4, FIRST + 11)
        assert series.slot.tolist() == list(range(FIRST + 4, FIRST + 12))
        assert series.import_wh.tolist() == [row[2] for row in rows[4:12]]
        assert not series.has_generation
        assert series.status.tolist() == [0] * 8
        assert len(readings.utility(METER, Channel.WATER, 0, 1 << 40)) == 0
    with closing(Mirror.open(path)) as mirror:
        assert mirror.utilities(METER) == rows


@pytest.mark.parametrize("status", [IntervalStatus.MISSING, IntervalStatus.ESTIMATED])
def test_days_are_days_of_the_zone_and_leave_missing_out(path: Path, status: IntervalStatus) -> None:
    rows = gas_of(256, status=int(status))
    table = zone()
    with closing(written(path, rows)) as readings:
        days = readings.utility_days(METER, Channel.GAS, FIRST_DAY, FIRST_DAY + 20)
    for i, day in enumerate(days.day.tolist()):
        mine = [row for row in rows if table.day_of(row[1]) == day]
        counted = [r[2] for r in mine if r[3] != IntervalStatus.MISSING]
        assert days.import_wh[i] == sum(counted)
        assert days.slots[i] == len(mine)
        assert days.missing[i] == sum(r[3] == IntervalStatus.MISSING for r in mine)
        assert days.estimated[i] == sum(r[3] == IntervalStatus.ESTIMATED for r in mine)
    assert set(days.generation_wh.tolist()) == {NO_GENERATION}
    assert days.import_wh.sum() == sum(r[2] for r in rows if r[3] != IntervalStatus.MISSING)


def test_sums_can_be_made_again(path: Path) -> None:
    with closing(written(path, gas_of(256))) as readings:
        before = readings.utility_days(METER, Channel.GAS, 0, 1 << 30).import_wh.tolist()
    with closing(Mirror.open(path)) as mirror:
        mirror.rebuild_rollups()
    with closing(Readings.open(path)) as readings:
        assert readings.utility_days(METER, Channel.GAS, 0, 1 << 30).import_wh.tolist() == before


@pytest.mark.parametrize(("channels", "opened"), [([1, 2, 4], 0), ([1, 2, 3], 3), ([], 3)])
def test_an_older_file_opens_pages_again_only_where_more_is_in_them(
    path: Path, channels: list[int], opened: int
) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, MIRROR, stop_before="0002_utilities")
    raw = encode([[c, True] for c in channels])
    connection.execute(
        "INSERT INTO meter (key, id, public_key, zone, channels, certificate, first_epoch)"
        " VALUES (1, ?, ?, ?, ?, ?, 0)",
        (METER, b"\x01" * 32, "test-utc", raw, b"c"),
    )
    connection.executemany(
        "INSERT INTO page VALUES (1, ?, ?, 0, 1, ?)", [(n, FIRST_HOUR + n, b"page") for n in range(3)]
    )
    connection.close()
    with closing(connect_writer(path)) as migrated:
        assert migrated.execute("SELECT sum(opened) FROM page").fetchone()[0] == opened


def test_a_meter_without_them_has_none(path: Path) -> None:
    with closing(written(path, [])) as readings:
        assert readings.utilities(METER) == ()
    assert meter_row().channels


def test_an_older_file_is_read_as_it_is(tmp_path: Path) -> None:
    """A reader cannot migrate: what came later is simply not there."""
    released = Path(__file__).parent / "data" / "mirror-1.0.db"
    shutil.copy(released, tmp_path / "old.db")
    with closing(Readings.open(tmp_path / "old.db")) as readings:
        (meter,) = readings.status().meters
        assert readings.utilities(meter.meter) == ()
