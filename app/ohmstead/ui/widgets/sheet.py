"""What stands over the window: a veil, and on it a card that keeps the keyboard until it is closed.

Part of the window; opened, never executed. Not here: what a card asks or says (``ui.dialogs``).
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import Text

VEIL = 0.62
RADIUS = 14
SHADOW = 20  # its reach
_MARGIN = 32  # least distance to the window's edges


class Card(Painted):
    """The raised ground of a sheet, with its shadow kept as a picture."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._ground: QPixmap | None = None

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
                card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
                brush.shadow(card, RADIUS, SHADOW - 3)
                brush.box(card, "raised", "line_strong", RADIUS)
        with self.look.brush(self) as brush:
            brush.painter.drawPixmap(0, 0, self._ground)


class Over(Painted):
    """A veil over a window with one card; the keyboard stays inside. Main thread.

    Signals:
        opened: it stands over the window.
        finished: it was closed; True if what it asks was agreed to.
    """

    opened = Signal()
    finished = Signal(bool)

    def __init__(self, look: Look, window: QWidget, name: str) -> None:
        super().__init__(look, window)
        self._window = window
        self._back: QWidget | None = None
        self.light = True  # a click on the veil closes
        self.card = Card(look, self)
        self.setAccessibleName(name)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Stand over the window; the keyboard goes to ``first``."""
        if self.isVisible():
            return
        self._back = self._window.focusWidget()
        self.place()
        self.show()
        self.raise_()
        _application().focusChanged.connect(self._keep)
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def close_with(self, agreed: bool) -> None:
        """Close, and put the keyboard back where it was."""
        if not self.isVisible():
            return
        _application().focusChanged.disconnect(self._keep)
        self.hide()
        back, self._back = self._back, None
        if back is not None and shiboken6.isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.emit(agreed)

    @Slot()
    def dismiss(self) -> None:
        """Close without agreeing."""
        self.close_with(False)

    @Slot()
    def agree(self) -> None:
        """Close, agreed."""
        self.close_with(True)

    def first(self) -> QWidget | None:
        """What gets the keyboard at first."""
        return None

    def place(self) -> None:
        """Cover the window and put the card in its place."""
        self.setGeometry(self._window.rect())

    @Slot(QWidget, QWidget)
    def _keep(self, old: QWidget | None, now: QWidget | None) -> None:
        """Whatever else asks for the keyboard meanwhile does not get it."""
        if now is None or now.window() is not self.window() or over_of(now) is not None:
            return
        back = old if old is not None and self.isAncestorOf(old) else self.first()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside."""
        # Not nextInFocusChain: PySide takes what it returns for a child of the one that was asked, and with that
        # one's end the wrappers of half the window would end too.
        stops = [
            part for part in self.findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisible()
            and part.focusProxy() is None
        ]  # fmt: skip
        now = self._window.focusWidget()
        at = stops.index(now) if now in stops else -1 if forward else 0
        if stops:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window's size changed."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()  # nothing gets through to the page below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        if self.light and not inside.contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            veil = "window" if self.look.theme.mode == "light" else "shadow"
            brush.fill(QRectF(self.rect()), self.look.theme.colour(veil, VEIL))


class Sheet(Over):
    """A dialog of ours: title, content that scrolls where it must, buttons at the right end. Main thread."""

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        content: QWidget,
        *buttons: Button,
        wide: int = 480,
        first: QWidget | None = None,
    ) -> None:
        super().__init__(look, window, title)
        self._wide, self._first = wide, first
        self._content = content
        self._title = Text(look, title, "title", wrap=True)
        self._scroll = Scroll(look, content)
        parts = column(self._title, 12, (self._scroll, 1), gap=0)
        if buttons:
            parts.addSpacing(24)
            parts.addLayout(row(None, *buttons, gap=8))
        edge = SHADOW + 26
        parts.setContentsMargins(edge, edge - 2, edge, edge - 2)
        self._edge = edge
        self.card.setLayout(parts)
        self._buttons = buttons

    def say_title(self, title: str) -> None:
        """Another title."""
        self._title.say(title)
        self.setAccessibleName(title)

    def first(self) -> QWidget | None:
        """What was named, else the last button: the one that does what the title says."""
        if self._first is not None:
            return self._first
        if self._buttons:
            return self._buttons[-1]
        return self._content

    def place(self) -> None:
        """In the middle, a little above it; no higher than the window."""
        super().place()
        wide = min(self._wide, self.width() - 2 * _MARGIN)
        inner = wide - 2 * (self._edge - SHADOW)
        layout = self._content.layout()
        tall = layout.totalHeightForWidth(inner) if layout is not None and layout.hasHeightForWidth() else 0
        tall = max(tall, self._content.sizeHint().height() if not tall else 0)
        head = self._title.heightForWidth(inner)
        frame = 2 * (self._edge - 2 - SHADOW) + head + 12 + (24 + 32 if self._buttons else 0)
        high = min(frame + tall, self.height() - 2 * _MARGIN)
        x, y = (self.width() - wide) // 2, max(_MARGIN, round((self.height() - high) * 0.42))
        self.card.setGeometry(x - SHADOW, y - SHADOW, wide + 2 * SHADOW, high + 2 * SHADOW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place()


def over_of(part: QWidget) -> Over | None:
    """The sheet that a widget stands on, if any."""
    above: QWidget | None = part
    while above is not None and not isinstance(above, Over):
        above = above.parentWidget()
    return above


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
