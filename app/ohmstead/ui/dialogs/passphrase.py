"""A new passphrase, typed twice. Not here: sealing anything with it; asking for it at the start."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.settings_words import passphrase_words
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text


class NewPassphrase(Sheet):
    """Agreed to only with a passphrase that will do, typed the same twice."""

    def __init__(self, look: Look, words: Wording, window: QWidget) -> None:
        tr = words.tr
        self._words = words
        self._one = Field(look, tr("Passphrase"), secret=True, wide=388)
        self._two = Field(look, tr("The same again"), secret=True, wide=388)
        why = tr(
            "It is asked for whenever Ohmstead starts. Nobody can find it again for you: without it, only the "
            "recovery sheet opens this home."
        )
        back = Button(look, tr("Cancel"))
        do = Button(look, tr("Seal the keys"), "primary")
        content = holder(
            column(Text(look, why, "body", "text_2", wrap=True), 18, self._one, 10, self._two, gap=0)
        )
        super().__init__(
            look, window, tr("Lock with a passphrase"), content, back, do, wide=440, first=self._one.edit
        )
        self.light = False
        back.clicked.connect(self.dismiss)
        do.clicked.connect(self._seal)
        self._one.edit.returnPressed.connect(self._go_on)
        self._two.edit.returnPressed.connect(self._seal)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._one.text()

    @Slot()
    def _go_on(self) -> None:
        self._two.edit.setFocus()

    @Slot()
    def _seal(self) -> None:
        first, second = passphrase_words(self._one.text(), self._two.text(), self._words)
        self._one.show_error(first)
        self._two.show_error("" if first else second)
        if first or second:
            (self._one if first else self._two).edit.setFocus()
            self.place()
        else:
            self.agree()
