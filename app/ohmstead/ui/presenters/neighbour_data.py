"""What the Neighbours page loads of a home's own readings: days, and hours of the newer ones. Qt-free.

The neighbours themselves come posted (``services.neighbour_states``). Here: the question, the answer, and the
answer from a mirror file, worked out on the thread that asks. Not here: words and views (``neighbour_*``).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable, slot_at
from ohmstead.store.readings import Readings
from ohmstead.store.series import DaySeries, IntervalSeries, Ints

#: Two years and a month of days; hours of a whole month before the running one, and of the same days a year
# before.
LOOK_BACK_DAYS, HOURS_DAYS, YEAR_DAYS = 800, 70, 364
HOURS = 24
_MISSING = 2  # IntervalStatus.MISSING


@dataclass(frozen=True, slots=True)
class NeighbourRequest:
    """``now_s`` is the product's clock in UTC."""

    now_s: int


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Import by local hour: ``wh`` is (days, 24) in Wh, row i of day ``day[i]``; only days read whole are in.

    Hours count from the day's begin and the 25th is added to the 24th, as the meter's own load shape does.
    """

    day: Ints = field(repr=False)
    wh: NDArray[np.int64] = field(repr=False)

    def between(self, first: int, last: int) -> OwnHours:
        """Those of first <= day <= last."""
        keep = (self.day >= first) & (self.day <= last)
        return OwnHours(self.day[keep], self.wh[keep])

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class NeighbourData:
    """The answer. ``zone`` is None before the first reading.

    ``wh`` maps each local day that was read whole (measured or estimated in every slot) to its import in Wh;
    ``torn`` are the days in between that were not. ``today`` is the running local day.
    """

    request: NeighbourRequest
    zone: ZoneTable | None = field(default=None, repr=False)
    today: int = 0
    wh: dict[int, int] = field(default_factory=dict, repr=False)
    torn: frozenset[int] = frozenset()
    hours: OwnHours = field(default_factory=lambda: no_hours(), repr=False)


class NeighbourSource(Protocol):
    """Where the page gets the home's own figures."""

    def load(self, request: NeighbourRequest) -> NeighbourData:
        """Answer a request. Runs on a worker thread. Raises UserError, ExternalError."""
        ...


class MirrorNeighbours:
    """The own days of a home's mirror file. Opens a reader for each request."""

    def __init__(self, path: Path, meter: bytes | None = None) -> None:
        self._path = path
        self._meter = meter

    def load(self, request: NeighbourRequest) -> NeighbourData:
        """See NeighbourSource."""
        with closing(Readings.open(self._path)) as readings:
            status = next((m for m in readings.status().meters if self._meter in (None, m.meter)), None)
            if status is None:
                return NeighbourData(request)
            zone, extent = readings.zone(status.meter), readings.extent(status.meter)
            if zone is None or extent is None:
                return NeighbourData(request)
            today = zone.day_of(slot_at(request.now_s))
            days = readings.days(status.meter, today - LOOK_BACK_DAYS, today - 1)
            wh, torn = whole_days(days, zone)
            parts = [
                hours_of(
                    readings.intervals(status.meter, *_slots(zone, first, last)), zone, range(first, last + 1)
                )
                for first, last in (
                    (today - HOURS_DAYS - YEAR_DAYS, today - 1 - YEAR_DAYS), (today - HOURS_DAYS, today - 1)
                )
                if first >= zone.days[0] and last <= zone.days[-1]
            ]  # fmt: skip
        hours = OwnHours(
            np.concatenate([no_hours().day, *(p.day for p in parts)]),
            np.concatenate([no_hours().wh, *(p.wh for p in parts)]),
        )
        return NeighbourData(request, zone, today, wh, torn, hours)


def no_hours() -> OwnHours:
    """No day at all."""
    return OwnHours(np.empty(0, np.int64), np.empty((0, HOURS), np.int64))


def whole_days(days: DaySeries, zone: ZoneTable) -> tuple[dict[int, int], frozenset[int]]:
    """Import by day of those read whole, and the days that were not, between the first and the last."""
    wh: dict[int, int] = {}
    for i, day in enumerate(days.day.tolist()):
        if day in zone.days and days.slots[i] == len(zone.slots_of(day)) and not days.missing[i]:
            wh[day] = int(days.import_wh[i])
    if not len(days):
        return wh, frozenset()
    first, last = int(days.day[0]), int(days.day[-1])
    return wh, frozenset(range(first, last + 1)) - wh.keys()


def hours_of(series: IntervalSeries, zone: ZoneTable, days: range) -> OwnHours:
    """The hours of the days of a series that were read whole."""
    kept, rows = [], []
    at = np.searchsorted(series.slot, [zone.slots_of(d).start for d in days] + [zone.slots_of(days[-1]).stop])
    for i, day in enumerate(days):
        slots, a, b = zone.slots_of(day), int(at[i]), int(at[i + 1])
        if b - a != len(slots) or (series.status_import[a:b] == _MISSING).any():
            continue
        hour = np.minimum((series.slot[a:b] - slots.start) // SLOTS_PER_HOUR, HOURS - 1)
        rows.append(np.bincount(hour, series.import_wh[a:b], HOURS).astype(np.int64))
        kept.append(day)
    return OwnHours(np.array(kept, np.int64), np.array(rows, np.int64)) if kept else no_hours()


def _slots(zone: ZoneTable, first: int, last: int) -> tuple[int, int]:
    return zone.slots_of(first).start, zone.slots_of(last).stop - 1
