"""The embedded engine's disk: blocks, commits and state in one SQLite file, one transaction per block.

WAL with ``synchronous=FULL``: a committed block survives a power cut, and whoever was told of it finds it
again. While a recorded past is replayed several blocks may share one transaction (``many``), but none of
them is answered for before it is committed. Thread: the engine's. Not here: what blocks mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ohmstead.core.codec import Value, as_bytes, as_list, decode
from ohmstead.errors import UserError
from ohmstead.node.application import Book, Leaf
from ohmstead.node.archive import home_leaves

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS block(height INTEGER PRIMARY KEY, header BLOB NOT NULL, "commit" BLOB NOT NULL,
                                 txs BLOB NOT NULL, results BLOB NOT NULL, app_hash BLOB NOT NULL,
                                 changed INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS state(module TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
                                 PRIMARY KEY(module, key)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batch(meter BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                                 height INTEGER NOT NULL, time_s INTEGER NOT NULL,
                                 PRIMARY KEY(meter, first)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tx(hash BLOB PRIMARY KEY, height INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS household_note(home BLOB NOT NULL, idx INTEGER NOT NULL, leaf BLOB NOT NULL,
                                          PRIMARY KEY(home, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS market_book(rule TEXT NOT NULL, idx INTEGER NOT NULL, kind INTEGER NOT NULL,
                                       place INTEGER NOT NULL, leaf BLOB NOT NULL,
                                       PRIMARY KEY(rule, idx, kind, place)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS log_leaf(log TEXT NOT NULL, idx INTEGER NOT NULL, leaf BLOB NOT NULL,
                                    PRIMARY KEY(log, idx)) STRICT, WITHOUT ROWID;
"""
#: ``user_version`` of the file. 1 (written as 0): blocks, state, batches. 2: household logs and market books too.
#: 3: the statements of neighbours' rounds too.
SCHEMA = 3
#: Kinds of a market's leaves.
BOOK, RESULT, RECORD = 0, 1, 2

Changes = Mapping[tuple[str, bytes], bytes | None]
# (meter, first page, last page) of an accepted batch
Batch = tuple[bytes, int, int]
# (home, leaf data)
Note = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as it is kept: header, commit, [tx, ...] and [[code, data], ...] as canonical bytes, the
    AppHash after it, and the last height up to it whose block moved AppHash."""

    height: int
    header: bytes
    commit: bytes
    txs: bytes
    results: bytes
    app_hash: bytes
    changed: int


class NodeStore:
    """One file, one writer."""

    def __init__(self, path: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, factory=factory, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._depth = 0
        try:
            self._migrate(path)
        except BaseException:
            self._db.close()
            raise

    def _migrate(self, path: Path) -> None:
        """Brings the file to the present schema, or leaves it as it is. Raises UserError for a newer one."""
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise UserError(
                f"{path} was written by a newer Ohmstead (schema {version}, this one reads {SCHEMA}). "
                "Install the newer version; the file is left as it is."
            )
        if version == SCHEMA:
            return
        with self.many():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._db.execute(statement)
            if version < 2:
                self._put_notes(home_leaves(self._accepted()))
            self._db.execute(f"PRAGMA user_version={SCHEMA}")

    def _accepted(self) -> Iterator[bytes]:
        """Every accepted transaction of the chain, in order."""
        for txs, results in self._db.execute("SELECT txs, results FROM block ORDER BY height"):
            codes = [as_list(r, "result", 2)[0] for r in _values(results)]
            yield from (
                as_bytes(tx, "transaction") for tx, code in zip(_values(txs), codes, strict=True) if code == 0
            )

    def relaxed(self, relaxed: bool) -> None:
        """Whether a commit may leave its sync to the next checkpoint: only while a recorded past is replayed.

        A killed process loses nothing either way; a power cut may then take back the newest blocks, which the
        meter simply publishes again, because it keeps no head before the replay is over.
        """
        self._db.execute(f"PRAGMA synchronous={'NORMAL' if relaxed else 'FULL'}")

    @contextmanager
    def many(self) -> Iterator[None]:
        """Several blocks in one transaction: all of them or none."""
        self._db.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    def save(
        self,
        row: BlockRow,
        time_s: int,
        changes: Changes,
        txs: Sequence[bytes],
        batches: Sequence[Batch],
        notes: Sequence[Note] = (),
        books: Sequence[Book] = (),
        leaves: Sequence[Leaf] = (),
    ) -> None:
        """A block, the state after it, its accepted transactions' hashes and batches, together with what the
        state holds roots of alone: leaves of household logs, books and records, statements of rounds."""
        if self._depth:
            self._write(row, time_s, changes, txs, batches)
            self._put_notes(notes)
            self._put_books(books)
            self._put_leaves(leaves)
            return
        with self.many():
            self.save(row, time_s, changes, txs, batches, notes, books, leaves)

    def _write(
        self, row: BlockRow, time_s: int, changes: Changes, txs: Sequence[bytes], batches: Sequence[Batch]
    ) -> None:
        self._db.execute(
            "INSERT INTO block VALUES(?,?,?,?,?,?,?)",
            (row.height, row.header, row.commit, row.txs, row.results, row.app_hash, row.changed),
        )
        for (module, key), value in changes.items():
            if value is None:
                self._db.execute("DELETE FROM state WHERE module=? AND key=?", (module, key))
            else:
                self._db.execute("INSERT OR REPLACE INTO state VALUES(?,?,?)", (module, key, value))
        self._db.executemany("INSERT OR IGNORE INTO tx VALUES(?,?)", [(tx, row.height) for tx in txs])
        self._db.executemany(
            "INSERT INTO batch VALUES(?,?,?,?,?)",
            [(m, first, last, row.height, time_s) for m, first, last in batches],
        )

    def _put_notes(self, notes: Sequence[Note]) -> None:
        """Appends leaves to household logs; their index is their place in the log."""
        self._db.executemany(
            "INSERT INTO household_note "
            "SELECT ?1, COALESCE(MAX(idx) + 1, 0), ?2 FROM household_note WHERE home=?1",
            notes,
        )

    def _put_books(self, books: Sequence[Book]) -> None:
        for book in books:
            kinds = ((BOOK, book.book), (RESULT, book.results), (RECORD, (book.record,)))
            self._db.executemany(
                "INSERT INTO market_book VALUES(?,?,?,?,?)",
                [
                    (book.rule, book.index, kind, i, leaf)
                    for kind, part in kinds
                    for i, leaf in enumerate(part)
                ],
            )

    def _put_leaves(self, leaves: Sequence[Leaf]) -> None:
        """Appends leaves to logs that are named; their index is their place in the log."""
        self._db.executemany(
            "INSERT INTO log_leaf SELECT ?1, COALESCE(MAX(idx) + 1, 0), ?2 FROM log_leaf WHERE log=?1",
            [(leaf.log, leaf.data) for leaf in leaves],
        )

    def log_leaves(self, log: str, first: int, limit: int) -> list[bytes]:
        """Leaf data of a named log from an index on."""
        return list(self.each_log_leaf(log, first, limit))

    def each_log_leaf(self, log: str, first: int, limit: int) -> Generator[bytes, None, None]:
        """The same, one after the other: a round of load shapes is 61 kB a home."""
        rows = self._db.execute(
            "SELECT leaf FROM log_leaf WHERE log=? AND idx>=? ORDER BY idx LIMIT ?", (log, first, limit)
        )
        with closing(rows):
            for (leaf,) in rows:
                yield bytes(leaf)

    def household_notes(self, home: bytes, first: int, limit: int) -> list[bytes]:
        """Leaf data of a household log from an index on: the statements and results that touch the home."""
        rows = self._db.execute(
            "SELECT leaf FROM household_note WHERE home=? AND idx>=? ORDER BY idx LIMIT ?",
            (home, first, limit),
        )
        return [bytes(leaf) for (leaf,) in rows]

    def market_book(self, rule: str, index: int) -> tuple[list[bytes], list[bytes], bytes] | None:
        """Leaf data of a finished slot or lot: its book, its results, its record; None if there is none."""
        parts: dict[int, list[bytes]] = {BOOK: [], RESULT: [], RECORD: []}
        for kind, leaf in self._db.execute(
            "SELECT kind, leaf FROM market_book WHERE rule=? AND idx=? ORDER BY kind, place", (rule, index)
        ):
            parts[kind].append(bytes(leaf))
        return (parts[BOOK], parts[RESULT], parts[RECORD][0]) if parts[RECORD] else None

    def market_records(self, rule: str, first: int, limit: int = -1) -> list[bytes]:
        """Record leaves of a rule's log from an index on."""
        rows = self._db.execute(
            "SELECT leaf FROM market_book WHERE rule=? AND idx>=? AND kind=? ORDER BY idx LIMIT ?",
            (rule, first, RECORD, limit),
        )
        return [bytes(leaf) for (leaf,) in rows]

    def anchors(self, meter: bytes, index: int, limit: int) -> list[tuple[int, int, int]]:
        """(size after it, height, block time) of the meter's accepted batches from ``index`` on."""
        rows = self._db.execute(
            "SELECT last + 1, height, time_s FROM batch WHERE meter=? ORDER BY first LIMIT ? OFFSET ?",
            (meter, limit, index),
        )
        return [(size, height, time_s) for size, height, time_s in rows]

    def page_heights(self, meter: bytes, first: int, end: int) -> list[int]:
        """Heights of the blocks that recorded the meter's pages in ``[first, end)``, ascending."""
        rows = self._db.execute(
            "SELECT height FROM batch WHERE meter=? AND first<? AND last>=? ORDER BY first",
            (meter, end, first),
        )
        return [height for (height,) in rows]

    def put_genesis(self, data: bytes, items: Changes) -> None:
        """The genesis document and the state that InitChain made of it, together."""
        with self.many():
            self._db.execute("INSERT INTO fact VALUES('genesis', ?)", (data,))
            for (module, key), value in items.items():
                self._db.execute("INSERT INTO state VALUES(?,?,?)", (module, key, value))

    def genesis(self) -> bytes | None:
        """The genesis document that this file belongs to; None in a new file."""
        row = self._db.execute("SELECT value FROM fact WHERE name='genesis'").fetchone()
        return None if row is None else bytes(row[0])

    def state(self) -> Iterator[tuple[tuple[str, bytes], bytes]]:
        """Every key of the newest state."""
        for module, key, value in self._db.execute("SELECT module, key, value FROM state"):
            yield (module, key), value

    def block(self, height: int) -> BlockRow | None:
        """The block of a height."""
        row = self._db.execute("SELECT * FROM block WHERE height=?", (height,)).fetchone()
        return None if row is None else BlockRow(*row)

    def newest(self) -> BlockRow | None:
        """The newest block."""
        row = self._db.execute("SELECT * FROM block ORDER BY height DESC LIMIT 1").fetchone()
        return None if row is None else BlockRow(*row)

    def height_of(self, tx_hash: bytes) -> int | None:
        """The height of the block that accepted a transaction."""
        row = self._db.execute("SELECT height FROM tx WHERE hash=?", (tx_hash,)).fetchone()
        return None if row is None else int(row[0])

    def close(self) -> None:
        """Closes the file."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()


def _values(data: bytes) -> list[Value]:
    return as_list(decode(data, max_size=64 << 20), "block")
