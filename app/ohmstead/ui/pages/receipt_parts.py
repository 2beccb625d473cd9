"""Drawn parts of the receipt: its stations on one line, and the path of the proof.

Not here: what they say (``presenters.receipt``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.receipt import ReceiptView, StationView
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted

_RING, _TEXT, _BELOW = 26, 38, 16
_HEAD, _LINE, _MONO = 20, 17, 18
_INK = {"ok": "accent", "alarm": "alarm", "waiting": "notice", "unknown": "text_3"}
_SOFT = {"ok": "accent_soft", "alarm": "alarm_soft", "waiting": "notice_soft", "unknown": "sunken"}
PATH_HIGH = 72


class Chain(Painted):
    """Stations top to bottom. The line ends where one does not hold; what lies beyond is pale."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._stations: Sequence[StationView] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stations(self, stations: Sequence[StationView]) -> None:
        """Show other stations."""
        self._stations = stations
        self.setAccessibleName(
            ". ".join(", ".join((s.head, *((s.mono,) if s.mono else ()), *s.lines)) for s in stations)
        )
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        high = sum(self._high(s) for s in self._stations) - (_BELOW if self._stations else 0)
        if self.height() != high:
            self.setFixedHeight(max(high, 0))

    def _room(self) -> float:
        return max(self.width() - _TEXT, 80)

    def _high(self, station: StationView) -> int:
        room = self._room()
        head = self.look.height(station.head, "strong", room)
        lines = sum(self.look.height(line, "small", room) for line in station.lines)
        return head + 2 + (_MONO if station.mono else 0) + lines + _BELOW

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        y = 0.0
        with self.look.brush(self) as brush:
            for i, station in enumerate(self._stations):
                high = self._high(station)
                after = self._stations[i + 1] if i + 1 < len(self._stations) else None
                self._station(brush, station, after, y, high)
                y += high

    def _station(
        self, brush: Brush, station: StationView, after: StationView | None, y: float, high: int
    ) -> None:
        if after is not None:
            sound = station.state in ("ok", "waiting") and after.state in ("ok", "waiting")
            dash = () if sound else (3.0, 3.0)
            brush.vline(12, y + _RING, y + high - 3, "line_strong", dash=dash)
        ring = QRectF(0.5, y - 2 + 2, _RING - 1, _RING - 1)
        edge = "alarm" if station.state == "alarm" else None
        brush.box(ring, _SOFT[station.state], edge, (_RING - 1) / 2)
        brush.icon(station.glyph, 5, y + 4.5, 16, _INK[station.state])
        room = self._room()
        tone = {"alarm": "alarm", "unknown": "text_3"}.get(station.state, "text")
        at = y + 2
        at += brush.paragraph(_TEXT, at, station.head, "strong", tone, room) + 2
        if station.mono:
            brush.text(_TEXT, at, station.mono, "mono", "text_2", width=room)
            at += _MONO
        for line in station.lines:
            at += brush.paragraph(_TEXT, at, line, "small", "text_2", room)


class ProofPath(Painted):
    """The way from the page to the root of the log: one step for each neighbour's hash."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._view: ReceiptView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(PATH_HIGH)

    def show_path(self, view: ReceiptView) -> None:
        """Show another path."""
        self._view = view
        self.setAccessibleName(f"{view.proof_words}: {view.path_start}, {view.path_end}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None or not view.sides:
            return
        count = len(view.sides)
        x0, x1, y0, y1 = 6.0, self.width() - 6.0, 44.0, 16.0
        points = [QPointF(x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count) for i in range(count + 1)]
        failed = view.trouble is not None
        ink = "alarm" if failed else "accent"
        with self.look.brush(self) as brush:
            for point, right in zip(points[1:], view.sides, strict=True):
                # A neighbour on the right of the tree is drawn below the way, one on the left above it.
                side = 12 if right else -12
                self._neighbour(brush, point, side)
            pen = QPen(brush.colour(ink), 1.75)
            if failed:
                pen.setDashPattern([3, 3])
            brush.painter.setPen(pen)
            brush.painter.drawPolyline(points)
            for i, point in enumerate(points):
                radius = 4.5 if i in (0, count) else 2.5
                dot = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
                if failed and i == count:
                    brush.box(dot, "page", "alarm", radius, 1.5)
                else:
                    brush.box(dot, ink, radius=radius)
            brush.text(0, PATH_HIGH - 15, view.path_start, "micro", "text_3")
            brush.text(self.width(), PATH_HIGH - 15, view.path_end, "micro", "text_3", "right")

    def _neighbour(self, brush: Brush, point: QPointF, side: float) -> None:
        brush.painter.setPen(QPen(brush.colour("line_strong"), 1))
        brush.painter.drawLine(point, QPointF(point.x() - 5, point.y() + side))
        box = QRectF(point.x() - 8, point.y() + side - 3, 6, 6)
        brush.box(box, "page", "others_strong", 3)
