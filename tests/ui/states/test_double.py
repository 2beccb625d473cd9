"""At 200 % of the screen's scale, in a process of its own: the scale is settled when an application starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

SCENES = (
    "home-whole", "usage-hover", "usage-heat", "receipt-typed", "ledger-low", "settings-data", "palette-day",
    "dialog-erase", "pairing-words",
)  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize("more", [(), ("--dark", "--long", "--size", "1024x640")], ids=["wide", "narrow"])
def test_nothing_is_cut_at_twice_the_size(tmp_path: Path, more: tuple[str, ...]) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.states", str(tmp_path / "out"), *SCENES, *more, "--scale", "2"],
        cwd=root, env=os.environ | {"QT_SCALE_FACTOR": "2", "PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    pictures = sorted((tmp_path / "out").glob("*.png"))
    assert {p.stem for p in pictures} >= set(SCENES)
    assert {QImage(str(p)).width() for p in pictures} == {2048 if more else 2560}
