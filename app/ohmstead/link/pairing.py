"""The app's side of pairing and of coming back, over any pipe.

Here: the course of both handshakes, what is persisted when, and what each refusal means. Not here: the
radio (``central``), the meter's side. Source: protocol/link, "Binding".

Commit points. The pairing is saved as UNCONFIRMED before this side signs anything; as COMMITTED when the
meter's OK arrives; as CONFIRMED, with the next peer id, before the first record of a resumed session is
answered. Whatever is killed in between, coming back with what was saved either works or is refused, and
then pairing again does: both sides converge.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Protocol

from ohmstead.core.codec import CodecError, as_bytes, as_list, decode, encode
from ohmstead.core.keys import SigningKey
from ohmstead.link.binding import (
    MAX_BINDING,
    PEER_ID_BYTES,
    Expected,
    MeterClaim,
    Role,
    SessionFacts,
    app_message,
    check_meter_message,
    read_ok,
)
from ohmstead.link.errors import (
    BindingError,
    Busy,
    LinkError,
    LinkTimeout,
    PairingClosed,
    RefusalCode,
    Refused,
    WordsRejected,
    WrongCode,
)
from ohmstead.link.gatt import Info
from ohmstead.link.label import pairing_key, six_words
from ohmstead.link.noise import Handshake, Mode, Session, StaticKey
from ohmstead.link.pipe import Pipe
from ohmstead.link.secure import Opening, SecureLink, answered

ANSWER_TIMEOUT_S = 10.0
WORDS_TIMEOUT_S = 110.0


class Stage(IntEnum):
    """How far a pairing has come on this side."""

    UNCONFIRMED = 0
    COMMITTED = 1
    CONFIRMED = 2


class Trust(IntEnum):
    """What this home's identity rests on."""

    TYPED = 0
    LABEL = 1


@dataclass(frozen=True, slots=True)
class Pairing:
    """Everything that this computer keeps about one pairing. Secret: ``static`` opens the link.

    Pairings are told apart by ``static.public``, fresh for each; a home may have two while it is paired
    again, and the older one is only forgotten once the newer one is COMMITTED.
    """

    meter_key: bytes
    meter_id: bytes
    genesis_hash: bytes
    certificate: bytes
    meter_static: bytes
    static: StaticKey = field(repr=False)
    peer_id: bytes
    counter: int
    discriminator: int
    role: Role
    stage: Stage
    trust: Trust


class PairingStore(Protocol):
    """Where pairings are kept. ``save`` returns once the pairing is on the disk."""

    async def save(self, pairing: Pairing) -> None:
        """Insert, or replace the one with the same ``static.public``."""

    async def forget(self, pairing: Pairing) -> None:
        """Remove it, if it is there."""


#: Shown the six words; True if the person says that they are those on the label.
ConfirmWords = Callable[[tuple[str, ...]], Awaitable[bool]]
#: Checks the meter's certificate (by state proof); raises WrongCertificate.
CheckCertificate = Callable[[MeterClaim], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PairRequest:
    """What a person wants paired, and what is known of it beforehand.

    With ``label_key`` and ``genesis_hash`` (a scanned label) the session must show exactly those. Without
    them (a typed code) ``confirm_words`` is asked before this side signs.
    """

    secret: bytes = field(repr=False)
    discriminator: int
    device_key: SigningKey
    role: Role = Role.OWNER
    genesis_hash: bytes | None = None
    label_key: bytes | None = None
    known_key: bytes | None = None
    confirm_words: ConfirmWords | None = None
    check_certificate: CheckCertificate | None = None

    @property
    def expected(self) -> Expected:
        """What the meter's binding is compared with."""
        return Expected(self.genesis_hash, self.label_key, self.known_key)


@dataclass(frozen=True, slots=True)
class Linked:
    """An established session and the pairing behind it."""

    link: SecureLink
    pairing: Pairing


def _refusal(error: Refused) -> LinkError:
    """The failure that a refusal code stands for."""
    if error.code is RefusalCode.BUSY:
        return Busy("the meter is busy with another device")
    if error.code is RefusalCode.WRONG_SECRET:
        return WrongCode("the meter does not accept the code")
    return error


def _session(handshake: Handshake) -> Session:
    assert handshake.session is not None
    return handshake.session


async def pair(
    pipe: Pipe, info: bytes, request: PairRequest, store: PairingStore, *, static: StaticKey
) -> Linked:
    """Pair over a fresh pipe. ``info`` is the characteristic as read on this connection.

    Raises PairingClosed, Busy, WrongCode, WordsRejected, ForeignKey, ChangedKey, WrongGenesis,
    WrongCertificate, BindingMismatch, SessionError, ProtocolVersion, Refused, LinkLost, LinkTimeout.
    """
    said = Info.from_bytes(info)
    if not said.pairing_open:
        raise PairingClosed("the meter's pairing window is closed")
    psk = await asyncio.to_thread(pairing_key, request.secret, said.boot_nonce)
    handshake = Handshake(Mode.PAIR, initiator=True, static=static, info=info, psk=psk)
    try:
        await pipe.write(Opening(Mode.PAIR, b"", handshake.write()).to_bytes())
        try:
            answer = await pipe.read(ANSWER_TIMEOUT_S)
        except LinkTimeout as error:
            # Outside the window the meter says nothing at all: it has closed since ``info`` was read.
            raise PairingClosed("the meter does not answer a request to pair") from error
        handshake.read(answered(answer))
        await pipe.write(handshake.write())
        pipe.allow_records(MAX_BINDING)
        session = _session(handshake)
        link = SecureLink(pipe, session)
        first = await link.receive(ANSWER_TIMEOUT_S, with_status=True)
    except Refused as error:
        raise _refusal(error) from error
    facts = SessionFacts(session.handshake_hash, session.remote_static, static.public)
    claim = check_meter_message(first, facts, request.expected)
    if request.check_certificate is not None:
        await request.check_certificate(claim)
    if request.label_key is None:
        await _compare_words(pipe, claim, request.confirm_words)
    pairing = Pairing(
        claim.meter_key,
        claim.meter_id,
        claim.genesis_hash,
        claim.certificate,
        facts.meter_static,
        static,
        facts.first_peer_id,
        claim.counter,
        request.discriminator,
        request.role,
        Stage.UNCONFIRMED,
        Trust.TYPED if request.label_key is None else Trust.LABEL,
    )
    await store.save(pairing)
    await link.send(app_message(request.device_key, claim, facts, request.role))
    peer_id, role = read_ok(await link.receive(ANSWER_TIMEOUT_S))
    if peer_id != pairing.peer_id:
        raise BindingError("answer to the binding", "names another peer id")
    pairing = replace(pairing, role=role, stage=Stage.COMMITTED)
    await store.save(pairing)
    return Linked(link, pairing)


async def _compare_words(pipe: Pipe, claim: MeterClaim, confirm: ConfirmWords | None) -> None:
    """Ask the person, and stop asking when the link ends. Raises WordsRejected or what ended the link."""
    if confirm is None:
        raise WordsRejected("a typed code needs the six words compared")
    words = await asyncio.to_thread(six_words, claim.genesis_hash, claim.meter_key)
    asked = asyncio.ensure_future(confirm(words))
    ended = asyncio.ensure_future(pipe.wait_closed())
    try:
        done, _ = await asyncio.wait(
            {asked, ended}, timeout=WORDS_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        left = {task for task in (asked, ended) if not task.done()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1)
    if asked in done:
        if not asked.result():
            raise WordsRejected("the six words are not those on the label")
    elif pipe.failure is not None:
        raise pipe.failure
    else:
        raise LinkTimeout("the six words were not compared in time")


async def resume(pipe: Pipe, info: bytes, pairing: Pairing, store: PairingStore) -> Linked:
    """Come back over a fresh pipe. The returned pairing is saved and carries the next peer id.

    Raises Refused (the meter does not know this pairing), Busy, SessionError, ProtocolVersion, LinkLost,
    LinkTimeout.
    """
    Info.from_bytes(info)
    handshake = Handshake(
        Mode.RESUME, initiator=True, static=pairing.static, info=info, remote_static=pairing.meter_static
    )
    try:
        await pipe.write(Opening(Mode.RESUME, pairing.peer_id, handshake.write()).to_bytes())
        handshake.read(answered(await pipe.read(ANSWER_TIMEOUT_S)))
        link = SecureLink(pipe, _session(handshake))
        following = read_next_id(await link.receive(ANSWER_TIMEOUT_S, with_status=True))
    except Refused as error:
        raise _refusal(error) from error
    pairing = replace(pairing, peer_id=following, stage=Stage.CONFIRMED)
    await store.save(pairing)
    # The echo is this side's first transport record: it proves that the handshake was not a replay.
    await link.send(next_id_message(following))
    return Linked(link, pairing)


def next_id_message(peer_id: bytes) -> bytes:
    """The first transport message of a resumed session, and its echo: ``[next peer id]``."""
    return encode([peer_id])


def read_next_id(data: bytes) -> bytes:
    """The id of that message. Raises BindingError."""
    try:
        return as_bytes(as_list(decode(data, max_size=64), "next id", 1)[0], "peer id", PEER_ID_BYTES)
    except CodecError as error:
        raise BindingError("next peer id", str(error)) from error
