"""Weighted quantiles with holes, standings, pinball loss: against numpy and by their properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.quantiles import LEVELS, mean_pinball, pinball, quantiles, standing

AMOUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(AMOUNTS, st.integers(0, 5))
def test_equal_weights_are_numpys_hazen(amounts: list[int], holes: int) -> None:
    samples = np.array([*map(float, amounts), *[np.nan] * holes])
    np.random.default_rng(len(amounts)).shuffle(samples)
    found = quantiles(samples, np.ones(len(samples)) * 3)
    np.testing.assert_allclose(found, np.quantile(amounts, LEVELS, method="hazen"), atol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4)), min_size=1, max_size=30))
def test_order_bounds_and_weights_of_nought(pairs: list[tuple[int, int]]) -> None:
    samples, weights = np.array(pairs, np.float64).T
    low, mid, high = quantiles(samples, weights)
    used = samples[weights > 0]
    if not len(used):
        assert np.isnan([low, mid, high]).all()
        return
    assert used.min() <= low <= mid <= high <= used.max()
    np.testing.assert_array_equal(quantiles(used, weights[weights > 0]), [low, mid, high])


def test_weight_pulls() -> None:
    samples = np.arange(10.0)
    plain = quantiles(samples, np.ones(10))
    late = quantiles(samples, np.where(samples >= 5, 9.0, 1.0))
    assert (late > plain).all()


def test_no_sample_is_no_quantile() -> None:
    assert np.isnan(quantiles(np.full((2, 3), np.nan), np.ones(3))).all()


def test_standings_are_even_also_among_zeros() -> None:
    """Nine samples in ten are zero, as are nine observations in ten: one in ten must stand below a tenth."""
    samples = np.tile(np.r_[np.zeros(90), np.arange(1.0, 11)], (400, 1))
    chance = np.random.default_rng(3)
    observed = np.where(chance.random(400) < 0.9, 0.0, chance.uniform(0, 11, 400))
    stood = standing(observed, samples, np.ones(100))
    for level in (0.1, 0.3, 0.5, 0.9):
        assert (stood < level).mean() == pytest.approx(level, abs=0.04)


def test_standing_without_sample_or_observation_is_unknown() -> None:
    samples = np.array([[np.nan, np.nan], [1.0, 2.0]])
    assert np.isnan(standing(np.array([1.0, np.nan]), samples, np.ones(2))).all()


@given(AMOUNTS, st.integers(0, 50))
def test_the_true_quantile_has_the_least_loss(amounts: list[int], other: int) -> None:
    observed = np.array(amounts, np.float64)
    for level in LEVELS:
        true = np.full(len(observed), np.quantile(observed, level, method="inverted_cdf"))
        rival = np.full(len(observed), float(other))
        assert pinball(observed, true, level).mean() <= pinball(observed, rival, level).mean() + 1e-9


def test_mean_pinball_by_hand() -> None:
    # Observed 10; edges 4 and 20, middle 8: 0.1·6, 0.5·2, 0.1·10.
    loss = mean_pinball(np.array([10.0]), np.array([[4.0], [8.0], [20.0]]))
    assert loss[0] == pytest.approx((0.6 + 1.0 + 1.0) / 3)
