"""Parts that the Market's sections share: sentences with a sign, tables, a chart with its table behind it.

Not here: any section, what anything says (``presenters.market_*``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ohmstead.ui.charts.market_timeline import mark
from ohmstead.ui.presenters.market_views import LineModel
from ohmstead.ui.presenters.view_models import TableModel
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.table import Cell, Table, TableColumn
from ohmstead.ui.widgets.text import Icon, Text

_GLYPHS = {"ok": ("check", "ok"), "notice": ("clock", "notice"), "alarm": ("alert", "alarm")}
_INK = {"ok": "text_2", "notice": "notice", "alarm": "alarm"}


class Lines(QWidget):
    """Sentences under each other, each with its sign where it has one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[tuple[QWidget, QWidget, Icon, Text]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)

    def show_lines(self, lines: Sequence[LineModel]) -> None:
        """Say other sentences in place."""
        while len(self._rows) < len(lines):
            icon = Icon(self._look, "info", 14, "text_2")
            kept = icon.sizePolicy()
            kept.setRetainSizeWhenHidden(True)  # what has no sign begins where the others do
            icon.setSizePolicy(kept)
            place = holder(column(2, icon, None, gap=0, margins=(0, 0, 6, 0)))
            text = Text(self._look, "", "small", "text_2", wrap=True)
            whole = holder(row(place, (text, 1), gap=0))
            self._rows.append((whole, place, icon, text))
            self._box.addWidget(whole)
        any_signed = any(line.tone in _GLYPHS for line in lines)
        for i, (whole, place, icon, text) in enumerate(self._rows):
            whole.setVisible(i < len(lines))
            if i >= len(lines):
                continue
            signed = lines[i].tone in _GLYPHS
            place.setVisible(any_signed)
            icon.setVisible(signed)
            if signed:
                icon.show_icon(*_GLYPHS[lines[i].tone])
            text.tone(_INK.get(lines[i].tone, "text_2"))
            text.say(lines[i].words)


def measure(table: Table) -> None:
    """Rows that arrive change no column's width by themselves: its mode, set again, has it measured."""
    head = table.horizontalHeader()
    for i in range(len(table.cells.columns)):
        head.setSectionResizeMode(i, head.sectionResizeMode(i))


class TableOrWords(QWidget):
    """A table, or the sentence that stands in its place while it has no row.

    Signals:
        opened: the row of this index was opened.
    """

    opened = Signal(int)

    def __init__(
        self, look: Look, name: str, columns: Sequence[TableColumn], *, chooses: bool = False
    ) -> None:
        super().__init__()
        self.table = Table(look, name, columns, chooses=chooses, whole=True)
        self._words = Text(look, "", "body", "text_2", wrap=True)
        self.setLayout(column(self.table, self._words, gap=0))
        self.table.opened.connect(self.opened)

    def name_heads(self, heads: Sequence[str]) -> None:
        """Call the columns by other names: a buyer's are not a seller's."""
        cells = self.table.cells
        if tuple(c.head for c in cells.columns) != tuple(heads):
            cells.columns = tuple(replace(c, head=h) for c, h in zip(cells.columns, heads, strict=True))
            cells.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)

    def show_rows(self, rows: Sequence[Sequence[Cell]], empty: str) -> None:
        """Show other rows."""
        self.table.setVisible(bool(rows))
        self._words.setVisible(not rows)
        self._words.say(empty)
        self.table.show_rows(rows)
        measure(self.table)


class Behind(QWidget):
    """A chart, and the table of the same behind it; a button with a name goes from one to the other.

    Signals:
        turned: the table is shown (True), or the chart.
    """

    turned = Signal(bool)

    def __init__(
        self,
        look: Look,
        chart: QWidget,
        name: str,
        columns: Sequence[TableColumn],
        as_table: str,
        as_chart: str,
    ) -> None:
        super().__init__()
        self._names = as_table, as_chart
        self.chart = chart
        self.button = Button(look, "", "quiet", "table", small=True, name=as_table)
        self.table = Table(look, name, columns, whole=True)
        self.table.hide()
        self.setLayout(column(chart, self.table, gap=0))
        self.button.clicked.connect(self.turn)

    def show_table(self, table: TableModel) -> None:
        """Hold other rows."""
        self.table.show_rows([[Cell(words) for words in cells] for cells in table.rows])
        measure(self.table)

    @Slot()
    def turn(self) -> None:
        """Show the other of the two."""
        shows = self.table.isHidden()
        self.table.setVisible(shows)
        self.chart.setVisible(not shows)
        self.button.show_icon("usage" if shows else "table", self._names[1 if shows else 0])
        self.turned.emit(shows)


class MarkLegend(Painted):
    """What the marks of the day's line mean: swatch then word, wrapped where it is narrow."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._entries: Sequence[tuple[str, str]] = ()
        self._ink = "sold"
        self._lines = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[tuple[str, str]], ink: str) -> None:
        """Show other marks, in the side's colour."""
        self._entries, self._ink = entries, ink
        self.setAccessibleName(", ".join(words for _, words in entries))
        self._flow()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 20 * self._lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 20 * self._lines)

    def _places(self) -> list[tuple[str, str, float, float]]:
        places, x, y = [], 0.0, 0.0
        for kind, words in self._entries:
            wide = 16 + self.look.width(words, "small")
            if x and x + wide > self.width():
                x, y = 0.0, y + 20
            places.append((kind, words, x, y))
            x += wide + 18
        return places

    def _flow(self) -> None:
        lines = 1 + round(max((y for *_, y in self._places()), default=0) / 20)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            for kind, words, x, y in self._places():
                mark(brush, kind, QRectF(x, y + 4.5, 10, 11), self._ink)
                brush.text(x + 16, y + 2, words, "small", "text_2")


class HowItGoes(QWidget):
    """Steps beside each other, or two and two where it is narrow: a head and what it means."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[tuple[QWidget, Text, Text]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 8)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(16)
        self._columns = 0

    def show_steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Say other steps; none hides it."""
        self.setVisible(bool(steps))
        while len(self._parts) < len(steps):
            head = Text(self._look, "", "strong", wrap=True)
            words = Text(self._look, "", "small", "text_2", wrap=True)
            self._parts.append((holder(column(head, 2, words, None, gap=0)), head, words))
        for (_, head, words), (name, what) in zip(self._parts, steps, strict=False):
            head.say(name)
            words.say(what)
        self._lay(anew=True)

    def _lay(self, *, anew: bool = False) -> None:
        columns = 4 if self.width() >= 760 else 2
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for i in range(4):
            self._grid.setColumnStretch(i, 1 if i < columns else 0)
        for i, (part, _, _) in enumerate(self._parts):
            self._grid.addWidget(part, i // columns, i % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)
