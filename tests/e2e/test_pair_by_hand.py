"""A person pairs by hand in the real window, with a real meter on the virtual radio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.link.label import format_code
from ohmstead.link.pairing import Trust
from ohmstead.services.events import LinkState
from ohmstead.ui.dialogs.label import ConfirmByLabel
from ohmstead.ui.label_window import LabelWindow
from ohmstead.ui.qr_picture import qr_image
from tests.helpers.windows import Kept, Running, homes_of, profile_in, window_on
from tests.ui.test_qr_picture import LABEL

pytestmark = [pytest.mark.processes, pytest.mark.qt]


@pytest.fixture
def here(qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept) -> Iterator[Running]:
    """A new profile in front of the pairing page."""
    with window_on(qapp, qtbot, profile_in(tmp_path), machines) as running:
        running.until(lambda: running.app.window.first_run.isVisible())
        running.click("Pair with your meter")
        running.until(lambda: running.page.isVisible())
        yield running


def label_window(here: Running) -> LabelWindow:
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, LabelWindow) and w.isVisible()]
    return found


def press(here: Running) -> None:
    here.click("Press the button", label_window(here))


def done(here: Running) -> bool:
    return "know each other now" in here.words()


def pairing(here: Running, tmp_path: Path) -> Trust:
    found = homes_of(profile_in(tmp_path)).current()
    assert found is not None
    return found.trust


def test_by_its_code_then_words_then_the_picture_confirms_it(
    here: Running, tmp_path: Path, machines: Kept
) -> None:
    card = machines.card
    assert card.mark in label_window(here).findChildren(type(label_window(here)._printed))[0].accessibleName()
    press(here)
    here.until(lambda: f"Meter with the mark {card.mark}" in here.words())
    # The page has come to the code by itself, and the keyboard is in its cells.
    assert here.app.window.focusWidget() is here.page.code_field
    here.qtbot.keyClicks(here.page.code_field, card.code.lower())
    here.qtbot.keyClick(here.page.code_field, Qt.Key.Key_Return)
    here.until(lambda: "Are these the six words" in here.words())
    words = here.page._view
    assert words is not None
    assert words.words == card.words
    here.click("Yes, the same")
    here.until(lambda: done(here))
    assert "marked “typed”" in here.words()
    assert here.states[-1].typed
    assert here.app.homes.homes[0].typed
    # A picture of another label changes nothing; the right one confirms the home, for good.
    other = qr_image("OHM1:" + "0" * 128)
    drop(here, image=other)
    here.until(lambda: "part of it was misread" in here.words())
    drop(here, image=label_window(here).code_picture.picture)
    here.until(lambda: "Its label" in here.words())
    assert "typed" not in here.words()
    assert not here.app.homes.homes[0].typed
    here.click("Show my day")
    here.until(lambda: here.app.window.home.isVisible())
    here.until(lambda: here.states[-1].link is LinkState.CONNECTED)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, LabelWindow) and w.isVisible()]
    assert pairing(here, tmp_path) is Trust.LABEL


def test_a_typed_home_is_confirmed_whenever_the_picture_is_at_hand(
    here: Running, tmp_path: Path, machines: Kept
) -> None:
    press(here)
    here.until(lambda: here.page.code_field.isVisible())
    here.qtbot.keyClicks(here.page.code_field, machines.card.code)
    here.click("Continue")
    here.until(lambda: "Are these the six words" in here.words())
    here.click("Yes, the same")
    here.until(lambda: done(here))
    here.click("Show my day")
    here.until(lambda: here.states[-1].link is LinkState.CONNECTED)
    window = here.app.window
    (command,) = [c for c in window.commands() if c.name == "home.confirm"]
    command.run()
    (sheet,) = window.findChildren(ConfirmByLabel)
    assert sheet.isVisible()
    drop(here, image=qr_image(LABEL.qr_text), on=sheet)
    here.until(lambda: "another meter's label" in here.words(sheet))
    assert pairing(here, tmp_path) is Trust.TYPED
    drop(here, image=qr_image(machines.card.qr), on=sheet)
    here.until(lambda: pairing(here, tmp_path) is Trust.LABEL)
    here.until(lambda: not here.states[-1].typed)
    here.until(lambda: not [s for s in window.findChildren(ConfirmByLabel) if s.isVisible()])
    assert "home.confirm" not in {c.name for c in window.commands()}


def drop(here: Running, *, path: Path | None = None, image: object = None, on: QWidget | None = None) -> None:
    """What a person drags onto the page and lets go."""
    held = QMimeData()
    if path is not None:
        held.setUrls([QUrl.fromLocalFile(str(path))])
    else:
        held.setImageData(image)
    onto = on if on is not None else here.page
    at, copy = onto.rect().center(), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(at), copy, held, button, none)
    QApplication.sendEvent(onto, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(onto, QDropEvent(QPointF(at), copy, held, button, none))


def test_by_a_picture_from_a_file(here: Running, tmp_path: Path, machines: Kept) -> None:
    picture = tmp_path / "label.jpg"
    assert qr_image(machines.card.qr, 12).save(str(picture))
    here.click("Use a picture of the QR code")
    (dialog,) = here.page.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(picture))
    dialog.close()
    # Open still from another test, or waiting for its button: either way one press is enough.
    here.until(lambda: "The label is read" in here.words() or done(here))
    if not done(here):
        press(here)
    here.until(lambda: done(here))
    assert "typed" not in here.words()
    assert "compared whole" in here.words()
    assert pairing(here, tmp_path) is Trust.LABEL


def test_a_wrong_code_is_said_and_then_the_right_one_dropped_as_a_picture(
    here: Running, tmp_path: Path, machines: Kept
) -> None:
    press(here)
    here.until(lambda: here.page.code_field.isVisible())
    wrong = format_code(bytes(10))
    here.qtbot.keyClicks(here.page.code_field, wrong)
    here.click("Continue")
    here.until(lambda: "The meter did not accept this code" in here.words())
    assert "Nothing was paired, nothing was stored" in here.words()
    assert homes_of(profile_in(tmp_path)).pairings() == ()
    here.click("Try another code")
    assert here.page.code_field.selectedText() == here.page.code_field.text()
    picture = tmp_path / "label.png"
    assert qr_image(machines.card.qr).save(str(picture))
    drop(here, path=picture)
    here.until(lambda: done(here))


def test_cancelled_at_the_words_nothing_is_half_paired_and_it_can_begin_again(
    here: Running, tmp_path: Path, machines: Kept
) -> None:
    press(here)
    here.until(lambda: here.page.code_field.isVisible())
    here.qtbot.keyClicks(here.page.code_field, machines.card.code)
    here.qtbot.keyClick(here.page.code_field, Qt.Key.Key_Return)
    here.until(lambda: "Are these the six words" in here.words())
    here.click("Cancel")
    here.until(lambda: here.app.window.first_run.isVisible())
    assert homes_of(profile_in(tmp_path)).pairings() == ()
    here.click("Pair with your meter")
    press(here)
    here.until(lambda: here.page.code_field.isVisible())
    assert here.page.code_field.text() == ""
    here.qtbot.keyClicks(here.page.code_field, machines.card.code)
    here.qtbot.keyClick(here.page.code_field, Qt.Key.Key_Return)
    here.until(lambda: "Are these the six words" in here.words())
    here.click("No, they differ")
    here.until(lambda: "The words differ, so nothing was paired" in here.words())
    assert homes_of(profile_in(tmp_path)).pairings() == ()
