"""What every user of bumble here needs: a device on a transport, and patience with its queue.

Used by the meter's peripheral (always bumble) and by the virtual radio's central. Not here: GATT, the
virtual air.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from dataclasses import dataclass

from bumble import hci
from bumble.controller import Controller
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.host import DataPacketQueue, Host
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink, Transport

from ohmstead.link.errors import BluetoothOff, LinkLost

#: Packets kept ready behind those the controller holds, so that it never waits for the host.
_READY = 8
_OPEN_TIMEOUT_S = 10.0
_LOOK_S = 0.25


@dataclass(frozen=True, slots=True)
class PoweredDevice:
    """A powered bumble device and the transport that it owns, if any."""

    device: Device
    transport: Transport | None

    @property
    def lost(self) -> bool:
        """Whether the transport has gone: commands would wait for answers that never come."""
        return self.transport is not None and self.transport.source.terminated.done()

    async def close(self) -> None:
        """Switch off and let go of the transport. Idempotent; never raises for a transport that is gone."""
        if not self.lost:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(2):
                    await self.device.power_off()
        if self.transport is not None:
            with contextlib.suppress(Exception):
                await self.transport.close()


def _configuration(name: str, address: str | None) -> DeviceConfiguration:
    configuration = DeviceConfiguration(
        name=name,
        address=hci.Address(address) if address else hci.Address.generate_static_address(),
    )
    # bumble's default identity key is 16 zero bytes.
    configuration.irk = secrets.token_bytes(16)
    return configuration


async def open_device(transport_name: str, *, name: str, address: str | None = None) -> PoweredDevice:
    """A powered device behind any bumble transport (``usb:0``, ``tcp-client:127.0.0.1:9701``...).

    ``address`` is a static random address; by default a new one. Raises BluetoothOff when the transport
    cannot be opened or does not answer.
    """
    try:
        async with asyncio.timeout(_OPEN_TIMEOUT_S):
            transport = await open_transport(transport_name)
    except Exception as error:
        raise BluetoothOff(f"{transport_name} could not be opened: {error!r}") from error
    device = Device.from_config_with_hci(_configuration(name, address), transport.source, transport.sink)
    powered = PoweredDevice(device, transport)
    try:
        async with asyncio.timeout(_OPEN_TIMEOUT_S):
            await device.power_on()
    except Exception as error:
        await powered.close()
        raise BluetoothOff(f"{transport_name} does not answer: {error!r}") from error
    return powered


async def device_on(controller: Controller, *, name: str, address: str | None = None) -> PoweredDevice:
    """A powered device on a controller in this process."""
    device = Device(config=_configuration(name, address), host=Host(controller, AsyncPipeSink(controller)))
    await device.power_on()
    return PoweredDevice(device, None)


async def room_to_send(connection: Connection) -> None:
    """Wait until the controller can take more of this connection's data. Raises LinkLost when it has ended.

    bumble queues without bound and never blocks; what is queued cannot be taken back or overtaken.
    """
    device = connection.device
    while True:
        if device.connections.get(connection.handle) is not connection:
            raise LinkLost("disconnected")
        queue: DataPacketQueue | None = device.host.get_data_packet_queue(connection.handle)
        if queue is None or queue.pending < queue.max_in_flight + _READY:
            return
        flowed = asyncio.Event()
        wake = flowed.set
        queue.once("flow", wake)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_S):
                await flowed.wait()
        with contextlib.suppress(KeyError):  # it has fired
            queue.remove_listener("flow", wake)
