"""The io thread and the two workers: work gets there, ends there, and nothing is left when they close."""

from __future__ import annotations

import asyncio
import threading

import pytest

from ohmstead.services.io_loop import IoLoop
from ohmstead.services.workers import Workers


def test_coroutines_run_on_the_io_thread() -> None:
    io = IoLoop()

    async def where() -> tuple[str, bool]:
        return threading.current_thread().name, asyncio.get_running_loop() is io.loop

    assert io.submit(where()).result(10) == ("io", True)
    io.close()
    io.close()
    assert io.loop.is_closed()
    work = where()
    with pytest.raises(RuntimeError, match="closed"):
        io.submit(work)


def test_closing_cancels_what_runs_and_lets_it_clean_up() -> None:
    before = set(threading.enumerate())
    io, begun, cleaned = IoLoop(), threading.Event(), threading.Event()

    async def for_ever() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.set()

    future = io.submit(for_ever())
    assert begun.wait(10)
    io.close()
    assert cleaned.is_set()
    assert future.cancelled()
    assert set(threading.enumerate()) <= before


def test_failures_reach_whoever_asked() -> None:
    io = IoLoop()

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        io.submit(fail()).result(10)
    io.close()


def test_one_thread_each_for_the_file_and_for_the_processor() -> None:
    before = set(threading.enumerate())
    workers = Workers()
    names = {workers.db.submit(lambda: threading.current_thread().name).result(10) for _ in range(20)}
    others = {workers.work.submit(lambda: threading.current_thread().name).result(10) for _ in range(20)}
    assert (len(names), len(others)) == (1, 1)
    assert next(iter(names)).startswith("db")
    assert next(iter(others)).startswith("work")
    workers.close()
    workers.close()
    assert set(threading.enumerate()) <= before


def test_closing_finishes_what_runs_and_drops_what_waits() -> None:
    workers, begun, go_on = Workers(), threading.Event(), threading.Event()
    done: list[str] = []

    def long() -> None:
        begun.set()
        go_on.wait(10)
        done.append("long")

    workers.db.submit(long)
    waiting = workers.db.submit(lambda: done.append("waiting"))
    assert begun.wait(10)
    threading.Timer(0.05, go_on.set).start()
    workers.close()
    assert done == ["long"]
    assert waiting.cancelled()
