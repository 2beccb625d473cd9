"""The sun's place against published values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.sun import Place, clear_sky, declination_and_equation, elevation, slot_light

GOLDEN = Place(39.742476, -105.1786)
#: Sun's centre at the moment of rise and set: 34' of refraction and 16' of semi-diameter.
RISE = -0.8333


def unix(year: int, month: int, day: int, *clock: int, offset_h: int = 0) -> float:
    begin = datetime(year, month, day, tzinfo=UTC) - timedelta(hours=offset_h)
    hours, minutes, seconds, *_ = *clock, 0, 0, 0
    return (begin + timedelta(hours=hours, minutes=minutes, seconds=seconds)).timestamp()


def test_declination_and_equation_of_time_of_the_book() -> None:
    """Meeus, Astronomical Algorithms, examples 25.a (δ = −7.78507°) and 28.b (E = +13 min 42.6 s)."""
    declination, equation = declination_and_equation(np.array([unix(1992, 10, 13)]))
    assert declination[0] == pytest.approx(-7.78507, abs=0.001)
    assert equation[0] * 60 == pytest.approx(13 * 60 + 42.6, abs=1.5)


@pytest.mark.parametrize(
    ("day", "height"),
    [
        (17, 39.872046),  # Reda and Andreas, Solar Position Algorithm, NREL/TP-560-34302, the worked example
        (18, 39.505196),  # the same a day later, by NREL's calculator (quoted in pvlib's tests, BSD licence)
    ],
)
def test_height_of_the_worked_example(day: int, height: float) -> None:
    at = np.array([unix(2003, 10, day, 12, 30, 30, offset_h=-7)])
    assert elevation(GOLDEN, at)[0] == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize(
    ("day", "rise", "noon", "fall"),
    [
        ((1996, 7, 5), (7, 8, 15), (12, 4, 36), (17, 1, 4)),
        ((2004, 12, 4), (4, 38, 57), (11, 50, 22), (19, 2, 3)),
    ],
)
def test_rise_noon_and_set_of_the_solar_position_report(
    day: tuple[int, ...], rise: tuple[int, ...], noon: tuple[int, ...], fall: tuple[int, ...]
) -> None:
    """35° south, 0° east, UTC, by NREL's calculator (quoted in pvlib's tests, BSD licence)."""
    heights = elevation(Place(-35, 0), np.array([unix(*day, *rise), unix(*day, *fall)]))
    assert heights.tolist() == pytest.approx([RISE, RISE], abs=0.02)
    at = unix(*day, *noon)
    _, equation = declination_and_equation(np.array([at]))
    assert at % 86_400 / 60 + equation[0] == pytest.approx(720, abs=0.05)


@pytest.mark.parametrize(
    "clock",
    [(2015, 1, 1, 7, 22), (2015, 1, 1, 16, 47), (2015, 1, 3, 7, 22), (2015, 1, 3, 16, 49), (2015, 8, 2, 5, 0),
     (2015, 8, 2, 19, 13)],
)  # fmt: skip
def test_rise_and_set_of_the_naval_observatory(clock: tuple[int, ...]) -> None:
    """Golden, UTC−7; the U.S. Naval Observatory's minutes (quoted in pvlib's tests): half a minute is 0.1°."""
    assert elevation(GOLDEN, np.array([unix(*clock, offset_h=-7)]))[0] == pytest.approx(RISE, abs=0.12)


def test_clear_sky_is_haurwitz() -> None:
    light = clear_sky(np.array([-10.0, 0.0, 1e-9, 30.0, 90.0]))
    assert list(light[:2]) == [0, 0]
    assert light[2] < 1e-6
    assert light[3] == pytest.approx(549 * np.exp(-0.118))
    assert light[4] == pytest.approx(1098 * np.exp(-0.059))


def test_a_pole_has_one_day_a_year() -> None:
    june, december = (int(unix(2024, month, 21)) // 900 for month in (6, 12))
    assert slot_light(Place(90, 0), june, 96).min() > 300
    assert slot_light(Place(90, 0), december, 96).max() == 0
    assert slot_light(Place(-90, 0), december, 96).min() > 300


@given(
    st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 1 << 23), st.sampled_from([1, 5, 96])
)  # fmt: skip
def test_light_is_finite_and_never_negative(latitude: float, longitude: float, slot: int, count: int) -> None:
    light = slot_light(Place(latitude, longitude), slot, count)
    assert light.shape == (count,)
    assert np.isfinite(light).all()
    assert (light >= 0).all()
    assert (light < 1098).all()


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(91, 0), (-90.01, 0), (0, 181), (0, -1e9), (float("nan"), 0), (0, float("inf"))],
)
def test_places_off_the_earth_are_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ForecastError, match="itude"):
        Place(latitude, longitude)
