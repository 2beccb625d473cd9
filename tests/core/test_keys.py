"""Keys: the known-answer test, point admission, and signatures that are total over their input."""

from __future__ import annotations

import nacl.bindings as sodium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core import keys


def test_known_answers_hold_here() -> None:
    keys.self_test()


@pytest.mark.parametrize("point", ["identity", "small order", "mixed order"])
def test_a_library_that_admits_bad_points_stops_the_program(
    monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    mixed = sodium.crypto_core_ed25519_add(keys._RFC_PUBLIC, keys._SMALL_ORDER)
    admitted = {"identity": keys._IDENTITY, "small order": keys._SMALL_ORDER, "mixed order": mixed}[point]
    real = sodium.crypto_core_ed25519_is_valid_point
    monkeypatch.setattr(keys.sodium, "crypto_core_ed25519_is_valid_point", lambda p: p == admitted or real(p))
    with pytest.raises(keys.UnsafeCryptography, match="libsodium admits"):
        keys.self_test()


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_signs_and_verifies(seed: bytes, message: bytes) -> None:
    key = keys.SigningKey.from_seed(seed)
    signature = key.sign(message)
    assert keys.verify(key.public, message, signature)
    assert keys.admit_key(key.public) == key.public
    assert not keys.verify(key.public, message + b"x", signature)
    for i in (0, 31, 32, 63):
        wrong = bytearray(signature)
        wrong[i] ^= 1
        assert not keys.verify(key.public, message, bytes(wrong))


@given(st.binary(max_size=70), st.binary(max_size=20), st.binary(max_size=70))
def test_verify_is_total(public: bytes, message: bytes, signature: bytes) -> None:
    assert keys.verify(public, message, signature) in (True, False)


@pytest.mark.parametrize("bad", [b"", b"\x01" + bytes(31), bytes(32), b"\xff" * 32, bytes(33)])
def test_refuses_keys(bad: bytes) -> None:
    with pytest.raises(keys.KeyRefused):
        keys.admit_key(bad)


def test_the_secret_is_not_in_the_repr() -> None:
    key = keys.SigningKey.from_seed(b"\x07" * 32)
    assert "_secret" not in repr(key)
    assert key.kid == keys.kid(key.public)
