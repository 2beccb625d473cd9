"""The QR code of a label as a picture: read from a file, the clipboard or what was dropped; drawn as modules.

Everything from outside is bounded before it is decoded: bytes, pixels, kinds of file. Here: picture to text and
text to modules, and what can be wrong with a picture. Not here: what the text means (``link.label``), pairing.
Thread: any but main for reading (``ui.jobs``); QImage and the reader need no window.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from ohmstead.errors import UserError
from ohmstead.link.label import LabelError, parse_qr
from ohmstead.ui.presenters.pairing import LabelPicture

MAX_BYTES = 32 << 20
MAX_PIXELS = 40_000_000
#: What cameras and screens make. No SVG: that is a program, not a picture.
KINDS = (b"png", b"jpeg", b"jpg", b"bmp", b"gif", b"webp")
#: Quiet zone round a code, in modules (ISO/IEC 18004).
QUIET = 4
_PAPER = 255
Modules = tuple[tuple[bool, ...], ...]


class PictureFault(Enum):
    """What is wrong with a picture."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    NO_PICTURE = "no picture"
    NO_CODE = "no code"
    OTHER_CODE = "other code"
    DAMAGED = "damaged"


class NoLabel(UserError):
    """A picture that gives no label; ``fault`` says why."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(f"the picture gives no label: {fault.value}")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Dropped:
    """A picture that somebody handed over: a file, or pixels from another window. Reading takes a copy."""

    path: Path | None = None
    image: QImage | None = None
    text: str = ""


def read_label(given: Dropped) -> LabelPicture:
    """The label on a picture. Up to a second for a large one, and 0.2 s for its six words. Raises NoLabel."""
    return _label([given.text] if given.text else read_codes(given))


def read_codes(given: Dropped) -> list[str]:
    """The texts of all QR codes on a picture, whatever they are. Raises NoLabel where it is no picture."""
    image = given.image if given.image is not None else _load(given.path)
    if image.isNull():
        raise NoLabel(PictureFault.NO_PICTURE)
    _bounded(image.size())
    return _codes(image)


def _load(path: Path | None) -> QImage:
    if path is None:
        raise NoLabel(PictureFault.NO_PICTURE)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NoLabel(PictureFault.UNREADABLE) from error
    if len(data) > MAX_BYTES:
        raise NoLabel(PictureFault.TOO_LARGE)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # By its content, not by its name; and its size is asked before a pixel is decoded.
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    if bytes(reader.format().data()) not in KINDS:
        raise NoLabel(PictureFault.NO_PICTURE)
    if not reader.size().isValid():
        raise NoLabel(PictureFault.NO_PICTURE)
    _bounded(reader.size())
    return reader.read()


def _bounded(size: QSize) -> None:
    if size.width() * size.height() > MAX_PIXELS:
        raise NoLabel(PictureFault.TOO_LARGE)


def _codes(image: QImage) -> list[str]:
    """The texts of all QR codes in a picture."""
    if image.hasAlphaChannel():
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(_PAPER << 16 | _PAPER << 8 | _PAPER)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        image = paper
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    import zxingcpp  # loaded when a picture is read, not when the window opens

    lines = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    pixels = np.ascontiguousarray(lines[:, : grey.width()])
    found = zxingcpp.read_barcodes(pixels, zxingcpp.barcode_formats_from_str("QRCode"))
    return [code.text for code in found if code.valid]


def _label(texts: list[str]) -> LabelPicture:
    """The first label among texts: other codes may hang beside it."""
    if not texts:
        raise NoLabel(PictureFault.NO_CODE)
    damaged = False
    for text in texts:
        try:
            label = parse_qr(text)
        except LabelError:
            damaged |= text.strip().startswith("OHM1:")
        else:
            return LabelPicture(text.strip(), label.mark, label.words)
    raise NoLabel(PictureFault.DAMAGED if damaged else PictureFault.OTHER_CODE)


def qr_modules(text: str) -> Modules:
    """The dark and light modules of a QR code, without its quiet zone."""
    import segno  # loaded when a code is drawn, not when the window opens

    return tuple(tuple(bool(cell) for cell in line) for line in segno.make_qr(text, error="m").matrix)


def paint_modules(painter: QPainter, box: QRectF, modules: Modules, dark: QColor) -> None:
    """Draw modules into a box, each edge on a device pixel: a code must be crisp to be read."""
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    count = len(modules)
    edge = int(min(box.width(), box.height()) * ratio) // count
    left = round((box.left() + (box.width() - count * edge / ratio) / 2) * ratio)
    top = round((box.top() + (box.height() - count * edge / ratio) / 2) * ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for y, line in enumerate(modules):
        for x, on in enumerate(line):
            if on:
                cell = QRectF((left + x * edge) / ratio, (top + y * edge) / ratio, edge / ratio, edge / ratio)
                painter.fillRect(cell, dark)
    painter.restore()


def qr_image(text: str, module: int = 8) -> QImage:
    """A QR code as a picture of its own, black on white, ``module`` pixels a module."""
    dark = np.pad(np.array(qr_modules(text), dtype=bool), QUIET)
    pixels = np.repeat(np.repeat(np.where(dark, 0, _PAPER).astype(np.uint8), module, 0), module, 1)
    edge = len(pixels)
    # A copy: the pixels belong to numpy.
    return QImage(pixels.tobytes(), edge, edge, edge, QImage.Format.Format_Grayscale8).copy()
