"""The neighbours' parameters in genesis, and the first state that follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import DAY_S, Guardian, NeighbourParameters
from ohmstead.contract.overlay import NEIGHBOUR_MODULES
from ohmstead.core.codec import CodecError, Value, as_list, decode, encode
from ohmstead.core.keys import kid
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.neighbours.cohorts import MAX_COHORTS, Cohort
from ohmstead.neighbours.rounds import MAX_GUARDIANS
from tests.contract.market_rig import PARAMS as MARKET
from tests.contract.market_rig import market_genesis
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    FLATS,
    GUARDIANS,
    HOUSES,
    PARAMS,
    SIGNERS,
    Tally,
    neighbour_genesis,
)
from tests.contract.rig import START_S, ZONE, Ledger, key, make_genesis


def test_ledgers_without_neighbours_keep_their_bytes() -> None:
    for genesis, head in ((make_genesis(), b"\x87\x01"), (market_genesis(), b"\x88\x02")):
        state = AppState.from_cbor(genesis.app_state)
        assert state.neighbours is None
        assert state.to_cbor() == genesis.app_state
        assert genesis.app_state[:2] == head


@pytest.mark.parametrize("market", [None, MARKET])
def test_the_parameters_are_read_again_with_and_without_a_market(market: object) -> None:
    state = replace(AppState.from_cbor(neighbour_genesis().app_state), market=market)
    data = state.to_cbor()
    assert data[:2] == b"\x89\x03"
    again = AppState.from_cbor(data)
    assert (again.neighbours, again.market) == (PARAMS, market)
    assert again.to_cbor() == data


def test_no_other_count_of_fields_is_a_version() -> None:
    fields = as_list(decode(neighbour_genesis().app_state), "app state")
    for wrong in (fields[:8], [*fields, 0], [2, *fields[1:]], [4, *fields[1:]], [*fields[:8], None]):
        with pytest.raises(CodecError):
            AppState.from_cbor(encode(wrong))


def parameters() -> list[Value]:
    return as_list(PARAMS.to_value(), "parameters")


def changed(at: int, value: Value) -> list[Value]:
    return [value if i == at else v for i, v in enumerate(parameters())]


@pytest.mark.parametrize(
    "value",
    [
        parameters()[:5],
        [*parameters(), 0],
        changed(0, 1 << 24),
        changed(0, -1),
        changed(1, []),
        changed(1, [["g", GUARDIANS[0].public_key]] * 2),
        changed(1, [["G", GUARDIANS[0].public_key]]),
        changed(1, [["g", bytes(32)]]),
        changed(1, [["g", GUARDIANS[0].public_key[:31]]]),
        changed(1, [[f"g-{i}", key(f"g {i}").public] for i in range(MAX_GUARDIANS + 1)]),
        changed(2, []),
        changed(2, [HOUSES.to_value(), HOUSES.to_value()]),
        changed(2, [Cohort(f"c-{i}", 11, ZONE.name).to_value() for i in range(MAX_COHORTS + 1)]),
        changed(3, None),
        changed(4, -1),
        changed(5, 1),
    ],
)
def test_parameters_that_make_no_ledger_are_refused(value: Value) -> None:
    with pytest.raises(CodecError):
        NeighbourParameters.from_value(value)


def test_a_cohort_must_have_days() -> None:
    good = AppState.from_cbor(neighbour_genesis().app_state)
    ends = ZONE.first_day + len(ZONE.first_slots) - 1
    wrong: list[Callable[[], NeighbourParameters]] = [
        lambda: replace(PARAMS, cohorts=(replace(HOUSES, zone="elsewhere"),)),
        lambda: replace(PARAMS, first_day=ZONE.first_day - 1),
        lambda: replace(PARAMS, first_day=ends),
    ]
    for make in wrong:
        with pytest.raises(CodecError):
            AppState.from_cbor(replace(good, neighbours=make()).to_cbor())
    last = replace(good, neighbours=replace(PARAMS, first_day=ends - 1))
    assert AppState.from_cbor(last.to_cbor()) == last


def test_who_is_a_guardian_and_which_cohort_there_is() -> None:
    assert [PARAMS.guardian_of(k.kid) for k in SIGNERS] == [0, 1, 2, 3]
    assert PARAMS.guardian_of(bytes(16)) is None
    assert PARAMS.cohort("flats") is FLATS
    assert PARAMS.cohort("castles") is None
    assert NeighbourParameters(1, (Guardian("g", SIGNERS[0].public),), (HOUSES,)).age_s == 60 * DAY_S


def test_the_first_state_has_the_modules_the_logs_and_what_closes_next() -> None:
    state = Tally().machine.state
    assert set(NEIGHBOUR_MODULES) <= set(state.modules)
    assert {k for k, _ in state.items("nbr")} == {
        b".", b"params", b"log/houses", b"log/flats", b"next/houses", b"next/flats"
    }  # fmt: skip
    for name in (b"houses", b"flats"):
        assert decode(state.get("nbr", b"log/" + name) or b"") == [0, EMPTY_ROOT, []]
        assert decode(state.get("nbr", b"next/" + name) or b"") == [FIRST_DAY, EPOCH]
    assert state.get("nbr", b"params") == encode(PARAMS.to_value())
    assert not set(NEIGHBOUR_MODULES) & set(Ledger().machine.state.modules)


def test_registration_is_remembered_for_its_age_only_where_there_are_neighbours() -> None:
    tally, plain = Tally(), Ledger()
    meter = tally.meter("a")
    assert decode(tally.state.get("nbr", b"age/" + meter.id) or b"") == START_S + 60
    plain.meter("a")
    assert not list(plain.machine.state.items("nbr"))
    assert kid(meter.key.public) == meter.id
