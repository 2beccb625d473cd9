"""A page or window as a picture file, on or off screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from ohmstead.errors import ExternalError


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
