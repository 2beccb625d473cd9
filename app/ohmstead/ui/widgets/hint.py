"""A hint: a raised card beside the thing that it speaks of, with a small arrow; the page below stays usable.

Here: the card, its keys, and where it stands. Not here: which hints there are (``presenters.tour``), what they
stand beside (``ui.tour``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.tour import Hint
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.text import Text

WIDE = 312
_SHADOW = 20  # its reach; the arrow stands in it
_RADIUS = 10
_ARROW = 8  # its height, and half its base
_GAP = 4  # between the arrow's tip and the thing
_EDGE = 12  # least distance to the window's edges


class Side(Enum):
    """Where a hint stands, seen from the thing."""

    RIGHT = "right"
    BELOW = "below"
    LEFT = "left"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the card stands (without its shadow), and its arrow along the side that faces the thing."""

    box: QRect
    side: Side
    arrow: int


def standing(thing: QRect, card: QSize, room: QRect, first: Side) -> Standing:
    """Beside the thing where there is room: on the side that is wished, else on the first that has it.

    Where no side has room the card lies over the thing's end, inside the window.
    """
    inner = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    for side in (first, *(s for s in Side if s is not first)):
        box = _beside(thing, card, inner, side)
        if inner.contains(box):
            return Standing(box, side, _arrow(thing, box, side))
    box = _beside(thing, card, inner, first)
    box.moveLeft(max(inner.left(), min(box.left(), inner.right() + 1 - box.width())))
    box.moveTop(max(inner.top(), min(box.top(), inner.bottom() + 1 - box.height())))
    return Standing(box, first, _arrow(thing, box, first))


def _beside(thing: QRect, card: QSize, inner: QRect, side: Side) -> QRect:
    away = _ARROW + _GAP
    # Along the thing's side the card begins a little before its middle, and slides to stay in the window.
    x = max(inner.left(), min(thing.center().x() - 40, inner.right() + 1 - card.width()))
    y = max(inner.top(), min(thing.center().y() - 34, inner.bottom() + 1 - card.height()))
    if side is Side.RIGHT:
        x = thing.right() + 1 + away
    elif side is Side.LEFT:
        x = thing.left() - away - card.width()
    elif side is Side.BELOW:
        y = thing.bottom() + 1 + away
    else:
        y = thing.top() - away - card.height()
    return QRect(x, y, card.width(), card.height())


def _arrow(thing: QRect, box: QRect, side: Side) -> int:
    across = side in (Side.ABOVE, Side.BELOW)
    at = thing.center().x() - box.left() if across else thing.center().y() - box.top()
    least = _RADIUS + _ARROW + 2
    return max(least, min(at, (box.width() if across else box.height()) - least))


class HintCard(Painted):
    """The card. Main thread. Enter and Right go on, Escape skips.

    Signals:
        went_on: the next hint, or the end.
        skipped: no more hints.
    """

    went_on = Signal()
    skipped = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window)
        self._over = window
        self._standing: Standing | None = None
        self._ground: QPixmap | None = None
        self._head = Text(look, "", "strong", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._place = Text(look, "", "small", "text_3")
        self._next = Button(look, " ", "primary", small=True)
        self._skip = Button(look, " ", "quiet", small=True)
        foot = row(self._place, None, self._skip, 4, self._next, gap=0)
        edge = _SHADOW + 16
        self.setLayout(
            column(self._head, 3, self._body, 12, foot, gap=0, margins=(edge, edge - 2, edge, edge - 2))
        )
        self._next.clicked.connect(self.went_on)
        self._skip.clicked.connect(self.skipped)
        for button in (self._next, self._skip):
            button.installEventFilter(self)
        self.hide()

    @property
    def standing(self) -> Standing | None:
        """Where it stands, None before it first did."""
        return self._standing

    def say(self, hint: Hint) -> None:
        """Say another hint; it stands where it stood until ``stand`` is called."""
        self._head.say(hint.head)
        self._body.say(hint.body)
        self._place.say(hint.place)
        for button, words in ((self._next, hint.go_on), (self._skip, hint.skip)):
            button.setText(words)
            button.setAccessibleName(words)
            button.updateGeometry()
        self._skip.setVisible(bool(hint.skip))
        self.setAccessibleName(hint.head)
        self.setAccessibleDescription(hint.body)
        # The button has the keyboard, so it says what is to be read.
        self._next.setAccessibleDescription(f"{hint.place}. {hint.head}. {hint.body}")
        self._ground = None

    def stand(self, thing: QRect, first: Side) -> None:
        """Stand beside a thing of the window, in the window's pixels; take the keyboard when it appears."""
        layout = self.layout()
        assert layout is not None
        window = self._over
        wide = min(WIDE, window.width() - 2 * _EDGE)
        high = layout.totalHeightForWidth(wide + 2 * _SHADOW) - 2 * _SHADOW
        found = standing(thing, QSize(wide, high), window.rect(), first)
        if found != self._standing:
            self._standing, self._ground = found, None
            self.setGeometry(found.box.adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW))
            self.update()
        if not self.isVisible():
            self.show()
            self.raise_()
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def recolour(self) -> None:
        """The colours changed."""
        self._ground = None
        super().recolour()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Right goes on, from either button: by itself it would move between them."""
        pressed = (
            event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        )
        if pressed == Qt.Key.Key_Right:
            self.went_on.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.went_on.emit()
        elif key == Qt.Key.Key_Escape:
            self.skipped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.size() != self.size() * ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            with self.look.brush(self._ground) as brush:
                card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
                brush.shadow(card, _RADIUS, _SHADOW - 3)
                brush.painter.setBrush(brush.colour("raised"))
                brush.painter.setPen(QPen(brush.colour("line_strong"), 1))
                brush.painter.drawPath(self._outline(card))
        with self.look.brush(self) as brush:
            brush.painter.drawPixmap(0, 0, self._ground)

    def _outline(self, card: QRectF) -> QPainterPath:
        """The card with its arrow as one shape, its border on the pixel grid."""
        body = QPainterPath()
        card = card.adjusted(0.5, 0.5, -0.5, -0.5)
        body.addRoundedRect(card, _RADIUS, _RADIUS)
        stands = self._standing
        if stands is None:
            return body
        if stands.side in (Side.ABOVE, Side.BELOW):
            along, out = QPointF(1, 0), QPointF(0, 1 if stands.side is Side.ABOVE else -1)
            foot = QPointF(card.left() + stands.arrow, card.bottom() if out.y() > 0 else card.top())
        else:
            along, out = QPointF(0, 1), QPointF(1 if stands.side is Side.LEFT else -1, 0)
            foot = QPointF(card.right() if out.x() > 0 else card.left(), card.top() + stands.arrow)
        arrow = QPainterPath(foot - along * _ARROW - out)
        arrow.lineTo(foot + out * _ARROW)
        arrow.lineTo(foot + along * _ARROW - out)
        arrow.closeSubpath()
        return body.united(arrow)
