"""A number with its unit between minus and plus. Typing works; arrows step by one, Page keys by ten."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.numbers import parse_scaled
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.entry import LineEdit
from ohmstead.ui.widgets.text import Text

_HIGH, _WIDE = 32, 148


class Stepper(Painted):
    """A whole number of steps' units: ``value`` 140 with one decimal is shown as *14.0*. Main thread.

    Signals:
        changed: the person set another value.
    """

    changed = Signal(int)

    def __init__(
        self,
        look: Look,
        words: Wording,
        name: str,
        *,
        low: int,
        high: int,
        step: int = 1,
        decimals: int = 0,
        unit: str = "",
    ) -> None:
        super().__init__(look)
        self._words, self._low, self._high = words, low, high
        self._step, self._decimals = step, decimals
        self._value = low
        self._less = Button(look, "", "quiet", "minus", small=True, name=words.tr("Less"))
        self._more = Button(look, "", "quiet", "plus", small=True, name=words.tr("More"))
        for button in (self._less, self._more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows of the line do the same
        self.edit = LineEdit(look, name, "strong")
        self.edit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._unit = Text(look, unit, "body", "text_2")
        self.setLayout(
            row(self._less, None, self.edit, self._unit, None, self._more,
                gap=0, margins=(3, 0, 3, 0))
        )  # fmt: skip
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._less.clicked.connect(self._lower)
        self._more.clicked.connect(self._raise)
        self.edit.committed.connect(self._typed)
        self.edit.textChanged.connect(self._fit)
        self.edit.focused.connect(self.recolour)
        self.show_value(low)

    @property
    def value(self) -> int:
        """The value, in units of the last decimal."""
        return self._value

    def set_range(self, low: int, high: int, unit: str) -> None:
        """Other bounds, and the unit that they are in. The value stays within them."""
        self._low, self._high = low, max(low, high)
        self._unit.say(unit)
        self.show_value(self._value)

    def show_value(self, value: int) -> None:
        """Show a value that the person did not set."""
        self._value = min(max(value, self._low), self._high)
        self.edit.show_text(self._words.number(self._value / 10**self._decimals, self._decimals))
        self._less.setEnabled(self._value > self._low)
        self._more.setEnabled(self._value < self._high)

    def move_by(self, steps: int) -> None:
        """Set the value so many steps on or back, as far as it goes."""
        self._set(self._value + steps * self._step)

    def _set(self, value: int) -> None:
        before = self._value
        self.show_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    @Slot()
    def _lower(self) -> None:
        self.move_by(-1)

    @Slot()
    def _raise(self) -> None:
        self.move_by(1)

    @Slot(str)
    def _typed(self, text: str) -> None:
        value = parse_scaled(text, self._decimals, self._words)
        self._set(self._value if value is None else value)

    @Slot()
    def _fit(self) -> None:
        self.edit.setFixedWidth(round(self.look.width(self.edit.text() or "0", "strong")) + 7)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.move_by(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        here = self.edit.hasFocus()
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            radius = self.look.theme.tokens.radius["control"]
            brush.box(box, "raised", "focus" if here else "control_line", radius, 2 if here else 1)
            for x in (_HIGH, _WIDE - _HIGH - 1):
                brush.vline(x, 1 + here, _HIGH - 1 - here)
