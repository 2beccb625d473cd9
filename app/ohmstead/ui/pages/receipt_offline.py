"""How anybody checks an evidence file without this window's word for it: the command, and whence its hash.

Shown over the window from the receipt and from the Ledger page. Not here: the check itself (``ohmstead verify``).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.pages.home_scroll import Fitted
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text

WIDE = 560
_PAD = 12


class CodeBox(Painted):
    """Something to be typed elsewhere, letter by letter, in mono on a sunken ground; it wraps where it must."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.look.height(self._text, "mono", width - 2 * _PAD) + 2 * _PAD - 4

    def sizeHint(self) -> QSize:
        return QSize(WIDE - 80, self.heightForWidth(WIDE - 80))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 2 * _PAD + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), "sunken", radius=7)
            brush.paragraph(_PAD, _PAD - 2, self._text, "mono", "text", self.width() - 2 * _PAD)


def verify_command(file: str, genesis_hash: bytes) -> str:
    """The command that checks an evidence file on any computer."""
    return f"ohmstead verify {file} --genesis-hash {genesis_hash.hex()}"


class OfflineCheck(Fitted):
    """The explanation, for one home at a time."""

    def __init__(self, look: Look, words: Wording) -> None:
        tr = words.tr
        self._words = words
        self._command = ""
        self._box = CodeBox(look)
        self.copy_button = Button(look, tr("Copy the command"), "plain", "copy", small=True)
        first = tr(
            "An evidence file holds the pages, their proof, the block and who signed it. Whoever has the file "
            "can check it on a computer that never met your meter, without any network:"
        )
        self._label = Text(look, "", "body", "text_2", wrap=True)
        other = tr(
            "Every byte is described in the protocol text, so that other people can write other programs for it."
        )
        super().__init__(
            column(
                Text(look, first, "body", "text_2", wrap=True),
                self._box,
                row(self.copy_button, None),
                self._label,
                Text(look, other, "small", "text_3", wrap=True),
                gap=14,
            )
        )
        self.copy_button.clicked.connect(self._copy)

    def show_home(self, genesis_hash: bytes, *, typed: bool) -> None:
        """Explain it for a home; ``typed``: its hash came from the meter, its label was not scanned."""
        tr = self._words.tr
        self._command = verify_command("hour.evidence", genesis_hash)
        self._box.show_text(self._command)
        self.copy_button.setText(tr("Copy the command"))
        if typed:
            self._label.say(
                tr(
                    "The long number is the ledger's first block, as your meter states it; this home's label was "
                    "not scanned yet. Compare it with the label before you rely on it."
                )
            )
        else:
            self._label.say(
                tr(
                    "The long number is the ledger's first block. Take it from the label on your meter or from a "
                    "member of the consortium: a file's own word for it would prove nothing."
                )
            )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._command)
        self.copy_button.setText(self._words.tr("Copied"))
        self.copy_button.updateGeometry()


class OfflineSheet(Sheet):
    """The explanation over a window; made once for a window, opened as often as asked for."""

    def __init__(self, look: Look, words: Wording, window: QWidget) -> None:
        close = Button(look, words.tr("Close"))
        self.check = OfflineCheck(look, words)
        super().__init__(look, window, words.tr("Check it without Ohmstead"), self.check, close, wide=WIDE)
        close.clicked.connect(self.dismiss)

    def open_for(self, genesis_hash: bytes, *, typed: bool) -> None:
        """Open it for a home."""
        self.check.show_home(genesis_hash, typed=typed)
        self.open()
