"""The bodies of the tally's statements: guardians' keys, rosters, days, load shapes, shares, openings.

Same envelope as every statement (``core.statements``); none carries a sequence: each is idempotent by its own
key (epoch, or cohort and round, and sender), and a roster change by its version. Here: the shapes, with every
length bounded. Not here: whether a point is a point or a proof holds (``neighbours.guardians``,
``neighbours.dayproof``, ``neighbours.shape``), and who may say what (``contract``).
Source: protocol/neighbours, lines 5 to 8, 14, 19, 21, 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bytes,
    as_identifier,
    as_list,
    as_map,
    as_text,
    as_uint,
)
from ohmstead.core.statements import ID_BYTES
from ohmstead.neighbours.dayproof import day_bytes
from ohmstead.neighbours.group import POINT_BYTES, SCALAR_BYTES
from ohmstead.neighbours.rounds import (
    BIN_BITS,
    DAY_COLUMNS,
    DAY_LIMIT,
    EPOCH_LIMIT,
    MAX_GUARDIANS,
    SHAPE_COLUMNS,
    RoundMalformed,
    epoch_of,
)
from ohmstead.neighbours.shape import SHAPE_BYTES

DAY_MESSAGE_BYTES = frozenset(map(day_bytes, BIN_BITS))
#: What an opening may hold at most; the real bounds depend on the round (``neighbours.tally``).
SUM_LIMIT = 1 << 40
VERSION_LIMIT = 1 << 32


@dataclass(frozen=True, slots=True)
class GuardianKey:
    """``guardian-key``: a guardian's key X of one epoch with the proof (c, z) that its secret is held."""

    TYPE: ClassVar[str] = "guardian-key"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    guardian: int
    key: bytes
    challenge: bytes
    response: bytes

    def to_value(self) -> Value:
        return {0: self.epoch, 1: self.guardian, 2: self.key, 3: self.challenge, 4: self.response}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(5)))
        return cls(
            _epoch(f[0]), _guardian(f[1]), as_bytes(f[2], "key", POINT_BYTES),
            as_bytes(f[3], "challenge", SCALAR_BYTES), as_bytes(f[4], "response", SCALAR_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EraseKey:
    """``guardian-erase``: a guardian states that it has erased its key of an epoch. A promise, not a proof."""

    TYPE: ClassVar[str] = "guardian-erase"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    guardian: int

    def to_value(self) -> Value:
        return {0: self.epoch, 1: self.guardian}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(2)))
        return cls(_epoch(f[0]), _guardian(f[1]))


class RosterAction(StrEnum):
    """What a meter asks of the roster."""

    JOIN = "join"
    LEAVE = "leave"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """``nbr-join``: a meter joins or leaves a cohort, or moves to it, from ``epoch`` on.

    ``epoch`` is the one after the block's; a meter that leaves states nothing more at once. Of several for one
    epoch the highest ``version`` (from 1) stands, so that a relayed older one changes nothing.
    """

    TYPE: ClassVar[str] = "nbr-join"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    action: RosterAction
    meter: bytes
    cohort: str
    version: int

    def to_value(self) -> Value:
        return {0: self.epoch, 1: str(self.action), 2: self.meter, 3: self.cohort, 4: self.version}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(5)))
        try:
            action = RosterAction(as_text(f[1], "action"))
        except ValueError as error:
            raise CodecError("unknown roster action") from error
        version = as_uint(f[4], "version", VERSION_LIMIT)
        if version == 0:
            raise CodecError("versions begin with 1")
        return cls(_epoch(f[0]), action, _meter(f[2]), as_identifier(f[3], "cohort"), version)


@dataclass(frozen=True, slots=True)
class StateDay:
    """``nbr-state``: a home's encrypted day with its proof (``neighbours.dayproof``)."""

    TYPE: ClassVar[str] = "nbr-state"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    cohort: str
    day: int
    meter: bytes
    message: bytes

    def to_value(self) -> Value:
        return {0: self.epoch, 1: self.cohort, 2: self.day, 3: self.meter, 4: self.message}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(5)))
        message = as_bytes(f[4], "message", at_most=max(DAY_MESSAGE_BYTES))
        if len(message) not in DAY_MESSAGE_BYTES:
            raise CodecError(f"a day's message is not {len(message)} bytes")
        epoch = _epoch(f[0])
        return cls(epoch, as_identifier(f[1], "cohort"), _day_of(f[2], epoch), _meter(f[3]), message)


@dataclass(frozen=True, slots=True)
class StateShape:
    """``nbr-shape``: a home's encrypted load shape of a month with its proof (``neighbours.shape``)."""

    TYPE: ClassVar[str] = "nbr-shape"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    cohort: str
    meter: bytes
    message: bytes

    def to_value(self) -> Value:
        return {0: self.epoch, 1: self.cohort, 2: self.meter, 3: self.message}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(4)))
        return cls(
            _epoch(f[0]), as_identifier(f[1], "cohort"), _meter(f[2]), as_bytes(f[3], "message", SHAPE_BYTES)
        )


@dataclass(frozen=True, slots=True)
class Share:
    """``nbr-share``: a guardian's part of opening one round, D = xQ, with its proof (c, z).

    ``day`` None is the load shape of the epoch. 17 or 48 parts.
    """

    TYPE: ClassVar[str] = "nbr-share"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    cohort: str
    day: int | None
    guardian: int
    parts: tuple[bytes, ...]
    challenge: bytes
    response: bytes

    def to_value(self) -> Value:
        return {
            0: self.epoch, 1: self.cohort, 2: self.day, 3: self.guardian, 4: list(self.parts),
            5: self.challenge, 6: self.response,
        }  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(7)))
        epoch = _epoch(f[0])
        day = None if f[2] is None else _day_of(f[2], epoch)
        parts = as_list(f[4], "parts", _columns(day))
        return cls(
            epoch, as_identifier(f[1], "cohort"), day, _guardian(f[3]),
            tuple(as_bytes(d, "part", POINT_BYTES) for d in parts),
            as_bytes(f[5], "challenge", SCALAR_BYTES), as_bytes(f[6], "response", SCALAR_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenRound:
    """``nbr-open``: what a round's sums are. Of a day h_0 … h_15 and the total in Wh; of a shape 48 sums."""

    TYPE: ClassVar[str] = "nbr-open"
    SEQUENCED: ClassVar[bool] = False

    epoch: int
    cohort: str
    day: int | None
    values: tuple[int, ...]

    def to_value(self) -> Value:
        return {0: self.epoch, 1: self.cohort, 2: self.day, 3: list(self.values)}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, cls.TYPE, frozenset(range(4)))
        epoch = _epoch(f[0])
        day = None if f[2] is None else _day_of(f[2], epoch)
        values = as_list(f[3], "values", _columns(day))
        return cls(
            epoch, as_identifier(f[1], "cohort"), day, tuple(as_uint(v, "value", SUM_LIMIT) for v in values)
        )


def _columns(day: int | None) -> int:
    return SHAPE_COLUMNS if day is None else DAY_COLUMNS


def _epoch(value: Value) -> int:
    return as_uint(value, "epoch", EPOCH_LIMIT)


def _day_of(value: Value, epoch: int) -> int:
    day = as_uint(value, "day", DAY_LIMIT)
    if epoch_of(day) != epoch:
        raise RoundMalformed(f"day {day} is not in epoch {epoch}")
    return day


def _guardian(value: Value) -> int:
    return as_uint(value, "guardian", MAX_GUARDIANS)


def _meter(value: Value) -> bytes:
    return as_bytes(value, "meter", ID_BYTES)


Body = GuardianKey | EraseKey | RosterChange | StateDay | StateShape | Share | OpenRound
#: Every type of this rule, to be registered beside the others of a ledger that knows neighbours.
NEIGHBOUR_TYPES = (GuardianKey, EraseKey, RosterChange, StateDay, StateShape, Share, OpenRound)
