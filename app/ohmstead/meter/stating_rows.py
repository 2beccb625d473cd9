"""What the meter keeps of its statements to the neighbours' tally: on the disk before anything of it leaves.

One SQLite file (WAL, ``synchronous=FULL``: every commit is an fsync). A round is in it once: seed, plaintext and
finished message never change, so that a crash sends the same bytes again and never others. Not here: when
anything is stated (``stating``). Thread: whoever opened it. Source: protocol/neighbours, line 9.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from ohmstead.core.codec import Value
from ohmstead.neighbours.rounds import days_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS stated(
    is_shape INTEGER NOT NULL, number INTEGER NOT NULL, cohort TEXT NOT NULL, due_s INTEGER NOT NULL,
    stage INTEGER NOT NULL, plain BLOB, seed BLOB, message BLOB,
    PRIMARY KEY(is_shape, number)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""
_COLUMNS = "is_shape, number, cohort, due_s, stage, plain, seed, message"
_HEADS = "is_shape, number, cohort, due_s, stage, NULL, NULL, NULL"


class Stage(IntEnum):
    """Where a round's statement stands, as the meter saw it."""

    DUE = 0  # waits for its time
    MADE = 1  # on the disk; sent, or about to be
    ON_LEDGER = 2  # proven
    GAPS = 3  # a slot of the day was not measured: nothing is stated
    NO_KEY = 4  # not every guardian had posted its key in time
    LATE = 5  # its time went by, and it was not seen on the ledger
    REFUSED = 6


OVER = frozenset((Stage.ON_LEDGER, Stage.GAPS, Stage.NO_KEY, Stage.LATE, Stage.REFUSED))


@dataclass(frozen=True, slots=True)
class Row:
    """One round's statement. ``number`` is the day, or the epoch of a load shape.

    ``plain`` is what it states: canonical Wh of a day, 48 amounts of a shape.
    """

    is_shape: bool
    number: int
    cohort: str
    due_s: int
    stage: Stage = Stage.DUE
    plain: bytes | None = None
    seed: bytes | None = None
    message: bytes | None = None

    @property
    def day(self) -> int | None:
        """The day; None of a load shape."""
        return None if self.is_shape else self.number

    def to_value(self) -> Value:
        """[is a shape, number, cohort, stage], without what is in it."""
        return [self.is_shape, self.number, self.cohort, int(self.stage)]


class StatingStore:
    """The file. Each method is one transaction."""

    def __init__(self, path: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> None:
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=factory)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        with closing(self._db):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def add(self, row: Row) -> None:
        """Keeps a new round; nothing happens where it is there already."""
        self._db.execute(
            "INSERT OR IGNORE INTO stated(is_shape, number, cohort, due_s, stage) VALUES(?,?,?,?,?)",
            (int(row.is_shape), row.number, row.cohort, row.due_s, int(row.stage)),
        )

    def make(self, row: Row, plain: bytes, seed: bytes, message: bytes) -> Row:
        """Keeps what was made for a round, once; the row as it is kept then, whoever made it first."""
        self._db.execute(
            "UPDATE stated SET plain=?, seed=?, message=?, stage=? "
            "WHERE is_shape=? AND number=? AND message IS NULL",
            (plain, seed, message, int(Stage.MADE), int(row.is_shape), row.number),
        )
        found = self.find(row.is_shape, row.number)
        assert found is not None
        return found

    def move(self, row: Row, stage: Stage) -> None:
        """Moves a row on."""
        self._db.execute(
            "UPDATE stated SET stage=? WHERE is_shape=? AND number=?",
            (int(stage), int(row.is_shape), row.number),
        )

    def find(self, is_shape: bool, number: int) -> Row | None:
        """One round, or None."""
        rows = self._rows("WHERE is_shape=? AND number=?", (int(is_shape), number))
        return rows[0] if rows else None

    def open(self) -> list[Row]:
        """Rows that are not over, by number."""
        return [row for row in self._rows() if row.stage not in OVER]

    def newest(self, limit: int) -> list[Row]:
        """The newest rows without what is in them: days, newest first, then months' load shapes likewise."""
        rows = sorted(self._rows("", columns=_HEADS), key=_age, reverse=True)[:limit]
        return sorted(rows, key=lambda row: row.is_shape)

    def fact(self, name: str) -> bytes | None:
        """A small durable value; None if there is none."""
        found = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if found is None else bytes(found[0])

    def keep_fact(self, name: str, value: bytes) -> None:
        """Keeps a small value."""
        self._db.execute("INSERT OR REPLACE INTO fact VALUES(?,?)", (name, value))

    def _rows(
        self, where: str = "ORDER BY number", values: tuple[object, ...] = (), columns: str = _COLUMNS
    ) -> list[Row]:
        found = self._db.execute(f"SELECT {columns} FROM stated {where}", values)
        return [
            Row(bool(shape), number, cohort, due_s, Stage(stage), plain, seed, message)
            for shape, number, cohort, due_s, stage, plain, seed, message in found
        ]


def _age(row: Row) -> tuple[int, bool]:
    return (days_of(row.number)[-1], True) if row.is_shape else (row.number, False)
