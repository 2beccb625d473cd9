"""Times as integers: nanoseconds since 1970-01-01T00:00:00Z, and their RFC 3339 text.

Written out because the pure parts own no clock and no calendar module, and because nanoseconds must survive.
Here: conversion. Not here: time zones, local days (``core.slots``). Source: RFC 3339 §5.6; the day count is
the proleptic Gregorian one of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
"""

from __future__ import annotations

import re

NANOS = 10**9
DAY_S = 86_400
# Go's zero time, 0001-01-01T00:00:00Z: the time of an absent vote.
GO_ZERO_NS = -62_135_596_800 * NANOS

_TEXT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """(year, month, day) of a day counted from 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    return year_of_era + era * 400 + (month <= 2), month, day


def rfc3339(time_ns: int) -> str:
    """The text of a time, in UTC, with as many of the nine decimals as are not trailing zeros."""
    seconds, nanos = divmod(time_ns, NANOS)
    days, rest = divmod(seconds, DAY_S)
    year, month, day = civil_from_days(days)
    text = f"{year:04}-{month:02}-{day:02}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return text + (f".{nanos:09}".rstrip("0") if nanos else "") + "Z"


def parse_rfc3339(text: str) -> int:
    """Nanoseconds of an RFC 3339 time that ends in ``Z``. Raises ValueError for anything else."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"no RFC 3339 time in UTC: {text[:40]!r}")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    days = days_from_civil(year, month, day) if 1 <= month <= 12 else 0
    if civil_from_days(days) != (year, month, day) or hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"no such time: {text}")
    nanos = int((match[7] or "").ljust(9, "0"))
    return (days * DAY_S + hour * 3600 + minute * 60 + second) * NANOS + nanos
