"""The privacy account: what left this home, who could read it and only how, what came of it, what can be done.

Qt-free. Source of what is said of readers: protocol/neighbours, line 28. Not here: doing any of it.
"""

from __future__ import annotations

from ohmstead.services.neighbour_states import OwnRound, OwnStage
from ohmstead.ui.presenters.market_views import LineModel
from ohmstead.ui.presenters.neighbour_asked import Asked
from ohmstead.ui.presenters.neighbour_views import AuditAsk, DayRow, Part, PrivacyView
from ohmstead.ui.presenters.neighbour_words import day_words, epoch_words, stage_words

ROWS = 40
_LEFT = (OwnStage.SENT, OwnStage.ON_LEDGER)
_SIGNS = {
    OwnStage.DUE: ("clock", "text_2"), OwnStage.SENT: ("clock", "text_2"), OwnStage.ON_LEDGER: ("lock", "text"),
    OwnStage.GAPS: ("minus", "text_2"), OwnStage.NO_KEY: ("minus", "text_2"), OwnStage.LATE: ("minus", "text_2"),
    OwnStage.REFUSED: ("alert", "alarm"),
}  # fmt: skip


def present_privacy(asked: Asked) -> PrivacyView:
    """The account as of now."""
    tr, words, state = asked.words.tr, asked.words, asked.state
    guardians = len(state.rules.guardians) if state.rules is not None else 0
    member = state.membership
    taking = member.cohort is not None or member.standing is not None
    return PrivacyView(
        (
            (tr("What left this home"), _left(asked)),
            (tr("Who can read it"), words.count(
                guardians, "Nobody but its guardian, who holds the only key.",
                "Nobody alone. Only all {n} guardians together could, and each works with the sum alone.",
            )),
            (tr("What came of it"), _came(asked)),
            (tr("What stays here"), tr(
                "What your home is like, your hours, and every figure that you see. Only the group’s name is "
                "said: to look it up, and to take part."
            )),
        ),
        [_row(own, asked) for own in state.own if own.stage is not OwnStage.DUE][:ROWS],
        tr("Nothing has left this home for a comparison."),
        _guardians(asked),
        _limits(asked),
        can_pause=member.cohort is not None and not member.paused and state.can_act,
        can_resume=asked.part is Part.PAUSED and state.can_act,
        can_leave=taking and member.cohort is not None and state.can_act,
        audits=_audits(asked) if asked.auditing is None else (),
        auditing=_auditing(asked),
    )  # fmt: skip


def _audits(asked: Asked) -> list[AuditAsk]:
    """The newest day, and the newest month's load shape, unless they were checked whole."""
    tr, words = asked.words.tr, asked.words
    days = [asked.rounds[asked.newest]] if asked.newest is not None else []
    found = []
    for round_ in (*days, *asked.months[:1]):
        if round_.audited:
            continue
        if round_.day is not None:
            said = tr("Check every statement of {day}", day=day_words(round_.day, asked.today, words))
        else:
            said = tr("Check every shape of {month}", month=epoch_words(round_.epoch, words))
        found.append(AuditAsk(round_.cohort, round_.epoch, round_.day, round_.n, said))
    return found


def _auditing(asked: Asked) -> str:
    running = asked.auditing
    if running is None:
        return ""
    return asked.words.tr(
        "{n} of {of} statements of {when} hold so far",
        n=asked.words.number(running.done), of=asked.words.number(running.ask.n),
        when=epoch_words(running.ask.epoch, asked.words) if running.ask.day is None
        else day_words(running.ask.day, asked.today, asked.words),
    )  # fmt: skip


def _left(asked: Asked) -> str:
    words, own = asked.words, [o for o in asked.state.own if o.stage in _LEFT]
    if not own:
        return words.tr("Nothing.")
    days, shapes = (sum((o.day is None) == month for o in own) for month in (False, True))
    size = sum(o.message_bytes for o in own)
    said = words.count(days, "{n} day’s sum", "{n} days’ sums")
    if shapes:
        more = words.count(shapes, "{n} month’s shape of the day", "{n} months’ shapes of the day")
        said = words.tr("{days} and {shapes}", days=said, shapes=more)
    return words.tr("{what}, encrypted: {n} bytes. No hour of any day.", what=said, n=words.number(size))


def _came(asked: Asked) -> str:
    words = asked.words
    into = sum(o.included is True for o in asked.state.own)
    if not into:
        return words.tr("No result holds your home yet.")
    return words.count(
        into, "{n} result holds your home: your share of a sum, never a figure of its own.",
        "{n} results hold your home: your share of sums, never a figure of its own.",
    )  # fmt: skip


def _row(own: OwnRound, asked: Asked) -> DayRow:
    words, tr = asked.words, asked.words.tr
    when = day_words(own.day, asked.today, words) if own.day is not None else epoch_words(own.epoch, words)
    what = tr("A day’s sum") if own.day is not None else tr("A month’s shape of the day")
    size = tr("{n} bytes", n=words.number(own.message_bytes)) if own.stage in _LEFT else "–"
    glyph, tone = _SIGNS[own.stage]
    said = stage_words(own.stage, words)
    if own.stage is OwnStage.ON_LEDGER:
        if own.included is True:
            said = tr("In the result")
        elif own.included is False:
            said, glyph, tone = tr("On the ledger, left out of the sum"), "alert", "alarm"
        else:
            said = tr("On the ledger, sum not opened")
    return DayRow(own.day or 0, (when, what, size, said), glyph, tone)


def _guardians(asked: Asked) -> list[LineModel]:
    tr, lines = asked.words.tr, []
    for guardian in asked.state.guardians:
        if guardian.this_month and guardian.next_month:
            lines.append(
                LineModel("ok", tr("{name}: key of this month and of the next posted", name=guardian.name))
            )
        elif guardian.this_month:
            lines.append(
                LineModel("ok", tr("{name}: key of this month posted, the next is due", name=guardian.name))
            )
        else:
            lines.append(
                LineModel(
                    "notice", tr("{name}: no key this month, so nothing can be stated", name=guardian.name)
                )
            )
    return lines


def _limits(asked: Asked) -> list[LineModel]:
    tr, state = asked.words.tr, asked.state
    lines = []
    if state.single_operator:
        lines.append(LineModel("notice", tr(
            "Single operator: one party holds all guardians’ keys, so this privacy is only simulated."
        )))  # fmt: skip
    lines += [
        LineModel("neutral", tr("All other homes of a group together can work out the last one.")),
        LineModel("neutral", tr(
            "Who certifies meters could invent some, and so make the real homes of a group fewer than they seem."
        )),
        LineModel("neutral", tr(
            "One home that leaves is faintly visible: over weeks, in how the group’s sums change."
        )),
        LineModel("neutral", tr(
            "Guardians erase a month’s key after sixteen days. That is a promise; what was "
                "encrypted stays on the ledger."
        )),
    ]  # fmt: skip
    return lines
