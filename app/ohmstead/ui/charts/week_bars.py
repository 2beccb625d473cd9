"""The seven days of a week as small bars: a day opens by a click, or by arrows and Return.

Not here: the numbers (``presenters.home_words``), Usage's week of hours.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ohmstead.ui.presenters.home_views import DayBar
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, by_keyboard

HIGH = 96
_WORDS = 20
_FILL = 0.62


class WeekBars(Painted):
    """Sun at the line, grid on top, sold below; days to come have a stub. Main thread.

    Signals:
        opened: a day with readings was chosen.
    """

    opened = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self._days: Sequence[DayBar] = ()
        self._name = name
        self._at = -1
        self._ringed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_days(self, days: Sequence[DayBar]) -> None:
        """Show another week."""
        if days != self._days:
            self._days = days
            self._point(min(self._at, len(days) - 1))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(250, HIGH)

    def _pitch(self) -> float:
        return self.width() / max(len(self._days), 1)

    def _day_at(self, where: QPointF) -> int:
        index = int(where.x() / self._pitch())
        return index if 0 <= index < len(self._days) else -1

    def _point(self, index: int) -> None:
        if index == self._at:
            return
        self._at = index
        said = self._days[index].spoken if 0 <= index < len(self._days) else ""
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        can_open = 0 <= index < len(self._days) and self._days[index].state != "ahead"
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)
        self.update()

    def _open(self) -> None:
        if 0 <= self._at < len(self._days) and self._days[self._at].state != "ahead":
            self.opened.emit(self._days[self._at].day)

    def paintEvent(self, event: QPaintEvent) -> None:
        days = self._days
        if not days:
            return
        up = max(max(d.grid + d.sun for d in days), 0.1)
        down = max(d.sold for d in days)
        plot = self.height() - _WORDS
        unit = (plot - 4) / (up + down)
        zero = round(2 + up * unit)
        with self.look.brush(self) as brush:
            for i, day in enumerate(days):
                self._bar(brush, i, day, zero, unit)
            brush.hline(0, self.width(), zero, "chart_zero")
            if self._ringed:
                brush.box(QRectF(self.rect()), None, "focus", 7, 2)

    def _bar(self, brush: Brush, i: int, day: DayBar, zero: float, unit: float) -> None:
        pitch = self._pitch()
        wide = round(pitch * _FILL)
        x = round(i * pitch + (pitch - wide) / 2)
        if i == self._at:
            ground = QRectF(round(i * pitch), 0, round(pitch), self.height() - _WORDS + 2)
            brush.fill(ground, self.look.theme.colour("text", 0.075))
        if day.state == "ahead":
            brush.fill(QRectF(x, zero - 5, wide, 4), "sunken")
        else:
            sun, top = zero - day.sun * unit, zero - (day.sun + day.grid) * unit
            brush.bar(x, zero, sun, wide, "sun", 1.5 if day.grid <= 0 else 0)
            brush.bar(x, sun, top, wide, "grid", 1.5)
            brush.bar(x, zero + 1, zero + 1 + day.sold * unit, wide, "sold", 1.5)
        ink = "text" if i == self._at else "text_3"
        middle = i * pitch + pitch / 2
        brush.text(middle, self.height() - 16, day.letter, "micro", ink, "centre", width=pitch)

    def event(self, event: QEvent) -> bool:
        """Tooltips: what the bar says aloud."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._days[index].spoken if index >= 0 else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._day_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._point(self._day_at(event.position()))
            self._open()

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._days:
            start = self._at if self._at >= 0 else -1 if event.key() == Qt.Key.Key_Right else len(self._days)
            self._point(min(max(start + steps[Qt.Key(event.key())], 0), len(self._days) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self._point(-1)
        self.update()
        super().focusOutEvent(event)
