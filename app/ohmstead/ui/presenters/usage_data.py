"""What the Usage page loads for one view, off the main thread. Qt-free.

Here: the question, the answer, and the answer from a mirror file. Not here: turning it into a view
(``presenters.usage``).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from ohmstead.core.slots import ZoneTable, slot_at
from ohmstead.store.readings import Readings
from ohmstead.store.records import MeterStatus
from ohmstead.store.series import DaySeries, Extent, IntervalSeries, Ints
from ohmstead.ui.presenters.periods import Period, Span, month_start, period_of

USUAL_WEEKS = 8


@dataclass(frozen=True, slots=True)
class UsageRequest:
    """One view. ``day`` None means the newest day with readings; ``now_s`` is the product's clock in UTC."""

    span: Span
    day: int | None
    heat: bool
    first_weekday: int
    now_s: int


@dataclass(frozen=True, slots=True)
class UsageData:
    """The answer. ``period`` is None while nothing can be shown: no zone table, or no readings.

    ``intervals`` cover a day, a week or a heat map; ``days`` a month and more, and the month around a day
    (for its scale). ``usual`` are up to eight earlier days of the same weekday, ``before`` the week
    before, or the same month or year a year earlier. ``sealed`` are first slots of hours without a key.
    """

    request: UsageRequest
    status: MeterStatus | None
    zone: ZoneTable | None = field(default=None, repr=False)
    extent: Extent | None = None
    today: int = 0
    day: int = 0
    period: Period | None = None
    intervals: IntervalSeries | None = None
    around: IntervalSeries | None = None
    days: DaySeries | None = None
    before: DaySeries | None = None
    usual: tuple[IntervalSeries, ...] = ()
    sealed: Ints = field(default_factory=lambda: np.empty(0, np.int64), repr=False)

    @property
    def coming(self) -> bool:
        """Whether proven pages are still on their way."""
        return self.status is not None and self.status.pages_held < self.status.pages_proven


class UsageSource(Protocol):
    """Where Usage gets its readings."""

    def load(self, request: UsageRequest) -> UsageData:
        """Answer a request. Runs on a worker thread. Raises UserError, ExternalError."""
        ...


class MirrorUsage:
    """Usage from a home's mirror file. Opens a reader for each request, on the thread that asks."""

    def __init__(self, path: Path, meter: bytes | None = None) -> None:
        self._path = path
        self._meter = meter

    def load(self, request: UsageRequest) -> UsageData:
        """See UsageSource."""
        with closing(Readings.open(self._path)) as readings:
            state = readings.status()
            status = next((m for m in state.meters if self._meter in (None, m.meter)), None)
            if status is None:
                return UsageData(request, None)
            return _load(readings, status, request)


def _load(readings: Readings, status: MeterStatus, request: UsageRequest) -> UsageData:
    meter = status.meter
    zone, extent = readings.zone(meter), readings.extent(meter)
    if zone is None or extent is None:
        return UsageData(request, status, zone, extent)
    today = zone.day_of(slot_at(request.now_s))
    known = zone.day_of(extent.first_slot), zone.day_of(extent.last_slot)
    day = min(max(request.day if request.day is not None else known[1], zone.days[0]), zone.days[-1])
    period = period_of(request.span, day, request.first_weekday, known)
    first, last = _slots(zone, period.first, period.last)
    sealed = readings.sealed_slots(meter, first, last)
    intervals = around = days = before = None
    usual: tuple[IntervalSeries, ...] = ()
    if request.span in (Span.DAY, Span.WEEK) or request.heat:
        intervals = readings.intervals(meter, first, last)
    if request.span is Span.DAY:
        around = readings.intervals(meter, *_slots(zone, month_start(day), month_start(day, 1) - 1))
        usual = tuple(_same_weekdays(readings, meter, zone, day))
    if request.span in (Span.MONTH, Span.YEAR, Span.ALL):
        days = readings.days(meter, period.first, period.last)
    if request.span is Span.WEEK:
        before = readings.days(meter, period.first - 7, period.last - 7)
    if request.span in (Span.MONTH, Span.YEAR):
        before = readings.days(meter, month_start(period.first, -12), month_start(period.last, -11) - 1)
    return UsageData(
        request, status, zone, extent, today, day, period, intervals, around, days, before, usual, sealed
    )


def _slots(zone: ZoneTable, first: int, last: int) -> tuple[int, int]:
    """First and last slot of days, as far as the zone table reaches."""
    first, last = max(first, zone.days[0]), min(last, zone.days[-1])
    return zone.slots_of(first)[0], zone.slots_of(last)[-1]


def _same_weekdays(readings: Readings, meter: bytes, zone: ZoneTable, day: int) -> list[IntervalSeries]:
    """Earlier days of the same weekday and length that are complete, newest first."""
    found = []
    for weeks in range(1, USUAL_WEEKS + 1):
        earlier = day - 7 * weeks
        if earlier not in zone.days or len(zone.slots_of(earlier)) != len(zone.slots_of(day)):
            continue
        series = readings.intervals(meter, *_slots(zone, earlier, earlier))
        if len(series) == len(zone.slots_of(earlier)) and not (series.status == 2).any():
            found.append(series)
    return found
