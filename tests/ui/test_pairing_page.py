"""The pairing page in the real window: its faces, the keyboard, pictures of the label however they come.

That no word is cut in any state is seen to in ``tests.ui.states``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from ohmstead.system.zones import build_table
from ohmstead.ui.pages.pairing_page import PairingPage
from ohmstead.ui.pages.pairing_parts import MeterButton
from ohmstead.ui.presenters.pairing import NearbyMeter, PairedHome, PairingState
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from ohmstead.ui.qr_picture import qr_image
from tests.ui.conftest import Stage
from tests.ui.presenters.test_pairing_course import CODE, MINE, OTHER, SHUT, Controller
from tests.ui.test_qr_picture import LABEL
from tests.ui.test_window import button

SIX = ("harbour", "velvet", "acorn", "nine", "category", "umbrella")
ZONE = build_table("Europe/Rome", date(2026, 1, 1), date(2026, 12, 31))
HOME = PairedHome("3C9", "model", 3.1, True, ZONE.first_slots[20], ZONE, 24 * 22_000)
ALIKE = NearbyMeter("c", LABEL.mark, -60, True)


@pytest.fixture
def reader() -> Iterator[ThreadPoolExecutor]:
    made = ThreadPoolExecutor(1)
    yield made
    made.shutdown()


@pytest.fixture
def meter(stage: Stage, reader: ThreadPoolExecutor) -> Controller:
    """The page is shown, a radio behind it."""
    stage.window.pairing.read_pictures_with(stage.desktop.jobs, reader)
    made = Controller()
    stage.window.begin_pairing(made)
    return made


@pytest.fixture
def page(stage: Stage, meter: Controller) -> PairingPage:
    return stage.window.pairing


@pytest.fixture
def say(stage: Stage, qapp: QApplication) -> Callable[..., None]:
    def post(phase: PairingPhase, *meters: NearbyMeter, **more: object) -> None:
        stage.desktop.bridge.post(PairingState(phase, meters, **more))
        qapp.processEvents()

    return post


def hear(say: Callable[..., None], *meters: NearbyMeter) -> None:
    say(PairingPhase.SEARCHING, *meters)


def reads(page: PairingPage) -> str:
    return "\n".join(x.accessibleName() or x.text() for x in page.findChildren(QLabel) if x.isVisible())


def shown(page: PairingPage, name: str) -> QAbstractButton:
    (found,) = [b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    return found


def test_from_the_search_to_the_day(
    stage: Stage, page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None]
) -> None:
    window = stage.window
    assert meter.asked == ["search"]
    assert "Find your meter" in reads(page)
    hear(say, SHUT)
    assert (
        button(page, "Meter with the mark 3C9").accessibleDescription().startswith("Strong signal. Not open")
    )
    hear(say, MINE)
    assert window.focusWidget() is page.code_field
    qtbot.keyClicks(page.code_field, CODE[:-1] + "Y")
    assert "One character is wrong" in reads(page)
    assert not shown(page, "Continue").isEnabled()
    qtbot.keyClick(page.code_field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.code_field, "z")
    qtbot.keyClick(page.code_field, Qt.Key.Key_Return)
    assert meter.asked[-1] == ("a", CODE)
    assert not page.code_field.isEnabled()
    assert not shown(page, "Opening a private link…").isEnabled()
    assert not any(b.hasFocus() for b in page.findChildren(QAbstractButton)), "no ring wanders about"
    say(PairingPhase.WORDS, words=SIX)
    yes, no = shown(page, "Yes, the same"), shown(page, "No, they differ")
    assert yes.size() == no.size()
    assert window.focusWidget() not in (yes, no), "neither is pressed by a key that was meant for the code"
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert meter.asked[-1] is True
    for phase, said in (
        (PairingPhase.CONFIRMING, "takes note"),
        (PairingPhase.FIRST_BLOCK, "how the ledger begins"),
        (PairingPhase.PAGE, "the first page"),
    ):
        say(phase)
        assert said in reads(page)
    say(PairingPhase.PAIRED, home=HOME)
    assert "This computer and your meter know each other now" in reads(page)
    stage.show(lambda: window.show_home("Home 3C9", stage.source()))
    assert page.isVisible(), "whoever reads what it came to leaves by themselves"
    assert window.focusWidget() is shown(page, "Show my day")
    with qtbot.waitSignal(window.pairing_left):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert not page.isVisible()
    assert window.sidebar.isVisible()


def test_rows_stay_themselves_while_meters_come_and_go(
    page: PairingPage, qtbot: QtBot, say: Callable[..., None]
) -> None:
    hear(say, OTHER, SHUT)
    before = {row.accessibleName(): row for row in page.findChildren(MeterButton)}
    newcomer = replace(OTHER, handle="n", mark="111")
    hear(say, newcomer, replace(OTHER, strength_dbm=-50), SHUT)
    qtbot.waitUntil(lambda: all(row.isVisible() for row in page.findChildren(MeterButton)))
    rows = page.findChildren(MeterButton)
    assert len(rows) == 3
    assert [row for row in rows if row.accessibleName() in before] == list(before.values())
    qtbot.waitUntil(lambda: min(rows, key=lambda r: r.y()).accessibleName() == "Meter with the mark 111")
    qtbot.keyClick(before["Meter with the mark 7F1"], Qt.Key.Key_Return)
    assert "Enter the code from your meter" in reads(page)
    qtbot.mouseClick(shown(page, "Not this one"), Qt.MouseButton.LeftButton)
    assert "Find your meter" in reads(page)


def test_steps_are_spoken_with_their_state(page: PairingPage, say: Callable[..., None]) -> None:
    def spoken() -> list[str]:
        names = [w.accessibleName() for w in page._steps.children() if hasattr(w, "accessibleName")]
        return [name for name in names if name]

    assert spoken()[0] == "Find the meter: under way. Press the button on it"
    hear(say, MINE)
    say(PairingPhase.FAILED, problem=Problem.WORDS_DIFFER, at=Step.WORDS)
    assert spoken()[0] == "Find the meter: done. Mark 3C9, strong signal"
    assert spoken()[3] == "Compare six words: failed. They differ"
    assert spoken()[6].startswith("Bring the first page: to do.")


def test_nothing_heard_is_answered_after_a_while(page: PairingPage, say: Callable[..., None]) -> None:
    assert page._unheard.isActive()
    assert "No meter is heard yet" not in reads(page)
    page._unheard.timeout.emit()
    assert "No meter is heard yet" in reads(page)
    hear(say, OTHER)
    assert "No meter is heard yet" not in reads(page)


def test_a_refused_code_is_typed_over(
    stage: Stage, page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None]
) -> None:
    hear(say, MINE)
    qtbot.keyClicks(page.code_field, CODE)
    say(PairingPhase.FAILED, problem=Problem.WRONG_CODE)
    hear(say, MINE)
    assert "The meter did not accept this code" in reads(page)
    assert page.code_field.selectedText() == CODE
    qtbot.mouseClick(shown(page, "Try another code"), Qt.MouseButton.LeftButton)
    assert "Enter the code from your meter" in reads(page)
    assert stage.window.focusWidget() is page.code_field
    qtbot.keyClicks(page.code_field, "K7")
    assert page.code_field.text() == "K7"


def test_leaving_tells_the_controller_and_begins_afresh_next_time(
    stage: Stage, page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None]
) -> None:
    hear(say, MINE)
    qtbot.keyClicks(page.code_field, "K7")
    with qtbot.waitSignal(stage.window.pairing_left):
        qtbot.mouseClick(shown(page, "Cancel"), Qt.MouseButton.LeftButton)
    assert meter.asked[-1] == "cancel"
    hear(say, MINE)  # what was still on its way is dropped
    stage.window.begin_pairing(Controller())
    assert "Find your meter" in reads(page)
    assert page.code_field.text() == ""


# ---- pictures of the label ------------------------------------------------------------------------


def dropped(page: PairingPage, held: QMimeData) -> bool:
    at, copy = page.rect().center(), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(at), copy, held, button, none)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    assert page._pictures.mark.isVisible()
    QApplication.sendEvent(page, QDropEvent(QPointF(at), copy, held, button, none))
    assert not page._pictures.mark.isVisible()
    return True


def picture(image: QImage) -> QMimeData:
    held = QMimeData()
    held.setImageData(image)
    return held


def test_a_dropped_picture_pairs_by_itself(
    page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None]
) -> None:
    hear(say, ALIKE, OTHER)
    assert dropped(page, picture(qr_image(LABEL.qr_text)))
    assert not dropped(page, picture(qr_image(LABEL.qr_text))), "one at a time"
    qtbot.waitUntil(lambda: meter.asked[-1] == ("c", LABEL.qr_text), timeout=10_000)
    assert "Opening a private link" in reads(page)
    assert not dropped(page, picture(qr_image(LABEL.qr_text)))


def test_nothing_but_a_picture_can_be_dropped(page: PairingPage) -> None:
    assert not dropped(page, QMimeData())


@pytest.mark.parametrize("where", ["cells", "page"])
def test_a_picture_can_be_pasted(
    page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None], where: str
) -> None:
    QGuiApplication.clipboard().setMimeData(picture(qr_image(LABEL.qr_text)))
    hear(say, *([ALIKE] if where == "cells" else [ALIKE, replace(OTHER, pairing_open=True)]))
    at = page.code_field if where == "cells" else page
    at.setFocus()
    qtbot.keyClick(at, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: meter.asked[-1] == ("c", LABEL.qr_text), timeout=10_000)
    QGuiApplication.clipboard().clear()  # what Python made does not outlive it


def test_a_pasted_code_is_still_a_code(page: PairingPage, qtbot: QtBot, say: Callable[..., None]) -> None:
    hear(say, MINE)
    QGuiApplication.clipboard().setText("000G-40R4-0M30-E209-Z")
    qtbot.keyClick(page.code_field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.code_field.text() == CODE


def test_a_picture_that_is_none_is_said_under_the_buttons(
    page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None]
) -> None:
    hear(say, MINE)
    assert dropped(page, picture(qr_image("https://example.org")))
    qtbot.waitUntil(lambda: "not that of a meter's label" in reads(page), timeout=10_000)
    assert shown(page, "Use a picture of the QR code").isEnabled()
    assert meter.asked == ["search"]


def test_a_reading_that_outlives_its_page_is_dropped(
    page: PairingPage, meter: Controller, qtbot: QtBot, say: Callable[..., None], stage: Stage
) -> None:
    hear(say, ALIKE)
    assert dropped(page, picture(qr_image(LABEL.qr_text)))
    qtbot.mouseClick(shown(page, "Cancel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.desktop.jobs.running == 0, timeout=10_000)
    assert meter.asked == ["search", "cancel"]
