"""The Neighbours page as a view model: its face, its one banner, its facts, and its parts put together. Qt-free.

Not here: the parts themselves (``neighbour_self``, ``neighbour_group``, ``neighbour_invite``, ``neighbour_why``,
``neighbour_shape``, ``neighbour_time``, ``neighbour_privacy``).
"""

from __future__ import annotations

from dataclasses import replace

from ohmstead.neighbours.rounds import days_of
from ohmstead.neighbours.tally import VoidReason
from ohmstead.services.neighbour_states import Standing
from ohmstead.services.states import LinkState
from ohmstead.ui.presenters.facts_age import Age, age_of
from ohmstead.ui.presenters.market_views import LineModel, NoticeModel
from ohmstead.ui.presenters.neighbour_asked import Asked, Known
from ohmstead.ui.presenters.neighbour_group import present_group
from ohmstead.ui.presenters.neighbour_invite import present_invite
from ohmstead.ui.presenters.neighbour_privacy import present_privacy
from ohmstead.ui.presenters.neighbour_self import present_self
from ohmstead.ui.presenters.neighbour_shape import present_shape, shapes_of
from ohmstead.ui.presenters.neighbour_time import present_time
from ohmstead.ui.presenters.neighbour_views import NeighbourFace, NeighbourView, Part
from ohmstead.ui.presenters.neighbour_why import present_why
from ohmstead.ui.presenters.neighbour_words import (
    alarm_head,
    day_words,
    group_words,
    time_words,
    void_words,
)
from ohmstead.ui.presenters.wording import Wording


def asked_of(known: Known, now_s: int, words: Wording) -> Asked | None:
    """What the parts rest on; None while the page has another face."""
    state, data = known.state, known.data
    if state is None or data is None or state.rules is None or data.zone is None or not state.known:
        return None
    return Asked(state, data, now_s, words, known.span, known.away, known.home, known.auditing)


def present_neighbours(known: Known, now_s: int, words: Wording) -> NeighbourView:
    """The page at a moment."""
    state, data = known.state, known.data
    if state is None or not state.known or data is None:
        return NeighbourView(NeighbourFace.LOADING)
    if state.rules is None:
        return NeighbourView(NeighbourFace.NONE)
    asked = asked_of(known, now_s, words)
    if asked is None:
        return NeighbourView(NeighbourFace.EMPTY)
    notice, void = _notice(asked), _void(asked)
    said = void[0] if void is not None and void[1] == notice else None
    invite, group, shapes = present_invite(asked), present_group(asked, said), shapes_of(asked)
    if invite is not None and group is not None:
        group = replace(group, lead="")  # one lead a column: what can be done
    cohort = asked.cohort
    return NeighbourView(
        NeighbourFace.FULL,
        asked.part,
        notice,
        present_self(asked.data, asked.results, asked.homes, words),
        invite,
        group,
        _group(asked) if cohort is not None and asked.part is not Part.NO_GROUP else "",
        state.can_act,
        present_why(asked, shapes),
        present_shape(asked, shapes),
        present_time(asked),
        present_privacy(asked),
        _facts(asked),
    )


def _group(asked: Asked) -> str:
    """*37 homes: flats, 60 to 90 m², 2 people.* and what a wished change does."""
    words, tr, member = asked.words, asked.words.tr, asked.state.membership
    cohort = asked.cohort
    assert cohort is not None
    said = group_words(cohort, words)
    if asked.roster:
        whole = words.count(
            asked.roster, "{n} home on the list: {group}.", "{n} homes on the list: {group}.", group=said
        )
    else:
        whole = tr("Homes of this kind: {group}.", group=said)
    if member.cohort is not None and member.standing not in (None, member.cohort):
        rules = asked.state.rules
        at_once = rules is not None and rules.at_once
        whole += " " + (tr("Your change takes effect at once.") if at_once
                        else tr("Your change takes effect next month."))  # fmt: skip
    return whole


def _notice(asked: Asked) -> NoticeModel | None:
    """The one thing that most needs to be said."""
    tr, words, state, member = asked.words.tr, asked.words, asked.state, asked.state.membership
    if state.alarms:
        return _alarm(asked)
    if asked.part is Part.PAUSED and asked.results:
        return NoticeModel(
            "neutral", tr("Comparing is paused"),
            tr("Your meter states nothing until you go on. What the others do goes on without you."), "resume",
        )  # fmt: skip
    if member.asked and member.cohort is None and member.standing is not None:
        until = member.end
        words_ = (
            tr("Your meter states nothing any more. Your home stays on the list until {date}.",
               date=day_words(days_of(until).start, asked.today, words)) if until is not None
            else tr("Your meter states nothing any more. The ledger is told as soon as the meter is in reach.")
        )  # fmt: skip
        return NoticeModel("neutral", tr("You left the group"), words_)
    if asked.home.link is LinkState.OFF or asked.away:
        head = (
            tr("Bluetooth is off") if asked.home.link is LinkState.OFF else tr("Your meter is out of reach")
        )
        as_of = tr(
            "What is shown is as of {time}. The meter goes on stating your days by itself.",
            time=time_words(state.head_time_s, asked.data.zone, asked.today, words),
        )
        return NoticeModel("notice", head, as_of)
    if age_of(state.head_time_s or None, asked.now_s) in (Age.STALE, Age.DAYS):
        return NoticeModel(
            "notice", tr("The ledger was last heard a while ago"),
            tr("What is shown is as of {time}.",
               time=time_words(state.head_time_s, asked.data.zone, asked.today, words)),
        )  # fmt: skip
    if asked.part is Part.JOINING and asked.results:
        return NoticeModel("neutral", tr("You are on your way into the group"), _begins(asked))
    void = _void(asked)
    return void[1] if void is not None else None


def _begins(asked: Asked) -> str:
    tr, member = asked.words.tr, asked.state.membership
    if member.first is not None and member.standing == member.cohort:
        date = day_words(days_of(member.first).start, asked.today, asked.words)
        return tr(
            "Your meter states its first day on {date}. Until then you see the others’ results.", date=date
        )
    return tr("Your meter is told, and tells the ledger. Until then you see the others’ results.")


def _void(asked: Asked) -> tuple[int, NoticeModel] | None:
    """The newest closed day has no result, and an older one is shown: which day, and what is said of it."""
    newest = asked.newest
    if newest is None:
        return None
    later = [asked.rounds[d] for d in sorted(asked.rounds, reverse=True) if d > newest]
    void = next((r for r in later if r.standing is Standing.VOID and r.void is not None), None)
    if void is None or void.void is None or void.day is None:
        return None
    tr, words = asked.words.tr, asked.words
    no_key = void.void.reason is VoidReason.NO_KEY
    head = (
        tr("No comparison this month") if no_key
        else tr("{day} has no result", day=day_words(void.day, asked.today, words))
    )  # fmt: skip
    why = void_words(asked.state, void.void, void.roster, words)
    day = day_words(newest, asked.today, words)
    newest_words = tr("{day} is the newest that has one.", day=day)
    return void.day, NoticeModel("notice", head, f"{why} {newest_words}")


def _alarm(asked: Asked) -> NoticeModel:
    """Something is false: nothing of it is drawn. The newest finding is named, the others are counted."""
    tr, words, alarms = asked.words.tr, asked.words, asked.state.alarms
    alarm = alarms[-1]
    words_ = alarm.words.removesuffix(".")
    body = tr("Its figures are not drawn. What the check said: {words}.", words=words_)
    if len(alarms) > 1:
        body += " " + words.count(
            len(alarms) - 1, "{n} other result does not check out either.",
            "{n} other results do not check out either.",
        )  # fmt: skip
    return NoticeModel("alarm", alarm_head(alarm, asked.today, words), body)


def _facts(asked: Asked) -> list[LineModel]:
    """Facts under the page, each of its own: as of when, complete, who holds the keys."""
    tr, words, state = asked.words.tr, asked.words, asked.state
    age = age_of(state.head_time_s or None, asked.now_s)
    time = time_words(state.head_time_s, asked.data.zone, asked.today, words)
    if age is Age.CURRENT:
        lines = [LineModel("ok", tr("Verified to {time}, current", time=time))]
    elif age is Age.NONE:
        lines = [LineModel("neutral", tr("Nothing verified yet"))]
    else:
        lines = [LineModel("notice", tr("Verified to {time}", time=time))]
    if asked.rounds and not state.complete:
        lines.append(
            LineModel("notice", tr("The group’s records are still coming in; newer results may follow"))
        )
    elif asked.rounds:
        lines.append(LineModel("ok", tr("The group’s records are here without a gap")))
    if state.single_operator:
        lines.append(LineModel("neutral", tr(
            "Single operator: one party holds all guardians’ keys, so privacy is simulated"
        )))  # fmt: skip
    if not state.can_act:
        lines.append(LineModel("neutral", tr("This computer may look, not act for the home")))
    return lines
