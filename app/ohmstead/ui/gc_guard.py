"""Garbage collection on the main thread only.

A cyclic collection that runs on a worker thread destroys QObjects there, and Qt crashes (reproduced: cycles
that own running timers, collected from an allocating worker, end in SIGSEGV). So automatic collection is
off and a timer on main collects by the interpreter's own thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000


class GcGuard(QObject):
    """Turns automatic collection off while it lives. Main thread; start before the first worker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the generations that are due: young ones often, the oldest seldom (no long pauses)."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        generation = 0
        if counts[1] > limits[1]:
            generation = 2 if counts[2] > limits[2] else 1
        gc.collect(generation)

    def release(self) -> None:
        """Stop, and give automatic collection back. Idempotent."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
