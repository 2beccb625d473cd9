"""Statistics of a tally: the one estimator of mean and percentiles, for opened sums and for plain values alike.

A day is known as a histogram over 16 equal bins and an exact total; weeks and months add days up and ask the
same questions of the sums (a percentile is then one of home-days). All in whole Wh, floored, so that every
computer finds the same number. "Equal to the plain statistic" means: equal to ``plain_day`` of the plain
values, asked the same question. Source: protocol/neighbours, line 23.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.rounds import BINS, bin_bits
from ohmstead.neighbours.slots import capped


class NoStatistic(VerificationError):
    """There is nothing to take a statistic of, or it is asked wrongly."""


@dataclass(frozen=True, slots=True)
class DayResult:
    """A histogram of home-days and their total. Raises NoStatistic where these contradict each other.

    ``bins[j]`` counts imports in [j·2^s, (j + 1)·2^s) Wh, imports above the cap in the last; ``total_wh`` is
    exact, of capped values.
    """

    s: int
    bins: tuple[int, ...]
    total_wh: int

    def __post_init__(self) -> None:
        bin_bits(self.s)
        if len(self.bins) != BINS or any(h < 0 for h in self.bins):
            raise NoStatistic("histogram", f"is not {BINS} counts")
        low = sum(j * h for j, h in enumerate(self.bins)) << self.s
        if not low <= self.total_wh <= low + self.n * ((1 << self.s) - 1):
            raise NoStatistic("histogram", f"cannot hold a total of {self.total_wh} Wh")

    @property
    def n(self) -> int:
        """How many home-days."""
        return sum(self.bins)

    def mean_wh(self) -> int:
        """⌊total / n⌋. Raises NoStatistic over nothing."""
        if not self.n:
            raise NoStatistic("mean", "there are no homes")
        return self.total_wh // self.n

    def percentile_wh(self, percent: int) -> int:
        """The import that ``percent`` (0 to 100) of the home-days do not exceed, linear inside its bin.

        With C_j = h_0 + … + h_{j−1}: the bin is the first j with h_j > 0 and 100·C_{j+1} ≥ percent·n; the
        answer is j·2^s + ⌊2^s·(percent·n − 100·C_j) / (100·h_j)⌋. So 0 % is the lower edge of the first bin
        that is not empty and 100 % the upper edge of the last. Raises NoStatistic over nothing or for another
        percentage.
        """
        if not 0 <= percent <= 100:
            raise NoStatistic("percentile", f"{percent} % is not from 0 to 100")
        wanted, below = percent * self.n, 0
        for j, h in enumerate(self.bins):
            if h and 100 * (below + h) >= wanted:
                return (j << self.s) + ((wanted - 100 * below) << self.s) // (100 * h)
            below += h
        raise NoStatistic("percentile", "there are no homes")


def plain_day(imports_wh: Iterable[int], s: int) -> DayResult:
    """The result that a tally of these imports opens to."""
    values = [capped(v, s) for v in imports_wh]
    bins = [0] * BINS
    for v in values:
        bins[v >> s] += 1
    return DayResult(s, tuple(bins), sum(values))


def over_days(results: Sequence[DayResult]) -> DayResult:
    """A week or a month: histograms and totals added. Raises NoStatistic over no day or over unequal bins."""
    if not results or any(r.s != results[0].s for r in results):
        raise NoStatistic("days", "need at least one, all with the same bins")
    bins = tuple(map(sum, zip(*(r.bins for r in results), strict=True)))
    return DayResult(results[0].s, bins, sum(r.total_wh for r in results))


def mean_home_wh(results: Sequence[DayResult]) -> int:
    """What the average home imported over these days: ⌊Σ total/n⌋, the sum taken exactly before it is floored.

    Days count equally, however many homes took part in each. Raises NoStatistic where a day has none.
    """
    numerator, denominator = 0, 1
    for r in results:
        if not r.n:
            raise NoStatistic("mean", "there are no homes")
        numerator, denominator = numerator * r.n + r.total_wh * denominator, denominator * r.n
    return numerator // denominator
