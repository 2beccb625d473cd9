"""Zone tables from the time-zone database. The only place that asks it for the days of a meter.

Rules never do: they read the table that the ledger keeps (``core.slots``).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, zone_identifier
from ohmstead.errors import UserError

_EPOCH_DAY = date(1970, 1, 1)


def build_table(iana: str, first: date, last: date) -> ZoneTable:
    """The local days from ``first`` to ``last``, both included, of an IANA zone.

    A day begins at its first instant: 00:00, or the end of a gap that swallows midnight. Raises UserError
    for an unknown zone, or one whose midnights do not fall on quarter hours (local mean times before 1900).
    """
    try:
        zone = ZoneInfo(iana)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(f"{iana} is no time zone. Use a name such as Europe/Rome.") from error
    slots = []
    day = first
    while day <= last + timedelta(days=1):
        seconds = int(_first_instant(day, zone).timestamp())
        if seconds % SLOT_SECONDS:
            raise UserError(f"On {day} the days of {iana} do not begin on a quarter hour.")
        slots.append(seconds // SLOT_SECONDS)
        day += timedelta(days=1)
    return ZoneTable(zone_identifier(iana), (first - _EPOCH_DAY).days, tuple(slots), iana.encode())


def _first_instant(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day: midnight (its first passage), or the end of a gap over midnight."""
    utc = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    while utc.astimezone(zone).date() < day:  # midnight falls into a gap (Cairo, Beirut, Havana)
        utc += timedelta(seconds=SLOT_SECONDS)
    while (utc - timedelta(seconds=SLOT_SECONDS)).astimezone(zone).date() == day:
        utc -= timedelta(seconds=SLOT_SECONDS)
    return utc
