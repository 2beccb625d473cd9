"""Rows of words to choose one from, drawn alike in the palette and in a select's list.

Here: the value, the model, how a row is drawn. Not here: what choosing means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet

Index = QModelIndex | QPersistentModelIndex
ROW_HIGH, HEAD_HIGH = 36, 30
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: words, an icon before them, a hint at the right. A ``head`` is a heading and cannot be chosen."""

    words: str
    icon: str = ""
    hint: str = ""
    head: bool = False
    chosen: bool = False


class RowsModel(QAbstractListModel):
    """Rows as a model; user data is the ``Row``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.hint
        return row if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class _RowPainter(QStyledItemDelegate):
    """Draws a row: the current one on a ground, its icon in the accent."""

    def __init__(self, look: Look, hint_of_current: str, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._hint = look, hint_of_current

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        brush = self._look.brush(painter)
        if row.head:
            brush.text(box.left() + 18, box.bottom() - 20, row.words, "micro", "text_2")
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            brush.box(box.adjusted(6, 0, -6, 0), "hover", radius=7)
        icon = "check" if row.chosen else row.icon
        middle = box.center().y()
        if icon:
            brush.icon(icon, box.left() + 18, middle - 9, 18, "accent" if current or row.chosen else "text_2")
        hint = row.hint or (self._hint if current else "")
        room = box.width() - 48 - 18
        if hint:
            across = brush.text(box.right() - 19, middle - 7, hint, "micro", "text_2", "right")
            room -= across + 16
        brush.text(box.left() + 48, middle - 10, row.words, "label", width=room)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        return QSize(120, HEAD_HIGH if row.head else ROW_HIGH)


class RowList(QListView):
    """The list. Arrow keys step over headings; ``activated`` and ``clicked`` say what was chosen."""

    def __init__(
        self, look: Look, name: str, hint_of_current: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(look, hint_of_current, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pointer: QPoint | None = None
        look.theme.changed.connect(self.recolour)
        self.recolour()

    def show_rows(self, rows: Sequence[Row], current: int = -1) -> None:
        """List other rows; the first that can be chosen is current unless another is named."""
        self.rows.show_rows(rows)
        if current < 0:
            current = next((i for i, row in enumerate(rows) if not row.head), -1)
        self.setCurrentIndex(self.rows.index(current) if current >= 0 else QModelIndex())
        if current <= 1:
            self.scrollToTop()  # with the heading over the first row

    def showEvent(self, event: QShowEvent) -> None:
        self._pointer = None  # where it rests is heard with its first event
        super().showEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A pointer that rests where the list opens or scrolls chooses nothing: the keyboard's choice stays.
        at = event.globalPosition().toPoint()
        former, self._pointer = self._pointer, at
        if former is not None and at != former:
            index = self.indexAt(event.position().toPoint())
            if index.isValid() and not self.rows.rows[index.row()].head:
                self.setCurrentIndex(index)
        super().mouseMoveEvent(event)

    def step(self, by: int) -> None:
        """Move the choice by so many rows, over headings, round the ends."""
        rows = self.rows.rows
        able = [i for i, row in enumerate(rows) if not row.head]
        if not able:
            return
        now = self.currentIndex().row()
        place = able.index(now) if now in able else -1 if by > 0 else 0
        to = able[(place + by) % len(able)]
        self.setCurrentIndex(self.rows.index(to))
        if to == able[0]:
            self.scrollToTop()

    def wanted_high(self) -> int:
        """Height of all rows."""
        return sum(HEAD_HIGH if row.head else ROW_HIGH for row in self.rows.rows)

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.setStyleSheet(
            "QListView { background: transparent; border: 0; }" + scroll_sheet(self._look.theme)
        )
