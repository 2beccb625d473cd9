"""Clearing against a linear-programming solver: welfare, quantity and price, where the solver is installed."""

from __future__ import annotations

import random

import pytest

from ohmstead.market.clearing import clear
from tests.market.invariants import random_book

pytest.importorskip("scipy", reason="the pure parts' tests run without a solver; the whole test run has it")
from tests.market.lp_oracle import solve


@pytest.mark.parametrize("hundred", range(3))
def test_a_solver_finds_the_same_welfare_and_quantity_and_a_price_of_the_interval(hundred: int) -> None:
    traded = 0
    for number in range(50_000 + 100 * hundred, 50_100 + 100 * hundred):
        book, terms, seed = random_book(random.Random(number))
        result = clear(book, terms, seed)
        best = solve(book, terms)
        if best is None:
            assert result.quantity_wh == 0
            continue
        assert (result.welfare_nano, result.quantity_wh) == (best.welfare_nano, best.quantity_wh), number
        if result.interval is not None:
            low, high = result.interval
            assert low - 1e-6 <= best.shadow_price <= high + 1e-6, number
            traded += 1
    assert traded > 40
