"""Charts over ten years of quarter hours: from query to drawn, and a frame while panning.

Budgets (DESIGN §14): any chart <= 100 ms, a panning frame <= 16 ms median, software raster, 1280 × 800.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from ohmstead.store.readings import Readings
from ohmstead.ui.application import Desktop
from ohmstead.ui.charts.day_chart import DayChart
from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.heat_map import HeatMap
from ohmstead.ui.presenters.home import present_home
from ohmstead.ui.presenters.home_data import HomeRequest, MirrorHome
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_bars import Bars, slot_bars
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageRequest
from ohmstead.ui.presenters.view_models import ChartModel
from tests.ui.solar_home import METER, Home, fill

RUNS = 7
FRAMES = 60
BUDGET_MS, FRAME_MS = 100, 16


def _draw(widget: QWidget) -> None:
    picture = QPixmap(widget.size())
    widget.render(picture)


def _ten_years(bars: Bars) -> ChartModel:
    """All quarter hours as one chart, for panning: far more bars than any page shows."""
    count = len(bars)
    return ChartModel(
        bars.grid / 1000,
        bars.sun / 1000,
        bars.sold / 1000,
        bars.estimated / 1000,
        bars.flags,
        [""] * count,
        (),
        ((0.0, "0"), (1.0, "1")),
        2.0,
        0.6,
        "kWh per quarter hour",
        3,
        0.78,
        True,
    )


def _home_ms(home: Home, desktop: Desktop) -> float:
    """Home from its query to its chart drawn: a source of its own each time, as after a start."""
    chart = DayChart(desktop.look, desktop.wording)
    chart.resize(702, 383)
    start = time.perf_counter()
    data = MirrorHome(home.path, METER).load(HomeRequest(home.end_s - 1, 1))
    view = present_home(data, desktop.wording, now_s=home.end_s - 1, away=False, prices=Prices(), seen_s=0)
    if view.chart is not None:
        chart.show_day(view.chart, "", view.now_at, view.pending)
        _draw(chart)
    return (time.perf_counter() - start) * 1000


def run() -> dict[str, object]:
    """Medians in ms, and the share of the budget that the slowest takes."""
    desktop = Desktop(["bench"], lambda caught: print(caught), "light")
    chart, heat = EnergyChart(desktop.look, desktop.wording), HeatMap(desktop.look, desktop.wording)
    for widget in (chart, heat):
        widget.resize(996, 520)
        widget.ensurePolished()
    with tempfile.TemporaryDirectory() as folder:
        home = fill(Path(folder) / "home.db", years=10)
        source = MirrorUsage(home.path)
        medians: dict[str, float] = {}
        for name, span, as_heat in (
            ("day", Span.DAY, False),
            ("week", Span.WEEK, False),
            ("month", Span.MONTH, False),
            ("year", Span.YEAR, False),
            ("all ten years", Span.ALL, False),
            ("heat map", Span.YEAR, True),
        ):
            times = []
            for _ in range(RUNS):
                start = time.perf_counter()
                view = present(
                    source.load(UsageRequest(span, None, as_heat, 1, home.end_s - 1)), desktop.wording
                )
                if view.heat is not None:
                    heat.show_heat(view.heat)
                    _draw(heat)
                elif view.chart is not None:
                    chart.show_chart(view.chart, "")
                    _draw(chart)
                times.append((time.perf_counter() - start) * 1000)
            medians[name] = statistics.median(times)
        end = home.last_slot + 1
        for name, days in (
            ("zoomed to a day", 1.5),
            ("zoomed to a fortnight", 14),
            ("zoomed to years", 1_200),
        ):
            width = round(days * 96)
            for at, back in (("newest", 0), ("oldest", 9 * 365 * 96)):
                window = max(end - back - width, home.first_slot - 8 * 365 * 96), end - back
                times = []
                for _ in range(RUNS):
                    start = time.perf_counter()
                    view = present(
                        source.load(UsageRequest(Span.FREE, None, False, 1, home.end_s - 1, window=window)),
                        desktop.wording,
                    )
                    if view.chart is not None:
                        chart.show_chart(view.chart, "", window, window)
                        _draw(chart)
                    times.append((time.perf_counter() - start) * 1000)
                medians[f"{name}, {at}"] = statistics.median(times)
        medians["Home"] = statistics.median(_home_ms(home, desktop) for _ in range(RUNS))
        data = source.load(UsageRequest(Span.ALL, None, False, 1, home.end_s - 1))
        readings = Readings.open(home.path)
        series = readings.intervals(METER, 0, 1 << 40)
        readings.close()
        first, last = int(series.slot[0]), int(series.slot[-1])
        bars = slot_bars(data, series, first, last)
        chart.show_chart(_ten_years(bars), "")
        frames: dict[str, float] = {}
        for name, width in (("panning a fortnight", 14 * 96), ("panning ten years", len(bars))):
            times = []
            for i in range(FRAMES):
                at = (i * 96) % max(len(bars) - width, 1)
                start = time.perf_counter()
                chart.set_window(at, at + width)
                _draw(chart)
                times.append((time.perf_counter() - start) * 1000)
            frames[name] = statistics.median(times)
    desktop.release()
    return {
        "intervals": len(series),
        **{f"{name} ms": round(ms, 1) for name, ms in {**medians, **frames}.items()},
        "query to drawn / budget": round(max(medians.values()) / BUDGET_MS, 2),
        "frame / budget": round(max(frames.values()) / FRAME_MS, 2),
        "ok": max(medians.values()) <= BUDGET_MS and max(frames.values()) <= FRAME_MS,
    }


if __name__ == "__main__":
    print(run())
