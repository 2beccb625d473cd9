"""A table in the page's manner: micro heads over a strong hairline, rows of 36, state as glyph and word.

Here: columns, cells, the model, the drawing. Not here: the table behind a chart (``ui.charts.table``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush, text_lines
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.base import by_keyboard

Index = QModelIndex | QPersistentModelIndex
ROW_HIGH, HEAD_HIGH = 36, 32
_GAP = 22  # after a column of numbers, before the next
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A head, the side its cells stand on, and its share of spare width (0: as wide as its words)."""

    head: str
    side: Literal["left", "right"] = "left"
    stretch: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with an optional glyph before them; ``tone`` colours both, ``style`` is a type style."""

    words: str
    glyph: str = ""
    tone: str = "text"
    style: str = "body"


class CellsModel(QAbstractTableModel):
    """Rows of cells. Other rows of the same columns arrive in place; user data is the ``Cell``."""

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[tuple[Cell, ...]] = []

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """What the table holds."""
        return self._rows

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Hold other rows: what stays the same keeps its place, selection and scroll."""
        new = [tuple(row) for row in rows]
        old = len(self._rows)
        if len(new) < old:
            self.beginRemoveRows(_ROOT, len(new), old - 1)
            del self._rows[len(new) :]
            self.endRemoveRows()
        for i, row in enumerate(new[: len(self._rows)]):
            if row != self._rows[i]:
                self._rows[i] = row
                self.dataChanged.emit(self.index(i, 0), self.index(i, len(self.columns) - 1))
        if len(new) > old:
            self.beginInsertRows(_ROOT, old, len(new) - 1)
            self._rows += new[old:]
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        return cell if role == Qt.ItemDataRole.UserRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head if 0 <= section < len(self.columns) else None
        return None


class _CellPainter(QStyledItemDelegate):
    """Draws a cell over its hairline."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, box = index.data(Qt.ItemDataRole.UserRole), QRectF(option.rect)
        column = self._table.cells.columns[index.column()]
        brush = self._look.brush(painter)
        if option.state & QStyle.StateFlag.State_Selected and self._table.chooses:
            brush.fill(box, "accent_soft")
        brush.hline(box.left(), box.right(), box.bottom() - 1)
        if self._table.ringed and option.state & QStyle.StateFlag.State_Selected:
            self._ring(brush, box)
        line = self._look.theme.style(cell.style).line
        room = box.width() - self._table.gap_after(index.column()) - (22 if cell.glyph else 0)
        lines = text_lines(self._look.theme, cell.words, cell.style, room)
        y = box.center().y() - line * len(lines) / 2
        x = box.left() + (22 if cell.glyph else 0)
        if cell.glyph:
            brush.icon(cell.glyph, box.left(), y + (line - 16) / 2, 16, _glyph_tone(cell))
        for i, words in enumerate(lines):
            if column.side == "right":
                right = box.right() - self._table.gap_after(index.column())
                brush.text(right, y + i * line, words, cell.style, cell.tone, "right")
            else:
                brush.text(x, y + i * line, words, cell.style, cell.tone)

    def _ring(self, brush: Brush, box: QRectF) -> None:
        """The focus ring round the whole row, cell by cell: the painter is clipped to this one."""
        wide = self._table.viewport().width()
        whole = QRectF(0, box.top(), wide, box.height() - 1)
        brush.painter.save()
        brush.painter.setClipRect(box)
        brush.focus_ring(whole, 6)
        brush.painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(Qt.ItemDataRole.UserRole)
        glyph, gap = 22 if cell.glyph else 0, self._table.gap_after(index.column())
        wide = round(self._look.width(cell.words, cell.style)) + 2 + glyph + gap
        room = self._table.columnWidth(index.column()) - glyph - gap
        high = self._look.height(cell.words, cell.style, max(room, 60)) + 14
        return QSize(wide, max(ROW_HIGH, high))


class _Head(QHeaderView):
    """The heads, in micro over a strong hairline."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._look, self._table = look, table
        self.setFixedHeight(HEAD_HIGH)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        box, column = QRectF(rect), self._table.cells.columns[section]
        brush = self._look.brush(painter)
        brush.hline(box.left(), box.right(), box.bottom() - 1, "line_strong")
        right = column.side == "right"
        x = box.right() - self._table.gap_after(section) if right else box.left()
        brush.text(x, box.top() + 7, column.head, "micro", "text_3", column.side)


class Table(QTableView):
    """The table. With ``chooses`` rows can be walked by keyboard and opened. Main thread.

    Signals:
        opened: the row of this index was opened, by Enter or a click.
    """

    opened = Signal(int)

    def __init__(
        self,
        look: Look,
        name: str,
        columns: Sequence[TableColumn],
        *,
        chooses: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._look, self.chooses, self._whole = look, chooses, whole
        self.ringed = False
        self.cells = CellsModel(columns, self)
        self.setModel(self.cells)
        self.setItemDelegate(_CellPainter(look, self))
        self.setHorizontalHeader(_Head(look, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.SingleSelection
            if chooses
            else QAbstractItemView.SelectionMode.NoSelection
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HIGH)
        self.verticalHeader().setDefaultSectionSize(ROW_HIGH)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        for i, column in enumerate(columns):
            mode = (
                QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.ResizeToContents
            )
            head.setSectionResizeMode(i, mode)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._click)
        head.sectionResized.connect(self._fit)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Hold other rows, in place."""
        self.cells.show_rows(rows)
        self._fit()

    def gap_after(self, section: int) -> int:
        """Space right of a column's words."""
        return _GAP if section < len(self.cells.columns) - 1 else 0

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.setStyleSheet(
            "QTableView { background: transparent; border: 0; }"
            "QHeaderView { background: transparent; border: 0; }" + scroll_sheet(self._look.theme, HEAD_HIGH)
        )

    @Slot()
    def _fit(self) -> None:
        """Rows as high as their words; where the table is shown whole, itself as high as its rows."""
        self.resizeRowsToContents()
        if self._whole:
            self.setFixedHeight(HEAD_HIGH + self.verticalHeader().length() + 2)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if self.chooses:
            self.opened.emit(index.row())

    def sizeHintForColumn(self, column: int) -> int:
        head = self.cells.columns[column].head
        own = round(self._look.width(head, "micro")) + 2 + self.gap_after(column)
        return max(super().sizeHintForColumn(column), own)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = by_keyboard(event)
        super().focusInEvent(event)
        self.viewport().update()
        if self.chooses and not self.selectionModel().hasSelection() and self.cells.rowCount():
            self.selectRow(max(self.currentIndex().row(), 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = False
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.chooses and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


def _glyph_tone(cell: Cell) -> str:
    return cell.tone if cell.tone != "text" else "text_2"
