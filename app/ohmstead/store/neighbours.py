"""The writing side of a home's neighbours file: its cohorts' logs, its own statements, what it found wrong.

A leaf or a record is written after it was verified, and a record together with what the check of it came to: a
file that a power cut left holds nothing that was not checked. Here: one transaction per public call. Not here:
asking, checking (``services.neighbours``), rules (``neighbours``). Thread: the one that opened it (``db``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ohmstead.store.backup import backup_into
from ohmstead.store.connection import connect_writer, outside_errors, transaction
from ohmstead.store.migrations import NEIGHBOURS

NOT_YET, EQUAL, WRONG = "not yet", "equal", "wrong"
_ROUND = 'cohort, "index", leaf, record, checked, audited'
_OWN = "is_shape, number, cohort, stage, seen, wh, seed, message, included"
#: What stands for no day, and no leaf, where a row must be unique.
_NONE = -1


class LogConflict(Exception):
    """A leaf stands there already, with other bytes. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """How far a cohort's log is here: whole up to (size, root), as proven under a header of ``time_s``."""

    cohort: str
    size: int
    root: bytes
    time_s: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One leaf of a cohort's log; its record, once it came; what checking it came to."""

    cohort: str
    index: int
    leaf: bytes
    record: bytes | None
    checked: str
    audited: bool


@dataclass(frozen=True, slots=True)
class OwnRow:
    """The own home's statement of a round. ``stage`` is the meter's word, ``seen`` that the state proved it.

    ``wh`` is what the own verified readings come to; ``included`` is None until it can be told.
    """

    is_shape: bool
    number: int
    cohort: str
    stage: int
    seen: bool = False
    wh: int | None = None
    seed: bytes | None = None
    message: bytes | None = None
    included: bool | None = None

    @property
    def day(self) -> int | None:
        """The day; None of a load shape."""
        return None if self.is_shape else self.number


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A finding about a round."""

    key: int
    finding: str
    cohort: str
    epoch: int
    day: int | None
    words: str
    leaf: int | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding that is to be kept, or (``words`` None) one that came out right and goes.

    ``leaf`` is the index of a log's entry that is of no round.
    """

    finding: str
    cohort: str
    epoch: int
    day: int | None
    words: str | None
    leaf: int | None = None


class NeighbourStore:
    """One writer of one file. All methods may raise ExternalError (disk, lock) and MirrorDamaged.

    After any failure the file holds the state before the call.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path
        self._thread = threading.get_ident()

    @classmethod
    def open(cls, path: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> NeighbourStore:
        """Open or create a home's neighbours file. Raises UserError, MirrorDamaged, ExternalError."""
        return cls(connect_writer(path, factory, NEIGHBOURS), path)

    def close(self) -> None:
        """Fold the journal into the file and close. Idempotent."""
        with self._here():
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.ProgrammingError:
                return  # closed before
            self._db.close()

    def backup(self, target: Path) -> Path:
        """A checked copy at ``target`` (0600)."""
        with self._here() as db:
            return backup_into(db, target, NEIGHBOURS)

    # ---- small values ---------------------------------------------------------------------------

    def fact(self, name: str) -> bytes | None:
        """A small value, such as what the household says of its home; None if never kept."""
        with self._here() as db:
            row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return None if row is None else bytes(row[0])

    def facts(self, prefix: str) -> dict[str, bytes]:
        """The small values whose names begin so."""
        with self._here() as db:
            rows = db.execute(
                "SELECT name, value FROM fact WHERE substr(name, 1, ?) = ?", (len(prefix), prefix)
            )
            return {name: bytes(value) for name, value in rows}

    def keep_fact(self, name: str, value: bytes | None) -> None:
        """Keeps a small value; None forgets it."""
        with self._write() as db:
            if value is None:
                db.execute("DELETE FROM fact WHERE name = ?", (name,))
            else:
                db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    # ---- the logs -------------------------------------------------------------------------------

    def logs(self) -> dict[str, LogRow]:
        """How far each cohort's log is here."""
        with self._here() as db:
            rows = db.execute("SELECT cohort, size, root, time_s FROM log").fetchall()
            return {row[0]: LogRow(*row) for row in rows}

    def put_leaves(self, cohort: str, first: int, leaves: Sequence[bytes]) -> None:
        """Adds leaves from ``first`` on; those that are here stay. Raises LogConflict for other bytes."""
        with self._write() as db:
            for index, leaf in enumerate(leaves, first):
                held = db.execute(
                    'SELECT leaf FROM round WHERE cohort = ? AND "index" = ?', (cohort, index)
                ).fetchone()
                if held is not None and held[0] != leaf:
                    raise LogConflict(f"leaf {index} of {cohort}")
            db.executemany(
                'INSERT OR IGNORE INTO round (cohort, "index", leaf) VALUES (?, ?, ?)',
                [(cohort, index, leaf) for index, leaf in enumerate(leaves, first)],
            )

    def put_log(self, log: LogRow) -> None:
        """The log is whole up to here; an older size than the one known changes nothing."""
        with self._write() as db:
            db.execute(
                "INSERT INTO log VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET size = excluded.size,"
                " root = excluded.root, time_s = excluded.time_s WHERE excluded.size >= size",
                (log.cohort, log.size, log.root, log.time_s),
            )

    def forget_log(self, cohort: str) -> None:
        """Forgets a cohort's log with all that was found of its rounds; own statements and findings stay."""
        with self._write() as db:
            db.execute("DELETE FROM round WHERE cohort = ?", (cohort,))
            db.execute("DELETE FROM log WHERE cohort = ?", (cohort,))

    def rounds(self, cohort: str) -> list[RoundRow]:
        """The leaves of a cohort's log that are here, with what is known of each, in the log's order."""
        with self._here() as db:
            rows = db.execute(f'SELECT {_ROUND} FROM round WHERE cohort = ? ORDER BY "index"', (cohort,))
            return [RoundRow(r[0], r[1], r[2], r[3], r[4], bool(r[5])) for r in rows]

    def put_record(
        self, cohort: str, index: int, record: bytes, checked: str, alarms: Sequence[Alarm],
        own: OwnRow | None, now_s: int,
    ) -> None:  # fmt: skip
        """What a round's check came to: its record, its findings, the own part in it, all or nothing."""
        with self._write() as db:
            db.execute(
                'UPDATE round SET record = ?, checked = ? WHERE cohort = ? AND "index" = ?',
                (record, checked, cohort, index),
            )
            self._alarms(db, alarms, now_s)
            if own is not None:
                self._put_own(db, own)

    def set_audited(
        self, cohort: str, index: int, audited: bool, alarms: Sequence[Alarm], now_s: int
    ) -> None:
        """What a full audit of a round came to."""
        with self._write() as db:
            db.execute(
                'UPDATE round SET audited = ? WHERE cohort = ? AND "index" = ?', (int(audited), cohort, index)
            )
            self._alarms(db, alarms, now_s)

    def check_anew(self) -> None:
        """No round counts as checked any more: the file came from elsewhere. Its findings stand until then."""
        with self._write() as db:
            db.execute("UPDATE round SET checked = ?, audited = 0", (NOT_YET,))

    # ---- the own statements ---------------------------------------------------------------------

    def own(self) -> list[OwnRow]:
        """The own home's statements, newest first."""
        with self._here() as db:
            rows = db.execute(f"SELECT {_OWN} FROM own ORDER BY number DESC, is_shape DESC, cohort")
            return [
                OwnRow(
                    bool(r[0]), r[1], r[2], r[3], bool(r[4]), r[5], r[6], r[7],
                    None if r[8] is None else bool(r[8]),
                )
                for r in rows
            ]  # fmt: skip

    def put_own(self, rows: Sequence[OwnRow]) -> None:
        """Keeps rows whole: all or none. What was seen on the ledger, and a seed, are never taken back.

        A seed and a message that come again take the place of those before.
        """
        if not rows:
            return
        with self._write() as db:
            for row in rows:
                self._put_own(db, row)

    # ---- findings -------------------------------------------------------------------------------

    def put_alarms(self, alarms: Sequence[Alarm], now_s: int) -> None:
        """Keeps findings; the same one again keeps its first words, one that came out right goes."""
        with self._write() as db:
            self._alarms(db, alarms, now_s)

    def alarms(self) -> list[AlarmRow]:
        """All findings, oldest first."""
        with self._here() as db:
            rows = db.execute("SELECT key, finding, cohort, epoch, day, words, leaf FROM alarm ORDER BY key")
            return [
                AlarmRow(key, finding, cohort, epoch, _or_none(day), words, _or_none(leaf))
                for key, finding, cohort, epoch, day, words, leaf in rows
            ]

    # ---- inside ---------------------------------------------------------------------------------

    @staticmethod
    def _put_own(db: sqlite3.Connection, row: OwnRow) -> None:
        db.execute(
            f"INSERT INTO own ({_OWN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET stage = excluded.stage, seen = max(seen, excluded.seen),"
            " wh = ifnull(excluded.wh, wh), seed = ifnull(excluded.seed, seed),"
            " message = ifnull(excluded.message, message), included = excluded.included",
            (
                int(row.is_shape), row.number, row.cohort, row.stage, int(row.seen), row.wh, row.seed,
                row.message, None if row.included is None else int(row.included),
            ),
        )  # fmt: skip

    @staticmethod
    def _alarms(db: sqlite3.Connection, alarms: Sequence[Alarm], now_s: int) -> None:
        for a in alarms:
            day, leaf = (_NONE if x is None else x for x in (a.day, a.leaf))
            name = (a.finding, a.cohort, a.epoch, day, leaf)
            if a.words is None:
                db.execute(
                    "DELETE FROM alarm WHERE finding = ? AND cohort = ? AND epoch = ? AND day = ? AND leaf = ?",
                    name,
                )
            else:
                db.execute(
                    "INSERT OR IGNORE INTO alarm (finding, cohort, epoch, day, leaf, words, first_seen_s)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*name, a.words, now_s),
                )

    @contextmanager
    def _here(self) -> Iterator[sqlite3.Connection]:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the neighbours file belongs to the thread that opened it")
        with outside_errors(self._path):
            yield self._db

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._here() as db, transaction(db):
            yield db


def _or_none(value: int) -> int | None:
    return None if value == _NONE else value
