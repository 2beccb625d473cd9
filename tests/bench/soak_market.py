"""100 000 random books through every invariant of the slot market, each with a dozen books derived from it.

No peer and no budget: it counts. An invariant that breaks stops it with the book's number, which is its seed.
Every tenth is solved by a linear-programming solver too. Takes a few minutes. ``OHMSTEAD_SOAK`` gives another
number of books.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter

from tests.market.invariants import check, check_relations, random_book
from tests.market.lp_oracle import solve

BOOKS = int(os.environ.get("OHMSTEAD_SOAK", "100000"))
FIRST = 1_000_000  # the tests take the numbers below


def run() -> dict[str, object]:
    """Counts of books by what they came to."""
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    for number in range(FIRST, FIRST + BOOKS):
        rng = random.Random(number)
        book, terms, seed = random_book(rng)
        try:
            result = check(book, terms, seed)
            check_relations(book, terms, seed, rng)
            if number % 10 == 0 and (best := solve(book, terms)):
                assert (result.welfare_nano, result.quantity_wh) == (best.welfare_nano, best.quantity_wh)
                counts["solved"] += 1
        except AssertionError:
            print(f"book {number} breaks an invariant", file=sys.stderr)
            raise
        counts["orders"] += len(book)
        counts["trading"] += result.price is not None
        counts["wide_interval"] += result.interval is not None and result.interval[0] < result.interval[1]
        counts["with_fee"] += terms.fee > 0
        counts["in_part"] += any(0 < result.fills[e.id] < e.order.total_wh for e in book)
    return {"books": BOOKS, **counts, "violations": 0, "seconds": round(time.perf_counter() - began, 1)}


if __name__ == "__main__":
    print(run())
