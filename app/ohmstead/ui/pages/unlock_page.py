"""Asks for the passphrase of a profile's secrets, or for a new one, before any home opens.

Signals lead on; nothing typed here is kept. Not here: opening anything (``services.unlocking``).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.services.locks import SecretsLocked
from ohmstead.ui.presenters.unlocking import UnlockView, new_problems, strength, strength_words, unlock_view
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import Icon, Text

WIDTH, FIELD = 620, 388


class UnlockPage(QWidget):
    """One question. Main thread.

    Signals:
        given: the passphrase, or nothing where the keyring is to be tried again.
        quit_wanted: the person does not want to go on.
    """

    given = Signal(str)
    quit_wanted = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._view: UnlockView | None = None
        tr = words.tr
        self._title = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._one = Field(look, tr("Passphrase"), secret=True, wide=FIELD)
        self._two = Field(look, tr("The same again"), secret=True, wide=FIELD)
        self._go = Button(look, "", "primary")
        self._quit = Button(look, tr("Quit"))
        self._one.edited.connect(self._typed)
        self._one.edit.returnPressed.connect(self._first_done)
        self._two.edit.returnPressed.connect(self._submit)
        self._go.clicked.connect(self._submit)
        self._quit.clicked.connect(self.quit_wanted)
        box = holder(
            column(
                Icon(look, "lock", 20, "accent"), 14, self._title, 6, self._body, 24, self._one, 10, self._two,
                14, row(self._go, self._quit, None), gap=0,
            )
        )  # fmt: skip
        box.setFixedWidth(WIDTH)
        inside = holder(column(None, row(None, box, None, gap=0), None, margins=(36, 36, 36, 36)))
        self.setLayout(column(Scroll(look, inside), gap=0))
        self.setAccessibleName(tr("Passphrase"))

    def show_locked(self, locked: SecretsLocked) -> None:
        """Ask for what is wanted; a wrong passphrase is said where it was typed."""
        again = self._view is not None and self._view.ask
        view = self._view = unlock_view(locked, self._words)
        self._title.say(view.title)
        self._body.say(view.body)
        self._one.setVisible(view.ask)
        self._two.setVisible(view.new)
        self._one.show_text("")
        self._two.show_text("")
        self._one.show_hint(strength_words(strength(""), self._words) if view.new else "")
        self._one.show_error(view.error)
        self._go.setText(view.button)
        self._go.setAccessibleName(view.button)
        self._go.updateGeometry()
        self._busy(False)
        if again or self.isVisible():
            self.take_focus()

    def take_focus(self) -> None:
        """To the first thing to do."""
        part = self._one.edit if self._view is not None and self._view.ask else self._go
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        for part in (self._one, self._two, self._go):
            part.setEnabled(not busy)
        self._go.setToolTip(self._words.tr("The keys are being opened.") if busy else "")

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self._view is not None and self._view.new:
            self._one.show_hint(strength_words(strength(text), self._words))

    @Slot()
    def _first_done(self) -> None:
        if self._view is not None and self._view.new:
            self._two.edit.setFocus()
        else:
            self._submit()

    @Slot()
    def _submit(self) -> None:
        view = self._view
        if view is None:
            return
        if view.new:
            first, second = new_problems(self._one.text(), self._two.text(), self._words)
            self._one.show_error(first)
            self._two.show_error("" if first else second)
            if first or second:
                (self._one if first else self._two).edit.setFocus()
                return
        elif view.ask and not self._one.text():
            self._one.show_error(self._words.tr("Type the passphrase first."))
            self._one.edit.setFocus()
            return
        self._busy(True)
        self.given.emit(self._one.text())
