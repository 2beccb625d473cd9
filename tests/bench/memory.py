"""Memory of the window after its readings are loaded, beside a bare window with a pyqtgraph plot.

Budget: <= the bare window + 80 MB after a year is loaded (DESIGN §14). Every view is shown once, heat map and
table too, so that caches are full. Processes of their own; resident size as the system counts it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 5
BUDGET_MB = 80

_RESIDENT = """
def resident():
    import os, resource, sys
    try:
        with open("/proc/self/statm") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
"""

BARE = (
    _RESIDENT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1280, 800)
window.show()
app.processEvents()
print(resident(), flush=True)
import os; os._exit(0)
"""
)

OURS = (
    _RESIDENT
    + """
import sys
sys.path[:0] = [{app!r}]
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtCore import QEventLoop
from ohmstead.ui.application import Desktop
desktop = Desktop(["ohmstead"], print)
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.product import HomeSources
reader = ThreadPoolExecutor(1)
window = MainWindow(desktop.look, desktop.wording, desktop.jobs, desktop.bridge, reader, lambda: {now})
window.show()

def see(call):
    loop = QEventLoop()
    window.usage.shown.connect(loop.quit)
    call()
    loop.exec()
    window.usage.shown.disconnect(loop.quit)
    window.grab()

see(lambda: window.show_home("Home", HomeSources.of_mirror(Path({path!r}))))
for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL):
    see(lambda span=span: window.usage.show_span(span))
see(lambda: window.usage.show_span(Span.YEAR, heat=True))
see(lambda: window.usage.show_span(Span.DAY))
print(resident(), flush=True)
import os; os._exit(0)
"""
)


def _measure(code: str) -> float:
    """Resident MB at the end of a process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, stdout=subprocess.PIPE, text=True
    )
    return int(done.stdout.split()[-1]) / (1 << 20)


def run() -> dict[str, object]:
    """Medians in MB, and what the readings cost above the bare window."""
    sys.path[:0] = [str(ROOT / "app"), str(ROOT)]
    from tests.ui.solar_home import fill

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        codes = {"bare window": BARE}
        for name, years in (("a year", 1), ("ten years", 10)):
            home = fill(Path(folder) / f"{years}.db", years=years)
            codes[name] = OURS.format(app=str(ROOT / "app"), path=str(home.path), now=home.end_s - 1)
        times: dict[str, list[float]] = {name: [] for name in codes}
        for _ in range(RUNS):
            for name, code in codes.items():
                times[name].append(_measure(code))
        found = {name: statistics.median(values) for name, values in times.items()}
    above = {name: found[name] - found["bare window"] for name in ("a year", "ten years")}
    return {
        **{f"{name} MB": round(value, 1) for name, value in found.items()},
        **{f"{name} above bare MB": round(value, 1) for name, value in above.items()},
        "ok": above["a year"] <= BUDGET_MB,
    }


if __name__ == "__main__":
    print(run())
