"""Colours of the heat map: two ramps, even in lightness, so that they survive grey and colour-blind eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from ohmstead.ui.presenters.view_models import Floats
from ohmstead.ui.theme.theme import Theme

GAMMA = 0.75  # small amounts are many: give them more of the ramp
OUT_SHARE = 0.42  # the sold ramp ends at this share of the grid ramp's end


def heat_colours(theme: Theme) -> dict[str, Floats]:
    """Stops of each ramp in the mode shown, as (stops, 3) from 0 to 255."""
    return {
        name: np.array([[int(stop[i : i + 2], 16) for i in (1, 3, 5)] for stop in stops], float)
        for name, stops in theme.tokens.heat[theme.mode].items()
    }


def ramp(stops: Floats, share: Floats) -> Floats:
    """Shares 0..1 of a ramp as RGB, by linear steps between the stops. Adds a last axis of 3."""
    x = np.clip(np.nan_to_num(share), 0, 1) ** GAMMA * (len(stops) - 1)
    low = np.minimum(x.astype(int), len(stops) - 2)
    part = (x - low)[..., None]
    colours: Floats = stops[low] * (1 - part) + stops[low + 1] * part
    return colours


def ramp_colours(stops: Floats, count: int) -> list[QColor]:
    """A ramp from end to end in ``count`` colours, for its legend."""
    colours: NDArray[np.int64] = ramp(stops, np.linspace(0, 1, count)).astype(int)
    return [QColor(*rgb) for rgb in colours.tolist()]
