"""The tooltip in tokens: a small raised card beside the pointer, for what the eye cannot read.

Never the only copy of a fact. Here: showing and hiding it. Not here: when Qt asks for one.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.theme.look import Look

SHOWN_MS = 12_000
_WIDE, _SHADOW, _SIDE, _ABOVE = 300, 16, 11, 8  # widest words; room for the shadow; padding
_GAP = 18  # under the pointer
_ENDS = {
    QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Hide, QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate, QEvent.Type.EnabledChange,
}  # fmt: skip


class Tip(QWidget):
    """One per window, made when it is first needed. Main thread."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.look = look
        self._words, self._lines = "", 1
        self._of: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.leave)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, of: QWidget, words: str, at: QPoint) -> None:
        """Say something of a widget, under a point of the screen, inside that screen."""
        self.leave()
        self._of, self._words = of, words
        of.installEventFilter(self)
        wide = min(round(self.look.width(words, "small")) + 2, _WIDE)
        high = self.look.height(words, "small", wide)
        self.resize(wide + 2 * (_SIDE + _SHADOW), high + 2 * (_ABOVE + _SHADOW))
        place = at + QPoint(-_SHADOW, _GAP - _SHADOW)
        screen = QGuiApplication.screenAt(at)
        if screen is not None:
            room = screen.availableGeometry().adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW)
            if place.y() + self.height() > room.bottom():
                place.setY(at.y() - self.height() + _SHADOW - 6)
            place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.setAccessibleName(words)
        self.show()
        self.update()
        self._timer.start()

    def leave(self) -> None:
        """Hide it."""
        self._timer.stop()
        if self._of is not None:
            self._of.removeEventFilter(self)
            self._of = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it is about was left, pressed or hidden."""
        if event.type() in _ENDS:
            self.leave()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 8, _SHADOW - 4)
            brush.box(card, "raised", "line_strong", 8)
            x, y = card.left() + _SIDE, card.top() + _ABOVE
            brush.paragraph(x, y, self._words, "small", "text", card.width() - 2 * _SIDE)


def tip_of(look: Look, widget: QWidget) -> Tip:
    """The tip of a widget's window."""
    window = widget.window()
    found = window.findChild(Tip, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Tip) else Tip(look, window)
