"""A small application on the real state tree, and an engine made of it: what the node's tests run on.

A transaction is text: ``key=value`` is accepted, ``no`` refused, ``later:...`` asks for the next block for
ever, ``from <unix s>:key=value`` is early before that block time, ``boom`` breaks the application.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ohmstead.core.keys import SigningKey
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.statetree import State
from ohmstead.ledger.validators import Validator, ValidatorSet
from ohmstead.node.application import Book, Leaf
from ohmstead.node.embedded import Engine
from ohmstead.node.store import NodeStore

SECOND = 10**9
GENESIS_S = 1_700_000_000
KEYS = tuple(SigningKey.from_seed(sha256(b"node %d" % n).digest()) for n in range(4))
Key = tuple[str, bytes]


def little_genesis(chain_id: str = "little-embedded", power: int = 10) -> GenesisDocument:
    validators = ValidatorSet.of(Validator(k.public, power) for k in KEYS)
    return GenesisDocument(chain_id, GENESIS_S * SECOND, validators, b"little")


@dataclass(frozen=True, slots=True)
class Result:
    code: int = 0
    data: bytes = b""
    log: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    results: tuple[Result, ...]
    app_hash: bytes
    changes: dict[Key, bytes | None]
    validator_updates: tuple[tuple[bytes, int], ...] = ()
    notes: tuple[tuple[bytes, bytes], ...] = ()
    books: tuple[Book, ...] = ()
    leaves: tuple[Leaf, ...] = ()


class Little:
    """The application."""

    def __init__(self) -> None:
        self.state = State()
        self.updates: tuple[tuple[bytes, int], ...] = ()
        self.proposers: list[bytes] = []

    def init_chain(self, genesis: GenesisDocument) -> bytes:
        self.state.apply({("chain", b"genesis"): genesis.genesis_hash})
        return self.state.app_hash

    def restore(self, height: int, time_s: int, items: Iterable[tuple[Key, bytes]]) -> bytes:
        self.state = State(items)
        return self.state.app_hash

    def check_tx(self, tx: bytes) -> Result:
        if tx.startswith(b"no"):
            return Result(1, b"\x07", "refused")
        return Result()

    def choose(self, txs: Iterable[bytes], time_s: int) -> Iterator[bytes]:
        for tx in txs:
            if not (tx.startswith(b"from ") and int(tx[5:].partition(b":")[0]) > time_s):
                yield tx

    def finalize_block(self, height: int, time_s: int, txs: Sequence[bytes], proposer: bytes) -> Outcome:
        self.proposers.append(proposer)
        changes: dict[Key, bytes | None] = {}
        results = []
        for tx in txs:
            if tx == b"boom":
                raise RuntimeError("the application broke")
            key, _, value = tx.rpartition(b":")[2].partition(b"=")
            if tx.startswith(b"later"):
                results.append(Result(2))
            elif not value:
                results.append(Result(1, b"\x01", "no value"))
            else:
                changes["kv", key] = value
                results.append(Result(0, key))
        self.state.apply(changes)
        return Outcome(tuple(results), self.state.app_hash, changes, self.updates)


def open_engine(
    folder: Path,
    genesis: GenesisDocument | None = None,
    factory: type[sqlite3.Connection] = sqlite3.Connection,
) -> Engine:
    store = NodeStore(folder / "chain.sqlite", factory=factory)
    return Engine(genesis or little_genesis(), KEYS, Little(), store)


def grow(engine: Engine, blocks: int, every_s: int = 60) -> None:
    """Blocks one after another, each with one new key."""
    for _ in range(blocks):
        engine.submit(b"k%d=v%d" % (engine.height + 1, engine.height + 1))
        engine.step((GENESIS_S + (engine.height + 1) * every_s) * SECOND)
