"""A meter and a computer on one virtual air, in this process, on a jumping clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from ohmstead.core.codec import Value
from ohmstead.core.keys import SigningKey
from ohmstead.link.central import Central, MeterLink, Nearby
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.hci import PoweredDevice, device_on
from ohmstead.link.messages import Method
from ohmstead.link.virtual.adapter import BumbleAdapter
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.link.virtual.radio import Radio
from ohmstead.meter.peers import Peer
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.peripheral_session import MeterIdentity
from tests.link.rig import Clock, MemoryStore, TableFile, identity, quick_keys, request, signing_key
from tests.link.warp import run


class Service:
    """A MeterService with little to say."""

    def __init__(self) -> None:
        self.live_readers = 0

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        if method == Method.ABOUT:
            return [int(peer.granted), params]
        if method == Method.BEACON:
            await asyncio.Event().wait()
        raise Refused(RefusalCode.UNSUPPORTED)

    async def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        assert isinstance(params, int)
        for n in range(params):
            yield n.to_bytes(2, "big") * 4000

    async def live(self) -> AsyncIterator[Value]:
        self.live_readers += 1
        try:
            watt = 0
            while True:
                watt += 1
                yield watt
                await asyncio.sleep(1)
        finally:
            self.live_readers -= 1


@dataclass
class Home:
    """One air with one meter and one computer; more may join."""

    air: AirLink
    meter: Peripheral
    meter_device: PoweredDevice
    service: Service
    file: TableFile
    clock: Clock
    confirmed: list[Peer]
    central: Central
    adapter: BumbleAdapter
    store: MemoryStore = field(default_factory=MemoryStore)

    async def nearby(self, *, pairing_open: bool | None = None) -> Nearby:
        return await self.central.find(self.meter.door.identity.discriminator, pairing_open=pairing_open)

    async def pair(self, name: str = "device", **changes: object) -> MeterLink:
        self.meter.open_pairing()
        asked = request(self.meter.door.identity.label, device_key=signing_key(name), **changes)
        return await self.central.pair(await self.nearby(pairing_open=True), asked, self.store)

    async def resume(self, link: MeterLink) -> MeterLink:
        return await self.central.resume(await self.nearby(), link.pairing, self.store)

    @contextlib.asynccontextmanager
    async def another_computer(self) -> AsyncIterator[Central]:
        adapter = await BumbleAdapter.on_air(self.air, name="other")
        try:
            yield Central(adapter.backend())
        finally:
            await adapter.close()


@contextlib.asynccontextmanager
async def home(
    radio: Radio | None = None, who: MeterIdentity | None = None, **options: object
) -> AsyncIterator[Home]:
    air = AirLink(radio)
    controller = VirtualController("meter", air)
    device = await device_on(controller, name="meter")
    file, clock, service = TableFile(), Clock(), Service()
    confirmed: list[Peer] = []

    async def on_confirmed(peer: Peer) -> None:
        confirmed.append(peer)

    meter = Peripheral(
        device.device,
        who or identity(),
        file.table(),
        service,
        clock=clock,
        on_confirmed=on_confirmed,
        **options,
    )
    await meter.start()
    adapter = await BumbleAdapter.on_air(air, name="computer")
    try:
        yield Home(air, meter, device, service, file, clock, confirmed, Central(adapter.backend()), adapter)
    finally:
        await adapter.close()
        await meter.stop()
        await device.close()
        controller.leave()


def at_home(
    test: Callable[[Home], Awaitable[None]],
    radio: Radio | None = None,
    **options: object,
) -> None:
    """Run a test with a fresh home; nothing may be left running."""

    async def main() -> None:
        async with home(radio, **options) as here:
            await test(here)

    with quick_keys():
        run(main())


def device_key(name: str) -> SigningKey:
    return signing_key(name)
