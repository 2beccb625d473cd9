"""The Home page on real files: its faces, the live part, what a person can do, and that it holds its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from ohmstead.core.intervals import Channel
from ohmstead.services.events import LinkState, PowerNow
from ohmstead.services.session import HomeState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.store.mirror import Mirror
from ohmstead.ui.charts.day_chart import DayChart
from ohmstead.ui.charts.sparkline import Sparkline
from ohmstead.ui.charts.week_bars import WeekBars
from ohmstead.ui.pages.home_page import HomePage
from ohmstead.ui.pages.home_parts import LiveFigure, SideColumn
from ohmstead.ui.presenters.home_data import MirrorHome
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.widgets.facts import FactsRow
from ohmstead.ui.widgets.flow import Flow
from ohmstead.ui.widgets.parts import Banner
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.pages.conftest import SIZE, Rig, button, words_on, wrongly_coloured
from tests.ui.presenters.test_facts import FACTS
from tests.ui.proven_home import ProvenHome
from tests.ui.solar_home import METER, Home, fill


def part(page: QWidget, kind: type[QWidget]) -> QWidget:
    (found,) = page.findChildren(kind)
    return found


def watts(rig: Rig, sold: int = 380) -> PowerNow:
    return PowerNow(rig.now_s, ((Channel.IMPORT, 0), (Channel.EXPORT, sold), (Channel.GENERATION, 1150)))


def state(rig: Rig, home: Home, **more: object) -> HomeState:
    hour = (home.last_slot + 1) // 4 - 1
    facts = replace(FACTS, complete_to_hour=hour, head_time_s=rig.now_s - 38, single_operator=True)
    return replace(HomeState(LinkState.CONNECTED, facts, home.zone, "", watts(rig)), **more)


@pytest.fixture
def page(rig: Rig, afternoon: Home) -> HomePage:
    """Home at 14:17, connected."""
    rig.now_s = afternoon.end_s + 17 * 60
    made = rig.make(HomePage)
    rig.shown(made, lambda: made.set_source(MirrorHome(afternoon.path, METER)))
    made.show_state(state(rig, afternoon))
    return made


def live_now(page: HomePage, rig: Rig) -> str:
    assert page.now is not None
    return page.now.value


def test_today_at_a_glance(page: HomePage) -> None:
    said = words_on(page)
    for words in (
        "Saturday 14 June",
        "Now: 0.38 kW, going out to the grid",
        "Sun 1.15 kW, House 0.77 kW, going out to the grid 0.38 kW",
        "From the grid so far: 11.39 kWh. 0.9 more than usual by now",
        "Signed by your meter, every page, to 14:00",
        "Single operator, one machine signs",
        "Last reading just now",
    ):
        assert words in said, words
    assert page.view is not None
    assert page.view.state is PageState.PARTIAL  # the day is not over
    assert page.newest_slot is not None


def test_prices_add_the_cost_without_loading_again(page: HomePage) -> None:
    assert "cost" not in words_on(page)
    page.set_prices(263_500, 129_000, "EUR")
    assert "Today's cost so far: 2.98 €" in words_on(page)
    page.set_prices(None, None, "EUR")
    assert "cost" not in words_on(page)


def test_a_meter_that_floods_moves_the_page_once_and_then_to_the_last_value(
    page: HomePage, rig: Rig, afternoon: Home
) -> None:
    page._soon.stop()  # the next state is drawn at once
    for sold in range(1000, 3000, 10):
        page.show_state(state(rig, afternoon, power=watts(rig, sold)))
    assert live_now(page, rig) == "1.00"
    rig.qtbot.waitUntil(lambda: live_now(page, rig) == "2.99", timeout=5_000)


def test_out_of_reach_is_one_banner_and_nothing_moves(page: HomePage, rig: Rig, afternoon: Home) -> None:
    chart, facts = part(page, DayChart), part(page, FactsRow)
    before = [w.mapTo(page, QPoint(0, 0)) for w in (chart, facts)]
    page._soon.stop()  # the next state is drawn at once
    rig.now_s += 97 * 60
    page.show_state(state(rig, afternoon, link=LinkState.AWAY, power=page._live.power))
    (banner,) = [b for b in page.findChildren(Banner) if b.isVisible()]
    assert banner.accessibleName() == "Your meter is out of reach"
    assert not part(page, Flow).isVisible()
    assert "At 14:17: 0.38 kW, was going out to the grid" in words_on(page)
    assert "Still in the meter" in words_on(page)
    assert [w.mapTo(page, QPoint(0, 0)) for w in (chart, facts)] == before
    with rig.qtbot.waitSignal(page.search_wanted):
        rig.qtbot.mouseClick(button(page, "Look for it now"), Qt.MouseButton.LeftButton)


def test_what_was_refused_is_said_by_name_with_a_way_to_the_ledger(
    page: HomePage, rig: Rig, afternoon: Home
) -> None:
    page._soon.stop()  # the next state is drawn at once
    page.show_state(state(rig, afternoon, refused="page 16092"))
    said = words_on(page)
    assert "Page 16\u202f092 was changed after it was signed" in said
    assert "Page 16\u202f092 was changed, not used" in said
    with rig.qtbot.waitSignal(page.page_wanted) as caught:
        rig.qtbot.mouseClick(button(page, "Show the Ledger"), Qt.MouseButton.LeftButton)
    assert caught.args == ["ledger"]


def test_a_tampered_file_is_said_by_name(rig: Rig, proven: ProvenHome) -> None:
    rig.now_s = proven.now_s
    raw = proven.tamper(17)
    page = rig.make(HomePage)
    rig.shown(page, lambda: page.set_source(proven.home()))
    page.show_state(proven.state())
    assert "Page 17 was changed after it was signed" in words_on(page)
    assert "Page 17 was changed, not used" in words_on(page)
    proven.mirror._db.execute("UPDATE page SET raw = ? WHERE number = 17", (raw,))
    rig.shown(page, lambda: page.set_source(proven.home()))
    page.show_state(proven.state())
    rig.qtbot.waitUntil(lambda: "Signed by your meter, every page" in words_on(page), timeout=5_000)
    assert "was changed" not in words_on(page)


def test_two_histories_come_first(rig: Rig, proven: ProvenHome) -> None:
    rig.now_s = proven.now_s
    proven.mirror.add_divergence(5, b"ours", b"theirs", rig.now_s)
    page = rig.make(HomePage)
    rig.shown(page, lambda: page.set_source(proven.home()))
    (banner,) = [b for b in page.findChildren(Banner) if b.isVisible()]
    assert banner.accessibleName() == "Someone signed two different histories"


def test_a_witness_is_heard(page: HomePage, rig: Rig) -> None:
    page.show_witness(WitnessSeen("https://w", WitnessWord.SAME, 9, rig.now_s - 60))
    assert "cross-checked 14:16" in words_on(page)
    page.show_witness(None)
    assert "not cross-checked" in words_on(page)


def test_time_goes_on_by_itself(page: HomePage, rig: Rig) -> None:
    rig.now_s += 12
    page.age()
    assert "Last reading 12 s ago" in words_on(page)
    assert "50 s old" in words_on(page)
    rig.now_s += 60
    page.age()
    assert "At 14:17: 0.38 kW" in words_on(page)
    view = page.view
    assert view is not None
    assert view.pending is not None
    pending = view.pending.last
    rig.now_s += 15 * 60
    rig.shown(page, page.age)  # a quarter hour is over: it is looked for
    assert page.view is not None
    assert page.view.pending is not None
    assert page.view.pending.last == pending + 1


# ---- faces ------------------------------------------------------------------------------------


def test_no_page_yet(rig: Rig, tmp_path: Path) -> None:
    Mirror.open(tmp_path / "empty.db").close()
    page = rig.make(HomePage)
    rig.shown(page, lambda: page.set_source(MirrorHome(tmp_path / "empty.db")))
    assert "Your first page arrives within the hour" in words_on(page)
    assert "No block yet, comes with the first link" in words_on(page)


def test_a_file_that_cannot_be_read_and_trying_again(rig: Rig, afternoon: Home, tmp_path: Path) -> None:
    rig.now_s = afternoon.end_s
    page = rig.make(HomePage)
    path = tmp_path / "late.db"
    rig.shown(page, lambda: page.set_source(MirrorHome(path, METER)))
    assert "cannot be shown now" in words_on(page)
    fill(path, hours=48)
    rig.shown(page, lambda: rig.qtbot.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton))
    assert page.view is not None
    assert page.view.chart is not None


def test_history_coming_in(rig: Rig, tmp_path: Path) -> None:
    home = fill(tmp_path / "home.db", hours=300, skip_last=10, proven_more=8000)
    rig.now_s = home.end_s + 60
    page = rig.make(HomePage)
    rig.shown(page, lambda: page.set_source(MirrorHome(home.path, METER)))
    assert "Your history is coming in, newest first" in words_on(page)


def test_another_home_knows_nothing_of_the_former(page: HomePage, rig: Rig, tmp_path: Path) -> None:
    Mirror.open(tmp_path / "empty.db").close()
    rig.shown(page, lambda: page.set_source(MirrorHome(tmp_path / "empty.db")))
    assert "0.38" not in words_on(page)
    assert page.now is not None
    assert page.now.facts[0].name == "Not signed yet"
    page.set_source(None)
    assert page.view is None


# ---- hands ------------------------------------------------------------------------------------


def test_days_open_by_pointer_and_keyboard(page: HomePage, rig: Rig, afternoon: Home) -> None:
    today = afternoon.zone.day_of(afternoon.last_slot)
    with rig.qtbot.waitSignal(page.day_wanted) as caught:
        part(page, DayChart).opened.emit(3)
    assert caught.args == [today]
    with rig.qtbot.waitSignal(page.day_wanted) as caught:
        rig.qtbot.mouseClick(button(page, "Show that day"), Qt.MouseButton.LeftButton)
    assert caught.args == [today - 1]
    bars = part(page, WeekBars)
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    rig.qtbot.keyClick(bars, Qt.Key.Key_Right)
    rig.qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert bars.accessibleDescription().startswith("Tuesday 10 June: ")
    with rig.qtbot.waitSignal(page.day_wanted) as caught:
        rig.qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert caught.args == [today - 4]
    for _ in range(9):
        rig.qtbot.keyClick(bars, Qt.Key.Key_Right)
    with rig.qtbot.assertNotEmitted(page.day_wanted):  # a day to come has nothing to open
        rig.qtbot.keyClick(bars, Qt.Key.Key_Return)


def test_how_is_this_checked(page: HomePage, rig: Rig) -> None:
    with rig.qtbot.waitSignal(page.help_wanted):
        rig.qtbot.mouseClick(button(page, "How is this checked?"), Qt.MouseButton.LeftButton)


def test_every_command_has_a_name_and_words_of_its_own(page: HomePage, rig: Rig) -> None:
    commands = page.commands()
    assert len({c.name for c in commands}) == len({c.words for c in commands}) == len(commands)
    by = {c.name: c for c in commands}
    assert by["home.day"].enabled()
    assert not by["home.search"].enabled()
    with rig.qtbot.waitSignal(page.day_wanted):
        by["home.day"].run()


# ---- place ------------------------------------------------------------------------------------


def test_the_column_moves_under_the_chart_and_the_chart_gives_way_to_the_strip(
    page: HomePage, rig: Rig
) -> None:
    chart, side, strip = (part(page, kind) for kind in (DayChart, SideColumn, Sparkline))
    rig.qtbot.waitUntil(lambda: side.x() >= chart.width())
    assert chart.isVisible()
    assert not strip.isVisible()
    page.resize(889, 800)
    rig.qtbot.waitUntil(lambda: side.y() > chart.y() + chart.height())
    page.resize(964, 640)
    rig.qtbot.waitUntil(strip.isVisible)
    assert not chart.isVisible()
    assert strip.accessibleName().startswith("The 24 hours to 14:00")


@pytest.mark.parametrize("size", [SIZE, (964, 640), (889, 800)])
def test_words_of_a_longer_language_fit(rig: Rig, afternoon: Home, size: tuple[int, int]) -> None:
    rig.now_s = afternoon.end_s + 17 * 60
    page = rig.make(HomePage, LongWording())
    page.resize(*size)
    page.set_prices(263_500, 129_000, "EUR")
    rig.shown(page, lambda: page.set_source(MirrorHome(afternoon.path, METER)))
    for posted in (
        state(rig, afternoon),
        state(rig, afternoon, link=LinkState.AWAY),
        state(rig, afternoon, refused="page 16092"),
    ):
        page._soon.stop()  # the next state is drawn at once
        page.show_state(posted)
        assert faults(page) + beyond(page) == []


def test_colours_follow_the_theme(page: HomePage, rig: Rig) -> None:
    for mode in ("dark", "light"):
        rig.desktop.look.theme.choose(mode)
        assert wrongly_coloured(page) == []


def test_the_live_figure_says_what_it_shows(page: HomePage) -> None:
    assert part(page, LiveFigure).accessibleName() == "Now: 0.38 kW, going out to the grid"
