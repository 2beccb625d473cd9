"""Fixtures in a line: a ledger with a meter that has recorded a history, and a home paired with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.helpers.home import Direct, Home, head_only
from tests.helpers.ledger import Ledger
from tests.helpers.meter import Meter


@dataclass
class Street:
    """A ledger, a meter with pages on it, and a home."""

    folder: Path
    ledger: Ledger
    meter: Meter
    home: Home

    def synced(self) -> Street:
        """All that is recorded is mirrored."""
        self.home.sync(Direct(self.meter))
        return self

    def head_only(self) -> Street:
        """The newest head is mirrored, and no page."""
        head_only(self.home, self.meter)
        return self

    def another_meter(self, name: str = "neighbour") -> Meter:
        """A second meter on the same ledger, admitted."""
        other = Meter(self.folder, self.ledger, name)
        other.admit()
        return other


@contextmanager
def street(folder: Path, *batches: int, **home: Any) -> Iterator[Street]:
    """The batches of pages are recorded one by one; the home is new."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(folder)
    meter = Meter(folder, ledger)
    meter.admit()
    if batches:
        meter.publish(*batches)
    here = Home.of(folder, meter, **home)
    try:
        yield Street(folder, ledger, meter, here)
    finally:
        here.close()
        meter.close()
        ledger.close()
