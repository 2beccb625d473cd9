"""The meter's clock, for labels only: what a slot is called. Qt-free.

Totals never come from here: which slots make a day is the ledger's zone table (protocol/statements). A label
may ask the time-zone database; where it does not know the zone, quarters are counted from local midnight.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable


def zone_words(zone: ZoneTable) -> str:
    """A zone as people read it: *Europe/Rome*."""
    return zone.iana.decode(errors="replace") or zone.name


class MeterClock:
    """Clock readings of slots in a meter's zone."""

    def __init__(self, zone: ZoneTable) -> None:
        self._zone = zone
        try:
            self._info: ZoneInfo | None = ZoneInfo(zone_words(zone))
        except (OSError, ValueError, KeyError):  # unknown zone, odd name, no database
            self._info = None

    def minutes(self, slot: int) -> int:
        """Minutes since midnight on the clock as the slot begins, 0 to 1439."""
        if self._info is not None:
            local = datetime.fromtimestamp(slot * SLOT_SECONDS, self._info)
            return local.hour * 60 + local.minute
        first = self._zone.slots_of(self._zone.day_of(slot))[0]
        return (slot - first) * 15 % 1440

    def time(self, slot: int) -> str:
        """*12:15*: the clock as the slot begins."""
        hours, minutes = divmod(self.minutes(slot), 60)
        return f"{hours:02d}:{minutes:02d}"

    def instant(self, unix_s: int) -> str:
        """*12:17*: the clock at a UTC second."""
        slot, seconds = divmod(unix_s, SLOT_SECONDS)
        hours, minutes = divmod(self.minutes(slot) + seconds // 60, 60)
        return f"{hours:02d}:{minutes:02d}"

    def end(self, slot: int) -> str:
        """*12:30*, and *24:00* at the end of a day: the clock as the slot ends."""
        hours, minutes = divmod(self.minutes(slot) + 15, 60)
        return f"{hours:02d}:{minutes:02d}"
