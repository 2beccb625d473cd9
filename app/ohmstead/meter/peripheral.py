"""The meter on the air: GATT server, advertising, links. On bumble, over any HCI transport.

Here: connections and what holds them: slots, deadlines, pipes, sessions. The service's shape is in
``link.gatt``, who is admitted in ``peripheral_session``, what is answered in ``peripheral_service``.

A link without proof of who it is ends after 10 s; on the last free slot one without a known id ends after
2 s, so that strangers cannot lock the household out. One event loop; not thread-safe.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from bumble.att import Attribute
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection, Device
from bumble.gatt import (
    GATT_DEVICE_INFORMATION_SERVICE,
    GATT_FIRMWARE_REVISION_STRING_CHARACTERISTIC,
    GATT_MANUFACTURER_NAME_STRING_CHARACTERISTIC,
    GATT_MODEL_NUMBER_STRING_CHARACTERISTIC,
    Characteristic,
    CharacteristicValue,
    Service,
)

from ohmstead.core.codec import Value
from ohmstead.link.channel import Channel
from ohmstead.link.errors import LinkError, LinkLost
from ohmstead.link.frames import segment_size
from ohmstead.link.gatt import COMPANY, INFO, RX, SERVICE, TX, Advertised
from ohmstead.link.hci import room_to_send
from ohmstead.link.pipe import Pipe
from ohmstead.link.secure import MAX_HANDSHAKE_RECORD
from ohmstead.meter.peers import Peer, PeerTable
from ohmstead.meter.peripheral_service import MeterService, PeerHandler
from ohmstead.meter.peripheral_session import WINDOW_S, Doorkeeper, MeterIdentity

MAX_LINKS = 4
STRANGER_S = 10.0
LAST_SLOT_S = 2.0
ADVERTISING_MS = 30
_ATT_HEADER = 3
_RETRY_S = 1.0
_MANUFACTURER, _MODEL, _FIRMWARE = b"Ohmstead", b"Reference meter", b"1"
_log = logging.getLogger(__name__)


class _Slot:
    """One connection, from the first packet to the last. Implements ``Gate`` and ``Links``."""

    def __init__(self, owner: Peripheral, connection: Connection, stranger_s: float) -> None:
        self._owner = owner
        self.connection = connection
        self.served_info: bytes | None = None
        self.peer: Peer | None = None
        self.channel: Channel | None = None
        self.pipe: Pipe | None = None
        self.task: asyncio.Task[None] | None = None
        self._since_s = asyncio.get_running_loop().time()
        self._deadline: asyncio.TimerHandle | None = None
        self._within(stranger_s)

    def _within(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_at(self._since_s + seconds, self.end)

    def known(self) -> None:
        """The last slot's short deadline is for strangers."""
        if self._deadline is not None:
            self._within(STRANGER_S)

    def authenticated(self) -> None:
        """No deadline any more."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def open_pairing(self) -> None:
        """An owner opens the window."""
        self._owner.open_pairing()

    def leave(self) -> None:
        """End once the answer has arrived."""
        self._owner.background(self._leave())

    async def _leave(self) -> None:
        if self.pipe is not None:
            await asyncio.sleep(0)  # the answer is queued after the handler returns
            await self.pipe.drain(2.0)
        self.end()

    def cut(self, gone: tuple[Peer, ...]) -> None:
        """End the links of revoked peers; this one too, if it is among them, once it is answered."""
        self._owner.cut(gone)

    def tell(self, peer: Peer, topic: int, value: Value) -> None:
        """Send an event to a peer."""
        self._owner.background(self._owner.tell(peer, topic, value))

    async def write(self, segment: bytes) -> None:
        """One notification, when the controller has room for it."""
        await room_to_send(self.connection)
        await self.connection.device.notify_subscriber(self.connection, self._owner.tx, segment)

    def subscribed(self) -> None:
        """The app listens: a session may begin. A second subscription begins anew."""
        if self.pipe is not None:
            self.pipe.close()
        size = segment_size(self.connection.att_mtu - _ATT_HEADER)
        self.pipe = Pipe(self.write, size, max_record=MAX_HANDSHAKE_RECORD)
        self.task = self._owner.background(self._owner.serve(self, self.pipe))

    def end(self) -> None:
        """Drop the link. Idempotent."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if self.pipe is not None:
            self.pipe.close(LinkLost("dropped"))
        self._owner.background(self._owner.drop(self.connection))


class Peripheral:
    """One meter on one bumble device. ``start``, then ``stop``.

    ``clock`` gives Unix seconds. ``on_confirmed`` runs as a task of its own when a peer has come back for the
    first time: from then on an owner's statement may go to the ledger. A meter that is killed in between
    finds the confirmed peer in the table when it starts again.
    """

    def __init__(
        self,
        device: Device,
        identity: MeterIdentity,
        peers: PeerTable,
        service: MeterService,
        *,
        clock: Callable[[], float] = time.time,
        on_confirmed: Callable[[Peer], Coroutine[Any, Any, None]] | None = None,
        max_links: int = MAX_LINKS,
    ) -> None:
        self.device = device
        self.peers = peers
        self.door = Doorkeeper(
            identity, peers, clock=clock, on_window=self._changed, on_confirmed=self._confirmed
        )
        self._on_confirmed = on_confirmed
        self._service = service
        self._clock = clock
        self._max_links = max_links
        self._slots: dict[int, _Slot] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stale = asyncio.Event()
        self._running = False
        self.tx: Characteristic[bytes] = Characteristic(
            TX, Characteristic.Properties.NOTIFY, Attribute.Permissions(0), b""
        )

    # ---- life --------------------------------------------------------------------------------

    async def start(self) -> None:
        """Publish the service and advertise. The device is powered already."""
        self.peers.expire(int(self._clock()))
        await self.door.psk()
        self.device.add_services(self._services())
        self.tx.on(self.tx.EVENT_SUBSCRIPTION, self._subscription)
        self.device.on(self.device.EVENT_CONNECTION, self._connected)
        self._running = True
        self.background(self._advertise())
        self._changed()

    async def stop(self) -> None:
        """End every link and leave the air. The device stays the caller's."""
        self._running = False
        self.device.remove_listener(self.device.EVENT_CONNECTION, self._connected)
        self.door.close_window()
        for slot in list(self._slots.values()):
            slot.end()
            await self.drop(slot.connection)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(2):
                await self.device.stop_advertising()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something that this peripheral owns and ``stop`` ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a task of the peripheral failed", exc_info=error)

    def _confirmed(self, peer: Peer) -> None:
        if self._on_confirmed is not None:
            self.background(self._on_confirmed(peer))

    @property
    def links(self) -> tuple[Peer, ...]:
        """The peers with a session now."""
        return tuple(slot.peer for slot in self._slots.values() if slot.peer is not None)

    @property
    def pairing_open(self) -> bool:
        """Whether the pairing window is open."""
        return self.door.pairing_open

    def open_pairing(self, seconds: float = WINDOW_S) -> None:
        """The meter's button."""
        self.door.open_window(seconds)

    def close_pairing(self) -> None:
        """Close the window before its time."""
        self.door.close_window()

    async def broadcast(self, topic: int, value: Value) -> None:
        """Send an event to every peer with a session and a granted role."""
        for slot in list(self._slots.values()):
            peer = self.peers.current(slot.peer) if slot.peer is not None else None
            if peer is not None and peer.granted and slot.channel is not None:
                with contextlib.suppress(LinkError):
                    await slot.channel.emit(topic, value)

    async def tell(self, peer: Peer, topic: int, value: Value) -> None:
        """Send an event to one peer, if it has a session."""
        for slot in list(self._slots.values()):
            if slot.peer is not None and slot.peer.static == peer.static and slot.channel is not None:
                with contextlib.suppress(LinkError):
                    await slot.channel.emit(topic, value)

    def cut(self, gone: tuple[Peer, ...]) -> None:
        """End the links of peers that have been revoked."""
        statics = {peer.static for peer in gone}
        for slot in list(self._slots.values()):
            if slot.peer is not None and slot.peer.static in statics:
                slot.leave()

    # ---- the air -----------------------------------------------------------------------------

    def _services(self) -> list[Service]:
        read, readable = Characteristic.Properties.READ, Attribute.Permissions.READABLE
        writes = Characteristic.Properties.WRITE | Characteristic.Properties.WRITE_WITHOUT_RESPONSE
        info: Characteristic[bytes] = Characteristic(
            INFO, read, readable, CharacteristicValue(read=self._read_info)
        )
        rx: Characteristic[bytes] = Characteristic(
            RX, writes, Attribute.Permissions.WRITEABLE, CharacteristicValue(write=self._written)
        )
        about = [
            Characteristic(uuid, read, readable, value)
            for uuid, value in (
                (GATT_MANUFACTURER_NAME_STRING_CHARACTERISTIC, _MANUFACTURER),
                (GATT_MODEL_NUMBER_STRING_CHARACTERISTIC, _MODEL),
                (GATT_FIRMWARE_REVISION_STRING_CHARACTERISTIC, _FIRMWARE),
            )
        ]
        return [Service(SERVICE, [info, rx, self.tx]), Service(GATT_DEVICE_INFORMATION_SERVICE, about)]

    def _changed(self) -> None:
        """Advertising no longer says what is true, or has stopped."""
        self._stale.set()

    async def _advertise(self) -> None:
        """Keep advertising while a slot is free. One task, so that commands never interleave."""
        while True:
            await self._stale.wait()
            self._stale.clear()
            try:
                async with asyncio.timeout(5):
                    if len(self._slots) < self._max_links and self._running:
                        self.device.advertising_data = self._advertising_data()
                        await self.device.start_advertising(
                            advertising_interval_min=ADVERTISING_MS, advertising_interval_max=ADVERTISING_MS
                        )
                    else:
                        await self.device.stop_advertising()
            except Exception as error:
                _log.warning("advertising failed, trying again: %r", error)
                await asyncio.sleep(_RETRY_S)
                self._stale.set()

    def _advertising_data(self) -> bytes:
        said = Advertised(self.door.identity.discriminator, self.door.pairing_open)
        kinds = AdvertisingData.Type
        return bytes(
            AdvertisingData(
                [
                    (kinds.FLAGS, b"\x06"),  # general discoverable, no BR/EDR
                    (kinds.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, UUID(SERVICE).to_bytes()),
                    (kinds.MANUFACTURER_SPECIFIC_DATA, COMPANY.to_bytes(2, "little") + said.to_bytes()),
                ]
            )
        )

    def _connected(self, connection: Connection) -> None:
        if len(self._slots) >= self._max_links:
            self.background(self.drop(connection))
            return
        last = len(self._slots) == self._max_links - 1
        slot = _Slot(self, connection, LAST_SLOT_S if last else STRANGER_S)
        self._slots[connection.handle] = slot
        connection.once(connection.EVENT_DISCONNECTION, lambda _reason: self._disconnected(slot))
        self._changed()

    def _disconnected(self, slot: _Slot) -> None:
        if self._slots.get(slot.connection.handle) is slot:
            del self._slots[slot.connection.handle]
        slot.authenticated()
        if slot.pipe is not None:
            slot.pipe.close(LinkLost("disconnected"))
        self._changed()

    async def drop(self, connection: Connection) -> None:
        """Disconnect, if still connected."""
        if self.device.connections.get(connection.handle) is connection:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(2):
                    await connection.disconnect()

    # ---- GATT --------------------------------------------------------------------------------

    def _slot_of(self, bearer: object) -> _Slot | None:
        return next((slot for slot in self._slots.values() if slot.connection is bearer), None)

    def _read_info(self, bearer: object) -> bytes:
        info = self.door.info()
        slot = self._slot_of(bearer)
        if slot is not None:
            slot.served_info = info
        return info

    def _written(self, bearer: object, value: bytes) -> None:
        slot = self._slot_of(bearer)
        if slot is not None and slot.pipe is not None:
            slot.pipe.feed(bytes(value))

    def _subscription(self, bearer: object, notify: bool, _indicate: bool) -> None:
        slot = self._slot_of(bearer)
        if slot is not None and notify:
            slot.subscribed()

    async def serve(self, slot: _Slot, pipe: Pipe) -> None:
        """One session on one pipe, from the first record to the end."""
        try:
            # What was never read cannot be agreed on: the handshake of such a visitor fails.
            admitted = await self.door.admit(pipe, slot.served_info or b"", slot)
        except Exception as error:
            if isinstance(error, LinkError):
                _log.info("a visitor was not admitted: %s", error)
            else:
                _log.exception("a visitor could not be admitted")
            if slot.pipe is pipe:
                slot.end()
            return
        slot.peer = admitted.peer
        handler = PeerHandler(admitted.peer, self.peers, self._service, slot)
        slot.channel = Channel(admitted.link, handler)
        slot.channel.start()
        await slot.channel.wait_closed()
        if slot.pipe is pipe:
            slot.end()
