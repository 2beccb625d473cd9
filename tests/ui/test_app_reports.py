"""An error nobody expected: logged, kept as a file, shown whole once, and never in the way of the next."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ohmstead.app_reports import CrashDesk, Reports
from ohmstead.ui.dialogs.crash import CrashSheet
from ohmstead.ui.errors import Caught
from ohmstead.ui.widgets.reading import PlainReading
from tests.ui.conftest import Stage


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    made = Reports(tmp_path)
    yield made
    made.close()


def caught(words: str) -> Caught:
    try:
        raise RuntimeError(words)
    except RuntimeError as error:
        return Caught("main", f"RuntimeError: {words}", error)


def sheets(stage: Stage) -> list[CrashSheet]:
    return [sheet for sheet in stage.window.findChildren(CrashSheet) if sheet.isVisible()]


def test_it_is_shown_whole_once_and_the_next_waits(
    stage: Stage, reports: Reports, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    CrashDesk(stage.desktop, stage.window)
    reports.post_to(stage.desktop.bridge.post)
    with caplog.at_level(logging.ERROR):
        for words in ("one", "one", "two"):
            reports(caught(words))
    assert caplog.text.count("RuntimeError: one") >= 2
    qtbot.waitUntil(lambda: len(sheets(stage)) == 1)
    (shown,) = sheets(stage)
    (text,) = shown.findChildren(PlainReading)
    assert "RuntimeError: one" in text.toPlainText()
    kept = sorted(tmp_path.glob("crash-*.txt"))
    assert kept
    assert "RuntimeError" in kept[0].read_text(encoding="utf-8")
    shown.agree()
    qtbot.waitUntil(lambda: sheets(stage) != [] and sheets(stage) != [shown])
    (second,) = sheets(stage)
    assert "RuntimeError: two" in second.findChildren(PlainReading)[0].toPlainText()
    second.agree()
    assert sheets(stage) == []


def test_qts_own_complaints_are_logged_alone(
    stage: Stage, reports: Reports, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    posted: list[object] = []
    reports.post_to(posted.append)
    with caplog.at_level(logging.ERROR):
        reports(Caught("qt", "a complaint"))
    assert "a complaint" in caplog.text
    assert posted == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_refuses_keeps_nothing_from_being_shown(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    posted: list[object] = []
    reports = Reports(tmp_path / "file")
    try:
        reports.post_to(posted.append)
        reports(caught("one"))
    finally:
        reports.close()
    assert len(posted) == 1
    reports(caught("after"))
    assert len(posted) == 1
