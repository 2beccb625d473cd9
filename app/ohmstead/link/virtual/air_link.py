"""The air between virtual controllers: addresses put right, and connection events with a clock.

Here: ``AirLink``, bumble's LocalLink with its faults cured, and the timing of data. One radio has one
antenna: a controller with several connections gives each its share of every interval. Not here: the
controllers (``controller``), the sockets (``air``).

Cured here, all of bumble 0.0.236: data of a host that connected with its public address is lost (the source
address was always the random one); there is no timing; a central that answers an advertisement which has
just been taken by another believes for ever that it is connected.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from bumble import controller as bumble_controller
from bumble import hci, ll
from bumble.core import PhysicalTransport
from bumble.link import LocalLink

from ohmstead.link.virtual.radio import Radio

if TYPE_CHECKING:
    from ohmstead.link.virtual.controller import VirtualController

_REFILL_TURNS = 3


class AirLink(LocalLink):
    """What the controllers given to it can hear of one another."""

    def __init__(self, radio: Radio | None = None) -> None:
        begin: Callable[[], None] = super().__init__  # untyped in bumble
        begin()
        self.radio = radio
        self._events: dict[frozenset[str], _ConnectionEvents] = {}

    def send_acl_data(
        self,
        sender_controller: bumble_controller.Controller,
        destination_address: hci.Address,
        transport: PhysicalTransport,
        data: bytes,
    ) -> None:
        """Deliver one L2CAP PDU, from the address that the connection was made with."""
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if transport != PhysicalTransport.LE or connection is None or receiver is None:
            return
        asyncio.get_running_loop().call_soon(
            receiver.on_link_acl_data, connection.self_address, transport, data
        )

    def send_advertising_pdu(
        self, sender_controller: bumble_controller.Controller, packet: ll.AdvertisingPdu
    ) -> None:
        """Deliver an advertisement to all, or a connection request to the one that it is for."""
        if isinstance(packet, ll.ConnectInd):
            asyncio.get_running_loop().call_soon(self._connect, sender_controller, packet)
        else:
            super().send_advertising_pdu(sender_controller, packet)

    def _connect(self, central: bumble_controller.Controller, packet: ll.ConnectInd) -> None:
        for other in self.controllers:
            advertiser = other.le_legacy_advertiser
            if (
                other is not central
                and advertiser.enabled
                and advertiser.address == packet.advertiser_address
            ):
                other.on_ll_advertising_pdu(packet)
                return
        connection = central.le_connections.get(packet.advertiser_address)
        if connection is not None:
            central.on_le_disconnected(
                connection, hci.HCI_ErrorCode.CONNECTION_FAILED_TO_BE_ESTABLISHED_ERROR
            )

    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """Deliver a control PDU; one to a controller that has left the air is lost, not an error."""
        if self.find_le_controller(receiver_address) is not None:
            super().send_ll_control_pdu(sender_address, receiver_address, packet)

    def schedule(
        self,
        sender: VirtualController,
        connection: bumble_controller.Connection,
        packet: hci.HCI_AclDataPacket,
    ) -> None:
        """Put a data packet in line for this connection's next events."""
        assert self.radio is not None
        pair = frozenset((str(connection.self_address), str(connection.peer_address)))
        events = self._events.get(pair)
        if events is None:
            events = self._events[pair] = _ConnectionEvents(self, self.radio, len(self._events))
        events.put(sender, connection, packet)

    def share_of(self, connection: bumble_controller.Connection) -> int:
        """Among how many connections the busier of the two radios divides its time."""
        peer = self.find_le_controller(connection.peer_address)
        theirs = len(peer.le_connections) if peer is not None else 1
        return max(1, len(connection.controller.le_connections), theirs)


class _ConnectionEvents:
    """The connection events of one pair of addresses; both directions share every event."""

    def __init__(self, air: AirLink, radio: Radio, number: int) -> None:
        self._air = air
        self._radio = radio
        self._random = random.Random(radio.seed << 16 | number)
        self._lines: dict[
            int, deque[tuple[VirtualController, bumble_controller.Connection, hci.HCI_AclDataPacket]]
        ] = {}
        self._task: asyncio.Task[None] | None = None

    def put(
        self,
        sender: VirtualController,
        connection: bumble_controller.Connection,
        packet: hci.HCI_AclDataPacket,
    ) -> None:
        self._lines.setdefault(id(sender), deque()).append((sender, connection, packet))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        interval_s = self._radio.interval_us / 1e6
        while any(self._lines.values()):
            anchor_s = (int(loop.time() / interval_s) + 1) * interval_s
            await asyncio.sleep(max(0.0, anchor_s - loop.time()))
            await self._event()

    async def _event(self) -> None:
        """One connection event: exchanges until the lines are empty or the time is up."""
        first = next(line[0] for line in self._lines.values() if line)
        left_us = self._radio.interval_us // self._air.share_of(first[1]) - self._radio.guard_us
        count = 0
        while self._radio.max_per_event is None or count < self._radio.max_per_event:
            heads = [line for line in self._lines.values() if line]
            if not heads:
                return
            cost_us = self._radio.exchange_us(*(len(line[0][2].data) for line in heads[:2]))
            if count and cost_us > left_us:
                return
            left_us -= cost_us
            count += 1
            for line in heads:
                if self._random.randrange(1_000_000) >= self._radio.loss_per_million:
                    sender, connection, packet = line.popleft()
                    sender.on_air(connection, packet)
            if not any(self._lines.values()):
                for _ in range(_REFILL_TURNS):  # a host in this process refills within the event
                    await asyncio.sleep(0)
