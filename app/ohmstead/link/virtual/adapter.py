"""A bleak backend over bumble: adapter and scanner. The client is in ``client``.

Here: what an operating system's Bluetooth stack would do for scanning, on a bumble device. Use it through
``BumbleAdapter.backend()``, which names the classes and arguments that bleak takes. Not here: pairing by
the operating system; the link never relies on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid as uuid_module
from collections.abc import Awaitable, Callable
from typing import Any, Literal, cast

from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bumble import hci
from bumble.core import UUID, AdvertisingData
from bumble.device import Advertisement, Connection, ConnectionParametersPreferences

from ohmstead.link.central import Backend
from ohmstead.link.errors import BluetoothOff
from ohmstead.link.hci import PoweredDevice, device_on, open_device
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController

_INTERVAL_MS = 15.0
_COMMAND_S = 5.0
_UUID_LISTS = (
    AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
)


def uuid_text(uuid: UUID) -> str:
    """The 128-bit form that bleak uses: lower case with dashes."""
    return str(uuid_module.UUID(bytes=uuid.to_bytes(force_128=True)[::-1]))


class BumbleAdapter:
    """One computer's Bluetooth adapter, shared by its scanners and clients. One event loop."""

    def __init__(self, powered: PoweredDevice, controller: VirtualController | None = None) -> None:
        self.device = powered.device
        self._connecting = asyncio.Lock()
        self._attempts: set[asyncio.Task[Any]] = set()
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
        # Here, not above: the client needs this module.
        from ohmstead.link.virtual.client import BumbleClient

        return Backend({"backend": BumbleScanner, "adapter_of": self}, {"backend": BumbleClient})

    async def close(self) -> None:
        """Switch off; every connection ends."""
        await self._powered.close()
        for attempt in tuple(self._attempts):
            attempt.cancel()
        await asyncio.gather(*self._attempts, return_exceptions=True)
        if self._controller is not None:
            self._controller.leave()

    def _check(self) -> None:
        if self._powered.lost:
            raise BluetoothOff("the adapter is gone")

    async def reach(self, target: hci.Address, timeout: float) -> Connection:
        """Connect to a device; one attempt at a time. Raises BluetoothOff and what bumble raises.

        A cancelled attempt is called off in the background: bumble must not be left in the middle of it.
        """
        self._check()
        attempt = asyncio.get_running_loop().create_task(self._reach(target, timeout))
        self._attempts.add(attempt)
        attempt.add_done_callback(self._attempts.discard)
        try:
            return await asyncio.shield(attempt)
        except asyncio.CancelledError:
            calling_off = asyncio.get_running_loop().create_task(self._call_off(attempt))
            self._attempts.add(calling_off)
            calling_off.add_done_callback(self._attempts.discard)
            raise

    async def _reach(self, target: hci.Address, timeout: float) -> Connection:
        preferences = ConnectionParametersPreferences(
            connection_interval_min=_INTERVAL_MS, connection_interval_max=_INTERVAL_MS
        )
        async with self._connecting:
            return await self.device.connect(
                target, timeout=timeout, connection_parameters_preferences={hci.Phy.LE_1M: preferences}
            )

    async def _call_off(self, attempt: asyncio.Task[Connection]) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_COMMAND_S):
                call_off: Callable[[], Awaitable[None]] = self.device.cancel_connection  # untyped in bumble
                await call_off()
        with contextlib.suppress(Exception):
            connection = await attempt
            async with asyncio.timeout(_COMMAND_S):
                await connection.disconnect()

    async def watch(self, scanner: BumbleScanner) -> None:
        """Let a scanner hear. Raises BluetoothOff."""
        self._check()
        async with self._scanning:
            self._scanners.add(scanner)
            if not self.device.is_scanning:
                try:
                    async with asyncio.timeout(_COMMAND_S):
                        await self.device.start_scanning(active=False, filter_duplicates=False)
                except Exception as error:
                    self._scanners.discard(scanner)
                    raise BluetoothOff(f"scanning failed: {error!r}") from error

    async def unwatch(self, scanner: BumbleScanner) -> None:
        """Stop scanning when nobody listens any more. Raises BluetoothOff."""
        async with self._scanning:
            self._scanners.discard(scanner)
            if not self._scanners and self.device.is_scanning and not self._powered.lost:
                try:
                    async with asyncio.timeout(_COMMAND_S):
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
