"""Today's chart: the energy chart of a day with the time of day on it, and what is still in the meter.

Not here: the bars (``charts.bars``), which of them are pending (``presenters.home``).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.plotting import Mapping
from ohmstead.ui.presenters.home_views import Pending
from ohmstead.ui.presenters.view_models import ChartModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

_DOT = 3.5


class _NowLine(Painted):
    """A line with a dot on it: above the plot, so that moving it redraws no bar."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        middle = self.width() // 2
        with self.look.brush(self) as brush:
            brush.vline(middle, _DOT, self.height(), "text")
            dot = QRectF(middle + 0.5 - _DOT, 0, 2 * _DOT, 2 * _DOT)
            brush.box(dot, "text", radius=_DOT)


class DayChart(EnergyChart):
    """A day's bars; the line of now moves without repainting them. Main thread."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, wording)
        self._pending: Pending | None = None
        self._now_at: float | None = None
        self._now_line = _NowLine(look, self)
        self.setMinimumHeight(180)

    def show_day(
        self, chart: ChartModel, open_words: str, now_at: float | None, pending: Pending | None
    ) -> None:
        """Draw another day, or the same one further on. The crosshair keeps its bar."""
        self._pending = pending
        held = self.index
        self.show_chart(chart, open_words)
        if held >= 0:
            self.point(held)
        self.show_now(now_at)

    def show_now(self, now_at: float | None) -> None:
        """Put the line of now at a place among the bars, None for no line."""
        self._now_at = now_at
        self._place_now()

    def _place_now(self) -> None:
        at, chart = self._now_at, self._chart
        if at is None or chart is None or not 0 <= at <= len(chart):
            self._now_line.hide()
            return
        area = self._area()
        x = round(self._column(at))
        self._now_line.setGeometry(x - 4, round(area.top()) - 4, 9, round(area.height()) + 4)
        self._now_line.show()
        self._now_line.raise_()

    def _paint_layer(self, painter: QPainter, at: Mapping) -> None:
        pending = self._pending
        if pending is not None and pending.away:
            left, right = round(at.x(pending.first)), round(at.x(pending.last))
            high = at.y(at.view.bottom())
            box = QRectF(left, high, max(right - left, 1), at.y(0) - high)
            self.look.brush(painter).hatch(box)
        super()._paint_layer(painter, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_now()
