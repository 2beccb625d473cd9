"""Judging forecasts on the home's own past: where observations stood, and what naive forecasts would cost.

Every turn repeats the forecast as it would have been made ``k`` days ago, from what was known then. From the
turns come the levels that make the band honest (its edges are moved to where one observation in ten really
fell: distributional conformal prediction, Chernozhukov, Wüthrich, Zhu 2021) and the skill: the last four
weeks, with levels taken only from the weeks before them. The naive ones get the same chance: each carries the
empirical quantiles of its own last 28 errors at that slot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ohmstead.forecast.analogs import DAYS, Analogs, enough
from ohmstead.forecast.days_back import DaysBack
from ohmstead.forecast.quantiles import LEVELS, Floats, Levels, mean_pinball, quantiles, standing

#: How many past days are repeated, and how many of them, the newest, are only judged.
TURNS, JUDGED = 56, 28
LEAST_JUDGED = 14
_LEAST_STANDINGS = 14
_STEP = 5  # one slot in five is repeated: all quarters of the hour take part in turn
_ERRORS = 28
_WEEK = 7
#: How far from its nominal place an edge may be moved: beyond, there are too few samples to say.
_LOW_REACH, _HIGH_REACH = (0.01, 0.35), (0.65, 0.99)


@dataclass(frozen=True, slots=True)
class Skill:
    """What the forecast has been worth here, on days it had not seen: the newest ``days`` whole days.

    Losses are pinball losses (mean of 10, 50 and 90 %) in Wh a slot, all on the same slots: ``persistence``
    is yesterday's slot, ``seasonal`` the mean of the last seven days, ``last_week`` the slot a week before,
    each with the quantiles of its own errors. ``coverage`` is the share of slots within the band among those
    where it has a width, ``total_coverage`` that of days (should be near 0.8).
    """

    days: int
    loss_wh: float
    persistence_wh: float
    seasonal_wh: float
    last_week_wh: float
    coverage: float
    total_coverage: float

    @property
    def best_naive_wh(self) -> float:
        """The loss of the best naive forecast."""
        return min(self.persistence_wh, self.seasonal_wh, self.last_week_wh)

    @property
    def better(self) -> bool:
        """Whether the forecast beat every naive one; if not, it knows no more than they do and should say so."""
        return self.loss_wh < self.best_naive_wh


@dataclass(frozen=True, slots=True)
class Judgement:
    """Levels for the band of a slot and of a day, the number of days they rest on, and the skill (None:
    unknown).
    """

    slot_levels: Levels
    total_levels: Levels
    days: int
    skill: Skill | None


def judge(analogs: Analogs) -> Judgement:
    """Repeat the forecasts of one whole day's slots over the last ``TURNS`` days."""
    turns = range(1, TURNS + 1)
    rows = np.arange(0, len(analogs.back.slots), _STEP)
    rows = rows[np.nan_to_num(analogs.back.own[rows]).any(axis=1)]
    part = Analogs(analogs.back.rows(rows), analogs.weights)
    if not len(rows):
        return Judgement(LEVELS, LEVELS, 0, None)
    samples = part.back.samples(turns, DAYS)
    observed = np.where(enough(samples), part.back.own[:, 1 : TURNS + 1], np.nan)
    stood = standing(observed, samples, part.spread(turns))
    totals = analogs.totals(turns)
    total = np.where(enough(totals), analogs.measured_totals(turns), np.nan)
    total_stood = standing(total, totals, analogs.weights[1 : TURNS + 1])
    earlier = slice(JUDGED, None)
    then, total_then = _levels(stood[:, earlier]), _levels(total_stood[earlier])
    found = quantiles(samples[:, :JUDGED], part.spread(turns)[:JUDGED], then)
    total_found = quantiles(totals[:JUDGED], analogs.weights[1 : JUDGED + 1], total_then)
    return Judgement(
        _levels(stood),
        _levels(total_stood),
        int((~np.isnan(stood)).any(axis=0).sum()),
        _skill(part.back, observed[:, :JUDGED], found, total[:JUDGED], total_found),
    )


def _levels(stood: Floats) -> Levels:
    """Levels at which the edges hold what they promise; the nominal ones while there are too few standings.

    ``stood`` has days on its last axis. The edges leave room for the one observation to come; the middle
    stays the middle (moving it as well gained nothing on the demonstration home).
    """
    known = ~np.isnan(stood)
    days = int((known.any(axis=0) if stood.ndim > 1 else known).sum())
    if days < _LEAST_STANDINGS:
        return LEVELS
    ordered = np.sort(stood[known])
    ranks = np.arange(len(ordered)) + 0.5
    outer = (days + 1) / days * LEVELS[2]
    low, high = (float(np.interp(q * len(ordered), ranks, ordered)) for q in (1 - outer, outer))
    return float(np.clip(low, *_LOW_REACH)), LEVELS[1], float(np.clip(high, *_HIGH_REACH))


def _skill(
    back: DaysBack, observed: Floats, found: Floats, total: Floats, total_found: Floats
) -> Skill | None:
    losses = np.array([mean_pinball(observed, band) for band in (found, *naive_bands(back))])
    common = ~np.isnan(losses.sum(axis=0))
    days = int(common.any(axis=0).sum())
    if days < LEAST_JUDGED:
        return None
    ours, persistence, seasonal, last_week = (float(loss[common].mean()) for loss in losses)
    wide = common & (found[2] > found[0])
    within = (observed >= found[0]) & (observed <= found[2])
    whole = ~np.isnan(total + total_found[0])
    total_within = (total >= total_found[0]) & (total <= total_found[2])
    return Skill(
        days, ours, persistence, seasonal, last_week,
        float(within[wide].mean()) if wide.any() else 1.0,
        float(total_within[whole].mean()) if whole.any() else 1.0,
    )  # fmt: skip


def naive_bands(back: DaysBack, judged: int = JUDGED) -> tuple[Floats, Floats, Floats]:
    """Persistence, mean of seven days, a week ago: ``[3, slots, judged]`` each, for turns 1 to ``judged``.

    Like the forecast, each uses for every slot the newest day that was over by then.
    """
    bands = tuple(np.full((3, len(back.slots), judged), np.nan) for _ in range(3))
    for lag in map(int, np.unique(back.first_back)):
        rows = back.first_back == lag
        own = back.own[rows]
        weeks = -(-lag // _WEEK) * _WEEK
        guesses = (own[:, lag:], sliding_window_view(own[:, lag:], _WEEK, axis=1).mean(-1), own[:, weeks:])
        for band, guess in zip(bands, guesses, strict=True):
            reach = min(guess.shape[1], judged + 1 + lag + _ERRORS)
            error = own[:, :reach] - guess[:, :reach]
            # The errors of the last 28 days that were over when the forecast of turn k would have been made.
            past = sliding_window_view(error, _ERRORS, axis=1)[:, lag + 1 : lag + 1 + judged]
            band[:, rows] = np.maximum(0.0, guess[:, 1 : judged + 1] + quantiles(past, np.ones(_ERRORS)))
    return bands[0], bands[1], bands[2]
