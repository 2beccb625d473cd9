"""The one module that knows pyqtgraph: a view whose single layer we paint ourselves.

pyqtgraph has no types, costs some 300 ms to import and is needed by charts alone: it is imported when the
first plot is made. Here: the scene, its range, the mapping from data to pixels. Not here: what is drawn.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget


@dataclass(frozen=True, slots=True)
class Mapping:
    """From data to logical pixels of the painter, whose own transform is off meanwhile."""

    transform: QTransform
    view: QRectF  # the visible range: x, width in bars; y, height in kWh

    def x(self, value: float) -> float:
        """Pixel column of a position on the time axis."""
        return self.transform.map(QPointF(value, 0)).x()

    def y(self, value: float) -> float:
        """Pixel line of an amount."""
        return self.transform.map(QPointF(0, value)).y()


PaintLayer = Callable[[QPainter, Mapping], None]


class Plot:
    """A plot without axes or mouse handling. ``widget`` is its view; the caller places it."""

    def __init__(self, paint: PaintLayer, parent: QWidget) -> None:
        pg = importlib.import_module("pyqtgraph")
        view = pg.GraphicsView(parent, background=None)
        self.widget = cast(QGraphicsView, view)
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self.widget.setStyleSheet("background: transparent; border: 0;")
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the chart round it is the one tab stop
        self.widget.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box: Any = pg.ViewBox(enableMenu=False, border=None, defaultPadding=0)
        self._box.setMouseEnabled(False, False)
        view.setCentralItem(self._box)
        self._layer: Any = _layer_class()()
        self._layer.draw = self._draw
        self._paint = paint
        self._range = QRectF(0, 0, 1, 1)
        self._box.addItem(self._layer, ignoreBounds=True)

    def set_range(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """Show bars x0..x1 and amounts y0..y1."""
        self._range = QRectF(x0, y0, x1 - x0, y1 - y0)
        self._layer.prepareGeometryChange()
        self._layer.bounds = self._range
        self._box.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0, disableAutoRange=True)
        self.refresh()

    def refresh(self) -> None:
        """Paint again: the data or the colours changed."""
        self._layer.update()

    def _draw(self, painter: QPainter) -> None:
        mapping = Mapping(painter.worldTransform(), self._range)
        painter.save()
        # Edges land on the pixel grid only in logical pixels, so the transform just maps points.
        painter.resetTransform()
        self._paint(painter, mapping)
        painter.restore()


@cache
def _layer_class() -> Any:
    """A GraphicsObject that hands its painting over. Made on first use: its base is not importable before."""
    base = importlib.import_module("pyqtgraph").GraphicsObject

    def paint(self: Any, painter: QPainter, *_: object) -> None:
        self.draw(painter)

    def bounding_rect(self: Any) -> QRectF:
        return cast(QRectF, self.bounds)

    return type(
        "Layer",
        (base,),
        {
            "bounds": QRectF(0, 0, 1, 1),
            "paint": paint,
            "boundingRect": bounding_rect,
        },
    )
