"""A meter's label, drawn: the specimen that shows where the code is, and the parts of a whole one.

A label is black on white in any theme, because it is printed. Not here: reading one (``ui.qr_picture``), the
demonstration's label window (``ui.label_window``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.qr_picture import Modules, paint_modules
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.text import Text

#: A made-up label: its code has a wrong check character, so it opens nothing.
SPECIMEN_MARK = "3C9"
SPECIMEN_LINES = ("K7QD 3M9X", "V2HT 8RW4 N")
#: Its QR code, a row of modules a number: the word OHMSTEAD, which is no label's.
_SPECIMEN_QR = (
    0x1FD17F, 0x105E41, 0x17415D, 0x17545D, 0x17535D, 0x105B41, 0x1FD57F, 0xF00, 0x2453B, 0x1083E0, 0x25E3A,
    0x1A14BF, 0x7C12B, 0x19B0, 0x1FC396, 0x104FA2, 0x174D15, 0x175257, 0x174EBD, 0x104365, 0x1FC92C,
)  # fmt: skip
_PAPER = 6
_CELL_HIGH, _CELL_GAP, _A_ROW = 76, 8, 3


class QrBox(Painted):
    """A QR code on paper."""

    def __init__(self, look: Look, name: str, edge: int, modules: Modules) -> None:
        super().__init__(look)
        self._modules = modules
        self.setAccessibleName(name)
        self.setFixedSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        printed = self.look.theme.tokens.colour["light"]
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            brush.box(box, QColor(printed["raised"]), "line_strong", 5)
            inner = box.adjusted(_PAPER, _PAPER, -_PAPER, -_PAPER)
            paint_modules(brush.painter, inner, self._modules, QColor(printed["text"]))


class _CodeLines(Painted):
    """The specimen's code, marked as what is looked for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFixedSize(124, 42)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), "accent_soft", "accent", 5, 1.5)
            for i, line in enumerate(SPECIMEN_LINES):
                brush.text(9, 3 + 17 * i, line, "mono")


def _specimen() -> Modules:
    wide = len(_SPECIMEN_QR)
    return tuple(tuple(bool(line >> (wide - 1 - i) & 1) for i in range(wide)) for line in _SPECIMEN_QR)


class LabelCard(Painted):
    """What to look for on the meter. Says nothing of any real one."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        tr = words.tr
        picture = QrBox(look, tr("A QR code"), 88, _specimen())
        beside = column(
            Text(look, tr("Mark"), "micro", "text_2"),
            Text(look, SPECIMEN_MARK, "small_s"),
            8,
            Text(look, tr("Pairing code"), "micro", "text_2"),
            2,
            _CodeLines(look),
            None,
            gap=0,
        )
        where = Text(look, tr("On the meter's face or its door"), "small", "text_2", wrap=True)
        self.setLayout(
            column(row(column(picture, None), 16, beside), 12, where, gap=0, margins=(12, 12, 9, 14))
        )
        self.setFixedWidth(250)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("A specimen of a meter's label"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), "sunken", "line_strong", 10)


class SixWords(Painted):
    """Six words, three a row, numbered, as large as they are on the label."""

    def __init__(self, look: Look, style: str = "lead", high: int = _CELL_HIGH) -> None:
        super().__init__(look)
        self._words: tuple[str, ...] = ()
        self._style, self._high = style, high
        self.setFixedHeight(2 * high + _CELL_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: Sequence[str]) -> None:
        """Show other words."""
        self._words = tuple(words)
        self.setAccessibleName(", ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(680, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = (self.width() - _CELL_GAP * (_A_ROW - 1)) / _A_ROW
        line = self.look.theme.style(self._style).line
        with self.look.brush(self) as brush:
            for i, word in enumerate(self._words):
                left, top = i % _A_ROW * (wide + _CELL_GAP), i // _A_ROW * (self._high + _CELL_GAP)
                box = QRectF(left, top, wide, self._high)
                brush.box(box, "sunken", radius=10)
                first = top + (self._high - 14 - line - 3) / 2
                brush.text(box.center().x(), first, str(i + 1), "micro", "text_2", "centre")
                brush.text(box.center().x(), first + 17, word, self._style, "text", "centre")
