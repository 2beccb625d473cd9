"""Help: the sheet of commands, the documents, and the words that they are written in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.errors import ExternalError
from ohmstead.system.paths import resource
from ohmstead.ui.help_sheet import HelpSheet, KeyCaps
from ohmstead.ui.pages.reader_page import MAX_BYTES, ReaderPage, read_document
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.conftest import Stage

DOCUMENTS = ("help", "protocol", "credits")


@pytest.fixture
def home(stage: Stage, qtbot: QtBot) -> Stage:
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.show_page("usage")
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    return stage


def button(root: QWidget, name: str) -> QAbstractButton:
    (found,) = [b for b in root.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_help_sheet_lists_all_keys_of_now(home: Stage, qtbot: QtBot, key: Qt.Key) -> None:
    window = home.window
    qtbot.keyClick(window, key)
    sheet = window.help
    assert sheet.isVisible()
    said = [label.accessibleName() or label.text() for label in sheet.findChildren(QLabel)]
    caps = [caps.accessibleName() for caps in sheet.findChildren(KeyCaps)]
    for command in window.commands():
        if command.keys:
            assert command.words in said
    assert "Ctrl K" in caps
    assert "F1 or ?" in caps
    assert faults(sheet.card) == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_help_leads_to_how_it_is_checked_and_back(home: Stage, qtbot: QtBot) -> None:
    window = home.window
    window.help.open()
    with qtbot.waitSignal(window.reader.shown):
        qtbot.mouseClick(button(window.help, "How is this checked?"), Qt.MouseButton.LeftButton)
    assert window.reader.isVisible()
    text = window.reader.reading.toPlainText()
    assert "Your meter writes down" in text
    assert "# " not in text
    assert window.commands()[0].name == "reader.back"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.usage.isVisible()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_set_in_our_type(home: Stage, qtbot: QtBot, name: str) -> None:
    window, theme = home.window, home.desktop.look.theme
    with qtbot.waitSignal(window.reader.shown):
        window.show_reading(name)
    reading = window.reader.reading
    document = reading.document()
    families, block = set(), document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        if block.length() > 1:
            cursor.movePosition(QTextCursor.MoveOperation.Right)
            families.add(cursor.charFormat().font().families()[0])
        block = block.next()
    assert families <= {"Inter", "Inter Display", "JetBrains Mono"}
    assert document.size().width() <= 720
    theme.choose("dark")
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.Right)
    assert cursor.charFormat().foreground().color().name() == theme.colour("text").name()
    theme.choose("light")


def test_links_between_documents_are_followed_inside(home: Stage, qtbot: QtBot) -> None:
    window = home.window
    with qtbot.waitSignal(window.reader.shown):
        window.show_reading("help")
    with qtbot.waitSignal(window.reader.shown):
        window.reader.reading.anchorClicked.emit(QUrl("threats.md"))
    assert window.reader.reading.toPlainText().startswith("For whoever")
    with qtbot.waitSignal(window.reader.shown):
        window.reader.reading.anchorClicked.emit(QUrl("protocol.md"))
    assert window.reader.reading.toPlainText().startswith("For a reader")
    before = window.reader.reading.toPlainText()
    window.reader.reading.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert window.reader.reading.toPlainText() == before


def first_line(page: ReaderPage) -> str:
    reading = page.reading
    return reading.cursorForPosition(QPoint(2, 2)).block().text()


def test_the_markets_help_begins_at_the_market(home: Stage, qtbot: QtBot) -> None:
    window = home.window
    window.show_page("market")
    with qtbot.waitSignal(window.reader.shown):
        window.market.help_wanted.emit()
    assert first_line(window.reader) == "The market, in plain words"
    window.resize(1024, 640)  # lines break elsewhere, the place stays
    QApplication.processEvents()
    assert first_line(window.reader) == "The market, in plain words"
    window.home.help_wanted.emit()
    assert window.reader.reading.verticalScrollBar().value() == 0
    window.reader.reading.verticalScrollBar().setValue(300)
    window.home.help_wanted.emit()  # the same again: where it was left
    assert window.reader.reading.verticalScrollBar().value() == 300
    window.market.help_wanted.emit()
    assert first_line(window.reader) == "The market, in plain words"
    window.reader.reading.linked.emit("#where-trust-begins")
    assert first_line(window.reader) == "Where trust begins"
    window.reader.reading.linked.emit("help.md#no-such-heading")
    assert window.reader.reading.verticalScrollBar().value() == 0


def test_a_document_that_is_not_there_is_told(home: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    reader = home.window.reader
    reader._failed(ExternalError("help.md could not be read. Install Ohmstead again."))
    labels = [label.accessibleName() or label.text() for label in reader.findChildren(QLabel)]
    assert "This cannot be shown" in labels
    with pytest.raises(ExternalError):
        read_document(tmp_path / "none.md")
    (tmp_path / "long.md").write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(ExternalError, match="too long"):
        read_document(tmp_path / "long.md")
    (tmp_path / "odd.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ExternalError):
        read_document(tmp_path / "odd.md")


@pytest.mark.parametrize("name", ["help", "threats"])
def test_help_speaks_as_a_neighbour(name: str) -> None:
    """No exclamation marks, no praise, no shouting; *validator* and *leaf* stay in the receipt."""
    text = resource("docs", f"{name}.md").read_text(encoding="utf-8")
    lowered = text.casefold()
    for word in ("!", "successful", "please", "oops", "validator", "merkle", "leaf", "blockchain"):
        assert word not in lowered, word
    assert all(len(line) <= 115 for line in text.splitlines())


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_the_help_sheet_holds_longer_words(home: Stage, size: tuple[int, int]) -> None:
    window = home.window
    window.resize(*size)
    sheet = HelpSheet(home.desktop.look, LongWording(), window, window.commands)
    sheet.open()
    QApplication.processEvents()
    assert faults(sheet.card) == []
    assert beyond(sheet) == []
    sheet.dismiss()
