"""Home's figures and sentences: today against a usual day, since the last visit, yesterday, this week. Qt-free.

Money is exact: Wh × µ per kWh = nano units (DESIGN §3). Every sum leaves out what Usage leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.store.series import NO_GENERATION, DaySeries, IntervalSeries
from ohmstead.ui.presenters.facts_age import Moments
from ohmstead.ui.presenters.home_data import HomeData
from ohmstead.ui.presenters.home_views import DayBar, DayLine, Prices, VisitView
from ohmstead.ui.presenters.periods import as_date
from ohmstead.ui.presenters.usage import MIN_USUAL
from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.usage_data import USUAL_WEEKS
from ohmstead.ui.presenters.usage_words import amount
from ohmstead.ui.presenters.view_models import Figure, Floats
from ohmstead.ui.presenters.wording import Wording

NANO = 10**9
SMALL_WH = 50  # a difference below this is *as usual*
RECORD_DAYS = 60  # a record needs so many days to be one
_SYMBOLS = {"EUR": "€"}


def currency_words(currency: str) -> str:
    """The unit of money after a number: the euro's sign, else the code, which needs no place of its own."""
    return _SYMBOLS.get(currency, currency)


# ---- today ------------------------------------------------------------------------------------


def figures(
    bars: Bars,
    usual: Sequence[IntervalSeries],
    prices: Prices,
    *,
    has_sun: bool,
    running: bool,
    words: Wording,
) -> tuple[Figure, ...]:
    """From the grid, sun used at home, sold, cost: each against a usual day up to the same quarter hours."""
    tr = words.tr
    read = (bars.records > 0) & (bars.missing == 0)
    if not bars.records.any():
        # Nothing was read yet: a dash, for no reading is not nothing used.
        return (Figure(tr("From the grid so far") if running else tr("From the grid"), "–", "", "", "grid"),)
    sold = float(bars.sold.sum())
    compare = bool(usual) and bool(read.any()) and all(len(s) == len(bars) for s in usual)
    means = _means(usual, read) if compare else (0.0, 0.0, 0.0)
    labels = (
        tr("From the grid so far") if running else tr("From the grid"),
        tr("Sun used at home"),
        tr("Sold"),
    )
    values = (float(bars.grid.sum()), float(bars.sun.sum()), sold)
    here = tuple(float(v[read].sum()) for v in (bars.grid, bars.sun, bars.sold))
    shown = (True, has_sun, has_sun or sold > 0)
    found = []
    for on, label, wh, now, then, swatch in zip(
        shown, labels, values, here, means, ("grid", "sun", "sold"), strict=True
    ):
        if on:
            note, arrow = difference(now - then, words, running=running) if compare else ("", "")
            found.append(Figure(label, amount(wh, words), "kWh", note, swatch, arrow))
    cost = _cost(bars, read, usual if compare else (), prices, running=running, words=words)
    return (*found, *((cost,) if cost is not None else ()))


def _means(usual: Sequence[IntervalSeries], read: np.ndarray) -> tuple[float, float, float]:
    """Mean Wh by import, sun used and export over the slots that have been read today."""
    sums = np.zeros(3)
    for series in usual:
        own = np.where(series.generation_wh == NO_GENERATION, 0, series.generation_wh - series.export_wh)
        sums += [
            float(values[read].sum()) for values in (series.import_wh, np.maximum(own, 0), series.export_wh)
        ]
    grid, sun, sold = (sums / len(usual)).tolist()
    return grid, sun, sold


def difference(wh: float, words: Wording, *, running: bool) -> tuple[str, str]:
    """*1.4 less than usual (by now)* with its arrow; the arrow says where to, never whether that is good."""
    tr, value = words.tr, words.number(abs(wh) / 1000, 1)
    if abs(wh) < SMALL_WH:
        return (tr("As usual by now") if running else tr("As usual")), ""
    if wh > 0:
        text = tr("{value} more than usual by now", value=value)
        return (text if running else tr("{value} more than usual", value=value)), "arrow-up-right"
    text = tr("{value} less than usual by now", value=value)
    return (text if running else tr("{value} less than usual", value=value)), "arrow-down-right"


def cost_nano(import_wh: int, export_wh: int, prices: Prices) -> int:
    """What was drawn at its price, less what was sold at feed-in, in nano units: exact."""
    return import_wh * (prices.price_micro_per_kwh or 0) - export_wh * (prices.feed_in_micro_per_kwh or 0)


def _cost(
    bars: Bars,
    read: np.ndarray,
    usual: Sequence[IntervalSeries],
    prices: Prices,
    *,
    running: bool,
    words: Wording,
) -> Figure | None:
    if prices.price_micro_per_kwh is None:
        return None
    tr = words.tr
    cost = cost_nano(int(bars.grid.sum()), int(bars.sold.sum()), prices)
    label = tr("Today's cost so far") if running else tr("The day's cost")
    note, arrow = "", ""
    if usual:
        then = sum(
            cost_nano(int(s.import_wh[read].sum()), int(s.export_wh[read].sum()), prices) for s in usual
        ) // len(usual)
        now = cost_nano(int(bars.grid[read].sum()), int(bars.sold[read].sum()), prices)
        note, arrow = _cost_difference(now - then, running=running, words=words)
    if prices.feed_in_micro_per_kwh is None and bars.sold.any():
        note, arrow = tr("without what you sold"), ""
    return Figure(label, words.number(cost / NANO, 2), currency_words(prices.currency), note, "", arrow)


def _cost_difference(nano: int, *, running: bool, words: Wording) -> tuple[str, str]:
    tr, value = words.tr, words.number(abs(nano) / NANO, 2)
    if abs(nano) < NANO // 200:
        return (tr("As usual by now") if running else tr("As usual")), ""
    if nano > 0:
        text = tr("{value} more than usual by now", value=value)
        return (text if running else tr("{value} more than usual", value=value)), "arrow-up-right"
    text = tr("{value} less than usual by now", value=value)
    return (text if running else tr("{value} less than usual", value=value)), "arrow-down-right"


# ---- since the last visit ---------------------------------------------------------------------


def visit(data: HomeData, zone: ZoneTable, now_s: int, seen_s: int, words: Wording) -> VisitView:
    """What came in since the person last looked, and what was odd about it."""
    at = Moments(zone, now_s, words)
    assert data.extent is not None
    if not seen_s or data.fresh is None:
        return VisitView(words.tr("Here so far"), _first_visit(data, zone, words))
    head = words.tr("Since {time}", time=at.moment(seen_s))
    return VisitView(head, (*_arrived(data.fresh, words), *_odd(data, seen_s, words), *_record(data, words)))


def _first_visit(data: HomeData, zone: ZoneTable, words: Wording) -> tuple[str, ...]:
    extent, status = data.extent, data.status
    assert extent is not None
    assert status is not None
    first = zone.day_of(max(extent.first_slot, zone.first_slots[0]))
    sentence = words.tr(
        "{n} hours of readings, back to {day}, came in and were checked.",
        n=words.number(status.pages_held),
        day=words.day(first, year=as_date(first).year != as_date(zone.day_of(extent.last_slot)).year),
    )
    return (sentence,)


def _arrived(fresh: IntervalSeries, words: Wording) -> tuple[str, ...]:
    if not len(fresh):
        return (words.tr("No new reading has come yet."),)
    status = fresh.status
    said = [
        words.count(
            len(fresh),
            "{n} quarter hour came in and was checked.",
            "{n} quarter hours came in and were checked.",
        )
    ]
    for code in (2, 1, 3):
        number = int((status == code).sum())
        if number:
            said.append(_counted(number, code, words))
    if (status == 4).any():
        said.append(words.tr("Another meter counts now."))
    return tuple(said)


def _counted(number: int, code: int, words: Wording) -> str:
    """How many of the new quarter hours are missing, estimated or of a doubtful clock."""
    if code == 2:
        return words.count(number, "{n} of them has no reading.", "{n} of them have no reading.")
    if code == 1:
        return words.count(number, "{n} of them is estimated.", "{n} of them are estimated.")
    return words.count(
        number, "For {n} of them the clock is in doubt.", "For {n} of them the clock is in doubt."
    )


def _odd(data: HomeData, seen_s: int, words: Wording) -> tuple[str, ...]:
    refused = sum(1 for f in data.findings if f.first_seen_s >= seen_s)
    if not refused:
        return ()
    return (
        words.count(
            refused,
            "{n} thing was refused: the Ledger page says what.",
            "{n} things were refused: the Ledger page says what.",
        ),
    )


def _record(data: HomeData, words: Wording) -> tuple[str, ...]:
    """A whole day since the last visit that stands out of the year before it."""
    days, fresh = data.days, data.fresh
    if days is None or data.zone is None or fresh is None or not len(fresh):
        return ()
    since = data.zone.day_of(int(fresh.slot[0]))
    whole = _whole(days, data.zone)
    new = whole & (days.day >= since)
    old = whole & (days.day < since)
    if not new.any() or int(old.sum()) < RECORD_DAYS:
        return ()
    used = days.import_wh + days.sun_home_wh
    made = days.sun_home_wh + days.export_wh
    for values, is_sun in ((made, True), (used, False)):
        best = int(np.argmax(np.where(new, values, -1)))
        if int(values[best]) > int(values[old].max()):
            day = words.day(int(days.day[best]), weekday=True)
            kwh = words.number(int(values[best]) / 1000, 1)
            if is_sun:
                return (words.tr("{day} brought {kwh} kWh of sun, the most in a year.", day=day, kwh=kwh),)
            return (words.tr("{day} used {kwh} kWh, the most in a year.", day=day, kwh=kwh),)
    return ()


# ---- yesterday and the week -------------------------------------------------------------------


def _whole(days: DaySeries, zone: ZoneTable) -> np.ndarray:
    """Which days have all their readings."""
    lengths = np.array([len(zone.slots_of(d)) if d in zone.days else 0 for d in days.day.tolist()])
    return np.asarray((days.slots == lengths) & (days.missing == 0))


def _row(days: DaySeries, day: int) -> int | None:
    found = np.flatnonzero(days.day == day)
    return int(found[0]) if len(found) else None


def yesterday(data: HomeData, zone: ZoneTable, words: Wording) -> DayLine | None:
    """The day before the one shown: what was used, from where, against a usual such day."""
    days = data.days
    assert data.today is not None
    day = data.today.day - 1
    row = _row(days, day) if days is not None else None
    if days is None or row is None:
        return None
    tr = words.tr
    grid, sun, sold = (int(v[row]) for v in (days.import_wh, days.sun_home_wh, days.export_wh))
    has_sun = int(days.generation_wh[row]) != NO_GENERATION
    whole = _whole(days, zone)
    note, arrow = "", ""
    same = [
        r
        for weeks in range(1, USUAL_WEEKS + 1)
        if (r := _row(days, day - 7 * weeks)) is not None and whole[r] and days.slots[r] == days.slots[row]
    ]
    if whole[row] and len(same) >= MIN_USUAL:
        used = days.import_wh + days.sun_home_wh
        note, arrow = difference(float(used[row]) - float(used[same].mean()), words, running=False)
    coming, missing = len(zone.slots_of(day)) - int(days.slots[row]), int(days.missing[row])
    if coming > 0:
        note = words.count(coming, "{n} quarter hour has not come yet", "{n} quarter hours have not come yet")
    elif missing:
        note = words.count(missing, "{n} quarter hour is missing", "{n} quarter hours are missing")
    label = tr("Yesterday") if data.today.day == data.today.today else words.day(day, weekday=True)
    unit = tr("kWh used") if has_sun else tr("kWh from the grid")
    parts = ""
    if has_sun:
        parts = tr(
            "{grid} from the grid, {sun} from the sun, {sold} sold",
            grid=amount(grid, words),
            sun=amount(sun, words),
            sold=amount(sold, words),
        )
    return DayLine(Figure(label, amount(grid + sun, words), unit, note, "", arrow), parts, day)


def _week_days(data: HomeData, words: Wording) -> range:
    assert data.today is not None
    day = data.today.day
    first = day - (as_date(day).isoweekday() - words.first_weekday) % 7
    return range(first, first + 7)


def week(data: HomeData, zone: ZoneTable, words: Wording) -> tuple[DayBar, ...]:
    """The seven days of this week as bars."""
    days = data.days
    assert data.today is not None
    found = []
    for day in _week_days(data, words):
        row = _row(days, day) if days is not None else None
        name = words.day(day, weekday=True)
        letter = words.short_weekday(day)
        if row is None or days is None:
            found.append(DayBar(day, letter, 0, 0, 0, "ahead", words.tr("{day}: no reading yet", day=name)))
            continue
        grid, sun, sold = (int(v[row]) / 1000 for v in (days.import_wh, days.sun_home_wh, days.export_wh))
        used, out = words.number(grid + sun, 2), words.number(sold, 2)
        if int(days.generation_wh[row]) != NO_GENERATION:
            spoken = words.tr("{day}: {used} kWh used, {sold} kWh sold", day=name, used=used, sold=out)
        else:
            spoken = words.tr(
                "{day}: {used} kWh from the grid, {sold} kWh sold", day=name, used=used, sold=out
            )
        state = "full" if int(days.slots[row]) == len(zone.slots_of(day)) else "partial"
        found.append(DayBar(day, letter, grid, sun, sold, state, spoken))
    return tuple(found)


def week_words(data: HomeData, zone: ZoneTable, bars: Bars, words: Wording) -> str:
    """How much the week used so far; against the same part of the week before, where both are whole."""
    days = data.days
    if days is None:
        return ""
    assert data.today is not None
    span = [d for d in _week_days(data, words) if d <= data.today.day]
    rows = [r for d in span if (r := _row(days, d)) is not None]
    used = days.import_wh + days.sun_home_wh
    total = float(used[rows].sum())
    if (days.generation_wh[rows] == NO_GENERATION).any():
        text = words.tr("{kwh} kWh from the grid.", kwh=amount(total, words))
    else:
        text = words.tr("{kwh} kWh used.", kwh=amount(total, words))
    before = _week_before(data, zone, span, bars)
    if before is None or before <= 0:
        return text
    percent = round((total / before - 1) * 100)
    if percent == 0:
        more = words.tr("As much as last week by now.")
    elif percent > 0:
        more = words.tr("{n} % more than last week by now.", n=words.number(percent))
    else:
        more = words.tr("{n} % less than last week by now.", n=words.number(-percent))
    return f"{text} {more}"


def _week_before(data: HomeData, zone: ZoneTable, span: Sequence[int], bars: Bars) -> float | None:
    """Wh used in the same part of the week before; None unless this part and that one are whole."""
    days, ago = data.days, data.week_ago
    assert days is not None
    whole = _whole(days, zone)
    used = days.import_wh + days.sun_home_wh
    total = 0.0
    for day in span[:-1]:
        here, there = _row(days, day), _row(days, day - 7)
        if here is None or there is None or not whole[here] or not whole[there]:
            return None
        total += float(used[there])
    if ago is None or len(ago) != len(bars) or (ago.status == 2).any() or bars.missing.any():
        return None
    own = np.where(ago.generation_wh == NO_GENERATION, 0, ago.generation_wh - ago.export_wh)
    read = bars.records > 0
    values: Floats = (ago.import_wh + np.maximum(own, 0)).astype(float)
    return total + float(values[read].sum())
