"""The Noise sessions of the link: the one place that knows the library.

``noiseprotocol`` is untyped, so its objects stay behind this module. Suites are fixed, nothing is
negotiated: ``XXpsk3`` to pair, ``KK`` after, both 25519, ChaChaPoly, BLAKE2s; handshake payloads are empty,
so every handshake message has one exact length, checked before the library sees it. Not here: what is said
around a handshake (``pairing``). Sources: protocol/link "Suites"; The Noise Protocol Framework, rev. 34.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import nacl.bindings as sodium
from cryptography.exceptions import InvalidTag
from noise.connection import Keypair, NoiseConnection  # untyped: nothing of it leaves this module
from noise.exceptions import (
    NoiseHandshakeError,
    NoiseInvalidMessage,
    NoiseMaxNonceError,
    NoisePSKError,
    NoiseValidationError,
    NoiseValueError,
)

from ohmstead.link.errors import SessionError

KEY_BYTES = 32
TAG_BYTES = 16
HASH_BYTES = 32
MAX_PLAINTEXT = 65_535 - TAG_BYTES
_LABEL = b"ohmstead/link/1"
_FAILURES = (
    InvalidTag,
    NoiseHandshakeError,
    NoiseInvalidMessage,
    NoiseMaxNonceError,
    NoisePSKError,
    NoiseValidationError,
    NoiseValueError,
    ValueError,  # an all-zero shared secret: a point of small order was sent
)


class Mode(IntEnum):
    """The mode byte: which handshake the first record begins."""

    PAIR = 1
    RESUME = 2


_SUITES = {
    Mode.PAIR: b"Noise_XXpsk3_25519_ChaChaPoly_BLAKE2s",
    Mode.RESUME: b"Noise_KK_25519_ChaChaPoly_BLAKE2s",
}
#: Lengths of the handshake messages with empty payloads, in order.
MESSAGE_BYTES = {Mode.PAIR: (48, 96, 64), Mode.RESUME: (48, 48)}


@dataclass(frozen=True, slots=True)
class StaticKey:
    """An X25519 key pair. The private half never appears in a repr."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def from_private(cls, private: bytes) -> StaticKey:
        """The pair of a 32-byte private key."""
        if len(private) != KEY_BYTES:
            raise ValueError(f"an X25519 key is {KEY_BYTES} bytes, not {len(private)}")
        return cls(private, sodium.crypto_scalarmult_base(private))


def prologue(mode: Mode, info: bytes) -> bytes:
    """What both sides must agree on before the first byte: protocol, mode, and ``info`` as it was served."""
    return _LABEL + bytes((mode,)) + len(info).to_bytes(2, "big") + info


class Session:
    """An established session: encrypts and decrypts transport records, in order."""

    def __init__(self, connection: Any, handshake_hash: bytes, remote_static: bytes) -> None:
        self._connection = connection
        self.handshake_hash = handshake_hash
        self.remote_static = remote_static
        self._failed = False

    def encrypt(self, plaintext: bytes) -> bytes:
        """The transport record of at most MAX_PLAINTEXT bytes."""
        if len(plaintext) > MAX_PLAINTEXT:
            raise ValueError(f"a transport record carries at most {MAX_PLAINTEXT} bytes")
        return bytes(self._connection.encrypt(bytes(plaintext)))

    def decrypt(self, record: bytes) -> bytes:
        """What a record says. Raises SessionError; after that the session is dead for good."""
        if self._failed or not TAG_BYTES <= len(record) <= MAX_PLAINTEXT + TAG_BYTES:
            self._failed = True
            raise SessionError("transport record", "is of an impossible length or follows a failure")
        try:
            return bytes(self._connection.decrypt(bytes(record)))
        except _FAILURES as error:
            self._failed = True
            raise SessionError("transport record", "does not authenticate") from error


class Handshake:
    """One side of one handshake: call ``write`` and ``read`` in turn until ``session`` is not None."""

    def __init__(
        self,
        mode: Mode,
        *,
        initiator: bool,
        static: StaticKey,
        info: bytes,
        psk: bytes | None = None,
        remote_static: bytes | None = None,
    ) -> None:
        """``psk`` belongs to PAIR, ``remote_static`` to RESUME.

        Raises ValueError for a missing or needless key, SessionError for a remote key that is no point.
        """
        if (psk is not None) is not (mode is Mode.PAIR) or (remote_static is not None) is (mode is Mode.PAIR):
            raise ValueError("PAIR needs a psk, RESUME the other side's key, and neither both")
        self.mode = mode
        self.session: Session | None = None
        self._initiator = initiator
        self._step = 0
        self._connection: Any = NoiseConnection.from_name(_SUITES[mode])
        self._connection.set_prologue(prologue(mode, info))
        try:
            self._connection.set_keypair_from_private_bytes(Keypair.STATIC, static.private)
            if psk is not None:
                self._connection.set_psks(psk)
            if remote_static is not None:
                self._connection.set_keypair_from_public_bytes(Keypair.REMOTE_STATIC, remote_static)
            if initiator:
                self._connection.set_as_initiator()
            else:
                self._connection.set_as_responder()
            self._connection.start_handshake()
        except _FAILURES as error:
            raise SessionError("handshake", "a key is not usable") from error
        self._state: Any = self._connection.noise_protocol.handshake_state

    @property
    def step(self) -> int:
        """How many messages have passed."""
        return self._step

    def write(self) -> bytes:
        """The next message of this side. Raises SessionError if the other side's key was no proper point."""
        try:
            message = bytes(self._connection.write_message())
        except _FAILURES as error:
            raise SessionError(f"handshake message {self._step + 1}", "cannot be made") from error
        self._passed()
        return message

    def read(self, message: bytes) -> None:
        """Take the next message of the other side. Raises SessionError; then the handshake is over."""
        name = f"handshake message {self._step + 1}"
        if len(message) != MESSAGE_BYTES[self.mode][self._step]:
            raise SessionError(name, f"has {len(message)} bytes")
        try:
            payload = bytes(self._connection.read_message(bytes(message)))
        except _FAILURES as error:
            raise SessionError(name, "does not authenticate") from error
        if payload:
            raise SessionError(name, "carries a payload")
        self._passed()

    def _passed(self) -> None:
        self._step += 1
        if self._connection.handshake_finished:
            remote = bytes(self._state.rs.public_bytes)
            self.session = Session(self._connection, bytes(self._connection.get_handshake_hash()), remote)
