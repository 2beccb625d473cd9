"""Words, numbers and dates of the person's language, through Qt. The window's ``Wording``."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ohmstead.ui.presenters.periods import EPOCH

CONTEXT = "ohmstead"
THIN_SPACE = "\u202f"  # narrow no-break space between thousands
MINUS = "\u2212"


def tr(text: str, **fields: str) -> str:
    """A sentence in the person's language, its named fields filled in. Main thread."""
    return QCoreApplication.translate(CONTEXT, text).format(**fields)


def counted(number: int, one: str, many: str) -> str:
    """The form of a counting sentence for a number, fields not filled in yet. Main thread.

    Catalogues know a counting sentence by its form for many and give as many forms as their language has;
    without one, English decides.
    """
    found = QCoreApplication.translate(CONTEXT, many, "", number)
    return found if found != many else one if number == 1 else many


class QtWording:
    """See ``presenters.wording.Wording``."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = QLocale(locale) if locale is not None else QLocale()
        # The C locale leaves thousands ungrouped unless told otherwise.
        self._locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)

    @property
    def first_weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return self._locale.firstDayOfWeek().value

    def tr(self, text: str, **fields: str) -> str:
        """A sentence."""
        return tr(text, **fields)

    def count(self, number: int, one: str, many: str, **fields: str) -> str:
        """A sentence that counts."""
        return counted(number, one, many).format(n=self.number(number), **fields)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the locale's digits and decimal sign."""
        text = self._locale.toString(float(abs(value)), "f", decimals)
        group = self._locale.groupSeparator()
        if group:
            text = text.replace(group, THIN_SPACE)
        negative = value < 0 and any(c not in "0.,\u202f" for c in text)
        return MINUS + text if negative else text

    def day(self, day: int, *, weekday: bool = False, year: bool = False) -> str:
        """A day in words."""
        pattern = ("dddd " if weekday else "") + "d MMMM" + (" yyyy" if year else "")
        return self._locale.toString(_date(day), pattern)

    def month(self, year: int, month: int) -> str:
        """*January 2026*."""
        return f"{self._locale.standaloneMonthName(month)} {year}"

    def short_month(self, month: int) -> str:
        """*Jan*."""
        return self._locale.standaloneMonthName(month, QLocale.FormatType.ShortFormat)

    def short_weekday(self, day: int) -> str:
        """*Sun*."""
        return self._locale.toString(_date(day), "ddd")


def _date(day: int) -> QDate:
    when = EPOCH + timedelta(days=day)
    return QDate(when.year, when.month, when.day)
