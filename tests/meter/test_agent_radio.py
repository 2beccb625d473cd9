"""Over the virtual radio, with the meter's own publisher and agent: hand, switch the computer off, be paid."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from ohmstead.contract.parameters import end_s
from ohmstead.core.codec import Value, as_list
from ohmstead.core.market_statements import CommitOrder, Deliver, RevealOrder
from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.link.central import Central, MeterLink
from ohmstead.link.errors import Refused
from ohmstead.link.hci import device_on
from ohmstead.link.messages import Method
from ohmstead.link.virtual.adapter import BumbleAdapter
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.meter.agent_rows import Stage
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.publisher import Publisher
from ohmstead.meter.service import MeterService
from ohmstead.meter.sources.recorded import RecordedSource
from tests.helpers.meter import EPOCH_ROOT, recording
from tests.link.rig import MemoryStore, TableFile, quick_keys, request
from tests.link.warp import run
from tests.meter.agent_rig import FEED_IN, RETAIL, Bench, buy, sell

BLOCK_S = 40


class Radio:
    """A bench whose meter is on the air and follows its ledger by itself; blocks come as time goes by."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.store = MemoryStore()
        self.tasks: list[asyncio.Task[None]] = []
        self.central: Central
        self.meter: Peripheral

    def boot(self) -> None:
        """The meter's own publisher, and the agent at its follower."""
        bench, ledger = self.bench, self.bench.ledger
        bench.store.close()
        source = RecordedSource(recording(), "on the air")
        identity = bench.meter.identity
        publisher = Publisher(
            identity, bench.meter.keeper, source, bench.client, ledger.genesis, ledger.wall_ns, lambda view: None
        )  # fmt: skip
        bench.boot()
        bench.agent.ledger._follower = publisher.follower
        publisher.follower.listeners.append(bench.agent.on_head)
        service = MeterService(
            bench.meter.keeper,
            source,
            bench.meter.refresh(),
            publisher,
            EPOCH_ROOT,
            lambda: float(ledger.now_s),
        )
        service.parts.append(bench.market)
        bench.meter.service = service
        loop = asyncio.get_running_loop()
        self.tasks = [loop.create_task(work) for work in (publisher.run(), bench.agent.run(), self._blocks())]

    async def _blocks(self) -> None:
        ledger = self.bench.ledger
        while True:
            await asyncio.sleep(1 if ledger.engine.mempool else 4)
            ledger.step(1 if ledger.engine.mempool else BLOCK_S)
            ledger.prove()

    async def until(self, what: object, time_s: int) -> None:
        """Waits for a stage of the slot's order, or until block time."""
        end = asyncio.get_running_loop().time() + 3000
        while self.bench.ledger.now_s < time_s if what is None else self.bench.stage(self.slot) is not what:
            for task in self.tasks:
                if task.done():
                    task.result()
            assert asyncio.get_running_loop().time() < end, self.bench.store.since(0)
            await asyncio.sleep(0.5)

    @property
    def slot(self) -> int:
        return self.bench.params.first_slot

    async def link(self) -> MeterLink:
        """The computer is switched on and comes near."""
        nearby = await self.central.find(self.meter.door.identity.discriminator)
        assert self.store.newest is not None
        return await self.central.resume(nearby, self.store.newest, self.store)


@contextlib.asynccontextmanager
async def on_air(bench: Bench) -> AsyncIterator[Radio]:
    here = Radio(bench)
    air = AirLink()
    controller = VirtualController("meter", air)
    device = await device_on(controller, name="meter")
    here.boot()
    here.meter = Peripheral(device.device, bench.meter.on_air, TableFile().table(), bench.meter.service)
    await here.meter.start()
    adapter = await BumbleAdapter.on_air(air, name="computer")
    here.central = Central(adapter.backend())
    try:
        here.meter.open_pairing()
        nearby = await here.central.find(here.meter.door.identity.discriminator, pairing_open=True)
        link = await here.central.pair(nearby, request(here.meter.door.identity.label), here.store)
        await link.close()
        yield here
    finally:
        for task in here.tasks:
            task.cancel()
        await asyncio.gather(*here.tasks, return_exceptions=True)
        await adapter.close()
        await here.meter.stop()
        await device.close()
        controller.leave()


def test_the_meter_does_the_rest(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.with_account()
        bench.neighbour("neighbour")
        async with on_air(bench) as here:
            slot, bid = here.slot, buy((400, RETAIL))
            link = await here.link()
            params = bench.handed(slot, sell((3000, FEED_IN)))
            row = as_list(await link.channel.call(Method.HAND, params), "row", 9)
            assert row[:2] == [0, slot]
            with pytest.raises(Refused) as caught:
                await link.channel.call(Method.HAND, bench.handed(slot, sell((6000, FEED_IN)), 2))
            assert caught.value.detail == b"OVER_MAXIMUM"
            # The computer is switched off. Everything from here on is the meter's.
            await link.close()
            assert here.meter.links == ()
            await here.until(Stage.ON_LEDGER, 0)
            assert not bench.recorded(RevealOrder)
            bench.neighbour_commits("neighbour", slot, bid)
            await here.until(Stage.REVEALED, 0)
            bench.neighbour_reveals("neighbour", slot, bid)
            await here.until(Stage.CLEARED, 0)
            # Switched on in between: the same order's row, as far as the meter saw it.
            link = await here.link()
            (shown,) = as_list(await link.channel.call(Method.ORDERS, [0]), "rows", 1)
            assert as_list(shown, "row", 9)[4:6] == [int(Stage.CLEARED), "FILLED"]
            items: list[Value] = [i async for i in link.channel.stream(Method.BOOK, ["slot/1", 0])]
            assert len(items) == 3
            await link.close()
            await here.until(Stage.DELIVERED, 0)
            assert bench.ledger.now_s >= end_s(slot) // HOUR_SECONDS * HOUR_SECONDS
            assert bench.recorded(Deliver) == [Deliver(slot, min(400, bench.measured(slot)))]
            assert [r.outcome for r in bench.results()] == ["filled", "settled"]
            assert len(bench.recorded(CommitOrder)) == 1
            # A handful of sends, not one with every look.
            assert len(bench.sent) < 40
            notes = [n async for n in (await here.link()).channel.stream(Method.NOTES, [0])]
            leaves = as_list(as_list(notes[0], "item", 2)[1], "leaves")
            assert cast("list[bytes]", leaves) == bench.ledger.store.household_notes(bench.home, 0, 100)

    async def main() -> None:
        bench = Bench(tmp_path)
        try:
            await test(bench)
        finally:
            bench.close()

    with quick_keys():
        run(main())
