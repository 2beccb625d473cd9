"""Made-up homes for the store's tests: one meter, plausible pages, no cryptography."""

from __future__ import annotations

from ohmstead.core.slots import ZoneTable
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import IntervalRow, MeterRow, PageRow, TileBatch

METER = bytes(range(16))
FIRST_HOUR = 480_000  # 2024-10-04 00:00 UTC
FIRST_DAY = FIRST_HOUR // 24
TILE = 256


def zone(days: int = 60, name: str = "test-utc") -> ZoneTable:
    """Days of 96 slots from FIRST_DAY, but the third has 92 and the fifth 100."""
    lengths = [92 if i == 2 else 100 if i == 4 else 96 for i in range(days)]
    slots = [FIRST_HOUR * 4]
    for length in lengths:
        slots.append(slots[-1] + length)
    return ZoneTable(name, FIRST_DAY, tuple(slots), b"Test/Utc")


def meter_row(meter: bytes = METER) -> MeterRow:
    return MeterRow(meter, b"\x01" * 32, "test-utc", b"\x83\x01\x02\x03", b"certificate")


def rows_of(number: int, *, status: int = 0, generation: bool = True) -> list[IntervalRow]:
    """The four intervals of a page."""
    first = (FIRST_HOUR + number) * 4
    return [
        (
            first + i,
            100 + i,
            10 * i,
            50 if generation else None,
            status,
            status,
            status if generation else None,
            number,
        )
        for i in range(4)
    ]


def page_row(number: int, *, opened: bool = True) -> PageRow:
    return (number, FIRST_HOUR + number, 0, opened, b"page %d " % number * 20)


def batch(tile: int, count: int = TILE, *, height: int = 100, meter: bytes = METER) -> TileBatch:
    """The first ``count`` pages of a tile."""
    numbers = range(tile * TILE, tile * TILE + count)
    return TileBatch(
        meter,
        tile,
        tile * TILE,
        count,
        height,
        [page_row(n) for n in numbers],
        [row for n in numbers for row in rows_of(n)],
    )


def furnish(mirror: Mirror) -> Mirror:
    """Zone and meter: what commissioning brings."""
    mirror.put_zone(zone())
    mirror.put_meter(meter_row())
    return mirror
