"""What an app should show of ``two_days``, whole or with one day that it cannot vouch for."""

from __future__ import annotations

from ohmstead.services.neighbour_states import NeighbourState, Standing
from tests.services.neighbours.rig import DAY, FIRST_DAY, App


def standings(state: NeighbourState) -> dict[int | None, Standing]:
    return {r.day: r.standing for r in state.rounds}


def assert_not_drawn(app: App, day: int = DAY) -> None:
    """Nothing is said of this day, and the others stand as they should."""
    found = standings(app.state)
    assert day not in found
    others = {FIRST_DAY: Standing.VOID, DAY: Standing.RESULT, DAY + 1: Standing.RESULT}
    assert {d: s for d, s in found.items() if d is not None and d < DAY + 2} == {
        d: s for d, s in others.items() if d != day
    }
    own = next(r for r in app.state.own if r.day == day)
    assert own.included is not True
    assert not app.state.complete


def assert_right(app: App) -> None:
    """Everything is here, nothing is wrong."""
    state = app.state
    assert (state.alarms, state.complete) == ((), True)
    assert standings(state) == {
        FIRST_DAY: Standing.VOID, DAY: Standing.RESULT, DAY + 1: Standing.RESULT, DAY + 2: Standing.WAITING,
        DAY + 3: Standing.COLLECTING, DAY + 4: Standing.COLLECTING,
    }  # fmt: skip
    assert {r.day: r.included for r in state.own if r.day is not None and r.day < DAY + 2} == {
        FIRST_DAY: None,
        DAY: True,
        DAY + 1: True,
    }


__all__ = ["assert_not_drawn", "assert_right", "standings"]
