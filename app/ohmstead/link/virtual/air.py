"""The air as a process of its own: each virtual controller behind a TCP port, spoken to in HCI.

Here: the sockets. A port serves one host at a time; a new one takes over from the old at once, with a
controller that remembers nothing, so that a restarted app or meter can come back in the same instant.
(bumble's own tcp-server forgets the new connection when the old one's end arrives late.) Not here: what the
controllers do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bumble.core import InvalidPacketError
from bumble.transport.common import PacketParser

from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.link.virtual.radio import Radio


class _Host(asyncio.Protocol):
    """One host's connection to one port."""

    def __init__(self, port: HciPort) -> None:
        self._port = port
        self._parser = PacketParser(port.controller)
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._port.plugged(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._port.unplugged(self)

    def data_received(self, data: bytes) -> None:
        if self._port.host is not self or self.transport is None:
            return
        try:
            self._parser.feed_data(data)
        except InvalidPacketError:
            self.transport.abort()


class HciPort:
    """One virtual controller behind one TCP port."""

    def __init__(self, name: str, air: AirLink) -> None:
        self.controller = VirtualController(name, air, host_sink=self)
        self.host: _Host | None = None
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """Listen; the port number, chosen by the system where 0 was asked for."""
        self._server = await asyncio.get_running_loop().create_server(lambda: _Host(self), host, port)
        return int(self._server.sockets[0].getsockname()[1])

    def plugged(self, host: _Host) -> None:
        """A host has connected; the one before it, if any, is cut off."""
        before, self.host = self.host, host
        self.controller.unplug()
        if before is not None and before.transport is not None:
            before.transport.abort()

    def unplugged(self, host: _Host) -> None:
        """A host has gone; nothing happens if another has already taken its place."""
        if self.host is host:
            self.host = None
            self.controller.unplug()

    def on_packet(self, packet: bytes) -> None:
        """An HCI packet from the controller to whichever host is there."""
        if self.host is not None and self.host.transport is not None:
            self.host.transport.write(packet)

    async def close(self) -> None:
        """Stop listening, cut the host off, leave the air."""
        if self._server is not None:
            self._server.close()
        if self.host is not None and self.host.transport is not None:
            self.host.transport.abort()
        self.controller.leave()


@dataclass(frozen=True, slots=True)
class Air:
    """A running air. ``addresses`` are bumble transport names for the hosts, in the order of the specs."""

    ports: tuple[HciPort, ...]
    addresses: tuple[str, ...]

    async def close(self) -> None:
        """Close every port."""
        for port in self.ports:
            await port.close()


async def open_air(specs: Sequence[str], radio: Radio | None = None) -> Air:
    """Controllers on one air, one for each ``[tcp-server:]host:port`` (port 0: any).

    Raises OSError when a port is taken, ValueError for a spec of another form.
    """
    link = AirLink(radio)
    ports: list[HciPort] = []
    addresses: list[str] = []
    try:
        for number, spec in enumerate(specs):
            host, _, text = spec.removeprefix("tcp-server:").rpartition(":")
            if not host or not text.isdigit():
                raise ValueError(f"{spec} is not host:port")
            port = HciPort(f"air-{number}", link)
            ports.append(port)
            addresses.append(f"tcp-client:{host}:{await port.open(host, int(text))}")
    except BaseException:
        for port in ports:
            await port.close()
        raise
    return Air(tuple(ports), tuple(addresses))


async def run_air(
    specs: Sequence[str],
    radio: Radio | None = None,
    *,
    ready: Callable[[tuple[str, ...]], None] | None = None,
) -> None:
    """Serve until cancelled. ``ready`` is called once with the hosts' transport names."""
    air = await open_air(specs, radio)
    try:
        if ready is not None:
            ready(air.addresses)
        await asyncio.Event().wait()
    finally:
        await air.close()
