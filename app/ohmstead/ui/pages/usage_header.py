"""The head of Usage: period and its neighbours on the left, what to show of it on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.text import Text

SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL)


class UsageHeader(QWidget):
    """Title, previous, next, today; bars or heat map; span; table; export.

    Signals:
        moved: -1 for the period before, 1 for the one after.
        today: the newest readings are wanted.
        span_chosen: an index into SPANS.
        heat_chosen: the year as a heat map, or as bars.
        table_toggled: the table was switched on or off.
        export_asked: the export menu is wanted.
    """

    moved = Signal(int)
    today = Signal()
    span_chosen = Signal(int)
    heat_chosen = Signal(bool)
    table_toggled = Signal()
    export_asked = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._title = Text(look, "", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._back = Button(look, icon="chevron-left", small=True, name=tr("Previous"))
        self._on = Button(look, icon="chevron-right", small=True, name=tr("Next"))
        self._today = Button(look, tr("Today"), small=True)
        self._kind = Segmented(look, (tr("Bars"), tr("Heat map")), tr("How to draw the year"))
        self._spans = Segmented(
            look, (tr("Day"), tr("Week"), tr("Month"), tr("Year"), tr("All")), tr("How much to show")
        )
        self._table = Button(look, icon="table", name=tr("Show as a table"))
        self._table.setCheckable(True)
        self.export_button = Button(look, icon="download", name=tr("Copy or save"))
        self.setLayout(
            row(
                self._title,
                11,
                self._back,
                self._on,
                self._today,
                None,
                self._kind,
                8,
                self._spans,
                8,
                self._table,
                self.export_button,
                gap=6,
                margins=(0, 12, 0, 0),
            )
        )
        self.setFixedHeight(round(look.theme.tokens.size["header"]))
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._today.clicked.connect(self.today)
        self._kind.chosen.connect(self._choose_kind)
        self._spans.chosen.connect(self.span_chosen)
        self._table.clicked.connect(self.table_toggled)
        self.export_button.clicked.connect(self.export_asked)
        self.show_span(Span.DAY, False)

    @property
    def table_on(self) -> bool:
        """Whether the table is wanted."""
        return self._table.isChecked()

    def show_title(self, title: str) -> None:
        """Say another period."""
        self._title.setText(title)

    def show_span(self, span: Span, heat: bool) -> None:
        """Show which span and kind are chosen."""
        self._spans.choose(SPANS.index(span))
        self._kind.choose(1 if heat else 0)
        self._kind.setVisible(span is Span.YEAR)

    def show_view(self, view: UsageView, filled: bool) -> None:
        """Show a view's title and what can be done with it."""
        self.show_title(view.title)
        self._back.setEnabled(view.can_go_back)
        self._on.setEnabled(view.can_go_on)
        self._today.setEnabled(filled)
        self._table.setEnabled(filled and view.heat is None)
        self.export_button.setEnabled(filled)

    def show_nothing(self, title: str) -> None:
        """Nothing is shown: only the span can be chosen."""
        self.show_title(title)
        for button in (self._back, self._on, self._today, self._table, self.export_button):
            button.setEnabled(False)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, self.height())

    @Slot()
    def _go_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _go_on(self) -> None:
        self.moved.emit(1)

    @Slot(int)
    def _choose_kind(self, index: int) -> None:
        self.heat_chosen.emit(index == 1)
