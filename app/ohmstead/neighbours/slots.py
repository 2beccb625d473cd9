"""A home's day as zeros and ones: the slots that are encrypted.

A value's bin is one-hot over K slots and the rest of the value is s plain bits, so that bin and total cannot
disagree. Here: the split of a value and the weight of each slot. Not here: encryption (``neighbours.proofs``),
statistics (``neighbours.estimator``). Source: protocol/neighbours, line 9.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.neighbours.rounds import BINS, bin_bits


def slot_count(s: int) -> int:
    """S = K + s: 27 to 29. Raises RoundMalformed for an unknown s."""
    return BINS + bin_bits(s)


def capped(import_wh: int, s: int) -> int:
    """v = min(import, K·2^s − 1) in Wh. Raises ValueError for a negative import."""
    if import_wh < 0:
        raise ValueError("an import is not negative")
    return min(import_wh, (BINS << bin_bits(s)) - 1)


def slots_of(import_wh: int, s: int) -> tuple[int, ...]:
    """The S zeros and ones of a day's import: K bins, then the bits of v mod 2^s, lowest first."""
    v = capped(import_wh, s)
    return tuple(int(v >> s == j) for j in range(BINS)) + tuple(v >> t & 1 for t in range(s))


def value_of(slots: Sequence[int], s: int) -> int:
    """Wh of well-formed slots; by linearity the total of many homes' summed slots."""
    bins = sum(j * m for j, m in enumerate(slots[:BINS])) << s
    return bins + sum(m << t for t, m in enumerate(slots[BINS:]))
