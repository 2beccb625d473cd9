"""Starting and stopping the window's half of the process.

``Desktop`` is what the composition root gets: the application with fonts, palette and scheme, collection on
main, error hooks, bridge, jobs, and a staged, idempotent way to quit. Not here: services, homes, files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import ohmstead
from ohmstead.settings.schema import ThemeChoice
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.errors import ErrorHooks, Reporter
from ohmstead.ui.gc_guard import GcGuard
from ohmstead.ui.jobs import Jobs
from ohmstead.ui.regional import RegionalWording
from ohmstead.ui.theme.app_icon import app_icon
from ohmstead.ui.theme.look import Look, make_look
from ohmstead.ui.translations import Translations

Step = Callable[[], None]
SWITCH_S = 0.001


class Desktop(QObject):
    """The running window half. Build on the main thread, before any worker starts.

    Use: add the stages of quitting with ``at_quit`` in the order in which they shall run (stop intake, cancel
    tasks, drop the link, flush and close the file, join), then ``run``.
    """

    def __init__(
        self,
        argv: Sequence[str],
        reporter: Reporter,
        theme: ThemeChoice = "system",
        language: str = "",
        region: str = "",
    ) -> None:
        app = QApplication.instance()
        self.app = app if isinstance(app, QApplication) else QApplication(list(argv))
        super().__init__()
        self.app.setApplicationName("ohmstead")
        self.app.setApplicationDisplayName("Ohmstead")
        self.app.setApplicationVersion(ohmstead.__version__)
        self.app.setStyle("Fusion")
        QGuiApplication.setDesktopFileName("ohmstead")
        self.app.setWindowIcon(app_icon())
        self.app.setQuitOnLastWindowClosed(False)
        # Workers that compute give way to the window within a millisecond, not the interpreter's five.
        sys.setswitchinterval(SWITCH_S)
        self.hooks = ErrorHooks(reporter)
        self.hooks.install()
        self._guard = GcGuard(self)
        self.look: Look = make_look(theme)
        self.look.theme.setParent(self)
        self.translations = Translations()
        self.translations.use(language)
        self.wording = RegionalWording(language, region)
        self.bridge = Bridge(self)
        self.jobs = Jobs(self)
        self._stages: list[Step] = []
        self._quitting = False
        self._reporter = reporter

    def at_quit(self, step: Step) -> None:
        """Add a stage of quitting, after those added before. A stage may block for a moment."""
        self._stages.append(step)

    def run(self) -> int:
        """The event loop, until ``quit``."""
        return self.app.exec()

    @Slot()
    def quit(self) -> None:
        """Quit in stages: no new work, the added stages, then the loop. Idempotent.

        A stage that raises is reported and does not keep the others from running.
        """
        if self._quitting:
            return
        self._quitting = True
        self.jobs.close()
        self.bridge.close()
        for stage in self._stages:
            try:
                stage()
            except Exception as error:
                self.hooks._main(type(error), error, error.__traceback__)
        # One more turn of the loop, so that deferred deletions happen while Qt still lives.
        QTimer.singleShot(0, self._leave)

    def release(self) -> None:
        """Give hooks and collection back: for tests, and after ``run``. Idempotent."""
        self._guard.release()
        self.hooks.remove()

    @Slot()
    def _leave(self) -> None:
        self.release()
        self.app.quit()
