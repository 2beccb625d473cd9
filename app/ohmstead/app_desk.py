"""What stands round the homes in a running window: settings, tray, witness, visits, crash sheets.

Part of the composition root. Here: wiring these to the window and to each other. Not here: the homes themselves
(``app_homes``), starting and quitting (``bootstrap``), what Settings asks for (``app_settings``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ohmstead.app_always import AlwaysOn
from ohmstead.app_homes import AppHomes
from ohmstead.app_reports import CrashDesk
from ohmstead.app_settings import AppSettings, Keys
from ohmstead.app_witness import AppWitness
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.states import HomeState
from ohmstead.services.witness import WitnessSeen
from ohmstead.services.workers import Workers
from ohmstead.settings.schema import Settings
from ohmstead.settings.store import SettingsStore
from ohmstead.system.autostart import autostart, start_command
from ohmstead.system.secrets import keyring_present
from ohmstead.ui.application import Desktop
from ohmstead.ui.home_controller import facts_for_foot
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.market_brief import Seen
from ohmstead.ui.presenters.market_notices import MarketTold
from ohmstead.ui.presenters.neighbour_brief import NeighbourSeen
from ohmstead.ui.presenters.witness_words import witness_words
from ohmstead.ui.tour import Tour


class AppDesk(QObject):
    """One window's surroundings. Main thread.

    Signals:
        renamed: the person gave the shown home another name.
    """

    renamed = Signal()

    def __init__(
        self,
        desktop: Desktop,
        store: SettingsStore,
        window: MainWindow,
        io: IoLoop,
        workers: Workers,
        homes: AppHomes,
        data_folder: Path,
        pause: Callable[[bool], object],
    ) -> None:
        super().__init__(window)
        self._desktop, self._window, self._io = desktop, window, io
        self._meter: bytes | None = None
        self._address = ""
        self._witness = AppWitness(homes, workers, desktop.bridge.post)
        self.always = AlwaysOn(desktop, window, lambda: int(time.time()), pause)
        self.settings = AppSettings(
            desktop, store, io, workers, homes, data_folder, autostart(start_command()),
            tray=self.always.tray.available,
        )  # fmt: skip
        self._former = self.settings.settings
        self._crashes = CrashDesk(desktop, window)
        self._tour = Tour(window, desktop.look, desktop.wording)
        self._tour.finished.connect(self._tour_seen)
        # Whoever reads what pairing came to sees the tour when they leave that page.
        window.page_changed.connect(self._offer_tour)
        self._offered = False
        window.add_settings(self.settings)
        window.search_wanted.connect(self._search)
        self._search_again = homes.check_again
        self.settings.changed.connect(self._changed)
        desktop.wording.told.changed.connect(self._say_again)
        desktop.bridge.subscribe(HomeState, self, self._state)
        desktop.bridge.subscribe(WitnessSeen, self, self._seen)
        self.always.tray.market_told.connect(self._market_told)
        self.always.tray.findings_told.connect(self._findings_told)
        window.product.invited.connect(self._invited)
        self._apply(self._former)

    # ---- what the app tells -------------------------------------------------------------------

    def keys_opened(self, keys: Keys) -> None:
        """The profile's secrets are open."""
        self.settings.keys_opened(keys, has_keyring=keyring_present())

    def home_shown(self, meter: bytes, name: str, mark: str) -> None:
        """A home is shown now; what was seen of the one before is remembered."""
        self.keep_visit()
        self._meter = meter
        note = self.settings.settings.note(meter)
        self._window.home.set_last_visit(note.seen_s, note.seen_slot)
        self.settings.home_shown(meter, name, mark)
        self.settings.remember(replace(self.settings.settings, home=meter.hex()))
        product = self._window.product
        product.set_seen(Seen(note.market_seen))
        product.set_neighbours_seen(NeighbourSeen(frozenset(note.findings_seen), note.invited))
        told = MarketTold(note.market_told, note.market_day)
        self.always.begin_home(name, told, frozenset(note.findings_told))
        self._window.product.use(self.settings.settings)
        self._offer_tour()

    def home_named(self, name: str, mark: str) -> None:
        """The shown home has another name."""
        if self._meter is not None:
            self.settings.home_shown(self._meter, name, mark)

    def no_home(self) -> None:
        """No home is shown any more."""
        self._meter = None
        self._tour.stop()
        self.settings.no_home()

    def forgotten(self, meter: bytes) -> None:
        """A home is gone."""
        if meter == self._meter:
            self._meter = None
        self.settings.remember(self.settings.settings.without_home(meter))

    def keep_visit(self) -> None:
        """Remember when the shown home was looked at, and up to where its readings went."""
        slot = self._window.home.newest_slot
        if self._meter is not None and slot is not None:
            note = self.settings.settings.note(self._meter)
            self.settings.remember(
                self.settings.settings.with_note(
                    self._meter,
                    replace(
                        note,
                        seen_s=int(time.time()),
                        seen_slot=slot,
                        market_seen=self._window.product.seen.alarm,
                        findings_seen=tuple(sorted(self._window.product.neighbours_seen.findings)),
                    ),
                )
            )

    async def leave(self) -> None:
        """Ask no witness any more: a stage of quitting. On io."""
        await self._witness.close()

    # ---- events -------------------------------------------------------------------------------

    def _state(self, state: HomeState) -> None:
        self._window.show_facts(facts_for_foot(state))
        self._window.show_paused(state.paused)
        self._window.product.show_state(state)

    def _seen(self, seen: WitnessSeen) -> None:
        self._window.product.show_witness(seen)
        self.settings.say_witness(witness_words(seen, int(time.time()), self._desktop.wording))

    @Slot(object)
    def _market_told(self, told: MarketTold) -> None:
        """A notice of the market is told once, in this run and in those to come."""
        if self._meter is not None:
            note = replace(
                self.settings.settings.note(self._meter), market_told=told.alarm, market_day=told.day
            )
            self.settings.remember(self.settings.settings.with_note(self._meter, note))

    @Slot(object)
    def _findings_told(self, told: frozenset[str]) -> None:
        """A finding about the neighbours is told once, in this run and in those to come."""
        if self._meter is not None:
            note = replace(self.settings.settings.note(self._meter), findings_told=tuple(sorted(told)))
            self.settings.remember(self.settings.settings.with_note(self._meter, note))

    @Slot()
    def _invited(self) -> None:
        """The home was invited to compare itself: not again."""
        if self._meter is not None:
            note = replace(self.settings.settings.note(self._meter), invited=True)
            self.settings.remember(self.settings.settings.with_note(self._meter, note))

    @Slot(object)
    def _changed(self, settings: Settings) -> None:
        former, self._former = self._former, settings
        self._apply(settings)
        if self._meter is not None and former.note(self._meter).name != settings.note(self._meter).name:
            self.renamed.emit()

    def _apply(self, settings: Settings) -> None:
        self._window.product.use(settings)
        self.always.use(settings)
        if settings.witness != self._address:
            self._address = settings.witness
            self._io.submit(self._witness.use(settings.witness))

    @Slot()
    def _say_again(self) -> None:
        """Language or region changed: everything that is shown is said anew."""
        self._window.product.refresh()
        self._window.age_facts()

    @Slot()
    def _search(self) -> None:
        self._io.submit(self._search_again())

    @Slot()
    def _offer_tour(self) -> None:
        """The tour comes by itself once, with the first home that is looked at."""
        if self._offered or self._meter is None or self.settings.settings.tour_seen:
            return
        self._tour.start()
        self._offered = self._tour.thing is not None

    @Slot()
    def _tour_seen(self) -> None:
        self.settings.remember(replace(self.settings.settings, tour_seen=True))
