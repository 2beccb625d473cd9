"""What an admitted peer may ask, and who answers.

Here: the requests that concern the link itself (roles, peers, revoking, the pairing window, goodbye) and
the gate before all others: a link without a granted role may only wait and take its wish back. Not here:
the meter's data, which a ``MeterService`` answers. Source: protocol/link, "Two fields, never one".

Parameters and results, as codec values:

- ROLE: ``None`` asks for the state; ``[role]`` asks for a role, 0 takes the wish back; ``[kid, role]``, by an
  owner, grants one or with 0 takes it away. Result: ``[link, role, standing, epoch has an owner]`` of the
  peer asked about. A peer is told of a change by an event with the topic ROLE and that same value.
- PEERS, by an owner: ``[[kid, link, role, standing, paired at], ...]``; anyone else: only itself.
- REVOKE ``[kid]``: by an owner, or by the peer itself. Ends its links.
- OPEN_PAIRING, by an owner: opens the window for two minutes.
- CLOSE: the meter ends the link once this is answered.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.keys import KID_BYTES
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.meter.peers import Peer, PeerTable


class MeterService(Protocol):
    """The meter behind the radio. Raise Refused to refuse (UNSUPPORTED for a method it does not have).

    Called only for peers with a granted role; ``peer.granted`` says which.
    """

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        """The one answer to a request."""

    def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a stream, at most about 16 kB each so that other answers are not held up."""

    def live(self) -> AsyncIterator[Value]:
        """The live values, without end; a slow reader gets the newest, not all."""


class Links(Protocol):
    """What the requests about the link need from the peripheral."""

    def open_pairing(self) -> None:
        """Open the pairing window."""

    def leave(self) -> None:
        """End this link once what was sent has arrived."""

    def cut(self, gone: tuple[Peer, ...]) -> None:
        """End every link of these peers."""

    def tell(self, peer: Peer, topic: int, value: Value) -> None:
        """Send an event on every link of this peer."""


class PeerHandler:
    """Answers one admitted peer. Implements ``channel.Handler``."""

    def __init__(self, peer: Peer, peers: PeerTable, service: MeterService, links: Links) -> None:
        self._peer = peer
        self._peers = peers
        self._service = service
        self._links = links
        self._own: dict[int, Callable[[Peer, Value], Value]] = {
            Method.ROLE: self._role,
            Method.PEERS: self._list,
            Method.REVOKE: self._revoke,
            Method.OPEN_PAIRING: self._open_pairing,
            Method.CLOSE: self._close,
        }

    def _now(self) -> Peer:
        """The peer as the table has it now: a revoked one loses everything at once."""
        peer = self._peers.current(self._peer)
        if peer is None:
            raise Refused(RefusalCode.FORBIDDEN)
        return peer

    def _granted(self) -> Peer:
        peer = self._now()
        if peer.granted is Role.NONE:
            raise Refused(RefusalCode.FORBIDDEN)
        return peer

    async def call(self, method: int, params: Value) -> Value:
        """See the module's docstring; everything else goes to the service."""
        own = self._own.get(method)
        if own is None:
            return await self._service.call(self._granted(), method, params)
        try:
            return own(self._now(), params)
        except CodecError as error:
            raise Refused(RefusalCode.MALFORMED) from error

    def stream(self, method: int, params: Value) -> AsyncIterator[Value]:
        """LIVE, and the service's own streams."""
        peer = self._granted()
        if method == Method.LIVE:
            return self._service.live()
        return self._service.stream(peer, method, params)

    # ---- the link itself ---------------------------------------------------------------------

    def _state(self, peer: Peer) -> Value:
        return [int(peer.link), int(peer.role), int(peer.standing), self._peers.has_owner]

    def _role(self, peer: Peer, params: Value) -> Value:
        if params is None:
            return self._state(peer)
        fields = as_list(params, "role", at_most=2)
        if len(fields) == 1:
            return self._state(self._peers.ask(peer, _role_of(fields[0])))
        name, role = as_list(fields, "grant", 2)
        self._owner(peer)
        changed = self._peers.grant(as_bytes(name, "kid", KID_BYTES), _role_of(role))
        self._links.tell(changed, Method.ROLE, self._state(changed))
        return self._state(changed)

    def _owner(self, peer: Peer) -> None:
        if peer.granted is not Role.OWNER:
            raise Refused(RefusalCode.FORBIDDEN)

    def _list(self, peer: Peer, params: Value) -> Value:
        shown = self._peers.peers if peer.granted is Role.OWNER else (peer,)
        return [[p.kid, int(p.link), int(p.role), int(p.standing), p.paired_at] for p in shown]

    def _revoke(self, peer: Peer, params: Value) -> Value:
        name = as_bytes(as_list(params, "revoke", 1)[0], "kid", KID_BYTES)
        if name != peer.kid:
            self._owner(peer)
        self._links.cut(self._peers.revoke(name))
        return None

    def _open_pairing(self, peer: Peer, params: Value) -> Value:
        self._owner(peer)
        self._links.open_pairing()
        return None

    def _close(self, peer: Peer, params: Value) -> Value:
        self._links.leave()
        return None


def _role_of(value: Value) -> Role:
    return Role(as_uint(value, "role", len(Role)))
