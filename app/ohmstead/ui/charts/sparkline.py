"""The last 24 hours in a strip: Home's chart where there is no room for one.

Same colours and order as everywhere: sun at the line, grid on top of it, sold below; gaps hatched. It has no axis
and no readout: the page's figures and Usage hold the numbers. Not here: the day chart (``charts.day_chart``).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.charts.bars import runs
from ohmstead.ui.presenters.home_views import SparkModel
from ohmstead.ui.presenters.view_models import Mark
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

HIGH = 92
_WORDS = 20  # room for the words below


class Sparkline(Painted):
    """The strip with the times of its two ends."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._spark: SparkModel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_spark(self, spark: SparkModel | None) -> None:
        """Show other hours; None shows nothing."""
        self._spark = spark
        self.setAccessibleName(spark.spoken if spark is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        spark = self._spark
        if spark is None:
            return
        count = len(spark.grid)
        up = max(float((spark.grid + spark.sun).max(initial=0)), 0.05)
        down = float(spark.sold.max(initial=0))
        plot = self.height() - _WORDS
        unit = (plot - 4) / (up + down)
        zero = round(2 + up * unit)
        pitch = self.width() / count
        with self.look.brush(self) as brush:
            for a, b in runs(spark.flags, Mark.GAP):
                brush.hatch(QRectF(round(a * pitch), 0, max(round((b - a) * pitch), 1), zero))
            for i in np.flatnonzero(spark.flags == 0).tolist():
                x = round(i * pitch)
                wide = max(round((i + 1) * pitch) - x - (1 if pitch >= 3 else 0), 1)
                sun, grid, sold = (float(v[i]) * unit for v in (spark.sun, spark.grid, spark.sold))
                brush.bar(x, zero, zero - sun, wide, "sun")
                brush.bar(x, zero - sun, zero - sun - grid, wide, "grid")
                brush.bar(x, zero + 1, zero + 1 + sold, wide, "sold")
            brush.hline(0, self.width(), zero, "chart_zero")
            y = self.height() - 15
            brush.text(0, y, spark.start, "micro", "text_3")
            brush.text(self.width(), y, spark.end, "micro", "text_3", "right")
