"""A node as a process: folder, keys, clock, block maker, RPC, ready file.

Live: a block as soon as a transaction waits (and one more that proves the state it left), else one every
60 s, so that a head's age means something. Replaying: blocks only through ``ohmstead_advance``, one per hour
of the recorded past, one per three minutes of its market; where the node is paced, not past what the traders have
released (``ohmstead_pace``). Thread: the process's loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from ohmstead.contract.genesis import AppState
from ohmstead.contract.machine import Machine
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.node.clock import BLOCK_EVERY_S, EngineClock
from ohmstead.node.embedded import Engine, EngineError
from ohmstead.node.keys import load_or_make
from ohmstead.node.rpc import Rpc
from ohmstead.node.store import NodeStore
from ohmstead.system.files import write_file

HOST = "127.0.0.1"
_GATHER_S = 0.05
_NANOS = 10**9
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NodeOptions:
    """Where and how a node runs. ``ready`` names a JSON file {port, genesis hash} written when it serves.

    ``paced``: a replay waits where its market, or its neighbours' tally, begins, and from there on for whoever
    takes part.
    """

    data: Path
    genesis: GenesisDocument
    port: int = 0
    replay: bool = False
    ready: Path | None = None
    paced: bool = False


class Node:
    """A running embedded node."""

    def __init__(self, options: NodeOptions) -> None:
        keys = load_or_make(options.data / "validator-keys")
        self.store = NodeStore(options.data / "chain.sqlite")
        self.engine = Engine(options.genesis, keys, Machine(options.genesis), self.store)
        founded = AppState.from_cbor(options.genesis.app_state)
        market, neighbours = founded.market, founded.neighbours
        opens_s = None if market is None else market.open_s(market.first_slot)
        paced_s = opens_s
        if neighbours is not None and opens_s is not None:
            paced_s = min(
                opens_s, *(_first_s(founded, c.zone, neighbours.first_day) for c in neighbours.cohorts)
            )
        self.clock = EngineClock(
            time.time_ns, self.engine.time_ns, replay=options.replay, fine_from_s=opens_s
        )
        self._released_ns = paced_s * _NANOS if options.paced and paced_s is not None else None
        self.store.relaxed(self.clock.replaying)
        self._wake = asyncio.Event()
        self.stopped = asyncio.Event()
        self.engine.on_halt = self.stopped.set
        self.rpc = Rpc(self.engine, self.advance, self._wake.set, lambda: self.clock.replaying, self.pace)

    def pace(self, to_s: int) -> int:
        """Lets a paced replay go on up to a second; what was released stays so. Returns the newest block's time.

        A replay that is not paced needs no release.
        """
        if self._released_ns is not None:
            self._released_ns = max(self._released_ns, to_s * _NANOS)
        return self.engine.time_ns // _NANOS

    def advance(self, to_s: int) -> int:
        """Replays blocks up to a second of the recorded past, all in one transaction; the height reached.

        Of a paced market only what is released.

        The newest state is provable when it returns, if time was left for a block more.
        """
        to_ns = to_s * _NANOS
        if self._released_ns is not None:
            to_ns = min(to_ns, self._released_ns)
        vote_ns = self.clock.step(to_ns)
        if (
            vote_ns is None
        ):  # asked again and again by whoever waits for a paced replay: not worth a transaction
            return self.engine.height
        try:
            with self.store.many():
                while vote_ns is not None:
                    self.engine.step(vote_ns)
                    vote_ns = self.clock.step(to_ns)
        except BaseException:
            self.engine.halt()  # the blocks of this call are in memory and not on disk
            raise
        if not self.clock.replaying:
            self.store.relaxed(False)
            self._wake.set()
        return self.engine.height

    async def failure(self) -> None:
        """Waits until the engine or the block maker stops; raises EngineError then."""
        await self.stopped.wait()
        raise EngineError("the embedded engine stopped; the log says why")

    async def make_blocks(self) -> None:
        """The live block maker; runs until it is cancelled."""
        while True:
            if not self.clock.replaying:
                now = self.clock.now_ns()
                age_s = (now - self.engine.time_ns) / _NANOS
                if self.engine.height == 0 or self.engine.ready or age_s >= BLOCK_EVERY_S:
                    self.engine.step(now)
                    if not self.engine.provable:
                        continue
                    age_s = 0.0
                wait_s = max(0.5, BLOCK_EVERY_S - age_s)
            else:
                wait_s = BLOCK_EVERY_S
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait_s)
                await asyncio.sleep(_GATHER_S)


def _first_s(founded: AppState, zone: str, day: int) -> int:
    """The second at which a zone's local day begins."""
    table = next(z for z in founded.zones if z.name == zone)
    return table.slots_of(day).start * SLOT_SECONDS


@contextlib.asynccontextmanager
async def running(options: NodeOptions) -> AsyncIterator[tuple[Node, int]]:
    """Runs a node; yields it and its port; stops in order: intake, block maker, file."""
    node = Node(options)
    runner = web.AppRunner(node.rpc.application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, HOST, options.port)
    await site.start()
    port = int(runner.addresses[0][1])
    maker = asyncio.get_running_loop().create_task(node.make_blocks(), name="blocks")
    maker.add_done_callback(lambda _: node.stopped.set())
    if options.ready is not None:
        ready = {"port": port, "genesis": options.genesis.genesis_hash.hex()}
        write_file(options.ready, json.dumps(ready).encode())
    _log.info("serving %s on port %d", options.genesis.chain_id, port)
    try:
        yield node, port
    finally:
        await runner.cleanup()
        maker.cancel()
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await maker
        finally:
            node.store.close()


async def serve(options: NodeOptions) -> None:
    """Runs a node until it is cancelled; raises EngineError, or what broke, when no block can follow."""
    async with running(options) as (node, _):
        await node.failure()
