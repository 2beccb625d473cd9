"""The code field forgives what people type, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ohmstead.link.label import format_code, parse_code
from ohmstead.ui.application import Desktop
from ohmstead.ui.widgets.code_field import LENGTH, CodeField, clean_code

SECRETS = st.binary(min_size=10, max_size=10)


@given(text=st.text(max_size=60))
def test_cleaning_is_stable_short_and_from_the_alphabet(text: str) -> None:
    cleaned = clean_code(text)
    assert len(cleaned) <= LENGTH
    assert set(cleaned) <= set("0123456789ABCDEFGHJKMNPQRSTUVWXYZ")
    assert clean_code(cleaned) == cleaned


@given(secret=SECRETS, joiner=st.sampled_from(["", " ", "-", " - ", "\u00a0", "\n"]), lower=st.booleans())
def test_any_way_of_writing_a_code_is_the_same_code(secret: bytes, joiner: str, lower: bool) -> None:
    written = joiner.join(format_code(secret).split("-")).replace("0", "O").replace("1", "l")
    cleaned = clean_code(written.lower() if lower else written)
    assert parse_code(cleaned) == secret


def test_typing_and_pasting(desktop: Desktop, qtbot: QtBot) -> None:
    field = CodeField(desktop.look, "Code on the label")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field, "ok1l-zz")
    assert field.text() == "0K11ZZ"
    assert not field.complete
    code = format_code(bytes(range(10)))
    QGuiApplication.clipboard().setText(f"  {code.lower()} \n")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == code.replace("-", "")
    assert field.complete


def test_correcting_in_the_middle_keeps_the_place(desktop: Desktop, qtbot: QtBot) -> None:
    field = CodeField(desktop.look, "Code")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "ABCDEF")
    field.setCursorPosition(2)
    qtbot.keyClicks(field, "o")
    assert field.text() == "AB0CDEF"
    assert field.cursorPosition() == 3
    field.mark_wrong(True)
    qtbot.keyClicks(field, "u")
    assert "U" in field.text()
    assert not field.complete


def test_it_never_holds_more_than_a_code(desktop: Desktop, qtbot: QtBot) -> None:
    field = CodeField(desktop.look, "Code")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "Z" * 40)
    assert field.text() == "Z" * LENGTH
