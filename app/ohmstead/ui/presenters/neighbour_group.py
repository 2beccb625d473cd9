"""The home among its group: three bars, the histogram with its own place, and how sure all of that is. Qt-free.

Not here: who may be compared (``neighbour_invite``), months and days (``neighbour_time``).
"""

from __future__ import annotations

from ohmstead.neighbours.rounds import BINS
from ohmstead.services.neighbour_states import OwnStage, Standing
from ohmstead.ui.presenters.market_views import LineModel
from ohmstead.ui.presenters.neighbour_asked import SPANS, Asked, Stretch
from ohmstead.ui.presenters.neighbour_views import BarModel, GroupView, Part, SpreadModel
from ohmstead.ui.presenters.neighbour_words import absent_words, day_words, kwh, void_words
from ohmstead.ui.presenters.view_models import TableModel

NEAR = 0.03  # of the average: nearer than this is "about"
OLD_DAYS = 5  # a result comes two days after its day; later than this, its age is said with a sign
LEAST_BINS = 6


def present_group(asked: Asked, said: int | None = None) -> GroupView | None:
    """The home among its group; None without any result. ``said``: a day of which the banner speaks."""
    stretch = asked.stretch()
    if stretch is None:
        return None
    tr = asked.words.tr
    inside = asked.part in (Part.IN, Part.PAUSED)
    n = asked.words.number(asked.homes)
    over = tr("You among {n} homes like yours", n=n) if inside else tr("{n} homes like yours", n=n)
    return GroupView(
        over,
        position_words(stretch, asked),
        _aside(stretch, asked),
        asked.span,
        _bars(stretch, asked),
        _spread(stretch, asked),
        _sure(stretch, asked, said),
    )


def position_words(stretch: Stretch, asked: Asked) -> str:
    """Where the home stands: a place, not a mark."""
    tr, own = asked.words.tr, stretch.wh
    if own is None:
        return tr("Your own day is not whole") if asked.span == 0 else tr("Your own days are not whole")
    mean = stretch.mean_wh
    if own <= stretch.efficient_wh:
        return tr("Within the efficient fifth")
    if abs(own - mean) <= NEAR * mean:
        return tr("About the average")
    if own < mean:
        return tr("Between efficient and average")
    return tr("{n} % above the average", n=asked.words.number(round((own / mean - 1) * 100)))


def _aside(stretch: Stretch, asked: Asked) -> str:
    words, first, last = asked.words, stretch.days[0], stretch.days[-1]
    if first == last:
        return words.tr("{day}", day=words.day(last, weekday=True))
    return words.tr(
        "{first} to {last}",
        first=day_words(first, asked.today, words),
        last=day_words(last, asked.today, words),
    )


def _bars(stretch: Stretch, asked: Asked) -> list[BarModel]:
    tr, words = asked.words.tr, asked.words
    own, efficient, mean = stretch.wh, stretch.efficient_wh, stretch.mean_wh
    top = max(own or 0, efficient, mean, 1)
    days = len(stretch.days)
    note = tr("this home") if days == 1 else words.count(days, "mean of {n} day", "mean of {n} days")
    less = tr("one home in five uses less") if days == 1 else tr("one home-day in five is less")
    mine = (
        BarModel(tr("You"), note, kwh(own, words), own / top, "me")
        if own is not None
        else BarModel(tr("You"), tr("readings are missing"), "", 0, "me")
    )
    return [
        mine,
        BarModel(tr("Efficient"), less, kwh(efficient, words), efficient / top, "others_strong"),
        BarModel(
            tr("All {n}", n=words.number(asked.homes)), tr("the mean"), kwh(mean, words), mean / top,
            "others_strong",
        ),
    ]  # fmt: skip


def _spread(stretch: Stretch, asked: Asked) -> SpreadModel:
    words, tr, whole = asked.words, asked.words.tr, stretch.whole
    width = 1 << whole.s
    own = min(stretch.wh / width, BINS) if stretch.wh is not None else None
    last = max(
        [i for i, h in enumerate(whole.bins) if h] + ([int(own)] if own is not None else []), default=0
    )
    shown = min(max(last + 2, LEAST_BINS), BINS)
    counts = whole.bins[:shown]
    single = len(stretch.days) == 1
    said = []
    for j, count in enumerate(counts):
        low, high = (words.number(e * width / 1000, 1) for e in (j, j + 1))
        head = (
            tr("{low} kWh and more", low=low)
            if j == BINS - 1
            else tr("{low} to {high} kWh", low=low, high=high)
        )
        number = words.count(count, "{n} home", "{n} homes") if single else words.count(
            count, "{n} home-day", "{n} home-days"
        )  # fmt: skip
        if own is not None and int(min(own, BINS - 1)) == j:
            number = tr("{number}, your place", number=number)
        said.append((head, number))
    every = 1 if shown <= 8 else 2
    labels = [(float(j), words.number(round(j * width / 1000))) for j in range(0, shown + 1, every)]
    caption = (
        tr("kWh that day; the numbers count homes")
        if single
        else tr("kWh a day; the numbers count homes’ days")
    )
    spoken = tr("How many homes used how much")
    table = TableModel((tr("From the grid"), tr("How many")), said)
    return SpreadModel(
        counts, [words.number(c) for c in counts], own, tr("You"), labels, said, spoken, table, caption
    )


def _sure(stretch: Stretch, asked: Asked, said: int | None) -> list[LineModel]:
    """How sure: who is in, which days are in, which are not and why, and how old the newest is."""
    words, tr, state = asked.words, asked.words.tr, asked.state
    newest = asked.newest
    assert newest is not None
    lines = []
    round_ = asked.rounds[newest]
    if len(stretch.days) == 1:
        stated = words.count(round_.n, "{n} home", "{n} homes")
        of = tr(
            "{stated} of the {roster} on the list stated the day.",
            stated=stated,
            roster=words.number(round_.roster),
        )
        checked = (
            tr("Every statement and the sum were checked on this computer.") if round_.audited
            else tr("The sum was opened by all guardians and recomputed on this computer.")
        )  # fmt: skip
        lines.append(LineModel("ok", f"{of} {checked}"))
    else:
        length = SPANS[asked.span]
        here = len(stretch.days) + (stretch.torn if stretch.wh is not None else 0)
        sure = tr("{here} of {all} days have a result.", here=words.number(here), all=words.number(length))
        if stretch.wh is not None and stretch.torn:
            sure += " " + words.count(
                stretch.torn, "{n} is left out on both sides: your readings are not whole.",
                "{n} are left out on both sides: your readings are not whole.",
            )  # fmt: skip
        lines.append(LineModel("ok", sure))
    own = asked.own.get(newest)
    if len(stretch.days) == 1 and own is not None and own.stage is OwnStage.GAPS:
        lines.append(LineModel("notice", tr("Your home is not among them: a day with gaps is not stated.")))
    first = newest - SPANS[asked.span] + 1
    for day in sorted((d for d in asked.rounds if d >= first and d != said), reverse=True):
        other = asked.rounds[day]
        if other.standing is Standing.VOID and other.void is not None:
            why = void_words(state, other.void, other.roster, words)
            lines.append(
                LineModel(
                    "notice",
                    tr("{day} has no result. {why}", day=day_words(day, asked.today, words), why=why),
                )
            )
        elif other.standing is Standing.WAITING:
            who = absent_words(state, other, words)
            lines.append(
                LineModel(
                    "notice",
                    tr("{day} waits for guardian {name}: late, not "
                        "wrong.", day=day_words(day, asked.today, words),
                       name=who),
                )
            )  # fmt: skip
        if len(lines) >= 4:
            break
    if asked.today - newest > OLD_DAYS:
        days = words.count(asked.today - newest, "{n} day", "{n} days")
        lines.append(LineModel("notice", tr("The newest result is {days} old.", days=days)))
    return lines
