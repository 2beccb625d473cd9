"""The energy chart: axes in words, bars, crosshair by pointer and keyboard, readout.

One tab stop; arrows walk the bars, Home and End jump, Return opens, Escape lets go. Not here: the bars
themselves (``charts.bars``), the numbers (``presenters``).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ohmstead.ui.charts.bars import paint_bars
from ohmstead.ui.charts.plotting import Mapping, Plot
from ohmstead.ui.charts.readout import Readout
from ohmstead.ui.presenters.usage_words import readout
from ohmstead.ui.presenters.view_models import ChartModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, by_keyboard

LEFT, TOP, RIGHT, BOTTOM = 44, 4, 16, 28
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -4,
    Qt.Key.Key_Down: 4,
    Qt.Key.Key_PageUp: -12,
    Qt.Key.Key_PageDown: 12,
}


class _Crosshair(Painted):
    """Ground of 7.5 % ink over the bar's full height. Above the plot, so that moving it redraws no bar."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), self.look.theme.colour("text", 0.075))


class EnergyChart(Painted):
    """Bars with everything round them. Main thread.

    Signals:
        opened: a bar was clicked, or Return pressed on it.
        pointed: the crosshair stands on this bar, -1 on none.
    """

    opened = Signal(int)
    pointed = Signal(int)

    def __init__(self, look: Look, wording: Wording, open_words: str = "") -> None:
        super().__init__(look)
        self._wording = wording
        self._open_words = open_words
        self._chart: ChartModel | None = None
        self._window = (0.0, 1.0)
        self._index = -1
        self._ringed = False
        self._plot = Plot(self._paint_layer, self)
        self._plot.widget.setMouseTracking(True)
        self._plot.widget.viewport().setMouseTracking(True)
        self._plot.widget.viewport().installEventFilter(self)
        self._crosshair = _Crosshair(look, self)
        self._readout = Readout(look, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(wording.tr("Energy chart"))

    @property
    def index(self) -> int:
        """The bar under the crosshair, -1 for none."""
        return self._index

    def show_chart(self, chart: ChartModel, open_words: str) -> None:
        """Draw other bars."""
        self._chart, self._open_words = chart, open_words
        self.point(-1)
        self.set_window(0, len(chart))
        self.setAccessibleName(f"{self._wording.tr('Energy chart')}, {chart.unit}")
        self.update()

    def set_window(self, first: float, last: float) -> None:
        """Show only the bars first..last; the energy axis stays."""
        if self._chart is not None:
            self._window = (first, last)
            self._plot.set_range(first, last, -self._chart.bottom, self._chart.top * 1.02)

    def point(self, index: int) -> None:
        """Put the crosshair on a bar, -1 to let go."""
        chart = self._chart
        if chart is None or not 0 <= index < len(chart):
            index = -1
        if index == self._index:
            return
        self._index = index
        if index < 0 or chart is None:
            self._crosshair.hide()
            self._readout.hide()
            self.setAccessibleDescription("")
        else:
            self._place(chart, index)
        self.pointed.emit(index)

    def recolour(self) -> None:
        """The colours changed."""
        self._plot.refresh()
        super().recolour()

    def _place(self, chart: ChartModel, index: int) -> None:
        area = self._area()
        left, right = round(self._column(index)), round(self._column(index + 1))
        self._crosshair.setGeometry(left, round(area.top()), max(right - left, 1), round(area.height()))
        self._crosshair.show()
        lines = readout(chart, index, self._wording)
        self._readout.say(chart.heads[index], lines, self._open_words)
        self._readout.stand(left, right, area)
        said = ", ".join(f"{line.words} {line.value}".strip() for line in lines)
        self.setAccessibleDescription(f"{chart.heads[index]}: {said}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _area(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _column(self, position: float) -> float:
        area, (first, last) = self._area(), self._window
        return area.left() + area.width() * (position - first) / (last - first)

    def _line(self, kwh: float) -> float:
        assert self._chart is not None
        area, top, bottom = self._area(), self._chart.top * 1.02, -self._chart.bottom
        return area.top() + area.height() * (top - kwh) / (top - bottom)

    def _paint_layer(self, painter: QPainter, at: Mapping) -> None:
        if self._chart is not None:
            paint_bars(self.look.brush(painter), self._chart, at)

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self._chart
        if chart is None:
            return
        area = self._area()
        with self.look.brush(self) as brush:
            for kwh, label in chart.marks:
                brush.text(LEFT - 8, self._line(kwh) - 7, label, "micro", "text_3", "right")
            free_from = -1e9
            for position, label in chart.ticks:
                x = self._column(position)
                half = self.look.width(label, "micro") / 2
                if x - half < free_from or not area.left() - 1 <= x <= area.right() + 1:
                    continue
                x = min(x, self.width() - half - 1)
                brush.text(x, area.bottom() + 7, label, "micro", "text_3", "centre")
                free_from = x + half + 8
            if self._ringed:
                brush.box(QRectF(self.rect()).adjusted(1, 0, -1, 0), None, "focus", 7, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._plot.widget.setGeometry(self._area().toRect())
        if self._chart is not None and self._index >= 0:
            self._place(self._chart, self._index)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chart = self._chart
        key = Qt.Key(event.key())
        if chart is None or not len(chart):
            super().keyPressEvent(event)
        elif key in _KEYS:
            step = _KEYS[key]
            start = self._index if self._index >= 0 else (-step if step > 0 else len(chart))
            self.point(min(max(start + step, 0), len(chart) - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point(0 if key == Qt.Key.Key_Home else len(chart) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._index >= 0:
            self.opened.emit(self._index)
        elif key == Qt.Key.Key_Escape and self._index >= 0:
            self.point(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer over the plot."""
        chart = self._chart
        if chart is not None and isinstance(event, QMouseEvent):
            first, last = self._window
            wide = max(self._area().width(), 1)
            index = int(first + (last - first) * event.position().x() / wide)
            if event.type() == QEvent.Type.MouseMove:
                self.point(index)
                return True
            if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                self.point(index)
                if self._index >= 0:
                    self.opened.emit(self._index)
                return True
            if event.type() == QEvent.Type.MouseButtonPress:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                return True
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self.point(-1)
        return super().eventFilter(watched, event)
