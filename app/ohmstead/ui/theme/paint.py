"""A painter that speaks in tokens: crisp hairlines, text in type styles, boxes, hatch, soft shadow.

Every custom-drawn widget paints through this. Not here: any widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)

from ohmstead.ui.theme.icons import Icons
from ohmstead.ui.theme.theme import Theme

Align = Literal["left", "right", "centre"]
Colour = str | QColor


def text_width(theme: Theme, words: str, style: str) -> float:
    """Advance of one line in logical pixels."""
    return QFontMetricsF(theme.font(style)).horizontalAdvance(words)


def text_lines(theme: Theme, words: str, style: str, width: float) -> list[str]:
    """The lines that words need in a width: broken between words, inside one only where it alone is too wide."""
    layout = QTextLayout(words, theme.font(style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = words.encode("utf-16-le", "surrogatepass")  # Qt counts in these
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start, length = line.textStart(), line.textLength()
        part = units[2 * start : 2 * (start + length)]
        lines.append(part.decode("utf-16-le", "surrogatepass").rstrip())
    layout.endLayout()
    return lines or [""]


class Brush:
    """A QPainter with the theme's vocabulary. Use as a context manager; logical pixels throughout."""

    def __init__(self, device: QPaintDevice | QPainter, theme: Theme, icons: Icons) -> None:
        self._owned = not isinstance(device, QPainter)
        self.painter = device if isinstance(device, QPainter) else QPainter(device)
        self.theme = theme
        self._icons = icons
        self.painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)

    def __enter__(self) -> Brush:
        return self

    def __exit__(self, *_: object) -> None:
        if self._owned:
            self.painter.end()

    def colour(self, colour: Colour) -> QColor:
        """A token's colour, or the colour itself."""
        return self.theme.colour(colour) if isinstance(colour, str) else colour

    def text(
        self,
        x: float,
        y: float,
        words: str,
        style: str = "body",
        colour: Colour = "text",
        align: Align = "left",
        width: float | None = None,
    ) -> float:
        """One line whose box starts at y and has the style's line height; returns its width.

        ``x`` is its left edge, right edge or centre by ``align``; with ``width`` it is cut with an ellipsis.
        """
        if width is not None:
            metrics = QFontMetricsF(self.theme.font(style))
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(width, 0))
        across = text_width(self.theme, words, style)
        left = x - across if align == "right" else x - across / 2 if align == "centre" else x
        self.painter.setFont(self.theme.font(style))
        self.painter.setPen(self.colour(colour))
        box = QRectF(left, y, across + 4, self.theme.style(style).line)
        self.painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        return across

    def paragraph(
        self, x: float, y: float, words: str, style: str = "body", colour: Colour = "text", width: float = 0
    ) -> float:
        """Words wrapped into a width, from y downwards in the style's line height; returns their height."""
        line = self.theme.style(style).line
        lines = text_lines(self.theme, words, style, width)
        for i, part in enumerate(lines):
            self.text(x, y + i * line, part, style, colour)
        return len(lines) * line

    def hline(
        self,
        x0: float,
        x1: float,
        y: float,
        colour: Colour = "line",
        width: float = 1,
        dash: Sequence[float] = (),
    ) -> None:
        """A horizontal line on the pixel grid."""
        self._line(QPointF(x0, round(y) + 0.5), QPointF(x1, round(y) + 0.5), colour, width, dash)

    def vline(
        self,
        x: float,
        y0: float,
        y1: float,
        colour: Colour = "line",
        width: float = 1,
        dash: Sequence[float] = (),
    ) -> None:
        """A vertical line on the pixel grid."""
        self._line(QPointF(round(x) + 0.5, y0), QPointF(round(x) + 0.5, y1), colour, width, dash)

    def box(
        self,
        box: QRectF,
        fill: Colour | None = None,
        line: Colour | None = None,
        radius: float = 7,
        width: float = 1,
    ) -> None:
        """A rounded box; its border lies inside and on the pixel grid."""
        if fill is None:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            self.painter.setBrush(self.colour(fill))
        if line is None:
            self.painter.setPen(Qt.PenStyle.NoPen)
        else:
            self.painter.setPen(QPen(self.colour(line), width))
            box = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        self.painter.drawRoundedRect(box, radius, radius)

    def fill(self, box: QRectF, colour: Colour) -> None:
        """A plain rectangle."""
        self.painter.fillRect(box, self.colour(colour))

    def bar(self, x: float, base: float, tip: float, width: float, fill: Colour, radius: float = 0) -> None:
        """A bar from its base to its tip; only the tip is rounded."""
        if abs(tip - base) < 0.3:
            return
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour(fill))
        round_ = min(radius, width / 2, abs(tip - base))
        inner = tip + round_ if tip < base else tip - round_
        path = QPainterPath(QPointF(x, base))
        path.lineTo(x, inner)
        path.quadTo(x, tip, x + round_, tip)
        path.lineTo(x + width - round_, tip)
        path.quadTo(x + width, tip, x + width, inner)
        path.lineTo(x + width, base)
        path.closeSubpath()
        self.painter.drawPath(path)

    def hatch(self, box: QRectF, colour: Colour = "hatch", step: float = 6, width: float = 1.25) -> None:
        """A 45-degree hatch of lines: Qt's brush patterns do not scale with the pixel ratio."""
        self.painter.save()
        self.painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        self.painter.setPen(QPen(self.colour(colour), width))
        x = box.left() - box.height()
        while x < box.right():
            self.painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += step
        self.painter.restore()

    def shadow(self, box: QRectF, radius: float = 10, depth: int = 20) -> None:
        """The one elevation: stacked translucent boxes, sharp at any scale. Some 2 ms: cache the result."""
        strength = 0.0273 if self.theme.mode == "dark" else 0.0105
        self.painter.setPen(Qt.PenStyle.NoPen)
        for i in range(depth, 0, -1):
            self.painter.setBrush(self.theme.colour("shadow", strength * (1 - i / (depth + 1))))
            self.painter.drawRoundedRect(box.adjusted(-i, 3 - i, i, 3 + i), radius + i, radius + i)

    def icon(self, name: str, x: float, y: float, size: float, colour: Colour = "text_2") -> None:
        """An icon whose box starts at x, y."""
        self._icons.paint(self.painter, name, QRectF(x, y, size, size), self.colour(colour))

    def focus_ring(self, box: QRectF, radius: float) -> None:
        """2 px of focus colour and 1.5 px of paper inside it: seen on any ground."""
        self.box(box, None, "focus", radius, 2)
        self.box(box.adjusted(2, 2, -2, -2), None, "page", max(radius - 1.5, 0), 1.5)

    def _line(self, a: QPointF, b: QPointF, colour: Colour, width: float, dash: Sequence[float]) -> None:
        pen = QPen(self.colour(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash:
            pen.setDashPattern(list(dash))
        self.painter.setPen(pen)
        self.painter.drawLine(a, b)
