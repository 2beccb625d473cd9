"""The table behind a chart: the same rows in the same order, for eyes, keyboards and screen readers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ohmstead.ui.presenters.view_models import TableModel
from ohmstead.ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex


class ReadingsTableModel(QAbstractTableModel):
    """Rows of words. The first column is the time, the last the state, those between are numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._table = TableModel((), ())

    def show_table(self, table: TableModel) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._table.heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.heads[section]
        if role == Qt.ItemDataRole.FontRole:
            return self._look.theme.font("micro")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        number = 0 < column < len(self._table.heads) - 1
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class ReadingsTable(QTableView):
    """The table in the page's manner: hairlines, no grid, rows of 34."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setModel(ReadingsTableModel(look))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    def show_table(self, table: TableModel) -> None:
        """Show other rows."""
        model = self.model()
        assert isinstance(model, ReadingsTableModel)
        model.show_table(table)
        self.scrollToTop()

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        colour = self._look.theme.tokens.colour[self._look.theme.mode]
        self.setStyleSheet(
            f"QTableView {{ background: transparent; border: 0; color: {colour['text']};"
            f" selection-background-color: {colour['accent_soft']}; selection-color: {colour['text']}; }}"
            f"QTableView::item {{ border-bottom: 1px solid {colour['line']}; padding: 0 10px 0 0; }}"
            "QHeaderView { background: transparent; border: 0; }"
            f"QHeaderView::section {{ background: transparent; color: {colour['text_3']}; border: 0;"
            f" border-bottom: 1px solid {colour['line_strong']}; padding: 6px 13px 6px 3px; }}"
            "QScrollBar:vertical { background: transparent; width: 10px; margin: 34px 0 0 0; }"
            f"QScrollBar::handle:vertical {{ background: {colour['line_strong']}; border-radius: 3px;"
            " min-height: 32px; margin: 0 2px; }"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        )
