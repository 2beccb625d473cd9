"""A year at a glance: days across, quarter hours of the meter's clock down. Qt-free.

Rows are clock times, so that a breakfast stays on its row across daylight saving: in spring an hour of one
column stays blank, in autumn the second passage of the doubled hour is added to the first.
"""

from __future__ import annotations

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import Period, as_date
from ohmstead.ui.presenters.usage_bars import slot_bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.view_models import HeatModel
from ohmstead.ui.presenters.wording import Wording

ROWS = 96


def heat_of(data: UsageData, zone: ZoneTable, period: Period, words: Wording, has_sun: bool) -> HeatModel:
    """The heat map of a period whose intervals were loaded."""
    assert data.intervals is not None
    days = range(max(period.first, zone.days[0]), min(period.last, zone.days[-1]) + 1)
    first = zone.slots_of(days[0])[0]
    bars = slot_bars(data, data.intervals, first, zone.slots_of(days[-1])[-1])
    column, line = _places(zone, days, len(bars))
    shape = (len(days), ROWS)
    grid, sun, sold = (np.zeros(shape) for _ in range(3))
    flags, hits = np.zeros(shape, np.uint8), np.zeros(shape, np.int64)
    for target, values in ((grid, bars.grid), (sun, bars.sun), (sold, bars.sold)):
        np.add.at(target, (column, line), values / 1000)
    np.bitwise_or.at(flags, (column, line), bars.flags)
    np.add.at(hits, (column, line), 1)
    for target in (grid, sun, sold):
        target[hits == 0] = np.nan
    known = grid[np.isfinite(grid) & (grid > 0)]
    months = [(i, words.short_month(as_date(d).month)) for i, d in enumerate(days) if as_date(d).day == 1]
    return HeatModel(
        grid,
        sun,
        sold,
        flags,
        days[0],
        months,
        [words.day(d, weekday=True) for d in days],
        float(np.percentile(known, 99.5)) if len(known) else 1.0,
        has_sun,
    )


def _places(zone: ZoneTable, days: range, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of every slot. Only days of unusual length need the clock slot by slot."""
    clock = MeterClock(zone)
    column, line = np.empty(count, np.int64), np.empty(count, np.int64)
    at = 0
    for i, day in enumerate(days):
        slots = zone.slots_of(day)
        column[at : at + len(slots)] = i
        if len(slots) == ROWS:
            line[at : at + ROWS] = np.arange(ROWS)
        else:
            line[at : at + len(slots)] = [clock.minutes(slot) // 15 for slot in slots]
        at += len(slots)
    return column, line
