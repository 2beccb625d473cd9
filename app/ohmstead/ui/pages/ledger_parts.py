"""Parts that only the Ledger page has: its two kinds of table, the strip of months, the list of refusals.

Tables are labels in a grid: a screen reader walks them, and long words wrap. Not here: two histories
(``ledger_split``), what anything says (``presenters.ledger``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ohmstead.ui.presenters.ledger_views import FindingLine, MonthCell, PairLine, StateLine
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.text import Icon, Rule, Text

NAME_WIDE = 150
_ROW = 34
_CELL_HIGH, _NAMES, _NOTES = 26, 18, 15
_TOP = Qt.AlignmentFlag.AlignTop


class _Row(QWidget):
    """One line over its hairline; as high as its words."""

    def __init__(self, look: Look, *, last: bool = False) -> None:
        super().__init__()
        self.line = Rule(look)
        self.line.setVisible(not last)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 7, 0, 7)
        self.grid.setHorizontalSpacing(10)
        self.setLayout(column(self.grid, self.line, gap=0))


class Pairs(QWidget):
    """A name on the left, what is known of it on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[tuple[_Row, Text, Icon, Text, Text]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_lines(self, lines: Sequence[PairLine]) -> None:
        """Show other lines, in place."""
        while len(self._rows) < len(lines):
            self._add()
        for i, (line, name, icon, plain, mono) in enumerate(self._rows):
            line.setVisible(i < len(lines))
            if i >= len(lines):
                continue
            shown = lines[i]
            line.line.setVisible(i < len(lines) - 1)
            name.say(shown.name)
            icon.setVisible(bool(shown.glyph))
            if shown.glyph:
                icon.show_icon(shown.glyph, shown.tone)
            plain.setVisible(not shown.mono)
            mono.setVisible(shown.mono)
            value = mono if shown.mono else plain
            value.tone(shown.tone)
            value.say(shown.value)

    def _add(self) -> None:
        look, line = self._look, _Row(self._look)
        name = Text(look, "", "body", "text_2", wrap=True)
        name.setFixedWidth(NAME_WIDE)
        icon = Icon(look, "clock", 16)
        plain = Text(look, "", "body", wrap=True)
        mono = Text(look, "", "mono", wrap=True)
        line.grid.addWidget(name, 0, 0, _TOP)
        line.grid.addLayout(column(4, icon, None, gap=0), 0, 1)
        line.grid.addLayout(column(plain, 2, mono, None, gap=0), 0, 2)
        line.grid.setColumnStretch(2, 1)
        self._rows.append((line, name, icon, plain, mono))
        self._box.addWidget(line)


class States(QWidget):
    """A name, a state with its glyph, a time at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[tuple[_Row, Text, Icon, Text, Text]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_lines(self, lines: Sequence[StateLine]) -> None:
        """Show other lines, in place."""
        while len(self._rows) < len(lines):
            self._add()
        state_wide = max((self._look.width(x.state, "body") for x in lines), default=0)
        time_wide = max((self._look.width(x.time, "body") for x in lines), default=0)
        for i, (line, name, icon, state, time) in enumerate(self._rows):
            line.setVisible(i < len(lines))
            if i >= len(lines):
                continue
            shown = lines[i]
            line.line.setVisible(i < len(lines) - 1)
            name.say(shown.name)
            icon.show_icon(shown.glyph, shown.tone)
            state.tone(shown.tone)
            state.say(shown.state)
            state.setFixedWidth(math.ceil(state_wide) + 4)
            time.say(shown.time)
            time.setFixedWidth(math.ceil(time_wide) + 2)

    def _add(self) -> None:
        look, line = self._look, _Row(self._look)
        name = Text(look, "", "body", wrap=True)
        icon = Icon(look, "check", 16)
        # All of them wrapped text, though only the name ever wraps: then they stand on one line.
        state = Text(look, "", "body", "text_2", wrap=True)
        time = Text(look, "", "body", wrap=True)
        time.setAlignment(Qt.AlignmentFlag.AlignRight | _TOP)
        line.grid.addWidget(name, 0, 0, _TOP)
        line.grid.addLayout(column(4, icon, None, gap=0), 0, 1)
        line.grid.addWidget(state, 0, 2, _TOP)
        line.grid.addWidget(time, 0, 3, _TOP)
        line.grid.setColumnStretch(0, 1)
        self._rows.append((line, name, icon, state, time))
        self._box.addWidget(line)


class Findings(QWidget):
    """What was refused, newest first: when, what, what it means."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[tuple[_Row, Text, Text, Text]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_lines(self, lines: Sequence[FindingLine]) -> None:
        """Show other refusals."""
        while len(self._rows) < len(lines):
            self._add()
        for i, (line, when, head, body) in enumerate(self._rows):
            line.setVisible(i < len(lines))
            if i < len(lines):
                line.line.setVisible(i < len(lines) - 1)
                when.say(lines[i].when)
                head.say(lines[i].head)
                body.say(lines[i].body)

    def _add(self) -> None:
        look, line = self._look, _Row(self._look)
        when = Text(look, "", "small", "text_2", wrap=True)
        when.setFixedWidth(NAME_WIDE)
        head = Text(look, "", "strong", wrap=True)
        body = Text(look, "", "small", "text_2", wrap=True)
        line.grid.addWidget(when, 0, 0, _TOP)
        line.grid.addWidget(holder(column(head, body, gap=1)), 0, 1)
        line.grid.setColumnStretch(1, 1)
        self._rows.append((line, when, head, body))
        self._box.addWidget(line)


class Months(Painted):
    """Every month that is proven: filled as far as it is here, notched where the meter had no reading."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._cells: Sequence[MonthCell] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_CELL_HIGH + _NAMES + _NOTES)

    def show_months(self, cells: Sequence[MonthCell]) -> None:
        """Show other months."""
        self._cells = cells
        self.setAccessibleName("; ".join(cell.spoken for cell in cells))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def _pitch(self) -> float:
        return min((self.width() + 4) / max(len(self._cells), 1), 84)

    def _box_of(self, i: int) -> QRectF:
        pitch = self._pitch()
        left, right = round(i * pitch), round((i + 1) * pitch) - (4 if pitch > 10 else 1)
        return QRectF(left, 0, max(right - left, 2), _CELL_HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        free_from = -1.0
        with self.look.brush(self) as brush:
            for i, cell in enumerate(self._cells):
                box = self._box_of(i)
                self._cell(brush, cell, box)
                across = max(self.look.width(cell.name, "micro"), self.look.width(cell.note, "micro"))
                left = box.center().x() - across / 2
                if left < free_from:
                    continue
                brush.text(box.center().x(), _CELL_HIGH + 4, cell.name, "micro", "text_3", "centre")
                if cell.note:
                    brush.text(box.center().x(), _CELL_HIGH + 18, cell.note, "micro", "text_2", "centre")
                free_from = left + across + 4

    def _cell(self, brush: Brush, cell: MonthCell, box: QRectF) -> None:
        theme = self.look.theme
        if cell.start > 0 or cell.end < 1:
            brush.box(box, None, "line_strong", 4)
        part = QRectF(
            box.left() + box.width() * cell.start, 0, box.width() * (cell.end - cell.start), _CELL_HIGH
        )
        brush.painter.save()
        brush.painter.setClipRect(part)
        brush.box(box, "sunken", radius=4)
        # Newest pages come first: what is here lies at the end of the month.
        here = QRectF(part.right() - part.width() * cell.held, 0, part.width() * cell.held, _CELL_HIGH)
        brush.painter.setClipRect(here, Qt.ClipOperation.IntersectClip)
        brush.box(box, theme.mix("ok", "page", 0.34), radius=4)
        brush.painter.restore()
        if cell.note:
            wide = min(8.0, box.width() / 2)
            notch = QRectF(part.center().x() - wide / 2, 0, wide, _CELL_HIGH)
            brush.fill(notch, "page")
            brush.hatch(notch, "others_strong", 4, 1)

    def event(self, event: QEvent) -> bool:
        """Tooltips: the month in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = int(event.pos().x() / self._pitch())
            words = self._cells[place].spoken if 0 <= place < len(self._cells) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)


def note_row(look: Look, text: Text) -> QWidget:
    """A remark with its sign."""
    return holder(row(column(Icon(look, "info", 16, "text_2"), None, gap=0), (text, 1), gap=8))
