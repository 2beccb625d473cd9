"""Languages: a real catalogue compiled and used, its plural forms, and a template that is up to date."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ohmstead.ui.translations import Translations
from ohmstead.ui.wording import QtWording
from tests.ui.audit import longer

ROOT = Path(__file__).parents[2]
POLISH = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="pl_PL">
<context>
    <name>ohmstead</name>
    <message><source>Try again</source><translation>Spróbuj ponownie</translation></message>
    <message numerus="yes">
        <source>{n} quarter hours are estimated.</source>
        <translation>
            <numerusform>{n} kwadrans jest szacowany.</numerusform>
            <numerusform>{n} kwadranse są szacowane.</numerusform>
            <numerusform>{n} kwadransów jest szacowanych.</numerusform>
        </translation>
    </message>
</context>
</TS>
"""


def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "packaging" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def polish(qapp: QApplication, tmp_path: Path) -> Iterator[Translations]:
    release = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert release is not None
    (tmp_path / "pl.ts").write_text(POLISH, encoding="utf-8")
    subprocess.run(
        [release, "-silent", str(tmp_path / "pl.ts"), "-qm", str(tmp_path / "ohmstead_pl.qm")], check=True
    )
    translations = Translations(tmp_path)
    yield translations
    translations.use("en")


def estimated(number: int) -> str:
    words = QtWording(QLocale("en_GB"))
    return words.count(
        number, "{n} quarter hour is estimated.", "{n} quarter hours are estimated."
    )  # fmt: skip


def test_a_language_is_put_in_force_and_left_again(polish: Translations) -> None:
    words = QtWording(QLocale("en_GB"))
    assert polish.languages() == (("en", "English"), ("pl", "Polski"))
    assert words.tr("Try again") == "Try again"
    assert polish.use("pl") == "pl"
    assert words.tr("Try again") == "Spróbuj ponownie"
    assert words.tr("Close") == "Close"
    assert polish.use("en") == "en"
    assert words.tr("Try again") == "Try again"


def test_a_language_has_as_many_plural_forms_as_it_needs(polish: Translations) -> None:
    assert [estimated(n)[2:9] for n in (1, 2, 5)] == ["quarter"] * 3
    assert estimated(1) == "1 quarter hour is estimated."
    polish.use("pl")
    assert [estimated(n) for n in (1, 2, 5)] == [
        "1 kwadrans jest szacowany.",
        "2 kwadranse są szacowane.",
        "5 kwadransów jest szacowanych.",
    ]


def test_what_is_not_shipped_is_english(polish: Translations) -> None:
    assert polish.use("xx") == "en"
    assert polish.use("pl_PL") == "pl"


def test_the_systems_language_is_followed(polish: Translations) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("pl_PL"))
        assert polish.use("") == "pl"
        QLocale.setDefault(QLocale("fr_FR"))
        assert polish.use("") == "en"
    finally:
        QLocale.setDefault(before)


def test_the_template_is_up_to_date() -> None:
    """Fails where a sentence is not literal, or ``packaging/messages.py`` was not run after a change of words."""
    module = messages()
    assert module.CATALOGUE.read_text(encoding="utf-8") == module.catalogue()


def test_a_sentence_that_is_put_together_is_found() -> None:
    module = messages()
    for code in ('tr("a" + b)', "words.tr(text)", 'words.count(n, "one", f"{n} many")'):
        with pytest.raises(module.NotLiteral, match="where:1"):
            list(module.sentences(ast.parse(code), "where"))
    found = [m for m, _ in module.sentences(ast.parse('w.tr("A {b}", b=c); w.count(2, "x", "xs")'), "where")]
    assert found == [module.Message("A {b}"), module.Message("xs", "x")]


@pytest.mark.parametrize("text", ["Try again", "{n} of {total} hours, back to {day}.", "OK", "–", ""])
def test_the_long_language_is_longer_and_keeps_its_fields(text: str) -> None:
    long = longer(text)
    assert all(field in long for field in ("{n}", "{total}", "{day}") if field in text)
    letters = len(text.replace("{n}", "").replace("{total}", "").replace("{day}", ""))
    grown = len(long) - len(text)
    if any(c.isalpha() for c in text):
        assert grown >= round(letters * 0.4)
