"""The simulator's two libraries behind typed functions: demandlib's standard household, pvlib's sun and roof.

Both are heavy (with pandas some seconds) and optional: they are imported here, at the first call, and nowhere
else. Not here: chance, weather, appliances (``simulator_weather``, ``simulator_load``).
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from types import ModuleType

import numpy as np

from ohmstead.errors import UserError
from ohmstead.meter.sources.simulator_chance import Floats

CREDIT = "demandlib (BDEW standard household H25, 2025) and pvlib (sun, clear sky, PV), MIT and BSD licences"
_REFERENCE_YEAR = 2013


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UserError(
            "The simulated home needs demandlib and pvlib. Install them with:"
            " pip install 'ohmstead[simulator]'"
        ) from error


@contextmanager
def _deprecations_aside() -> Iterator[None]:
    """Both libraries lag behind pandas; its deprecations are theirs to heed, not a user's to read."""
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, FutureWarning):
            warnings.simplefilter("ignore", kind)
        yield


class DayType(IntEnum):
    """The standard household's kinds of day."""

    WORKDAY = 0
    SATURDAY = 1
    SUNDAY = 2


@lru_cache(maxsize=1)
def _profiles() -> dict[tuple[int, DayType], Floats]:
    bdew, pandas = _library("demandlib.bdew"), _library("pandas")
    index = pandas.date_range("2013-01-01", "2013-12-31 23:45", freq="15min")
    with _deprecations_aside():
        year = np.asarray(bdew.H25(timeindex=index), dtype=np.float64).reshape(365, 96)
    year = year / year.mean()
    made = {}
    for month in range(1, 13):
        days = [date(2013, month, day) for day in range(8, 15)]
        for kind, weekday in ((DayType.WORKDAY, 2), (DayType.SATURDAY, 5), (DayType.SUNDAY, 6)):
            (day,) = (d for d in days if d.weekday() == weekday)
            made[month, kind] = year[day.timetuple().tm_yday - 1]
    return made


def household_profile(month: int, kind: DayType) -> Floats:
    """96 quarter hours of the standard household H25 by the local clock; 1 is its mean over a year.

    ``month`` is that of the northern hemisphere. Raises UserError if demandlib is not installed.
    """
    return _profiles()[month, kind]


@dataclass(frozen=True, slots=True)
class Roof:
    """A PV system: site in degrees and metres, tilt and azimuth in degrees (0 north), size and limit in W."""

    latitude: float
    longitude: float
    altitude_m: float
    tilt: float
    azimuth: float
    size_w: float
    inverter_w: float


@dataclass(frozen=True, slots=True)
class Sky:
    """Sun and clear sky at a series of instants: elevation (degrees), irradiance (W/m²)."""

    unix_s: Floats
    elevation: Floats
    azimuth: Floats
    ghi: Floats


@_deprecations_aside()
def clear_sky(roof: Roof, unix_s: Floats) -> Sky:
    """The sun's place and the global irradiance of a clear sky (Haurwitz 1945) at instants of UTC.

    Raises UserError if pvlib is not installed.
    """
    pvlib, pandas = _library("pvlib"), _library("pandas")
    times = pandas.to_datetime(unix_s, unit="s", utc=True)
    sun = pvlib.solarposition.get_solarposition(times, roof.latitude, roof.longitude, roof.altitude_m)
    ghi = pvlib.clearsky.haurwitz(sun["apparent_zenith"])["ghi"]
    columns = (sun["apparent_elevation"], sun["azimuth"], ghi)
    elevation, azimuth, light = (np.asarray(c, dtype=np.float64) for c in columns)
    return Sky(unix_s, elevation, azimuth, light)


@_deprecations_aside()
def pv_power(roof: Roof, sky: Sky, clearness: Floats, air_c: Floats) -> Floats:
    """AC power (W) of the roof under a share ``clearness`` of the clear sky's light and air of ``air_c`` °C.

    Direct and diffuse after Erbs et al. (1982), isotropic sky, cell temperature after Faiman (2008), PVWatts
    (Dobos 2014) for panels and inverter.
    """
    pvlib, pandas = _library("pvlib"), _library("pandas")
    times = pandas.to_datetime(sky.unix_s, unit="s", utc=True)
    zenith = pandas.Series(90 - sky.elevation, index=times)
    ghi = pandas.Series(sky.ghi * clearness, index=times)
    parts = pvlib.irradiance.erbs(ghi, zenith, times)
    plane = pvlib.irradiance.get_total_irradiance(
        roof.tilt, roof.azimuth, zenith, pandas.Series(sky.azimuth, index=times),
        parts["dni"], ghi, parts["dhi"], model="isotropic",
    )["poa_global"].fillna(0.0)  # fmt: skip
    cell_c = pvlib.temperature.faiman(plane, pandas.Series(air_c, index=times))
    dc_w = pvlib.pvsystem.pvwatts_dc(plane, cell_c, roof.size_w, -0.004)
    ac_w = pvlib.inverter.pvwatts(dc_w, roof.inverter_w / 0.96)
    return np.clip(np.nan_to_num(np.asarray(ac_w, dtype=np.float64)), 0.0, None)
