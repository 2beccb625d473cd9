"""What a tally is of: the rule's constants, epochs as calendar months, and rounds.

A round is one cohort's day, or one cohort's load shape of a month; everything that a proof binds besides the
numbers is in it. Epochs come from local day numbers by arithmetic, never from a time-zone database. Not here:
when a round opens, closes or ends (``contract``). Source: protocol/neighbours, lines 1, 13, 17, 24.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import CodecError, as_bytes, as_identifier, as_uint, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.statements import HASH_BYTES, ID_BYTES
from ohmstead.neighbours.group import u64

RULE = "nbr/1"
#: Bins of a day's histogram (K).
BINS = 16
#: What a cohort may choose for s: a bin is 2**s Wh, a day at most 32.8, 65.5 or 131 kWh.
BIN_BITS = (11, 12, 13)
#: Fewer homes than this are never opened (n_min).
MIN_HOMES = 15
#: A round takes no more homes than this, so that its total (below 2**34 Wh) is always found in a second.
MAX_HOMES = 1 << 17
#: Guardians of a consortium.
MAX_GUARDIANS = 32
#: Ciphertexts that are opened: the bins and the total of a day; the values of a load shape.
DAY_COLUMNS, SHAPE_COLUMNS = BINS + 1, 48
#: Days and epochs stay below these (local days and months since 1970-01).
DAY_LIMIT, EPOCH_LIMIT = 1 << 24, 1 << 20


class RoundMalformed(VerificationError, CodecError):
    """The parts of a round do not belong together."""

    def __init__(self, reason: str) -> None:
        super().__init__("round", reason)


def epoch_of(day: int) -> int:
    """The epoch (months since January 1970) of a local day (days since 1970-01-01), Gregorian calendar.

    Years are counted from 1 March, so that the leap day is the last; 400 years are 146 097 days. The rule is
    the calendar's own (proleptic Gregorian, ISO 8601); the arrangement follows H. Hinnant, "chrono-Compatible
    Low-Level Date Algorithms".
    """
    era, rest = divmod(day + 719_468, 146_097)
    year = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    of_year = rest - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153  # 0 is March
    return 12 * (era * 400 + year - 1970) + month + 2


def days_of(epoch: int) -> range:
    """The local days of an epoch."""
    return range(_first_day(epoch), _first_day(epoch + 1))


def _first_day(epoch: int) -> int:
    year, month = divmod(epoch - 2, 12)  # 0 is March 1970
    year += 1970
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 - 719_468


def bin_bits(value: int) -> int:
    """A cohort's s, once it is one of the three. Raises RoundMalformed."""
    if value not in BIN_BITS:
        raise RoundMalformed(f"a bin of 2**{value} Wh; {BIN_BITS} are known")
    return value


@dataclass(frozen=True, slots=True)
class Round:
    """One cohort's day, or (``day`` None) its load shape of the epoch. Raises CodecError for anything else.

    ``genesis`` is the ledger's genesis hash, ``cohort`` an identifier, ``epoch`` months since January 1970,
    ``day`` a local day of that month in the cohort's zone (days since 1970-01-01).
    """

    genesis: bytes
    cohort: str
    epoch: int
    day: int | None

    def __post_init__(self) -> None:
        as_bytes(self.genesis, "genesis hash", HASH_BYTES)
        as_identifier(self.cohort, "cohort")
        as_uint(self.epoch, "epoch", EPOCH_LIMIT)
        if self.day is not None:
            as_uint(self.day, "day", DAY_LIMIT)
            if epoch_of(self.day) != self.epoch:
                raise RoundMalformed(f"day {self.day} is not in epoch {self.epoch}")

    @classmethod
    def of_day(cls, genesis: bytes, cohort: str, day: int) -> Round:
        """The round of a day."""
        return cls(genesis, cohort, epoch_of(as_uint(day, "day", DAY_LIMIT)), day)

    @property
    def columns(self) -> int:
        """How many ciphertexts are opened: 17 or 48."""
        return SHAPE_COLUMNS if self.day is None else DAY_COLUMNS

    @property
    def name(self) -> str:
        """For errors and logs."""
        what = f"shape of epoch {self.epoch}" if self.day is None else f"day {self.day}"
        return f"{self.cohort}, {what}"

    def context(self, meter: bytes) -> bytes:
        """``ctx`` of line 13: canonical [genesis, "nbr/1", cohort, epoch, day, meter]; a shape has no day.

        The two differ in length and in the hash's tag. Raises CodecError for a meter that is no id.
        """
        as_bytes(meter, "meter", ID_BYTES)
        if self.day is None:
            return encode([self.genesis, RULE, self.cohort, self.epoch, meter])
        return encode([self.genesis, RULE, self.cohort, self.epoch, self.day, meter])

    def hash_fields(self) -> tuple[bytes, ...]:
        """How a round enters the hashes of line 19: genesis, cohort, epoch, day; a shape has no day."""
        day = () if self.day is None else (u64(self.day),)
        return self.genesis, self.cohort.encode(), u64(self.epoch), *day
