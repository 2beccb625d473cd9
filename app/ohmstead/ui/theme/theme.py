"""The theme in force: colours, fonts and the palette that Qt's own widgets get.

Here: the one object that knows whether it is light or dark, and says when that changes. Not here: painting
(``ui.theme.paint``), icons (``ui.theme.icons``).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ohmstead.ui.theme.tokens import Tokens, TypeStyle

Mode = Literal["light", "dark"]
Choice = Literal["system", "light", "dark"]

_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "page",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "alarm",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line_strong",
    QPalette.ColorRole.Dark: "control_line",
    QPalette.ColorRole.Shadow: "shadow",
}


def load_fonts(files: Iterable[Path]) -> list[str]:
    """Load shipped font files; returns the families. Call once, after the application exists."""
    families: list[str] = []
    for file in files:
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return sorted(set(families))


class Theme(QObject):
    """Light or dark, following the system unless the person chose.

    Signals:
        changed: colours changed; repaint, and rebuild what was cached per colour.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens, choice: Choice = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = tokens
        self._choice: Choice = choice
        self._still = False
        self._fonts: dict[str, QFont] = {}
        self._colours: dict[tuple[str, float], QColor] = {}
        self._mode: Mode = self._wanted()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What is shown now."""
        return self._mode

    @property
    def choice(self) -> Choice:
        """What was chosen: a mode, or to follow the system."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Show a mode, or follow the system. Emits ``changed`` where that changes the colours."""
        self._choice = choice
        self._switch(self._wanted())

    @property
    def still(self) -> bool:
        """Whether nothing moves by itself: for people whom motion disturbs, and for pictures."""
        return self._still or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)

    def keep_still(self, still: bool) -> None:
        """Stop moving, or move again as the system allows."""
        self._still = still

    def motion_ms(self, name: str) -> int:
        """How long a movement takes by its token (``quick_ms``); 0 where nothing shall move."""
        return 0 if self.still else self.tokens.motion[name]

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """A token colour; the caller must not change it. Raises KeyError for a name that is no token."""
        key = (name, alpha)
        found = self._colours.get(key)
        if found is None:
            found = QColor(self.tokens.colour[self._mode][name])
            found.setAlphaF(alpha)
            self._colours[key] = found
        return found

    def mix(self, over: str, under: str, share: float) -> QColor:
        """``share`` of one colour over another, opaque: grid lines must not show through a bar."""
        a, b = self.colour(over), self.colour(under)
        return QColor(
            *(
                round(x * share + y * (1 - share))
                for x, y in zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
            )
        )

    def style(self, name: str) -> TypeStyle:
        """A type style's numbers."""
        return self.tokens.styles[name]

    def font(self, name: str) -> QFont:
        """A type style as a font, with tabular figures: numbers stand still. Must not be changed."""
        found = self._fonts.get(name)
        if found is None:
            found = self._fonts[name] = self._make_font(self.tokens.styles[name])
        return found

    def _make_font(self, style: TypeStyle) -> QFont:
        tokens = self.tokens
        if style.mono:
            font = QFont([tokens.family_mono, "monospace"])
        elif style.display:
            font = QFont([tokens.family_display, tokens.family, "sans-serif"])
        else:
            font = QFont([tokens.family, "sans-serif"])
        font.setPixelSize(style.px)
        font.setWeight(QFont.Weight(style.weight))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.track)
        # With hinting, letters shift between 100 and 125 %.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        if style.mono:
            font.setFeature(QFont.Tag("calt"), 0)  # no ligatures in codes and hashes
        return font

    def _wanted(self) -> Mode:
        if self._choice != "system":
            return self._choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    @Slot()
    def _system_changed(self) -> None:
        self._switch(self._wanted())

    def _switch(self, mode: Mode) -> None:
        if mode == self._mode:
            return
        self._mode = mode
        self._colours.clear()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_3"))
        QApplication.setPalette(palette)
        QApplication.setFont(self.font("body"))
        QToolTip.setPalette(palette)
        QToolTip.setFont(self.font("small"))
