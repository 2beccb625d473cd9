"""What a household does with its home beside looking: names it, backs it up, asks a witness, leaves, comes back.

The real window on real machines; Settings' own calls, as its page makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.services.events import LinkState
from ohmstead.settings.store import SettingsStore
from ohmstead.ui.presenters.market_notices import MarketTold
from ohmstead.ui.presenters.settings import SettingsOutcome, SettingsView, SheetReady, Task
from ohmstead.ui.qr_picture import qr_image
from tests.helpers.windows import Kept, Running, profile_in, window_on

pytestmark = [pytest.mark.processes, pytest.mark.qt]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Kept]:
    """New machines for each test: a meter that was left by its owner takes no other for one."""
    made = Kept(tmp_path / "machines")
    yield made
    made.end()


class Told:
    """What Settings was told."""

    def __init__(self, here: Running) -> None:
        self._here = here
        self.outcomes: list[SettingsOutcome] = []
        self.views: list[SettingsView] = []
        self.sheets: list[SheetReady] = []
        bridge = here.desktop.bridge
        bridge.subscribe(SettingsOutcome, here.app, self.outcomes.append)
        bridge.subscribe(SettingsView, here.app, self.views.append)
        bridge.subscribe(SheetReady, here.app, self.sheets.append)

    def of(self, task: Task) -> SettingsOutcome:
        """The next outcome of a task."""
        self._here.until(lambda: any(o.task is task for o in self.outcomes))
        found = next(o for o in self.outcomes if o.task is task)
        self.outcomes.clear()
        return found


def complete(here: Running) -> None:
    """All pages are here, and the meter is at the other end."""
    here.until(
        lambda: (
            here.states
            and here.states[-1].link is LinkState.CONNECTED
            and here.states[-1].verified_to_slot is not None
        )
    )


def crossed(here: Running) -> bool:
    """Whether Home says that an outside witness knows the same history."""
    now = here.app.window.home.now
    said = str(now.facts) if now is not None else ""
    return "cross-checked" in said and "not cross-checked" not in said


def test_a_home_is_named_kept_left_and_brought_back(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path / "profile")
    with window_on(qapp, qtbot, paths, machines, paired=True) as here:
        window, settings, told = here.app.window, here.app.desk.settings, Told(here)
        here.until(lambda: window.home.isVisible())
        complete(here)
        settings.rename_home("Orchard Lane 4")
        here.until(lambda: window.windowTitle().startswith("Orchard Lane 4"))
        assert here.app.homes.homes[0].name == "Orchard Lane 4"
        meter = here.app.homes.homes[0].meter

        settings.set_witness("nonsense")
        assert "https://" in told.of(Task.WITNESS).error
        settings.set_witness(machines.node_url)
        here.until(lambda: any("same history" in view.witness_words for view in told.views))
        here.until(lambda: crossed(here))

        backup = tmp_path / "home.ohmstead"
        settings.backup(backup)
        settings.recovery_sheet()  # one thing at a time: not begun
        assert told.of(Task.BACKUP) == SettingsOutcome(Task.BACKUP, name="home.ohmstead")
        assert backup.stat().st_size > 10_000
        settings.recovery_sheet()
        told.of(Task.SHEET)
        sheet = told.sheets[0]
        assert len(sheet.words) == 12
        assert sheet.name == "Orchard Lane 4"
        settings.lock("a long enough passphrase")
        assert "take no passphrase" in told.of(Task.LOCK).error  # a demonstration's keys

        settings.erase()
        assert told.of(Task.ERASE) == SettingsOutcome(Task.ERASE, name="Orchard Lane 4")
        here.until(lambda: window.first_run.isVisible())
        assert not (paths.homes / meter.hex() / "mirror.sqlite").exists()
        assert settings.settings.homes == {}

        settings.restore(backup, "")
        needs = told.of(Task.RESTORE)
        assert (needs.needs_words, needs.name, needs.error) == (True, str(backup), "")
        settings.restore(backup, " ".join(sheet.words[::-1]))
        assert told.of(Task.RESTORE).error != ""
        settings.restore(backup, " ".join(sheet.words))
        assert told.of(Task.RESTORE).name == "Orchard Lane 4"
        here.until(lambda: window.home.isVisible() and window.home.newest_slot is not None)
        assert here.app.homes.homes[0].meter == meter
        here.app.desk.always.tray.market_told.emit(MarketTold(alarm=3, day=20_000))

    note = SettingsStore(paths.config / "settings.json").load().note(meter)
    assert note.seen_slot > 0
    assert (note.market_told, note.market_day) == (3, 20_000)


def test_a_picture_of_the_sheet_brings_the_keys_back(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    with window_on(qapp, qtbot, profile_in(tmp_path / "first"), machines, paired=True) as here:
        told = Told(here)
        here.until(lambda: here.app.window.home.isVisible())
        complete(here)
        here.app.desk.settings.recovery_sheet()
        told.of(Task.SHEET)
        sheet = told.sheets[0]
        qr_image(sheet.qr, 4).save(str(tmp_path / "sheet.png"))
        qr_image("OHM1:" + "0" * 40, 4).save(str(tmp_path / "label.png"))
    with window_on(qapp, qtbot, profile_in(tmp_path / "second"), machines) as here:
        told, settings = Told(here), here.app.desk.settings
        here.until(lambda: here.app.window.first_run.isVisible())
        words = " ".join(sheet.words)
        settings.restore_sheet(tmp_path / "none.png", words)
        assert "no picture" in told.of(Task.RESTORE).error
        settings.restore_sheet(tmp_path / "label.png", words)
        assert "no recovery sheet" in told.of(Task.RESTORE).error
        settings.restore_sheet(tmp_path / "sheet.png", words)
        assert told.of(Task.RESTORE).error == ""
        here.until(lambda: not here.app.window.first_run.isVisible())
        assert len(here.app.homes.homes) == 1


def test_the_theme_and_the_region_change_while_everything_runs(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path / "profile")
    with window_on(qapp, qtbot, paths, machines, paired=True) as here:
        window, settings = here.app.window, here.app.desk.settings
        here.until(lambda: window.home.isVisible())
        complete(here)
        window.show_page("usage")
        here.until(lambda: window.usage.view is not None and window.usage.view.chart is not None)
        before = str(window.usage.view.figures) if window.usage.view else ""
        settings.set_theme("dark")
        assert here.desktop.look.theme.mode == "dark"
        settings.set_region("de_DE")
        here.until(lambda: window.usage.view is not None and str(window.usage.view.figures) != before)
        assert window.usage.view is not None
        assert any("," in figure.value for figure in window.usage.view.figures)
        settings.set_prices(314_000, 79_000)
        here.until(lambda: window.home.view is not None and "cost" in str(window.home.view.figures))
    kept = SettingsStore(paths.config / "settings.json").load()
    assert (kept.theme, kept.region, kept.price_micro_per_kwh) == ("dark", "de_DE", 314_000)
