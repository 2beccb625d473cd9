"""Tables of quarter hours in Ohmstead's own export form, read as a recording.

The form: ``time_utc,import_wh,export_wh,generation_wh,status``; times such as 2026-01-31T14:00:00Z, whole Wh,
status names of ``IntervalStatus`` in lower case. A missing quarter hour has empty amounts; one without a row
is missing too. A home without a generation meter leaves that column empty throughout. The form names no zone,
so its days are those of UTC. Not here: writing it (``cli.export``), replaying it (``recorded``).
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.meter.sources.base import MAX_SLOT_WH
from ohmstead.meter.sources.recorded import Recording

HEADER = "time_utc,import_wh,export_wh,generation_wh,status"
ZONE = "Etc/UTC"
CREDIT = "Readings of a household, from a file"
#: More quarter hours than twenty years hold are not read: a mistyped year would fill the memory with gaps.
MAX_SLOTS = 20 * 366 * 96
_STATUSES = {status.name.lower(): status for status in IntervalStatus}


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: its slot, and Wh of import, export, generation (None: empty)."""

    slot: int
    amounts: tuple[int, int, int | None]
    status: IntervalStatus


def read_table(lines: Iterable[str]) -> Recording:
    """The recording of a table's lines, header included. Raises UserError naming the line at fault."""
    reader = csv.reader(lines)
    if ",".join(next(reader, [])).removeprefix("\ufeff") != HEADER:
        raise UserError(f"The first line should be {HEADER!r}.")
    rows: dict[int, _Row] = {}
    last: int | None = None
    generation: bool | None = None
    try:
        for fields in reader:
            row = _row(fields, reader.line_num)
            if last is not None and row.slot <= last:
                raise _fault(reader.line_num, "does not come after the line before it")
            last = row.slot
            if row.slot - next(iter(rows), row.slot) >= MAX_SLOTS:
                raise _fault(reader.line_num, "is more than twenty years after the first one")
            if row.status is not IntervalStatus.MISSING:
                has = row.amounts[2] is not None
                if generation not in (None, has):
                    raise _fault(reader.line_num, "has a generation where others have none, or the reverse")
                generation = has
            rows[row.slot] = row
    except csv.Error as error:
        raise _fault(reader.line_num, f"is not CSV: {error}") from error
    if not rows:
        raise UserError("The file holds no readings.")
    return _recording(rows, bool(generation))


def _fault(line: int, what: str) -> UserError:
    return UserError(f"Line {line} {what}.")


def _row(fields: list[str], line: int) -> _Row:
    if len(fields) != 5:
        raise _fault(line, f"has {len(fields)} columns, five are needed")
    at, *texts, name = fields
    status = _STATUSES.get(name)
    if status is None:
        raise _fault(line, f"has the status {name!r}; it must be one of {', '.join(_STATUSES)}")
    slot = _slot(at, line)
    if status is IntervalStatus.MISSING:
        if any(texts):
            raise _fault(line, "is missing and has amounts all the same")
        return _Row(slot, (0, 0, None), status)
    bought, sold = (_wh(text, line) for text in texts[:2])
    return _Row(slot, (bought, sold, _wh(texts[2], line) if texts[2] else None), status)


def _slot(text: str, line: int) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise _fault(line, f"begins with {text!r}, which is no time such as 2026-01-31T14:00:00Z") from error
    if at.utcoffset() != timedelta(0):
        raise _fault(line, f"begins with {text!r}; times must be UTC and end in Z")
    seconds = int(at.timestamp())
    if at.microsecond or seconds % SLOT_SECONDS or seconds < 0:
        raise _fault(line, f"begins with {text!r}, which is not the start of a quarter hour")
    return seconds // SLOT_SECONDS


def _wh(text: str, line: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _fault(line, f"has {text!r} where whole Wh are needed")
    amount = int(text) if len(text) < 10 else MAX_SLOT_WH + 1
    if amount > MAX_SLOT_WH:
        raise _fault(line, f"has {text} Wh in a quarter hour, more than any home draws")
    return amount


def _recording(rows: dict[int, _Row], generation: bool) -> Recording:
    channels = (Channel.IMPORT, Channel.EXPORT, *((Channel.GENERATION,) if generation else ()))
    first, last = min(rows), max(rows)
    amounts = {c: array("H", bytes(2 * (last - first + 1))) for c in channels}
    statuses: dict[int, IntervalStatus] = {}
    for slot in range(first, last + 1):
        row = rows.get(slot)
        status = IntervalStatus.MISSING if row is None else row.status
        if status is not IntervalStatus.OK:
            statuses[slot] = status
        if row is not None:
            for channel, amount in zip(channels, row.amounts, strict=False):
                amounts[channel][slot - first] = amount or 0
    return Recording(CREDIT, ZONE, first, amounts, statuses)
