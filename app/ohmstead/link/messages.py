"""The messages inside the session: their shapes, numbers and bounds.

Here: canonical CBOR arrays in and out. Not here: who waits for which (``channel``). Each direction numbers
its own requests; whoever asks sends REQUEST, CREDIT, CANCEL, whoever answers sends the rest.

=========  ==============================  ====================================================
REQUEST    ``[0, id, method, params]``      one answer is wanted
           ``[0, id, method, params, n]``   a stream is wanted; n items may be sent at once
RESPONSE   ``[1, id, result]``
ERROR      ``[2, id, code, detail]``        detail: at most 1024 bytes, for machines
ITEM       ``[3, id, index, value]``        index counts from 0 without gaps
END        ``[4, id, result]``              of a stream
CREDIT     ``[5, id, n]``                   n more items may be sent
CANCEL     ``[6, id]``                      the answer is not wanted any more
EVENT      ``[7, topic, value]``            unasked
=========  ==============================  ====================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.link.errors import MessageError

MAX_MESSAGE = 60_000
MAX_CREDIT = 256
MAX_DETAIL = 1024
_ID_LIMIT = 1 << 32
_METHOD_LIMIT = 1 << 16


class Method(IntEnum):
    """The requests an app may make of a meter. 20 to 39 are the market's, 40 to 49 the neighbours'."""

    ABOUT = 1
    GENESIS = 2
    HEAD = 3
    LIGHT_BLOCK = 4
    RECORD_PROOF = 5
    PAGES = 6  # stream of tiles
    ANCHORS = 7  # stream
    EPOCH_ROOT = 8
    LIVE = 9  # stream without end
    BEACON = 10
    ROLE = 11
    PEERS = 12
    REVOKE = 13
    CLOSE = 14
    OPEN_PAIRING = 15
    # The market's; see resources/docs/protocol.md, "Market".
    HAND = 20
    ORDERS = 21
    POST = 22
    ACCOUNT = 23
    INSTRUCT = 24
    BOOK = 25  # stream
    NOTES = 26  # stream
    LEAVES = 27
    PROVE = 28
    LOTS = 29
    # The neighbours'; see "Neighbours" there.
    NBR = 40
    NBR_JOIN = 41
    NBR_PAUSE = 42
    NBR_OWN = 43
    ROUND_HASHES = 44  # stream
    ROUND = 45  # stream


#: Methods with these numbers belong to parts of the protocol that a meter may not have: ``UNSUPPORTED``.
MARKET_METHODS = range(20, 40)
NEIGHBOUR_METHODS = range(40, 50)


@dataclass(frozen=True, slots=True)
class Request:
    """``credit`` is None where one answer is wanted, else the stream's first credit."""

    id: int
    method: int
    params: Value
    credit: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """The one answer."""

    id: int
    result: Value


@dataclass(frozen=True, slots=True)
class Error:
    """The answer is a refusal."""

    id: int
    code: int
    detail: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a stream."""

    id: int
    index: int
    value: Value


@dataclass(frozen=True, slots=True)
class End:
    """The stream is complete."""

    id: int
    result: Value


@dataclass(frozen=True, slots=True)
class Credit:
    """More items may be sent."""

    id: int
    count: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """The answer is not wanted any more."""

    id: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that nobody asked for."""

    topic: int
    value: Value


Message: TypeAlias = Request | Response | Error | Item | End | Credit | Cancel | Event


def pack(message: Message) -> bytes:
    """The bytes of a message. Raises MessageError if they are more than MAX_MESSAGE."""
    data = encode(_value(message))
    if len(data) > MAX_MESSAGE:
        raise MessageError(f"a message of {len(data)} bytes where {MAX_MESSAGE} are allowed")
    return data


def _value(message: Message) -> Value:
    match message:
        case Request(id_, method, params, None):
            return [0, id_, method, params]
        case Request(id_, method, params, credit):
            return [0, id_, method, params, credit]
        case Response(id_, result):
            return [1, id_, result]
        case Error(id_, code, detail):
            return [2, id_, code, detail]
        case Item(id_, index, value):
            return [3, id_, index, value]
        case End(id_, result):
            return [4, id_, result]
        case Credit(id_, count):
            return [5, id_, count]
        case Cancel(id_):
            return [6, id_]
        case Event(topic, value):
            return [7, topic, value]


def unpack(data: bytes) -> Message:
    """The message of these bytes. Raises MessageError for everything that is none."""
    try:
        fields = as_list(decode(data, max_size=MAX_MESSAGE), "message", at_most=5)
        if not fields:
            raise CodecError("an empty message")
        return _message(as_uint(fields[0], "message kind", 8), fields)
    except CodecError as error:
        raise MessageError(str(error)) from error


_LENGTHS = {0: (4, 5), 1: (3,), 2: (4,), 3: (4,), 4: (3,), 5: (3,), 6: (2,), 7: (3,)}


def _message(kind: int, fields: list[Value]) -> Message:
    if len(fields) not in _LENGTHS[kind]:
        raise CodecError(f"a message of kind {kind} with {len(fields)} fields")
    if kind == 7:
        return Event(as_uint(fields[1], "topic", _METHOD_LIMIT), fields[2])
    id_ = as_uint(fields[1], "id", _ID_LIMIT)
    if kind == 0:
        credit = _credit(fields[4]) if len(fields) == 5 else None
        return Request(id_, as_uint(fields[2], "method", _METHOD_LIMIT), fields[3], credit)
    if kind == 1:
        return Response(id_, fields[2])
    if kind == 2:
        return Error(id_, as_uint(fields[2], "code", 256), as_bytes(fields[3], "detail", at_most=MAX_DETAIL))
    if kind == 3:
        return Item(id_, as_uint(fields[2], "index"), fields[3])
    if kind == 4:
        return End(id_, fields[2])
    if kind == 5:
        return Credit(id_, _credit(fields[2]))
    return Cancel(id_)


def _credit(value: Value) -> int:
    count = as_uint(value, "credit", MAX_CREDIT + 1)
    if not count:
        raise CodecError("a credit of nothing")
    return count
