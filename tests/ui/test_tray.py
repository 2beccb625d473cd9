"""The tray: what it says, what it leads to, and that it holds its tongue while the window is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from ohmstead.core.intervals import Channel
from ohmstead.services.events import LinkState, PowerNow
from ohmstead.services.market_states import Alarm, MarketState
from ohmstead.services.neighbour_states import Finding
from ohmstead.services.session import HomeState
from ohmstead.settings.schema import Notices
from ohmstead.system.zones import build_table
from ohmstead.ui.application import Desktop
from ohmstead.ui.presenters.market_notices import MarketTold
from ohmstead.ui.presenters.notices import SILENT_S, Notice
from ohmstead.ui.tray import Tray
from tests.ui.market_street import Street
from tests.ui.neighbour_street import Lane

NOW = 1_770_000_000
ZONE = build_table("Europe/Rome", date(2025, 1, 1), date(2026, 12, 31))


class Desk:
    """A tray with a clock and an eye."""

    def __init__(self, desktop: Desktop) -> None:
        self.now, self.looked_at = NOW, False
        self.tray = Tray(desktop.look, desktop.wording, lambda: self.now, lambda: self.looked_at, desktop)
        self.told: list[Notice] = []
        self.tray.noticed.connect(self.told.append)
        self.tray.begin_home("Orchard Lane 4", Notices())

    @property
    def menu(self) -> dict[str, QAction]:
        (icon,) = self.tray.findChildren(QSystemTrayIcon)
        menu = icon.contextMenu()
        assert isinstance(menu, QMenu)
        return {action.text(): action for action in menu.actions() if action.text() and action.isVisible()}


@pytest.fixture
def desk(desktop: Desktop) -> Desk:
    return Desk(desktop)


def power(imported: int, exported: int) -> HomeState:
    watts = ((Channel.IMPORT, imported), (Channel.EXPORT, exported))
    return HomeState(LinkState.CONNECTED, power=PowerNow(NOW, watts))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (power(1_234, 0), "1.23 kW coming from the grid"),
        (power(0, 380), "0.38 kW going out to the grid"),
        (power(3, 0), "Nothing flows to or from the grid"),
        (
            HomeState(LinkState.AWAY, power=PowerNow(NOW, ((Channel.IMPORT, 5),))),
            "Your meter is out of reach",
        ),
        (HomeState(LinkState.OFF), "Bluetooth is off"),
        (HomeState(LinkState.SEARCHING), "Looking for your meter"),
    ],
)
def test_it_says_where_power_flows(desk: Desk, state: HomeState, words: str) -> None:
    desk.tray.hear(state)
    assert desk.tray.tip == f"Orchard Lane 4\n{words}"
    assert words in desk.menu


def test_the_icon_shows_direction_and_alarm(desk: Desk) -> None:
    (icon,) = desk.tray.findChildren(QSystemTrayIcon)
    seen = []
    for state in (power(0, 0), power(900, 0), power(0, 900), replace(power(0, 0), refused="page 3")):
        desk.tray.hear(state)
        seen.append(icon.icon().pixmap(32, 32).toImage())
    assert all(a != b for i, a in enumerate(seen) for b in seen[i + 1 :])
    colours = {seen[3].pixelColor(x, y).name() for x in range(32) for y in range(32)}
    assert any(int(c[1:3], 16) > 150 and int(c[3:5], 16) < 90 for c in colours)


def test_the_menu_opens_pauses_and_quits(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.tray.open_wanted) as opened:
        desk.menu["Open Ohmstead"].trigger()
    assert opened.args == [""]
    with qtbot.waitSignal(desk.tray.quit_wanted):
        desk.menu["Quit"].trigger()
    assert "Pause bringing the history in" not in desk.menu
    desk.tray.hear(HomeState(LinkState.CONNECTED, paused=True))
    with qtbot.waitSignal(desk.tray.pause_wanted) as asked:
        desk.menu["Go on bringing the history in"].trigger()
    assert asked.args == [False]


def test_a_notice_leads_to_its_page(desk: Desk, qtbot: QtBot) -> None:
    desk.tray.hear(HomeState(LinkState.CONNECTED, refused="page 3"))
    assert len(desk.told) == 1
    (icon,) = desk.tray.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(desk.tray.open_wanted) as opened:
        icon.messageClicked.emit()
    assert opened.args == ["ledger"]


def test_nothing_is_told_to_who_looks(desk: Desk) -> None:
    desk.looked_at = True
    desk.tray.hear(HomeState(LinkState.CONNECTED, refused="page 3"))
    assert desk.told == []


def test_time_alone_can_be_worth_a_notice(desk: Desk) -> None:
    desk.tray.hear(HomeState(LinkState.AWAY))
    desk.now += SILENT_S
    desk.tray.look_again()
    assert [n.kind.value for n in desk.told] == ["home"]
    desk.tray.want(Notices(meter_silent=False))
    desk.tray.begin_home("Other", Notices(meter_silent=False))
    desk.now += SILENT_S
    desk.tray.look_again()
    assert len(desk.told) == 1


def test_it_is_drawn_in_the_theme_in_force(desk: Desk, desktop: Desktop) -> None:
    (icon,) = desk.tray.findChildren(QSystemTrayIcon)
    light = icon.icon().pixmap(32, 32).toImage()
    desktop.look.theme.choose("dark")
    assert icon.icon().pixmap(32, 32).toImage() != light


def wrong(desk: Desk) -> MarketState:
    alarm = Alarm("price", "stated 131000, computed 155000", desk.now // 900 - 4, "5")
    return Street(ZONE, desk.now).empty(alarms=(alarm,))


def test_a_wrong_clearing_leads_to_the_market_and_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    with qtbot.waitSignal(desk.tray.market_told) as told:
        desk.tray.hear_market(wrong(desk))
    assert told.args == [MarketTold(alarm=5)]
    assert [n.kind.value for n in desk.told] == ["market"]
    (icon,) = desk.tray.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(desk.tray.open_wanted) as opened:
        icon.messageClicked.emit()
    assert opened.args == ["market"]
    desk.tray.begin_home("Orchard Lane 4", Notices(), MarketTold(alarm=5))
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    desk.tray.hear_market(wrong(desk))
    assert len(desk.told) == 1


def test_a_market_heard_before_its_zone_is_told_with_time(desk: Desk) -> None:
    desk.tray.hear_market(wrong(desk))
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    assert desk.told == []
    desk.tray.look_again()
    assert len(desk.told) == 1


def test_another_home_tells_nothing_of_the_former_ones_market(desk: Desk) -> None:
    desk.tray.hear_market(wrong(desk))
    desk.tray.begin_home("Other", Notices())
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    desk.tray.look_again()
    assert desk.told == []


def test_a_finding_leads_to_the_neighbours_and_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    lane = Lane(ZONE, desk.now)
    state = lane.full(alarms=(lane.alarm(Finding.LEFT_OUT, "own leaf is not in the log"),))
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    desk.tray.hear_neighbours(lane.full())
    assert desk.told == []
    with qtbot.waitSignal(desk.tray.findings_told) as remembered:
        desk.tray.hear_neighbours(state)
    assert [n.kind.value for n in desk.told] == ["neighbours"]
    (icon,) = desk.tray.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(desk.tray.open_wanted) as opened:
        icon.messageClicked.emit()
    assert opened.args == ["neighbours"]
    assert remembered.args is not None
    desk.tray.begin_home("Orchard Lane 4", Notices(), findings=remembered.args[0])
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    desk.tray.hear_neighbours(state)
    assert len(desk.told) == 1


def test_a_finding_heard_before_its_zone_is_told_with_time(desk: Desk) -> None:
    lane = Lane(ZONE, desk.now)
    desk.tray.hear_neighbours(lane.full(alarms=(lane.malformed(),)))
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    assert desk.told == []
    desk.tray.look_again()
    assert len(desk.told) == 1


def test_another_home_tells_nothing_of_the_former_ones_neighbours(desk: Desk) -> None:
    lane = Lane(ZONE, desk.now)
    desk.tray.hear_neighbours(lane.full(alarms=(lane.malformed(),)))
    desk.tray.begin_home("Other", Notices())
    desk.tray.hear(HomeState(LinkState.CONNECTED, zone=ZONE))
    desk.tray.look_again()
    assert desk.told == []
