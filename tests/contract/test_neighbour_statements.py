"""A home's day on the ledger: what it must be for a block to add it, and every way in which it is not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ohmstead.contract.neighbour_parameters import DAY_S, STATE_S
from ohmstead.contract.neighbour_rounds import log_name
from ohmstead.contract.neighbour_state import SUMS, round_name, stated_name
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import decode, encode
from ohmstead.neighbours.dayproof import day_bytes, prove_day
from ohmstead.neighbours.group import IDENTITY, L, add, base, scalar_of
from ohmstead.neighbours.messages import RosterAction, StateDay, StateShape
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.neighbours.shape import SHAPE_BYTES
from ohmstead.neighbours.slots import slot_count
from ohmstead.neighbours.tally import RunningTally
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    FLATS,
    HOUSES,
    PARAMS,
    SIGNERS,
    S,
    Tally,
    drawn,
    end_of,
    keys_of,
    month_end,
)
from tests.contract.neighbour_stories import with_homes
from tests.contract.rig import CERTIFIER, STRANGER, reason

END = end_of(FIRST_DAY)
SLOTS = slot_count(S)
#: Where the parts of a message are, of a first, a middle and a last slot.
C1, C2 = (lambda j: 64 * j), (lambda j: 64 * j + 32)
CHALLENGE = 64 * SLOTS
C0, Z0, Z1 = (lambda j, k=k: CHALLENGE + 32 + 96 * j + 32 * k for k in range(3))
RESPONSE = day_bytes(S) - 32


def message_of(tally: Tally, home: int = 0, wh: int = 1234) -> StateDay:
    return tally.day(tally.people[home], FIRST_DAY, wh)


def send(tally: Tally, body: StateDay | StateShape, home: int = 0, at: int | None = None) -> Reason:
    return tally.refuse(tally.people[home].meter.key, body, at)


# ---- when ----------------------------------------------------------------------------------------


def test_a_day_is_stated_from_its_end_for_48_hours() -> None:
    tally = with_homes(3)
    txs = [tally.sign(h.meter.key, message_of(tally, i)) for i, h in enumerate(tally.people)]
    early = tally.one(txs[0], at=END - 1)
    assert (early.code, reason(early)) == (2, Reason.DAY_NOT_OVER)
    assert tally.machine.check_tx(txs[0]).code == 0  # it may wait
    assert tally.machine.is_early(txs[0], END - 1)
    assert not tally.machine.is_early(txs[0], END)
    assert tally.one(txs[0], at=END).code == 0
    assert tally.one(txs[1], at=END + STATE_S - 1).code == 0
    late = tally.one(txs[2], at=END + STATE_S)
    assert (late.code, reason(late)) == (1, Reason.TOO_LATE)


def test_no_day_before_the_first_is_tallied_nor_one_that_no_table_knows() -> None:
    tally = Tally(replace(PARAMS, first_day=FIRST_DAY + 1))
    tally.post_keys()
    home = tally.home("a")
    assert tally.refuse(home.meter.key, tally.false_day(home, FIRST_DAY), at=END) is Reason.TOO_LATE
    far = days_of(EPOCH + 100)[0]
    assert tally.refuse(home.meter.key, tally.false_day(home, far)) is Reason.UNKNOWN_ZONE
    assert not tally.machine.is_early(tally.sign(home.meter.key, tally.false_day(home, far)), END)


def test_an_expired_statement_is_refused() -> None:
    tally = with_homes(1)
    tx = tally.sign(tally.people[0].meter.key, message_of(tally), valid_until=END)
    tally.block(at=END)
    assert reason(tally.one(tx)) is Reason.EXPIRED


# ---- once ----------------------------------------------------------------------------------------


def test_a_meter_states_a_day_once_the_same_or_another() -> None:
    tally = with_homes(1)
    tally.accept(tally.people[0].meter.key, message_of(tally), at=END)
    assert send(tally, message_of(tally)) is Reason.ALREADY_DONE
    assert send(tally, tally.false_day(tally.people[0], FIRST_DAY)) is Reason.ALREADY_DONE


def test_two_of_one_meter_in_one_block_count_once() -> None:
    tally = with_homes(1)
    key = tally.people[0].meter.key
    txs = [tally.sign(key, message_of(tally), valid_until=END + n) for n in (100, 200)]
    results = tally.block(*txs, at=END).results
    assert [r.code for r in results] == [0, 1]
    assert reason(results[1]) is Reason.ALREADY_DONE


def test_a_home_that_moves_at_once_does_not_state_one_day_in_two_cohorts() -> None:
    tally = with_homes(1)
    home = tally.people[0]
    tally.accept(home.meter.key, message_of(tally), at=END)
    tally.accept(home.meter.key, tally.change(home, RosterAction.MOVE, FLATS.id))
    assert send(tally, tally.day(home, FIRST_DAY, 1234, FLATS)) is Reason.ALREADY_DONE
    tally.accept(home.meter.key, tally.day(home, FIRST_DAY + 1, 1234, FLATS), at=end_of(FIRST_DAY + 1))


# ---- whose ---------------------------------------------------------------------------------------


def test_only_a_meter_on_the_cohorts_roster_states_and_for_itself() -> None:
    tally = with_homes(2)
    loose = tally.home("loose", None)
    a, b = tally.people[:2]
    tally.block(at=END)
    assert tally.refuse(loose.meter.key, tally.false_day(loose, FIRST_DAY)) is Reason.NOT_ON_ROSTER
    assert send(tally, tally.false_day(a, FIRST_DAY, FLATS)) is Reason.NOT_ON_ROSTER
    assert send(tally, replace(message_of(tally), cohort="castles")) is Reason.NO_COHORT
    assert tally.refuse(b.meter.key, message_of(tally)) is Reason.WRONG_METER
    assert tally.refuse(CERTIFIER, message_of(tally)) is Reason.WRONG_METER
    assert tally.refuse(SIGNERS[0], message_of(tally)) is Reason.WRONG_METER
    assert tally.refuse(STRANGER, message_of(tally)) is Reason.UNKNOWN_SIGNER


# ---- replays -------------------------------------------------------------------------------------


def test_a_message_is_of_one_meter_day_cohort_month_and_ledger() -> None:
    tally = with_homes(2)
    a, b = tally.people[:2]
    good = message_of(tally)
    tally.post_keys(EPOCH + 1)
    tally.block(at=END)
    assert send(tally, replace(good, meter=b.id), 1) is Reason.BAD_PROOF
    tally.accept(a.meter.key, good)
    assert send(tally, replace(good, meter=b.id), 1) is Reason.BAD_PROOF  # copied from the chain
    assert send(tally, replace(good, day=FIRST_DAY + 1), at=end_of(FIRST_DAY + 1)) is Reason.BAD_PROOF
    tally.accept(b.meter.key, tally.change(b, RosterAction.MOVE, FLATS.id))
    mine = tally.day(b, FIRST_DAY + 1, 77)
    assert send(tally, replace(mine, cohort=FLATS.id), 1) is Reason.BAD_PROOF
    first = days_of(EPOCH + 1)[0]
    assert send(tally, replace(good, epoch=EPOCH + 1, day=first), at=end_of(first)) is Reason.BAD_PROOF


def test_a_message_of_another_ledger_is_refused_under_any_signature() -> None:
    tally = with_homes(1)
    home = tally.people[0]
    elsewhere = Round(bytes(32), HOUSES.id, EPOCH, FIRST_DAY)
    data = prove_day(elsewhere, home.id, tally.joint(EPOCH), 99, S, bytes(32), drawn("elsewhere"))
    body = replace(message_of(tally), message=data)
    assert send(tally, body, at=END) is Reason.BAD_PROOF


def test_a_message_under_another_key_is_refused() -> None:
    """A part of the guardians, or an earlier month's: what they could read alone."""
    tally = with_homes(1)
    home, round_ = tally.people[0], tally.round(FIRST_DAY)
    some = keys_of(tally.hash, EPOCH, len(SIGNERS))[0][1].key
    data = prove_day(round_, home.id, some, 99, S, bytes(32), drawn("one guardian"))
    assert send(tally, replace(message_of(tally), message=data), at=END) is Reason.BAD_PROOF


def test_a_message_of_another_width_is_refused() -> None:
    tally = with_homes(1)
    home, round_ = tally.people[0], tally.round(FIRST_DAY)
    for s in (12, 13):
        data = prove_day(round_, home.id, tally.joint(EPOCH), 99, s, bytes(32), drawn("wide", s))
        assert send(tally, replace(message_of(tally), message=data), at=END) is Reason.BAD_PROOF


def test_the_epoch_must_be_the_days_own() -> None:
    tally = with_homes(1)
    assert send(tally, replace(message_of(tally), epoch=EPOCH + 1), at=END) is Reason.MALFORMED


# ---- bytes ---------------------------------------------------------------------------------------

POSITIONS = {
    "C1, first": C1(0), "C1, last": C1(SLOTS - 1), "C2, first": C2(0), "C2, bin": C2(9), "challenge": CHALLENGE,
    "c0": C0(3), "z0": Z0(15), "z1, last": Z1(SLOTS - 1), "response": RESPONSE,
}  # fmt: skip


@pytest.mark.parametrize("at", POSITIONS.values(), ids=POSITIONS)
def test_every_field_is_under_the_proof(at: int) -> None:
    """Another proper point or scalar, one that is none, and a flipped bit, in the place of the true one."""
    tally = with_homes(1)
    good = message_of(tally)
    assert day_bytes(S) == len(good.message)
    point = at < CHALLENGE
    kept = good.message[at : at + 32]
    if point:
        others = [add(kept, base(scalar_of(1))), IDENTITY, bytes(32), bytes((kept[0] ^ 1,)) + kept[1:]]
    else:
        more = (int.from_bytes(kept, "little") + 1) % L
        unreduced = (int.from_bytes(kept, "little") + L).to_bytes(32, "little")
        others = [scalar_of(more), unreduced, bytes(31) + b"\xff", bytes((kept[0] ^ 1,)) + kept[1:]]
    spoilt = [good.message[:at] + other + good.message[at + 32 :] for other in others]
    key = tally.people[0].meter.key
    txs = [tally.sign(key, replace(good, message=m)) for m in spoilt]
    results = tally.block(*txs, tally.sign(key, good), at=END).results
    assert [reason(r) for r in results[:-1]] == [Reason.BAD_PROOF] * len(others)
    assert results[-1].code == 0


def test_garbage_is_refused_and_moves_nothing() -> None:
    tally = with_homes(1)
    key = tally.people[0].meter.key
    rng = random.Random(4)
    tally.block(at=END)
    good = message_of(tally)
    for data in (rng.randbytes(day_bytes(S)), bytes(day_bytes(S)), b"\xff" * day_bytes(S)):
        assert send(tally, replace(good, message=data)) is Reason.BAD_PROOF
    for data in (b"", good.message[:-1], good.message + b"\x00", bytes(day_bytes(13) + 160)):
        assert send(tally, replace(good, message=data)) is Reason.MALFORMED
    shape = StateShape(EPOCH, HOUSES.id, tally.people[0].id, rng.randbytes(SHAPE_BYTES))
    assert tally.refuse(key, shape, at=month_end()) is Reason.BAD_PROOF
    short = replace(shape, message=bytes(SHAPE_BYTES - 160))
    assert tally.refuse(key, short) is Reason.MALFORMED
    assert not [k for k, _ in tally.machine.state.items("nbrround") if k != b"."]
    assert not tally.leaves


# ---- what is kept --------------------------------------------------------------------------------


def test_an_accepted_statement_is_a_leaf_and_a_place_in_the_sums() -> None:
    tally = with_homes(2)
    bodies = [message_of(tally, i, 100 + i) for i in range(2)]
    for i, body in enumerate(bodies):
        tally.accept(tally.people[i].meter.key, body, at=END + i)
    assert tally.leaves == {
        log_name(HOUSES.id, EPOCH, FIRST_DAY): [encode([b.meter, b.message]) for b in bodies]
    }
    raw = tally.state.get("nbrround", SUMS + round_name(HOUSES.id, EPOCH, FIRST_DAY))
    expected = RunningTally.of_day(S)
    for body in bodies:
        found = tally.machine._proofs.ciphertexts(
            tally.round(FIRST_DAY), body.meter, tally.joint(EPOCH), S, body.message
        )
        expected = expected.with_statement(body.meter, body.message, found)
    assert raw == encode(expected.to_value())
    for body in bodies:
        mark = tally.state.get("nbrround", stated_name(EPOCH, FIRST_DAY) + body.meter)
        assert mark is not None
        assert decode(mark) == HOUSES.id


def test_statements_are_outside_the_daily_quota() -> None:
    tally = with_homes(1)
    key = tally.people[0].meter.key
    used = tally.state.get("quota", key.kid)
    tally.accept(key, message_of(tally), at=END)
    assert tally.state.get("quota", key.kid) == used


# ---- the mempool ---------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [CHALLENGE - 32, RESPONSE], ids=["no point", "no proof"])
def test_a_node_does_not_listen_to_a_liar_for_the_rest_of_the_day_but_a_block_does(at: int) -> None:
    tally = with_homes(2)
    liar, honest = tally.people
    tally.block(at=END)
    check = tally.machine.check_tx
    good = message_of(tally)
    mixed = replace(good, message=good.message[:at] + scalar_of(3) + good.message[at + 32 :])
    true = tally.sign(liar.meter.key, good)
    assert check(true).code == 0
    assert reason(check(tally.sign(liar.meter.key, mixed))) is Reason.BAD_PROOF
    assert reason(check(true)) is Reason.BAD_PROOF
    assert check(tally.sign(honest.meter.key, message_of(tally, 1))).code == 0
    midnight = END + DAY_S
    assert midnight % DAY_S == 0
    tally.block(at=midnight - 1)
    assert check(true).code == 1
    tally.block(at=midnight)
    assert check(true).code == 0
    assert reason(check(tally.sign(liar.meter.key, mixed))) is Reason.BAD_PROOF
    assert tally.one(true).code == 0


def test_what_one_node_ignores_changes_no_block() -> None:
    """Consensus is the same for a node that saw the lie and for one that did not."""
    seen, unseen = with_homes(1), with_homes(1)
    home = seen.people[0]
    good = message_of(seen)
    mixed = replace(good, message=good.message[:-32] + scalar_of(5))
    for tally in (seen, unseen):
        tally.block(at=END)
    assert seen.machine.check_tx(seen.sign(home.meter.key, mixed)).code == 1
    tx = seen.sign(home.meter.key, good)
    assert seen.block(tx).app_hash == unseen.block(tx).app_hash
    assert epoch_of(FIRST_DAY) == EPOCH
