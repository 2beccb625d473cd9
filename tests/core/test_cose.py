"""COSE_Sign1: agreement with an independent library both ways, and refusal of every altered part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycose.headers import KID, Algorithm, ContentType
from pycose.keys import OKPKey
from pycose.keys.curves import Ed25519
from pycose.messages import Sign1Message

from ohmstead.core import cose
from ohmstead.core.codec import decode, encode
from ohmstead.core.keys import SigningKey

KEY = SigningKey.from_seed(b"\x11" * 32)
OTHER = SigningKey.from_seed(b"\x12" * 32)
TYPE = "ohmstead/publish+v1"


@given(st.binary(max_size=100), st.binary(max_size=40))
def test_an_independent_library_verifies_ours(payload: bytes, aad: bytes) -> None:
    data = cose.sign1(KEY, TYPE, payload, aad)
    message = Sign1Message.from_cose_obj(decode(data), False)
    message.key = OKPKey(crv=Ed25519, x=KEY.public)
    message.external_aad = aad
    assert message.verify_signature()
    assert message.payload == payload


def test_ours_verifies_an_independent_librarys() -> None:
    message = Sign1Message(
        phdr={Algorithm: "EDDSA", ContentType: TYPE, KID: KEY.kid}, payload=b"page", external_aad=b"aad"
    )
    message.key = OKPKey(crv=Ed25519, x=KEY.public, d=b"\x11" * 32)
    data = message.encode(tag=False)
    assert cose.open1(data, KEY.public, TYPE, b"aad") == b"page"


def test_every_flipped_bit_is_refused() -> None:
    data = cose.sign1(KEY, TYPE, b"payload", b"aad")
    for i in range(len(data)):
        for bit in range(8):
            wrong = bytearray(data)
            wrong[i] ^= 1 << bit
            with pytest.raises(cose.CoseError):
                cose.open1(bytes(wrong), KEY.public, TYPE, b"aad")


def test_names_what_is_wrong() -> None:
    data = cose.sign1(KEY, TYPE, b"payload", b"aad")
    with pytest.raises(cose.CoseError, match="another key"):
        cose.open1(data, OTHER.public, TYPE, b"aad")
    with pytest.raises(cose.CoseError, match="not ohmstead/beacon"):
        cose.open1(data, KEY.public, "ohmstead/beacon+v1", b"aad")
    with pytest.raises(cose.CoseError, match="signature"):
        cose.open1(data, KEY.public, TYPE, b"another ledger")


def test_an_unprotected_header_is_refused() -> None:
    protected, _, payload, signature = decode(cose.sign1(KEY, TYPE, b"p", b""))
    with pytest.raises(cose.CoseError, match="unprotected"):
        cose.peek1(encode([protected, {1: 2}, payload, signature]))
