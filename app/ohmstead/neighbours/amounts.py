"""What a home states, from its intervals: a day's import, a month's load shape.

The meter makes its statements from these, and the app checks its own against the same rule over the readings that
it verified. Pure: whoever calls has the intervals. Not here: encryption (``dayproof``, ``shape``).
Source: protocol/neighbours, lines 9, 24, 26.
"""

from __future__ import annotations

from collections.abc import Callable

from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable
from ohmstead.neighbours.rounds import SHAPE_COLUMNS

#: The import of a slot in Wh; None where it was neither measured nor estimated.
Recorded = Callable[[int], int | None]
_WORKDAYS = 5


def day_amounts(recorded: Recorded, zone: ZoneTable, day: int) -> tuple[int, ...] | None:
    """The import of each slot of a local day, Wh; None where one was neither measured nor estimated.

    Raises ZoneTableEnds.
    """
    found = [recorded(slot) for slot in zone.slots_of(day)]
    return None if None in found else tuple(wh for wh in found if wh is not None)


def shape_amounts(recorded: Recorded, zone: ZoneTable, days: range) -> tuple[int, ...] | None:
    """48 amounts of a month's import, Wh: 24 local hours of workdays, then of weekends (line 24).

    Hours count from the day's begin, so that a day of 23 or 25 hours keeps its clock up to the change. Days with
    gaps are left out; None where fewer than half of the days remain, or nothing was imported.
    Raises ZoneTableEnds.
    """
    amounts = [0] * SHAPE_COLUMNS
    whole = 0
    for day in days:
        found = day_amounts(recorded, zone, day)
        if found is None:
            continue
        whole += 1
        first = 0 if (day + 3) % 7 < _WORKDAYS else 24  # 1970-01-01 was a Thursday
        for place, wh in enumerate(found):
            amounts[first + min(place // SLOTS_PER_HOUR, 23)] += wh
    return tuple(amounts) if 2 * whole >= len(days) and any(amounts) else None
