"""Open market engines timed over one book: a script of its own, for a Python that has them installed.

    python tests/bench/_peers.py ENGINE < book.json

The book is a list of [side (0 buys), limit, Wh]; prints {"ms", "wh"} or {"fails"}. Nothing of ours is
imported, because the engines want other versions of what we use. They install by pip, each into an environment
of its own: ``pymarket "pandas<2" "numpy<1.24" "pulp<2.8" "matplotlib<3.8"``, and ``assume-framework``.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

Book = list[list[int]]
RUNS = 3


def pymarket_huang(book: Book) -> tuple[Callable[[], Any], Callable[[Any], int]]:
    """pymarket's Huang auction: it leaves the marginal pair out by design."""
    import pymarket

    market = pymarket.Market()
    for i, (side, limit, wh) in enumerate(book):
        market.accept_bid(wh, limit, i, not side, 0)

    def came_to(result: Any) -> int:
        return int(result[0].get_df().quantity.sum()) // 2

    return lambda: market.run("huang"), came_to


def assume_pay_as_clear(book: Book) -> tuple[Callable[[], Any], Callable[[Any], int]]:
    """assume's uniform price: the last accepted ask; ties go by chance."""
    from assume.markets.clearing_algorithms import PayAsClearRole

    product = (0, 1, None)

    def run() -> Any:
        orders = [
            {
                "start_time": 0,
                "end_time": 1,
                "only_hours": None,
                "price": limit,
                "volume": wh if side else -wh,
            }
            for side, limit, wh in book
        ]
        try:
            return PayAsClearRole.clear(None, orders, [product])
        except TypeError:  # its own closing report wants times with a calendar; the clearing is done by then
            return orders, None

    def came_to(result: Any) -> int:
        return sum(int(o.get("accepted_volume") or 0) for o in result[0] if o["volume"] > 0)

    return run, came_to


ENGINES = {"pymarket_huang": pymarket_huang, "assume_pay_as_clear": assume_pay_as_clear}


def main() -> None:
    """Time one engine over the book on standard input."""
    book: Book = json.load(sys.stdin)
    try:
        run, came_to = ENGINES[sys.argv[1]](book)
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            result = run()
            times.append((time.perf_counter() - began) * 1000)
        wh = came_to(result)
    except ImportError:
        print(json.dumps({"fails": "not installed"}))
    except Exception as error:  # whatever an old engine does on this machine is its own result
        print(json.dumps({"fails": type(error).__name__}))
    else:
        print(json.dumps({"ms": round(statistics.median(times), 1), "wh": wh}))


if __name__ == "__main__":
    main()
