"""What the window knows of the neighbours: frozen values, handed over whole. No Qt, no text.

Every figure in here was verified on this computer, or is not here. Not here: how it was verified
(``services.neighbours``), words (``ui.presenters.neighbours*``). Energy in Wh, days as local day numbers of the
cohort's zone (days since 1970-01-01), epochs as months since January 1970, times in Unix seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ohmstead.neighbours.cohorts import Cohort, Features
from ohmstead.neighbours.estimator import DayResult
from ohmstead.neighbours.tally import Void


class Standing(Enum):
    """Where a round stands."""

    COLLECTING = "collecting"  # homes may still state it
    WAITING = "waiting"  # closed; not every guardian has shared
    RESULT = "result"
    VOID = "void"


class OwnStage(Enum):
    """Where the own home's statement of a round stands, as the meter says."""

    DUE = "due"
    SENT = "sent"
    ON_LEDGER = "on-ledger"
    GAPS = "gaps"
    NO_KEY = "no-key"
    LATE = "late"
    REFUSED = "refused"


class Finding(Enum):
    """What this computer found wrong."""

    RECORD = "record"  # a record does not follow from what is in it
    LEFT_OUT = "left-out"  # the own statement is not among those that were added
    ALTERED = "altered"  # the own leaf does not encrypt the own verified readings
    AUDIT = "audit"  # a statement of the day is false, or the sums are not those of the statements


@dataclass(frozen=True, slots=True)
class NeighbourRules:
    """What the ledger's genesis says: its list of cohorts, its guardians, what is unusual."""

    first_day: int
    cohorts: tuple[Cohort, ...]
    guardians: tuple[str, ...]
    age_s: int
    lead_s: int
    at_once: bool


@dataclass(frozen=True, slots=True)
class GuardianState:
    """A guardian and whether its key of this month, and of the next, is posted."""

    name: str
    this_month: bool
    next_month: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """What the owner wishes (``cohort`` None: not to take part) and what the ledger holds of it.

    ``standing`` is the cohort in which the meter is on the roster, from ``first`` to ``end`` (excluded) epochs.
    ``asked`` is False where the owner never decided.
    """

    asked: bool = False
    cohort: str | None = None
    paused: bool = False
    standing: str | None = None
    first: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class OwnRound:
    """The own home's part in a round. ``wh`` is what it stated; ``included`` is None until that can be told."""

    day: int | None
    epoch: int
    cohort: str
    stage: OwnStage
    wh: int | None = None
    included: bool | None = None
    message_bytes: int = 0


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round of a cohort: a day, or (``day`` None) a month's load shape.

    ``result`` of a day, ``shape`` (48 sums in parts per 255 of ``n`` homes) of a month; ``void`` says why there
    is none; ``shared`` are the guardians whose share is in. ``audited``: every statement of it was checked here
    too. ``roster`` is 0 while homes may still state it: it is counted when the round closes.
    """

    cohort: str
    epoch: int
    day: int | None
    standing: Standing
    n: int
    roster: int
    result: DayResult | None = None
    shape: tuple[int, ...] | None = None
    void: Void | None = None
    shared: tuple[int, ...] = ()
    audited: bool = False


@dataclass(frozen=True, slots=True)
class NeighbourAlarm:
    """Something is wrong with a round. ``words`` is the verifier's own sentence, for people who look closer.

    An entry of a cohort's log that is of no round that could stand there has epoch 0, day None, and its number
    from 0 as ``leaf``.
    """

    key: int
    finding: Finding
    cohort: str
    epoch: int
    day: int | None
    words: str
    leaf: int | None = None


@dataclass(frozen=True, slots=True)
class NeighbourState:
    """All of it. ``rules`` is None on a ledger without neighbours, and before the first look at it.

    ``rounds`` are those of the cohort that is shown (the own one, or the one that was proposed), newest first;
    ``own`` the own home's, newest first. ``complete``: the cohort's log is mirrored to its end under a verified
    header of ``head_time_s``. ``can_act``: this computer is paired as an owner. ``single_operator``: one party
    holds all guardians' keys, so privacy is only simulated.
    """

    rules: NeighbourRules | None = None
    known: bool = False
    head_time_s: int = 0
    can_act: bool = False
    single_operator: bool = True
    complete: bool = False
    features: Features | None = None
    proposed: str | None = None
    shown: str | None = None
    membership: Membership = field(default_factory=Membership)
    guardians: tuple[GuardianState, ...] = ()
    rounds: tuple[RoundState, ...] = ()
    own: tuple[OwnRound, ...] = ()
    alarms: tuple[NeighbourAlarm, ...] = ()


class NeighbourTask(Enum):
    """What was asked for."""

    FEATURES = "features"
    JOIN = "join"
    LEAVE = "leave"
    PAUSE = "pause"
    AUDIT = "audit"


class NeighbourReason(Enum):
    """Why it was not done. Append only."""

    AWAY = "away"  # only with a link to the meter
    VIEWER = "viewer"  # this computer may look, not act
    NO_NEIGHBOURS = "no neighbours"  # this ledger was founded without, or the meter takes no part
    NO_COHORT = "no cohort"  # the ledger's list has none of that name
    NOT_HERE = "not here"  # the round has no sums, or is not on this computer yet
    BUSY = "busy"  # another audit is running
    STOPPED = "stopped"  # the audit was cancelled
    NOT_KEPT = "not kept"  # the disk would not take it
    REFUSED = "refused"  # by a check, or by the meter; ``detail`` says which


@dataclass(frozen=True, slots=True)
class NeighbourProblem:
    """What was not done and why. ``detail`` is for what only the failure itself knows."""

    task: NeighbourTask
    reason: NeighbourReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AuditProgress:
    """How far an audit is: statements verified, of how many. The last one has ``done`` equal to ``of``.

    ``day`` is None where a month's load shape is audited.
    """

    cohort: str
    day: int | None
    done: int
    of: int
