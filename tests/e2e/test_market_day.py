"""A market's past replayed by two processes, ledger and simulated households, each killed again and again.

Both are killed (SIGKILL) at seeded instants of the replay, one or both at a time, and started again. Such a
replay waits for its traders, so nothing may be missing and nothing forfeited. Live, time does not wait: homes
that are dead through a whole reveal window forfeit what they sealed, whoever else keeps running; homes that are
dead while a slot is open have no order in it, and lose nothing.
"""

from __future__ import annotations

import asyncio
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState
from ohmstead.contract.invariants import check_money
from ohmstead.contract.machine import Machine
from ohmstead.contract.overlay import SALE
from ohmstead.contract.parameters import MarketParameters, Reference
from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.core.market_statements import MARKET_BODIES, CommitOrder, Deliver, RevealOrder
from ohmstead.core.slots import slot_at
from ohmstead.core.statements import parse
from ohmstead.ledger.block import Header
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.statetree import State
from ohmstead.market.records import BookLeaf, SlotRecord
from ohmstead.meter.sources.choose import Outline
from ohmstead.node.client import NodeClient, NodeUnreachable
from ohmstead.node.store import BlockRow, NodeStore
from ohmstead.village.admission import admit_households
from ohmstead.village.asking import look
from ohmstead.village.consortium import Consortium, load_or_found
from ohmstead.village.process import simulated
from tests.helpers.meter import CHANNELS
from tests.helpers.village import environment

HOMES, HOURS = 6, 12
#: Who dies, in this order, spread over the replay.
KILLS = (("village",), ("node",), ("node", "village"), ("village",), ("node",), ("node", "village"))


def founded(folder: Path) -> tuple[Consortium, Outline, int]:
    """A consortium whose market began some hours ago; its outline, and the market's first slot."""
    first = slot_at(int(time.time())) - 4 * HOURS
    outline = Outline("made up", "Europe/Rome", CHANNELS, (first - 40) // 4 * 4, 4 * 24)
    made = load_or_found(folder / "consortium", outline, with_market=True)
    state = AppState.from_cbor(made.genesis.app_state)
    prices = (Reference(first, 80_000, 300_000, 12_000),)
    market = MarketParameters(first, prices, made.treasury.public, reveal_blocks=3)
    fixed = AppState(
        state.zones, state.governance, state.certifiers, state.quotas, state.replay, state.note, market
    )
    was = made.genesis
    genesis = GenesisDocument(was.chain_id, was.genesis_time_ns, was.validators, fixed.to_cbor())
    (folder / "consortium" / "genesis.cbor").write_bytes(genesis.to_cbor())
    return load_or_found(folder / "consortium", None), outline, first


@dataclass
class Machines:
    """The two processes. ``start`` what is not running; ``kill`` at once; ``end`` always."""

    folder: Path
    port: int = 0
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        if name in self.running:
            return
        consortium = self.folder / "consortium"
        of = {
            "node": ["--data", self.folder / "node", "--genesis", consortium / "genesis.cbor", "--replay",
                     "--paced", "--port", self.port],
            "village": ["--consortium", consortium, "--data", self.folder / "village", "--node", self.url,
                        "--homes", HOMES, "--zone", "Europe/Rome", "--meter", "00" * 16,
                        "--household", "00" * 16],
        }  # fmt: skip
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "ohmstead", "-v", name, *map(str, of[name])],
                stdout=log, stderr=log, env=environment(self.folder / "profile"),
            )  # fmt: skip

    def kill(self, name: str) -> None:
        child = self.running.pop(name)
        assert child.poll() is None, (self.folder / f"{name}.log").read_text()
        child.kill()
        child.wait()

    def end(self) -> None:
        for child in self.running.values():
            child.terminate()
        for child in self.running.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.running.clear()


async def until(client: NodeClient, machines: Machines, clock_s: int | None) -> bool:
    """Whether the replay reached a second; False once it is over. Waits for a node that is starting."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for name, child in machines.running.items():
            assert child.poll() is None, (machines.folder / f"{name}.log").read_text()
        with suppress(NodeUnreachable):
            seen = await look(client)
            if not seen.replaying:
                return False
            if clock_s is not None and seen.clock_s >= clock_s:
                return True
        await asyncio.sleep(0.003)
    raise AssertionError("the replay stands still: " + (machines.folder / "village.log").read_text()[-2000:])


@pytest.mark.processes
async def test_killed_again_and_again_nothing_is_lost_and_nothing_done_twice(tmp_path: Path) -> None:
    chance = random.Random(20_261_127)
    consortium, outline, first = founded(tmp_path)
    params = consortium.market
    assert params is not None
    machines = Machines(tmp_path)
    client = NodeClient(machines.url)
    try:
        machines.start("node")
        await until(client, machines, 0)
        await admit_households(consortium, client, simulated(consortium, HOMES), outline)
        await client.call("ohmstead_advance", to=params.open_s(first))
        machines.start("village")
        begin, span = params.open_s(first), HOURS * 3600
        for n, names in enumerate(KILLS):
            at = begin + span * (n + 1) // (len(KILLS) + 2) + chance.randrange(900)
            assert await until(client, machines, at), "the replay was over before everybody had died"
            await asyncio.sleep(chance.uniform(0, 0.02))
            for name in names:
                machines.kill(name)
            for name in names:
                machines.start(name)
        assert not await until(client, machines, None)
    finally:
        await client.close()
        machines.end()
    with closing(NodeStore(tmp_path / "node" / "chain.sqlite")) as store:
        every_order_once(store, first, consortium)
        replays_to_the_same_hashes(store, consortium.genesis)


def blocks_of(store: NodeStore) -> list[BlockRow]:
    newest = store.newest()
    assert newest is not None
    rows = [store.block(height) for height in range(1, newest.height + 1)]
    return [row for row in rows if row is not None]


def txs_of(row: BlockRow) -> list[bytes]:
    return [as_bytes(tx, "tx") for tx in as_list(decode(row.txs, max_size=64 << 20), "txs")]


def every_order_once(store: NodeStore, first: int, consortium: Consortium) -> None:
    """Every home's order in every slot that was replayed, opened, traded, delivered; and the money is there."""
    sums = check_money(State(store.state()))
    assert sums.credited == HOMES * 60 * 10**9
    assert sums.fee > 0
    assert sums.fund == 0, "an order was sealed and not opened"
    homes = {home.id for home in simulated(consortium, HOMES)}
    records = [SlotRecord.from_bytes(raw) for raw in store.market_records("slot/1", 0)]
    assert len(records) > 4 * (HOURS - 1)
    for place, record in enumerate(records):
        assert (record.slot, record.void, record.fund_nano) == (first + place, False, 0)
        found = store.market_book("slot/1", place)
        assert found is not None
        leaves = [BookLeaf.from_bytes(leaf) for leaf in found[0]]
        assert sorted(leaf.household for leaf in leaves) == sorted(homes)
    newest = first + len(records)
    left = [int.from_bytes(key[:8], "big") for key, _ in State(store.state()).items(SALE) if len(key) == 24]
    assert [slot for slot in left if slot < newest - 4] == [], "sold, and never delivered"
    accepted: Counter[tuple[str, object, bytes]] = Counter()
    for row in blocks_of(store):
        results = as_list(decode(row.results, max_size=64 << 20), "results")
        for tx, result in zip(txs_of(row), results, strict=True):
            signed = parse(tx, MARKET_BODIES)
            body = signed.statement.body
            if as_list(result, "result", 2)[0] != 0:
                continue
            if isinstance(body, CommitOrder):
                accepted[body.TYPE, body.order.slot, body.order.household] += 1
            elif isinstance(body, RevealOrder):
                accepted[body.TYPE, body.slot, body.household] += 1
            elif isinstance(body, Deliver):
                accepted[body.TYPE, body.which, signed.signer] += 1
    assert set(accepted.values()) == {1}


def replays_to_the_same_hashes(store: NodeStore, genesis: GenesisDocument) -> None:
    """The chain's blocks through a fresh machine: the same AppHash after each."""
    machine = Machine(genesis)
    machine.init_chain(genesis)
    for row in blocks_of(store):
        header = Header.from_value(decode(row.header))
        outcome = machine.finalize_block(row.height, header.time_s, txs_of(row), header.proposer_address)
        assert outcome.app_hash == row.app_hash, f"block {row.height}"
