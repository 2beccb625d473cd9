"""An honest neighbourhood: what the desk shows of it, from the first statement to the result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.neighbours.estimator import plain_day
from ohmstead.services.neighbour_states import OwnStage, Standing
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App, Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town")
    yield made
    made.shut()


@pytest.fixture
def app(town: Town, tmp_path: Path) -> Iterator[App]:
    made = App(town.bench, tmp_path / "app")
    yield made
    made.close()


async def test_a_day_from_its_statements_to_its_result(town: Town, app: App) -> None:
    await town.begin()
    state = await app.look()
    assert state.rules is not None
    assert (state.membership.cohort, state.membership.standing, state.membership.first) == (
        HOUSES.id, HOUSES.id, EPOCH,
    )  # fmt: skip
    assert (state.known, state.complete, state.can_act, state.single_operator) == (True, True, True, True)
    assert [g.this_month for g in state.guardians] == [True] * 4
    assert state.rounds == ()
    await town.states(DAY)
    state = await app.look()
    day = app.round(DAY)
    assert day is not None
    assert (day.standing, day.n, day.result) == (Standing.COLLECTING, 16, None)
    own = next(r for r in state.own if r.day == DAY)
    assert (own.stage, own.included) == (OwnStage.ON_LEDGER, None)
    town.bench.street.close(DAY)
    await town.bench.street.look(0, 2)
    await app.look()
    day = app.round(DAY)
    assert day is not None
    assert (day.standing, day.n, day.roster, day.shared) == (Standing.WAITING, 16, 16, (0, 2))
    for _ in range(2):
        await town.bench.street.look()
    state = await app.look()
    day = app.round(DAY)
    assert day is not None
    assert (day.standing, day.audited) == (Standing.RESULT, False)
    assert day.result == plain_day([town.own_wh(DAY), *town.others[DAY].values()], HOUSES.s)
    own = next(r for r in state.own if r.day == DAY)
    assert (own.included, own.wh) == (True, town.own_wh(DAY))
    assert (state.complete, state.alarms, state.shown) == (True, (), HOUSES.id)
    assert not app.refused
