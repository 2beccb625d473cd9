"""The question for a passphrase, in the real window: a new one, an old one, a wrong one, a silent keyring."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.ui.pages.preparing import OPENING
from ohmstead.ui.pages.unlock_page import UnlockPage
from tests.ui.audit import faults
from tests.ui.conftest import Stage
from tests.ui.test_window import button

NEW = SecretsLocked(LockReason.NO_KEYRING, new=True)
SEALED = SecretsLocked(LockReason.SEALED, new=False)
WRONG = SecretsLocked(LockReason.WRONG, new=False)
SILENT = SecretsLocked(LockReason.SILENT, new=False)
GOOD = "copper lamp seven rivers"


def asked(stage: Stage, locked: SecretsLocked) -> UnlockPage:
    stage.window.show_preparing(OPENING)
    stage.window.preparing.show_locked(locked)
    assert faults(stage.window) == []
    return stage.window.preparing.unlock


def says(page: UnlockPage) -> str:
    return " ".join(x.accessibleName() or x.text() for x in page.findChildren(QLabel) if x.isVisible())


def test_a_new_passphrase_is_typed_twice_and_told_how_strong_it_is(stage: Stage, qtbot: QtBot) -> None:
    page = asked(stage, NEW)
    given: list[str] = []
    page.given.connect(given.append)
    assert stage.window.focusWidget() is page._one.edit
    qtbot.keyClicks(page._one.edit, "short")
    qtbot.keyClick(page._one.edit, Qt.Key.Key_Return)
    assert stage.window.focusWidget() is page._two.edit
    qtbot.keyClick(page._two.edit, Qt.Key.Key_Return)
    assert given == []
    assert "At least 10 characters" in says(page)
    page._one.edit.clear()
    qtbot.keyClicks(page._one.edit, GOOD)
    assert "Strong" in says(page)
    qtbot.keyClicks(page._two.edit, GOOD[:-1])
    qtbot.mouseClick(button(page, "Seal the keys"), Qt.MouseButton.LeftButton)
    assert "The two differ" in says(page)
    qtbot.keyClicks(page._two.edit, GOOD[-1])
    qtbot.keyClick(page._two.edit, Qt.Key.Key_Return)
    assert given == [GOOD]
    assert not button(page, "Seal the keys").isEnabled(), "once is enough"
    assert button(page, "Quit").isEnabled()


def test_a_wrong_passphrase_is_said_where_it_was_typed(stage: Stage, qtbot: QtBot) -> None:
    page = asked(stage, SEALED)
    given: list[str] = []
    page.given.connect(given.append)
    qtbot.keyClick(page._one.edit, Qt.Key.Key_Return)
    assert "Type the passphrase first" in says(page)
    qtbot.keyClicks(page._one.edit, "wrong")
    qtbot.keyClick(page._one.edit, Qt.Key.Key_Return)
    assert given == ["wrong"]
    stage.window.preparing.show_locked(WRONG)
    assert "This is not the passphrase" in says(page)
    assert page._one.text() == ""
    assert stage.window.focusWidget() is page._one.edit
    qtbot.keyClicks(page._one.edit, "r")
    assert "This is not the passphrase" not in says(page)


def test_a_silent_keyring_is_tried_again_and_nothing_is_typed(stage: Stage, qtbot: QtBot) -> None:
    page = asked(stage, SILENT)
    assert not page._one.isVisible()
    with qtbot.waitSignal(page.given) as given:
        qtbot.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton)
    assert given.args == [""]
    with qtbot.waitSignal(page.quit_wanted):
        qtbot.mouseClick(button(page, "Quit"), Qt.MouseButton.LeftButton)


def test_once_it_is_open_the_question_is_gone(stage: Stage) -> None:
    page = asked(stage, SEALED)
    stage.window.show_preparing(OPENING)
    assert not page.isVisible()
