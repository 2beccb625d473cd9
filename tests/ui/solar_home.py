"""The demonstration home's year in a real mirror file: real readings, placeholder pages, no cryptography."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.meter.sources.recorded import Recording
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import IntervalRow, MeterRow, TileBatch
from ohmstead.system.paths import resource
from ohmstead.system.zones import build_table

METER = bytes(range(16))
WEEKS = 13 * 52  # the recorded year 2011/12 replayed in 2024/25: whole weeks of UTC slots

Edit = Callable[[IntervalRow], IntervalRow | None]


@dataclass(frozen=True, slots=True)
class Home:
    """A filled mirror file. ``end_s`` is the end of its last page."""

    path: Path
    zone: ZoneTable
    first_slot: int
    last_slot: int

    @property
    def end_s(self) -> int:
        """UTC second at which the last reading ended."""
        return (self.last_slot + 1) * SLOT_SECONDS

    def day(self, back: int) -> int:
        """The local day ``back`` days before the last."""
        return self.zone.day_of(self.last_slot) - back


def recording() -> Recording:
    """The shipped demonstration home."""
    return Recording.from_bytes(resource("demo", "solar-home.cbor").read_bytes()).moved(WEEKS)


def fill(
    path: Path,
    *,
    hours: int | None = None,
    skip_last: int = 0,
    proven_more: int = 0,
    years: int = 1,
    generation: bool = True,
    edit: Edit | None = None,
) -> Home:
    """Write a home's file.

    ``hours`` newest hours only; without ``skip_last`` of the very newest; ``proven_more`` pages are proven
    but not here (older ones); ``years`` repeats the year; ``edit`` changes or drops interval rows.
    """
    home = recording()
    first = home.first_slot - home.first_slot % 4
    pages = (home.end_slot - first) // 4
    zone = build_table(home.zone, date(2013, 1, 1), date(2026, 12, 31))
    mirror = Mirror.open(path)
    mirror.put_zone(zone)
    mirror.put_meter(MeterRow(METER, b"\x01" * 32, zone.name, b"\x80", b"certificate"))
    end = pages - skip_last
    start = 0 if hours is None else max(end - hours, 0)
    span = pages // 168 * 168  # whole weeks, so that repeated years keep their weekdays
    base = (years - 1) * span
    for year in range(years):
        back = (years - 1 - year) * span * 4
        numbers = range(start, end) if years == 1 else range(max(end - span, 0), end)
        for tile in range(numbers[0] // 256, numbers[-1] // 256 + 1):
            part = range(max(tile * 256, numbers[0]), min(tile * 256 + 256, numbers[-1] + 1))
            rows: list[IntervalRow] = []
            for number in part:
                rows += _rows(home, first, number, back, base, generation, edit)
            shift = base - back // 4 + proven_more
            written = [(n + shift, first // 4 + n - back // 4, 0, True, b"page") for n in part]
            mirror.apply_tile(
                TileBatch(METER, tile + year * 1000, part[0] + base, len(part), 10, written, rows)
            )
    held = mirror.status().meters[0].pages_held
    last_slot = first + end * 4 - 1
    mirror.set_proven(METER, held + proven_more, 10, (last_slot + 1) * SLOT_SECONDS)
    mirror.close()
    return Home(path, zone, first + start * 4, last_slot)


def _rows(
    home: Recording, first: int, number: int, back: int, base: int, generation: bool, edit: Edit | None
) -> list[IntervalRow]:
    rows: list[IntervalRow] = []
    for slot in range(first + number * 4, first + number * 4 + 4):
        i = slot - home.first_slot
        if not 0 <= i < len(home):
            continue
        status = int(home.statuses.get(slot, IntervalStatus.OK))
        made = home.amounts[Channel.GENERATION][i] if generation else None
        row: IntervalRow | None = (
            slot - back,
            home.amounts[Channel.IMPORT][i],
            home.amounts[Channel.EXPORT][i],
            made,
            status,
            status,
            status if generation else None,
            number + base,
        )
        if edit is not None and row is not None:
            row = edit(row)
        if row is not None:
            rows.append(row)
    return rows
