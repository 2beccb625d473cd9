"""What Usage shows of a view: progress, figures, legend, chart or heat map or table, foot.

Not here: choosing what is shown (``usage_page``).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.heat_map import HeatMap
from ohmstead.ui.charts.legend import HeatLegend, Legend
from ohmstead.ui.charts.table import ReadingsTable
from ohmstead.ui.pages.usage_parts import Figures, ProgressStrip
from ohmstead.ui.presenters.usage_words import table_of
from ohmstead.ui.presenters.view_models import ChartModel, UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import Slots, Window
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, row
from ohmstead.ui.widgets.text import Rule, Text

CHART, HEAT, TABLE = range(3)


class UsageContent(QWidget):
    """The page's body while there are readings. Main thread.

    Signals:
        bars_changed: the chart has other bars.
    """

    bars_changed = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._words = words
        self.chart, self.heat_map = EnergyChart(look, words), HeatMap(look, words)
        self._table = ReadingsTable(look, words.tr("Readings as a table"))
        self._in_table: ChartModel | None = None
        self._progress = ProgressStrip(look)
        self._figures = Figures(look)
        self._legend, self._heat_legend = Legend(look), HeatLegend(look, words)
        self._canvas = QStackedWidget()
        for part in (self.chart, self.heat_map, self._table):
            self._canvas.addWidget(part)
        self._foot = Text(look, "", "small", "text_2", wrap=True)
        self._foot_right = Text(look, "", "small", "text_3")
        legends = column(self._legend, self._heat_legend, gap=0)
        foot = row((self._foot, 1), self._foot_right, gap=24)
        self.setLayout(
            column(
                self._progress, self._figures, 20, Rule(look), 14, legends, 2, (self._canvas, 1), 8, foot, gap=0
            )
        )  # fmt: skip

    def show_view(
        self, view: UsageView, open_words: str, window: Window | None, limits: Slots | None, *, table: bool
    ) -> None:
        """Show another view; ``window`` is the stretch of its bars that is seen, ``limits`` what can be."""
        self._progress.show_progress(view.progress)
        self._figures.show_figures(view.figures)
        self._foot.say(view.foot)
        self._foot_right.setText(view.foot_right)
        if view.chart is not None:
            self.chart.show_chart(view.chart, open_words, window, limits)
            self._legend.show_entries(view.legend, view.unit_words)
            self.bars_changed.emit()
        if view.heat is not None:
            self.heat_map.show_heat(view.heat)
            self._heat_legend.show_peak(view.heat.peak)
        self.show_as(view, table=table)

    def show_as(self, view: UsageView, *, table: bool) -> None:
        """Show bars as a chart or as a table; a heat map has no table."""
        heat = view.heat is not None
        self._legend.setVisible(not heat)
        self._heat_legend.setVisible(heat)
        if table and view.chart is not None and view.chart is not self._in_table:
            self._in_table = view.chart  # a thousand words: only for who looks at them
            self._table.show_table(table_of(view.chart, self._words))
        self._canvas.setCurrentIndex(HEAT if heat else TABLE if table else CHART)

    @property
    def focus_part(self) -> QWidget:
        """Where the keyboard goes on."""
        return (self.chart, self.heat_map, self._table)[self._canvas.currentIndex()]
