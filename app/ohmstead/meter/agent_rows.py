"""What the agent keeps: orders, lots and bids of its household, on the disk before anything is answered or sent.

One SQLite file (WAL, ``synchronous=FULL``: every commit is an fsync). A version of one order exists once, whoever
made it; a row that is over never changes again. Here: the rows and their stages. Not here: what moves them
(``agent_steps``), who may hand them (``agent``). Thread: whoever opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from ohmstead.contract.moment import slot_in, slot_key
from ohmstead.core.codec import Value

_COLUMNS = (
    "kind, which, version, commitment, inner, opening, salt, first, slots, gate, wh, mandate, stage, detail,"
    " over, cancel, fill, delivered"
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS placed(
    kind INTEGER NOT NULL, which BLOB NOT NULL, version INTEGER NOT NULL, commitment BLOB NOT NULL,
    inner BLOB NOT NULL, opening BLOB NOT NULL, salt BLOB NOT NULL, first INTEGER NOT NULL,
    slots INTEGER NOT NULL, gate INTEGER NOT NULL, wh INTEGER NOT NULL, mandate BLOB, stage INTEGER NOT NULL,
    detail TEXT NOT NULL, over INTEGER NOT NULL, cancel BLOB, fill INTEGER, delivered INTEGER,
    PRIMARY KEY(kind, which, version)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""
_CHANGING = frozenset(("stage", "detail", "over", "cancel", "fill", "delivered"))


class Kind(IntEnum):
    """What was placed."""

    ORDER = 0
    LOT = 1
    BID = 2


class Stage(IntEnum):
    """Where it stands, as the meter saw it. The first six follow one another, the others end it."""

    HELD = 0
    SENT = 1
    ON_LEDGER = 2
    REVEALED = 3
    CLEARED = 4
    DELIVERED = 5
    REFUSED = 6
    CANCELLED = 7
    REPLACED = 8
    LATE = 9
    VOID = 10


#: Ends after which nothing of an order's energy was or can be traded.
NOTHING_TRADED = frozenset((Stage.REFUSED, Stage.CANCELLED, Stage.REPLACED, Stage.LATE, Stage.VOID))


@dataclass(frozen=True, slots=True)
class Row:
    """One version of an order, a lot, or one version of a bid.

    ``which`` is a slot (8 bytes, big-endian) or a lot's id; ``inner`` the signed inner statement; ``opening`` and
    ``salt`` what is inside its commitment (a lot has none). ``gate`` is the slot at whose start sealing ends,
    ``mandate`` the hash of the terms under which the meter made it by itself.
    ``cancel`` is a signed cancel that waits for its proof; ``fill`` what was sold, ``delivered`` what was stated
    of it, Wh. ``over``: nothing more will be done.
    """

    kind: Kind
    which: bytes
    version: int
    commitment: bytes
    inner: bytes
    opening: bytes
    salt: bytes
    first: int
    slots: int
    gate: int
    wh: int
    mandate: bytes | None = None
    stage: Stage = Stage.HELD
    detail: str = ""
    over: bool = False
    cancel: bytes | None = None
    fill: int | None = None
    delivered: int | None = None

    @property
    def last(self) -> int:
        """The last slot that it is about."""
        return self.first + self.slots - 1

    @property
    def standing(self) -> bool:
        """Whether the meter made it under a standing instruction."""
        return self.mandate is not None

    @property
    def name(self) -> int | bytes:
        """The slot, or the lot's id."""
        return slot_in(self.which) if self.kind is Kind.ORDER else self.which

    def to_value(self, *, opened: bool) -> Value:
        """[kind, slot or lot, version, commitment, stage, detail, standing, opening, salt].

        The last two are empty unless ``opened``: they are the household's secret until they are revealed.
        """
        return [
            int(self.kind), self.name, self.version, self.commitment, int(self.stage), self.detail,
            self.standing, self.opening if opened else b"", self.salt if opened else b"",
        ]  # fmt: skip


def order_which(slot: int) -> bytes:
    """``Row.which`` of an order for a slot."""
    return slot_key(slot)


class AgentStore:
    """The agent's file. Each method is one transaction."""

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

    # ---- rows ---------------------------------------------------------------------------------

    def add(self, row: Row) -> None:
        """Keeps a new version; older ones that were never sent are replaced by it.

        Raises sqlite3.IntegrityError where this version exists.
        """
        values = (
            int(row.kind), row.which, row.version, row.commitment, row.inner, row.opening, row.salt, row.first,
            row.slots, row.gate, row.wh, row.mandate, int(row.stage), row.detail, int(row.over),
            row.cancel, row.fill, row.delivered,
        )  # fmt: skip
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute(
                "UPDATE placed SET stage = ?, over = 1 WHERE kind = ? AND which = ? AND stage = ? AND over = 0",
                (int(Stage.REPLACED), int(row.kind), row.which, int(Stage.HELD)),
            )
            marks = ", ".join("?" * len(values))
            self._db.execute(f"INSERT INTO placed ({_COLUMNS}) VALUES ({marks})", values)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def change(self, row: Row, **changes: object) -> bool:
        """Sets columns of a row that is not over; False, and nothing done, where it is over already."""
        if not changes.keys() <= _CHANGING:
            raise ValueError(f"what was placed does not change: {sorted(changes)}")
        sets = ", ".join(f"{column} = ?" for column in changes)
        values = [int(v) if isinstance(v, bool) else v for v in changes.values()]
        done = self._db.execute(
            f"UPDATE placed SET {sets} WHERE kind = ? AND which = ? AND version = ? AND over = 0",
            (*values, int(row.kind), row.which, row.version),
        )
        return done.rowcount == 1

    def find(self, kind: Kind, which: bytes, version: int) -> Row | None:
        """One version, or None."""
        return next((r for r in self.versions(kind, which) if r.version == version), None)

    def versions(self, kind: Kind, which: bytes) -> tuple[Row, ...]:
        """All versions of one order or bid, ascending; a lot has one."""
        return self._rows("kind = ? AND which = ?", (int(kind), which))

    def open(self) -> tuple[Row, ...]:
        """What is not over, by first slot."""
        return self._rows("over = 0")

    def since(self, slot: int) -> tuple[Row, ...]:
        """What is about this slot or later ones, by first slot."""
        return self._rows("first + slots > ?", (slot,))

    def forget(self, before_slot: int) -> None:
        """Drops what is over and about slots before this one."""
        self._db.execute("DELETE FROM placed WHERE over = 1 AND first + slots <= ?", (before_slot,))

    def _rows(self, where: str, values: Sequence[object] = ()) -> tuple[Row, ...]:
        found = self._db.execute(
            f"SELECT {_COLUMNS} FROM placed WHERE {where} ORDER BY first, kind, which, version", values
        )
        return tuple(_row(columns) for columns in found)

    # ---- facts --------------------------------------------------------------------------------

    def fact(self, name: str) -> bytes | None:
        """A small durable value; None if there is none."""
        found = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if found is None else bytes(found[0])

    def keep_fact(self, name: str, value: bytes | None) -> None:
        """Keeps a small value; None drops it."""
        if value is None:
            self._db.execute("DELETE FROM fact WHERE name = ?", (name,))
        else:
            self._db.execute("INSERT OR REPLACE INTO fact VALUES(?,?)", (name, value))


def _row(columns: tuple[Any, ...]) -> Row:
    fields: dict[str, Any] = dict(zip(_COLUMNS.split(", "), columns, strict=True))
    return Row(
        **fields
        | {
            "kind": Kind(fields["kind"]),
            "stage": Stage(fields["stage"]),
            "over": bool(fields["over"]),
        }
    )
