"""The Ledger page on mirrors that prove: whole, tampered, split; evidence saved from it; no work unseen."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ohmstead.cli.main import run
from ohmstead.services.events import LinkState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.ui.pages.ledger_evidence import EvidenceSheet
from ohmstead.ui.pages.ledger_page import LedgerPage
from ohmstead.ui.pages.ledger_parts import Months
from ohmstead.ui.pages.ledger_split import Fork
from ohmstead.ui.presenters.ledger_data import MirrorLedger
from ohmstead.ui.presenters.receipt_data import EvidenceWanted
from ohmstead.ui.widgets.way import Way
from tests.helpers.forge import forged
from tests.helpers.homes import street
from tests.helpers.ledger import FIRST_HOUR
from tests.ledger.chains import FOUR, key
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.pages.conftest import SIZE, Rig, button, words_on, wrongly_coloured
from tests.ui.proven_home import ProvenHome


def part(page: QWidget, kind: type[QWidget]) -> QWidget:
    (found,) = page.findChildren(kind)
    return found


def opened(rig: Rig, home: ProvenHome, page: LedgerPage | None = None) -> LedgerPage:
    rig.now_s = home.now_s
    made = page if page is not None else rig.make(LedgerPage)
    rig.shown(made, lambda: made.set_source(home.ledger()))
    made.show_state(home.state())
    made.age()
    return made


def split(home: ProvenHome) -> None:
    """A second signed history turns up."""
    report = home.ledger().load().report
    assert report is not None
    ours = home.street.ledger.block(report.head.height)
    theirs = forged(ours, FOUR, [key(n).public for n in (1, 2, 3)], app_hash=sha256(b"other").digest())
    home.mirror.add_divergence(ours.height, ours.to_cbor(), theirs.to_cbor(), home.now_s - 60)
    home.mirror.add_finding("Divergence", f"header {ours.height}", "two", b"", home.now_s - 60)


def test_a_whole_history(rig: Rig, proven: ProvenHome) -> None:
    page = opened(rig, proven)
    said = words_on(page)
    for words in (
        "Every reading since 5 January is here, whole and unaltered.",
        "Its log, 51 pages, none missing",
        "This computer, all of it checked",
        "unbroken, over two thirds at each step",
        "Single operator: one machine holds all of these keys.",
        "Set a witness in Settings",
        "January 2026: 51 of 51 pages are here",
        "3 of the 4 signers must agree",
    ):
        assert words in said, words
    assert "What was refused" not in said
    assert "Someone signed" not in said


def test_nothing_is_loaded_while_it_is_not_seen(rig: Rig, proven: ProvenHome) -> None:
    rig.now_s = proven.now_s
    page = rig.make(LedgerPage)
    page.hide()
    page.set_source(proven.ledger())
    page.refresh()
    assert rig.desktop.jobs.running == 0
    rig.shown(page, page.show)
    assert page.view is not None
    assert page.view.way


def test_ages_and_the_radio_go_on(rig: Rig, proven: ProvenHome) -> None:
    page = opened(rig, proven)
    rig.now_s += 22
    page.age()
    assert "Proven 1 min ago against block" in words_on(page)
    page.show_state(proven.state(link=LinkState.AWAY))
    page.age()
    assert "The radio, out of reach now" in part(page, Way).accessibleName()


def test_a_tampered_page_is_said_by_name(rig: Rig, proven: ProvenHome) -> None:
    raw = proven.tamper(17)
    page = opened(rig, proven)
    assert "Page 17 was changed after it was signed" in words_on(page)
    assert "This computer, Page 17 was changed, not used" in part(page, Way).accessibleName()
    save = button(page, "Save evidence…")
    assert (save.isEnabled(), bool(save.toolTip())) == (False, True)
    proven.mirror._db.execute("UPDATE page SET raw = ? WHERE number = 17", (raw,))
    rig.shown(page, page.refresh)
    assert "Page 17" not in words_on(page)
    assert save.isEnabled()


def test_two_histories_come_first_with_their_evidence(rig: Rig, proven: ProvenHome, tmp_path: Path) -> None:
    split(proven)
    page = opened(rig, proven)
    said = words_on(page)
    assert "Someone signed two different histories" in said
    assert "3 of 4 signed both" in said
    assert "signed both" in part(page, Fork).accessibleName()
    assert "Your readings up to 03:00 stay proven" in said
    with rig.qtbot.waitSignal(page.help_wanted):
        rig.qtbot.mouseClick(button(page, "How can this happen?"), Qt.MouseButton.LeftButton)
    path = tmp_path / "refused.json"
    page.save_findings(path)
    rig.qtbot.waitUntil(lambda: rig.desktop.jobs.running == 0, timeout=5_000)
    assert len(json.loads(path.read_text())["two_histories"]) == 1


def test_refusals_are_listed(rig: Rig, proven: ProvenHome) -> None:
    proven.mirror.add_finding("TileError", "pages 0 to 9", "x", b"", proven.now_s - 60)
    page = opened(rig, proven)
    assert "A page between 0 and 9 was changed after it was signed" in words_on(page)
    assert "None of it was used." in words_on(page)
    rig.qtbot.mouseClick(button(page, "Save the evidence…"), Qt.MouseButton.LeftButton)
    (dialog,) = [d for d in page.findChildren(QFileDialog) if d.isVisible()]
    dialog.close()


def test_evidence_of_a_day_or_an_hour(rig: Rig, proven: ProvenHome, tmp_path: Path) -> None:
    page = opened(rig, proven)
    rig.qtbot.mouseClick(button(page, "Save evidence…"), Qt.MouseButton.LeftButton)
    sheet = part(page.window(), EvidenceSheet)
    assert isinstance(sheet, EvidenceSheet)
    assert sheet.choice is not None
    assert sheet.choice.wanted == EvidenceWanted(FIRST_HOUR + 24, FIRST_HOUR + 47, True)  # the last whole day
    assert "24 pages. Whoever has the file can read" in words_on(sheet)
    rig.qtbot.mouseClick(button(sheet, "An hour"), Qt.MouseButton.LeftButton)
    rig.qtbot.mouseClick(button(sheet, "The hour before"), Qt.MouseButton.LeftButton)
    rig.qtbot.mouseClick(button(sheet, "The day before"), Qt.MouseButton.LeftButton)
    rig.qtbot.mouseClick(button(sheet, "Sealed"), Qt.MouseButton.LeftButton)
    assert "Nobody can read it" in words_on(sheet)
    wanted = sheet.choice.wanted
    assert (wanted.first_hour, wanted.last_hour, wanted.with_readings) == (
        FIRST_HOUR + 1,
        FIRST_HOUR + 1,
        False,
    )
    assert not button(sheet, "The day before").isEnabled()
    rig.qtbot.mouseClick(button(sheet, "Save as…"), Qt.MouseButton.LeftButton)
    (dialog,) = [d for d in page.findChildren(QFileDialog) if d.isVisible()]
    path = tmp_path / "hour.evidence"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    rig.qtbot.waitUntil(path.exists, timeout=5_000)
    genesis = proven.street.ledger.genesis.genesis_hash.hex()
    assert run(["verify", str(path), "--genesis-hash", genesis]) == 0


def test_a_disk_that_refuses_is_said_until_it_is_closed(rig: Rig, proven: ProvenHome, tmp_path: Path) -> None:
    page = opened(rig, proven)
    (tmp_path / "file").touch()
    page.save(EvidenceWanted(FIRST_HOUR, FIRST_HOUR, True), tmp_path / "file" / "x.evidence")
    rig.qtbot.waitUntil(lambda: "The file was not written" in words_on(page), timeout=5_000)
    rig.qtbot.mouseClick(button(page, "Close"), Qt.MouseButton.LeftButton)
    assert "The file was not written" not in words_on(page)


def test_the_block_is_copied_for_comparing(rig: Rig, proven: ProvenHome) -> None:
    page = opened(rig, proven)
    rig.qtbot.mouseClick(button(page, "Copy this block for comparing"), Qt.MouseButton.LeftButton)
    assert page.view is not None
    copied = QGuiApplication.clipboard().text()
    assert copied == page.view.checkpoint
    assert copied.splitlines()[1] == str(proven.street.ledger.head.height)


def test_the_witness(rig: Rig, proven: ProvenHome) -> None:
    page = opened(rig, proven)
    with rig.qtbot.waitSignal(page.page_wanted) as caught:
        rig.qtbot.mouseClick(button(page, "Set a witness in Settings"), Qt.MouseButton.LeftButton)
    assert caught.args == ["settings"]
    page.set_witness("https://witness.example")
    assert "It is asked as soon as" in words_on(page)
    page.show_witness(WitnessSeen("https://witness.example", WitnessWord.SAME, 9, rig.now_s - 60))
    said = words_on(page)
    assert "witness.example" in said
    assert "same history" in said
    assert "cross-checked" in said
    page.set_witness("")
    assert "witness.example" not in words_on(page)
    assert "not cross-checked" in words_on(page)


def test_commands_say_what_can_be_done_now(rig: Rig, proven: ProvenHome) -> None:
    page = rig.make(LedgerPage)
    by = {c.name: c for c in page.commands()}
    assert not any(
        by[name].enabled() for name in ("ledger.save", "ledger.offline", "ledger.copy", "ledger.refused")
    )
    opened(rig, proven, page)
    assert all(by[name].enabled() for name in ("ledger.save", "ledger.offline", "ledger.copy"))
    assert len({c.words for c in by.values()}) == len(by)


# ---- faces ------------------------------------------------------------------------------------


def test_before_anything_and_while_it_comes_in(rig: Rig, tmp_path: Path) -> None:
    page = rig.make(LedgerPage)
    with street(tmp_path / "new") as here:
        rig.shown(page, lambda: page.set_source(ProvenHome(here).ledger()))
        assert "Nothing is proven yet" in words_on(page)
        assert not part(page, Way).isVisible()
    with street(tmp_path / "half", 30) as here:
        here.head_only()
        opened(rig, ProvenHome(here), page)
        assert "0 of 30 pages are here and checked" in words_on(page)
        assert not part(page, Months).isVisible()


def test_a_file_that_cannot_be_read_and_trying_again(rig: Rig, proven: ProvenHome, tmp_path: Path) -> None:
    rig.now_s = proven.now_s
    page = rig.make(LedgerPage)
    rig.shown(page, lambda: page.set_source(MirrorLedger(tmp_path / "none.sqlite")))
    assert "The ledger cannot be shown now" in words_on(page)
    opened(rig, proven, page)
    assert "cannot be shown" not in words_on(page)


@pytest.mark.parametrize("size", [SIZE, (964, 640)])
def test_words_of_a_longer_language_fit(rig: Rig, proven: ProvenHome, size: tuple[int, int]) -> None:
    page = rig.make(LedgerPage, LongWording())
    page.resize(*size)
    opened(rig, proven, page)
    rig.qtbot.waitUntil(lambda: faults(page) + beyond(page) == [], timeout=5_000)  # layouts need some turns
    proven.mirror.add_finding("TileError", "pages 0 to 9", "x", b"", proven.now_s - 60)
    split(proven)
    rig.shown(page, page.refresh)
    rig.qtbot.waitUntil(lambda: faults(page) + beyond(page) == [], timeout=5_000)


def test_colours_follow_the_theme(rig: Rig, proven: ProvenHome) -> None:
    split(proven)
    page = opened(rig, proven)
    for mode in ("dark", "light"):
        rig.desktop.look.theme.choose(mode)
        assert wrongly_coloured(page) == []
