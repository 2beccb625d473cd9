"""Laying out a period's bars: what stands in each, what it is called, where its tick is, what it is matched by.

One layout serves the period shown and the earlier one that it is compared with: bars with equal ``keys`` stand
for the same time of the calendar. Qt-free. Not here: values (``usage_bars``), the page (``usage``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import Period, Span, as_date
from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.view_models import Ints
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import DAY, Level

Ticks = list[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Laid:
    """Bars in order. ``starts`` are their first slots and the slot after the last; ``heads`` their names."""

    bars: Bars
    heads: Sequence[str]
    ticks: Ticks
    keys: Sequence[Hashable]
    starts: Ints = field(repr=False)


def lay(zone: ZoneTable, period: Period, fine: Bars, words: Wording) -> Laid:
    """A day, a week, a month, a year or everything, from its finest bars (slots, or days)."""
    if period.span is Span.DAY:
        return _quarters(zone, period, fine)
    if period.span is Span.WEEK:
        return _week(zone, period, fine, words)
    if period.span is Span.MONTH:
        return _days(zone, period, fine, words)
    return _months(zone, period, fine, words)


def lay_level(zone: ZoneTable, period: Period, fine: Bars, level: Level, wide: int, words: Wording) -> Laid:
    """A stretch of time at a level; ``wide`` is how many slots will be seen at once, for its ticks."""
    if level is Level.MONTHS:
        return _months(zone, period, fine, words)
    if level is Level.DAYS:
        laid = _days(zone, period, fine, words)
        return Laid(laid.bars, laid.heads, _month_ticks(period, words), laid.keys, laid.starts)
    step = 4 if level is Level.HOURS else 1
    clock = MeterClock(zone)
    starts: list[int] = []
    heads: list[str] = []
    ticks: Ticks = []
    first = zone.slots_of(period.first)[0]
    days_apart = max(round(wide / DAY / 10), 1)
    hours_apart = 3 if wide <= 1.5 * DAY else 6 if wide <= 3 * DAY else 0
    for day in period.days:
        slots = zone.slots_of(day)
        if (day - period.first) % days_apart == 0:
            ticks.append((float(len(starts)), words.day(day)))
        name = words.day(day, weekday=True, year=True)
        for slot in range(slots[0], slots[-1] + 1, step):
            minutes = clock.minutes(slot)
            if hours_apart and minutes and minutes % (60 * hours_apart) == 0:
                ticks.append((float(len(starts)), clock.time(slot)))
            starts.append(slot)
            heads.append(f"{name}, {clock.time(slot)} – {clock.end(min(slot + step - 1, slots[-1]))}")
    ends = zone.slots_of(period.last)[-1] + 1
    bars = fine if step == 1 else fine.gathered([s - first for s in starts], any_gap=True)
    return Laid(bars, heads, ticks, starts, np.array([*starts, ends], np.int64))


def _quarters(zone: ZoneTable, period: Period, fine: Bars) -> Laid:
    clock = MeterClock(zone)
    slots = zone.slots_of(period.first)
    heads = [f"{clock.time(s)} – {clock.end(s)}" for s in slots]
    ticks = [(float(s - slots[0]), clock.time(s)) for s in slots if clock.minutes(s) % 180 == 0]
    seen: Counter[int] = Counter()
    keys: list[tuple[int, int]] = []
    for slot in slots:
        minutes = clock.minutes(slot)
        keys.append((minutes, seen[minutes]))  # a doubled hour has a first and a second passage
        seen[minutes] += 1
    ticks.append((float(len(slots)), "24:00"))
    return Laid(fine, heads, ticks, keys, np.arange(slots[0], slots[-1] + 2, dtype=np.int64))


def _week(zone: ZoneTable, period: Period, fine: Bars, words: Wording) -> Laid:
    """A week as hours: local days begin their own hours, whatever their length."""
    clock = MeterClock(zone)
    starts: list[int] = []
    heads: list[str] = []
    ticks: Ticks = []
    keys: list[tuple[int, int, int]] = []
    days = [day for day in period.days if day in zone.days]
    first = zone.slots_of(days[0])[0]
    for day in days:
        slots = zone.slots_of(day)
        hours = range(slots[0], slots[-1] + 1, 4)
        name = words.day(day) if len(days) < 7 else f"{words.short_weekday(day)} {as_date(day).day}"
        ticks.append((len(starts) + len(hours) / 2, name))
        seen: Counter[int] = Counter()
        for slot in hours:
            minutes = clock.minutes(slot)
            keys.append((day - period.first, minutes, seen[minutes]))
            seen[minutes] += 1
            starts.append(slot)
            last = min(slot + 3, slots[-1])
            heads.append(f"{words.day(day, weekday=True)}, {clock.time(slot)} – {clock.end(last)}")
    ends = zone.slots_of(days[-1])[-1] + 1
    bars = fine.gathered([slot - first for slot in starts], any_gap=True)
    return Laid(bars, heads, ticks, keys, np.array([*starts, ends], np.int64))


def _days(zone: ZoneTable, period: Period, fine: Bars, words: Wording) -> Laid:
    heads = [words.day(day, weekday=True) for day in period.days]
    ticks = [(i + 0.5, str(as_date(d).day)) for i, d in enumerate(period.days)]
    keys = [as_date(day).day for day in period.days]
    return Laid(fine, heads, ticks, keys, _day_starts(zone, period.days))


def _months(zone: ZoneTable, period: Period, fine: Bars, words: Wording) -> Laid:
    at = [i for i, day in enumerate(period.days) if as_date(day).day == 1 or i == 0]
    months = [as_date(period.first + i) for i in at]
    heads = [words.month(m.year, m.month) for m in months]
    if len(months) <= 24:
        ticks = [(i + 0.5, words.short_month(m.month)) for i, m in enumerate(months)]
    else:
        ticks = [(float(i), str(m.year)) for i, m in enumerate(months) if m.month == 1]
    starts = _day_starts(zone, [*(period.first + i for i in at), period.last + 1])[:-1]
    return Laid(fine.gathered(at, any_gap=False), heads, ticks, list(range(len(months))), starts)


def _month_ticks(period: Period, words: Wording) -> Ticks:
    ticks: Ticks = []
    for i, day in enumerate(period.days):
        when = as_date(day)
        if when.day == 1:
            ticks.append((float(i), str(when.year) if when.month == 1 else words.short_month(when.month)))
    return ticks


def _day_starts(zone: ZoneTable, days: Sequence[int]) -> Ints:
    """First slots of days and the slot after the last; days beyond the zone table are counted in 96 slots."""
    known = zone.days
    base = np.asarray(zone.first_slots, np.int64)

    def start(day: int) -> int:
        if day < known[0]:
            return int(base[0]) - DAY * (known[0] - day)
        if day > known[-1]:
            return int(base[-1]) + DAY * (day - known[-1] - 1)
        return int(base[day - known[0]])

    return np.array([*(start(day) for day in days), start(days[-1] + 1)], np.int64)
