"""Intervals: the quarter hours of a meter, their channels and their statuses.

Units are those of the channel (Wh for energy), never floats. Source: DESIGN §3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class IntervalStatus(IntEnum):
    """What is known about one channel in one slot."""

    OK = 0
    ESTIMATED = 1
    MISSING = 2
    CLOCK_SUSPECT = 3
    REPLACED = 4


class Channel(IntEnum):
    """What a meter counts. The number is the channel's code in certificates and pages."""

    IMPORT = 1
    EXPORT = 2
    GENERATION = 3
    GAS = 4
    WATER = 5
    DATA = 6


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """OBIS register and unit of a channel."""

    obis: str
    unit: str


CHANNELS = {
    Channel.IMPORT: ChannelFacts("1-0:1.8.0", "Wh"),
    Channel.EXPORT: ChannelFacts("1-0:2.8.0", "Wh"),
    Channel.GENERATION: ChannelFacts("1-1:2.8.0", "Wh"),  # the generation meter's own register
    Channel.GAS: ChannelFacts("7-0:3.0.0", "dm3"),
    Channel.WATER: ChannelFacts("8-0:1.0.0", "L"),
    Channel.DATA: ChannelFacts("0-0:96.50.0", "kB"),
}


#: What a meter may count beside electricity.
UTILITIES = (Channel.GAS, Channel.WATER, Channel.DATA)


@dataclass(frozen=True, slots=True)
class ChannelHour:
    """One channel's hour as a page carries it.

    ``register`` is the cumulative reading at the hour's end in the channel's unit (the last known one
    while readings are missing); ``amounts`` and ``statuses`` are those of the hour's four slots.
    """

    register: int
    amounts: tuple[int, int, int, int]
    statuses: tuple[IntervalStatus, IntervalStatus, IntervalStatus, IntervalStatus]
