"""The ``db`` and ``work`` threads: one SQLite writer, one CPU job at a time.

Two CPU-bound Python threads stall the window (the interpreter lock decides, not the thread), so there is
exactly one of each. Not here: the window's typed jobs (``ui.jobs``).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field


def _single(name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


@dataclass(frozen=True, slots=True)
class Workers:
    """The process's two worker threads."""

    db: ThreadPoolExecutor = field(default_factory=lambda: _single("db"))
    work: ThreadPoolExecutor = field(default_factory=lambda: _single("work"))

    def close(self) -> None:
        """Finishes what runs, drops what waits, joins both threads. Idempotent."""
        self.work.shutdown(wait=True, cancel_futures=True)
        self.db.shutdown(wait=True, cancel_futures=True)
