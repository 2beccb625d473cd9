"""The table and the list of rows: models that hold, rows that stay, keys that walk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.widgets.base import column
from ohmstead.ui.widgets.rows import Row, RowList
from ohmstead.ui.widgets.table import Cell, Table, TableColumn

COLUMNS = (TableColumn("From", stretch=1), TableColumn("Energy", "right"), TableColumn("State"))


def rows(count: int) -> list[tuple[Cell, ...]]:
    return [(Cell(f"{i:02d}:00"), Cell(f"{i}.0 kWh"), Cell("Paid", "check", "ok")) for i in range(count)]


@pytest.fixture
def table(desktop: Desktop, qtbot: QtBot) -> Iterator[Table]:
    made = Table(desktop.look, "Orders", COLUMNS, chooses=True, whole=True)
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setLayout(column(made, None))
    qtbot.addWidget(window)
    window.resize(500, 300)
    made.show_rows(rows(4))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    yield made
    window.close()


def test_the_table_s_model_is_correct_while_rows_come_and_go(table: Table) -> None:
    tester = QAbstractItemModelTester(table.cells, QAbstractItemModelTester.FailureReportingMode.Warning)
    for count in (9, 2, 0, 5):
        table.show_rows(rows(count))
        assert table.cells.rowCount() == count
    assert tester.model() is table.cells
    assert table.cells.index(1, 1).data() == "1.0 kWh"
    assert table.cells.headerData(1, Qt.Orientation.Horizontal) == "Energy"


def test_rows_that_stay_keep_the_choice(table: Table, qtbot: QtBot) -> None:
    resets: list[bool] = []
    table.cells.modelReset.connect(lambda: resets.append(True))
    table.selectRow(1)
    changed = rows(6)
    changed[0] = (Cell("now"), Cell("9.0 kWh"), Cell("Sealed", "lock"))
    table.show_rows(changed)
    assert table.currentIndex().row() == 1
    assert resets == []
    assert table.cells.index(0, 0).data() == "now"


def test_a_table_shown_whole_is_as_high_as_its_rows(table: Table) -> None:
    before = table.height()
    table.show_rows(rows(5))
    assert table.height() > before
    long = [(Cell("a sentence that goes on " * 6), Cell("1"), Cell("x"))]
    table.show_rows(long)
    assert table.rowHeight(0) > 2 * 36 - 20


def test_the_table_is_walked_and_opened_by_keys(table: Table, qtbot: QtBot) -> None:
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.ringed
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    where = table.visualRect(table.cells.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened == [1, 3]


def test_a_list_steps_over_headings_and_round_its_ends(desktop: Desktop, qtbot: QtBot) -> None:
    made = RowList(desktop.look, "Rows")
    qtbot.addWidget(made)
    tester = QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    made.show_rows(
        [Row("Go to", head=True), Row("a"), Row("b"), Row("Do", head=True), Row("c", hint="Ctrl C")]
    )
    assert made.currentIndex().row() == 1
    places = []
    for step in (1, 1, 1, -1, -1):
        made.step(step)
        places.append(made.currentIndex().row())
    assert places == [2, 4, 1, 4, 2]
    made.show_rows([])
    made.step(1)
    assert not made.currentIndex().isValid()
    assert made.rows.data(QModelIndex()) is None
    assert tester.model() is made.rows
