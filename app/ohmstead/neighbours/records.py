"""What a round came to, and the check of everything in it.

A record holds all that anyone needs to follow how a result came out: the frozen sums, every guardian's share
with its proof, and the numbers; or why there is none. Its hash is a leaf of its cohort's log, which holds each
round once, in the order in which they ended. Not here: that the leaf is in the log (``ledger.logtile``), that
the day's statements are in the sums (an audit of the statements themselves).
Source: protocol/neighbours, lines 17, 21, 22, 26.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bytes,
    as_identifier,
    as_list,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.core.statements import HASH_BYTES
from ohmstead.neighbours.estimator import DayResult
from ohmstead.neighbours.group import POINT_BYTES, SCALAR_BYTES
from ohmstead.neighbours.guardians import joint_key, verify_share
from ohmstead.neighbours.messages import SUM_LIMIT, GuardianKey, Share
from ohmstead.neighbours.opening import check_day, check_shape
from ohmstead.neighbours.rounds import (
    DAY_COLUMNS,
    DAY_LIMIT,
    EPOCH_LIMIT,
    MAX_GUARDIANS,
    MAX_HOMES,
    RULE,
    SHAPE_COLUMNS,
    Round,
)
from ohmstead.neighbours.tally import Frozen, Void, VoidReason, needed_homes

#: A load shape's record with every guardian's share.
MAX_RECORD = (2 + MAX_GUARDIANS) * (SHAPE_COLUMNS * POINT_BYTES + 128)


class RecordRefused(VerificationError):
    """A record does not follow from what is in it."""


@dataclass(frozen=True, slots=True)
class RoundLeaf:
    """A leaf of a cohort's log: which round ended, and the SHA-256 of its record."""

    cohort: str
    epoch: int
    day: int | None
    digest: bytes

    def to_bytes(self) -> bytes:
        """Canonical [rule, cohort, epoch, day or null, hash]."""
        return encode([RULE, self.cohort, self.epoch, self.day, self.digest])

    @classmethod
    def from_bytes(cls, data: bytes) -> RoundLeaf:
        """The leaf of log bytes. Raises CodecError."""
        rule, cohort, epoch, day, digest = as_list(decode(data), "round leaf", 5)
        if as_text(rule, "rule") != RULE:
            raise CodecError("a leaf of another rule")
        return cls(
            as_identifier(cohort, "cohort"), as_uint(epoch, "epoch", EPOCH_LIMIT),
            None if day is None else as_uint(day, "day", DAY_LIMIT), as_bytes(digest, "hash", HASH_BYTES),
        )  # fmt: skip

    @property
    def name(self) -> tuple[str, int, int | None]:
        """(cohort, epoch, day) of the round."""
        return self.cohort, self.epoch, self.day

    def holds(self, data: bytes | None) -> bool:
        """Whether these are the bytes that the leaf names."""
        return data is not None and len(data) <= MAX_RECORD and sha256(data).digest() == self.digest

    def record(self, data: bytes) -> RoundRecord:
        """The record of this leaf. Raises RecordRefused for other bytes or another round, CodecError."""
        if not self.holds(data):
            raise RecordRefused(self.cohort, "the record is not the one in the log")
        record = RoundRecord.from_bytes(data)
        if (record.cohort, record.epoch, record.day) != self.name:
            raise RecordRefused(record.name, "stands under another round")
        return record


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A finished round. ``roster`` is how many meters of the cohort counted when it closed.

    Of a result ``frozen``, one share of each guardian and ``values`` (h_0 … h_15 and the total in Wh, or 48
    sums) are there and ``void`` is None; of a void one ``void``, and what was closed before it became void.
    """

    cohort: str
    epoch: int
    day: int | None
    roster: int
    frozen: Frozen | None
    shares: tuple[Share, ...]
    values: tuple[int, ...]
    void: Void | None

    @property
    def columns(self) -> int:
        """How many sums a round of this kind has."""
        return SHAPE_COLUMNS if self.day is None else DAY_COLUMNS

    @property
    def leaf(self) -> RoundLeaf:
        """What the cohort's log holds of it."""
        return RoundLeaf(self.cohort, self.epoch, self.day, sha256(self.to_bytes()).digest())

    def to_bytes(self) -> bytes:
        """Canonical [rule, cohort, epoch, day or null, roster, [n, root, Q, P] or null,
        [[guardian, D_0 ‖ D_1 ‖ …, c, z], …], [value, …], [reason, n, guardian] or null]."""
        return encode([
            RULE, self.cohort, self.epoch, self.day, self.roster,
            None if self.frozen is None else self.frozen.to_value(),
            [[s.guardian, b"".join(s.parts), s.challenge, s.response] for s in self.shares],
            list(self.values), None if self.void is None else self.void.to_value(),
        ])  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> RoundRecord:
        """The record of its bytes. Raises CodecError."""
        rule, cohort, epoch, day, roster, frozen, shares, values, void = as_list(decode(data), "round", 9)
        if as_text(rule, "rule") != RULE:
            raise CodecError("a record of another rule")
        name, e = as_identifier(cohort, "cohort"), as_uint(epoch, "epoch", EPOCH_LIMIT)
        d = None if day is None else as_uint(day, "day", DAY_LIMIT)
        columns = SHAPE_COLUMNS if d is None else DAY_COLUMNS
        record = cls(
            name, e, d, as_uint(roster, "roster", MAX_HOMES + 1),
            None if frozen is None else Frozen.from_value(frozen),
            tuple(_share(s, name, e, d, columns) for s in as_list(shares, "shares", at_most=MAX_GUARDIANS)),
            tuple(as_uint(v, "value", SUM_LIMIT) for v in as_list(values, "values", at_most=columns)),
            None if void is None else Void.from_value(void),
        )  # fmt: skip
        if record.void is None and (record.frozen is None or len(record.values) != columns):
            raise CodecError("a result needs its sums and its values")
        if record.void is not None and record.values:
            raise CodecError("a void round has no values")
        return record

    def check(self, genesis: bytes, keys: Mapping[int, GuardianKey], of: int, s: int) -> DayResult | None:
        """Everything that follows from the record itself (line 26): n against the roster, every guardian's
        proof, the opening, the numbers. ``keys`` are the epoch's guardian keys **as the state proves them**, by
        index, ``s`` the cohort's. A day's result; None of a load shape or of a void round.

        Raises RecordRefused, and what the checks of keys, shares and openings raise (all VerificationError).
        """
        name = self.name
        if self.void is not None:
            self._check_void(of)
            return None
        assert self.frozen is not None
        if self.frozen.n < needed_homes(self.roster):
            raise RecordRefused(name, f"{self.frozen.n} of {self.roster} homes are too few to be opened")
        if len(self.frozen.q) != self.columns:
            raise RecordRefused(name, "has sums of another kind")
        round_ = Round(genesis, self.cohort, self.epoch, self.day)
        joint = joint_key(genesis, self.epoch, keys.values(), of)
        for share in self.shares:
            if share.guardian not in keys:
                raise RecordRefused(name, f"there is no guardian {share.guardian}")
            verify_share(share, round_, self.frozen, joint, keys[share.guardian].key)
        if self.day is None:
            check_shape(self.frozen, self.shares, of, self.values)
            return None
        return check_day(self.frozen, self.shares, of, s, self.values)

    @property
    def name(self) -> str:
        """For errors and logs."""
        what = f"shape of epoch {self.epoch}" if self.day is None else f"day {self.day}"
        return f"{self.cohort}, {what}"

    def _check_void(self, of: int) -> None:
        assert self.void is not None
        void = self.void
        if void.reason is VoidReason.TOO_FEW and void.n >= needed_homes(self.roster):
            raise RecordRefused(self.name, f"{void.n} of {self.roster} homes are enough")
        if void.reason is not VoidReason.GUARDIAN_ABSENT:
            if self.frozen is not None or self.shares:
                raise RecordRefused(self.name, "has sums, though it was void when it closed")
            return
        if self.frozen is None or self.frozen.n != void.n or void.n < needed_homes(self.roster):
            raise RecordRefused(self.name, "has no such sums that a guardian could have been absent for")
        there = {share.guardian for share in self.shares}
        if void.guardian is None or void.guardian >= of or void.guardian in there:
            raise RecordRefused(self.name, "the guardian that is named was not absent")


def _share(value: Value, cohort: str, epoch: int, day: int | None, columns: int) -> Share:
    guardian, parts, c, z = as_list(value, "share", 4)
    data = as_bytes(parts, "parts", columns * POINT_BYTES)
    return Share(
        epoch, cohort, day, as_uint(guardian, "guardian", MAX_GUARDIANS),
        tuple(data[i : i + POINT_BYTES] for i in range(0, len(data), POINT_BYTES)),
        as_bytes(c, "challenge", SCALAR_BYTES), as_bytes(z, "response", SCALAR_BYTES),
    )  # fmt: skip
