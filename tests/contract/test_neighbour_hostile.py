"""Well signed nonsense: extreme fields in every neighbours' statement stop no node and open nothing."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.keys import SigningKey
from ohmstead.core.statements import Body
from ohmstead.neighbours.dayproof import day_bytes
from ohmstead.neighbours.group import BASE, IDENTITY
from ohmstead.neighbours.messages import (
    EraseKey,
    GuardianKey,
    OpenRound,
    RosterAction,
    RosterChange,
    Share,
    StateDay,
    StateShape,
)
from ohmstead.neighbours.rounds import DAY_LIMIT, epoch_of
from ohmstead.neighbours.shape import SHAPE_BYTES
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, FLATS, HOUSES, SIGNERS, Tally, end_of
from tests.contract.neighbour_stories import shared_day
from tests.contract.rig import CERTIFIER

days = st.sampled_from(
    (0, FIRST_DAY - 1, FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 27, FIRST_DAY + 40, DAY_LIMIT - 1)
)
epochs = st.sampled_from((0, EPOCH - 1, EPOCH, EPOCH + 1, EPOCH + 3, (1 << 20) - 1))
cohorts = st.sampled_from((HOUSES.id, FLATS.id, "castles"))
points = st.sampled_from((BASE, IDENTITY, bytes(32), b"\xff" * 32))
scalars = st.sampled_from((bytes(32), b"\x01" + bytes(31), b"\xff" * 32))
fill = st.sampled_from((b"\x00", b"\xff", b"\x58"))
numbers = st.sampled_from((0, 1, 16, 2048, (1 << 40) - 1))


@cache
def stage() -> Tally:
    """One day waits to be opened; of another sixteen homes have not stated yet; one has left."""
    tally = shared_day()
    gone = tally.people[0]
    tally.accept(gone.meter.key, tally.change(gone, RosterAction.LEAVE, HOUSES.id))
    return tally


@st.composite
def statements(draw: st.DrawFn) -> tuple[SigningKey, Body]:
    here = stage()
    home, other = draw(st.sampled_from(here.people[:3])), draw(st.sampled_from(here.people[:3]))
    day, epoch, cohort, guardian = draw(days), draw(epochs), draw(cohorts), draw(st.integers(0, 31))
    columns = draw(st.sampled_from((17, 48)))
    of_day = day if columns == 17 else None
    month = epoch if of_day is None else epoch_of(day)
    bodies: tuple[Body, ...] = (
        GuardianKey(epoch, guardian, draw(points), draw(scalars), draw(scalars)),
        EraseKey(epoch, guardian),
        RosterChange(
            epoch, draw(st.sampled_from(RosterAction)), other.id, cohort,
            draw(st.sampled_from((1, 2, 3, (1 << 32) - 1))),
        ),
        StateDay(epoch_of(day), cohort, day, other.id, draw(fill) * day_bytes(draw(st.sampled_from((11, 12))))),
        StateShape(epoch, cohort, other.id, draw(fill) * SHAPE_BYTES),
        Share(month, cohort, of_day, guardian, (draw(points),) * columns, draw(scalars), draw(scalars)),
        OpenRound(month, cohort, of_day, (draw(numbers),) * columns),
    )  # fmt: skip
    signer = draw(st.sampled_from((home.meter.key, other.meter.key, *SIGNERS[:2], CERTIFIER)))
    return signer, draw(st.sampled_from(bodies))


@given(
    st.lists(statements(), min_size=1, max_size=10),
    st.lists(st.sampled_from((1, 86_400, 3 * 86_400, 20 * 86_400)), min_size=1, max_size=2),
)
@settings(max_examples=40, deadline=None)
def test_nothing_that_is_signed_stops_a_node_or_opens_a_round(
    bodies: list[tuple[SigningKey, Body]], waits: list[int]
) -> None:
    tally = stage().copy()
    for seconds in waits:
        txs = [tally.sign(signer, body) for signer, body in bodies]
        for tx in txs:
            tally.machine.check_tx(tx)
        list(tally.machine.choose(txs, tally.time_s))
        outcome = tally.block(*txs, at=tally.time_s + seconds)
        assert len(outcome.results) == len(txs)
        assert not outcome.leaves
    assert all(record.void is not None for kept in tally.records.values() for record in kept)
    tally.accept(SIGNERS[3], tally.opening(FIRST_DAY))


def test_the_stage_is_where_the_nonsense_aims() -> None:
    tally = stage().copy()
    kinds = {k[:1] for k, _ in tally.machine.state.items("nbrround")}
    assert kinds == {b".", b"c", b"g"}
    home = tally.people[1]
    tally.accept(home.meter.key, tally.day(home, FIRST_DAY + 2, 60), at=end_of(FIRST_DAY + 2))
