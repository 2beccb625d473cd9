"""*Stop offering tomorrow's surplus?* One question with its consequence, and two buttons that say what happens.

For what cannot be undone by a toast. Not here: doing it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text


class Confirm(Sheet):
    """A question. The keyboard starts on the way back, so that Enter alone undoes nothing. Main thread.

    ``retype``: a word that must be typed before the action can be pressed, for what is gone for good.
    """

    def __init__(
        self,
        look: Look,
        words: Wording,
        window: QWidget,
        question: str,
        consequence: str,
        action: str,
        *,
        danger: bool = False,
        keep: str = "",
        retype: str = "",
    ) -> None:
        self._retype = retype
        self._field: Field | None = None
        self._do = Button(look, action, "danger" if danger else "primary")
        back = Button(look, keep or words.tr("Cancel"))
        text = Text(look, consequence, "body", "text_2", wrap=True)
        parts = column(text, gap=16)
        if retype:
            self._field = Field(look, words.tr("Type “{word}” to go on", word=retype), wide=408)
            parts.addSpacing(16)
            parts.addWidget(self._field)
            self._do.setEnabled(False)
            self._do.setToolTip(words.tr("Type “{word}” first", word=retype))
        super().__init__(
            look, window, question, holder(parts), back, self._do, wide=460, first=self._field or back
        )
        if self._field is not None:
            self._field.edited.connect(self._typed)
        back.clicked.connect(self.dismiss)
        self._do.clicked.connect(self.agree)

    @Slot(str)
    def _typed(self, text: str) -> None:
        right = text.strip().casefold() == self._retype.casefold()
        self._do.setEnabled(right)
        self._do.setToolTip("")


def ask(sheet: Confirm, then: Callable[[], object]) -> None:
    """Open a question; run ``then`` if it is agreed to. The sheet goes when it is closed."""

    def answered(agreed: bool) -> None:
        sheet.deleteLater()
        if agreed:
            then()

    sheet.finished.connect(answered)
    sheet.open()
