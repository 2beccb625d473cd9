"""The field for the label's pairing code: one real line edit whose text is drawn in seventeen cells.

Paste, spaces, lower case and the letters that look like digits are forgiven (protocol/link, "Label"). What is
pasted and is no code, a picture say, is handed on. Not here: whether a code is right (the controller's answer, or
the check character).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ohmstead.ui.theme.look import Look

LENGTH = 17
_CELL, _GAP, _GROUP_GAP, _HIGH = 27, 2, 16, 42
_LONGEST = 3 * LENGTH
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_ALPHABET = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")  # Crockford base32: no I, L, O, U


def clean_code(typed: str) -> str:
    """What typed text means: capitals, I and L as 1, O as 0, anything else but the alphabet left out.

    ``U`` stays, so that the field can say that it is never used.
    """
    read = typed.upper().translate(_READ_AS)
    return "".join(c for c in read if c in _ALPHABET or c == "U")[:LENGTH]


class CodeField(QLineEdit):
    """17 cells in groups of four, four, four, four and one. ``text()`` is always the cleaned code.

    Signals:
        pasted: something was pasted that is no code.
    """

    pasted = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._wrong = False
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.textEdited.connect(self._tidy)
        look.theme.changed.connect(self.recolour)

    @property
    def complete(self) -> bool:
        """Whether all cells hold a letter that codes use."""
        return len(self.text()) == LENGTH and "U" not in self.text()

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the cells as refused, or no longer."""
        self._wrong = wrong
        self.update()

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.update()

    @Slot(str)
    def _tidy(self, typed: str) -> None:
        place = len(clean_code(typed[: self.cursorPosition()]))
        cleaned = clean_code(typed)
        self._wrong = False
        if cleaned != typed:
            self.setText(cleaned)
            self.setCursorPosition(place)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            held = QGuiApplication.clipboard().mimeData()
            # A whole QR text is longer than any way of writing a code.
            if not held.hasText() or held.hasUrls() or len(held.text().strip()) > _LONGEST:
                self.pasted.emit()
                return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(LENGTH * (_CELL + _GAP) + 4 * _GROUP_GAP, _HIGH + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        text, caret = self.text(), self.cursorPosition()
        first, count = self.selectionStart(), len(self.selectedText())
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            x = 0
            for i in range(LENGTH):
                here = self.hasFocus() and (i == caret or (i == LENGTH - 1 and caret == LENGTH))
                chosen = first >= 0 and first <= i < first + count
                edge = "alarm" if self._wrong else "focus" if here else "control_line"
                cell = QRectF(x, 1, _CELL, _HIGH)
                brush.box(cell, "accent_soft" if chosen else "raised", edge, 6, 2 if here else 1)
                if i < len(text):
                    brush.text(
                        x + _CELL / 2, 8, text[i], "code", "alarm" if text[i] == "U" else "text", "centre"
                    )
                elif here:
                    brush.fill(QRectF(x + 13, 12, 1.5, 20), "text")
                x += _CELL + _GAP + (_GROUP_GAP if i % 4 == 3 else 0)
