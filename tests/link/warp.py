"""An event loop whose clock jumps: a test of a 24-hour rule takes no time and cannot be flaky.

Time stands still while anything can run; when everything waits, the clock jumps to the next timer. Work in
threads is waited for in real time, without moving the clock.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

_T = TypeVar("_T")


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.jobs = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            # Nothing will ever happen unless a thread reports: waiting on would hang the test.
            if not self.jobs:
                raise AssertionError("deadlock: nothing can run and no timer is set")
            return super().select(5.0)
        events = super().select(0)
        if events or timeout <= 0:
            return events
        if self.jobs:
            return super().select(0.005)
        self.now += timeout
        return []


class WarpLoop(asyncio.SelectorEventLoop):
    """A loop on a jumping clock."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def run_in_executor(self, executor: Executor | None, func: Any, *args: Any) -> asyncio.Future[Any]:
        self._jumping.jobs += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._done)
        return future

    async def shutdown_default_executor(self, *args: Any) -> None:
        self._jumping.jobs += 1
        await super().shutdown_default_executor(*args)
        self._jumping.jobs -= 1

    def _done(self, _future: Future[Any] | asyncio.Future[Any]) -> None:
        self._jumping.jobs -= 1


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a test's coroutine on a jumping clock; every task must be over at its end."""

    async def whole() -> _T:
        result = await work
        for _ in range(3):
            await asyncio.sleep(0)
        left = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        assert not left, f"tasks left behind: {left}"
        return result

    with asyncio.Runner(loop_factory=WarpLoop) as runner:
        return runner.run(whole())
