"""The real window on a real mirror file, and fixtures that fail on what is left running."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.errors import Caught
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.product import HomeSources
from tests.ui.solar_home import Home, fill

#: What the offscreen platform says of every menu that opens; a real one raises windows and grabs keys.
OFFSCREEN = "This plugin does not support"


@pytest.fixture(scope="session")
def solar_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demonstration home's year, complete. Read only."""
    return fill(tmp_path_factory.mktemp("solar") / "home.db")


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    """The window half of the process; any error that surfaces in it fails the test."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    caught: list[Caught] = []
    made = Desktop(["ohmstead"], caught.append, "light")
    yield made
    made.release()
    made.jobs.close()
    made.bridge.close()
    qapp.processEvents()
    assert [c for c in caught if not c.words.startswith(OFFSCREEN)] == []


@dataclass
class Stage:
    """A window and what it stands on."""

    desktop: Desktop
    window: MainWindow
    home: Home
    now_s: int
    reader: ThreadPoolExecutor = field(repr=False)
    show: Callable[[Callable[[], object]], None] = field(repr=False)

    def source(self, path: Path | None = None) -> HomeSources:
        """Everything from the home's file, or another one."""
        return HomeSources.of_mirror(path if path is not None else self.home.path)


@pytest.fixture
def stage(desktop: Desktop, solar_home: Home, qtbot: QtBot) -> Iterator[Stage]:
    """The window shown at 1280 × 800, no home yet. ``show(call)`` waits for the view that a call leads to."""
    reader = ThreadPoolExecutor(1, thread_name_prefix="work")
    now = solar_home.end_s - 1
    window = MainWindow(desktop.look, desktop.wording, desktop.jobs, desktop.bridge, reader, lambda: now)
    qtbot.addWidget(window)
    window.show()

    def show(call: Callable[[], object]) -> None:
        with qtbot.waitSignal(window.usage.shown, timeout=10_000):
            call()

    yield Stage(desktop, window, solar_home, now, reader, show)
    desktop.jobs.close()
    reader.shutdown(wait=True)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """No thread and no ticking timer outlives its test."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    assert left == [], "threads left running: shut their executor down"
    gc.collect()
    ticking = [
        o
        for o in gc.get_objects()
        if isinstance(o, QTimer) and _alive(o) and o.isActive() and o.parent() is None
    ]
    assert ticking == [], "timers left ticking: stop them or give them a parent"


def _alive(timer: QTimer) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(timer))
