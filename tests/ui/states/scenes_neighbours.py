"""Neighbours in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ohmstead.neighbours.tally import VoidReason
from ohmstead.services.neighbour_states import (
    AuditProgress,
    Finding,
    GuardianState,
    Membership,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
    OwnStage,
    Standing,
)
from ohmstead.services.states import LinkState
from ohmstead.ui.pages.neighbour_content import PRIVACY, SHAPE, TIME
from tests.ui.neighbour_street import GUARDIANS, HOME, HOUSES, Asks, Lane
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Studio

Make = Callable[[Lane], NeighbourState | None]


def neighbours(s: Studio, make: Make, kind: str = "two-years", **state: object) -> Lane:
    """The page with a state of the neighbours."""
    home = s.files.year(kind)
    s.show(home, "neighbours", **state)
    page, lane = s.window.neighbours, Lane(home.zone, s.now_s)
    page.set_controller(Asks())
    page.show_neighbours(make(lane))
    s.settle()
    return lane


def section(
    name: str, make: Make, index: int = 0, span: int = 0, kind: str = "two-years", **state: object
) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        neighbours(s, make, kind, **state)
        s.window.neighbours.choose_span(span)
        s.window.neighbours.content.show_section(index)
        s.settle()


section("neighbours-full", lambda w: w.full())
section("neighbours-week", lambda w: w.full(), span=1)
section("neighbours-month", lambda w: w.full(), span=2)
section("neighbours-shape", lambda w: w.full(), SHAPE)
section("neighbours-time", lambda w: w.full(), TIME)
section("neighbours-privacy", lambda w: w.full(), PRIVACY)
section("neighbours-none", lambda _: NeighbourState(known=True))
section("neighbours-loading", lambda _: None)
section("neighbours-opt-in", lambda w: w.outside())
section("neighbours-opt-in-privacy", lambda w: w.outside(), PRIVACY)
section("neighbours-no-group", lambda w: w.outside(features=HOME))
section(
    "neighbours-proposed",
    lambda w: w.outside(features=HOME, proposed=HOUSES.id, shown=HOUSES.id, rounds=w.days()),
)
section("neighbours-too-few", lambda w: w.few())
section("neighbours-joining", lambda w: w.full(rounds=(), own=(), membership=Membership(True, HOUSES.id)))
section("neighbours-first-days", lambda w: w.full(rounds=tuple(
    w.day(b, Standing.COLLECTING) for b in (1, 2)), own=w.owns(3)))  # fmt: skip
section("neighbours-paused", lambda w: w.full(membership=replace(w.full().membership, paused=True)))
section("neighbours-left", lambda w: w.full(membership=Membership(True)))
section("neighbours-void-few", lambda w: w.full(rounds=(w.void(3, VoidReason.TOO_FEW), *w.days()[3:])))
section(
    "neighbours-void-absent",
    lambda w: w.full(rounds=(w.void(3, VoidReason.GUARDIAN_ABSENT, 33), *w.days()[3:])),
)
section("neighbours-void-no-key", lambda w: w.full(
    rounds=(w.void(3, VoidReason.NO_KEY, 0),), own=(),
    guardians=tuple(GuardianState(g, g != "Birch", False) for g in GUARDIANS)))  # fmt: skip
section("neighbours-waiting", lambda w: w.full(rounds=(w.day(3, Standing.WAITING), *w.days()[3:])))
section("neighbours-waiting-first", lambda w: w.full(rounds=(w.day(3, Standing.WAITING),)))
section(
    "neighbours-gaps",
    lambda w: w.full(own=w.owns(stage=OwnStage.GAPS, wh=None, included=None)),
    kind="gap-third",
)
section("neighbours-left-out", lambda w: w.full(
    own=w.owns(included=False), alarms=(w.alarm(Finding.LEFT_OUT, "own leaf is not in the log"),)))  # fmt: skip
section(
    "neighbours-false",
    lambda w: w.full(alarms=(w.alarm(Finding.RECORD, "share 2: the proof does not hold"),)),
    TIME,
)
section("neighbours-findings", lambda w: w.full(
    alarms=(w.alarm(Finding.LEFT_OUT, "own leaf is not in the log"), w.malformed())))  # fmt: skip
section("neighbours-year", lambda w: w.full(rounds=w.days(400), own=w.owns(380)))
section("neighbours-year-changed", lambda w: w.full(rounds=w.changed(115), own=w.owns(380)))
section("neighbours-viewer", lambda w: w.full(can_act=False))
section("neighbours-offline", lambda w: w.full(), link=LinkState.OFF)
section("neighbours-stale", lambda w: w.full(head_time_s=w.now_s - 30 * 3600, complete=False))
section("neighbours-short-past", lambda w: w.full(), kind="month")


@scene("neighbours-problem")
def problem(s: Studio) -> None:
    neighbours(s, lambda w: w.full())
    s.window.neighbours.show_problem(NeighbourProblem(NeighbourTask.LEAVE, NeighbourReason.NOT_KEPT))
    s.later(s.window.neighbours._faces.close_problem)


@scene("neighbours-auditing")
def auditing(s: Studio) -> None:
    lane = neighbours(s, lambda w: w.full())
    page = s.window.neighbours
    page.content.show_section(PRIVACY)
    page.deeds.audit_newest(month=False)
    page.show_progress(AuditProgress(HOUSES.id, lane.today - 3, 16, 34))


@scene("dialog-neighbours-home")
def describe(s: Studio) -> None:
    neighbours(s, lambda w: w.full())
    s.window.neighbours.deeds.describe()


@scene("dialog-neighbours-home-wrong")
def describe_wrong(s: Studio) -> None:
    neighbours(s, lambda w: w.outside())
    s.window.neighbours.deeds.describe()
    sheet = s.window.neighbours.deeds.sheet
    assert sheet is not None
    sheet.area.edit.setText("large")
    sheet.try_it()


@scene("dialog-neighbours-leave")
def leave(s: Studio) -> None:
    neighbours(s, lambda w: w.full())
    s.window.neighbours.deeds.leave()
