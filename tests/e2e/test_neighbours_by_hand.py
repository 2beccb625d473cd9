"""The page Neighbours in the real window, over the virtual radio: a result of real guardians, then leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.services.neighbour_states import NeighbourState, Standing
from tests.e2e.test_keeping import complete
from tests.helpers.windows import Kept, Running, profile_in, window_on

pytestmark = [pytest.mark.processes, pytest.mark.qt]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "machines", 6, homes=40, roof=4)
    yield made
    made.end()


class Told:
    """What the page was told last."""

    def __init__(self, here: Running) -> None:
        self.state = NeighbourState()
        here.desktop.bridge.subscribe(NeighbourState, here.app, self.take)

    def take(self, state: NeighbourState) -> None:
        self.state = state

    @property
    def results(self) -> int:
        return sum(r.standing is Standing.RESULT for r in self.state.rounds)


def test_a_verified_result_stands_on_the_page_and_the_home_may_leave(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path / "profile")
    with window_on(qapp, qtbot, paths, machines, paired=True) as here:
        window, told = here.app.window, Told(here)
        here.until(lambda: window.home.isVisible())
        complete(here)
        window.show_page("neighbours")
        here.until(lambda: told.results >= 2)
        assert told.state.alarms == ()
        newest = next(r for r in told.state.rounds if r.standing is Standing.RESULT)
        assert newest.n == newest.roster == 17
        here.until(lambda: any(r.included for r in told.state.own))
        here.until(lambda: "17 homes" in here.words(window.neighbours))
        window.grab().save(str(tmp_path / "neighbours.png"))
        controller = window.neighbours._controller
        assert controller is not None
        controller.leave()
        here.until(lambda: told.state.membership.asked and told.state.membership.cohort is None)
