"""Where Ohmstead keeps its files, and where it finds what it ships.

``OHMSTEAD_HOME`` replaces every user folder by one (tests, the demonstration, a second profile).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one profile."""

    data: Path
    config: Path
    logs: Path

    @property
    def homes(self) -> Path:
        """One folder per paired home."""
        return self.data / "homes"


def user_paths() -> Paths:
    """The folders of this user, or those under ``OHMSTEAD_HOME``."""
    override = os.environ.get("OHMSTEAD_HOME")
    if override:
        return paths_in(Path(override))
    return Paths(
        platformdirs.user_data_path("ohmstead", appauthor=False),
        platformdirs.user_config_path("ohmstead", appauthor=False),
        platformdirs.user_log_path("ohmstead", appauthor=False),
    )


def paths_in(folder: Path) -> Paths:
    """A whole profile inside one folder."""
    return Paths(folder / "data", folder / "config", folder / "logs")


def resource(*parts: str) -> Path:
    """A shipped file: inside the installed package, or in the source tree beside ``app``."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent.parent / "resources"
    return root.joinpath(*parts)
