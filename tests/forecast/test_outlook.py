"""Forecasts as a whole: their properties, what they refuse to say, odd days and places, and the real home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ohmstead.core.intervals import Channel
from ohmstead.core.slots import ZoneTableEnds
from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.history import History
from ohmstead.forecast.outlook import Forecast, TooLittle, forecast
from ohmstead.forecast.sun import Place, slot_light
from ohmstead.meter.sources.choose import demonstration
from tests.forecast.homes import BERLIN, made_up, table

DAYS = 125
SPRING = table(date(2024, 1, 20), DAYS)
HOME = made_up(SPRING, DAYS)
NOW = SPRING.slots_of(SPRING.first_day + 3 + DAYS - 2).start + 40
few = settings(max_examples=12, deadline=None)


def changed(history: History, edit: Callable[[History], None]) -> History:
    """A copy that ``edit`` has changed in place."""
    copy = History(history.first_slot, history.import_wh.copy(), history.export_wh.copy(), history.ok.copy())
    edit(copy)
    return copy


def last(history: History, days: float, now: int = NOW) -> History:
    return history.between(now - int(96 * days), now)


def check(found: Forecast, now: int, zone: object = SPRING) -> None:
    """What holds of every outlook that says something."""
    for outlook in (found.surplus, found.need):
        if outlook.too_little is not None:
            assert (outlook.slots, outlook.days, outlook.skill) == ((), (), None)
            continue
        slots = [s.slot for s in outlook.slots]
        assert slots == list(range(now, outlook.days[-1].end_slot))
        for each in (*outlook.slots, *outlook.days):
            assert 0 <= each.low_wh <= each.mid_wh <= each.high_wh
            assert {type(each.low_wh), type(each.mid_wh), type(each.high_wh)} == {int}
        assert sum(len(outlook.of_day(d.day)) for d in outlook.days) == len(slots)


def test_today_and_tomorrow_with_skill() -> None:
    found = forecast(HOME, NOW, SPRING, BERLIN)
    check(found, NOW)
    today, tomorrow = found.surplus.days
    assert (tomorrow.day - today.day, today.first_slot, tomorrow.end_slot - tomorrow.first_slot) == (
        1,
        NOW,
        96,
    )
    assert found.place_used
    for outlook in (found.surplus, found.need):
        assert outlook.trusted
        assert outlook.skill is not None
        assert outlook.skill.loss_wh < outlook.skill.best_naive_wh
        assert outlook.calibrated_days > 40
        assert outlook.skill.total_coverage > 0.6
    begun = HOME.between(today.end_slot - 96, NOW)
    assert today.measured_wh == begun.export_wh.sum()
    assert found.surplus.of_day(today.day - 1) == ()


def test_the_band_of_a_day_is_narrower_than_its_slots_together() -> None:
    tomorrow = forecast(HOME, NOW, SPRING, BERLIN).need.days[1]
    slots = forecast(HOME, NOW, SPRING, BERLIN).need.of_day(tomorrow.day)
    assert sum(s.low_wh for s in slots) < tomorrow.low_wh
    assert sum(s.high_wh for s in slots) > tomorrow.high_wh


def test_nothing_is_expected_of_the_night() -> None:
    light = slot_light(BERLIN, NOW, 200)
    for place in (BERLIN, None):
        found = forecast(HOME, NOW, SPRING, place).surplus
        dark = [s for s in found.slots if light[s.slot - NOW] <= 0]
        assert len(dark) > 30
        assert all(s.high_wh == 0 for s in dark)


def test_cooking_is_expected_in_the_evening_by_the_wall_clock() -> None:
    """The clock was put forward in the weeks that are asked: by UTC the evening would be smeared."""
    zone = table(date(2024, 1, 20), 80)
    history = made_up(zone, 80)
    now = history.end_slot - 40
    found = forecast(history, now, zone, BERLIN).need
    tomorrow = found.of_day(found.days[1].day)
    cooking, before, after = tomorrow[72:80], tomorrow[68:70], tomorrow[82:84]
    assert min(s.low_wh for s in cooking[2:6]) > 500
    assert max(s.mid_wh for s in (*before, *after)) < 400


def test_a_dull_morning_lowers_the_rest_of_the_day() -> None:
    start = SPRING.slots_of(SPRING.day_of(NOW)).start
    morning = slice(start - HOME.first_slot, NOW - HOME.first_slot)

    def totals(share: float) -> int:
        def edit(h: History) -> None:
            light = slot_light(BERLIN, start, NOW - start)
            h.export_wh[morning] = np.rint(1.4 * share * light)

        return forecast(changed(HOME, edit), NOW, SPRING, BERLIN).surplus.days[0].mid_wh

    assert totals(0.05) < 0.8 * totals(0.95)


def test_the_same_twice_and_nothing_of_the_future() -> None:
    def later(h: History) -> None:
        h.export_wh[NOW - h.first_slot :] = 4000
        h.import_wh[NOW - h.first_slot :] = 4000

    assert forecast(HOME, NOW, SPRING, BERLIN) == forecast(HOME, NOW, SPRING, BERLIN)
    assert forecast(changed(HOME, later), NOW, SPRING, BERLIN) == forecast(HOME, NOW, SPRING, BERLIN)
    old = HOME.between(NOW - 96 * 124, NOW)
    assert forecast(old, NOW, SPRING, BERLIN) == forecast(HOME, NOW, SPRING, BERLIN)


@few
@given(st.integers(0, 1 << 32), st.floats(0, 0.35), st.integers(0, 190))
def test_gaps_are_never_read(seed: int, share: float, late: int) -> None:
    """What stands in a slot that does not count changes nothing, not even if it is absurd."""
    chance = np.random.default_rng(seed)
    gone = chance.random(len(HOME)) < share
    gone[NOW - late - HOME.first_slot :] = True

    def holes(h: History) -> None:
        h.ok[gone] = False

    def rubbish(h: History) -> None:
        holes(h)
        h.import_wh[gone] = chance.integers(-(1 << 60), 1 << 60, int(gone.sum()))
        h.export_wh[gone] = chance.integers(-(1 << 60), 1 << 60, int(gone.sum()))

    found = forecast(changed(HOME, holes), NOW, SPRING, BERLIN)
    assert found == forecast(changed(HOME, rubbish), NOW, SPRING, BERLIN)
    check(found, NOW)
    assert found.surplus.too_little in (None, TooLittle.MANY_GAPS)
    if share < 0.1:
        assert found.surplus.too_little is None


@few
@given(st.sampled_from([2, 3, 10]), st.integers(0, 95), st.booleans())
def test_a_home_that_is_so_many_times_as_large(times: int, hour: int, known: bool) -> None:
    now, place = NOW - hour, BERLIN if known else None
    small = last(HOME, 123, now)
    large = History(small.first_slot, small.import_wh * times, small.export_wh * times, small.ok)
    for one, many in zip(_flat(forecast(small, now, SPRING, place)), _flat(forecast(large, now, SPRING, place)),
                         strict=True):  # fmt: skip
        assert abs(many - times * one) <= times


def _flat(found: Forecast) -> list[int]:
    return [
        wh
        for outlook in (found.surplus, found.need)
        for each in (*outlook.slots, *outlook.days)
        for wh in (each.low_wh, each.mid_wh, each.high_wh)
    ]


def reason(history: History, now: int = NOW) -> TooLittle | None:
    found = forecast(history, now, SPRING, BERLIN)
    check(found, now)
    assert not (found.surplus.trusted and found.surplus.too_little)
    return found.surplus.too_little


def test_too_little_is_said_not_guessed() -> None:
    nothing = History(0, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_))
    assert reason(nothing) is TooLittle.NO_HISTORY
    assert reason(HOME.between(NOW, NOW + 10)) is TooLittle.NO_HISTORY
    assert reason(HOME.between(0, NOW - 96 * 60)) is TooLittle.NO_HISTORY
    assert reason(HOME.between(0, NOW - 193)) is TooLittle.STALE
    assert reason(HOME.between(0, NOW - 190)) is None
    assert reason(last(HOME, 13.9)) is TooLittle.FEW_DAYS
    assert reason(last(HOME, 17)) is None

    def nights_only(h: History) -> None:
        h.ok[(np.arange(len(h)) + h.first_slot) % 96 >= 30] = False
        h.ok[NOW - h.first_slot - 96 : NOW - h.first_slot] = True

    def no_noon(h: History) -> None:
        h.ok[(np.arange(len(h)) + h.first_slot) % 96 == 44] = False
        h.ok[(np.arange(len(h)) + h.first_slot) % 96 == 42] = False
        h.ok[(np.arange(len(h)) + h.first_slot) % 96 == 46] = False

    assert reason(changed(HOME, nights_only)) is TooLittle.MANY_GAPS
    assert reason(changed(HOME, no_noon)) is TooLittle.MANY_GAPS


def test_a_home_without_a_roof_knows_its_need_alone() -> None:
    found = forecast(replace(HOME, export_wh=np.zeros(len(HOME), np.int64)), NOW, SPRING, BERLIN)
    assert found.surplus.too_little is TooLittle.NOTHING_MEASURED
    assert found.need.too_little is None
    assert not found.surplus.trusted
    assert found.need.trusted


def test_a_young_history_forecasts_without_a_skill() -> None:
    found = forecast(last(HOME, 20), NOW, SPRING, BERLIN).need
    assert found.too_little is None
    assert (found.skill, found.trusted) == (None, False)


def test_a_home_that_a_naive_forecast_knows_as_well_is_not_trusted() -> None:
    """Every week like the last: nothing beats looking it up, and the outlook does not claim to."""
    week = np.random.default_rng(5).integers(0, 900, 672)
    amounts = week[(np.arange(len(HOME)) + HOME.first_slot) % 672]
    found = forecast(
        replace(HOME, import_wh=amounts, export_wh=amounts), NOW, table(date(2024, 1, 20), DAYS, "UTC")
    )
    for outlook in (found.surplus, found.need):
        assert outlook.skill is not None
        assert outlook.skill.last_week_wh == 0
        assert (outlook.skill.better, outlook.trusted) == (False, False)


@pytest.mark.parametrize(
    ("zone", "first", "back", "lengths"),
    [
        ("Europe/Berlin", date(2024, 2, 20), 1, (96, 92)),
        ("Europe/Berlin", date(2024, 2, 20), 0, (92, 96)),
        ("Europe/Berlin", date(2024, 9, 17), 1, (96, 100)),
        ("Europe/Berlin", date(2024, 9, 17), 0, (100, 96)),
    ],
)
def test_days_of_92_and_100_slots(zone: str, first: date, back: int, lengths: tuple[int, int]) -> None:
    zones = table(first, 40, zone)
    change = next(d for d in zones.days if len(zones.slots_of(d)) != 96)
    history = made_up(zones, change - zones.first_day - 3)
    today = change - back
    for now in (
        zones.slots_of(today).start,
        zones.slots_of(today).start + 30,
        zones.slots_of(today).stop - 1,
    ):
        known = history.between(0, now)
        found = forecast(known, now, zones, BERLIN)
        check(found, now, zones)
        expected = (zones.slots_of(today).stop - now, lengths[1])
        assert tuple(len(found.need.of_day(d.day)) for d in found.need.days) == expected
        assert len(zones.slots_of(today)) == lengths[0]


@pytest.mark.parametrize(
    ("place", "zone", "first"),
    [
        (Place(78.22, 15.65), "Arctic/Longyearbyen", date(2024, 9, 20)),  # into the polar night
        (Place(78.22, 15.65), "Arctic/Longyearbyen", date(2024, 3, 25)),  # into the midnight sun
        (Place(-90, 0), "UTC", date(2024, 9, 20)),
        (Place(0, 180), "Pacific/Kiritimati", date(2024, 9, 20)),  # UTC+14: noon near midnight of UTC
        (Place(-31.55, 159.08), "Australia/Lord_Howe", date(2024, 9, 20)),
        (Place(27.7, 85.3), "Asia/Kathmandu", date(2024, 9, 20)),
    ],
)
def test_odd_places(place: Place, zone: str, first: date) -> None:
    zones = table(first, 45, zone)
    history = made_up(zones, 45, place=place)
    now = history.end_slot - 30
    found = forecast(history, now, zones, place)
    check(found, now, zones)
    assert found.need.too_little is None
    assert found.place_used


def test_a_place_on_the_other_side_of_the_earth_is_not_believed() -> None:
    there = Place(-BERLIN.latitude, BERLIN.longitude - 180)
    found = forecast(HOME, NOW, SPRING, there)
    assert not found.place_used
    assert found == forecast(HOME, NOW, SPRING, None)


def test_nonsense_is_refused() -> None:
    for now in (-1, 1 << 41):
        with pytest.raises(ForecastError):
            forecast(HOME, now, SPRING)
    with pytest.raises(ZoneTableEnds):
        forecast(HOME, SPRING.first_slots[-1] - 1, SPRING)  # tomorrow is not in the table
    with pytest.raises(ZoneTableEnds):
        forecast(HOME, SPRING.first_slots[0] - 1, SPRING)


def test_the_real_home_beats_the_week_before() -> None:
    """Twelve evenings of the second half of the demonstration home's year, tomorrow's surplus and need.

    Less loss than the mean of the last seven days with its own errors' quantiles, and totals mostly in band.
    """
    recording = demonstration()
    made, taken, given = (
        np.array(recording.amounts[c], np.int64) for c in (Channel.GENERATION, Channel.IMPORT, Channel.EXPORT)
    )
    net = 3 * made - (taken + made - given)
    ok = np.ones(len(net), np.bool_)
    ok[[slot - recording.first_slot for slot in recording.statuses]] = False
    home = History(recording.first_slot, np.maximum(0, -net), np.maximum(0, net), ok)
    zone = table(date(2011, 7, 1), 366, recording.zone)
    ours, theirs, within = 0.0, 0.0, 0
    for day in range(zone.first_day + 200, zone.first_day + 362, 14):
        start = zone.slots_of(day).start
        found = forecast(home, start - 24, zone, Place(-33.87, 151.21))
        for outlook, amounts in ((found.surplus, home.export_wh), (found.need, home.import_wh)):
            at = np.array(zone.slots_of(day)) - home.first_slot
            seen = amounts[at]
            slots = outlook.of_day(day)
            ours += _loss(seen, np.array([[s.low_wh, s.mid_wh, s.high_wh] for s in slots]).T)
            lag = 96 * ((at - at[0] + 24) // 96 + 1)
            weeks = np.array([amounts[at - lag - 96 * d] for d in range(36)], np.float64)
            mean = np.array([weeks[d : d + 7].mean(axis=0) for d in range(30)])
            # The guess for the day d back is the mean of the days from d + 1 (or 2) on.
            errors = np.array([weeks[d] - mean[d + int(lag.max()) // 96] for d in range(28)])
            theirs += _loss(seen, np.maximum(0, mean[0] + np.quantile(errors, (0.1, 0.5, 0.9), axis=0)))
            within += outlook.days[1].low_wh <= seen.sum() <= outlook.days[1].high_wh
    assert ours < 0.97 * theirs
    assert within >= 15  # of 24


def _loss(seen: NDArray[Any], band: NDArray[Any]) -> float:
    errors = seen - band
    return float(
        sum(np.maximum(q * e, (q - 1) * e).mean() for q, e in zip((0.1, 0.5, 0.9), errors, strict=True))
    )
