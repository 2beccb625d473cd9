"""A page or window as a picture file, on or off screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ohmstead.errors import ExternalError
from ohmstead.system.files import write_file


def render_page(widget: QWidget, path: Path, scale: float = 1.0) -> None:
    """Write a widget as a PNG at ``scale`` picture pixels per logical pixel. Main thread; no event loop.

    Raises ExternalError where the file cannot be written.
    """
    widget.ensurePolished()
    picture = QPixmap(QSize(round(widget.width() * scale), round(widget.height() * scale)))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    widget.render(picture)
    if not picture.save(str(path), "PNG"):
        raise ExternalError(f"{path.name} could not be written.")


def render_drawing(widget: QWidget, path: Path, title: str) -> None:
    """Write a widget as an SVG drawing, letters as letters. Main thread; no event loop.

    Raises ExternalError where the file cannot be written.
    """
    widget.ensurePolished()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    drawing.setViewBox(QRect(QPoint(0, 0), widget.size()))
    drawing.setTitle(title)
    painter = QPainter(drawing)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    write_file(path, bytes(buffer.data().data()), mode=0o644)
