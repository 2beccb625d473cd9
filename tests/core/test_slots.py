"""Slots and days: tables of odd zones, and identifiers."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from ohmstead.core.codec import CodecError
from ohmstead.core.slots import ZoneTable, ZoneTableEnds, zone_identifier
from ohmstead.errors import UserError
from ohmstead.system.zones import build_table

EPOCH = date(1970, 1, 1)
# Days of other than 96 slots in 2023, by zone (tzdata).
ODD_DAYS = {
    "Europe/Rome": {92: 1, 100: 1},
    "Australia/Lord_Howe": {94: 1, 98: 1},
    "Asia/Kathmandu": {},
    "America/St_Johns": {92: 1, 100: 1},
    "Africa/Cairo": {92: 1, 100: 1},
    "Pacific/Chatham": {92: 1, 100: 1},
    "UTC": {},
}


@pytest.mark.parametrize("iana", ODD_DAYS)
def test_days_have_the_slots_that_the_zone_gives_them(iana: str) -> None:
    table = build_table(iana, date(2023, 1, 1), date(2023, 12, 31))
    lengths = [len(table.slots_of(day)) for day in table.days]
    assert len(lengths) == 365
    assert {n: lengths.count(n) for n in set(lengths) - {96}} == ODD_DAYS[iana]
    zone = ZoneInfo(iana)
    for day in table.days:
        local = EPOCH + timedelta(days=day)
        slots = table.slots_of(day)
        for slot in (slots[0], slots[-1]):
            assert table.day_of(slot) == day
            assert _local_date(slot, zone) == local
        assert _local_date(slots[0] - 1, zone) < local


def _local_date(slot: int, zone: ZoneInfo) -> date:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(slot * 900, UTC).astimezone(zone).date()


def test_a_table_fails_closed_at_both_ends() -> None:
    table = build_table("Europe/Rome", date(2024, 3, 30), date(2024, 4, 1))
    assert [len(table.slots_of(d)) for d in table.days] == [96, 92, 96]
    for slot in (table.first_slots[0] - 1, table.first_slots[-1]):
        with pytest.raises(ZoneTableEnds):
            table.day_of(slot)
    with pytest.raises(ZoneTableEnds):
        table.slots_of(table.days.stop)


def test_a_table_survives_its_encoding() -> None:
    table = build_table("Australia/Sydney", date(2024, 1, 1), date(2024, 12, 31))
    assert ZoneTable.from_cbor("australia-sydney", table.to_cbor()) == table


@pytest.mark.parametrize("slots", [(), (5,), (0, 96, 96), (0, 96, 90), (0, 300)])
def test_refuses_impossible_days(slots: tuple[int, ...]) -> None:
    with pytest.raises(CodecError):
        ZoneTable("utc", 0, slots)


def test_unknown_zone_says_what_to_do() -> None:
    with pytest.raises(UserError, match="Europe/Rome"):
        build_table("Mars/Olympus", date(2024, 1, 1), date(2024, 1, 2))


def test_zone_identifiers() -> None:
    assert zone_identifier("America/Argentina/Buenos_Aires") == "america-argentina-buenos-aires"
