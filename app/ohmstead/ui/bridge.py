"""From the io, db and work threads to the window: typed events, delivered on main.

A signal emitted by an object that was created on main runs bound methods of QObjects on main, whichever
thread emits (lambdas and free functions would run in the emitter: never connect those). Payloads are frozen
values. Not here: what an event means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

Event = TypeVar("Event")


def assert_main() -> None:
    """Raises RuntimeError off the main thread."""
    app = QCoreApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        raise RuntimeError("this belongs to the main thread")


class Bridge(QObject):
    """Carries events to main. Created on main; ``post`` may be called from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        assert_main()
        self._handlers: list[tuple[type[Any], QObject, Callable[[Any], None]]] = []
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, event: object) -> None:
        """Hand an event over. Any thread; returns at once; after ``close`` it is dropped."""
        if not self._closed:
            self._posted.emit(event)

    def subscribe(self, kind: type[Event], owner: QObject, handler: Callable[[Event], None]) -> None:
        """Call ``handler`` on main for each event of a type, for as long as its owner lives."""
        assert_main()
        self._forget_dead()
        self._handlers.append((kind, owner, handler))

    def close(self) -> None:
        """Deliver nothing more: the first step of quitting."""
        self._closed = True
        self._handlers.clear()

    @Slot(object)
    def _deliver(self, event: object) -> None:
        self._forget_dead()
        for kind, owner, handler in list(self._handlers):
            if isinstance(event, kind) and shiboken6.isValid(owner):
                handler(event)

    def _forget_dead(self) -> None:
        """A handler holds its owner, and a page so its whole window."""
        self._handlers = [entry for entry in self._handlers if shiboken6.isValid(entry[1])]
