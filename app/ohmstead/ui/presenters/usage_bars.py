"""From series to bars: what stands in each bar, and which marks it carries. Qt-free.

A gap is never a zero: a slot without a reading, one whose page is still coming, one without its key and one
that is not over each have their own mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ohmstead.core.intervals import IntervalStatus
from ohmstead.core.slots import SLOTS_PER_HOUR
from ohmstead.store.series import NO_GENERATION, DaySeries, IntervalSeries
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.view_models import Flags, Floats, Mark


@dataclass(frozen=True, slots=True)
class Bars:
    """Energy of bars in Wh and their marks; all arrays have one length.

    ``missing``, ``estimated_slots`` and ``records`` count quarter hours in each bar; ``slots`` is how many
    it has by the zone table.
    """

    grid: Floats = field(repr=False)
    sun: Floats = field(repr=False)
    sold: Floats = field(repr=False)
    estimated: Floats = field(repr=False)
    flags: Flags = field(repr=False)
    slots: Floats = field(repr=False)
    records: Floats = field(repr=False)
    missing: Floats = field(repr=False)
    estimated_slots: Floats = field(repr=False)

    def __len__(self) -> int:
        return len(self.grid)

    def part(self, first: int, after: int) -> Bars:
        """The bars first..after-1."""
        cut = slice(first, after)
        return Bars(
            self.grid[cut], self.sun[cut], self.sold[cut], self.estimated[cut], self.flags[cut],
            self.slots[cut], self.records[cut], self.missing[cut], self.estimated_slots[cut],
        )  # fmt: skip

    def gathered(self, starts: Sequence[int], *, any_gap: bool) -> Bars:
        """Bars of several bars each, beginning at ``starts`` (ascending, the first is 0).

        Estimates, clock doubts and meter changes mark the whole; what is absent marks it only where nothing
        of it is here. ``any_gap``: one gap marks the whole (hours), or only nothing but gaps (months).
        """
        at = np.asarray(starts)
        sums = [
            np.add.reduceat(values, at)
            for values in (
                self.grid,
                self.sun,
                self.sold,
                self.estimated,
                self.slots,
                self.records,
                self.missing,
                self.estimated_slots,
            )
        ]
        some = np.bitwise_or.reduceat(self.flags, at)
        records, missing = sums[5], sums[6]
        flags = some & np.uint8(Mark.ESTIMATED | Mark.DOUBT | Mark.REPLACED)
        gap = (missing > 0) if any_gap else (missing > 0) & (missing >= records)
        flags |= np.where(gap, np.uint8(Mark.GAP), np.uint8(0))
        bare = records == 0
        absent = np.select(
            [(some & np.uint8(mark) != 0) for mark in (Mark.COMING, Mark.SEALED)],
            [np.uint8(Mark.COMING), np.uint8(Mark.SEALED)],
            np.uint8(Mark.AHEAD),
        )
        flags = np.where(bare, absent, flags).astype(np.uint8)
        return Bars(sums[0], sums[1], sums[2], sums[3], flags, *sums[4:])


def slot_bars(data: UsageData, series: IntervalSeries, first: int, last: int) -> Bars:
    """One bar for each slot first..last, both included."""
    count = last - first + 1
    place = series.slot - first
    status = series.status
    missing = status == IntervalStatus.MISSING
    measured = ~missing
    grid, sun, sold = (np.zeros(count) for _ in range(3))
    flags = _absent(data, first, count)
    grid[place] = np.where(measured, series.import_wh, 0)
    sold[place] = np.where(measured, series.export_wh, 0)
    own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
    sun[place] = np.where(measured, np.maximum(own, 0), 0)
    mark = np.zeros(256, np.uint8)
    mark[IntervalStatus.MISSING] = Mark.GAP
    mark[IntervalStatus.ESTIMATED] = Mark.ESTIMATED
    mark[IntervalStatus.CLOCK_SUSPECT] = Mark.DOUBT
    mark[IntervalStatus.REPLACED] = Mark.REPLACED
    flags[place] = mark[status]
    guessed = flags & np.uint8(Mark.ESTIMATED) != 0
    here = np.zeros(count)
    here[place] = 1
    return Bars(
        grid,
        sun,
        sold,
        np.where(guessed, grid + sun, 0.0),
        flags,
        np.ones(count),
        here,
        (flags & np.uint8(Mark.GAP) != 0).astype(float),
        guessed.astype(float),
    )


def day_bars(data: UsageData, series: DaySeries, first_day: int, last_day: int) -> Bars:
    """One bar for each local day first..last, both included."""
    count = last_day - first_day + 1
    place = series.day - first_day
    columns = []
    for values in (
        series.import_wh,
        series.sun_home_wh,
        series.export_wh,
        series.estimated_wh,
        series.slots,
        series.missing,
        series.estimated,
    ):
        column = np.zeros(count)
        column[place] = values
        columns.append(column)
    grid, sun, sold, estimated, records, missing, estimated_slots = columns
    slots = np.array([_day_length(data, day) for day in range(first_day, last_day + 1)], float)
    flags = np.array([_absent_day(data, day) for day in range(first_day, last_day + 1)], np.uint8)
    flags[place] = (
        np.where(series.missing >= series.slots, Mark.GAP, 0)
        | np.where(series.estimated > 0, Mark.ESTIMATED, 0)
        | np.where(series.doubt > 0, Mark.DOUBT, 0)
        | np.where(series.replaced > 0, Mark.REPLACED, 0)
    ).astype(np.uint8)
    return Bars(grid, sun, sold, estimated, flags, slots, records, missing, estimated_slots)


def _absent(data: UsageData, first: int, count: int) -> Flags:
    """What each slot is while there is no record of it."""
    assert data.extent is not None
    slots = np.arange(first, first + count)
    older = Mark.COMING if data.coming else Mark.AHEAD
    flags = np.where(slots > data.extent.last_slot, int(Mark.AHEAD), int(older)).astype(np.uint8)
    for hour in data.sealed:
        at = int(hour) - first
        flags[max(at, 0) : max(at + SLOTS_PER_HOUR, 0)] = Mark.SEALED
    return flags


def _absent_day(data: UsageData, day: int) -> Mark:
    """What a day is while there is no record of it."""
    assert data.zone is not None
    assert data.extent is not None
    if day not in data.zone.days:
        return Mark.AHEAD
    slots = data.zone.slots_of(day)
    if len(data.sealed) and bool(((data.sealed >= slots[0]) & (data.sealed <= slots[-1])).any()):
        return Mark.SEALED
    if slots[0] > data.extent.last_slot or not data.coming:
        return Mark.AHEAD
    return Mark.COMING


def _day_length(data: UsageData, day: int) -> int:
    assert data.zone is not None
    return len(data.zone.slots_of(day)) if day in data.zone.days else 0
