"""The same blocks give the same AppHashes in every process, whatever its hash seed and the order of dicts."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from ohmstead.contract.machine import Machine
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    HOME,
    START_S,
    ZONE,
    Beacon,
    Commission,
    Ledger,
    Meter,
    Retire,
    certificate,
    hour_end,
    key,
)

ROOT = Path(__file__).parents[2]
Block = tuple[int, list[bytes]]

REPLAY = """
import sys
sys.path[:0] = [{app!r}, {root!r}]
from tests.contract.test_determinism import history, run
print(run(history()).hex())
"""


def history() -> list[Block]:
    """Blocks of every statement type, accepted, refused and early, several of each in one block."""
    ledger = Ledger()
    meters = [Meter(key(f"meter {i}"), ledger.hash) for i in range(5)]
    blocks: list[Block] = []
    admitted = [ledger.sign(CERTIFIER, certificate(m.key)) for m in meters]
    homes = [HOME, HOME, *(b"%016d" % i for i in range(3))]
    placed = [
        ledger.sign(CERTIFIER, Commission(m.id, home, ZONE.name, FIRST_HOUR))
        for m, home in zip(meters, homes, strict=True)
    ]
    blocks.append((START_S + 60, admitted + placed + [b"noise", placed[0]]))
    for step in range(6):
        txs = [ledger.sign(m.key, m.publish(1 + i)) for i, m in enumerate(meters)]
        txs += [ledger.sign(m.key, Beacon(sha256(b"%d" % step).digest()[:16])) for m in meters[::2]]
        early = [ledger.sign(m.key, m.batch(m.pages(300))) for m in meters[:2]]
        blocks.append((hour_end(FIRST_HOUR + 5 * step + 5), txs + early + txs[:2]))
    blocks.append(
        (hour_end(FIRST_HOUR + 40), [ledger.sign(meters[0].key, Retire(meters[0].id, 6, b"end", "swap"))])
    )
    return blocks


def run(blocks: list[Block]) -> bytes:
    """A digest over every AppHash and result of the blocks, from a fresh machine."""
    ledger = Ledger()
    digest = sha256(ledger.first_app_hash)
    for height, (at, txs) in enumerate(blocks, 1):
        outcome = ledger.machine.finalize_block(height, at, txs)
        digest.update(outcome.app_hash)
        for result in outcome.results:
            digest.update(bytes((result.code, len(result.data))) + result.data)
    return digest.digest()


def test_hash_seeds_do_not_matter() -> None:
    code = REPLAY.format(app=str(ROOT / "app"), root=str(ROOT))
    seen = set()
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        seen.add(done.stdout.strip())
    assert seen == {run(history()).hex()}


def test_the_history_holds_every_kind_of_result() -> None:
    ledger = Ledger()
    codes: set[int] = set()
    for height, (at, txs) in enumerate(history(), 1):
        codes |= {r.code for r in ledger.machine.finalize_block(height, at, txs).results}
    assert codes == {0, 1, 2}
    assert ledger.record(key("meter 0").kid).log.size == 6


def test_the_order_in_which_state_is_read_from_disk_does_not_matter() -> None:
    blocks = history()
    ledger = Ledger()
    for height, (at, txs) in enumerate(blocks[:4], 1):
        ledger.machine.finalize_block(height, at, txs)
    kept = list(ledger.machine.state.snapshot())
    rest = list(enumerate(blocks[4:], 5))
    expected = [ledger.machine.finalize_block(height, at, txs).app_hash for height, (at, txs) in rest]
    shuffler = random.Random(7)
    for _ in range(5):
        shuffler.shuffle(kept)
        again = Machine(ledger.genesis)
        again.restore(4, blocks[3][0], kept)
        got = [again.finalize_block(height, at, txs).app_hash for height, (at, txs) in rest]
        assert got == expected


def test_checking_transactions_beforehand_changes_no_block() -> None:
    blocks = history()
    ledger = Ledger()
    digest = sha256(ledger.first_app_hash)
    for height, (at, txs) in enumerate(blocks, 1):
        for tx in reversed(txs):
            ledger.machine.check_tx(tx)
            ledger.machine.is_early(tx, at)
        outcome = ledger.machine.finalize_block(height, at, txs)
        digest.update(outcome.app_hash)
        for result in outcome.results:
            digest.update(bytes((result.code, len(result.data))) + result.data)
    assert digest.digest() == run(blocks)
