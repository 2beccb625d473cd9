"""What every test gets: its own profile folder, hypothesis settings, its place beside others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ohmstead", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("ohmstead")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the files of the person who runs it."""
    folder = tmp_path / "profile"
    monkeypatch.setenv("OHMSTEAD_HOME", str(folder))
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several workers a module stays on one, and so do all tests that start the whole neighbourhood."""
    if not config.pluginmanager.hasplugin("xdist"):
        return  # the pure parts' environment
    root = config.rootpath / "tests"
    for item in items:
        place = item.path.relative_to(root)
        item.add_marker(pytest.mark.xdist_group("e2e" if place.parts[0] == "e2e" else place.as_posix()))
