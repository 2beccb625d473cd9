"""The writing side of a home's market file: what it signed, and what the ledger proves of its trades.

A row of ``placed`` or ``wish`` is on the disk, with its version or number taken, before its bytes can leave this
computer: after a crash the same bytes are sent again, and the ledger takes a version once. Here: one transaction
per public call. Not here: signing and sending (``services.market``), rules (``market``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ohmstead.store.backup import backup_into
from ohmstead.store.connection import connect_reader, connect_writer, outside_errors, transaction
from ohmstead.store.migrations import MARKET

ORDER, LOT, BID = "order", "lot", "bid"
WAITING, SENT, DONE, REFUSED = "waiting", "sent", "done", "refused"
_PLACED = (
    "key, kind, which, version, made_s, signed, opening, salt, commitment, standing, stage, reason,"
    " fill, price, money, delivered"
)
_AUCTION = 'rule, "index", record, mine, checked, book, traded'
_WISH = "key, kind, which, number, made_s, signed, opening, stage, reason"


class NotNewer(Exception):
    """What the file holds is newer than what was to be written. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be kept: signed bytes, and what opens the commitment in them."""

    signed: bytes
    opening: bytes
    salt: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """An order, lot or bid of this home. ``stage`` is a value of ``OrderStage``."""

    key: int
    kind: str
    which: bytes
    version: int
    made_s: int
    signed: bytes
    opening: bytes
    salt: bytes
    commitment: bytes
    standing: bool
    stage: str
    reason: str
    fill: int | None
    price: int | None
    money: int | None
    delivered: int | None


@dataclass(frozen=True, slots=True)
class WishRow:
    """Another statement of this home: a cancel, a mandate, a payout, the opening of its account."""

    key: int
    kind: str
    which: bytes
    number: int
    made_s: int
    signed: bytes
    opening: bytes
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class AuctionRow:
    """One leaf of a rule's log. ``traded`` (Wh) is known once its book was here; ``book`` is kept of some."""

    rule: str
    index: int
    record: bytes
    mine: bool
    checked: str
    book: bytes | None = None
    traded: int | None = None


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A finding: what is wrong, and the bytes that show it."""

    key: int
    which: bytes
    subject: str
    reason: str
    evidence: bytes
    first_seen_s: int


class MarketStore:
    """One writer of one file, on the thread that opened it (``db``).

    All methods may raise ExternalError (disk, lock) and MirrorDamaged. After any failure the file holds the state
    before the call.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writes: bool = True) -> None:
        self._db = connection
        self._path = path
        self._writes = writes
        self._thread = threading.get_ident()

    @classmethod
    def open(cls, path: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> MarketStore:
        """Open or create a home's market file. Raises UserError, MirrorDamaged, ExternalError."""
        return cls(connect_writer(path, factory, MARKET), path)

    @classmethod
    def open_reader(cls, path: Path) -> MarketStore:
        """The same questions on a connection that cannot write."""
        return cls(connect_reader(path, MARKET), path, writes=False)

    def close(self) -> None:
        """Fold the journal into the file and close. Idempotent."""
        with self._here():
            try:
                if self._writes:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.ProgrammingError:
                return  # closed before
            self._db.close()

    def backup(self, target: Path) -> Path:
        """A checked copy at ``target`` (0600)."""
        with self._here() as db:
            return backup_into(db, target, MARKET)

    # ---- what this home signed ----------------------------------------------------------------

    def place(
        self, kind: str, which: bytes, made_s: int, make: Callable[[int], Draft], *, floor: int = 0,
        stage: str = "waiting", standing: bool = False,
    ) -> PlacedRow:  # fmt: skip
        """Takes the next version, has it signed, keeps it: all or nothing. Older versions are marked replaced.

        ``floor`` is the last version that the ledger knows (after a restore it may know later ones).
        """
        with self._write() as db:
            (last,) = db.execute(
                "SELECT ifnull(max(version), 0) FROM placed WHERE kind = ? AND which = ?", (kind, which)
            ).fetchone()
            # A cancel takes a version of its order too.
            (cancelled,) = db.execute(
                "SELECT ifnull(max(number), 0) FROM wish WHERE kind = 'cancel' AND which = ?", (which,)
            ).fetchone()
            version = max(last, cancelled, floor) + 1
            draft = make(version)
            db.execute(
                "UPDATE placed SET stage = 'replaced' WHERE kind = ? AND which = ?"
                " AND stage IN ('waiting', 'handed', 'sealed')",
                (kind, which),
            )
            cursor = db.execute(
                "INSERT INTO placed"
                " (kind, which, version, made_s, signed, opening, salt, commitment, standing, stage)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    kind, which, version, made_s, draft.signed, draft.opening, draft.salt, draft.commitment,
                    int(standing), stage,
                ),
            )  # fmt: skip
            return self._one(db, int(cursor.lastrowid or 0))

    def placed(self, *, since: bytes = b"", kind: str | None = None) -> list[PlacedRow]:
        """What was placed for ``since`` or later, oldest first."""
        with self._here() as db:
            rows = db.execute(
                f"SELECT {_PLACED} FROM placed WHERE which >= ? AND kind = ifnull(?, kind) ORDER BY key",
                (since, kind),
            )
            return [_placed(row) for row in rows]

    def one(self, key: int) -> PlacedRow | None:
        """One row by its key."""
        with self._here() as db:
            row = db.execute(f"SELECT {_PLACED} FROM placed WHERE key = ?", (key,)).fetchone()
            return None if row is None else _placed(row)

    def move(self, key: int, stage: str, reason: str = "") -> None:
        """Another stage of what was placed."""
        with self._write() as db:
            db.execute("UPDATE placed SET stage = ?, reason = ? WHERE key = ?", (stage, reason, key))

    def result(
        self, key: int, stage: str, fill: int, price: int | None, money: int, delivered: int | None
    ) -> None:
        """What became of it: Wh, net µ per kWh, nano-units, Wh."""
        with self._write() as db:
            db.execute(
                "UPDATE placed SET stage = ?, fill = ?, price = ?, money = ?, delivered = ? WHERE key = ?",
                (stage, fill, price, money, delivered, key),
            )

    def wish(
        self,
        kind: str,
        which: bytes,
        made_s: int,
        make: Callable[[int], tuple[bytes, bytes]],
        *,
        floor: int = 0,
    ) -> WishRow:
        """Takes the next number of a kind (``which`` apart), has the statement signed, keeps it.

        ``make`` answers (signed bytes, what opens it).
        """
        with self._write() as db:
            (last,) = db.execute(
                "SELECT ifnull(max(number), 0) FROM wish WHERE kind = ? AND which = ?", (kind, which)
            ).fetchone()
            number = max(last, floor) + 1
            signed, opening = make(number)
            cursor = db.execute(
                "INSERT INTO wish (kind, which, number, made_s, signed, opening, stage)"
                " VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
                (kind, which, number, made_s, signed, opening),
            )
            row = db.execute(f"SELECT {_WISH} FROM wish WHERE key = ?", (cursor.lastrowid,)).fetchone()
            return WishRow(*row)

    def wishes(self, *stages: str) -> list[WishRow]:
        """The wishes in these stages (all without), oldest first."""
        with self._here() as db:
            rows = db.execute(f"SELECT {_WISH} FROM wish ORDER BY key").fetchall()
        found = [WishRow(*row) for row in rows]
        return [w for w in found if w.stage in stages] if stages else found

    def move_wish(self, key: int, stage: str, reason: str = "") -> None:
        """Another stage of a wish."""
        with self._write() as db:
            db.execute("UPDATE wish SET stage = ?, reason = ? WHERE key = ?", (stage, reason, key))

    # ---- what the ledger proves ---------------------------------------------------------------

    def fact(self, name: str) -> bytes | None:
        """A small value, such as the last proven account; None if never kept."""
        with self._here() as db:
            row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return None if row is None else bytes(row[0])

    def keep_facts(self, facts: dict[str, bytes]) -> None:
        """Keeps small values, all or none."""
        with self._write() as db:
            db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", list(facts.items()))

    def forget_fact(self, name: str) -> None:
        """Forgets a small value, if it is there."""
        with self._write() as db:
            db.execute("DELETE FROM fact WHERE name = ?", (name,))

    def notes(self, first: int = 0) -> list[bytes]:
        """The household log's leaves from one on."""
        with self._here() as db:
            rows = db.execute('SELECT leaf FROM note WHERE "index" >= ? ORDER BY "index"', (first,))
            return [bytes(leaf) for (leaf,) in rows]

    def add_notes(self, first: int, leaves: Sequence[bytes]) -> None:
        """Continues the household log. Raises NotNewer unless ``first`` is where it ends."""
        with self._write() as db:
            (size,) = db.execute("SELECT count(*) FROM note").fetchone()
            if size != first:
                raise NotNewer(f"the log holds {size} leaves, not {first}")
            db.executemany("INSERT INTO note VALUES (?, ?)", list(enumerate(leaves, first)))

    def auctions(self, rule: str, first: int = 0) -> list[AuctionRow]:
        """The kept leaves of a rule's log from one on."""
        with self._here() as db:
            rows = db.execute(
                f'SELECT {_AUCTION} FROM auction WHERE rule = ? AND "index" >= ? ORDER BY "index"',
                (rule, first),
            )
            return [AuctionRow(r[0], r[1], r[2], bool(r[3]), r[4], r[5], r[6]) for r in rows]

    def auction(self, rule: str, index: int) -> AuctionRow | None:
        """One leaf of a rule's log, if it is kept."""
        with self._here() as db:
            r = db.execute(
                f'SELECT {_AUCTION} FROM auction WHERE rule = ? AND "index" = ?',
                (rule, index),
            ).fetchone()
            return None if r is None else AuctionRow(r[0], r[1], r[2], bool(r[3]), r[4], r[5], r[6])

    def put_auctions(self, rows: Sequence[AuctionRow]) -> None:
        """Adds leaves; one that is kept already keeps its record and takes over what was checked since."""
        with self._write() as db:
            db.executemany(
                f"INSERT INTO auction ({_AUCTION}) VALUES (?, ?, ?, ?, ?, ?, ?)"
                ' ON CONFLICT (rule, "index") DO UPDATE SET mine = excluded.mine, checked = excluded.checked,'
                " book = ifnull(excluded.book, book), traded = ifnull(excluded.traded, traded)",
                [(r.rule, r.index, r.record, int(r.mine), r.checked, r.book, r.traded) for r in rows],
            )

    def add_alarm(self, which: bytes, subject: str, reason: str, evidence: bytes, now_s: int) -> None:
        """Keeps a finding; the same one again changes nothing."""
        with self._write() as db:
            db.execute(
                "INSERT OR IGNORE INTO alarm (which, subject, reason, evidence, first_seen_s)"
                " VALUES (?, ?, ?, ?, ?)",
                (which, subject, reason, evidence, now_s),
            )

    def alarms(self) -> list[AlarmRow]:
        """All findings, oldest first."""
        with self._here() as db:
            rows = db.execute(
                "SELECT key, which, subject, reason, evidence, first_seen_s FROM alarm ORDER BY key"
            )
            return [AlarmRow(*row) for row in rows]

    # ---- inside -------------------------------------------------------------------------------

    @staticmethod
    def _one(db: sqlite3.Connection, key: int) -> PlacedRow:
        return _placed(db.execute(f"SELECT {_PLACED} FROM placed WHERE key = ?", (key,)).fetchone())

    @contextmanager
    def _here(self) -> Iterator[sqlite3.Connection]:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the market file belongs to the thread that opened it")
        with outside_errors(self._path):
            yield self._db

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._here() as db, transaction(db):
            yield db


def _placed(row: tuple[Any, ...]) -> PlacedRow:
    fields: dict[str, Any] = dict(zip(_PLACED.split(", "), row, strict=True))
    return PlacedRow(**fields | {"standing": bool(fields["standing"])})
