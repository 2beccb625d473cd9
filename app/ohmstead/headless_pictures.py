"""The window of the run without a window: a picture of every page, light and dark, without a display.

Like ``headless`` part of a composition root. Not here: which pictures (``ui.pictures``). Thread: main.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ohmstead.app_reports import log_error
from ohmstead.services.workers import Workers

if TYPE_CHECKING:  # the platform is chosen before Qt is loaded
    from ohmstead.ui.pictures import ShownHome

Post = Callable[[object], None]


def take_pictures(
    out: Path, home: Callable[[Post], ShownHome], scale: float, *, simulated: bool, roof: int
) -> list[str]:
    """Pictures of every page in light and dark, with Qt's offscreen platform unless another is set.

    ``home`` is told where its controllers post to. Returns the files' names.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ohmstead.ui.application import Desktop
    from ohmstead.ui.main_window import MainWindow
    from ohmstead.ui.pictures import PictureTour

    desktop = Desktop(sys.argv[:1], log_error)
    workers = Workers()
    desktop.at_quit(workers.close)
    window = MainWindow(
        desktop.look, desktop.wording, desktop.jobs, desktop.bridge, workers.work, lambda: int(time.time())
    )
    window.set_demonstration(simulated, roof)
    tour = PictureTour(window, out, home(desktop.bridge.post), scale=scale)
    taken: list[str] = []
    tour.done.connect(taken.extend)
    tour.done.connect(desktop.quit)
    window.show()
    tour.start()
    try:
        desktop.run()
    finally:
        desktop.release()
    return taken
