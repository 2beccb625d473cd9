"""How a child process of ours ends: on a signal, or when whoever started it is gone.

A child that was started with a pipe on its standard input ends when the pipe does, so that a killed parent
leaves nothing behind. Not here: starting children (``village``).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any


def run_until_stopped(
    work: Coroutine[Any, Any, None], *, with_stdin: bool, on_line: Callable[[str], None] | None = None
) -> int:
    """Runs a coroutine until it ends, SIGTERM or SIGINT comes, or (``with_stdin``) standard input closes.

    ``on_line`` is called on the loop with every line read. Returns the exit code, 0.
    """

    async def main() -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(work)
        for name in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows has no loop signals
                loop.add_signal_handler(name, task.cancel)
        if with_stdin:
            _watch_stdin(loop, task.cancel, on_line)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(main())
    return 0


def _watch_stdin(
    loop: asyncio.AbstractEventLoop, stop: Callable[[], object], on_line: Callable[[str], None] | None
) -> None:
    """A thread of its own: reading a terminal or a pipe blocks, and on Windows cannot be polled."""

    def read() -> None:
        for line in sys.stdin:
            if on_line is not None:
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(on_line, line.strip())
        with contextlib.suppress(RuntimeError):  # the loop is closed: nothing left to stop
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=read, name="stdin", daemon=True).start()
