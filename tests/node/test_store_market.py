"""Household logs and market books on disk: everything that the state holds roots of can be read again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ohmstead.contract.machine import Machine
from ohmstead.core.codec import encode
from ohmstead.core.market_statements import Deliver
from ohmstead.errors import UserError
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.market.records import BookLeaf, SlotRecord, log_root
from ohmstead.node.embedded import Engine, proposer_at
from ohmstead.node.store import NodeStore
from tests.contract.market_rig import FIRST, PARAMS, Market, buy, market_genesis, sell
from tests.contract.rig import HOME, START_S, Ledger, Retire, key, log_of
from tests.node.little import SECOND, grow, open_engine

OLD_SCHEMA = """
CREATE TABLE fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE block(height INTEGER PRIMARY KEY, header BLOB NOT NULL, "commit" BLOB NOT NULL,
                   txs BLOB NOT NULL, results BLOB NOT NULL, app_hash BLOB NOT NULL,
                   changed INTEGER NOT NULL) STRICT;
CREATE TABLE state(module TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
                   PRIMARY KEY(module, key)) STRICT, WITHOUT ROWID;
CREATE TABLE batch(meter BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                   height INTEGER NOT NULL, time_s INTEGER NOT NULL,
                   PRIMARY KEY(meter, first)) STRICT, WITHOUT ROWID;
CREATE TABLE tx(hash BLOB PRIMARY KEY, height INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


def test_the_engine_tells_the_contract_who_proposed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 4)
    seen = engine.app.proposers
    assert seen == [proposer_at(engine.validators, height) for height in range(1, 5)]
    assert len(set(seen)) == 4
    engine.store.close()


def test_a_trade_on_the_engine_leaves_its_log_and_book_on_disk(tmp_path: Path) -> None:
    model = Market()
    buyer, seller = model.home_of("buyer"), model.home_of("seller")
    genesis = market_genesis()
    keys = [key(f"validator {i}") for i in range(4)]
    engine = Engine(genesis, keys, Machine(genesis), NodeStore(tmp_path / "chain.sqlite"))
    clock = [START_S]

    def step(to_s: int | None = None, *txs: bytes) -> None:
        """Submits, and makes blocks until one of the wanted time has run."""
        assert all(engine.submit(tx).code == 0 for tx in txs)
        clock[0] = clock[0] + 60 if to_s is None else to_s
        engine.step(clock[0] * SECOND)
        engine.step(clock[0] * SECOND + SECOND)  # a block's time is the votes' for the one before

    for _, txs, _ in model.history:
        for tx in txs:  # each waits for what the one before it makes known
            step(None, tx)
    step(PARAMS.open_s(FIRST))
    step(None, buyer.commit(FIRST, buy((500, 200_000))), seller.commit(FIRST, sell((500, 100_000))))
    step(PARAMS.gate_s(FIRST))
    step(None, buyer.reveal(FIRST), seller.reveal(FIRST))
    for _ in range(8):
        step()
    step((FIRST + 1) * 900)
    step(None, model.sign(seller.meter.key, Deliver(FIRST, 400)))
    state, store = engine.app.state, engine.store
    for home in (buyer, seller):
        raw = state.get("home", home.id)
        notes = store.household_notes(home.id, 0, 100)
        assert raw is not None
        log = log_of(notes)
        assert raw.startswith(encode([log.size, log.root(), list(log.hashes), []])[:-1])
        assert store.household_notes(home.id, 2, 1) == notes[2:3]
    book, results, record = store.market_book("slot/1", 0) or ([], [], b"")
    closed = SlotRecord.from_bytes(record)
    assert (closed.n, closed.book_root, closed.result_root) == (2, log_root(book), log_root(results))
    assert {BookLeaf.from_bytes(leaf).household for leaf in book} == {buyer.id, seller.id}
    assert store.market_book("slot/1", 7) is None
    assert store.market_book("lot/1", 0) is None
    store.close()
    again = Engine(genesis, keys, Machine(genesis), NodeStore(tmp_path / "chain.sqlite"))
    assert again.app_hash == engine.app_hash
    again.store.close()


def test_an_old_file_gains_the_household_logs_of_its_chain(tmp_path: Path) -> None:
    ledger = Ledger()
    blocks: list[tuple[list[bytes], list[int]]] = []
    real = ledger.block

    def block(*txs: bytes, at: int | None = None):
        outcome = real(*txs, at=at)
        blocks.append((list(txs), [r.code for r in outcome.results]))
        return outcome

    ledger.block = block
    one, two = ledger.meter("one"), ledger.meter("two")
    ledger.block(ledger.sign(two.key, Retire(one.id, 0, b"", "swap")))  # refused: not its own log
    ledger.accept(two.key, Retire(two.id, 0, b"", "swap"))
    path = tmp_path / "chain.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(OLD_SCHEMA)
        for height, (txs, codes) in enumerate(blocks, 1):
            row = (height, b"h", b"c", encode(txs), encode([[c, b""] for c in codes]), b"a", height)
            db.execute("INSERT INTO block VALUES(?,?,?,?,?,?,?)", row)
    db.close()
    for _ in range(2):  # the second time finds it done
        store = NodeStore(path)
        log = log_of(store.household_notes(HOME, 0, 100))
        store.close()
        assert [log.size, log.root()] == ledger.home()[:2]
    assert MeterRecord.from_cbor(ledger.machine.state.get("meter", two.id) or b"").flags


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    NodeStore(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=9")
    db.close()
    with pytest.raises(UserError, match="newer Ohmstead"):
        NodeStore(path)
