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
from ohmstead.ui.theme.app_icon import SIZES, app_icon
from ohmstead.ui.theme.paint import text_lines

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


#: What a widget must not name itself: tokens do. Outside ``theme`` no font is made either.
LITERALS = {
    "a colour": r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?=[\"';])|\brgba?\(\s*\d|Qt\.GlobalColor\.(?!transparent)"
    r"|QColor\(\s*[\d\"'#]|QColorConstants",
    "a font": r"QFont\(\s*[\"'\[]|\.setFamil|\.setPointSize|\.setPixelSize|font-family|font-size"
    r"|\"(Inter|Inter Display|JetBrains Mono|sans-serif|monospace)\"",
    "a platform's icon": r"QIcon\.fromTheme|standardIcon\(|standardPixmap\(",
}


@pytest.mark.parametrize("what", LITERALS)
def test_nothing_is_hard_coded_in_a_widget(what: str) -> None:
    """Colours, fonts and icons come from tokens and our own drawings."""
    literal = re.compile(LITERALS[what])
    found = [
        f"{path.relative_to(UI)}:{i}: {line.strip()}"
        for path in UI.rglob("*.py")
        if what == "a colour" or path.relative_to(UI).parts[0] != "theme"
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a colour", 'brush.fill(box, QColor("#0B6654"))'), ("a colour", "QColor(11, 102, 84)"),
        ("a colour", "Qt.GlobalColor.red"), ("a colour", "color: rgb(1, 2, 3)"),
        ("a font", 'QFont("Inter")'), ("a font", "font.setPixelSize(13)"),
        ("a platform's icon", "self.style().standardIcon(1)"),
    ],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(what: str, line: str) -> None:
    assert re.search(LITERALS[what], line)


def test_words_are_broken_between_words_and_nothing_is_lost(desktop: Desktop) -> None:
    look = desktop.look
    text = "Sonnenblumenkernölverarbeitungsanlage 🏡 at the old canal"
    lines = text_lines(look.theme, text, "body", 120)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(look.width(line, "body") <= 121 for line in lines)
    assert look.height(text, "body", 120) == len(lines) * look.theme.style("body").line
    assert text_lines(look.theme, "", "body", 120) == [""]


def test_nothing_moves_where_it_shall_not(desktop: Desktop) -> None:
    theme = desktop.look.theme
    assert theme.motion_ms("quick_ms") in (0, 120)
    theme.keep_still(True)
    assert theme.motion_ms("quick_ms") == 0


def test_the_app_s_icon_is_drawn_in_every_size(desktop: Desktop) -> None:
    icon = app_icon()
    assert [size.width() for size in icon.availableSizes()] == list(SIZES)
    for size in SIZES:
        picture = icon.pixmap(size, size).toImage()
        middle = picture.pixelColor(size // 2, size - max(size // 8, 3))
        assert middle.green() > middle.red() + 40, size
        assert picture.pixelColor(0, 0).alpha() == 0
