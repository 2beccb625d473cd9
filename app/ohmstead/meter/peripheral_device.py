"""A meter on a transport: from a transport's name to a running peripheral.

Here: what ``ohmstead meter --hci`` and the demonstration call. Not here: the peripheral itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from ohmstead.link.hci import open_device
from ohmstead.meter.peers import Peer, PeerTable
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.peripheral_service import MeterService
from ohmstead.meter.peripheral_session import MeterIdentity


@asynccontextmanager
async def meter_on(
    transport_name: str,
    identity: MeterIdentity,
    peers: PeerTable,
    service: MeterService,
    *,
    on_confirmed: Callable[[Peer], Coroutine[Any, Any, None]] | None = None,
) -> AsyncIterator[Peripheral]:
    """A running peripheral behind any bumble transport, such as ``usb:0`` or ``tcp-client:127.0.0.1:9702``.

    Leaves the air at the end. Raises BluetoothOff when the transport cannot be opened.
    """
    powered = await open_device(transport_name, name="meter")
    try:
        peripheral = Peripheral(powered.device, identity, peers, service, on_confirmed=on_confirmed)
        await peripheral.start()
        try:
            yield peripheral
        finally:
            await peripheral.stop()
    finally:
        await powered.close()
