"""The estimator's integer rule, against its definition in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.neighbours.estimator import DayResult, NoStatistic, mean_home_wh, over_days, plain_day

homes = st.lists(st.integers(0, 140_000), min_size=1, max_size=40)
sizes = st.sampled_from((11, 12, 13))


def defined(result: DayResult, percent: int) -> int:
    """The inverse of the cumulative histogram, drawn as straight lines between the bins' edges."""
    n = sum(result.bins)
    wanted = Fraction(percent * n, 100)
    edges = [Fraction(sum(result.bins[:j])) for j in range(17)]
    for j in range(16):
        if edges[j + 1] > edges[j] and edges[j + 1] >= wanted:
            return floor((j + (wanted - edges[j]) / (edges[j + 1] - edges[j])) * (1 << result.s))
    raise AssertionError


@given(homes, sizes, st.integers(0, 100))
def test_a_percentile_is_its_definition(imports: list[int], s: int, percent: int) -> None:
    assert plain_day(imports, s).percentile_wh(percent) == defined(plain_day(imports, s), percent)


@given(homes, sizes)
def test_percentiles_ascend_and_stay_near_the_plain_ones(imports: list[int], s: int) -> None:
    result = plain_day(imports, s)
    found = [result.percentile_wh(p) for p in range(101)]
    assert found == sorted(found)
    capped = sorted(min(v, 16 * 2**s - 1) for v in imports)
    for p in range(1, 101):
        plain = capped[-(-p * len(capped) // 100) - 1]
        assert abs(found[p] - plain) <= 2**s  # one bin


@given(homes, sizes)
def test_mean_and_total_are_exact(imports: list[int], s: int) -> None:
    result = plain_day(imports, s)
    capped = [min(v, 16 * 2**s - 1) for v in imports]
    assert (result.n, result.total_wh) == (len(capped), sum(capped))
    assert result.mean_wh() == sum(capped) // len(capped)


@given(st.lists(homes, min_size=1, max_size=7), sizes)
def test_a_week_is_the_sum_of_its_days(days: list[list[int]], s: int) -> None:
    results = [plain_day(d, s) for d in days]
    assert over_days(results) == plain_day([v for d in days for v in d], s)
    exact = sum(Fraction(r.total_wh, r.n) for r in results)
    assert mean_home_wh(results) == floor(exact)


def test_edges() -> None:
    result = DayResult(11, (0, 0, 4, 0, 0, 1, *[0] * 10), 4 * 4096 + 5 * 2048)
    assert result.percentile_wh(0) == 2 * 2048
    assert result.percentile_wh(80) == 3 * 2048
    assert result.percentile_wh(81) == 5 * 2048 + 102  # 2048·(405 − 400)/100 = 102.4
    assert result.percentile_wh(100) == 6 * 2048


@pytest.mark.parametrize(
    ("bins", "total"),
    [((1, *[0] * 15), 2_048), ((0, 1, *[0] * 14), 2_047), ((-1, 2, *[0] * 14), 2_048), ((1,) * 15, 0)],
)
def test_a_histogram_and_its_total_agree(bins: tuple[int, ...], total: int) -> None:
    with pytest.raises(NoStatistic):
        DayResult(11, bins, total)


def test_nothing_has_no_statistic() -> None:
    empty = DayResult(11, (0,) * 16, 0)
    for ask in (
        empty.mean_wh, lambda: empty.percentile_wh(50), lambda: over_days([]), lambda: mean_home_wh([empty]),
        lambda: over_days([empty, DayResult(12, (0,) * 16, 0)]), lambda: plain_day([1], 11).percentile_wh(101),
    ):  # fmt: skip
        with pytest.raises(NoStatistic):
            ask()
