"""Clearing one slot of 1 000, 10 000 and 100 000 orders, half to buy (DESIGN §14: 100 000 in <= 150 ms).

Two books of each size: limits of 220 000 levels (few ties), and of 221 levels (every price is a tie). Ids are
hashes in no order. ``with_fills_by_id`` also goes through every fill by ascending id, as a hash of it does.
Peers in the same run, in turn: a plain sort of the same tuples (side, limit, Wh, id), the physical limit of
sorting; and an open engine where it is installed, "not installed" otherwise.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import time
from collections.abc import Callable
from hashlib import sha256

from ohmstead.market.clearing import BookOrder, clear
from ohmstead.market.orders import Order, Side, Step, Terms

SIZES = (1_000, 10_000, 100_000)
TICKS = {"levels": 1, "ties": 1000}
RUNS = 9
BUDGET_MS = 150
TERMS = Terms("midpoint", 80_000, 300_000, 0, 5000)
SEED = bytes(32)
PYMARKET_MOST = 1_000  # it takes minutes for more


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


def _pymarket(book: list[BookOrder]) -> str | float:
    """Milliseconds of pymarket's Huang auction over the same book; it trades less by design."""
    if importlib.util.find_spec("pymarket") is None:
        return "not installed"
    if len(book) > PYMARKET_MOST:
        return "left out: minutes"
    try:
        import pymarket

        market = pymarket.Market()
        for i, (side, limit, wh, _) in enumerate(_plain(book)):
            market.accept_bid(wh, limit, i, not side, 0)
        return round(_ms(lambda: market.run("huang")), 1)
    except Exception as error:  # whatever an old engine does on this machine is its own result
        return f"fails: {type(error).__name__}"


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
    return {**medians, "fastest_ms": round(min(times["ms"]), 2), "pymarket_huang_ms": _pymarket(book)}


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
