"""The recovery sheet on paper: one page of A4 as a PDF, dark on white in any theme.

Not here: where it is saved, what is sealed in its code (``services.recovery``).
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from ohmstead.ui.presenters.settings import SheetReady
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush

_DPI = 288  # four device pixels to one of ours
_SCALE = 4.0
_MARGIN_MM = 18.0
_COLUMNS = 3


def paper(look: Look, words: Wording, sheet: SheetReady) -> bytes:
    """The PDF's bytes. Main thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(words.tr("Recovery sheet"))
    writer.setCreator("Ohmstead")
    painter = QPainter(writer)
    painter.scale(_SCALE, _SCALE)
    draw_paper(look.brush(painter), look, words, sheet, writer.width() / _SCALE)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def draw_paper(brush: Brush, look: Look, words: Wording, sheet: SheetReady, wide: float) -> None:
    """Draw the sheet from the top left corner, so many logical pixels wide."""
    tr = words.tr
    ink, soft = _ink(look, "text"), _ink(look, "text_2")
    y = brush.paragraph(0, 0, tr("Recovery sheet"), "display", ink, wide) + 4
    home = tr("{name}, the meter with the mark {mark}", name=sheet.name, mark=sheet.mark)
    if not sheet.name:
        home = tr("The home of the meter with the mark {mark}", mark=sheet.mark)
    y += brush.paragraph(0, y, home, "heading", ink, wide) + 14
    why = tr(
        "With this sheet another computer can read this home's whole history. The twelve words open the keys "
        "that the code below holds. Keep it where you keep papers; whoever has it can read your readings too."
    )
    y += brush.paragraph(0, y, why, "body", soft, min(wide, 460)) + 22
    cell = (wide - 10 * (_COLUMNS - 1)) / _COLUMNS
    for i, word in enumerate(sheet.words):
        box = QRectF(i % _COLUMNS * (cell + 10), y + i // _COLUMNS * 42, cell, 34)
        brush.box(box, None, soft, 5, 0.75)
        brush.text(box.left() + 24, box.top() + 10, str(i + 1), "micro", soft, "right")
        brush.text(box.left() + 34, box.top() + 7, word, "strong", ink)
    y += -(-len(sheet.words) // _COLUMNS) * 42 + 18
    side = _code(brush, look, sheet.qr, y, min(wide, 330))
    y += side + 14
    how = tr(
        "In Ohmstead: Settings, Data and safety, Restore, From a recovery sheet. Choose a picture of the code, "
        "then type the words. Pair with the meter again by its label; its history follows."
    )
    brush.paragraph(0, y, how, "body", soft, min(wide, 460))


def _code(brush: Brush, look: Look, text: str, top: float, side: float) -> float:
    """The QR code; returns its height."""
    import segno

    rows = [bytes(row) for row in segno.make(text, micro=False, error="l", boost_error=False).matrix]
    pitch = side / len(rows)
    ink = _ink(look, "text")
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:  # one box a run: no hairlines of white between modules
                brush.fill(QRectF(x * pitch, top + y * pitch, (run - x) * pitch, pitch), ink)
            x = max(run, x + 1)
    return side


def _ink(look: Look, token: str) -> QColor:
    """Paper is white in any theme."""
    return QColor(look.theme.tokens.colour["light"][token])
