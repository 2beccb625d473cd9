"""One recorded market day: every process, hash seed, Python and order of reading comes to its AppHashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ohmstead.contract.machine import Machine, TxResult
from tests.contract import market_day

ROOT = Path(__file__).parents[2]
REPLAY = """
import sys
sys.path[:0] = [{app!r}, {root!r}]
from tests.contract.market_day import recorded, replay
day = recorded()
print(replay(day) == day.app_hashes, len(day.blocks))
"""


def test_the_recorded_day_comes_to_its_hashes() -> None:
    day = market_day.recorded()
    assert market_day.replay(day) == day.app_hashes
    assert len(set(day.app_hashes)) > 40


def test_the_day_as_it_happens_is_the_recorded_one() -> None:
    assert market_day.record() + "\n" == market_day.FILE.read_text()


def test_hash_seeds_do_not_matter() -> None:
    code = REPLAY.format(app=str(ROOT / "app"), root=str(ROOT))
    expected = f"True {len(market_day.recorded().blocks)}"
    for seed in ("0", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.strip() == expected


def test_a_machine_restored_at_any_block_goes_on_alike() -> None:
    day = market_day.recorded()
    machine = Machine(day.genesis)
    machine.init_chain(day.genesis)
    chance = random.Random(5)
    for height, (at, by, txs) in enumerate(day.blocks, 1):
        if height % 5 == 0:
            kept = list(machine.state.snapshot())
            chance.shuffle(kept)
            before, machine = machine, Machine(day.genesis)
            assert machine.restore(before.height, before.time_s, kept) == day.app_hashes[height - 1]
        assert machine.finalize_block(height, at, txs, by).app_hash == day.app_hashes[height]


def test_checking_beforehand_changes_no_block() -> None:
    day = market_day.recorded()
    machine = Machine(day.genesis)
    machine.init_chain(day.genesis)
    for height, (at, by, txs) in enumerate(day.blocks, 1):
        for tx in reversed(txs):
            machine.check_tx(tx)
            machine.is_early(tx, at)
        assert machine.finalize_block(height, at, txs, by).app_hash == day.app_hashes[height]


def test_the_day_holds_every_kind_of_end() -> None:
    m = market_day.live()
    outcomes = {(r.rule, r.outcome) for home in m.notes for r in m.results(home)}
    assert outcomes >= {
        ("slot/1", "filled"), ("slot/1", "unfilled"), ("slot/1", "forfeited"), ("slot/1", "void"),
        ("slot/1", "settled"), ("lot/1", "filled"), ("lot/1", "unfilled"), ("lot/1", "expired"),
    }  # fmt: skip
    codes = {r.code for r in _results(m.history)}
    assert codes == {0, 1, 2}


def _results(history: list[tuple[int, list[bytes], bytes]]) -> Iterator[TxResult]:
    day = market_day.recorded()
    machine = Machine(day.genesis)
    machine.init_chain(day.genesis)
    for height, (at, txs, by) in enumerate(history, 1):
        yield from machine.finalize_block(height, at, txs, by).results
