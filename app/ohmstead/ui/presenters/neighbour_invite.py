"""What stands in place of a comparison: the way in, what is missing, when the first result comes. Qt-free."""

from __future__ import annotations

from ohmstead.neighbours.rounds import MIN_HOMES, days_of
from ohmstead.neighbours.tally import VoidReason
from ohmstead.services.neighbour_states import Standing
from ohmstead.ui.presenters.neighbour_asked import Asked
from ohmstead.ui.presenters.neighbour_views import InviteView, Part
from ohmstead.ui.presenters.neighbour_words import absent_words, cohort_of, day_words, group_words, void_words

#: A round closes two days after its day; its result comes soon after.
CLOSES_DAYS = 3


def present_invite(asked: Asked) -> InviteView | None:
    """What there is to say and to do; None where figures say it."""
    part = asked.part
    if part is Part.UNDECIDED:
        return _opt_in(asked)
    if part is Part.NO_GROUP:
        return _no_group(asked)
    if part is Part.PROPOSED:
        return _proposed(asked)
    if asked.results:
        return None
    if part is Part.PAUSED:
        return InviteView(
            asked.words.tr("Comparing is paused"),
            (asked.words.tr("Your meter states nothing until you go on. The rest of Ohmstead goes "
                "on as always."),),
            "resume", asked.words.tr("Go on"), why_not=_cannot(asked),
        )  # fmt: skip
    return present_missing(asked)


def _cannot(asked: Asked) -> str:
    return "" if asked.state.can_act else asked.words.tr("This computer may look, but not act for the home.")


def _opt_in(asked: Asked) -> InviteView:
    tr = asked.words.tr
    return InviteView(
        tr("Compare with homes like yours"),
        (
            tr(
                "Your meter states once a day how much came from the grid, encrypted so that only "
                    "the sum of at least "
                "{n} homes can ever be opened.", n=asked.words.number(MIN_HOMES),
            ),
            tr("You see your day beside an efficient home and the average; nobody sees yours."),
            tr("It is off until you say so, and you can pause or leave at any time; nothing else depends on it."),
        ),
        "describe", tr("Describe my home…"), why_not=_cannot(asked),
    )  # fmt: skip


def _no_group(asked: Asked) -> InviteView:
    tr, words = asked.words.tr, asked.words
    rules = asked.state.rules
    groups = len(rules.cohorts) if rules is not None else 0
    return InviteView(
        tr("No group fits your home yet"),
        (
            words.count(groups, "This ledger knows {n} group of homes, and yours is in none.",
                        "This ledger knows {n} groups of homes, and yours is in none."),
            tr("A wrong group would compare what cannot be compared, so there is no comparison. The "
                "members who keep "
               "the ledger can add a group."),
        ),
        "describe", tr("Describe it differently…"), why_not=_cannot(asked),
    )  # fmt: skip


def _proposed(asked: Asked) -> InviteView:
    tr, words, state = asked.words.tr, asked.words, asked.state
    cohort = cohort_of(state, state.proposed)
    assert cohort is not None
    said = group_words(cohort, words)
    few = _few(asked)
    body = [tr("These homes are like yours: {group}.", group=said)]
    if few:
        body.append(few)
    body.append(
        tr("You take part from today on.") if state.rules is not None and state.rules.at_once
        else tr("You take part from the first of next month on.")
    )  # fmt: skip
    lead = tr("You take no part") if state.membership.asked else tr("A group fits your home")
    return InviteView(
        lead, body, "join", tr("Take part"), "describe", tr("Not your home?"), why_not=_cannot(asked)
    )


def _few(asked: Asked) -> str:
    roster = asked.roster
    if not roster or roster >= MIN_HOMES:
        return ""
    return asked.words.count(
        roster, "{n} home takes part so far; comparing starts at {least}.",
        "{n} homes take part so far; comparing starts at {least}.", least=asked.words.number(MIN_HOMES),
    )  # fmt: skip


def present_missing(asked: Asked) -> InviteView:
    """Taking part, and no result yet: what is missing, and when it comes."""
    tr, words, roster = asked.words.tr, asked.words, asked.roster
    if asked.part is Part.JOINING:
        return _joining(asked)
    if 0 < roster < MIN_HOMES:
        need = words.number(MIN_HOMES)
        missing = words.count(
            MIN_HOMES - roster, "One more home is missing; then the first day can be opened.",
            "{n} more homes are missing; then the first day can be opened.",
        )  # fmt: skip
        lead = words.count(
            roster, "{n} home like yours takes part. Comparing starts at {least}.",
            "{n} homes like yours take part. Comparing starts at {least}.", least=need,
        )  # fmt: skip
        why = tr("With fewer than {least} homes a sum could say too much about one of them, so the "
            "ledger opens nothing "
                 "and nobody can look.", least=need)  # fmt: skip
        return InviteView(
            lead,
            (why, missing),
            "",
            "",
            "describe",
            tr("Another group…"),
            why_not=_cannot(asked),
            whole=True,
        )
    closed = [asked.rounds[d] for d in sorted(asked.rounds, reverse=True)]
    newest = next((r for r in closed if r.standing is not Standing.COLLECTING), None)
    if newest is not None and newest.standing is Standing.WAITING and newest.day is not None:
        return InviteView(
            tr("Waiting for guardian {name}", name=absent_words(asked.state, newest, words)),
            (tr("{day} is closed, and every guardian must share before its sum can be opened. A "
                "missing share is late, "
                "not wrong; after 14 days the day stays closed for ever.",
                day=day_words(newest.day, asked.today, words)),),
        )  # fmt: skip
    if newest is not None and newest.void is not None and newest.day is not None:
        lead = (
            tr("No comparison this month") if newest.void.reason is VoidReason.NO_KEY
            else tr("{day} has no result", day=day_words(newest.day, asked.today, words))
        )  # fmt: skip
        more = (
            tr("It starts again with the next month’s keys.") if newest.void.reason is VoidReason.NO_KEY
            else tr("The next day is counted anew.")
        )  # fmt: skip
        return InviteView(lead, (void_words(asked.state, newest.void, newest.roster, words), more))
    first = min([*asked.own, *asked.rounds], default=asked.today)
    comes = max(first + CLOSES_DAYS, asked.today)
    body = [
        tr("Your meter states each day in the hours after midnight. A day stays open for two "
            "more, so that no home "
           "is left behind; then the guardians open the sum."),
    ]  # fmt: skip
    stated = max((r.n for r in asked.rounds.values()), default=0)
    if roster:
        body.append(
            words.count(
                roster, "{n} home like yours is on the list.", "{n} homes like yours are on the list."
            )
        )
    elif stated:
        body.append(
            words.count(stated, "{n} home like yours has stated a day so far.",
                        "{n} homes like yours have stated a day so far.")
        )  # fmt: skip
    return InviteView(tr("The first result comes on {date}", date=day_words(comes, asked.today, words)), body)


def _joining(asked: Asked) -> InviteView:
    tr, words, member = asked.words.tr, asked.words, asked.state.membership
    if member.standing == member.cohort and member.first is not None:
        date = day_words(days_of(member.first).start, asked.today, words)
        body = tr("Your home is on the list. Until then your meter states nothing.")
        return InviteView(tr("You take part from {date} on", date=date), (body,))
    where = (
        tr("It waits on this computer and goes to the meter as soon as that is in reach.") if asked.away
        else tr("Your meter is told, and tells the ledger within the hour.")
    )  # fmt: skip
    return InviteView(tr("Your wish is on its way"), (where,))
