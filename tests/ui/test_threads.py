"""Jobs, bridge, error hooks, quitting: everything that crosses a thread."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, qWarning
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.errors import Caught, ErrorHooks
from ohmstead.ui.jobs import Jobs, Ticket


class Later:
    """An executor that runs nothing until told: a job's fate is decided in between."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def submit(self, fn: Callable[[], Any], /) -> Future[Any]:
        self.waiting.append(fn)
        return Future()

    def run_all(self) -> None:
        for work in self.waiting:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        self.waiting.clear()


class Answers:
    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[BaseException] = []
        self.threads: set[threading.Thread] = set()
        self.progress: list[object] = []

    def on_done(self, value: object) -> None:
        self.threads.add(threading.current_thread())
        self.done.append(value)


def settle(qapp: QApplication) -> None:
    for _ in range(3):
        qapp.processEvents()


def test_work_runs_elsewhere_and_answers_on_main(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, answers, owner = Jobs(), Answers(), QWidget()
    qtbot.addWidget(owner)
    with ThreadPoolExecutor(1) as executor:
        jobs.start(
            owner, executor, lambda _: threading.current_thread(), answers.on_done, answers.failed.append
        )
        qtbot.waitUntil(lambda: bool(answers.done))
    assert answers.done[0] is not threading.main_thread()
    assert answers.threads == {threading.main_thread()}
    assert jobs.running == 0


def test_errors_and_progress_arrive_on_main(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, answers, owner, later = Jobs(), Answers(), QWidget(), Later()
    qtbot.addWidget(owner)

    def work(ticket: Ticket) -> None:
        ticket.progress(0.5)
        raise ValueError("no")

    jobs.start(owner, later, work, answers.on_done, answers.failed.append, answers.progress.append)
    later.run_all()
    settle(qapp)
    assert answers.progress == [0.5]
    assert [str(error) for error in answers.failed] == ["no"]
    assert answers.done == []


def test_a_cancelled_job_answers_nothing_and_does_not_even_start(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, answers, owner, later, ran = Jobs(), Answers(), QWidget(), Later(), []
    qtbot.addWidget(owner)
    job = jobs.start(owner, later, lambda _: ran.append(1), answers.on_done, answers.failed.append)
    job.cancel()
    later.run_all()
    settle(qapp)
    assert (ran, answers.done, answers.failed, jobs.running) == ([], [], [], 0)


def test_work_that_asks_stops_between_chunks(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, answers, owner, later, chunks = Jobs(), Answers(), QWidget(), Later(), []
    qtbot.addWidget(owner)

    def work(ticket: Ticket) -> None:
        for i in range(10):
            ticket.check()
            chunks.append(i)
            if i == 2:
                ticket.cancel()

    jobs.start(owner, later, work, answers.on_done, answers.failed.append)
    later.run_all()
    settle(qapp)
    assert (chunks, answers.done, answers.failed) == ([0, 1, 2], [], [])


def test_the_answer_for_a_dead_owner_is_dropped(qapp: QApplication) -> None:
    jobs, answers, owner, later = Jobs(), Answers(), QObject(), Later()
    jobs.start(owner, later, lambda _: 1, answers.on_done, answers.failed.append)
    shiboken6.delete(owner)
    later.run_all()
    settle(qapp)
    assert (answers.done, jobs.running) == ([], 0)


def test_nothing_starts_while_quitting(qapp: QApplication, qtbot: QtBot) -> None:
    jobs, answers, owner, later = Jobs(), Answers(), QWidget(), Later()
    qtbot.addWidget(owner)
    jobs.start(owner, later, lambda _: 1, answers.on_done, answers.failed.append)
    jobs.close()
    with pytest.raises(RuntimeError, match="quitting"):
        jobs.start(owner, later, lambda _: 1, answers.on_done, answers.failed.append)
    later.run_all()
    settle(qapp)
    assert answers.done == []


def test_jobs_belong_to_main(qapp: QApplication) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            Jobs()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, event: object) -> None:
        self.heard.append(event)
        self.threads.add(threading.current_thread())


def test_events_from_any_thread_arrive_on_main_in_order_by_type(qapp: QApplication) -> None:
    bridge, numbers, words = Bridge(), Ear(), Ear()
    bridge.subscribe(int, numbers, numbers.hear)
    bridge.subscribe(str, words, words.hear)

    def post() -> None:
        for i in range(2_000):
            bridge.post(i)
        bridge.post("end")

    thread = threading.Thread(target=post)
    thread.start()
    thread.join()
    settle(qapp)
    assert numbers.heard == list(range(2_000))
    assert words.heard == ["end"]
    assert numbers.threads == {threading.main_thread()}


def test_dead_owners_and_closed_bridges_hear_nothing(qapp: QApplication) -> None:
    bridge, gone, here = Bridge(), Ear(), Ear()
    heard = gone.heard
    bridge.subscribe(int, gone, gone.hear)
    bridge.subscribe(int, here, here.hear)
    bridge.post(1)
    shiboken6.delete(gone)
    settle(qapp)
    assert (heard, here.heard) == ([], [1])
    bridge.post(2)
    bridge.close()
    bridge.post(3)
    settle(qapp)
    assert here.heard == [1]


def test_five_hooks_one_reporter(qapp: QApplication) -> None:
    caught: list[Caught] = []
    hooks = ErrorHooks(caught.append)
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    hooks.install()
    hooks.install()
    try:
        sys.excepthook(ValueError, ValueError("slot"), None)

        def fail() -> None:
            raise KeyError("thread")

        thread = threading.Thread(target=fail, name="io")
        thread.start()
        thread.join()

        class Broken:
            def __del__(self) -> None:
                raise OSError("destructor")

        del Broken().__dict__
        qWarning("qt says")
        loop = asyncio.new_event_loop()
        hooks.watch_loop(loop)
        loop.call_exception_handler({"message": "task lost", "exception": RuntimeError("task")})
        loop.close()
    finally:
        hooks.remove()
        hooks.remove()
    assert [c.where for c in caught] == ["main", "thread", "unraisable", "qt", "loop"]
    assert "io" in caught[1].words
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_quitting_runs_every_stage_once_in_order(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[Caught] = []
    desktop = Desktop(["ohmstead"], caught.append, "light")
    order: list[str] = []
    left: list[bool] = []
    monkeypatch.setattr(desktop.app, "quit", lambda: left.append(True))

    def broken() -> None:
        order.append("broken")
        raise OSError("disk")

    desktop.at_quit(lambda: order.append("intake"))
    desktop.at_quit(broken)
    desktop.at_quit(lambda: order.append("close"))
    with capture_exceptions():
        desktop.quit()
        desktop.quit()
    settle(qapp)
    assert order == ["intake", "broken", "close"]
    assert [str(c.error) for c in caught] == ["disk"]
    assert left == [True]
    owner = QObject()
    with pytest.raises(RuntimeError, match="quitting"):
        desktop.jobs.start(owner, Later(), lambda _: 1, print, print)
