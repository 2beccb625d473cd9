"""The Market's orders and prices. Not here: lots and wallet (files of their own), what is said, doing it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ohmstead.market.orders import Side
from ohmstead.ui.charts.market_history import HistoryChart
from ohmstead.ui.charts.market_timeline import TimelineChart
from ohmstead.ui.pages.market_parts import HowItGoes, MarkLegend, TableOrWords
from ohmstead.ui.pages.market_why import RowPanel
from ohmstead.ui.pages.usage_parts import Figures
from ohmstead.ui.presenters.market_views import (
    OrderLine,
    OrdersView,
    PricesView,
)
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.table import Cell, TableColumn
from ohmstead.ui.widgets.text import Text

PANEL_WIDE, BESIDE_FROM = 372, 880
INK = {Side.SELL: "sold", Side.BUY: "grid"}


class OrdersSection(QWidget):
    """The day's line, the orders, and what a chosen one is. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._words = words
        self._rows: Sequence[OrderLine] = ()
        self._title = Text(look, "", "heading")
        self._unit = Text(look, "", "small", "text_3")
        self._legend = MarkLegend(look)
        self.timeline = TimelineChart(look, tr("Price"))
        self.orders = TableOrWords(look, tr("Your orders"), _order_columns(words), chooses=True)
        self.panel = RowPanel(look, words)
        self._seen = Text(look, "", "small", "text_2", wrap=True)
        self._day = holder(
            column(row(self._title, self._unit, None, gap=10), 6, self._legend, 2, self.timeline, gap=0)
        )
        left = holder(
            column(Text(look, tr("Your orders"), "heading"), 6, self.orders, 14, self._seen, None, gap=0)
        )
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._two.setContentsMargins(0, 0, 0, 0)
        self._two.addWidget(left, 1)
        self._two.addWidget(self.panel)
        self._steps = HowItGoes(look)
        self.setLayout(column(self._day, self._steps, 14, self._two, None, gap=0))
        self.orders.opened.connect(self._choose)

    def show_view(self, view: OrdersView, side: Side, unit: str) -> None:
        """Show other orders; the chosen row stays chosen while it is there."""
        tr, sells = self._words.tr, side is Side.SELL
        self._title.say(view.title)
        self._unit.say(tr("price in {unit}", unit=unit))
        self._steps.show_steps(view.steps)
        self._day.setVisible(view.timeline is not None)
        if view.timeline is not None:
            self.timeline.show_day(view.timeline, INK[side])
        self._legend.show_entries(
            (
                ("sealed", tr("Sealed")),
                ("sold", tr("Sold, being delivered") if sells else tr("Bought")),
                ("paid", tr("Delivered and paid") if sells else tr("Settled")),
                ("none", tr("Not taken, feed-in") if sells else tr("Nothing got, retail")),
            ),
            INK[side],
        )
        chosen = self.panel.line
        self._rows = view.rows
        self.orders.name_heads(view.heads)
        self.orders.show_rows([_order_cells(line) for line in view.rows], view.empty)
        self._seen.say(view.seen)
        self.panel.show_line(self._again(chosen))

    def _again(self, chosen: OrderLine | None) -> OrderLine | None:
        """The row that holds what was chosen; else the newest that has a price to explain, else the first."""
        if chosen is not None:
            for line in self._rows:
                if set(line.keys) & set(chosen.keys):
                    return line
        priced = next((line for line in self._rows if line.why), None)
        return priced if priced is not None else self._rows[0] if self._rows else None

    def choose_slot(self, slot: int) -> None:
        """Choose the row of a slot, and have its price explained where there is one."""
        for line in self._rows:
            if line.first_slot <= slot <= line.last_slot:
                self.panel.show_line(line)
                self.panel.explain(slot)
                return

    @Slot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._rows):
            self.panel.show_line(self._rows[index])

    def resizeEvent(self, event: QResizeEvent) -> None:
        way = QBoxLayout.Direction
        beside = self.width() >= BESIDE_FROM
        self._two.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._two.setSpacing(36 if beside else 22)
        self.panel.setFixedWidth(PANEL_WIDE if beside else max(self.width(), 200))
        super().resizeEvent(event)


def _order_columns(words: Wording) -> Sequence[TableColumn]:
    tr = words.tr
    return (
        TableColumn(tr("Quarter hours")),
        TableColumn(tr("Energy"), "right"),
        TableColumn(tr("At least"), "right"),
        TableColumn(tr("Price"), "right"),
        TableColumn(tr("State"), stretch=1),
        TableColumn(tr("You get"), "right"),
    )


def _order_cells(line: OrderLine) -> Sequence[Cell]:
    return (
        Cell(line.when),
        Cell(line.energy),
        Cell(line.limit),
        Cell(line.price),
        Cell(line.state, line.glyph, line.tone),
        Cell(line.money),
    )


class PricesSection(QWidget):
    """A week of prices, and every auction with the number of orders behind it.

    Signals:
        asked: the price of this slot is to be explained.
    """

    asked = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._view: PricesView | None = None
        self.figures = Figures(look)
        self._head = Text(look, tr("The last seven days"), "heading")
        self.chart = HistoryChart(look, tr("Price"))
        columns = (
            TableColumn(tr("Quarter hour"), stretch=1),
            TableColumn(tr("Price"), "right"),
            TableColumn(tr("Traded"), "right"),
            TableColumn(tr("Orders"), "right"),
            TableColumn(tr("Checked here"), stretch=1),
        )
        self.results = TableOrWords(look, tr("Every auction"), columns)
        self._thin = Text(look, "", "small", "text_2", wrap=True)
        self.setLayout(
            column(
                self.figures,
                14,
                self._head,
                6,
                self.chart,
                10,
                capped(self._thin, 720),
                16,
                self.results,
                None,
                gap=0,
            )
        )

    def show_view(self, view: PricesView) -> None:
        """Show other prices."""
        self._view = view
        self.figures.setVisible(bool(view.figures))
        self.figures.show_figures(view.figures)
        for part in (self._head, self.chart):
            part.setVisible(view.history is not None)
        if view.history is not None:
            self.chart.show_history(view.history)
        self._thin.say(view.thin)
        rows = [
            (Cell(r.when), Cell(r.price), Cell(r.energy), Cell(r.orders), Cell(r.checked, r.glyph, r.tone))
            for r in view.rows
        ]
        self.results.show_rows(rows, view.empty)
