"""A real meter on a virtual air and the app's real central, homes and workers, in one process.

Time jumps (``tests.link.warp``); worker threads are the product's own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ohmstead.link.central import Central
from ohmstead.link.hci import PoweredDevice, device_on
from ohmstead.link.label import Label
from ohmstead.link.virtual.adapter import BumbleAdapter
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.meter.peripheral import Peripheral
from ohmstead.services.homes import Homes
from ohmstead.services.pairing import PairingService
from ohmstead.services.workers import Workers
from tests.helpers.home import MemorySecrets
from tests.helpers.ledger import Ledger
from tests.helpers.meter import Meter
from tests.link.rig import TableFile, quick_keys
from tests.link.warp import run


@dataclass
class Air:
    """One meter on the air and one computer."""

    folder: Path
    link: AirLink
    ledger: Ledger
    meter: Meter
    file: TableFile
    central: Central
    homes: Homes
    secrets: MemorySecrets
    workers: Workers = field(default_factory=Workers)
    peripheral: Peripheral = field(init=False)
    _device: PoweredDevice = field(init=False)
    _controller: VirtualController = field(init=False)

    async def appear(self) -> None:
        """The meter starts, with the peers that it has on disk."""
        self._controller = VirtualController("meter", self.link)
        self._device = await device_on(self._controller, name="meter")
        self.peripheral = Peripheral(
            self._device.device, self.meter.on_air, self.file.table(), self.meter.service
        )
        await self.peripheral.start()

    async def vanish(self) -> None:
        """The meter is switched off: every link ends."""
        await self.peripheral.stop()
        await self._device.close()
        self._controller.leave()

    @property
    def label(self) -> Label:
        return self.peripheral.door.identity.label

    @property
    def pairing(self) -> PairingService:
        return PairingService(self.central, self.homes)

    @asynccontextmanager
    async def another_computer(self, name: str = "other") -> AsyncIterator[tuple[Central, Homes]]:
        """A second device with a profile of its own."""
        adapter = await BumbleAdapter.on_air(self.link, name=name)
        try:
            yield Central(adapter.backend()), Homes(self.folder / name, MemorySecrets())
        finally:
            await adapter.close()


@asynccontextmanager
async def on_air(folder: Path, batches: tuple[int, ...]) -> AsyncIterator[Air]:
    ledger = Ledger(folder)
    meter = Meter(folder, ledger)
    meter.admit()
    if batches:
        meter.publish(*batches)
    air = AirLink()
    secrets = MemorySecrets()
    adapter = await BumbleAdapter.on_air(air, name="computer")
    central, homes = Central(adapter.backend()), Homes(folder / "homes", secrets)
    here = Air(folder, air, ledger, meter, TableFile(), central, homes, secrets)
    await here.appear()
    try:
        yield here
    finally:
        await adapter.close()
        await here.vanish()
        here.workers.close()
        meter.close()
        ledger.close()


def with_air(folder: Path, test: Callable[[Air], Awaitable[None]], *batches: int) -> None:
    """Runs a test on a jumping clock; nothing may be left running."""

    async def main() -> None:
        async with on_air(folder, batches) as here:
            await test(here)

    with quick_keys():
        run(main())
