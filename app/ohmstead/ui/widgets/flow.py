"""Where power flows at this moment: sun, house, grid on one line. Width of a line is its power.

Shows only what the meter has: without a generation register there is no sun. Not here: the numbers
(``presenters.home_now``).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.home_views import FlowModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted

HIGH, MIN_WIDE, MAX_WIDE = 96, 300, 640
_RADIUS, _MIDDLE, _THICKEST = 23.0, 47.0, 7.0


class Flow(Painted):
    """The picture of the moment. It changes in place; nothing moves by itself."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._flow: FlowModel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_flow(self, flow: FlowModel | None) -> None:
        """Show another moment; None shows nothing."""
        if flow == self._flow:
            return
        self._flow = flow
        self.setAccessibleName(flow.spoken if flow is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(MAX_WIDE, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(MIN_WIDE, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        flow = self._flow
        if flow is None:
            return
        grid_ink, grid_line = ("grid_text", "grid") if flow.grid_kw >= 0 else ("sold_text", "sold")
        ends = _RADIUS + 1
        with self.look.brush(self) as brush:
            grid_x = self.width() - ends
            house_x = self.width() / 2
            top = max(abs(flow.grid_kw), flow.sun_kw or 0, flow.house_kw or 0, 0.1)
            if flow.sun_kw is not None:
                span = (ends + _RADIUS + 5, house_x - _RADIUS - 5)
                self._link(brush, span, flow.sun_kw / top, ("sun", "sun_text"), flow.sun_value, forward=True)
                self._node(brush, ends, "sun", "sun_text", flow.sun_words)
            span = (house_x + _RADIUS + 5, grid_x - _RADIUS - 5)
            share, out = abs(flow.grid_kw) / top, flow.grid_kw < 0
            self._link(brush, span, share, (grid_line, grid_ink), flow.grid_value, forward=out)
            self._node(brush, house_x, "home", "text", flow.house_words)
            self._node(brush, grid_x, "grid", grid_ink, flow.grid_words)

    def _node(self, brush: Brush, x: float, glyph: str, ink: str, words: str) -> None:
        circle = QRectF(x - _RADIUS, _MIDDLE - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        brush.box(circle, "raised", "line_strong", _RADIUS)
        brush.icon(glyph, x - 11, _MIDDLE - 11, 22, ink)
        half = self.look.width(words, "small") / 2
        middle = min(max(x, half), self.width() - half - 1)  # a long word stays inside
        brush.text(middle, _MIDDLE + _RADIUS + 7, words, "small", "text_2", "centre")

    def _link(
        self,
        brush: Brush,
        span: tuple[float, float],
        share: float,
        inks: tuple[str, str],
        words: str,
        *,
        forward: bool,
    ) -> None:
        """A line between two nodes with its arrow and its power; a hairline where nothing flows."""
        left, right = span
        colour, ink = inks
        wide = max(1.5, share * _THICKEST)
        flowing = share * _THICKEST > 0.05
        if flowing:
            head = max(5.0, wide * 0.95)
            tip = right + 2 if forward else left - 2
            back = tip - head if forward else tip + head
            pen = QPen(brush.colour(colour), wide)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            brush.painter.setPen(pen)
            ends = (left + wide / 2, back) if forward else (back, right - wide / 2)
            brush.painter.drawLine(QPointF(ends[0], _MIDDLE), QPointF(ends[1], _MIDDLE))
            brush.painter.setPen(Qt.PenStyle.NoPen)
            brush.painter.setBrush(brush.colour(colour))
            brush.painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(tip, _MIDDLE),
                        QPointF(back, _MIDDLE - head),
                        QPointF(back, _MIDDLE + head),
                    ]
                )
            )
        else:
            brush.hline(left, right, _MIDDLE, "line_strong")
        y = _MIDDLE - max(wide / 2, 4) - 24
        brush.text((left + right) / 2, y, words, "strong", ink if flowing else "text_3", "centre")
