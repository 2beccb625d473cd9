"""The sections of Settings about the home's data and keys, the cross-check, leaving, and what Ohmstead is.

What cannot be undone asks first. Not here: doing any of it (the controller).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

import ohmstead
from ohmstead.settings.schema import MAX_TEXT
from ohmstead.ui.dialogs.confirm import Confirm, ask
from ohmstead.ui.dialogs.passphrase import NewPassphrase
from ohmstead.ui.dialogs.recovery import AskWords
from ohmstead.ui.pages.settings_parts import Desk, Section, SettingRow, beside
from ohmstead.ui.presenters.periods import as_date
from ohmstead.ui.presenters.settings import EXCLUSIVE, SettingsView
from ohmstead.ui.presenters.settings_words import backup_words, busy_reason, lock_words, witness_words
from ohmstead.ui.widgets.base import holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.entry import Entry
from ohmstead.ui.widgets.menu import Menu

SUFFIX = "ohmstead"
PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp"


class DataSection:
    """The folder, backups, the recovery sheet, the passphrase."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._folder = Button(look, tr("Open folder"))
        self._back_up = Button(look, tr("Back up…"))
        self._restore = Button(look, tr("Restore…"))
        self._sheet = Button(look, tr("Recovery sheet…"))
        self._lock = Button(look, tr("Lock with a passphrase…"))
        self._unlock = Button(look, tr("Use the keyring…"))
        self._menu = Menu(look, self._restore)
        self._menu.add(tr("From a backup…"), self.ask_backup, icon="document")
        self._menu.add(tr("From a recovery sheet…"), self._ask_picture, icon="qr")
        self._folder.clicked.connect(desk.controller.open_data_folder)
        self._back_up.clicked.connect(self.ask_target)
        self._restore.clicked.connect(self._open_menu)
        self._sheet.clicked.connect(desk.controller.recovery_sheet)
        self._lock.clicked.connect(self._ask_passphrase)
        self._unlock.clicked.connect(self._ask_unlock)
        why = tr(
            "Twelve words and a code on paper. With them another computer can read this home, and backups open."
        )
        self._folder_row = SettingRow(look, tr("Where the data lies"), "", self._folder)
        self._backup_row = SettingRow(look, tr("Backup"), "", beside(self._back_up, self._restore))
        self._lock_row = SettingRow(look, tr("Keys"), "", beside(self._lock, self._unlock))
        rows = [
            self._folder_row, self._backup_row, SettingRow(look, tr("Recovery sheet"), why, self._sheet),
            self._lock_row,
        ]  # fmt: skip
        self.widget = Section(look, "data", tr("Data and safety"), rows)

    def show_view(self, view: SettingsView) -> None:
        """Show where things lie and what can be done now."""
        self._view = view
        words = self._desk.words
        self._folder_row.show_words(str(view.data_folder))
        self._backup_row.show_words(backup_words(view, self._desk.today(), words))
        self._lock_row.show_words(lock_words(view, words))
        self._lock.setText(
            words.tr("Another passphrase…") if view.locked else words.tr("Lock with a passphrase…")
        )
        self._lock.updateGeometry()
        self._unlock.setVisible(view.locked and view.has_keyring and not view.demonstration)
        reason = busy_reason(view, words) if view.busy in EXCLUSIVE else ""
        no_home = "" if view.home_key else words.tr("There is no home to do this with.")
        demo = words.tr("The demonstration's keys need no lock.") if view.demonstration else ""
        for button, why in (
            (self._back_up, reason or no_home),
            (self._restore, reason),
            (self._sheet, reason or no_home),
            (self._lock, reason or demo),
            (self._unlock, reason),
        ):
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def restore(self, path: Path, problem: str = "") -> None:
        """Ask for the words of a backup's sheet, and try it with them."""
        sheet = AskWords(self._desk.look, self._desk.words, self._desk.over(), path.name, problem)
        _once(sheet, lambda: self._desk.controller.restore(path, sheet.typed))

    # ---- asking -------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        self._menu.open_below(self._restore)

    def can_back_up(self) -> bool:
        """Whether there is a home to back up, and nothing else under way with it."""
        return self._back_up.isEnabled()

    def ask_target(self) -> None:
        """Ask where the backup goes, and write it."""
        day = as_date(self._desk.today())
        name = f"{self._view.home_name or self._desk.words.tr('Home')} {day.isoformat()}.{SUFFIX}"
        title = self._desk.words.tr("Back up this home")
        self._pick(title, f"*.{SUFFIX}", self._desk.controller.backup, save=name.replace("/", "-"))

    def ask_backup(self) -> None:
        """Ask which backup to bring back, and check it."""

        def start(path: Path) -> None:
            self._desk.controller.restore(path, "")

        self._pick(self._desk.words.tr("Choose a backup"), f"*.{SUFFIX}", start)

    def _ask_picture(self) -> None:
        tr = self._desk.words.tr

        def words(path: Path) -> None:
            what = tr("The code holds this home's keys, sealed by the sheet's words.")
            sheet = AskWords(self._desk.look, self._desk.words, self._desk.over(), path.name, what)
            _once(sheet, lambda: self._desk.controller.restore_sheet(path, sheet.typed))

        self._pick(tr("Choose a picture of the sheet's code"), PICTURES, words)

    def _pick(self, title: str, kinds: str, then: Callable[[Path], object], save: str = "") -> None:
        dialog = QFileDialog(self._desk.over(), title)
        dialog.setNameFilter(kinds)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(SUFFIX)
            dialog.selectFile(save)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_passphrase(self) -> None:
        sheet = NewPassphrase(self._desk.look, self._desk.words, self._desk.over())
        _once(sheet, lambda: self._desk.controller.lock(sheet.passphrase))

    def _ask_unlock(self) -> None:
        tr = self._desk.words.tr
        ask(
            Confirm(
                self._desk.look,
                self._desk.words,
                self._desk.over(),
                tr("Put the keys into the keyring?"),
                tr(
                    "The passphrase is then no longer asked for. Whoever is logged in as you can open this home."
                ),
                tr("Use the keyring"),
            ),
            self._desk.controller.unlock,
        )


class CheckingSection(QObject):
    """The independent node that is asked about the history.

    Signals:
        reading_wanted: a document is to be read, by its name.
    """

    reading_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._address = Entry(look, tr("Witness"), wide=250)
        self._address.edit.setMaxLength(MAX_TEXT)
        self._address.edit.setPlaceholderText(tr("https://node.example"))
        self._address.edit.committed.connect(self._take)
        self._row = SettingRow(look, tr("Witness"), "", self._address)
        how = Button(look, tr("How is this checked?"), "link")
        how.clicked.connect(lambda: self.reading_wanted.emit("help"))
        self.widget = Section(look, "checking", tr("Checking"), [self._row, holder(row(how, None))])

    def show_view(self, view: SettingsView) -> None:
        """Show the address, unless it is being typed, and what the witness said."""
        self._view = view
        if not self._address.edit.hasFocus():
            self._address.edit.show_text(view.settings.witness)
        self._row.show_words(witness_words(view, self._desk.words))

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the address, empty for nothing."""
        self._row.show_error(problem)
        self._address.mark_wrong(bool(problem))

    def _take(self, address: str) -> None:
        before = self._view.settings.witness
        self.show_problem("")
        self._desk.controller.set_witness(address.strip())
        if before and not address.strip():
            said = self._desk.words.tr("No witness is asked any more")
            self._desk.offer_back(said, lambda: self._desk.controller.set_witness(before))


class LeaveSection:
    """Unpairing and erasing."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._unpair = Button(look, tr("Unpair…"), "danger")
        self._erase = Button(look, tr("Erase…"), "danger")
        self._unpair.clicked.connect(self._ask_unpair)
        self._erase.clicked.connect(self._ask_erase)
        self.widget = Section(
            look,
            "leave",
            tr("Leave"),
            [
                SettingRow(
                    look, tr("Unpair this meter"),
                    tr("The meter forgets this computer. What is here stays and can still be looked at."),
                    self._unpair,
                ),
                SettingRow(
                    look, tr("Erase this home"),
                    tr("Deletes its history, its keys and its settings from this computer."),
                    self._erase,
                ),
            ],
        )  # fmt: skip

    def show_view(self, view: SettingsView) -> None:
        """Show what can be left."""
        self._view = view
        words = self._desk.words
        reason = busy_reason(view, words) if view.busy in EXCLUSIVE else ""
        why = reason or ("" if view.home_key else words.tr("There is no home to leave."))
        for button in (self._unpair, self._erase):
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def _name(self) -> str:
        return self._view.home_name or self._desk.words.tr("this home")

    def _ask_unpair(self) -> None:
        tr = self._desk.words.tr
        consequence = tr(
            "No new readings come to this computer after that. To read it again, somebody has to stand at the "
            "meter and pair anew."
        )
        ask(
            Confirm(self._desk.look, self._desk.words, self._desk.over(),
                    tr("Unpair the meter of {name}?", name=self._name()), consequence, tr("Unpair"), danger=True),
            self._desk.controller.unpair,
        )  # fmt: skip

    def _ask_erase(self) -> None:
        tr = self._desk.words.tr
        consequence = tr(
            "Its readings can be had again from the meter, as long as the meter keeps them. Its keys only come "
            "back from a backup or a recovery sheet."
        )
        if self._view.backed_up_s is None:
            consequence = tr("There is no backup on this computer. {rest}", rest=consequence)
        ask(
            Confirm(self._desk.look, self._desk.words, self._desk.over(),
                    tr("Erase {name} from this computer?", name=self._name()), consequence, tr("Erase"),
                    danger=True, retype=tr("erase")),
            self._desk.controller.erase,
        )  # fmt: skip


class AboutSection(QObject):
    """What Ohmstead is, whose work is in it, and that it sends nothing.

    Signals:
        reading_wanted: a document is to be read, by its name.
    """

    reading_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        tr, look = desk.words.tr, desk.look
        links = []
        for name, label in (
            ("help", tr("How is this checked?")),
            ("threats", tr("Who could cheat")),
            ("protocol", tr("The protocol")),
            ("credits", tr("Credits and licences")),
        ):
            link = Button(look, label, "link")
            link.clicked.connect(lambda *_, name=name: self.reading_wanted.emit(name))
            links.append(link)
        version = tr(
            "Version {version}. Free software under the Apache License 2.0.", version=ohmstead.__version__
        )
        silent = tr(
            "Ohmstead sends nothing by itself: no statistics, no crash reports, no updates. It talks to your "
            "meter by Bluetooth, and to a witness if you name one."
        )
        self.widget = Section(
            look,
            "about",
            tr("About"),
            [
                SettingRow(look, "Ohmstead", version, None),
                SettingRow(look, tr("Privacy"), silent, None),
                holder(row(*links, None, gap=24)),
            ],
        )

    def show_view(self, view: SettingsView) -> None:
        """Nothing here depends on settings."""


def _once(sheet: NewPassphrase | AskWords, then: Callable[[], object]) -> None:
    """Open a sheet; run ``then`` if it is agreed to; it goes when it is closed."""

    def answered(agreed: bool) -> None:
        if agreed:
            then()
        sheet.deleteLater()

    sheet.finished.connect(answered)
    sheet.open()


def first_control(section: QWidget) -> QWidget | None:
    """The first control of a section that takes the keyboard."""
    for part in section.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisibleTo(section):
            return part
    return None
