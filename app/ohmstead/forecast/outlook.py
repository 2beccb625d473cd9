"""A home's surplus and need for the rest of today and for tomorrow, each with a band.

Made of the home's own verified readings alone: what comes is a day like earlier days (``analogs``), under the
sun of its own date (``sun``), with a band moved to where past forecasts of this home were right (``skill``).
Where that is too little to say anything, it says which, and says nothing else. Deterministic; no clock:
``now_slot`` is given. Not here: what to offer of it (``suggest``), words for people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.forecast.analogs import DAYS, LEAST_DAYS, Analogs, alike_weight, kinds, weights
from ohmstead.forecast.days_back import DAY_SLOTS, Series, days_back, sun_slots, wall_slots
from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.history import MAX_SLOT, History
from ohmstead.forecast.quantiles import Floats
from ohmstead.forecast.skill import TURNS, Skill, judge
from ohmstead.forecast.sun import Place, slot_light

#: Readings older than this say nothing of tomorrow.
STALE_SLOTS = 2 * DAY_SLOTS
_BACK = DAYS + TURNS + 10  # days looked at: analogs of the oldest turn, and the lag of late readings
_MEASURED = 0.5  # of the slots since the readings begin, within the analogs' days
_DARK_SHARE = 0.02  # of the export may fall while the sun is down, before the place is not believed


class Kind(StrEnum):
    """Which of the two amounts."""

    SURPLUS = "surplus"
    NEED = "need"


class TooLittle(StrEnum):
    """Why nothing can be said."""

    NO_HISTORY = "no-history"  # nothing was measured in the last eight weeks
    STALE = "stale"  # the newest reading is more than two days old
    FEW_DAYS = "few-days"  # readings reach back less than two weeks
    MANY_GAPS = "many-gaps"  # too much is missing, altogether or at some time of the day
    NOTHING_MEASURED = "nothing-measured"  # in eight weeks this home never exported (or never imported)


@dataclass(frozen=True, slots=True)
class SlotForecast:
    """One slot, in Wh: one day in ten less than low, half of the days less than mid, one in ten more than
    high.
    """

    slot: int
    low_wh: int
    mid_wh: int
    high_wh: int


@dataclass(frozen=True, slots=True)
class DayForecast:
    """The slots of a local day that are still to come, together, with a band of their own (Wh).

    The band of a sum is not the sum of bands: it is made of whole days and set right on whole days.
    ``measured_wh`` is what earlier slots of the day brought, as far as they were measured.
    """

    day: int
    first_slot: int
    end_slot: int
    low_wh: int
    mid_wh: int
    high_wh: int
    measured_wh: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of one kind: today's rest and tomorrow; empty where ``too_little`` says why.

    ``skill`` is None while fewer than two weeks of forecasts could be repeated on the past: then the band
    rests on ``calibrated_days`` days (0: it is the bare spread of earlier days) and nobody knows what it is
    worth.
    """

    kind: Kind
    slots: tuple[SlotForecast, ...] = field(repr=False)
    days: tuple[DayForecast, ...]
    too_little: TooLittle | None
    skill: Skill | None
    calibrated_days: int

    @property
    def trusted(self) -> bool:
        """Whether it beat every naive forecast on days it had not seen."""
        return self.skill is not None and self.skill.better

    def of_day(self, day: int) -> tuple[SlotForecast, ...]:
        """The slots of one of its days, none for any other day."""
        for found in self.days:
            if found.day == day:
                return tuple(s for s in self.slots if found.first_slot <= s.slot < found.end_slot)
        return ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Both outlooks as of a slot. ``place_used``: the sun's course at the given place took part; it does not
    where none was given or where the home exports while the sun is down there.
    """

    now_slot: int
    surplus: Outlook
    need: Outlook
    place_used: bool


def forecast(history: History, now_slot: int, zone: ZoneTable, place: Place | None = None) -> Forecast:
    """Surplus and need from ``now_slot``, the first slot that is not over, to the end of the next local day.

    Readings of ``now_slot`` and later are not looked at. ``zone`` holds the days of the meter's zone and must
    reach through tomorrow (else ZoneTableEnds); earlier days it lacks are not used for the need. Raises
    ForecastError for a slot that is none.
    """
    if not 0 <= now_slot <= MAX_SLOT:
        raise ForecastError(f"a forecast from slot {now_slot} on")
    today = zone.day_of(now_slot)
    end = zone.slots_of(today + 1).stop
    known = history.between(now_slot - _BACK * DAY_SLOTS, now_slot)
    reason = _too_little(known, now_slot)
    light = _light(known, place, end) if reason is None and place is not None else None
    surplus, need = (
        _outlook(kind, known, now_slot, zone, light if kind is Kind.SURPLUS else None, reason)
        for kind in Kind
    )
    return Forecast(now_slot, surplus, need, light is not None)


def _too_little(known: History, now_slot: int) -> TooLittle | None:
    """What both kinds lack."""
    recent = known.between(now_slot - DAYS * DAY_SLOTS, now_slot)
    if not recent.ok.any():
        return TooLittle.NO_HISTORY
    newest = recent.end_slot - 1 - int(np.argmax(recent.ok[::-1]))
    if now_slot - newest > STALE_SLOTS:
        return TooLittle.STALE
    first = recent.first_slot + int(np.argmax(recent.ok))
    if now_slot - first < LEAST_DAYS * DAY_SLOTS:
        return TooLittle.FEW_DAYS
    if int(recent.ok.sum()) < _MEASURED * (now_slot - first):
        return TooLittle.MANY_GAPS
    return None


def _light(known: History, place: Place, end: int) -> Floats | None:
    """The clear sky of all slots up to ``end``, None if the export contradicts the place."""
    light = slot_light(place, known.first_slot, end - known.first_slot)
    exported = np.where(known.ok, known.export_wh, 0)
    dark = exported[light[: len(known)] <= 0].sum()
    return None if dark > _DARK_SHARE * exported.sum() else light


def _outlook(
    kind: Kind, known: History, now_slot: int, zone: ZoneTable, light: Floats | None, reason: TooLittle | None
) -> Outlook:
    measured = known.export_wh if kind is Kind.SURPLUS else known.import_wh
    recent = slice(max(0, now_slot - DAYS * DAY_SLOTS - known.first_slot), None)
    if reason is None and not measured[recent][known.ok[recent]].any():
        reason = TooLittle.NOTHING_MEASURED
    if reason is not None:
        return Outlook(kind, (), (), reason, None, 0)
    today = zone.day_of(now_slot)
    amounts = np.where(known.ok, measured, np.nan)
    origin = known.first_slot + int(np.flatnonzero(known.ok)[-1]) + 1
    series = Series(known.first_slot, amounts, light)
    parts = []
    for day in (today, today + 1):
        slots = np.arange(max(now_slot, zone.slots_of(day).start), zone.slots_of(day).stop)
        if kind is Kind.SURPLUS:
            found, same = sun_slots(slots, _BACK), None
        else:
            found, same = wall_slots(slots, zone, day, _BACK), kinds(day, TURNS + 1)
        state, alike = alike_weight(series, origin, today=kind is Kind.SURPLUS and day == today, back=_BACK)
        parts.append((day, Analogs(days_back(series, found, origin), weights(state, TURNS + 1, alike, same))))
    judged = judge(parts[-1][1])
    slot_forecasts: list[SlotForecast] = []
    days: list[DayForecast] = []
    for day, analogs in parts:
        band, total = analogs.band(judged.slot_levels), analogs.total_band(judged.total_levels)
        if np.isnan(band).any() or np.isnan(total).any():
            return Outlook(kind, (), (), TooLittle.MANY_GAPS, None, 0)
        slots = analogs.back.slots
        for slot, low, mid, high in zip(slots, *_whole(band), strict=True):
            slot_forecasts.append(SlotForecast(int(slot), int(low), int(mid), int(high)))
        begun = known.between(zone.slots_of(day).start, now_slot)
        wh = begun.export_wh if kind is Kind.SURPLUS else begun.import_wh
        low, mid, high = (int(x) for x in _whole(total))
        first, stop = int(slots[0]), int(slots[-1]) + 1
        days.append(DayForecast(day, first, stop, low, mid, high, int(wh[begun.ok].sum())))
    return Outlook(kind, tuple(slot_forecasts), tuple(days), None, judged.skill, judged.days)


def _whole(band: Floats) -> Floats:
    """Whole Wh, half to even; the order of the three is kept."""
    return np.maximum.accumulate(np.rint(np.maximum(band, 0.0)), axis=0)
