"""A short word that something was done: bottom centre, four seconds, never for errors; with one way back.

While the pointer or the keyboard is on it, it stays.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted
from ohmstead.ui.widgets.button import Button

SHOWN_MS = 4_000
_SIDE, _ABOVE, _BELOW, _HIGH = 20, 16, 24, 38  # room for the shadow; the card's height


class Toast(Painted):
    """Stands over its parent and follows its size."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._over = parent
        self._words = ""
        self._run: Callable[[], object] | None = None
        self._action: Button | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._end)
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), parent)
        self._undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._undo.setEnabled(False)
        self._undo.activated.connect(self._act)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Say that something was done."""
        self._show(words, "", None)

    def offer(self, words: str, action: str, run: Callable[[], object]) -> None:
        """Say it, and offer one action, which Ctrl Z does as well while it is offered."""
        self._show(words, action, run)

    @property
    def action(self) -> Button | None:
        """The action's button, while one is offered."""
        return self._action

    def _show(self, words: str, action: str, run: Callable[[], object] | None) -> None:
        self._words, self._run = words, run
        self.setAccessibleName(words)
        if self._action is not None:
            self._action.hide()
            self._action.deleteLater()
            self._action = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, run is None)
        self._undo.setEnabled(run is not None)
        wide = round(self.look.width(words, "body")) + 52
        if run is not None:
            button = self._action = Button(self.look, action, "quiet", small=True, parent=self)
            button.clicked.connect(self._act)
            button.resize(button.sizeHint())
            button.move(_SIDE + wide, _ABOVE + (_HIGH - button.height()) // 2)
            button.show()
            wide += button.width() + 8
        self.resize(wide + 2 * _SIDE, _HIGH + _ABOVE + _BELOW)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start()

    @Slot()
    def _act(self) -> None:
        run = self._run
        self._leave()
        if run is not None:
            run()

    @Slot()
    def _end(self) -> None:
        busy = self._action is not None and (self._action.hasFocus() or self.underMouse())
        if busy:
            self._timer.start()
        else:
            self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        self._run = None
        self._undo.setEnabled(False)
        self.hide()

    def _place(self) -> None:
        parent = self._over
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The parent's size changed."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        if self.isVisible():
            self._timer.start()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(_SIDE, _ABOVE, -_SIDE, -_BELOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 9)
            brush.box(card, "raised", "line_strong", 9)
            brush.icon("check", card.left() + 12, card.top() + 11, 16, "ok")
            brush.text(card.left() + 36, card.top() + 9, self._words)
