"""What Settings asks for, done: the settings file, keys, backups, leaving. Part of the composition root.

Every change is in force and written at once; work that takes a moment runs on io and answers over the bridge. Not
here: the page (``ui.pages.settings_page``), the homes (``app_homes``), backups themselves (``services``).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ohmstead.app_homes import AppHomes
from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.errors import LinkError
from ohmstead.link.pairing import Pairing
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.recovery import QR_PREFIX, RecoveryRefused
from ohmstead.services.safekeeping import Restored, Safekeeping, WordsNeeded
from ohmstead.services.witness import witness_address
from ohmstead.services.workers import Workers
from ohmstead.settings.schema import HomeNote, Notices, Settings, ThemeChoice
from ohmstead.settings.store import SettingsStore
from ohmstead.system.autostart import Autostart
from ohmstead.system.vault import Vault
from ohmstead.ui.application import Desktop
from ohmstead.ui.presenters.settings import SettingsOutcome, SettingsView, SheetReady, Task
from ohmstead.ui.qr_picture import Dropped, NoLabel, read_codes


@dataclass(frozen=True, slots=True)
class Keys:
    """A profile's open secrets and what keeps them safe."""

    vault: Vault
    safekeeping: Safekeeping = field(repr=False)


class AppSettings(QObject):
    """Implements ``SettingsController``. Main thread; coroutines belong to io.

    Signals:
        changed: other settings are in force.
    """

    changed = Signal(object)

    def __init__(
        self,
        desktop: Desktop,
        store: SettingsStore,
        io: IoLoop,
        workers: Workers,
        homes: AppHomes,
        data_folder: Path,
        autostart: Autostart,
        *,
        tray: bool,
    ) -> None:
        super().__init__()
        self._desktop, self._store, self._io, self._workers = desktop, store, io, workers
        self._homes, self._autostart = homes, autostart
        self._keys: Keys | None = None
        self._meter: bytes | None = None
        self._view = SettingsView(
            store.settings, data_folder=data_folder, tray=tray, languages=desktop.translations.languages()
        )
        desktop.bridge.subscribe(SettingsOutcome, self, self._came)
        self._run(self._ask_login())

    # ---- what the rest of the app tells -------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._store.settings

    def keys_opened(self, keys: Keys, *, has_keyring: bool) -> None:
        """The profile's secrets are open."""
        self._keys = keys
        self._show(locked=keys.vault.locked, has_keyring=has_keyring, demonstration=keys.vault.demonstration)

    def home_shown(self, meter: bytes, name: str, mark: str) -> None:
        """Another home is shown, or the same under another name."""
        self._meter = meter
        self._show(home_key=meter.hex(), home_name=name, mark=mark)

    def no_home(self) -> None:
        """No home is shown any more."""
        self._meter = None
        self._show(home_key="", home_name="", mark="")

    def say_witness(self, words: str) -> None:
        """What the witness answered last, in words."""
        self._show(witness_words=words)

    def remember(self, settings: Settings) -> None:
        """Other settings that the person did not set here: window, visits, the home shown."""
        self._save(settings)

    # ---- SettingsController: at once ----------------------------------------------------------

    def set_theme(self, choice: ThemeChoice) -> None:
        """See SettingsController."""
        self._desktop.look.theme.choose(choice)
        self._save(replace(self.settings, theme=choice))

    def set_language(self, code: str) -> None:
        """See SettingsController."""
        self._desktop.translations.use(code)
        self._save(replace(self.settings, language=code))
        self._desktop.wording.use(code, self.settings.region)

    def set_region(self, name: str) -> None:
        """See SettingsController."""
        self._save(replace(self.settings, region=name))
        self._desktop.wording.use(self.settings.language, name)

    def set_currency(self, code: str) -> None:
        """See SettingsController."""
        self._save(replace(self.settings, currency=code))

    def set_prices(self, price_micro_per_kwh: int | None, feed_in_micro_per_kwh: int | None) -> None:
        """See SettingsController."""
        self._save(
            replace(
                self.settings,
                price_micro_per_kwh=price_micro_per_kwh,
                feed_in_micro_per_kwh=feed_in_micro_per_kwh,
            )
        )

    def rename_home(self, name: str) -> None:
        """See SettingsController."""
        if self._meter is not None:
            note = replace(self.settings.note(self._meter), name=name.strip())
            self._save(self.settings.with_note(self._meter, note))

    def note_visit(self, meter: bytes, note: HomeNote) -> None:
        """Remember when a home was looked at last."""
        self._save(self.settings.with_note(meter, note))

    def set_notices(self, notices: Notices) -> None:
        """See SettingsController."""
        self._save(replace(self.settings, notices=notices))

    def set_keep_running(self, on: bool) -> None:
        """See SettingsController."""
        self._save(replace(self.settings, keep_running=on))

    def open_data_folder(self) -> None:
        """See SettingsController."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._view.data_folder)))

    def set_witness(self, address: str) -> None:
        """See SettingsController."""
        try:
            address = witness_address(address)
        except UserError as error:
            self._desktop.bridge.post(SettingsOutcome(Task.WITNESS, str(error)))
            return
        self._view = replace(self._view, witness_words="")
        self._save(replace(self.settings, witness=address))

    # ---- SettingsController: what takes a moment ----------------------------------------------

    def set_start_at_login(self, on: bool) -> None:
        """See SettingsController."""
        self._run(self._set_login(on))

    def backup(self, path: Path) -> None:
        """See SettingsController."""
        self._begin(Task.BACKUP, self._back_up(path), path.name)

    def restore(self, path: Path, words: str) -> None:
        """See SettingsController."""
        self._begin(
            Task.RESTORE,
            self._restore(lambda keys: keys.safekeeping.restore(path, words, time.time_ns())),
            str(path),
        )

    def restore_sheet(self, picture: Path, words: str) -> None:
        """See SettingsController."""
        self._begin(
            Task.RESTORE,
            self._restore(lambda keys: keys.safekeeping.take_sheet(_recovery_code(picture), words)),
            str(picture),
        )

    def recovery_sheet(self) -> None:
        """See SettingsController."""
        self._begin(Task.SHEET, self._make_sheet())

    def lock(self, passphrase: str) -> None:
        """See SettingsController."""
        self._begin(Task.LOCK, self._in_thread(lambda keys: keys.vault.lock(passphrase)))

    def unlock(self) -> None:
        """See SettingsController."""
        self._begin(Task.UNLOCK, self._in_thread(lambda keys: keys.vault.unlock()))

    def unpair(self) -> None:
        """See SettingsController."""
        self._begin(Task.UNPAIR, self._leave(lambda meter: self._homes.unpair(meter)))

    def erase(self) -> None:
        """See SettingsController."""
        self._begin(Task.ERASE, self._leave(lambda meter: self._homes.forget(meter, erase=True)))

    # ---- on io --------------------------------------------------------------------------------

    async def _back_up(self, path: Path) -> str:
        keys, meter = self._opened(), self._shown()
        session, name = self._homes.session, self.settings.note(meter).name
        home = session.home if session is not None else None
        if home is None:
            raise UserError("The home's file is not open. Open the home and try again.")
        write = partial(keys.safekeeping.back_up, home.mirror, meter, path, name)
        await asyncio.get_running_loop().run_in_executor(self._workers.db, write)
        return path.name

    async def _restore(self, bring: Callable[[Keys], Restored]) -> str:
        keys = self._opened()

        async def back() -> Pairing:
            restored = await asyncio.to_thread(bring, keys)
            await keys.safekeeping.keep(restored)
            names.append(restored.name)
            return restored.pairing

        names: list[str] = []
        await self._homes.bring_back(back)
        return names[0]

    async def _make_sheet(self) -> str:
        keys, meter = self._opened(), self._shown()
        name = self._view.home_name
        sheet = await asyncio.to_thread(keys.safekeeping.sheet, meter, name)
        self._desktop.bridge.post(SheetReady(sheet.words, sheet.qr, sheet.mark, sheet.name))
        return sheet.name

    async def _in_thread(self, work: Callable[[Keys], None]) -> str:
        await asyncio.to_thread(work, self._opened())
        return ""

    async def _leave(self, go: Callable[[bytes], Coroutine[Any, Any, None]]) -> str:
        name = self._view.home_name
        await go(self._shown())
        return name

    async def _ask_login(self) -> None:
        on = await asyncio.to_thread(_quietly, self._autostart.enabled)
        self._desktop.bridge.post(SettingsOutcome(Task.LOGIN, name="on" if on else "off"))

    async def _set_login(self, on: bool) -> None:
        try:
            await asyncio.to_thread(self._autostart.set, on)
        except ExternalError as error:
            self._desktop.bridge.post(SettingsOutcome(Task.LOGIN, str(error)))
        await self._ask_login()

    def _opened(self) -> Keys:
        if self._keys is None:
            raise UserError("The keys of this profile are not open yet.")
        return self._keys

    def _shown(self) -> bytes:
        if self._meter is None:
            raise UserError("No home is shown.")
        return self._meter

    # ---- plumbing -----------------------------------------------------------------------------

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._io.submit(work)

    def _begin(self, task: Task, work: Coroutine[Any, Any, str], name: str = "") -> None:
        """Runs one task at a time; its outcome is posted whatever happens."""
        if self._view.busy is not None:
            work.close()
            return
        self._show(busy=task)
        self._io.submit(self._tell(task, work, name))

    async def _tell(self, task: Task, work: Coroutine[Any, Any, str], name: str) -> None:
        post = self._desktop.bridge.post
        try:
            outcome = SettingsOutcome(task, name=await work)
        except (UserError, ExternalError, LinkError, VerificationError) as error:
            wants_words = isinstance(error, WordsNeeded)
            outcome = SettingsOutcome(
                task, "" if wants_words else str(error), name if wants_words else "", needs_words=wants_words
            )
        except Exception:
            post(SettingsOutcome(task, "Something went wrong that should not. The log says more."))
            raise
        post(outcome)

    def _came(self, outcome: SettingsOutcome) -> None:
        """A task came to its end: show what is so now."""
        if outcome.task is Task.LOGIN:
            if not outcome.error:
                self._show(start_at_login=outcome.name == "on")
            return
        keys = self._keys
        backed_up = self._view.backed_up_s
        if outcome.task is Task.BACKUP and not outcome.error:
            backed_up = int(time.time())
        self._show(
            busy=None if outcome.task is self._view.busy else self._view.busy,
            locked=keys is not None and keys.vault.locked,
            backed_up_s=backed_up,
        )

    def _save(self, settings: Settings) -> None:
        try:
            self._store.save(settings)
        except ExternalError as error:
            self._desktop.bridge.post(SettingsOutcome(Task.SAVE, str(error)))
            return
        self._show()
        self.changed.emit(settings)

    def _show(self, **changes: Any) -> None:
        self._view = replace(self._view, settings=self.settings, **changes)
        self._desktop.bridge.post(self._view)


def _recovery_code(picture: Path) -> str:
    """The text of a recovery sheet's code on a picture. Raises RecoveryRefused."""
    try:
        codes = read_codes(Dropped(picture))
    except NoLabel as error:
        raise RecoveryRefused(f"{picture.name} is no picture that can be read. Take another one.") from error
    found = next((code for code in codes if code.startswith(QR_PREFIX)), None)
    if found is None:
        raise RecoveryRefused(
            f"{picture.name} shows no recovery sheet. Photograph its code from straight above, close up."
        )
    return found


def _quietly(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except ExternalError:
        return False
