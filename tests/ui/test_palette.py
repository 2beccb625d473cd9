"""The palette over the real window: pages, commands and days by a few letters, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.ui.commands import Command
from ohmstead.ui.palette import Palette
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.wording import QtWording
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.conftest import Stage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def palette(stage: Stage, qtbot: QtBot) -> Palette:
    window = stage.window
    stage.show(lambda: window.show_home("Orchard Lane 4", stage.source()))
    window.show_page("usage")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.usage.take_focus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.finder.isVisible()
    return window.finder


def words(palette: Palette) -> list[str]:
    return [row.words for row in palette.found]


def test_it_opens_with_the_keyboard_in_its_line_and_all_that_can_be_done(palette: Palette) -> None:
    assert palette.line.hasFocus()
    found = words(palette)
    assert found[0] == "Go to"
    assert "Usage" in found
    assert "Go to today" in found
    assert "Go on by one" not in found  # the newest day is shown: it cannot be done
    assert "Find a page, a command or a day" not in found  # this is it
    assert palette.line.accessibleDescription() == found[1]


def test_what_two_offer_alike_is_listed_once(palette: Palette, stage: Stage) -> None:
    palette.dismiss()
    stage.window.add_commands(lambda: [Command("more.help", "How is this checked?", lambda: None)])
    palette.open()
    assert words(palette).count("How is this checked?") == 1


def test_a_day_is_typed_and_shown(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.line, "11 jan")
    assert words(palette)[:2] == ["Go to", "Saturday 11 January 2025"]
    stage.show(lambda: qtbot.keyClick(palette.line, Qt.Key.Key_Return))
    assert not palette.isVisible()
    view = stage.window.usage.view
    assert view is not None
    assert view.title == "Saturday 11 January"
    assert stage.window.page == "usage"


def test_a_month_is_shown_as_a_month(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    wanted: list[tuple[Span, int]] = []
    palette.date_wanted.connect(lambda span, day: wanted.append((span, day)))
    qtbot.keyClicks(palette.line, "march 2025")
    stage.show(lambda: qtbot.keyClick(palette.line, Qt.Key.Key_Return))
    assert [span for span, _ in wanted] == [Span.MONTH]
    view = stage.window.usage.view
    assert view is not None
    assert view.title == "March 2025"


def test_a_command_is_run_after_the_palette_is_gone(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    stage.window.usage.show_span(Span.DAY)
    qtbot.keyClicks(palette.line, "go back")
    assert "Go back by one" in words(palette)
    stage.show(lambda: qtbot.keyClick(palette.line, Qt.Key.Key_Return))
    assert not palette.isVisible()
    view = stage.window.usage.view
    assert view is not None
    assert view.title == "Friday 13 June"


def test_arrows_step_over_headings_and_the_line_says_where(palette: Palette, qtbot: QtBot) -> None:
    row = palette.list.currentIndex().row()
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() > row
    assert not palette.found[palette.list.currentIndex().row()].head
    said = palette.line.accessibleDescription()
    assert said == palette.found[palette.list.currentIndex().row()].words
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == row
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.found) - 1


def test_a_row_is_clicked(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.line, "show what")
    where = palette.list.visualRect(palette.list.rows.index(1)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not palette.isVisible()
    assert stage.window.help.isVisible()


def test_nothing_that_fits_is_said_and_enter_does_nothing(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.line, "qqqzzz")
    assert palette.found == ()
    assert palette._nothing.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_escape_and_a_click_beside_it_close_it_and_focus_comes_back(
    palette: Palette, stage: Stage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.line, "abc")
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert stage.window.usage.isAncestorOf(QApplication.focusWidget())
    palette.open()
    assert palette.line.text() == ""
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not palette.isVisible()


def test_other_homes_are_places_to_go(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    palette.dismiss()
    stage.window.show_homes(
        (HomeChoice("aa", "Orchard Lane 4"), HomeChoice("bb", "Gran")), "aa", can_add=True
    )
    palette.open()
    qtbot.keyClicks(palette.line, "gran")
    with qtbot.waitSignal(stage.window.home_wanted, check_params_cb=lambda key: key == "bb"):
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)


def test_it_stands_120_from_the_top_and_stays_inside(palette: Palette, stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    inner = palette.card.geometry().adjusted(20, 20, -20, -20)
    assert (inner.width(), inner.top()) == (560, 120)
    window.resize(1024, 640)
    assert beyond(palette) == []
    assert palette.card.geometry().bottom() < 640
    qtbot.keyClicks(palette.line, "yesterday")
    assert palette.card.height() < 200


@pytest.mark.parametrize("typed", ["", "jan", "qqqq"])
def test_it_holds_longer_words(stage: Stage, qtbot: QtBot, typed: str) -> None:
    window, long = stage.window, LongWording()
    stage.show(lambda: window.show_home("Orchard Lane 4", stage.source()))
    palette = Palette(stage.desktop.look, long, window, window.commands, lambda: stage.now_s // 86_400)
    palette.open()
    palette.line.setText(typed)
    QApplication.processEvents()
    assert faults(palette.card) == []
    palette.dismiss()
    assert isinstance(long, QtWording)


def test_a_pointer_that_rests_on_the_list_chooses_nothing(palette: Palette, qtbot: QtBot) -> None:
    chosen = palette.list.currentIndex().row()
    rows = palette.list
    other = next(i for i, row in enumerate(palette.found) if not row.head and i != chosen)
    place = rows.visualRect(rows.model().index(other, 0)).center()
    resting = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(QCursor.pos()),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(rows.viewport(), resting)
    assert rows.currentIndex().row() == chosen
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(QCursor.pos()) + QPointF(3, 3),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(rows.viewport(), moved)
    assert rows.currentIndex().row() == other
