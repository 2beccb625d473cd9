"""COSE_Sign1 (RFC 9052 §4.2), the one envelope of everything signed.

Untagged, protected header {1: -8 EdDSA, 3: content type, 4: kid}, empty unprotected header, payload
inside, external AAD given by the caller. Not here: what a payload means (``core.statements``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core import keys
from ohmstead.core.codec import CodecError, as_bytes, as_list, as_map, as_text, decode, encode
from ohmstead.core.errors import VerificationError

_ALG, _CONTENT_TYPE, _KID = 1, 3, 4
_EDDSA = -8
MAX_PAYLOAD = 1 << 17


class CoseError(VerificationError):
    """The envelope is malformed, or is not signed by the key it should be."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """An envelope taken apart. Nothing about it is checked but its shape."""

    content_type: str
    kid: bytes
    payload: bytes
    signature: bytes
    protected: bytes


def _signed_bytes(protected: bytes, aad: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 §4.4."""
    return encode(["Signature1", protected, aad, payload])


def sign1(key: keys.SigningKey, content_type: str, payload: bytes, aad: bytes) -> bytes:
    """The envelope of a payload, signed by ``key`` over the payload and the external AAD."""
    protected = encode({_ALG: _EDDSA, _CONTENT_TYPE: content_type, _KID: key.kid})
    return encode([protected, {}, payload, key.sign(_signed_bytes(protected, aad, payload))])


def peek1(data: bytes) -> Sign1:
    """The parts of an envelope, before its signature is checked. Raises CoseError if it is malformed."""
    try:
        protected, unprotected, payload, signature = as_list(decode(data, max_size=1 << 18), "COSE_Sign1", 4)
        if unprotected != {}:
            raise CodecError("the unprotected header must be empty")
        protected_bytes = as_bytes(protected, "protected header", at_most=256)
        header = as_map(decode(protected_bytes), "protected header", frozenset((_ALG, _CONTENT_TYPE, _KID)))
        if header[_ALG] != _EDDSA:
            raise CodecError("the algorithm must be EdDSA")
        return Sign1(
            as_text(header[_CONTENT_TYPE], "content type"),
            as_bytes(header[_KID], "kid", keys.KID_BYTES),
            as_bytes(payload, "payload", at_most=MAX_PAYLOAD),
            as_bytes(signature, "signature", keys.SIGNATURE_BYTES),
            protected_bytes,
        )
    except CodecError as error:
        raise CoseError("signed object", str(error)) from error


def open1(data: bytes, public: bytes, content_type: str, aad: bytes) -> bytes:
    """The payload, once the envelope is of this type and signed by this key. Raises CoseError."""
    parts = peek1(data)
    check1(parts, public, content_type, aad)
    return parts.payload


def check1(parts: Sign1, public: bytes, content_type: str, aad: bytes) -> None:
    """The check of ``open1`` on an envelope already taken apart. Raises CoseError."""
    if parts.content_type != content_type:
        raise CoseError("signed object", f"is {parts.content_type}, not {content_type}")
    if parts.kid != keys.kid(public):
        raise CoseError(content_type, "names another key")
    if not keys.verify(public, _signed_bytes(parts.protected, aad, parts.payload), parts.signature):
        raise CoseError(content_type, "the signature does not verify")
