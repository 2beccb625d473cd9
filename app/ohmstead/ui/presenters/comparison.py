"""An earlier period's bars laid beside those that are shown. Qt-free.

Aligned by calendar: a quarter hour with the same clock time, a weekday with the same weekday, the fifth of a
month with the fifth. What was not read whole then, or has no partner (a 29 February, an hour that the clock
skipped), is not compared. Not here: loading (``usage_data``), sentences (``usage_words``).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.view_models import Flags, Floats


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier period laid beside the one shown: Wh for each bar shown, NaN where there is no partner."""

    grid: Floats = field(repr=False)
    sun: Floats = field(repr=False)
    sold: Floats = field(repr=False)

    @property
    def known(self) -> Flags:
        """Which bars have a partner, as 0 and 1."""
        return np.isfinite(self.grid).astype(np.uint8)


def complete(bars: Bars) -> Flags:
    """Which bars were read whole, as 0 and 1."""
    whole: Flags = ((bars.records == bars.slots) & (bars.slots > 0) & (bars.missing == 0)).astype(np.uint8)
    return whole


def aligned(keys: Sequence[Hashable], then: Bars, then_keys: Sequence[Hashable]) -> Compared:
    """The earlier bars in the order of the bars shown, matched by their keys."""
    whole = complete(then)
    at = {key: i for i, key in enumerate(then_keys) if whole[i]}
    places = np.array([at.get(key, -1) for key in keys], dtype=np.int64)

    def laid(values: Floats) -> Floats:
        padded = np.append(values, np.nan)  # -1 takes the last: nothing
        found: Floats = padded[places]
        return found

    return Compared(laid(then.grid), laid(then.sun), laid(then.sold))
