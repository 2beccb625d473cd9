"""A bleak backend over bumble: adapter and scanner. The client is in ``client``.

Here: what an operating system's Bluetooth stack would do for scanning, on a bumble device. Use it through
``BumbleAdapter.backend()``, which names the classes and arguments that bleak takes. Not here: pairing by
the operating system; the link never relies on it.
"""

from __future__ import annotations

import asyncio
from typing import Any, Literal, cast

from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bumble.core import UUID, AdvertisingData
from bumble.device import Advertisement

from ohmstead.link.central import Backend
from ohmstead.link.errors import BluetoothOff
from ohmstead.link.hci import PoweredDevice, device_on, open_device
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController

_UUID_LISTS = (
    AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
)


def uuid_text(uuid: UUID) -> str:
    """The 128-bit form that bleak uses: lower case with dashes."""
    return UUID.from_bytes(uuid.to_bytes(force_128=True)).to_hex_str("-").lower()


class BumbleAdapter:
    """One computer's Bluetooth adapter, shared by its scanners and clients. One event loop.

    ``connecting`` is held while a connection is being made: a controller makes one at a time.
    """

    def __init__(self, powered: PoweredDevice, controller: VirtualController | None = None) -> None:
        self.device = powered.device
        self.connecting = asyncio.Lock()
        self._powered = powered
        self._controller = controller
        self._scanners: set[BumbleScanner] = set()
        self._scanning = asyncio.Lock()
        self.device.on(self.device.EVENT_ADVERTISEMENT, self._heard)

    @classmethod
    async def open(cls, transport_name: str, *, name: str = "central") -> BumbleAdapter:
        """An adapter behind a bumble transport. Raises BluetoothOff."""
        return cls(await open_device(transport_name, name=name))

    @classmethod
    async def on_air(cls, air: AirLink, *, name: str = "central") -> BumbleAdapter:
        """An adapter with a virtual controller in this process."""
        controller = VirtualController(name, air)
        return cls(await device_on(controller, name=name), controller)

    def backend(self) -> Backend:
        """For ``Central``."""
        from ohmstead.link.virtual.client import BumbleClient

        return Backend({"backend": BumbleScanner, "adapter_of": self}, {"backend": BumbleClient})

    async def close(self) -> None:
        """Switch off; every connection ends."""
        await self._powered.close()
        if self._controller is not None:
            self._controller.leave()

    async def watch(self, scanner: BumbleScanner) -> None:
        """Let a scanner hear."""
        async with self._scanning:
            self._scanners.add(scanner)
            if not self.device.is_scanning:
                try:
                    async with asyncio.timeout(5):
                        await self.device.start_scanning(active=False, filter_duplicates=False)
                except Exception as error:
                    self._scanners.discard(scanner)
                    raise BluetoothOff(f"scanning failed: {error!r}") from error

    async def unwatch(self, scanner: BumbleScanner) -> None:
        """Stop scanning when nobody listens any more."""
        async with self._scanning:
            self._scanners.discard(scanner)
            if not self._scanners and self.device.is_scanning:
                try:
                    async with asyncio.timeout(5):
                        await self.device.stop_scanning()
                except Exception as error:
                    raise BluetoothOff(f"scanning failed: {error!r}") from error

    def _heard(self, advertisement: Advertisement) -> None:
        for scanner in tuple(self._scanners):
            scanner.heard(advertisement)


class BumbleScanner(BaseBleakScanner):
    """bleak's scanner on a BumbleAdapter."""

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: Literal["active", "passive"] = "active",
        *,
        adapter_of: BumbleAdapter,
        **_: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._bumble = adapter_of

    async def start(self) -> None:
        """bleak's contract."""
        self.seen_devices = {}
        await self._bumble.watch(self)

    async def stop(self) -> None:
        """bleak's contract."""
        await self._bumble.unwatch(self)

    def heard(self, advertisement: Advertisement) -> None:
        """One advertisement from the adapter."""
        data = advertisement.data
        groups = cast("list[list[UUID]]", [group for kind in _UUID_LISTS for group in data.get_all(kind)])
        uuids = [uuid_text(uuid) for group in groups for uuid in group]
        if not self.is_allowed_uuid(uuids):
            return
        makers = data.get_all(AdvertisingData.Type.MANUFACTURER_SPECIFIC_DATA)
        found = AdvertisementData(
            local_name=None,
            manufacturer_data={int(company): bytes(value) for company, value in makers},
            service_data={},
            service_uuids=uuids,
            tx_power=None,
            rssi=advertisement.rssi,
            platform_data=(advertisement,),
        )
        address = advertisement.address
        device = self.create_or_update_device(
            str(address), address.to_string(False), None, (self._bumble, address), found
        )
        self.call_detection_callbacks(device, found)
