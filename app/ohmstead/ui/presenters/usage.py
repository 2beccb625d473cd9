"""The Usage page as a view model: loaded data in, what to show out. Qt-free.

Three series: from the grid (import), sun used at home (generation − export), sold (export). Where the meter
has no generation register the second is not shown, and nothing is guessed. Not here: loading
(``presenters.usage_data``), sentences (``presenters.usage_words``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.store.series import NO_GENERATION
from ohmstead.ui.presenters import usage_words
from ohmstead.ui.presenters.clock import MeterClock, zone_words
from ohmstead.ui.presenters.periods import Period, Span, as_date, title_of
from ohmstead.ui.presenters.usage_bars import Bars, day_bars, slot_bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.usage_heat import heat_of
from ohmstead.ui.presenters.view_models import ChartModel, Floats, LegendEntry, Mark, PageState, UsageView
from ohmstead.ui.presenters.wording import Wording

WH_PER_KWH = 1000.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MIN_USUAL = 3  # fewer earlier days than this are no custom


def present(data: UsageData, words: Wording) -> UsageView:
    """The page for loaded data. Pure; main thread or any."""
    if data.period is None or data.zone is None:
        return UsageView(PageState.EMPTY, words.tr("Usage"), (), (), None, None, "", "", "", False, False)
    zone, period = data.zone, data.period
    fine = _fine_bars(data, zone, period)
    bars, heads, ticks, usual = _gathered(data, zone, period, fine, words)
    has_sun = _has_sun(data)
    before = _before(data)
    heat = heat_of(data, zone, period, words, has_sun) if data.request.heat else None
    chart = None if heat is not None else _chart(data, bars, heads, ticks, usual, has_sun, words)
    here, expected = fine.records.sum(), fine.slots.sum()
    return UsageView(
        state=PageState.PARTIAL if data.coming or here < expected else PageState.FULL,
        title=title_of(period, words, data.today),
        figures=usage_words.figures(
            period, fine, has_sun, usual, before, _running(data, fine, period), words
        ),
        legend=_legend(bars, has_sun, usual, period, words),
        chart=chart,
        heat=heat,
        unit_words=usage_words.unit_words(period.span, heat is not None, words),
        foot=usage_words.foot(data, zone, period, fine, words),
        foot_right=words.tr("Times of the meter: {zone}", zone=zone_words(zone)),
        can_go_back=period.span is not Span.ALL and _reaches(data, zone, period.first - 1),
        can_go_on=period.span is not Span.ALL and period.last < data.today and period.last < zone.days[-1],
        progress=usage_words.progress(data, zone, words),
    )


def _running(data: UsageData, fine: Bars, period: Period) -> bool:
    """Whether more of the period is still to be read."""
    return period.last >= data.today or bool((fine.flags & np.uint8(Mark.AHEAD) != 0)[-1:].any())


def _reaches(data: UsageData, zone: ZoneTable, day: int) -> bool:
    """Whether going back to a day can show anything: readings from it or before it, here or coming."""
    if data.extent is None or day not in zone.days:
        return False
    return data.coming or data.extent.first_slot <= zone.slots_of(day)[-1]


def _fine_bars(data: UsageData, zone: ZoneTable, period: Period) -> Bars:
    """The finest bars that were loaded: slots for a day or week, days for the rest."""
    if data.days is not None:
        return day_bars(data, data.days, period.first, period.last)
    assert data.intervals is not None
    first, last = max(period.first, zone.days[0]), min(period.last, zone.days[-1])
    return slot_bars(data, data.intervals, zone.slots_of(first)[0], zone.slots_of(last)[-1])


def _gathered(
    data: UsageData, zone: ZoneTable, period: Period, fine: Bars, words: Wording
) -> tuple[Bars, Sequence[str], list[tuple[float, str]], Floats | None]:
    """The bars that the span shows, each bar's name, the time axis, and the usual day in kWh."""
    if period.span is Span.DAY:
        clock = MeterClock(zone)
        slots = zone.slots_of(period.first)
        heads = [f"{clock.time(s)} – {clock.end(s)}" for s in slots]
        ticks = [(float(s - slots[0]), clock.time(s)) for s in slots if clock.minutes(s) % 180 == 0]
        return fine, heads, [*ticks, (float(len(slots)), "24:00")], _usual(data)
    if period.span is Span.WEEK:
        return _hours(zone, period, fine, words)
    if period.span is Span.MONTH:
        heads = [words.day(day, weekday=True) for day in period.days]
        return fine, heads, [(i + 0.5, str(as_date(d).day)) for i, d in enumerate(period.days)], None
    starts = [i for i, day in enumerate(period.days) if as_date(day).day == 1]
    months = [as_date(period.first + i) for i in starts]
    heads = [words.month(m.year, m.month) for m in months]
    if len(months) <= 24:
        ticks = [(i + 0.5, words.short_month(m.month)) for i, m in enumerate(months)]
    else:
        ticks = [(float(i), str(m.year)) for i, m in enumerate(months) if m.month == 1]
    return fine.gathered(starts, any_gap=False), heads, ticks, None


def _hours(
    zone: ZoneTable, period: Period, fine: Bars, words: Wording
) -> tuple[Bars, Sequence[str], list[tuple[float, str]], None]:
    """A week as hours: local days begin their own hours, whatever their length."""
    clock = MeterClock(zone)
    starts: list[int] = []
    heads: list[str] = []
    ticks: list[tuple[float, str]] = []
    days = [day for day in period.days if day in zone.days]
    first = zone.slots_of(days[0])[0]
    for day in days:
        slots = zone.slots_of(day)
        hours = range(slots[0], slots[-1] + 1, 4)
        ticks.append(
            (
                len(starts) + len(hours) / 2,
                words.day(day) if len(days) < 7 else f"{words.short_weekday(day)} {as_date(day).day}",
            )
        )
        for slot in hours:
            starts.append(slot - first)
            last = min(slot + 3, slots[-1])
            heads.append(f"{words.day(day, weekday=True)}, {clock.time(slot)} – {clock.end(last)}")
    return fine.gathered(starts, any_gap=True), heads, ticks, None


def _usual(data: UsageData) -> Floats | None:
    """Mean use of the house in kWh per slot over earlier days of this weekday, None where there are few."""
    if len(data.usual) < MIN_USUAL:
        return None
    total = np.zeros(len(data.usual[0]))
    for series in data.usual:
        own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
        total += series.import_wh + np.maximum(own, 0)
    mean: Floats = total / len(data.usual) / WH_PER_KWH
    return mean


def _before(data: UsageData) -> Bars | None:
    """The same period a year earlier, where all of it was read."""
    if data.before is None or data.zone is None or not len(data.before):
        return None
    first, last = int(data.before.day[0]), int(data.before.day[-1])
    bars = day_bars(data, data.before, first, last)
    whole = last - first + 1 == len(data.before) and bool((bars.records == bars.slots).all())
    long_enough = data.period is not None and last - first + 1 >= len(data.period.days) - 1
    return bars if whole and long_enough and not bars.missing.any() else None


def _has_sun(data: UsageData) -> bool:
    if data.days is not None:
        return bool((data.days.generation_wh != NO_GENERATION).any())
    return data.intervals is not None and data.intervals.has_generation


def _chart(
    data: UsageData,
    bars: Bars,
    heads: Sequence[str],
    ticks: list[tuple[float, str]],
    usual: Floats | None,
    has_sun: bool,
    words: Wording,
) -> ChartModel:
    grid, sun, sold, estimated = (v / WH_PER_KWH for v in (bars.grid, bars.sun, bars.sold, bars.estimated))
    up, down = _reach(data, grid + sun, sold, usual)
    step = nice_step(up)
    top = max(math.ceil(up / step - 1e-9), 1) * step
    bottom = max(down * 1.12, top * 0.06) if down else top * 0.03
    decimals = 0 if step >= 1 and step == int(step) else 1 if round(step * 10, 6) % 1 == 0 else 2
    marks = [(i * step, words.number(i * step, decimals if i else 0)) for i in range(round(top / step) + 1)]
    marks += [(-i * step, words.number(i * step, decimals)) for i in range(1, int(bottom / step) + 1)]
    fill = 0.78 if data.request.span in (Span.DAY, Span.WEEK) else 0.68
    return ChartModel(
        grid,
        sun,
        sold,
        estimated,
        bars.flags,
        heads,
        ticks,
        marks,
        top,
        bottom,
        usage_words.unit_words(data.request.span, False, words),
        3 if data.request.span in (Span.DAY, Span.WEEK) else 2,
        fill,
        has_sun,
        usual,
    )


def _reach(data: UsageData, up: Floats, down: Floats, usual: Floats | None) -> tuple[float, float]:
    """How far the axis must reach up and down in kWh.

    A day's axis is that of its month (95th percentile of the days' peaks), raised only by the day itself, so
    that bars do not breathe from day to day.
    """
    high, low = float(up.max(initial=0.0)), float(down.max(initial=0.0))
    if usual is not None:
        high = max(high, float(usual.max()))
    if data.around is not None and len(data.around) and data.zone is not None:
        series = data.around
        day = series.slot // 96
        starts = np.flatnonzero(np.diff(day, prepend=day[0] - 1))
        own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
        measured = np.where(series.status == 2, 0, series.import_wh + np.maximum(own, 0)) / WH_PER_KWH
        out = np.where(series.status == 2, 0, series.export_wh) / WH_PER_KWH
        high = max(high, float(np.percentile(np.maximum.reduceat(measured, starts), 95)))
        low = max(low, float(np.percentile(np.maximum.reduceat(out, starts), 95)))
    return high if high > 0 else 0.5, low


def nice_step(reach: float) -> float:
    """The round step that divides a reach into three to five parts."""
    scale = 10.0 ** math.floor(math.log10(reach / 5))
    for step in _STEPS:
        if reach / (step * scale) <= 5:
            return step * scale
    return 10.0 * scale


def _legend(
    bars: Bars, has_sun: bool, usual: Floats | None, period: Period, words: Wording
) -> tuple[LegendEntry, ...]:
    """Only what this view contains, and all of it, in stack order."""
    flags = int(np.bitwise_or.reduce(bars.flags)) if len(bars) else 0
    entries = [LegendEntry("grid", words.tr("From the grid"))]
    if has_sun:
        entries.append(LegendEntry("sun", words.tr("Sun used at home")))
    if has_sun or bars.sold.any():
        entries.append(LegendEntry("sold", words.tr("Sold")))
    if usual is not None:
        entries.append(LegendEntry("usual", words.tr("Usual use on this weekday")))
    fine = period.span in (Span.DAY, Span.WEEK)
    for mark, kind, text in (
        (Mark.GAP, "gap", words.tr("No reading") if fine else words.tr("No reading at all")),
        (Mark.SEALED, "sealed", words.tr("No key here")),
        (Mark.ESTIMATED, "estimated", words.tr("Estimated") if fine else words.tr("Partly estimated")),
        (Mark.DOUBT, "clock", words.tr("Clock in doubt")),
        (Mark.REPLACED, "replaced", words.tr("New meter")),
        (Mark.COMING, "coming", words.tr("Still on its way")),
    ):
        if flags & mark:
            entries.append(LegendEntry(kind, text))
    return tuple(entries)
