"""The head of Usage: period and its neighbours on the left, what to show of it on the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import row
from ohmstead.ui.widgets.button import Button, Pressable, Segmented

SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL)


class TitleButton(Pressable):
    """The period as a title that opens the calendar; in its short form where there is little room."""

    def __init__(self, look: Look, hint: str) -> None:
        super().__init__(look, "")
        self._hint, self._short = hint, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, title: str, short: str = "") -> None:
        """Show another period."""
        self.setText(title)
        self._short = short if short and self._wide(short) < self._wide(title) else title
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._hint)
        self.setToolTip(self._hint if self.isEnabled() else "")
        self.updateGeometry()
        self.update()

    def _wide(self, words: str) -> int:
        return round(self.look.width(words, "title")) + 30

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self.text()), 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(self._short), 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            if self.underMouse() and self.isEnabled():
                brush.box(box.adjusted(0, 1, 0, -1), "hover", radius=7)
            words = self.text() if self._wide(self.text()) <= self.width() + 1 else self._short
            across = brush.text(0, 4, words, "title", width=self.width() - 24)
            if self.isEnabled():
                brush.icon("chevron-down", across + 6, 11, 16, "text_3")
            if self.ringed:
                brush.focus_ring(box, 7)


class UsageHeader(QWidget):
    """Title, previous, next, today; bars or heat map; span; view, table, export.

    Signals:
        moved: -1 for the period before, 1 for the one after.
        today: the newest readings are wanted.
        calendar_asked: a day is to be picked.
        span_chosen: an index into SPANS.
        heat_chosen: the year as a heat map, or as bars.
        view_asked: the menu of what to show and compare is wanted.
        table_toggled: the table was switched on or off.
        export_asked: the export menu is wanted.
    """

    moved = Signal(int)
    today = Signal()
    calendar_asked = Signal()
    span_chosen = Signal(int)
    heat_chosen = Signal(bool)
    view_asked = Signal()
    table_toggled = Signal()
    export_asked = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self.title = TitleButton(look, tr("Pick a day"))
        self._back = Button(look, icon="chevron-left", small=True, name=tr("Previous"))
        self._on = Button(look, icon="chevron-right", small=True, name=tr("Next"))
        self._today = Button(look, tr("Today"), small=True)
        self._kind = Segmented(look, (tr("Bars"), tr("Heat map")), tr("How to draw the year"))
        self._spans = Segmented(
            look, (tr("Day"), tr("Week"), tr("Month"), tr("Year"), tr("All")), tr("How much to show")
        )
        self.view_button = Button(look, icon="settings", name=tr("What to show and compare"))
        self._table = Button(look, icon="table", name=tr("Show as a table"))
        self._table.setCheckable(True)
        self.export_button = Button(look, icon="download", name=tr("Copy or save"))
        self.setLayout(
            row(
                self.title, 5, self._back, self._on, self._today, None, self._kind, 8, self._spans, 8,
                self.view_button, self._table, self.export_button, gap=6, margins=(0, 12, 0, 0),
            )
        )  # fmt: skip
        self.setFixedHeight(round(look.theme.tokens.size["header"]))
        self._span = Span.DAY
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._today.clicked.connect(self.today)
        self.title.clicked.connect(self.calendar_asked)
        self._kind.chosen.connect(self._choose_kind)
        self._spans.chosen.connect(self.span_chosen)
        self.view_button.clicked.connect(self.view_asked)
        self._table.clicked.connect(self.table_toggled)
        self.export_button.clicked.connect(self.export_asked)
        self.show_span(Span.DAY, False)

    @property
    def table_on(self) -> bool:
        """Whether the table is wanted."""
        return self._table.isChecked()

    def toggle_table(self) -> None:
        """Switch between chart and table."""
        self._table.click()

    def show_span(self, span: Span, heat: bool) -> None:
        """Show which span and kind are chosen; none where a stretch was chosen by zooming."""
        self._span = span
        self._spans.choose(SPANS.index(span) if span in SPANS else -1)
        self._kind.choose(1 if heat else 0)
        self._fit()

    def show_view(self, view: UsageView, filled: bool) -> None:
        """Show a view's title and what can be done with it."""
        self.title.setEnabled(filled)
        self.title.say(view.title, view.short_title)
        self._fit()
        self._back.setEnabled(view.can_go_back)
        self._on.setEnabled(view.can_go_on)
        self._today.setEnabled(filled)
        self.view_button.setEnabled(filled)
        self._table.setEnabled(filled and view.heat is None)
        self.export_button.setEnabled(filled)

    def show_nothing(self, title: str) -> None:
        """Nothing is shown: only the span can be chosen."""
        self.title.setEnabled(False)
        self.title.say(title)
        for button in (
            self._back, self._on, self._today, self.view_button, self._table, self.export_button
        ):  # fmt: skip
            button.setEnabled(False)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Where it is narrow the heat map is chosen in the view menu alone; narrower still, today by keyboard."""
        rest = (
            self.title, self._back, self._on, self._today, self._spans, self.view_button, self._table,
            self.export_button,
        )  # fmt: skip
        gaps = 6 * len(rest) + 16
        needed = sum(part.sizeHint().width() for part in (*rest, self._kind)) + gaps
        self._kind.setVisible(self._span is Span.YEAR and self.width() >= needed)
        least = sum(part.minimumSizeHint().width() for part in rest) + gaps
        self._today.setVisible(self.width() >= least)

    @Slot()
    def _go_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _go_on(self) -> None:
        self.moved.emit(1)

    @Slot(int)
    def _choose_kind(self, index: int) -> None:
        self.heat_chosen.emit(index == 1)
