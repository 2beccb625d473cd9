"""The app's end of the radio: find meters, connect, pair, come back. On bleak, on every platform.

Here: scanning, connecting with retries, the pipe over GATT, and every platform's failures as ours. Not
here: the handshakes (``pairing``), what is asked afterwards (``services``). All calls belong to one event
loop, the ``io`` thread's. Nothing here waits without a limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bleak import BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDeviceNotFoundError,
    BleakError,
)

from ohmstead.core.codec import Value
from ohmstead.link.channel import Channel, Handler
from ohmstead.link.errors import (
    BluetoothOff,
    LinkError,
    LinkLost,
    NoPermission,
    NotFound,
    Refused,
)
from ohmstead.link.frames import segment_size
from ohmstead.link.gatt import COMPANY, INFO, RX, SERVICE, TX, Advertised
from ohmstead.link.messages import Method
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Linked, Pairing, PairingStore, PairRequest, pair, resume
from ohmstead.link.pipe import Pipe
from ohmstead.link.secure import MAX_HANDSHAKE_RECORD

SCAN_S = 5.0
FIND_S = 15.0
#: How long to listen for another device with the mark once one was not the meter.
NEXT_S = 3.0
CONNECT_S = 20.0
STEP_S = 10.0
CONNECT_TRIES = 3
_END_S = 5.0
_RETRY_S = 0.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backend:
    """Keyword arguments for bleak's scanner and client; empty for the platform's own radio."""

    scanner: Mapping[str, Any] = field(default_factory=dict)
    client: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A meter that advertises, as far as advertising tells. ``handle`` is bleak's, for ``Central`` alone."""

    mark: str
    discriminator: int
    pairing_open: bool
    rssi: int
    handle: BLEDevice = field(repr=False)

    @property
    def address(self) -> str:
        """What the platform calls it; changes, identifies nothing, is for logs."""
        return self.handle.address


class MeterLink:
    """A session with a meter: ask through ``channel``, end with ``close``."""

    def __init__(self, channel: Channel, pairing: Pairing, end: Callable[[], Any]) -> None:
        self.channel = channel
        self.pairing = pairing
        self._end = end

    async def __aenter__(self) -> MeterLink:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Say goodbye if the link still lives, then disconnect. Idempotent; never raises a link failure."""
        if not self.channel.closed:
            with contextlib.suppress(LinkError):
                await self.channel.call(Method.CLOSE, None, timeout_s=2)
        with contextlib.suppress(LinkError):
            await self.channel.close()
        await self._end()


def _failure(error: Exception) -> LinkError:
    """One of ours for whatever a platform's stack raised."""
    if isinstance(error, LinkError):
        return error
    if isinstance(error, BleakBluetoothNotAvailableError):
        if error.reason in (
            BleakBluetoothNotAvailableReason.DENIED_BY_USER,
            BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM,
            BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN,
        ):
            return NoPermission(str(error))
        return BluetoothOff(str(error))
    if isinstance(error, BleakDeviceNotFoundError):
        return NotFound(str(error))
    text = str(error).lower()
    if isinstance(error, PermissionError) or "accessdenied" in text or "not authorized" in text:
        return NoPermission(str(error))
    if isinstance(error, FileNotFoundError | ConnectionRefusedError) or "powered off" in text:
        return BluetoothOff(str(error))  # no D-Bus socket, no bluetoothd, no adapter
    if "serviceunknown" in text or "no powered bluetooth" in text or "not turned on" in text:
        return BluetoothOff(str(error))
    return LinkLost(f"{type(error).__name__}: {error}")


class Central:
    """This computer's Bluetooth, as far as meters are concerned. One event loop."""

    def __init__(self, backend: Backend | None = None) -> None:
        self._backend = backend if backend is not None else Backend()
        # One connection attempt at a time: two at once abort each other on BlueZ.
        self._connecting = asyncio.Lock()

    # ---- finding -----------------------------------------------------------------------------

    async def scan(
        self, seconds: float = SCAN_S, *, on_found: Callable[[Nearby], None] | None = None
    ) -> tuple[Nearby, ...]:
        """The meters heard, strongest first. ``on_found`` is called on the loop for every change.

        Raises BluetoothOff, NoPermission, LinkLost.
        """
        found: dict[str, Nearby] = {}

        def heard(device: BLEDevice, data: AdvertisementData) -> None:
            nearby = _nearby(device, data)
            if nearby is not None:
                before = found.get(device.address)
                found[device.address] = nearby
                if on_found is not None and (before is None or _said(before) != _said(nearby)):
                    on_found(nearby)

        async with self._scanning(heard):
            await asyncio.sleep(seconds)
        return tuple(sorted(found.values(), key=lambda nearby: -nearby.rssi))

    async def find(
        self,
        discriminator: int,
        seconds: float = FIND_S,
        *,
        pairing_open: bool | None = None,
        but_not: frozenset[str] = frozenset(),
    ) -> Nearby:
        """The first meter heard with this mark, leaving out the addresses of ``but_not``.

        Two meters may share a mark, and anyone can advertise it: only a session tells them apart.

        Raises NotFound, BluetoothOff, NoPermission, LinkLost.
        """
        result: asyncio.Future[Nearby] = asyncio.get_running_loop().create_future()

        def heard(device: BLEDevice, data: AdvertisementData) -> None:
            nearby = _nearby(device, data)
            if nearby is None or nearby.discriminator != discriminator or result.done():
                return
            if nearby.address in but_not:
                return
            if pairing_open is None or nearby.pairing_open is pairing_open:
                result.set_result(nearby)

        async with self._scanning(heard):
            try:
                async with asyncio.timeout(seconds):
                    return await result
            except TimeoutError as error:
                raise NotFound(f"no meter with the mark {discriminator:03X} was heard") from error

    @asynccontextmanager
    async def _scanning(self, heard: Callable[[BLEDevice, AdvertisementData], None]) -> AsyncIterator[None]:
        try:
            scanner = BleakScanner(heard, service_uuids=[SERVICE], **self._backend.scanner)
            async with asyncio.timeout(STEP_S):
                await scanner.start()
        except (BleakError, OSError, TimeoutError, LinkError) as error:
            raise _failure(error) from error
        try:
            yield
        finally:
            with contextlib.suppress(BleakError, OSError, TimeoutError, LinkError):
                async with asyncio.timeout(STEP_S):
                    await scanner.stop()

    # ---- connecting --------------------------------------------------------------------------

    async def _connect(self, nearby: Nearby) -> _Connected:
        """A pipe to the meter and its ``info``. Raises NotFound, LinkLost, BluetoothOff, NoPermission."""
        failure: LinkError = NotFound("not tried")
        for attempt in range(CONNECT_TRIES):
            connected = _Connected(nearby, self._backend)
            try:
                async with self._connecting:
                    await connected.open()
                return connected
            except (BleakError, OSError, TimeoutError, LinkError) as error:
                failure = _failure(error)
                await connected.end()
                if isinstance(failure, BluetoothOff | NoPermission):
                    break
                _log.info("connection attempt %d to %s failed: %s", attempt + 1, nearby.mark, failure)
                await asyncio.sleep(_RETRY_S * (attempt + 1))
            except BaseException:
                await connected.end()
                raise
        raise failure

    async def pair(
        self,
        nearby: Nearby,
        request: PairRequest,
        store: PairingStore,
        *,
        earlier: Pairing | None = None,
        handler: Handler | None = None,
        on_event: Callable[[int, Value], None] | None = None,
    ) -> MeterLink:
        """Pair, with a fresh key. ``earlier`` is a pairing that this computer saved but never saw complete:
        it is tried first, because the meter may have stored it.

        Raises what ``pairing.pair`` raises, and the failures of connecting.
        """
        if earlier is not None:
            try:
                return await self.resume(nearby, earlier, store, handler=handler, on_event=on_event)
            except Refused:
                await store.forget(earlier)
        static = new_static_key()
        connected = await self._connect(nearby)
        return await self._enter(
            connected,
            lambda: pair(connected.pipe, connected.info, request, store, static=static),
            handler,
            on_event,
        )

    async def resume(
        self,
        nearby: Nearby,
        pairing: Pairing,
        store: PairingStore,
        *,
        handler: Handler | None = None,
        on_event: Callable[[int, Value], None] | None = None,
    ) -> MeterLink:
        """Come back to a meter. Raises what ``pairing.resume`` raises, and the failures of connecting."""
        connected = await self._connect(nearby)
        return await self._enter(
            connected, lambda: resume(connected.pipe, connected.info, pairing, store), handler, on_event
        )

    async def come_back(
        self,
        pairing: Pairing,
        store: PairingStore,
        seconds: float = FIND_S,
        *,
        handler: Handler | None = None,
        on_event: Callable[[int, Value], None] | None = None,
    ) -> MeterLink:
        """Find the meter of a pairing and come back to it, whoever else shows its mark.

        Every device with the mark is tried once until one is the meter. Raises the failure of the first
        that answered if none is; NotFound, BluetoothOff, NoPermission.
        """
        tried: frozenset[str] = frozenset()
        first_failure: LinkError | None = None
        while True:
            try:
                nearby = await self.find(
                    pairing.discriminator, seconds if not tried else NEXT_S, but_not=tried
                )
            except NotFound:
                if first_failure is not None:
                    raise first_failure from None
                raise
            try:
                return await self.resume(nearby, pairing, store, handler=handler, on_event=on_event)
            except (BluetoothOff, NoPermission):
                raise
            except LinkError as error:
                _log.info("%s is not the meter, or was lost: %s", nearby.address, error)
                first_failure = first_failure or error
                tried |= {nearby.address}

    async def _enter(
        self,
        connected: _Connected,
        handshake: Callable[[], Any],
        handler: Handler | None,
        on_event: Callable[[int, Value], None] | None,
    ) -> MeterLink:
        try:
            linked: Linked = await handshake()
        except BaseException:
            await connected.end()
            raise
        channel = Channel(linked.link, handler, on_event)
        channel.start()
        return MeterLink(channel, linked.pairing, connected.end)


class _Connected:
    """One connection: bleak's client and the pipe over it."""

    def __init__(self, nearby: Nearby, backend: Backend) -> None:
        self.info = b""
        self.pipe: Pipe
        self._open = False
        self._client = BleakClient(
            nearby.handle,
            disconnected_callback=self._disconnected,
            timeout=CONNECT_S,
            services=[SERVICE],
            **backend.client,
        )

    async def open(self) -> None:
        """Connect, read ``info`` anew, subscribe. Raises BleakError, OSError, TimeoutError, LinkError."""
        async with asyncio.timeout(CONNECT_S + STEP_S):
            await self._client.connect()
        rx = self._client.services.get_characteristic(RX)
        tx = self._client.services.get_characteristic(TX)
        if rx is None or tx is None:
            raise LinkLost("the device has no meter service")
        size = segment_size(rx.max_write_without_response_size)

        async def write(segment: bytes) -> None:
            async with asyncio.timeout(STEP_S):
                await self._client.write_gatt_char(rx, segment, response=False)

        self.pipe = Pipe(write, size, max_record=MAX_HANDSHAKE_RECORD)
        self._open = True
        async with asyncio.timeout(STEP_S):
            self.info = bytes(await self._client.read_gatt_char(INFO))
            await self._client.start_notify(tx, self._notified)
        if not self._client.is_connected:
            raise LinkLost("disconnected")

    def _notified(self, _characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        self.pipe.feed(bytes(data))

    def _disconnected(self, _client: BleakClient) -> None:
        if self._open:
            self.pipe.close(LinkLost("disconnected"))

    async def end(self) -> None:
        """Disconnect and stop the pipe. Idempotent; never raises."""
        if self._open:
            await self.pipe.aclose()
        with contextlib.suppress(Exception):  # bleak's disconnect fails in ways of every platform
            async with asyncio.timeout(_END_S):
                await self._client.disconnect()


def new_static_key() -> StaticKey:
    """A fresh X25519 key from the system's randomness."""
    return StaticKey.from_private(secrets.token_bytes(32))


def _said(nearby: Nearby) -> tuple[int, bool]:
    return nearby.discriminator, nearby.pairing_open


def _nearby(device: BLEDevice, data: AdvertisementData) -> Nearby | None:
    said = Advertised.from_bytes(data.manufacturer_data.get(COMPANY, b""))
    if said is None or SERVICE not in data.service_uuids:
        return None
    return Nearby(said.mark, said.discriminator, said.pairing_open, data.rssi, device)
