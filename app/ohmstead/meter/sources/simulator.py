"""``simulator[:SEED]``: a believable home with solar, for whom no recorded home will do.

Each quarter hour depends on the seed and its own time alone: read twice, backwards, or by another process, it
gives the same amounts; registers are their sums from the source's first slot. The calendar is the real one of
Sydney, so that the home can be compared with the recorded one (tests/meter/test_simulator.py says how close).
Here: slots, registers, the source. Not here: the home (``simulator_load``), its weather and roof
(``simulator_weather``), the libraries (``simulator_libraries``).

Work is done in blocks of four weeks, kept once made: about 0.1 s each. The first one also imports pvlib,
demandlib and pandas: some seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.meter.sources import simulator_libraries as libraries
from ohmstead.meter.sources import simulator_load as load
from ohmstead.meter.sources import simulator_weather as weather
from ohmstead.meter.sources.base import Reading
from ohmstead.system.zones import build_table

ZONE = "Australia/Sydney"
CHANNELS = (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION)
DEFAULT_SEED = 9
#: Where the simulated time begins unless it is moved: Monday, 1 July 2024, 00:00 in Sydney.
FIRST_SLOT = 1_719_756_000 // SLOT_SECONDS
YEAR_SLOTS = 365 * 96
BLOCK_DAYS = 28
CREDIT = f"Simulated with {libraries.CREDIT}"
Amounts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Four weeks of local days: Wh by slot (rows) and channel (columns: import, export, generation)."""

    first_slot: int
    amounts: Amounts

    @property
    def end_slot(self) -> int:
        """The slot after the last one."""
        return self.first_slot + len(self.amounts)

    @cached_property
    def sums(self) -> Amounts:
        """Running sums; row i holds what the block's first i slots add up to."""
        return np.vstack((np.zeros((1, len(CHANNELS)), np.int64), np.cumsum(self.amounts, axis=0)))


def day_table(index: int) -> ZoneTable:
    """The local days of a block; ``index`` is the day since 1970-01-01 divided by BLOCK_DAYS."""
    first = index * BLOCK_DAYS
    return build_table(ZONE, weather.date_of(first), weather.date_of(first + BLOCK_DAYS - 1))


def make_block(seed: int, index: int) -> Block:
    """The block, from seed and calendar alone. Raises UserError if a library is missing."""
    table = day_table(index)
    zone = ZoneInfo(ZONE)
    used, clear, air, places = [], [], [], []
    for day in table.days:
        # A day of 92 or 100 slots leaves quarters of its clock out, or passes them twice.
        slots = table.slots_of(day)
        clock = [datetime.fromtimestamp(slot * SLOT_SECONDS, zone) for slot in slots]
        quarters = np.array([at.hour * 4 + at.minute // 15 for at in clock])
        used.append(load.load_w(seed, day)[quarters])
        clear.append(weather.clearness(seed, day)[quarters])
        air.append(weather.temperature(seed, day)[quarters])
        places.append(np.arange(slots.start, slots.stop))
    slots_here = np.concatenate(places)
    middle_s = (slots_here * SLOT_SECONDS + SLOT_SECONDS // 2).astype(np.float64)
    sky = libraries.clear_sky(weather.SITE, middle_s)
    made_w = libraries.pv_power(weather.SITE, sky, np.concatenate(clear), np.concatenate(air))
    used_wh = np.rint(np.concatenate(used) / 4).astype(np.int64)
    made_wh = np.rint(made_w / 4).astype(np.int64)
    net = used_wh - made_wh
    amounts = np.stack((np.maximum(net, 0), np.maximum(-net, 0), made_wh), axis=1)
    return Block(table.first_slots[0], amounts)


class SimulatedSource:
    """A ``Source``: the simulated home from ``first_slot`` on, without end. One thread at a time.

    Raises UserError at once if the libraries are not installed.
    """

    simulated = True

    def __init__(self, seed: int = DEFAULT_SEED, first_slot: int = FIRST_SLOT) -> None:
        self.name = f"Simulated home {seed}"
        self.credit = CREDIT
        self.channels: tuple[Channel, ...] = CHANNELS
        self.first_slot = first_slot
        self.year_slots = YEAR_SLOTS
        self._seed = seed
        first_day = datetime.fromtimestamp(first_slot * SLOT_SECONDS, ZoneInfo(ZONE)).date()
        self._index = weather.day_of(first_day) // BLOCK_DAYS
        self._blocks = [make_block(seed, self._index)]
        # Registers at each block's start, as if the first block had begun at zero.
        self._starts = [np.zeros(len(CHANNELS), np.int64)]
        self._offset = self._sum_before(first_slot)

    def _block_of(self, slot: int) -> int:
        """Which block holds a slot; makes those up to it. Raises ValueError before the first slot."""
        if slot < self._blocks[0].first_slot:
            raise ValueError(f"slot {slot} lies before this source begins")
        while slot >= self._blocks[-1].end_slot:
            self._starts.append(self._starts[-1] + self._blocks[-1].sums[-1])
            self._blocks.append(make_block(self._seed, self._index + len(self._blocks)))
        low, high = 0, len(self._blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._blocks[middle].first_slot <= slot else (low, middle - 1)
        return low

    def _sum_before(self, slot: int) -> Amounts:
        at = self._block_of(slot)
        sums: Amounts = self._blocks[at].sums[slot - self._blocks[at].first_slot]
        return np.asarray(self._starts[at] + sums)

    def amounts_in(self, slot: int) -> tuple[dict[Channel, int], IntervalStatus]:
        """Wh by channel in a slot, ``slot >= first_slot``; the status is always OK."""
        if slot < self.first_slot:
            raise ValueError(f"slot {slot} lies before this source begins")
        block = self._blocks[self._block_of(slot)]
        row = block.amounts[slot - block.first_slot]
        return {c: int(wh) for c, wh in zip(CHANNELS, row, strict=True)}, IntervalStatus.OK

    def registers_before(self, slot: int) -> dict[Channel, int]:
        """The registers at the start of a slot; zero at ``first_slot`` and before."""
        sums = self._sum_before(max(slot, self.first_slot)) - self._offset
        return {c: int(wh) for c, wh in zip(CHANNELS, sums, strict=True)}

    def read(self, slot: int) -> Reading:
        """The registers at the end of a slot, ``slot >= first_slot``."""
        if slot < self.first_slot:
            raise ValueError(f"slot {slot} lies before this source begins")
        return Reading(slot, self.registers_before(slot + 1))

    def power_w(self, unix_s: float) -> dict[Channel, int]:
        """The mean power of the quarter hour that holds this instant, in watts."""
        amounts, _ = self.amounts_in(int(unix_s) // SLOT_SECONDS)
        return {c: wh * 4 for c, wh in amounts.items()}
