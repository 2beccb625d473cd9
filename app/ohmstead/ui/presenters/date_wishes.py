"""Days that people name in words: *11 jan*, *yesterday*, *january 2026*, *last week*, *2026-01-11*. Qt-free.

Total: any text gives a tuple of what it may mean, most likely first, empty where it means no day. Names of
months and weekdays are those of the person's language, and English. Not here: showing the day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ohmstead.ui.presenters.periods import Span, as_date, as_day, month_start
from ohmstead.ui.presenters.wording import Wording

MAX_TEXT = 48
MAX_WISHES = 4
FIRST_YEAR, LAST_YEAR = 1990, 2199
_NEAR_YEARS = 12  # so far back two digits after a month may be a year
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")
_AGO = re.compile(r"([0-9]{1,4}) (day|week|month|year)s? ago")
_NUMERIC = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})(?:\2([0-9]{1,4}))?\.?")
_SPANS = {"day": Span.DAY, "week": Span.WEEK, "month": Span.MONTH, "year": Span.YEAR}


@dataclass(frozen=True, slots=True)
class DateWish:
    """A span around a day (days since 1970-01-01), as Usage shows it."""

    span: Span
    day: int


def date_wishes(
    text: str, today: int, words: Wording, *, month_first: bool = False, since: int | None = None
) -> tuple[DateWish, ...]:
    """What a text may mean, none of it after today or wholly before ``since``; at most four."""
    plain = _plain(text)
    found: list[DateWish] = []
    if plain and len(plain) <= MAX_TEXT:
        for wish in _Reader(today, words, month_first).read(plain):
            late = wish.day if wish.span is Span.DAY else _start(wish, words.first_weekday)
            early = since is not None and _end(wish) < since
            if late <= today and not early and wish not in found:
                found.append(wish)
    return tuple(found[:MAX_WISHES])


def wish_words(wish: DateWish, words: Wording) -> str:
    """*Sunday 11 January 2026*, *January 2026*, *Week of 5 January 2026*, *2026*."""
    when = as_date(wish.day)
    if wish.span is Span.DAY:
        return words.day(wish.day, weekday=True, year=True)
    if wish.span is Span.MONTH:
        return words.month(when.year, when.month)
    if wish.span is Span.YEAR:
        return str(when.year)
    return words.tr("Week of {day}", day=words.day(_start(wish, words.first_weekday), year=True))


def _start(wish: DateWish, first_weekday: int) -> int:
    if wish.span is Span.WEEK:
        return wish.day - (as_date(wish.day).isoweekday() - first_weekday) % 7
    if wish.span is Span.YEAR:
        return as_day(date(as_date(wish.day).year, 1, 1))
    return month_start(wish.day)


def _end(wish: DateWish) -> int:
    if wish.span is Span.MONTH:
        return month_start(wish.day, 1) - 1
    return wish.day + (6 if wish.span is Span.WEEK else 0)


def _plain(text: str) -> str:
    """Small letters without accents, single spaces, ordinals and commas gone."""
    folded = unicodedata.normalize("NFKD", text[: 4 * MAX_TEXT].casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c)).replace(",", " ")
    return " ".join(_ORDINAL.sub(r"\1", bare).split())


class _Reader:
    """Reads one text on one day in one language."""

    def __init__(self, today: int, words: Wording, month_first: bool) -> None:
        self._today, self._words, self._month_first = today, words, month_first
        self._months = [
            {_ENGLISH[i], _plain(words.month(2001, i + 1)).replace(" 2001", ""),
             _plain(words.short_month(i + 1)).rstrip(".")}
            for i in range(12)
        ]  # fmt: skip
        monday = today - (today + 3) % 7  # 1970-01-01 was a Thursday
        self._weekdays = [
            {_WEEKDAYS[i], _plain(words.day(monday + i, weekday=True)).split(" ")[0].rstrip(".")}
            for i in range(7)
        ]

    def read(self, text: str) -> Iterator[DateWish]:
        yield from self._by_word(text)
        yield from self._ago(text)
        yield from self._numeric(text)
        yield from self._named_month(text)
        yield from self._bare_number(text)

    # ---- words --------------------------------------------------------------------------------

    def _by_word(self, text: str) -> Iterator[DateWish]:
        today, tr = self._today, self._words.tr
        table = (
            (("today", tr("today")), DateWish(Span.DAY, today)),
            (("yesterday", tr("yesterday")), DateWish(Span.DAY, today - 1)),
            (("day before yesterday", tr("day before yesterday")), DateWish(Span.DAY, today - 2)),
            (("this week", tr("this week")), DateWish(Span.WEEK, today)),
            (("last week", tr("last week")), DateWish(Span.WEEK, today - 7)),
            (("this month", tr("this month")), DateWish(Span.MONTH, today)),
            (("last month", tr("last month")), DateWish(Span.MONTH, month_start(today) - 1)),
            (("this year", tr("this year")), self._year(as_date(today).year)),
            (("last year", tr("last year")), self._year(as_date(today).year - 1)),
        )
        for names, wish in table:
            for name in names:
                if len(text) >= 3 and _plain(name).startswith(text):
                    yield wish
                    break
        last, _, rest = text.rpartition(" ")
        strictly = last in ("last", _plain(tr("last")))
        if len(rest) >= 2 and (not last or strictly):
            for i, named in enumerate(self._weekdays):
                if any(name.startswith(rest) for name in named):
                    back = (as_date(today).weekday() - i) % 7
                    back = back or (7 if strictly else 0)
                    yield DateWish(Span.DAY, today - back)
                    yield DateWish(Span.DAY, today - back - 7)

    def _ago(self, text: str) -> Iterator[DateWish]:
        match = _AGO.fullmatch(text)
        if match is None:
            return
        count, unit = int(match[1]), _SPANS[match[2]]
        if unit in (Span.DAY, Span.WEEK):
            day = self._today - count * (7 if unit is Span.WEEK else 1)
            if as_day(date(FIRST_YEAR, 1, 1)) <= day:
                yield DateWish(unit, day)
        elif unit is Span.YEAR:
            yield from self._whole_year(as_date(self._today).year - count)
        elif count < 12 * (as_date(self._today).year - FIRST_YEAR):
            yield DateWish(Span.MONTH, month_start(self._today, -count))

    # ---- figures ------------------------------------------------------------------------------

    def _numeric(self, text: str) -> Iterator[DateWish]:
        match = _NUMERIC.fullmatch(text)
        if match is None:
            return
        first, second = int(match[1]), int(match[3])
        third = int(match[4]) if match[4] else None
        if len(match[1]) == 4:  # ISO
            yield from self._dates(first, second, third) if third is not None else self._month(first, second)
            return
        both = (second, first), (first, second)
        for month, day in reversed(both) if self._month_first else both:
            yield from self._dates(None if third is None else self._century(third), month, day)

    def _bare_number(self, text: str) -> Iterator[DateWish]:
        if re.fullmatch("[0-9]{4}", text):
            yield from self._whole_year(int(text))
        elif re.fullmatch(r"[0-9]{1,2}\.?", text):
            wanted, start = int(text.rstrip(".")), month_start(self._today)
            for _ in range(3):
                when = as_date(start)
                yield from self._dates(when.year, when.month, wanted)
                start = month_start(start, -1)

    # ---- names of months ----------------------------------------------------------------------

    def _named_month(self, text: str) -> Iterator[DateWish]:
        parts = [part.strip(".") for part in text.split(" ")]
        named = [i for i, part in enumerate(parts) if part and not part[0].isdigit()]
        if len(named) != 1 or len(parts) > 3:
            return
        numbers = [part for i, part in enumerate(parts) if i != named[0]]
        if not all(re.fullmatch("[0-9]{1,4}", part) for part in numbers):
            return
        for month in self._months_named(parts[named[0]]):
            yield from self._with_numbers(month, numbers, before=named[0] > 0)

    def _months_named(self, part: str) -> Iterator[int]:
        if len(part) < 3:
            return
        for i, names in enumerate(self._months):
            if any(name.startswith(part) for name in names):
                yield i + 1

    def _with_numbers(self, month: int, numbers: list[str], *, before: bool) -> Iterator[DateWish]:
        """A month with numbers beside it; ``before``: a lone one stands before the name, so it is no year."""
        this_year = as_date(self._today).year
        if not numbers:
            for year in (this_year, this_year - 1, this_year - 2):
                yield from self._month(year, month)
        elif len(numbers) == 1:
            number = numbers[0]
            if len(number) <= 2:
                yield from self._dates(None, month, int(number))
                if len(number) == 2 and not before and this_year - self._century(int(number)) < _NEAR_YEARS:
                    yield from self._month(self._century(int(number)), month)
            else:
                yield from self._month(int(number), month)
        else:
            first, second = numbers
            shorter, longer = (first, second) if len(first) <= 2 else (second, first)
            if len(shorter) <= 2:
                yield from self._dates(self._century(int(longer)), month, int(shorter))

    # ---- building -----------------------------------------------------------------------------

    def _dates(self, year: int | None, month: int, day: int) -> Iterator[DateWish]:
        """The day of a year; without one, the latest two years' that have it and are not ahead."""
        this_year, given = as_date(self._today).year, 0
        years = (year,) if year is not None else range(this_year, this_year - 9, -1)
        for candidate in years:
            if given == 2 or not FIRST_YEAR <= candidate <= LAST_YEAR:
                return
            try:
                found = as_day(date(candidate, month, day))
            except ValueError:
                continue
            if found <= self._today:
                given += 1
                yield DateWish(Span.DAY, found)

    def _month(self, year: int, month: int) -> Iterator[DateWish]:
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            yield DateWish(Span.MONTH, as_day(date(year, month, 1)))

    def _whole_year(self, year: int) -> Iterator[DateWish]:
        if FIRST_YEAR <= year <= LAST_YEAR:
            yield self._year(year)

    def _year(self, year: int) -> DateWish:
        """Usage's year is the twelve months that end with a day's month."""
        return DateWish(Span.YEAR, as_day(date(year, 12, 31)))

    def _century(self, year: int) -> int:
        return 2000 + year if year < 100 else year
