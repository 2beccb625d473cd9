"""A labelled text field whose help and error share one line, so that nothing jumps; and the search field."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.entry import Entry, LineEdit
from ohmstead.ui.widgets.text import Icon, Text


class Field(QWidget):
    """Label, line, and under it help or, in its place, what is wrong. Main thread.

    Signals:
        edited: the person typed; the text.
        committed: Enter, or the keyboard left a changed text; the text.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(
        self,
        look: Look,
        label: str,
        text: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        unit: str = "",
        wide: int = 300,
        mono: bool = False,
        secret: bool = False,
    ) -> None:
        super().__init__()
        self._hint, self._error = hint, ""
        self.entry = Entry(look, label, unit=unit, mono=mono, wide=wide)
        self.edit.setPlaceholderText(placeholder)
        if secret:
            self.edit.setEchoMode(LineEdit.EchoMode.Password)
        head = Text(look, label, "label", wrap=True)
        head.setBuddy(self.edit)
        self._sign = Icon(look, "alert", 14, "alarm")
        self._note = Text(look, "", "small", "text_3", wrap=True)
        self._line, self._wide = look.theme.style("small").line, wide
        sign = column(2, self._sign, None, gap=0)
        self.setLayout(column(head, self.entry, row(sign, (self._note, 1), gap=0), gap=6))
        self.setFixedWidth(wide)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.edit)
        self.show_text(text)
        self._say()
        self.edit.textEdited.connect(self._typed)
        self.edit.committed.connect(self.committed)

    @property
    def edit(self) -> LineEdit:
        """The line itself."""
        return self.entry.edit

    @property
    def error(self) -> str:
        """What is wrong, empty when nothing is."""
        return self._error

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def show_text(self, text: str) -> None:
        """Show a text that the person did not type; it is not wrong."""
        self.edit.show_text(text)
        self.show_error("")

    def show_error(self, error: str) -> None:
        """Say what is wrong in the help's place; empty for nothing."""
        if error != self._error:
            self._error = error
            self._say()

    def show_hint(self, hint: str) -> None:
        """Another help."""
        self._hint = hint
        self._say()

    def _say(self) -> None:
        wrong = bool(self._error)
        self._note.say(self._error or self._hint)
        self._note.tone("alarm" if wrong else "text_3")
        self._sign.setVisible(wrong)
        self._note.setContentsMargins(6 if wrong else 0, 0, 0, 0)
        # A layout takes the least height it may: that of one line, if nothing else is said.
        across = self._wide - (self._sign.sizeHint().width() if wrong else 0)
        self._note.setMinimumHeight(max(self._line, self._note.heightForWidth(across)))
        self.entry.mark_wrong(wrong)
        self.edit.setAccessibleDescription(self._error or self._hint)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.show_error("")
        self.edited.emit(text)


class SearchField(Entry):
    """A line with a glass before it and, while it holds something, a way to clear it.

    Signals:
        changed: another text stands in it.
    """

    changed = Signal(str)

    def __init__(self, look: Look, name: str, clear: str) -> None:
        super().__init__(look, name, icon="search")
        self.edit.setPlaceholderText(name)
        self._clear = Button(look, "", "quiet", "close", small=True, name=clear)
        self.tail.addWidget(self._clear)
        self._clear.clicked.connect(self.edit.clear)
        self.edit.textChanged.connect(self._changed)
        self._clear.hide()

    @Slot(str)
    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.changed.emit(text)
