"""The Usage page as a view model: loaded data in, what to show out. Qt-free.

Three series: from the grid (import), sun used at home (generation − export), sold (export); or their balance.
Where the meter has no generation register the second is not shown, and nothing is guessed. Not here: loading
(``usage_data``), layout (``usage_layout``), sentences (``usage_words``).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.store.series import NO_GENERATION
from ohmstead.ui.presenters import usage_figures, usage_words
from ohmstead.ui.presenters.clock import MeterClock, zone_words
from ohmstead.ui.presenters.comparison import Compared, aligned, complete
from ohmstead.ui.presenters.periods import Period, Span, as_date, settled, short_title_of, title_of
from ohmstead.ui.presenters.quantities import ELECTRICITY, Quantity, quantity_of
from ohmstead.ui.presenters.usage_bars import Bars, day_bars, slot_bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.usage_heat import heat_of
from ohmstead.ui.presenters.usage_layout import Laid, lay, lay_level
from ohmstead.ui.presenters.view_models import ChartModel, Floats, LegendEntry, Mark, PageState, UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import level_of

WH_PER_KWH = ELECTRICITY.per
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MIN_USUAL = 3  # fewer earlier days than this are no custom


def present(data: UsageData, words: Wording) -> UsageView:
    """The page for loaded data. Pure; main thread or any."""
    if data.period is None or data.zone is None:
        return UsageView(PageState.EMPTY, words.tr("Usage"), (), (), None, None, "", "", "", False, False)
    zone, period, request = data.zone, data.period, data.request
    fine = _fine_bars(data, zone, period)
    laid, part = _laid(data, zone, period, fine, words)
    seen = fine if part is None else laid.bars.part(*part)
    has_sun = _has_sun(data)
    then = _then(data, zone, laid, words)
    quantity = quantity_of(request.channel)
    usual = _usual(data, quantity)
    heat = heat_of(data, zone, period, words, has_sun) if request.heat else None
    against = settled(request.span, request.against)
    chart = None if heat is not None else _chart(data, laid, part, then, usual, has_sun, words)
    here, expected = seen.records.sum(), seen.slots.sum()
    running = _running(data, seen, period)
    noted = usage_figures.Noted(laid.bars, usual, then, complete(laid.bars), against, running)
    limits = _edges(data, zone, period)
    shown = period if part is None else _days_shown(zone, laid, part)
    return UsageView(
        state=PageState.PARTIAL if data.coming or here < expected else PageState.FULL,
        title=_title(data, shown, words),
        figures=usage_figures.figures(period, seen, has_sun, request.net, noted, quantity, words),
        legend=_legend(laid.bars, has_sun, data.intervals is not None, chart, words),
        chart=chart,
        heat=heat,
        unit_words=usage_words.unit_words(data, heat is not None, words),
        foot=usage_words.foot(data, zone, shown, seen, words),
        foot_right=words.tr("Times of the meter: {zone}", zone=zone_words(zone)),
        can_go_back=limits[0],
        can_go_on=limits[1],
        progress=usage_words.progress(data, zone, words),
        comparisons=usage_figures.comparisons(period, words),
        against=against,
        short_title=short_title_of(shown, words),
        quantities=(ELECTRICITY, *map(quantity_of, data.utilities)) if data.utilities else (),
    )


def _edges(data: UsageData, zone: ZoneTable, period: Period) -> tuple[bool, bool]:
    """Whether there is something to show before the period, and after it."""
    window, extent = data.request.window, data.extent
    if period.span is Span.ALL or extent is None:
        return False, False
    if window is not None:
        return window[0] > extent.first_slot, window[1] <= extent.last_slot
    return _reaches(data, zone, period.first - 1), period.last < data.today and period.last < zone.days[-1]


def _running(data: UsageData, bars: Bars, period: Period) -> bool:
    """Whether more of the period is still to be read."""
    return period.last >= data.today or bool((bars.flags & np.uint8(Mark.AHEAD) != 0)[-1:].any())


def _reaches(data: UsageData, zone: ZoneTable, day: int) -> bool:
    """Whether going back to a day can show anything: readings from it or before it, here or coming."""
    if data.extent is None or day not in zone.days:
        return False
    return data.coming or data.extent.first_slot <= zone.slots_of(day)[-1]


def _fine_bars(data: UsageData, zone: ZoneTable, period: Period) -> Bars:
    """The finest bars that were loaded: slots for a day, a week or a close stretch, days for the rest."""
    if data.days is not None:
        return day_bars(data, data.days, period.first, period.last)
    assert data.intervals is not None
    first, last = max(period.first, zone.days[0]), min(period.last, zone.days[-1])
    return slot_bars(data, data.intervals, zone.slots_of(first)[0], zone.slots_of(last)[-1])


def _laid(
    data: UsageData, zone: ZoneTable, period: Period, fine: Bars, words: Wording
) -> tuple[Laid, tuple[int, int] | None]:
    """The bars, and which of them a chosen stretch shows (first, after the last); None for all."""
    window = data.request.window
    if window is None:
        return lay(zone, period, fine, words), None
    laid = lay_level(zone, period, fine, level_of(window), window[1] - window[0], words)
    first = int(np.searchsorted(laid.starts, window[0], "right")) - 1
    last = int(np.searchsorted(laid.starts, window[1], "left"))
    first = min(max(first, 0), len(laid.bars) - 1)
    return laid, (first, min(max(last, first + 1), len(laid.bars)))


def _days_shown(zone: ZoneTable, laid: Laid, part: tuple[int, int]) -> Period:
    """The days that a chosen stretch shows, as far as the zone table reaches."""
    low, high = zone.slots_of(zone.days[0])[0], zone.slots_of(zone.days[-1])[-1]
    slots = int(laid.starts[part[0]]), int(laid.starts[part[1]]) - 1
    first, last = (zone.day_of(min(max(slot, low), high)) for slot in slots)
    return Period(Span.FREE, first, last)


def _title(data: UsageData, shown: Period, words: Wording) -> str:
    if shown.span is not Span.FREE:
        return title_of(shown, words, data.today)
    if shown.first == shown.last:
        day = words.day(shown.first, weekday=True, year=as_date(shown.first).year != as_date(data.today).year)
        return _part_of_day(data, shown.first, day, words)
    return title_of(replace(shown, span=Span.WEEK), words, data.today)


def _part_of_day(data: UsageData, shown: int, day: str, words: Wording) -> str:
    """*Sunday 25 May, 04:15 to 14:00*: hours are said where not the whole day is shown."""
    window, zone = data.request.window, data.zone
    if window is None or zone is None:
        return day
    slots = zone.slots_of(shown)
    first, last = max(int(window[0]), slots[0]), min(int(window[1]) - 1, slots[-1])
    if (first, last) == (slots[0], slots[-1]) or first > last:
        return day
    clock = MeterClock(zone)
    return words.tr("{day}, {start} to {end}", day=day, start=clock.time(first), end=clock.end(last))


def _usual(data: UsageData, quantity: Quantity) -> Floats | None:
    """Mean use of the house (or balance) in shown units per slot over earlier days of this weekday.

    None where there are few.
    """
    if len(data.usual) < MIN_USUAL:
        return None
    total = np.zeros(len(data.usual[0]))
    for series in data.usual:
        if data.request.net:
            total += series.import_wh - series.export_wh
            continue
        own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
        total += series.import_wh + np.maximum(own, 0)
    mean: Floats = total / len(data.usual) / quantity.per
    return mean


def _then(data: UsageData, zone: ZoneTable, laid: Laid, words: Wording) -> Compared | None:
    """The earlier period beside the bars shown; None where nothing of it was read whole."""
    earlier = data.earlier
    if earlier is None or earlier.last < zone.days[0]:
        return None
    if data.then_intervals is not None:
        first, last = max(earlier.first, zone.days[0]), min(earlier.last, zone.days[-1])
        fine = slot_bars(data, data.then_intervals, zone.slots_of(first)[0], zone.slots_of(last)[-1])
    elif data.then_days is not None:
        fine = day_bars(data, data.then_days, earlier.first, earlier.last)
    else:
        return None
    then = lay(zone, earlier, fine, words)
    found = aligned(laid.keys, then.bars, then.keys)
    return found if found.known.any() else None


def _has_sun(data: UsageData) -> bool:
    if data.days is not None:
        return bool((data.days.generation_wh != NO_GENERATION).any())
    return data.intervals is not None and data.intervals.has_generation


def _chart(
    data: UsageData,
    laid: Laid,
    part: tuple[int, int] | None,
    then: Compared | None,
    usual: Floats | None,
    has_sun: bool,
    words: Wording,
) -> ChartModel:
    bars, request = laid.bars, data.request
    quantity = quantity_of(request.channel)
    grid, sun, sold, estimated = (v / quantity.per for v in (bars.grid, bars.sun, bars.sold, bars.estimated))
    if request.net:
        balance = grid - sold
        grid, sold, sun = np.maximum(balance, 0.0), np.maximum(-balance, 0.0), np.zeros(len(bars))
        estimated = np.where(bars.flags & np.uint8(Mark.ESTIMATED) != 0, np.minimum(estimated, grid), 0.0)
    name = words.tr("Usual use on this weekday")
    if then is not None and data.earlier is not None:
        usual = (then.grid - then.sold if request.net else then.grid + then.sun) / quantity.per
        name = title_of(data.earlier, words, data.today)
    up, down = _reach(data, grid + sun, sold, usual, part, quantity.per)
    step = nice_step(up)
    top = max(math.ceil(up / step - 1e-9), 1) * step
    bottom = max(down * 1.12, top * 0.06) if down else top * 0.03
    decimals = 0 if step >= 1 and step == int(step) else 1 if round(step * 10, 6) % 1 == 0 else 2
    marks = [(i * step, words.number(i * step, decimals if i else 0)) for i in range(round(top / step) + 1)]
    marks += [(-i * step, words.number(i * step, decimals)) for i in range(1, int(bottom / step) + 1)]
    close = data.intervals is not None
    return ChartModel(
        grid,
        sun,
        sold,
        estimated,
        bars.flags,
        laid.heads,
        laid.ticks,
        marks,
        top,
        bottom,
        usage_words.unit_words(data, False, words),
        quantity.fine if close else quantity.coarse,
        0.78 if close else 0.68,
        has_sun and not request.net,
        usual,
        name if usual is not None else "",
        request.span in (Span.MONTH, Span.YEAR),
        laid.starts,
        request.net,
        quantity,
    )


def _reach(
    data: UsageData, up: Floats, down: Floats, usual: Floats | None, part: tuple[int, int] | None, per: float
) -> tuple[float, float]:
    """How far the axis must reach up and down in shown units, of which each has ``per`` of the meter's.

    A day's axis is that of its month (95th percentile of the days' peaks), raised only by the day itself, so
    that bars do not breathe from day to day. A stretch's is that of its bars and of all but the highest of
    those round it, so that panning seldom changes it.
    """
    seen = slice(None) if part is None else slice(*part)
    high, low = float(up[seen].max(initial=0.0)), float(down[seen].max(initial=0.0))
    if part is not None:
        high, low = max(high, _share(up, 0.98)), max(low, _share(down, 0.98))
    if usual is not None and np.isfinite(usual).any():
        high = max(high, float(np.nanmax(usual)))
        low = max(low, -float(np.nanmin(usual)))
    if data.around is not None and len(data.around) and data.zone is not None:
        series = data.around
        day = series.slot // 96
        starts = np.flatnonzero(np.diff(day, prepend=day[0] - 1))
        own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
        if data.request.net:
            own = np.zeros(len(series))
        measured = np.where(series.status == 2, 0, series.import_wh + np.maximum(own, 0)) / per
        out = np.where(series.status == 2, 0, series.export_wh) / per
        high = max(high, _share(np.maximum.reduceat(measured, starts), 0.95))
        low = max(low, _share(np.maximum.reduceat(out, starts), 0.95))
    return high if high > 0 else 0.5, low


def _share(values: Floats, share: float) -> float:
    """What this share of the values stays within, interpolated between two of them.

    As ``numpy.percentile`` does it, which loads masked arrays when it is first called: 40 ms of the window's
    thread.
    """
    ordered = np.sort(values)
    return float(np.interp(share * (len(ordered) - 1), np.arange(len(ordered)), ordered))


def nice_step(reach: float) -> float:
    """The round step that divides a reach into three to five parts."""
    scale = 10.0 ** math.floor(math.log10(reach / 5))
    for step in _STEPS:
        if reach / (step * scale) <= 5:
            return step * scale
    return 10.0 * scale


def _legend(
    bars: Bars, has_sun: bool, fine: bool, chart: ChartModel | None, words: Wording
) -> tuple[LegendEntry, ...]:
    """Only what this view contains, and all of it, in stack order."""
    if chart is None:
        return ()
    flags = int(np.bitwise_or.reduce(bars.flags)) if len(bars) else 0
    if chart.net:
        entries = [
            LegendEntry("grid", words.tr("More came in than went out")),
            LegendEntry("sold", words.tr("More went out than came in")),
        ]
    else:
        entries = [LegendEntry(chart.quantity.ink, chart.quantity.used(words))]
        if has_sun:
            entries.append(LegendEntry("sun", words.tr("Sun used at home")))
        if has_sun or bars.sold.any():
            entries.append(LegendEntry("sold", words.tr("Sold")))
    if chart.usual is not None:
        entries.append(LegendEntry("then" if chart.usual_ticks else "usual", chart.usual_words))
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
