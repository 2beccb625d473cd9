"""Neighbours at work: opt in, pause with a way back, leave once it is meant, problems said, keys reach
everything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ohmstead.neighbours.cohorts import Dwelling, Features, Heating
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.services.neighbour_states import (
    AuditProgress,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
)
from ohmstead.ui.pages.neighbour_content import PRIVACY
from ohmstead.ui.pages.neighbours_page import NeighboursPage
from ohmstead.ui.presenters.neighbour_data import MirrorNeighbours
from ohmstead.ui.widgets.text import Text
from tests.ui.neighbour_street import HOME, HOUSES, Asks, Lane
from tests.ui.pages.conftest import Rig, button, words_on, wrongly_coloured
from tests.ui.solar_home import Home

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Neighbours:
    """A page on a real file with a made-up group, and who is asked."""

    def __init__(self, rig: Rig, home: Home) -> None:
        rig.now_s = home.end_s + 17 * 60
        self.rig, self.lane, self.asks = rig, Lane(home.zone, rig.now_s), Asks()
        self.page = rig.make(NeighboursPage)
        rig.shown(self.page, lambda: self.page.set_source(MirrorNeighbours(home.path)))
        self.page.set_controller(self.asks)

    def show(self, state: NeighbourState) -> None:
        self.page.show_neighbours(state)


@pytest.fixture
def neighbours(rig: Rig, afternoon: Home) -> Neighbours:
    return Neighbours(rig, afternoon)


def test_describing_the_home_stays_here_and_joining_is_another_click(neighbours: Neighbours) -> None:
    page, lane = neighbours.page, neighbours.lane
    neighbours.show(lane.outside())
    button(page, "Describe my home…").click()
    sheet = page.deeds.sheet
    assert sheet is not None
    sheet.area.edit.setText("large")
    sheet.try_it()
    assert "Whole square metres, from 1 to 9\u202f999" in sheet.area.error
    assert sheet.people.error
    sheet.dwelling.choose(list(Dwelling).index(Dwelling.DETACHED))
    QTest.keyClicks(sheet.area.edit, "\b" * 5)
    sheet.area.edit.clear()
    QTest.keyClicks(sheet.area.edit, "120")
    QTest.keyClicks(sheet.people.edit, "4")
    sheet.pv.click()
    assert "houses, 80 to 220 m²" in sheet.found
    QTest.keyClick(sheet.people.edit, Qt.Key.Key_Return)
    wanted = Features(Dwelling.DETACHED, 120, 4, Heating.GAS, False, True)
    assert neighbours.asks.calls == [("features", wanted)]
    neighbours.show(lane.outside(features=wanted, proposed=HOUSES.id, shown=HOUSES.id))
    button(page, "Take part").click()
    assert neighbours.asks.calls[1:] == [("join", HOUSES.id)]


def test_pausing_has_a_way_back(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full())
    page.content.show_section(PRIVACY)
    button(page, "Pause comparing").click()
    button(page, "Undo").click()
    assert neighbours.asks.calls == [("pause", True), ("pause", False)]


def test_leaving_is_asked_about(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full())
    page.content.show_section(PRIVACY)
    for answer, calls in (("Stay", []), ("Leave", [("leave",)])):
        button(page, "Leave the group…").click()
        assert "stays in the group’s sums" in words_on(page.window())
        button(page.window(), answer).click()
        assert neighbours.asks.calls == calls


def test_a_home_of_another_kind_moves_only_when_meant(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full())
    button(page, "Is this your home?").click()
    sheet = page.deeds.sheet
    assert sheet is not None
    assert sheet.area.text() == str(HOME.area_m2)
    sheet.dwelling.choose(list(Dwelling).index(Dwelling.FLAT))
    sheet.area.show_text("70")
    sheet.people.show_text("2")
    sheet.heating.choose(list(Heating).index(Heating.GAS))
    sheet.try_it()
    button(page.window(), "Move").click()
    assert neighbours.asks.calls[1:] == [("join", "flats-2")]


def test_a_viewer_looks_and_cannot_act(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full(can_act=False))
    page.content.show_section(PRIVACY)
    assert not page.content.privacy.pause.isVisible()
    assert not page.content.privacy.leave.isVisible()
    page.deeds.pause(True)
    page.deeds.leave()
    page.deeds.join()
    assert neighbours.asks.calls == []
    page.set_controller(None)
    assert [
        c.name for c in page.commands() if c.name.endswith(("join", "leave", "pause")) and c.enabled()
    ] == []


def test_problems_are_said_and_closed(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full())
    page.show_problem(NeighbourProblem(NeighbourTask.JOIN, NeighbourReason.AWAY))
    assert "Your meter is out of reach. Try again near it." in words_on(page)
    button(page, "Close").click()
    assert "Your meter is out of reach. Try again near it." not in words_on(page)


def test_every_statement_of_the_newest_day_can_be_checked(neighbours: Neighbours) -> None:
    page, lane = neighbours.page, neighbours.lane
    neighbours.show(lane.full())
    page.content.show_section(PRIVACY)
    checks, day = page.content.privacy.checks, lane.today - 3
    (of_day, of_month) = checks.buttons
    of_day.setFocus()
    of_day.click()
    assert neighbours.asks.calls == [("audit", HOUSES.id, day, epoch_of(day))]
    assert not of_day.isVisible(), "one at a time"
    assert not of_month.isVisible()
    assert checks.stop.hasFocus()
    page.show_progress(AuditProgress(HOUSES.id, None, 8, 34))  # of another round
    page.show_progress(AuditProgress(HOUSES.id, day, 16, 34))
    assert "16 of 34 statements of 11 June hold so far" in words_on(page)
    checks.stop.click()
    assert neighbours.asks.calls[1:] == [("stop",)]
    page.show_problem(NeighbourProblem(NeighbourTask.AUDIT, NeighbourReason.STOPPED))
    assert "Stopped. What was checked so far says nothing of the rest." in words_on(page)
    assert of_day.isVisible()
    assert not checks.stop.isVisible()


def test_every_shape_of_the_newest_month_can_be_checked(neighbours: Neighbours) -> None:
    page, lane = neighbours.page, neighbours.lane
    neighbours.show(lane.full())
    page.content.show_section(PRIVACY)
    checks = page.content.privacy.checks
    month = next(r for r in lane.full().rounds if r.day is None)
    commands = {c.name: c for c in page.commands()}
    assert commands["neighbours.audit-month"].enabled()
    assert not commands["neighbours.audit-stop"].enabled()
    checks.buttons[1].click()
    assert neighbours.asks.calls == [("audit", HOUSES.id, None, month.epoch)]
    assert not commands["neighbours.audit-month"].enabled()
    page.deeds.audit_newest(month=False)
    assert len(neighbours.asks.calls) == 1
    commands["neighbours.audit-stop"].run()
    page.show_problem(NeighbourProblem(NeighbourTask.AUDIT, NeighbourReason.BUSY))
    assert page.known.auditing is not None, "the one that runs goes on"
    page.show_progress(AuditProgress(HOUSES.id, None, month.n, month.n))
    assert page.known.auditing is None
    assert "Every statement holds, and they come to the sum." in words_on(page)
    audited = tuple(replace(r, audited=True) for r in lane.full().rounds)
    neighbours.show(lane.full(rounds=audited))
    assert not any(b.isVisible() for b in checks.buttons)


def test_charts_have_tables_and_keys(neighbours: Neighbours) -> None:
    page = neighbours.page
    neighbours.show(neighbours.lane.full())
    spread = page.content.group.behind.chart
    spread.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(spread, Qt.Key.Key_Right)
    assert "kWh" in spread.accessibleDescription()
    button(page, "Show the homes as a table").click()
    assert page.content.group.behind.table.isVisible()
    button(page, "Show the homes as a chart").click()
    page.choose_span(2)
    assert "mean of" in words_on(page)
    neighbours.rig.desktop.look.theme.choose("dark")
    assert wrongly_coloured(page) == []


def test_no_words_are_cut_the_moment_they_are_said(neighbours: Neighbours) -> None:
    page, lane = neighbours.page, neighbours.lane
    for state in (lane.outside(), lane.full(), lane.few(), lane.full(alarms=(lane.malformed(),))):
        neighbours.show(state)
        # Nothing was waited for: not one turn of the event loop.
        assert [t.accessibleName() for t in page.findChildren(Text) if t.isVisible() and t.too_low] == []
