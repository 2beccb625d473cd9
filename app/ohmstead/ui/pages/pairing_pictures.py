"""How a picture of the label comes to the pairing page, and what is said of one that is none.

Not here: reading it (``ui.qr_picture``), the page.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.qr_picture import Dropped, PictureFault

_ENDINGS = "*.png *.jpg *.jpeg *.bmp *.gif *.webp"


def given_in(held: QMimeData) -> Dropped | None:
    """The picture in a drag or on the clipboard: a local file, pixels, or the QR code's text; None for none."""
    if held.hasUrls():
        local = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if local:
            return Dropped(path=local[0])
    if held.hasImage():
        image = held.imageData()
        if isinstance(image, QPixmap):
            image = image.toImage()
        return Dropped(image=QImage(image))
    if held.hasText() and held.text().strip():
        return Dropped(text=held.text().strip())
    return None


def picture_filter(words: Wording) -> str:
    """The file dialog's filter."""
    return words.tr("Pictures ({endings})", endings=_ENDINGS)


def picture_problem(fault: PictureFault, words: Wording) -> str:
    """What is wrong with a picture, and what would do."""
    tr = words.tr
    texts = {
        PictureFault.UNREADABLE: tr(
            "This file cannot be read. Copy it to this computer and choose it again."
        ),
        PictureFault.TOO_LARGE: tr(
            "This picture is too large. Cut out the QR code, or take a smaller picture."
        ),
        PictureFault.NO_PICTURE: tr("This is no picture that Ohmstead can read. PNG and JPEG will do."),
        PictureFault.NO_CODE: tr(
            "No QR code was found in this picture. Take it straight from the front, sharp, and in good light."
        ),
        PictureFault.OTHER_CODE: tr("The QR code in this picture is not that of a meter's label."),
        PictureFault.DAMAGED: tr(
            "This is a meter's QR code, but part of it was misread. Take the picture again, or type the code."
        ),
    }
    return texts[fault]
