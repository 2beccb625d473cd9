"""The running sums of a round, and what they become when it closes.

Each accepted statement adds its ciphertexts slot by slot and its leaf to the round's RFC 6962 log; nothing else
is kept. At the close the sums become the few ciphertexts that may be opened, or the round is void. Not here:
opening (``neighbours.opening``), guardians (``neighbours.guardians``), when a round closes (``contract``).
Source: protocol/neighbours, lines 16, 17, 22, 24.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_text, as_uint, encode
from ohmstead.core.statements import HASH_BYTES
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.neighbours.group import IDENTITY, POINT_BYTES, add, total
from ohmstead.neighbours.proofs import Ciphertext
from ohmstead.neighbours.rounds import (
    BINS,
    DAY_COLUMNS,
    MAX_GUARDIANS,
    MAX_HOMES,
    MIN_HOMES,
    SHAPE_COLUMNS,
)
from ohmstead.neighbours.slots import slot_count


def statement_leaf(meter: bytes, message: bytes) -> bytes:
    """The leaf hash of a statement in its round's log: of the canonical array [meter, message]."""
    return leaf_hash(encode([meter, message]))


def needed_homes(roster: int) -> int:
    """max(15, ⌈2/3 roster⌉): fewer statements are never opened."""
    return max(MIN_HOMES, -(-2 * roster // 3))


@dataclass(frozen=True, slots=True)
class RunningTally:
    """(U_j, W_j) of an open round, and its log. ``sums`` holds a pair a slot of a day, a cell of a shape."""

    log: CompactRange
    sums: tuple[Ciphertext, ...]

    @classmethod
    def of_day(cls, s: int) -> RunningTally:
        """An empty day: S pairs."""
        return cls(CompactRange(), (Ciphertext(IDENTITY, IDENTITY),) * slot_count(s))

    @classmethod
    def of_shape(cls) -> RunningTally:
        """An empty load shape: 48 pairs."""
        return cls(CompactRange(), (Ciphertext(IDENTITY, IDENTITY),) * SHAPE_COLUMNS)

    @property
    def n(self) -> int:
        """How many statements are in."""
        return self.log.size

    def with_statement(self, meter: bytes, message: bytes, ciphertexts: Sequence[Ciphertext]) -> RunningTally:
        """The tally with one more **verified** statement.

        ``ciphertexts`` are what the verification returned (``SlotMessage.ciphertexts`` of a day, the cells of
        a shape): the addition itself checks nothing. Raises ValueError for another number of them, or when
        the round is full.
        """
        if self.n >= MAX_HOMES:
            raise ValueError("the round is full")
        sums = tuple(
            Ciphertext(add(mine.c1, more.c1), add(mine.c2, more.c2))
            for mine, more in zip(self.sums, ciphertexts, strict=True)
        )
        return RunningTally(self.log.append(statement_leaf(meter, message)), sums)

    def to_value(self) -> Value:
        """[log, U_0 ‖ W_0 ‖ U_1 ‖ …], for the codec."""
        return [self.log.to_value(), b"".join(c.c1 + c.c2 for c in self.sums)]

    @classmethod
    def from_value(cls, value: Value) -> RunningTally:
        """The tally of a state value. Raises CodecError."""
        log, sums = as_list(value, "running tally", 2)
        data = as_bytes(sums, "sums", at_most=2 * POINT_BYTES * SHAPE_COLUMNS)
        if len(data) % (2 * POINT_BYTES):
            raise CodecError("sums that are no pairs of points")
        points = _points(data)
        return cls(CompactRange.from_value(log), tuple(map(Ciphertext, points[::2], points[1::2])))


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a closed round leaves to open: n statements, the log's root, Q and P column by column.

    Of a day the columns are the 16 bins and the total in Wh, of a shape the 48 values.
    """

    n: int
    root: bytes
    q: tuple[bytes, ...]
    p: tuple[bytes, ...]

    def to_value(self) -> Value:
        """[n, root, Q_0 ‖ Q_1 ‖ …, P_0 ‖ P_1 ‖ …], for the codec."""
        return [self.n, self.root, b"".join(self.q), b"".join(self.p)]

    @classmethod
    def from_value(cls, value: Value) -> Frozen:
        """The sums of a state value. Raises CodecError."""
        n, root, q, p = as_list(value, "closed round", 4)
        qs = as_bytes(q, "Q", at_most=POINT_BYTES * SHAPE_COLUMNS)
        if len(qs) not in (POINT_BYTES * DAY_COLUMNS, POINT_BYTES * SHAPE_COLUMNS):
            raise CodecError("Q must be 17 or 48 points")
        return cls(
            as_uint(n, "n", MAX_HOMES + 1), as_bytes(root, "root", HASH_BYTES),
            tuple(_points(qs)), tuple(_points(as_bytes(p, "P", len(qs)))),
        )  # fmt: skip


class VoidReason(StrEnum):
    """Why a round has no result, for ever."""

    NO_KEY = "no-key"  # not every guardian had posted its key of the month
    TOO_FEW = "too-few"
    DEGENERATE = "degenerate"
    GUARDIAN_ABSENT = "guardian-absent"


@dataclass(frozen=True, slots=True)
class Void:
    """A round that is never opened: ``n`` statements were in; ``guardian`` is who was absent, if that is why."""

    reason: VoidReason
    n: int
    guardian: int | None = None

    def to_value(self) -> Value:
        """[reason, n, guardian], for the codec."""
        return [str(self.reason), self.n, self.guardian]

    @classmethod
    def from_value(cls, value: Value) -> Void:
        """The void of a state value. Raises CodecError."""
        reason, n, guardian = as_list(value, "void round", 3)
        try:
            why = VoidReason(as_text(reason, "reason"))
        except ValueError as error:
            raise CodecError("unknown reason") from error
        if (why is VoidReason.GUARDIAN_ABSENT) != (guardian is not None):
            raise CodecError("a guardian is named exactly where one was absent")
        return cls(
            why, as_uint(n, "n", MAX_HOMES + 1),
            None if guardian is None else as_uint(guardian, "guardian", MAX_GUARDIANS),
        )  # fmt: skip


def close_day(tally: RunningTally, s: int, roster: int) -> Frozen | Void:
    """The 17 columns of a day (line 17); ``roster`` is how many meters of the cohort count this epoch.

    Raises ValueError for a tally of another s.
    """
    if len(tally.sums) != slot_count(s):
        raise ValueError(f"a tally of {len(tally.sums)} slots is not of s = {s}")
    us, ws = [c.c1 for c in tally.sums], [c.c2 for c in tally.sums]
    return _close(tally, roster, us[:BINS], ws[:BINS], weighed_total(us), weighed_total(ws))


def close_shape(tally: RunningTally, roster: int) -> Frozen | Void:
    """The 48 columns of a month's load shape. Raises ValueError for the tally of a day."""
    if len(tally.sums) != SHAPE_COLUMNS:
        raise ValueError(f"a tally of {len(tally.sums)} slots is not of load shapes")
    return _close(tally, roster, [c.c1 for c in tally.sums], [c.c2 for c in tally.sums])


def _close(tally: RunningTally, roster: int, q: list[bytes], p: list[bytes], *totals: bytes) -> Frozen | Void:
    if tally.n < needed_homes(roster):
        return Void(VoidReason.TOO_FEW, tally.n)
    qs, ps = (*q, *totals[:1]), (*p, *totals[1:])
    if IDENTITY in qs:
        return Void(VoidReason.DEGENERATE, tally.n)
    return Frozen(tally.n, tally.log.root(), qs, ps)


def weighed_total(points: Sequence[bytes]) -> bytes:
    """2^s·Σ j·V_j + Σ 2^t·V_{K+t}: T1 of U, T2 of W.

    Σ j·V_j is the sum of all partial sums from the top bin down; then one doubling a bit.
    """
    partial, whole = IDENTITY, IDENTITY
    for p in reversed(points[1:BINS]):
        partial = total((partial, p))
        whole = total((whole, partial))
    for p in reversed(points[BINS:]):
        whole = add(add(whole, whole), p)
    return whole


def _points(data: bytes) -> list[bytes]:
    return [data[at : at + POINT_BYTES] for at in range(0, len(data), POINT_BYTES)]
