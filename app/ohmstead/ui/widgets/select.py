"""One choice of many: a button that says the choice and opens the list of all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column
from ohmstead.ui.widgets.button import Pressable
from ohmstead.ui.widgets.rows import ROW_HIGH, Row, RowList

_SHADOW, _ROWS = 22, 9  # room round the list; rows shown before it scrolls


class _Popup(Painted):
    """The list over the window. A click beside it or Escape closes it.

    Signals:
        picked: the row of this index was chosen.
    """

    picked = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlags(
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.list = RowList(look, name, parent=self)
        inset = _SHADOW + 5
        self.setLayout(column(self.list, gap=0, margins=(_SHADOW, inset, _SHADOW, inset)))
        self.setFocusProxy(self.list)
        self.list.clicked.connect(self._pick)
        self.list.activated.connect(self._pick)

    def open_below(self, button: QWidget, labels: Sequence[str], current: int) -> None:
        """Open under a widget, or over it where the screen ends."""
        rows = [Row(label, chosen=i == current) for i, label in enumerate(labels)]
        wide = max(
            button.width(), round(max(self.look.width(label, "label") for label in labels)) + 48 + 18 + 18
        )
        high = ROW_HIGH * min(len(rows), _ROWS) + 10
        self.resize(wide + 2 * _SHADOW, high + 2 * _SHADOW)
        at = button.mapToGlobal(QPoint(-_SHADOW, button.height() + 4 - _SHADOW))
        screen = QGuiApplication.screenAt(button.mapToGlobal(QPoint(0, 0)))
        if screen is not None and at.y() + self.height() - _SHADOW > screen.availableGeometry().bottom():
            at = button.mapToGlobal(QPoint(-_SHADOW, -4 - high - _SHADOW))
        self.move(at)
        self.show()
        self.list.show_rows(rows, max(current, 0))
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        if self.isVisible():
            self.close()
            self.picked.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 9, _SHADOW - 4)
            brush.box(card, "raised", "line_strong", 9)


class Select(Pressable):
    """The choice with a chevron. Up and Down change it, Space, Enter and a click open the list. Main thread.

    Signals:
        chosen: the person chose the entry of this index.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, labels: Sequence[str], name: str, *, wide: int = 0) -> None:
        super().__init__(look, "")
        self._labels, self._current, self._wide = tuple(labels), -1, wide
        self.setAccessibleName(name)
        self._popup = _Popup(look, name, self)
        self._popup.picked.connect(self._take)
        self.clicked.connect(self.open)

    @property
    def current(self) -> int:
        """The chosen index, -1 before the first."""
        return self._current

    @property
    def list(self) -> RowList:
        """The list that opens."""
        return self._popup.list

    def offer(self, labels: Sequence[str]) -> None:
        """Offer other entries; none is chosen."""
        self._labels = tuple(labels)
        self.choose(-1)
        self.updateGeometry()

    def choose(self, index: int) -> None:
        """Show a choice without saying that the person made it."""
        self._current = index
        self.setText(self._labels[index] if index >= 0 else "")
        self.setAccessibleDescription(self.text())
        self.update()

    @Slot()
    def open(self) -> None:
        """Open the list."""
        if self._labels:
            self._popup.open_below(self, self._labels, self._current)

    @Slot(int)
    def _take(self, index: int) -> None:
        if index != self._current and 0 <= index < len(self._labels):
            self.choose(index)
            self.chosen.emit(index)

    def sizeHint(self) -> QSize:
        widest = max((self.look.width(label, "label") for label in self._labels), default=0.0)
        return QSize(self._wide or round(widest) + 12 + 34, 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open()
        else:
            self._take(min(max(self._current + step, 0), len(self._labels) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        radius = self.look.theme.tokens.radius["control"]
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            over = self.underMouse() and self.isEnabled()
            brush.box(box, "hover" if over or self.isDown() else "raised", "control_line", radius)
            brush.text(12, 6, self.text(), "label", width=box.width() - 12 - 30)
            brush.icon("chevron-down", box.width() - 25, 9, 14, "text_2")
            if self.ringed:
                brush.focus_ring(box, radius)
