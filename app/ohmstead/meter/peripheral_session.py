"""The meter's side of pairing and of coming back, over any pipe.

Here: who is let in. The pairing window, one pairing handshake at a time and at most one a second, the
same answer after the same time to every unknown visitor, and what is stored when. Not here: GATT and links
(``peripheral``), the table (``peers``), what a peer may ask (``peripheral_service``). Source: protocol/link.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ohmstead.core.keys import SigningKey
from ohmstead.errors import ExternalError
from ohmstead.link.binding import (
    MAX_BINDING,
    PEER_ID_BYTES,
    MeterClaim,
    SessionFacts,
    check_app_message,
    meter_message,
    ok_message,
    refusal_message,
)
from ohmstead.link.errors import (
    BindingError,
    Busy,
    LinkError,
    LinkLost,
    RefusalCode,
    Refused,
    SessionError,
    WrongCode,
)
from ohmstead.link.gatt import Info
from ohmstead.link.label import NONCE_BYTES, Label, pairing_key
from ohmstead.link.noise import Handshake, Mode, StaticKey
from ohmstead.link.pairing import next_id_message, read_next_id
from ohmstead.link.pipe import Pipe
from ohmstead.link.secure import GO_ON, Opening, SecureLink
from ohmstead.meter.peers import Link, Peer, PeerTable

WINDOW_S = 120.0
PAIR_INTERVAL_S = 1.0
#: From the proof of the secret to message 2: a person compares six words meanwhile.
BINDING_TIMEOUT_S = 120.0
_DRAIN_S = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MeterIdentity:
    """Who the meter is. ``certificate`` is opaque here: its hash is signed into every pairing."""

    key: SigningKey
    static: StaticKey = field(repr=False)
    meter_id: bytes
    genesis_hash: bytes
    certificate: bytes
    secret: bytes = field(repr=False)
    discriminator: int

    @property
    def label(self) -> Label:
        """What is printed on it."""
        return Label(self.secret, self.discriminator, self.genesis_hash, self.key.public)


class Gate(Protocol):
    """The link that a visitor came by: told what has been proved, so that it lifts its deadlines."""

    def known(self) -> None:
        """An opening under a known id authenticated."""

    def authenticated(self) -> None:
        """The other side has proved that it is there now."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A session that may begin."""

    peer: Peer
    link: SecureLink


class Doorkeeper:
    """Admits visitors. One for each boot of a meter; one event loop.

    ``clock`` gives Unix seconds. ``on_window`` is called when the pairing window opens or closes;
    ``on_confirmed`` once a peer has come back for the first time and that is stored. Neither may raise.
    """

    def __init__(
        self,
        identity: MeterIdentity,
        peers: PeerTable,
        *,
        clock: Callable[[], float],
        on_window: Callable[[], None] | None = None,
        on_confirmed: Callable[[Peer], None] | None = None,
    ) -> None:
        self.identity = identity
        self.peers = peers
        self._clock = clock
        self._on_window = on_window
        self._on_confirmed = on_confirmed
        self._boot_nonce = secrets.token_bytes(NONCE_BYTES)
        self._psk: asyncio.Task[bytes] | None = None
        self._pairing = asyncio.Lock()
        self._next_pair_s = 0.0
        self._window: asyncio.TimerHandle | None = None
        # Visitors under unknown ids are answered by a handshake with this key, which nobody has.
        self._nobody = StaticKey.from_private(secrets.token_bytes(32)).public

    # ---- the window --------------------------------------------------------------------------

    @property
    def pairing_open(self) -> bool:
        """Whether the pairing window is open."""
        return self._window is not None

    def open_window(self, seconds: float = WINDOW_S) -> None:
        """Open the pairing window, or start its time anew. The meter's button, or an owner."""
        was_open = self.pairing_open
        if self._window is not None:
            self._window.cancel()
        self._window = asyncio.get_running_loop().call_later(seconds, self.close_window)
        if not was_open and self._on_window is not None:
            self._on_window()

    def close_window(self) -> None:
        """Close the pairing window. Idempotent."""
        if self._window is not None:
            self._window.cancel()
            self._window = None
            if self._on_window is not None:
                self._on_window()

    def info(self) -> bytes:
        """The ``info`` characteristic as it reads now."""
        return Info(self._boot_nonce, self.pairing_open).to_bytes()

    async def psk(self) -> bytes:
        """The pairing key of this boot, computed once and off the loop."""
        if self._psk is None:
            self._psk = asyncio.ensure_future(
                asyncio.to_thread(pairing_key, self.identity.secret, self._boot_nonce)
            )
        return await asyncio.shield(self._psk)

    # ---- visitors ----------------------------------------------------------------------------

    async def admit(self, pipe: Pipe, info: bytes, gate: Gate) -> Admitted:
        """Let the visitor on this pipe in, or raise why not. ``info`` is as served on this connection.

        The caller closes the pipe on any failure, and when its deadlines pass. Raises LinkError.
        """
        opening = Opening.from_bytes(await pipe.read())
        try:
            if opening.mode is Mode.RESUME:
                return await self._resume(pipe, info, opening, gate)
            return await self._pair(pipe, info, opening, gate)
        except ExternalError as error:
            if isinstance(error, LinkError):
                raise
            _log.error("a peer could not be stored: %s", error)
            raise Refused(RefusalCode.FAILED) from error

    async def _answer(self, pipe: Pipe, code: RefusalCode) -> None:
        await pipe.write(bytes((code,)))
        await pipe.drain(_DRAIN_S)

    async def _pair(self, pipe: Pipe, info: bytes, opening: Opening, gate: Gate) -> Admitted:
        if not self.pairing_open:
            # Not a word: message 2 would show this meter's static key to anyone who asks.
            await pipe.wait_closed()
            raise pipe.failure or LinkLost("closed")
        if self._pairing.locked():
            await self._answer(pipe, RefusalCode.BUSY)
            raise Busy("another device is pairing")
        async with self._pairing:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, self._next_pair_s - loop.time()))
            self._next_pair_s = loop.time() + PAIR_INTERVAL_S
            return await self._pair_alone(pipe, info, opening, gate)

    async def _pair_alone(self, pipe: Pipe, info: bytes, opening: Opening, gate: Gate) -> Admitted:
        me = self.identity
        handshake = Handshake(Mode.PAIR, initiator=False, static=me.static, info=info, psk=await self.psk())
        handshake.read(opening.message)
        await pipe.write(GO_ON + handshake.write())
        third = await pipe.read()
        try:
            handshake.read(third)
        except SessionError as error:
            await self._answer(pipe, RefusalCode.WRONG_SECRET)
            raise WrongCode("the other side does not have the label's secret") from error
        assert handshake.session is not None
        session = handshake.session
        gate.authenticated()
        pipe.allow_records(MAX_BINDING)
        link = SecureLink(pipe, session)
        facts = SessionFacts(session.handshake_hash, me.static.public, session.remote_static)
        counter = self.peers.next_counter
        claim = MeterClaim(me.key.public, me.genesis_hash, me.meter_id, counter, me.certificate)
        await link.send(meter_message(me.key, claim, facts), status=GO_ON)
        app = check_app_message(await link.receive(BINDING_TIMEOUT_S), claim, facts)
        try:
            peer = self.peers.add(
                app.device_key, facts.app_static, facts.first_peer_id, app.role_asked, int(self._clock())
            )
        except Refused as error:
            await link.send(refusal_message(error.code))
            await pipe.drain(_DRAIN_S)
            raise
        self.close_window()
        await link.send(ok_message(peer.peer_id, peer.granted))
        return Admitted(peer, link)

    async def _resume(self, pipe: Pipe, info: bytes, opening: Opening, gate: Gate) -> Admitted:
        now_s = int(self._clock())
        peer = self.peers.by_id(opening.peer_id, now_s)
        handshake = Handshake(
            Mode.RESUME,
            initiator=False,
            static=self.identity.static,
            info=info,
            remote_static=peer.static if peer is not None else self._nobody,
        )
        try:
            handshake.read(opening.message)
            if peer is None:
                raise SessionError("peer id", "is unknown")
        except SessionError as error:
            await self._answer(pipe, RefusalCode.GENERIC)
            raise Refused(RefusalCode.GENERIC) from error
        gate.known()
        peer = self.peers.rotate(peer, opening.peer_id, secrets.token_bytes(PEER_ID_BYTES))
        following = peer.next_id
        assert following is not None
        await pipe.write(GO_ON + handshake.write())
        assert handshake.session is not None
        link = SecureLink(pipe, handshake.session)
        await link.send(next_id_message(following), status=GO_ON)
        if read_next_id(await link.receive()) != following:
            raise BindingError("next peer id", "was not echoed")
        gate.authenticated()
        current = self.peers.current(peer)
        if current is None:
            raise Refused(RefusalCode.FORBIDDEN)
        if current.link is Link.UNCONFIRMED:
            current = self.peers.confirm(current)
            if self._on_confirmed is not None:
                self._on_confirmed(current)
        return Admitted(current, link)
