"""The neighbours' part of the machine: first state, due work of a block, dispatch of its statements.

Not here: what any of them does (``contract.neighbour_roster``, ``contract.neighbour_rounds``), signatures,
expiry.
"""

from __future__ import annotations

from ohmstead.contract import neighbour_roster, neighbour_rounds
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.neighbour_state import Now, round_end_s, zone_of
from ohmstead.contract.overlay import NBR, NEIGHBOUR_MODULES, Changes, Overlay
from ohmstead.contract.refusals import Refused
from ohmstead.core.codec import encode
from ohmstead.core.slots import ZoneTableEnds
from ohmstead.core.statements import Body, SignedStatement
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.neighbours.messages import (
    NEIGHBOUR_TYPES,
    EraseKey,
    GuardianKey,
    OpenRound,
    RosterChange,
    Share,
    StateDay,
    StateShape,
)
from ohmstead.neighbours.rounds import epoch_of

NEIGHBOUR_BODIES: dict[str, type[Body]] = {body.TYPE: body for body in NEIGHBOUR_TYPES}
#: Statements that their own key limits to one: outside the signer's daily quota.
OWN_LIMITS = (StateDay, StateShape, Share, OpenRound)


def first_state(params: NeighbourParameters) -> Changes:
    """What InitChain writes for neighbours."""
    changes: Changes = {(module, b"."): b"\x01" for module in NEIGHBOUR_MODULES}
    changes[NBR, b"params"] = encode(params.to_value())
    for cohort in params.cohorts:
        name = cohort.id.encode()
        changes[NBR, b"log/" + name] = encode([0, EMPTY_ROOT, []])
        changes[NBR, b"next/" + name] = encode([params.first_day, epoch_of(params.first_day)])
    return changes


def due(state: Overlay, now: Now) -> None:
    """The work that a block owes before its transactions, bounded: rounds to close, rounds to void."""
    neighbour_rounds.close_due(state, now)
    neighbour_rounds.void_due(state, now)


def apply(state: Overlay, signed: SignedStatement, now: Now) -> None:
    """Runs a neighbours' statement. Raises Refused."""
    match signed.statement.body:
        case StateDay() | StateShape() as body:
            neighbour_rounds.state_round(state, signed, body, now)
        case Share() as body:
            neighbour_rounds.share_round(state, signed, body, now)
        case OpenRound() as body:
            neighbour_rounds.open_round(state, signed, body, now)
        case RosterChange() as body:
            neighbour_roster.change(state, signed, body, now)
        case GuardianKey() as body:
            neighbour_roster.post_key(state, signed, body, now)
        case EraseKey() as body:
            neighbour_roster.erase_key(state, signed, body, now)


def cost_of(body: Body) -> int:
    """How much of a block's room for proofs a statement takes."""
    if isinstance(body, StateShape):
        return neighbour_rounds.PER_BLOCK
    return 1 if isinstance(body, StateDay) else 0


def is_early(state: Overlay, body: Body, params: NeighbourParameters, time_s: int) -> bool:
    """Whether a block of this time would only say "later" to a statement that was checked."""
    if not isinstance(body, StateDay | StateShape):
        return False
    cohort = params.cohort(body.cohort)
    if cohort is None:
        return False
    try:
        day = body.day if isinstance(body, StateDay) else None
        return time_s < round_end_s(zone_of(state, cohort.zone), day, body.epoch)
    except (ZoneTableEnds, Refused):
        return False
