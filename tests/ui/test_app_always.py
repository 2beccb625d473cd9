"""Always on: what closing the window means, with a tray and without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from ohmstead.app_always import AlwaysOn
from ohmstead.services.states import HomeState, LinkState
from ohmstead.settings.schema import Settings
from ohmstead.ui.tray import Tray
from tests.ui.conftest import Stage


@pytest.fixture
def always(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[AlwaysOn]:
    """On a desktop with a tray; quitting is only noted."""
    monkeypatch.setattr(Tray, "available", property(lambda _self: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)  # there is none to stand in here
    made = AlwaysOn(stage.desktop, stage.window, lambda: stage.now_s, lambda _paused: None)
    yield made
    made._timer.stop()


@pytest.fixture
def ended(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(stage.desktop, "quit", lambda: found.append(True))
    return found


def test_closing_ends_unless_the_tray_is_wanted_and_there(
    always: AlwaysOn, stage: Stage, ended: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    always.use(Settings(keep_running=False))
    always.window_closed()
    assert len(ended) == 1
    always.use(Settings(keep_running=True))
    always.window_closed()
    always.window_closed()
    assert len(ended) == 1
    monkeypatch.setattr(Tray, "available", property(lambda _self: False))
    always.window_closed()
    assert len(ended) == 2


def test_hidden_shows_the_tray_alone_where_there_is_one(
    always: AlwaysOn, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.hide()
    always.show(hidden=True)
    assert not stage.window.isVisible()
    monkeypatch.setattr(Tray, "available", property(lambda _self: False))
    always.show(hidden=True)
    assert stage.window.isVisible()


def test_the_tray_leads_back_to_the_page_it_names(always: AlwaysOn, stage: Stage, qtbot: QtBot) -> None:
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.hide()
    always.tray.open_wanted.emit("ledger")
    assert stage.window.isVisible()
    assert stage.window.page == "ledger"
    stage.window.show_home("", None)
    always.open("usage")
    assert stage.window.first_run.isVisible()


def test_posted_states_reach_the_tray(always: AlwaysOn, stage: Stage, qtbot: QtBot) -> None:
    always.begin_home("Orchard Lane 4")
    stage.desktop.bridge.post(HomeState(LinkState.OFF))
    qtbot.waitUntil(lambda: always.tray.tip == "Orchard Lane 4\nBluetooth is off")
