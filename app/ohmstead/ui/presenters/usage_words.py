"""The sentences, figures and tables of Usage. Qt-free.

The same number everywhere: figures, readout, table and file are all made from the same bars. Not here: the key
figures and what they are compared with (``usage_figures``).
"""

from __future__ import annotations

import csv
import io

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import Period, Span
from ohmstead.ui.presenters.quantities import ELECTRICITY, Quantity, quantity_of
from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.view_models import (
    ChartModel,
    Floats,
    HeatModel,
    Mark,
    Progress,
    ReadoutLine,
    TableModel,
)
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.presenters.zoom import Level, level_of

NAMED_DAYS = 2  # a sentence names so many days with a fault; more are counted


def unit_words(data: UsageData, heat: bool, words: Wording) -> str:
    """The unit, once, in words."""
    span, window = data.request.span, data.request.window
    level = level_of(window) if span is Span.FREE and window is not None else _LEVELS.get(span, Level.MONTHS)
    unit = quantity_of(data.request.channel).unit
    if heat or level is Level.QUARTERS:
        return words.tr("{unit} per quarter hour", unit=unit)
    if level is Level.HOURS:
        return words.tr("{unit} per hour", unit=unit)
    if level is Level.DAYS:
        return words.tr("{unit} per day", unit=unit)
    return words.tr("{unit} per month", unit=unit)


_LEVELS = {Span.DAY: Level.QUARTERS, Span.WEEK: Level.HOURS, Span.MONTH: Level.DAYS}


def amount(units: float, words: Wording, quantity: Quantity = ELECTRICITY) -> str:
    """A figure from the meter's units (Wh): two decimals below 100, one below 1 000, none above."""
    value = units / quantity.per
    decimals = 2 if abs(value) < 100 else 1 if abs(value) < 1000 else 0
    return words.number(value, min(decimals, quantity.coarse))


def foot(data: UsageData, zone: ZoneTable, period: Period, bars: Bars, words: Wording) -> str:
    """What the totals leave out, in one or two sentences."""
    parts: list[str] = []
    missing, guessed = int(bars.missing.sum()), int(bars.estimated_slots.sum())
    flags = bars.flags
    if period.span in (Span.DAY, Span.WEEK, Span.FREE):
        if missing:
            total = words.number(int(bars.slots.sum()))
            where = _one_run(zone, period, bars, words) if period.span is Span.DAY else ""
            parts.append(
                words.count(
                    missing,
                    "{n} of {total} quarter hours has no reading{where}. The totals leave it out.",
                    "{n} of {total} quarter hours have no reading{where}. The totals leave them out.",
                    total=total,
                    where=where,
                )
            )
        if guessed:
            parts.append(
                words.count(guessed, "{n} quarter hour is estimated.", "{n} quarter hours are estimated.")
            )
    else:
        parts += _day_faults(period, bars, words)
    coming = int((flags & np.uint8(Mark.COMING) != 0).sum())
    if coming:
        parts.append(words.tr("What is still on its way is not in the totals."))
    sealed = int((flags & np.uint8(Mark.SEALED) != 0).sum())
    if sealed:
        parts.append(words.tr("Hours without a key here are on the ledger, but not in the totals."))
    if not parts:
        here, expected = int(bars.records.sum()), int(bars.slots.sum())
        if here == expected:
            parts.append(words.tr("Nothing is left out."))
        elif data.extent is not None:
            parts.append(words.tr("Nothing is left out of what has been read so far."))
    return " ".join(parts)


def _one_run(zone: ZoneTable, period: Period, bars: Bars, words: Wording) -> str:
    """*(03:15 to 04:30)* where the gaps of a day are one run, else nothing."""
    gaps = np.flatnonzero(bars.missing)
    if gaps[-1] - gaps[0] + 1 != len(gaps):
        return ""
    clock, first = MeterClock(zone), zone.slots_of(period.first)[0]
    start, end = clock.time(first + int(gaps[0])), clock.end(first + int(gaps[-1]))
    return " " + words.tr("({start} to {end})", start=start, end=end)


def _day_faults(period: Period, bars: Bars, words: Wording) -> list[str]:
    """Days with gaps or estimates, named while they are few."""
    parts = []
    gaps, guesses = np.flatnonzero(bars.missing), np.flatnonzero(bars.estimated_slots)
    if 0 < len(gaps) <= NAMED_DAYS:
        for i in gaps:
            parts.append(
                words.count(
                    int(bars.missing[i]),
                    "{day} lacks {n} quarter hour.",
                    "{day} lacks {n} quarter hours.",
                    day=words.day(period.first + int(i)),
                )
            )
    elif len(gaps):
        parts.append(
            words.tr(
                "{days} days lack {n} quarter hours together.",
                days=words.number(len(gaps)),
                n=words.number(int(bars.missing.sum())),
            )
        )
    if 0 < len(guesses) <= NAMED_DAYS:
        for i in guesses:
            parts.append(
                words.count(
                    int(bars.estimated_slots[i]),
                    "{day} rests on {n} estimated quarter hour.",
                    "{day} rests on {n} estimated quarter hours.",
                    day=words.day(period.first + int(i)),
                )
            )
    elif len(guesses):
        parts.append(words.tr("{days} days are partly estimated.", days=words.number(len(guesses))))
    return parts


def progress(data: UsageData, zone: ZoneTable, words: Wording) -> Progress | None:
    """How far the history has come, while it comes."""
    status = data.status
    if not data.coming or status is None or data.extent is None:
        return None
    return Progress(
        status.pages_held / status.pages_proven,
        words.tr("Your history is coming in, newest first"),
        words.tr(
            "{held} of {total} hours, back to {day}. You can quit; it goes on where it stopped.",
            held=words.number(status.pages_held),
            total=words.number(status.pages_proven),
            day=words.day(zone.day_of(data.extent.first_slot)),
        ),
    )


def state_words(flags: int, words: Wording) -> str:
    """What the table and the readout say of a bar's marks."""
    texts = [
        text
        for mark, text in (
            (Mark.GAP, words.tr("No reading")),
            (Mark.COMING, words.tr("Still on its way")),
            (Mark.SEALED, words.tr("No key here")),
            (Mark.AHEAD, words.tr("Not read yet")),
            (Mark.ESTIMATED, words.tr("Estimated")),
            (Mark.DOUBT, words.tr("Clock in doubt")),
            (Mark.REPLACED, words.tr("New meter")),
        )
        if flags & mark
    ]
    return ", ".join(texts)


_BLANK = Mark.GAP | Mark.COMING | Mark.SEALED | Mark.AHEAD


def readout(chart: ChartModel, index: int, words: Wording) -> tuple[ReadoutLine, ...]:
    """The lines beside the crosshair, in stack order."""
    flags = int(chart.flags[index])
    lines = []
    if flags & ~int(Mark.REPLACED):
        lines.append(ReadoutLine("", state_words(flags, words), ""))
    if _is_blank(chart, index):
        return tuple(lines)

    def line(swatch: str, text: str, value: float) -> None:
        lines.append(
            ReadoutLine(swatch, text, f"{words.number(value, chart.decimals)} {chart.quantity.unit}")
        )

    if chart.net:
        out = float(chart.sold[index])
        line("sold" if out else "grid", words.tr("Net"), float(chart.grid[index]) - out)
    else:
        line(chart.quantity.ink, chart.quantity.used(words), float(chart.grid[index]))
        if chart.has_sun:
            line("sun", words.tr("Sun used at home"), float(chart.sun[index]))
        if chart.has_sun or chart.sold[index]:
            line("sold", words.tr("Sold"), float(chart.sold[index]))
    if chart.usual is not None and index < len(chart.usual) and np.isfinite(chart.usual[index]):
        line("", chart.usual_words, float(chart.usual[index]))
    return tuple(lines)


def heat_readout(heat: HeatModel, day: int, slot: int, words: Wording) -> tuple[ReadoutLine, ...]:
    """The readout of one cell of the heat map."""
    flags, grid = int(heat.flags[day, slot]), float(heat.grid[day, slot])
    if flags & _BLANK or np.isnan(grid):
        text = state_words(flags, words) if flags else words.tr("The clock skipped this quarter hour")
        return (ReadoutLine("", text, ""),)
    lines = [ReadoutLine("grid", words.tr("From the grid"), f"{words.number(grid, 3)} kWh")]
    if heat.has_sun:
        sun = words.number(float(heat.sun[day, slot]), 3)
        lines.append(ReadoutLine("sun", words.tr("Sun used at home"), f"{sun} kWh"))
    if heat.sold[day, slot] > 0:
        sold = words.number(float(heat.sold[day, slot]), 3)
        lines.append(ReadoutLine("sold", words.tr("Sold"), f"{sold} kWh"))
    return tuple(lines)


def _columns(chart: ChartModel, words: Wording) -> list[tuple[str, str, Floats]]:
    """(head, name in a file, values) of a chart's columns, in stack order."""
    if chart.net:
        columns = [(words.tr("Net"), "net_kwh", chart.grid - chart.sold)]
    else:
        columns = [(chart.quantity.used(words), chart.quantity.column, chart.grid)]
        if chart.has_sun:
            columns.append((words.tr("Sun used at home"), "sun_used_kwh", chart.sun))
        if chart.quantity.channel is None:
            columns.append((words.tr("Sold"), "sold_kwh", chart.sold))
    if chart.usual is not None:
        columns.append((chart.usual_words, "compared", chart.usual))
    return columns


def table_of(chart: ChartModel, words: Wording) -> TableModel:
    """The table behind a chart: the same order, the same words."""
    columns = _columns(chart, words)
    rows = []
    for i, head in enumerate(chart.heads):
        flags = int(chart.flags[i])
        blank = _is_blank(chart, i)
        numbers = [
            "–"
            if np.isnan(values[i]) or (blank and values is not chart.usual)
            else words.number(float(values[i]), chart.decimals)
            for _, _, values in columns
        ]
        rows.append((head, *numbers, state_words(flags, words) or words.tr("Measured")))
    return TableModel((words.tr("Time"), *(head for head, _, _ in columns), words.tr("State")), tuple(rows))


def csv_of(chart: ChartModel, words: Wording, separator: str = ",") -> str:
    """The table as a file for other programs: points for decimals, empty where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    columns = _columns(chart, words)
    writer.writerow(["time", *(name for _, name, _ in columns), "state"])
    for i, head in enumerate(chart.heads):
        blank = _is_blank(chart, i)
        numbers = [
            "" if np.isnan(values[i]) or (blank and values is not chart.usual) else f"{values[i]:.3f}"
            for _, _, values in columns
        ]
        writer.writerow([head, *numbers, state_words(int(chart.flags[i]), words) or words.tr("Measured")])
    return out.getvalue()


def _is_blank(chart: ChartModel, i: int) -> bool:
    """Whether a bar has no value of its own."""
    blank = int(chart.flags[i]) & _BLANK
    return bool(blank) and not (chart.grid[i] or chart.sun[i] or chart.sold[i])
