"""The window as a process: without a display, and giving way between the own home and the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead import app_run
from ohmstead.demonstration import demonstration_in
from ohmstead.errors import UserError
from ohmstead.system.paths import Paths, user_paths
from ohmstead.village.neighbourhood import Neighbourhood

pytestmark = pytest.mark.qt


class Runs:
    """Windows that give way so many times, noted."""

    def __init__(self, ways: int) -> None:
        self.ways = ways
        self.noted: list[tuple[Paths, Path | None]] = []

    def __call__(
        self, argv: object, paths: Paths, neighbourhood: Neighbourhood | None, *_: bool
    ) -> tuple[int, bool]:
        self.noted.append((paths, neighbourhood.folder if neighbourhood is not None else None))
        self.ways -= 1
        return 7, self.ways >= 0


def test_one_window_ends_before_the_other_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(2)
    monkeypatch.setattr(app_run, "_run_once", runs)
    assert app_run.run_window(["ohmstead"], user_paths()) == 7
    theirs, village = demonstration_in(user_paths().data / "demo")
    assert runs.noted == [(user_paths(), None), (theirs, village.folder), (user_paths(), None)]


def test_from_a_demonstration_of_ones_own_the_way_leads_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs = Runs(1)
    monkeypatch.setattr(app_run, "_run_once", runs)
    paths, village = demonstration_in(tmp_path)
    app_run.run_window(["ohmstead"], paths, village)
    assert runs.noted == [(paths, village.folder), (user_paths(), None)]


def test_without_a_display_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_run.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="no display"):
        app_run.run_window(["ohmstead"], user_paths())
