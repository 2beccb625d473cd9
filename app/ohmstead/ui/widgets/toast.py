"""A short word that something was done: bottom centre, four seconds, never for errors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

SHOWN_MS = 4_000
_SIDE, _ABOVE, _BELOW, _HIGH = 20, 16, 24, 38  # room for the shadow; the card's height


class Toast(Painted):
    """Stands over its parent and follows its size."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = parent
        self._words = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Say that something was done."""
        self._words = words
        self.setAccessibleName(words)
        wide = round(self.look.width(words, "body")) + 52
        self.resize(wide + 2 * _SIDE, _HIGH + _ABOVE + _BELOW)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start()

    def _place(self) -> None:
        parent = self._over
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The parent's size changed."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(_SIDE, _ABOVE, -_SIDE, -_BELOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 9)
            brush.box(card, "raised", "line_strong", 9)
            brush.icon("check", card.left() + 12, card.top() + 11, 16, "ok")
            brush.text(card.left() + 36, card.top() + 9, self._words)
