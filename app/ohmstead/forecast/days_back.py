"""A day's slots beside the same slots of the days before it: what analogs are made of.

Two ways to be "the same slot". Export follows the sun: 96 slots of UTC earlier, whatever the clock did.
Import follows people: the same place on the wall clock of the meter's zone, also where a day had 92 or 100
slots. Not here: how days are weighed (``analogs``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ohmstead.core.slots import ZoneTable
from ohmstead.forecast.quantiles import Floats

Ints = NDArray[np.int64]
DAY_SLOTS = 96
#: Clocks are changed in the first hours of a day: slots before this one count from its beginning, all others
#: from its end. A table of days tells no more.
BEFORE_CHANGE = 8
#: Beside each earlier slot stand the ones half an hour before and after it.
NEIGHBOURS = (0, -2, 2)
_NOWHERE = -(1 << 40)
_FAINT_W_M2 = 5.0
_LEAST_RATIO, _MOST_RATIO = 1 / 3, 3.0


def sun_slots(slots: Ints, back: int) -> Ints:
    """``[len(slots), back + 1]``: each slot and the ones whole days of UTC before it."""
    return np.asarray(slots[:, None] - DAY_SLOTS * np.arange(back + 1))


def wall_slots(slots: Ints, zone: ZoneTable, day: int, back: int) -> Ints:
    """The same by the wall clock: slots of local ``day`` and of the ``back`` days before; far below
    any slot where the table does not reach."""
    edges = np.array([_edges(zone, day - m) for m in range(back + 1)], np.int64)
    first, length = edges[:, 0], edges[:, 1] - edges[:, 0]
    index = slots - first[0]
    position = np.where(index < BEFORE_CHANGE, index, np.maximum(index + DAY_SLOTS - length[0], 0))
    shifted = np.where(
        position[:, None] < BEFORE_CHANGE, position[:, None], position[:, None] + length - DAY_SLOTS
    )
    found = first + np.clip(shifted, 0, np.maximum(length - 1, 0))
    found[:, 0] = slots
    return np.where(length > 0, found, _NOWHERE)


def _edges(zone: ZoneTable, day: int) -> tuple[int, int]:
    if day not in zone.days:
        return 0, 0
    slots = zone.slots_of(day)
    return slots.start, slots.stop


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Amounts (Wh, NaN where not measured) and the clear sky's light of consecutive slots from ``first`` on.

    ``light`` is None where the place is unknown: then nothing is scaled by it.
    """

    first: int
    amounts: Floats = field(repr=False)
    light: Floats | None = field(repr=False)

    def at(self, values: Floats, slots: Ints) -> Floats:
        """Values at slots, NaN outside the series."""
        index = slots - self.first
        inside = (index >= 0) & (index < len(values))
        return np.where(inside, values[np.where(inside, index, 0)], np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class DaysBack:
    """Some slots of one day beside their equals of earlier days.

    ``slots[s]`` are the day's own; ``own[s, m]`` the amounts m days back; ``beside[n][s, m]`` those of
    neighbour n, ``light`` and ``light_beside`` the sky's likewise. ``first_back[s]`` is the first m that is
    known when the forecast is made.
    """

    slots: Ints = field(repr=False)
    first_back: Ints = field(repr=False)
    own: Floats = field(repr=False)
    beside: tuple[Floats, ...] = field(repr=False)
    light: Floats | None = field(repr=False)
    light_beside: tuple[Floats, ...] = field(repr=False)

    def rows(self, which: Ints) -> DaysBack:
        """The same for some of the slots."""
        return DaysBack(
            self.slots[which],
            self.first_back[which],
            self.own[which],
            tuple(b[which] for b in self.beside),
            None if self.light is None else self.light[which],
            tuple(b[which] for b in self.light_beside),
        )

    def samples(self, turns: range, days: int, neighbours: int = len(NEIGHBOURS)) -> Floats:
        """What earlier days say of each slot, as seen ``k`` days ago for k in ``turns``.

        ``[slots, turns, neighbours × days]``: neighbour by neighbour, the nearest day first. Days that were
        not over when the forecast would have been made are NaN. Under a known sky each amount is scaled by
        the light of the slot it is for, at most threefold; at night nothing is left.
        """
        parts = []
        for n in range(neighbours):
            part = self._windows(self.beside[n], turns, days)
            if self.light is not None:
                goal = self.light[:, turns.start : turns.stop, None]
                was = np.maximum(self._windows(self.light_beside[n], turns, days), _FAINT_W_M2)
                part = part * np.where(goal > 0, np.clip(goal / was, _LEAST_RATIO, _MOST_RATIO), 0.0)
            early = np.arange(1, days + 1) < self.first_back[:, None]
            parts.append(np.where(early[:, None, :], np.nan, part))
        return np.concatenate(parts, axis=-1)

    @staticmethod
    def _windows(values: Floats, turns: range, days: int) -> Floats:
        return sliding_window_view(values, days, axis=1)[:, turns.start + 1 : turns.stop + 1]


def days_back(series: Series, found: Ints, known_end: int) -> DaysBack:
    """The matrices of ``sun_slots`` or ``wall_slots``; readings from ``known_end`` on are not known yet."""
    sky = series.light
    known = found + max(NEIGHBOURS) < known_end
    # The first m from which on every earlier day is known: the target's own day never is.
    first_back = np.maximum(1, known.shape[1] - np.cumprod(known[:, ::-1], axis=1).sum(axis=1))
    neighbours = [found + n for n in NEIGHBOURS]
    return DaysBack(
        found[:, 0],
        first_back,
        series.at(series.amounts, found),
        tuple(series.at(series.amounts, n) for n in neighbours),
        None if sky is None else series.at(sky, found),
        () if sky is None else tuple(series.at(sky, n) for n in neighbours),
    )
