"""Quantiles of weighted samples with holes, and where an observation stands among them.

Here: arithmetic on arrays whose last axis holds samples; NaN is a hole. Not here: whose samples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Levels = tuple[float, float, float]

#: The band's edges and its middle: one day in ten lies below the first, one in ten above the last.
LEVELS: Levels = (0.1, 0.5, 0.9)
_GOLDEN = 0.6180339887498949


def quantiles(samples: Floats, weights: Floats, levels: Levels = LEVELS) -> Floats:
    """Weighted quantiles along the last axis: ``[3, ...]``, NaN where there is no sample.

    A sample stands at the middle of its own weight (Hazen); between two samples the line is straight, beyond
    the outermost it is flat. ``weights`` are positive or zero and broadcast to ``samples``.
    """
    used = np.where(weights > 0, samples, np.nan)
    # Holes go last. Stable: equal samples of unequal weight keep their order on every machine.
    order = np.argsort(used, axis=-1, kind="stable")
    ordered = np.take_along_axis(used, order, -1)
    heavy = np.take_along_axis(np.broadcast_to(weights, used.shape), order, -1)
    heavy = np.where(np.isnan(ordered), 0.0, heavy)
    total = heavy.cumsum(-1)
    middle = np.where(heavy > 0, total - heavy / 2, total[..., -1:] + 1)  # a hole stands beyond any level
    last = np.maximum((heavy > 0).sum(-1) - 1, 0)
    found = np.empty((len(levels), *used.shape[:-1]))
    for i, level in enumerate(levels):
        goal = level * total[..., -1]
        after = (middle < goal[..., None]).sum(-1)
        low = np.minimum(np.maximum(after - 1, 0), last)
        high = np.minimum(after, last)
        below, above = _pick(ordered, low), _pick(ordered, high)
        at = _pick(middle, low)
        share = np.where(high > low, (goal - at) / np.where(high > low, _pick(middle, high) - at, 1.0), 0.0)
        found[i] = below + share * (above - below)
    return found


def _pick(values: Floats, at: NDArray[np.intp]) -> Floats:
    return np.take_along_axis(values, at[..., None], -1)[..., 0]


def standing(observed: Floats, samples: Floats, weights: Floats) -> Floats:
    """The share of the samples' weight below an observation: 0 to 1, NaN where either is missing.

    Of samples that equal it a part counts that runs evenly through 0 to 1 from one observation to the next
    (the golden ratio's multiples): among many zeros the standings then spread as they should, without chance.
    """
    valid = ~np.isnan(samples)
    total = np.where(valid, weights, 0.0).sum(-1)
    seen = observed[..., None]
    below = np.where(samples < seen, weights, 0.0).sum(-1)
    equal = np.where(samples == seen, weights, 0.0).sum(-1)
    part = (np.arange(1, observed.size + 1) * _GOLDEN % 1.0).reshape(observed.shape)
    share = (below + part * equal) / np.where(total > 0, total, 1.0)
    return np.where((total > 0) & ~np.isnan(observed), share, np.nan)


def pinball(observed: Floats, quantile: Floats, level: float) -> Floats:
    """The quantile loss of Koenker and Bassett (1978), in the unit of what is forecast."""
    short = observed - quantile
    return np.asarray(np.maximum(level * short, (level - 1) * short))


def mean_pinball(observed: Floats, found: Floats, levels: Levels = LEVELS) -> Floats:
    """Mean loss over three quantiles ``found[3, ...]`` of one observation each; NaN where one is missing."""
    return np.asarray(
        np.mean([pinball(observed, q, level) for q, level in zip(found, levels, strict=True)], axis=0)
    )
