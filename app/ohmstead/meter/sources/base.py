"""A source: cumulative registers at the boundaries of slots.

Cumulative registers are the truth; an interval is the difference of two readings. Here: the readings, the
``Source`` protocol and the rule that turns readings into intervals. Not here: pages, clocks, sealing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.slots import SLOTS_PER_HOUR, first_slot_of_hour

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reading:
    """The registers at the end of a slot. ``quality`` is what the device says about that slot.

    ``registers`` lacks a channel that could not be read.
    """

    slot: int
    registers: Mapping[Channel, int]
    quality: IntervalStatus = IntervalStatus.OK


class Source(Protocol):
    """Something a meter reads. ``name`` and ``credit`` are for people; ``simulated`` is always shown."""

    name: str
    credit: str
    simulated: bool
    channels: tuple[Channel, ...]
    first_slot: int

    def read(self, slot: int) -> Reading:
        """The reading at the end of a slot, ``slot >= first_slot``; unread channels are absent."""

    def registers_before(self, slot: int) -> Mapping[Channel, int]:
        """The registers at the start of a slot, as far as they are known."""

    def power_w(self, unix_s: float) -> Mapping[Channel, int]:
        """The power now, in watts by channel."""


#: No home draws more than this in one slot (100 kW): a larger difference is a register fault, not use.
MAX_SLOT_WH = 25_000


class IntervalMaker:
    """Turns readings into the hours of a page, one slot after the other.

    A slot whose start or end is not known is MISSING and carries nothing: never a silent zero. A register
    that went back (a reset) or leapt beyond what a home can draw makes its slot MISSING and starts anew
    from the new reading: never a spike. Quality ESTIMATED and CLOCK_SUSPECT pass through with the amount.
    """

    def __init__(self, channels: Sequence[Channel], start: Mapping[Channel, int]) -> None:
        self.channels = tuple(channels)
        self._last: dict[Channel, int | None] = {c: start.get(c) for c in self.channels}
        self._shown: dict[Channel, int] = {c: start.get(c, 0) for c in self.channels}

    def hour(self, hour: int, readings: Sequence[Reading]) -> tuple[ChannelHour, ...]:
        """The channels of an hour from its four readings, in order. Raises ValueError if they are not its."""
        first = first_slot_of_hour(hour)
        if [r.slot for r in readings] != list(range(first, first + SLOTS_PER_HOUR)):
            raise ValueError("an hour needs the readings of its four slots")
        amounts: dict[Channel, list[int]] = {c: [] for c in self.channels}
        statuses: dict[Channel, list[IntervalStatus]] = {c: [] for c in self.channels}
        for reading in readings:
            for channel in self.channels:
                amount, status = self._slot(channel, reading)
                amounts[channel].append(amount)
                statuses[channel].append(status)
        return tuple(
            ChannelHour(self._shown[c], _four(amounts[c]), _four(statuses[c])) for c in self.channels
        )

    def _slot(self, channel: Channel, reading: Reading) -> tuple[int, IntervalStatus]:
        before, now = self._last[channel], reading.registers.get(channel)
        self._last[channel] = now
        if now is not None:
            self._shown[channel] = now
        if before is None or now is None or reading.quality is IntervalStatus.MISSING:
            return 0, IntervalStatus.MISSING
        amount = now - before
        if not 0 <= amount <= MAX_SLOT_WH:
            return 0, IntervalStatus.MISSING
        return amount, reading.quality


def _four(items: list[_T]) -> tuple[_T, _T, _T, _T]:
    a, b, c, d = items
    return a, b, c, d
