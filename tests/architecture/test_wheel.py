"""What is installed is whole: the wheel carries the resources, and a program run from it finds them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "tokens.json", "demo/solar-home.cbor", "words/bip39-english.txt", "icons/mark.svg", "docs/protocol.md",
    "docs/threats.md",
)  # fmt: skip


@pytest.mark.processes
def test_the_wheel_is_whole(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    assert {f"ohmstead/resources/{name}" for name in NEEDED} <= names
    assert any(name.startswith("ohmstead/resources/fonts/") for name in names)
    assert not any(name.startswith(("tests/", "packaging/")) for name in names)
    code = (
        "from ohmstead.meter.sources.choose import demonstration; import ohmstead;"
        "print(len(demonstration()), ohmstead.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
    )  # fmt: skip
    length, where = done.stdout.split()
    assert (int(length), Path(where).is_relative_to(tmp_path)) == (35_136, True)
