"""The sentences, figures and tables of Usage. Qt-free.

The same number everywhere: figures, readout, table and file are all made from the same bars.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import Period, Span
from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.usage_data import UsageData
from ohmstead.ui.presenters.view_models import (
    ChartModel,
    Figure,
    Floats,
    HeatModel,
    Mark,
    Progress,
    ReadoutLine,
    TableModel,
)
from ohmstead.ui.presenters.wording import Wording

NAMED_DAYS = 2  # a sentence names so many days with a fault; more are counted


def unit_words(span: Span, heat: bool, words: Wording) -> str:
    """The unit, once, in words."""
    if heat or span is Span.DAY:
        return words.tr("kWh per quarter hour")
    if span is Span.WEEK:
        return words.tr("kWh per hour")
    return words.tr("kWh per day") if span is Span.MONTH else words.tr("kWh per month")


def amount(wh: float, words: Wording) -> str:
    """A figure in kWh: two decimals below 100, one below 1 000, none above."""
    kwh = wh / 1000
    return words.number(kwh, 2 if abs(kwh) < 100 else 1 if abs(kwh) < 1000 else 0)


def figures(
    period: Period,
    bars: Bars,
    has_sun: bool,
    usual: Floats | None,
    before: Bars | None,
    running: bool,
    words: Wording,
) -> tuple[Figure, ...]:
    """Used in the house, from the grid, sun used at home, sold: what the meter can know of them.

    ``running``: the period is not over, so that a comparison is one *by now*.
    """
    grid, sun, sold = float(bars.grid.sum()), float(bars.sun.sum()), float(bars.sold.sum())
    notes = [("", "")] * 4
    if usual is not None and len(usual) == len(bars):
        read = (bars.records > 0) & (bars.missing == 0)
        now = float((bars.grid + bars.sun)[read].sum())
        notes[0] = _difference(now - float(usual[read].sum()) * 1000, running, words)
    elif before is not None and float(bars.records.sum()) == float(bars.slots.sum()):
        then = (before.grid + before.sun, before.grid, before.sun, before.sold)
        notes = [
            _share(value, float(old.sum()), period.span is Span.WEEK, words)
            for value, old in zip((grid + sun, grid, sun, sold), then, strict=True)
        ]
    found = []
    for shown, label, wh, swatch, (note, arrow) in (
        (has_sun, words.tr("Used in the house"), grid + sun, "", notes[0]),
        (True, words.tr("From the grid"), grid, "grid", notes[1]),
        (has_sun, words.tr("Sun used at home"), sun, "sun", notes[2]),
        (has_sun or sold > 0, words.tr("Sold"), sold, "sold", notes[3]),
    ):
        if shown:
            found.append(Figure(label, amount(wh, words), "kWh", note, swatch, arrow))
    return tuple(found)


def _difference(wh: float, running: bool, words: Wording) -> tuple[str, str]:
    """*1.4 less than usual (by now)* with its arrow."""
    value = words.number(abs(wh) / 1000, 1)
    if abs(wh) < 50:
        return (words.tr("As usual by now") if running else words.tr("As usual")), ""
    if wh > 0:
        text = "{value} more than usual by now" if running else "{value} more than usual"
        return words.tr(text, value=value), "arrow-up-right"
    text = "{value} less than usual by now" if running else "{value} less than usual"
    return words.tr(text, value=value), "arrow-down-right"


def _share(now: float, then: float, week: bool, words: Wording) -> tuple[str, str]:
    """*6 % more than a year before* with its arrow; nothing where there was nothing."""
    if then <= 0:
        return "", ""
    percent = round((now / then - 1) * 100)
    if percent == 0:
        return (words.tr("As the week before") if week else words.tr("As a year before")), ""
    if percent > 0:
        text = "{n} % more than the week before" if week else "{n} % more than a year before"
        return words.tr(text, n=words.number(percent)), "arrow-up-right"
    text = "{n} % less than the week before" if week else "{n} % less than a year before"
    return words.tr(text, n=words.number(-percent)), "arrow-down-right"


def foot(data: UsageData, zone: ZoneTable, period: Period, bars: Bars, words: Wording) -> str:
    """What the totals leave out, in one or two sentences."""
    parts: list[str] = []
    missing, guessed = int(bars.missing.sum()), int(bars.estimated_slots.sum())
    flags = bars.flags
    if period.span in (Span.DAY, Span.WEEK):
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
            "{held} of {total} hours, back to {day}.",
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
    if flags & _BLANK and not (chart.grid[index] or chart.sun[index] or chart.sold[index]):
        return tuple(lines)

    def line(swatch: str, text: str, value: float) -> None:
        lines.append(ReadoutLine(swatch, text, f"{words.number(value, chart.decimals)} kWh"))

    line("grid", words.tr("From the grid"), float(chart.grid[index]))
    if chart.has_sun:
        line("sun", words.tr("Sun used at home"), float(chart.sun[index]))
    if chart.has_sun or chart.sold[index]:
        line("sold", words.tr("Sold"), float(chart.sold[index]))
    if chart.usual is not None and index < len(chart.usual):
        line("", words.tr("Usual use"), float(chart.usual[index]))
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


def table_of(chart: ChartModel, words: Wording) -> TableModel:
    """The table behind a chart: the same order, the same words."""
    heads = [words.tr("Time"), words.tr("From the grid")]
    if chart.has_sun:
        heads.append(words.tr("Sun used at home"))
    heads += [words.tr("Sold"), words.tr("State")]
    rows = []
    for i, head in enumerate(chart.heads):
        flags = int(chart.flags[i])
        columns: list[Floats] = [chart.grid, *([chart.sun] if chart.has_sun else []), chart.sold]
        blank = flags & _BLANK and not any(values[i] for values in columns)
        numbers = ["–" if blank else words.number(float(values[i]), chart.decimals) for values in columns]
        rows.append((head, *numbers, state_words(flags, words) or words.tr("Measured")))
    return TableModel(tuple(heads), tuple(rows))


def csv_of(chart: ChartModel, words: Wording, separator: str = ",") -> str:
    """The table as a file for other programs: points for decimals, empty where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    columns: Sequence[tuple[str, Floats]] = [("from_grid_kwh", chart.grid), ("sold_kwh", chart.sold)]
    if chart.has_sun:
        columns = [columns[0], ("sun_used_kwh", chart.sun), columns[1]]
    writer.writerow(["time", *(name for name, _ in columns), "state"])
    for i, head in enumerate(chart.heads):
        flags = int(chart.flags[i])
        blank = flags & _BLANK and not any(values[i] for _, values in columns)
        writer.writerow(
            [
                head,
                *("" if blank else f"{values[i]:.3f}" for _, values in columns),
                state_words(flags, words) or words.tr("Measured"),
            ]
        )
    return out.getvalue()
