"""The demonstration as one process with its children: whole, started again, and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ohmstead.meter.keeper import Keeper, load_identity
from ohmstead.neighbours.rounds import MIN_HOMES
from ohmstead.village.cohorts import TALLIED_DAYS
from tests.helpers.village import Done, environment, ohmstead, solar_csv

pytestmark = pytest.mark.processes

#: Enough simulated homes for a group in which a sum is opened.
WEEKS, HOMES = 1, 40


@dataclass
class Demo:
    """A folder in which the demonstration runs."""

    folder: Path
    source: str
    homes: int = 0

    def arguments(self, out: str) -> list[str]:
        return ["demo", "--headless", str(self.folder / out), "--data", str(self.folder / "data"),
                "--source", self.source, "--homes", str(self.homes)]  # fmt: skip

    def run(self, out: str) -> Done:
        return ohmstead(*self.arguments(out), home=self.folder / "nobody")

    def summary(self, out: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.folder / out / "summary.json").read_text())
        return read

    @property
    def village(self) -> Path:
        return self.folder / "data" / "village"

    def sealed(self) -> list[bytes]:
        """The pages in the meter's own file, with no meter running."""
        meter = load_identity(self.village / "meter" / "identity").meter
        keeper = Keeper(self.village / "meter" / "log.sqlite", meter)
        try:
            return keeper.pages(0, 1 << 20)
        finally:
            keeper.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    made = Demo(folder, solar_csv(folder / "home.csv", WEEKS), homes=HOMES)
    done = made.run("first")
    assert done.code == 0, done.out + done.err
    assert "equal to the source" in done.out
    return made


def test_the_summary_says_what_was_checked(demo: Demo) -> None:
    summary = demo.summary("first")
    counts, facts = summary["counts"], summary["facts"]
    assert summary["failures"] == []
    assert counts["pages_held"] == counts["pages_proven"] == counts["pages_verified"] >= WEEKS * 168
    assert counts["intervals"] == counts["intervals_equal_to_source"] == 4 * counts["pages_held"]
    assert counts["recorded_year"] == WEEKS * 672
    assert counts["missing"] >= 4
    assert facts["recency"] == "current"
    # Where the replay stands still for the neighbours' statements, an hour may wait for the one after it.
    assert facts["late_pages"] <= TALLIED_DAYS
    assert all(facts[k] for k in ("signature", "key_trust", "single_operator", "replayed"))
    assert set(summary["energy_wh"]) == {"import", "export", "generation"}
    assert summary["energy_wh"]["generation"] > 0
    assert summary["source"] == "home.csv"
    assert {"start", "pair", "first_readings", "sync", "verify_mirror"} <= set(summary["seconds"])
    market = summary["market"]
    assert market["wallet_complete"]
    assert (market["wrong"], market["orders"]) == (0, ["sealed"])
    assert market["recomputed"] >= 24
    neighbours = summary["neighbours"]
    assert neighbours["rounds_checked"] == neighbours["equal_to_plain_statistic"] >= 1
    assert neighbours["own_included"] + neighbours["own_gaps"] == neighbours["rounds_checked"]
    assert neighbours["homes"] >= MIN_HOMES
    assert (neighbours["findings"], neighbours["complete"]) == (0, True)
    assert {
        f"neighbours{part}-{theme}.png" for part in ("", "-privacy") for theme in ("light", "dark")
    } <= set(summary["pictures"])
    sides = {
        f"market{part}-{theme}.png"
        for part in ("", "-buy", "-prices", "-wallet")
        for theme in ("light", "dark")
    }
    assert sides <= set(summary["pictures"])
    for name in summary["pictures"]:
        picture = (demo.folder / "first" / name).read_bytes()
        assert picture.startswith(b"\x89PNG"), name
        assert len(picture) > 5000, name


def test_a_second_start_takes_keys_chain_and_pages_up_again(demo: Demo) -> None:
    before, genesis = demo.sealed(), (demo.village / "consortium" / "genesis.cbor").read_bytes()
    identity = (demo.village / "meter" / "identity").read_bytes()
    held = demo.summary("first")["counts"]
    done = demo.run("second")
    assert done.code == 0, done.out + done.err
    again = demo.summary("second")
    assert again["failures"] == []
    told = again["neighbours"]
    assert told["equal_to_plain_statistic"] == told["rounds_checked"]
    assert told["rounds_checked"] >= demo.summary("first")["neighbours"]["rounds_checked"]
    assert again["counts"]["pages_held"] >= held["pages_held"]
    assert again["counts"]["head_height"] >= held["head_height"]
    assert (demo.village / "consortium" / "genesis.cbor").read_bytes() == genesis
    assert (demo.village / "meter" / "identity").read_bytes() == identity
    after = demo.sealed()
    assert after[: len(before)] == before
    assert len(after) - len(before) <= 2, "an hour or two may have passed, no more"
    # Nothing was fetched twice: the home was paired already, and its mirror was there.
    assert len(list((demo.folder / "data" / "app" / "data" / "homes").iterdir())) == 1


def children_of(pid: int) -> list[int]:
    """The processes whose parent is this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT reaches what is started here, though a shell that runs the tests beside itself ignores it."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to count processes")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_no_child_outlives_the_demonstration(tmp_path: Path, how: signal.Signals) -> None:
    """Killed in the middle of its replay: ledger, radio and meter end because their input has closed."""
    here = Demo(tmp_path, solar_csv(tmp_path / "home.csv", 4))
    with subprocess.Popen(
        [sys.executable, "-m", "ohmstead", *here.arguments("out")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(tmp_path / "nobody"),
    ) as child:  # fmt: skip
        try:
            wait_for(lambda: (here.village / "meter" / "log.sqlite").exists())
            children = children_of(child.pid)
            assert len(children) == 3
            os.kill(child.pid, how)
            child.wait(60)
            assert child.returncode != 0
        finally:
            child.kill()
    wait_for(lambda: not any(alive(pid) for pid in children))
    # What was killed in the middle is taken up: no page is sealed a second time.
    identity, before = (here.village / "meter" / "identity").read_bytes(), here.sealed()
    if how is signal.SIGKILL:
        done = here.run("again")
        assert done.code == 0, done.out + done.err
        assert here.summary("again")["failures"] == []
        assert (here.village / "meter" / "identity").read_bytes() == identity
        assert here.sealed()[: len(before)] == before
