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

from ohmstead.core.intervals import Channel
from ohmstead.core.slots import ZoneTable, slot_at
from ohmstead.store.readings import Readings
from ohmstead.store.records import MeterStatus
from ohmstead.store.series import DaySeries, Extent, IntervalSeries, Ints
from ohmstead.ui.presenters.periods import (
    Against,
    Period,
    Span,
    earlier_period,
    month_start,
    period_of,
    settled,
)
from ohmstead.ui.presenters.zoom import Level, days_around, level_of

USUAL_WEEKS = 8


@dataclass(frozen=True, slots=True)
class UsageRequest:
    """One view. ``day`` None means the newest day with readings; ``now_s`` is the product's clock in UTC.

    ``against`` None means the span's own first choice. ``net`` shows import less export. ``window`` is the
    stretch (first slot, slot after the last) of a FREE span. ``channel`` shows gas, water or data instead.
    """

    span: Span
    day: int | None
    heat: bool
    first_weekday: int
    now_s: int
    against: Against | None = None
    net: bool = False
    window: tuple[int, int] | None = None
    channel: Channel | None = None

    def __post_init__(self) -> None:
        if (self.span is Span.FREE) != (self.window is not None):
            raise ValueError("a stretch of time, and nothing else, has a window")


@dataclass(frozen=True, slots=True)
class UsageData:
    """The answer. ``period`` is None while nothing can be shown: no zone table, or no readings.

    ``intervals`` cover a day, a week, a heat map or a close stretch; ``days`` a month and more; ``around`` the
    month around a day (for its scale). ``usual`` are up to eight earlier days of the same weekday; ``earlier``
    is the period compared with, in ``then_intervals`` (day, week) or ``then_days``. ``sealed`` are first slots of
    hours without a key; ``utilities`` what the meter counts beside electricity. Of a FREE span ``period``
    are the whole days loaded, somewhat more than is shown.
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
    usual: tuple[IntervalSeries, ...] = ()
    earlier: Period | None = None
    then_intervals: IntervalSeries | None = None
    then_days: DaySeries | None = None
    sealed: Ints = field(default_factory=lambda: np.empty(0, np.int64), repr=False)
    utilities: tuple[Channel, ...] = ()

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
    if request.window is not None:
        period = days_around(request.window, zone, known)
        day = zone.day_of(sum(request.window) // 2)
    else:
        day = min(max(request.day if request.day is not None else known[1], zone.days[0]), zone.days[-1])
        period = period_of(request.span, day, request.first_weekday, known)
    against = settled(request.span, request.against)
    # A heat map is compared with nothing: the year before is not read for it.
    earlier = None if request.heat else earlier_period(period, against)
    first, last = _slots(zone, period.first, period.last)
    intervals = around = days = then_intervals = then_days = None
    usual: tuple[IntervalSeries, ...] = ()
    asked = _Asked(readings, meter, request.channel)
    if fine(request):
        intervals = asked.intervals(first, last)
        if earlier is not None and earlier.last >= zone.days[0]:
            then_intervals = asked.intervals(*_slots(zone, earlier.first, earlier.last))
    else:
        days = asked.days(period.first, period.last)
        if earlier is not None:
            then_days = asked.days(earlier.first, earlier.last)
    if request.span is Span.DAY:
        around = asked.intervals(*_slots(zone, month_start(day), month_start(day, 1) - 1))
        if against is Against.USUAL:
            usual = tuple(_same_weekdays(asked, zone, day))
    return UsageData(
        request, status, zone, extent, today, day, period, intervals, around, days, usual,
        earlier, then_intervals, then_days, readings.sealed_slots(meter, first, last),
        readings.utilities(meter),
    )  # fmt: skip


def fine(request: UsageRequest) -> bool:
    """Whether a view is made of quarter hours, not of days."""
    if request.window is not None:
        return level_of(request.window) in (Level.QUARTERS, Level.HOURS)
    return request.span in (Span.DAY, Span.WEEK) or request.heat


def _slots(zone: ZoneTable, first: int, last: int) -> tuple[int, int]:
    """First and last slot of days, as far as the zone table reaches."""
    first, last = max(first, zone.days[0]), min(last, zone.days[-1])
    return zone.slots_of(first)[0], zone.slots_of(last)[-1]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The series that a request is about: electricity's, or those of another channel in the same shape."""

    readings: Readings
    meter: bytes
    channel: Channel | None

    def intervals(self, first: int, last: int) -> IntervalSeries:
        if self.channel is None:
            return self.readings.intervals(self.meter, first, last)
        return self.readings.utility(self.meter, self.channel, first, last)

    def days(self, first: int, last: int) -> DaySeries:
        if self.channel is None:
            return self.readings.days(self.meter, first, last)
        return self.readings.utility_days(self.meter, self.channel, first, last)


def _same_weekdays(asked: _Asked, zone: ZoneTable, day: int) -> list[IntervalSeries]:
    """Earlier days of the same weekday and length that are complete, newest first."""
    found = []
    for weeks in range(1, USUAL_WEEKS + 1):
        earlier = day - 7 * weeks
        if earlier not in zone.days or len(zone.slots_of(earlier)) != len(zone.slots_of(day)):
            continue
        series = asked.intervals(*_slots(zone, earlier, earlier))
        if len(series) == len(zone.slots_of(earlier)) and not (series.status == 2).any():
            found.append(series)
    return found
