"""The Usage page: header, figures, legend, chart or heat map or table, foot.

Thin: it asks for data, hands it to the presenter and shows the view. Loading runs on an executor through a
job that this page owns; the newest request wins. Zooming a chart leaves its span for a stretch of time of its
own; Escape goes back. Not here: any arithmetic or SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ohmstead.core.intervals import Channel
from ohmstead.errors import ExternalError, UserError
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.usage_commands import usage_commands
from ohmstead.ui.pages.usage_content import UsageContent
from ohmstead.ui.pages.usage_export import ExportMenu
from ohmstead.ui.pages.usage_header import SPANS, UsageHeader
from ohmstead.ui.pages.usage_parts import StatePanel
from ohmstead.ui.pages.usage_trouble import UsageTrouble
from ohmstead.ui.pages.usage_view_menu import ViewMenu
from ohmstead.ui.presenters.periods import Against, Span, step
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import UsageData, UsageRequest, UsageSource
from ohmstead.ui.presenters.view_models import PageState, UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import Level, Slots, Window, kept, level_of, moved, whole
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.calendar import Calendar
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.toast import Toast

SETTLE_MS = 60  # after a zoom or a pan, before finer bars are asked for


class UsagePage(Page):
    """Day, week, month, year and all of a home's readings. Main thread.

    ``clock`` gives the product's time in UTC seconds (the demonstration's may run fast).

    Signals:
        shown: a view was drawn (tests and pictures wait for it).
        receipt_wanted: a quarter hour was opened; its slot.
        bars_changed: the chart has other bars; a mark on the former ones is gone.
    """

    receipt_wanted = Signal(int)
    bars_changed = Signal()

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: UsageSource | None = None
        self._job: Job[UsageData] | None = None
        self._span, self._heat = Span.DAY, False
        self._day: int | None = None
        self._against: dict[Span, Against] = {}
        self._net = False
        self._channel: Channel | None = None
        self._window: Window | None = None
        self._left = Span.DAY  # the span that zooming left
        self._data: UsageData | None = None
        self._view: UsageView | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._build()
        self._connect()
        self._show_panel(PageState.LOADING)

    def set_source(self, source: UsageSource | None) -> None:
        """Show another home, or none."""
        self._source, self._day, self._data, self._view = source, None, None, None
        self._channel = None
        if self._span is Span.FREE:
            self.show_span(self._left)
        self._show_panel(PageState.LOADING)
        self.refresh()

    @property
    def view(self) -> UsageView | None:
        """What is shown, None before the first answer."""
        return self._view

    @property
    def export(self) -> ExportMenu:
        """Copying and saving what is shown."""
        return self._export

    def show_span(self, span: Span, day: int | None = None, *, heat: bool = False) -> None:
        """Show a span around a day (None: the day shown now, or the newest)."""
        self._span, self._window = span, None
        self._heat = heat and span is Span.YEAR and self._channel is None
        if day is not None:
            self._day = day
        self._header.show_span(span, self._heat)
        self.refresh()

    @Slot(object)
    def show_window(self, window: Window) -> None:
        """Show a stretch of time (first slot, slot after the last); all of it where it covers everything."""
        limits = self._limits()
        if limits is None:
            return
        window = kept(window, limits)
        if window[1] - window[0] >= (limits[1] - limits[0]) * 0.98:
            self.show_span(Span.ALL)
            return
        if self._span is not Span.FREE:
            self._left = self._span
        self._span, self._heat, self._window = Span.FREE, False, window
        self._header.show_span(Span.FREE, False)
        self._settle.start()

    @Slot()
    def leave_window(self) -> None:
        """From a stretch of time back to the span that it was zoomed from, about the same day."""
        if self._span is Span.FREE:
            self.show_span(self._left, self._data.day if self._data is not None else None)

    @Slot(object)
    def show_quantity(self, channel: Channel | None) -> None:
        """Show gas, water or data, or electricity (None)."""
        self._channel = channel
        if self._heat and channel is not None:
            self._heat = False
            self._header.show_span(self._span, False)
        self.refresh()

    @Slot(bool)
    def show_net(self, net: bool) -> None:
        """Show the balance (import less export), or the flows."""
        self._net = net
        self.refresh()

    @Slot(object)
    def compare(self, against: Against) -> None:
        """Compare this span with something else."""
        self._against[self._span] = against
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Load what is shown again. The page stays as it is until the answer is here."""
        if self._source is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._settle.stop()
        source, window = self._source, self._window
        request = UsageRequest(
            self._span, self._day, self._heat, self._wording.first_weekday, self._clock(),
            self._against.get(self._span), self._net and self._channel is None,
            whole(window) if window is not None else None, self._channel,
        )  # fmt: skip
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(request), self._loaded, self._failed
        )

    @Slot(int)
    def move_by(self, periods: int) -> None:
        """Go on or back by whole periods, as far as there is something to show."""
        data, view = self._data, self._view
        if data is None or view is None or not (view.can_go_back if periods < 0 else view.can_go_on):
            return
        if self._window is not None:
            limits = self._limits()
            if limits is not None:
                self.show_window(moved(self._window, periods, limits))
            return
        self._day = min(step(self._span, data.day, periods), data.today)
        self.refresh()

    def take_focus(self) -> None:
        """Put the keyboard on the chart, without a ring: it was not the keyboard that came here."""
        self._content.focus_part.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_today(self) -> None:
        """Show the newest readings."""
        self._day = None
        if self._span is Span.FREE:
            self.show_span(self._left)
        else:
            self.refresh()

    def _limits(self) -> Slots | None:
        """The first slot and the slot after the last that can be shown; None while nothing can."""
        data = self._data
        if data is None or data.extent is None or data.zone is None:
            return None
        return data.extent.first_slot, max(data.extent.last_slot + 1, data.extent.first_slot + 96)

    def _build(self) -> None:
        look, words = self.look, self._wording
        self._header = UsageHeader(look, words)
        self._content = UsageContent(look, words)
        self._chart, self._heat_map = self._content.chart, self._content.heat_map
        self._export = ExportMenu(look, self, lambda: self._view, words)
        self._menu = ViewMenu(look, self, words)
        self._calendar = Calendar(look, words, self)
        self._panel = StatePanel(look, words)
        self._toast = Toast(look, self)
        close = Button(look, words.tr("Close"), "quiet")
        self._trouble = Banner(look, "alarm", words.tr("The file was not written"), "", close)
        self._trouble_place = holder(column(self._trouble, gap=0, margins=(0, 0, 0, 16)))
        close.clicked.connect(self._trouble_place.hide)
        self._trouble_place.hide()
        self.refusal = UsageTrouble(look, words)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._content)
        self._faces.addWidget(self._panel)
        margin = round(look.theme.tokens.size["page_margin"])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margin, 0, margin, 22)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addSpacing(8)
        whole.addWidget(self.refusal)
        whole.addWidget(self._trouble_place)
        whole.addWidget(self._faces, 1)

    def _connect(self) -> None:
        self._header.moved.connect(self.move_by)
        self._header.today.connect(self.go_today)
        self._header.span_chosen.connect(self._choose_span)
        self._header.heat_chosen.connect(self._choose_heat)
        self._header.table_toggled.connect(self._show_canvas)
        self._header.export_asked.connect(self._open_export)
        self._header.view_asked.connect(self._open_view_menu)
        self._header.calendar_asked.connect(self.pick_day)
        self._calendar.picked.connect(self._pick)
        self._menu.quantity_chosen.connect(self.show_quantity)
        self._menu.net_chosen.connect(self.show_net)
        self._menu.against_chosen.connect(self.compare)
        self._menu.heat_chosen.connect(self._choose_heat)
        self._content.bars_changed.connect(self.bars_changed)
        self._chart.opened.connect(self._open_bar)
        self._chart.zoomed.connect(self.show_window)
        self._heat_map.opened.connect(self._open_day)
        self._panel.retried.connect(self.refresh)
        self._export.copied.connect(self._copied)
        self._export.saved.connect(self._saved)
        self._export.failed.connect(self._not_saved)

    @Slot()
    def toggle_table(self) -> None:
        """Switch between chart and table."""
        self._header.toggle_table()

    @Slot(int)
    def mark_slot(self, slot: int) -> bool:
        """Mark the quarter hour whose receipt is open; whether it is among the bars shown."""
        index = self._chart.index_of(slot) if self._level() is Level.QUARTERS else -1
        self._chart.mark(index)
        return index >= 0

    @Slot()
    def unmark(self) -> None:
        """No receipt is open any more."""
        self._chart.mark(-1)

    @property
    def zoomed(self) -> bool:
        """Whether a stretch of time is shown that zooming chose."""
        return self._span is Span.FREE

    def zoom_by(self, factor: float) -> None:
        """Make the stretch that is shown ``factor`` times as wide, about its middle."""
        self._chart.zoom_by(factor)

    def choose_span(self, span: Span) -> None:
        """Show a span about the day that is shown now."""
        self.show_span(span, self._data.day if self._data is not None else None)

    def commands(self) -> Sequence[Command]:
        """See Page."""
        return usage_commands(self, self._wording)

    @Slot(int)
    def _choose_span(self, index: int) -> None:
        self.choose_span(SPANS[index])

    @Slot(bool)
    def _choose_heat(self, heat: bool) -> None:
        self.show_span(Span.YEAR, heat=heat)

    @Slot()
    def _copied(self) -> None:
        self._toast.say(self._wording.tr("Values copied"))

    @Slot(str)
    def _saved(self, path: str) -> None:
        self._trouble_place.hide()
        self._toast.say(self._wording.tr("Saved as {name}", name=Path(path).name))

    @Slot(str)
    def _not_saved(self, why: str) -> None:
        self._trouble.say(self._wording.tr("The file was not written"), why)
        self._trouble_place.show()

    @Slot()
    def _open_export(self) -> None:
        self._export.open_below(self._header.export_button)

    @Slot()
    def _open_view_menu(self) -> None:
        if self._view is not None:
            self._menu.open_below(self._header.view_button, self._view, self._span, self._net, self._channel)

    @Slot()
    def pick_day(self) -> None:
        """Open the calendar under the title."""
        data = self._data
        if data is None or data.extent is None or data.zone is None:
            return
        known = data.zone.day_of(data.extent.first_slot), data.zone.day_of(data.extent.last_slot)
        self._calendar.open_below(self._header.title, known, data.day, data.today)

    @Slot(int)
    def _pick(self, day: int) -> None:
        wide = self._span in (Span.ALL, Span.FREE)
        self.show_span(Span.DAY if wide else self._span, day, heat=self._heat)

    @Slot(int)
    def _open_bar(self, index: int) -> None:
        """A click goes one span deeper: a year into its month, a month into its day, a day into a receipt."""
        data, chart = self._data, self._view.chart if self._view is not None else None
        if data is None or data.zone is None or chart is None or chart.starts is None:
            return
        slot = int(chart.starts[index])
        level = self._level()
        if level is Level.QUARTERS:
            self.receipt_wanted.emit(slot)
        elif level in (Level.HOURS, Level.DAYS):
            self.show_span(Span.DAY, data.zone.day_of(slot))
        else:
            self.show_span(Span.MONTH, data.zone.day_of(slot))

    def _level(self) -> Level:
        """What a bar of the chart stands for."""
        if self._window is not None:
            return level_of(self._window)
        levels = {Span.DAY: Level.QUARTERS, Span.WEEK: Level.HOURS, Span.MONTH: Level.DAYS}
        return levels.get(self._span, Level.MONTHS)

    @Slot(int)
    def _open_day(self, day: int) -> None:
        self.show_span(Span.DAY, day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._span is Span.FREE and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_0):
            self.leave_window()
        else:
            super().keyPressEvent(event)

    def _loaded(self, data: UsageData) -> None:
        self._data = data
        view = self._view = present(data, self._wording)
        self._header.show_view(view, data.period is not None)
        if view.state is PageState.EMPTY:
            self._show_panel(PageState.EMPTY)
            self.shown.emit()
            return
        self._content.show_view(
            view, self._open_words(), self._window, self._limits(), table=self._header.table_on
        )
        self._faces.setCurrentWidget(self._content)
        self.shown.emit()

    def _open_words(self) -> str:
        level = self._level()
        if level is Level.QUARTERS:
            return self._wording.tr("Click for its receipt")
        if level is Level.MONTHS:
            return self._wording.tr("Click to open the month")
        return self._wording.tr("Click to open the day")

    @Slot()
    def _show_canvas(self) -> None:
        if self._view is not None:
            self._content.show_as(self._view, table=self._header.table_on)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError):
            raise error  # a bug: the application's reporter takes it
        self._view = None
        self._show_panel(PageState.ERROR, str(error))
        self.shown.emit()

    def _show_panel(self, state: PageState, detail: str = "") -> None:
        self._panel.show_state(state, detail)
        if state is not PageState.EMPTY:
            self._header.show_nothing(self._wording.tr("Usage"))
        self._faces.setCurrentWidget(self._panel)
