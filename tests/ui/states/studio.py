"""The real window for scenes: homes shown in it, everything that it waits for waited for, pictures of it.

Here: one window that is brought from state to state and back. Not here: the states (``scenes``), the files.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ohmstead.services.states import HomeState, LinkState
from ohmstead.settings.schema import Settings
from ohmstead.ui.application import Desktop
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.jobs import Jobs
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.meter_state import Link, MeterFacts
from ohmstead.ui.presenters.periods import Against, Span
from ohmstead.ui.presenters.settings import SettingsView
from ohmstead.ui.product import HomeSources
from ohmstead.ui.widgets.sheet import Over
from ohmstead.ui.widgets.toast import Toast
from ohmstead.ui.wording import QtWording
from tests.ui.proven_home import ProvenHome
from tests.ui.solar_home import Home
from tests.ui.states.files import Files, state_of

NAME = "Orchard Lane 4"
SETTINGS = Settings(price_micro_per_kwh=314_000, feed_in_micro_per_kwh=79_000)
VIEW = SettingsView(SETTINGS, "aa", NAME, "3C9", data_folder=Path("/data/anna/ohmstead"))
HOMES = (HomeChoice("aa", NAME), HomeChoice("bb", "Gran’s house"))
LINKS = {
    LinkState.SEARCHING: Link.SEARCHING,
    LinkState.CONNECTED: Link.CONNECTED,
    LinkState.AWAY: Link.AWAY,
    LinkState.OFF: Link.OFF,
    LinkState.STOPPED: Link.AWAY,
}
SETTLE_MS = 20_000


class Quiet:
    """A controller of Settings and of pairing that does nothing: scenes show what would be posted."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_: None


class Studio:
    """One window on real files. Main thread. ``open`` first, ``close`` last."""

    def __init__(self, desktop: Desktop, files: Files, words: QtWording | None = None) -> None:
        self.look, self.files = desktop.look, files
        self.words = words if words is not None else QtWording()
        self.now_s = 0
        self._app = desktop.app
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="work")
        self._jobs, self._bridge = Jobs(), Bridge()
        self.size = 1280, 800
        self._undo: list[Callable[[], object]] = []
        self.look.theme.keep_still(True)
        self.window = MainWindow(
            self.look, self.words, self._jobs, self._bridge, self._reader, lambda: self.now_s, with_demo=True
        )
        self.settings = self.window.add_settings(Quiet())
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def close(self) -> None:
        """Let go of the window and its thread."""
        self._jobs.close()
        self._bridge.close()
        self._reader.shutdown(wait=True)
        self.window.close()
        self.window.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # ---- bringing it into a state -------------------------------------------------------------

    def later(self, undo: Callable[[], object]) -> None:
        """Do this before the next scene."""
        self._undo.append(undo)

    def reset(self) -> None:
        """No home, nothing over the window, all as at first."""
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()
        window, usage = self.window, self.window.usage
        for popup in self.popups():
            popup.close()
        for over in window.findChildren(Over):
            over.dismiss()
        for toast in window.findChildren(Toast):
            toast._leave()
        window.product.set_sources(None)  # what follows loads nothing
        usage._against.clear()
        usage._net, usage._channel, usage._day = False, None, None
        usage._trouble_place.hide()
        usage.show_span(Span.DAY)
        window.market.set_controller(None)
        window.market.content.show_section(0)
        window.market._known = replace(window.market._known, side=None, limit=None)
        window.neighbours.set_controller(None)
        window.neighbours.content.show_section(0)
        window.preparing._note.hide()
        window.set_demonstration(None)
        window.show_paused(False)
        window.show_homes(HOMES[:1], "aa", can_add=True)
        self.settings._trouble_place.hide()
        self.settings._checking.show_problem("")
        self.settings.show_view(VIEW)
        self.settings.go_to(0)
        window.product.use(SETTINGS)
        window.home.set_last_visit(0, 0)
        window._page = ""

    def resize(self, wide: int, high: int) -> None:
        """The window at another size, now and for the scenes to come."""
        self.size = wide, high
        self.window.resize(wide, high)
        self.settle()

    def show(
        self, home: Home | ProvenHome | Path, page: str, *, sealed: bool = False, **state: object
    ) -> None:
        """Show a home on a page, with the state its services would post (``state`` changes it)."""
        window = self.window
        posted: HomeState | None
        if isinstance(home, Path):
            sources, posted = HomeSources.of_mirror(home), None
            self.now_s = self.files.year("month").end_s + 17 * 60
        elif isinstance(home, ProvenHome):
            sources = HomeSources.of_mirror(home.path, home.meter, None if sealed else home.homes)
            self.now_s = home.now_s
            posted = replace(home.state(), **state)
        else:
            sources = HomeSources.of_mirror(home.path)
            self.now_s = home.end_s + 17 * 60
            posted = state_of(home, self.now_s, **state)
        window.show_home(NAME, sources)
        window.show_page(page)
        if posted is not None:
            self.post(posted)
        elif state:
            self.post(replace(HomeState(), **state))
        else:
            window.show_facts(MeterFacts(Link.CONNECTED, self.now_s))
        self.settle()

    def post(self, state: HomeState) -> None:
        """Another state of the home, drawn at once."""
        window, facts = self.window, state.facts
        window.home._soon.stop()
        window.product.show_state(state)
        window.ledger.age()
        window.show_facts(
            MeterFacts(
                LINKS[state.link], self.now_s, facts.head_time_s if facts else None, state.verified_to_slot,
                state.zone, facts.pages_held if facts else 0, facts.pages_proven if facts else 0,
                facts.single_operator if facts else False, state.refused,
            )
        )  # fmt: skip
        self.settle()

    def show_away(self, home: Home) -> None:
        """The link broke before now; what was heard last stays."""
        live = self.window.home._live
        heard = state_of(home, self.now_s, link=LinkState.AWAY, power=live.power)
        facts = heard.facts
        assert facts is not None
        self.post(replace(heard, facts=replace(facts, head_time_s=home.end_s + 16 * 60)))

    def wait(self, seconds: int) -> None:
        """Time goes by."""
        self.now_s += seconds
        self.window.home.age()
        self.window.market.age()
        self.window.neighbours.age()
        self.window.ledger.age()
        self.window.age_facts()
        self.settle()

    def usage(self, span: Span, back: int = 0, *, heat: bool = False, against: Against | None = None) -> None:
        """Usage at a span, ``back`` days before the newest."""
        page = self.window.usage
        assert page._data is not None
        page.show_span(span, page._data.today - back, heat=heat)
        if against is not None:
            page.compare(against)
        self.settle()

    def press(self, name: str, root: QWidget | None = None) -> None:
        """Press the visible button of this name (English; it is looked for in the window's words)."""
        said = self.words.tr(name)
        (found,) = [
            b for b in (root or self.window).findChildren(QAbstractButton)
            if (b.accessibleName() or b.text()) == said and b.isVisible()
        ]  # fmt: skip
        found.click()
        self.settle()

    def settle(self) -> None:
        """Until everything that was asked for is drawn. Raises TimeoutError when it never is."""
        clock = QElapsedTimer()
        clock.start()
        quiet = 0
        while quiet < 3:
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            busy = self._jobs.running or self.window.usage._settle.isActive()
            if busy:
                self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            quiet = 0 if busy else quiet + 1
            if clock.elapsed() > SETTLE_MS:
                raise TimeoutError("the window does not come to rest")

    # ---- pictures -----------------------------------------------------------------------------

    def popups(self) -> list[QWidget]:
        """Menus and the like that stand over the window in windows of their own."""
        return [
            w for w in QApplication.topLevelWidgets()
            if shiboken6.isValid(w) and w.isVisible() and isinstance(w, QWidget)
            and w.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool)
        ]  # fmt: skip

    def picture(self, scale: float = 1.0) -> QPixmap:
        """The window as it stands, popups over it."""
        window = self.window
        made = QPixmap(QSize(round(window.width() * scale), round(window.height() * scale)))
        made.setDevicePixelRatio(scale)
        window.render(made)
        painter = QPainter(made)
        for popup in self.popups():
            over = QPixmap(QSize(round(popup.width() * scale), round(popup.height() * scale)))
            over.setDevicePixelRatio(scale)
            over.fill(Qt.GlobalColor.transparent)
            popup.render(over)
            painter.drawPixmap(popup.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0)), over)
        painter.end()
        return made
