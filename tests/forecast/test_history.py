"""What a forecast takes as history, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ohmstead.core.intervals import IntervalStatus
from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.history import MAX_WH, History, history_of

OK, ESTIMATED, MISSING, SUSPECT, REPLACED = IntervalStatus


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, np.int64)


def test_intervals_become_consecutive_slots_and_only_what_was_measured_counts() -> None:
    history = history_of(
        ints(10, 11, 13, 14, 15, 16),
        ints(1, 2, 3, 4, 5, 6),
        ints(7, 8, 9, 10, 11, 12),
        np.array([OK, OK, OK, ESTIMATED, OK, OK], np.uint8),
        np.array([OK, MISSING, OK, OK, SUSPECT, REPLACED], np.uint8),
    )
    assert (history.first_slot, history.end_slot, len(history)) == (10, 17, 7)
    assert history.ok.tolist() == [True, False, False, True, False, False, False]
    assert history.import_wh[3], history.export_wh[3] == (3, 9)


def test_no_interval_is_an_empty_history() -> None:
    none = np.zeros(0, np.int64)
    codes = np.zeros(0, np.uint8)
    assert len(history_of(none, none, none, codes, codes)) == 0


def test_a_part_of_it() -> None:
    history = History(100, ints(1, 2, 3), ints(4, 5, 6), np.array([True, False, True]))
    part = history.between(101, 500)
    assert (part.first_slot, part.import_wh.tolist(), part.ok.tolist()) == (101, [2, 3], [False, True])
    assert (
        len(history.between(0, 50)) == len(history.between(103, 104)) == len(history.between(102, 101)) == 0
    )


def test_what_is_not_measured_may_be_anything() -> None:
    History(0, ints(-5, 3), ints(1, MAX_WH + 1), np.array([False, False]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_slot": -1}, "from slot -1"),
        ({"first_slot": 1 << 41}, "from slot"),
        ({"import_wh": ints(1)}, "one length"),
        ({"ok": np.array([[True, True]])}, "one length"),
        ({"ok": np.array([1, 1])}, "truth"),
        ({"import_wh": np.array([1.0, 2.0])}, "whole Wh"),
        ({"export_wh": np.array([1, 2], np.int32)}, "whole Wh"),
        ({"import_wh": ints(1, -2)}, "import_wh of slot 8 is -2"),
        ({"export_wh": ints(MAX_WH + 1, 0)}, "export_wh of slot 7"),
    ],
)
def test_nonsense_is_refused(change: dict[str, Any], said: str) -> None:
    fields: dict[str, Any] = {
        "first_slot": 7, "import_wh": ints(1, 2), "export_wh": ints(0, 0), "ok": np.array([True, True]),
    }  # fmt: skip
    with pytest.raises(ForecastError, match=said):
        History(**(fields | change))


@pytest.mark.parametrize("slots", [ints(5, 5), ints(6, 5), ints(1, 1 << 40)])
def test_intervals_out_of_order_or_ages_apart_are_refused(
    slots: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> None:
    codes = np.zeros(2, np.uint8)
    with pytest.raises(ForecastError, match="ascend"):
        history_of(slots, ints(1, 1), ints(1, 1), codes, codes)
    with pytest.raises(ForecastError, match="lengths"):
        history_of(slots, ints(1), ints(1, 1), codes, codes)
