"""A month's load shape on the ledger, from fifteen homes to its 48 sums. One test: a proof takes 0.3 s."""

from __future__ import annotations

from ohmstead.contract.neighbour_parameters import STATE_S
from ohmstead.contract.neighbour_rounds import CLOSES, log_name, record_rule
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import encode
from ohmstead.neighbours.messages import StateShape
from ohmstead.neighbours.shape import PARTS, SHAPE_BYTES, parts_of
from ohmstead.neighbours.tally import Void, VoidReason
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, FLATS, HOUSES, SIGNERS, S, month_end
from tests.contract.neighbour_stories import with_homes


def amounts_of(home: int) -> tuple[int, ...]:
    """A month by hour and kind of day, Wh: an evening peak that moves from home to home."""
    return tuple(400 + 3_000 * ((v - home) % 24 == 18) + 90 * (v // 24) + 7 * home for v in range(48))


def test_a_months_load_shape_of_a_cohort() -> None:
    tally = with_homes(15)
    tally.home("a flat", FLATS.id)
    bodies = [tally.shape(h, amounts_of(i)) for i, h in enumerate(tally.people[:15])]
    key = tally.people[0].meter.key
    early = tally.one(tally.sign(key, bodies[0]), at=month_end() - 1)
    assert early.code == 2
    for i, body in enumerate(bodies):
        tally.accept(tally.people[i].meter.key, body, at=month_end() + 60 * i)
    assert tally.refuse(key, bodies[0]) is Reason.ALREADY_DONE
    assert tally.leaves == {log_name(HOUSES.id, EPOCH, None): [encode([b.meter, b.message]) for b in bodies]}
    for _ in range(2 * 28 // CLOSES):  # all days of the month first, a cohort after the other
        tally.block(at=month_end() + STATE_S)
    records = tally.records[record_rule(FLATS.id)]
    assert [r.day for r in records] == [*range(FIRST_DAY, FIRST_DAY + 28), None]
    assert records[-1].void == Void(VoidReason.TOO_FEW, 0)
    assert tally.closed(None).frozen.n == 15
    assert tally.closed(None).roster == 15
    late = StateShape(EPOCH, HOUSES.id, bodies[0].meter, bytes(SHAPE_BYTES))
    assert tally.refuse(key, late) is Reason.TOO_LATE
    record = tally.finish(None)
    sums = tuple(map(sum, zip(*(parts_of(amounts_of(i)) for i in range(15)), strict=True)))
    assert record.values == sums
    assert sum(sums) == 15 * PARTS
    assert record.check(tally.hash, tally.guardians(), len(SIGNERS), S) is None
    assert record.day is None
    assert [k for k, _ in tally.machine.state.items("nbrround")] == [b"."]
