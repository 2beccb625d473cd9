"""A mirror for looking at its evidence: one read-only connection, one state of the file from open to close.

Here: opening it, and the few reads that the writer does not need. Not here: series for charts
(``store.readings``), any write: SQLite itself refuses one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ohmstead.store import queries
from ohmstead.store.connection import connect_reader, outside_errors
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import IntervalRow

_MISSING = """
SELECT slot FROM interval WHERE meter = ? AND 2 IN (status_import, status_export, ifnull(status_generation, 0))
ORDER BY slot
"""
_ROW = """
SELECT slot, import_wh, export_wh, generation_wh, status_import, status_export, status_generation, page
FROM interval WHERE meter = ? AND slot = ?
"""


class History:
    """What a home's file keeps. ``mirror`` has every read of a mirror; its writes raise ExternalError.

    Belongs to the thread that opened it. Methods may raise ExternalError and MirrorDamaged.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path
        self.mirror = Mirror(connection, path)

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[History]:
        """A file that a Mirror has made, as it is now. Raises UserError, MirrorDamaged, ExternalError."""
        connection = connect_reader(path)
        try:
            with outside_errors(path):
                connection.execute("BEGIN")
            yield cls(connection, path)
        finally:
            connection.close()

    def interval(self, meter: bytes, slot: int) -> IntervalRow | None:
        """The decoded row of a slot, None where there is none."""
        with outside_errors(self._path):
            row = self._db.execute(_ROW, (queries.meter_key(self._db, meter), slot)).fetchone()
        return tuple(row) if row is not None else None

    def first_page(self, meter: bytes) -> tuple[int, int] | None:
        """(number, hour) of the oldest page held, None while there is none."""
        with outside_errors(self._path):
            row = self._db.execute(
                "SELECT number, hour FROM page WHERE meter = ? ORDER BY number LIMIT 1",
                (queries.meter_key(self._db, meter),),
            ).fetchone()
        return (int(row[0]), int(row[1])) if row is not None else None

    def hours(self, meter: bytes) -> list[int]:
        """The UTC hours whose pages are held, ascending."""
        return self._numbers("SELECT hour FROM page WHERE meter = ? ORDER BY hour", meter)

    def missing_slots(self, meter: bytes) -> list[int]:
        """The slots that the meter itself recorded without a reading, ascending."""
        return self._numbers(_MISSING, meter)

    def _numbers(self, sql: str, meter: bytes) -> list[int]:
        with outside_errors(self._path):
            rows = self._db.execute(sql, (queries.meter_key(self._db, meter),)).fetchall()
        return [int(row[0]) for row in rows]
