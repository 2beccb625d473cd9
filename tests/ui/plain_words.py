"""A Wording without Qt, in plain English, for presenter tests."""

from __future__ import annotations

from ohmstead.ui.presenters.periods import as_date


class PlainWords:
    """See ``presenters.wording.Wording``."""

    first_weekday = 1

    def tr(self, text: str, **fields: str) -> str:
        return text.format(**fields)

    def count(self, number: int, one: str, many: str, **fields: str) -> str:
        return (one if number == 1 else many).format(n=self.number(number), **fields)

    def number(self, value: float, decimals: int = 0) -> str:
        return f"{value:,.{decimals}f}".replace(",", "\u202f").replace("-", "−")

    def day(self, day: int, *, weekday: bool = False, year: bool = False) -> str:
        when = as_date(day)
        text = f"{when.day} {when:%B}" + (f" {when.year}" if year else "")
        return f"{when:%A} {text}" if weekday else text

    def month(self, year: int, month: int) -> str:
        return f"{as_date(0).replace(year=year, month=month):%B %Y}"

    def short_month(self, month: int) -> str:
        return f"{as_date(0).replace(month=month):%b}"

    def short_weekday(self, day: int) -> str:
        return f"{as_date(day):%a}"
