"""How old something is, and when something was, in words. Qt-free.

Nothing is called *verified* without its age (protocol/trust, "Freshness"): this is where ages come from. Times
are UTC seconds in, the meter's clock out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ohmstead.core.slots import ZoneTable, ZoneTableEnds, slot_at
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.meter_state import CURRENT_S, STALE_S
from ohmstead.ui.presenters.periods import as_date
from ohmstead.ui.presenters.wording import Wording

FUTURE_S = 10  # a header further ahead than this says that a clock is wrong
DAY_S = 86_400


class Age(Enum):
    """How a head's age is spoken of: the thresholds of protocol/trust."""

    NONE = "none"  # there is no head
    FUTURE = "future"
    CURRENT = "current"
    AS_OF = "as of"
    STALE = "stale"
    DAYS = "days"  # older than a day: the ledger stopped, or something holds it back


def age_of(head_time_s: int | None, now_s: int) -> Age:
    """The class of a head's age."""
    if head_time_s is None:
        return Age.NONE
    age = now_s - head_time_s
    if age <= -FUTURE_S:
        return Age.FUTURE
    if age <= CURRENT_S:
        return Age.CURRENT
    if age <= STALE_S:
        return Age.AS_OF
    return Age.STALE if age <= DAY_S else Age.DAYS


def span_words(seconds: int, words: Wording) -> str:
    """*38 s*, *4 min*, *1 h 37 min*, *3 days*: a span, rounded down; never negative."""
    seconds = max(seconds, 0)
    if seconds < 60:
        return words.tr("{n} s", n=words.number(seconds))
    if seconds < 3600:
        return words.tr("{n} min", n=words.number(seconds // 60))
    if seconds < 2 * DAY_S:
        hours, minutes = divmod(seconds // 60, 60)
        if not minutes or hours >= 6:
            return words.tr("{n} h", n=words.number(hours))
        return words.tr("{h} h {m} min", h=words.number(hours), m=words.number(minutes))
    return words.count(seconds // DAY_S, "{n} day", "{n} days")


@dataclass(frozen=True, slots=True)
class Moments:
    """Words for moments of the meter's clock, as seen at ``now_s``."""

    zone: ZoneTable
    now_s: int
    words: Wording

    @property
    def today(self) -> int:
        """The local day that holds now."""
        return self.day(self.now_s)

    def day(self, unix_s: int) -> int:
        """The local day that holds a second; by UTC where the zone table does not reach."""
        try:
            return self.zone.day_of(slot_at(unix_s))
        except ZoneTableEnds:
            return unix_s // DAY_S

    def time(self, unix_s: int) -> str:
        """*12:41*."""
        return MeterClock(self.zone).instant(unix_s)

    def exact(self, unix_s: int) -> str:
        """*12:41:07*."""
        return f"{self.time(unix_s)}:{unix_s % 60:02d}"

    def date(self, unix_s: int, *, weekday: bool = False) -> str:
        """*28 January*, with its year where that is not this year."""
        day = self.day(unix_s)
        return self.words.day(
            day, weekday=weekday, year=as_date(day).year != as_date(self.day(self.now_s)).year
        )

    def moment(self, unix_s: int) -> str:
        """*12:41*, *yesterday, 21:40*, *Monday 26 January, 14:00*: as short as it can be without doubt."""
        tr, day = self.words.tr, self.day(unix_s)
        if day == self.today:
            return self.time(unix_s)
        if day == self.today - 1:
            return tr("yesterday, {time}", time=self.time(unix_s))
        return tr("{day}, {time}", day=self.date(unix_s, weekday=True), time=self.time(unix_s))
