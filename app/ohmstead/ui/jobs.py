"""Typed, cancellable work owned by a widget.

A job runs on an executor that it is given (``db``: one writer; ``work``: one CPU job at a time) and answers
on main. It dies with its owner; the answer of a cancelled job or a dead owner is dropped. Not here: the
executors themselves (``services``).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ohmstead.ui.bridge import assert_main

T = TypeVar("T")


class Executor(Protocol):
    """What a job needs of an executor."""

    def submit(self, fn: Callable[[], Any], /) -> Future[Any]:
        """Run a call on the executor's thread."""
        ...


class Cancelled(Exception):
    """Raised inside work that asked whether it should go on."""


class Ticket:
    """Given to the work: it reports progress through it and asks it whether to go on. Any thread."""

    def __init__(self, report: Callable[[object], None]) -> None:
        self._flag = threading.Event()
        self._report = report

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._flag.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._flag.is_set()

    def check(self) -> None:
        """Raise Cancelled if it should stop: call between chunks."""
        if self.cancelled:
            raise Cancelled

    def progress(self, value: object) -> None:
        """Tell the owner how far it is, with a frozen value."""
        if not self.cancelled:
            self._report(value)


class Job(Generic[T]):
    """One piece of running work. Main thread."""

    def __init__(
        self,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Any], None] | None,
        report: Callable[[object], None],
    ) -> None:
        self._owner = owner
        self._done = done
        self._failed = failed
        self._progress = progress
        self.ticket = Ticket(report)

    def cancel(self) -> None:
        """Ask it to stop and drop whatever it still answers. Idempotent."""
        self.ticket.cancel()

    @property
    def wanted(self) -> bool:
        """Whether an answer still has somewhere to go."""
        return not self.ticket.cancelled and shiboken6.isValid(self._owner)

    def succeed(self, result: T) -> None:
        """Take the result to the owner, if it is still wanted."""
        if self.wanted:
            self._done(result)

    def fail(self, error: BaseException) -> None:
        """Take the error to the owner, if it is still wanted."""
        if self.wanted and not isinstance(error, Cancelled):
            self._failed(error)

    def report(self, value: object) -> None:
        """Take progress to the owner, if it is still wanted."""
        if self._progress is not None and self.wanted:
            self._progress(value)


class Jobs(QObject):
    """Starts jobs and brings their answers to main. Created on main."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        assert_main()
        self._running: set[Job[Any]] = set()
        self._open = True
        self._answers: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        executor: Executor,
        work: Callable[[Ticket], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Any], None] | None = None,
    ) -> Job[T]:
        """Run ``work`` on an executor; then ``done`` or ``failed`` on main, if the owner still lives.

        Raises RuntimeError off main or after ``close``.
        """
        assert_main()
        if not self._open:
            raise RuntimeError("no new work while quitting")
        job: Job[T] = Job(owner, done, failed, progress, lambda value: self._emit(partial(job.report, value)))
        self._running.add(job)

        def run() -> None:
            try:
                job.ticket.check()
                result = work(job.ticket)
            except BaseException as error:
                self._emit(partial(self._finish, job, partial(job.fail, error)))
            else:
                self._emit(partial(self._finish, job, partial(job.succeed, result)))

        executor.submit(run)
        return job

    def close(self) -> None:
        """Cancel everything and start nothing more: a step of quitting. Idempotent."""
        self._open = False
        for job in self._running:
            job.cancel()

    @property
    def running(self) -> int:
        """How many jobs have not answered yet."""
        return len(self._running)

    def _emit(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._answered.emit(call)

    def _finish(self, job: Job[Any], answer: Callable[[], None]) -> None:
        self._running.discard(job)
        answer()

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        """One answer a turn of the loop: pages that answer at once do not hold the window up together."""
        self._answers.append(call)
        self._turn.start()

    @Slot()
    def _next(self) -> None:
        call = self._answers.popleft()
        if not self._answers:
            self._turn.stop()
        call()
