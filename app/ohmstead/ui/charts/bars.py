"""Painting the bars of an energy chart.

Sun stands at the line, grid on top of it, sold below. Each kind of interval looks like what it is: hatched
ground is not measured, an outline with hatch is estimated, a stub is still coming. Bars snap to pixels; bars
under 5 px are square and batched, bars under 1 px are drawn as the highest of each pixel column.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from ohmstead.ui.charts.plotting import Mapping
from ohmstead.ui.presenters.view_models import ChartModel, Flags, Floats, Mark
from ohmstead.ui.theme.paint import Brush

ROUND_FROM_PX = 5
STUB_PX = 26
GLYPH_PX = 14


def runs(flags: Flags, mark: Mark) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of each run of bars that carry a mark."""
    on = (flags & np.uint8(mark)) != 0
    if not on.any():
        return iter(())
    edges = np.flatnonzero(np.diff(np.concatenate(([False], on, [False])).astype(np.int8)))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def paint_bars(brush: Brush, chart: ChartModel, at: Mapping) -> None:
    """Paint everything between the axes."""
    count = len(chart)
    first = max(int(at.view.left()), 0)
    last = min(int(np.ceil(at.view.right())), count)
    left, right = at.x(at.view.left()), at.x(at.view.right())
    high, zero = at.y(at.view.bottom()), round(at.y(0))
    for value, _ in chart.marks:
        if value:
            brush.hline(left, right, at.y(value), "chart_grid")
    for mark, colour in ((Mark.GAP, "hatch"), (Mark.SEALED, "others_strong")):
        for a, b in runs(chart.flags, mark):
            if b <= first or a >= last:
                continue
            box = QRectF(round(at.x(a)), high, max(round(at.x(b)) - round(at.x(a)), 1), zero - high)
            brush.hatch(box, colour)
            if mark is Mark.SEALED and box.width() >= GLYPH_PX:
                brush.icon("lock", box.center().x() - 7, box.top() + 6, GLYPH_PX)
    _stubs(brush, chart, at, zero)
    if at.x(1) - at.x(0) < ROUND_FROM_PX:
        _thin(brush, chart, at, zero, first, last)
    else:
        for i in range(first, last):
            _bar(brush, chart, at, zero, i)
    brush.hline(left, right, zero, "chart_zero")
    if chart.usual is not None:
        if chart.usual_ticks:
            _then(brush, chart, chart.usual, at, first, last)
        else:
            _usual(brush, chart.usual, at, first, last)
    _glyphs(brush, chart, at, zero, high)


def _bar(brush: Brush, chart: ChartModel, at: Mapping, zero: float, i: int) -> None:
    x0, x1 = at.x(i), at.x(i + 1)
    width = max(1.0, round((x1 - x0) * chart.fill))
    x = round((x0 + x1 - width) / 2)
    sun, grid, sold = float(chart.sun[i]), float(chart.grid[i]), float(chart.sold[i])
    y_sun = round(at.y(sun) * 2) / 2 if sun > 0 else zero
    y_top = round(at.y(sun + grid) * 2) / 2 if grid > 0 else y_sun
    guessed = float(chart.estimated[i])
    if guessed > 0 and guessed >= (sun + grid) * 0.999:
        _guess(brush, QRectF(x, y_top, width, zero - y_top), chart.quantity.ink)
    else:
        brush.bar(x, zero, y_sun, width, "sun", 1.5 if y_top >= y_sun else 0)
        brush.bar(x, y_sun, y_top, width, chart.quantity.ink, 1.5)
        if guessed > 0:
            edge = max(round(at.y(sun + grid - guessed)), y_top + 4)
            _guess(brush, QRectF(x, y_top, width, edge - y_top), chart.quantity.ink)
    if sold > 0:
        brush.bar(x, zero + 1, round(at.y(-sold) * 2) / 2 + 1, width, "sold", 1.5)


def _guess(brush: Brush, box: QRectF, ink: str) -> None:
    """An estimate: outline with hatch on paper."""
    brush.fill(box, "page")
    brush.hatch(box.adjusted(1, 1, -1, -1), brush.theme.colour(ink, 0.5), 4, 1)
    brush.box(box, None, ink, radius=1)


def _stubs(brush: Brush, chart: ChartModel, at: Mapping, zero: float) -> None:
    """Stubs on the line where pages are still coming, so that the axis does not move later."""
    brush.painter.setPen(Qt.PenStyle.NoPen)
    for a, b in runs(chart.flags, Mark.COMING):
        if at.x(a + 1) - at.x(a) < ROUND_FROM_PX:
            brush.fill(QRectF(at.x(a), zero - STUB_PX - 2, at.x(b) - at.x(a), STUB_PX), "sunken")
            continue
        for i in range(a, b):
            x0, x1 = at.x(i), at.x(i + 1)
            width = round((x1 - x0) * chart.fill)
            brush.fill(QRectF(round((x0 + x1 - width) / 2), zero - STUB_PX - 2, width, STUB_PX), "sunken")


def _thin(brush: Brush, chart: ChartModel, at: Mapping, zero: float, first: int, last: int) -> None:
    """Square bars, one batch per series; estimates are half as strong."""
    if last <= first:
        return
    part = slice(first, last)
    sun, grid, sold = chart.sun[part], chart.grid[part], chart.sold[part]
    guess = chart.estimated[part] > 0
    left, right, count = at.x(first), at.x(last), last - first
    if right - left < count:
        # More bars than pixels: one column a pixel, as high as the highest of its bars.
        columns = max(int(right - left), 1)
        starts = np.arange(columns) * count // columns
        sun, grid, sold = (np.maximum.reduceat(values, starts) for values in (sun, grid, sold))
        guess = np.logical_and.reduceat(guess, starts)
        x = np.round(left) + np.arange(columns + 1)
    else:
        x = np.round(left + (right - left) * np.arange(count + 1) / count)
    unit = at.y(0) - at.y(1)
    wide = np.maximum(1, np.diff(x) - (1 if x[1] - x[0] >= 4 else 0))
    top = zero - sun * unit
    for y, tall, name in (
        (top, sun * unit, "sun"),
        (top - grid * unit, grid * unit, chart.quantity.ink),
        (np.full(len(sold), zero + 1.0), sold * unit, "sold"),
    ):
        for chosen, colour in ((~guess, brush.colour(name)), (guess, brush.theme.mix(name, "page", 0.5))):
            pick = chosen & (tall > 0.2)
            if pick.any():
                brush.painter.setPen(Qt.PenStyle.NoPen)
                brush.painter.setBrush(colour)
                brush.painter.drawRects(
                    [
                        QRectF(*box)
                        for box in zip(
                            x[:-1][pick].tolist(),
                            y[pick].tolist(),
                            wide[pick].tolist(),
                            tall[pick].tolist(),
                            strict=True,
                        )
                    ]
                )


def _usual(brush: Brush, usual: Floats, at: Mapping, first: int, last: int) -> None:
    """The dashed step line of what is compared; it breaks where there is nothing to compare with."""
    pen = QPen(brush.colour("usual"), 1.25)
    pen.setDashPattern([3, 2.5])
    brush.painter.setPen(pen)
    points: list[QPointF] = []
    for i, value in enumerate(usual[first:last].tolist(), first):
        if np.isnan(value):
            if points:
                brush.painter.drawPolyline(QPolygonF(points))
            points = []
            continue
        points += [QPointF(at.x(i), at.y(value)), QPointF(at.x(i + 1), at.y(value))]
    if points:
        brush.painter.drawPolyline(QPolygonF(points))


def _then(brush: Brush, chart: ChartModel, then: Floats, at: Mapping, first: int, last: int) -> None:
    """A 2-px tick over each bar for the same time a period earlier: never a second set of bars."""
    brush.painter.setPen(Qt.PenStyle.NoPen)
    for i in range(first, min(last, len(then))):
        if np.isnan(then[i]):
            continue
        x0, x1 = at.x(i), at.x(i + 1)
        width = max(2.0, round((x1 - x0) * min(chart.fill + 0.14, 1)))
        brush.fill(QRectF(round((x0 + x1 - width) / 2), round(at.y(float(then[i]))) - 1, width, 2), "usual")


def _glyphs(brush: Brush, chart: ChartModel, at: Mapping, zero: float, high: float) -> None:
    """A clock below each run of doubt; a line where another meter begins. Below or between bars, never on."""
    for a, b in runs(chart.flags, Mark.DOUBT):
        below = at.y(-float(chart.sold[a:b].max()))
        brush.icon("clock", (at.x(a) + at.x(b)) / 2 - GLYPH_PX / 2, max(zero, below) + 4, GLYPH_PX)
    for a, _ in runs(chart.flags, Mark.REPLACED):
        brush.vline(at.x(a), high, zero + 6, "text_2")
        brush.icon("meter", at.x(a) - GLYPH_PX / 2, zero + 7, GLYPH_PX)
