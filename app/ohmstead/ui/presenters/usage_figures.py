"""Usage's key figures, and what they are compared with, in words. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ohmstead.ui.presenters.comparison import Compared
from ohmstead.ui.presenters.periods import CHOICES, Against, Period, Span
from ohmstead.ui.presenters.quantities import Quantity
from ohmstead.ui.presenters.usage_bars import Bars
from ohmstead.ui.presenters.usage_words import amount
from ohmstead.ui.presenters.view_models import Figure, Flags, Floats
from ohmstead.ui.presenters.wording import Wording

Note = tuple[str, str]  # words, arrow
MANY = 200  # from so many per cent more on, it is said as so many times


@dataclass(frozen=True, slots=True)
class Noted:
    """What the figures' notes are made of: the bars, the usual day in kWh or the earlier period beside them.

    ``whole`` says which bars were read whole; ``running`` that the period is not over.
    """

    bars: Bars
    usual: Floats | None
    then: Compared | None
    whole: Flags = field(repr=False)
    against: Against
    running: bool


def figures(
    period: Period,
    seen: Bars,
    has_sun: bool,
    net: bool,
    noted: Noted,
    quantity: Quantity,
    words: Wording,
) -> tuple[Figure, ...]:
    """Used in the house, from the grid, sun used at home, sold: what the meter can know of them; or the net."""
    grid, sun, sold = float(seen.grid.sum()), float(seen.sun.sum()), float(seen.sold.sum())
    notes = _notes(period, noted, net, quantity, words)
    if quantity.channel is not None:
        note, arrow = notes[0]
        value = amount(grid, words, quantity)
        return (Figure(quantity.used(words), value, quantity.unit, note, quantity.ink, arrow),)
    if net:
        label = words.tr("Net from the grid") if grid >= sold else words.tr("Net into the grid")
        first = (True, label, abs(grid - sold), "", notes[0])
    else:
        first = (has_sun, words.tr("Used in the house"), grid + sun, "", notes[0])
    found = []
    for shown, label, wh, swatch, (note, arrow) in (
        first,
        (True, words.tr("From the grid"), grid, "" if net else "grid", notes[1]),
        (has_sun and not net, words.tr("Sun used at home"), sun, "sun", notes[2]),
        (has_sun or sold > 0, words.tr("Sold"), sold, "" if net else "sold", notes[3]),
    ):
        if shown:
            found.append(Figure(label, amount(wh, words), "kWh", note, swatch, arrow))
    return tuple(found)


def comparisons(period: Period, words: Wording) -> tuple[tuple[Against, str], ...]:
    """What a period can be compared with, in words; empty where there is no choice."""
    tr = words.tr
    before = {
        Span.DAY: tr("The day before"),
        Span.WEEK: tr("The week before"),
        Span.MONTH: tr("The month before"),
        Span.YEAR: tr("The year before"),
    }
    year = {
        Span.DAY: tr("The same weekday a year earlier"),
        Span.WEEK: tr("The same week a year earlier"),
        Span.MONTH: tr("The same month a year earlier"),
    }
    names = {
        Against.USUAL: tr("The usual day"),
        Against.BEFORE: before.get(period.span, ""),
        Against.YEAR: year.get(period.span, ""),
        Against.NOTHING: tr("Nothing"),
    }
    choices = CHOICES[period.span]
    return tuple((against, names[against]) for against in choices) if len(choices) > 1 else ()


def _notes(period: Period, noted: Noted, net: bool, quantity: Quantity, words: Wording) -> list[Note]:
    bars, usual, then = noted.bars, noted.usual, noted.then
    none: list[Note] = [("", "")] * 4
    if usual is not None and len(usual) == len(bars):
        read = (bars.records > 0) & (bars.missing == 0)
        use = bars.grid - bars.sold if net else bars.grid + bars.sun
        more = float(use[read].sum()) / quantity.per - float(usual[read].sum())
        return [_difference(more, noted.running, quantity, words), *none[1:]]
    if then is None:
        return none
    both = (noted.whole & then.known) != 0
    # A day that was read whole and has no partner would be counted on one side only.
    if not both.any() or bool((noted.whole & ~then.known & 1).any()):
        return none
    pairs = (
        (bars.grid + bars.sun, then.grid + then.sun), (bars.grid, then.grid), (bars.sun, then.sun),
        (bars.sold, then.sold),
    )  # fmt: skip
    found = [
        _share(float(now[both].sum()), float(old[both].sum()), period.span, noted, words)
        for now, old in pairs
    ]
    if net:
        # A share of a balance that may be near nothing says nothing.
        found[0] = ("", "")
    return found


def _difference(more: float, running: bool, quantity: Quantity, words: Wording) -> Note:
    """*1.4 less than usual (by now)* with its arrow, in shown units."""
    decimals = min(quantity.coarse, 1)
    tr, value = words.tr, words.number(abs(more), decimals)
    if round(abs(more), decimals) == 0:
        return (tr("As usual by now") if running else tr("As usual")), ""
    if more > 0:
        if running:
            return tr("{value} more than usual by now", value=value), "arrow-up-right"
        return tr("{value} more than usual", value=value), "arrow-up-right"
    if running:
        return tr("{value} less than usual by now", value=value), "arrow-down-right"
    return tr("{value} less than usual", value=value), "arrow-down-right"


def _share(now: float, then: float, span: Span, noted: Noted, words: Wording) -> Note:
    """*6 % more than a year before* with its arrow; nothing where there was nothing."""
    if then <= 0 or not np.isfinite(then):
        return "", ""
    percent = round((now / then - 1) * 100)
    tr, n = words.tr, words.number(abs(percent))
    key = Span.YEAR if noted.against is Against.YEAR else span
    if percent >= MANY:
        return _times(now / then, key, words), "arrow-up-right"
    if noted.running:
        return _share_by_now(percent, key, words)
    if percent == 0:
        text = {
            Span.DAY: tr("As the day before"),
            Span.WEEK: tr("As the week before"),
            Span.MONTH: tr("As the month before"),
            Span.YEAR: tr("As a year before"),
        }[key]
    elif percent > 0:
        text = {
            Span.DAY: tr("{n} % more than the day before", n=n),
            Span.WEEK: tr("{n} % more than the week before", n=n),
            Span.MONTH: tr("{n} % more than the month before", n=n),
            Span.YEAR: tr("{n} % more than a year before", n=n),
        }[key]
    else:
        text = {
            Span.DAY: tr("{n} % less than the day before", n=n),
            Span.WEEK: tr("{n} % less than the week before", n=n),
            Span.MONTH: tr("{n} % less than the month before", n=n),
            Span.YEAR: tr("{n} % less than a year before", n=n),
        }[key]
    return text, _arrow(percent)


def _share_by_now(percent: int, key: Span, words: Wording) -> Note:
    """The same while the period runs: against the same part of the one before."""
    tr, n = words.tr, words.number(abs(percent))
    if percent == 0:
        text = {
            Span.DAY: tr("As yesterday by now"),
            Span.WEEK: tr("As last week by now"),
            Span.MONTH: tr("As last month by now"),
            Span.YEAR: tr("As a year before by now"),
        }[key]
    elif percent > 0:
        text = {
            Span.DAY: tr("{n} % more than yesterday by now", n=n),
            Span.WEEK: tr("{n} % more than last week by now", n=n),
            Span.MONTH: tr("{n} % more than last month by now", n=n),
            Span.YEAR: tr("{n} % more than a year before", n=n),
        }[key]
    else:
        text = {
            Span.DAY: tr("{n} % less than yesterday by now", n=n),
            Span.WEEK: tr("{n} % less than last week by now", n=n),
            Span.MONTH: tr("{n} % less than last month by now", n=n),
            Span.YEAR: tr("{n} % less than a year before", n=n),
        }[key]
    return text, _arrow(percent)


def _times(times: float, key: Span, words: Wording) -> str:
    """*37 times the week before*: a share of many hundred per cent is no longer read as one."""
    tr, n = words.tr, words.number(times, 0 if times >= 10 else 1)
    return {
        Span.DAY: tr("{n} times the day before", n=n),
        Span.WEEK: tr("{n} times the week before", n=n),
        Span.MONTH: tr("{n} times the month before", n=n),
        Span.YEAR: tr("{n} times a year before", n=n),
    }[key]


def _arrow(percent: int) -> str:
    return "" if percent == 0 else "arrow-up-right" if percent > 0 else "arrow-down-right"
