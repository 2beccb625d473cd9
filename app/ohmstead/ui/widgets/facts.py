"""The row of facts: each with its own glyph, name and age; in two lines where one is too narrow.

Not here: what they say (``presenters.facts``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.facts import FactLine, FactState
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

GAP, LEAST_GAP, BELOW, HIGH = 34, 12, 12, 38
_INDENT = 21
_GLYPHS = {
    FactState.OK: ("check", "ok"),
    FactState.WAITING: ("clock", "notice"),
    FactState.ALARM: ("alert", "alarm"),
    FactState.UNKNOWN: ("minus", "text_3"),
    FactState.REMARK: ("info", "text_2"),
}


class FactBox(Painted):
    """One fact: glyph, name, date or age."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._line: FactLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_fact(self, line: FactLine) -> None:
        """Show another state of it, in place."""
        if line == self._line:
            return
        self._line = line
        self.setAccessibleName(line.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._line is None:
            return QSize(0, HIGH)
        wide = max(self.look.width(self._line.name, "label"), self.look.width(self._line.detail, "small"))
        return QSize(_INDENT + round(wide) + 3, HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        line = self._line
        if line is None:
            return
        glyph, ink = _GLYPHS[line.state]
        alarm = line.state is FactState.ALARM
        with self.look.brush(self) as brush:
            brush.icon(glyph, 0, 2, 15, ink)
            brush.text(_INDENT, 0, line.name, "label", "alarm" if alarm else "text")
            brush.text(_INDENT, 20, line.detail, "small", "text_2")


class FactsRow(QWidget):
    """All facts, side by side. Changes in place; wraps by whole facts."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._boxes: list[FactBox] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_facts(self, lines: Sequence[FactLine]) -> None:
        """Show other facts."""
        while len(self._boxes) < len(lines):
            box = FactBox(self._look)
            box.setParent(self)
            self._boxes.append(box)
        for i, box in enumerate(self._boxes):
            box.setVisible(i < len(lines))
            if i < len(lines):
                box.show_fact(lines[i])
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        boxes = [box for box in self._boxes if not box.isHidden()]
        widths = [box.sizeHint().width() for box in boxes]
        columns = self._columns(widths)
        x = y = 0
        for i, (box, wide) in enumerate(zip(boxes, widths, strict=True)):
            if i and i % columns == 0:
                x, y = 0, y + HIGH + BELOW
            box.setGeometry(x, y, wide, HIGH)
            # In more than one line, a column is as wide as its widest fact.
            x += max(widths[i % columns :: columns]) + self._gap(widths, columns)
        if self.height() != y + HIGH:
            self.setFixedHeight(y + HIGH)

    def _columns(self, widths: Sequence[int]) -> int:
        """How many facts fit beside each other."""
        for columns in range(len(widths), 1, -1):
            wide = sum(max(widths[c::columns]) for c in range(columns))
            if wide + LEAST_GAP * (columns - 1) <= self.width():
                return columns
        return 1

    def _gap(self, widths: Sequence[int], columns: int) -> int:
        """The space between columns: the usual one, or what is left where that is less."""
        if columns < 2:
            return GAP
        wide = sum(max(widths[c::columns]) for c in range(columns))
        return min(GAP, (self.width() - wide) // (columns - 1))
