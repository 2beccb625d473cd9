"""Backups of a mirror: a consistent copy by ``VACUUM INTO``, checked before it gets its name.

A copy of an open WAL file by the file system holds none of the newest rows; this one does.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from ohmstead.errors import ExternalError
from ohmstead.store.connection import MirrorDamaged, connect_reader, outside_errors
from ohmstead.store.migrations import MIRROR, FileKind


def check(connection: sqlite3.Connection, *, quick: bool) -> list[str]:
    """What SQLite finds wrong with a file, including broken foreign keys: empty when all is well."""
    pragma = "quick_check" if quick else "integrity_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}").fetchall()]
    problems = [] if found == ["ok"] else found
    problems += [
        f"row of {row[0]} without its {row[2]}"
        for row in connection.execute("PRAGMA foreign_key_check").fetchall()
    ]
    return problems


def backup_into(connection: sqlite3.Connection, target: Path, kind: FileKind = MIRROR) -> Path:
    """Write a checked copy to ``target`` (0600), which is replaced only when the copy is good.

    Thread: that of the connection. Raises ExternalError (disk) or MirrorDamaged (the copy fails its check;
    an older backup of that name stays).
    """
    draft = target.with_name(target.name + ".part")
    try:
        draft.unlink(missing_ok=True)
        # VACUUM INTO accepts an empty file; making it first fixes its permissions before any byte.
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with outside_errors(draft):
            connection.execute("VACUUM INTO ?", (str(draft),))
        copy = connect_reader(draft, kind)
        try:
            with outside_errors(draft):
                problems = check(copy, quick=True)
        finally:
            copy.close()
        if problems:
            raise MirrorDamaged(f"the backup of the mirror failed its check: {problems[0]}")
        with open(draft, "rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, target)
    except OSError as error:
        raise ExternalError(f"no backup was written to {target.name}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    return target
