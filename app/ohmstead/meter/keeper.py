"""The meter's own log: pages written and synced before they leave, never sealed twice.

One SQLite file (WAL, ``synchronous=FULL``: every commit is an fsync). A page is sealed, committed, and only
then handed out; after a restart the stored bytes are sent again. Here: identity, epoch root, pages, the
tree over them. Not here: when an hour may be sealed (``publisher``), the radio (``peripheral``).
Thread: whoever opened it. Source: protocol/pages, "Page".
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ohmstead.core.intervals import ChannelHour
from ohmstead.core.keys import SigningKey, kid
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.system.files import read_secret_file, write_secret_file

_SCHEMA = """
CREATE TABLE IF NOT EXISTS page(number INTEGER PRIMARY KEY, hour INTEGER NOT NULL UNIQUE,
                                raw BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""


_IDENTITY_BYTES = 108


class KeeperError(Exception):
    """The log on disk is not what this meter wrote."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The meter's secrets: Ed25519 key, X25519 key of the link, root of epoch 0, label; and its mark."""

    key: SigningKey
    static_secret: bytes
    epoch_root: bytes
    pairing_secret: bytes
    discriminator: int

    @property
    def meter(self) -> bytes:
        """The meter id: the key's ``kid``."""
        return kid(self.key.public)


def load_identity(path: Path, random: Callable[[int], bytes] = secrets.token_bytes) -> Identity:
    """The identity kept at ``path`` (0600), made on the first start: 32 + 32 + 32 + 10 + 2 random bytes."""
    raw = read_secret_file(path)
    if raw is None:
        raw = random(_IDENTITY_BYTES)
        write_secret_file(path, raw)
    if len(raw) != _IDENTITY_BYTES:
        raise KeeperError(f"{path.name} is not a meter's identity")
    return Identity(
        SigningKey.from_seed(raw[:32]),
        raw[32:64],
        raw[64:96],
        raw[96:106],
        int.from_bytes(raw[106:], "big") & 0xFFF,
    )


class Keeper:
    """The durable log of one meter. Opens its file, checks it, and appends."""

    def __init__(self, path: Path, meter: bytes) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        self.meter = meter
        self.tree = HashTree()
        self.last_hour: int | None = None
        for number, hour, raw in self._db.execute("SELECT number, hour, raw FROM page ORDER BY number"):
            header = pages.parse_header(raw, f"page {number}")
            stated = (header.number, header.hour, header.meter)
            if number != self.tree.size or stated != (number, hour, meter):
                raise KeeperError(f"page {number} on disk is not the page that belongs there")
            self.tree.append(leaf_hash(raw))
            self.last_hour = hour

    @property
    def size(self) -> int:
        """How many pages are sealed."""
        return self.tree.size

    def seal(self, ring: pages.KeyRing, hours: Sequence[tuple[int, Sequence[ChannelHour]]]) -> list[bytes]:
        """Seals consecutive hours and commits them; returns the page bytes, durable by then.

        Raises KeeperError for an hour that does not follow the last one: a page number meets one hour, once.
        """
        made: list[tuple[int, int, bytes]] = []
        expected = self.last_hour
        for hour, channels in hours:
            if expected is not None and hour != expected + 1:
                raise KeeperError(f"hour {hour} does not follow hour {expected}")
            expected = hour
            number = self.size + len(made)
            nonce = secrets.token_bytes(pages.NONCE_BYTES)
            made.append((number, hour, pages.seal(ring, number, hour, channels, nonce)))
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany("INSERT INTO page VALUES(?,?,?)", made)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        for _, hour, raw in made:
            self.tree.append(leaf_hash(raw))
            self.last_hour = hour
        return [raw for _, _, raw in made]

    def pages(self, first: int, count: int) -> list[bytes]:
        """The stored bytes of pages ``first`` to ``first + count``."""
        rows = self._db.execute(
            "SELECT raw FROM page WHERE number >= ? AND number < ? ORDER BY number", (first, first + count)
        )
        return [raw for (raw,) in rows]

    def fact(self, name: str) -> bytes | None:
        """A small durable value, such as the newest head bundle; None if never kept."""
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_fact(self, name: str, value: bytes) -> None:
        """Keeps a small value durably."""
        self._db.execute("INSERT OR REPLACE INTO fact VALUES(?,?)", (name, value))

    def close(self) -> None:
        """Closes the file."""
        with closing(self._db):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
