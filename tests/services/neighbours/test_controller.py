"""The window's wishes among the neighbours: each failure of the desk becomes a problem with its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest

from ohmstead.app_neighbours import AppNeighbours
from ohmstead.errors import ExternalError
from ohmstead.link.errors import LinkLost, LinkTimeout, MessageError, RefusalCode, Refused, SessionError
from ohmstead.link.messages import Method
from ohmstead.services.neighbour_states import (
    AuditProgress,
    Finding,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
)
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.store.connection import MirrorDamaged
from tests.helpers.home import Lie, honest
from tests.services.neighbours.lies import about, of_round, refusing
from tests.services.neighbours.rig import DAY, HOUSES, App
from tests.services.neighbours.test_privacy import MARKED

Wish = Callable[[AppNeighbours], None]
WISHES: dict[NeighbourTask, Wish] = {
    NeighbourTask.FEATURES: lambda c: c.set_features(MARKED),
    NeighbourTask.JOIN: lambda c: c.join(HOUSES.id),
    NeighbourTask.LEAVE: lambda c: c.leave(),
    NeighbourTask.PAUSE: lambda c: c.pause(True),
    NeighbourTask.AUDIT: lambda c: c.audit(HOUSES.id, DAY),
}


class Window:
    """A controller whose work is done when it is asked for, and what it posted."""

    def __init__(self, desk: NeighbourDesk | None) -> None:
        self.work: list[Coroutine[Any, Any, None]] = []
        self.posted: list[object] = []
        self.controller = AppNeighbours(self.work.append, self.posted.append, lambda: desk)

    async def wishes(self, wish: Wish) -> NeighbourProblem | None:
        wish(self.controller)
        while self.work:
            await self.work.pop()
        found = [p for p in self.posted if isinstance(p, NeighbourProblem)]
        assert len(found) == len(self.posted) < 2, "the desk posts states, the controller problems alone"
        self.posted.clear()
        return found[0] if found else None


class Failing:
    """A desk all of whose methods fail."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, _name: str) -> Any:
        async def fail(*_args: object) -> None:
            raise self.error

        return fail


FAILURES: list[tuple[Exception, NeighbourReason]] = [
    (Refused(RefusalCode.GENERIC), NeighbourReason.REFUSED),
    (LinkLost("gone"), NeighbourReason.AWAY),
    (LinkTimeout("late"), NeighbourReason.AWAY),
    (MessageError("no message"), NeighbourReason.AWAY),
    (SessionError("link", "tampered with"), NeighbourReason.AWAY),
    (ExternalError("the disk is full"), NeighbourReason.NOT_KEPT),
    (MirrorDamaged("the file is damaged"), NeighbourReason.NOT_KEPT),
]


@pytest.mark.parametrize("task", WISHES)
async def test_without_a_home_nothing_can_be_wished(task: NeighbourTask) -> None:
    assert await Window(None).wishes(WISHES[task]) == NeighbourProblem(task, NeighbourReason.AWAY)


async def test_stopping_an_audit_where_none_runs_says_nothing(app: App) -> None:
    async with app.linked() as desk:
        assert await Window(desk).wishes(lambda c: c.stop_audit()) is None


@pytest.mark.parametrize("task", WISHES)
async def test_each_kind_of_failure_has_its_reason(task: NeighbourTask) -> None:
    for error, reason in FAILURES:
        problem = await Window(cast("NeighbourDesk", Failing(error))).wishes(WISHES[task])
        assert problem is not None
        assert (problem.task, problem.reason) == (task, reason), error


async def test_a_bug_is_no_problem_of_the_persons(app: App) -> None:
    window = Window(cast("NeighbourDesk", Failing(KeyError("a bug"))))
    with pytest.raises(KeyError):
        await window.wishes(WISHES[NeighbourTask.JOIN])


# ---- a real desk -------------------------------------------------------------------------------------

REAL: list[tuple[NeighbourTask, Lie, NeighbourReason]] = [
    (NeighbourTask.JOIN, refusing(Method.NBR_JOIN, code=RefusalCode.UNSUPPORTED), NeighbourReason.NO_NEIGHBOURS),
    (NeighbourTask.JOIN, refusing(Method.NBR_JOIN, code=RefusalCode.MALFORMED), NeighbourReason.REFUSED),
    (NeighbourTask.AUDIT, refusing(Method.ROUND, of_round(DAY)), NeighbourReason.NOT_HERE),
    (NeighbourTask.AUDIT, refusing(Method.ROUND, of_round(DAY), RefusalCode.BUSY), NeighbourReason.REFUSED),
    (NeighbourTask.AUDIT, about(Method.ROUND, lambda a: a[1:], of_round(DAY)), NeighbourReason.REFUSED),
    (NeighbourTask.AUDIT, about(Method.ROUND, lambda _a: [7], of_round(DAY)), NeighbourReason.REFUSED),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(REAL)))
async def test_what_a_meter_does_to_a_wish(app: App, number: int) -> None:
    task, lie, reason = REAL[number]
    async with app.linked(lie) as desk:
        problem = await Window(desk).wishes(WISHES[task])
    assert problem is not None
    assert (problem.task, problem.reason) == (task, reason)
    assert bool(app.state.alarms) == (number > 3), "what was not to be had is no finding"
    if app.state.alarms:
        assert app.state.alarms[0].finding is Finding.AUDIT
        assert problem.detail == app.state.alarms[0].words


async def test_a_wish_over_a_link_that_is_gone(app: App) -> None:
    async with app.linked(look=False, cut=0) as desk:
        assert app.home.home.trust is not None
        await desk.take_up(app.home.home.trust, owner=True)
        problem = await Window(desk).wishes(WISHES[NeighbourTask.JOIN])
    assert problem == NeighbourProblem(NeighbourTask.JOIN, NeighbourReason.AWAY)
    problem = await Window(app.desk).wishes(WISHES[NeighbourTask.JOIN])
    assert problem == NeighbourProblem(NeighbourTask.JOIN, NeighbourReason.AWAY)


@pytest.mark.parametrize("task", [NeighbourTask.FEATURES, NeighbourTask.AUDIT])
async def test_a_disk_that_takes_nothing(app: App, task: NeighbourTask) -> None:
    async with app.linked() as desk:
        before = desk.state
        desk.store._db.execute("PRAGMA query_only = ON")
        problem = await Window(desk).wishes(WISHES[task])
        desk.store._db.execute("PRAGMA query_only = OFF")
        assert problem is not None
        assert (problem.task, problem.reason) == (task, NeighbourReason.NOT_KEPT)
        assert desk.state == before
        assert (await app.look()).features is None


async def test_what_succeeds_says_no_problem_and_the_desk_posts(app: App) -> None:
    async with app.linked(honest) as desk:
        window = Window(desk)
        for task in (NeighbourTask.FEATURES, NeighbourTask.JOIN, NeighbourTask.AUDIT):
            app.posted.clear()
            assert await window.wishes(WISHES[task]) is None
            if task is not NeighbourTask.JOIN:
                assert isinstance(app.posted[-1], NeighbourState)
        assert any(isinstance(p, AuditProgress) for p in app.posted)


async def test_a_stopped_audit_answers_that_it_was_stopped(app: App) -> None:
    async with app.linked() as desk:
        window = Window(desk)
        window.controller.audit(HOUSES.id, DAY)
        running = asyncio.create_task(window.work.pop())
        await asyncio.sleep(0)
        busy = await window.wishes(lambda c: c.audit(HOUSES.id, DAY + 1))
        assert busy == NeighbourProblem(NeighbourTask.AUDIT, NeighbourReason.BUSY)
        window.controller.stop_audit()
        await window.work.pop()
        await running
    assert window.posted == [NeighbourProblem(NeighbourTask.AUDIT, NeighbourReason.STOPPED)]
