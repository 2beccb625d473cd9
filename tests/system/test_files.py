"""Small files: whole or as before, the owner's alone, and the disk's refusals in words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError
from ohmstead.system.files import read_secret_file, write_file, write_secret_file


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "peers"
    write_secret_file(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(ExternalError, match="peers could not be written: No space left"):
        write_secret_file(path, b"new")
    monkeypatch.undo()
    assert read_secret_file(path) == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["peers"]


def test_modes_and_folders(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "file"
    write_file(path, b"x", mode=0o644)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    write_secret_file(path, b"y")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret_file(tmp_path / "none") is None
    with pytest.raises(ExternalError, match="could not be read"):
        read_secret_file(tmp_path / "deep")
