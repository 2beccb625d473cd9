"""One line of typed text in a drawn box: what fields, the search field and the stepper are made of.

Not here: its label, help and error (``ui.widgets.field``).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, row
from ohmstead.ui.widgets.menu import Menu
from ohmstead.ui.widgets.text import Icon, Text

HIGH = 34


class LineEdit(QLineEdit):
    """Text without a box of its own. Escape puts back what stood there when the keyboard came.

    Signals:
        focused: the keyboard came (True) or left (False).
        committed: Enter was pressed, or the keyboard left, and the text is another than before.
    """

    focused = Signal(bool)
    committed = Signal(str)

    def __init__(self, look: Look, name: str, style: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._before = ""
        self.setAccessibleName(name)
        self.setFont(look.theme.font(style))
        self.setFrame(False)
        self.setTextMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.returnPressed.connect(self._commit)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    @Slot()
    def recolour(self) -> None:
        """The colours changed. By a sheet: it alone stays clear inside parts that have a sheet of their own."""
        colour = self.look.theme.tokens.colour[self.look.theme.mode]
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: 0; padding: 0;"
            f" color: {colour['text']}; placeholder-text-color: {colour['text_3']};"
            f" selection-background-color: {colour['accent_soft']}; selection-color: {colour['text']}; }}"
            f"QLineEdit:disabled {{ color: {colour['text_3']}; }}"
        )

    def show_text(self, text: str) -> None:
        """Show a text that the person did not type."""
        self._before = text
        if text != self.text():
            self.setText(text)

    @Slot()
    def _commit(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self.committed.emit(self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._before = self.text()
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
            self.textEdited.emit(self._before)
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        standard = self.createStandardContextMenu()
        menu = Menu(self.look, self)
        standard.setParent(menu)  # owns the actions, is never shown
        menu.addActions(standard.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(event.globalPos())


class Entry(Painted):
    """A line edit in its box, with an icon before it or a unit after it. A click anywhere puts the caret in."""

    def __init__(
        self, look: Look, name: str, *, icon: str = "", unit: str = "", mono: bool = False, wide: int = 0
    ) -> None:
        super().__init__(look)
        self.edit = LineEdit(look, name, "mono" if mono else "body")
        self._wrong = False
        self._wide = wide
        self._unit = Text(look, unit, "body", "text_2")
        self._unit.setVisible(bool(unit))
        parts: list[QWidget] = [Icon(look, icon, 16, "text_3")] if icon else []
        self.tail = row(gap=4)
        self.setLayout(
            row(*parts, (self.edit, 1), self._unit, self.tail, gap=8, margins=(9 if icon else 11, 2, 8, 2))
        )
        self.setFocusProxy(self.edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self.edit.focused.connect(self.recolour)

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the box as refused, or no longer."""
        self._wrong = wrong
        self.update()

    def show_unit(self, unit: str) -> None:
        """Another unit after the text."""
        self._unit.say(unit)
        self._unit.setVisible(bool(unit))

    def sizeHint(self) -> QSize:
        return QSize(self._wide or 240, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide or 96, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        here = self.edit.hasFocus()
        edge = "alarm" if self._wrong else "focus" if here else "control_line"
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            radius = self.look.theme.tokens.radius["control"]
            brush.box(QRectF(self.rect()), "raised", edge, radius, 2 if here or self._wrong else 1)
