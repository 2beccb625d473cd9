"""What every test gets: its own profile folder, and hypothesis settings that fit two cores."""

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
