"""The settings file: read once, written whole, never half.

Keys that this version does not know are kept, so that an older Ohmstead loses nothing of a newer one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ohmstead.settings.schema import Settings, from_values, to_values
from ohmstead.system.files import read_secret_file, write_secret_file

MAX_BYTES = 1 << 20


class SettingsStore:
    """One settings file. Small enough for the main thread: read at start, written at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw: dict[str, Any] = {}
        self._settings = Settings()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def load(self) -> Settings:
        """Read the file. One that is absent gives the defaults; so does one that is not JSON, of which a copy
        is kept beside it under ``.unreadable``.

        Raises ExternalError when the disk refuses.
        """
        data = read_secret_file(self._path)
        self._raw = {}
        if data is not None:
            try:
                raw = json.loads(data) if len(data) <= MAX_BYTES else None
            except (ValueError, RecursionError):
                raw = None
            if isinstance(raw, dict):
                self._raw = raw
            else:
                write_secret_file(self._path.with_name(self._path.name + ".unreadable"), data)
        self._settings = from_values(self._raw)
        return self._settings

    def save(self, settings: Settings) -> None:
        """Write other settings, if they are other. Raises ExternalError."""
        if settings == self._settings and self._raw:
            return
        self._raw = {**self._raw, **to_values(settings)}
        text = json.dumps(self._raw, indent=2, sort_keys=True, ensure_ascii=False)
        write_secret_file(self._path, text.encode() + b"\n")
        self._settings = settings
