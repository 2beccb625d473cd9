"""From all guardians' shares to the numbers: what a round's sums are, found by anyone and checked by everyone.

P − ΣD is h·B for a small h; it is found by a search and checked by one multiplication. Single bit sums are
never opened: no column holds one. Not here: whether a share holds (``guardians.verify_share``: ask it first),
statistics of the result (``neighbours.estimator``). Source: protocol/neighbours, lines 21, 23, 24.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.estimator import DayResult, NoStatistic
from ohmstead.neighbours.group import base, scalar_of, sub, total
from ohmstead.neighbours.logarithm import SmallLogarithms
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.rounds import BINS, DAY_COLUMNS, SHAPE_COLUMNS, bin_bits
from ohmstead.neighbours.shape import PARTS
from ohmstead.neighbours.tally import Frozen


class OpeningRefused(VerificationError):
    """Shares are missing or doubled, or the numbers are not what the sums hold."""


def remainders(frozen: Frozen, shares: Iterable[Share], of: int) -> tuple[bytes, ...]:
    """P_j − Σ_i D_ij of every column, from exactly one verified share of each of ``of`` guardians.

    Raises OpeningRefused.
    """
    known = list(shares)
    if not known or sorted(s.guardian for s in known) != list(range(of)):
        raise OpeningRefused("shares", f"need one of each of {of} guardians")
    if len({(s.epoch, s.cohort, s.day) for s in known}) != 1:
        raise OpeningRefused("shares", "are of different rounds")
    if any(len(s.parts) != len(frozen.p) for s in known):
        raise OpeningRefused("shares", "have another number of parts than there are sums")
    parts = zip(*(s.parts for s in known), strict=True)
    return tuple(sub(p, total(ds)) for p, ds in zip(frozen.p, parts, strict=True))


# ---- days ----------------------------------------------------------------------------------------


def open_day(frozen: Frozen, shares: Iterable[Share], of: int, s: int) -> DayResult:
    """A day's histogram and total (line 21).

    The total is searched only where the histogram, found first, lets it be: n·(2^s − 1) + 1 numbers instead of
    n·K·2^s, since every home's bin and total agree by its proof. Raises OpeningRefused, NoLogarithm.
    """
    rest = _of_kind(remainders(frozen, shares, of), DAY_COLUMNS)
    n, loose = frozen.n, frozen.n * ((1 << bin_bits(s)) - 1)
    table = SmallLogarithms(loose + 1)
    bins = tuple(table.find(p, 0, n, f"bin {j}") for j, p in enumerate(rest[:BINS]))
    low = sum(j * h for j, h in enumerate(bins)) << s
    total_wh = table.find(rest[BINS], low, low + loose, "total")
    return _day(n, s, bins, total_wh)


def check_day(frozen: Frozen, shares: Iterable[Share], of: int, s: int, values: Sequence[int]) -> DayResult:
    """The result that ``values`` (h_0 … h_15, total in Wh) state, once the sums hold exactly that.

    Bounds first: 0 ≤ h_j ≤ n, Σh = n, and the total within what these bins can hold, which lies within
    0 ≤ t < n·K·2^s. Raises OpeningRefused.
    """
    if len(values) != DAY_COLUMNS:
        raise OpeningRefused("opening", f"{len(values)} values, {DAY_COLUMNS} are needed")
    result = _day(frozen.n, s, tuple(values[:BINS]), values[BINS])
    _check_values(_of_kind(remainders(frozen, shares, of), DAY_COLUMNS), values)
    return result


def _day(n: int, s: int, bins: tuple[int, ...], total_wh: int) -> DayResult:
    try:
        result = DayResult(s, bins, total_wh)
    except NoStatistic as error:
        raise OpeningRefused("opening", error.reason) from error
    if result.n != n:
        raise OpeningRefused("opening", f"{result.n} homes in the bins, {n} statements")
    return result


# ---- load shapes ---------------------------------------------------------------------------------


def open_shape(frozen: Frozen, shares: Iterable[Share], of: int) -> tuple[int, ...]:
    """The 48 sums of a month's load shapes, in parts per 255 of each home. Raises OpeningRefused, NoLogarithm."""
    rest = _of_kind(remainders(frozen, shares, of), SHAPE_COLUMNS)
    whole = PARTS * frozen.n
    table = SmallLogarithms(whole + 1, SHAPE_COLUMNS)
    values = tuple(table.find(p, 0, whole, f"value {j}") for j, p in enumerate(rest))
    _check_whole(frozen.n, values)
    return values


def check_shape(frozen: Frozen, shares: Iterable[Share], of: int, values: Sequence[int]) -> tuple[int, ...]:
    """The sums that ``values`` state, once they are that: 0 ≤ value ≤ 255·n, Σ = 255·n. Raises OpeningRefused."""
    if len(values) != SHAPE_COLUMNS:
        raise OpeningRefused("opening", f"{len(values)} values, {SHAPE_COLUMNS} are needed")
    _check_whole(frozen.n, values)
    _check_values(_of_kind(remainders(frozen, shares, of), SHAPE_COLUMNS), values)
    return tuple(values)


def _check_whole(n: int, values: Sequence[int]) -> None:
    if any(not 0 <= v <= PARTS * n for v in values) or sum(values) != PARTS * n:
        raise OpeningRefused("opening", f"{n} load shapes come to {PARTS * n}, each value within it")


def _of_kind(rest: tuple[bytes, ...], columns: int) -> tuple[bytes, ...]:
    if len(rest) != columns:
        raise OpeningRefused("sums", f"{len(rest)} columns, {columns} are needed")
    return rest


def _check_values(rest: Sequence[bytes], values: Sequence[int]) -> None:
    for j, (p, v) in enumerate(zip(rest, values, strict=True)):
        if p != base(scalar_of(v)):
            raise OpeningRefused(f"column {j}", f"does not hold {v}")
