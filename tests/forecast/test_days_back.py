"""The same slot on earlier days: by the sun, by the wall clock over changes of it, and never from the future."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.days_back import NEIGHBOURS, Series, days_back, sun_slots, wall_slots
from ohmstead.system.zones import build_table


def wall(slot: int, zone: str) -> tuple[int, int]:
    at = datetime.fromtimestamp(slot * 900, UTC).astimezone(ZoneInfo(zone))
    return at.hour, at.minute


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Berlin", date(2024, 4, 2), 92),
        ("Europe/Berlin", date(2024, 10, 29), 100),
        ("Australia/Sydney", date(2011, 10, 4), 92),
        ("Australia/Sydney", date(2012, 4, 3), 100),
        ("Australia/Lord_Howe", date(2024, 10, 8), 94),
        ("Asia/Kathmandu", date(2024, 10, 8), 96),
    ],
)
def test_the_wall_clock_is_kept_over_a_change(zone: str, day: date, length: int) -> None:
    table = build_table(zone, date(day.year, 1, 1), date(day.year, 12, 31))
    local = (day - date(1970, 1, 1)).days
    slots = np.array(table.slots_of(local))
    found = wall_slots(slots, table, local, 10)
    lengths = {len(table.slots_of(local - m)) for m in range(1, 11)}
    assert length in lengths
    for s, slot in enumerate(slots.tolist()):
        for m in range(11):
            hour, _ = wall(slot, zone)
            if (
                hour >= 4 or len(table.slots_of(local - m)) == 96
            ):  # in the hour of a change the day has no equal
                assert wall(int(found[s, m]), zone) == wall(slot, zone)


@pytest.mark.parametrize(("day", "length"), [(date(2024, 3, 31), 92), (date(2024, 10, 27), 100)])
def test_a_short_and_a_long_day_find_their_equals(day: date, length: int) -> None:
    table = build_table("Europe/Berlin", date(2024, 1, 1), date(2024, 12, 31))
    local = (day - date(1970, 1, 1)).days
    slots = np.array(table.slots_of(local))
    assert len(slots) == length
    found = wall_slots(slots, table, local, 5)
    np.testing.assert_array_equal(found[:, 0], slots)
    for s in (*range(8), *range(16, length)):
        assert wall(int(found[s, 3]), "Europe/Berlin") == wall(int(slots[s]), "Europe/Berlin")


def test_days_before_the_table_are_nowhere() -> None:
    table = build_table("Europe/Berlin", date(2024, 5, 1), date(2024, 5, 10))
    local = (date(2024, 5, 3) - date(1970, 1, 1)).days
    found = wall_slots(np.array(table.slots_of(local)), table, local, 6)
    assert (found[:, :3] > 0).all()
    assert (found[:, 3:] < 0).all()
    series = Series(0, np.ones(10), None)
    assert np.isnan(series.at(series.amounts, found[:, 3:] + 2)).all()


@given(st.integers(0, 95), st.integers(1, 300), st.integers(1, 190))
def test_no_turn_sees_what_was_not_over(now_in_day: int, ahead: int, late: int) -> None:
    """Amounts are slot numbers: every sample of every turn must be older than that turn's own present."""
    days, back = 4, 12
    now = 96 * 40 + now_in_day
    end = now - late
    slots = now + np.arange(ahead)
    series = Series(0, np.arange(now, dtype=np.float64), None)
    found = days_back(series, sun_slots(slots, back), end)
    samples = found.samples(range(0, 3), days)
    for turn in range(3):
        seen = samples[:, turn][~np.isnan(samples[:, turn])]
        assert (seen < end - 96 * turn).all()
    apart = (found.slots[:, None] - samples[:, 0] + np.repeat(NEIGHBOURS, days)) % 96
    assert (apart[~np.isnan(apart)] == 0).all()


def test_light_scales_up_and_down_within_bounds_and_puts_the_night_out() -> None:
    amounts = np.full(96 * 3, 10.0)
    light = np.r_[np.full(96, 100.0), np.full(96, 200.0), np.full(96, 150.0), np.full(96, 0.0)]
    light[96 * 2 + 50] = 1e6
    series = Series(0, amounts[: 96 * 2], light)
    day = days_back(series, sun_slots(np.arange(96 * 2, 96 * 3), 2), 96 * 2)
    samples = day.samples(range(0, 1), 2, neighbours=1)[:, 0]
    assert samples[10].tolist() == [7.5, 15.0]
    assert samples[50].tolist() == [30.0, 30.0]
    night = days_back(series, sun_slots(np.arange(96 * 3, 96 * 4), 3), 96 * 2)
    dark = night.samples(range(0, 1), 3, neighbours=1)[:, 0]
    assert (dark[~np.isnan(dark)] == 0).all()
