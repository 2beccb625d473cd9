"""What a pointer's movements over a plot mean: zoom, pan, or a click. Not here: what is zoomed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

NOTCH = 120  # eighths of a degree of one notch of a wheel
PER_NOTCH = 1.25
PAN_PX = 90  # pixels that a sideways notch pans


class Gestures:
    """Wheel and pinch zoom about the pointer; dragging and sideways scrolling pan; a still click is a click.

    ``zoom(factor, x)``, ``pan(pixels)`` and ``click(x)`` are called with logical pixels of the plot.
    """

    def __init__(
        self,
        zoom: Callable[[float, float], None],
        pan: Callable[[float], None],
        click: Callable[[float], None],
    ) -> None:
        self._zoom, self._pan, self._click = zoom, pan, click
        self._down: float | None = None
        self._last = 0.0
        self.dragging = False

    def hear(self, event: QEvent, *, can_zoom: bool) -> bool:
        """Take an event of the plot; whether it is dealt with."""
        if isinstance(event, QWheelEvent):
            return can_zoom and self._wheel(event)
        if isinstance(event, QNativeGestureEvent):
            if can_zoom and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1 / max(1 + event.value(), 0.1), event.position().x())
                return True
            return False
        if not isinstance(event, QMouseEvent):
            return False
        x = event.position().x()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._down, self._last, self.dragging = x, x, False
            return True
        if event.type() == QEvent.Type.MouseMove and self._down is not None:
            if not self.dragging and abs(x - self._down) >= QApplication.startDragDistance():
                self.dragging = can_zoom
            if self.dragging:
                self._pan(x - self._last)
                self._last = x
            return self.dragging
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            was_down, dragged = self._down is not None, self.dragging
            self._down, self.dragging = None, False
            if was_down and not dragged:
                self._click(x)
            return True
        return False

    def _wheel(self, event: QWheelEvent) -> bool:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if abs(angle.x()) > abs(angle.y()) or sideways:
            turn = angle.x() if abs(angle.x()) > abs(angle.y()) else angle.y()
            self._pan(float(pixels.x()) if pixels.x() else turn / NOTCH * PAN_PX)
        elif angle.y():
            self._zoom(PER_NOTCH ** (-angle.y() / NOTCH), event.position().x())
        else:
            return False
        return True
