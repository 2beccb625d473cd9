"""What the Market page loads of a home's own readings: its zone and its forecast. Qt-free.

The market itself comes posted (``services.market_states``). Here: the question, the answer, and the answer from
a mirror file, worked out on the thread that asks. Not here: words and views (``presenters.market_page``).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ohmstead.core.slots import ZoneTable, ZoneTableEnds, slot_at
from ohmstead.forecast.history import history_of
from ohmstead.forecast.outlook import Forecast, forecast
from ohmstead.forecast.sun import Place
from ohmstead.store.readings import Readings

LOOK_BACK_SLOTS = 200 * 96
EXPORT_LOOK_BACK_SLOTS = 56 * 96


@dataclass(frozen=True, slots=True)
class MarketRequest:
    """``now_s`` is the product's clock in UTC."""

    now_s: int


@dataclass(frozen=True, slots=True)
class MarketData:
    """The answer. ``zone`` is None before the first reading; ``forecast`` where the zone's table ends too soon.

    ``exports``: whether this home has sent anything out in the last eight weeks; else it is a buyer only.
    """

    request: MarketRequest
    zone: ZoneTable | None = field(default=None, repr=False)
    forecast: Forecast | None = field(default=None, repr=False)
    exports: bool = False


class MarketSource(Protocol):
    """Where the page gets its forecast."""

    def load(self, request: MarketRequest) -> MarketData:
        """Answer a request. Runs on a worker thread. Raises UserError, ExternalError."""
        ...


def nowhere() -> Place | None:
    """No place is known: the sun's course takes no part."""
    return None


class MirrorMarket:
    """The forecast of a home's mirror file. Opens a reader for each request; one forecast a slot is kept."""

    def __init__(
        self, path: Path, meter: bytes | None = None, place: Callable[[], Place | None] = nowhere
    ) -> None:
        self._path = path
        self._meter = meter
        self._place = place
        self._kept: tuple[tuple[int, int], MarketData] | None = None

    def load(self, request: MarketRequest) -> MarketData:
        """See MarketSource."""
        with closing(Readings.open(self._path)) as readings:
            state = readings.status()
            status = next((m for m in state.meters if self._meter in (None, m.meter)), None)
            if status is None:
                return MarketData(request)
            zone, extent = readings.zone(status.meter), readings.extent(status.meter)
            if zone is None or extent is None:
                return MarketData(request, zone)
            now_slot = slot_at(request.now_s)
            key = (now_slot, extent.last_slot)
            if self._kept is not None and self._kept[0] == key:
                return self._kept[1]
            series = readings.intervals(status.meter, now_slot - LOOK_BACK_SLOTS, now_slot - 1)
        history = history_of(
            series.slot, series.import_wh, series.export_wh, series.status_import, series.status_export
        )
        recent = history.between(now_slot - EXPORT_LOOK_BACK_SLOTS, now_slot)
        exports = bool(recent.export_wh[recent.ok].any())
        try:
            made = forecast(history, now_slot, zone, self._place())
        except ZoneTableEnds:  # the ledger's calendar does not reach through tomorrow
            made = None
        data = MarketData(request, zone, made, exports)
        self._kept = key, data
        return data
