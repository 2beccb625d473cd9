"""The real window on real machines: a virtual meter, its ledger and radio that outlive the windows that use them.

Here: machines started once, a profile whose device the meter knows already, a window and its end. Not here: what
a person does in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.bootstrap import App
from ohmstead.services.homes import Homes
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.session import HomeState
from ohmstead.settings.store import SettingsStore
from ohmstead.system.paths import Paths, paths_in
from ohmstead.system.secrets import SealedFileStore
from ohmstead.ui.application import Desktop
from ohmstead.ui.errors import Caught
from ohmstead.ui.pages.pairing_page import PairingPage
from ohmstead.village.neighbourhood import LabelCard, Neighbourhood, Progress
from tests.helpers.village import solar_csv

#: A meter grants the role of an owner once; a device that holds it may pair again.
DEVICE = bytes(range(32))
WAIT_MS = 30_000
#: What Qt's platform without a screen says of windows that it cannot raise or size.
_OFFSCREEN = "This plugin does not support "


class Kept(Neighbourhood):
    """Started and stopped by the test session, not by a window."""

    def __init__(
        self, folder: Path, weeks: int = 1, radio: str | None = None, *, homes: int = 0, roof: int = 1
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            folder / "village", solar_csv(folder / "home.csv", weeks, roof, noisy=True), radio, homes
        )
        self._io = IoLoop()
        self._io.submit(super().start()).result(120)

    async def start(self, on_progress: Callable[[Progress], None] = lambda _p: None) -> None:
        on_progress(Progress("ledger"))

    async def stop(self) -> None:
        """A window ends; the machines run on."""

    def press_button(self) -> None:
        self._io.loop.call_soon_threadsafe(super().press_button)

    def end(self) -> None:
        self._io.submit(super().stop()).result(60)
        self._io.close()

    @property
    def card(self) -> LabelCard:
        assert self.label is not None
        return self.label


def profile_in(folder: Path) -> Paths:
    """A new profile of the device that the meter knows."""
    paths = paths_in(folder)
    store = SealedFileStore.for_demonstration(paths.data / "secrets")
    if store.get("device-key") is None:
        store.put("device-key", DEVICE)
    return paths


def homes_of(paths: Paths) -> Homes:
    """A profile's homes, read anew."""
    return Homes(paths.homes, SealedFileStore.for_demonstration(paths.data / "secrets"))


@dataclass
class Running:
    """One window with everything behind it."""

    desktop: Desktop
    app: App
    qtbot: QtBot
    states: list[HomeState] = field(default_factory=list)

    @property
    def page(self) -> PairingPage:
        return self.app.window.pairing

    def hear(self, state: HomeState) -> None:
        self.states.append(state)

    def until(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()), timeout=WAIT_MS)

    def words(self, root: QWidget | None = None) -> str:
        """Everything that can be read now."""
        labels = (root or self.app.window).findChildren(QLabel)
        return "\n".join(x.accessibleName() or x.text() for x in labels if x.isVisible())

    def button(self, name: str, root: QWidget | None = None) -> QAbstractButton:
        found = [
            b for b in (root or self.app.window).findChildren(QAbstractButton)
            if b.accessibleName() == name and b.isVisible()
        ]  # fmt: skip
        assert len(found) == 1, (name, found)
        return found[0]

    def click(self, name: str, root: QWidget | None = None) -> None:
        self.until(lambda: self.button(name, root).isEnabled())
        self.qtbot.mouseClick(self.button(name, root), Qt.MouseButton.LeftButton)


@contextmanager
def window_on(
    qapp: QApplication,
    qtbot: QtBot,
    paths: Paths,
    neighbourhood: Neighbourhood | None,
    *,
    paired: bool = False,
) -> Iterator[Running]:
    """A window from its start to its end. Whatever surfaces as an error in it fails the test."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    caught: list[Caught] = []
    settings = SettingsStore(paths.config / "settings.json")
    settings.load()
    desktop = Desktop(["ohmstead"], caught.append, "light")
    app = App(desktop, paths, settings, neighbourhood, paired=paired)
    running = Running(desktop, app, qtbot)
    desktop.bridge.subscribe(HomeState, app, running.hear)
    app.start()
    try:
        yield running
    finally:
        desktop.quit()
        desktop.release()
        app.window.hide()
        app.window.deleteLater()
        end = time.monotonic() + 5
        while desktop.jobs.running and time.monotonic() < end:
            qapp.processEvents()
        qapp.processEvents()
    caught = [c for c in caught if not c.words.startswith(_OFFSCREEN)]
    assert caught == [], [(c.where, c.words, repr(c.error)) for c in caught]
