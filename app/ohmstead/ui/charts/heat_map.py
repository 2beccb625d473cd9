"""The heat map: days across, quarter hours down; one image, drawn without smoothing.

One tab stop: arrows walk the cells, Return opens the day. Not here: its numbers (``presenters.usage_heat``).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from ohmstead.ui.charts.heat_colours import OUT_SHARE, heat_colours, ramp
from ohmstead.ui.charts.readout import Readout
from ohmstead.ui.presenters.usage_heat import ROWS
from ohmstead.ui.presenters.usage_words import heat_readout
from ohmstead.ui.presenters.view_models import HeatModel, Mark
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, by_keyboard

LEFT, TOP, RIGHT, BOTTOM = 44, 8, 2, 28
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_PageUp: (-30, 0),
    Qt.Key.Key_PageDown: (30, 0),
}


class HeatMap(Painted):
    """A year of quarter hours.

    Signals:
        opened: the cell of this day (days since 1970-01-01) was clicked or Return pressed on it.
    """

    opened = Signal(int)

    def __init__(self, look: Look, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._wording = wording
        self._heat: HeatModel | None = None
        self._image: QImage | None = None
        self._cell: tuple[int, int] | None = None
        self._ringed = False
        self._readout = Readout(look, self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(wording.tr("Heat map of the year"))

    @property
    def cell(self) -> tuple[int, int] | None:
        """(column, row) under the crosshair."""
        return self._cell

    def show_heat(self, heat: HeatModel) -> None:
        """Draw another year."""
        self._heat, self._image = heat, None
        self.point(None)
        self.update()

    def point(self, cell: tuple[int, int] | None) -> None:
        """Put the crosshair on a cell, None to let go."""
        heat = self._heat
        self._cell = cell if heat is not None else None
        if cell is None or heat is None:
            self._readout.hide()
            self.setAccessibleDescription("")
        else:
            column, line = cell
            lines = heat_readout(heat, column, line, self._wording)
            head = f"{heat.days[column]}, {line // 4:02d}:{line % 4 * 15:02d}"
            self._readout.say(head, lines, self._wording.tr("Click to open the day"))
            box = self._cell_box(heat, column, line)
            self._readout.stand(box.left(), box.right(), self._area())
            self._readout.move(self._readout.x(), self._beside(box))
            said = ", ".join(f"{part.words} {part.value}".strip() for part in lines)
            self.setAccessibleDescription(f"{head}: {said}")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def recolour(self) -> None:
        """The colours changed."""
        self._image = None
        super().recolour()

    def _beside(self, box: QRectF) -> int:
        """The readout's top, so that it stays inside the map."""
        high = self._readout.height()
        return round(min(max(box.center().y() - high / 2, 0), self.height() - high))

    def _area(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _cell_box(self, heat: HeatModel, column: int, line: int) -> QRectF:
        area = self._area()
        wide, high = area.width() / len(heat.days), area.height() / ROWS
        return QRectF(area.left() + column * wide, area.top() + line * high, wide, high)

    def _picture(self, heat: HeatModel) -> QImage:
        if self._image is None:
            ramps = heat_colours(self.look.theme)
            colours = ramp(ramps["in"], heat.grid / heat.peak)
            out = heat.sold > heat.grid
            colours[out] = ramp(ramps["out"], heat.sold / (heat.peak * OUT_SHARE))[out]
            pixels = np.ascontiguousarray(np.transpose(colours, (1, 0, 2)).astype(np.uint8))
            count = len(heat.days)
            self._image = QImage(pixels.tobytes(), count, ROWS, count * 3, QImage.Format.Format_RGB888).copy()
        return self._image

    def _absences(self, brush: Brush, heat: HeatModel) -> None:
        """Hatch what was not measured, and ground what is not here."""
        for mark in (Mark.GAP, Mark.SEALED, Mark.COMING):
            on = (heat.flags & np.uint8(mark)) != 0
            for column in np.flatnonzero(on.any(axis=1)).tolist():
                edges = np.flatnonzero(np.diff(np.concatenate(([0], on[column], [0]))))
                for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                    box = self._cell_box(heat, column, a).united(self._cell_box(heat, column, b - 1))
                    brush.fill(box, "sunken" if mark is Mark.COMING else "page")
                    if mark is not Mark.COMING:
                        brush.hatch(box.adjusted(-0.5, 0, 0.5, 0), "others_strong", 4, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        heat = self._heat
        if heat is None:
            return
        area = self._area()
        with self.look.brush(self) as brush:
            brush.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            brush.painter.drawImage(area, self._picture(heat))
            self._absences(brush, heat)
            brush.box(area, None, "line", 0)
            for hour in range(0, 25, 6):
                y = area.top() + area.height() * hour / 24 - 7
                brush.text(LEFT - 8, y, f"{hour:02d}:00", "micro", "text_3", "right")
            for column, name in heat.months:
                x = self._cell_box(heat, column, 0).left()
                brush.text(x + 4, area.bottom() + 7, name, "micro", "text_3")
                brush.vline(x, area.bottom(), area.bottom() + 6, "line_strong")
            if self._cell is not None:
                box = self._cell_box(heat, *self._cell).adjusted(-2, -2, 2, 2)
                brush.box(box, None, "page", 2, 3)
                brush.box(box, None, "text", 2, 1.5)
            if self._ringed:
                brush.box(QRectF(self.rect()).adjusted(1, 0, -1, 0), None, "focus", 7, 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self._at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event)
        if cell is not None and self._heat is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._heat.first_day + cell[0])

    def leaveEvent(self, event: object) -> None:
        if not self.hasFocus():
            self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        heat, key = self._heat, Qt.Key(event.key())
        if heat is None:
            super().keyPressEvent(event)
        elif key in _KEYS:
            column, line = self._cell if self._cell is not None else (len(heat.days) - 1, ROWS // 2)
            right, down = _KEYS[key]
            self.point((min(max(column + right, 0), len(heat.days) - 1), min(max(line + down, 0), ROWS - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell is not None:
            self.opened.emit(heat.first_day + self._cell[0])
        elif key == Qt.Key.Key_Escape and self._cell is not None:
            self.point(None)
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

    def _at(self, event: QMouseEvent) -> tuple[int, int] | None:
        heat, area, where = self._heat, self._area(), event.position()
        if heat is None or not area.contains(where):
            return None
        column = int((where.x() - area.left()) / area.width() * len(heat.days))
        line = int((where.y() - area.top()) / area.height() * ROWS)
        return min(column, len(heat.days) - 1), min(line, ROWS - 1)
