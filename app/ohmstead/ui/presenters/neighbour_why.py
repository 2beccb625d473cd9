"""What sets the home apart, found in its own readings: the night, the evening, the weekend, the season. Qt-free.

Figures with their honest limits, the one that differs most first. Nothing is advised and nothing is judged:
what a
household makes of it is its own business. Not here: the readings (``neighbour_data``), the shape's chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.ui.presenters.market_views import LineModel
from ohmstead.ui.presenters.neighbour_asked import Asked
from ohmstead.ui.presenters.neighbour_data import HOURS, YEAR_DAYS
from ohmstead.ui.presenters.neighbour_shape import WEEKS, Shapes
from ohmstead.ui.presenters.neighbour_views import BarModel, Driver, WhyView
from ohmstead.ui.presenters.neighbour_words import epoch_words, kwh, percent
from ohmstead.ui.presenters.periods import as_date, month_start
from ohmstead.ui.presenters.wording import Wording

NIGHT, EVENING = range(1, 5), range(17, 22)
LEAST_DAYS, LEAST_MONTHS = 14, 4


@dataclass(frozen=True, slots=True)
class _Found:
    """A driver and how far it is from what it is compared with, as a share."""

    driver: Driver
    weight: float


def present_why(asked: Asked, shapes: Shapes) -> WhyView:
    """The drivers, strongest first."""
    tr = asked.words.tr
    found = [
        f for f in (
            _night(asked, shapes),
            _share(asked, shapes, EVENING, tr("The evening, 17:00 to 22:00"),
                   tr("Cooking, light and leisure fall here; so does a car that is plugged in after work.")),
            _weekend(asked, shapes),
            _season(asked),
        ) if f is not None
    ]  # fmt: skip
    found.sort(key=lambda f: -f.weight)
    stretch = asked.stretch()
    if stretch is None or stretch.wh is None:
        intro = tr("Found in your own readings. No neighbour is needed for it.")
    elif stretch.wh > stretch.mean_wh:
        more = kwh(stretch.wh - stretch.mean_wh, asked.words)
        intro = tr(
            "You drew {more} a day more than the average. These patterns in your readings may explain it.",
            more=more,
        )
    else:
        less = kwh(stretch.mean_wh - stretch.wh, asked.words)
        intro = tr(
            "You drew {less} a day less than the average. These patterns in your readings may explain it.",
            less=less,
        )
    caveats = [
        LineModel("neutral", tr(
            "Only what came from the grid is compared: sun used at home is in nobody’s figure, and "
                "a group knows its "
            "homes by a few rough traits."
        )),
        LineModel("neutral", tr(
            "Patterns are no causes. Who is at home by day, a child, an illness or an old house show up here too."
        )),
    ]  # fmt: skip
    return WhyView(
        intro,
        [f.driver for f in found],
        tr("Two weeks of whole days are needed; they are on their way."),
        caveats,
    )


def _pair(
    mine: float, theirs: float, names: tuple[str, str], said: tuple[str, str], words: Wording
) -> list[BarModel]:
    top = max(mine, theirs, 1e-9)
    return [
        BarModel(names[0], "", said[0], mine / top, "me"),
        BarModel(names[1], "", said[1], theirs / top, "others_strong"),
    ]  # fmt: skip


def _night(asked: Asked, shapes: Shapes) -> _Found | None:
    """The load that never sleeps: the median over nights of the mean power from 1 to 5."""
    words, tr = asked.words, asked.words.tr
    now = asked.data.hours.between(asked.today - WEEKS, asked.today)
    if len(now) < LEAST_DAYS:
        return None
    watts = _median([sum(night[h] for h in NIGHT) / len(NIGHT) for night in now.wh.tolist()])
    a_day = watts * HOURS
    mean = sum(sum(day) for day in now.wh.tolist()) / len(now)
    said = tr(
        "About {watts} W all through the night: {n} of a day’s {all} if it runs by day as well.",
        watts=words.number(round(watts, -1)), n=kwh(min(a_day, mean), words), all=kwh(mean, words),
    )  # fmt: skip
    caveat = tr("Refrigeration, standby, ventilation, pumps, or a heater or a car that charges at night.")
    head = tr("The night, 1:00 to 5:00")
    if shapes.own is not None and shapes.group is not None:
        mine, theirs = _part(shapes.own, NIGHT), _part(shapes.group, NIGHT)
        names = tr("You"), tr("All homes")
        bars = _pair(mine, theirs, names, (percent(mine, words), percent(theirs, words)), words)
        return _Found(Driver(head, said, caveat, bars), _apart(mine, theirs))
    then = asked.data.hours.between(asked.today - WEEKS - YEAR_DAYS, asked.today - YEAR_DAYS)
    names = tr("Last four weeks"), tr("A year before")
    if len(then) < LEAST_DAYS:
        then = asked.data.hours.between(asked.today - 2 * WEEKS, asked.today - WEEKS - 1)
        names = tr("Last four weeks"), tr("The four before")
    if len(then) < LEAST_DAYS:
        return _Found(Driver(head, said, caveat, ()), 0)
    before = _median([sum(night[h] for h in NIGHT) / len(NIGHT) for night in then.wh.tolist()])
    w = [tr("{n} W", n=words.number(round(v, -1))) for v in (watts, before)]
    return _Found(
        Driver(head, said, caveat, _pair(watts, before, names, (w[0], w[1]), words)), _apart(watts, before)
    )


def _share(asked: Asked, shapes: Shapes, hours: range, head: str, caveat: str) -> _Found | None:
    words, tr = asked.words, asked.words.tr
    if shapes.own is None:
        return None
    mine, even = _part(shapes.own, hours), len(hours) / HOURS
    said = tr(
        "{share} of what you draw falls into these {n} hours.",
        share=percent(mine, words),
        n=words.number(len(hours)),
    )
    return _beside(
        asked, shapes, mine, _part(shapes.group, hours) if shapes.group else None, even, head, said, caveat
    )


def _weekend(asked: Asked, shapes: Shapes) -> _Found | None:
    words, tr = asked.words, asked.words.tr
    if shapes.own is None:
        return None
    mine = sum(shapes.own[HOURS:])
    said = tr("{share} of what you draw falls on Saturdays and Sundays.", share=percent(mine, words))
    return _beside(
        asked, shapes, mine, sum(shapes.group[HOURS:]) if shapes.group else None, 2 / 7, tr("The weekend"), said,
        tr("More on the weekend often means being at home, washing, and cooking; it says little "
            "about equipment."),
    )  # fmt: skip


def _beside(
    asked: Asked,
    shapes: Shapes,
    mine: float,
    group: float | None,
    even: float,
    head: str,
    said: str,
    caveat: str,
) -> _Found:
    """A share beside the group's, or beside that of a day that is the same at every hour."""
    words, tr = asked.words, asked.words.tr
    if group is not None and shapes.epoch is not None:
        month = epoch_words(shapes.epoch, words)
        said = f"{said} " + tr("Both bars are of {month}.", month=month)
    theirs, name = (group, tr("All homes")) if group is not None else (even, tr("Spread evenly"))
    bars = _pair(mine, theirs, (tr("You"), name), (percent(mine, words), percent(theirs, words)), words)
    # A comparison with nobody weighs less than one with the group.
    return _Found(Driver(head, said, caveat, bars), _apart(mine, theirs) * (1 if group is not None else 0.3))


def _season(asked: Asked) -> _Found | None:
    """How much more the newest four weeks take than the lightest month of the twelve before."""
    words, tr, wh = asked.words, asked.words.tr, asked.data.wh
    recent = [wh[d] for d in range(asked.today - WEEKS, asked.today) if d in wh]
    if len(recent) < LEAST_DAYS:
        return None
    months = {}
    for back in range(1, 13):
        start = month_start(asked.today, -back)
        days = [d for d in range(start, month_start(start, 1)) if d in wh]
        if len(days) >= LEAST_DAYS:
            months[start] = sum(wh[d] for d in days) / len(days)
    if len(months) < LEAST_MONTHS:
        return None
    least = min(months, key=lambda s: months[s])
    now, low = sum(recent) / len(recent), months[least]
    if low <= 0:
        return None
    when = words.month(as_date(least).year, as_date(least).month)
    said = tr(
        "A day now takes {times} times a day of {month}, your lightest month.",
        times=words.number(now / low, 1),
        month=when,
    )
    caveat = tr(
        "Heating, cooling and light follow the season, and so does the sun on a roof. Not corrected for weather."
    )
    bars = _pair(now, low, (tr("Last four weeks"), when), (kwh(now, words), kwh(low, words)), words)
    return _Found(Driver(tr("The season"), said, caveat, bars), (now / low - 1) / 4)


def _part(shares: Sequence[float], hours: range) -> float:
    return sum(shares[h] + shares[HOURS + h] for h in hours)


def _apart(mine: float, theirs: float) -> float:
    return abs(mine / theirs - 1) if theirs > 0 else 0.0


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
