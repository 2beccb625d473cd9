"""Which hours an evidence file shall hold: a local day or one hour of it, within what is recorded. Qt-free.

Keys open UTC days (protocol/pages, "Keys"): a file that can be read discloses the whole days that its hours lie
in, to whoever also has the ledger's pages; that is said before it is saved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ohmstead.core.slots import (
    SLOTS_PER_HOUR,
    ZoneTable,
    ZoneTableEnds,
    first_slot_of_hour,
    utc_day_of_hour,
)
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.receipt_data import EvidenceWanted, hours_of_day
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """``hour`` is the chosen UTC hour; with ``whole_day`` its whole local day is meant."""

    zone: ZoneTable = field(repr=False)
    first_hour: int
    last_hour: int
    hour: int
    whole_day: bool = True
    readable: bool = True

    @property
    def wanted(self) -> EvidenceWanted:
        """The hours, as far as they are recorded."""
        first = last = self.hour
        if self.whole_day:
            first, last = hours_of_day(self.zone, first_slot_of_hour(self.hour), self.last_hour)
        return EvidenceWanted(max(first, self.first_hour), min(last, self.last_hour), self.readable)

    def moved(self, by: int, *, days: bool) -> PeriodChoice:
        """The choice some hours or local days on or back, within what is recorded."""
        hour = self.hour + by
        if days:
            try:
                day = self.zone.day_of(first_slot_of_hour(self.hour)) + by
                first = self.zone.slots_of(day)[0]
                offset = self.hour - self._day_start(self.hour)
                hour = -(-first // SLOTS_PER_HOUR) + offset
            except ZoneTableEnds:
                hour = self.hour
        return replace(self, hour=min(max(hour, self.first_hour), self.last_hour))

    def can_move(self, by: int, *, days: bool) -> bool:
        """Whether there is something recorded that way."""
        there = self.moved(by, days=days)
        return there.hour != self.hour and (not days or there.day != self.day)

    @property
    def day(self) -> int:
        """The local day of the chosen hour."""
        try:
            return self.zone.day_of(first_slot_of_hour(self.hour))
        except ZoneTableEnds:
            return utc_day_of_hour(self.hour)

    def _day_start(self, hour: int) -> int:
        slots = self.zone.slots_of(self.zone.day_of(first_slot_of_hour(hour)))
        return -(-slots[0] // SLOTS_PER_HOUR)

    def day_words(self, words: Wording) -> str:
        """*Wednesday 28 January 2026*."""
        return words.day(self.day, weekday=True, year=True)

    def hour_words(self) -> str:
        """*14:00 – 15:00*."""
        clock, slot = MeterClock(self.zone), first_slot_of_hour(self.hour)
        return f"{clock.time(slot)} – {clock.end(slot + SLOTS_PER_HOUR - 1)}"

    def says(self, words: Wording) -> str:
        """What a file of this choice discloses."""
        wanted, tr = self.wanted, words.tr
        count = wanted.last_hour - wanted.first_hour + 1
        if not self.readable:
            return words.count(
                count,
                "{n} page. It proves that the page exists, unaltered. Nobody can read it with this file.",
                "{n} pages. It proves that they exist, unaltered. Nobody can read them with this file.",
            )
        pages = words.count(
            count,
            "{n} page. Whoever has the file can read its quarter hours.",
            "{n} pages. Whoever has the file can read their quarter hours.",
        )
        days = sorted({utc_day_of_hour(h) for h in range(wanted.first_hour, wanted.last_hour + 1)})
        names = ", ".join(words.day(day) for day in days)
        keys = tr("The keys in it open all of {days}, counted in UTC.", days=names)
        return f"{pages} {keys}"
