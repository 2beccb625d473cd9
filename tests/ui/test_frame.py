"""The frame: sidebar, pages by name, homes, keys, and what stands at its foot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.commands import GO, Command, Shortcuts, keys_words
from ohmstead.ui.pages.page import Page
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.meter_state import Link, MeterFacts, meter_foot
from ohmstead.ui.sidebar import Sidebar
from ohmstead.ui.sidebar_parts import NavItem
from ohmstead.ui.widgets.entry import LineEdit
from ohmstead.ui.widgets.menu import Menu, words_of
from tests.ui.audit import LongWording, faults
from tests.ui.conftest import Stage

HOMES = (HomeChoice("aa", "Orchard Lane 4"), HomeChoice("bb", "Gran & the shed"))


class Extra(Page):
    """A page that counts how often its command ran."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.desktop.look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Extra")
        self.ran = 0
        self.able = True

    def commands(self) -> tuple[Command, ...]:
        return (Command("extra.run", "Run it", self.run, "Ctrl+Shift+J", enabled=lambda: self.able),)

    def run(self) -> None:
        self.ran += 1


def opened(stage: Stage) -> None:
    """The home, shown on Usage."""
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.show_page("usage")


def item(stage: Stage, name: str) -> NavItem:
    (found,) = [n for n in stage.window.sidebar.findChildren(NavItem) if n.accessibleName() == name]
    return found


def button(root: QWidget, name: str) -> QAbstractButton:
    (found,) = [b for b in root.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found


def number(stage: Stage, name: str) -> Qt.Key:
    """The figure that leads to a page with Ctrl."""
    return Qt.Key(Qt.Key.Key_1 + stage.window.sidebar.pages.index(name))


def test_the_first_page_of_the_sidebar_is_what_a_home_opens_on(stage: Stage) -> None:
    window = stage.window
    extra = Extra(stage)
    window.add_page("first", "home", "First", extra, at=0)
    stage.show(lambda: window.show_home("Orchard Lane 4", stage.source()))
    assert window.page == "first"
    assert extra.isVisible()
    assert extra.hasFocus()
    assert item(stage, "First").isChecked()
    assert window.sidebar.pages[0] == "first"


def test_pages_are_shown_by_name_by_click_and_by_number(stage: Stage, qtbot: QtBot) -> None:
    window, ctrl = stage.window, Qt.KeyboardModifier.ControlModifier
    extra = Extra(stage)
    window.add_page("extra", "table", "Extra", extra)
    window.add_page("low", "settings", "Low", Extra(stage), low=True)
    opened(stage)
    with qtbot.waitSignal(window.page_changed, check_params_cb=lambda name: name == "extra"):
        qtbot.mouseClick(item(stage, "Extra"), Qt.MouseButton.LeftButton)
    assert extra.isVisible()
    qtbot.keyClick(window, number(stage, "usage"), ctrl)
    assert window.usage.isVisible()
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + len(window.sidebar.pages)), ctrl)
    assert window.page == "low"
    assert item(stage, "Low").y() > item(stage, "Extra").y() + 200
    with pytest.raises(KeyError):
        window.show_page("nowhere")


def test_arrows_walk_the_pages_and_enter_opens(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    window.add_page("first", "table", "First", Extra(stage), at=0)
    window.add_page("second", "table", "Second", Extra(stage), at=1)
    opened(stage)
    first = item(stage, "First")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    second = item(stage, "Second")
    assert second.hasFocus()
    assert second.ringed
    assert window.page == "usage"
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert window.page == "second"


def test_keys_run_the_page_s_own_commands_while_it_is_shown_and_they_can_be_done(
    stage: Stage, qtbot: QtBot
) -> None:
    window = stage.window
    ctrl = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    extra = Extra(stage)
    window.add_page("extra", "table", "Extra", extra)
    opened(stage)
    qtbot.keyClick(window, Qt.Key.Key_J, ctrl)
    assert extra.ran == 0
    window.show_page("extra")
    qtbot.keyClick(window, Qt.Key.Key_J, ctrl)
    assert extra.ran == 1
    extra.able = False
    qtbot.keyClick(window, Qt.Key.Key_J, ctrl)
    assert extra.ran == 1


def test_another_home_is_shown_on_the_page_that_is_looked_at(stage: Stage) -> None:
    window = stage.window
    window.add_page("extra", "table", "Extra", Extra(stage))
    opened(stage)
    window.show_page("extra")
    stage.show(lambda: window.show_home("Gran", stage.source()))
    assert window.page == "extra"
    window.show_home("", None)
    stage.show(lambda: window.show_home("Gran", stage.source()))
    assert window.page == window.sidebar.pages[0]


def test_further_commands_are_asked_anew(stage: Stage) -> None:
    names: list[str] = []
    stage.window.add_commands(lambda: [Command(f"more.{n}", n, lambda: None) for n in names])
    opened(stage)
    names.append("label")
    assert stage.window.commands()[-1].name == "more.label"
    stage.window.show_home("", None)
    assert stage.window.commands() == ()


def test_command_names_are_unique_and_say_what_they_do(stage: Stage) -> None:
    opened(stage)
    commands = stage.window.commands()
    assert len({c.name for c in commands}) == len(commands)
    assert all(c.words and c.group for c in commands)
    place = stage.window.sidebar.pages.index("usage") + 1
    assert [c.keys for c in commands if c.name == f"{GO}usage"] == [f"Ctrl+{place}"]
    on = next(c for c in commands if c.name == "usage.on")
    assert not on.enabled()  # the newest day is shown


def test_the_first_of_two_with_the_same_keys_counts(stage: Stage, qtbot: QtBot) -> None:
    ran: list[str] = []
    keys = Shortcuts(stage.window)
    keys.bind(
        [Command(n, n, lambda n=n: ran.append(n), "Ctrl+J", also="F9") for n in ("a", "b")]
        + [Command("c", "c", lambda: ran.append("c"), "F8", own_keys=True)]
    )
    for key, modifier in (
        (Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(stage.window, key, modifier)
    assert ran == ["a", "a"]


def test_keys_are_printed_without_plus_signs() -> None:
    assert keys_words("Ctrl+Shift+K") == "Ctrl Shift K"
    assert keys_words("Ctrl++") == "Ctrl +"
    assert keys_words("") == ""


def test_the_switcher_offers_homes_and_another_one(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    opened(stage)
    home = window.sidebar.home
    assert not home.opens
    assert home.focusPolicy() == Qt.FocusPolicy.NoFocus
    home.click()
    assert not home.menu.isVisible()
    window.show_homes(HOMES, "aa", can_add=True)
    assert home.accessibleName() == "Home: Orchard Lane 4"
    home.open_menu()
    actions = [a for a in home.menu.actions() if not a.isSeparator()]
    assert [(a.text(), a.isChecked()) for a in actions] == [
        ("Orchard Lane 4", True),
        ("Gran && the shed", False),
        ("Add a home…", False),
    ]
    with qtbot.waitSignal(window.home_wanted, check_params_cb=lambda key: key == "bb"):
        actions[1].trigger()
    with qtbot.waitSignal(window.pairing_wanted):
        actions[2].trigger()
    home.menu.close()


def test_a_menu_is_used_by_keyboard(stage: Stage, qtbot: QtBot) -> None:
    chosen: list[str] = []
    menu = Menu(stage.desktop.look, stage.window)
    for name in ("one", "two"):
        menu.add(name, lambda name=name: chosen.append(name), icon="copy", keys="Ctrl C")
    menu.open_at(QPoint(40, 40))
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert chosen == ["two"]
    assert not menu.isVisible()


def test_menus_of_qt_are_drawn_without_their_marks(stage: Stage) -> None:
    menu = Menu(stage.desktop.look, stage.window)
    assert words_of(menu.addAction("&Undo\tCtrl+Z")) == ("Undo", "Ctrl Z")
    assert words_of(menu.add("Gran & the shed", lambda: None, keys="F1")) == ("Gran & the shed", "F1")


def test_a_line_s_own_menu_offers_what_it_can(stage: Stage, qtbot: QtBot) -> None:
    line = LineEdit(stage.desktop.look, "Line", parent=stage.window)
    line.show()
    line.setText("abc")
    line.selectAll()
    QApplication.sendEvent(
        line, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(50, 50))
    )
    (menu,) = [m for m in line.findChildren(Menu) if m.isVisible()]
    (copy,) = [a for a in menu.actions() if words_of(a)[0] == "Copy"]
    copy.trigger()
    assert QApplication.clipboard().text() == "abc"
    menu.close()


def test_history_is_paused_and_resumed_at_the_foot(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    opened(stage)
    foot = window.sidebar.foot
    assert not button(foot, "Pause").isVisible()
    coming = MeterFacts(Link.CONNECTED, stage.now_s, stage.now_s, None, stage.home.zone, 20, 100)
    before = foot.height()
    window.show_facts(coming)
    assert foot.accessibleDescription() == "20 % of history here"
    assert foot.height() == before  # nothing jumps
    assert foot.rect().contains(button(foot, "Pause").geometry())
    with qtbot.waitSignal(window.sync_paused, check_params_cb=lambda on: on):
        qtbot.mouseClick(button(foot, "Pause"), Qt.MouseButton.LeftButton)
    window.show_paused(True)
    assert foot.accessibleName() == "Paused"
    with qtbot.waitSignal(window.sync_paused, check_params_cb=lambda on: not on):
        qtbot.mouseClick(button(foot, "Resume"), Qt.MouseButton.LeftButton)
    window.show_paused(False)
    assert foot.accessibleName() == "Meter connected"


def test_the_demonstration_says_what_it_is(stage: Stage) -> None:
    window = stage.window
    opened(stage)
    mark = window.sidebar.demonstration
    assert not mark.isVisible()
    window.set_demonstration(False)
    assert mark.isVisible()
    assert mark.accessibleName() == "Recorded demonstration"
    window.set_demonstration(True)
    assert mark.accessibleName() == "Simulated demonstration"
    window.resize(1024, 640)
    assert mark.isVisible()
    assert "Simulated" in mark.toolTip()
    window.set_demonstration(None)
    assert not mark.isVisible()


def test_long_names_wrap_and_nothing_is_cut(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    label = "Neighbourhood comparisons of everybody"
    window.add_page("long", "neighbours", label, Extra(stage))
    opened(stage)
    one = window.sidebar.home.height()
    window.sidebar.set_home("The old mill house by the canal, second floor")
    qtbot.waitUntil(lambda: window.sidebar.home.height() >= one + 20)
    assert item(stage, label).height() > 34
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: item(stage, label).height() == 34)
    assert item(stage, label).toolTip() == label


def test_folding_keeps_the_keyboard_where_it_was(stage: Stage) -> None:
    opened(stage)
    used = item(stage, "Usage")
    used.setFocus(Qt.FocusReason.TabFocusReason)
    stage.window.resize(1024, 640)
    assert QApplication.focusWidget() is used


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_the_sidebar_holds_longer_words_in_every_state(stage: Stage, size: tuple[int, int]) -> None:
    words = LongWording()
    stage.window.resize(*size)
    bar = Sidebar(stage.desktop.look, words)
    for name, label in (("home", "Home"), ("usage", "Usage"), ("neighbours", "Neighbours")):
        bar.add_page(name, name, words.tr(label))
    bar.add_page("settings", "settings", words.tr("Settings"), low=True)
    bar.set_home("The old mill house by the canal, second floor")
    bar.show_homes(HOMES, "aa", can_add=True)
    bar.demonstration.show_demonstration(True)
    bar.setParent(stage.window)
    bar.resize(bar.width(), size[1])
    bar.show()
    for facts in (
        MeterFacts(Link.CONNECTED, stage.now_s, stage.now_s, stage.home.last_slot, stage.home.zone, 5, 5,
                   single_operator=True),
        MeterFacts(Link.CONNECTED, stage.now_s, stage.now_s, None, stage.home.zone, 20, 100),
        MeterFacts(Link.AWAY, stage.now_s, refused="page 16 092"),
    ):  # fmt: skip
        bar.foot.show_foot(meter_foot(facts, words))
        for paused in (True, False):
            bar.foot.show_paused(paused)
            QApplication.processEvents()
            assert faults(bar) == []
    bar.fold(True)
    QApplication.processEvents()
    assert faults(bar) == []
