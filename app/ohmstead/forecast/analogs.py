"""How much each earlier day says about a coming one, and what the days say together.

A day counts more the nearer it is in time, if it is of the same kind (working day or weekend: people only),
and if the hours before it were like the hours before now: after a dull morning, dull mornings speak. Days are
weighed, not chosen, so that a handful of days never decides alone. Not here: how well that does (``skill``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ohmstead.forecast.days_back import DAY_SLOTS, NEIGHBOURS, DaysBack, Ints, Series
from ohmstead.forecast.quantiles import Bools, Floats, Levels, quantiles

#: How many days are asked, the nearest first: eight weeks.
DAYS = 56
#: Of how many days a slot must know something before anything is said about it.
LEAST_DAYS = 14
_LAST_WEEK, _LAST_WEEKS = 7, 21
_NEAREST = 3  # one day in three counts as alike
_ALIKE_TODAY, _ALIKE_LATER, _SAME_KIND = 6.0, 1.0, 1.0
_MORNING_SLOTS = 12
_MEASURED = 0.75  # of a window's slots, before its sum says anything
_WHOLE = 0.9  # of a day's usual amount, before the rest of it may be filled in


def states(series: Series, origin: int, window: int, back: int) -> Floats:
    """What was measured in the ``window`` slots before the origin and before the same instant of earlier
    days.

    ``[back + 1]``: under a known sky as a share of its light (NaN without light), else in Wh a slot; NaN
    where too much is missing.
    """
    ends = origin - series.first - DAY_SLOTS * np.arange(back + 1)
    inside = (ends >= window) & (ends <= len(series.amounts))
    ends = np.where(inside, ends, window)
    measured = ~np.isnan(series.amounts)
    count = _sums(measured.astype(np.float64), ends, window)
    amount = _sums(np.nan_to_num(series.amounts), ends, window)
    if series.light is None:
        per = count
    else:
        per = _sums(np.where(measured, series.light[: len(measured)], 0.0), ends, window)
    good = inside & (count >= _MEASURED * window) & (per > 0)
    return np.where(good, amount / np.where(good, per, 1.0), np.nan)


def _sums(values: Floats, ends: Ints, window: int) -> Floats:
    running = np.concatenate([[0.0], values.cumsum()])
    return np.asarray(running[ends] - running[ends - window])


def weights(state: Floats, turns: int, alike: float, same_kind: Bools | None) -> Floats:
    """``[turns, DAYS]``: the weight of day ``k + 1 …`` back for a forecast made ``k`` days ago.

    ``state`` reaches ``turns + DAYS`` back; ``same_kind[k, d]`` marks days of the target's kind.
    """
    ages = np.arange(1, DAYS + 1)
    recency = 1.0 + (ages <= _LAST_WEEK) + (ages <= _LAST_WEEKS)
    past = sliding_window_view(state, DAYS)[1 : turns + 1]
    distance = np.abs(past - state[:turns, None])
    known = ~np.isnan(distance)
    rank = np.argsort(np.argsort(distance, axis=1, kind="stable"), axis=1, kind="stable")
    near = known & (rank < known.sum(axis=1, keepdims=True) // _NEAREST)
    found = recency + alike * near
    return np.asarray(found if same_kind is None else found + _SAME_KIND * same_kind)


def kinds(day: int, turns: int) -> Bools:
    """``same_kind`` of local ``day``: is the day ``d`` days earlier a weekend as the target is, or is
    neither?
    """
    weekend = (day - np.arange(turns + DAYS + 1) + 3) % 7 >= 5  # 1970-01-01 was a Thursday
    return np.asarray(sliding_window_view(weekend, DAYS)[1 : turns + 1] == weekend[:turns, None])


@dataclass(frozen=True, slots=True, eq=False)
class Analogs:
    """The slots of one day that is to be forecast, beside its earlier days and their weights."""

    back: DaysBack = field(repr=False)
    weights: Floats = field(repr=False)

    def spread(self, turns: range) -> Floats:
        """The weights as ``DaysBack.samples`` lays out its samples: ``[turns, neighbours × days]``."""
        return np.tile(self.weights[turns.start : turns.stop], (1, len(NEIGHBOURS)))

    def band(self, levels: Levels) -> Floats:
        """``[3, slots]`` in Wh; NaN for a slot that fewer than ``LEAST_DAYS`` days speak of."""
        now = range(0, 1)
        samples = self.back.samples(now, DAYS)
        found = quantiles(samples, self.spread(now), levels)
        return np.where(enough(samples), found, np.nan)[..., 0]

    def totals(self, turns: range) -> Floats:
        """``[turns, DAYS]``: what each earlier day would make of the whole; NaN for a day with too much
        missing.
        """
        late = self.back.first_back.max(initial=1)
        samples = self.back.samples(turns, DAYS, neighbours=1)
        samples[..., : late - 1] = np.nan  # a day counts as one, with its own morning and evening
        return _filled(samples, self._usual())

    def total_band(self, levels: Levels) -> Floats:
        """``[3]`` in Wh for all the slots together; NaN where fewer than ``LEAST_DAYS`` days are whole."""
        totals = self.totals(range(0, 1))
        found = quantiles(totals, self.weights[:1], levels)
        return np.where((~np.isnan(totals)).sum(-1) >= LEAST_DAYS, found, np.nan)[..., 0]

    def measured_totals(self, turns: range) -> Floats:
        """``[turns]``: what was measured of the same slots ``k`` days ago, NaN with too much missing."""
        return _filled(self.back.own[:, turns.start : turns.stop], self._usual())

    def _usual(self) -> Floats:
        known = ~np.isnan(self.back.own)
        return np.asarray(np.nan_to_num(self.back.own).sum(1) / np.maximum(known.sum(1), 1))


def enough(samples: Floats) -> Bools:
    """Where at least ``LEAST_DAYS`` days speak, of samples laid out as ``DaysBack.samples`` does."""
    return np.asarray((~np.isnan(samples[..., :DAYS])).sum(-1) >= LEAST_DAYS)


def _filled(amounts: Floats, usual: Floats) -> Floats:
    """Sums over the first axis. What is missing, up to a tenth of the usual whole, is filled in proportion."""
    there = np.tensordot(usual, ~np.isnan(amounts), axes=(0, 0))
    whole = usual.sum()
    total = np.nan_to_num(amounts).sum(axis=0)
    if whole == 0:
        return np.where((~np.isnan(amounts)).mean(axis=0) >= _WHOLE, total, np.nan)
    return np.where(there >= _WHOLE * whole, total * (whole / np.where(there > 0, there, 1.0)), np.nan)


def alike_weight(series: Series, origin: int, *, today: bool, back: int) -> tuple[Floats, float]:
    """The states to compare days by, and how much likeness counts.

    For the rest of today the last three hours say most, if they had sun; else, and for tomorrow, the last
    day.
    """
    if today:
        state = states(series, origin, _MORNING_SLOTS, back)
        if not np.isnan(state[0]) and np.nan_to_num(state).any():
            return state, _ALIKE_TODAY
    return states(series, origin, DAY_SLOTS, back), _ALIKE_LATER
