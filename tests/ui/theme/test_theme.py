"""Light and dark, fonts, icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.system.paths import resource
from ohmstead.ui.application import Desktop

UI = Path(__file__).parents[3] / "app" / "ohmstead" / "ui"


def test_switching_changes_colours_and_palette_and_says_so(desktop: Desktop, qtbot: QtBot) -> None:
    theme = desktop.look.theme
    light = theme.colour("page").name()
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.mode == "dark"
    assert theme.colour("page").name() != light
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.colour("page").name()
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark")


def test_following_the_system_again(desktop: Desktop) -> None:
    theme = desktop.look.theme
    theme.choose("dark")
    theme.choose("system")
    assert theme.choice == "system"
    assert theme.mode in ("light", "dark")


def test_an_unknown_colour_is_an_error(desktop: Desktop) -> None:
    with pytest.raises(KeyError):
        desktop.look.theme.colour("mauve")


@pytest.mark.parametrize(
    ("style", "family"),
    [
        ("body", "Inter"),
        ("figure", "Inter Display"),
        ("mono", "JetBrains Mono"),
        ("small_s", "Inter"),
    ],
)
def test_shipped_fonts_are_the_ones_in_use(desktop: Desktop, style: str, family: str) -> None:
    font = desktop.look.theme.font(style)
    assert QFontInfo(font).family().startswith(family)
    assert QFontInfo(font).pixelSize() == desktop.look.theme.style(style).px


@pytest.mark.parametrize("style", ["body", "figure", "small_s", "micro", "hero"])
def test_figures_are_tabular(desktop: Desktop, style: str) -> None:
    metrics = QFontMetricsF(desktop.look.theme.font(style))
    widths = {round(metrics.horizontalAdvance(digit * 4), 2) for digit in "0123456789"}
    assert len(widths) == 1


def test_fonts_ship_with_their_licences() -> None:
    folder = resource("fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-Inter.txt").read_text(encoding="utf-8")
    assert "JetBrains" in (folder / "OFL-JetBrainsMono.txt").read_text(encoding="utf-8")


def test_every_icon_draws_something_in_its_colour(desktop: Desktop) -> None:
    names = desktop.look.icons.names()
    assert len(names) >= 40
    for name in names:
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        desktop.look.icons.paint(painter, name, QRectF(0, 0, 20, 20), QColor("#b0261c"))
        painter.end()
        pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        inked = [pixel for pixel in pixels if pixel.alpha() > 60]
        assert inked, name
        assert all(c.red() > c.green() for c in inked), name


def test_no_widget_names_a_colour() -> None:
    """Colours come from tokens: no literal anywhere in the window's code."""
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|Qt\.GlobalColor\.(?!transparent)|QColor\(\s*\d")
    found = [
        f"{path.relative_to(UI)}:{i}"
        for path in UI.rglob("*.py")
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []
