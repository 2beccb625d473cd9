"""The three messages that bind a Noise session to identities, right after the handshake.

1. meter to app: ``[meter key, certificate, COSE_Sign1]``, signed by the certified key;
2. app to meter: ``[device key, COSE_Sign1]``, signed by this device's own key;
3. meter to app: ``[peer id, role granted]``, or ``[refusal code]``.

The signed payload is the canonical array ``[genesis hash, meter id, role, handshake hash, meter static,
app static, pairing counter, certificate hash]``, role 0 for the meter and 1 for the app, whose array ends
with the role that it asks for. The certificate is opaque here: its hash is signed, its own check by state
proof is the caller's. Not here: when what is stored (``pairing``, the meter's session). Source:
protocol/link, "Binding".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.cose import CoseError, open1, sign1
from ohmstead.core.keys import KeyRefused, SigningKey, admit_key
from ohmstead.link.errors import (
    BindingError,
    BindingMismatch,
    ChangedKey,
    ForeignKey,
    Refused,
    WrongCertificate,
    WrongGenesis,
)

AAD = b"ohmstead/link-bind/1"
CONTENT_TYPE = "ohmstead/link-bind+v1"
PEER_ID_BYTES = 8
ID_BYTES = 16
HASH_BYTES = 32
MAX_CERTIFICATE = 8192
MAX_BINDING = 16_384
_METER, _APP = 0, 1


class Role(IntEnum):
    """What a peer may be to a meter."""

    NONE = 0
    OWNER = 1
    VIEWER = 2
    INSTALLER = 3


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What both sides of one session know without being told."""

    handshake_hash: bytes
    meter_static: bytes
    app_static: bytes

    @property
    def first_peer_id(self) -> bytes:
        """The peer id before any was sent: SHA-256("ohmstead/peer-id/1" || handshake hash), 8 bytes.

        Both sides know it, so an app that never saw the meter's OK can still come back. The handshake hash
        is secret after psk3 (the PSK is mixed into it), so no listener can compute the id beforehand.
        """
        return sha256(b"ohmstead/peer-id/1" + self.handshake_hash).digest()[:PEER_ID_BYTES]


@dataclass(frozen=True, slots=True)
class MeterClaim:
    """What a verified first message says."""

    meter_key: bytes
    genesis_hash: bytes
    meter_id: bytes
    counter: int
    certificate: bytes

    @property
    def certificate_hash(self) -> bytes:
        """SHA-256 of the certificate's bytes."""
        return sha256(self.certificate).digest()


@dataclass(frozen=True, slots=True)
class AppClaim:
    """What a verified second message says."""

    device_key: bytes
    role_asked: Role


@dataclass(frozen=True, slots=True)
class Expected:
    """What the app knows before it hears the meter; None where it knows nothing (a typed code)."""

    genesis_hash: bytes | None = None
    label_key: bytes | None = None
    known_key: bytes | None = None


def _fields(claim: MeterClaim, role: int, facts: SessionFacts) -> list[int | bytes]:
    return [
        claim.genesis_hash,
        claim.meter_id,
        role,
        facts.handshake_hash,
        facts.meter_static,
        facts.app_static,
        claim.counter,
        claim.certificate_hash,
    ]


def meter_message(key: SigningKey, claim: MeterClaim, facts: SessionFacts) -> bytes:
    """Message 1."""
    signed = sign1(key, CONTENT_TYPE, encode(_fields(claim, _METER, facts)), AAD)
    return encode([key.public, claim.certificate, signed])


def check_meter_message(data: bytes, facts: SessionFacts, expected: Expected) -> MeterClaim:
    """The claim of message 1, verified against the session and against what the label says.

    Raises ForeignKey, ChangedKey, WrongGenesis, WrongCertificate, BindingMismatch; BindingError for what is
    malformed or badly signed. The certificate itself is not checked here.
    """
    try:
        key_value, certificate_value, signed_value = as_list(decode(data, max_size=MAX_BINDING), "binding", 3)
        key = admit_key(as_bytes(key_value, "meter key"))
        certificate = as_bytes(certificate_value, "certificate", at_most=MAX_CERTIFICATE)
        signed = as_bytes(signed_value, "signed binding")
    except (CodecError, KeyRefused) as error:
        raise BindingError("meter binding", str(error)) from error
    # Whose key it is comes first: a person must read "another meter", not "bad signature".
    if expected.label_key is not None and key != expected.label_key:
        raise ForeignKey("meter key", "is not the key on the label")
    if expected.known_key is not None and key != expected.known_key:
        raise ChangedKey("meter key", "is not the key this home was paired with")
    try:
        fields = as_list(decode(open1(signed, key, CONTENT_TYPE, AAD)), "binding", 8)
        claim = MeterClaim(
            key,
            as_bytes(fields[0], "genesis hash", HASH_BYTES),
            as_bytes(fields[1], "meter id", ID_BYTES),
            as_uint(fields[6], "pairing counter"),
            certificate,
        )
    except (CodecError, CoseError) as error:
        raise BindingError("meter binding", str(error)) from error
    if expected.genesis_hash is not None and claim.genesis_hash != expected.genesis_hash:
        raise WrongGenesis("genesis hash", "is not the one on the label")
    if fields[7] != claim.certificate_hash:
        raise WrongCertificate("certificate", "is not the one that was signed")
    _same(fields[:7], _fields(claim, _METER, facts)[:7], "meter binding")
    return claim


def app_message(key: SigningKey, claim: MeterClaim, facts: SessionFacts, role_asked: Role) -> bytes:
    """Message 2."""
    payload = encode([*_fields(claim, _APP, facts), int(role_asked)])
    return encode([key.public, sign1(key, CONTENT_TYPE, payload, AAD)])


def check_app_message(data: bytes, claim: MeterClaim, facts: SessionFacts) -> AppClaim:
    """The claim of message 2, verified against the session. Raises BindingMismatch or BindingError."""
    try:
        key_value, signed_value = as_list(decode(data, max_size=MAX_BINDING), "binding", 2)
        key = admit_key(as_bytes(key_value, "device key"))
        signed = as_bytes(signed_value, "signed binding")
        fields = as_list(decode(open1(signed, key, CONTENT_TYPE, AAD)), "binding", 9)
        role = Role(as_uint(fields[8], "role", len(Role)))
    except (CodecError, CoseError, KeyRefused) as error:
        raise BindingError("app binding", str(error)) from error
    _same(fields[:8], _fields(claim, _APP, facts), "app binding")
    return AppClaim(key, role)


def _same(found: list[Value], wanted: list[int | bytes], subject: str) -> None:
    # Compared as bytes, because True equals 1 in Python and not on the air.
    if encode(found) != encode(wanted):
        raise BindingMismatch(subject, "names another session, other keys or another role")


def ok_message(peer_id: bytes, role: Role) -> bytes:
    """Message 3: the meter has stored the peer."""
    return encode([peer_id, int(role)])


def refusal_message(code: int) -> bytes:
    """Message 3 where the meter cannot store the peer."""
    return encode([code])


def read_ok(data: bytes) -> tuple[bytes, Role]:
    """(peer id, role granted) of message 3. Raises Refused, or BindingError if it is malformed."""
    try:
        fields = as_list(decode(data, max_size=256), "answer", at_most=2)
        if len(fields) == 1:
            raise Refused(as_uint(fields[0], "refusal", 256))
        peer_id, role = as_list(fields, "answer", 2)
        return as_bytes(peer_id, "peer id", PEER_ID_BYTES), Role(as_uint(role, "role", len(Role)))
    except CodecError as error:
        raise BindingError("answer to the binding", str(error)) from error
