"""What Home loads, off the main thread. Qt-free.

Here: the question, the answer, and the answer from a mirror file. Not here: turning it into a view
(``presenters.home``), the live figure, which comes over the bridge (``presenters.home_now``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, slot_at
from ohmstead.services import mirroring
from ohmstead.services.checking import EpochRoot, HistoryCheck, check_history, no_keys
from ohmstead.store.history import History
from ohmstead.store.readings import Readings
from ohmstead.store.records import Finding, MeterStatus
from ohmstead.store.series import DaySeries, Extent, IntervalSeries
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageData, UsageRequest

DAY_SLOTS = 96
LOOK_BACK_DAYS = 366 + 7
CHECK_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class HomeRequest:
    """``now_s`` is the product's clock in UTC; ``seen_slot`` the newest slot at the last visit, 0 for never."""

    now_s: int
    first_weekday: int
    seen_slot: int = 0


@dataclass(frozen=True, slots=True)
class HomeData:
    """The answer. ``today`` is None while nothing can be shown: no zone table, or no readings.

    ``today`` is Usage's own answer for the day shown, so that both say the same. ``last`` are the readings of
    the 24 hours to the newest, ``fresh`` those since the last visit (None on the first), ``week_ago`` those of
    the day a week before. ``days`` are the daily sums of a year up to the day. ``failure`` names what in the
    file is not what was proven, if anything.
    """

    request: HomeRequest
    status: MeterStatus | None = None
    zone: ZoneTable | None = field(default=None, repr=False)
    extent: Extent | None = None
    today: UsageData | None = field(default=None, repr=False)
    last: IntervalSeries | None = field(default=None, repr=False)
    fresh: IntervalSeries | None = field(default=None, repr=False)
    week_ago: IntervalSeries | None = field(default=None, repr=False)
    days: DaySeries | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()
    divergences: int = 0
    failure: VerificationError | None = None


class HomeSource(Protocol):
    """Where Home gets what it shows."""

    def load(self, request: HomeRequest) -> HomeData:
        """Answer a request. Runs on a worker thread. Raises UserError, ExternalError."""
        ...


class MirrorHome:
    """Home from a mirror file. Opens readers for each request, on the thread that asks.

    The pages are compared with the proven root on the first request and whenever the log has grown (30 ms for a
    year); where the file was written since, again: at once after a failure, else a minute later at the soonest.
    ``epoch_root`` (by tenancy) lets an altered page be named; ``wall_ns`` judges the head's time.
    """

    def __init__(
        self,
        path: Path,
        meter: bytes | None = None,
        epoch_root: EpochRoot = no_keys,
        wall_ns: Callable[[], int] | None = None,
    ) -> None:
        self._path = path
        self._meter = meter
        self._epoch_root = epoch_root
        self._wall_ns = wall_ns
        self._checked: tuple[_Stamp, HistoryCheck] | None = None

    def load(self, request: HomeRequest) -> HomeData:
        """See HomeSource."""
        with closing(Readings.open(self._path)) as readings:
            state = readings.status()
            status = next((m for m in state.meters if self._meter in (None, m.meter)), None)
            data = HomeData(
                request, status, findings=tuple(readings.findings()), divergences=state.divergences
            )
            if status is None:
                return data
            zone, extent = readings.zone(status.meter), readings.extent(status.meter)
            data = replace(data, zone=zone, extent=extent, failure=self._failure(status, request))
            if zone is None or extent is None:
                return data
            return _filled(data, readings, status.meter, zone, extent, self._path)

    def _failure(self, status: MeterStatus, request: HomeRequest) -> VerificationError | None:
        """What the file's pages, all of them together, are not; None while they are coming in."""
        if not status.complete:
            return None
        stamp = _Stamp.of(self._path, status.pages_proven)
        if self._checked is None or not self._checked[0].holds(stamp, self._checked[1]):
            wall_ns = self._wall_ns() if self._wall_ns is not None else request.now_s * 10**9
            try:
                self._checked = stamp, _checked(self._path, wall_ns, self._epoch_root)
            except VerificationError as error:
                self._checked = stamp, HistoryCheck(0, 0, 0, error)
        return self._checked[1].failure


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What a check was made of: so many pages, the file as last written (its log too), and when (monotonic s)."""

    proven: int
    written: tuple[tuple[int, int], ...]
    at_s: float

    @classmethod
    def of(cls, path: Path, proven: int) -> _Stamp:
        """The file as it is now."""
        written = []
        for part in (path, path.with_name(f"{path.name}-wal")):
            try:
                state = part.stat()
            except OSError:
                continue
            written.append((state.st_mtime_ns, state.st_size))
        return cls(proven, tuple(written), time.monotonic())

    def holds(self, now: _Stamp, check: HistoryCheck) -> bool:
        """Whether a check made then may still be believed."""
        if now.proven != self.proven:
            return False
        young = check.failure is None and now.at_s - self.at_s < CHECK_AGAIN_S
        return young or now.written == self.written


def _checked(path: Path, wall_ns: int, epoch_root: EpochRoot) -> HistoryCheck:
    with History.open(path) as history:
        trust = mirroring.read_trust(history.mirror, wall_ns)
        if trust is None:
            return HistoryCheck(0, 0, 0)
        return check_history(history.mirror, trust, epoch_root)


def _filled(
    data: HomeData, readings: Readings, meter: bytes, zone: ZoneTable, extent: Extent, path: Path
) -> HomeData:
    request = data.request
    # A clock that runs outside the ledger's calendar shows its first or last day.
    first, last = zone.first_slots[0], zone.first_slots[-1] - 1
    now_s = min(max(request.now_s, first * SLOT_SECONDS), last * SLOT_SECONDS)
    day = shown_day(zone, extent, now_s)
    usage = MirrorUsage(path, meter).load(UsageRequest(Span.DAY, day, False, request.first_weekday, now_s))
    fresh = None
    if request.seen_slot:
        fresh = readings.intervals(meter, request.seen_slot + 1, extent.last_slot)
    week_ago = None
    if day - 7 in zone.days:
        slots = zone.slots_of(day - 7)
        week_ago = readings.intervals(meter, slots[0], slots[-1])
    return replace(
        data,
        today=usage,
        last=readings.intervals(meter, extent.last_slot - DAY_SLOTS + 1, extent.last_slot),
        fresh=fresh,
        week_ago=week_ago,
        days=readings.days(meter, day - LOOK_BACK_DAYS, day),
    )


def shown_day(zone: ZoneTable, extent: Extent, now_s: int) -> int:
    """Today, unless the newest reading is older than yesterday: then the last day with readings."""
    today, newest = zone.day_of(slot_at(now_s)), zone.day_of(extent.last_slot)
    return today if newest >= today - 1 else newest
