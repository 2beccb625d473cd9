"""The solar home's year: how its half-hourly file becomes intervals.

The file holds gross consumption (GC) and generation (GG) in kWh per half hour by the local clock of
Sydney. The conversion, stated once:

* import = max(0, GC - GG), export = max(0, GG - GC), generation = GG; integer Wh, half to even;
* a half hour becomes two quarters, the odd Wh to the first;
* 2011-10-02 02:00 and 02:30 do not exist on that clock and hold 0.0: both rows are dropped;
* 2012-04-01 02:00 and 02:30 hold two hours' energy each (the hour was passed twice): each is split over both
  passages and marked ESTIMATED;
* a half hour without any consumption is a gap of the recording (the home never draws nothing otherwise):
  MISSING, on all channels.

Data: Ausgrid "Solar home electricity data", customer 12, as published by P. Haessig, CC BY 4.0.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.meter.sources.recorded import Recording

ZONE = "Australia/Sydney"
HEADER = ",GC,GG"
CREDIT = (
    "Ausgrid, Solar home electricity data, customer 12, July 2011 to June 2012, "
    "as published by P. Haessig, CC BY 4.0"
)
_HALF_HOUR = timedelta(minutes=30)
_CHANNELS = (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION)


def _wh(kwh: str) -> int:
    try:
        return int((Decimal(kwh) * 1000).quantize(Decimal(1), ROUND_HALF_EVEN))
    except InvalidOperation as error:
        raise UserError(f"{kwh!r} is not a number of kWh.") from error


def convert(lines: Iterable[str]) -> Recording:
    """The recording of the file's lines, header included. Raises UserError naming the line at fault."""
    rows = csv.reader(lines)
    if ",".join(next(rows, [])) != HEADER:
        raise UserError(f"The first line should be {HEADER!r}: this is not the solar home's file.")
    zone = ZoneInfo(ZONE)
    halves: dict[int, tuple[int, int, IntervalStatus]] = {}
    for number, row in enumerate(rows, 2):
        try:
            clock, consumed, generated = row
            local = datetime.fromisoformat(clock)
        except ValueError as error:
            raise UserError(f"Line {number} is not a time and two numbers of kWh.") from error
        gc, gg = _wh(consumed), _wh(generated)
        first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first.astimezone(zone).replace(tzinfo=None) != local:
            continue  # inside the gap in spring
        passages, status = [first], IntervalStatus.OK
        if second != first:
            passages, status = [first, second], IntervalStatus.ESTIMATED  # passed twice in autumn
        if gc == 0:
            status = IntervalStatus.MISSING
        for i, passage in enumerate(passages):
            slot = int(passage.timestamp()) // SLOT_SECONDS
            halves[slot] = (_share(gc, len(passages), i), _share(gg, len(passages), i), status)
    return _recording(halves)


def _share(amount: int, parts: int, index: int) -> int:
    """Part ``index`` of an amount in ``parts`` parts; the odd units go to the first ones."""
    return amount // parts + (index < amount % parts)


def _recording(halves: dict[int, tuple[int, int, IntervalStatus]]) -> Recording:
    if not halves:
        raise UserError("The file holds no readings.")
    first, last = min(halves), max(halves)
    amounts = {c: array("H") for c in _CHANNELS}
    statuses: dict[int, IntervalStatus] = {}
    for slot in range(first, last + 2, 2):
        gc, gg, status = halves.get(slot, (0, 0, IntervalStatus.MISSING))
        values = (max(0, gc - gg), max(0, gg - gc), gg) if status is not IntervalStatus.MISSING else (0, 0, 0)
        for quarter in (0, 1):
            for channel, value in zip(_CHANNELS, values, strict=True):
                amounts[channel].append(_share(value, 2, quarter))
            if status is not IntervalStatus.OK:
                statuses[slot + quarter] = status
    return Recording(CREDIT, ZONE, first, amounts, statuses)
