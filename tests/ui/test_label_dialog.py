"""The sheet that confirms a typed home by a picture: one answer at a time, and none lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ohmstead.ui.dialogs.label import ConfirmByLabel
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.qr_picture import Dropped, qr_image
from tests.ui.audit import faults
from tests.ui.conftest import Stage
from tests.ui.test_qr_picture import LABEL
from tests.ui.test_window import button


@pytest.fixture
def sheet(stage: Stage) -> Iterator[ConfirmByLabel]:
    reader = ThreadPoolExecutor(1)
    desktop = stage.desktop
    made = ConfirmByLabel(desktop.look, desktop.wording, stage.window, desktop.jobs, reader)
    made.open()
    yield made
    reader.shutdown()


def says(sheet: ConfirmByLabel) -> str:
    return " ".join(x.accessibleName() or x.text() for x in sheet.findChildren(QLabel) if x.isVisible())


def test_a_picture_is_compared_once_and_again_until_it_fits(sheet: ConfirmByLabel, qtbot: QtBot) -> None:
    assert faults(sheet) == []
    choose = button(sheet, "Choose a picture…")
    with qtbot.waitSignal(sheet.given, timeout=10_000) as given:
        sheet._pictures.take(Dropped(image=qr_image(LABEL.qr_text)))
        assert not choose.isEnabled()
        assert choose.toolTip()
    assert given.args == [LABEL.qr_text]
    sheet._pictures.take(Dropped(image=qr_image(LABEL.qr_text)))
    assert not choose.isEnabled(), "the first answer is still on its way"
    for problem, said in (
        (Problem.OTHER_METER, "another meter's label"),
        (Problem.OTHER_LEDGER, "another ledger"),
        (Problem.OUTSIDE, "could not be stored"),
    ):
        sheet.show_result(problem)
        assert said in says(sheet)
        assert choose.isEnabled()
        qtbot.waitUntil(lambda: faults(sheet) == [])
    with qtbot.waitSignal(sheet.finished) as finished:
        sheet.show_result(None)
    assert finished.args == [True]


def test_what_is_no_label_is_said(sheet: ConfirmByLabel, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("https://example.org")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "not that of a meter's label" in says(sheet), timeout=10_000)
    with qtbot.waitSignal(sheet.finished) as finished:
        qtbot.mouseClick(button(sheet, "Cancel"), Qt.MouseButton.LeftButton)
    assert finished.args == [False]
