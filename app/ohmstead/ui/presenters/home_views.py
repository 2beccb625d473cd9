"""What Home shows, as frozen values: shapes alone. Qt-free. Not here: how any of it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ohmstead.ui.presenters.facts import FactLine
from ohmstead.ui.presenters.view_models import (
    ChartModel,
    Figure,
    Flags,
    Floats,
    LegendEntry,
    PageState,
    Progress,
)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the person pays and is paid, in µ of a currency (ISO 4217) per kWh; None where not given."""

    price_micro_per_kwh: int | None = None
    feed_in_micro_per_kwh: int | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class FlowModel:
    """Power now in kW: sun, house, grid (positive comes from the grid). None: the meter cannot know it."""

    grid_kw: float
    sun_kw: float | None
    house_kw: float | None
    sun_words: str
    house_words: str
    grid_words: str
    sun_value: str
    grid_value: str
    spoken: str


@dataclass(frozen=True, slots=True)
class BannerModel:
    """The one sentence about a state. ``tone``: notice, alarm, neutral; ``action``: search, ledger or none."""

    tone: str
    head: str
    body: str
    action: str = ""
    action_words: str = ""


@dataclass(frozen=True, slots=True)
class NowView:
    """The live figure and what stands beside it. ``stale`` is drawn grey; ``reading_late`` in notice."""

    label: str
    value: str
    unit: str
    direction: str
    stale: bool
    reading: str
    reading_late: bool
    flow: FlowModel | None
    banner: BannerModel | None
    facts: Sequence[FactLine]


@dataclass(frozen=True, slots=True)
class Pending:
    """Bars first..last (excluded) that the meter has and this computer has not: ``away`` without a link."""

    first: int
    last: int
    away: bool


@dataclass(frozen=True, slots=True)
class SparkModel:
    """The 24 hours to the newest reading: kWh per quarter hour, marks, and words for both ends."""

    grid: Floats = field(repr=False)
    sun: Floats = field(repr=False)
    sold: Floats = field(repr=False)
    flags: Flags = field(repr=False)
    start: str
    end: str
    spoken: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """What came since the last visit: a head and sentences."""

    head: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of the week's picture, kWh; ``day`` for opening it, ``state`` is full, partial or ahead."""

    day: int
    letter: str
    grid: float
    sun: float
    sold: float
    state: str
    spoken: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """The day before: its figure and what it was made of."""

    figure: Figure
    parts: str
    day: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """The page but for what is live."""

    state: PageState
    title: str
    figures: Sequence[Figure] = ()
    chart: ChartModel | None = None
    legend: Sequence[LegendEntry] = ()
    unit_words: str = ""
    now_at: float | None = None
    pending: Pending | None = None
    foot: str = ""
    spark: SparkModel | None = None
    visit: VisitView | None = None
    yesterday: DayLine | None = None
    week_head: str = ""
    week_words: str = ""
    week: Sequence[DayBar] = ()
    progress: Progress | None = None
    day: int = 0
