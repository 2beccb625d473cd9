"""Bringing a file to its current schema, through sqlite-utils' migrations.

Each step and the record of it are one transaction. Here: what kinds of files there are, order, version marks
and their refusal. Not here: the SQL (``store.schema``, ``market_schema``, ``neighbours_schema``), opening files
(``connection``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohmstead.core.codec import CodecError, as_list, decode
from ohmstead.core.intervals import UTILITIES
from ohmstead.errors import UserError
from ohmstead.store import market_schema, neighbours_schema, schema

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what messages call it, its ``application_id``, newest version, and steps to it."""

    called: str
    application_id: int
    major: int
    minor: int
    steps: Callable[[], Migrations]

    @property
    def version(self) -> int:
        """The newest ``user_version``."""
        return schema.user_version(self.major, self.minor)


def check_version(connection: sqlite3.Connection, name: str, kind: FileKind) -> None:
    """Refuse a file of a newer major version or of another program, before anything touches it.

    ``name`` is how the message calls the file. Raises UserError, saying what to do.
    """
    version = _pragma(connection, "user_version")
    application = _pragma(connection, "application_id")
    # A power cut in the first step leaves the empty record of migrations behind, and nothing else.
    tables = int(
        connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE tbl_name NOT IN ('_sqlite_migrations', 'sqlite_sequence')"
        ).fetchone()[0]
    )
    if application not in (0, kind.application_id) or (application == 0 and tables and version == 0):
        raise UserError(f"{name} is not {kind.called}. Choose another file; this one is left as it is.")
    if version >> 16 > kind.major:
        raise UserError(
            f"{name} was written by a newer Ohmstead (schema {version >> 16}.{version & 0xFFFF}, this one "
            f"reads {kind.major}). Install the newer version; the file is left as it is."
        )


def migrate(connection: sqlite3.Connection, kind: FileKind, *, stop_before: str | None = None) -> None:
    """Apply the steps that a file lacks, each in its own transaction. Thread: db.

    A file of the current or a newer minor version costs one read. ``stop_before`` names a step, for
    tests that need a file of an older version.
    """
    if _pragma(connection, "user_version") >= kind.version:
        return
    # The import costs some 100 ms and is needed once in a file's life.
    from sqlite_utils import Database

    kind.steps().apply(Database(connection, execute_plugins=False), stop_before=stop_before)


def mirror_steps() -> Migrations:
    """All steps of a mirror, in order. Names are recorded in the file and never change."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("ohmstead.mirror")

    @migrations(name="0001_first")
    def first(db: Database) -> None:
        for statement in schema.statements(schema.STEP_0001):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {schema.user_version(1, 0)}")

    @migrations(name="0002_utilities")
    def utilities(db: Database) -> None:
        for statement in schema.statements(schema.STEP_0002):
            db.conn.execute(statement)
        # Pages of meters that count more than electricity are opened once more, for what was left in them.
        for key, channels in db.conn.execute("SELECT key, channels FROM meter").fetchall():
            if _has_utilities(channels):
                db.conn.execute("UPDATE page SET opened = 0 WHERE meter = ?", (key,))
        db.conn.execute(f"PRAGMA user_version = {schema.user_version(1, 1)}")

    return migrations


def market_steps() -> Migrations:
    """All steps of a market file, in order."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("ohmstead.market")

    @migrations(name="0001_first")
    def first(db: Database) -> None:
        for statement in schema.statements(market_schema.STEP_0001):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA application_id = {market_schema.APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {schema.user_version(1, 0)}")

    return migrations


def neighbours_steps() -> Migrations:
    """All steps of a neighbours file, in order."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("ohmstead.neighbours")

    @migrations(name="0001_first")
    def first(db: Database) -> None:
        for statement in schema.statements(neighbours_schema.STEP_0001):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA application_id = {neighbours_schema.APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {schema.user_version(1, 0)}")

    @migrations(name="0002_alarm_by_leaf")
    def alarm_by_leaf(db: Database) -> None:
        for statement in schema.statements(neighbours_schema.STEP_0002):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA user_version = {schema.user_version(1, 1)}")

    return migrations


MIRROR = FileKind("an Ohmstead mirror", schema.APPLICATION_ID, schema.MAJOR, schema.MINOR, mirror_steps)
MARKET = FileKind(
    "an Ohmstead market file", market_schema.APPLICATION_ID, market_schema.MAJOR, market_schema.MINOR,
    market_steps,
)  # fmt: skip
NEIGHBOURS = FileKind(
    "an Ohmstead neighbours file", neighbours_schema.APPLICATION_ID, neighbours_schema.MAJOR,
    neighbours_schema.MINOR, neighbours_steps,
)  # fmt: skip


def _has_utilities(channels: bytes) -> bool:
    """Whether a meter's channels, as they are kept, hold one beside electricity. Total."""
    try:
        rows = [as_list(row, "channel") for row in as_list(decode(channels), "channels")]
        return any(row and row[0] in UTILITIES for row in rows)
    except CodecError:
        return False


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
