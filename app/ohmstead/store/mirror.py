"""The writing side of one home's mirror.

Here: every statement that changes the file, one transaction per public call. Not here: opening
(``store.connection``), reading series for charts (``store.readings``), verification (``ledger``): what
arrives here was verified, and is never changed once written.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ohmstead.core.slots import ZoneTable
from ohmstead.store import queries, rollups
from ohmstead.store.backup import backup_into, check
from ohmstead.store.connection import MirrorDamaged, connect_writer, outside_errors, set_aside, transaction
from ohmstead.store.records import (
    AnchorRow,
    Divergence,
    Finding,
    HeadRow,
    HeadWentBack,
    IntervalRow,
    MeterRow,
    MirrorStatus,
    PageConflict,
    ProofRow,
    TileBatch,
    TileRow,
    UtilityRow,
)


class Mirror:
    """One writer of one file. Every method runs on the thread that opened it (``db``) and asserts so.

    All methods may raise ExternalError (disk, lock) and MirrorDamaged. After any failure the file holds
    the state before the call.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path
        self._thread = threading.get_ident()

    @classmethod
    def open(cls, path: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> Mirror:
        """Open or create a home's file and migrate it. ``factory`` makes the connection (tests crash it).

        Raises UserError (a newer version wrote it, or it is no mirror), MirrorDamaged, ExternalError.
        """
        return cls(connect_writer(path, factory), path)

    @classmethod
    def open_or_set_aside(cls, path: Path) -> tuple[Mirror, Path | None]:
        """As ``open``; a damaged file is moved to a new name and a fresh one begun.

        The second value is the damaged file's new path, None when all was well. The history then comes
        from the meter again; the damaged file is kept for whoever wants to look at it.
        """
        try:
            return cls.open(path), None
        except MirrorDamaged:
            aside = set_aside(path)
            return cls.open(path), aside

    def close(self) -> None:
        """Fold the journal into the file and close. Idempotent."""
        with self._here():
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.ProgrammingError:
                return  # closed before
            self._db.close()

    # The home and its meters

    def set_meta(self, key: str, value: bytes) -> None:
        """Remember one of the home's facts (name, genesis document, trust grade)."""
        with self._write() as db:
            db.execute(
                "INSERT INTO home VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def meta(self, key: str) -> bytes | None:
        """A remembered fact, None if there is none."""
        with self._here() as db:
            return queries.meta(db, key)

    def put_zone(self, table: ZoneTable) -> None:
        """Take over a zone's days from the ledger's state. Sums of its days are made again."""
        with self._write() as db:
            db.execute(
                "INSERT INTO zone VALUES (?, ?) ON CONFLICT DO UPDATE SET iana = excluded.iana",
                (table.name, table.iana),
            )
            db.execute("DELETE FROM zone_day WHERE zone = ?", (table.name,))
            db.executemany(
                "INSERT INTO zone_day VALUES (?, ?, ?)",
                ((table.name, table.first_day + i, slot) for i, slot in enumerate(table.first_slots)),
            )
            rollups.rebuild(db)

    def zone(self, name: str) -> ZoneTable | None:
        """A zone's days as they are kept, None where there are none."""
        with self._here() as db:
            return queries.zone(db, name)

    def put_meter(self, meter: MeterRow) -> None:
        """Add a meter, or bring its certificate and channels up to date. Its key never changes."""
        with self._write() as db:
            db.execute(
                "INSERT INTO meter (id, public_key, zone, channels, certificate, first_epoch)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " zone = excluded.zone, channels = excluded.channels, certificate = excluded.certificate",
                (
                    meter.id,
                    meter.public_key,
                    meter.zone,
                    meter.channels,
                    meter.certificate,
                    meter.first_epoch,
                ),
            )

    def meters(self) -> list[MeterRow]:
        """The home's meters, oldest first."""
        with self._here() as db:
            return queries.meters(db)

    # Pages

    def apply_tile(self, batch: TileBatch) -> None:
        """Pages, decoded intervals, cursor and the touched days' sums, in one transaction. Idempotent.

        Raises PageConflict where a page number is held with other bytes (nothing of the batch is kept).
        """
        with self._write() as db:
            key = queries.meter_key(db, batch.meter)
            self._put_pages(db, key, batch)
            db.executemany(
                "INSERT OR REPLACE INTO interval VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((key, *row) for row in batch.intervals),
            )
            db.executemany(
                "INSERT OR REPLACE INTO utility VALUES (?, ?, ?, ?, ?, ?)",
                ((key, *row) for row in batch.utilities),
            )
            db.execute(
                "INSERT INTO tile VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " first = min(first, excluded.first),"
                " count = max(first + count, excluded.first + excluded.count) - min(first, excluded.first),"
                " verified_height = max(verified_height, excluded.verified_height)",
                (key, batch.tile, batch.first, batch.count, batch.verified_height),
            )
            slots = [row[0] for row in batch.intervals] + [row[1] for row in batch.utilities]
            if slots:
                rollups.sum_days_of(db, key, min(slots), max(slots), utilities=bool(batch.utilities))

    def tiles(self, meter: bytes) -> list[TileRow]:
        """The sync cursor: what is here of each tile, ascending."""
        with self._here() as db:
            return queries.tiles(db, meter)

    def pages(self, meter: bytes, first: int, count: int) -> list[tuple[int, bytes]]:
        """(number, raw bytes) of the pages held from ``first``, at most ``count`` numbers further."""
        with self._here() as db:
            return queries.pages(db, meter, first, count)

    def intervals(self, meter: bytes) -> list[IntervalRow]:
        """Every decoded interval of a meter, ascending: to compare with the pages they came from."""
        with self._here() as db:
            rows = db.execute(
                "SELECT slot, import_wh, export_wh, generation_wh, status_import, status_export,"
                " status_generation, page FROM interval WHERE meter = ? ORDER BY slot",
                (queries.meter_key(db, meter),),
            )
            return [tuple(row) for row in rows]

    def imports(self, meter: bytes, first_slot: int, last_slot: int) -> list[tuple[int, int, int]]:
        """(slot, import in Wh, its status) of the decoded intervals from one slot to another, ascending."""
        with self._here() as db:
            rows = db.execute(
                "SELECT slot, import_wh, status_import FROM interval"
                " WHERE meter = ? AND slot BETWEEN ? AND ? ORDER BY slot",
                (queries.meter_key(db, meter), first_slot, last_slot),
            )
            return [tuple(row) for row in rows]

    def utilities(self, meter: bytes) -> list[UtilityRow]:
        """Every decoded amount beside electricity, ascending by channel and slot."""
        with self._here() as db:
            rows = db.execute(
                "SELECT channel, slot, amount, status, page FROM utility WHERE meter = ? ORDER BY channel, slot",
                (queries.meter_key(db, meter),),
            )
            return [tuple(row) for row in rows]

    def rebuild_rollups(self) -> None:
        """Throw the daily sums away and make them again from the intervals."""
        with self._write() as db:
            rollups.rebuild(db)

    # Proofs, heads, evidence

    def set_proven(self, meter: bytes, size: int, height: int, time_s: int) -> None:
        """A state proof fixed the meter's log at ``size``, under the header of ``height`` and ``time_s``.

        Older proofs than the one known change nothing.
        """
        with self._write() as db:
            db.execute(
                "UPDATE meter SET proven_size = ?, proven_height = ?, proven_time_s = ?"
                " WHERE key = ? AND proven_height <= ?",
                (size, height, time_s, queries.meter_key(db, meter), height),
            )

    def record_head(self, head: HeadRow, *, pinned: bool = False) -> None:
        """Keep a verified header. The newest one and the pinned ones stay; others go.

        Raises HeadWentBack for an unpinned head below or earlier than the newest, or for another block
        at a known height: heads never go back, across restarts too.
        """
        with self._write() as db:
            subject = f"header {head.height}"
            same = db.execute("SELECT hash FROM head WHERE height = ?", (head.height,)).fetchone()
            if same is not None and same[0] != head.hash:
                raise HeadWentBack(subject, "another block of this height is known")
            newest = queries.newest_head(db)
            if (
                newest is not None
                and not pinned
                and (
                    head.height < newest.height
                    or (head.height > newest.height and head.time_s < newest.time_s)
                )
            ):
                raise HeadWentBack(subject, f"height {newest.height} at {newest.time_s} is already known")
            db.execute(
                "INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET pinned = max(pinned, excluded.pinned)",
                (head.height, head.time_s, head.hash, head.app_hash, head.light_block, pinned),
            )
            db.execute("DELETE FROM head WHERE pinned = 0 AND height < (SELECT max(height) FROM head)")

    def head(self, height: int | None = None) -> HeadRow | None:
        """The newest head, or the kept one of a height."""
        with self._here() as db:
            return queries.newest_head(db) if height is None else queries.head_at(db, height)

    def record_proof(self, proof: ProofRow, *, keep_older: bool = False) -> None:
        """Keep a proof; unless told otherwise the kind's older ones of that meter go."""
        with self._write() as db:
            key = queries.meter_key(db, proof.meter) if proof.meter is not None else None
            if not keep_older:
                db.execute(
                    "DELETE FROM proof WHERE kind = ? AND meter IS ? AND height < ?",
                    (proof.kind, key, proof.height),
                )
            db.execute(
                "INSERT OR REPLACE INTO proof (kind, meter, size, height, blob) VALUES (?, ?, ?, ?, ?)",
                (proof.kind, key, proof.size, proof.height, proof.blob),
            )

    def proof(self, kind: str, meter: bytes | None = None, size: int | None = None) -> ProofRow | None:
        """The newest proof of a kind, of one size if given."""
        with self._here() as db:
            return queries.proof(db, kind, meter, size)

    def put_anchors(self, meter: bytes, anchors: Sequence[AnchorRow]) -> None:
        """Keep entries of a meter's anchor log. Idempotent; an entry never changes."""
        with self._write() as db:
            key = queries.meter_key(db, meter)
            db.executemany(
                "INSERT OR IGNORE INTO anchor VALUES (?, ?, ?, ?, ?, ?)",
                ((key, a.index, a.size, a.root, a.height, a.time_s) for a in anchors),
            )

    def anchors(self, meter: bytes, first: int = 0) -> list[AnchorRow]:
        """Kept entries of a meter's anchor log from index ``first``, ascending."""
        with self._here() as db:
            return queries.anchors(db, meter, first)

    def add_finding(self, kind: str, subject: str, detail: str, evidence: bytes, now_s: int) -> int:
        """Keep evidence of an attack or fault. The first of a (kind, subject) stays; returns its id."""
        with self._write() as db:
            db.execute(
                "INSERT OR IGNORE INTO finding (kind, subject, detail, first_seen_s, evidence)"
                " VALUES (?, ?, ?, ?, ?)",
                (kind, subject, detail, now_s, evidence),
            )
            row = db.execute("SELECT id FROM finding WHERE kind = ? AND subject = ?", (kind, subject))
            return int(row.fetchone()[0])

    def findings(self) -> list[Finding]:
        """All evidence kept, oldest first."""
        with self._here() as db:
            return queries.findings(db)

    def add_divergence(self, height: int, ours: bytes, theirs: bytes, now_s: int) -> None:
        """Keep two signed light blocks of one height. Idempotent."""
        with self._write() as db:
            db.execute(
                "INSERT OR IGNORE INTO divergence (height, ours, theirs, first_seen_s) VALUES (?, ?, ?, ?)",
                (height, ours, theirs, now_s),
            )

    def divergences(self) -> list[Divergence]:
        """All pairs of conflicting heads, oldest first."""
        with self._here() as db:
            return queries.divergences(db)

    # The file

    def status(self) -> MirrorStatus:
        """The file in a few numbers: pages held of pages proven, first and last slot, newest head."""
        with self._here() as db:
            return queries.status(db)

    def integrity_check(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when all is well. Seconds for ten years."""
        with self._here() as db:
            return check(db, quick=False)

    def backup(self, target: Path) -> Path:
        """Write a checked, consistent copy. Raises ExternalError, MirrorDamaged (nothing replaced)."""
        with self._here() as db:
            return backup_into(db, target)

    @contextmanager
    def _here(self) -> Iterator[sqlite3.Connection]:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the mirror belongs to the thread that opened it")
        with outside_errors(self._path):
            yield self._db

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._here() as db, transaction(db):
            yield db

    @staticmethod
    def _put_pages(db: sqlite3.Connection, key: int, batch: TileBatch) -> None:
        """Insert new pages; of known ones compare the bytes and note that they can now be opened."""
        if not batch.pages:
            return
        numbers = [row[0] for row in batch.pages]
        known = dict(
            db.execute(
                "SELECT number, raw FROM page WHERE meter = ? AND number BETWEEN ? AND ?",
                (key, min(numbers), max(numbers)),
            ).fetchall()
        )
        for number, *_, raw in batch.pages:
            if known.get(number, raw) != raw:
                raise PageConflict(f"page {number}", "other bytes of this number are already held")
        db.executemany(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET opened = max(opened, excluded.opened)",
            ((key, *row) for row in batch.pages),
        )
