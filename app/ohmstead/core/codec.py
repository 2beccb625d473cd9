"""Strict canonical CBOR: the one encoding of everything that is signed, hashed or sent.

A subset of RFC 8949: integers within 64 bits, byte strings, text, arrays, maps whose keys are ascending
unsigned integers, true, false, null. Shortest heads, definite lengths, depth at most 8, no tags, no
floats, nothing after the end. Every length is checked against what is left before anything is
allocated, so a hostile head costs nothing. One value has exactly one encoding and the decoder accepts
that one alone; that is why this is ours: no library's decoder refuses enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Value: TypeAlias = "int | bytes | str | bool | Sequence[Value] | Mapping[int, Value] | None"

MAX_DEPTH = 8
_UINT, _NINT, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_FALSE, _TRUE, _NULL = 0xF4, 0xF5, 0xF6


class CodecError(ValueError):
    """The bytes are not one canonical value, or the value has no canonical form."""


def encode(value: Value) -> bytes:
    """The canonical bytes of a value. Raises CodecError for what the codec does not know."""
    out = bytearray()
    _write(value, out, MAX_DEPTH)
    return bytes(out)


def decode(data: bytes, *, max_size: int = 1 << 20) -> Value:
    """The value that these bytes, all of them, are the canonical encoding of.

    Arrays come back as lists, maps as dicts in key order. Raises CodecError and nothing else.
    """
    if len(data) > max_size:
        raise CodecError(f"{len(data)} bytes are more than the {max_size} allowed here")
    value, end = _read(data, 0, MAX_DEPTH)
    if end != len(data):
        raise CodecError(f"{len(data) - end} bytes follow the value")
    return value


def _head(major: int, n: int) -> bytes:
    if n < 24:
        return bytes((major << 5 | n,))
    if n < 1 << 8:
        return bytes((major << 5 | 24, n))
    if n < 1 << 16:
        return bytes((major << 5 | 25,)) + n.to_bytes(2, "big")
    if n < 1 << 32:
        return bytes((major << 5 | 26,)) + n.to_bytes(4, "big")
    if n < 1 << 64:
        return bytes((major << 5 | 27,)) + n.to_bytes(8, "big")
    raise CodecError("integer outside 64 bits")


def _write(value: Value, out: bytearray, room: int) -> None:
    # What there is most of comes first, with the shortest heads written in place.
    if type(value) is bytes:
        if len(value) < 24:
            out.append(_BYTES << 5 | len(value))
        else:
            out += _head(_BYTES, len(value))
        out += value
    elif type(value) is int:
        if 0 <= value < 24:
            out.append(value)
        else:
            out += _head(_UINT, value) if value >= 0 else _head(_NINT, -1 - value)
    elif type(value) is list or isinstance(value, list | tuple):
        if not room:
            raise CodecError("nested too deep")
        out += _head(_ARRAY, len(value))
        for item in value:
            _write(item, out, room - 1)
    elif value is None:
        out.append(_NULL)
    elif value is True:
        out.append(_TRUE)
    elif value is False:
        out.append(_FALSE)
    elif isinstance(value, int):
        out += _head(_UINT, value) if value >= 0 else _head(_NINT, -1 - value)
    elif isinstance(value, bytes | bytearray | memoryview):
        out += _head(_BYTES, len(value))
        out += value
    elif isinstance(value, str):
        try:
            raw = value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise CodecError("text that is not Unicode") from error
        out += _head(_TEXT, len(raw))
        out += raw
    elif isinstance(value, dict):
        if not room:
            raise CodecError("nested too deep")
        out += _head(_MAP, len(value))
        last = -1
        for key, item in value.items():
            if isinstance(key, bool) or not isinstance(key, int) or key <= last:
                raise CodecError("map keys must be ascending unsigned integers")
            last = key
            out += _head(_UINT, key)
            _write(item, out, room - 1)
    else:
        raise CodecError(f"no canonical form for {type(value).__name__}")


def _length(data: bytes, at: int) -> tuple[int, int, int]:
    """(major type, argument, next position) of the head at ``at``."""
    if at >= len(data):
        raise CodecError("the bytes end where a value should start")
    first = data[at]
    major, info = first >> 5, first & 31
    at += 1
    if info < 24:
        return major, info, at
    if info > 27:
        raise CodecError("indefinite or reserved length")
    size = 1 << (info - 24)
    if at + size > len(data):
        raise CodecError("the bytes end inside a head")
    n = int.from_bytes(data[at : at + size], "big")
    if n < (24 if size == 1 else 1 << (4 * size)):
        raise CodecError("head longer than needed")
    return major, n, at + size


def _read(data: bytes, at: int, room: int) -> tuple[Value, int]:
    if at >= len(data):
        raise CodecError("the bytes end where a value should start")
    first = data[at]
    major, n = first >> 5, first & 31
    if major > _MAP:
        if first == _FALSE:
            return False, at + 1
        if first == _TRUE:
            return True, at + 1
        if first == _NULL:
            return None, at + 1
        if major == _SIMPLE:
            raise CodecError("float, undefined or unknown simple value")
    if n < 24:  # the shortest heads are read in place: they are most of all
        at += 1
    else:
        major, n, at = _length(data, at)
    if major == _UINT:
        return n, at
    if major == _NINT:
        return -1 - n, at
    if major > _MAP:
        raise CodecError("tags are not used")
    left = len(data) - at
    # An item is at least one byte, a map entry at least two: this bounds the work before it starts.
    if n > (left if major != _MAP else left // 2):
        raise CodecError("length runs past the end")
    if major == _BYTES:
        return data[at : at + n], at + n
    if major == _TEXT:
        try:
            return data[at : at + n].decode("utf-8"), at + n
        except UnicodeDecodeError as error:
            raise CodecError("text that is not UTF-8") from error
    if not room:
        raise CodecError("nested too deep")
    if major == _ARRAY:
        items: list[Value] = []
        for _ in range(n):
            item, at = _read(data, at, room - 1)
            items.append(item)
        return items, at
    entries: dict[int, Value] = {}
    last = -1
    for _ in range(n):
        kind, key, at = _length(data, at)
        if kind != _UINT or key <= last:
            raise CodecError("map keys must be ascending unsigned integers")
        last = key
        entries[key], at = _read(data, at, room - 1)
    return entries, at


# ---- shapes: what a decoder says about the value it was given ---------------------------------

INT64 = 1 << 63


def as_uint(value: Value, what: str, limit: int = INT64) -> int:
    """An integer in 0 <= x < limit, by default 2**63: the range of every stored number."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < limit:
        raise CodecError(f"{what} must be an integer from 0 below {limit}")
    return value


def as_bytes(value: Value, what: str, size: int | None = None, at_most: int | None = None) -> bytes:
    """A byte string, of exactly ``size`` or at most ``at_most`` bytes where given."""
    if not isinstance(value, bytes):
        raise CodecError(f"{what} must be a byte string")
    if size is not None and len(value) != size:
        raise CodecError(f"{what} must be {size} bytes, not {len(value)}")
    if at_most is not None and len(value) > at_most:
        raise CodecError(f"{what} must be at most {at_most} bytes")
    return value


def as_text(value: Value, what: str) -> str:
    """A text string."""
    if not isinstance(value, str):
        raise CodecError(f"{what} must be text")
    return value


def as_bool(value: Value, what: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise CodecError(f"{what} must be true or false")
    return value


def as_list(value: Value, what: str, size: int | None = None, at_most: int | None = None) -> list[Value]:
    """An array, of exactly ``size`` or at most ``at_most`` items where given."""
    if not isinstance(value, list):
        raise CodecError(f"{what} must be an array")
    if size is not None and len(value) != size:
        raise CodecError(f"{what} must have {size} items, not {len(value)}")
    if at_most is not None and len(value) > at_most:
        raise CodecError(f"{what} must have at most {at_most} items")
    return cast("list[Value]", value)


def as_map(value: Value, what: str, keys: frozenset[int]) -> dict[int, Value]:
    """A map with exactly these keys."""
    if not isinstance(value, dict) or value.keys() != keys:
        raise CodecError(f"{what} must be a map with the keys {sorted(keys)}")
    return value


_IDENTIFIER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def as_identifier(value: Value, what: str) -> str:
    """Text matching ``[a-z0-9-]{1,32}``: the only text that a rule compares."""
    text = as_text(value, what)
    if not 1 <= len(text) <= 32 or not _IDENTIFIER.issuperset(text):
        raise CodecError(f"{what} must match [a-z0-9-]{{1,32}}")
    return text
