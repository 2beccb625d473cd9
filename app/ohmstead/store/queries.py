"""Reads of evidence and state, for the writer and for read-only connections alike.

Here: SELECTs that give ``store.records``. Not here: series for charts (``store.readings``), any write.
"""

from __future__ import annotations

import sqlite3

from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable
from ohmstead.store.records import (
    AnchorRow,
    Divergence,
    Finding,
    HeadRow,
    MeterRow,
    MeterStatus,
    MirrorStatus,
    ProofRow,
    TileRow,
)

_HEAD = "SELECT height, time_s, hash, app_hash, light_block FROM head"


class UnknownMeter(LookupError):
    """The mirror knows no meter of this id."""


def meter_key(db: sqlite3.Connection, meter: bytes) -> int:
    """The file's own number of a meter. Raises UnknownMeter."""
    row = db.execute("SELECT key FROM meter WHERE id = ?", (meter,)).fetchone()
    if row is None:
        raise UnknownMeter(f"no meter {meter.hex()} in this home")
    return int(row[0])


def meta(db: sqlite3.Connection, key: str) -> bytes | None:
    """One of the home's remembered facts."""
    row = db.execute("SELECT value FROM home WHERE key = ?", (key,)).fetchone()
    return bytes(row[0]) if row is not None else None


def meters(db: sqlite3.Connection) -> list[MeterRow]:
    """The home's meters, oldest first."""
    rows = db.execute(
        "SELECT id, public_key, zone, channels, certificate, first_epoch FROM meter ORDER BY key"
    )
    return [MeterRow(*row) for row in rows.fetchall()]


def zone(db: sqlite3.Connection, name: str) -> ZoneTable | None:
    """A zone's days as the ledger gave them, None where it has not yet."""
    known = db.execute("SELECT iana FROM zone WHERE name = ?", (name,)).fetchone()
    rows = db.execute("SELECT day, first_slot FROM zone_day WHERE zone = ? ORDER BY day", (name,)).fetchall()
    if known is None or not rows:
        return None
    return ZoneTable(name, rows[0][0], tuple(row[1] for row in rows), known[0])


def tiles(db: sqlite3.Connection, meter: bytes) -> list[TileRow]:
    """The sync cursor of a meter, ascending."""
    rows = db.execute(
        "SELECT tile, first, count, verified_height FROM tile WHERE meter = ? ORDER BY tile",
        (meter_key(db, meter),),
    )
    return [TileRow(*row) for row in rows.fetchall()]


def pages(db: sqlite3.Connection, meter: bytes, first: int, count: int) -> list[tuple[int, bytes]]:
    """(number, raw) of the pages held with first <= number < first + count, ascending."""
    return db.execute(
        "SELECT number, raw FROM page WHERE meter = ? AND number >= ? AND number < ? ORDER BY number",
        (meter_key(db, meter), first, first + count),
    ).fetchall()


def newest_head(db: sqlite3.Connection) -> HeadRow | None:
    """The highest kept header."""
    row = db.execute(f"{_HEAD} ORDER BY height DESC LIMIT 1").fetchone()
    return HeadRow(*row) if row is not None else None


def head_at(db: sqlite3.Connection, height: int) -> HeadRow | None:
    """The kept header of a height."""
    row = db.execute(f"{_HEAD} WHERE height = ?", (height,)).fetchone()
    return HeadRow(*row) if row is not None else None


def proof(db: sqlite3.Connection, kind: str, meter: bytes | None, size: int | None) -> ProofRow | None:
    """The newest kept proof of a kind, meter and, if given, size."""
    key = meter_key(db, meter) if meter is not None else None
    row = db.execute(
        "SELECT size, height, blob FROM proof WHERE kind = :kind AND meter IS :meter"
        " AND (:size IS NULL OR size = :size) ORDER BY height DESC, size DESC LIMIT 1",
        {"kind": kind, "meter": key, "size": size},
    ).fetchone()
    return ProofRow(kind, meter, *row) if row is not None else None


def anchors(db: sqlite3.Connection, meter: bytes, first: int) -> list[AnchorRow]:
    """Kept entries of a meter's anchor log from an index on."""
    rows = db.execute(
        'SELECT "index", size, root, height, time_s FROM anchor WHERE meter = ? AND "index" >= ?'
        ' ORDER BY "index"',
        (meter_key(db, meter), first),
    )
    return [AnchorRow(*row) for row in rows.fetchall()]


def findings(db: sqlite3.Connection) -> list[Finding]:
    """All kept evidence, oldest first."""
    rows = db.execute("SELECT id, kind, subject, detail, first_seen_s, evidence FROM finding ORDER BY id")
    return [Finding(*row) for row in rows.fetchall()]


def divergences(db: sqlite3.Connection) -> list[Divergence]:
    """All conflicting heads, oldest first."""
    rows = db.execute("SELECT id, height, ours, theirs, first_seen_s FROM divergence ORDER BY id")
    return [Divergence(*row) for row in rows.fetchall()]


def status(db: sqlite3.Connection) -> MirrorStatus:
    """The file in a few numbers."""

    def count(table: str) -> int:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    rows = db.execute(
        "SELECT m.id, m.zone, count(p.number), ifnull(sum(p.opened), 0), m.proven_size, m.proven_height,"
        " m.proven_time_s, min(p.hour), max(p.hour)"
        " FROM meter AS m LEFT JOIN page AS p ON p.meter = m.key GROUP BY m.key ORDER BY m.key"
    ).fetchall()
    return MirrorStatus(
        meters=tuple(
            MeterStatus(
                meter,
                zone_name,
                held,
                opened,
                size,
                height,
                time_s,
                first_hour * SLOTS_PER_HOUR if first_hour is not None else None,
                (last_hour + 1) * SLOTS_PER_HOUR - 1 if last_hour is not None else None,
            )
            for meter, zone_name, held, opened, size, height, time_s, first_hour, last_hour in rows
        ),
        head=newest_head(db),
        findings=count("finding"),
        divergences=count("divergence"),
    )
