"""A forecast day as a band with its middle line: what is expected, and how far it may be off.

Not here: the numbers (``presenters.market_band``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.market_views import BandModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

HIGH = 128
_FOOT = 20
_BAND = {"light": 0.20, "dark": 0.28}


class BandChart(Painted):
    """The band over a line of times. It has no axis: the sentence beside it holds the numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._band: BandModel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_band(self, band: BandModel | None) -> None:
        """Show another day; None shows nothing."""
        self._band = band
        self.setAccessibleName(band.spoken if band is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(330, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        band = self._band
        if band is None:
            return
        base, top = self.height() - _FOOT, 4.0
        most = max(max(band.high, default=0), 1)
        unit, pitch = (base - top) / most, self.width() / max(len(band.mid) - 1, 1)
        theme = self.look.theme
        with self.look.brush(self) as brush:
            upper = [QPointF(i * pitch, base - wh * unit) for i, wh in enumerate(band.high)]
            lower = [QPointF(i * pitch, base - wh * unit) for i, wh in enumerate(band.low)]
            area = _curve(upper)
            for point in reversed(lower):
                area.lineTo(point)
            area.closeSubpath()
            brush.painter.fillPath(area, theme.colour(band.kind, _BAND[theme.mode]))
            pen = QPen(theme.colour(band.kind), 2)
            brush.painter.strokePath(
                _curve([QPointF(i * pitch, base - wh * unit) for i, wh in enumerate(band.mid)]), pen
            )
            brush.hline(0, self.width(), base, "chart_zero")
            for place, time in band.labels:
                half = self.look.width(time, "micro") / 2
                at = min(max(place * pitch, half), self.width() - half)
                brush.text(at, base + 5, time, "micro", "text_3", "centre")


def _curve(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path
