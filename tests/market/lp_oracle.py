"""The welfare of a book by a linear-programming solver: an oracle that shares no idea with ours.

The solver is HiGHS, through scipy. Buyers' Wh x and sellers' Wh y solve: maximise the sum of limit times Wh
bought less limit times Wh sold, with as much bought as sold and no step beyond its Wh. A second problem asks for
the most Wh among the best. The solver computes in floats; its corner solutions are whole Wh, so they are
rounded, checked for feasibility and valued again in integers: what is compared is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, linprog

from ohmstead.market.orders import Side, Terms
from tests.market.invariants import Book, steps_of


@dataclass(frozen=True, slots=True)
class Best:
    """The best that any allocation of a book can do. ``shadow_price`` is the solver's dual of "as much bought as
    sold", net µ/kWh as a float: a competitive price."""

    welfare_nano: int
    quantity_wh: int
    shadow_price: float


def solve(book: Book, terms: Terms) -> Best | None:
    """What the solver finds, or None for a book without bids or without asks."""
    bids = steps_of(book, terms, Side.BUY)
    asks = steps_of(book, terms, Side.SELL)
    if not bids or not asks:
        return None
    worth = np.array([step[0] for step in bids] + [-step[0] for step in asks], dtype=float)
    most = [step[1] for step in bids + asks]
    balance = np.array([[1.0] * len(bids) + [-1.0] * len(asks)])
    first = _solved(linprog(-worth, A_eq=balance, b_eq=[0.0], bounds=[(0, m) for m in most], method="highs"))
    whole = _whole(first, most, len(bids))
    welfare = sum(int(w) * wh for w, wh in zip(worth, whole, strict=True))
    # Among the best, the most Wh; a quarter of a nano-unit of room excludes no
    # best one through the solver's rounding, and buys less than half a Wh.
    second = _solved(linprog(
        -balance.clip(min=0)[0], A_ub=[-worth], b_ub=[0.25 - welfare], A_eq=balance, b_eq=[0.0],
        bounds=[(0, m) for m in most], method="highs",
    ))  # fmt: skip
    return Best(welfare, round(-second.fun), -float(first.eqlin.marginals[0]))


def _solved(result: OptimizeResult) -> OptimizeResult:
    assert result.status == 0, result.message
    return result


def _whole(result: OptimizeResult, most: list[int], bids: int) -> list[int]:
    """The solution in whole Wh, which must be as feasible as it was in floats."""
    whole = [round(x) for x in result.x]
    assert np.abs(result.x - whole).max() < 1e-6
    assert all(0 <= wh <= m for wh, m in zip(whole, most, strict=True))
    assert sum(whole[:bids]) == sum(whole[bids:])
    return whole
