"""Several homes in one window, a sync paused and one cut off, the passphrase before everything."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.services.states import LinkState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.settings.store import SettingsStore
from ohmstead.system.paths import Paths, paths_in
from ohmstead.ui.qr_picture import qr_image
from tests.e2e.test_pair_by_hand import done, drop, press
from tests.helpers.windows import Kept, Running, homes_of, profile_in, window_on
from tests.services.test_homes import pairing, save

pytestmark = [pytest.mark.processes, pytest.mark.qt]

FAR = pairing(7, b"far away" * 2, mark=0x111)


def shown(here: Running) -> list[tuple[str, bool]]:
    return [(home.name, home.current) for home in here.app.homes.homes]


def last_home(paths: Paths) -> str:
    return SettingsStore(paths.config / "settings.json").load().home


def test_a_second_home_is_added_and_switched_to_and_the_last_one_opens_again(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path)
    save(homes_of(paths), FAR)
    with window_on(qapp, qtbot, paths, machines) as here:
        here.until(lambda: shown(here) == [("Home 111", True)])
        here.until(lambda: here.app.window.windowTitle().startswith("Home 111"))
        here.until(lambda: here.states[-1].link is LinkState.SEARCHING)
        # Added from the switcher, while the first one is on view; its radio rests meanwhile.
        here.app.window.sidebar.adding.emit()
        here.until(lambda: here.states[-1].link is LinkState.STOPPED)
        press(here)
        drop(here, image=qr_image(machines.card.qr))
        here.until(lambda: done(here))
        here.click("Show my day")
        here.until(lambda: shown(here)[-1] == ("Demonstration home", True) or shown(here)[0][1])
        both = sorted(shown(here))
        assert both == [("Demonstration home", True), ("Home 111", False)]
        here.until(lambda: here.states[-1].link is LinkState.CONNECTED)
        here.app.window.home_wanted.emit(FAR.meter_id.hex())
        here.until(lambda: sorted(shown(here)) == [("Demonstration home", False), ("Home 111", True)])
        here.until(lambda: here.app.window.home.isVisible())
        assert here.states[-1].facts is None, "the other home's facts do not stay"
    assert last_home(paths) == FAR.meter_id.hex()
    with window_on(qapp, qtbot, paths, machines) as here:
        here.until(lambda: here.app.window.windowTitle().startswith("Home 111"))


def test_a_sync_is_paused_quit_and_goes_on_where_it_stood(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path)
    brought: list[int] = []

    def pause_early(here: Running) -> None:
        def hear(progress: SyncProgress) -> None:
            if progress.stage is Stage.PAGES:
                brought.append(progress.pages_held)
                here.app.set_paused(True)

        here.desktop.bridge.subscribe(SyncProgress, here.app, hear)

    with window_on(qapp, qtbot, paths, machines, paired=True) as here:
        pause_early(here)
        here.until(lambda: here.states and here.states[-1].paused and here.states[-1].power is not None)
        powers = {state.power for state in here.states}
        held = here.states[-1].facts
        assert held is not None
        assert 0 < held.pages_held < held.pages_proven
        # The link lives, the meter's power comes in, and not one page with it.
        here.until(lambda: len({state.power for state in here.states}) >= len(powers) + 2)
        assert here.states[-1].facts == held
        assert brought[-1] == held.pages_held
    with window_on(qapp, qtbot, paths, machines) as here:
        here.until(lambda: here.states and here.states[-1].facts is not None)
        first = next(state.facts for state in here.states if state.facts is not None)
        assert first.pages_held == held.pages_held, "nothing was lost"
        here.until(
            lambda: (facts := here.states[-1].facts) is not None and facts.pages_held == facts.pages_proven
        )
        assert not here.states[-1].paused


def test_where_there_is_no_keyring_a_passphrase_is_chosen_and_asked_for(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    monkeypatch.delenv("OHMSTEAD_PASSPHRASE", raising=False)
    paths = paths_in(tmp_path)
    good = "copper lamp seven rivers"
    with window_on(qapp, qtbot, paths, None) as here:
        page = here.app.window.preparing.unlock
        here.until(lambda: "Choose a passphrase" in here.words())
        assert not here.app.window.first_run.isVisible()
        for field in (page._one, page._two):
            qtbot.keyClicks(field.edit, good)
        here.click("Seal the keys")
        here.until(lambda: here.app.window.first_run.isVisible())
    sealed = (paths.data / "secrets").read_bytes()
    with window_on(qapp, qtbot, paths, None) as here:
        page = here.app.window.preparing.unlock
        here.until(lambda: "Your passphrase" in here.words())
        qtbot.keyClicks(page._one.edit, "another one")
        here.click("Open")
        here.until(lambda: "This is not the passphrase" in here.words())
        assert here.app.homes.homes == ()
        qtbot.keyClicks(page._one.edit, good)
        here.click("Open")
        here.until(lambda: here.app.window.first_run.isVisible())
    assert (paths.data / "secrets").read_bytes() == sealed
    monkeypatch.setenv("OHMSTEAD_PASSPHRASE", good)
    with window_on(qapp, qtbot, paths, None) as here:
        here.until(lambda: here.app.window.first_run.isVisible())
