"""Home: power now, today against a usual day, what came since the last visit, and the four facts.

Thin: readings are loaded by a job and worked out by ``presenters.home``; the live part comes with every posted
``HomeState`` and is worked out by ``presenters.home_now``. A meter may send as fast as it likes: the page is
repainted at most twice a second. Not here: any arithmetic or SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import ExternalError, UserError
from ohmstead.services.states import HomeState
from ohmstead.services.witness import WitnessSeen
from ohmstead.ui.charts.day_chart import DayChart
from ohmstead.ui.charts.legend import Legend
from ohmstead.ui.charts.sparkline import Sparkline
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.home_commands import home_page_commands
from ohmstead.ui.pages.home_line import HomeLines
from ohmstead.ui.pages.home_market import MarketLine
from ohmstead.ui.pages.home_neighbours import NeighbourLine
from ohmstead.ui.pages.home_parts import BesideLive, LiveFigure, SideColumn
from ohmstead.ui.pages.home_scroll import Fitted, PageScroll
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.usage_parts import Figures, ProgressStrip, StatePanel
from ohmstead.ui.presenters.facts_trouble import Trouble
from ohmstead.ui.presenters.home import present_home
from ohmstead.ui.presenters.home_data import HomeData, HomeRequest, HomeSource
from ohmstead.ui.presenters.home_now import Live, mean_watts, present_now
from ohmstead.ui.presenters.home_trouble import standing_trouble
from ohmstead.ui.presenters.home_views import BannerModel, HomeView, NowView, Prices
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.facts import FactsRow
from ohmstead.ui.widgets.flow import Flow
from ohmstead.ui.widgets.parts import Banner, Tone
from ohmstead.ui.widgets.text import Rule, Text

REPAINT_MS = 500  # a meter cannot make the page flicker, however fast it sends
TICK_MS = 1_000
BESIDE_FROM = 968  # page width from which the column stands beside the chart (a window of 1180)
CHART_FROM = 700  # page height from which there is room for the chart
_TONES: dict[str, Tone] = {"alarm": "alarm", "notice": "notice"}


class HomePage(Page):
    """Today at a glance. Main thread. ``clock`` is the product's time in UTC seconds.

    Signals:
        page_wanted: another page of the product, by name: ``ledger``, ``usage``.
        day_wanted: a day in Usage, in days since 1970 of the meter's calendar.
        help_wanted: *How is this checked?*
        search_wanted: look for the meter now rather than later.
        trouble_changed: what is refused now is another thing (a ``Trouble``), or nothing any more (None).
    """

    page_wanted = Signal(str)
    day_wanted = Signal(int)
    help_wanted = Signal()
    search_wanted = Signal()
    trouble_changed = Signal(object)

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: HomeSource | None = None
        self._job: Job[HomeData] | None = None
        self._data: HomeData | None = None
        self._view: HomeView | None = None
        self._now: NowView | None = None
        self._now_away = False
        self._live = Live()
        self._told: Trouble | None = None
        self._prices = Prices()
        self._seen = (0, 0)
        self.setAccessibleName(wording.tr("Home"))
        self._build()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.age)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REPAINT_MS)
        self._soon.timeout.connect(self._show_live)
        self._show_panel(PageState.LOADING)
        self._show_live()

    # ---- what others call ---------------------------------------------------------------------

    def set_source(self, source: HomeSource | None) -> None:
        """Show another home, or none. What was heard of the former one is forgotten."""
        self._source, self._data, self._view = source, None, None
        self._live = Live()
        self._show_panel(PageState.LOADING)
        self._show_live()
        self.refresh()

    def show_state(self, state: HomeState) -> None:
        """Take a posted state of the home: any number a second, shown at most twice."""
        self._live = self._live.after(state, self._clock())
        if not self._soon.isActive():
            self._show_live()
            self._soon.start()

    def show_witness(self, seen: WitnessSeen | None) -> None:
        """Take an answer of the outside witness; None when there is none any more."""
        self._live = self._live.witnessed(seen)
        self._show_live()

    def set_prices(
        self, price_micro_per_kwh: int | None, feed_in_micro_per_kwh: int | None, currency: str
    ) -> None:
        """What a kWh costs and brings, in µ of a currency; None for what the person did not give."""
        self._prices = Prices(price_micro_per_kwh, feed_in_micro_per_kwh, currency)
        self._show_data()

    def set_last_visit(self, seen_s: int, seen_slot: int) -> None:
        """When this home was last looked at, and to which slot its readings then went; 0 for never."""
        self._seen = (seen_s, seen_slot)
        self.refresh()

    @property
    def view(self) -> HomeView | None:
        """What is shown of the day, None before the first answer."""
        return self._view

    @property
    def now(self) -> NowView | None:
        """What is shown of this moment."""
        return self._now

    @property
    def newest_slot(self) -> int | None:
        """The newest slot shown, for remembering this visit; None while there is none."""
        return self._data.extent.last_slot if self._data is not None and self._data.extent else None

    @Slot()
    def refresh(self) -> None:
        """Load again. The page stays as it is until the answer is here; the newest request wins."""
        if self._source is None:
            return
        if self._job is not None:
            self._job.cancel()
        source, seen_slot = self._source, self._seen[1]
        request = HomeRequest(self._clock(), self._wording.first_weekday, seen_slot)
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(request), self._loaded, self._failed
        )

    @Slot()
    def age(self) -> None:
        """Say ages, the line of now and what is pending as of now; a new quarter hour is looked for."""
        before = self._view
        self._show_live()
        if before is not None and self._data is not None and before.now_at is not None:
            self._move_now(before)

    def take_focus(self) -> None:
        """The keyboard on the chart, without a ring."""
        part: QWidget = self._chart if self._chart.isVisible() else self
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        return home_page_commands(self, self._wording, self._open_today, lambda: self._live.away)

    # ---- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        look, words = self.look, self._wording
        tr = words.tr
        self._title = Text(look, "", "title")
        self._reading = Text(look, "", "small", "text_2")
        self._figure = LiveFigure(look)
        self._flow = Flow(look)
        self._search = Button(look, tr("Look for it now"), small=True)
        self._ledger = Button(look, tr("Show the Ledger"), small=True)
        self._banner = Banner(look, "notice", "", "")
        self._beside_live = BesideLive(self._flow, self._banner)
        self._progress = ProgressStrip(look)
        self.market = MarketLine(look, words, self._clock, self.isVisible)
        self.neighbours = NeighbourLine(look, words, self._clock, self.isVisible)
        self._figures = Figures(look)
        self._legend, self._chart = Legend(look), DayChart(look, words)
        self._spark_head = Text(look, tr("The last 24 hours"), "small", "text_2")
        self._spark = Sparkline(look)
        self._foot = Text(look, "", "small", "text_2", wrap=True)
        self._side = SideColumn(look, words)
        self._left = holder(
            column(self._legend, self._spark_head, 4, (self._chart, 1), self._spark, 4, self._foot, gap=0)
        )
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._left, 1)
        self._middle.addWidget(self._side)
        self._facts = FactsRow(look, tr("What is known about these readings"))
        self._how = Button(look, tr("How is this checked?"), "link", small=True)
        # Where it is narrow the facts need the room: then a sign leads there.
        self._how_sign = Button(look, "", "quiet", "info", small=True, name=tr("How is this checked?"))
        lines = HomeLines(self.market, self.neighbours)
        self._content = Fitted(
            column(self._progress, lines, 10, self._figures, 16, (self._middle, 1), gap=0,
                   margins=(0, 12, 0, 4))
        )  # fmt: skip
        self._panel = StatePanel(look, words)
        self._faces = QStackedWidget()
        self._scroll = PageScroll(look, self._content)
        for face in (self._scroll, self._panel):
            self._faces.addWidget(face)
        margin = round(look.theme.tokens.size["page_margin"])
        head = holder(row(self._title, None, self._reading, gap=12, margins=(0, 12, 0, 0)))
        head.setFixedHeight(round(look.theme.tokens.size["header"]))
        live = row(column(self._figure, None, gap=0), (self._beside_live, 1), gap=40)
        facts = row((self._facts, 1), column(self._how, self._how_sign, None, gap=0), gap=16)
        self._panel.setContentsMargins(0, 0, margin, 0)
        # What does not scroll has the page's right margin; what scrolls makes its own, for the bar.
        inset = (0, 0, margin, 0)
        top = column(head, 8, live, 18, Rule(look), gap=0, margins=inset)
        low = column(Rule(look), 13, facts, gap=0, margins=inset)
        self.setLayout(column(top, (self._faces, 1), low, gap=0, margins=(margin, 0, 0, 16)))

    def _connect(self) -> None:
        self._search.clicked.connect(self.search_wanted)
        self._ledger.clicked.connect(self._open_ledger)
        self._how.clicked.connect(self.help_wanted)
        self._how_sign.clicked.connect(self.help_wanted)
        self._panel.retried.connect(self.refresh)
        self._chart.opened.connect(self._open_bar)
        self._side.day_wanted.connect(self.day_wanted)

    def _age_lines(self) -> None:
        """Say what the lines about other pages say as of now."""
        self.market.age()
        self.neighbours.age()

    @Slot()
    def _open_ledger(self) -> None:
        self.page_wanted.emit("ledger")

    @Slot(int)
    def _open_bar(self, _index: int) -> None:
        self._open_today()

    def _open_today(self) -> None:
        if self._view is not None:
            self.day_wanted.emit(self._view.day)

    # ---- readings -----------------------------------------------------------------------------

    def _loaded(self, data: HomeData) -> None:
        self._data = data
        last_slot = data.extent.last_slot if data.extent is not None else None
        self._live = replace(self._live, last_slot=last_slot, last_w=_mean_of(data))
        self._show_live()
        self._show_data()
        self.shown.emit()

    def _show_data(self) -> None:
        """Work out and draw the day again from what is loaded."""
        data = self._data
        if data is None:
            return
        now_s = self._clock()
        view = self._view = present_home(
            data, self._wording, now_s=now_s, away=self._live.away, prices=self._prices, seen_s=self._seen[0]
        )
        self._title.say(view.title)
        if view.state is PageState.EMPTY or view.chart is None:
            self._show_panel(PageState.EMPTY)
            return
        self._progress.show_progress(view.progress)
        self._figures.show_figures(view.figures)
        self._legend.show_entries(view.legend, view.unit_words)
        self._age_lines()
        self._chart.show_day(view.chart, self._wording.tr("Click to open the day"), view.now_at, view.pending)
        self._spark.show_spark(view.spark)
        self._foot.say(view.foot)
        self._lay()
        self._faces.setCurrentWidget(self._scroll)

    def _move_now(self, before: HomeView) -> None:
        """The line of now moves every second; the bars are drawn again only when a quarter hour is over."""
        assert self._data is not None
        slots = self._data.zone.slots_of(before.day) if self._data.zone is not None else None
        if slots is None or self._faces.currentWidget() is not self._scroll:
            return
        at = self._clock() / SLOT_SECONDS - slots[0]
        if before.now_at is not None and int(at) != int(before.now_at):
            self._show_data()
            self.refresh()
        else:
            self._chart.show_now(at)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError | VerificationError):
            raise error  # a bug: the application's reporter takes it
        self._view = None
        self._show_panel(PageState.ERROR, str(error))
        self.shown.emit()

    def _show_panel(self, state: PageState, detail: str = "") -> None:
        self._panel.show_state(state, detail)
        if state is not PageState.EMPTY:
            self._title.say(self._wording.tr("Home"))
        self._faces.setCurrentWidget(self._panel)

    # ---- live ---------------------------------------------------------------------------------

    @Slot()
    def _show_live(self) -> None:
        """Draw the newest live values and ages."""
        away = self._now is not None and self._now_away
        trouble = self._trouble()
        if trouble != self._told:
            self._told = trouble
            self.trouble_changed.emit(trouble)
        now = self._now = present_now(self._live, trouble, self._clock(), self._wording)
        self._now_away = self._live.away
        self._figure.show_now(now)
        self._reading.setVisible(bool(now.reading))
        self._reading.say(now.reading)
        self._reading.tone("notice" if now.reading_late else "text_2")
        self._facts.show_facts(now.facts)
        self._flow.show_flow(now.flow)
        self._show_banner(now.banner)
        if self._view is not None and away != self._now_away:
            self._show_data()  # what is pending is in the meter now, or on its way

    def _trouble(self) -> Trouble | None:
        return standing_trouble(self._live, self._data, self._wording)

    def _show_banner(self, banner: BannerModel | None) -> None:
        if banner is None:
            self._beside_live.show_banner(False)
            return
        self._banner.say(banner.head, banner.body, _TONES.get(banner.tone, "neutral"))
        actions = {"search": self._search, "ledger": self._ledger}
        wanted = actions.get(banner.action)
        self._banner.offer(*((wanted,) if wanted is not None else ()))
        self._beside_live.show_banner(True)

    # ---- place --------------------------------------------------------------------------------

    def _lay(self) -> None:
        """Put the parts where there is room for them."""
        beside = self.width() >= BESIDE_FROM
        roomy = self.height() >= CHART_FROM
        way = QBoxLayout.Direction
        self._middle.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._middle.setSpacing(44 if beside else 22)
        self._side.lay(beside=beside)
        self._how.setVisible(beside)
        self._how_sign.setVisible(not beside)
        self._legend.setVisible(roomy)
        self._chart.setVisible(roomy)
        self._spark_head.setVisible(not roomy)
        self._spark.setVisible(not roomy)
        view = self._view
        self._foot.setVisible(view is not None and bool(view.foot))
        if view is not None:
            self._side.show_view(view, beside=beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._tick.start()
        self._age_lines()
        self.age()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)


def _mean_of(data: HomeData) -> int | None:
    """Mean watts of the newest quarter hour with a reading."""
    last = data.last
    if last is None or not len(last) or last.status[-1] == 2:
        return None
    return mean_watts(int(last.import_wh[-1]), int(last.export_wh[-1]))
