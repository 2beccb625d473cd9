"""Columns that a person can walk through: months with the year before as ticks, and the histogram of a group.

Not here: the numbers (``presenters.neighbour_self``, ``presenters.neighbour_group``).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.charts.market_line import PriceLine
from ohmstead.ui.presenters.neighbour_views import ColumnsModel, SpreadModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush

HIGH, SPREAD_HIGH = 250, 226
LEGEND, AXIS = 24, 24
UNBOUNDED = (1 << 24) - 1  # Qt's word for no largest size
_FILL, _MOST = 0.62, 44
_PALE = 0.45  # how much of the accent earlier months have


class Columns(PriceLine):
    """Months, the newest in full colour. Main thread."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, HIGH)
        self._model: ColumnsModel | None = None

    def grow(self) -> None:
        """Take the height that there is, from the usual one on."""
        self.setMinimumHeight(HIGH)
        self.setMaximumHeight(UNBOUNDED)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_columns(self, model: ColumnsModel) -> None:
        """Show other months."""
        self._model = model
        self._hold(model.said, model.spoken)

    def sizeHint(self) -> QSize:
        return QSize(420, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, HIGH)

    def plot(self) -> QRectF:
        return QRectF(36, LEGEND + 8, max(self.width() - 40, 1), self.height() - LEGEND - AXIS - 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        model, plot = self._model, self.plot()
        if model is None:
            return
        unit = plot.height() / max(model.top, 1e-9)
        with self.look.brush(self) as brush:
            self._legend(brush, model)
            self._ground(brush)
            for height, words in model.steps:
                y = plot.bottom() - height * unit
                brush.hline(plot.left(), plot.right(), y, "chart_grid")
                brush.text(plot.left() - 8, y - 7, words, "micro", "text_3", "right")
            pitch = plot.width() / max(len(model.values), 1)
            wide = min(round(pitch * _FILL), _MOST)
            for i, (value, tick) in enumerate(zip(model.values, model.ticks, strict=True)):
                x = round(plot.left() + i * pitch + (pitch - wide) / 2)
                if value is None and i >= model.before:
                    brush.hatch(QRectF(x, plot.bottom() - 18, wide, 18))
                elif value is not None:
                    ink: str | QColor = "me" if i in model.own else self.look.theme.colour("me", _PALE)
                    brush.bar(x, plot.bottom(), plot.bottom() - value * unit, wide, ink, 1.5)
                if tick is not None:
                    y = plot.bottom() - tick * unit
                    brush.fill(QRectF(x - 3, round(y) - 1, wide + 6, 2), "text")
                ink = "text" if i in model.own else "text_3"
                brush.text(
                    x + wide / 2, plot.bottom() + 6, model.labels[i], "micro", ink, "centre", pitch + 8
                )
            brush.hline(plot.left(), plot.right(), plot.bottom(), "chart_zero")

    def _legend(self, brush: Brush, model: ColumnsModel) -> None:
        brush.text(0, 0, model.unit, "small", "text_2")
        if any(t is not None for t in model.ticks):
            wide = self.look.width(model.tick_words, "small")
            right = self.width() - 2
            if self.look.width(model.unit, "small") + wide + 40 < right:
                brush.text(right, 0, model.tick_words, "small", "text_2", "right")
                brush.fill(QRectF(right - wide - 16, 8, 10, 2), "text")


class Spread(PriceLine):
    """How many homes used how much, and where the own home stands among them. Main thread."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, SPREAD_HIGH)
        self._model: SpreadModel | None = None

    def show_spread(self, model: SpreadModel) -> None:
        """Show another histogram."""
        self._model = model
        self._hold(model.said, model.spoken)

    def sizeHint(self) -> QSize:
        return QSize(420, SPREAD_HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, SPREAD_HIGH)

    def plot(self) -> QRectF:
        return QRectF(8, 48, max(self.width() - 20, 1), self.height() - 48 - 42)

    def paintEvent(self, event: QPaintEvent) -> None:
        model, plot = self._model, self.plot()
        if model is None:
            return
        most = max(max(model.counts, default=0), 1)
        pitch = plot.width() / max(len(model.counts), 1)
        mine = min(int(model.own), len(model.counts) - 1) if model.own is not None else -1
        with self.look.brush(self) as brush:
            self._ground(brush)
            for j, count in enumerate(model.counts):
                x, wide = float(round(plot.left() + j * pitch)), round(pitch) - 2
                top = plot.bottom() - plot.height() * count / most
                if count:
                    ink = "me" if j == mine else "others"
                    brush.bar(x + 1, plot.bottom(), top, wide, ink, 1.5)
                    brush.text(x + 1 + wide / 2, top - 17, model.numbers[j], "micro", "text", "centre")
            brush.hline(plot.left(), plot.right(), plot.bottom(), "chart_zero")
            for place, words in model.labels:
                x = plot.left() + place * pitch
                brush.text(
                    min(max(x, 8), self.width() - 10), plot.bottom() + 5, words, "micro", "text_3", "centre"
                )
            brush.text(0, self.height() - 18, model.caption, "small", "text_2", width=self.width())
            if model.own is not None:
                self._mark(brush, model, plot, plot.left() + model.own * pitch, most)

    def _mark(self, brush: Brush, model: SpreadModel, plot: QRectF, x: float, most: int) -> None:
        """The own place: a name over a thin line that ends in a small triangle over the column."""
        count = model.counts[min(int(model.own or 0), len(model.counts) - 1)]
        tip = max(plot.bottom() - plot.height() * count / most - (19 if count else 3), 20.0)
        half = self.look.width(model.own_words, "small_s") / 2
        middle = min(max(x, half + 1), self.width() - half - 1)
        brush.text(middle, 0, model.own_words, "small_s", "accent", "centre")
        brush.vline(x, 18, tip - 4, "me", 1)
        brush.painter.setPen(Qt.PenStyle.NoPen)
        brush.painter.setBrush(brush.colour("me"))
        brush.painter.drawPolygon(
            QPolygonF([QPointF(x - 4, tip - 6), QPointF(x + 4, tip - 6), QPointF(x, tip)])
        )
