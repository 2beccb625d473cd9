"""Readings as arrays, ready for a chart: numpy, one entry per slot or day.

Here: shapes and what follows from them alone. Not here: SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ohmstead.core.intervals import IntervalStatus

Ints = NDArray[np.int64]
Codes = NDArray[np.uint8]

NO_GENERATION = -1  # in generation_wh: this meter has no generation register in that slot or day
NO_STATUS = 255  # in status_generation: the same

# What a slot is called when its channels differ: the graver first.
_GRAVITY = (
    IntervalStatus.OK,
    IntervalStatus.REPLACED,
    IntervalStatus.ESTIMATED,
    IntervalStatus.CLOCK_SUSPECT,
    IntervalStatus.MISSING,
)


@dataclass(frozen=True, slots=True)
class IntervalSeries:
    """Decoded intervals of one meter, ascending by slot; slots without a readable page are absent.

    All arrays have one length. Amounts are Wh (int64); of a missing slot they mean nothing. Statuses hold
    IntervalStatus (uint8). ``generation_wh`` is NO_GENERATION and its status NO_STATUS without a register.
    """

    slot: Ints = field(repr=False)
    import_wh: Ints = field(repr=False)
    export_wh: Ints = field(repr=False)
    generation_wh: Ints = field(repr=False)
    status_import: Codes = field(repr=False)
    status_export: Codes = field(repr=False)
    status_generation: Codes = field(repr=False)

    def __len__(self) -> int:
        return len(self.slot)

    @property
    def status(self) -> Codes:
        """One status per slot: the gravest of its channels."""
        rank = np.zeros(256, np.uint8)
        rank[list(_GRAVITY)] = np.arange(len(_GRAVITY), dtype=np.uint8)
        worst = np.maximum(
            np.maximum(rank[self.status_import], rank[self.status_export]), rank[self.status_generation]
        )
        return np.array(_GRAVITY, np.uint8)[worst]

    @property
    def has_generation(self) -> bool:
        """Whether any slot has a generation register."""
        return bool(len(self) and (self.generation_wh != NO_GENERATION).any())


@dataclass(frozen=True, slots=True)
class DaySeries:
    """Daily sums of one meter, ascending by local day; days without any readable page are absent.

    ``day`` is days since 1970-01-01 in the meter's zone; amounts are Wh; ``sun_home_wh`` is
    generation − export; ``estimated_wh`` is what the house used in estimated slots.
    ``slots`` counts the slots with a record; ``missing``, ``estimated``, ``doubt``
    (clock) and ``replaced`` count those of each status. Missing slots are left out of the sums.
    """

    day: Ints = field(repr=False)
    import_wh: Ints = field(repr=False)
    export_wh: Ints = field(repr=False)
    generation_wh: Ints = field(repr=False)
    sun_home_wh: Ints = field(repr=False)
    estimated_wh: Ints = field(repr=False)
    slots: Ints = field(repr=False)
    missing: Ints = field(repr=False)
    estimated: Ints = field(repr=False)
    doubt: Ints = field(repr=False)
    replaced: Ints = field(repr=False)

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Extent:
    """First and last slot (both included) with a decoded interval."""

    first_slot: int
    last_slot: int
