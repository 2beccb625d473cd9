"""Why this price: offers from the cheapest up, bids from the best down, and where they meet.

Offers are solid ink, bids dashed grey, the own step is filled; the price stands as a tag on the axis and the
interval of prices that would please both sides as a faint band. Not here: the steps (``presenters.market_why``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.market_views import MeritModel, MeritStepModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted

HIGH = 232
_LEFT, _FOOT, _TOP = 40, 42, 16
Place = Callable[[float], float]  # from an amount to a pixel


class MeritChart(Painted):
    """The curves of one quarter hour. Main thread. ``offers`` and ``bids`` are the curves' names."""

    def __init__(self, look: Look, offers: str, bids: str) -> None:
        super().__init__(look)
        self._offers, self._bids = offers, bids
        self._merit: MeritModel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_merit(self, merit: MeritModel) -> None:
        """Show another book."""
        self._merit = merit
        self.setAccessibleName(merit.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, HIGH)

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, max(self.width() - _LEFT - 6, 1), self.height() - _FOOT - _TOP)

    def paintEvent(self, event: QPaintEvent) -> None:
        merit = self._merit
        if merit is None:
            return
        steps = [*merit.supply, *merit.demand]
        prices = [s.price for s in steps] or [0]
        low, high = min(prices), max(prices)
        pad = max((high - low) // 8, 5_000)
        low, high = max(low - pad, 0), high + pad
        most = max([s.end for s in steps], default=1) * 1.04
        area = self._area()

        def x(wh: float) -> float:
            return area.left() + area.width() * wh / most

        def y(price: float) -> float:
            return area.bottom() - area.height() * (price - low) / (high - low)

        with self.look.brush(self) as brush:
            self._frame(brush, merit, area, x, y)
            for step in (*merit.supply, *merit.demand):
                if step.own:
                    box = QRectF(round(x(step.start)), y(step.price), 0, area.bottom() - y(step.price))
                    box.setRight(max(round(x(step.end)), round(x(step.start)) + 3))
                    brush.fill(box, "me")
            brush.painter.setBrush(Qt.BrushStyle.NoBrush)
            dashed = QPen(self.look.theme.colour("usual"), 1.5)
            dashed.setDashPattern([4, 2])
            brush.painter.strokePath(_stairs(merit.demand, x, y), dashed)
            brush.painter.strokePath(_stairs(merit.supply, x, y), QPen(self.look.theme.colour("text"), 1.8))
            self._names(brush, merit, area, x, y)
            self._price(brush, merit, area, x, y)

    def _frame(self, brush: Brush, merit: MeritModel, area: QRectF, x: Place, y: Place) -> None:
        if merit.interval is not None:
            low, high = merit.interval
            top, bottom = y(high), y(low)
            band = QRectF(area.left(), top - 1, area.width(), max(bottom - top, 1) + 2)
            brush.fill(band, self.look.theme.colour("text", 0.08))
        tag = y(merit.price) if merit.price is not None else -100.0
        for price, words in merit.y_ticks:
            brush.hline(area.left(), area.right(), y(price), "chart_grid")
            if abs(y(price) - tag) > 15:
                brush.text(area.left() - 8, y(price) - 7, words, "micro", "text_3", "right")
        brush.hline(area.left(), area.right(), area.bottom(), "chart_zero")
        for wh, words in merit.x_ticks:
            brush.text(x(wh), area.bottom() + 5, words, "micro", "text_3", "centre")
        brush.text(area.left(), area.bottom() + 22, merit.x_words, "micro", "text_3", width=area.width())

    def _names(self, brush: Brush, merit: MeritModel, area: QRectF, x: Place, y: Place) -> None:
        """Each curve by its name: bids at their beginning, offers at their end."""
        if merit.demand:
            first = merit.demand[0]
            brush.text(area.left() + 4, y(first.price) - 17, self._bids, "micro", "text_2")
        if merit.supply:
            last = merit.supply[-1]
            right = max(x(last.end), area.left() + self.look.width(self._offers, "micro"))
            brush.text(min(right, area.right()), y(last.price) - 17, self._offers, "micro", "text", "right")

    def _price(self, brush: Brush, merit: MeritModel, area: QRectF, x: Place, y: Place) -> None:
        """The tag on the axis, a thin line to where the curves meet, and the own offer's words."""
        if merit.price is not None:
            at, meet = y(merit.price), x(merit.quantity)
            brush.hline(area.left(), meet, at, "text", 1, (1, 2))
            brush.vline(meet, at, area.bottom(), "text", 1, (1, 2))
            brush.painter.setPen(QPen(self.look.theme.colour("text"), 1.8))
            brush.painter.setBrush(self.look.theme.colour("page"))
            brush.painter.drawEllipse(QPointF(meet, at), 3.6, 3.6)
            wide = self.look.width(merit.price_words, "small_s") + 10
            tag = QRectF(area.left() - 6 - wide, at - 9, wide, 18)
            tag.moveLeft(max(tag.left(), 0))
            brush.box(tag, "text", radius=4)
            brush.text(tag.center().x(), tag.top() + 0.5, merit.price_words, "small_s", "page", "centre")
        own = next((s for s in (*merit.supply, *merit.demand) if s.own), None)
        if own is not None and merit.own_words:
            self._own(brush, merit, area, own, x, y)

    def _own(
        self, brush: Brush, merit: MeritModel, area: QRectF, own: MeritStepModel, x: Place, y: Place
    ) -> None:
        wide = max(self.look.width(merit.own_words, "small_s"), self.look.width(merit.own_limit, "small"))
        top = area.bottom() - 40
        if x(own.start) - 8 - wide > area.left():
            at, side = x(own.start) - 8, "right"
        else:
            at, side = x(own.end) + 8, "left"
        ground = QRectF(at - wide if side == "right" else at, top + 2, wide, 34)
        brush.fill(ground, self.look.theme.colour("page", 0.8))
        for line, (words, style, ink) in enumerate(
            ((merit.own_words, "small_s", "accent"), (merit.own_limit, "small", "text_2"))
        ):
            if side == "right":
                brush.text(at, top + 17 * line, words, style, ink, "right")
            else:
                brush.text(at, top + 17 * line, words, style, ink)


def _stairs(steps: Sequence[MeritStepModel], x: Place, y: Place) -> QPainterPath:
    path = QPainterPath()
    for i, step in enumerate(steps):
        left, right = QPointF(x(step.start), y(step.price)), QPointF(x(step.end), y(step.price))
        if i:
            path.lineTo(left)
        else:
            path.moveTo(left)
        path.lineTo(right)
    return path
