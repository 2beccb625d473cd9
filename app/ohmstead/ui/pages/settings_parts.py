"""Parts of the Settings page: a section, a row of it, and the list of sections at the left.

A row says on one side what is set and why, has its control on the other, and says what is wrong in the place
of the why. Not here: any setting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ohmstead.ui.presenters.settings import SettingsController, SettingsView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Pressable
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.text import Icon, Rule, Text

LIST_WIDE, CONTENT_WIDE = 184, 640


@dataclass(frozen=True, slots=True)
class Desk:
    """What every section works with.

    ``today`` gives days since 1970-01-01; ``offer_back`` shows a toast whose action undoes; ``over`` is the
    window that questions stand on.
    """

    look: Look
    words: Wording
    controller: SettingsController
    today: Callable[[], int] = field(repr=False)
    offer_back: Callable[[str, Callable[[], object]], object] = field(repr=False)
    over: Callable[[], QWidget] = field(repr=False)


class SettingsSection(Protocol):
    """One section: its widget, and showing a view in it."""

    widget: Section

    def show_view(self, view: SettingsView) -> None:
        """Show other settings; what a person is typing stays."""


class SettingRow(QWidget):
    """Label and explanation at the left, one control at the right. A click on a switch's row turns it."""

    def __init__(self, look: Look, label: str, words: str, control: QWidget | None) -> None:
        super().__init__()
        self._why, self._error = words, ""
        self._control = control
        self._label = Text(look, label, "label", wrap=True)
        self._sign = Icon(look, "alert", 14, "alarm")
        self._note = Text(look, "", "small", "text_2", wrap=True)
        note = row(column(2, self._sign, None, gap=0), (self._note, 1), gap=0)
        parts = [column(None, self._label, note, None, gap=2)]
        if control is None:
            self.setLayout(row((parts[0], 1)))
        else:
            self.setLayout(row((parts[0], 1), control, gap=32))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def error(self) -> str:
        """What is wrong, empty when nothing is."""
        return self._error

    def show_words(self, words: str) -> None:
        """Another explanation."""
        self._why = words
        self._say()

    def show_error(self, error: str) -> None:
        """Say what is wrong, in the explanation's place; empty for nothing."""
        self._error = error
        self._say()

    def _say(self) -> None:
        words, wrong = self._error or self._why, bool(self._error)
        self._note.say(words)
        self._note.tone("alarm" if wrong else "text_2")
        self._note.setVisible(bool(words))
        self._note.setContentsMargins(6 if wrong else 0, 0, 0, 0)
        self._sign.setVisible(wrong)
        if self._control is not None:
            self._control.setAccessibleDescription(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        control = self._control
        if isinstance(control, Switch) and control.isEnabled() and self.rect().contains(event.pos()):
            control.click()
        super().mouseReleaseEvent(event)


class Section(QWidget):
    """A heading and its rows, after a hairline unless it is the first."""

    def __init__(
        self, look: Look, name: str, title: str, rows: Sequence[QWidget], *, first: bool = False
    ) -> None:
        super().__init__()
        self.name, self.title = name, title
        parts = QVBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        if not first:
            parts.addWidget(Rule(look))
            parts.addSpacing(26)
        parts.addWidget(Text(look, title, "heading"))
        parts.addSpacing(12)
        for i, part in enumerate(rows):
            if i:
                parts.addSpacing(18)
            parts.addWidget(part)
        parts.addSpacing(28)
        self.setAccessibleName(title)


class _SectionItem(Pressable):
    """One name of the list.

    Signals:
        entered: the keyboard wants into the section, by Enter or Right.
    """

    entered = Signal()

    def __init__(self, look: Look, title: str, *, danger: bool = False) -> None:
        super().__init__(look, title)
        self._ink = "alarm" if danger else "text_2"
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(LIST_WIDE, max(32, self.look.height(self.text(), "strong", LIST_WIDE - 24) + 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        box, on = QRectF(self.rect()), self.isChecked()
        with self.look.brush(self) as brush:
            if on or self.underMouse():
                brush.painter.setOpacity(1.0 if on else 0.5)
                brush.box(box, "sunken" if self.look.theme.mode == "dark" else "hover", radius=7)
                brush.painter.setOpacity(1.0)
            style, ink = ("strong", "text") if on else ("label", self._ink)
            brush.paragraph(12, 6, self.text(), style, ink, self.width() - 24)
            if self.ringed:
                brush.focus_ring(box, 7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SectionList(Painted):
    """The sections by name; the one in view is marked. Up and Down walk.

    Signals:
        chosen: the section of this index is wanted.
        entered: and the keyboard in it.
    """

    chosen = Signal(int)
    entered = Signal(int)

    def __init__(self, look: Look, titles: Sequence[str], name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._items = [_SectionItem(look, title) for title in titles]
        parts = column(*self._items, None, gap=2)
        self.setLayout(parts)
        self.setFixedWidth(LIST_WIDE)
        for i, item in enumerate(self._items):
            item.clicked.connect(self._press)
            item.entered.connect(self._enter)
            self._group.addButton(item, i)
        self.mark(0)

    def mark(self, index: int) -> None:
        """Mark the section that is in view."""
        self._items[index].setChecked(True)

    def take_focus(self) -> None:
        """Put the keyboard on the marked section's name, without a ring."""
        self._items[max(self._group.checkedId(), 0)].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _press(self) -> None:
        self.chosen.emit(self._group.checkedId())

    @Slot()
    def _enter(self) -> None:
        self.entered.emit(self._group.checkedId())


def beside(*controls: QWidget) -> QWidget:
    """Controls side by side, as one; one that is hidden leaves no gap."""
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for control in controls:
        line.addWidget(control)
    both.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    both.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return both
