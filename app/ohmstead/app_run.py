"""Running the window as a process: display, signals, changing over between own home and demonstration.

The two are never one window: each has its own profile, secrets and radio, and one has ended in all its stages
before the other begins. Here: that order. Not here: what a window is made of (``bootstrap``).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from PySide6.QtCore import QTimer

from ohmstead.app_reports import Reports
from ohmstead.bootstrap import App
from ohmstead.demonstration import demonstration_in
from ohmstead.errors import UserError
from ohmstead.settings.store import SettingsStore
from ohmstead.system.paths import Paths, user_paths
from ohmstead.ui.application import Desktop
from ohmstead.village.neighbourhood import Neighbourhood


def run_window(
    argv: Sequence[str],
    paths: Paths,
    neighbourhood: Neighbourhood | None = None,
    *,
    paired: bool = False,
    hidden: bool = False,
) -> int:
    """Runs the window until it is closed; returns the exit code. Raises UserError where there is no display.

    With a ``neighbourhood`` it is the demonstration, which with ``paired`` pairs by itself. ``hidden`` shows the
    tray icon alone at first.
    """
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        # Qt would abort the process instead of saying so.
        raise UserError("There is no display here. `ohmstead demo --headless DIR` needs none.")
    while True:
        code, gave_way = _run_once(argv, paths, neighbourhood, paired, hidden)
        hidden = False
        if not gave_way:
            return code
        if neighbourhood is None:
            paths, neighbourhood = demonstration_in(user_paths().data / "demo")
        else:
            paths, neighbourhood = user_paths(), None


def _run_once(
    argv: Sequence[str], paths: Paths, neighbourhood: Neighbourhood | None, paired: bool, hidden: bool
) -> tuple[int, bool]:
    """One window from its start to its end: (exit code, whether it gave way to the other)."""
    settings = SettingsStore(paths.config / "settings.json")
    chosen = settings.load()
    reports = Reports(paths.logs)
    desktop = Desktop(argv, reports, chosen.theme, chosen.language, chosen.region)
    reports.post_to(desktop.bridge.post)
    app = App(desktop, paths, settings, neighbourhood, paired=paired)
    for name in (signal.SIGINT, signal.SIGTERM):
        # Runs on main between two turns of Qt's loop: the collection timer brings the interpreter in.
        signal.signal(name, lambda *_: QTimer.singleShot(0, desktop.quit))
    app.start(hidden=hidden)
    try:
        code = desktop.run()
    finally:
        desktop.release()
        reports.close()
    app.window.close()
    app.window.deleteLater()
    app.deleteLater()
    return code, app.gives_way
