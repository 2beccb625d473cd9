"""Power cuts: a connection and a secret store that die before their n-th write, and the files as they lie."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_READS = ("SELECT", "PRAGMA", "ROLLBACK")


class PowerCut(BaseException):
    """The lights go out. No handler of ours catches it."""


class Cut:
    """Counts writes; ``left`` is how many still happen, None is all."""

    def __init__(self, left: int | None = None) -> None:
        self.left = left
        self.writes = 0

    def write(self) -> None:
        if self.left is not None and self.writes >= self.left:
            raise PowerCut
        self.writes += 1


def fragile(cut: Cut) -> type[sqlite3.Connection]:
    """A connection class whose writing statements are counted, BEGIN and COMMIT among them."""

    class Fragile(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
            if not sql.lstrip().upper().startswith(_READS):
                cut.write()
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Iterable[Any]) -> sqlite3.Cursor:
            cut.write()
            return super().executemany(sql, parameters)

    return Fragile


def as_it_lies(path: Path, target: Path) -> Path:
    """A copy of a database file with its journal, as a power cut would leave them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            shutil.copy(part, target.with_name(target.name + suffix))
    return target
