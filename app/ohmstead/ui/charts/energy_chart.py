"""The energy chart: axes in words, bars, crosshair by pointer and keyboard, readout, zoom and pan.

One tab stop; arrows walk the bars, Home and End jump, Return opens, Escape lets go; plus and minus zoom, Shift
and an arrow pans. Not here: the bars themselves (``charts.bars``), the numbers (``presenters``), what a gesture
means (``charts.zooming``).
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
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
from ohmstead.ui.charts.zooming import Gestures
from ohmstead.ui.presenters.usage_words import readout
from ohmstead.ui.presenters.view_models import ChartModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import Window, moved, scaled
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
_ZOOM_KEYS = {
    Qt.Key.Key_Plus: 1 / 1.5,
    Qt.Key.Key_Equal: 1 / 1.5,
    Qt.Key.Key_Minus: 1.5,
    Qt.Key.Key_Underscore: 1.5,
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


class _Mark(Painted):
    """The bar whose receipt is open: its ground stays, with 3 px of ink at both ends."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            brush.fill(box, self.look.theme.colour("text", 0.075))
            brush.fill(QRectF(0, 0, box.width(), 3), "text")
            brush.fill(QRectF(0, box.height() - 3, box.width(), 3), "text")


class EnergyChart(Painted):
    """Bars with everything round them. Main thread.

    Signals:
        opened: a bar was clicked, or Return pressed on it.
        pointed: the crosshair stands on this bar, -1 on none.
        zoomed: another stretch of time is wanted: first slot, slot after the last.
    """

    opened = Signal(int)
    pointed = Signal(int)
    zoomed = Signal(object)

    def __init__(self, look: Look, wording: Wording, open_words: str = "") -> None:
        super().__init__(look)
        self._wording = wording
        self._open_words = open_words
        self._chart: ChartModel | None = None
        self._window = (0.0, 1.0)
        self._index = -1
        self._ringed = False
        self._plot: Plot | None = None  # made for the first bars: what it is made of takes long to load
        self._limits: Window | None = None
        self._gestures = Gestures(self._zoom, self._pan, self._clicked)
        self._marked = -1
        self._mark = _Mark(look, self)
        self._crosshair = _Crosshair(look, self)
        self._readout = Readout(look, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(wording.tr("Energy chart"))

    @property
    def index(self) -> int:
        """The bar under the crosshair, -1 for none."""
        return self._index

    @property
    def slots(self) -> Window | None:
        """The stretch of time that is shown; None where the bars do not know theirs."""
        chart = self._chart
        if chart is None or chart.starts is None or not len(chart):
            return None
        at = np.arange(len(chart.starts))
        first, last = (float(np.interp(edge, at, chart.starts)) for edge in self._window)
        return first, last

    def show_chart(
        self, chart: ChartModel, open_words: str, window: Window | None = None, limits: Window | None = None
    ) -> None:
        """Draw other bars: all of them, or the stretch ``window`` of them.

        ``limits`` are the first slot and the slot after the last that can be zoomed and panned to; None for a
        chart that stands still.
        """
        held = self._held_slot() if window is not None else None
        self._chart, self._open_words, self._limits = chart, open_words, limits
        self._marked = -1
        self.point(-1)
        self.set_window(0, len(chart))
        if window is not None and chart.starts is not None:
            self.show_slots(window)
            if held is not None:
                self.point(int(np.searchsorted(chart.starts, held, "right")) - 1)
        self.setAccessibleName(f"{self._wording.tr('Energy chart')}, {chart.unit}")
        self.update()

    def mark(self, index: int) -> None:
        """Mark the bar whose receipt is open, -1 for none."""
        self._marked = index
        self._place_mark()

    def index_of(self, slot: int) -> int:
        """The bar that holds a slot, -1 where none does."""
        chart = self._chart
        if chart is None or chart.starts is None or not len(chart):
            return -1
        if not chart.starts[0] <= slot < chart.starts[-1]:
            return -1
        return int(np.searchsorted(chart.starts, slot, "right")) - 1

    def tallest_box(self) -> QRect | None:
        """Where the tallest of the bars shown stands, above the line, in this widget's pixels; None for none."""
        chart = self._chart
        if chart is None or not len(chart):
            return None
        high = np.nan_to_num(np.asarray(chart.grid) + np.asarray(chart.sun))
        index = int(np.argmax(high))
        left, right = round(self._column(index)), round(self._column(index + 1))
        top, base = round(self._line(float(high[index]))), round(self._line(0))
        return QRect(left, top, max(right - left, 1), max(base - top, 1))

    def _place_mark(self) -> None:
        first, last = self._window
        chart, index = self._chart, self._marked
        if chart is None or not 0 <= index < len(chart) or index + 1 <= first or index >= last:
            self._mark.hide()
            return
        area = self._area()
        left = round(max(self._column(index), area.left()))
        right = round(min(self._column(index + 1), area.right()))
        self._mark.setGeometry(left, round(area.top()), max(right - left, 1), round(area.height()))
        self._mark.show()

    def show_slots(self, window: Window) -> None:
        """Show a stretch of time of the bars that are here."""
        chart = self._chart
        if chart is not None and chart.starts is not None:
            at = np.arange(len(chart.starts), dtype=float)
            first, last = (float(np.interp(edge, chart.starts, at)) for edge in window)
            self.set_window(first, max(last, first + 1))

    def _held_slot(self) -> int | None:
        """The slot under a crosshair that the keyboard holds."""
        chart = self._chart
        if chart is None or chart.starts is None or self._index < 0:
            return None
        return int(chart.starts[self._index])

    def set_window(self, first: float, last: float) -> None:
        """Show only the bars first..last; the energy axis stays."""
        if self._chart is not None:
            self._window = (first, last)
            self._plot = self._plot or self._made_plot()
            self._plot.set_range(first, last, -self._chart.bottom, self._chart.top * 1.02)
            if self._index >= 0:
                self._place(self._chart, self._index)
            self._place_mark()
            self.update()

    def zoom_by(self, factor: float) -> None:
        """Make the stretch ``factor`` times as wide about the crosshair, or about the middle."""
        middle = self._area().width() / 2
        if self._index >= 0:
            left, right = (self._column(self._index + i) - LEFT for i in (0, 1))
            middle = (left + right) / 2
        self._zoom(factor, middle)

    def _zoom(self, factor: float, x: float) -> None:
        """The stretch becomes ``factor`` times as wide about a pixel of the plot."""
        window = self.slots
        if window is not None and self._limits is not None:
            about = window[0] + (window[1] - window[0]) * x / max(self._area().width(), 1)
            self._ask(scaled(window, factor, about, self._limits))

    def _pan(self, pixels: float) -> None:
        """The stretch moves under the pointer."""
        window = self.slots
        if window is not None and self._limits is not None:
            self._ask(moved(window, -pixels / max(self._area().width(), 1), self._limits))

    def _ask(self, window: Window) -> None:
        if window != self.slots:
            self.show_slots(window)  # with the bars at hand, until finer ones are here
            self.zoomed.emit(window)

    def _clicked(self, x: float) -> None:
        self.point(self._bar_at(x))
        if self._index >= 0:
            self.opened.emit(self._index)

    def _bar_at(self, x: float) -> int:
        first, last = self._window
        return int(first + (last - first) * x / max(self._area().width(), 1))

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
        if self._plot is not None:
            self._plot.refresh()
        super().recolour()

    def _made_plot(self) -> Plot:
        plot = Plot(self._paint_layer, self)
        plot.widget.setMouseTracking(True)
        plot.widget.viewport().setMouseTracking(True)
        plot.widget.viewport().installEventFilter(self)
        plot.widget.setGeometry(self._area().toRect())
        plot.widget.lower()  # under crosshair, mark and readout
        plot.widget.show()
        return plot

    def _place(self, chart: ChartModel, index: int) -> None:
        area = self._area()
        first, last = self._window
        if index + 1 <= first or index >= last:  # panned out of sight
            self._crosshair.hide()
            self._readout.hide()
            return
        left = round(max(self._column(index), area.left()))
        right = round(min(self._column(index + 1), area.right()))
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
        if self._plot is not None:
            self._plot.widget.setGeometry(self._area().toRect())
        if self._chart is not None and self._index >= 0:
            self._place(self._chart, self._index)
        self._place_mark()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chart = self._chart
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if chart is None or not len(chart):
            super().keyPressEvent(event)
        elif self._limits is not None and key in _ZOOM_KEYS:
            self.zoom_by(_ZOOM_KEYS[key])
        elif self._limits is not None and shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._pan(self._area().width() * (0.1 if key == Qt.Key.Key_Left else -0.1))
        elif key in _KEYS:
            step = _KEYS[key]
            low, high = self._shown()
            start = self._index if self._index >= 0 else (low - step if step > 0 else high)
            self.point(min(max(start + step, low), high - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            low, high = self._shown()
            self.point(low if key == Qt.Key.Key_Home else high - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._index >= 0:
            self.opened.emit(self._index)
        elif key == Qt.Key.Key_Escape and self._index >= 0:
            self.point(-1)
        else:
            super().keyPressEvent(event)

    def _shown(self) -> tuple[int, int]:
        """First bar shown whole or in part, and the bar after the last."""
        count = len(self._chart) if self._chart is not None else 0
        first, last = self._window
        return max(int(first), 0), min(math.ceil(last - 1e-9), count)

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
        if self._chart is not None:
            if event.type() == QEvent.Type.MouseButtonPress:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            if self._gestures.hear(event, can_zoom=self._limits is not None and self.slots is not None):
                if self._gestures.dragging:
                    self.point(-1)
                return True
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
                self.point(self._bar_at(event.position().x()))
                return True
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self.point(-1)
        return super().eventFilter(watched, event)
