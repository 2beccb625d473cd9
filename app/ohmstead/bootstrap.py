"""The composition root of the window: builds everything, wires it, and takes it down in stages.

Threads: main (Qt), io (asyncio), db, work. Quitting: no new work, leave the air, close the file, stop the
demonstration's machines, join the threads. Here: what main does. Not here: what happens on io (``app_homes``,
``demonstration``), starting the process and changing over to the demonstration (``app_run``), commands (``cli``).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from ohmstead.app_desk import AppDesk
from ohmstead.app_homes import AppHomes, HomeForgotten, HomeNotOpened, HomeOpened, HomesFound
from ohmstead.app_label import LabelDesk
from ohmstead.app_market import AppMarket
from ohmstead.app_neighbours import AppNeighbours
from ohmstead.app_settings import Keys
from ohmstead.core.errors import VerificationError
from ohmstead.demonstration import Demonstration, Preparing, pair_with_label
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.central import Central
from ohmstead.link.errors import LinkError
from ohmstead.services.homes import HomeEntry, Homes, HomesList
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.locks import SecretsLocked
from ohmstead.services.pairing import PairingService
from ohmstead.services.safekeeping import Safekeeping
from ohmstead.services.sync import SyncProgress
from ohmstead.services.unlocking import Locked, open_secrets
from ohmstead.services.workers import Workers
from ohmstead.settings.store import SettingsStore
from ohmstead.system.paths import Paths
from ohmstead.system.secrets import SealedFileStore
from ohmstead.system.vault import Vault
from ohmstead.ui.application import Desktop
from ohmstead.ui.commands import Command
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.pages.preparing import OPENING
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.homes import home_name
from ohmstead.ui.product import HomeSources
from ohmstead.ui.radio_pairing import RadioPairing
from ohmstead.village.neighbourhood import Neighbourhood

REFRESH_MS = 400
QUIT_S = 8.0
PASSPHRASE = "OHMSTEAD_PASSPHRASE"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeysOpened:
    """The profile's secrets are open."""

    keys: Keys


def secret_store(paths: Paths, passphrase: str | None, *, demonstration: bool) -> Vault:
    """The profile's store; for the demonstration a file with its key beside it, labelled so. Not on main.

    Raises Locked where a passphrase is wanted, or another one.
    """
    sealed = paths.data / "secrets"
    store = SealedFileStore.for_demonstration(sealed) if demonstration else open_secrets(sealed, passphrase)
    return Vault(sealed, store)


class App(QObject):
    """One running window with everything behind it. Main thread.

    ``neighbourhood`` makes it the demonstration; ``paired`` pairs that by itself instead of asking the person.
    ``settings`` are loaded. ``gives_way``: once this window has ended, the demonstration (or from it, the
    person's own home) is to begin.
    """

    def __init__(
        self,
        desktop: Desktop,
        paths: Paths,
        settings: SettingsStore,
        neighbourhood: Neighbourhood | None = None,
        *,
        paired: bool = False,
    ) -> None:
        super().__init__()
        bridge = desktop.bridge
        self._desktop, self._paths, self._settings = desktop, paths, settings
        self._by_itself = paired
        self.gives_way = False
        self._demonstration = Demonstration(neighbourhood, bridge.post) if neighbourhood is not None else None
        self._io = IoLoop()
        self._io.loop.call_soon_threadsafe(desktop.hooks.watch_loop, self._io.loop)
        self._workers = Workers()
        self._central: Central | None = None
        self._homes = AppHomes(
            self._radio, self._workers, bridge.post, lambda event: self._pairing.hear(event)
        )
        self._pairing = RadioPairing(
            self._io.submit, bridge.post, self._radio,
            lambda: PairingService(self._radio(), self._homes.homes), self._homes,
        )  # fmt: skip
        self._found = HomesFound((), None)
        self._list = HomesList((), self._demonstration is not None)
        self._current: bytes | None = None
        self._failed: bytes | None = None
        self.window = MainWindow(
            desktop.look, desktop.wording, desktop.jobs, bridge, self._workers.work,
            lambda: int(time.time()), with_demo=neighbourhood is None,
        )  # fmt: skip
        self.window.market.set_controller(
            AppMarket(self._io.submit, bridge.post, lambda: self._homes.market_desk)
        )
        self.window.neighbours.set_controller(
            AppNeighbours(self._io.submit, bridge.post, lambda: self._homes.neighbour_desk)
        )
        self.window.stand_at(settings.settings.window)
        self.desk = AppDesk(
            desktop, settings, self.window, self._io, self._workers, self._homes, paths.data, self.set_paused
        )  # fmt: skip
        self.labels = LabelDesk(
            desktop, self.window, self._io, self._workers, self._homes, self._press_button
        )
        self.window.pairing.read_pictures_with(desktop.jobs, self._workers.work)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.window.product.refresh)
        self._subscribe()
        self._connect()
        desktop.at_quit(self._keep_place)
        desktop.at_quit(self._stop)

    def _subscribe(self) -> None:
        bridge = self._desktop.bridge
        bridge.subscribe(Preparing, self, self._preparing)
        bridge.subscribe(SecretsLocked, self, self._locked)
        bridge.subscribe(KeysOpened, self, self._keys_opened)
        bridge.subscribe(HomesFound, self, self._homes_found)
        bridge.subscribe(HomeOpened, self, self._opened)
        bridge.subscribe(HomeNotOpened, self, self._not_opened)
        bridge.subscribe(HomeForgotten, self, self._forgotten)
        bridge.subscribe(SyncProgress, self, self._synced)

    def _connect(self) -> None:
        window, preparing = self.window, self.window.preparing
        window.pairing_wanted.connect(self.add_home)
        window.pairing_left.connect(self._pairing_left)
        window.demo_wanted.connect(self.give_way)
        window.home_wanted.connect(self._home_wanted)
        window.sync_paused.connect(self.set_paused)
        window.search_wanted.connect(self.look_again)
        window.closing.connect(self.desk.always.window_closed)
        self.desk.renamed.connect(self._name_again)
        window.add_commands(self.commands)
        preparing.again_wanted.connect(self._begin_again)
        preparing.home_wanted.connect(self._home_wanted)
        preparing.unlock.given.connect(self._unlock)
        preparing.unlock.quit_wanted.connect(self._desktop.quit)

    # ---- what others may ask ------------------------------------------------------------------

    @property
    def homes(self) -> HomesList:
        """The homes of this profile, as they were posted last."""
        return self._list

    @Slot()
    def add_home(self) -> None:
        """Show the pairing page, whether a home is shown or none."""
        self.window.begin_pairing(self._pairing)
        self.labels.show_label()

    def open_home(self, meter: bytes) -> None:
        """Show another home. Returns at once."""
        if meter != self._current:
            self.window.show_preparing(OPENING)
            self._io.submit(self._homes.open_home(meter))

    def forget_home(self, meter: bytes, *, erase: bool) -> None:
        """Forget a home, at its meter too if that is in reach; with ``erase`` its history. Returns at once.

        ``HomeForgotten`` is posted when it is done.
        """
        self._io.submit(self._forget(meter, erase))

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        """Bring no more pages for now, or go on. ``HomeState.paused`` answers."""
        homes = self._homes
        self._io.loop.call_soon_threadsafe(homes.pause if paused else homes.resume)

    @Slot()
    def look_again(self) -> None:
        """Look for the open home's meter now rather than after a pause."""
        self._io.submit(self._homes.check_again())

    @Slot()
    def give_way(self) -> None:
        """End this window for the demonstration, or the demonstration for the person's own home."""
        self.gives_way = True
        self._desktop.quit()

    def commands(self) -> Sequence[Command]:
        """What labels and the demonstration add to the palette."""
        found = [*self.labels.commands()]
        if self._demonstration is not None:
            tr = self._desktop.wording.tr
            words, group = tr("Leave the demonstration"), tr("Demonstration")
            found.append(Command("demo.leave", words, self.give_way, icon="home", group=group))
        return found

    # ---- starting -----------------------------------------------------------------------------

    def start(self, *, hidden: bool = False) -> None:
        """Shows the window (``hidden``: its tray icon) and sets off whatever comes first. Returns at once."""
        if self._demonstration is not None:
            village = self._demonstration.neighbourhood
            self.window.preparing.say_source(simulated=village.simulated, roof=village.roof)
            self.window.first_run.say_demonstration(simulated=village.simulated)
            self.window.set_demonstration(village.simulated, village.roof)
        self._begin_again()
        self.desk.always.show(hidden=hidden)

    @Slot()
    def _begin_again(self) -> None:
        failed, self._failed = self._failed, None
        if failed is not None:
            self.open_home(failed)
            return
        self.window.show_preparing(OPENING if self._demonstration is None else "ledger")
        self._io.submit(self._begin(os.environ.get(PASSPHRASE)))

    @Slot(str)
    def _unlock(self, passphrase: str) -> None:
        self._io.submit(self._begin(passphrase or None))

    async def _begin(self, passphrase: str | None) -> None:
        post, demonstration = self._desktop.bridge.post, self._demonstration
        try:
            if demonstration is not None:
                self._central = await demonstration.start()
            store = await asyncio.to_thread(
                secret_store, self._paths, passphrase, demonstration=demonstration is not None
            )
            homes = Homes(self._paths.homes, store)
            post(KeysOpened(Keys(store, Safekeeping(homes, store))))
            await asyncio.to_thread(homes.device_key)  # so that a new passphrase seals something at once
            if demonstration is None:
                self._central = Central()
            elif self._by_itself and not await asyncio.to_thread(homes.paired):
                post(Preparing("pairing"))
                await pair_with_label(demonstration.neighbourhood, self._radio(), homes)
            await self._homes.begin(homes, self._settings.settings.home)
        except Locked as locked:
            post(locked.state)
        except (ExternalError, UserError, LinkError, VerificationError) as error:
            _log.exception("no home could be opened")
            post(Preparing(str(error)))

    async def _forget(self, meter: bytes, erase: bool) -> None:
        try:
            await self._homes.forget(meter, erase=erase)
        except ExternalError as error:
            _log.exception("a home could not be forgotten")
            self._desktop.bridge.post(HomeNotOpened(meter, str(error)))

    def _radio(self) -> Central:
        if self._central is None:
            raise ExternalError("The radio is not ready yet.")
        return self._central

    # ---- events, on main ----------------------------------------------------------------------

    def _preparing(self, event: Preparing) -> None:
        self.window.show_preparing(event.step, event.done, event.total)

    def _locked(self, locked: SecretsLocked) -> None:
        self.window.show_preparing(OPENING)
        self.window.preparing.show_locked(locked)

    def _keys_opened(self, opened: KeysOpened) -> None:
        self.desk.keys_opened(opened.keys)

    def _homes_found(self, found: HomesFound) -> None:
        """Names them, says them on, and shows the first page where there are none."""
        self._current, self._found = found.current, found
        entries = tuple(
            HomeEntry(h.meter, self._name(h.meter, h.mark), h.mark, h.meter == found.current, h.typed)
            for h in found.homes
        )
        self._list = HomesList(entries, self._demonstration is not None)
        choices = [HomeChoice(entry.meter.hex(), entry.name) for entry in entries]
        current = "" if found.current is None else found.current.hex()
        self.window.show_homes(choices, current, True)
        self.window.preparing.offer_others([c for c in choices if c.key != current])
        self._desktop.bridge.post(self._list)
        if not entries:
            self.window.show_home("", None)
            self.desk.no_home()

    @Slot()
    def _name_again(self) -> None:
        """The shown home was named anew: wherever it is called by name."""
        self._homes_found(self._found)
        shown = next((home for home in self._list.homes if home.current), None)
        if shown is not None:
            self.window.name_home(shown.name)
            self.desk.home_named(shown.name, shown.mark)

    def _name(self, meter: bytes, mark: str) -> str:
        own = self._settings.settings.note(meter).name
        shown = self._demonstration is not None and mark == self.labels.mark
        return home_name(own, mark, demonstration=shown, words=self._desktop.wording)

    def _opened(self, event: HomeOpened) -> None:
        name = self._name(event.meter, event.mark)
        self.desk.keep_visit()
        self.window.show_home(name, HomeSources.of_mirror(event.path, event.meter, self._homes.homes))
        self.desk.home_shown(event.meter, name, event.mark)

    def _not_opened(self, event: HomeNotOpened) -> None:
        self._failed = event.meter
        self.window.show_preparing(event.reason)

    def _forgotten(self, event: HomeForgotten) -> None:
        self.desk.forgotten(event.meter)

    def _synced(self, _progress: SyncProgress) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _press_button(self) -> None:
        if self._demonstration is not None:
            self._io.loop.call_soon_threadsafe(self._demonstration.neighbourhood.press_button)

    @Slot()
    def _pairing_left(self) -> None:
        self._pairing.cancel()
        self.labels.hide_label()

    @Slot(str)
    def _home_wanted(self, key: str) -> None:
        self.open_home(bytes.fromhex(key))

    # ---- quitting -----------------------------------------------------------------------------

    def _keep_place(self) -> None:
        self._refresh.stop()
        self.labels.close()
        self.desk.keep_visit()
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
        self._pairing.stop()
        await self.desk.leave()
        await self._homes.close()
        if self._demonstration is not None:
            await self._demonstration.stop()
