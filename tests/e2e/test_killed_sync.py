"""The app is killed twenty times while it syncs, at seeded instants, and started again each time."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ohmstead.services.verify import check_mirror
from ohmstead.store.mirror import Mirror
from tests.helpers.crash import as_it_lies
from tests.helpers.village import Village, environment, village

KILLS = 20
#: How many of them come at the sight of a new tile; the others at an instant before one arrives.
AT_A_TILE = 6
WEEKS = 16


def pages_in(path: Path) -> int:
    """How many pages are committed in a file that another process writes."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)) as db:
            return int(db.execute("SELECT ifnull(sum(count), 0) FROM tile").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not there yet, or not migrated


def killed_sync(here: Village, instant_s: float, *, at_a_tile: bool) -> float:
    """Starts a sync and kills it; how long it lived. It is never left alive beyond one new tile."""
    before, began = pages_in(here.mirror), time.monotonic()
    arguments = ["sync", "--data", str(here.profile), "--hci", here.hci]
    with subprocess.Popen(
        [sys.executable, "-m", "ohmstead", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(here.profile / "empty"),
    ) as child:  # fmt: skip
        try:
            while child.poll() is None and time.monotonic() - began < 60:
                if pages_in(here.mirror) > before:
                    break
                if not at_a_tile and time.monotonic() - began >= instant_s:
                    break
                time.sleep(0.005)
            assert child.poll() is None, f"the sync ended by itself, {before} pages were here"
        finally:
            child.kill()
    return time.monotonic() - began


def lies_whole(here: Village, folder: Path) -> int:
    """The file as the kill left it verifies; how many pages it holds."""
    copy = as_it_lies(here.mirror, folder / "mirror.sqlite")
    with closing(Mirror.open(copy)) as mirror:
        assert mirror.integrity_check() == []
    report = check_mirror(copy, here.homes.epoch_root(here.pairing.meter_id, 0), time.time_ns())
    assert report.failures == ()
    return report.pages


@pytest.mark.processes
def test_killed_twenty_times_and_nothing_twice_nothing_missing(tmp_path: Path) -> None:
    chance = random.Random(20_261_124)
    with village(tmp_path, WEEKS, radio="1,30") as here:
        paired = here.pair()
        assert paired.code == 0, paired.err
        # The first is killed at its first committed tile: everything after it lies between two rows.
        reach_s = killed_sync(here, 60, at_a_tile=True)
        whole = WEEKS * 7 * 24
        held = [lies_whole(here, tmp_path / "0")]
        assert 0 < pages_in(here.mirror) < whole
        at_a_tile = {1, *chance.sample(range(2, KILLS), AT_A_TILE - 1)}
        between = 0
        for n in range(1, KILLS):
            lived_s = killed_sync(here, chance.uniform(0.1, reach_s), at_a_tile=n in at_a_tile)
            reach_s = min(reach_s, lived_s) if n in at_a_tile else reach_s
            held.append(lies_whole(here, tmp_path / str(n)))
            between += pages_in(here.mirror) < whole
        assert between >= 15, held
        assert held == sorted(held)
        assert len(set(held)) > 3, "nothing ever arrived"

        done = here.run("sync", "--hci", here.hci)
        assert done.code == 0, done.err
        checked = here.run("verify")
        assert (checked.code, "complete" in checked.out) == (0, True), checked.out
        equal_to_source(here)


def equal_to_source(here: Village) -> None:
    """Every page once, every interval of the recording as it was recorded."""
    source, meter = here.source, here.pairing.meter_id
    with closing(Mirror.open(here.mirror)) as mirror:
        state = mirror.status().meters[0]
        numbers = [n for n, _ in mirror.pages(meter, 0, 1 << 30)]
        rows = mirror.intervals(meter)
        assert mirror.findings() == []
    assert numbers == list(range(state.pages_proven))
    first = -(-source.first_slot // 4) * 4
    assert [row[0] for row in rows] == list(range(first, first + 4 * len(numbers)))
    assert len(rows) >= source.year_slots - 4
    for row in rows:
        amounts, status = source.amounts_in(row[0])
        assert row[1:7] == (*(amounts[c] for c in sorted(amounts)), status, status, status)
