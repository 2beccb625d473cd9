"""The embedded engine: what it makes is followed by the light client, survives restarts, and tells no lie."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ohmstead.errors import UserError
from ohmstead.ledger.block import block_id, data_hash, result_bytes, results_hash
from ohmstead.ledger.commit import Commit, median_time
from ohmstead.ledger.lightclient import LightBlock, Trusted, verify_first_header, verify_step
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.ledger.stateproof import verify_absence, verify_presence
from ohmstead.node.embedded import MEMPOOL_SIZE, Engine, EngineError, MempoolFull
from tests.node.little import GENESIS_S, KEYS, SECOND, Little, grow, little_genesis, open_engine

NOW = (GENESIS_S + 10**8) * SECOND


def light(engine: Engine, height: int) -> LightBlock:
    block = engine.light_block(height)
    assert block is not None
    return LightBlock.from_cbor(block.to_cbor())


def follow(engine: Engine) -> Trusted:
    """Header 1 from genesis, then every header, one by one, and in one skip."""
    first_hash = Little().init_chain(engine.genesis)
    start = trusted = verify_first_header(engine.genesis, light(engine, 1), first_hash)
    for height in range(2, engine.height + 1):
        block = light(engine, height)
        assert verify_step(trusted, block, NOW) == ()
        trusted = Trusted.of(block)
    if engine.height > 2:
        assert verify_step(start, light(engine, engine.height), NOW) == ()
    return trusted


def test_the_light_client_follows_the_chain(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 12)
    assert follow(engine).height == 12


def test_blocks_link_as_cometbft_links_them(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 6)
    for height in range(1, 7):
        block = engine.block(height)
        assert block is not None
        header, commit, txs = block
        before = engine.block(height - 1)
        if before is None:
            assert (header.last_commit_hash, header.last_results_hash) == (EMPTY_ROOT, EMPTY_ROOT)
            assert header.time_ns == engine.genesis.genesis_time_ns
            last = Commit()
        else:
            last = before[1]
            assert header.last_commit_hash == last.hash()
            assert header.last_block_id == last.block_id
            assert header.time_ns == median_time(last, engine.validators) > before[0].time_ns
            key = b"k%d" % (height - 1)
            assert header.last_results_hash == results_hash([result_bytes(0, key)])
        assert header.data_hash == data_hash(txs)
        assert commit.block_id == block_id(header, txs, last.encode())


def test_proposers_take_turns(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 8)
    turns = [light(engine, h).header.proposer_address for h in range(1, 9)]
    assert len(set(turns)) == 4
    assert turns[:4] == turns[4:]
    assert turns[:4] == sorted(turns[:4])


def test_state_is_proven_by_the_next_header(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 3)
    assert not engine.provable
    engine.step(NOW)
    assert engine.provable
    assert (engine.height, engine.changed) == (4, 3)
    app_hash = light(engine, 4).header.app_hash
    verify_presence(app_hash, "kv", b"k3", b"v3", engine.app.state.prove("kv", b"k3"))
    verify_absence(app_hash, "kv", b"k4", engine.app.state.prove("kv", b"k4"))


def test_an_idle_block_leaves_the_app_hash(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 1)
    hashes = {engine.step(NOW + i * SECOND).app_hash for i in range(4)}
    assert hashes == {engine.app.state.app_hash}
    assert engine.changed == 1


def test_time_grows_even_if_the_clock_stands_or_jumps_back(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    for _ in range(5):
        engine.step(0)
    times = [light(engine, h).header.time_ns for h in range(1, 6)]
    assert all(b - a >= 10**6 for a, b in pairwise(times))


# ---- mempool ----------------------------------------------------------------------------------


def txs_of(engine: Engine, height: int) -> list[bytes]:
    block = engine.block(height)
    assert block is not None
    return block[2]


def test_a_refused_transaction_never_waits(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    result = engine.submit(b"no")
    assert (result.code, result.data, result.log) == (1, b"\x07", "refused")
    engine.step(NOW)
    assert txs_of(engine, 1) == []


def test_the_same_transaction_waits_once(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    assert engine.submit(b"a=1").code == engine.submit(b"a=1").code == 0
    assert engine.ready
    engine.step(NOW)
    engine.step(NOW)
    assert (txs_of(engine, 1), txs_of(engine, 2)) == ([b"a=1"], [])
    assert not engine.ready


def test_an_early_transaction_is_kept_for_its_time(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    tx = b"from %d:a=1" % (GENESIS_S + 500)
    engine.submit(tx)
    for at in (100, 499, 600, 601):
        engine.step((GENESIS_S + at) * SECOND)
    assert [txs_of(engine, h) for h in (1, 2, 3, 4)] == [[], [], [], [tx]]
    assert engine.app.state.get("kv", b"a") == b"1"


def test_what_asks_for_the_next_block_is_offered_again(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    engine.submit(b"later:a=1")
    engine.step(NOW)
    engine.step(NOW)
    assert [txs_of(engine, h) for h in (1, 2)] == [[b"later:a=1"]] * 2


def test_a_full_mempool_says_so(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    for i in range(MEMPOOL_SIZE):
        engine.submit(b"k%d=1" % i)
    with pytest.raises(MempoolFull):
        engine.submit(b"one=more")
    engine.step(NOW)
    assert engine.submit(b"one=more").code == 0


def test_a_mempool_is_full_by_bytes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ohmstead.node.embedded.MEMPOOL_BYTES", 10)
    engine = open_engine(tmp_path)
    assert engine.submit(b"a=1234").code == 0
    with pytest.raises(MempoolFull):
        engine.submit(b"b=1234")
    engine.step(NOW)
    assert engine.submit(b"b=1234").code == 0


# ---- refusals ---------------------------------------------------------------------------------


def test_only_a_chain_that_says_embedded_is_signed_by_one_operator(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="embedded"):
        open_engine(tmp_path, little_genesis("little"))


def test_another_ledgers_folder_is_refused(tmp_path: Path) -> None:
    open_engine(tmp_path).store.close()
    with pytest.raises(UserError, match="another ledger"):
        open_engine(tmp_path, little_genesis(power=11))


def test_keys_must_be_those_of_the_genesis(tmp_path: Path) -> None:
    store = open_engine(tmp_path).store
    with pytest.raises(UserError, match="validator keys"):
        Engine(little_genesis(), KEYS[:3], Little(), store)


def test_validators_that_change_are_not_for_this_engine(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    assert isinstance(engine.app, Little)
    engine.app.updates = ((KEYS[0].public, 0),)
    with pytest.raises(EngineError):
        engine.step(NOW)


def test_a_broken_application_stops_the_engine(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 2)
    told: list[str] = []
    engine.on_halt = lambda: told.append("halted")
    engine.submit(b"boom")
    with pytest.raises(RuntimeError):
        engine.step(NOW)
    assert told == ["halted"]
    with pytest.raises(EngineError, match="halted"):
        engine.step(NOW)
    assert engine.halted
