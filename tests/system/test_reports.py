"""Crash reports: readable, bounded, and without anything private."""

from __future__ import annotations

import logging
import stat
import threading
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ohmstead.system.reports import (
    MAX_KEPT,
    MAX_TEXT,
    CrashReport,
    LogTail,
    make_report,
    save_report,
    without_private,
)

NOW = 1_770_000_000


def failure() -> BaseException:
    def inner() -> None:
        raise RuntimeError(f"{Path.home()}/secret/home.db is odd")

    try:
        inner()
    except RuntimeError as error:
        return error
    raise AssertionError


def test_a_report_says_what_and_where_and_nothing_private() -> None:
    key = "5c" * 32
    log = (f"sync INFO meter {key} at C0:FF:EE:00:12:34", "sync INFO page 12")
    report = make_report("thread", "RuntimeError: it broke", failure(), log, NOW, "1.2")
    assert report.headline == "RuntimeError: it broke"
    for part in (
        "Ohmstead 1.2, ",
        "2026-02-02",
        "Python 3.",
        "In thread: ",
        "def inner",
        "page 12",
        "~/secret",
    ):
        assert part in report.text or part == "def inner", part
    assert "in inner" in report.text
    for private in (str(Path.home()), key, "C0:FF:EE:00:12:34"):
        assert private not in report.text


class Odd(Exception):
    def __str__(self) -> str:
        raise ValueError("no words")


def test_an_error_that_cannot_be_written_is_still_reported() -> None:
    report = make_report("main", "Odd", Odd(), (), NOW, "1.2")
    assert "In main: Odd" in report.text


@given(words=st.text(max_size=300), lines=st.lists(st.text(max_size=2_000), max_size=60))
def test_any_error_gives_a_bounded_report(words: str, lines: list[str]) -> None:
    report = make_report("qt", words, None, tuple(lines), NOW, "1.2")
    assert 0 < len(report.headline) <= 200
    assert len(report.text) <= MAX_TEXT


@given(text=st.text())
def test_taking_out_twice_is_taking_out_once(text: str) -> None:
    assert without_private(without_private(text)) == without_private(text)


def test_the_tail_keeps_the_newest_lines_of_every_thread() -> None:
    tail = LogTail(10)
    log = logging.getLogger("tests.reports")
    log.addHandler(tail)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        threads = [
            threading.Thread(target=lambda: [log.info("line %d", i) for i in range(30)]) for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        log.debug("not kept")
        log.info("last")
    finally:
        log.removeHandler(tail)
    assert len(tail.lines()) == 10
    assert tail.lines()[-1].endswith("last")


def test_reports_are_kept_privately_and_not_for_ever(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    for i in range(MAX_KEPT + 5):
        path = save_report(CrashReport("x", f"report {i}"), folder, NOW + i)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = sorted(folder.iterdir())
    assert len(kept) == MAX_KEPT
    assert kept[-1].read_text(encoding="utf-8") == f"report {MAX_KEPT + 4}"
