"""Zooming: which bars a stretch of time is drawn with, and what is loaded round it. Qt-free.

A stretch is (first slot, slot after the last), in parts of a slot where it is moved smoothly. The closer it is,
the finer its bars: months, days, hours, quarter hours. Loaded is a stretch of its own length on either side as
well, so that panning has something to show before the next answer is here.
"""

from __future__ import annotations

import math
from enum import IntEnum

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.presenters.periods import Period, Span, month_start

DAY = 96
MIN_SLOTS = 16  # four hours
_QUARTERS_UP_TO, _HOURS_UP_TO, _DAYS_UP_TO = 10 * DAY, 62 * DAY, 1100 * DAY

Window = tuple[float, float]
Slots = tuple[int, int]


class Level(IntEnum):
    """What one bar stands for."""

    QUARTERS = 0
    HOURS = 1
    DAYS = 2
    MONTHS = 3


def whole(window: Window) -> Slots:
    """The whole slots that a stretch touches."""
    return math.floor(window[0]), math.ceil(window[1])


def level_of(window: Window) -> Level:
    """The bars of a stretch: some thousand at most."""
    slots = window[1] - window[0]
    if slots <= _QUARTERS_UP_TO:
        return Level.QUARTERS
    if slots <= _HOURS_UP_TO:
        return Level.HOURS
    return Level.DAYS if slots <= _DAYS_UP_TO else Level.MONTHS


def days_around(window: Slots, zone: ZoneTable, known: tuple[int, int]) -> Period:
    """The whole days to load for a stretch, within the days with readings; whole months where bars are months."""
    wide = max(window[1] - window[0], MIN_SLOTS)
    least, most = zone.slots_of(zone.days[0])[0], zone.slots_of(zone.days[-1])[-1]
    first = zone.day_of(min(max(window[0] - wide, least), most))
    last = zone.day_of(min(max(window[1] + wide, least), most))
    low, high = month_start(known[0]), month_start(known[1], 1) - 1
    first, last = min(max(first, low), high), max(min(last, high), low)
    if level_of(window) is Level.MONTHS:
        first, last = month_start(first), month_start(last, 1) - 1
    return Period(Span.FREE, max(first, zone.days[0]), min(last, zone.days[-1]))


def moved(window: Window, by: float, limits: Window) -> Window:
    """A stretch moved by a share of its own width, kept within limits."""
    wide = window[1] - window[0]
    return kept((window[0] + by * wide, window[1] + by * wide), limits)


def scaled(window: Window, factor: float, about: float, limits: Window) -> Window:
    """A stretch made ``factor`` times as wide; the slot ``about`` stays where it is."""
    wide = window[1] - window[0]
    want = min(max(wide * factor, MIN_SLOTS), limits[1] - limits[0])
    share = (about - window[0]) / wide if wide else 0.5
    first = about - share * want
    return kept((first, first + want), limits)


def kept(window: Window, limits: Window) -> Window:
    """A stretch pushed back within limits, as wide as it was if that fits."""
    wide = min(max(window[1] - window[0], MIN_SLOTS), max(limits[1] - limits[0], MIN_SLOTS))
    first = max(min(window[0], limits[1] - wide), limits[0])
    return first, first + wide
