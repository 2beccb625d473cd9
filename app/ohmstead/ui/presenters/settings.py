"""What the Settings page shows and asks for: frozen values, and the controller that it talks to. Qt-free.

The page calls the controller at once on every change; what came of it arrives as posted ``SettingsView`` and
``SettingsOutcome``. Not here: its sentences (``presenters.settings_words``), doing any of it (``services``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from ohmstead.settings.schema import Notices, Settings, ThemeChoice


class Task(Enum):
    """Work that takes a moment and can fail."""

    BACKUP = "backup"
    RESTORE = "restore"
    SHEET = "sheet"
    LOCK = "lock"
    UNLOCK = "unlock"
    WITNESS = "witness"
    LOGIN = "login"
    UNPAIR = "unpair"
    ERASE = "erase"
    SAVE = "save"  # writing the settings themselves


@dataclass(frozen=True, slots=True)
class SettingsView:
    """All that the page shows. Times in UTC seconds.

    ``home_key`` is the current home's meter in hex, empty for none; ``mark`` its mark. ``has_keyring``: secrets
    can lie in the system's keyring; ``locked``: they lie in a file sealed by a passphrase. ``tray`` and ``login``
    say whether this system has such a thing. ``busy`` is the work under way. ``languages`` are (code, own name).
    """

    settings: Settings = field(default_factory=Settings)
    home_key: str = ""
    home_name: str = ""
    mark: str = ""
    demonstration: bool = False
    data_folder: Path = Path()
    has_keyring: bool = True
    locked: bool = False
    tray: bool = True
    login: bool = True
    start_at_login: bool = False
    backed_up_s: int | None = None
    witness_words: str = ""
    languages: Sequence[tuple[str, str]] = (("en", "English"),)
    busy: Task | None = None


@dataclass(frozen=True, slots=True)
class SettingsOutcome:
    """What came of a task. ``error`` is the sentence to show, empty when it was done; ``name`` a file's or a
    home's.

    ``needs_words``: the backup opens only with the twelve words of its recovery sheet; ask, and try again
    with the path in ``name``.
    """

    task: Task
    error: str = ""
    name: str = ""
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class SheetReady:
    """The recovery sheet to show and print: twelve words, the sealed keys as a QR code's text."""

    words: Sequence[str] = field(repr=False)
    qr: str = field(repr=False)
    mark: str
    name: str


class SettingsController(Protocol):
    """Takes every change at once. Called on main; returns at once; answers by posting."""

    def set_theme(self, choice: ThemeChoice) -> None:
        """Light, dark, or as the system."""

    def set_language(self, code: str) -> None:
        """The window's language; empty to follow the system."""

    def set_region(self, name: str) -> None:
        """Numbers and dates as in this region (``de_AT``); empty to follow the system."""

    def set_currency(self, code: str) -> None:
        """The currency of prices."""

    def set_prices(self, price_micro_per_kwh: int | None, feed_in_micro_per_kwh: int | None) -> None:
        """What a kWh costs and what feed-in pays, in µ; None for not given."""

    def rename_home(self, name: str) -> None:
        """The current home's name; empty for its usual one."""

    def set_notices(self, notices: Notices) -> None:
        """Which notices are wanted."""

    def set_keep_running(self, on: bool) -> None:
        """Stay in the tray when the window is closed."""

    def set_start_at_login(self, on: bool) -> None:
        """Start with the session."""

    def open_data_folder(self) -> None:
        """Show the folder in the system's file manager."""

    def backup(self, path: Path) -> None:
        """Write a checked backup of the current home."""

    def restore(self, path: Path, words: str) -> None:
        """Bring a home back from a backup; ``words`` of its sheet where this computer does not know it."""

    def restore_sheet(self, picture: Path, words: str) -> None:
        """Bring a home's keys back from a picture of its recovery sheet's code, opened by its twelve words."""

    def recovery_sheet(self) -> None:
        """Make the sheet; answers ``SheetReady``."""

    def lock(self, passphrase: str) -> None:
        """Seal the keys by a passphrase instead of the keyring; or by another one."""

    def unlock(self) -> None:
        """Put the keys back into the keyring."""

    def set_witness(self, address: str) -> None:
        """The independent ledger node to ask; empty for none."""

    def unpair(self) -> None:
        """Have the meter forget this computer; the history stays."""

    def erase(self) -> None:
        """Delete the current home's history, keys and settings from this computer."""


#: Tasks that need the home's file or keys for themselves: one at a time.
EXCLUSIVE = (Task.BACKUP, Task.RESTORE, Task.SHEET, Task.LOCK, Task.UNLOCK, Task.UNPAIR, Task.ERASE)
