"""What a home has measured, as a forecast takes it: two amounts a slot and whether they count.

Here: the series, its checks, and how it is made of decoded intervals. Not here: where intervals come from
(``store``), what is made of them (``outlook``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ohmstead.core.intervals import IntervalStatus
from ohmstead.forecast.errors import ForecastError

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.uint8]

MAX_SLOTS = 40 * 366 * 96
MAX_SLOT = 1 << 40
MAX_WH = 1 << 31  # in one slot: 8 GW, beyond any home and far below where a sum of a day loses an integer


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Consecutive slots from ``first_slot`` on, oldest first; all arrays have one length (0 is allowed).

    Amounts are Wh (int64, 0 to 2³¹ where ``ok``); elsewhere they mean nothing and are never read. ``ok`` says
    that both amounts were measured in that slot: a gap, an estimate, a doubtful clock, a swapped meter are
    not. Raises ForecastError for anything else.
    """

    first_slot: int
    import_wh: Ints = field(repr=False)
    export_wh: Ints = field(repr=False)
    ok: Bools = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.first_slot <= MAX_SLOT:
            raise ForecastError(f"a history from slot {self.first_slot} on")
        shapes = {self.import_wh.shape, self.export_wh.shape, self.ok.shape}
        if len(shapes) != 1 or self.ok.ndim != 1 or len(self.ok) > MAX_SLOTS:
            raise ForecastError(f"a history needs three series of one length up to {MAX_SLOTS}: {shapes}")
        if self.ok.dtype != np.bool_:
            raise ForecastError(f"ok holds {self.ok.dtype}, not truth values")
        for name, amounts in (("import_wh", self.import_wh), ("export_wh", self.export_wh)):
            if amounts.dtype != np.int64:
                raise ForecastError(f"{name} holds {amounts.dtype}, not whole Wh (int64)")
            wrong = self.ok & ((amounts < 0) | (amounts > MAX_WH))
            if wrong.any():
                at = int(np.argmax(wrong))
                raise ForecastError(f"{name} of slot {self.first_slot + at} is {int(amounts[at])} Wh")

    def __len__(self) -> int:
        return len(self.ok)

    @property
    def end_slot(self) -> int:
        """The slot after the last one."""
        return self.first_slot + len(self)

    def between(self, first_slot: int, end_slot: int) -> History:
        """The part from a slot on up to, without, another; views of the same arrays."""
        first = min(max(first_slot, self.first_slot), self.end_slot)
        part = slice(first - self.first_slot, max(first, end_slot) - self.first_slot)
        return History(first, self.import_wh[part], self.export_wh[part], self.ok[part])


def history_of(
    slot: Ints, import_wh: Ints, export_wh: Ints, status_import: Codes, status_export: Codes
) -> History:
    """The history of decoded intervals, ascending by slot; slots that are absent are gaps.

    Only what both directions measured (``IntervalStatus.OK``) counts. Raises ForecastError where slots do not
    ascend or span too much.
    """
    columns = (slot, import_wh, export_wh, status_import, status_export)
    if len({c.shape for c in columns}) != 1 or slot.ndim != 1:
        raise ForecastError("columns of different lengths")
    if not len(slot):
        return History(0, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_))
    first, last = int(slot[0]), int(slot[-1])
    if (np.diff(slot) <= 0).any() or last - first >= MAX_SLOTS:
        raise ForecastError(f"slots {first} to {last} do not ascend or span more than {MAX_SLOTS}")
    at = slot - first
    imports, exports = np.zeros(last - first + 1, np.int64), np.zeros(last - first + 1, np.int64)
    ok = np.zeros(last - first + 1, np.bool_)
    imports[at], exports[at] = import_wh, export_wh
    ok[at] = (status_import == IntervalStatus.OK) & (status_export == IntervalStatus.OK)
    return History(first, imports, exports, ok)
