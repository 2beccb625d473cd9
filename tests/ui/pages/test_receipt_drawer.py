"""The receipt drawer on a mirror that proves: the chart's numbers, walking, saving, and what was changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ohmstead.cli.main import run
from ohmstead.ui.pages.receipt_drawer import ReceiptDrawer
from ohmstead.ui.pages.receipt_offline import OfflineSheet
from ohmstead.ui.pages.receipt_parts import Chain, ProofPath
from ohmstead.ui.pages.receipt_place import ReceiptPlace
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.receipt_data import EvidenceWanted, MirrorReceipts
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageRequest
from ohmstead.ui.widgets.text import Text
from tests.helpers.ledger import FIRST_HOUR
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.pages.conftest import Rig, button, words_on, wrongly_coloured
from tests.ui.plain_words import PlainWords
from tests.ui.proven_home import FIRST, ProvenHome

SLOT = FIRST + 4 * 22 + 1


@pytest.fixture
def drawer(rig: Rig, proven: ProvenHome) -> ReceiptDrawer:
    rig.now_s = proven.now_s
    made = rig.make(ReceiptDrawer)
    made.set_source(proven.receipts())
    rig.shown(made, lambda: made.show_slot(SLOT))
    return made


def part(page: QWidget, kind: type[QWidget]) -> QWidget:
    (found,) = page.findChildren(kind)
    return found


def amounts(drawer: ReceiptDrawer) -> dict[str, float]:
    assert drawer.view is not None
    return {words: float(number) for number, words in drawer.view.amounts}


def test_its_numbers_are_those_of_the_bar(drawer: ReceiptDrawer, rig: Rig, proven: ProvenHome) -> None:
    day = FIRST // 96
    request = UsageRequest(Span.DAY, day, False, 1, rig.now_s)
    chart = present(MirrorUsage(proven.path).load(request), PlainWords()).chart
    assert chart is not None
    for bar in (0, 37, 95):
        rig.shown(drawer, lambda at=bar: drawer.show_slot(FIRST + at))
        found = amounts(drawer)
        made = found["kWh made by the sun"]
        assert found["kWh from the grid"] == pytest.approx(float(chart.grid[bar]))
        assert found["kWh sold"] == pytest.approx(float(chart.sold[bar]))
        assert max(made - found["kWh sold"], 0) == pytest.approx(float(chart.sun[bar]))
    rig.shown(drawer, lambda: drawer.show_slot(FIRST + 5))
    assert np.isclose(chart.grid[5], 0)  # a gap is no zero: the receipt names it instead
    assert amounts(drawer) == {}
    assert "says so itself" in words_on(drawer)


def test_all_stations_and_the_path_are_spoken(drawer: ReceiptDrawer) -> None:
    said = part(drawer, Chain).accessibleName()
    for words in (
        "Measured by your meter",
        "ed25519",
        "In page 22",
        "4 of 4 validators",
        "just now, all of it",
    ):
        assert words in said
    assert "6 steps from this page to the root" in part(drawer, ProofPath).accessibleName()


def test_arrows_walk_the_quarter_hours(drawer: ReceiptDrawer, rig: Rig) -> None:
    moved: list[int] = []
    drawer.moved.connect(moved.append)
    drawer.take_focus()
    rig.shown(drawer, lambda: rig.qtbot.keyClick(drawer, Qt.Key.Key_Right))
    assert drawer.view is not None
    assert drawer.view.title.endswith("22:30 – 22:45")
    rig.shown(drawer, lambda: rig.qtbot.keyClick(drawer, Qt.Key.Key_Left))
    back = button(drawer, "The quarter hour before")
    rig.shown(drawer, lambda: rig.qtbot.mouseClick(back, Qt.MouseButton.LeftButton))
    assert moved == [SLOT + 1, SLOT, SLOT - 1]
    assert drawer.view.title.endswith("22:00 – 22:15")
    with rig.qtbot.waitSignal(drawer.closed):
        rig.qtbot.keyClick(drawer, Qt.Key.Key_Escape)


def test_the_newest_question_wins(drawer: ReceiptDrawer, rig: Rig) -> None:
    def many() -> None:
        for by in range(1, 12):
            drawer.show_slot(SLOT + by)

    rig.shown(drawer, many)
    rig.qtbot.waitUntil(lambda: rig.desktop.jobs.running == 0, timeout=5_000)
    assert drawer.view is not None
    assert drawer.view.title.endswith("01:00 – 01:15")


def test_a_tampered_page_is_said_by_name_and_cannot_be_saved(
    drawer: ReceiptDrawer, rig: Rig, proven: ProvenHome
) -> None:
    proven.tamper(22)
    rig.shown(drawer, lambda: drawer.show_slot(SLOT))
    assert "Page 22 was changed after it was signed" in words_on(drawer)
    save = button(drawer, "Save evidence…")
    assert not save.isEnabled()
    assert save.toolTip()


def test_without_a_page_it_says_why(drawer: ReceiptDrawer, rig: Rig) -> None:
    rig.shown(drawer, lambda: drawer.show_slot(FIRST + 4 * 51))
    assert "Not recorded yet" in words_on(drawer)
    rig.shown(drawer, lambda: drawer.show_slot(SLOT))
    assert "Not recorded yet" not in words_on(drawer)


def test_a_file_that_cannot_be_read(rig: Rig, proven: ProvenHome, tmp_path: Path) -> None:
    rig.now_s = proven.now_s
    drawer = rig.make(ReceiptDrawer)
    drawer.set_source(MirrorReceipts(tmp_path / "none.sqlite"))
    rig.shown(drawer, lambda: drawer.show_slot(SLOT))
    assert "This receipt cannot be shown now" in words_on(drawer)
    drawer.set_source(proven.receipts())
    rig.shown(drawer, lambda: drawer.show_slot(SLOT))
    assert drawer.view is not None


# ---- evidence ---------------------------------------------------------------------------------


def test_what_is_saved_passes_the_verifier(
    drawer: ReceiptDrawer, rig: Rig, proven: ProvenHome, tmp_path: Path
) -> None:
    path = tmp_path / "hour.evidence"
    with rig.qtbot.waitSignal(drawer.saved) as caught:
        drawer.save(EvidenceWanted(FIRST_HOUR + 22, FIRST_HOUR + 22, True), path)
    assert caught.args == [str(path)]
    assert "Saved as hour.evidence" in words_on(drawer)
    genesis = proven.street.ledger.genesis.genesis_hash.hex()
    assert run(["verify", str(path), "--genesis-hash", genesis]) == 0
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    assert run(["verify", str(path), "--genesis-hash", genesis]) == 1


def test_the_menu_offers_hour_day_and_sealed(drawer: ReceiptDrawer, rig: Rig, tmp_path: Path) -> None:
    names = [action.text() for action in drawer._menu().actions()]
    assert names == ["This hour, readable…", "The whole day, readable…", "This hour, sealed…"]
    drawer._menu().actions()[1].trigger()
    (dialog,) = [d for d in drawer.findChildren(QFileDialog) if d.isVisible()]
    with rig.qtbot.waitSignal(drawer.saved):
        dialog.fileSelected.emit(str(tmp_path / "day.evidence"))
    dialog.close()
    assert (tmp_path / "day.evidence").stat().st_size > 10_000


def test_a_disk_that_refuses_is_said(drawer: ReceiptDrawer, rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    drawer.save(EvidenceWanted(FIRST_HOUR, FIRST_HOUR, True), tmp_path / "file" / "x.evidence")
    rig.qtbot.waitUntil(lambda: "could not be written" in words_on(drawer), timeout=5_000)


def test_the_way_without_ohmstead(drawer: ReceiptDrawer, rig: Rig, proven: ProvenHome) -> None:
    ask = button(drawer, "Check it without Ohmstead")
    rig.qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    sheet = part(drawer.window(), OfflineSheet)
    assert isinstance(sheet, OfflineSheet)
    assert sheet.isVisible()
    rig.qtbot.mouseClick(sheet.check.copy_button, Qt.MouseButton.LeftButton)
    genesis = proven.street.ledger.genesis.genesis_hash.hex()
    assert QGuiApplication.clipboard().text() == f"ohmstead verify hour.evidence --genesis-hash {genesis}"
    assert "label on your meter" in words_on(sheet)
    sheet.dismiss()
    drawer.set_typed(True)
    rig.qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    assert "label was not scanned yet" in words_on(sheet)
    assert faults(sheet) == []
    sheet.dismiss()


# ---- place ------------------------------------------------------------------------------------


@pytest.fixture
def place(rig: Rig, proven: ProvenHome) -> ReceiptPlace:
    rig.now_s = proven.now_s
    look = rig.desktop.look
    drawer = ReceiptDrawer(look, rig.desktop.wording, rig.desktop.jobs, rig.reader, rig.clock)
    drawer.set_source(proven.receipts())
    made = ReceiptPlace(look, Text(look, "the page"), drawer)
    rig.qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    return made


def test_beside_the_page_or_over_it(place: ReceiptPlace, rig: Rig) -> None:
    assert place.page.width() == 1280
    opened: list[int] = []
    place.opened.connect(opened.append)
    rig.shown(place.drawer, lambda: place.open_receipt(SLOT))
    assert (place.page.width(), place.drawer.x(), place.drawer.width()) == (908, 908, 372)
    place.resize(1024, 640)
    assert (place.page.width(), place.drawer.x()) == (1024, 652)
    assert place.over
    with rig.qtbot.waitSignal(place.closed):
        place.drawer.closed.emit()
    assert place.page.width() == 1024
    assert not place.drawer.isVisible()
    assert not place.receipt_open
    place.close_receipt()
    assert opened == [SLOT]


def test_walking_tells_the_page_which_bar_to_mark(place: ReceiptPlace, rig: Rig) -> None:
    rig.shown(place.drawer, lambda: place.open_receipt(SLOT))
    with rig.qtbot.waitSignal(place.opened) as caught:
        rig.qtbot.keyClick(place.drawer, Qt.Key.Key_Right)
    assert caught.args == [SLOT + 1]
    rig.qtbot.waitUntil(lambda: rig.desktop.jobs.running == 0, timeout=5_000)


@pytest.mark.parametrize("slot", [SLOT, FIRST + 5, FIRST + 4 * 51])
def test_words_of_a_longer_language_fit(rig: Rig, proven: ProvenHome, slot: int) -> None:
    rig.now_s = proven.now_s
    drawer = rig.make(ReceiptDrawer, LongWording())
    drawer.set_source(proven.receipts())
    for high in (800, 640):
        drawer.resize(372, high)
        rig.shown(drawer, lambda: drawer.show_slot(slot))
        assert faults(drawer) + beyond(drawer) == []


def test_colours_follow_the_theme(drawer: ReceiptDrawer, rig: Rig) -> None:
    for mode in ("dark", "light"):
        rig.desktop.look.theme.choose(mode)
        assert wrongly_coloured(drawer) == []


def test_everything_is_reached_by_keyboard(drawer: ReceiptDrawer, rig: Rig) -> None:
    drawer.take_focus()
    seen = set()
    for _ in range(12):
        rig.qtbot.keyClick(drawer.window().focusWidget() or drawer, Qt.Key.Key_Tab)
        focus = drawer.window().focusWidget()
        seen.add(focus.accessibleName() if focus is not None else "")
    assert {"Close the receipt", "Save evidence…", "Check it without Ohmstead"} <= seen
