"""The shape of the day: workday and weekend beside each other, the own line over the group's ground.

Not here: the shares (``presenters.neighbour_shape``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainterPath, QPaintEvent, QPen

from ohmstead.ui.charts.market_line import PriceLine
from ohmstead.ui.presenters.neighbour_views import ShapeModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush

HIGH, HOURS = 240, 24
LEGEND, BETWEEN = 24, 20


class ShapeChart(PriceLine):
    """48 hours: 24 of workdays, 24 of weekends. Main thread."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, HIGH)
        self._model: ShapeModel | None = None

    def show_shape(self, model: ShapeModel) -> None:
        """Show another month."""
        self._model = model
        self._hold(model.said, model.spoken)

    def sizeHint(self) -> QSize:
        return QSize(620, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, HIGH)

    def plot(self) -> QRectF:
        return QRectF(44, LEGEND + 8, max(self.width() - 52, 1), self.height() - LEGEND - 40)

    def column(self, place: float) -> float:
        """Pixel column of an hour; the halves have a gap between them."""
        plot = self.plot()
        pitch = (plot.width() - BETWEEN) / (2 * HOURS)
        return plot.left() + pitch * place + (BETWEEN if place >= HOURS else 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        hours = range(2 * HOURS if self._model is not None else 0)
        self.point(next((i for i in hours if self.column(i) <= x < self._right(i)), -1))

    def paintEvent(self, event: QPaintEvent) -> None:
        model, plot = self._model, self.plot()
        if model is None:
            return
        with self.look.brush(self) as brush:
            self._legend(brush, model)
            self._ground(brush)
            for height, words in model.steps:
                y = plot.bottom() - plot.height() * height / model.top
                brush.hline(plot.left(), plot.right(), y, "chart_grid")
                brush.text(plot.left() - 8, y - 7, words, "micro", "text_3", "right")
            for half, words in enumerate(model.halves):
                first = half * HOURS
                left, right = self.column(first), self._right(first + HOURS - 1)
                if model.group:
                    brush.painter.fillPath(self._steps(model.group, first, model.top, ground=True),
                                           brush.colour("others"))  # fmt: skip
                if model.own:
                    pen = QPen(brush.colour("me"), 2)
                    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
                    brush.painter.strokePath(self._steps(model.own, first, model.top, ground=False), pen)
                brush.hline(left, right, plot.bottom(), "chart_zero")
                for hour in (0, 6, 12, 18):
                    x = self.column(first + hour)
                    brush.text(x, plot.bottom() + 5, f"{hour:02d}", "micro", "text_3")
                brush.text((left + right) / 2, self.height() - 15, words, "micro", "text_2", "centre")

    def _right(self, place: int) -> float:
        pitch = (self.plot().width() - BETWEEN) / (2 * HOURS)
        return self.column(place) + pitch

    def _steps(self, shares: Sequence[float], first: int, top: float, *, ground: bool) -> QPainterPath:
        plot, path = self.plot(), QPainterPath()
        for i in range(first, first + HOURS):
            y = plot.bottom() - plot.height() * shares[i] / top
            left, right = self.column(i), self._right(i)
            if i == first:
                path.moveTo(QPointF(left, plot.bottom() if ground else y))
                path.lineTo(QPointF(left, y))
            path.lineTo(QPointF(left, y))
            path.lineTo(QPointF(right, y))
        if ground:
            path.lineTo(QPointF(self._right(first + HOURS - 1), plot.bottom()))
            path.closeSubpath()
        return path

    def _legend(self, brush: Brush, model: ShapeModel) -> None:
        x = 0.0
        if model.own:
            brush.fill(QRectF(x, 8, 14, 2), "me")
            x += 20 + brush.text(x + 20, 0, model.own_words, "small", "text_2") + 18
        if model.group:
            brush.box(QRectF(x, 4, 9, 9), "others", radius=2.5)
            brush.text(x + 15, 0, model.group_words, "small", "text_2")
