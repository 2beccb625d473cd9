"""Starting with the session: the same contract for each system's way that can be tried here."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.errors import ExternalError
from ohmstead.system.autostart import (
    Autostart,
    LaunchAgent,
    XdgAutostart,
    _exec_word,
    autostart,
    start_command,
)

COMMAND = ("/opt/Ohm stead/bin/ohmstead", "app", "--hidden")
Make = Callable[[Sequence[str], Path], Autostart]
WAYS = pytest.mark.parametrize("make", [XdgAutostart, LaunchAgent])


@WAYS
def test_on_and_off_and_again(make: Make, tmp_path: Path) -> None:
    way = make(COMMAND, tmp_path / "not" / "there")
    assert not way.enabled()
    way.set(False)
    assert not way.enabled()
    way.set(True)
    way.set(True)
    assert way.enabled()
    assert make(COMMAND, tmp_path / "not" / "there").enabled()
    way.set(False)
    assert not way.enabled()


@WAYS
def test_a_folder_that_refuses_says_so(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(ExternalError):
        make(COMMAND, tmp_path / "file" / "autostart").set(True)


def test_the_agent_starts_the_command(tmp_path: Path) -> None:
    LaunchAgent(COMMAND, tmp_path).set(True)
    (written,) = tmp_path.iterdir()
    entry = plistlib.loads(written.read_bytes())
    assert entry["ProgramArguments"] == list(COMMAND)
    assert entry["RunAtLoad"] is True


def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path) -> None:
    way = XdgAutostart(COMMAND, tmp_path)
    way.set(True)
    (written,) = tmp_path.iterdir()
    written.write_text(written.read_text(encoding="utf-8") + "Hidden=true\n", encoding="utf-8")
    assert not way.enabled()


@given(
    words=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1), min_size=1)
)
def test_any_command_line_is_read_back(words: list[str]) -> None:
    """The key's own unescaping, then the quoting of the Exec key, then field codes: nothing is lost."""
    line = " ".join(_exec_word(word) for word in words)
    read = unquoted(line.replace("\\\\", "\\"))
    assert [word.replace("%%", "%") for word in read] == words


def unquoted(line: str) -> list[str]:
    """The arguments of an Exec value, by the letter of the specification: quoted arguments escape with \\."""
    words, i = [], 0
    while i < len(line):
        if line[i] == " ":
            i += 1
        elif line[i] == '"':
            word, i = "", i + 1
            while line[i] != '"':
                i += line[i] == "\\"
                word, i = word + line[i], i + 1
            words, i = [*words, word], i + 1
        else:
            end = line.find(" ", i)
            end = len(line) if end < 0 else end
            words, i = [*words, line[i:end]], end
    return words


def test_this_system_has_a_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    way = autostart(start_command())
    assert not way.enabled()
    if sys.platform != "win32":
        way.set(True)
        assert way.enabled()
        assert list(tmp_path.rglob("*ohmstead*"))
    assert start_command()[-1] == "--hidden"
