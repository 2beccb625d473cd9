"""The group of rule ``nbr/1``: the prime-order subgroup of Ed25519, through libsodium, with its traps closed.

A point is its 32-byte encoding, a scalar 32 bytes little-endian below L. libsodium's addition asks only that
its arguments are on the curve, its multiplication takes scalars above L, ignores their bit 255 and refuses a
zero result; hence every received field passes ``point``, ``scalar`` or ``mul_received`` first and zero is
handled here. Here: operations, the hash to a scalar, refusals that name the field. Not here: any proof.
Source: protocol/neighbours, lines 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b, sha512
from typing import TypeAlias

import nacl.bindings as sodium

from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import UnsafeCryptography

#: The order of the subgroup (RFC 8032 §5.1).
L = 2**252 + 27742317777372353535851937790883648493
#: The neutral element's encoding.
IDENTITY = b"\x01" + bytes(31)
#: The base point (RFC 8032 §5.1: y = 4/5, x even).
BASE = b"\x58" + b"\x66" * 31
ZERO = bytes(32)
POINT_BYTES = SCALAR_BYTES = 32

#: ``draw(n)`` gives n fresh random bytes. Known-answer tests pass their own; everyone else libsodium's.
Draw: TypeAlias = Callable[[int], bytes]
random_bytes: Draw = sodium.randombytes


class FieldRefused(VerificationError):
    """A received point or scalar is not one. ``subject`` names the field."""


# ---- what was received ---------------------------------------------------------------------------


def point(data: bytes, what: str) -> bytes:
    """``pt`` of line 2: 32 bytes that encode a point of the subgroup other than the identity.

    Raises FieldRefused: wrong length, y not below the field's prime, off the curve, small or mixed order.
    """
    if len(data) != POINT_BYTES:
        raise FieldRefused(what, f"a point is {POINT_BYTES} bytes, not {len(data)}")
    if not sodium.crypto_core_ed25519_is_valid_point(data):
        raise FieldRefused(what, "not a point of the main subgroup")
    return data


def scalar(data: bytes, what: str) -> bytes:
    """``sc`` of line 2: 32 bytes, an integer below L. Raises FieldRefused."""
    if len(data) != SCALAR_BYTES:
        raise FieldRefused(what, f"a scalar is {SCALAR_BYTES} bytes, not {len(data)}")
    if int.from_bytes(data, "little") >= L:
        raise FieldRefused(what, "a scalar that is not reduced")
    return data


def mul_received(k: bytes, received: bytes, what: str) -> bytes:
    """``point`` and ``mul`` in one: kP of a point that nobody has checked yet.

    libsodium's multiplication makes the checks of is_valid_point itself (canonical, order, subgroup: its
    crypto_scalarmult_ed25519), which are half of its time; asking once saves a tenth of a statement's
    verification. ``self_test`` pins that this holds. Raises FieldRefused as ``point`` does.
    """
    if k == ZERO or len(received) != POINT_BYTES:
        point(received, what)
        return IDENTITY
    try:
        return sodium.crypto_scalarmult_ed25519_noclamp(k, received)
    except RuntimeError as error:
        raise FieldRefused(what, "not a point of the main subgroup") from error


# ---- operations ----------------------------------------------------------------------------------


def mul(k: bytes, p: bytes) -> bytes:
    """kP for a scalar and a point known to be proper, or the identity (line 3). Raises FieldRefused."""
    if k == ZERO or p == IDENTITY:
        return IDENTITY
    try:
        return sodium.crypto_scalarmult_ed25519_noclamp(k, p)
    except RuntimeError as error:
        raise FieldRefused("point", "not a point of the main subgroup") from error


def base(k: bytes) -> bytes:
    """kB; the identity for zero (line 3)."""
    if k == ZERO:
        return IDENTITY
    return sodium.crypto_scalarmult_ed25519_base_noclamp(k)


def add(p: bytes, q: bytes) -> bytes:
    """P + Q. Says nothing about what P and Q are but that they are on the curve. Raises FieldRefused."""
    try:
        return sodium.crypto_core_ed25519_add(p, q)
    except (RuntimeError, TypeError) as error:
        raise FieldRefused("point", "not on the curve") from error


def sub(p: bytes, q: bytes) -> bytes:
    """P − Q, as ``add``."""
    try:
        return sodium.crypto_core_ed25519_sub(p, q)
    except (RuntimeError, TypeError) as error:
        raise FieldRefused("point", "not on the curve") from error


def total(points: Iterable[bytes]) -> bytes:
    """The sum of points; the identity over none."""
    whole = IDENTITY
    for p in points:
        whole = p if whole == IDENTITY else add(whole, p)
    return whole


def shifted_total(points: list[bytes]) -> bytes:
    """Σ 2^t P_t over ``points`` from t = 0 on, by doubling from the top."""
    whole = IDENTITY
    for p in reversed(points):
        whole = p if whole == IDENTITY else add(add(whole, whole), p)
    return whole


def negative(p: bytes) -> bytes:
    """−P: the same y, the other sign of x (RFC 8032 §5.1.2). The identity is its own negative."""
    return p if p == IDENTITY else p[:31] + bytes((p[31] ^ 0x80,))


def scalar_of(n: int) -> bytes:
    """The scalar of an integer, reduced."""
    return (n % L).to_bytes(SCALAR_BYTES, "little")


def plus(a: bytes, b: bytes) -> bytes:
    """a + b mod L."""
    return sodium.crypto_core_ed25519_scalar_add(a, b)


def minus(a: bytes, b: bytes) -> bytes:
    """a − b mod L."""
    return sodium.crypto_core_ed25519_scalar_sub(a, b)


def times(a: bytes, b: bytes) -> bytes:
    """ab mod L."""
    return sodium.crypto_core_ed25519_scalar_mul(a, b)


# ---- hashes and randomness -----------------------------------------------------------------------


def u64(n: int) -> bytes:
    """An integer as it enters a hash: 8 bytes big-endian (line 4)."""
    return n.to_bytes(8, "big")


def hash_to_scalar(tag: str, *fields: bytes) -> bytes:
    """H(tag, f1…) of line 4: SHA-512 over u32-big-endian length ‖ field, reduced mod L.

    The first field is ``"ohmstead/nbr/1/" ‖ tag``.
    """
    hasher = sha512()
    for part in (b"ohmstead/nbr/1/" + tag.encode(), *fields):
        hasher.update(len(part).to_bytes(4, "big") + part)
    return sodium.crypto_core_ed25519_scalar_reduce(hasher.digest())


def hash_to_nonce(data: bytes, key: bytes = b"") -> bytes:
    """BLAKE2b-512(data, key) reduced mod L: the secret scalars of lines 10 and 19."""
    return sodium.crypto_core_ed25519_scalar_reduce(blake2b(data, digest_size=64, key=key).digest())


def fresh_scalar(draw: Draw) -> bytes:
    """A uniform scalar other than zero, from 64 bytes of ``draw`` (again in the case nobody will see)."""
    while True:
        k = sodium.crypto_core_ed25519_scalar_reduce(draw(64))
        if k != ZERO:
            return k


def self_test() -> None:
    """The known answer that ``mul_received`` rests on; beside ``core.keys.self_test`` at every start.

    Raises UnsafeCryptography where libsodium multiplies a point that is outside the subgroup.
    """
    three = scalar_of(3)
    for name, encoding in OUTSIDE:
        for bad in (encoding, add(BASE, encoding)):
            if bad in (BASE, IDENTITY):
                continue
            try:
                sodium.crypto_scalarmult_ed25519_noclamp(three, bad)
            except RuntimeError:
                continue
            raise UnsafeCryptography(f"libsodium multiplies {name}; pynacl 1.6.2 or newer is needed")


_P = 2**255 - 19
_ORDER_EIGHT = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
#: Encodings that are no elements of the subgroup; each also spoils the point that it is added to.
OUTSIDE: tuple[tuple[str, bytes], ...] = (
    ("a point of order two", (_P - 1).to_bytes(32, "little")),
    ("a point of order four", ZERO),
    ("a point of order eight", _ORDER_EIGHT),
    ("an encoding with y = p + 1", (_P + 1).to_bytes(32, "little")),
)
