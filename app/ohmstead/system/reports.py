"""Crash reports: what went wrong, in plain text, for the person to read whole before anything is done with it.

A report holds versions, the error with its trace, and the newest lines of the log; no readings, no keys, no names
of homes, no folder of this user. It is written to the log folder and nowhere else; nothing is ever sent from
here. Not here: showing it (``ui.dialogs.crash``). Thread: any.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ohmstead.system.files import write_secret_file

LINES = 120
MAX_TEXT = 64 << 10
MAX_KEPT = 20
_PACKAGES = ("PySide6-Essentials", "bleak", "pynacl", "numpy")
_HEX = re.compile(r"\b[0-9a-fA-F]{16,}\b")
_ADDRESS = re.compile(r"\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b")


class LogTail(logging.Handler):
    """Keeps the newest lines of the log in memory. Any thread."""

    def __init__(self, lines: int = LINES) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=lines)
        self._own = threading.Lock()
        self.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line; one that cannot be formatted is left out."""
        try:
            line = self.format(record)
        except Exception:
            return
        with self._own:
            self._lines.append(line)

    def lines(self) -> tuple[str, ...]:
        """The newest lines, oldest first."""
        with self._own:
            return tuple(self._lines)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A report as it would be given away. ``headline`` is the error in one line."""

    headline: str
    text: str = field(repr=False)


def make_report(
    where: str, words: str, error: BaseException | None, log: tuple[str, ...], now_s: int, release: str
) -> CrashReport:
    """The report of an error that surfaced ``where`` in a release. Total: it never raises for odd errors."""
    when = datetime.fromtimestamp(now_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    parts = [f"Ohmstead {release}, {when}", _system(), "", f"In {where}: {words}", ""]
    if error is not None:
        try:
            parts += traceback.format_exception(error)
        except Exception as worse:
            parts.append(f"(the trace could not be written: {type(worse).__name__})\n")
    if log:
        parts += ["Newest lines of the log:", *log]
    text = without_private("\n".join(part.rstrip("\n") for part in parts))
    headline = without_private(words).split("\n")[0].strip() or where
    return CrashReport(headline[:200], text[:MAX_TEXT])


def without_private(text: str) -> str:
    """Text without this user's folders, Bluetooth addresses and long hexadecimal numbers (ids, hashes, keys)."""
    for folder, name in ((str(Path.home()), "~"), (sys.prefix, "(program)")):
        if len(folder) > 3:
            text = text.replace(folder, name)
    return _ADDRESS.sub("(address)", _HEX.sub("(hex)", text))


def save_report(report: CrashReport, folder: Path, now_s: int) -> Path:
    """Keep a report in a folder, readable by this user alone; the oldest beyond a score are removed.

    Returns its path. Raises ExternalError.
    """
    stamp = datetime.fromtimestamp(now_s, UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"crash-{stamp}.txt"
    write_secret_file(path, report.text.encode())
    for old in sorted(folder.glob("crash-*.txt"))[:-MAX_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _system() -> str:
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"Python {platform.python_version()} on {platform.system()} {platform.release()}; " + ", ".join(
        found
    )
