"""The day by quarter hour: prices above, and below what was offered and what became of it.

Not here: states (``presenters.market_orders``).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent

from ohmstead.ui.charts.market_line import LEFT, PriceLine
from ohmstead.ui.presenters.market_views import TimelineModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush

HIGH = 128
_MARK_HIGH, _TIMES = 20, 24


def mark(brush: Brush, kind: str, box: QRectF, ink: str) -> None:
    """The small picture of what became of a quarter hour."""
    if kind == "sealed":
        brush.box(box, "page", ink, 2.5)
    elif kind == "sold":
        brush.box(box, brush.theme.mix(ink, "page", 0.3), ink, 2.5)
    elif kind == "paid":
        brush.box(box, ink, radius=2.5)
    else:
        brush.fill(QRectF(box.left(), box.center().y() - 1, box.width(), 2), "text_3")


class TimelineChart(PriceLine):
    """Prices of a day, marks under them, now and the gate. ``ink`` is the side's colour token."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, HIGH)
        self._day: TimelineModel | None = None
        self._ink = "sold"

    def show_day(self, day: TimelineModel, ink: str) -> None:
        """Show another day, or the same one further on."""
        self._day, self._ink = day, ink
        self._hold(day.said, day.spoken)

    def sizeHint(self) -> QSize:
        return QSize(600, HIGH)

    def plot(self) -> QRectF:
        whole = super().plot()
        return QRectF(whole.left(), whole.top(), whole.width(), self.height() - _TIMES - 8)

    def _prices(self) -> QRectF:
        plot = self.plot()
        return QRectF(plot.left(), plot.top() + 2, plot.width(), plot.height() - _MARK_HIGH - 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        day = self._day
        if day is None:
            return
        area, plot = self._prices(), self.plot()
        row = plot.bottom() - _MARK_HIGH
        with self.look.brush(self) as brush:
            self._ground(brush)
            self._bounds(brush, area, day.low, day.high, day.low_words, day.high_words, day.steps)
            self._line(brush, area, day.prices, day.low, day.high)
            middle = row + _MARK_HIGH / 2
            brush.hline(plot.left(), plot.right(), middle, "line_strong", 1, (1, 4))
            for place, kind in day.marks:
                left, right = self.column(place), self.column(place + 1)
                wide = max(right - left - 2, 2)
                mark(brush, kind, QRectF(round(left) + 1, row, round(wide), _MARK_HIGH), self._ink)
            self._gate(brush, day, row)
            self._times(brush, day, plot)

    def _gate(self, brush: Brush, day: TimelineModel, row: float) -> None:
        if day.gate_at is None:
            return
        x = self.column(day.gate_at)
        brush.vline(x, row - 6, row + _MARK_HIGH, "text_2", 1, (2, 2))
        last = max((place for place, _ in day.marks), default=-1)
        start = max(self.column(last + 1), x) + 8
        wide = self.look.width(day.gate_words, "micro")
        if start + wide < self.plot().right():
            brush.fill(QRectF(start - 3, row + 2, wide + 6, _MARK_HIGH - 4), "page")
            brush.text(start, row + 3, day.gate_words, "micro", "text_2")

    def _times(self, brush: Brush, day: TimelineModel, plot: QRectF) -> None:
        y = plot.bottom() + 6
        now_x, now_half = None, self.look.width(day.now_words, "micro") / 2
        if day.now_at is not None and 0 <= day.now_at <= day.count:
            now_x = self.column(day.now_at)
            brush.vline(now_x, plot.top() - 4, plot.bottom() + 3, "text")
            brush.text(now_x, y, day.now_words, "micro", "text", "centre")
        for place, time in day.labels:
            x, half = self.column(place), self.look.width(time, "micro") / 2
            if now_x is not None and abs(x - now_x) < half + now_half + 6:
                continue
            x = min(max(x, LEFT), self.width() - half)
            brush.text(x, y, time, "micro", "text_3", "centre")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.point(-1)
        super().resizeEvent(event)
