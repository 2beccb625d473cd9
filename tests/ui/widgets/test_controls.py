"""Fields, select, switch, stepper, toast, banner: what a person does with them, by pointer and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.widgets.base import column
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field, SearchField
from ohmstead.ui.widgets.parts import Badge, Banner, EmptyState
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.stepper import Stepper
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.tip import tip_of
from ohmstead.ui.widgets.toast import Toast
from ohmstead.ui.wording import QtWording


class Bench(QWidget):
    """A window with some parts in it."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.setLayout(column(*parts))
        self.resize(480, 360)


@pytest.fixture
def bench(desktop: Desktop, qtbot: QtBot) -> type[Bench]:
    desktop.look.theme.keep_still(True)
    alive = []  # qtbot only watches

    class Shown(Bench):
        def __init__(self, *parts: QWidget) -> None:
            super().__init__(*parts)
            qtbot.addWidget(self)
            alive.append(self)
            self.show()
            self.activateWindow()
            qtbot.waitUntil(self.isActiveWindow)

    return Shown


def test_a_field_says_help_or_what_is_wrong_on_one_line(
    desktop: Desktop, qtbot: QtBot, bench: type[Bench]
) -> None:
    field = Field(desktop.look, "Name", "Orchard", hint="Shown in the sidebar")
    bench(field)
    high = field.height()
    assert field.edit.accessibleName() == "Name"
    assert field.edit.accessibleDescription() == "Shown in the sidebar"
    field.show_error("Too long")
    assert field.edit.accessibleDescription() == "Too long"
    assert field.sizeHint().height() == high  # nothing jumps
    qtbot.keyClicks(field.edit, "x")
    assert field.error == ""


def test_a_field_commits_on_enter_and_on_leaving_only_what_changed(
    desktop: Desktop, qtbot: QtBot, bench: type[Bench]
) -> None:
    one, two = Field(desktop.look, "One", "a"), Field(desktop.look, "Two")
    bench(one, two)
    told: list[str] = []
    one.committed.connect(told.append)
    one.edit.setFocus()
    qtbot.keyClick(one.edit, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(one.edit, "b")
    qtbot.keyClick(one.edit, Qt.Key.Key_Return)
    qtbot.keyClick(one.edit, Qt.Key.Key_Return)
    assert told == ["ab"]
    qtbot.keyClicks(one.edit, "c")
    two.edit.setFocus()
    assert told == ["ab", "abc"]
    one.edit.setFocus()
    qtbot.keyClicks(one.edit, "zzz")
    qtbot.keyClick(one.edit, Qt.Key.Key_Escape)
    assert one.text() == "abc"
    two.edit.setFocus()
    assert told == ["ab", "abc"]


def test_searching_clears(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    search = SearchField(desktop.look, "Search", "Clear")
    bench(search)
    (clear,) = search.findChildren(Button)
    assert not clear.isVisible()
    qtbot.keyClicks(search.edit, "sun")
    assert clear.isVisible()
    with qtbot.waitSignal(search.changed, check_params_cb=lambda text: text == ""):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert not clear.isVisible()


def test_a_select_changes_by_arrows_and_by_its_list(
    desktop: Desktop, qtbot: QtBot, bench: type[Bench]
) -> None:
    select = Select(desktop.look, ("Euro", "Franc", "Pound"), "Currency")
    bench(select)
    chosen: list[int] = []
    select.chosen.connect(chosen.append)
    select.choose(0)
    assert chosen == []
    select.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(select, Qt.Key.Key_Down)
    qtbot.keyClick(select, Qt.Key.Key_Up)
    qtbot.keyClick(select, Qt.Key.Key_Up)
    assert chosen == [1, 0]
    qtbot.keyClick(select, Qt.Key.Key_Return)
    assert select.list.isVisible()
    assert select.list.currentIndex().row() == 0
    qtbot.keyClick(select.list, Qt.Key.Key_P)  # typing finds
    qtbot.keyClick(select.list, Qt.Key.Key_Return)
    assert not select.list.isVisible()
    assert chosen == [1, 0, 2]
    assert select.accessibleDescription() == "Pound"
    qtbot.keyClick(select, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert select.list.isVisible()
    qtbot.keyClick(select.list, Qt.Key.Key_Escape)
    assert not select.list.isVisible()
    assert chosen == [1, 0, 2]
    select.open()
    qtbot.mouseClick(
        select.list.viewport(), Qt.MouseButton.LeftButton,
        pos=select.list.visualRect(select.list.rows.index(1)).center(),
    )  # fmt: skip
    assert chosen == [1, 0, 2, 1]


def test_a_switch_turns_by_key_and_is_silent_when_told(
    desktop: Desktop, qtbot: QtBot, bench: type[Bench]
) -> None:
    switch = Switch(desktop.look, "Tell me")
    bench(switch)
    turned: list[bool] = []
    switch.clicked.connect(lambda: turned.append(switch.isChecked()))
    switch.show_on(True)
    assert switch.isChecked()
    assert turned == []
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    qtbot.keyClick(switch, Qt.Key.Key_Return)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert turned == [False, True, False]


def test_a_switch_glides_where_things_may_move(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    switch = Switch(desktop.look, "Tell me")
    bench(switch)
    desktop.look.theme.keep_still(False)
    switch.click()
    qtbot.waitUntil(lambda: switch._at == 1.0)
    switch.click()
    qtbot.waitUntil(lambda: switch._at == 0.0)


def stepper(desktop: Desktop, locale: str = "en_GB") -> Stepper:
    made = Stepper(
        desktop.look, QtWording(QLocale(locale)), "Price", low=0, high=500, step=10, decimals=1, unit="ct"
    )
    made.show_value(140)
    return made


def test_a_stepper_by_buttons_keys_and_typing(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    made = stepper(desktop)
    bench(made)
    told: list[int] = []
    made.changed.connect(told.append)
    less, more = made.findChildren(Button)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(less, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(made.edit, key)
    assert told == [150, 140, 150, 50, 150]
    made.edit.setFocus()
    made.edit.selectAll()
    qtbot.keyClicks(made.edit, "31,4")
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    assert (made.value, made.edit.text()) == (314, "31.4")
    made.edit.selectAll()
    qtbot.keyClicks(made.edit, "dear")
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    assert (made.value, made.edit.text()) == (314, "31.4")


def test_a_stepper_ends_at_its_ends(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    made = stepper(desktop, "de_DE")
    bench(made)
    less, more = made.findChildren(Button)
    made.show_value(9_999)
    assert made.value == 500
    assert made.edit.text() == "50,0"
    assert not more.isEnabled()
    made.move_by(-999)
    assert made.value == 0
    assert not less.isEnabled()


def test_a_toast_offers_one_way_back(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    field = Field(desktop.look, "Name")
    window = bench(field)
    toast = Toast(desktop.look, window)
    undone: list[str] = []
    toast.offer("Renamed to Mill", "Undo", lambda: undone.append("click"))
    assert toast.accessibleName() == "Renamed to Mill"
    assert toast.action is not None
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert undone == ["click"]
    assert not toast.isVisible()
    toast.offer("Renamed to Mill", "Undo", lambda: undone.append("key"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["click", "key"]
    toast.say("Copied")
    assert toast.action is None
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["click", "key"]


def test_a_toast_stays_while_the_keyboard_is_on_it(
    desktop: Desktop, qtbot: QtBot, bench: type[Bench]
) -> None:
    window = bench(Field(desktop.look, "Name"))
    toast = Toast(desktop.look, window)
    toast.offer("Renamed", "Undo", lambda: None)
    assert toast.action is not None
    toast.action.setFocus()
    toast._timer.timeout.emit()
    assert toast.isVisible()
    window.findChildren(Field)[0].edit.setFocus()
    toast._timer.timeout.emit()
    assert not toast.isVisible()


def test_a_banner_changes_in_place(desktop: Desktop, bench: type[Bench]) -> None:
    look = desktop.look
    why, save = Button(look, "Why"), Button(look, "Save evidence…")
    banner = Banner(look, "notice", "No reading since 12:40", "It will catch up.", why)
    bench(banner)
    banner.say("Page 7 was changed", "It is not used.", "alarm")
    banner.offer(why, save)
    assert banner.accessibleName() == "Page 7 was changed"
    assert (why.isVisible(), save.isVisible()) == (True, True)
    banner.offer(save)
    assert (why.isVisible(), save.isVisible()) == (False, True)
    ground = banner.grab().toImage().pixelColor(banner.width() // 2, 5).name()
    assert ground == look.theme.colour("alarm_soft").name()


def test_badges_and_empty_states_say_other_things_in_place(desktop: Desktop, bench: type[Bench]) -> None:
    badge = Badge(desktop.look, "Not yet", "neutral")
    empty = EmptyState(desktop.look, "usage", "Nothing yet", "It comes within the hour.")
    bench(badge, empty)
    before = badge.sizeHint().width()
    badge.say("Checked on this computer", "ok")
    assert badge.sizeHint().width() > before
    assert badge.accessibleName() == "Checked on this computer"
    empty.say("Still nothing", "It is late.")
    assert QGuiApplication.focusWindow() is not None


def hover(widget: QWidget) -> None:
    """What Qt sends when the pointer rests."""
    middle = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, middle, widget.mapToGlobal(middle)))


def test_what_is_off_says_why_under_the_pointer(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    button, other = (
        Button(desktop.look, "Back up…"),
        Button(desktop.look, "", icon="table", name="As a table"),
    )
    window = bench(button, other)
    button.setEnabled(False)
    button.setToolTip("A backup is being written.")
    hover(button)
    tip = tip_of(desktop.look, window)
    assert (tip.isVisible(), tip.words) == (True, "A backup is being written.")
    hover(other)
    assert tip_of(desktop.look, window) is tip
    assert tip.words == "As a table"
    qtbot.mousePress(other, Qt.MouseButton.LeftButton)
    assert not tip.isVisible()
    hover(button)
    button.setEnabled(True)
    assert not tip.isVisible()
    button.setToolTip("")
    hover(button)
    assert not tip.isVisible()


def test_a_long_tip_wraps_and_stays_on_the_screen(desktop: Desktop, qtbot: QtBot, bench: type[Bench]) -> None:
    button = Button(desktop.look, "x")
    window = bench(button)
    tip = tip_of(desktop.look, window)
    room = window.screen().availableGeometry()
    tip.say(button, "many words that go on " * 8, room.bottomRight())
    assert tip.width() < 400
    assert room.contains(tip.geometry().adjusted(16, 16, -16, -16))
    tip.leave()
