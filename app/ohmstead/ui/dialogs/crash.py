"""What went wrong inside Ohmstead, shown before anything is done with it, and never sent by itself.

Not here: catching it (``ui.errors``), keeping it (``system``).
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.reading import PlainReading
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text


class CrashSheet(Sheet):
    """A report in full, with the way to copy it. Its maker sees to it that it holds no readings and no keys."""

    def __init__(self, look: Look, words: Wording, window: QWidget, report: str) -> None:
        tr = words.tr
        self._words, self._report = words, report
        what = tr(
            "Something went wrong inside Ohmstead. Your readings and what was verified are not touched. Below is "
            "what its makers would need to mend it. It is not sent; copy it if you want to report it."
        )
        self._copied = Button(look, tr("Copy the report"), icon="copy")
        close = Button(look, tr("Go on"), "primary")
        text = PlainReading(look, report, tr("Report"))
        text.setFixedHeight(220)
        content = holder(column(Text(look, what, "body", "text_2", wrap=True), text, gap=16))
        super().__init__(
            look, window, tr("Something went wrong"), content, self._copied, close, wide=600, first=close
        )
        self._copied.clicked.connect(self._copy)
        close.clicked.connect(self.agree)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copied.setText(self._words.tr("Copied"))
        self._copied.updateGeometry()
