"""A bleak backend over bumble: the client.

Here: connect, discover, read, write, notify, as an operating system's stack does them. Descriptors other
than the one for notifications, and pairing, are refused: the link uses neither.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from bleak.assigned_numbers import gatt_char_props_to_strs
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError
from bumble import att, core, hci
from bumble.device import Connection, Peer
from bumble.gatt_client import CharacteristicProxy, DescriptorProxy, ServiceProxy

from ohmstead.link.errors import LinkLost
from ohmstead.link.hci import room_to_send
from ohmstead.link.virtual.adapter import BumbleAdapter, uuid_text

_T = TypeVar("_T")
_PREFERRED_MTU = 517  # what Linux and Windows ask for
_END_S = 2.0


class BumbleClient(BaseBleakClient):
    """bleak's client on the adapter that found the device."""

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        *,
        disconnected_callback: Callable[[], None] | None = None,
        timeout: float = 30.0,
        services: set[str] | None = None,
        **_: Any,
    ) -> None:
        super().__init__(address_or_ble_device, disconnected_callback=disconnected_callback, timeout=timeout)
        if not isinstance(address_or_ble_device, BLEDevice):
            raise BleakError("this backend connects to devices that its scanner has found")
        self._bumble: BumbleAdapter = address_or_ble_device.details[0]
        self._target: hci.Address = address_or_ble_device.details[1]
        self._name = address_or_ble_device.name or ""
        self._wanted = services
        self._connection: Connection | None = None
        self._peer: Peer | None = None
        self._subscribers: dict[int, Callable[[bytes], None]] = {}

    @property
    def name(self) -> str:
        """bleak's contract."""
        return self._name

    @property
    def mtu_size(self) -> int:
        """The negotiated ATT MTU."""
        return self._connection.att_mtu if self._connection is not None else 23

    @property
    def is_connected(self) -> bool:
        """bleak's contract."""
        return self._connection is not None

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        """Connect and discover. Raises BleakDeviceNotFoundError, BleakError."""
        if self._connection is not None:
            raise BleakError("already connected")
        timeout = float(kwargs.get("timeout", self._timeout))
        connection = await self._reach(timeout)
        self._connection = connection
        connection.on(connection.EVENT_DISCONNECTION, self._ended)
        try:
            async with asyncio.timeout(timeout):
                if self._bumble.device.connections.get(connection.handle) is not connection:
                    raise BleakError("the connection failed to be established")
                self._peer = Peer(connection)
                await self._ask(lambda peer: peer.request_mtu(_PREFERRED_MTU))
                await self._discover()
        except BaseException as error:
            await self.disconnect()
            if isinstance(error, hci.HCI_Error | core.BaseBumbleError | TimeoutError):
                raise BleakError(f"connection failed: {error!r}") from error
            raise

    async def _reach(self, timeout: float) -> Connection:
        try:
            return await self._bumble.reach(self._target, timeout)
        except (core.TimeoutError, TimeoutError) as error:
            raise BleakDeviceNotFoundError(self.address, f"{self.address} was not reached") from error
        except (hci.HCI_Error, core.BaseBumbleError, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and _cancelling():
                raise
            raise BleakError(f"connection failed: {error!r}") from error

    async def disconnect(self) -> None:
        """bleak's contract; idempotent."""
        if self._connection is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_END_S):
                    await self._connection.disconnect()
        self._ended(0)

    def _ended(self, _reason: int) -> None:
        if self._connection is None:
            return
        self._connection = self._peer = self.services = None
        self._subscribers.clear()
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        """Not offered: bleak's interface asks for it, the link never relies on it (protocol/link)."""
        raise NotImplementedError("pairing by the operating system is not used")

    async def unpair(self) -> None:
        """Not offered, as ``pair``."""
        raise NotImplementedError("pairing by the operating system is not used")

    async def _discover(self) -> None:
        found = BleakGATTServiceCollection()
        for service in await self._ask(lambda peer: peer.discover_services()):
            uuid = uuid_text(service.uuid)
            if self._wanted and uuid not in self._wanted:
                continue
            bleak_service = BleakGATTService(service, service.handle, uuid)
            found.add_service(bleak_service)
            for item in await self._ask(partial(_characteristics_of, service)):
                characteristic = BleakGATTCharacteristic(
                    item,
                    item.handle,
                    uuid_text(item.uuid),
                    list(gatt_char_props_to_strs(item.properties)),
                    lambda: self.mtu_size - 3,
                    bleak_service,
                )
                found.add_characteristic(characteristic)
                for entry in await self._ask(partial(_descriptors_of, item)):
                    found.add_descriptor(
                        BleakGATTDescriptor(entry, entry.handle, uuid_text(entry.type), characteristic)
                    )
        self.services = found

    async def _ask(self, operation: Callable[[Peer], Awaitable[_T]]) -> _T:
        """One ATT operation, its failures in bleak's terms."""
        if self._peer is None:
            raise BleakError("not connected")
        try:
            return await operation(self._peer)
        except att.ATT_Error as error:
            raise BleakGATTProtocolError(error.error_code) from error
        except (LinkLost, core.BaseBumbleError) as error:
            raise BleakError(f"disconnected: {error!r}") from error
        except asyncio.CancelledError:
            # bumble cancels what waits for an answer when the link ends; our own cancellation goes on.
            if _cancelling():
                raise
            raise BleakError("disconnected") from None

    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **kwargs: Any) -> bytearray:
        """bleak's contract."""
        return bytearray(await self._ask(lambda peer: peer.read_value(characteristic.obj)))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: Any, response: bool
    ) -> None:
        """bleak's contract. Without response, returns when the controller has room for the next."""
        value = bytes(data)
        if not response and len(value) > self.mtu_size - 3:
            raise BleakError(f"{len(value)} bytes do not fit a write without response")

        async def write(peer: Peer) -> None:
            if not response:
                await room_to_send(peer.connection)
            await peer.write_value(characteristic.obj, value, with_response=response)

        await self._ask(write)

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        """bleak's contract."""

        def subscriber(value: bytes) -> None:
            callback(bytearray(value))

        self._subscribers[characteristic.handle] = subscriber
        await self._ask(lambda peer: peer.subscribe(characteristic.obj, subscriber))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """bleak's contract."""
        subscriber = self._subscribers.pop(characteristic.handle, None)
        if self._peer is not None and subscriber is not None:
            await self._ask(lambda peer: peer.unsubscribe(characteristic.obj, subscriber))

    async def read_gatt_descriptor(self, descriptor: BleakGATTDescriptor, **kwargs: Any) -> bytearray:
        """Not offered: bleak's interface asks for it, our service has no descriptor of its own."""
        raise NotImplementedError("descriptors are not used")

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: Any) -> None:
        """Not offered: bleak's interface asks for it, our service has no descriptor of its own."""
        raise NotImplementedError("descriptors are not used")


async def _characteristics_of(service: ServiceProxy, peer: Peer) -> list[CharacteristicProxy[bytes]]:
    return await peer.discover_characteristics(service=service)


async def _descriptors_of(item: CharacteristicProxy[bytes], peer: Peer) -> list[DescriptorProxy]:
    found: list[DescriptorProxy] = await peer.discover_descriptors(item)
    return found


def _cancelling() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
