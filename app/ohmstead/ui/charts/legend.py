"""Legends: the keys of the bars in one line (two where it is narrow), and the ramps of the heat map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.charts.heat_colours import heat_colours, ramp_colours
from ohmstead.ui.presenters.view_models import LegendEntry
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted

LINE = 20
_GLYPHS = {"clock": "clock", "replaced": "meter", "sealed": "lock"}


class Legend(Painted):
    """Swatch then word, in stack order; the unit once, in words, at the right end."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._entries: Sequence[LegendEntry] = ()
        self._unit = ""
        self._lines = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[LegendEntry], unit: str) -> None:
        """Show other keys."""
        self._entries, self._unit = entries, unit
        self.setAccessibleName(", ".join([*(e.words for e in entries), unit]))
        self._flow()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, LINE * self._lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, LINE * self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            for entry, x, y in self._places():
                _swatch(brush, entry.kind, x, y)
                brush.text(x + 16, y + 2, entry.words, "small", "text_2")
            brush.text(self.width(), 2, self._unit, "small", "text_3", "right")

    def _flow(self) -> None:
        lines = 1 + round(max((y for _, _, y in self._places()), default=0) / LINE)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _places(self) -> list[tuple[LegendEntry, float, float]]:
        places = []
        x = y = 0.0
        room = self.width() - self.look.width(self._unit, "small") - 24
        for entry in self._entries:
            wide = 16 + self.look.width(entry.words, "small")
            if x and x + wide > room:
                x, y = 0.0, y + LINE
            places.append((entry, x, y))
            x += wide + 18
        return places


def _swatch(brush: Brush, kind: str, x: float, y: float) -> None:
    """The small picture of a key."""
    box = QRectF(x, y + 5, 10, 10)
    if kind == "usual":
        brush.hline(x - 1, x + 12, y + 10, "usual", 1.5, (3, 2))
    elif kind == "then":
        brush.fill(QRectF(x - 1, y + 9, 13, 2), "usual")
    elif kind == "gap":
        brush.hatch(box, "others_strong", 4, 1)
        brush.box(box, None, "line_strong", 2)
    elif kind == "estimated":
        brush.hatch(box.adjusted(1, 1, -1, -1), brush.theme.colour("grid", 0.6), 3.5, 1)
        brush.box(box, None, "grid", 1.5)
    elif kind == "coming":
        brush.box(box, "sunken", "line_strong", 2)
    elif kind in _GLYPHS:
        brush.icon(_GLYPHS[kind], x - 2, y + 3, 14)
    else:
        brush.box(box, kind, radius=2.5)


class HeatLegend(Painted):
    """Two ramps with their ends in numbers."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look)
        self._wording = wording
        self._peak = 1.0
        self.setFixedHeight(LINE)

    def show_peak(self, peak: float) -> None:
        """Show other ends, in kWh per quarter hour."""
        self._peak = peak
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tr, number = self._wording.tr, self._wording.number
        ramps = heat_colours(self.look.theme)
        with self.look.brush(self) as brush:
            x = 0.0
            for name, words, top in (
                ("in", tr("From the grid"), self._peak),
                ("out", tr("Sold"), self._peak * 0.42),
            ):
                x += brush.text(x, 2, words, "small", "text_2") + 10
                x += brush.text(x, 3, "0", "micro", "text_3") + 6
                for i, colour in enumerate(ramp_colours(ramps[name], 110)):
                    brush.fill(QRectF(x + i, 5, 1, 10), colour)
                brush.box(QRectF(x, 5, 110, 10), None, "line_strong", 0)
                x += 118
                x += brush.text(x, 3, number(top, 2), "micro", "text_3") + 28
            box = QRectF(x, 5, 10, 10)
            brush.hatch(box, "others_strong", 4, 1)
            brush.box(box, None, "line_strong", 2)
            brush.text(x + 16, 2, tr("No reading"), "small", "text_2")
            brush.text(self.width(), 2, tr("kWh per quarter hour"), "small", "text_3", "right")
