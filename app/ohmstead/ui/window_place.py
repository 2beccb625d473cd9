"""Where a window stands, and standing there again. Not here: keeping it (``settings``)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ohmstead.settings.schema import MIN_HEIGHT, MIN_WIDTH, WindowPlace


def stand_at(window: QWidget, place: WindowPlace) -> None:
    """Stand where a window stood last, if that is still on a screen; else be as large as it was."""
    box = QRect(place.x, place.y, place.width, place.height)
    if any(screen.availableGeometry().intersects(box) for screen in QGuiApplication.screens()):
        window.setGeometry(box)
    else:
        window.resize(place.width, place.height)
    if place.maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def place_of(window: QWidget) -> WindowPlace:
    """Where a window stands, for next time."""
    box = window.normalGeometry() if window.isMaximized() else window.geometry()
    return WindowPlace(
        box.x(), box.y(), max(box.width(), MIN_WIDTH), max(box.height(), MIN_HEIGHT), window.isMaximized()
    )
