"""The pairing page in the real window: from the search to a paired meter, and every way it can fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from ohmstead.ui.presenters.pairing import NearbyMeter, PairingPhase, PairingState
from tests.ui.conftest import Stage
from tests.ui.test_window import button


class Meter:
    """A controller that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def search(self) -> None:
        self.asked.append("search")

    def pair(self, handle: str, code: str) -> None:
        self.asked.append((handle, code))

    def confirm_words(self, same: bool) -> None:
        self.asked.append(same)

    def cancel(self) -> None:
        self.asked.append("cancel")


@pytest.fixture
def say(stage: Stage, qapp: QApplication) -> Callable[[PairingState], None]:
    def post(state: PairingState) -> None:
        stage.desktop.bridge.post(state)
        qapp.processEvents()

    return post


MINE = NearbyMeter("a", "3C9", -50, True)
OTHER = NearbyMeter("b", "7F1", -85, False)
CODE = "000G40R40M30E209Z"


def test_pairing_from_search_to_paired(
    stage: Stage, qtbot: QtBot, say: Callable[[PairingState], None]
) -> None:
    window, meter = stage.window, Meter()
    window.begin_pairing(meter)
    page = window.pairing
    assert meter.asked == ["search"]
    assert not button(page, "Pair").isEnabled()
    say(PairingState(PairingPhase.SEARCHING, (MINE,)))
    qtbot.keyClicks(page.code_field, CODE[:-1] + "Y")
    assert not button(page, "Pair").isEnabled()
    qtbot.keyClick(page.code_field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.code_field, "z")
    assert button(page, "Pair").isEnabled()
    qtbot.keyClick(page.code_field, Qt.Key.Key_Return)
    assert meter.asked[-1] == ("a", CODE)
    say(PairingState(PairingPhase.WORKING, (MINE,)))
    assert not page.code_field.isEnabled()
    say(PairingState(PairingPhase.WORDS, words=("a", "b", "c", "d", "e", "f")))
    yes, no = button(page, "Yes, the same"), button(page, "No, they differ")
    assert yes.size() == no.size()
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert meter.asked[-1] is True
    say(PairingState(PairingPhase.PAIRED))
    with qtbot.waitSignal(window.pairing_left):
        qtbot.mouseClick(button(page, "Show my day"), Qt.MouseButton.LeftButton)
    assert window.first_run.isVisible()


def test_of_two_meters_the_person_chooses(
    stage: Stage, qtbot: QtBot, say: Callable[[PairingState], None]
) -> None:
    meter = Meter()
    stage.window.begin_pairing(meter)
    page = stage.window.pairing
    say(PairingState(PairingPhase.SEARCHING, (MINE, OTHER)))
    qtbot.keyClicks(page.code_field, CODE)
    assert not button(page, "Pair").isEnabled()
    qtbot.mouseClick(button(page, "Meter with the mark 7F1"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(page, "Pair"), Qt.MouseButton.LeftButton)
    assert meter.asked[-1] == ("b", CODE)
    say(PairingState(PairingPhase.SEARCHING, (MINE,)))
    assert [b for b in page.findChildren(QAbstractButton) if b.isVisible() and "7F1" in b.text()] == []


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (PairingPhase.WRONG_CODE, "label of another meter"),
        (PairingPhase.BUSY, "another device"),
        (PairingPhase.CLOSED, "not open"),
        (PairingPhase.RADIO_OFF, "Bluetooth is off"),
        (PairingPhase.FAILED, "Pairing stopped"),
    ],
)
def test_what_went_wrong_is_said_and_can_be_tried_again(
    stage: Stage, qtbot: QtBot, say: Callable[[PairingState], None], phase: PairingPhase, words: str
) -> None:
    meter = Meter()
    stage.window.begin_pairing(meter)
    page = stage.window.pairing
    say(PairingState(PairingPhase.SEARCHING, (MINE,)))
    qtbot.keyClicks(page.code_field, CODE)
    say(PairingState(phase, (MINE,), detail="The meter said no."))
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any(words in text for text in texts)
    assert button(page, "Pair").isEnabled()
    say(PairingState(PairingPhase.WORKING, (MINE,)))
    qtbot.waitUntil(
        lambda: not any(words in label.text() for label in page.findChildren(QLabel) if label.isVisible())
    )


def test_words_that_differ_and_cancelling_are_told_to_the_controller(
    stage: Stage, qtbot: QtBot, say: Callable[[PairingState], None]
) -> None:
    meter = Meter()
    stage.window.begin_pairing(meter)
    say(PairingState(PairingPhase.WORDS, words=("a", "b", "c", "d", "e", "f")))
    qtbot.mouseClick(button(stage.window.pairing, "No, they differ"), Qt.MouseButton.LeftButton)
    assert meter.asked[-1] is False
    with qtbot.waitSignal(stage.window.pairing_left):
        qtbot.mouseClick(button(stage.window.pairing, "Cancel"), Qt.MouseButton.LeftButton)
    assert meter.asked[-1] == "cancel"


def test_a_home_that_opens_while_pairing_ends_waits_for_the_person(
    stage: Stage, qtbot: QtBot, say: Callable[[PairingState], None]
) -> None:
    window = stage.window
    window.begin_pairing(Meter())
    say(PairingState(PairingPhase.PAIRED))
    stage.show(lambda: window.show_home("Home", stage.source()))
    assert window.pairing.isVisible()
    qtbot.mouseClick(button(window.pairing, "Show my day"), Qt.MouseButton.LeftButton)
    assert window.usage.isVisible()
    assert window.sidebar.isVisible()
