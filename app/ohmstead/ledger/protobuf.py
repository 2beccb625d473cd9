"""The few protobuf wire primitives that CometBFT's hashes and proofs need.

proto3 as gogoproto writes it: fields in number order, zero scalars left out, sub-messages marked
``nullable=false`` always written, even empty. Here: encoding, and a bounded reader of one message's fields.
Not here: any message (``ledger.block``, ``ledger.commit``, ``ledger.ics23``).
Source: protobuf.dev, "Encoding"; CometBFT v0.38 types/canonical.go, types/encoding_helper.go.
"""

from __future__ import annotations

from typing import TypeAlias

Field: TypeAlias = "tuple[int, int | bytes]"

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5
NANOS = 10**9
_UINT64 = (1 << 64) - 1


class ProtobufError(ValueError):
    """The bytes are not one protobuf message."""


def uvarint(n: int) -> bytes:
    """Base-128 varint of an integer within 64 bits; a negative one takes ten bytes, as int64 does."""
    n &= _UINT64
    if n < 0x80:
        return bytes((n,))
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def int_field(number: int, value: int) -> bytes:
    """A varint field; nothing for zero."""
    return uvarint(number << 3 | VARINT) + uvarint(value) if value else b""


def fixed64_field(number: int, value: int) -> bytes:
    """An sfixed64 field, eight bytes little-endian; nothing for zero."""
    return uvarint(number << 3 | FIXED64) + value.to_bytes(8, "little", signed=True) if value else b""


def bytes_field(number: int, value: bytes) -> bytes:
    """A bytes or string field; nothing for an empty one."""
    return uvarint(number << 3 | LENGTH) + uvarint(len(value)) + value if value else b""


def message_field(number: int, value: bytes) -> bytes:
    """A sub-message that is always written, even empty."""
    return uvarint(number << 3 | LENGTH) + uvarint(len(value)) + value


def timestamp(time_ns: int) -> bytes:
    """google.protobuf.Timestamp of nanoseconds since 1970; nanos are never negative."""
    seconds, nanos = divmod(time_ns, NANOS)
    return int_field(1, seconds) + int_field(2, nanos)


def delimited(message: bytes) -> bytes:
    """A message behind its own length: what CometBFT signs."""
    return uvarint(len(message)) + message


def read_uvarint(data: bytes, at: int) -> tuple[int, int]:
    """(value, next position). Raises ProtobufError past the end or beyond 64 bits."""
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value > _UINT64:
                raise ProtobufError("a varint beyond 64 bits")
            return value, at
        shift += 7
        if shift > 63:
            raise ProtobufError("a varint longer than ten bytes")
    raise ProtobufError("the bytes end inside a varint")


def fields(data: bytes) -> list[Field]:
    """The fields of one message, in the order they stand: (number, int or bytes).

    Raises ProtobufError: a field cut short, a field number of zero, a group.
    """
    out: list[Field] = []
    at = 0
    while at < len(data):
        tag, at = read_uvarint(data, at)
        number, wire = tag >> 3, tag & 7
        if number == 0:
            raise ProtobufError("field number zero")
        if wire == VARINT:
            value, at = read_uvarint(data, at)
            out.append((number, value))
            continue
        if wire == LENGTH:
            size, at = read_uvarint(data, at)
        elif wire == FIXED64:
            size = 8
        elif wire == FIXED32:
            size = 4
        else:
            raise ProtobufError(f"wire type {wire}")
        if size > len(data) - at:
            raise ProtobufError("a field runs past the end")
        out.append((number, data[at : at + size]))
        at += size
    return out
