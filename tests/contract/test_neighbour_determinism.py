"""Two recorded days of neighbours: every process, hash seed, Python and order of reading gives their hashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

from ohmstead.contract.machine import Machine
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.tally import Void, VoidReason
from tests.contract import neighbour_days
from tests.contract.neighbour_rig import FIRST_DAY, HOUSES, SIGNERS, S, Tally
from tests.contract.neighbour_stories import wh_of

ROOT = Path(__file__).parents[2]
REPLAY = """
import sys
sys.path[:0] = [{app!r}, {root!r}]
from tests.contract.neighbour_days import recorded, replay
days = recorded()
print(replay(days) == days.app_hashes, len(days.blocks))
"""


@cache
def live() -> Tally:
    return neighbour_days.live()


def test_another_process_with_another_hash_seed_comes_to_the_recorded_hashes() -> None:
    code = REPLAY.format(app=str(ROOT / "app"), root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": "4242"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == f"True {len(neighbour_days.recorded().blocks)}"


def test_the_days_as_they_happen_are_the_recorded_ones() -> None:
    """Proofs and all: the rig's randomness follows from names."""
    tally, days = live(), neighbour_days.recorded()
    assert tuple((at, tuple(txs)) for at, txs in tally.history) == days.blocks
    assert (tally.first_app_hash, *tally.app_hashes) == days.app_hashes
    assert len(set(days.app_hashes)) > 60


def test_a_machine_restored_at_any_block_and_asked_beforehand_goes_on_alike() -> None:
    days = neighbour_days.recorded()
    machine = Machine(days.genesis)
    machine.init_chain(days.genesis)
    chance = random.Random(5)
    for height, (at, txs) in enumerate(days.blocks, 1):
        if height % 9 == 0:
            kept = list(machine.state.snapshot())
            chance.shuffle(kept)
            before, machine = machine, Machine(days.genesis)
            assert machine.restore(before.height, before.time_s, kept) == days.app_hashes[height - 1]
        for tx in reversed(txs):
            machine.check_tx(tx)
        list(machine.choose(txs, at))
        assert machine.finalize_block(height, at, txs).app_hash == days.app_hashes[height]


def test_the_days_hold_a_result_and_a_void() -> None:
    tally = live()
    days = (FIRST_DAY, FIRST_DAY + 1)
    first, second = (r for r in tally.records[record_rule(HOUSES.id)] if r.day in days)
    assert first.check(tally.hash, tally.guardians(), len(SIGNERS), S) == plain_day(map(wh_of, range(15)), S)
    assert (second.day, second.void) == (FIRST_DAY + 1, Void(VoidReason.GUARDIAN_ABSENT, 15, 2))
    assert (first.roster, second.roster) == (15, 15)
