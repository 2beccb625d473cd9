"""The shape of the day: at which hours the home draws from the grid, beside the group where its month is known.

Qt-free. A shape says when, not how much: each hour is a share of its kind of day. Not here: what it means for the
household (``neighbour_why``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ohmstead.neighbours.rounds import days_of
from ohmstead.ui.presenters.neighbour_asked import Asked
from ohmstead.ui.presenters.neighbour_data import HOURS, OwnHours
from ohmstead.ui.presenters.neighbour_self import scale
from ohmstead.ui.presenters.neighbour_views import ShapeModel, ShapeView
from ohmstead.ui.presenters.neighbour_words import epoch_words
from ohmstead.ui.presenters.view_models import TableModel
from ohmstead.ui.presenters.wording import Wording

WORKDAYS, WEEKS = 5, 28


@dataclass(frozen=True, slots=True)
class Shapes:
    """48 shares of all that was imported, workday hours then weekend hours; ``group`` is None without a month."""

    own: Sequence[float] | None
    group: Sequence[float] | None
    epoch: int | None
    homes: int
    audited: bool = False


def shapes_of(asked: Asked) -> Shapes:
    """The newest month's shape and the own one of the same days; the own last four weeks where there is none."""
    round_ = asked.months[0] if asked.months else None
    if round_ is None or round_.shape is None:
        last = asked.data.hours.between(asked.today - WEEKS, asked.today)
        return Shapes(amounts_of(last) if len(last) * 2 >= WEEKS else None, None, None, 0)
    days = days_of(round_.epoch)
    own = asked.data.hours.between(days.start, days.stop - 1)
    whole = sum(round_.shape)
    return Shapes(
        amounts_of(own) if 2 * len(own) >= len(days) else None, [v / whole for v in round_.shape],
        round_.epoch, round_.n, round_.audited,
    )  # fmt: skip


def amounts_of(hours: OwnHours) -> list[float] | None:
    """48 shares of some days' import; None where nothing was imported. 1970-01-01 was a Thursday."""
    weekend = (hours.day + 3) % 7 >= WORKDAYS
    sums = np.concatenate([hours.wh[~weekend].sum(axis=0), hours.wh[weekend].sum(axis=0)])
    whole = int(sums.sum())
    return [int(v) / whole for v in sums.tolist()] if whole else None


def present_shape(asked: Asked, shapes: Shapes) -> ShapeView:
    """The chart and its sentence."""
    tr, words = asked.words.tr, asked.words
    if shapes.own is None and shapes.group is None:
        return ShapeView(tr("Not enough whole days yet"), tr("Two weeks of whole days make a shape."), None)
    model = _model(shapes, words)
    if shapes.epoch is None:
        return ShapeView(
            tr("Your last four weeks"),
            tr("The group’s shape comes once a month, after the month’s end, if at least 15 homes "
                "state theirs."), model,
        )  # fmt: skip
    head = tr(
        "{month}, you among {n} homes", month=epoch_words(shapes.epoch, words), n=words.number(shapes.homes)
    )
    said = tr("When energy is used, not how much: each hour’s share of its kind of day.")
    if shapes.audited:
        said += " " + tr("Every home’s shape and the sum were checked on this computer.")
    if shapes.own is None:
        said += " " + tr("Too few of your own days of that month are whole.")
    return ShapeView(head, said, model)


def _model(shapes: Shapes, words: Wording) -> ShapeModel:
    tr = words.tr
    own, group = _halves(shapes.own), _halves(shapes.group)
    top, steps = scale(max([*own, *group, 1]), words)
    kinds = tr("Workdays"), tr("Weekends")
    said, rows = [], []
    for place in range(2 * HOURS):
        hour = place % HOURS
        head = tr(
            "{kind}, {first} to {last}",
            kind=kinds[place // HOURS],
            first=f"{hour:02d}:00",
            last=f"{hour + 1:02d}:00",
        )
        mine = tr("{n} %", n=words.number(own[place], 1)) if own else "–"
        theirs = tr("{n} %", n=words.number(group[place], 1)) if group else "–"
        said.append((head, tr("you {mine}, group {theirs}", mine=mine, theirs=theirs) if group else mine))
        rows.append((head, mine, theirs))
    return ShapeModel(
        own, group, top, [(h, tr("{n} %", n=n)) for h, n in steps], kinds, said,
        tr("The shape of the day, workdays and weekends"),
        TableModel((tr("Hour"), tr("You"), tr("Group")), rows), tr("You"), tr("All homes"),
    )  # fmt: skip


def _halves(shares: Sequence[float] | None) -> list[float]:
    """Per cent of each kind of day."""
    if shares is None:
        return []
    found: list[float] = []
    for half in (shares[:HOURS], shares[HOURS:]):
        whole = sum(half)
        found += [100 * v / whole if whole else 0.0 for v in half]
    return found
