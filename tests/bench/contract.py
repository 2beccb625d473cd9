"""The contract in one process: ``publish`` statements a second, each of one page (DESIGN §14: >= 3 000).

``finalize`` is a block whose statements were never seen before (a node that replays or was asleep), so each
signature is checked there. ``check and finalize`` is the usual way: CheckTx first, then the block, which
remembers the verdict. Peer: the bare Ed25519 verification of the same statements in the same run. Of a market:
``commit`` (two signatures each, one within the other) and ``reveal``, CheckTx and block, 400 households.
"""

from __future__ import annotations

import statistics
import time

from ohmstead.contract.machine import Machine
from ohmstead.core import keys
from ohmstead.core.codec import encode
from ohmstead.core.cose import peek1
from ohmstead.core.statements import aad
from ohmstead.market.orders import Order, Side, Step
from ohmstead.village.consortium import RETAIL
from ohmstead.village.traders import homes_of
from tests.bench._market import Ledger as MarketLedger
from tests.contract.rig import CERTIFIER, FIRST_HOUR, Commission, Ledger, Meter, certificate, key

METERS = 400
HOURS = 8
RUNS = 5
BUDGET = 3000


def _make() -> tuple[Ledger, list[Meter], list[list[bytes]]]:
    """A ledger with its meters, and blocks of one page from each of them."""
    ledger = Ledger()
    meters = [Meter(key(f"meter {i}"), ledger.hash) for i in range(METERS)]
    txs = []
    for i, meter in enumerate(meters):
        txs.append(ledger.sign(CERTIFIER, certificate(meter.key)))
        txs.append(ledger.sign(CERTIFIER, Commission(meter.id, b"%016d" % i, "test-utc", FIRST_HOUR)))
    assert not any(r.code for r in ledger.block(*txs).results)
    blocks = [[ledger.sign(m.key, m.publish(1)) for m in meters] for _ in range(HOURS)]
    return ledger, meters, blocks


def _fresh(ledger: Ledger) -> Machine:
    """A machine with the ledger's present state and nothing remembered."""
    machine = Machine(ledger.genesis)
    machine.restore(ledger.height, ledger.time_s, ledger.machine.state.snapshot())
    return machine


def _run(ledger: Ledger, blocks: list[list[bytes]], *, check: bool) -> float:
    """Statements a second."""
    machine = _fresh(ledger)
    began = time.perf_counter()
    for i, txs in enumerate(blocks):
        if check:
            assert not any(machine.check_tx(tx).code for tx in txs)
        outcome = machine.finalize_block(2 + i, (FIRST_HOUR + i + 1) * 3600, txs)
        assert not any(r.code for r in outcome.results)
    return len(blocks) * len(blocks[0]) / (time.perf_counter() - began)


def _bare(ledger: Ledger, meters: list[Meter], blocks: list[list[bytes]]) -> float:
    """Signatures a second, with nothing around them."""
    work = []
    for txs in blocks:
        for meter, tx in zip(meters, txs, strict=True):
            parts = peek1(tx)
            message = encode(["Signature1", parts.protected, aad(ledger.hash), parts.payload])
            work.append((meter.key.public, message, parts.signature))
    began = time.perf_counter()
    assert all(keys.verify(*item) for item in work)
    return len(work) / (time.perf_counter() - began)


def _market() -> tuple[MarketLedger, list[tuple[int, list[bytes]]]]:
    """A market with its households, and what comes next: commits for four slots, a gate, reveals of one."""
    first = FIRST_HOUR * 4
    ledger = MarketLedger("UTC", first, homes_of(METERS, 1))
    orders = {slot: Order(Side.BUY, (Step(slot - first, RETAIL),)) for slot in range(first + 1, first + 5)}
    commits = [home.commit(slot, order) for slot, order in orders.items() for home in ledger.villagers]
    reveals = [home.reveal(first + 1, orders[first + 1]) for home in ledger.villagers]
    return ledger, [((first - 1) * 900, commits), (first * 900, []), (first * 900 + 180, reveals)]


def _market_run(ledger: MarketLedger, blocks: list[tuple[int, list[bytes]]]) -> tuple[float, float]:
    """(commits, reveals) a second, checked and then run in a block."""
    machine = Machine(ledger.genesis)
    machine.restore(ledger.machine.height, ledger.machine.time_s, ledger.machine.state.snapshot())
    rates = []
    for time_s, txs in blocks:
        began = time.perf_counter()
        assert not any(machine.check_tx(tx).code for tx in txs)
        outcome = machine.finalize_block(machine.height + 1, time_s, txs)
        assert not any(r.code for r in outcome.results)
        rates.append(len(txs) / (time.perf_counter() - began))
    return rates[0], rates[2]


def run() -> dict[str, object]:
    """Medians of runs in turn; statements a second, and microseconds besides the signature."""
    ledger, meters, blocks = _make()
    cold, usual, bare = [], [], []
    for _ in range(RUNS):
        bare.append(_bare(ledger, meters, blocks))
        cold.append(_run(ledger, blocks, check=False))
        usual.append(_run(ledger, blocks, check=True))
    market, parts = _market()
    commits, reveals = zip(*(_market_run(market, parts) for _ in range(RUNS)), strict=True)
    rates = {n: statistics.median(r) for n, r in (("cold", cold), ("usual", usual), ("bare", bare))}
    return {
        "statements": METERS * HOURS,
        "finalize_per_s": round(rates["cold"]),
        "check_and_finalize_per_s": round(rates["usual"]),
        "bare_signatures_per_s": round(rates["bare"]),
        "us_besides_signature": round(1e6 / rates["cold"] - 1e6 / rates["bare"], 1),
        "market_commits_per_s": round(statistics.median(commits)),
        "market_reveals_per_s": round(statistics.median(reveals)),
        "budget_per_s": BUDGET,
        "ok": rates["cold"] >= BUDGET,
    }


if __name__ == "__main__":
    print(run())
