"""From what is kept and proven to what the window knows: pure, whole, newest first.

A round that has ended is in it only where every check of it came out right on this computer. Not here: checking
(``check``), words (``ui``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.core.codec import CodecError
from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.cohorts import Cohort, Features, propose
from ohmstead.neighbours.estimator import DayResult
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import BINS, epoch_of
from ohmstead.services.neighbour_states import (
    Finding,
    GuardianState,
    Membership,
    NeighbourAlarm,
    NeighbourRules,
    NeighbourState,
    OwnRound,
    OwnStage,
    RoundState,
    Standing,
)
from ohmstead.services.neighbours.values import NeighbourView, RoundName, age_of
from ohmstead.store.neighbours import EQUAL, NOT_YET, AlarmRow, LogRow, OwnRow, RoundRow

#: Rounds that are handed over, newest first: a bit over a year.
MAX_SHOWN = 400
#: The meter's stages (link method 40) as the window knows them.
STAGES = (
    OwnStage.DUE, OwnStage.SENT, OwnStage.ON_LEDGER, OwnStage.GAPS, OwnStage.NO_KEY, OwnStage.LATE,
    OwnStage.REFUSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner wishes, as the meter said last."""

    asked: bool = False
    cohort: str | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that a picture is made of. ``rounds`` are those of the shown cohort."""

    params: NeighbourParameters
    view: NeighbourView | None
    wish: Wish
    features: Features | None
    shown: str | None
    log: LogRow | None
    rounds: Sequence[RoundRow]
    own: Sequence[OwnRow]
    alarms: Sequence[AlarmRow]
    owner: bool
    single_operator: bool


def rules_of(params: NeighbourParameters) -> NeighbourRules:
    """What genesis says."""
    return NeighbourRules(
        params.first_day, params.cohorts, tuple(g.name for g in params.guardians), params.age_s, params.lead_s,
        params.at_once,
    )  # fmt: skip


def proposed_for(params: NeighbourParameters, features: Features | None) -> str | None:
    """The cohort that a home of these features is like."""
    found = None if features is None else propose(params.cohorts, features)
    return None if found is None else found.id


def shown_of(
    params: NeighbourParameters, view: NeighbourView | None, wish: Wish, features: Features | None
) -> str | None:
    """The cohort to show: where the meter is, where it will be, or the one that was proposed."""
    choices = [None, None] if view is None else [view.holding(), view.standing]
    choices = [choices[0], wish.cohort, choices[1], proposed_for(params, features)]
    return next((c for c in choices if c is not None and params.cohort(c) is not None), None)


def state_of(kept: Kept, made: dict[tuple[str, int], RoundState]) -> NeighbourState:
    """The state. ``made`` remembers what was made of records that cannot change any more."""
    params, view = kept.params, kept.view
    cohort = None if kept.shown is None else params.cohort(kept.shown)
    rounds = [] if cohort is None else _ended(cohort, kept.rounds, made)
    if view is not None and cohort is not None:
        rounds += _under_way(view, cohort.id, {(r.cohort, r.epoch, r.day) for r in rounds})
    own = [_own(row) for row in kept.own]
    for parts in (rounds, own):
        parts.sort(key=lambda r: age_of((r.cohort, r.epoch, r.day)), reverse=True)
    return NeighbourState(
        rules_of(params), view is not None, 0 if view is None else view.time_s, kept.owner,
        kept.single_operator, _complete(kept), kept.features, proposed_for(params, kept.features), kept.shown,
        _membership(view, kept.wish), _guardians(params, view), tuple(rounds[:MAX_SHOWN]),
        tuple(own[:MAX_SHOWN]), tuple(_alarm(a) for a in kept.alarms),
    )  # fmt: skip


def _complete(kept: Kept) -> bool:
    proven = None if kept.view is None or kept.shown is None else kept.view.cohorts.get(kept.shown)
    if proven is None or kept.log is None:
        return False
    whole = (kept.log.size, kept.log.root) == (proven.size, proven.root)
    return whole and all(row.checked != NOT_YET for row in kept.rounds)


def _ended(
    cohort: Cohort, rows: Sequence[RoundRow], made: dict[tuple[str, int], RoundState]
) -> list[RoundState]:
    found = []
    for row in rows[-MAX_SHOWN:]:
        if row.checked != EQUAL or row.record is None:
            continue
        state = made.get((row.cohort, row.index))
        if state is None or state.audited != row.audited:
            try:
                record = RoundLeaf.from_bytes(row.leaf).record(row.record)
            except (VerificationError, CodecError):
                continue  # a file that was damaged since it was checked; the next look asks again
            state = made[row.cohort, row.index] = _round(cohort, row, record)
        found.append(state)
    return found


def _round(cohort: Cohort, row: RoundRow, record: RoundRecord) -> RoundState:
    n = record.void.n if record.void is not None else record.frozen.n if record.frozen is not None else 0
    result = shape = None
    if record.values and record.day is not None:
        result = DayResult(cohort.s, record.values[:BINS], record.values[BINS])
    elif record.values:
        shape = record.values
    return RoundState(
        record.cohort, record.epoch, record.day, Standing.VOID if record.void else Standing.RESULT, n,
        record.roster, result, shape, record.void, tuple(s.guardian for s in record.shares), row.audited,
    )  # fmt: skip


def _under_way(view: NeighbourView, cohort: str, ended: set[RoundName]) -> list[RoundState]:
    found = [
        RoundState(*name, Standing.COLLECTING, n, 0) for name, n in view.stating.items() if name[0] == cohort
    ]
    found += [
        RoundState(*name, Standing.WAITING, closed.frozen.n, closed.roster, shared=shared)
        for name, (closed, shared) in view.waiting.items()
        if name[0] == cohort and name not in ended
    ]
    return found


def _membership(view: NeighbourView | None, wish: Wish) -> Membership:
    standing = None if view is None else view.holding() or view.standing
    at = None if view is None or standing is None else view.cohorts.get(standing)
    place = None if at is None else at.place
    return Membership(
        wish.asked, wish.cohort, wish.paused, standing, None if place is None else place.first,
        None if place is None else place.end,
    )  # fmt: skip


def _guardians(params: NeighbourParameters, view: NeighbourView | None) -> tuple[GuardianState, ...]:
    month = None if view is None else view.month()
    if view is None or month is None or month not in view.guardians:
        return ()
    this, following = (view.guardians.get(m, {}) for m in (month, month + 1))
    return tuple(GuardianState(g.name, i in this, i in following) for i, g in enumerate(params.guardians))


def _own(row: OwnRow) -> OwnRound:
    epoch = row.number if row.is_shape else epoch_of(row.number)
    size = 0 if row.message is None else len(row.message)
    # What the ledger proves goes before the meter's word.
    stage = OwnStage.ON_LEDGER if row.seen or row.included else STAGES[row.stage]
    return OwnRound(row.day, epoch, row.cohort, stage, row.wh, row.included, size)


def _alarm(row: AlarmRow) -> NeighbourAlarm:
    return NeighbourAlarm(row.key, Finding(row.finding), row.cohort, row.epoch, row.day, row.words, row.leaf)


def names_in(rows: Sequence[RoundRow]) -> frozenset[RoundName]:
    """The rounds of leaves that were verified; a leaf that is none is left out."""
    found = set[RoundName]()
    for row in rows:
        try:
            leaf = RoundLeaf.from_bytes(row.leaf)
        except ValueError:
            continue
        found.add((leaf.cohort, leaf.epoch, leaf.day))
    return frozenset(found)
