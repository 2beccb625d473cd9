"""A market day in one process: 96 slots, 40 homes, 480 blocks of three minutes, no requests and no disk.

Made once with real signatures; then the same blocks go through fresh machines, as a node takes them (CheckTx of
each transaction, then the block) and as one that replays does (the block alone). Where the time goes, per
transaction: Ed25519 alone over the same messages, the state's trees, and all the rest, which is the contract:
taking apart, rules, due work, auctions. ``ok``: every
replay comes to the same AppHash, and invariant 0 holds.
"""

from __future__ import annotations

import statistics
import time

from ohmstead.contract.invariants import check_money
from ohmstead.contract.machine import Machine
from ohmstead.contract.signers import inner_of
from ohmstead.core import keys
from ohmstead.core.codec import encode
from ohmstead.core.cose import Sign1
from ohmstead.core.market_statements import MARKET_BODIES
from ohmstead.core.statements import aad, parse
from ohmstead.ledger.statetree import Changes, State
from ohmstead.village.traders import Margin, homes_of, net_wh, order_of
from tests.bench._market import Ledger, walk

HOMES, SLOTS, SEED = 40, 96, 1
FIRST_SLOT = 20_640 * 96
RUNS = 3


class _Timed(State):
    """A state that knows how long its trees took."""

    spent = 0.0

    def apply(self, changes: Changes) -> None:
        began = time.perf_counter()
        super().apply(changes)
        self.spent += time.perf_counter() - began


def made() -> tuple[Ledger, float]:
    """The day, traded; and the seconds spent making and signing orders."""
    ledger = Ledger("UTC", FIRST_SLOT, homes_of(HOMES, SEED))
    homes = ledger.homes
    signing = walk(
        ledger,
        range(FIRST_SLOT, FIRST_SLOT + SLOTS),
        lambda i, slot, terms: order_of(homes[i], SEED, slot, terms, Margin()),
        lambda i, sale: net_wh(homes[i], SEED, sale.first),
        lambda _outcome: None,
    )
    return ledger, signing


def replayed(ledger: Ledger, *, check: bool) -> tuple[float, float, bytes]:
    """(seconds, of these in the trees, AppHash) of a fresh machine."""
    machine = Machine(ledger.genesis)
    machine.init_chain(ledger.genesis)
    state = _Timed()
    state.apply(dict(machine.state.snapshot()))
    machine.state, state.spent = state, 0.0
    began = time.perf_counter()
    for height, (time_s, txs, proposer) in enumerate(ledger.blocks, 1):
        if check and height > 3:  # what admits the homes comes in one go
            assert not any(machine.check_tx(tx).code for tx in txs)
        machine.finalize_block(height, time_s, txs, proposer)
    return time.perf_counter() - began, state.spent, machine.state.app_hash


def bare(ledger: Ledger) -> float:
    """Seconds for the bare verification of every signature of the day."""
    public = {}
    for home in ledger.villagers:
        public |= {home.meter.kid: home.meter.public, home.order_key.kid: home.order_key.public}
    work = []

    def add(envelope: Sign1) -> None:
        message = encode(
            ["Signature1", envelope.protected, aad(ledger.genesis.genesis_hash), envelope.payload]
        )
        if envelope.kid in public:
            work.append((public[envelope.kid], message, envelope.signature))

    for _, txs, _ in ledger.blocks:
        for tx in txs:
            signed = parse(tx, MARKET_BODIES)
            add(signed.envelope)
            inner = inner_of(signed.statement.body)
            if inner is not None:
                add(inner.envelope)
    began = time.perf_counter()
    assert all(keys.verify(*item) for item in work)
    return time.perf_counter() - began


def run() -> dict[str, object]:
    """Seconds a day; microseconds a transaction."""
    ledger, signing = made()
    check_money(ledger.machine.state)
    count = sum(len(txs) for _, txs, _ in ledger.blocks)
    node, cold, hashes = [], [], {ledger.machine.state.app_hash}
    signatures = []
    for _ in range(RUNS):
        signatures.append(bare(ledger))
        for runs, check in ((node, True), (cold, False)):
            seconds, trees, app_hash = replayed(ledger, check=check)
            runs.append((seconds, trees))
            hashes.add(app_hash)
    day, trees = sorted(node)[RUNS // 2]
    ed25519 = statistics.median(signatures)
    us = 1e6 / count
    return {
        "homes": HOMES,
        "blocks": len(ledger.blocks),
        "transactions": count,
        "node_s_a_day": round(day, 2),
        "replay_s_a_day": round(sorted(cold)[RUNS // 2][0], 2),
        "making_and_signing_s": round(signing, 2),
        "us_a_transaction": round(day * us, 1),
        "us_signatures": round(ed25519 * us, 1),
        "us_state_trees": round(trees * us, 1),
        "us_contract": round((day - ed25519 - trees) * us, 1),
        "ok": len(hashes) == 1,
    }


if __name__ == "__main__":
    print(run())
