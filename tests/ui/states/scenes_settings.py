"""Settings: every section, what is under way, what came of it, and the dialogs that it opens."""

from __future__ import annotations

from dataclasses import replace

from ohmstead.ui.dialogs.crash import CrashSheet
from ohmstead.ui.presenters.settings import SettingsOutcome, SettingsView, SheetReady, Task
from tests.ui.states.scenes import scene
from tests.ui.states.studio import SETTINGS, VIEW, Studio

SHEET = SheetReady(
    ("abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract", "absurd", "abuse",
     "access", "accident"),
    "OHMSTEAD-RECOVERY:1:" + "ABCDEFGHJKMNPQRST234567" * 50,
    "3C9",
    "Orchard Lane 4",
)  # fmt: skip
REPORT = "\n".join(
    ["Ohmstead 0.1, Python 3.11, Qt 6.11, Linux", "", "Traceback (most recent call last):"]
    + [f'  File "ohmstead/ui/pages/page_{i}.py", line {i * 17}, in shown' for i in range(1, 14)]
    + ["ValueError: a slot before the first"]
)


def settings(s: Studio, section: int = 0, view: SettingsView = VIEW) -> None:
    s.show(s.files.year("month"), "settings")
    s.settings.show_view(view)
    s.settle()
    s.settings.go_to(section)
    s.settle()


def section(name: str, index: int, view: SettingsView = VIEW) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        settings(s, index, view)


section("settings-look", 0)
section("settings-prices", 2)
section("settings-notices", 4)
section("settings-data", 5)
section("settings-about", 8)
section("settings-busy", 5, replace(VIEW, busy=Task.BACKUP))
section("settings-locked", 5, replace(VIEW, locked=True, backed_up_s=1_749_000_000))
section("settings-no-keyring", 5, replace(VIEW, locked=True, has_keyring=False))
section("settings-no-tray", 4, replace(VIEW, tray=False, login=False))
section("settings-demonstration", 5, replace(VIEW, demonstration=True, home_name="Demonstration home"))
section("settings-no-home", 5, replace(VIEW, home_key="", home_name="", mark=""))
section(
    "settings-witness", 6,
    replace(VIEW, settings=replace(SETTINGS, witness="https://node.example"),
            witness_words="Knows the same history, asked 4 minutes ago."),
)  # fmt: skip


@scene("settings-witness-wrong")
def witness_wrong(s: Studio) -> None:
    settings(s, 6)
    s.settings.show_outcome(
        SettingsOutcome(
            Task.WITNESS,
            "A witness's address begins with https:// and names a host, such as https://witness.example.",
        )
    )


@scene("settings-price-wrong")
def price_wrong(s: Studio) -> None:
    from ohmstead.ui.widgets.entry import Entry

    settings(s, 2)
    entry = next(e for e in s.settings.findChildren(Entry))
    entry.edit.setText("dear")
    entry.edit.committed.emit("dear")
    s.later(lambda: entry.edit.committed.emit("31.4"))


@scene("settings-outcome")
def outcome(s: Studio) -> None:
    settings(s, 5, replace(VIEW, backed_up_s=s.now_s))
    s.settings.show_outcome(SettingsOutcome(Task.BACKUP, "", "Orchard Lane 4 2025-06-14.ohmstead"))


@scene("settings-undo")
def undo(s: Studio) -> None:
    settings(s, 3)
    s.settings._offer_back(s.words.tr("Renamed to {name}", name="The mill"), lambda: None)


@scene("settings-error")
def error(s: Studio) -> None:
    settings(s, 5)
    s.settings.show_outcome(
        SettingsOutcome(Task.BACKUP, "The disk is full: home.ohmstead could not be written.")
    )


@scene("dialog-passphrase")
def passphrase(s: Studio) -> None:
    settings(s, 5)
    s.press("Lock with a passphrase…")


@scene("dialog-passphrase-wrong")
def passphrase_wrong(s: Studio) -> None:
    settings(s, 5)
    s.press("Lock with a passphrase…")
    s.press("Seal the keys")


@scene("dialog-keyring")
def keyring(s: Studio) -> None:
    settings(s, 5, replace(VIEW, locked=True))
    s.press("Use the keyring…")


@scene("dialog-recovery-sheet")
def sheet(s: Studio) -> None:
    settings(s, 5)
    s.settings.show_sheet(SHEET)


@scene("dialog-ask-words")
def ask_words(s: Studio) -> None:
    settings(s, 5)
    s.settings.show_outcome(SettingsOutcome(Task.RESTORE, "", "/media/stick/home.ohmstead", needs_words=True))


@scene("dialog-ask-words-wrong")
def ask_words_wrong(s: Studio) -> None:
    settings(s, 5)
    s.settings.show_outcome(
        SettingsOutcome(
            Task.RESTORE,
            "The words do not open it. Compare them with the sheet.",
            "home.ohmstead",
            needs_words=True,
        )
    )
    s.press("Open the backup")


@scene("dialog-unpair")
def unpair(s: Studio) -> None:
    settings(s, 7)
    s.press("Unpair…")


@scene("dialog-erase")
def erase(s: Studio) -> None:
    settings(s, 7)
    s.press("Erase…")


@scene("menu-restore")
def restore(s: Studio) -> None:
    settings(s, 5)
    s.press("Restore…")


@scene("dialog-crash")
def crash(s: Studio) -> None:
    s.show(s.files.year("month"), "home")
    made = CrashSheet(s.look, s.words, s.window, REPORT)
    made.open()
    s.later(made.deleteLater)
