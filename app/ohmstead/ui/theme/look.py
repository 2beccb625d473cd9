"""Theme and icons as one value that every painted widget receives.

Not here: a global. The composition root makes one ``Look`` and hands it down.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPaintDevice, QPainter

from ohmstead.system.paths import resource
from ohmstead.ui.theme.icons import Icons
from ohmstead.ui.theme.paint import Brush, text_lines, text_width
from ohmstead.ui.theme.theme import Choice, Theme, load_fonts
from ohmstead.ui.theme.tokens import load_tokens


@dataclass(frozen=True, slots=True)
class Look:
    """What a widget needs to draw itself."""

    theme: Theme
    icons: Icons

    def brush(self, device: QPaintDevice | QPainter) -> Brush:
        """A painter in the theme's vocabulary."""
        return Brush(device, self.theme, self.icons)

    def width(self, words: str, style: str) -> float:
        """Advance of one line in logical pixels."""
        return text_width(self.theme, words, style)

    def height(self, words: str, style: str, width: float) -> int:
        """Height of words that are wrapped into a width, in logical pixels."""
        return len(text_lines(self.theme, words, style, width)) * self.theme.style(style).line


def make_look(choice: Choice = "system") -> Look:
    """The shipped tokens, fonts and icons. Needs the application; main thread."""
    folder = resource("fonts")
    load_fonts(sorted([*folder.glob("*.otf"), *folder.glob("*.ttf")]))
    return Look(Theme(load_tokens(resource("tokens.json")), choice), Icons(resource("icons")))
