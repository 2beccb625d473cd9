"""The codec: one value, one encoding; cbor2 is the oracle for the values, never for the refusals."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, as_identifier, as_map, as_uint, decode, encode

INTEGERS = st.integers(-(2**64), 2**64 - 1)
LEAVES = st.one_of(st.none(), st.booleans(), INTEGERS, st.binary(max_size=40), st.text(max_size=20))


def maps(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[int, object]]:
    entries = st.dictionaries(st.integers(0, 2**64 - 1), inner, max_size=4)
    return entries.map(lambda d: dict(sorted(d.items())))


VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | maps(inner), max_leaves=12)


@given(VALUES)
def test_round_trip_and_agreement_with_cbor2(value: object) -> None:
    data = encode(value)
    assert decode(data) == value
    assert cbor2.loads(data) == value


@given(st.binary(max_size=60))
def test_whatever_decodes_is_the_only_encoding_of_its_value(data: bytes) -> None:
    try:
        value = decode(data)
    except CodecError:
        return
    assert encode(value) == data


@given(VALUES, st.data())
def test_no_prefix_and_no_suffix_is_a_value(value: object, data: st.DataObject) -> None:
    raw = encode(value)
    cut = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(CodecError):
        decode(raw[:cut])
    with pytest.raises(CodecError, match="follow the value"):
        decode(raw + b"\x00")


REFUSED = {
    "indefinite array": "9f01ff",
    "indefinite text": "7f6161ff",
    "non-minimal one byte": "1817",
    "non-minimal two bytes": "1900ff",
    "non-minimal four bytes": "1a0000ffff",
    "non-minimal eight bytes": "1b00000000ffffffff",
    "reserved length": "1c",
    "half float": "f93c00",
    "double": "fb3ff0000000000000",
    "undefined": "f7",
    "simple value": "f820",
    "tag": "c11a514b67b0",
    "bignum": "c249010000000000000000",
    "shared reference": "d81c80",
    "duplicate keys": "a201000100",
    "descending keys": "a202000100",
    "text key": "a1616100",
    "negative key": "a12000",
    "boolean key": "a1f500",
    "bad UTF-8": "61ff",
    "length past the end": "5affffffff",
    "array longer than its bytes": "9b00000000ffffffff",
    "map longer than its bytes": "a5",
    "nothing": "",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    with pytest.raises(CodecError):
        decode(bytes.fromhex(REFUSED[name]))


def test_depth_is_bounded_both_ways() -> None:
    deep: object = 0
    for _ in range(8):
        deep = [deep]
    assert decode(encode(deep)) == deep
    with pytest.raises(CodecError, match="deep"):
        encode([deep])
    with pytest.raises(CodecError, match="deep"):
        decode(b"\x81" * 9 + b"\x00")
    with pytest.raises(CodecError, match="deep"):
        decode(b"\x81" * 100_000)


@pytest.mark.parametrize(
    "value", [1.0, {1, 2}, {"a": 1}, {2: 0, 1: 0}, {True: 0}, 2**64, -(2**64) - 1, object()]
)
def test_encodes_nothing_that_has_no_canonical_form(value: object) -> None:
    with pytest.raises(CodecError):
        encode(value)


def test_size_is_bounded_before_anything_is_read() -> None:
    with pytest.raises(CodecError, match="more than"):
        decode(bytes(11), max_size=10)


def test_shapes_say_what_is_wrong() -> None:
    with pytest.raises(CodecError, match="height must be an integer"):
        as_uint(True, "height")
    with pytest.raises(CodecError, match="height"):
        as_uint(2**63, "height")
    with pytest.raises(CodecError, match="keys"):
        as_map({1: 0, 2: 0}, "body", frozenset((1,)))
    for bad in ("", "A", "a" * 33, "é", 5):
        with pytest.raises(CodecError):
            as_identifier(bad, "zone")
