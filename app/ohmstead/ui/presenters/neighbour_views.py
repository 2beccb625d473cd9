"""What the Neighbours page is handed: frozen values in words and numbers, ready to draw. Qt-free.

Not here: how any of it is worked out (``neighbour_self``, ``neighbour_group``, ``neighbour_why``, …).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from ohmstead.ui.presenters.market_views import LineModel, NoticeModel
from ohmstead.ui.presenters.view_models import TableModel

NO_TABLE = TableModel((), ())


class NeighbourFace(Enum):
    """What the page shows as a whole."""

    LOADING = "loading"
    EMPTY = "empty"  # no reading yet
    ERROR = "error"
    NONE = "none"  # no neighbours on this ledger
    FULL = "full"


class Part(Enum):
    """Where a household stands with its neighbours."""

    UNDECIDED = "undecided"  # nothing said of the home yet
    NO_GROUP = "no group"  # no group fits
    PROPOSED = "proposed"  # a group fits; not asked yet, or left
    JOINING = "joining"  # asked for; not on the ledger, or not begun
    PAUSED = "paused"
    IN = "in"


@dataclass(frozen=True, slots=True)
class ColumnsModel:
    """Columns from zero, each with a tick over it where it has a partner; a place can be pointed at.

    ``values`` and ``ticks`` are in the unit of ``steps`` (height, words); None where there is none. ``own`` are
    the columns drawn as the home's newest, and the first ``before`` are older than any reading. ``labels`` stand
    below, ``said`` are head and words of each place.
    """

    values: Sequence[float | None] = field(repr=False)
    ticks: Sequence[float | None] = field(repr=False)
    own: frozenset[int]
    labels: Sequence[str] = field(repr=False)
    said: Sequence[tuple[str, str]] = field(repr=False)
    top: float
    steps: Sequence[tuple[float, str]]
    spoken: str
    table: TableModel = NO_TABLE
    unit: str = ""
    tick_words: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class SelfView:
    """The home against itself: the sentence, what it rests on, the months."""

    lead: str
    body: str
    months: ColumnsModel | None


@dataclass(frozen=True, slots=True)
class BarModel:
    """One of the bars under each other: name, small words, value in words, share of the longest (0 to 1)."""

    name: str
    note: str
    value: str
    share: float
    ink: str  # me or others_strong


@dataclass(frozen=True, slots=True)
class SpreadModel:
    """The histogram: how many in each bin, ``numbers`` in words; ``own`` is the place on the axis in bins."""

    counts: Sequence[int]
    numbers: Sequence[str]
    own: float | None
    own_words: str
    labels: Sequence[tuple[float, str]]
    said: Sequence[tuple[str, str]] = field(repr=False)
    spoken: str
    table: TableModel = NO_TABLE
    caption: str = ""


@dataclass(frozen=True, slots=True)
class InviteView:
    """In place of figures: what there is to say, and what can be done.

    Actions: describe, join, resume or none. ``whole``: the lead says by itself that it is about neighbours.
    """

    lead: str
    body: Sequence[str]
    action: str = ""
    action_words: str = ""
    second: str = ""
    second_words: str = ""
    why_not: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """The home among its group. ``span`` is the choice of days; ``lines`` say how sure."""

    over: str
    lead: str
    aside: str
    span: int
    bars: Sequence[BarModel]
    spread: SpreadModel | None
    lines: Sequence[LineModel]


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that sets the home apart: head, figures in words, a caveat, bars beside it."""

    head: str
    words: str
    caveat: str
    bars: Sequence[BarModel]


@dataclass(frozen=True, slots=True)
class WhyView:
    """What sets the home apart, strongest first."""

    intro: str
    drivers: Sequence[Driver]
    empty: str
    caveats: Sequence[LineModel]


@dataclass(frozen=True, slots=True)
class ShapeModel:
    """Workday and weekend, 24 values each, shares in per cent; ``group`` empty where there is none."""

    own: Sequence[float] = field(repr=False)
    group: Sequence[float] = field(repr=False)
    top: float
    steps: Sequence[tuple[float, str]]
    halves: tuple[str, str]
    said: Sequence[tuple[str, str]] = field(repr=False)
    spoken: str
    table: TableModel = NO_TABLE
    own_words: str = ""
    group_words: str = ""


@dataclass(frozen=True, slots=True)
class ShapeView:
    """The shape of the day, or why there is none."""

    head: str
    words: str
    shape: ShapeModel | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line of the days: what the home used, what the group, how many, and where the round stands."""

    day: int
    cells: Sequence[str]
    glyph: str
    tone: str


@dataclass(frozen=True, slots=True)
class TimeView:
    """Months and days of the comparison."""

    words: str
    months: ColumnsModel | None
    rows: Sequence[DayRow]
    empty: str


@dataclass(frozen=True, slots=True)
class AuditAsk:
    """A round of ``n`` statements that can be checked one by one; ``day`` None is the load shape of ``epoch``."""

    cohort: str
    epoch: int
    day: int | None
    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Auditing:
    """A check that is running, and how many statements hold so far."""

    ask: AuditAsk
    done: int = 0


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """The privacy account. ``can_pause`` and the like are what the household may do now.

    ``audits`` can be begun: none while one is running, of which ``auditing`` then says how far it is.
    """

    steps: Sequence[tuple[str, str]]
    sent: Sequence[DayRow]
    none_sent: str
    guardians: Sequence[LineModel]
    limits: Sequence[LineModel]
    can_pause: bool
    can_resume: bool
    can_leave: bool
    audits: Sequence[AuditAsk]
    auditing: str


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """The page, whole."""

    face: NeighbourFace
    part: Part = Part.UNDECIDED
    notice: NoticeModel | None = None
    own: SelfView | None = None
    invite: InviteView | None = None
    group: GroupView | None = None
    group_words: str = ""
    can_act: bool = False
    why: WhyView | None = None
    shape: ShapeView | None = None
    time: TimeView | None = None
    privacy: PrivacyView | None = None
    facts: Sequence[LineModel] = ()
