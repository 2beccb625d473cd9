"""What stands over the window: the keyboard stays inside, Escape closes, nothing gets through."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.dialogs.confirm import Confirm, ask
from ohmstead.ui.dialogs.crash import CrashSheet
from ohmstead.ui.dialogs.passphrase import NewPassphrase
from ohmstead.ui.wording import QtWording
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.conftest import Stage


@pytest.fixture
def open_stage(stage: Stage, qtbot: QtBot) -> Stage:
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.show_page("usage")
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    return stage


def button(root: QWidget, name: str) -> QAbstractButton:
    (found,) = [b for b in root.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found


def confirm(stage: Stage, words: QtWording | None = None, **more: object) -> Confirm:
    tr = (words or QtWording()).tr
    return Confirm(
        stage.desktop.look, words or QtWording(), stage.window, tr("Stop offering tomorrow's surplus?"),
        tr("You can offer again until 10:45."), tr("Stop offering"), danger=True, **more,
    )  # fmt: skip


def focus() -> str:
    now = QApplication.focusWidget()
    assert now is not None
    return now.accessibleName()


def test_tab_goes_round_inside_and_focus_comes_back(open_stage: Stage, qtbot: QtBot) -> None:
    window = open_stage.window
    before = QApplication.focusWidget()
    sheet = confirm(open_stage)
    sheet.open()
    assert focus() == "Cancel"  # Enter alone undoes nothing
    seen = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(focus())
    assert seen == ["Stop offering", "Cancel", "Stop offering", "Cancel"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert focus() == "Stop offering"
    window.usage.take_focus()
    assert focus() == "Stop offering"  # what asks for the keyboard meanwhile does not get it
    with qtbot.waitSignal(sheet.finished, check_params_cb=lambda agreed: not agreed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is before


def test_no_key_and_no_click_reaches_the_page_below(open_stage: Stage, qtbot: QtBot) -> None:
    window, title = open_stage.window, open_stage.window.usage.view
    sheet = confirm(open_stage)
    sheet.open()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not window.finder.isVisible()
    assert window.usage.view is title
    assert window.childAt(QPoint(100, 120)) is sheet
    with qtbot.waitSignal(sheet.finished):
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_agreeing_runs_it_once(open_stage: Stage, qtbot: QtBot) -> None:
    done: list[bool] = []
    sheet = confirm(open_stage)
    ask(sheet, lambda: done.append(True))
    qtbot.mouseClick(button(sheet, "Stop offering"), Qt.MouseButton.LeftButton)
    assert done == [True]


def test_what_is_gone_for_good_must_be_typed(open_stage: Stage, qtbot: QtBot) -> None:
    sheet = confirm(open_stage, retype="erase")
    sheet.open()
    do = button(sheet, "Stop offering")
    assert not do.isEnabled()
    assert "erase" in do.toolTip()
    qtbot.keyClicks(QApplication.focusWidget(), "erased")
    assert not do.isEnabled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)
    assert do.isEnabled()
    with qtbot.waitSignal(sheet.finished, check_params_cb=lambda agreed: agreed):
        qtbot.mouseClick(do, Qt.MouseButton.LeftButton)


def test_a_passphrase_is_taken_only_when_it_will_do(open_stage: Stage, qtbot: QtBot) -> None:
    sheet = NewPassphrase(open_stage.desktop.look, QtWording(), open_stage.window)
    sheet.open()
    qtbot.keyClicks(QApplication.focusWidget(), "correct horse")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "correct house")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert sheet._two.error == "The two differ."
    sheet._two.edit.selectAll()
    qtbot.keyClicks(sheet._two.edit, "correct horse")
    with qtbot.waitSignal(sheet.finished, check_params_cb=lambda agreed: agreed):
        qtbot.keyClick(sheet._two.edit, Qt.Key.Key_Return)
    assert sheet.passphrase == "correct horse"


def test_a_report_is_shown_whole_and_copied(open_stage: Stage, qtbot: QtBot) -> None:
    report = "\n".join(f"line {i}" for i in range(60))
    sheet = CrashSheet(open_stage.desktop.look, QtWording(), open_stage.window, report)
    sheet.open()
    qtbot.mouseClick(button(sheet, "Copy the report"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == report
    with qtbot.waitSignal(sheet.finished):
        qtbot.keyClick(button(sheet, "Go on"), Qt.Key.Key_Return)


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_sheets_hold_longer_words_in_every_window(
    open_stage: Stage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window, words = open_stage.window, LongWording()
    window.resize(*size)
    for sheet in (
        confirm(open_stage, words, retype=words.tr("erase")),
        NewPassphrase(open_stage.desktop.look, words, window),
        CrashSheet(open_stage.desktop.look, words, window, "one line"),
    ):
        sheet.open()
        QApplication.processEvents()
        assert faults(sheet.card) == []
        assert beyond(sheet) == []
        sheet.dismiss()
