"""Home as a view model: today against a usual day, and what came before it. Qt-free.

Today's chart and sums are Usage's own (``presenters.usage``): the same number everywhere, the same gap left out.
Here: what Home adds. Not here: the live figure (``home_now``), the right column's sentences (``home_words``).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.store.series import NO_GENERATION, IntervalSeries
from ohmstead.ui.presenters import home_words
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.facts_age import Moments
from ohmstead.ui.presenters.home_data import DAY_SLOTS, HomeData
from ohmstead.ui.presenters.home_views import HomeView, Pending, Prices, SparkModel
from ohmstead.ui.presenters.usage import MIN_USUAL, WH_PER_KWH, present
from ohmstead.ui.presenters.usage_bars import Bars, slot_bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.view_models import ChartModel, LegendEntry, Mark, PageState, UsageView
from ohmstead.ui.presenters.wording import Wording

_LEFT_OUT = Mark.GAP | Mark.SEALED | Mark.ESTIMATED | Mark.DOUBT | Mark.REPLACED


def present_home(
    data: HomeData, words: Wording, *, now_s: int, away: bool, prices: Prices, seen_s: int
) -> HomeView:
    """The page for loaded data. ``away``: no link to the meter; ``seen_s``: the last visit, 0 for none."""
    usage, zone = data.today, data.zone
    if usage is None or zone is None or usage.intervals is None or data.extent is None:
        return HomeView(PageState.EMPTY, words.tr("Home"))
    shown = present(usage, words)
    slots = zone.slots_of(usage.day)
    bars = slot_bars(usage, usage.intervals, slots[0], slots[-1])
    pending = _pending(data, slots, now_s, away=away)
    is_today = usage.day == usage.today
    return HomeView(
        state=shown.state,
        title=words.day(usage.day, weekday=True),
        figures=home_words.figures(
            bars,
            usual_of(usage),
            prices,
            has_sun=shown.chart is not None and shown.chart.has_sun,
            running=is_today,
            words=words,
        ),
        chart=_chart(shown, pending),
        legend=_legend(shown, pending, words),
        unit_words=shown.unit_words,
        now_at=(now_s / SLOT_SECONDS - slots[0]) if is_today else None,
        pending=pending,
        foot=shown.foot if _left_out(bars) else "",
        spark=_spark(data, zone, now_s, words),
        visit=home_words.visit(data, zone, now_s, seen_s, words),
        yesterday=home_words.yesterday(data, zone, words),
        week_head=words.tr("This week so far"),
        week_words=home_words.week_words(data, zone, bars, words),
        week=home_words.week(data, zone, words),
        progress=shown.progress,
        day=usage.day,
    )


def usual_of(usage: UsageData) -> tuple[IntervalSeries, ...]:
    """The earlier days that make the usual one, none where they are too few to be a custom."""
    return usage.usual if len(usage.usual) >= MIN_USUAL else ()


def _left_out(bars: Bars) -> bool:
    return bool((bars.flags & np.uint8(_LEFT_OUT)).any())


def _pending(data: HomeData, slots: range, now_s: int, *, away: bool) -> Pending | None:
    """The bars that are over and not here: they are in the meter still, or not proven yet."""
    assert data.extent is not None
    first = max(data.extent.last_slot + 1, slots[0]) - slots[0]
    last = min(now_s // SLOT_SECONDS, slots[-1] + 1) - slots[0]
    return Pending(first, last, away) if last > first else None


def _chart(shown: UsageView, pending: Pending | None) -> ChartModel | None:
    chart = shown.chart
    if chart is None or pending is None or pending.away:
        return chart
    flags = chart.flags.copy()
    flags[pending.first : pending.last] = Mark.COMING
    return replace(chart, flags=flags)


def _legend(shown: UsageView, pending: Pending | None, words: Wording) -> tuple[LegendEntry, ...]:
    entries = list(shown.legend)
    if pending is not None:
        if pending.away:
            entries.append(LegendEntry("gap", words.tr("Still in the meter")))
        elif not any(entry.kind == "coming" for entry in entries):
            entries.append(LegendEntry("coming", words.tr("Not proven yet")))
    return tuple(entries)


def _spark(data: HomeData, zone: ZoneTable, now_s: int, words: Wording) -> SparkModel | None:
    """The last 24 hours of readings, gaps marked."""
    series, extent = data.last, data.extent
    if series is None or extent is None:
        return None
    place = series.slot - (extent.last_slot - DAY_SLOTS + 1)
    read = series.status != 2
    own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
    grid, sun, sold = (np.zeros(DAY_SLOTS) for _ in range(3))
    flags = np.full(DAY_SLOTS, int(Mark.AHEAD), np.uint8)
    for target, values in ((grid, series.import_wh), (sun, np.maximum(own, 0)), (sold, series.export_wh)):
        target[place] = np.where(read, values, 0) / WH_PER_KWH
    flags[place] = np.where(read, 0, int(Mark.GAP))
    clock = MeterClock(zone)
    at = Moments(zone, now_s, words)
    end_s = (extent.last_slot + 1) * SLOT_SECONDS
    spoken = words.tr(
        "The 24 hours to {time}: {grid} kWh from the grid, {sold} kWh sold",
        time=at.moment(end_s),
        grid=words.number(float(grid.sum()), 1),
        sold=words.number(float(sold.sum()), 1),
    )
    start = at.moment((extent.last_slot - DAY_SLOTS + 1) * SLOT_SECONDS)
    return SparkModel(grid, sun, sold, flags, start, clock.time(extent.last_slot + 1), spoken)
