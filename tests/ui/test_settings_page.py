"""Settings in the real window: every control asks the controller at once, and shows what is in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.settings.schema import Notices, Settings
from ohmstead.ui.dialogs.confirm import Confirm
from ohmstead.ui.dialogs.passphrase import NewPassphrase
from ohmstead.ui.dialogs.recovery import AskWords, RecoverySheetDialog
from ohmstead.ui.pages.settings_page import SettingsPage
from ohmstead.ui.presenters.settings import SettingsOutcome, SettingsView, SheetReady, Task
from ohmstead.ui.recovery_paper import draw_paper, paper
from ohmstead.ui.regional import REGIONS, RegionalWording, month_first, regions
from ohmstead.ui.widgets.entry import Entry
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.sheet import Over
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.toast import Toast
from ohmstead.ui.wording import QtWording
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.conftest import Stage

VIEW = SettingsView(
    Settings(price_micro_per_kwh=314_000),
    "aa",
    "Orchard Lane 4",
    "3C9",
    data_folder=Path("/data/anna/ohmstead"),
)
SHEET = SheetReady(
    ("abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract", "absurd", "abuse",
     "access", "accident"),
    "OHMSTEAD-RECOVERY:1:" + "ABCDEFGHJKMNPQRST234567" * 50,
    "3C9",
    "Orchard Lane 4",
)  # fmt: skip


class Controller:
    """Implements ``SettingsController`` in memory: keeps what was asked, and posts what follows from it."""

    def __init__(self, stage: Stage) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.view = VIEW
        self._stage = stage

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *values: self.asked.append((name, *values))

    def post(self, view: SettingsView | SettingsOutcome | SheetReady) -> None:
        self._stage.desktop.bridge.post(view)
        QApplication.processEvents()

    def set_prices(self, price: int | None, feed_in: int | None) -> None:
        self.asked.append(("set_prices", price, feed_in))
        settings = replace(self.view.settings, price_micro_per_kwh=price, feed_in_micro_per_kwh=feed_in)
        self.view = replace(self.view, settings=settings)
        self.post(self.view)

    def rename_home(self, name: str) -> None:
        self.asked.append(("rename_home", name))
        self.view = replace(self.view, home_name=name)
        self.post(self.view)


class Rig:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.window = stage, stage.window
        self.controller = Controller(stage)
        self.page: SettingsPage = stage.window.add_settings(self.controller)
        self.controller.post(VIEW)

    def part(self, kind: type[QWidget], name: str) -> Any:
        (found,) = [
            w for w in self.page.findChildren(kind)
            if name in (w.accessibleName(), getattr(getattr(w, "edit", None), "accessibleName", str)())
        ]  # fmt: skip
        return found

    def button(self, name: str, root: QWidget | None = None) -> QAbstractButton:
        (found,) = [
            b for b in (root or self.page).findChildren(QAbstractButton)
            if (b.accessibleName() or b.text()) == name and b.isVisible()
        ]  # fmt: skip
        return found

    def says(self, words: str, root: QWidget | None = None) -> bool:
        labels = (root or self.page).findChildren(QLabel)
        return any(words in (label.accessibleName() or label.text()) for label in labels if label.isVisible())

    def over(self, kind: type[Over]) -> Any:
        (found,) = [o for o in self.window.findChildren(kind) if o.isVisible()]
        return found


@pytest.fixture
def rig(stage: Stage, qtbot: QtBot) -> Iterator[Rig]:
    stage.desktop.look.theme.keep_still(True)
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    made = Rig(stage)
    stage.window.show_page("settings")
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    yield made
    stage.desktop.look.theme.choose("light")


def test_it_shows_what_is_in_force(rig: Rig) -> None:
    assert rig.part(Entry, "What you pay").edit.text() == "31.4"
    assert rig.part(Entry, "What feed-in pays").edit.text() == ""
    assert rig.part(Entry, "Name").edit.text() == "Orchard Lane 4"
    assert rig.says("3C9")
    assert rig.says("/data/anna/ohmstead")
    assert rig.says("1\u202f234.56 kWh, 31.4 ct, Saturday 14 June 2025. Weeks begin on Monday.")


def test_choices_are_asked_for_at_once(rig: Rig, qtbot: QtBot) -> None:
    qtbot.mouseClick(rig.button("Dark"), Qt.MouseButton.LeftButton)
    region = rig.part(Select, "Region")
    region._take([name for name, _ in regions()].index("de_DE") + 1)
    assert rig.says("1\u202f234,56 kWh, 31,4 ct")
    rig.part(Select, "Currency")._take(1)
    qtbot.mouseClick(rig.part(Switch, "The meter is silent"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(rig.part(Switch, "Start with this computer"), Qt.Key.Key_Space)
    qtbot.keyClick(rig.part(Switch, "Keep running when the window is closed"), Qt.Key.Key_Space)
    qtbot.mouseClick(rig.button("Open folder"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rig.button("Recovery sheet…"), Qt.MouseButton.LeftButton)
    assert rig.controller.asked == [
        ("set_theme", "dark"),
        ("set_region", "de_DE"),
        ("set_currency", "GBP"),
        ("set_notices", Notices(meter_silent=False)),
        ("set_start_at_login", True),
        ("set_keep_running", True),
        ("open_data_folder",),
        ("recovery_sheet",),
    ]


def test_a_price_is_typed_as_people_type_it(rig: Rig, qtbot: QtBot) -> None:
    pay, feed = rig.part(Entry, "What you pay").edit, rig.part(Entry, "What feed-in pays").edit
    feed.setFocus()
    qtbot.keyClicks(feed, "7,9 ct")
    qtbot.keyClick(feed, Qt.Key.Key_Return)
    assert rig.controller.asked == [("set_prices", 314_000, 79_000)]
    assert feed.text() == "7,9 ct"  # what has the keyboard is left alone
    pay.setFocus()
    pay.selectAll()
    qtbot.keyClicks(pay, "dear")
    qtbot.keyClick(pay, Qt.Key.Key_Return)
    assert rig.says("Type a price like 31.4 ct.")
    assert len(rig.controller.asked) == 1
    qtbot.keyClicks(pay, "x")
    assert not rig.says("Type a price like")
    pay.clear()
    qtbot.keyClick(pay, Qt.Key.Key_Return)
    assert rig.controller.asked[-1] == ("set_prices", None, 79_000)


def test_renaming_can_be_undone(rig: Rig, qtbot: QtBot) -> None:
    name = rig.part(Entry, "Name").edit
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "  The   mill ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert rig.controller.asked == [("rename_home", "The mill")]
    (toast,) = rig.page.findChildren(Toast)
    assert toast.accessibleName() == "Renamed to The mill"
    assert toast.action is not None
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert rig.controller.asked[-1] == ("rename_home", "Orchard Lane 4")
    name.clearFocus()
    rig.controller.post(rig.controller.view)
    assert name.text() == "Orchard Lane 4"


def test_a_witness_that_will_not_do_is_told_under_its_field(rig: Rig, qtbot: QtBot) -> None:
    address = rig.part(Entry, "Witness").edit
    address.setFocus()
    qtbot.keyClicks(address, "node")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    assert rig.controller.asked == [("set_witness", "node")]
    rig.controller.post(SettingsOutcome(Task.WITNESS, "An address begins with https://."))
    assert rig.says("An address begins with https://.")
    rig.controller.post(SettingsOutcome(Task.WITNESS))
    assert not rig.says("An address begins")


def test_work_under_way_keeps_other_work_waiting_and_says_why(rig: Rig) -> None:
    rig.controller.post(replace(VIEW, busy=Task.BACKUP))
    for name in ("Back up…", "Restore…", "Recovery sheet…", "Lock with a passphrase…", "Unpair…", "Erase…"):
        assert not rig.button(name).isEnabled()
        assert rig.button(name).toolTip() == "A backup is being written."
    assert rig.says("The copy is written and checked…")
    rig.controller.post(VIEW)
    assert rig.button("Back up…").isEnabled()


def test_outcomes_are_a_toast_or_a_banner(rig: Rig, qtbot: QtBot) -> None:
    rig.controller.post(SettingsOutcome(Task.BACKUP, "", "home.ohmstead"))
    (toast,) = rig.page.findChildren(Toast)
    assert toast.accessibleName() == "Backed up to home.ohmstead"
    rig.controller.post(SettingsOutcome(Task.BACKUP, "The disk is full."))
    assert rig.says("The backup was not written")
    assert rig.says("The disk is full.")
    qtbot.mouseClick(rig.button("Close"), Qt.MouseButton.LeftButton)
    assert not rig.says("The disk is full.")


def test_a_backup_of_an_unknown_home_asks_for_its_words(rig: Rig, qtbot: QtBot) -> None:
    rig.controller.post(SettingsOutcome(Task.RESTORE, "", "/media/stick/home.ohmstead", needs_words=True))
    sheet = rig.over(AskWords)
    assert rig.says("home.ohmstead was made for a home", sheet)
    qtbot.keyClicks(QApplication.focusWidget(), "abandon ability")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert rig.says("These are 2 words; the sheet has twelve.", sheet)
    qtbot.keyClicks(QApplication.focusWidget(), "  " + " ".join(["able"] * 10))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    typed = "abandon ability " + " ".join(["able"] * 10)
    assert rig.controller.asked == [("restore", Path("/media/stick/home.ohmstead"), typed)]


def test_locking_and_going_back_to_the_keyring(rig: Rig, qtbot: QtBot) -> None:
    qtbot.mouseClick(rig.button("Lock with a passphrase…"), Qt.MouseButton.LeftButton)
    sheet = rig.over(NewPassphrase)
    for _ in range(2):
        qtbot.keyClicks(QApplication.focusWidget(), "correct horse")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert rig.controller.asked == [("lock", "correct horse")]
    rig.controller.post(replace(VIEW, locked=True))
    qtbot.mouseClick(rig.button("Use the keyring…"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rig.button("Use the keyring", rig.over(Confirm)), Qt.MouseButton.LeftButton)
    assert rig.controller.asked[-1] == ("unlock",)


def test_leaving_asks_first(rig: Rig, qtbot: QtBot) -> None:
    qtbot.mouseClick(rig.button("Unpair…"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # the way back has the keyboard
    assert rig.controller.asked == []
    qtbot.mouseClick(rig.button("Erase…"), Qt.MouseButton.LeftButton)
    sheet = rig.over(Confirm)
    assert rig.says("There is no backup on this computer.", sheet)
    qtbot.keyClicks(QApplication.focusWidget(), "erase")
    qtbot.mouseClick(rig.button("Erase", sheet), Qt.MouseButton.LeftButton)
    assert rig.controller.asked == [("erase",)]


def test_without_a_home_there_is_nothing_to_back_up_or_leave(rig: Rig) -> None:
    rig.controller.post(replace(VIEW, home_key="", home_name="", mark=""))
    for name in ("Back up…", "Recovery sheet…", "Unpair…", "Erase…"):
        assert not rig.button(name).isEnabled()
        assert rig.button(name).toolTip()
    assert rig.button("Restore…").isEnabled()


def test_the_recovery_sheet_is_shown_and_saved_for_its_owner_alone(
    rig: Rig, qtbot: QtBot, tmp_path: Path
) -> None:
    rig.controller.post(SHEET)
    dialog = rig.over(RecoverySheetDialog)
    dialog.save("/proc/none/sheet.pdf")
    assert rig.says("The sheet was not written", dialog)
    with qtbot.waitSignal(dialog.saved, check_params_cb=lambda name: name == "sheet.pdf"):
        dialog.save(str(tmp_path / "sheet.pdf"))
    file = tmp_path / "sheet.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not dialog.isVisible()


def test_the_code_on_the_paper_is_read_by_a_scanner(rig: Rig) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    look = rig.stage.desktop.look
    look.theme.choose("dark")  # paper is white in any theme
    image = QImage(1240, 1754, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.translate(100, 100)
    painter.scale(2.0, 2.0)
    draw_paper(look.brush(painter), look, QtWording(), SHEET, 520)
    painter.end()
    (found,) = zxingcpp.read_barcodes(
        memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    )
    assert found.text == SHEET.qr
    assert paper(look, QtWording(), SHEET).startswith(b"%PDF-")


def test_the_list_leads_to_sections_and_follows_the_page(rig: Rig, qtbot: QtBot) -> None:
    marked = rig.button("Appearance")
    assert marked.isChecked()
    data = rig.button("Data and safety")
    qtbot.mouseClick(data, Qt.MouseButton.LeftButton)
    assert rig.page._scroll.verticalScrollBar().value() > 300
    assert data.isChecked()
    rig.page._scroll.verticalScrollBar().setValue(0)
    assert rig.button("Appearance").isChecked()
    rig.page._scroll.verticalScrollBar().setValue(rig.page._scroll.verticalScrollBar().maximum())
    assert rig.button("About").isChecked()
    rig.page.take_focus()
    assert QApplication.focusWidget() is rig.button("About")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is rig.button("Unpair…")


def test_every_control_is_reached_by_tab_and_has_a_name(rig: Rig, qtbot: QtBot) -> None:
    rig.page.take_focus()
    seen: set[str] = set()
    for _ in range(80):
        now = QApplication.focusWidget()
        assert now is not None
        if rig.page.isAncestorOf(now):
            assert now.accessibleName() or getattr(now, "text", str)(), now
        seen.add(now.accessibleName())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert {"Dark", "Light", "As the system"} & seen
    assert {
        "Region", "Currency", "What you pay", "Name", "The meter is silent", "Open folder", "Back up…",
        "Recovery sheet…", "Witness", "Unpair…", "Erase…", "Credits and licences",
    } <= seen  # fmt: skip


def test_light_and_dark_from_any_page(rig: Rig) -> None:
    rig.window.show_page("usage")
    names = [c.name for c in rig.window.commands() if c.name.startswith("settings.look.") and c.enabled()]
    assert names == ["settings.look.light", "settings.look.dark"]
    next(c for c in rig.window.commands() if c.name == "settings.look.dark").run()
    assert rig.controller.asked == [("set_theme", "dark")]


def test_documents_open_from_here(rig: Rig, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rig.window.reader.shown):
        qtbot.mouseClick(rig.button("Credits and licences"), Qt.MouseButton.LeftButton)
    assert "SIL Open Font License" in rig.window.reader.reading.toPlainText()
    rig.window.reader.left.emit()
    assert rig.page.isVisible()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
@pytest.mark.parametrize("dark", [False, True])
def test_longer_words_fit_in_every_window(rig: Rig, size: tuple[int, int], dark: bool) -> None:
    rig.stage.desktop.look.theme.choose("dark" if dark else "light")
    page = SettingsPage(rig.stage.desktop.look, LongWording(), rig.controller, lambda: rig.stage.now_s)
    rig.window.add_page("long", "settings", "Long", page, low=True)
    page.show_view(replace(VIEW, busy=Task.BACKUP if dark else None, locked=not dark))
    page.show_outcome(
        SettingsOutcome(Task.LOCK, "The keyring does not answer, and that for quite a while now.")
    )
    rig.window.resize(*size)
    rig.window.show_page("long")
    QApplication.processEvents()
    assert faults(page) == []
    assert beyond(rig.window) == []


def test_regions_have_names_and_orders() -> None:
    names = [words for _, words in regions()]
    assert len(set(names)) == len(REGIONS)
    assert names == sorted(names)
    assert month_first("en_US")
    assert not month_first("de_DE")


def test_words_of_one_place_and_numbers_of_another(qapp: QApplication, qtbot: QtBot) -> None:
    words = RegionalWording("en_GB", "de_DE")
    assert words.number(1234.5, 1) == "1\u202f234,5"
    assert words.day(20_099, weekday=True, year=True) == "Saturday 11 January 2025"
    with qtbot.waitSignal(words.told.changed):
        words.use("it_IT", "en_US")
    assert (words.number(0.5, 1), words.first_weekday) == ("0.5", 7)
    assert words.month(2025, 1) == "gennaio 2025"
    assert words.count(2, "{n} day", "{n} days") == "2 days"
    assert QLocale("en_GB").language() == QLocale.Language.English
