"""Collection happens on main only; the crash that this prevents is provoked in a process of its own."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ohmstead.ui.gc_guard import GcGuard

APP = Path(__file__).parents[2] / "app"

SCRIPT = """
import sys, threading, gc
sys.path.insert(0, {app!r})
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from ohmstead.ui.gc_guard import GcGuard
app = QCoreApplication([])
guard = GcGuard(app)
class Knot(QObject):
    def __init__(self):
        super().__init__()
        self.timer = QTimer(self); self.timer.start(1); self.me = self
def work():
    for _ in range(300):
        [[i] for i in range(3000)]
for _ in range(200):
    Knot()
worker = threading.Thread(target=work); worker.start()
QTimer.singleShot(1500, app.quit)
app.exec(); worker.join(); guard.release(); print("alive", flush=True)
import os; os._exit(0)
"""


@pytest.mark.qt
def test_collection_is_off_while_guarded_and_back_after(qtbot: QtBot) -> None:
    assert gc.isenabled()
    guard = GcGuard()
    try:
        assert not gc.isenabled()
    finally:
        guard.release()
    assert gc.isenabled()
    guard.release()
    guard.deleteLater()


@pytest.mark.qt
def test_cycles_are_collected_on_main(qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    guard = GcGuard()

    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            where.append(threading.current_thread())

    try:
        made = threading.Thread(target=lambda: [Knot() for _ in range(3_000)])
        made.start()
        made.join()
        assert where == []
        guard.collect()
        assert len(where) >= 1
        assert set(where) == {threading.main_thread()}
    finally:
        guard.release()
        guard.deleteLater()


@pytest.mark.qt
@pytest.mark.processes
def test_knots_with_running_timers_and_a_busy_worker_do_not_crash() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(app=str(APP))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "alive", done.stderr
    assert done.returncode == 0
