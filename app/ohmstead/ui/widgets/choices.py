"""A short list to choose one row from, drawn: icon, name, explanation. Arrow keys move the choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.button import Pressable


class ChoiceRow(Pressable):
    """One row of the list; of siblings exactly one is chosen."""

    def __init__(self, look: Look, icon: str, head: str, words: str) -> None:
        super().__init__(look, head)
        self._icon, self._words = icon, words
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: str) -> None:
        """Show another explanation."""
        self._words = words
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        on = self.isChecked()
        with self.look.brush(self) as brush:
            if on:
                brush.box(box, "accent_soft", "accent", 9)
            else:
                brush.box(box, "hover" if self.underMouse() else "raised", "line_strong", 9)
            brush.icon(self._icon, 16, 18, 20, "accent" if on else "text_2")
            brush.text(50, 8, self.text(), "strong")
            brush.text(50, 28, self._words, "small", "text_2")
            if on:
                brush.icon("check", self.width() - 36, 20, 16, "accent")
            if self.ringed:
                brush.focus_ring(box, 9)
