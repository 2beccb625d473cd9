"""The words that all parts of the Neighbours page share: groups, days, energy, reasons, problems. Qt-free.

Neutral throughout: more and less are directions, not merits. Not here: any view.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.neighbours.cohorts import AREA_LIMIT, PEOPLE_LIMIT, Answer, Cohort, Dwelling, Heating
from ohmstead.neighbours.tally import Void, VoidReason, needed_homes
from ohmstead.services.neighbour_states import (
    Finding,
    NeighbourAlarm,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
    OwnStage,
    RoundState,
)
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.periods import as_date
from ohmstead.ui.presenters.wording import Wording

_HOUSES = {Dwelling.DETACHED, Dwelling.TERRACED}


def kwh(wh: float, words: Wording, decimals: int = 1) -> str:
    """*8.4 kWh* of Wh."""
    return words.tr("{n} kWh", n=words.number(wh / 1000, decimals))


def percent(share: float, words: Wording) -> str:
    """*12 %* of a share from 0 on."""
    return words.tr("{n} %", n=words.number(round(share * 100)))


def dwelling_name(dwelling: Dwelling, words: Wording) -> str:
    """What it is called where it can be chosen."""
    return {
        Dwelling.FLAT: words.tr("Flat"),
        Dwelling.TERRACED: words.tr("Terraced house"),
        Dwelling.DETACHED: words.tr("Detached house"),
    }[dwelling]


def heating_name(heating: Heating, words: Wording) -> str:
    """What it is called where it can be chosen."""
    return {
        Heating.GAS: words.tr("Gas"),
        Heating.HEAT_PUMP: words.tr("Heat pump"),
        Heating.ELECTRIC: words.tr("Electric heaters"),
        Heating.DISTRICT: words.tr("District heating"),
        Heating.OTHER: words.tr("Something else"),
    }[heating]


def group_words(cohort: Cohort, words: Wording) -> str:
    """*flats, 60 to 90 m², 2 people, gas heating*: what the homes of a group have in common."""
    tr = words.tr
    parts = [_dwellings(cohort, words)]
    low, high = cohort.area_m2
    if low > 1 and high < AREA_LIMIT - 1:
        parts.append(tr("{low} to {high} m²", low=words.number(low), high=words.number(high)))
    elif low > 1:
        parts.append(tr("from {low} m²", low=words.number(low)))
    elif high < AREA_LIMIT - 1:
        parts.append(tr("up to {high} m²", high=words.number(high)))
    parts += _people(cohort, words)
    heatings = {
        Heating.GAS: tr("gas heating"),
        Heating.HEAT_PUMP: tr("heat pump"),
        Heating.ELECTRIC: tr("electric heaters"),
        Heating.DISTRICT: tr("district heating"),
        Heating.OTHER: tr("another heating"),
    }
    parts += [_either([heatings[h] for h in cohort.heatings], words)] if cohort.heatings else []
    parts += {Answer.YES: [tr("electric car")], Answer.NO: [tr("no electric car")]}.get(cohort.ev, [])
    parts += {Answer.YES: [tr("solar roof")], Answer.NO: [tr("no solar roof")]}.get(cohort.pv, [])
    return ", ".join(parts)


def _dwellings(cohort: Cohort, words: Wording) -> str:
    if not cohort.dwellings or len(cohort.dwellings) == len(Dwelling):
        return words.tr("homes of any kind")
    if set(cohort.dwellings) == _HOUSES:
        return words.tr("houses")
    names = {
        Dwelling.FLAT: words.tr("flats"),
        Dwelling.TERRACED: words.tr("terraced houses"),
        Dwelling.DETACHED: words.tr("detached houses"),
    }
    return _either([names[d] for d in cohort.dwellings], words)


def _people(cohort: Cohort, words: Wording) -> list[str]:
    low, high = cohort.people
    open_end = high >= PEOPLE_LIMIT - 1
    if low == high:
        return [words.count(low, "{n} person", "{n} people")]
    if open_end:
        return [words.tr("{low} people or more", low=words.number(low))] if low > 1 else []
    if high == low + 1:
        return [words.tr("{low} or {high} people", low=words.number(low), high=words.number(high))]
    return [words.tr("{low} to {high} people", low=words.number(low), high=words.number(high))]


def _either(names: Sequence[str], words: Wording) -> str:
    said = names[0]
    for name in names[1:]:
        said = words.tr("{these} or {those}", these=said, those=name)
    return said


def shown_cohort(state: NeighbourState) -> Cohort | None:
    """The rule of the group that is shown."""
    return cohort_of(
        state, state.shown or state.membership.standing or state.membership.cohort or state.proposed
    )


def cohort_of(state: NeighbourState, name: str | None) -> Cohort | None:
    """The rule of a group by its name."""
    cohorts = state.rules.cohorts if state.rules is not None else ()
    return next((c for c in cohorts if c.id == name), None)


def epoch_words(epoch: int, words: Wording) -> str:
    """*November 2026*."""
    return words.month(1970 + epoch // 12, epoch % 12 + 1)


def day_words(day: int, today: int, words: Wording) -> str:
    """*27 November*, with its year where that is not today's."""
    return words.day(day, year=as_date(day).year != as_date(today).year)


def time_words(unix_s: int, zone: ZoneTable | None, today: int, words: Wording) -> str:
    """*14:05*, and *27 November, 14:05* on another day: by the meter's clock."""
    if zone is None:
        return day_words(unix_s // 86_400, today, words)
    clock = MeterClock(zone).instant(unix_s)
    try:
        day = zone.day_of(unix_s // SLOT_SECONDS)
    except ZoneTableEnds:
        day = unix_s // 86_400
    if day == today:
        return clock
    return words.tr("{date}, {time}", date=day_words(day, today, words), time=clock)


def guardian_name(state: NeighbourState, index: int | None) -> str:
    """A guardian's name."""
    names = state.rules.guardians if state.rules is not None else ()
    return names[index] if index is not None and index < len(names) else ""


def absent_words(state: NeighbourState, round_: RoundState, words: Wording) -> str:
    """*Birch*, *Birch and Cedar*: the guardians whose share of a round is not in."""
    names = state.rules.guardians if state.rules is not None else ()
    missing = [name for i, name in enumerate(names) if i not in round_.shared]
    if not missing:
        return ""
    said = missing[0]
    for name in missing[1:]:
        said = words.tr("{these} and {those}", these=said, those=name)
    return said


def void_words(state: NeighbourState, void: Void, roster: int, words: Wording) -> str:
    """Why a round has no result, in a sentence."""
    tr = words.tr
    if void.reason is VoidReason.TOO_FEW:
        stated = words.count(void.n, "{n} home stated the day", "{n} homes stated the day")
        return tr(
            "{stated}; fewer than {need} are never opened.",
            stated=stated,
            need=words.number(needed_homes(roster)),
        )
    if void.reason is VoidReason.GUARDIAN_ABSENT:
        name = guardian_name(state, void.guardian)
        return tr("Guardian {name} did not share within 14 days, so it is closed for ever.", name=name)
    if void.reason is VoidReason.NO_KEY:
        missing = [g.name for g in state.guardians if not g.this_month]
        if missing:
            return tr("No key of guardian {name} for the month, so nothing could be stated.", name=missing[0])
        return tr("A guardian’s key of the month is missing, so nothing could be stated.")
    return tr("The sums were degenerate, which chance does not make; nothing was opened.")


def stage_words(stage: OwnStage, words: Wording) -> str:
    """Where an own statement stands."""
    return {
        OwnStage.DUE: words.tr("Due after midnight"),
        OwnStage.SENT: words.tr("On its way"),
        OwnStage.ON_LEDGER: words.tr("On the ledger"),
        OwnStage.GAPS: words.tr("Not stated: readings are missing"),
        OwnStage.NO_KEY: words.tr("Not stated: no key this month"),
        OwnStage.LATE: words.tr("Not stated: the time was over"),
        OwnStage.REFUSED: words.tr("Refused by the ledger"),
    }[stage]


def alarm_head(alarm: NeighbourAlarm, today: int, words: Wording) -> str:
    """A finding as a sentence without its full stop. One of no day and no month is of an entry that is none."""
    tr = words.tr
    if alarm.day is None and not alarm.epoch:
        return tr("The group’s log holds an entry that does not belong there")
    when = day_words(alarm.day, today, words) if alarm.day is not None else epoch_words(alarm.epoch, words)
    return {
        Finding.RECORD: tr("The record of {when} does not follow from what is in it", when=when),
        Finding.LEFT_OUT: tr("Your statement of {when} is not among those that were added", when=when),
        Finding.ALTERED: tr("What was stated of {when} is not what your meter measured", when=when),
        Finding.AUDIT: tr("The statements of {when} do not make its sums", when=when),
    }[alarm.finding]


def problem_words(problem: NeighbourProblem, words: Wording) -> tuple[str, str]:
    """A problem as head and what to do about it."""
    tr = words.tr
    head = {
        NeighbourTask.FEATURES: tr("What your home is like was not kept"),
        NeighbourTask.JOIN: tr("Your home does not take part yet"),
        NeighbourTask.LEAVE: tr("Your home still takes part"),
        NeighbourTask.PAUSE: tr("Pausing or going on did not work"),
        NeighbourTask.AUDIT: tr("The statements were not checked"),
    }[problem.task]
    body = {
        NeighbourReason.NO_NEIGHBOURS: tr("This ledger compares no homes."),
        NeighbourReason.NO_COHORT: tr("The ledger knows no such group any more. Choose another one."),
        NeighbourReason.VIEWER: tr(
            "This computer may look, but not act for the home. Use the one that you paired."
        ),
        NeighbourReason.NOT_KEPT: tr("The disk would not take it. Make room or check the folder’s rights."),
        NeighbourReason.AWAY: tr("Your meter is out of reach. Try again near it."),
        NeighbourReason.NOT_HERE: tr(
            "The statements are not on this computer and no member answered. Try later."
        ),
        NeighbourReason.BUSY: tr("Another day is being checked. Wait for it, or stop it."),
        NeighbourReason.STOPPED: tr("It was stopped. What was checked so far says nothing of the rest."),
        NeighbourReason.REFUSED: tr("It was refused."),
    }[problem.reason]
    return head, f"{body} {problem.detail}".strip() if problem.detail else body
