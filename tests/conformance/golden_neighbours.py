"""Fixed inputs and makers of what the contract writes for neighbours: statements, genesis, state values, records.

``RULES`` names each structure's rule in ``ohmstead.cddl``. Pure: no link, no Qt. Proofs and hashes field by field
are in ``tests/neighbours/data``.
"""

from __future__ import annotations

from functools import cache

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import ERASE_S, SHARE_S
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.contract.neighbour_state import CLOSED, SHARE, SUMS, guardian_key_name, round_name, stated_name
from ohmstead.core.codec import encode
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.neighbours.messages import (
    EraseKey,
    OpenRound,
    RosterAction,
    RosterChange,
    Share,
    StateDay,
    StateShape,
)
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.shape import PARTS, prove_shape
from ohmstead.neighbours.tally import Frozen, Void, VoidReason
from tests.contract.market_rig import PARAMS as MARKET
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    HOUSES,
    SIGNERS,
    Tally,
    drawn,
    end_of,
    keys_of,
    month_end,
    neighbour_genesis,
)
from tests.contract.neighbour_stories import shared_day, wh_of

UNTIL = 1_800_000_000
ROUND = round_name(HOUSES.id, EPOCH, FIRST_DAY)


@cache
def story() -> Tally:
    """Sixteen homes' day, shared by all guardians, not opened; one home states the next day too."""
    tally = shared_day()
    home, moves = tally.people[0], tally.people[1]
    tally.accept(home.meter.key, tally.day(home, FIRST_DAY + 1, 4321), at=end_of(FIRST_DAY + 1) + 86_400)
    tally.accept(moves.meter.key, tally.change(moves, RosterAction.LEAVE, HOUSES.id))
    return tally


@cache
def ended() -> dict[str, RoundRecord]:
    """The first day as a result; as void by its guardians' absence; one that too few stated."""
    tally = shared_day()
    tally.accept(SIGNERS[2], tally.opening(FIRST_DAY))
    result = tally.records[record_rule(HOUSES.id)][-1]
    assert result.frozen is not None
    absent = RoundRecord(
        result.cohort, result.epoch, result.day, 16, result.frozen, result.shares[:3], (),
        Void(VoidReason.GUARDIAN_ABSENT, 16, 3),
    )  # fmt: skip
    few = RoundRecord(HOUSES.id, EPOCH, None, 16, None, (), (), Void(VoidReason.TOO_FEW, 14))
    # A load shape's form; nothing in it opens.
    points = tuple(result.frozen.q[i % 17] for i in range(48))
    sums = Frozen(16, result.frozen.root, points, points)
    share = Share(EPOCH, HOUSES.id, None, 0, points, result.shares[0].challenge, result.shares[0].response)
    values = (16 * PARTS, *(0 for _ in range(47)))
    shape = RoundRecord(HOUSES.id, EPOCH, None, 16, sums, (share,), values, None)
    return {
        "round record": result, "round record, absent": absent, "round record, too few": few,
        "round record, shape": shape,
    }  # fmt: skip


@cache
def bodies() -> dict[str, tuple[int, Body]]:
    """Every statement: who signs (−1 the meter, else the guardian of that index), and its body."""
    tally = shared_day()
    home = tally.people[0]
    round_ = tally.round(None)
    amounts = [100 + 37 * v for v in range(48)]
    shape = prove_shape(round_, home.id, tally.joint(EPOCH), amounts, bytes(32), drawn("golden shape"))
    result = ended()["round record"]
    of_shape = ended()["round record, shape"]
    day: StateDay = tally.day(home, FIRST_DAY, wh_of(0))
    return {
        "guardian-key": (1, keys_of(tally.hash, EPOCH, len(SIGNERS))[1][1]),
        "guardian-erase": (1, EraseKey(EPOCH, 1)),
        "nbr-join": (-1, RosterChange(EPOCH, RosterAction.JOIN, home.id, HOUSES.id, 1)),
        "nbr-join, move": (-1, RosterChange(EPOCH + 1, RosterAction.MOVE, home.id, "flats", 2)),
        "nbr-join, leave": (-1, RosterChange(EPOCH + 1, RosterAction.LEAVE, home.id, "flats", 3)),
        "nbr-state": (-1, day),
        "nbr-shape": (-1, StateShape(EPOCH, HOUSES.id, home.id, shape)),
        "nbr-share": (2, result.shares[2]),
        "nbr-share, shape": (0, of_shape.shares[0]),
        "nbr-open": (-1, OpenRound(EPOCH, HOUSES.id, FIRST_DAY, result.values)),
        "nbr-open, shape": (-1, OpenRound(EPOCH, HOUSES.id, None, of_shape.values)),
    }


def statement(name: str) -> bytes:
    signer, body = bodies()[name]
    key = story().people[0].meter.key if signer < 0 else SIGNERS[signer]
    return sign(key, story().hash, Statement(body, UNTIL, None))


def value(module: str, place: bytes) -> bytes:
    found = story().machine.state.get(module, place)
    assert found is not None, place
    return found


@cache
def erased() -> bytes:
    tally = shared_day()
    tally.accept(SIGNERS[1], EraseKey(EPOCH, 1), at=max(month_end() + ERASE_S, tally.time_s + SHARE_S))
    found = tally.machine.state.get("nbrkey", b"e" + guardian_key_name(EPOCH, 1))
    assert found is not None
    return found


NEXT = round_name(HOUSES.id, EPOCH, FIRST_DAY + 1)
MADE = {
    "app state, neighbours": lambda: neighbour_genesis().app_state,
    "app state, neighbours and market": lambda: AppState(
        *_fields(), market=MARKET, neighbours=story().params
    ).to_cbor(),
    **{f"statement {n}": (lambda n=n: statement(n)) for n in (
        "guardian-key", "guardian-erase", "nbr-join", "nbr-join, move", "nbr-join, leave", "nbr-state",
        "nbr-shape", "nbr-share", "nbr-share, shape", "nbr-open", "nbr-open, shape",
    )},
    **{n: (lambda n=n: ended()[n].to_bytes()) for n in (
        "round record", "round record, absent", "round record, too few", "round record, shape"
    )},
    "ended round": lambda: ended()["round record"].leaf.to_bytes(),
    "round leaf": lambda: encode([bodies()["nbr-state"][1].meter, bodies()["nbr-state"][1].message]),
    "neighbours' parameters": lambda: value("nbr", b"params"),
    "round log": lambda: value("nbr", b"log/flats"),
    "next round": lambda: value("nbr", b"next/houses"),
    "registered at": lambda: value("nbr", b"age/" + story().people[0].id),
    "guardian key value": lambda: value("nbrkey", guardian_key_name(EPOCH, 1)),
    "erased value": erased,
    "roster place": lambda: value("roster", b"houses\x00" + story().people[0].id),
    "roster place, left": lambda: value("roster", b"houses\x00" + story().people[1].id),
    "roster standing": lambda: value("roster", b"\x00" + story().people[0].id),
    "roster standing, left": lambda: value("roster", b"\x00" + story().people[1].id),
    "running sums": lambda: value("nbrround", SUMS + NEXT),
    "stated value": lambda: value("nbrround", stated_name(EPOCH, FIRST_DAY + 1) + story().people[0].id),
    "closed round": lambda: value("nbrround", CLOSED + ROUND),
    "share value": lambda: value("nbrround", SHARE + ROUND + b"\x02"),
}  # fmt: skip
RULES = {
    "app state, neighbours": "app-state-neighbours", "app state, neighbours and market": "app-state-neighbours",
    **{n: n.removeprefix("statement ").split(",")[0] for n in MADE if n.startswith("statement ")},
    **{n: "round-record" for n in MADE if n.startswith("round record")},
    "ended round": "ended-round", "round leaf": "round-leaf", "neighbours' parameters": "neighbour-parameters",
    "round log": "rule-log",
    "next round": "next-round", "registered at": "u63", "guardian key value": "guardian-key-value",
    "erased value": "u63", "roster place": "roster-place", "roster place, left": "roster-place",
    "roster standing": "roster-standing", "roster standing, left": "roster-standing",
    "running sums": "running-sums", "stated value": "identifier", "closed round": "closed-round",
    "share value": "share-value",
}  # fmt: skip


def _fields() -> tuple[object, ...]:
    state = AppState.from_cbor(neighbour_genesis().app_state)
    return state.zones, state.governance, state.certifiers, state.quotas, True, b"demonstration"
