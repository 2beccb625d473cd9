"""The meter as a process: identity, log, publisher, Bluetooth LE, and a small file that says where it stands.

The label (pairing code, QR text, words) goes into the status file because a virtual meter has no housing to
print it on. Thread: the process's loop.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.link.label import Label
from ohmstead.link.noise import StaticKey
from ohmstead.meter.agent_history import MAX_RATING_W
from ohmstead.meter.agent_rows import AgentStore
from ohmstead.meter.agent_service import market_of
from ohmstead.meter.keeper import Identity, Keeper, load_identity
from ohmstead.meter.peers import open_table
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.peripheral_device import meter_on
from ohmstead.meter.peripheral_session import MeterIdentity
from ohmstead.meter.publisher import Publisher
from ohmstead.meter.service import LedgerView, MeterService
from ohmstead.meter.sources.base import Source
from ohmstead.meter.stating_rows import StatingStore
from ohmstead.meter.stating_service import stating_of
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable
from ohmstead.system.files import write_file

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MeterOptions:
    """How a meter runs. ``status`` names a JSON file that is kept up to date.

    ``rating_w`` is what its connection carries, W: the market's bound. ``join`` is the cohort that its owner has
    agreed to at the installation, until he says otherwise.
    """

    data: Path
    source: Callable[[], Source]
    node_url: str
    genesis_hash: bytes
    hci: str
    status: Path | None = None
    pairing_open: bool = False
    rating_w: int = MAX_RATING_W
    join: str | None = None


class MeterProcess:
    """One reference meter. ``press_button`` opens the pairing window for two minutes."""

    def __init__(self, options: MeterOptions) -> None:
        self._options = options
        self._identity: Identity = load_identity(options.data / "identity")
        self._peripheral: Peripheral | None = None
        self._facts: dict[str, object] = {}
        self._pressed = options.pairing_open

    def press_button(self) -> None:
        """The button on the meter's housing."""
        self._pressed = True
        if self._peripheral is not None:
            self._peripheral.open_pairing()

    async def run(self) -> None:
        """Until cancelled, or until the log and the ledger contradict each other."""
        options, identity = self._options, self._identity
        label = Label(
            identity.pairing_secret, identity.discriminator, options.genesis_hash, identity.key.public
        )
        words = await asyncio.to_thread(lambda: label.words)
        self._report(
            public_key=identity.key.public.hex(), meter=identity.meter.hex(), mark=label.mark,
            code=label.code, qr=label.qr_text, words=list(words), sealed=0, due=0, on_air=False,
        )  # fmt: skip
        keeper = Keeper(options.data / "log.sqlite", identity.meter)
        client = NodeClient(options.node_url)
        try:
            genesis = await self._genesis(client, keeper)
            await self._serve(keeper, client, genesis)
        finally:
            await client.close()
            keeper.close()

    async def _genesis(self, client: NodeClient, keeper: Keeper) -> GenesisDocument:
        kept = keeper.fact("genesis")
        while kept is None:
            try:
                document = GenesisDocument.from_cbor(await client.genesis(), self._options.genesis_hash)
                kept = document.to_cbor()
                keeper.keep_fact("genesis", kept)
            except (NodeUnreachable, NodeRefused) as error:
                _log.info("waiting for the ledger: %s", error)
                await asyncio.sleep(0.5)
        return GenesisDocument.from_cbor(kept, self._options.genesis_hash)

    async def _serve(self, keeper: Keeper, client: NodeClient, genesis: GenesisDocument) -> None:
        identity, source = self._identity, self._options.source()
        views: list[LedgerView] = [LedgerView()]
        first_view = asyncio.Event()
        service: MeterService | None = None

        def on_view(view: LedgerView) -> None:
            views[0] = view
            if service is not None:
                service.view = view
            first_view.set()

        publisher = Publisher(
            identity, keeper, source, client, genesis, time.time_ns, on_view,
            lambda sealed, due: self._report(sealed=sealed, due=due),
        )  # fmt: skip
        service = MeterService(keeper, source, views[0], publisher, identity.epoch_root, time.time)
        loop = asyncio.get_running_loop()
        agents = AgentStore(self._options.data / "agent.sqlite")
        stated = StatingStore(self._options.data / "neighbours.sqlite")
        market, agent = market_of(
            identity, keeper, genesis, publisher.follower, client, agents, source.channels,
            self._options.rating_w, time.time_ns,
        )  # fmt: skip
        neighbours, stater = stating_of(
            identity, keeper, genesis, publisher.follower, client, stated, source.channels, time.time_ns
        )
        service.parts += [market, neighbours]
        if stater is not None and stater.wish is None and self._options.join is not None:
            stater.join(self._options.join)
        publishing = loop.create_task(publisher.run(), name="publisher")
        working = {publishing}
        if agent is not None:
            working.add(loop.create_task(agent.run(), name="agent"))
        if stater is not None:
            working.add(loop.create_task(stater.run(), name="stater"))
        waiting = loop.create_task(first_view.wait())
        try:
            await asyncio.wait({*working, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                await _first_ended(working)
            on_air = MeterIdentity(
                identity.key,
                StaticKey.from_private(identity.static_secret),
                identity.meter,
                genesis.genesis_hash,
                publisher.certificate,
                identity.pairing_secret,
                identity.discriminator,
            )
            peers = open_table(self._options.data / "peers")
            async with meter_on(self._options.hci, on_air, peers, service) as peripheral:
                self._peripheral = peripheral
                if self._pressed:
                    peripheral.open_pairing()
                self._report(on_air=True, sealed=keeper.size)
                await _first_ended(working)
        finally:
            for task in (*working, waiting):
                task.cancel()
            await asyncio.gather(*working, waiting, return_exceptions=True)
            agents.close()
            stated.close()

    def _report(self, **facts: object) -> None:
        self._facts |= facts
        if self._options.status is not None:
            write_file(self._options.status, json.dumps(self._facts).encode())


async def _first_ended(tasks: set[asyncio.Task[None]]) -> None:
    """Waits until one of them ends, and raises what ended it: none of them ever ends by itself."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
