"""Opening our files: permissions, pragmas, error families, and setting a damaged file aside.

Here: the only place that calls ``sqlite3.connect``. Not here: any table.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from ohmstead.errors import ExternalError
from ohmstead.store.migrations import MIRROR, FileKind, check_version, migrate

BUSY_TIMEOUT_MS = 5_000
SIDECARS = ("", "-wal", "-shm")

# What the disk or another process does to us, told from bugs in our SQL (the split is qutebrowser's).
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_OUTSIDE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
}


class MirrorDamaged(ExternalError):
    """The file is not a readable database. Set it aside and read the history from the meter again."""


@contextmanager
def outside_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the world into ExternalError; bugs in our SQL pass through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        primary = code & 0xFF if code is not None else None
        if primary in _DAMAGE:
            raise MirrorDamaged(f"{path.name} is damaged: {error}") from error
        if primary in _OUTSIDE:
            raise ExternalError(f"{path.name} cannot be used now: {error}") from error
        raise


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, taken at once: all of what is done within it, or nothing if it raises."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def connect_writer(
    path: Path, factory: type[sqlite3.Connection] = sqlite3.Connection, kind: FileKind = MIRROR
) -> sqlite3.Connection:
    """The one writing connection of a file, created 0600 if absent and migrated. Thread: db.

    WAL with ``synchronous = FULL``: a tile that was acknowledged to the sync cursor is on the disk.
    Raises UserError (newer version, foreign file), MirrorDamaged, ExternalError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise ExternalError(f"{path.name} cannot be opened: {error.strerror}") from error
    with outside_errors(path):
        connection = sqlite3.connect(path, isolation_level=None, factory=factory)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            check_version(connection, path.name, kind)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            migrate(connection, kind)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_reader(path: Path, kind: FileKind = MIRROR) -> sqlite3.Connection:
    """A ``mode=ro`` connection: it cannot write whatever is asked. Thread: the one that calls.

    Raises UserError, MirrorDamaged, ExternalError (also where the file does not exist).
    """
    with outside_errors(path):
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            check_version(connection, path.name, kind)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA mmap_size = 268435456")
        except BaseException:
            connection.close()
            raise
    return connection


def set_aside(path: Path, why: str = "damaged") -> Path:
    """Move a file, with its journal, to a free name beside it that says why; nothing is overwritten.

    Returns the new path. Raises ExternalError.
    """
    number = 1
    while (target := path.with_name(f"{path.name}.{why}-{number}")).exists():
        number += 1
    try:
        for suffix in SIDECARS:
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(target.with_name(target.name + suffix))
    except OSError as error:
        raise ExternalError(f"{path.name} cannot be set aside: {error.strerror}") from error
    return target
