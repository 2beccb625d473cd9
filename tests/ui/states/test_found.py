"""What was found by looking at the states, and must stay mended."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ohmstead.ui.dialogs.confirm import Confirm
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.widgets.menu import SHADOW, Menu
from ohmstead.ui.wording import QtWording
from tests.ui.solar_home import Home
from tests.ui.states.conftest import Studios
from tests.ui.states.studio import Studio

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def figures(studio: Studio) -> dict[str, str]:
    view = studio.window.home.view
    assert view is not None
    return {figure.label: figure.value for figure in view.figures}


def later(studio: Studio, home: Home, hours: int) -> None:
    studio.reset()
    studio.show(home, "home")
    studio.wait(hours * 3600)
    studio.show_away(home)


def test_a_sheet_that_was_walked_by_tab_takes_nothing_with_it(studios: Studios) -> None:
    """PySide counts what ``nextInFocusChain`` returns as owned by the one that was asked."""
    studio = studios(QtWording)
    studio.reset()
    studio.show(studio.files.year("month"), "usage")
    kept = list(studio.window.usage.export._menu.actions())
    for _ in range(2):
        sheet = Confirm(studio.look, studio.words, studio.window, "Go?", "Then it is gone.", "Go")
        sheet.open()
        for _ in range(4):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        sheet.dismiss()
        sheet.deleteLater()
        studio.settle()
    assert all(shiboken6.isValid(action) for action in kept)
    studio.window.usage._open_export()


def test_nothing_read_yet_is_no_nought(studios: Studios) -> None:
    studio = studios(QtWording)
    later(studio, studio.files.year(), 31)
    assert figures(studio) == {"From the grid so far": "–"}
    view, now = studio.window.home.view, studio.window.home.now
    assert view is not None
    assert view.yesterday is not None
    assert view.yesterday.figure.note == "40 quarter hours have not come yet"
    assert now is not None
    assert now.label == "Yesterday, 14:17"


def test_a_stretch_of_a_day_says_its_hours_and_what_it_leaves_out(studios: Studios) -> None:
    studio = studios(QtWording)
    studio.reset()
    home = studio.files.year("gap")
    studio.show(home, "usage")
    first = home.zone.slots_of(home.day(1))[0]
    studio.window.usage.show_window((first + 8, first + 48))
    studio.settle()
    view = studio.window.usage.view
    assert view is not None
    assert view.title == "Friday 13 June, 02:00 to 12:00"
    assert view.foot.startswith("17 of 40 quarter hours have no reading.")


def test_many_times_as_much_is_not_said_in_per_cent(studios: Studios) -> None:
    studio = studios(QtWording)
    studio.reset()
    studio.show(studio.files.year(), "usage")
    studio.usage(Span.WEEK, 7)
    view = studio.window.usage.view
    assert view is not None
    assert [f.note for f in view.figures if f.label == "Sold"] == ["37 times the week before"]


def test_a_menu_stays_in_the_window(studios: Studios) -> None:
    studio = studios(QtWording)
    studio.reset()
    menu, button = Menu(studio.look, studio.window), QWidget(studio.window)
    menu.add("A row of some length", lambda: None)
    asked = []
    menu.popup = asked.append
    for left, inside in ((300, 300), (1200, 1230)):
        button.setGeometry(left, 20, 30, 30)
        menu.open_below(button)
        at = studio.window.mapFromGlobal(asked.pop())
        edge = at.x() + SHADOW if left == 300 else at.x() + menu.sizeHint().width() - SHADOW
        assert edge == inside
    button.deleteLater()
    menu.deleteLater()
