"""The spans of time that Usage shows, moving between them, and what each is compared with. Qt-free.

Days are days since 1970-01-01 of the meter's calendar; which slots they hold is the zone table's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ohmstead.ui.presenters.wording import Wording

EPOCH = date(1970, 1, 1)


class Span(Enum):
    """How much Usage shows at a time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"
    FREE = "free"  # a stretch of time chosen by zooming


class Against(Enum):
    """With what a period is compared."""

    USUAL = "usual"  # the mean of earlier days of the same weekday
    BEFORE = "before"  # the period before
    YEAR = "year"  # the same period a year earlier
    NOTHING = "nothing"


def as_date(day: int) -> date:
    """A day number as a calendar date."""
    return EPOCH + timedelta(days=day)


def as_day(when: date) -> int:
    """A calendar date as a day number."""
    return (when - EPOCH).days


@dataclass(frozen=True, slots=True)
class Period:
    """Days first..last, both included."""

    span: Span
    first: int
    last: int

    @property
    def days(self) -> range:
        """All days of the period."""
        return range(self.first, self.last + 1)


def month_start(day: int, months: int = 0) -> int:
    """First day of a day's month, moved by whole months."""
    when = as_date(day)
    index = when.year * 12 + when.month - 1 + months
    return as_day(date(index // 12, index % 12 + 1, 1))


def period_of(span: Span, day: int, first_weekday: int, known: tuple[int, int]) -> Period:
    """The period around a day. ``known`` are the first and last day with readings (for ALL).

    A year is the twelve months that end with the day's month.
    """
    if span is Span.DAY:
        return Period(span, day, day)
    if span is Span.WEEK:
        first = day - (as_date(day).isoweekday() - first_weekday) % 7
        return Period(span, first, first + 6)
    if span is Span.MONTH:
        return Period(span, month_start(day), month_start(day, 1) - 1)
    if span is Span.YEAR:
        return Period(span, month_start(day, -11), month_start(day, 1) - 1)
    return Period(span, month_start(known[0]), month_start(known[1], 1) - 1)


def step(span: Span, day: int, by: int) -> int:
    """The day that stands for the period ``by`` periods on (or back). ALL and FREE have no neighbours."""
    if span is Span.DAY:
        return day + by
    if span is Span.WEEK:
        return day + 7 * by
    if span in (Span.ALL, Span.FREE):
        return day
    months = by if span is Span.MONTH else 12 * by
    start = month_start(day, months)
    length = month_start(start, 1) - start
    return start + min(as_date(day).day, length) - 1


CHOICES = {
    Span.DAY: (Against.USUAL, Against.BEFORE, Against.YEAR, Against.NOTHING),
    Span.WEEK: (Against.BEFORE, Against.YEAR, Against.NOTHING),
    Span.MONTH: (Against.YEAR, Against.BEFORE, Against.NOTHING),
    Span.YEAR: (Against.BEFORE, Against.NOTHING),
    Span.ALL: (Against.NOTHING,),
    Span.FREE: (Against.NOTHING,),
}
YEAR_OF_WEEKS = 52 * 7


def settled(span: Span, wanted: Against | None) -> Against:
    """What a span is compared with: what was wanted if the span knows it, else its own first choice."""
    return wanted if wanted in CHOICES[span] else CHOICES[span][0]


def earlier_period(period: Period, against: Against) -> Period | None:
    """The period that another is compared with; None for the usual day and for nothing.

    A year earlier is 52 weeks earlier for days and weeks, so that a Saturday meets a Saturday.
    """
    if against not in (Against.BEFORE, Against.YEAR):
        return None
    if period.span in (Span.DAY, Span.WEEK):
        step = YEAR_OF_WEEKS if against is Against.YEAR else len(period.days)
        return Period(period.span, period.first - step, period.last - step)
    if period.span is Span.MONTH:
        months = -12 if against is Against.YEAR else -1
        return Period(
            period.span, month_start(period.first, months), month_start(period.first, months + 1) - 1
        )
    if period.span is Span.YEAR:
        return Period(period.span, month_start(period.first, -12), period.first - 1)
    return None


def title_of(period: Period, words: Wording, today: int) -> str:
    """The period in words; the year is said where it is not today's."""
    first, last = as_date(period.first), as_date(period.last)
    this_year = as_date(today).year
    if period.span is Span.DAY:
        return words.day(period.first, weekday=True, year=first.year != this_year)
    if period.span is Span.MONTH:
        return words.month(first.year, first.month)
    if period.span is Span.WEEK:
        if (first.year, first.month) == (last.year, last.month):
            whole = words.day(period.last, year=last.year != this_year)
            return words.tr("{first} to {last}", first=str(first.day), last=whole)
        return words.tr(
            "{first} to {last}",
            first=words.day(period.first, year=first.year != last.year),
            last=words.day(period.last, year=last.year != this_year),
        )
    if first.month == 1 and last.month == 12 and first.year == last.year:
        return str(first.year)
    return words.tr(
        "{first} to {last}",
        first=words.month(first.year, first.month),
        last=words.month(last.year, last.month),
    )


def short_title_of(period: Period, words: Wording) -> str:
    """The period where there is little room: *11 Jan 2026*, *Jan 2026*, *Jul 2024 – Jun 2025*."""
    first, last = as_date(period.first), as_date(period.last)
    start = f"{words.short_month(first.month)} {first.year}"
    if period.first == period.last:
        return f"{first.day} {start}"
    if (first.year, first.month) == (last.year, last.month):
        return start if period.span is Span.MONTH else f"{first.day} – {last.day} {start}"
    end = f"{words.short_month(last.month)} {last.year}"
    if period.span in (Span.WEEK, Span.FREE):
        return f"{first.day} {words.short_month(first.month)} – {last.day} {end}"
    return f"{start} – {end}"
