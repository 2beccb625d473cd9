"""What presenters hand to widgets: frozen values in words and numbers, ready to draw.

Qt-free. Not here: how any of it is worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, IntFlag

import numpy as np
from numpy.typing import NDArray

from ohmstead.ui.presenters.periods import Against
from ohmstead.ui.presenters.quantities import ELECTRICITY, Quantity

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]
Ints = NDArray[np.int64]


class Mark(IntFlag):
    """What a bar is besides its height. A bar may carry several."""

    GAP = 1  # no reading: hatched ground
    COMING = 2  # its page is proven but not here yet: a stub
    SEALED = 4  # its page is here, its key is not: hatched, with its own word
    DOUBT = 8  # the meter's clock was in doubt
    REPLACED = 16  # another meter counts from here on
    ESTIMATED = 32  # all or part of it is an estimate
    AHEAD = 64  # not over yet, or before the first page: nothing is drawn


class PageState(Enum):
    """Which of its faces a page shows."""

    EMPTY = "empty"
    LOADING = "loading"
    PARTIAL = "partial"
    ERROR = "error"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure. ``swatch`` is a colour token, ``arrow`` an icon, both may be empty."""

    label: str
    value: str
    unit: str
    note: str = ""
    swatch: str = ""
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A key of the chart. ``kind``: a colour token, or gap, sealed, estimated, clock, usual, coming."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartModel:
    """Bars of energy in kWh: sun at the line, grid on top, sold below; or another quantity, as grid.

    All arrays have one entry per bar. ``estimated`` is the estimated part of the bar's height. ``ticks`` and
    ``marks`` are (position, label) on the time and energy axes; ``heads`` says each bar's time in words.
    ``starts`` are the first slot of each bar and, at the end, the slot after the last. ``usual`` is what the bars
    are compared with in kWh, NaN where there is no partner; ``usual_words`` is its name, ``usual_ticks`` draws it
    as a tick over each bar instead of a line. ``net``: grid is what came in on balance, sold what went out.
    """

    grid: Floats = field(repr=False)
    sun: Floats = field(repr=False)
    sold: Floats = field(repr=False)
    estimated: Floats = field(repr=False)
    flags: Flags = field(repr=False)
    heads: Sequence[str] = field(repr=False)
    ticks: Sequence[tuple[float, str]] = field(repr=False)
    marks: Sequence[tuple[float, str]] = field(repr=False)
    top: float
    bottom: float
    unit: str
    decimals: int
    fill: float
    has_sun: bool
    usual: Floats | None = field(default=None, repr=False)
    usual_words: str = ""
    usual_ticks: bool = False
    starts: Ints | None = field(default=None, repr=False)
    net: bool = False
    quantity: Quantity = ELECTRICITY

    def __len__(self) -> int:
        return len(self.grid)


@dataclass(frozen=True, slots=True)
class HeatModel:
    """A year as days × quarter hours of the meter's clock.

    ``grid``, ``sun`` and ``sold`` are (days, slots) in kWh, NaN where the clock has no such quarter or it is
    not over; ``flags`` has the same shape. ``first_day`` is the day of the first column.
    """

    grid: Floats = field(repr=False)
    sun: Floats = field(repr=False)
    sold: Floats = field(repr=False)
    flags: Flags = field(repr=False)
    first_day: int
    months: Sequence[tuple[int, str]]
    days: Sequence[str] = field(repr=False)
    peak: float
    has_sun: bool


@dataclass(frozen=True, slots=True)
class TableModel:
    """The table behind a chart: heads, and one row of words per bar, in the chart's order."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadoutLine:
    """One line of the readout: swatch token or empty, name, value with unit."""

    swatch: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Progress:
    """History on its way: a share from 0 to 1 and the sentence beside it."""

    share: float
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class UsageView:
    """The Usage page, whole.

    ``comparisons`` are what this view can be compared with; ``short_title`` says the title in less room;
    ``quantities`` are what can be shown, where that is more than electricity.
    """

    state: PageState
    title: str
    figures: Sequence[Figure]
    legend: Sequence[LegendEntry]
    chart: ChartModel | None
    heat: HeatModel | None
    unit_words: str
    foot: str
    foot_right: str
    can_go_back: bool
    can_go_on: bool
    progress: Progress | None = None
    comparisons: Sequence[tuple[Against, str]] = ()
    against: Against | None = None
    short_title: str = ""
    quantities: Sequence[Quantity] = ()


@dataclass(frozen=True, slots=True)
class MeterFoot:
    """The meter's state at the foot of the sidebar. ``tone`` is ok, notice, alarm or none."""

    tone: str
    head: str
    words: str
    share: float | None = None
