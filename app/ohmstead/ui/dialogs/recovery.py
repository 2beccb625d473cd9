"""The recovery sheet shown and saved; and its twelve words asked for, to open a backup.

Not here: making the sheet (``services.safekeeping``), its paper (``ui.recovery_paper``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from ohmstead.errors import ExternalError
from ohmstead.system.files import write_secret_file
from ohmstead.ui.presenters.settings import SheetReady
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.recovery_paper import paper
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text

WORDS = 12
_COLUMNS, _HIGH = 3, 38


class WordGrid(Painted):
    """Numbered words, three a row."""

    def __init__(self, look: Look, words: Sequence[str]) -> None:
        super().__init__(look)
        self._words = tuple(words)
        self.setAccessibleName(", ".join(words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        rows = -(-len(self._words) // _COLUMNS)
        return QSize(360, rows * (_HIGH + 6) - 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = (self.width() - 6 * (_COLUMNS - 1)) / _COLUMNS
        with self.look.brush(self) as brush:
            for i, word in enumerate(self._words):
                box = QRectF(i % _COLUMNS * (wide + 6), i // _COLUMNS * (_HIGH + 6), wide, _HIGH)
                brush.box(box, "sunken", radius=7)
                brush.text(box.left() + 26, box.top() + 12, str(i + 1), "micro", "text_3", "right")
                brush.text(box.left() + 34, box.top() + 9, word, "strong")


class RecoverySheetDialog(Sheet):
    """The words, and the way to paper.

    Signals:
        saved: the sheet was written; the file's name.
    """

    saved = Signal(str)

    def __init__(self, look: Look, words: Wording, window: QWidget, sheet: SheetReady) -> None:
        tr = words.tr
        self._words, self._sheet = words, sheet
        why = tr(
            "With these twelve words and the code on the sheet, another computer can read this home's whole "
            "history. Print the sheet or write the words down, and keep them where you keep papers. Whoever has "
            "them can read your readings too."
        )
        self._trouble = Banner(look, "alarm", "", "")
        self._trouble.hide()
        close = Button(look, tr("Close"))
        save = Button(look, tr("Save as PDF…"), "primary", "download")
        content = holder(
            column(
                Text(look, why, "body", "text_2", wrap=True),
                WordGrid(look, sheet.words),
                self._trouble,
                gap=18,
            )
        )
        super().__init__(look, window, tr("Recovery sheet"), content, close, save, wide=520)
        self.light = False
        close.clicked.connect(self.dismiss)
        save.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, self._words.tr("Save the recovery sheet"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("*.pdf")
        dialog.selectFile(self._words.tr("Recovery sheet {mark}", mark=self._sheet.mark) + ".pdf")
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot(str)
    def save(self, path: str) -> None:
        """Write the sheet, readable by its owner alone; says ``saved``, or shows why not."""
        try:
            write_secret_file(Path(path), paper(self.look, self._words, self._sheet))
        except ExternalError as error:
            self._trouble.say(self._words.tr("The sheet was not written"), str(error))
            self._trouble.show()
            self.place()
        else:
            self.saved.emit(Path(path).name)
            self.agree()


class AskWords(Sheet):
    """The twelve words of a recovery sheet, typed in one line."""

    def __init__(self, look: Look, words: Wording, window: QWidget, name: str, problem: str) -> None:
        tr = words.tr
        self._words = words
        self._field = Field(look, tr("Twelve words, in order"), wide=468, mono=True)
        why = tr(
            "{name} was made for a home that this computer does not know. Its keys are sealed.", name=name
        )
        back = Button(look, tr("Cancel"))
        do = Button(look, tr("Open the backup"), "primary")
        content = holder(column(Text(look, problem or why, "body", "text_2", wrap=True), self._field, gap=18))
        super().__init__(
            look, window, tr("Type the words of its recovery sheet"), content, back, do, wide=520,
            first=self._field.edit,
        )  # fmt: skip
        self.light = False
        back.clicked.connect(self.dismiss)
        do.clicked.connect(self._open)
        self._field.edit.returnPressed.connect(self._open)

    @property
    def typed(self) -> str:
        """The words as typed."""
        return " ".join(self._field.text().split())

    @Slot()
    def _open(self) -> None:
        count = len(self._field.text().split())
        if count != WORDS:
            self._field.show_error(
                self._words.count(count, "This is {n} word; the sheet has twelve.",
                                  "These are {n} words; the sheet has twelve.")
                if count else self._words.tr("Type the twelve words of the sheet first.")
            )  # fmt: skip
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.agree()
