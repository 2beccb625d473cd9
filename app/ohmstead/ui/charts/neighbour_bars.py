"""Bars under each other, each with its name before and its value after it: you, efficient, all.

The home's own is in the accent, the others in grey, and every bar says its number: colour is never alone. Not
here:
the numbers (``presenters.neighbour_group``, ``presenters.neighbour_why``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.neighbour_views import BarModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

PITCH, SMALL_PITCH = 40, 26
THICK, SMALL_THICK = 20, 12
LEAST_BAR, GAP, SMALL_NAMES = 60, 14, 104


class NamedBars(Painted):
    """The bars. ``small`` is for a pair beside words. Main thread."""

    def __init__(self, look: Look, name: str, *, small: bool = False) -> None:
        super().__init__(look)
        self._bars: Sequence[BarModel] = ()
        self._name, self._small = name, small
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[BarModel]) -> None:
        """Show other bars in place."""
        self._bars = bars
        said = [
            " ".join(p for p in (f"{b.name}: {b.value}" if b.value else b.name, b.note) if p) for b in bars
        ]
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(". ".join(said))
        self._measure()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._names() + LEAST_BAR * 3 + self._values(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._names() + self._values() + 20, self.height())

    def _names(self) -> int:
        style = "small" if self._small else "strong"
        wide = [max(self.look.width(b.name, style), self.look.width(b.note, "small")) for b in self._bars]
        # Pairs under each other begin at one line, as long as their names are short.
        return max(round(max(wide, default=0)) + GAP, SMALL_NAMES if self._small else 0)

    def _values(self) -> int:
        style = "small_s" if self._small else "strong"
        return round(max((self.look.width(b.value, style) for b in self._bars), default=0)) + 12

    def _measure(self) -> None:
        pitch = SMALL_PITCH if self._small else PITCH
        self.setFixedHeight(max(pitch * len(self._bars), 1))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        pitch, thick = (SMALL_PITCH, SMALL_THICK) if self._small else (PITCH, THICK)
        left = float(self._names())
        room = max(self.width() - left - self._values(), 4)
        with self.look.brush(self) as brush:
            for i, bar in enumerate(self._bars):
                y = float(i * pitch)
                if self._small:
                    brush.text(0, y + 4, bar.name, "small", "text_2")
                else:
                    brush.text(0, y + 1, bar.name, "strong", "accent" if bar.ink == "me" else "text")
                    brush.text(0, y + 19, bar.note, "small", "text_2")
                if not bar.value:
                    continue
                wide = max(round(room * bar.share), 2)
                top = y + (pitch - thick) / 2 - (0 if self._small else 1)
                brush.box(QRectF(left, top, wide, thick), bar.ink, radius=2.5)
                style = "small_s" if self._small else "strong"
                line = self.look.theme.style(style).line
                brush.text(left + wide + 8, top + (thick - line) / 2, bar.value, style)
