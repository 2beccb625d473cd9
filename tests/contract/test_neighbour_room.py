"""What a block has room for: proofs it checks, rounds it closes and voids; nothing grows with what waits."""

from __future__ import annotations

from ohmstead.contract.neighbour_parameters import SHARE_S
from ohmstead.contract.neighbour_rounds import CLOSES, PER_BLOCK, VOIDS, record_rule
from ohmstead.contract.neighbour_state import CLOSED, SHARE, round_name
from ohmstead.contract.refusals import Reason
from ohmstead.neighbours.messages import StateShape
from ohmstead.neighbours.shape import SHAPE_BYTES
from ohmstead.neighbours.tally import VoidReason
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, FLATS, HOUSES, SIGNERS, Tally, end_of, month_end
from tests.contract.neighbour_stories import closed_day, shared_day, wh_of, with_homes
from tests.contract.rig import reason


def shape_without_proof(tally: Tally, home: int = 0) -> bytes:
    who = tally.named(f"houses {home}")
    return tally.sign(who.meter.key, StateShape(EPOCH, HOUSES.id, who.id, bytes(SHAPE_BYTES)))


def test_eight_statements_a_block_and_the_rest_is_told_to_come_again() -> None:
    tally = with_homes(10)
    txs = [tally.sign(h.meter.key, tally.day(h, FIRST_DAY, wh_of(i))) for i, h in enumerate(tally.people)]
    first = tally.block(*txs, at=end_of(FIRST_DAY))
    assert [r.code for r in first.results] == [0] * PER_BLOCK + [2] * 2
    assert {reason(r) for r in first.results[PER_BLOCK:]} == {Reason.BLOCK_FULL}
    assert first.retry == (8, 9)
    assert [r.code for r in tally.block(*txs[PER_BLOCK:]).results] == [0, 0]


def test_a_false_proof_takes_its_place_in_the_block() -> None:
    tally = with_homes(10)
    false = [tally.sign(h.meter.key, tally.false_day(h, FIRST_DAY)) for h in tally.people[:8]]
    honest = tally.people[8]
    tx = tally.sign(honest.meter.key, tally.day(honest, FIRST_DAY, 5))
    results = tally.block(*false, tx, at=end_of(FIRST_DAY)).results
    assert [reason(r) for r in results] == [Reason.BAD_PROOF] * 8 + [Reason.BLOCK_FULL]
    assert tally.one(tx).code == 0


def test_what_is_refused_before_its_proof_takes_no_place() -> None:
    tally = with_homes(9)
    tally.accept(tally.people[0].meter.key, tally.day(tally.people[0], FIRST_DAY, 7), at=end_of(FIRST_DAY))
    again = tally.sign(tally.people[0].meter.key, tally.day(tally.people[0], FIRST_DAY, 7))
    txs = [tally.sign(h.meter.key, tally.day(h, FIRST_DAY, 7)) for h in tally.people[1:]]
    assert [r.code for r in tally.block(again, *txs).results] == [1] + [0] * 8


def test_a_load_shape_takes_a_whole_block() -> None:
    tally = with_homes(2)
    tally.block(at=month_end())
    day = tally.sign(tally.people[1].meter.key, tally.day(tally.people[1], FIRST_DAY + 27, 9))
    results = tally.block(shape_without_proof(tally), day).results
    assert [reason(r) for r in results] == [Reason.BAD_PROOF, Reason.BLOCK_FULL]
    results = tally.block(day, shape_without_proof(tally), day).results
    assert [r.code for r in results] == [0, 2, 1]
    assert reason(results[1]) is Reason.BLOCK_FULL


def test_a_proposal_holds_no_more_than_a_block_checks() -> None:
    tally = with_homes(10)
    tally.block(at=month_end())
    last = FIRST_DAY + 27
    txs = [tally.sign(h.meter.key, tally.day(h, last, wh_of(i))) for i, h in enumerate(tally.people)]
    later = tally.sign(tally.people[0].meter.key, tally.false_day(tally.people[0], last + 1))
    shape, noise = shape_without_proof(tally), b"noise"
    machine, now = tally.machine, tally.time_s
    assert list(machine.choose([*txs, shape], now)) == txs[:PER_BLOCK]
    assert list(machine.choose([shape, *txs], now)) == [shape]
    assert list(machine.choose([later, *txs[:3], shape, noise], now)) == [*txs[:3], noise]
    assert list(machine.choose(txs, end_of(last) - 1)) == []
    assert all(r.code == 0 for r in tally.block(*machine.choose(txs, now)).results)


def test_a_long_halt_is_caught_up_four_days_a_block_in_each_cohort_in_turn() -> None:
    tally = Tally()
    tally.post_keys()
    halted = end_of(FIRST_DAY) + 20 * 86_400
    due = 20 - 2 + 1  # those that are over for 48 h
    counts = []
    tally.block(at=halted)
    while True:
        counts.append(sum(len(kept) for kept in tally.records.values()))
        if len(counts) > 1 and counts[-1] == counts[-2]:
            break
        tally.block(at=halted)
    assert [b - a for a, b in zip([0, *counts], counts, strict=False)] == [4] * 9 + [2, 0]
    assert 2 * due == 9 * CLOSES + 2
    for cohort in (HOUSES, FLATS):
        days = [r.day for r in tally.records[record_rule(cohort.id)]]
        assert days == list(range(FIRST_DAY, FIRST_DAY + due))
    first = [r.day for r in tally.records[record_rule(FLATS.id)]]
    assert first[0] == FIRST_DAY


def test_four_rounds_are_voided_a_block_and_one_that_waits_for_its_opening_blocks_none() -> None:
    tally = shared_day()
    closed = tally.closed(FIRST_DAY)
    days = range(FIRST_DAY, FIRST_DAY + 10)
    for day in days[1:]:  # nine more that wait like the first: three of them with all shares, six with none
        name = round_name(HOUSES.id, EPOCH, day)
        tally.put("nbrround", CLOSED + name, closed.to_cbor())
        for i in range(len(SIGNERS) if day < days[4] else 0):
            tally.put("nbrround", SHARE + name + bytes((i,)), tally.kept_share(i, FIRST_DAY))
    counts = []
    for at in (closed.time_s + SHARE_S - 1, closed.time_s + SHARE_S, closed.time_s + SHARE_S):
        tally.block(at=at)
        found = tally.records.get(record_rule(HOUSES.id), [])
        counts.append([r.day for r in found if r.void and r.void.reason is VoidReason.GUARDIAN_ABSENT])
    assert counts == [[], list(days[4:8]), list(days[4:])]
    assert len(days[4:8]) == VOIDS
    tally.accept(SIGNERS[2], tally.opening(FIRST_DAY))
    assert tally.records[record_rule(HOUSES.id)][-1].void is None


def test_closing_one_day_leaves_others_as_they_are() -> None:
    tally = closed_day(16)
    tally.state_days({h.id: 900 for h in tally.people}, tally.people, FIRST_DAY + 2)
    assert tally.closed(FIRST_DAY).frozen.n == 16
    record = tally.finish(FIRST_DAY)
    assert record.day == FIRST_DAY
    tally.close(FIRST_DAY + 2)
    assert tally.closed(FIRST_DAY + 2).frozen.n == 16
