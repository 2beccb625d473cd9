"""Signed statements: the typed envelope of everything that asks the ledger to change.

A statement is a COSE_Sign1 with content type ``ohmstead/<type>+v1``, external AAD ``"ohmstead/1" ||
genesis hash`` and the payload map {0: type, 1: sequence, 2: valid until (block time, s), 3: body}. The
sequence is left out where a statement is idempotent by its own key. Here: envelope and bodies. Not here:
what the contract does with them. Source: protocol/statements, "Statements".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from ohmstead.core import cose
from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_identifier,
    as_list,
    as_map,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import PUBLIC_BYTES, SigningKey

ID_BYTES = 16
HASH_BYTES = 32
MAX_PAGES = 744
MAX_TRANSACTION = 128 << 10
MAX_CHANNELS = 6
_TYPE, _SEQ, _VALID_UNTIL, _BODY = range(4)

#: Types that the protocol names and later versions of the contract will take. Refused by name today.
RESERVED_TYPES = frozenset(
    ("epoch", "owner", "keep", "grant", "mandate", "correction", "revoke", "evidence", "validators", "zone")
)


class StatementError(VerificationError):
    """The statement is malformed, of an unknown type, or not signed as it must be."""


class ReservedType(StatementError):
    """The statement's type has a name in the protocol and no rule in this version."""


class Body(Protocol):
    """What every statement body offers."""

    TYPE: ClassVar[str]
    SEQUENCED: ClassVar[bool]

    def to_value(self) -> Value:
        """The body as a codec value."""

    @classmethod
    def from_value(cls, value: Value) -> Self:
        """The body of a codec value. Raises CodecError."""


@dataclass(frozen=True, slots=True)
class CertifiedChannel:
    """A channel that a certificate covers. ``direct`` is measured by the meter itself, else derived."""

    channel: Channel
    direct: bool


@dataclass(frozen=True, slots=True)
class Register:
    """``register``: the certifier admits a meter. The signed statement is the meter's certificate.

    ``valid_from`` and ``valid_to`` are hours, the second excluded. ``replayed`` marks a meter that replays
    a recorded past: its page quota is lifted and every screen says so.
    """

    TYPE: ClassVar[str] = "register"
    SEQUENCED: ClassVar[bool] = True

    public_key: bytes
    channels: tuple[CertifiedChannel, ...]
    valid_from: int
    valid_to: int
    model: bytes
    replayed: bool = False

    def to_value(self) -> Value:
        channels = [[int(c.channel), c.direct] for c in self.channels]
        return {
            0: self.public_key, 1: channels, 2: self.valid_from,
            3: self.valid_to, 4: self.model, 5: self.replayed,
        }  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> Self:
        fields = as_map(value, "register", frozenset(range(6)))
        channels = []
        for item in as_list(fields[1], "channels", at_most=MAX_CHANNELS):
            code, direct = as_list(item, "channel", 2)
            try:
                channel = Channel(as_uint(code, "channel code"))
            except ValueError as error:
                raise CodecError("unknown channel") from error
            channels.append(CertifiedChannel(channel, as_bool(direct, "direct")))
        codes = [c.channel for c in channels]
        if not codes or codes != sorted(set(codes)):
            raise CodecError("channels must be given once each, in ascending order")
        return cls(
            as_bytes(fields[0], "public key", PUBLIC_BYTES),
            tuple(channels),
            as_uint(fields[2], "valid from", 1 << 32),
            as_uint(fields[3], "valid to", 1 << 32),
            as_bytes(fields[4], "model", at_most=64),
            as_bool(fields[5], "replayed"),
        )


@dataclass(frozen=True, slots=True)
class Commission:
    """``commission`` (first form): the certifier puts a meter into a home, in a zone, from an hour on."""

    TYPE: ClassVar[str] = "commission"
    SEQUENCED: ClassVar[bool] = True

    meter: bytes
    home: bytes
    zone: str
    from_hour: int

    def to_value(self) -> Value:
        return {0: self.meter, 1: self.home, 2: self.zone, 3: self.from_hour}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        fields = as_map(value, "commission", frozenset(range(4)))
        return cls(
            as_bytes(fields[0], "meter", ID_BYTES),
            as_bytes(fields[1], "home", ID_BYTES),
            as_identifier(fields[2], "zone"),
            as_uint(fields[3], "from hour", 1 << 32),
        )


@dataclass(frozen=True, slots=True)
class Publish:
    """``publish``: a batch of sealed pages that continues a meter's log.

    ``first`` is the log's size before; ``root`` the RFC 6962 root after the pages. Idempotent by size.
    """

    TYPE: ClassVar[str] = "publish"
    SEQUENCED: ClassVar[bool] = False

    meter: bytes
    first: int
    root: bytes
    pages: tuple[bytes, ...]

    def to_value(self) -> Value:
        return {0: self.meter, 1: self.first, 2: self.root, 3: list(self.pages)}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        fields = as_map(value, "publish", frozenset(range(4)))
        pages = as_list(fields[3], "pages", at_most=MAX_PAGES)
        if not pages:
            raise CodecError("a batch holds at least one page")
        return cls(
            as_bytes(fields[0], "meter", ID_BYTES),
            as_uint(fields[1], "first page", 1 << 32),
            as_bytes(fields[2], "root", HASH_BYTES),
            tuple(as_bytes(p, "page", at_most=1024) for p in pages),
        )


@dataclass(frozen=True, slots=True)
class Retire:
    """``retire``: a meter's log is frozen at ``size``, by the meter, or by the certifier if it is dead.

    ``final`` are the sealed final registers (empty from a certifier), ``reason`` an identifier.
    """

    TYPE: ClassVar[str] = "retire"
    SEQUENCED: ClassVar[bool] = True

    meter: bytes
    size: int
    final: bytes
    reason: str

    def to_value(self) -> Value:
        return {0: self.meter, 1: self.size, 2: self.final, 3: self.reason}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        fields = as_map(value, "retire", frozenset(range(4)))
        return cls(
            as_bytes(fields[0], "meter", ID_BYTES),
            as_uint(fields[1], "size", 1 << 32),
            as_bytes(fields[2], "final registers", at_most=256),
            as_identifier(fields[3], "reason"),
        )


@dataclass(frozen=True, slots=True)
class Beacon:
    """``beacon``: 16 bytes that the app chose; a header whose state holds them is newer than the question."""

    TYPE: ClassVar[str] = "beacon"
    SEQUENCED: ClassVar[bool] = False

    nonce: bytes

    def to_value(self) -> Value:
        return {0: self.nonce}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        return cls(as_bytes(as_map(value, "beacon", frozenset((0,)))[0], "nonce", 16))


AnyBody = Body
#: The types that every ledger knows; a market's are in ``core.market_statements``.
BODIES: dict[str, type[Body]] = {
    "register": Register, "commission": Commission, "publish": Publish, "retire": Retire, "beacon": Beacon,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement before it is signed. ``valid_until`` is block time in seconds; ``seq`` starts at 1."""

    body: Body
    valid_until: int
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A statement taken apart. Its signature is not checked yet; see ``check``."""

    statement: Statement
    envelope: cose.Sign1
    data: bytes

    @property
    def signer(self) -> bytes:
        """The ``kid`` that the statement names."""
        return self.envelope.kid

    def check(self, public: bytes, genesis_hash: bytes) -> None:
        """Raises StatementError unless ``public`` signed this statement for this ledger."""
        try:
            cose.check1(self.envelope, public, self.envelope.content_type, aad(genesis_hash))
        except cose.CoseError as error:
            raise StatementError(self.statement.body.TYPE, error.reason) from error


def aad(genesis_hash: bytes) -> bytes:
    """The external AAD of every statement: a chain id can be reused, a genesis hash cannot."""
    return b"ohmstead/1" + genesis_hash


def content_type(kind: str) -> str:
    """The content type of version 1 of a statement type."""
    return f"ohmstead/{kind}+v1"


def sign(key: SigningKey, genesis_hash: bytes, statement: Statement) -> bytes:
    """The signed bytes of a statement. Raises ValueError if its sequence is missing or out of place."""
    body = statement.body
    if (statement.seq is None) == body.SEQUENCED:
        raise ValueError(f"{body.TYPE}: a sequence is {'needed' if body.SEQUENCED else 'not used'}")
    payload: dict[int, Value] = {_TYPE: body.TYPE}
    if statement.seq is not None:
        payload[_SEQ] = statement.seq
    payload[_VALID_UNTIL] = statement.valid_until
    payload[_BODY] = body.to_value()
    return cose.sign1(key, content_type(body.TYPE), encode(payload), aad(genesis_hash))


def parse(data: bytes, bodies: Mapping[str, type[Body]] = BODIES) -> SignedStatement:
    """A transaction taken apart, every field checked for shape; ``bodies`` are the types that are known.

    Raises StatementError.
    """
    if len(data) > MAX_TRANSACTION:
        raise StatementError("statement", f"{len(data)} bytes are more than {MAX_TRANSACTION}")
    try:
        envelope = cose.peek1(data)
        payload = decode(envelope.payload, max_size=MAX_TRANSACTION)
        kind = as_text(payload.get(_TYPE) if isinstance(payload, dict) else None, "type")
        if kind in RESERVED_TYPES and kind not in bodies:
            raise ReservedType(kind, "is reserved for a later version of the contract")
        if kind not in bodies or envelope.content_type != content_type(kind):
            raise StatementError("statement", "unknown type or version")
        body_type = bodies[kind]
        keys = {_TYPE, _VALID_UNTIL, _BODY} | ({_SEQ} if body_type.SEQUENCED else set())
        fields = as_map(payload, kind, frozenset(keys))
        seq = as_uint(fields[_SEQ], "sequence") if body_type.SEQUENCED else None
        body = body_type.from_value(fields[_BODY])
        return SignedStatement(
            Statement(body, as_uint(fields[_VALID_UNTIL], "valid until"), seq), envelope, data
        )
    except CodecError as error:
        raise StatementError("statement", str(error)) from error
    except cose.CoseError as error:
        raise StatementError("statement", error.reason) from error
