"""The card beside the crosshair: exact values, one line each, in stack order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.view_models import ReadoutLine
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

_SIDE, _ABOVE, _BELOW = 18, 14, 22  # room for the shadow
_MIN_WIDTH = 210


class Readout(Painted):
    """A floating card. It is never in the way of the pointer, and it never holds the only copy of a fact."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._head, self._foot = "", ""
        self._lines: Sequence[ReadoutLine] = ()
        self._ground: QPixmap | None = None
        self.hide()

    def say(self, head: str, lines: Sequence[ReadoutLine], foot: str) -> None:
        """Show other words; the card keeps its place until ``stand`` is called."""
        self._head, self._lines, self._foot = head, lines, foot
        width = self.look.width
        wide = max(
            [_MIN_WIDTH, width(head, "small_s"), width(foot, "small")]
            + [width(line.words, "small") + width(line.value, "small_s") + 44 for line in lines]
        )
        tall = 18 + 20 + 20 * len(lines) + (23 if foot else 0)
        self.resize(round(wide) + 24 + 2 * _SIDE, tall + _ABOVE + _BELOW)
        self.update()

    def stand(self, left: float, right: float, room: QRectF) -> None:
        """Stand 12 px right of a slot that reaches from left to right, or left of it where room ends."""
        inner = self.width() - 2 * _SIDE
        x = right + 12
        if x + inner > room.right():
            x = max(left - 12 - inner, room.left())
        self.move(round(x) - _SIDE, round(room.top()) + 12 - _ABOVE)
        self.show()
        self.raise_()

    def recolour(self) -> None:
        """The colours changed."""
        self._ground = None
        super().recolour()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.size() != self.size() * ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            with self.look.brush(self._ground) as brush:
                card = QRectF(self.rect()).adjusted(_SIDE, _ABOVE, -_SIDE, -_BELOW)
                brush.shadow(card, 9)
                brush.box(card, "raised", "line_strong", 9)
        with self.look.brush(self) as brush:
            brush.painter.drawPixmap(0, 0, self._ground)
            x, right = _SIDE + 12.0, self.width() - _SIDE - 12.0
            y = _ABOVE + 9.0
            brush.text(x, y, self._head, "small_s")
            y += 22
            for line in self._lines:
                if line.swatch:
                    brush.box(QRectF(x, y + 4, 9, 9), line.swatch, radius=2.5)
                brush.text(x + (16 if line.swatch else 0), y, line.words, "small", "text_2")
                brush.text(right, y, line.value, "small_s", "text", "right")
                y += 20
            if self._foot:
                brush.hline(x, right, y + 1)
                brush.text(x, y + 5, self._foot, "small", "text_3")
