"""Sources: the solar home's conversion with its traps, replay and loop, and registers made into intervals."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.errors import UserError
from ohmstead.meter.sources import ausgrid
from ohmstead.meter.sources.base import IntervalMaker, Reading
from ohmstead.meter.sources.recorded import WEEK_SLOTS, RecordedSource, Recording
from ohmstead.system.paths import resource

OK, ESTIMATED, MISSING = IntervalStatus.OK, IntervalStatus.ESTIMATED, IntervalStatus.MISSING


def slot(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) // 900


@pytest.fixture(scope="module")
def home() -> Recording:
    return Recording.from_bytes(resource("demo", "solar-home.cbor").read_bytes())


def test_the_demonstration_home_is_the_converted_year(home: Recording) -> None:
    assert len(home) == 35_136
    assert home.first_slot == slot("2011-06-30T14:00")
    assert {c: sum(a) for c, a in home.amounts.items()} == {
        Channel.IMPORT: 9_467_438, Channel.EXPORT: 183_508, Channel.GENERATION: 2_592_808,
    }  # fmt: skip
    marks = list(home.statuses.values())
    assert (marks.count(MISSING), marks.count(ESTIMATED), len(marks)) == (6, 8, 14)
    assert "CC BY 4.0" in home.credit


def test_autumn_hour_is_split_over_both_passages(home: Recording) -> None:
    first = slot("2012-03-31T15:00") - home.first_slot  # 02:00 summer time in Sydney
    assert home.amounts[Channel.IMPORT][first : first + 8] == array(
        "H", [273, 273, 282, 282, 273, 273, 282, 282]
    )
    assert all(home.statuses[home.first_slot + first + i] is ESTIMATED for i in range(8))


def test_the_gap_is_missing_and_carries_nothing(home: Recording) -> None:
    gap = slot("2011-11-09T13:30")  # 00:30 in Sydney, UTC+11
    assert [home.statuses.get(gap + i) for i in range(-1, 7)] == [None, *[MISSING] * 6, None]
    assert not any(a[gap - home.first_slot + i] for a in home.amounts.values() for i in range(6))


def test_half_hours_become_quarters_with_the_odd_wh_first() -> None:
    lines = [",GC,GG", "2011-07-01 00:00:00,0.393,0.0", "2011-07-01 00:30:00,0.1,0.205"]
    made = ausgrid.convert(lines)
    assert list(made.amounts[Channel.IMPORT]) == [197, 196, 0, 0]
    assert list(made.amounts[Channel.EXPORT]) == [0, 0, 53, 52]
    assert list(made.amounts[Channel.GENERATION]) == [0, 0, 103, 102]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["time,kwh"], "first line"),
        ([",GC,GG"], "no readings"),
        ([",GC,GG", "2011-07-01 00:00:00,1.0"], "Line 2"),
        ([",GC,GG", "yesterday,1.0,0"], "Line 2"),
        ([",GC,GG", "2011-07-01 00:00:00,lots,0"], "lots"),
    ],
)
def test_bad_files_are_named(lines: list[str], says: str) -> None:
    with pytest.raises(UserError, match=says):
        ausgrid.convert(lines)


def test_a_recording_file_survives_and_others_are_refused(home: Recording) -> None:
    assert Recording.from_bytes(home.to_bytes()) == home
    for bad in (b"", b"\x00", home.to_bytes()[:-1], b"SQLite format 3"):
        with pytest.raises(UserError, match="not a recording"):
            Recording.from_bytes(bad)


def test_moved_by_whole_weeks_and_looped(home: Recording) -> None:
    moved = home.moved(750)
    source = RecordedSource(moved, "demo")
    assert source.amounts_in(moved.first_slot + 100) == RecordedSource(home, "demo").amounts_in(
        home.first_slot + 100
    )
    assert sorted(s - 750 * WEEK_SLOTS for s in moved.statuses) == sorted(home.statuses)
    year = 52 * WEEK_SLOTS
    for slot_ in (moved.end_slot, moved.end_slot + 5_000, moved.end_slot + year - 1):
        assert source.amounts_in(slot_) == source.amounts_in(slot_ - year)


def test_registers_grow_by_the_recorded_amounts_whatever_the_order_of_asking(home: Recording) -> None:
    source = RecordedSource(home, "demo")
    ahead = source.read(home.first_slot + 500).registers
    back = source.read(home.first_slot + 20).registers
    fresh = RecordedSource(home, "demo")
    assert fresh.read(home.first_slot + 20).registers == back
    assert fresh.read(home.first_slot + 500).registers == ahead
    assert ahead[Channel.IMPORT] == sum(home.amounts[Channel.IMPORT][:501])


@given(st.lists(st.integers(0, 25_000), min_size=4, max_size=40))
def test_intervals_are_the_differences_of_registers(amounts: list[int]) -> None:
    amounts = amounts[: len(amounts) // 4 * 4]
    maker = IntervalMaker([Channel.IMPORT], {Channel.IMPORT: 1_000})
    register, got = 1_000, []
    for hour in range(len(amounts) // 4):
        readings = []
        for i in range(4):
            register += amounts[hour * 4 + i]
            readings.append(Reading(hour * 4 + i, {Channel.IMPORT: register}))
        (channel,) = maker.hour(hour, readings)
        assert channel.register == register
        got += channel.amounts
    assert got == amounts


def test_a_reset_and_a_leap_become_missing_never_a_spike() -> None:
    maker = IntervalMaker([Channel.IMPORT], {Channel.IMPORT: 50_000})
    values = [50_100, 20, 120, 9_000_000]
    (hour,) = maker.hour(0, [Reading(i, {Channel.IMPORT: v}) for i, v in enumerate(values)])
    assert hour.amounts == (100, 0, 100, 0)
    assert hour.statuses == (OK, MISSING, OK, MISSING)
    (after,) = maker.hour(1, [Reading(4 + i, {Channel.IMPORT: 9_000_000 + i}) for i in range(4)])
    assert after.amounts == (0, 1, 1, 1)


def test_an_unread_register_leaves_a_gap_on_both_sides() -> None:
    maker = IntervalMaker([Channel.IMPORT, Channel.EXPORT], {Channel.IMPORT: 0, Channel.EXPORT: 0})
    readings = [Reading(i, {Channel.IMPORT: 10 * i, Channel.EXPORT: i}) for i in range(4)]
    readings[1] = Reading(1, {Channel.EXPORT: 1})
    imported, exported = maker.hour(0, readings)
    assert imported.statuses == (OK, MISSING, MISSING, OK)
    assert imported.amounts == (0, 0, 0, 10)
    assert imported.register == 30
    assert exported.statuses == (OK,) * 4


def test_an_hour_needs_its_own_four_readings() -> None:
    maker = IntervalMaker([Channel.IMPORT], {})
    with pytest.raises(ValueError, match="four slots"):
        maker.hour(1, [Reading(i, {}) for i in range(4)])
