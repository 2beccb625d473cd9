"""When an order is open, closed, over, and what its time is called on the meter's clock. Qt-free.

Not here: rules of the ledger (``contract``): these are the same times, for words alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.services.market_states import MarketRules
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import as_date
from ohmstead.ui.presenters.wording import Wording

MARGIN_S = 60  # an offer a minute before the gate would hardly get there


@dataclass(frozen=True, slots=True)
class MarketTimes:
    """Words and decisions of times at ``now_s`` in a meter's zone."""

    zone: ZoneTable
    rules: MarketRules
    now_s: int
    words: Wording

    @property
    def now_slot(self) -> int:
        """The slot that holds now."""
        return self.now_s // SLOT_SECONDS

    def day(self, slot: int) -> int:
        """The local day of a slot; UTC's where the table ends."""
        try:
            return self.zone.day_of(slot)
        except ZoneTableEnds:
            return slot * SLOT_SECONDS // 86_400

    @property
    def today(self) -> int:
        """The local day of now."""
        return self.day(self.now_slot)

    def gate_s(self, slot: int) -> int:
        """The second at which a slot's orders are closed."""
        return (slot - self.rules.gate_slots) * SLOT_SECONDS

    def open(self, slot: int) -> bool:
        """Whether an order for a slot can still be posted or taken back."""
        return self.now_s < self.gate_s(slot) - MARGIN_S and slot >= self.rules.first_slot

    def over(self, slot: int) -> bool:
        """Whether a slot has ended."""
        return self.now_s >= (slot + 1) * SLOT_SECONDS

    def gate(self, slot: int) -> str:
        """*14:15*: when a slot's orders are closed."""
        return self.moment(slot - self.rules.gate_slots)

    def clock(self, slot: int) -> str:
        """*14:15*: the clock as a slot begins."""
        return MeterClock(self.zone).time(slot)

    def moment(self, slot: int) -> str:
        """The clock as a slot begins, with its day where that is not today."""
        time, day = self.clock(slot), self.day(slot)
        return time if day == self.today else self._with_day(day, time)

    def span(self, first: int, last: int) -> str:
        """*14:30 – 15:45*, with its day where that is not today."""
        clock = MeterClock(self.zone)
        time = f"{clock.time(first)} – {clock.end(last)}"
        day = self.day(first)
        return time if day == self.today else self._with_day(day, time)

    def date(self, unix_s: int) -> str:
        """*30 June*, with its year where that is another one."""
        day = self.day(unix_s // SLOT_SECONDS)
        return self.words.day(day, year=as_date(day).year != as_date(self.today).year)

    def at(self, unix_s: int) -> str:
        """A second's clock, with its day where that is not today."""
        day, time = self.day(unix_s // SLOT_SECONDS), MeterClock(self.zone).instant(unix_s)
        return time if day == self.today else self._with_day(day, time)

    def _with_day(self, day: int, time: str) -> str:
        tr = self.words.tr
        if day == self.today + 1:
            return tr("tomorrow, {time}", time=time)
        if day == self.today - 1:
            return tr("yesterday, {time}", time=time)
        return tr("{day}, {time}", day=self.words.day(day), time=time)
