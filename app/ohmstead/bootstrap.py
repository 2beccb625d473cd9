"""The composition root of the window: builds everything, wires it, and takes it down in stages.

Threads: main (Qt), io (asyncio), db, work. Quitting: no new work, leave the air, close the file, stop the
demonstration's machines, join the threads. Not here: commands (``cli``), what any part does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from ohmstead.core.errors import VerificationError
from ohmstead.demonstration import DEMO_NAME, pair_with_label, virtual_central
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.central import Central
from ohmstead.link.pairing import Pairing
from ohmstead.services.events import Event
from ohmstead.services.homes import Homes
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.mirroring import ProofsMissing
from ohmstead.services.pairing import PairingService
from ohmstead.services.session import HomeSession, HomeState
from ohmstead.services.sync import SyncProgress
from ohmstead.services.workers import Workers
from ohmstead.settings.store import SettingsStore
from ohmstead.system.paths import Paths
from ohmstead.system.secrets import SealedFileStore, SecretStore, profile_store
from ohmstead.ui.application import Desktop
from ohmstead.ui.errors import Caught
from ohmstead.ui.home_controller import RadioPairing, facts_for_foot
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.product import HomeSources
from ohmstead.village.neighbourhood import Neighbourhood, Progress

REFRESH_MS = 400
QUIT_S = 8.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preparing:
    """How far the demonstration is, posted to the window."""

    step: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """A home may be shown."""

    name: str
    path: Path
    meter: bytes = field(repr=False)


def secret_store(paths: Paths, *, demonstration: bool) -> SecretStore:
    """The profile's store; for the demonstration a file with its key beside it, labelled so.

    Raises UserError where there is neither a keyring nor a passphrase in ``OHMSTEAD_PASSPHRASE``.
    """
    sealed = paths.data / "secrets"
    if demonstration:
        return SealedFileStore.for_demonstration(sealed)
    return profile_store(sealed, lambda: os.environ.get("OHMSTEAD_PASSPHRASE"))


class App(QObject):
    """One running window with everything behind it. Main thread."""

    def __init__(self, desktop: Desktop, paths: Paths, neighbourhood: Neighbourhood | None) -> None:
        super().__init__()
        self._desktop = desktop
        self._paths = paths
        self._neighbourhood = neighbourhood
        self._io = IoLoop()
        self._io.loop.call_soon_threadsafe(desktop.hooks.watch_loop, self._io.loop)
        self._workers = Workers()
        self._homes = Homes(paths.homes, secret_store(paths, demonstration=neighbourhood is not None))
        self._central: Central | None = None
        self._close_radio: Callable[[], object] | None = None
        self._session: HomeSession | None = None
        self._settings = SettingsStore(paths.config / "settings.json")
        settings = self._settings.load()
        bridge = desktop.bridge
        self.window = MainWindow(
            desktop.look, desktop.wording, desktop.jobs, bridge, self._workers.work, lambda: int(time.time())
        )
        self.window.stand_at(settings.window)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.window.usage.refresh)
        bridge.subscribe(Preparing, self, self._preparing)
        bridge.subscribe(HomeOpened, self, self._opened)
        bridge.subscribe(HomeState, self, self._home_state)
        bridge.subscribe(SyncProgress, self, self._synced)
        self._pairing = RadioPairing(
            self._io.submit, bridge.post, self._radio, lambda: PairingService(self._radio(), self._homes),
            desktop.wording, lambda pairing: self._open_soon(pairing, ""),
        )  # fmt: skip
        self.window.pairing_wanted.connect(self._begin_pairing)
        self.window.pairing_left.connect(self._leave_pairing)
        self.window.closing.connect(self._closing)
        desktop.at_quit(self._keep_place)
        desktop.at_quit(self._stop)

    # ---- starting -----------------------------------------------------------------------------

    def start(self) -> None:
        """Shows the window and sets off whatever comes first. Returns at once."""
        if self._neighbourhood is not None:
            self.window.preparing.say_source(simulated=self._neighbourhood.simulated)
            self.window.show_preparing("ledger")
            self._io.submit(self._begin_demonstration(self._neighbourhood))
        else:
            self._central = Central()
            self._io.submit(self._begin())
        self.window.show()

    async def _begin(self) -> None:
        pairing = await asyncio.to_thread(self._homes.current)
        if pairing is not None:
            await self._open(pairing, "")

    async def _begin_demonstration(self, neighbourhood: Neighbourhood) -> None:
        post = self._desktop.bridge.post

        def progress(p: Progress) -> None:
            post(Preparing(p.step, p.done, p.total))

        try:
            await neighbourhood.start(progress)
            self._central, self._close_radio = await virtual_central(neighbourhood.app_hci)
            pairing = await asyncio.to_thread(self._homes.current)
            if pairing is None:
                post(Preparing("pairing"))
                pairing = await pair_with_label(neighbourhood, self._central, self._homes)
            await self._open(pairing, DEMO_NAME)
        except (ExternalError, UserError, VerificationError) as error:
            _log.exception("the demonstration did not start")
            post(Preparing(str(error)))

    def _open_soon(self, pairing: Pairing, name: str) -> None:
        self._io.submit(self._open(pairing, name))

    async def _open(self, pairing: Pairing, name: str) -> None:
        if self._session is not None:
            await self._session.close()
        session = HomeSession(self._radio(), self._homes, pairing, self._workers, self._post)
        self._session = session
        try:
            try:
                await session.open()
            except (VerificationError, ProofsMissing):
                _log.exception("the mirror does not verify: it is set aside, and read anew from the meter")
                await session.open(anew=True)
        except (ExternalError, UserError) as error:
            self._desktop.bridge.post(Preparing(str(error)))
            return
        path = self._homes.mirror_path(pairing.meter_id)
        self._desktop.bridge.post(HomeOpened(name or "Home", path, pairing.meter_id))
        self._desktop.bridge.post(session.state)
        session.start()

    def _post(self, event: Event | HomeState) -> None:
        self._desktop.bridge.post(event)

    def _radio(self) -> Central:
        if self._central is None:
            raise ExternalError("The radio is not ready yet.")
        return self._central

    # ---- events, on main ----------------------------------------------------------------------

    def _preparing(self, event: Preparing) -> None:
        if event.step != "ready":
            self.window.show_preparing(event.step, event.done, event.total)

    def _opened(self, event: HomeOpened) -> None:
        self.window.show_home(event.name, HomeSources.of_mirror(event.path, event.meter, self._homes))

    def _home_state(self, state: HomeState) -> None:
        self.window.show_facts(facts_for_foot(state))

    def _synced(self, _progress: SyncProgress) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    @Slot()
    def _begin_pairing(self) -> None:
        self.window.begin_pairing(self._pairing)

    @Slot()
    def _leave_pairing(self) -> None:
        self._pairing.cancel()

    # ---- quitting -----------------------------------------------------------------------------

    @Slot()
    def _closing(self) -> None:
        self._desktop.quit()

    def _keep_place(self) -> None:
        self._refresh.stop()
        with contextlib.suppress(ExternalError):
            self._settings.save(self._settings.settings.with_window(self.window.place()))

    def _stop(self) -> None:
        """Leaves the air, closes the mirror, ends the machines, joins the threads; bounded, in this order."""
        future = self._io.submit(self._leave())
        with contextlib.suppress(Exception):
            future.result(QUIT_S)
        self._io.close()
        self._workers.close()

    async def _leave(self) -> None:
        self._pairing.cancel()
        if self._session is not None:
            await self._session.close()
        if self._close_radio is not None:
            result = self._close_radio()
            if asyncio.iscoroutine(result):
                await result
        if self._neighbourhood is not None:
            await self._neighbourhood.stop()


def report(caught: Caught) -> None:
    """The reporter behind the error hooks: the log, and nothing leaves this computer."""
    _log.error("%s: %s", caught.where, caught.words, exc_info=caught.error)


def run_window(argv: Sequence[str], paths: Paths, neighbourhood: Neighbourhood | None = None) -> int:
    """Runs the window until it is closed; returns the exit code. Raises UserError where there is no display."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        # Qt would abort the process instead of saying so.
        raise UserError("There is no display here. `ohmstead demo --headless DIR` needs none.")
    desktop = Desktop(argv, report)
    app = App(desktop, paths, neighbourhood)
    for name in (signal.SIGINT, signal.SIGTERM):
        # Runs on main between two turns of Qt's loop: the collection timer brings the interpreter in.
        signal.signal(name, lambda *_: QTimer.singleShot(0, desktop.quit))
    app.start()
    try:
        return desktop.run()
    finally:
        desktop.release()
