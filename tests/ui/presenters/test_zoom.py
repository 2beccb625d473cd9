"""Zooming: stretches stay within what there is, keep their width and what they were zoomed about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.store.readings import Readings
from ohmstead.ui.presenters.periods import Span, month_start
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageData, UsageRequest
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.presenters.zoom import MIN_SLOTS, Level, days_around, kept, level_of, moved, scaled, whole
from tests.ui.plain_words import PlainWords
from tests.ui.solar_home import METER, Home, fill

WORDS = PlainWords()
LIMITS = st.tuples(st.integers(0, 10_000), st.integers(20, 400_000)).map(lambda t: (t[0], t[0] + t[1]))
EDGES = st.floats(-1e6, 1e6)


@given(limits=LIMITS, first=EDGES, wide=st.floats(0, 1e6))
def test_a_stretch_is_kept_within_limits(limits: tuple[int, int], first: float, wide: float) -> None:
    window = kept((first, first + wide), limits)
    assert limits[0] <= window[0] < window[1] <= limits[1] + 1e-6
    assert window[1] - window[0] == pytest.approx(min(max(wide, MIN_SLOTS), limits[1] - limits[0]))


@given(limits=LIMITS, factor=st.floats(0.05, 20), at=st.floats(0, 1))
def test_zooming_keeps_what_it_is_about_in_its_place(
    limits: tuple[int, int], factor: float, at: float
) -> None:
    wide = limits[1] - limits[0]
    window = kept((limits[0] + wide * 0.4, limits[0] + wide * 0.6), limits)
    about = window[0] + at * (window[1] - window[0])
    new = scaled(window, factor, about, limits)
    assert limits[0] <= new[0] < new[1] <= limits[1] + 1e-6
    inside = new[0] > limits[0] + 1e-6 and new[1] < limits[1] - 1e-6
    if inside:
        assert (about - new[0]) / (new[1] - new[0]) == pytest.approx(at, abs=1e-6)


@given(limits=LIMITS, by=st.floats(-3, 3))
def test_panning_there_and_back_is_nothing(limits: tuple[int, int], by: float) -> None:
    wide = limits[1] - limits[0]
    window = kept((limits[0] + wide * 0.4, limits[0] + wide * 0.6), limits)
    there = moved(window, by, limits)
    assert there[1] - there[0] == pytest.approx(window[1] - window[0])
    if limits[0] < there[0] and there[1] < limits[1]:
        assert moved(there, -by, limits) == pytest.approx(window)


def test_closer_is_finer() -> None:
    levels = [level_of((0, slots)) for slots in (16, 960, 961, 5_952, 5_953, 105_600, 105_601, 350_640)]
    assert levels == sorted(levels)
    assert set(levels) == set(Level)


@given(first=st.integers(-10_000, 5_000_000), wide=st.integers(16, 400_000))
def test_any_stretch_loads_whole_days_that_there_are(solar_home: Home, first: int, wide: int) -> None:
    zone = solar_home.zone
    known = zone.day_of(solar_home.first_slot), zone.day_of(solar_home.last_slot)
    period = days_around((first, first + wide), zone, known)
    assert period.first <= period.last
    assert month_start(known[0]) <= period.first
    assert period.last < month_start(known[1], 1)
    if level_of((first, first + wide)) is Level.MONTHS:
        assert period.first == month_start(period.first)


def load(home: Home, window: tuple[float, float]) -> tuple[UsageData, UsageView]:
    request = UsageRequest(Span.FREE, None, False, 1, home.end_s - 1, window=whole(window))
    data = MirrorUsage(home.path).load(request)
    return data, present(data, WORDS)


@pytest.mark.parametrize("days", [0.25, 1, 2.5, 9, 30, 200])
def test_what_a_stretch_shows_is_what_the_file_holds(solar_home: Home, days: float) -> None:
    """Its figures are those of the bars shown; its bars are the file's, whatever they stand for."""
    last = solar_home.last_slot - 40 * 96
    data, view = load(solar_home, (last - days * 96, last))
    chart = view.chart
    assert chart is not None
    assert chart.starts is not None
    assert len(chart.starts) == len(chart) + 1
    assert (np.diff(chart.starts) > 0).all()
    readings = Readings.open(solar_home.path)
    series = readings.intervals(METER, int(chart.starts[0]), int(chart.starts[-1]) - 1)
    readings.close()
    read = series.status != 2
    place = np.searchsorted(chart.starts, series.slot, "right") - 1
    sums = np.bincount(place[read], series.import_wh[read], len(chart))
    assert np.round(chart.grid * 1000).astype(int).tolist() == sums.astype(int).tolist()
    seen = (chart.starts[1:] > last - days * 96) & (chart.starts[:-1] < last)
    shown = float(chart.grid[seen].sum())
    (grid,) = [f.value for f in view.figures if f.label == "From the grid"]
    assert grid == WORDS.number(shown, 2 if shown < 100 else 1 if shown < 1000 else 0)
    assert view.can_go_back
    assert view.can_go_on
    assert data.period is not None
    assert view.title


def test_ten_years_zoom_from_months_to_quarter_hours(tmp_path: Path) -> None:
    home = fill(tmp_path / "ten.db", years=10)
    readings = Readings.open(home.path)
    extent = readings.extent(METER)
    readings.close()
    assert extent is not None
    window: tuple[float, float] = (extent.first_slot, extent.last_slot + 1)
    limits = (extent.first_slot, extent.last_slot + 1)
    units = []
    while True:
        _, view = load(home, window)
        assert view.chart is not None
        assert len(view.chart) < 6_000
        if not units or units[-1] != view.unit_words:
            units.append(view.unit_words)
        if window[1] - window[0] <= MIN_SLOTS:
            break
        window = scaled(window, 0.3, window[1] - (window[1] - window[0]) * 0.3, limits)
    assert units == ["kWh per month", "kWh per day", "kWh per hour", "kWh per quarter hour"]


def test_only_a_stretch_has_a_window() -> None:
    with pytest.raises(ValueError, match="window"):
        UsageRequest(Span.FREE, None, False, 1, 0)
    with pytest.raises(ValueError, match="window"):
        UsageRequest(Span.DAY, None, False, 1, 0, window=(1, 2))
