"""App, meter and node are killed while the home trades: every order is there once, every lock accounted for."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.village import Village, environment, ohmstead, village

pytestmark = pytest.mark.processes

LOCK = 5000 * 300_000


def arguments(here: Village, action: str, *more: object) -> list[str]:
    return ["market", action, "--data", str(here.profile), "--hci", here.hci, *map(str, more), "--json"]


def answer(here: Village, action: str, *more: object) -> Any:
    done = ohmstead(*arguments(here, action, *more), home=here.profile / "empty")
    assert done.code == 0, done.err
    return json.loads(done.out)


def until(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.5)


def bid(slot: int) -> tuple[object, ...]:
    at = datetime.fromtimestamp(slot * 900, UTC)
    return "bid", "--slot", f"{at:%Y-%m-%dT%H:%M}", "--wh", 100 + slot % 50, "--limit", 290_000


def killed_app(here: Village, seconds: float, *more: object) -> None:
    """A command that is killed after so many seconds, wherever it is then."""
    action, *rest = more
    running = subprocess.Popen(
        [sys.executable, "-m", "ohmstead", *arguments(here, str(action), *rest)],
        env=environment(here.profile / "empty"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(seconds)
    running.kill()
    running.wait()


def slots_of(orders: list[dict[str, Any]]) -> list[int]:
    return sorted(o["slot"] for o in orders if o["stage"] not in ("replaced", "cancelled"))


def sealed(here: Village) -> bool:
    found = {o["stage"] for o in answer(here, "orders")}
    assert found <= {"waiting", "handed", "sealed", "closed"}, found
    return found <= {"sealed", "closed"}


def test_app_meter_and_node_killed_while_the_home_trades(tmp_path: Path) -> None:
    with village(tmp_path, 1, homes=3) as here:
        assert here.pair().code == 0
        until(lambda: bool(answer(here, "wallet")["movements"]))
        base = int(time.time() // 900) + 3
        killed_app(here, 1.0, *bid(base))
        killed_app(here, 1.6, *bid(base + 1))
        answer(here, *bid(base + 2))
        kept = slots_of(answer(here, "orders"))
        assert base + 2 in kept
        assert len(set(kept)) == len(kept)
        for child in here.neighbourhood._children:  # node, radio, meter, neighbours: at once
            child.kill()
    with village(tmp_path, 1, homes=3) as here:
        until(lambda: sealed(here))
        orders = answer(here, "orders")
        assert slots_of(orders) == kept, "an order was lost, or placed twice"
        wallet = answer(here, "wallet")
        assert wallet["account"]["complete"]
        assert wallet["account"]["locked_nano"] == len(kept) * LOCK
        assert [m["kind"] for m in wallet["movements"]].count("lock") == len(kept)
