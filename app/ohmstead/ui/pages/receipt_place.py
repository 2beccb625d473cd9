"""Where the receipt stands: beside a page that stays usable, or over its right edge where the window is narrow.

Not here: the receipt (``receipt_drawer``), which page it is.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.receipt_drawer import ReceiptDrawer
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

OVER_BELOW = 1180  # window width under which the drawer lies over the page
_SHADE = 20


class _Shade(Painted):
    """The shadow left of a drawer that lies over the page."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        strength = 0.16 if self.look.theme.mode == "light" else 0.45
        with self.look.brush(self) as brush:
            for x in range(_SHADE):
                share = ((x + 1) / _SHADE) ** 2
                shade = self.look.theme.colour("shadow", strength * share)
                brush.fill(QRectF(x, 0, 1, self.height()), shade)


class ReceiptPlace(QWidget):
    """A page with a drawer for receipts. Main thread.

    Signals:
        opened: the receipt of this slot is shown, at first or after a step: mark its bar.
        closed: no receipt is shown any more: let go of the bar.
    """

    opened = Signal(int)
    closed = Signal()

    def __init__(self, look: Look, page: QWidget, drawer: ReceiptDrawer) -> None:
        super().__init__()
        self._look = look
        self.page, self.drawer = page, drawer
        for part in (page, drawer):
            part.setParent(self)
        self._shade = _Shade(look, self)
        self._open = False
        self._slide = QPropertyAnimation(drawer, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        drawer.hide()
        drawer.closed.connect(self.close_receipt)
        drawer.moved.connect(self.opened)

    @property
    def receipt_open(self) -> bool:
        """Whether a receipt is shown."""
        return self._open

    @Slot(int)
    def open_receipt(self, slot: int) -> None:
        """Show the receipt of a slot; the page keeps the keyboard."""
        self.drawer.show_slot(slot)
        if not self._open:
            self._open = True
            self.drawer.show()
            self._place()
            self._slide_in()
        self.opened.emit(slot)

    @Slot()
    def close_receipt(self) -> None:
        """Give the page its whole place back. Idempotent."""
        if not self._open:
            return
        had = self.drawer.isAncestorOf(self.focusWidget()) or self.drawer.hasFocus()
        self._open = False
        self._slide.stop()
        self.drawer.hide()
        self._place()
        if had:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    @property
    def over(self) -> bool:
        """Whether the drawer lies over the page, because the window is narrow."""
        return self.window().width() < OVER_BELOW

    def _place(self) -> None:
        wide, high = self.width(), self.height()
        taken = self.drawer.width() if self._open else 0
        self.page.setGeometry(0, 0, wide if self.over else wide - taken, high)
        self.drawer.setGeometry(wide - self.drawer.width(), 0, self.drawer.width(), high)
        shaded = self._open and self.over
        self._shade.setVisible(shaded)
        if shaded:
            self._shade.setGeometry(wide - taken - _SHADE, 0, _SHADE, high)
            self._shade.raise_()
        self.drawer.raise_()

    def _slide_in(self) -> None:
        lasts = self._look.theme.motion_ms("drawer_ms")
        if not lasts or not self.isVisible():
            return
        there = self.drawer.pos()
        self._slide.setDuration(lasts)
        self._slide.setStartValue(there + QPoint(self.drawer.width(), 0))
        self._slide.setEndValue(there)
        self._slide.start()

    def minimumSizeHint(self) -> QSize:
        return self.page.minimumSizeHint()

    def sizeHint(self) -> QSize:
        return self.page.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._slide.stop()
        self._place()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._place()
        super().showEvent(event)
