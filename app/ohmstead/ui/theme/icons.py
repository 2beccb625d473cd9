"""Icons: our own 20-px drawings, tinted with a token colour and painted as vectors.

Not here: which icon means what (the widget that shows it decides).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """The icon folder. Renderers are kept per name and colour. Main thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def names(self) -> list[str]:
        """All icons that are shipped."""
        return sorted(file.stem for file in self._folder.glob("*.svg"))

    def paint(self, painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
        """Draw an icon into a box: sharp at any pixel ratio. Raises OSError for a name that is none."""
        painter.save()
        painter.setOpacity(painter.opacity() * colour.alphaF())
        self._renderer(name, colour.name()).render(painter, box)
        painter.restore()

    def _renderer(self, name: str, colour: str) -> QSvgRenderer:
        found = self._renderers.get((name, colour))
        if found is None:
            source = self._sources.get(name)
            if source is None:
                source = self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            # QtSvg knows no currentColor: the token's colour goes into the text.
            found = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
            self._renderers[(name, colour)] = found
        return found
