"""The demonstration meter's label: what is on it, what can be taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.link.label import parse_code
from ohmstead.ui.application import Desktop
from ohmstead.ui.label_window import LabelSheet, LabelWindow
from ohmstead.ui.pages.picture import render_page
from ohmstead.ui.qr_picture import Dropped, read_label
from tests.ui.audit import LongWording, faults
from tests.ui.test_qr_picture import LABEL
from tests.ui.test_window import button

SHEET = LabelSheet(LABEL.mark, LABEL.code, LABEL.qr_text, LABEL.words)


@pytest.fixture
def window(desktop: Desktop, qtbot: QtBot) -> Iterator[LabelWindow]:
    writer = ThreadPoolExecutor(1)
    made = LabelWindow(desktop.look, desktop.wording, SHEET, desktop.jobs, writer)
    beside = QWidget()
    qtbot.addWidget(made)
    qtbot.addWidget(beside)
    beside.setGeometry(20, 20, 300, 300)
    beside.show()
    made.stand_beside(beside)
    yield made
    writer.shutdown()


def says(window: LabelWindow) -> str:
    return " ".join(label.accessibleName() or label.text() for label in window.findChildren(QLabel))


def test_it_stands_beside_and_shows_a_code_that_can_be_read(
    window: LabelWindow, desktop: Desktop, tmp_path: Path
) -> None:
    assert window.isVisible()
    assert window.x() > 20 + 300
    assert not faults(window)
    assert SHEET.code not in repr(SHEET)
    for mode in ("light", "dark"):
        desktop.look.theme.choose(mode)
        for scale in (1.0, 2.0):
            render_page(window, tmp_path / "label.png", scale)
            assert read_label(Dropped(path=tmp_path / "label.png")).text == LABEL.qr_text
    desktop.look.theme.choose("light")


def test_its_button_says_for_how_long(window: LabelWindow, qtbot: QtBot) -> None:
    assert "two minutes" in says(window)
    with qtbot.waitSignal(window.pressed):
        qtbot.mouseClick(button(window, "Press the button"), Qt.MouseButton.LeftButton)
    assert "Open for pairing: " in says(window)
    window.closed_again()
    assert "Open for pairing" not in says(window)


def test_the_code_can_be_copied_and_the_picture_dragged_or_saved(
    window: LabelWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(button(window, "Copy the code"), Qt.MouseButton.LeftButton)
    assert parse_code(QGuiApplication.clipboard().text()) == LABEL.secret
    held = window.code_picture.held()
    assert held.hasImage()
    assert not held.hasText()
    assert read_label(Dropped(image=QImage(held.imageData()))).mark == LABEL.mark
    qtbot.mouseClick(button(window, "Save the QR picture…"), Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(QFileDialog)
    path = tmp_path / "label.png"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: read_or_none(path) == LABEL.mark, timeout=10_000)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "label.png"))
    qtbot.waitUntil(lambda: "could not be written" in says(window), timeout=10_000)


def read_or_none(path: Path) -> str | None:
    image = QImage(str(path))
    return None if image.isNull() else read_label(Dropped(image=image)).mark


def test_a_click_alone_drags_nothing(window: LabelWindow, qtbot: QtBot) -> None:
    qtbot.mousePress(window.code_picture, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(window.code_picture, QPoint(51, 51))
    qtbot.mouseRelease(window.code_picture, Qt.MouseButton.LeftButton)


def test_with_longer_words(desktop: Desktop, qtbot: QtBot) -> None:
    writer = ThreadPoolExecutor(1)
    made = LabelWindow(desktop.look, LongWording(), SHEET, desktop.jobs, writer)
    qtbot.addWidget(made)
    made.stand_beside(made)
    assert not faults(made)
    writer.shutdown()
