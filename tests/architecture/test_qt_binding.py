"""The binding itself: versions that lose references are found before a person finds them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal, Slot, __version__

EMITS = 5_000


class _Counter(QObject):
    counted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    @Slot(bool)
    def count(self, on: bool) -> None:
        self.seen += on


@pytest.mark.qt
def test_emitting_loses_no_reference_to_true() -> None:
    """PySide6 6.12.0 dropped one reference to True with every emit: CPython 3.11 aborts after some 570."""
    counter = _Counter()
    counter.counted.connect(counter.count)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        counter.counted.emit(True)
    assert counter.seen == EMITS
    assert abs(sys.getrefcount(True) - before) < 100


def test_banned_versions_are_not_installed() -> None:
    assert __version__ not in {"6.11.0", "6.11.1", "6.12.0"}
