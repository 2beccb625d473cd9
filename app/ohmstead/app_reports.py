"""What becomes of an error nobody expected: the log, a report in the log folder, and a sheet that shows it whole.

Nothing is ever sent. An error of the same kind is shown once; all are logged. Part of the composition root. Not
here: catching (``ui.errors``), the report's text (``system.reports``), the sheet (``ui.dialogs.crash``).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from ohmstead import __version__
from ohmstead.errors import ExternalError
from ohmstead.system.reports import CrashReport, LogTail, make_report, save_report
from ohmstead.ui.application import Desktop
from ohmstead.ui.dialogs.crash import CrashSheet
from ohmstead.ui.errors import Caught
from ohmstead.ui.main_window import MainWindow

MAX_SHOWN = 5  # in one session: whoever has seen five knows
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crashed:
    """A report is to be shown."""

    report: CrashReport


def log_error(caught: Caught) -> None:
    """The reporter of a run that nobody watches: the log alone."""
    _log.error("%s: %s", caught.where, caught.words, exc_info=caught.error)


class Reports:
    """The reporter behind the error hooks. Called on any thread; never raises."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tail = LogTail()
        self._post: Callable[[object], None] | None = None
        logging.getLogger().addHandler(self._tail)

    def post_to(self, post: Callable[[object], None]) -> None:
        """Have reports shown from now on."""
        self._post = post

    def close(self) -> None:
        """Show nothing more, and keep no more lines."""
        self._post = None
        logging.getLogger().removeHandler(self._tail)

    def __call__(self, caught: Caught) -> None:
        """Log an error, keep its report, and have it shown. Qt's own complaints are logged alone."""
        log_error(caught)
        if caught.where == "qt":
            return
        now_s = int(time.time())
        lines = self._tail.lines()
        report = make_report(caught.where, caught.words, caught.error, lines, now_s, __version__)
        with contextlib.suppress(ExternalError):
            save_report(report, self._folder, now_s)
        if self._post is not None:
            self._post(Crashed(report))


class CrashDesk(QObject):
    """Shows reports over the window, one after the other, each kind once. Main thread."""

    def __init__(self, desktop: Desktop, window: MainWindow) -> None:
        super().__init__(window)
        self._desktop, self._window = desktop, window
        self._seen: set[str] = set()
        self._waiting: list[CrashReport] = []
        self._sheet: CrashSheet | None = None
        desktop.bridge.subscribe(Crashed, self, self._crashed)

    def _crashed(self, crashed: Crashed) -> None:
        if crashed.report.headline in self._seen or len(self._seen) >= MAX_SHOWN:
            return
        self._seen.add(crashed.report.headline)
        self._waiting.append(crashed.report)
        self._show()

    def _show(self) -> None:
        if self._sheet is not None or not self._waiting:
            return
        report = self._waiting.pop(0)
        sheet = CrashSheet(self._desktop.look, self._desktop.wording, self._window, report.text)
        self._sheet = sheet
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self, _agreed: bool) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.deleteLater()
        self._show()
