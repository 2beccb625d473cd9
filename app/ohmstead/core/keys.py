"""Ed25519 keys and signatures, through libsodium, admitted only after point validation.

Every process runs ``self_test`` before it touches a key: a system libsodium without the fix for
CVE-2025-69277 admits mixed-order points under an unchanged version string, and two verifiers that
disagree about one key would split consensus. Source: protocol/statements, "Keys"; RFC 8032.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

import nacl.bindings as sodium
from nacl.exceptions import BadSignatureError

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
KID_BYTES = 16


class KeyRefused(ValueError):
    """The bytes are not a public key that may be admitted."""


class UnsafeCryptography(RuntimeError):
    """The libsodium in use fails the known-answer test. Nothing may run on it."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key pair. The secret never appears in a repr."""

    public: bytes
    _secret: bytes = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key pair of a 32-byte seed (RFC 8032 §5.1.5). Raises ValueError for another length."""
        if len(seed) != SEED_BYTES:
            raise ValueError(f"an Ed25519 seed is {SEED_BYTES} bytes, not {len(seed)}")
        public, secret = sodium.crypto_sign_seed_keypair(seed)
        return cls(public, secret)

    @property
    def kid(self) -> bytes:
        """The key's short name; see ``kid``."""
        return kid(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message."""
        return sodium.crypto_sign(message, self._secret)[:SIGNATURE_BYTES]


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether libsodium accepts the signature. Total: wrong lengths are simply not valid.

    libsodium is strictly narrower than ZIP-215, so what it accepts CometBFT accepts as well.
    """
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        sodium.crypto_sign_open(signature + message, public)
    except (BadSignatureError, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def admit_key(data: bytes) -> bytes:
    """The public key itself, once it is known to be a point of the main subgroup.

    Answers are remembered, refusals are not: a validator set comes with every header.

    Raises KeyRefused for a wrong length, an encoding off the curve, the identity, a small-order point or
    a mixed-order point.
    """
    if len(data) != PUBLIC_BYTES:
        raise KeyRefused(f"a public key is {PUBLIC_BYTES} bytes, not {len(data)}")
    if not sodium.crypto_core_ed25519_is_valid_point(data):
        raise KeyRefused("not a point of the main subgroup")
    return data


def kid(public: bytes) -> bytes:
    """The first 16 bytes of SHA-256(public key); the contract refuses a second key with one in use."""
    return sha256(public).digest()[:KID_BYTES]


# A point of order eight; added to a proper key it makes a mixed-order point, on the curve but not in the
# subgroup, which a libsodium without the fix calls valid.
_SMALL_ORDER = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
_IDENTITY = bytes.fromhex("01" + "00" * 31)
# RFC 8032 §7.1, TEST 2.
_RFC_SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
_RFC_PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
_RFC_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def self_test() -> None:
    """The known-answer test that runs at the start of app, meter and node.

    Raises UnsafeCryptography, saying which answer was wrong.
    """
    key = SigningKey.from_seed(_RFC_SEED)
    if key.public != _RFC_PUBLIC or key.sign(b"\x72") != _RFC_SIGNATURE:
        raise UnsafeCryptography("Ed25519 signing does not give the answer of RFC 8032")
    if not verify(_RFC_PUBLIC, b"\x72", _RFC_SIGNATURE):
        raise UnsafeCryptography("a good Ed25519 signature was refused")
    scalar = int.from_bytes(_RFC_SIGNATURE[32:], "little") + _GROUP_ORDER
    malleable = _RFC_SIGNATURE[:32] + scalar.to_bytes(32, "little")
    if verify(_RFC_PUBLIC, b"\x72", malleable):
        raise UnsafeCryptography("a signature with an unreduced scalar was accepted")
    if not sodium.crypto_core_ed25519_is_valid_point(_RFC_PUBLIC):
        raise UnsafeCryptography("a proper public key was refused")
    for name, point in (
        ("the identity", _IDENTITY),
        ("a small-order point", _SMALL_ORDER),
        ("a mixed-order point (CVE-2025-69277)", sodium.crypto_core_ed25519_add(_RFC_PUBLIC, _SMALL_ORDER)),
    ):
        if sodium.crypto_core_ed25519_is_valid_point(point):
            raise UnsafeCryptography(f"libsodium admits {name} as a key; pynacl 1.6.2 or newer is needed")
