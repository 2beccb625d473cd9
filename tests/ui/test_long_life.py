"""A window that is opened and closed for weeks, and one window in which homes are switched for weeks.

Each life is lived in a process of its own, so that what it holds is its own:
``python -m tests.ui.test_long_life windows|homes FOLDER CYCLES`` lives it and prints a count after each cycle.
Here: the lives, and what must not grow in them. Not here: how long anything takes.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ohmstead.settings.schema import Settings
from ohmstead.ui.application import Desktop
from ohmstead.ui.dialogs.confirm import Confirm, ask
from ohmstead.ui.errors import Caught
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.meter_state import Link, MeterFacts
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.settings import SettingsView
from ohmstead.ui.product import HomeSources
from ohmstead.ui.tour import Tour
from tests.ui.conftest import OFFSCREEN
from tests.ui.solar_home import Home, fill
from tests.ui.states.files import state_of

CYCLES = 50
ROUND = 5  # cycles until everything was done once
LAST = 20  # cycles whose growth is bounded
GROWTH_KB = 2048
SETTLE_MS = 20_000
HOMES = (HomeChoice("aa", "Orchard Lane 4"), HomeChoice("bb", "Gran’s house"))
PAGES = ("home", "usage", "ledger", "settings")


@dataclass(frozen=True, slots=True)
class Count:
    """What a process holds after a cycle.

    ``objects``: QObjects by type, as Python knows them; ``dead``: those that it still holds when Qt let them go.
    """

    widgets: int
    ticking: int
    threads: int
    rss_kb: int
    objects: dict[str, int]
    dead: dict[str, int]


class _Quiet:
    """A controller of Settings behind which nothing happens."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_: None


class Life:
    """The parts of a process that outlive its windows."""

    def __init__(self, folder: Path) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.caught: list[Caught] = []
        self.desktop = Desktop(["ohmstead"], self.caught.append, "light")
        self.reader = ThreadPoolExecutor(1, thread_name_prefix="work")
        self.homes: tuple[Home, ...] = tuple(
            fill(folder / f"{name}.db", hours=24 * 40, skip_last=skip) for name, skip in (("a", 0), ("b", 50))
        )
        self.now_s = self.homes[0].end_s + 17 * 60

    def window(self) -> MainWindow:
        """A window with all of its pages, shown."""
        desktop = self.desktop
        made = MainWindow(
            desktop.look, desktop.wording, desktop.jobs, desktop.bridge, self.reader, lambda: self.now_s
        )
        page = made.add_settings(_Quiet())
        page.show_view(SettingsView(Settings(), "aa", HOMES[0].name, "3C9"))
        made.product.use(Settings(price_micro_per_kwh=314_000, feed_in_micro_per_kwh=79_000))
        made.show_homes(HOMES, "aa", can_add=True)
        made.show()
        made.activateWindow()
        return made

    def enter(self, window: MainWindow, which: int) -> None:
        """Show a home where the window stands, and post what its services would."""
        home, bridge = self.homes[which], self.desktop.bridge
        window.show_home(HOMES[which].name, HomeSources.of_mirror(home.path))
        window.show_homes(HOMES, HOMES[which].key, can_add=True)
        window.product.show_state(state_of(home, self.now_s))
        bridge.post(MeterFacts(Link.CONNECTED, self.now_s, home.end_s, home.last_slot, home.zone))
        self.settle(window)

    def walk(self, window: MainWindow) -> None:
        """Every page, a receipt, the palette, the help sheet and a question."""
        for name in PAGES:
            window.show_page(name)
            self.settle(window)
        self.receipt(window)
        for over in (window.finder, window.help):
            over.open()
            window.grab()
            over.dismiss()
        sheet = Confirm(self.desktop.look, self.desktop.wording, window, "Go?", "Then it is gone.", "Go")
        ask(sheet, lambda: None)
        window.grab()
        sheet.dismiss()

    def receipt(self, window: MainWindow) -> None:
        """A receipt of a quarter hour that both homes have."""
        window.show_page("usage")
        window.usage.receipt_wanted.emit(self.homes[1].last_slot - 10)
        self.settle(window)
        assert window.product.usage_place.receipt_open
        window.grab()

    def spans(self, window: MainWindow) -> None:
        """Usage at every span, and the year as a map."""
        for span in (Span.WEEK, Span.MONTH, Span.YEAR):
            window.usage.show_span(span)
            self.settle(window)
        window.usage.show_span(Span.YEAR, heat=True)
        self.settle(window)
        window.grab()
        window.usage.show_span(Span.DAY)

    def reading(self, window: MainWindow) -> None:
        """A shipped document."""
        window.show_help()
        self.settle(window)
        window.grab()

    def themes(self, window: MainWindow) -> None:
        """Dark, and light again, after a question that has gone."""
        for mode in ("dark", "light"):
            self.desktop.look.theme.choose(mode)
            window.grab()

    def menu(self, window: MainWindow) -> None:
        """The menu of homes."""
        window.sidebar.home.open_menu()
        self.settle(window)
        for popup in QApplication.topLevelWidgets():
            if popup is not window and popup.isVisible():
                popup.close()

    def tour(self, window: MainWindow) -> None:
        """The hints of the first visit, two of them."""
        tour = Tour(window, self.desktop.look, self.desktop.wording)
        tour.start()
        tour.go_on()
        self.settle(window)
        window.grab()
        tour.skip()

    def leave(self, window: MainWindow) -> None:
        """Close a window for good; its home's services speak on."""
        window.close()
        window.deleteLater()
        self.drain()
        self.desktop.bridge.post(MeterFacts(Link.AWAY, self.now_s))

    def settle(self, window: MainWindow | None = None) -> None:
        """Until every answer has come and is drawn. Raises TimeoutError when one never does."""
        clock, quiet = QElapsedTimer(), 0
        clock.start()
        while quiet < 2:
            self.drain()
            waits = window is not None and window.usage._settle.isActive()
            busy = bool(self.desktop.jobs.running) or waits
            if busy:
                self.desktop.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            quiet = 0 if busy else quiet + 1
            if clock.elapsed() > SETTLE_MS:
                raise TimeoutError("the window does not come to rest")

    def drain(self) -> None:
        """What is posted and what shall go, with what that posts."""
        self.desktop.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.desktop.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def count(self) -> Count:
        """What is held now, when all that can go is gone: a late answer holds whom it was for until it comes."""
        self.settle()
        for _ in range(2):
            self.drain()
            gc.collect()
        known = [o for o in gc.get_objects() if isinstance(o, QObject)]
        found = [o for o in known if shiboken6.isValid(o)]
        ticking = sum(isinstance(o, QTimer) and o.isActive() for o in found)
        dead = _kinds(o for o in known if not shiboken6.isValid(o))
        widgets = len(QApplication.allWidgets())
        return Count(widgets, ticking, threading.active_count(), _rss_kb(), _kinds(found), dead)

    def end(self) -> None:
        """Let go of everything. Raises AssertionError for an error that surfaced on the way."""
        self.desktop.jobs.close()
        self.desktop.bridge.close()
        self.reader.shutdown(wait=True)
        self.desktop.release()
        told = {c.words for c in self.caught if not c.words.startswith(OFFSCREEN)}
        assert told == set(), told


def windows(life: Life, cycles: int) -> Iterator[Count]:
    """A window after another: opened, walked through, closed; one thing more in each, in turn."""
    more = (life.spans, life.reading, life.themes, life.menu, life.tour)
    assert len(more) == ROUND
    for i in range(cycles):
        window = life.window()
        life.enter(window, 0)
        life.walk(window)
        more[i % ROUND](window)
        life.leave(window)
        del window
        yield life.count()


def homes(life: Life, cycles: int) -> Iterator[Count]:
    """One window, another home each time: left in the middle of its receipt, and once before it has answered."""
    window = life.window()
    life.enter(window, 0)
    for i in range(cycles):
        window.show_page(PAGES[i % len(PAGES)])
        life.settle(window)
        life.receipt(window)
        passed_by = HomeSources.of_mirror(life.homes[(i + 1) % 2].path)
        window.show_home(HOMES[(i + 1) % 2].name, passed_by)
        life.enter(window, i % 2)
        life.enter(window, (i + 1) % 2)
        yield life.count()
    life.leave(window)


LIVES: dict[str, Callable[[Life, int], Iterator[Count]]] = {"windows": windows, "homes": homes}


def _kinds(objects: Iterable[QObject]) -> dict[str, int]:
    return dict(Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in objects))


def _rss_kb() -> int:
    """What this process holds in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def main(name: str, folder: Path, cycles: int) -> int:
    """Live a life and print its counts, one line of JSON each."""
    life = Life(folder)
    gc.collect()
    gc.freeze()  # what is there now stays: it need not be looked through each time
    for count in LIVES[name](life, cycles):
        print(json.dumps(asdict(count)), flush=True)
    life.end()
    return 0


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """All lives under way at once, each in its process."""
    root, folder = Path(__file__).parents[2], tmp_path_factory.mktemp
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(root / "app"), str(root)]), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    begun = {
        name: subprocess.Popen(
            [sys.executable, "-m", "tests.ui.test_long_life", name, str(folder(name)), str(CYCLES)],
            cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in LIVES
    }  # fmt: skip
    yield begun
    for life in begun.values():
        life.kill()
        life.communicate()


@pytest.mark.processes
@pytest.mark.parametrize("name", LIVES)
def test_a_long_life_holds_no_more_than_a_short_one(
    lives: dict[str, subprocess.Popen[str]], name: str
) -> None:
    said, complained = lives[name].communicate(timeout=300)
    assert (lives[name].returncode, complained) == (0, "")
    lived = [Count(**json.loads(line)) for line in said.splitlines()]
    assert len(lived) == CYCLES
    # The first rounds fill what is kept for good; the last must hold what the third held, step by step.
    pairs = list(zip(lived[2 * ROUND : 3 * ROUND], lived[-ROUND:], strict=True))
    assert [late.widgets for _, late in pairs] == [early.widgets for early, _ in pairs]
    assert [late.threads for _, late in pairs] == [early.threads for early, _ in pairs]
    assert [more(early.objects, late.objects) for early, late in pairs] == [{}] * ROUND
    assert max(late.ticking for _, late in pairs) <= max(early.ticking for early, _ in pairs)
    assert [c.dead for c in lived] == [{}] * CYCLES
    if name == "windows":
        assert {(c.widgets, c.ticking) for c in lived} == {(0, 0)}
    assert lived[-1].rss_kb - lived[-1 - LAST].rss_kb < GROWTH_KB


def more(early: dict[str, int], late: dict[str, int]) -> dict[str, int]:
    """How many more objects there are late, by type."""
    return dict(Counter(late) - Counter(early))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
