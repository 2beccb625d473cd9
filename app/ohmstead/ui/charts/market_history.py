"""A week of prices as one line, days marked. Not here: the numbers (``presenters.market_prices``)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent

from ohmstead.ui.charts.market_line import PriceLine
from ohmstead.ui.presenters.market_views import HistoryModel
from ohmstead.ui.theme.look import Look

HIGH = 180


class HistoryChart(PriceLine):
    """Prices between feed-in and retail. Main thread."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, HIGH)
        self._model: HistoryModel | None = None

    def show_history(self, model: HistoryModel) -> None:
        """Show other days."""
        self._model = model
        self._hold(model.said, model.spoken)

    def sizeHint(self) -> QSize:
        return QSize(600, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        model = self._model
        if model is None:
            return
        plot = self.plot()
        area = QRectF(plot.left(), plot.top() + 2, plot.width(), plot.height() - 4)
        with self.look.brush(self) as brush:
            self._ground(brush)
            for place, name in model.days:
                x = self.column(place)
                if place:
                    brush.vline(x, plot.top(), plot.bottom(), "line", 1, (1, 3))
                brush.text(x + 4, plot.bottom() + 6, name, "micro", "text_3")
            self._bounds(brush, area, model.low, model.high, model.low_words, model.high_words, model.steps)
            self._line(brush, area, model.prices, model.low, model.high)
