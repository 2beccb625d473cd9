"""How many times the base point a point is, for numbers that are known to be small.

Baby-step giant-step (Shanks 1971), halved: a point and its negative share their y, so a table of m multiples
answers for 2m + 1 numbers. Cost in additions: m to build, range / (2m + 1) a question. Not here: which range
is the right one (``neighbours.tally``).
"""

from __future__ import annotations

from math import isqrt

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.group import BASE, IDENTITY, add, base, negative, scalar_of, sub

#: Widest range searched: 2**15 points in the table and as many steps, about a second in all.
MAX_WIDTH = 1 << 31


class NoLogarithm(VerificationError):
    """The point is no multiple of the base point within the range: what was opened is not a sum of homes."""


class SmallLogarithms:
    """The table for questions over ranges of about ``width`` numbers, ``questions`` of them.

    Raises ValueError for a width that would take minutes. Not thread-safe while it is being built.
    """

    def __init__(self, width: int, questions: int = 1) -> None:
        if not 0 < width <= MAX_WIDTH or questions < 1:
            raise ValueError(f"a range of {width} numbers is not searched")
        self._babies = isqrt(width * questions // 2) + 1
        self._table: dict[bytes, int] = {}
        p = IDENTITY
        for i in range(self._babies + 1):
            self._table[p] = i
            p = add(p, BASE)

    def find(self, p: bytes, low: int, high: int, what: str) -> int:
        """The number x with low ≤ x ≤ high and xB = P. Raises NoLogarithm, ``what`` naming the sum."""
        stride = 2 * self._babies + 1
        middle = low + self._babies
        rest, step = sub(p, base(scalar_of(middle))), base(scalar_of(stride))
        while middle - self._babies <= high:
            found = self._near(rest)
            if found is not None and low <= middle + found <= high:
                return middle + found
            rest, middle = sub(rest, step), middle + stride
        raise NoLogarithm(what, f"is no number from {low} to {high}")

    def _near(self, p: bytes) -> int | None:
        found = self._table.get(p)
        if found is None:
            found = self._table.get(negative(p))
            return None if found is None else -found
        return found
