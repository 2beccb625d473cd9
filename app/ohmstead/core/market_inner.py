"""What an order key signs inside a meter's statement: a COSE_Sign1 within a COSE_Sign1.

The outer signature is the meter's, the inner one the household's order key's (or its mandate's agent's), over
the same external AAD as every statement, with a content type of its own. Here: the four inner payloads and
their envelope. Not here: the statements around them (``core.market_statements``), who may sign what
(``contract``). Source: protocol/market, A to C.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from ohmstead.core import cose
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import PUBLIC_BYTES, SigningKey
from ohmstead.core.statements import HASH_BYTES, ID_BYTES, StatementError, aad

NONCE_BYTES = 16
MAX_INNER = 1024
#: Slot numbers stay below this, so that a slot's seconds stay far below 2**63.
SLOT_LIMIT = 1 << 40
#: Energies and prices stay below this, so that their products stay below 2**62.
AMOUNT_LIMIT = 1 << 31


class InnerPayload(Protocol):
    """What every inner payload offers: its content type, its household and meter, its bytes."""

    CONTENT_TYPE: ClassVar[str]

    @property
    def household(self) -> bytes:
        """The household that the payload speaks for."""

    @property
    def meter(self) -> bytes:
        """The meter that must sign around it."""

    def to_bytes(self) -> bytes:
        """The signed bytes: a canonical array."""

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The payload of signed bytes. Raises CodecError."""


@dataclass(frozen=True, slots=True)
class AccountKey:
    """An order key asks to act for a household; it signs itself, which proves that it is held."""

    CONTENT_TYPE: ClassVar[str] = "ohmstead/account-key+v1"

    household: bytes
    meter: bytes
    public_key: bytes

    def to_bytes(self) -> bytes:
        """[household, meter, public key]."""
        return encode([self.household, self.meter, self.public_key])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        v = as_list(decode(data, max_size=MAX_INNER), "account key", 3)
        return cls(_id(v[0], "household"), _id(v[1], "meter"), as_bytes(v[2], "public key", PUBLIC_BYTES))


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """An order for one slot, sealed: 32 bytes that say nothing until it is revealed."""

    CONTENT_TYPE: ClassVar[str] = "ohmstead/order+v1"

    slot: int
    household: bytes
    meter: bytes
    version: int
    commitment: bytes

    def to_bytes(self) -> bytes:
        """[slot, household, meter, version, commitment]."""
        return encode([self.slot, self.household, self.meter, self.version, self.commitment])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        v = as_list(decode(data, max_size=MAX_INNER), "sealed order", 5)
        return cls(
            as_uint(v[0], "slot", SLOT_LIMIT), _id(v[1], "household"), _id(v[2], "meter"),
            as_version(v[3]), as_bytes(v[4], "commitment", HASH_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LotOffer:
    """A surplus lot: ``wh`` over ``slots`` slots from ``first`` on, for at least ``reserve`` µ/kWh net.

    Sealed bids are taken until the start of slot ``gate``.
    """

    CONTENT_TYPE: ClassVar[str] = "ohmstead/lot+v1"

    household: bytes
    meter: bytes
    nonce: bytes
    wh: int
    first: int
    slots: int
    reserve: int
    gate: int

    def to_bytes(self) -> bytes:
        """[household, meter, nonce, wh, first slot, slots, reserve, gate slot]."""
        return encode(
            [
                self.household, self.meter, self.nonce, self.wh, self.first, self.slots, self.reserve,
                self.gate,
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        v = as_list(decode(data, max_size=MAX_INNER), "lot", 8)
        return cls(
            _id(v[0], "household"), _id(v[1], "meter"), as_bytes(v[2], "nonce", NONCE_BYTES),
            as_uint(v[3], "energy", AMOUNT_LIMIT), as_uint(v[4], "first slot", SLOT_LIMIT),
            as_uint(v[5], "slots", 1 << 16), as_uint(v[6], "reserve", AMOUNT_LIMIT),
            as_uint(v[7], "gate slot", SLOT_LIMIT),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SealedBid:
    """A bid on a lot, sealed."""

    CONTENT_TYPE: ClassVar[str] = "ohmstead/lot-bid+v1"

    lot: bytes
    household: bytes
    meter: bytes
    version: int
    commitment: bytes

    def to_bytes(self) -> bytes:
        """[lot, household, meter, version, commitment]."""
        return encode([self.lot, self.household, self.meter, self.version, self.commitment])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        v = as_list(decode(data, max_size=MAX_INNER), "sealed bid", 5)
        return cls(
            _id(v[0], "lot"), _id(v[1], "household"), _id(v[2], "meter"),
            as_version(v[3]), as_bytes(v[4], "commitment", HASH_BYTES),
        )  # fmt: skip


def _id(value: Value, what: str) -> bytes:
    return as_bytes(value, what, ID_BYTES)


def as_version(value: Value) -> int:
    """A version: from 1 on, so that "none yet" is 0. Raises CodecError."""
    version = as_uint(value, "version", 1 << 32)
    if version == 0:
        raise CodecError("versions begin with 1")
    return version


@dataclass(frozen=True, slots=True)
class Inner:
    """An inner envelope taken apart; its signature is not checked yet, see ``check``."""

    data: bytes
    envelope: cose.Sign1

    @property
    def signer(self) -> bytes:
        """The ``kid`` that the inner envelope names."""
        return self.envelope.kid

    def check(self, public: bytes, genesis_hash: bytes) -> None:
        """Raises StatementError unless ``public`` signed it for this ledger."""
        try:
            cose.check1(self.envelope, public, self.envelope.content_type, aad(genesis_hash))
        except cose.CoseError as error:
            raise StatementError(self.envelope.content_type, error.reason) from error


def seal_inner(key: SigningKey, genesis_hash: bytes, payload: InnerPayload) -> Inner:
    """A payload signed by an order key (or an agent), ready to be put into the meter's statement."""
    data = cose.sign1(key, payload.CONTENT_TYPE, payload.to_bytes(), aad(genesis_hash))
    return Inner(data, cose.peek1(data))


def read_inner(value: Value, content_type: str) -> Inner:
    """The inner envelope of a statement's field. Raises CodecError for another shape or content type."""
    data = as_bytes(value, "inner statement", at_most=MAX_INNER)
    try:
        envelope = cose.peek1(data)
    except cose.CoseError as error:
        raise CodecError(f"inner statement: {error.reason}") from error
    if envelope.content_type != content_type:
        raise CodecError(f"inner statement: must be {content_type}")
    return Inner(data, envelope)
