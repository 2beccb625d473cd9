"""How presenters get their words: sentences to translate, numbers, dates. Qt-free.

The window's implementation goes through QLocale (``ui.wording``); tests use a plain one.
"""

from __future__ import annotations

from typing import Protocol


class Wording(Protocol):
    """Words and forms of one language and region."""

    @property
    def first_weekday(self) -> int:
        """The weekday that starts a week: 1 is Monday, 7 is Sunday."""
        ...

    def tr(self, text: str, **fields: str) -> str:
        """A whole sentence in the person's language, its named fields filled in."""
        ...

    def count(self, number: int, one: str, many: str, **fields: str) -> str:
        """``one`` or ``many`` by number; the field ``n`` is the number in words of the locale."""
        ...

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with fixed decimals, a real minus, and narrow no-break spaces between thousands."""
        ...

    def day(self, day: int, *, weekday: bool = False, year: bool = False) -> str:
        """A day (days since 1970-01-01) in words: *11 January*, *Sunday 11 January 2026*."""
        ...

    def month(self, year: int, month: int) -> str:
        """*January 2026*."""
        ...

    def short_month(self, month: int) -> str:
        """*Jan*."""
        ...

    def short_weekday(self, day: int) -> str:
        """*Sun* of a day."""
        ...
