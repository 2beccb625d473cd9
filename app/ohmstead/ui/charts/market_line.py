"""Prices as a step line between feed-in and retail: what the day's line and the week's line share.

A place can be pointed at, by pointer or arrow keys; what it says stands in a card and is read aloud. Not here:
what is drawn under the line (``market_timeline``, ``market_history``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.charts.readout import Readout
from ohmstead.ui.presenters.view_models import ReadoutLine
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, by_keyboard

LEFT, RIGHT = 44, 8
_CLOSE = 9  # pixels: a round price so near to a bound is not named


class PriceLine(Painted):
    """The plot area, the pointing, the step line. Main thread. ``name`` is the card's word for the price."""

    def __init__(self, look: Look, name: str, high: int) -> None:
        super().__init__(look)
        self._name = name
        self._said: Sequence[tuple[str, str]] = ()
        self._at = -1
        self._ringed = False
        self._card = Readout(look, self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(high)

    @property
    def index(self) -> int:
        """The place that is pointed at, -1 for none."""
        return self._at

    def _hold(self, said: Sequence[tuple[str, str]], spoken: str) -> None:
        """Other places."""
        self._said = said
        self.setAccessibleName(spoken)
        self.point(min(self._at, len(said) - 1))
        self.update()

    def plot(self) -> QRectF:
        """Where prices are drawn."""
        return QRectF(LEFT, 8, max(self.width() - LEFT - RIGHT, 1), self.height() - 32)

    def column(self, place: float) -> float:
        """Pixel column of a place."""
        plot = self.plot()
        return plot.left() + plot.width() * place / max(len(self._said), 1)

    def point(self, index: int) -> None:
        """Point at a place, -1 for none."""
        self._at = index
        if not 0 <= index < len(self._said):
            self._card.hide()
            self.setAccessibleDescription("")
        else:
            head, value = self._said[index]
            self._card.say(head, (ReadoutLine("", self._name, value),), "")
            self._card.stand(self.column(index), self.column(index + 1), self.plot())
            self.setAccessibleDescription(f"{head}: {value}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _ground(self, brush: Brush) -> None:
        """What is pointed at, and the ring of the keyboard."""
        plot = self.plot()
        if 0 <= self._at < len(self._said):
            left, right = round(self.column(self._at)), round(self.column(self._at + 1))
            box = QRectF(left, plot.top(), max(right - left, 2), plot.height())
            brush.fill(box, self.look.theme.colour("text", 0.12))
        if self._ringed:
            brush.box(QRectF(self.rect()), None, "focus", 7, 2)

    def _bounds(
        self, brush: Brush, area: QRectF, low: int, high: int, low_words: str, high_words: str,
        steps: Sequence[tuple[int, str]],
    ) -> None:  # fmt: skip
        """The band of possible prices: feed-in below, retail above, round steps between."""
        for price, words in steps:
            y = self._y(price, area, low, high)
            if min(abs(y - area.top()), abs(y - area.bottom())) < _CLOSE:
                continue
            brush.hline(area.left(), area.right(), y, "chart_grid")
            brush.text(area.left() - 8, y - 7, words, "micro", "text_3", "right")
        for price, words in ((high, high_words), (low, low_words)):
            y = self._y(price, area, low, high)
            wide = self.look.width(words, "micro")
            brush.hline(area.left(), area.right() - wide - 8, y, "text_3", 1, (1, 2))
            brush.text(area.right(), y - 7, words, "micro", "text_2", "right")

    def _line(self, brush: Brush, area: QRectF, prices: Sequence[int | None], low: int, high: int) -> None:
        """The step line; nothing is drawn where nothing was traded."""
        path, down = QPainterPath(), False
        for i, price in enumerate(prices):
            if price is None:
                down = False
                continue
            y = self._y(price, area, low, high)
            left, right = self.column(i), self.column(i + 1)
            if down:
                path.lineTo(QPointF(left, y))
            else:
                path.moveTo(QPointF(left, y))
            path.lineTo(QPointF(right, y))
            down = True
        pen = QPen(self.look.theme.colour("text"), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        brush.painter.setBrush(Qt.BrushStyle.NoBrush)
        brush.painter.strokePath(path, pen)

    @staticmethod
    def _y(price: int, area: QRectF, low: int, high: int) -> float:
        return area.bottom() - area.height() * (price - low) / max(high - low, 1)

    # ---- pointing -----------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, x = self.plot(), event.position().x()
        place = int((x - plot.left()) / plot.width() * len(self._said)) if plot.width() else -1
        self.point(place if plot.left() <= x < plot.right() else -1)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.point(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -4,
            Qt.Key.Key_PageDown: 4,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._said:
            super().keyPressEvent(event)
            return
        start = self._at if self._at >= 0 else -1 if step > 0 else len(self._said)
        self.point(min(max(start + step, 0), len(self._said) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.point(-1)
        super().focusOutEvent(event)
