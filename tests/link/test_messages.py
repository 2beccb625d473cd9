"""Messages: one form each, everything else refused by one error."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.link.errors import MessageError
from ohmstead.link.gatt import Advertised, Info
from ohmstead.link.messages import (
    MAX_MESSAGE,
    Cancel,
    Credit,
    End,
    Error,
    Event,
    Item,
    Method,
    Request,
    Response,
    pack,
    unpack,
)

ids = st.integers(0, 2**32 - 1)
small = st.integers(0, 2**16 - 1)
credits_ = st.integers(1, 256)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.binary(max_size=9)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
messages = st.one_of(
    st.builds(Request, ids, small, values, st.none() | credits_),
    st.builds(Response, ids, values),
    st.builds(Error, ids, st.integers(0, 255), st.binary(max_size=1024)),
    st.builds(Item, ids, st.integers(0, 2**63 - 1), values),
    st.builds(End, ids, values),
    st.builds(Credit, ids, credits_),
    st.builds(Cancel, ids),
    st.builds(Event, small, values),
)


@given(messages)
def test_every_message_comes_back(message: Request) -> None:
    assert unpack(pack(message)) == message


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    try:
        message = unpack(data)
    except MessageError:
        return
    assert pack(message) == data


@given(messages, st.integers(0), st.integers(1, 255))
def test_a_changed_message_is_another_or_refused(message: Request, place: int, flip: int) -> None:
    data = bytearray(pack(message))
    data[place % len(data)] ^= flip
    with contextlib.suppress(MessageError):
        assert unpack(bytes(data)) != message


@pytest.mark.parametrize(
    "value",
    [
        [],
        7,
        None,
        {},
        [8, 1],
        [True, 1, 1, None],
        [-1],
        [0],
        [0, 1, 2],
        [0, 1, 2, None, 0],
        [0, 1, 2, None, 257],
        [0, 1, 2, None, 1, 1],
        [0, 2**32, 1, None],
        [0, -1, 1, None],
        [0, 1, 2**16, None],
        [1, 1],
        [1, 1, 1, 1],
        [2, 1, 256, b""],
        [2, 1, 1, b"x" * 1025],
        [2, 1, 1, "text"],
        [3, 1, -1, 0],
        [5, 1, 0],
        [5, 1, True],
        [6],
        [7, 2**16, 0],
    ],
)
def test_shapes_that_are_none(value: object) -> None:
    with pytest.raises(MessageError):
        unpack(encode(value))


def test_the_size_is_bounded_both_ways() -> None:
    with pytest.raises(MessageError, match="60006"):
        pack(Response(1, bytes(MAX_MESSAGE)))
    with pytest.raises(MessageError):
        unpack(bytes(MAX_MESSAGE + 1))
    assert unpack(pack(Response(1, bytes(MAX_MESSAGE - 6)))) == Response(1, bytes(MAX_MESSAGE - 6))


@given(st.binary(min_size=16, max_size=16), st.booleans())
def test_info_round_trips(nonce: bytes, pairing_open: bool) -> None:
    info = Info(nonce, pairing_open)
    assert len(info.to_bytes()) == 18
    assert Info.from_bytes(info.to_bytes()) == info


@given(st.integers(0, 0xFFF), st.booleans())
def test_advertising_round_trips(discriminator: int, pairing_open: bool) -> None:
    said = Advertised(discriminator, pairing_open)
    assert Advertised.from_bytes(said.to_bytes()) == said
    assert said.mark == f"{discriminator:03X}"


@given(st.binary(max_size=4))
def test_other_peoples_advertising_is_none_of_ours(data: bytes) -> None:
    said = Advertised.from_bytes(data)
    assert said is None or said.to_bytes() == data


def test_the_numbers_are_frozen() -> None:
    assert {method.name: int(method) for method in Method} == {
        "ABOUT": 1,
        "GENESIS": 2,
        "HEAD": 3,
        "LIGHT_BLOCK": 4,
        "RECORD_PROOF": 5,
        "PAGES": 6,
        "ANCHORS": 7,
        "EPOCH_ROOT": 8,
        "LIVE": 9,
        "BEACON": 10,
        "ROLE": 11,
        "PEERS": 12,
        "REVOKE": 13,
        "CLOSE": 14,
        "OPEN_PAIRING": 15,
        "HAND": 20,
        "ORDERS": 21,
        "POST": 22,
        "ACCOUNT": 23,
        "INSTRUCT": 24,
        "BOOK": 25,
        "NOTES": 26,
        "LEAVES": 27,
        "PROVE": 28,
        "LOTS": 29,
        "NBR": 40,
        "NBR_JOIN": 41,
        "NBR_PAUSE": 42,
        "NBR_OWN": 43,
        "ROUND_HASHES": 44,
        "ROUND": 45,
    }
    assert pack(Request(1, 1, None)) == bytes.fromhex("84000101f6")
    assert pack(Request(1, 6, None, 8)) == bytes.fromhex("85000106f608")
    assert pack(Error(2, 4, b"x")) == bytes.fromhex("840202044178")
