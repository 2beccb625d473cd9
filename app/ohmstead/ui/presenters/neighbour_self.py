"""The home against itself, before any neighbour: this month so far and a year before, and the months. Qt-free.

Aligned by calendar: a day meets the same weekday 52 weeks before, and a day that was not read whole is left
out on
both sides. There is no weather here, and the page says so. Not here: neighbours (``neighbour_group``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.neighbours.estimator import DayResult, mean_home_wh
from ohmstead.ui.presenters.neighbour_data import YEAR_DAYS, NeighbourData
from ohmstead.ui.presenters.neighbour_views import ColumnsModel, SelfView
from ohmstead.ui.presenters.neighbour_words import day_words, kwh
from ohmstead.ui.presenters.periods import as_date, month_start
from ohmstead.ui.presenters.view_models import TableModel
from ohmstead.ui.presenters.wording import Wording

MONTHS, FEW_DAYS, WEEKS_BACK = 12, 3, 28
MOST = 3, 4  # such a share of the running month's days
SAME = 0.5  # per cent: less than this is the same
STEPS = (1, 2, 5)


def present_self(data: NeighbourData, results: dict[int, DayResult], homes: int, words: Wording) -> SelfView:
    """The home against itself. ``results`` of the group by day, for what the same days did to all."""
    months = months_of(data, words)
    first = month_start(data.today)
    for start, end in ((first, data.today), (month_start(data.today, -1), first)):
        pairs = [d for d in range(start, end) if d in data.wh and d - YEAR_DAYS in data.wh]
        if len(pairs) >= FEW_DAYS:
            return SelfView(*_year(data, pairs, end, results, homes, words), months)
    days = [
        d for d in range(data.today - WEEKS_BACK, data.today) if d in data.wh and d - WEEKS_BACK in data.wh
    ]
    if len(days) >= FEW_DAYS:
        now, then = sum(data.wh[d] for d in days), sum(data.wh[d - WEEKS_BACK] for d in days)
        lead = change_words(now, then, words, year=False)
        body = words.tr(
            "The last four weeks from the grid: {now} a day. The four before: {then} a day. A "
                "year’s readings will "
            "make a fairer comparison.",
            now=kwh(now / len(days), words), then=kwh(then / len(days), words),
        )  # fmt: skip
        return SelfView(lead, body, months)
    return SelfView(
        words.tr("Your own past comes first"),
        words.tr("Four weeks of readings are compared with the four before, a year’s with the year before."),
        months,
    )


def change_words(now: float, then: float, words: Wording, *, year: bool) -> str:
    """*12 % less than a year before*; *About as much as …* within half a per cent."""
    tr = words.tr
    if then < 1:  # Wh
        return (
            tr("Nothing came from the grid a year before")
            if year
            else tr("Nothing came from the grid before")
        )
    change = (now / then - 1) * 100
    n = words.number(abs(round(change)))
    if abs(change) < SAME:
        return tr("As much as a year before") if year else tr("As much as four weeks before")
    if change > 0:
        return (
            tr("{n} % more than a year before", n=n) if year else tr("{n} % more than four weeks before", n=n)
        )
    return tr("{n} % less than a year before", n=n) if year else tr("{n} % less than four weeks before", n=n)


def _year(
    data: NeighbourData,
    pairs: Sequence[int],
    end: int,
    results: dict[int, DayResult],
    homes: int,
    words: Wording,
) -> tuple[str, str]:
    now, then = sum(data.wh[d] for d in pairs), sum(data.wh[d - YEAR_DAYS] for d in pairs)
    tr = words.tr
    body = tr(
        "{first} to {last} from the grid: {now}. The same weekdays a year before: {then}.",
        first=day_words(pairs[0], data.today, words), last=day_words(pairs[-1], data.today, words),
        now=kwh(now, words), then=kwh(then, words),
    )  # fmt: skip
    # Days without any reading a year before are no gap: there was no meter here yet.
    left_out = end - max(month_start(pairs[0]), min(data.wh) + YEAR_DAYS) - len(pairs)
    if left_out:
        body += " " + words.count(
            left_out,
            "{n} day is left out in both, not read whole.",
            "{n} days are left out in both, not read whole.",
        )
    both = [d for d in pairs if _known(results, d) and _known(results, d - YEAR_DAYS)]
    if both:
        ours, theirs = (
            mean_home_wh([results[d] for d in both]),
            mean_home_wh([results[d - YEAR_DAYS] for d in both]),
        )
        body += " " + _group_change(ours, theirs, homes, words)
    else:
        body += " " + tr("Not corrected for weather.")
    return change_words(now, then, words, year=True), body


def _known(results: dict[int, DayResult], day: int) -> bool:
    return day in results and results[day].n > 0


def _group_change(now: int, then: int, homes: int, words: Wording) -> str:
    """What the same days did to all: weather and calendar in one figure."""
    change = (now / then - 1) * 100 if then else 0
    n, all_ = words.number(abs(round(change))), words.number(homes)
    if abs(change) < SAME:
        return words.tr("The {homes} homes like yours used as much as then, in the same weather.", homes=all_)
    if change > 0:
        return words.tr("The {homes} homes like yours used {n} % more, in the same weather.", homes=all_, n=n)
    return words.tr("The {homes} homes like yours used {n} % less, in the same weather.", homes=all_, n=n)


def months_of(data: NeighbourData, words: Wording) -> ColumnsModel | None:
    """Twelve months as mean days, each with the year before as a tick. None before the first whole day."""
    starts = [month_start(data.today, n) for n in range(1 - MONTHS, 1)]
    values, ticks = [_mean(data, s) for s in starts], [_mean(data, month_start(s, -12)) for s in starts]
    # The running month meets the same weekdays a year before, not a whole month; and no tick where these are too
    # few of its days, or column and tick would be of different days.
    read = [d for d in range(starts[-1], data.today) if d in data.wh]
    so_far = [d for d in read if d - YEAR_DAYS in data.wh]
    enough = len(so_far) >= FEW_DAYS and len(so_far) * MOST[1] >= len(read) * MOST[0]
    ticks[-1] = sum(data.wh[d - YEAR_DAYS] for d in so_far) / len(so_far) if enough else None
    if all(v is None for v in values):
        return None
    return columns(
        starts, values, ticks, words, unit=words.tr("kWh from the grid a "
            "day"), tick_words=words.tr("the year before"),
        heads=(words.tr("Month"), words.tr("kWh a day"), words.tr("The year before")),
        spoken=words.tr("Your months, as mean days from the grid"),
        before=sum(month_start(s, 1) <= min(data.wh) for s in starts),
    )  # fmt: skip


def columns(
    starts: Sequence[int], values: Sequence[float | None], ticks: Sequence[float | None], words: Wording, *,
    unit: str, tick_words: str, heads: tuple[str, str, str], spoken: str, before: int = 0,
) -> ColumnsModel:  # fmt: skip
    """Months as columns; values and ticks in Wh a day. The first ``before`` are older than any reading."""
    names = [words.month(as_date(s).year, as_date(s).month) for s in starts]
    known = [v for v in (*values, *ticks) if v is not None]
    top, steps = scale(max(known, default=0) / 1000, words)

    def said(wh: float | None, none: str) -> str:
        return words.number(wh / 1000, 1) if wh is not None else none

    none = words.tr("not read whole")
    nones = [words.tr("before the first reading") if i < before else none for i in range(len(starts))]
    rows = [(n, said(v, w), said(t, none)) for n, v, t, w in zip(names, values, ticks, nones, strict=True)]
    return ColumnsModel(
        [v / 1000 if v is not None else None for v in values],
        [t / 1000 if t is not None else None for t in ticks],
        frozenset({len(starts) - 1}),
        [words.short_month(as_date(s).month) for s in starts],
        [(n, words.tr("{now}; {then} {what}", now=v, then=t, what=tick_words)) for n, v, t in rows],
        top, steps, spoken, TableModel(heads, rows), unit, tick_words, before,
    )  # fmt: skip


def scale(highest: float, words: Wording) -> tuple[float, list[tuple[float, str]]]:
    """A round top and three to five round steps for heights up to ``highest``."""
    size = 0.1
    while True:
        for step in (size * s for s in STEPS):
            if step * 4 >= highest:
                count = max(int(-(-highest // step)), 1)
                decimals = 0 if step >= 1 else 1
                return step * count, [
                    (step * i, words.number(step * i, decimals)) for i in range(1, count + 1)
                ]
        size *= 10


def _mean(data: NeighbourData, start: int) -> float | None:
    days = [data.wh[d] for d in range(start, min(month_start(start, 1), data.today)) if d in data.wh]
    return sum(days) / len(days) if days else None
