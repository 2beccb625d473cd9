"""The demonstration with its window: pairs by itself, mirrors, and leaves nothing behind when it is ended."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.test_demo import Demo, alive, children_of, wait_for
from tests.helpers.village import environment, solar_csv

pytestmark = [pytest.mark.processes, pytest.mark.qt]


def rows(folder: Path) -> int:
    """Intervals in the one mirror under a folder; 0 before there is one."""
    for path in folder.glob("data/app/data/homes/*/mirror.sqlite"):
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
                return int(db.execute("SELECT count(*) FROM interval").fetchone()[0])
        except sqlite3.Error:
            return 0
    return 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to count processes")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_the_window_fills_its_mirror_and_quits_in_stages(tmp_path: Path, how: signal.Signals) -> None:
    here = Demo(tmp_path, solar_csv(tmp_path / "home.csv", 1))
    command = ["demo", "--paired", "--data", str(tmp_path / "data"), "--source", here.source, "--homes", "4"]
    with subprocess.Popen(
        [sys.executable, "-m", "ohmstead", *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(tmp_path / "nobody"), text=True,
    ) as child:  # fmt: skip
        try:
            wait_for(lambda: rows(tmp_path) >= 7 * 96)
            children = children_of(child.pid)
            assert len(children) == 8, "ledger, radio, meter, village and four guardians"
            os.kill(child.pid, how)
            _, errors = child.communicate(timeout=60)
        finally:
            child.kill()
    assert child.returncode == 0, errors
    assert "Traceback" not in errors
    wait_for(lambda: not any(alive(pid) for pid in children))
    # Closed in order: mirror and market were folded into their files, nothing lies beside them.
    (mirror,) = tmp_path.glob("data/app/data/homes/*/mirror.sqlite")
    assert sorted(p.name for p in mirror.parent.iterdir()) == [
        "market.sqlite",
        "mirror.sqlite",
        "neighbours.sqlite",
    ]
