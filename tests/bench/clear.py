"""Clearing one slot of 1 000, 10 000 and 100 000 orders, half to buy (DESIGN §14: 100 000 in <= 150 ms).

Two books of each size: limits of 220 000 levels (few ties), and of 221 levels (every price is a tie). Ids are
hashes in no order. ``with_fills_by_id`` also goes through every fill by ascending id, as a hash of it does.
Peers in the same run, in turn: a plain sort of the same tuples (side, limit, Wh, id), the physical limit of
sorting; and open engines where they are installed (``_peers``), "not installed" otherwise.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from ohmstead.market.clearing import BookOrder, clear
from ohmstead.market.orders import Order, Side, Step, Terms

SIZES = (1_000, 10_000, 100_000)
TICKS = {"levels": 1, "ties": 1000}
RUNS = 9
BUDGET_MS = 150
TERMS = Terms("midpoint", 80_000, 300_000, 0, 5000)
SEED = bytes(32)
ENGINES = ("pymarket_huang", "assume_pay_as_clear")
PEER_MOST = 10_000  # they take minutes for more
PEERS = Path(__file__).with_name("_peers.py")


def _book(size: int, tick: int) -> list[BookOrder]:
    rng = random.Random(size + tick)
    ids = [sha256(b"%d" % i).digest() for i in range(size)]
    return [
        BookOrder(
            order_id,
            Order(
                Side(rng.randrange(2)),
                (Step(rng.randrange(50, 2501), rng.randrange(80_000, 300_001) // tick * tick),),
            ),
        )
        for order_id in ids
    ]


def _plain(book: list[BookOrder]) -> list[tuple[int, int, int, bytes]]:
    return [(int(e.order.side), e.order.steps[0].limit, e.order.steps[0].wh, e.id) for e in book]


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _peer(engine: str, book: list[BookOrder]) -> dict[str, object]:
    """Milliseconds of an open engine over the same book and what it trades, or why not (``_peers``)."""
    if len(book) > PEER_MOST:
        return {f"{engine}_ms": "left out: minutes"}
    plain = json.dumps([[side, limit, wh] for side, limit, wh, _ in _plain(book)])
    # Each engine has an interpreter of its own: OHMSTEAD_PEER_PYMARKET_HUANG=/where/bin/python, and so on.
    python = os.environ.get(f"OHMSTEAD_PEER_{engine.upper()}", sys.executable)
    try:
        done = subprocess.run(
            [python, str(PEERS), engine], input=plain, capture_output=True, text=True, timeout=180, check=True
        )
    except subprocess.TimeoutExpired:
        return {f"{engine}_ms": "more than a minute"}
    answer = json.loads(done.stdout.splitlines()[-1])
    if "fails" in answer:
        return {f"{engine}_ms": answer["fails"]}
    return {f"{engine}_{what}": value for what, value in answer.items()}


def _one(size: int, tick: int) -> dict[str, object]:
    """Medians of alternating runs over one book."""
    book = _book(size, tick)
    tuples = _plain(book)
    times: dict[str, list[float]] = {"ms": [], "with_fills_by_id_ms": [], "plain_sort_ms": []}
    for _ in range(RUNS):
        times["ms"].append(_ms(lambda: clear(book, TERMS, SEED)))
        times["with_fills_by_id_ms"].append(_ms(lambda: list(clear(book, TERMS, SEED).fills.items())))
        times["plain_sort_ms"].append(_ms(lambda: sorted(tuples)))
    medians = {name: round(statistics.median(ms), 2) for name, ms in times.items()}
    peers: dict[str, object] = {"wh": clear(book, TERMS, SEED).quantity_wh}
    for engine in ENGINES:
        peers |= _peer(engine, book)
    return {**medians, "fastest_ms": round(min(times["ms"]), 2), **peers}


def run() -> dict[str, object]:
    """Milliseconds by book."""
    result: dict[str, object] = {}
    slowest = 0.0
    for size in SIZES:
        for name, tick in TICKS.items():
            measured = _one(size, tick)
            result |= {f"{size}_{name}_{what}": value for what, value in measured.items()}
            if size == SIZES[-1]:
                slowest = max(slowest, float(str(measured["ms"])))
    return result | {"budget_ms": BUDGET_MS, "slowest_of_100000_ms": slowest, "ok": slowest <= BUDGET_MS}


if __name__ == "__main__":
    print(run())
