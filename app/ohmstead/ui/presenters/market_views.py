"""What the Market page shows, as frozen values: shapes alone. Qt-free. Not here: how any of it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from ohmstead.market.orders import Side
from ohmstead.services.market_states import Alarm
from ohmstead.ui.presenters.market import SlotWant
from ohmstead.ui.presenters.view_models import Figure, TableModel


class MarketFace(Enum):
    """Which face the page has."""

    LOADING = "loading"
    NO_MARKET = "no market"
    EMPTY = "empty"  # no reading yet, so no zone: nothing can be called by its time
    ERROR = "error"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class BandModel:
    """A forecast day: Wh a slot as low, middle, high; ``labels`` are (place, time); ``kind`` a colour token."""

    low: Sequence[int] = field(repr=False)
    mid: Sequence[int] = field(repr=False)
    high: Sequence[int] = field(repr=False)
    labels: Sequence[tuple[int, str]]
    kind: str
    caption: str
    spoken: str
    table: TableModel = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlanModel:
    """What one click posts: an order per slot. ``limit`` (µ/kWh) is that of the surest step, at which the least
    is asked for (a bid: the most is given); ``last_limit`` that of the least sure one, the same where all stand
    at one limit.
    """

    side: Side
    wants: Sequence[SlotWant] = field(repr=False)
    wh: int
    limit: int
    last_limit: int

    @property
    def in_steps(self) -> bool:
        """Whether more is offered at better prices."""
        return self.limit != self.last_limit


@dataclass(frozen=True, slots=True)
class LineModel:
    """A sentence with a sign: ``tone`` is ok, notice, alarm or neutral."""

    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class HeroView:
    """The offer on top. ``low``, ``high`` and ``tenths`` are the stepper's, in tenths of the small unit.

    ``plan`` is None where there is nothing to post, ``simple`` what the forms begin with: one limit. ``cannot``
    is why nothing can be done at all, ``shortage`` the money that is missing for the plan; both empty where the
    button is on. ``posted`` are keys that can be taken back together.
    """

    lead: str
    ask: str
    action: str
    plan: PlanModel | None
    simple: PlanModel | None
    low: int
    high: int
    tenths: int
    notes: Sequence[LineModel]
    cannot: str
    shortage: str
    posted: Sequence[int]
    posted_words: str
    band: BandModel | None
    standing: str
    standing_on: bool

    @property
    def can_act(self) -> bool:
        """Whether this home can trade."""
        return not self.cannot

    @property
    def can_post(self) -> bool:
        """Whether one click can post the plan."""
        return self.plan is not None and not self.cannot and not self.shortage


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Neighbouring orders in one state, as one row. ``slots`` are first and last; ``why`` the slot to explain."""

    keys: Sequence[int]
    first_slot: int
    last_slot: int
    when: str
    energy: str
    limit: str
    price: str
    glyph: str
    tone: str
    state: str
    money: str
    head: str
    detail: str
    can_cancel: bool
    why: Sequence[int]


@dataclass(frozen=True, slots=True)
class TimelineModel:
    """A day by quarter hour. Prices in µ (None: nothing was traded), marks by place: sealed, sold, paid, none.

    ``now_at`` and ``gate_at`` are places; ``said`` is what a place says: its time and its price in words.
    """

    count: int
    prices: Sequence[int | None] = field(repr=False)
    marks: Sequence[tuple[int, str]] = field(repr=False)
    low: int
    high: int
    low_words: str
    high_words: str
    labels: Sequence[tuple[int, str]]
    now_at: float | None
    gate_at: float | None
    gate_words: str
    now_words: str
    steps: Sequence[tuple[int, str]]
    said: Sequence[tuple[str, str]] = field(repr=False)
    spoken: str


@dataclass(frozen=True, slots=True)
class OrdersView:
    """Orders: the day's line, the rows, what to say where there are none, and who can see what.

    ``steps`` are (head, words) of how an order goes, for who has none yet.
    """

    title: str
    timeline: TimelineModel | None
    rows: Sequence[OrderLine]
    heads: Sequence[str]
    empty: str
    seen: str
    steps: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class HistoryModel:
    """Prices of several days, one place a slot (µ, None without trade); ``days`` are (place, name).

    ``said`` is what a place says: its time and its price in words.
    """

    prices: Sequence[int | None] = field(repr=False)
    low: int
    high: int
    low_words: str
    high_words: str
    days: Sequence[tuple[int, str]]
    steps: Sequence[tuple[int, str]]
    said: Sequence[tuple[str, str]] = field(repr=False)
    spoken: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One finished auction."""

    slot: int
    when: str
    price: str
    energy: str
    orders: str
    glyph: str
    tone: str
    checked: str


@dataclass(frozen=True, slots=True)
class PricesView:
    """Prices: figures, the line of them, a row each, and a word on thin markets."""

    figures: Sequence[Figure]
    history: HistoryModel | None
    heads: Sequence[str]
    rows: Sequence[ResultLine]
    empty: str
    thin: str


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot. ``action`` is bid, why or none; ``least`` and ``most`` bound a bid (µ/kWh, all-in)."""

    lot: bytes
    when: str
    energy: str
    reserve: str
    bids: str
    glyph: str
    tone: str
    state: str
    price: str
    detail: str
    action: str
    least: int
    most: int
    bid: int | None


@dataclass(frozen=True, slots=True)
class LotsView:
    """Lots: what they are, the rows, and whether one can be opened (else why not)."""

    intro: str
    heads: Sequence[str]
    rows: Sequence[LotLine]
    empty: str
    cannot: str


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement of money with its reason."""

    when: str
    reason: str
    free: str
    locked: str


@dataclass(frozen=True, slots=True)
class WalletView:
    """The wallet: figures, what the sums rest on, how money comes in and goes out, every movement."""

    figures: Sequence[Figure]
    checked: LineModel | None
    money_in: str
    reference: str
    money_out: str
    payout: str
    payout_nano: int
    free_nano: int
    heads: Sequence[str]
    rows: Sequence[MovementLine]
    empty: str
    cannot: str


@dataclass(frozen=True, slots=True)
class NoticeModel:
    """The page's one banner. ``action``: evidence, ledger or none."""

    tone: str
    head: str
    body: str
    action: str = ""
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class MarketView:
    """The page, whole."""

    face: MarketFace
    side: Side = Side.SELL
    sides: bool = False
    earned: str = ""
    compared: str = ""
    notice: NoticeModel | None = None
    hero: HeroView | None = None
    orders: OrdersView | None = None
    prices: PricesView | None = None
    lots: LotsView | None = None
    wallet: WalletView | None = None
    facts: Sequence[LineModel] = ()


@dataclass(frozen=True, slots=True)
class MeritStepModel:
    """A step of a curve: from ``start`` to ``end`` Wh at ``price`` (µ, net); ``own`` marks this home's."""

    start: int
    end: int
    price: int
    own: bool


@dataclass(frozen=True, slots=True)
class MeritModel:
    """Offers and bids of one slot or lot, the interval and price; tick words on both axes."""

    supply: Sequence[MeritStepModel] = field(repr=False)
    demand: Sequence[MeritStepModel] = field(repr=False)
    quantity: int
    price: int | None
    interval: tuple[int, int] | None
    price_words: str
    own_words: str
    own_limit: str
    y_ticks: Sequence[tuple[int, str]]
    x_ticks: Sequence[tuple[int, str]]
    x_words: str
    spoken: str


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why this price: the drawing, the sentences, the fact of recomputation, the table behind."""

    title: str
    merit: MeritModel | None
    sentences: Sequence[str]
    what_if: Sequence[str]
    check: LineModel
    table: TableModel = field(repr=False)
