"""The reading side of a mirror: series for charts, exports and statistics.

A ``Readings`` has its own read-only connection, belongs to the thread that opened it (``work`` or ``db``)
and sees one consistent state per call while the writer goes on. Not here: any write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import numpy as np

from ohmstead.core.intervals import UTILITIES, Channel
from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable
from ohmstead.store import queries
from ohmstead.store.connection import connect_reader, outside_errors
from ohmstead.store.records import Finding, MeterRow, MirrorStatus
from ohmstead.store.series import NO_GENERATION, NO_STATUS, DaySeries, Extent, IntervalSeries, Ints

# Three statuses travel as one number: a third less to build per row.
_INTERVALS = f"""
SELECT slot, import_wh, export_wh, ifnull(generation_wh, {NO_GENERATION}),
    status_import | (status_export << 8) | (ifnull(status_generation, {NO_STATUS}) << 16)
FROM interval WHERE meter = ? AND slot BETWEEN ? AND ? ORDER BY slot
"""
_DAYS = f"""
SELECT day, import_wh, export_wh, ifnull(generation_wh, {NO_GENERATION}), ifnull(sun_home_wh, 0),
    estimated_wh, slots, missing, estimated, doubt, replaced
FROM day_rollup WHERE meter = ? AND day BETWEEN ? AND ? ORDER BY day
"""
# As electricity's own columns, so that whoever draws one can draw the other.
_UTILITY = """
SELECT slot, amount, status FROM utility WHERE meter = ? AND channel = ? AND slot BETWEEN ? AND ? ORDER BY slot
"""
_UTILITY_DAYS = f"""
SELECT day, amount, 0, {NO_GENERATION}, 0, estimated_amount, slots, missing, estimated, doubt, replaced
FROM utility_rollup WHERE meter = ? AND channel = ? AND day BETWEEN ? AND ? ORDER BY day
"""
_SEALED = "SELECT hour FROM page WHERE meter = ? AND opened = 0 AND hour BETWEEN ? AND ? ORDER BY hour"


class Readings:
    """Read-only view of one home's mirror. Methods may raise ExternalError and MirrorDamaged."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Readings:
        """Open a file that a Mirror has made. Raises UserError, MirrorDamaged, ExternalError."""
        return cls(connect_reader(path), path)

    def close(self) -> None:
        """Close the connection. Idempotent."""
        self._db.close()

    def meters(self) -> list[MeterRow]:
        """The home's meters, oldest first."""
        with self._reading() as db:
            return queries.meters(db)

    def meta(self, key: str) -> bytes | None:
        """One of the home's remembered facts."""
        with self._reading() as db:
            return queries.meta(db, key)

    def zone(self, meter: bytes) -> ZoneTable | None:
        """The days of a meter's zone. None where the ledger's table has not arrived."""
        with self._reading() as db:
            names = [row.zone for row in queries.meters(db) if row.id == meter]
            return queries.zone(db, names[0]) if names else None

    def status(self) -> MirrorStatus:
        """The file in a few numbers."""
        with self._reading() as db:
            return queries.status(db)

    def findings(self) -> list[Finding]:
        """All kept evidence, oldest first."""
        with self._reading() as db:
            return queries.findings(db)

    def extent(self, meter: bytes) -> Extent | None:
        """First and last decoded slot, None while there is none."""
        with self._reading() as db:
            first, last = db.execute(
                "SELECT (SELECT min(slot) FROM interval WHERE meter = ?1),"
                " (SELECT max(slot) FROM interval WHERE meter = ?1)",
                (queries.meter_key(db, meter),),
            ).fetchone()
            return Extent(first, last) if first is not None else None

    def intervals(self, meter: bytes, first_slot: int, last_slot: int) -> IntervalSeries:
        """The intervals with first_slot <= slot <= last_slot, ascending."""
        with self._reading() as db:
            rows = self._table(_INTERVALS, 5, (queries.meter_key(db, meter), first_slot, last_slot))
        packed = rows[4]
        return IntervalSeries(
            rows[0],
            rows[1],
            rows[2],
            rows[3],
            (packed & 0xFF).astype(np.uint8),
            (packed >> 8 & 0xFF).astype(np.uint8),
            (packed >> 16 & 0xFF).astype(np.uint8),
        )

    def days(self, meter: bytes, first_day: int, last_day: int) -> DaySeries:
        """The daily sums with first_day <= day <= last_day, ascending."""
        with self._reading() as db:
            return DaySeries(*self._table(_DAYS, 11, (queries.meter_key(db, meter), first_day, last_day)))

    def utilities(self, meter: bytes) -> tuple[Channel, ...]:
        """What the meter has counted beside electricity; nothing in a file that no writer brought up to date."""
        with self._reading() as db:
            if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'utility'").fetchone() is None:
                return ()
            key = queries.meter_key(db, meter)
            here = "SELECT 1 FROM utility WHERE meter = ? AND channel = ? LIMIT 1"
            return tuple(c for c in UTILITIES if db.execute(here, (key, int(c))).fetchone() is not None)

    def utility(self, meter: bytes, channel: Channel, first_slot: int, last_slot: int) -> IntervalSeries:
        """Amounts of gas, water or data in the channel's unit, in the place of ``import_wh``; nothing else."""
        with self._reading() as db:
            key = queries.meter_key(db, meter)
            rows = self._table(_UTILITY, 3, (key, int(channel), first_slot, last_slot))
        nothing, ok = np.zeros_like(rows[0]), np.zeros(len(rows[0]), np.uint8)
        return IntervalSeries(
            rows[0], rows[1], nothing, nothing + NO_GENERATION, rows[2].astype(np.uint8), ok, ok + NO_STATUS
        )

    def utility_days(self, meter: bytes, channel: Channel, first_day: int, last_day: int) -> DaySeries:
        """Daily sums of gas, water or data, in the place of ``import_wh``."""
        with self._reading() as db:
            key = queries.meter_key(db, meter)
            return DaySeries(*self._table(_UTILITY_DAYS, 11, (key, int(channel), first_day, last_day)))

    def sealed_slots(self, meter: bytes, first_slot: int, last_slot: int) -> Ints:
        """First slots of the hours whose page is here without a key to open it, ascending."""
        with self._reading() as db:
            hours: Ints = self._table(
                _SEALED,
                1,
                (queries.meter_key(db, meter), first_slot // SLOTS_PER_HOUR, last_slot // SLOTS_PER_HOUR),
            )[0]
        return np.multiply(hours, SLOTS_PER_HOUR)

    def _table(self, sql: str, columns: int, arguments: tuple[int, ...]) -> Ints:
        """Integer rows of a query as an array of (columns, rows)."""
        flat = np.fromiter(chain.from_iterable(self._db.execute(sql, arguments)), np.int64)
        table: Ints = np.ascontiguousarray(flat.reshape(-1, columns).T)
        return table

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with outside_errors(self._path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")
