"""The simulated site's weather: clouds that persist, air temperature, and what the roof makes of them.

A day's clearness is a persistent number squeezed between overcast and clear; within the day clouds pass.
Temperature follows the season with the sea's lag, the day, and the clouds. All numbers are stated here once.
Not here: the sun itself (``simulator_libraries``). Local days are those of the site's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, erf, pi, sqrt

import numpy as np

from ohmstead.meter.sources.simulator_chance import Floats, persistent, smooth_noise
from ohmstead.meter.sources.simulator_libraries import Roof

SITE = Roof(-33.87, 151.21, 40.0, 22.0, 20.0, 1_850.0, 1_640.0)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Climate:
    """The numbers of the site: a temperate coast in the southern hemisphere.

    ``cloud_rho`` and ``heat_rho`` correlate one day with the next. Temperatures in °C.
    """

    mean_c: float = 17.8
    season_c: float = 5.3
    warmest_day: int = 23  # of the year: a month after the solstice
    spell_c: float = 1.9
    swing_c: float = 4.5
    cloud_rho: float = 0.40
    heat_rho: float = 0.50
    overcast: float = 0.18
    clear: float = 1.02
    shape: float = 0.62  # below 1: more clear days than overcast ones


COAST = Climate()


def date_of(day: int) -> date:
    """The calendar date of a local day (days since 1970-01-01)."""
    return _EPOCH + timedelta(days=day)


def day_of(day: date) -> int:
    """The local day of a calendar date."""
    return (day - _EPOCH).days


def season_of(day: int, climate: Climate = COAST) -> float:
    """1 on the warmest day of the year, -1 half a year later."""
    return cos(2 * pi * (date_of(day).timetuple().tm_yday - climate.warmest_day) / 365.25)


def day_clearness(seed: int, day: int, climate: Climate = COAST) -> float:
    """The mean share of the clear sky's light on a day."""
    spell = persistent(seed, "clouds", day, climate.cloud_rho)
    rank = 0.5 * (1 + erf(spell / sqrt(2)))
    return climate.overcast + (climate.clear - climate.overcast) * float(rank**climate.shape)


def clearness(seed: int, day: int, climate: Climate = COAST) -> Floats:
    """The share of the clear sky's light in each quarter hour of a day's clock: passing clouds and all."""
    mean = day_clearness(seed, day, climate)
    room = min(mean - climate.overcast / 2, climate.clear - mean + 0.05)
    noise = smooth_noise(seed, "passing clouds", day, 96, 3)
    return np.clip(mean + room * 0.5 * noise, 0.05, 1.08)


def mean_temperature(seed: int, day: int, climate: Climate = COAST) -> float:
    """The day's mean air temperature (°C)."""
    spell = persistent(seed, "air", day, climate.heat_rho)
    return climate.mean_c + climate.season_c * season_of(day, climate) + climate.spell_c * spell


def temperature(seed: int, day: int, climate: Climate = COAST) -> Floats:
    """Air temperature (°C) in each quarter hour of a day's clock: warmest at three."""
    hours = np.arange(96) / 4
    swing = climate.swing_c * (0.4 + 0.6 * day_clearness(seed, day, climate))
    return mean_temperature(seed, day, climate) + swing * np.cos(2 * pi * (hours - 15) / 24)
