"""The ``io`` thread: one asyncio loop for Bluetooth LE and the network, for the life of the process.

Other threads hand it coroutines with ``submit``; nothing else runs there. Objects of bleak and aiohttp stay
on this loop. Not here: what the coroutines do.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class IoLoop:
    """Starts the thread on construction; ``close`` cancels what runs, waits for it, and joins."""

    def __init__(self) -> None:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="io", daemon=True)
        self._thread.start()
        ready.wait()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop, for ``call_soon_threadsafe`` and for asserting that code runs on it."""
        return self._loop

    def submit(self, work: Coroutine[Any, Any, _T]) -> concurrent.futures.Future[_T]:
        """Runs a coroutine on the io thread. Callable from any thread; never wait for it on main."""
        if self._loop.is_closed():
            work.close()
            raise RuntimeError("the io loop is closed")
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, timeout: float = 5.0) -> None:
        """Cancels every task, lets each clean up, stops the loop and joins the thread. Idempotent."""
        if self._loop.is_closed():
            return
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(ready.set)
        try:
            self._loop.run_forever()
        finally:
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            if tasks:
                self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
