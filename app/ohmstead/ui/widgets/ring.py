"""The focus ring of a part that is flush with its column: it lies round the part, over the window.

Inside such a part a ring would touch its first and last letter, and padding would move it out of its column. Not
here: the ring of parts that have room for one (``Brush.focus_ring``).
"""

from __future__ import annotations

import contextlib

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

BESIDE, HIGH = 7, 26  # px left and right of the part; the ring's least height
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class OuterRing(Painted):
    """Follows its part wherever layouts and scrolling bring it, cut off where that scrolls out of sight.

    Main thread. It belongs to the part's window; ``leave`` ends it.
    """

    def __init__(self, look: Look, part: QWidget) -> None:
        self._part, self._clip = part, QRect()
        self._followed: list[QWidget] = []
        super().__init__(look, part.window())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above: QWidget | None = part
        while above is not None and not above.isWindow():
            self._followed.append(above)
            above.installEventFilter(self)
            above = above.parentWidget()
        part.destroyed.connect(self.deleteLater)
        self._follow()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """The keyboard is elsewhere."""
        for part in self._followed:
            if shiboken6.isValid(part):
                part.removeEventFilter(self)
        self._followed.clear()
        with contextlib.suppress(RuntimeError):  # its window went first
            self.hide()
            self.deleteLater()

    def _follow(self) -> None:
        part, window = self._part, self.parentWidget()
        if window is None or not shiboken6.isValid(part):
            return
        above = max(0, (HIGH + 1 - part.height()) // 2)
        box = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).adjusted(-BESIDE, -above, BESIDE, above)
        seen = QRect(box)
        for scrolled in self._followed:
            area = scrolled.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is scrolled:
                # Left and right there is a margin to lie in; above and below is something else.
                seen &= QRect(scrolled.mapTo(window, QPoint(0, 0)), scrolled.size()).adjusted(
                    -BESIDE, 0, BESIDE, 0
                )
        self._clip = seen.translated(-box.topLeft())
        self.setGeometry(box)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self._followed:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = self.look.theme.tokens.radius["control"]
        with self.look.brush(self) as brush:
            brush.painter.setClipRect(self._clip)
            brush.focus_ring(QRectF(self.rect()), radius)
