"""Slots, hours and the days of a meter's zone.

A slot is 900 seconds of UTC, an hour four slots. A day is a calendar day in the **meter's** zone, taken
from a table of first slots that the ledger keeps (Cairo, 2023-04-28, has 96 or 92 slots depending on the
year of the time-zone database asked; so no rule asks one). Not here: building a table from tzdata
(``system.zones``). Source: protocol/statements, "The contract is deterministic because".
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from ohmstead.core.codec import CodecError, as_bytes, as_identifier, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError

SLOT_SECONDS = 900
SLOTS_PER_HOUR = 4
HOUR_SECONDS = 3600
MAX_DAYS = 20_000
# The shortest and longest local day in quarter hours: a jump of the date line aside, zones move by at
# most three hours at once.
MIN_DAY_SLOTS, MAX_DAY_SLOTS = 84, 108


class ZoneTableEnds(VerificationError):
    """The table does not reach the slot or day asked for: the rule fails closed."""


def slot_at(unix_s: int) -> int:
    """The slot that holds a UTC second."""
    return unix_s // SLOT_SECONDS


def hour_at(unix_s: int) -> int:
    """The hour (since 1970-01-01 00:00 UTC) that holds a UTC second."""
    return unix_s // HOUR_SECONDS


def first_slot_of_hour(hour: int) -> int:
    """The first of the four slots of an hour."""
    return hour * SLOTS_PER_HOUR


def hour_end_s(hour: int) -> int:
    """The UTC second at which an hour is over."""
    return (hour + 1) * HOUR_SECONDS


def utc_day_of_hour(hour: int) -> int:
    """Days since 1970-01-01 UTC: the day of a day key, whatever the meter's zone."""
    return hour // 24


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """The local days of one zone, as a list of first slots.

    ``name`` is the identifier that rules compare ("australia-sydney"), ``iana`` the free text that people
    read ("Australia/Sydney"). ``first_day`` is the first local day in days since 1970-01-01;
    ``first_slots[i]`` is the first slot of day ``first_day + i``; the last entry closes the last day.
    """

    name: str
    first_day: int
    first_slots: tuple[int, ...] = field(repr=False)
    iana: bytes = b""

    def __post_init__(self) -> None:
        if not 2 <= len(self.first_slots) <= MAX_DAYS + 1:
            raise CodecError(f"zone table of {self.name} must hold 1 to {MAX_DAYS} days")
        last = self.first_slots[0] - MIN_DAY_SLOTS
        for slot in self.first_slots:
            if not MIN_DAY_SLOTS <= slot - last <= MAX_DAY_SLOTS:
                raise CodecError(f"zone table of {self.name}: a day of {slot - last} slots")
            last = slot

    @property
    def days(self) -> range:
        """The days that the table covers."""
        return range(self.first_day, self.first_day + len(self.first_slots) - 1)

    def day_of(self, slot: int) -> int:
        """The local day that holds a slot. Raises ZoneTableEnds outside the table."""
        i = bisect_right(self.first_slots, slot) - 1
        if not 0 <= i < len(self.first_slots) - 1:
            raise ZoneTableEnds(f"zone {self.name}", f"no day for slot {slot}")
        return self.first_day + i

    def slots_of(self, day: int) -> range:
        """The slots of a local day: 92, 96 or 100 of them in most zones. Raises ZoneTableEnds."""
        i = day - self.first_day
        if not 0 <= i < len(self.first_slots) - 1:
            raise ZoneTableEnds(f"zone {self.name}", f"no slots for day {day}")
        return range(self.first_slots[i], self.first_slots[i + 1])

    def to_cbor(self) -> bytes:
        """The value under ``zone/<name>``: [first day, [first slot, ...], IANA name]."""
        return encode([self.first_day, list(self.first_slots), self.iana])

    @classmethod
    def from_cbor(cls, name: str, data: bytes) -> ZoneTable:
        """The table that a state value holds. Raises CodecError."""
        first_day, slots, iana = as_list(decode(data), "zone table", 3)
        return cls(
            as_identifier(name, "zone name"),
            as_uint(first_day, "first day"),
            tuple(as_uint(s, "first slot") for s in as_list(slots, "first slots", at_most=MAX_DAYS + 1)),
            as_bytes(iana, "IANA name", at_most=64),
        )


def zone_identifier(iana: str) -> str:
    """The identifier of an IANA zone: lower case, separators as hyphens ("australia-sydney")."""
    return as_identifier(iana.lower().replace("/", "-").replace("_", "-"), "zone name")
