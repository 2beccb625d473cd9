"""What the simulated home draws: things that always run, people who are in or out, appliances they switch on.

The standard household (demandlib) says when people do things, by month and kind of day; its months are
those of the other hemisphere, half a year on. Appliances are a table: power, duration, how often, when.
Refrigeration follows the warmth of the day. All numbers are stated here once; none is a recorded series.
Not here: weather (``simulator_weather``), registers (``simulator``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ohmstead.meter.sources.simulator_chance import Floats, normals, smooth_noise, uniforms
from ohmstead.meter.sources.simulator_libraries import DayType, household_profile
from ohmstead.meter.sources.simulator_weather import COAST, date_of, mean_temperature, season_of, temperature

QUARTERS = 96
QUARTER_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Appliance:
    """Something that is switched on and ends by itself.

    ``per_day`` is how often on a day at home, on average. It starts around ``clock`` (hours) give or take
    ``spread`` hours, or, without a clock, when the standard household is active.
    """

    name: str
    power_w: float
    minutes: float
    per_day: float
    clock: float | None = None
    spread: float = 0.0


APPLIANCES = (
    Appliance("kettle", 2_200, 4, 3.0),
    Appliance("breakfast", 1_300, 20, 0.8, 7.3, 0.5),
    Appliance("lunch", 1_200, 25, 0.4, 11.8, 0.6),
    Appliance("oven and hob", 2_000, 55, 0.80, 18.4, 0.7),
    Appliance("dishwasher", 1_100, 65, 0.70, 20.3, 0.8),
    Appliance("washing machine", 1_000, 50, 0.55, 10.5, 2.5),
    Appliance("tumble dryer", 2_200, 45, 0.25, 14.5, 2.0),
    Appliance("evening screens", 260, 150, 0.90, 20.0, 0.5),
    Appliance("late screens", 320, 205, 0.85, 21.6, 0.6),
    Appliance("vacuum cleaner", 1_400, 25, 0.25),
)


@dataclass(frozen=True, slots=True)
class Home:
    """The numbers of the home besides its appliances; watts, °C, hours by the local clock."""

    standby_w: float = 567.0  # with refrigeration, at the year's mean temperature
    warmth_w_per_c: float = 39.0  # more refrigeration on warmer days
    warmth_limit_c: float = 1.0  # above the year's mean: then every compressor runs all day
    compressor_w: float = 185.0
    lively_w: float = 402.0  # light, screens, computers: mean over a day at home
    lively_peak: float = 1.55  # sharpens the standard household, a mean of many, for one home
    away_share: float = 0.55  # of ``lively_w`` while nobody is in
    pump_w: float = 650.0  # pool pump on a time switch
    pump_at: float = 14.75  # the middle of its run
    pump_hours: float = 5.8
    pump_season_hours: float = 0.6  # longer in summer, shorter in winter
    cooling_above_c: float = 22.5
    cooling_w_per_c: float = 110.0
    heating_below_c: float = 13.0
    heating_w_per_c: float = 90.0
    climate_limit_w: float = 1_600.0
    holiday_month: int = 7
    holiday_from: int = 3
    holiday_share: float = 0.15  # of ``lively_w`` while the family is away for days
    work_days_out: float = 0.55  # share of workdays on which nobody is in during working hours


FAMILY = Home()


def kind_of(day: date) -> DayType:
    """The kind of a date; public holidays are workdays here."""
    return {5: DayType.SATURDAY, 6: DayType.SUNDAY}.get(day.weekday(), DayType.WORKDAY)


def profile_of(day: int) -> Floats:
    """When the standard household is active on a local day: 96 quarter hours of mean 1."""
    at = date_of(day)
    profile = household_profile((at.month + 5) % 12 + 1, kind_of(at))
    return np.asarray(profile / profile.mean())


def on_holiday(day: int, home: Home = FAMILY) -> bool:
    """Whether the family is away: a fortnight of the winter's school holidays."""
    at = date_of(day)
    return at.month == home.holiday_month and home.holiday_from <= at.day < home.holiday_from + 14


def people_in(seed: int, day: int, home: Home = FAMILY) -> Floats:
    """1 in each quarter hour in which somebody is in, else 0."""
    if on_holiday(day, home):
        return np.zeros(QUARTERS)
    chance = uniforms(seed, "people", day, 3)
    inside = np.ones(QUARTERS)
    out_share = home.work_days_out if kind_of(date_of(day)) is DayType.WORKDAY else 0.25
    if chance[0] < out_share:
        leave, back = 8.2 + 1.5 * chance[1], 14.5 + 3.0 * chance[2]
        inside[int(leave * 4) : int(back * 4)] = 0
    return inside


def _always_on(seed: int, day: int, home: Home) -> Floats:
    warmth = min(mean_temperature(seed, day) - COAST.mean_c, home.warmth_limit_c)
    cycles = smooth_noise(seed, "compressors", day, QUARTERS, 2)
    return home.standby_w + home.warmth_w_per_c * warmth + home.compressor_w / 2 * cycles


def _lively(seed: int, day: int, home: Home, inside: Floats) -> Floats:
    mood = np.exp(0.25 * smooth_noise(seed, "mood", day, QUARTERS, 6) - 0.03)
    away = home.holiday_share if on_holiday(day, home) else home.away_share
    return home.lively_w * profile_of(day) ** home.lively_peak * mood * (away + (1 - away) * inside)


def _pump(day: int, home: Home) -> Floats:
    if on_holiday(day, home):
        return np.zeros(QUARTERS)
    half = (home.pump_hours + home.pump_season_hours * season_of(day)) / 2
    hours = np.arange(QUARTERS) / 4
    begun = np.maximum(hours, home.pump_at - half)
    ended = np.minimum(hours + 0.25, home.pump_at + half)
    return np.asarray(home.pump_w * np.clip(4 * (ended - begun), 0, 1))


def _climate(seed: int, day: int, home: Home, inside: Floats) -> Floats:
    """Air conditioning and heating: in proportion to the degrees wanted, while people are in and awake."""
    air = temperature(seed, day)
    hours = np.arange(QUARTERS) / 4
    wanted = home.cooling_w_per_c * np.clip(air - home.cooling_above_c, 0, None)
    wanted += home.heating_w_per_c * np.clip(home.heating_below_c - air, 0, None)
    awake = (hours >= 6.5) & (hours < 22.5)
    return np.clip(wanted, 0, home.climate_limit_w) * inside * awake


def _appliances(seed: int, day: int, inside: Floats) -> Floats:
    """192 quarter hours from this day's midnight on: what starts late ends on the next day."""
    drawn = np.zeros(2 * QUARTERS)
    if on_holiday(day):
        return drawn
    when = profile_of(day) * (0.1 + 0.9 * inside)
    likely = np.cumsum(when) / when.sum()
    for appliance in APPLIANCES:
        chance = uniforms(seed, appliance.name, day, 9)
        spread = normals(seed, appliance.name + " at", day, 8)
        runs = int(appliance.per_day) * 2 if appliance.per_day >= 1 else 1
        share = appliance.per_day / runs
        for i in range(min(runs, 8)):
            if chance[i] >= share:
                continue
            if appliance.clock is None:
                start = float(np.searchsorted(likely, chance[i] / share)) * QUARTER_MINUTES
            else:
                start = (appliance.clock + appliance.spread * float(np.clip(spread[i], -2, 2))) * 60
            _run(drawn, start, appliance)
    return drawn


def _run(drawn: Floats, start_min: float, appliance: Appliance) -> None:
    end = start_min + appliance.minutes
    for quarter in range(int(start_min // QUARTER_MINUTES), int(end // QUARTER_MINUTES) + 1):
        at = quarter * QUARTER_MINUTES
        minutes = min(end, at + QUARTER_MINUTES) - max(start_min, at)
        drawn[quarter] += appliance.power_w * max(0.0, minutes) / QUARTER_MINUTES


def load_w(seed: int, day: int, home: Home = FAMILY) -> Floats:
    """Mean watts drawn in each of the 96 quarter hours of a local day's clock."""
    inside = people_in(seed, day, home)
    drawn = _always_on(seed, day, home) + _lively(seed, day, home, inside) + _pump(day, home)
    drawn += _climate(seed, day, home, inside)
    drawn += _appliances(seed, day, inside)[:QUARTERS]
    drawn += _appliances(seed, day - 1, people_in(seed, day - 1, home))[QUARTERS:]
    return np.maximum(drawn, 50.0)
