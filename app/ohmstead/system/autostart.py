"""Starting with the session: one small file of this user's, in the manner of each system.

Linux: an XDG autostart entry. macOS: a launch agent. Windows: a value under the user's ``Run`` key. Here: setting
and asking. Not here: what is shown when Ohmstead starts that way (``--hidden``). Thread: any; small files.
"""

from __future__ import annotations

import contextlib
import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ohmstead.errors import ExternalError
from ohmstead.system.files import read_secret_file, write_file

NAME = "ohmstead"
LABEL = "org.ohmstead.app"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class Autostart(Protocol):
    """Whether Ohmstead starts with the session."""

    def enabled(self) -> bool:
        """Whether it does. Raises ExternalError."""
        ...

    def set(self, on: bool) -> None:
        """Make it so. Raises ExternalError."""
        ...


def autostart(command: Sequence[str]) -> Autostart:
    """This system's way to start ``command`` (program and arguments) with the session."""
    if sys.platform == "win32":
        return RunKey(command)
    if sys.platform == "darwin":
        return LaunchAgent(command, Path.home() / "Library" / "LaunchAgents")
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return XdgAutostart(command, Path(config) / "autostart")


class XdgAutostart:
    """A desktop entry in the autostart folder (Desktop Application Autostart Specification)."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command, self._path = tuple(command), folder / f"{NAME}.desktop"

    def enabled(self) -> bool:
        """See Autostart. An entry that is there and hidden is off."""
        raw = read_secret_file(self._path)
        lines = raw.decode(errors="replace").splitlines() if raw is not None else []
        return bool(lines) and "Hidden=true" not in lines

    def set(self, on: bool) -> None:
        """See Autostart."""
        if not on:
            _remove(self._path)
            return
        text = "\n".join(
            (
                "[Desktop Entry]",
                "Type=Application",
                "Name=Ohmstead",
                f"Exec={' '.join(_exec_word(word) for word in self._command)}",
                "Terminal=false",
                "X-GNOME-Autostart-enabled=true",
                "",
            )
        )
        write_file(self._path, text.encode(), mode=0o644)


class LaunchAgent:
    """A property list in the user's launch agents."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command, self._path = tuple(command), folder / f"{LABEL}.plist"

    def enabled(self) -> bool:
        """See Autostart."""
        return read_secret_file(self._path) is not None

    def set(self, on: bool) -> None:
        """See Autostart."""
        if not on:
            _remove(self._path)
            return
        entry = {"Label": LABEL, "ProgramArguments": list(self._command), "RunAtLoad": True}
        write_file(self._path, plistlib.dumps(entry), mode=0o644)


class RunKey:
    """A value under the user's ``Run`` key in the registry."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    def enabled(self) -> bool:
        """See Autostart."""
        if sys.platform == "win32":
            import winreg

            with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.QueryValueEx(key, NAME)
                return True
        return False

    def set(self, on: bool) -> None:
        """See Autostart."""
        if sys.platform == "win32":
            import subprocess
            import winreg

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    if on:
                        line = subprocess.list2cmdline(self._command)
                        winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)
                    else:
                        with contextlib.suppress(FileNotFoundError):
                            winreg.DeleteValue(key, NAME)
            except OSError as error:
                raise ExternalError(
                    f"Windows refused to change what starts with it: {error.strerror}."
                ) from error


def start_command() -> tuple[str, ...]:
    """How this Ohmstead is started: the program beside this interpreter, or the interpreter with the module."""
    program = Path(sys.executable).with_name("ohmstead.exe" if sys.platform == "win32" else "ohmstead")
    if getattr(sys, "frozen", False):
        return (sys.executable, "app", "--hidden")
    if program.exists():
        return (str(program), "app", "--hidden")
    return (sys.executable, "-m", "ohmstead", "app", "--hidden")


def _exec_word(word: str) -> str:
    """A word of an ``Exec`` line, quoted and escaped (Desktop Entry Specification, "The Exec key")."""
    word = word.replace("%", "%%")
    if word and not set(word) & set(" \t\n\"'\\><~|&;$*?#()`"):
        return word
    escaped = "".join("\\" + c if c in '"`$\\' else c for c in word)
    # The value itself is a string in which a backslash is written as two.
    return f'"{escaped}"'.replace("\\", "\\\\")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ExternalError(f"{path.name} could not be removed: {error.strerror}.") from error
