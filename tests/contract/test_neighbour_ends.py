"""How a round ends: closed or void, shared by guardians, opened to what the sums hold; once and for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from ohmstead.contract.neighbour_parameters import SHARE_S, STATE_S
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.contract.neighbour_state import append_log
from ohmstead.contract.overlay import Overlay
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.group import BASE, IDENTITY, OUTSIDE, add, base, minus, plus, scalar_of, sub, times
from ohmstead.neighbours.guardians import prove_share
from ohmstead.neighbours.messages import OpenRound, Share, StateDay
from ohmstead.neighbours.proofs import SlotMessage, challenge_of, commit, encrypt, nonces
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.rounds import BINS, Round
from ohmstead.neighbours.slots import slot_count, slots_of
from ohmstead.neighbours.tally import Void, VoidReason
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    FLATS,
    HOUSES,
    SIGNERS,
    S,
    Tally,
    drawn,
    end_of,
    keys_of,
    seed_of_day,
)
from tests.contract.neighbour_stories import closed_day, shared_day, wh_of, with_homes
from tests.contract.rig import CERTIFIER, STRANGER, log_of

END = end_of(FIRST_DAY)
OF = len(SIGNERS)
ENTRIES = [b"."]


def stated(tally: Tally, count: int) -> None:
    some = tally.people[:count]
    tally.state_days({h.id: wh_of(i) for i, h in enumerate(some)}, some, FIRST_DAY)


def only(tally: Tally, cohort: str = HOUSES.id) -> RoundRecord:
    (record,) = tally.records[record_rule(cohort)]
    return record


# ---- closing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "roster", "opens"), [(14, 14, False), (15, 15, True), (15, 22, True), (15, 23, False)]
)
def test_a_day_closes_with_fifteen_and_two_thirds_or_is_void(n: int, roster: int, opens: bool) -> None:
    tally = with_homes(roster)
    stated(tally, n)
    tally.block(at=END + STATE_S - 1)
    assert record_rule(HOUSES.id) not in tally.records
    tally.block(at=END + STATE_S)
    if opens:
        closed = tally.closed(FIRST_DAY)
        assert (closed.frozen.n, closed.roster, closed.time_s) == (n, roster, END + STATE_S)
        assert [k[:1] for k, _ in tally.machine.state.items("nbrround")] == [b".", b"c"]
        return
    record = only(tally)
    assert (record.roster, record.frozen, record.void) == (roster, None, Void(VoidReason.TOO_FEW, n))
    assert record.check(tally.hash, tally.guardians(), OF, S) is None
    assert [k for k, _ in tally.machine.state.items("nbrround")] == ENTRIES  # sums and marks are gone
    assert tally.refuse(SIGNERS[0], share_of(closed_day(), 0)) is Reason.NOT_CLOSED
    assert tally.refuse(SIGNERS[0], OpenRound(EPOCH, HOUSES.id, FIRST_DAY, (0,) * 17)) is Reason.NOT_CLOSED


def test_a_day_that_nobody_states_is_void_and_so_is_one_without_its_keys() -> None:
    tally = with_homes(2)
    tally.close(FIRST_DAY)
    assert (only(tally).void, only(tally).roster) == (Void(VoidReason.TOO_FEW, 0), 2)
    assert only(tally, FLATS.id).void == Void(VoidReason.TOO_FEW, 0)
    bare = Tally()
    bare.close(FIRST_DAY)
    assert only(bare).void == Void(VoidReason.NO_KEY, 0)


def with_nonces(tally: Tally, home: int, rs: list[bytes], wh: int) -> StateDay:
    """A day stated with chosen nonces, its proof in order: what no honest meter sends."""
    who, round_, joint = tally.people[home], tally.round(FIRST_DAY), tally.joint(EPOCH)
    bits = slots_of(wh, S)
    ciphertexts = encrypt(bits, rs, joint)
    draw = drawn("chosen nonces", home)
    secrets, commitments = commit(bits, rs, joint, draw)
    k = scalar_of(77)
    commitments += (base(k), times_point(k, joint))
    challenge = challenge_of("state", round_.context(who.id), joint, ciphertexts, commitments)
    whole = rs[0]
    for r in rs[1:BINS]:
        whole = plus(whole, r)
    answers = tuple(s.answer(challenge) for s in secrets)
    message = SlotMessage(ciphertexts, challenge, answers, plus(k, times(challenge, whole))).to_bytes()
    return StateDay(EPOCH, HOUSES.id, FIRST_DAY, who.id, message)


def times_point(k: bytes, p: bytes) -> bytes:
    whole = IDENTITY
    for _ in range(int.from_bytes(k, "little")):
        whole = add(whole, p)
    return whole


def test_sums_whose_nonces_cancel_are_void() -> None:
    """The last home knows all the others' nonces: without the rule its bin would be opened in the clear."""
    tally = with_homes(15)
    rs = nonces(bytes(32), slot_count(S))
    for i in range(14):
        seed = seed_of_day(tally.round(FIRST_DAY), tally.people[i].id)
        rs[3] = minus(rs[3] if i else scalar_of(0), nonces(seed, slot_count(S))[3])
    stated(tally, 14)
    tally.accept(tally.people[14].meter.key, with_nonces(tally, 14, rs, 4000))
    tally.close(FIRST_DAY)
    assert only(tally).void == Void(VoidReason.DEGENERATE, 15)
    assert [k for k, _ in tally.machine.state.items("nbrround")] == ENTRIES


# ---- sharing -------------------------------------------------------------------------------------


@cache
def shares() -> tuple[Share, ...]:
    return tuple(share_of(closed_day(), i) for i in range(OF))


def share_of(tally: Tally, guardian: int) -> Share:
    return tally.share(guardian, FIRST_DAY)


def test_a_share_is_taken_once_from_its_guardian_alone() -> None:
    tally = closed_day()
    assert tally.refuse(SIGNERS[1], shares()[0]) is Reason.NOT_GUARDIAN
    assert tally.refuse(CERTIFIER, shares()[0]) is Reason.NOT_GUARDIAN
    assert tally.refuse(tally.people[0].meter.key, shares()[0]) is Reason.NOT_GUARDIAN
    assert tally.refuse(STRANGER, shares()[0]) is Reason.UNKNOWN_SIGNER
    assert tally.refuse(SIGNERS[1], replace(shares()[0], guardian=1)) is Reason.BAD_PROOF
    tally.accept(SIGNERS[0], shares()[0])
    assert tally.refuse(SIGNERS[0], shares()[0]) is Reason.ALREADY_DONE
    tally.accept(SIGNERS[1], shares()[1])


def test_no_share_before_a_round_is_closed_nor_of_another() -> None:
    tally = closed_day()
    assert tally.refuse(SIGNERS[0], replace(shares()[0], day=FIRST_DAY + 1)) is Reason.NOT_CLOSED
    assert tally.refuse(SIGNERS[0], replace(shares()[0], cohort=FLATS.id)) is Reason.NOT_CLOSED
    assert tally.refuse(SIGNERS[0], replace(shares()[0], cohort="castles")) is Reason.NO_COHORT
    open_ = with_homes(16)
    stated(open_, 16)
    assert open_.refuse(SIGNERS[0], shares()[0]) is Reason.NOT_CLOSED


def spoilt_shares() -> dict[str, Callable[[], Share]]:
    good = shares()[2]
    secret = keys_of(closed_day().hash, EPOCH, OF)[2][0]

    def parts(*values: bytes) -> Share:
        return replace(good, parts=(*values, *good.parts[len(values) :]))

    def over(**changes: object) -> Share:
        tally = closed_day()
        frozen = replace(tally.closed(FIRST_DAY).frozen, **changes)
        return prove_share(secret, tally.round(FIRST_DAY), frozen, tally.joint(EPOCH))

    def of_round(round_: Round) -> Share:
        tally = closed_day()
        made = prove_share(secret, round_, tally.closed(FIRST_DAY).frozen, tally.joint(EPOCH))
        return replace(made, day=FIRST_DAY, cohort=HOUSES.id)

    q = closed_day().closed(FIRST_DAY).frozen.q
    return {
        "another point": lambda: parts(add(good.parts[0], BASE)),
        "two swapped": lambda: parts(good.parts[1], good.parts[0]),
        "total moved by one": lambda: replace(good, parts=(*good.parts[:-1], sub(good.parts[-1], BASE))),
        "identity": lambda: parts(IDENTITY),
        "small order added": lambda: parts(add(good.parts[0], OUTSIDE[0][1])),
        "no point": lambda: parts(b"\xff" * 32),
        "challenge": lambda: replace(good, challenge=scalar_of(5)),
        "response": lambda: replace(good, response=scalar_of(5)),
        "zero challenge": lambda: replace(good, challenge=bytes(32)),
        "unreduced": lambda: replace(good, response=b"\xff" * 32),
        "another's": lambda: replace(shares()[3], guardian=2),
        "another root": lambda: over(root=bytes(32)),
        "another n": lambda: over(n=15),
        "other sums": lambda: over(q=(BASE, *q[1:])),
        "another day's": lambda: of_round(Round(closed_day().hash, HOUSES.id, EPOCH, FIRST_DAY + 1)),
        "another cohort's": lambda: of_round(Round(closed_day().hash, FLATS.id, EPOCH, FIRST_DAY)),
        "another ledger's": lambda: of_round(Round(bytes(32), HOUSES.id, EPOCH, FIRST_DAY)),
    }


def test_every_other_share_is_refused() -> None:
    tally = closed_day()
    for name, make in spoilt_shares().items():
        assert tally.refuse(SIGNERS[2], make()) is Reason.BAD_PROOF, name
    for parts in (shares()[2].parts[:-1], (*shares()[2].parts, BASE)):
        assert tally.refuse(SIGNERS[2], replace(shares()[2], parts=parts)) is Reason.MALFORMED
    tally.accept(SIGNERS[2], shares()[2])


# ---- opening -------------------------------------------------------------------------------------


def test_a_round_is_opened_by_anyone_known_once_all_shares_are_in() -> None:
    tally = closed_day()
    opened = shared_day().opening(FIRST_DAY)
    for i in range(OF - 1):
        tally.accept(SIGNERS[i], shares()[i])
        assert tally.refuse(SIGNERS[0], opened) is Reason.NOT_CLOSED
    tally.accept(SIGNERS[OF - 1], shares()[OF - 1])
    assert tally.refuse(STRANGER, opened) is Reason.UNKNOWN_SIGNER
    tally.accept(tally.people[5].meter.key, opened)
    record = only(tally)
    assert record.shares == shares()
    assert record.check(tally.hash, tally.guardians(), OF, S) == plain_day(map(wh_of, range(16)), S)
    assert tally.refuse(SIGNERS[0], opened) is Reason.NOT_CLOSED
    assert tally.refuse(SIGNERS[0], shares()[0]) is Reason.NOT_CLOSED
    assert [k for k, _ in tally.machine.state.items("nbrround")] == ENTRIES


def test_no_other_numbers_open_it() -> None:
    tally = shared_day()
    good = tally.opening(FIRST_DAY)
    h, t = good.values[:-1], good.values[-1]
    full = next(j for j, n in enumerate(h) if n)
    moved = tuple(n - (j == full) + (j == full + 1) for j, n in enumerate(h))
    wrong = [
        (*h, t + 1), (*h, t - 1), (*h, t + (1 << S)), (*h, 0), (*moved, t), (*moved, t + (1 << S)),
        (h[0] + 1, *h[1:], t), (16, *(0,) * 15, t), (*(0,) * 15, 16, t), (*h, (1 << 40) - 1), (0,) * 17,
    ]  # fmt: skip
    for values in wrong:
        assert tally.refuse(SIGNERS[0], replace(good, values=values)) is Reason.BAD_PROOF, values
    for values in (good.values[:-1], (*good.values, 0), (*h, 1 << 40)):
        assert tally.refuse(SIGNERS[0], replace(good, values=values)) is Reason.MALFORMED
    tally.accept(SIGNERS[0], good)


def test_of_two_openings_in_one_block_the_first_is_it() -> None:
    tally = shared_day()
    opened = tally.opening(FIRST_DAY)
    txs = [tally.sign(SIGNERS[i], opened) for i in (1, 3)]
    assert [r.code for r in tally.block(*txs).results] == [0, 1]
    assert only(tally).void is None


# ---- guardians that are absent -------------------------------------------------------------------


def test_a_share_in_the_last_second_is_in_time_and_the_opening_may_come_later() -> None:
    tally = closed_day()
    due = tally.closed(FIRST_DAY).time_s + SHARE_S
    for i in range(OF - 1):
        tally.accept(SIGNERS[i], shares()[i])
    tally.accept(SIGNERS[OF - 1], shares()[OF - 1], at=due - 1)
    tally.block(at=due + 90 * 86_400)
    tally.accept(SIGNERS[0], tally.opening(FIRST_DAY))
    done = [r for r in tally.records[record_rule(HOUSES.id)] if r.day == FIRST_DAY]
    assert [r.void for r in done] == [None]


def test_a_guardian_that_is_absent_for_14_days_makes_the_round_void_and_is_named() -> None:
    tally = closed_day()
    due = tally.closed(FIRST_DAY).time_s + SHARE_S
    frozen = tally.closed(FIRST_DAY).frozen
    for i in (0, 3):
        tally.accept(SIGNERS[i], shares()[i])
    late = tally.sign(SIGNERS[1], shares()[1])
    result = tally.one(late, at=due)
    assert result.data == encode([int(Reason.NOT_CLOSED)])
    (record,) = [r for r in tally.records[record_rule(HOUSES.id)] if r.day == FIRST_DAY]
    assert record.void == Void(VoidReason.GUARDIAN_ABSENT, 16, 1)
    assert (record.shares, record.frozen, record.values) == ((shares()[0], shares()[3]), frozen, ())
    assert record.check(tally.hash, tally.guardians(), OF, S) is None
    name = b"\x00" + FIRST_DAY.to_bytes(4, "big")
    assert not [k for k, _ in tally.machine.state.items("nbrround") if k[1:6] == name]


# ---- records -------------------------------------------------------------------------------------


def test_the_log_of_a_cohort_is_its_records_in_the_order_in_which_they_ended() -> None:
    tally = shared_day()
    tally.close(FIRST_DAY + 1)
    tally.accept(SIGNERS[0], tally.opening(FIRST_DAY))
    records = tally.records[record_rule(HOUSES.id)]
    assert [r.day for r in records] == [FIRST_DAY + 1, FIRST_DAY]
    log = log_of(r.leaf.to_bytes() for r in records)
    raw = tally.state.get("nbr", b"log/houses")
    assert raw is not None
    assert decode(raw) == [2, log.root(), list(log.hashes)]
    beyond = Overlay(tally.machine.state.get)
    assert append_log(beyond, HOUSES.id, b"a leaf") == 2


@cache
def finished() -> RoundRecord:
    tally = shared_day()
    tally.accept(SIGNERS[0], tally.opening(FIRST_DAY))
    return only(tally)


def test_a_record_that_was_changed_anywhere_does_not_check() -> None:
    tally, record = shared_day(), finished()
    keys = tally.guardians()
    frozen = record.frozen
    assert frozen is not None
    swapped = {**keys, 0: keys[1], 1: keys[0]}
    wrong: dict[str, Callable[[], object]] = {
        "roster": lambda: replace(record, roster=25).check(tally.hash, keys, OF, S),
        "n": lambda: replace(record, frozen=replace(frozen, n=15)).check(tally.hash, keys, OF, S),
        "root": lambda: replace(record, frozen=replace(frozen, root=bytes(32))).check(tally.hash, keys, OF, S),
        "P": lambda: replace(record, frozen=replace(frozen, p=(BASE, *frozen.p[1:]))).check(
            tally.hash, keys, OF, S),
        "Q": lambda: replace(record, frozen=replace(frozen, q=(BASE, *frozen.q[1:]))).check(
            tally.hash, keys, OF, S),
        "cohort": lambda: replace(record, cohort="flats").check(tally.hash, keys, OF, S),
        "a share less": lambda: replace(record, shares=record.shares[1:]).check(tally.hash, keys, OF, S),
        "a share twice": lambda: replace(record, shares=(record.shares[0], *record.shares[:3])).check(
            tally.hash, keys, OF, S),
        "total": lambda: replace(record, values=(*record.values[:-1], record.values[-1] + 1)).check(
            tally.hash, keys, OF, S),
        "genesis": lambda: record.check(bytes(32), keys, OF, S),
        "keys": lambda: record.check(tally.hash, swapped, OF, S),
        "fewer guardians": lambda: record.check(tally.hash, keys, OF - 1, S),
        "wider bins": lambda: record.check(tally.hash, keys, OF, S + 1),
    }  # fmt: skip
    assert record.check(tally.hash, keys, OF, S) is not None
    for name, check in wrong.items():
        with pytest.raises(VerificationError):
            pytest.fail(f"{name}: {check()}")


def test_a_void_that_does_not_follow_does_not_check() -> None:
    tally, record = shared_day(), finished()
    keys = tally.guardians()
    few = replace(record, void=Void(VoidReason.TOO_FEW, 16), values=(), frozen=None, shares=())
    absent = replace(record, void=Void(VoidReason.GUARDIAN_ABSENT, 16, 2), values=())
    nobody = replace(absent, void=Void(VoidReason.GUARDIAN_ABSENT, 16, OF), shares=())
    others = replace(
        record, void=Void(VoidReason.GUARDIAN_ABSENT, 16, 2), values=(), shares=record.shares[:2]
    )
    assert others.check(tally.hash, keys, OF, S) is None
    kept = replace(others, void=Void(VoidReason.TOO_FEW, 14))
    keyless = replace(others, void=Void(VoidReason.NO_KEY, 0), frozen=None)
    without = replace(others, frozen=None)
    counted = replace(others, void=Void(VoidReason.GUARDIAN_ABSENT, 17, 2))
    below = replace(others, roster=25)
    for wrong in (few, absent, nobody, kept, keyless, without, counted, below):
        with pytest.raises(VerificationError):
            wrong.check(tally.hash, keys, OF, S)
