"""Always on: the tray, notices, and a window that can be closed without Ohmstead ending.

Part of the composition root. Not here: the icon (``ui.tray``), which notices there are
(``ui.presenters.notices``).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from ohmstead.services.market_states import MarketState
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.services.states import HomeState
from ohmstead.settings.schema import Settings
from ohmstead.ui.application import Desktop
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_notices import MarketTold
from ohmstead.ui.tray import NOTHING_TOLD, Tray

LOOK_AGAIN_MS = 5 * 60_000


class AlwaysOn(QObject):
    """Main thread. ``pause`` is told when the history is to rest or to go on."""

    def __init__(
        self, desktop: Desktop, window: MainWindow, clock: Callable[[], int], pause: Callable[[bool], object]
    ) -> None:
        super().__init__(window)
        self._desktop, self._window = desktop, window
        self._settings = Settings()
        self._told = False
        self.tray = Tray(desktop.look, desktop.wording, clock, self._looked_at, self)
        self.tray.open_wanted.connect(self.open)
        self.tray.quit_wanted.connect(desktop.quit)
        self.tray.pause_wanted.connect(pause)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.tray.look_again)
        self._timer.start()
        desktop.bridge.subscribe(HomeState, self, self.tray.hear)
        desktop.bridge.subscribe(MarketState, self, self.tray.hear_market)
        desktop.bridge.subscribe(NeighbourState, self, self.tray.hear_neighbours)
        desktop.at_quit(self._leave)

    def show(self, *, hidden: bool) -> None:
        """Stand in the tray and show the window; with ``hidden`` the tray alone, where there is one."""
        self.tray.show()
        if not (hidden and self.tray.available):
            self._window.show()

    def use(self, settings: Settings) -> None:
        """Other settings are in force."""
        self._settings = settings
        self.tray.want(settings.notices)
        self.tray.reckon(
            Prices(settings.price_micro_per_kwh, settings.feed_in_micro_per_kwh, settings.currency)
        )

    def begin_home(
        self, name: str, told: MarketTold = NOTHING_TOLD, findings: frozenset[str] = frozenset()
    ) -> None:
        """Another home is shown; ``told`` and ``findings`` are what was noticed of its market, and of its
        neighbours, in earlier runs.
        """
        self.tray.begin_home(name, self._settings.notices, told, findings)

    @Slot()
    def window_closed(self) -> None:
        """The window was closed: go on in the tray if that is wanted and there is one, else end."""
        if not (self._settings.keep_running and self.tray.available):
            self._desktop.quit()
            return
        if not self._told:
            self._told = True
            tr = self._desktop.wording.tr
            self.tray.say(
                tr("Ohmstead goes on here"), tr("Your readings keep coming in. Quit from this icon's menu.")
            )

    @Slot(str)
    def open(self, page: str) -> None:
        """Show the window, on a page if one is named."""
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if page:
            self._window.go_to(page)

    def _looked_at(self) -> bool:
        return self._window.isVisible() and self._window.isActiveWindow()

    def _leave(self) -> None:
        self._timer.stop()
        self.tray.hide()
