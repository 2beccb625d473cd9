"""Five places where an error can surface, one reporter behind them.

``sys.excepthook`` (slots and main), ``threading.excepthook``, ``sys.unraisablehook``, asyncio loops (install
with ``watch_loop``) and Qt's own messages. Here: catching and naming. Not here: what is shown or written
(the reporter's business); nothing is ever sent from here.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler


@dataclass(frozen=True, slots=True)
class Caught:
    """An error and where it surfaced: main, thread, unraisable, loop or qt."""

    where: str
    words: str
    error: BaseException | None = field(default=None, repr=False)


Reporter = Callable[[Caught], None]


class ErrorHooks:
    """Installs the hooks and puts the former ones back. Main thread; the reporter runs on any."""

    def __init__(self, reporter: Reporter) -> None:
        self._report = reporter
        self._former: tuple[Any, ...] | None = None

    def install(self) -> None:
        """Take over. Idempotent."""
        if self._former is not None:
            return
        qt = qInstallMessageHandler(self._qt)
        self._former = (sys.excepthook, threading.excepthook, sys.unraisablehook, qt)
        sys.excepthook = self._main
        threading.excepthook = self._thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """Put the former hooks back. Idempotent."""
        if self._former is None:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook, qt = self._former
        qInstallMessageHandler(qt)
        self._former = None

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Catch what a loop's tasks leave behind. Call on the loop's thread."""
        loop.set_exception_handler(self._loop)

    def _main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._report(Caught("main", f"{kind.__name__}: {error}", error))

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread is not None else "?"
        self._report(Caught("thread", f"{name}: {args.exc_type.__name__}: {args.exc_value}", args.exc_value))

    def _unraisable(self, args: sys.UnraisableHookArgs) -> None:
        self._report(
            Caught("unraisable", f"{args.err_msg or 'in a destructor'}: {args.exc_value}", args.exc_value)
        )

    def _loop(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._report(Caught("loop", str(context.get("message", "")), context.get("exception")))

    def _qt(self, kind: QtMsgType, _: QMessageLogContext, words: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self._report(Caught("qt", words))
