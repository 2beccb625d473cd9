"""Where the sun stands, and what a clear sky gives.

Declination and equation of time by the low-precision series of Meeus, *Astronomical Algorithms* (2nd ed.,
1998, chapters 25 and 28), in the form of the NOAA solar calculator; good to about 0.01° and some seconds
between 1900 and 2100. Clear sky after Haurwitz (1945), the simplest of the models that need nothing but the
sun's height. Elevation is geometric: no refraction, no horizon but the plane. Not here: what a home makes of
it (``days_back``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.forecast.errors import ForecastError

Floats = NDArray[np.float64]

_J2000_UNIX_S = 946_728_000  # 2000-01-01 12:00 UTC
_CENTURY_S = 36_525 * 86_400.0
_DAY_S = 86_400
# Where in a slot the sky is looked at; a slot at the edge of the day counts the part of it that has sun.
_WITHIN_SLOT_S = np.array([90.0, 270.0, 450.0, 630.0, 810.0])


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the earth in degrees, north and east positive. Raises ForecastError outside of it."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not -90 <= self.latitude <= 90:
            raise ForecastError(f"a latitude of {self.latitude}: it lies between −90 and 90 degrees")
        if not -180 <= self.longitude <= 180:
            raise ForecastError(f"a longitude of {self.longitude}: it lies between −180 and 180 degrees")


def declination_and_equation(unix_s: Floats) -> tuple[Floats, Floats]:
    """The sun's apparent declination (degrees) and the equation of time (minutes) at instants of UTC.

    Meeus 25.2 to 25.8 and 28.3. Universal time stands for dynamical time: a minute or so, which is nothing
    here.
    """
    t = (np.asarray(unix_s, np.float64) - _J2000_UNIX_S) / _CENTURY_S
    mean_longitude = np.radians(280.46646 + t * (36000.76983 + t * 0.0003032))
    anomaly = np.radians(357.52911 + t * (35999.05029 - t * 0.0001537))
    eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267)
    centre = (
        np.sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014))
        + np.sin(2 * anomaly) * (0.019993 - t * 0.000101)
        + np.sin(3 * anomaly) * 0.000289
    )
    node = np.radians(125.04 - 1934.136 * t)
    longitude = mean_longitude + np.radians(centre - 0.00569 - 0.00478 * np.sin(node))
    seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))
    obliquity = np.radians(23 + (26 + seconds / 60) / 60 + 0.00256 * np.cos(node))
    declination = np.degrees(np.arcsin(np.sin(obliquity) * np.sin(longitude)))
    y = np.tan(obliquity / 2) ** 2
    equation = 4 * np.degrees(
        y * np.sin(2 * mean_longitude)
        - 2 * eccentricity * np.sin(anomaly)
        + 4 * eccentricity * y * np.sin(anomaly) * np.cos(2 * mean_longitude)
        - y**2 / 2 * np.sin(4 * mean_longitude)
        - 1.25 * eccentricity**2 * np.sin(2 * anomaly)
    )
    return declination, equation


def elevation(place: Place, unix_s: Floats) -> Floats:
    """The height of the sun's centre over the horizon, in degrees, without refraction."""
    at = np.asarray(unix_s, np.float64)
    declination, equation = declination_and_equation(at)
    return _height(place, at, declination, equation)


def _height(place: Place, unix_s: Floats, declination: Floats, equation: Floats) -> Floats:
    minutes = unix_s % _DAY_S / 60 + equation + 4 * place.longitude
    hour_angle = np.radians(minutes / 4 - 180)
    latitude, delta = np.radians(place.latitude), np.radians(declination)
    sine = np.sin(latitude) * np.sin(delta) + np.cos(latitude) * np.cos(delta) * np.cos(hour_angle)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1, 1))))


def clear_sky(elevation_deg: Floats) -> Floats:
    """Irradiance on the level under a clear sky, W/m²: 1098 · sin h · exp(−0.059 / sin h) (Haurwitz 1945)."""
    sine = np.sin(np.radians(np.asarray(elevation_deg, np.float64)))
    up = np.maximum(sine, 1e-4)
    return np.asarray(np.where(sine > 0, 1098 * sine * np.exp(-0.059 / up), 0.0))


def slot_light(place: Place, first_slot: int, count: int) -> Floats:
    """The clear sky's mean irradiance in each of ``count`` slots from ``first_slot`` on, W/m²; 0 at night.

    Declination and equation of time are taken once a slot: they move by 0.004° in one.
    """
    begin = (first_slot + np.arange(count, dtype=np.float64)) * SLOT_SECONDS
    declination, equation = declination_and_equation(begin + SLOT_SECONDS / 2)
    instants = begin[:, None] + _WITHIN_SLOT_S
    heights = _height(place, instants, declination[:, None], equation[:, None])
    return np.asarray(clear_sky(heights).mean(axis=1))
