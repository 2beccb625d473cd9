"""The way from the meter to this computer: stations on one line, which ends at the first that does not hold.

Not here: what the stations say (``presenters.ledger``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.ledger_views import WayStation
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted

_RING, _HEAD_AT, _LINES_AT = 42, 52, 73
_INK = {"ok": "ok", "waiting": "notice", "alarm": "alarm", "unknown": "text_3"}
_SOFT = {"ok": "ok_soft", "waiting": "notice_soft", "alarm": "alarm_soft", "unknown": "sunken"}
_SOUND = ("ok", "waiting")


class Way(Painted):
    """Stations left to right, each with its name and what is known of it; words wrap in their column."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._stations: Sequence[WayStation] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_LINES_AT + 36)

    def show_stations(self, stations: Sequence[WayStation]) -> None:
        """Show other stations."""
        if stations == self._stations:
            return
        self._stations = stations
        self.setAccessibleName("; ".join(", ".join((s.head, *s.lines)) for s in stations))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _pitch(self) -> float:
        return self.width() / max(len(self._stations), 1)

    def _room(self) -> float:
        return max(self._pitch() - 18, 60)

    def _fit(self) -> None:
        room = self._room()
        heads = max((self.look.height(s.head, "strong", room) for s in self._stations), default=20)
        lines = max(
            (sum(self.look.height(line, "small", room) for line in s.lines) for s in self._stations),
            default=34,
        )
        high = _HEAD_AT + heads + 1 + lines + 2
        if self.height() != high:
            self.setFixedHeight(high)

    def paintEvent(self, event: QPaintEvent) -> None:
        unbroken = True
        with self.look.brush(self) as brush:
            for i, station in enumerate(self._stations):
                unbroken = unbroken and station.state in _SOUND
                after = self._stations[i + 1] if i + 1 < len(self._stations) else None
                if after is not None:
                    self._line(brush, i, sound=unbroken and after.state in _SOUND)
                self._station(brush, i, station)

    def _line(self, brush: Brush, i: int, *, sound: bool) -> None:
        pitch = self._pitch()
        pen = QPen(brush.colour("ok" if sound else "line_strong"), 1.5)
        if not sound:
            pen.setDashPattern([3, 3])
        brush.painter.setPen(pen)
        y = _RING / 2
        brush.painter.drawLine(QPointF(i * pitch + _RING + 8, y), QPointF((i + 1) * pitch - 8, y))

    def _station(self, brush: Brush, i: int, station: WayStation) -> None:
        x, room = i * self._pitch(), self._room()
        ink = _INK[station.state]
        ring = QRectF(x, 0, _RING, _RING)
        brush.box(ring, _SOFT[station.state], ink if station.state == "alarm" else None, _RING / 2, 1.5)
        brush.icon(station.glyph, x + 11, 11, 20, ink)
        y: float = _HEAD_AT
        y += brush.paragraph(x, y, station.head, "strong", "text", room) + 1
        for n, line in enumerate(station.lines):
            tone = "alarm" if station.state == "alarm" and n == 0 else "text_2"
            y += brush.paragraph(x, y, line, "small", tone, room)
