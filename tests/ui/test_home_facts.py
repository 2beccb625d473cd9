"""The foot and the page follow a home's events and file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ohmstead.core.errors import VerificationError
from ohmstead.services.events import LinkChanged, LinkState, Refused
from ohmstead.services.sync import Stage as SyncStage
from ohmstead.services.sync import SyncProgress
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import HeadRow
from ohmstead.ui.home_facts import HomeFacts
from tests.ui.conftest import Stage


@pytest.fixture
def path(stage: Stage, tmp_path: Path) -> Path:
    copy = tmp_path / "home.db"
    shutil.copy(stage.home.path, copy)
    mirror = Mirror.open(copy)
    mirror.record_head(HeadRow(9, stage.now_s - 30, b"\x01" * 32, b"", b""))
    mirror.close()
    return copy


@pytest.fixture
def facts(stage: Stage, path: Path) -> Iterator[HomeFacts]:
    stage.show(lambda: stage.window.show_home("Home", stage.source(path)))
    made = HomeFacts(
        stage.window, stage.desktop.bridge, stage.desktop.jobs, stage.reader, stage.source(path),
        lambda: stage.now_s, single_operator=True,
    )
    yield made
    made.stop()
    made.stop()


def said(stage: Stage) -> tuple[str, str]:
    foot = stage.window.sidebar.foot
    return foot.accessibleName(), foot.accessibleDescription()


def test_the_file_says_how_far_it_is_verified(stage: Stage, facts: HomeFacts, qtbot: QtBot) -> None:
    stage.desktop.bridge.post(LinkChanged(LinkState.CONNECTED))
    qtbot.waitUntil(lambda: said(stage)[0] == "Meter connected" and facts.facts.head_time_s is not None)
    assert "single operator" in said(stage)[1]
    for state, words in ((LinkState.AWAY, "Meter out of reach"), (LinkState.OFF, "Bluetooth is off"),
                         (LinkState.SEARCHING, "Looking for your meter")):
        stage.desktop.bridge.post(LinkChanged(state))
        qtbot.waitUntil(lambda words=words: said(stage)[0] == words)  # type: ignore[misc]


def test_progress_shows_at_once_and_redraws_the_page_once(
    stage: Stage, facts: HomeFacts, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: facts.facts.head_time_s is not None)
    redrawn: list[int] = []
    stage.window.usage.shown.connect(lambda: redrawn.append(1))
    with qtbot.waitSignal(stage.window.usage.shown, timeout=10_000):
        for held in range(1, 40):
            stage.desktop.bridge.post(SyncProgress(next(iter(SyncStage)), held, 50, (0, 4)))
        qtbot.waitUntil(lambda: said(stage)[1] == "78 % of history here")
        assert redrawn == []
    assert redrawn == [1]


def test_a_refusal_is_named(stage: Stage, facts: HomeFacts, qtbot: QtBot) -> None:
    stage.desktop.bridge.post(Refused(VerificationError("page 16092", "leaf differs")))
    qtbot.waitUntil(lambda: said(stage)[0] == "Refused: page 16092")
