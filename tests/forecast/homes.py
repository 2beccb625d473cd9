"""Homes made up for the forecast's tests: a roof under passing weather and people with habits; seeded."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.forecast.history import History
from ohmstead.forecast.quantiles import Floats
from ohmstead.forecast.sun import Place, slot_light
from ohmstead.system.zones import build_table

BERLIN = Place(52.52, 13.40)
ZONE = "Europe/Berlin"


def table(first: date, days: int, zone: str = ZONE) -> ZoneTable:
    """The local days of a zone, with some more on both sides."""
    return build_table(zone, first - timedelta(days=3), first + timedelta(days=days + 5))


def made_up(
    zone: ZoneTable, days: int, *, place: Place = BERLIN, seed: int = 1, roof_w: float = 6000, skip: int = 3
) -> History:
    """``days`` local days from the table's day ``skip`` on: sun times the day's clearness, less what is used."""
    chance = np.random.default_rng(seed)
    first = zone.slots_of(zone.first_day + skip).start
    end = zone.slots_of(zone.first_day + skip + days - 1).stop
    count = end - first
    clearness = np.repeat(chance.beta(1.5, 1.0, count // 96 + 2), 96)[:count]
    made = slot_light(place, first, count) / 1000 * roof_w / 4 * clearness
    used = 80 + chance.gamma(1.2, 90, count) + evening(zone, first, count)
    net = np.rint(made - used).astype(np.int64)
    return History(first, np.maximum(0, -net), np.maximum(0, net), np.ones(count, np.bool_))


def evening(zone: ZoneTable, first: int, count: int) -> Floats:
    """What is used besides, in Wh: cooking from 18:00 to 20:00 by the wall clock."""
    used = np.zeros(count)
    for day in zone.days:
        end = zone.slots_of(day).stop
        part = slice(max(0, end - 24 - first), max(0, end - 16 - first))
        used[part] += 500
    return used
