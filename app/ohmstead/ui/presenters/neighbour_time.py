"""Months and days of the comparison: the home's mean days beside the group's, and every round's state.
Qt-free."""

from __future__ import annotations

from ohmstead.neighbours.rounds import days_of, epoch_of
from ohmstead.services.neighbour_states import OwnStage, RoundState, Standing
from ohmstead.ui.presenters.neighbour_asked import Asked
from ohmstead.ui.presenters.neighbour_self import columns
from ohmstead.ui.presenters.neighbour_views import DayRow, TimeView
from ohmstead.ui.presenters.neighbour_words import absent_words, day_words, void_words

ROWS, LEAST_MONTHS = 31, 2


def present_time(asked: Asked) -> TimeView:
    """The months, newest last, and the days, newest first."""
    tr, words = asked.words.tr, asked.words
    epochs = sorted({epoch_of(d) for d in asked.results})[-12:]
    months, said = None, ""
    if len(epochs) >= LEAST_MONTHS:
        own: list[float | None] = []
        group: list[float | None] = []
        for epoch in epochs:
            stretch = asked.compared([d for d in asked.results if epoch_of(d) == epoch])
            assert stretch is not None
            own.append(stretch.wh)
            group.append(stretch.mean_wh)
        starts = [days_of(e).start for e in epochs]
        months = columns(
            starts, own, group, words, unit=tr("kWh from the grid a day"), tick_words=tr("all homes’ mean"),
            heads=(tr("Month"), tr("You"), tr("All homes")),
            spoken=tr("Your mean days and the group’s, month by month"),
        )  # fmt: skip
        said = tr("Each month over the same days on both sides; your own days with gaps are left out.")
    elif epochs:
        said = tr("Months stand beside each other here from the second on.")
    rows = [_row(asked.rounds[d], asked) for d in sorted(asked.rounds, reverse=True)[:ROWS]]
    return TimeView(said, months, rows, tr("No day has been counted yet."))


def _row(round_: RoundState, asked: Asked) -> DayRow:
    words, day = asked.words, round_.day
    assert day is not None
    result = asked.results.get(day)
    own = asked.data.wh.get(day)
    dash = "–"
    mine = words.number(own / 1000, 1) if own is not None else dash
    efficient = words.number(result.percentile_wh(20) / 1000, 1) if result is not None else dash
    mean = words.number(result.mean_wh() / 1000, 1) if result is not None else dash
    homes = words.number(round_.n)
    if round_.roster:  # counted when the round closes
        homes = words.tr("{n} of {roster}", n=homes, roster=words.number(round_.roster))
    said, glyph, tone = _standing(round_, asked)
    when = words.tr(
        "{weekday} {day}", weekday=words.short_weekday(day), day=day_words(day, asked.today, words)
    )
    return DayRow(day, (when, mine, efficient, mean, homes, said), glyph, tone)


def _standing(round_: RoundState, asked: Asked) -> tuple[str, str, str]:
    """Where a day stands: words, glyph, tone."""
    tr, words = asked.words.tr, asked.words
    if asked.wrong(round_):
        return tr("Not drawn: it does not check out"), "alert", "alarm"
    if round_.standing is Standing.RESULT:
        own = asked.own.get(round_.day) if round_.day is not None else None
        if own is not None and own.stage is OwnStage.GAPS:
            return tr("Recomputed here, without your home"), "check", "ok"
        return (
            (tr("Every statement checked here") if round_.audited else tr("Recomputed here")),
            "check",
            "ok",
        )
    if round_.standing is Standing.WAITING:
        return tr("Waits for {name}", name=absent_words(asked.state, round_, words)), "clock", "notice"
    if round_.standing is Standing.VOID and round_.void is not None:
        return void_words(asked.state, round_.void, round_.roster, words), "minus", "text_2"
    assert round_.day is not None
    return tr("Open until {date}", date=day_words(round_.day + 3, asked.today, words)), "clock", "text_2"
