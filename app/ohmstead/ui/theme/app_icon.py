"""The app's own icon, drawn for Ohmstead: the mark in paper on pine green. Here: loading it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ohmstead.system.paths import resource

SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
_SMALL = 32  # up to here the heavier drawing is used


def app_icon() -> QIcon:
    """The icon in the sizes that window systems ask for. Needs the application; main thread."""
    icon = QIcon()
    drawings = {
        small: QSvgRenderer(str(resource("icons", "app", name)))
        for small, name in ((True, "ohmstead-small.svg"), (False, "ohmstead.svg"))
    }
    for size in SIZES:
        picture = QPixmap(QSize(size, size))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawings[size <= _SMALL].render(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(picture)
    return icon
