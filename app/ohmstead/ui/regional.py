"""Numbers and dates of a region in a language, both changed live; and the regions to choose from.

The language gives the words (*January*), the region the digits, the decimal sign and the week's first day: an
English window in Germany writes *1 234,5* and *Sunday 11 January*. Not here: translated sentences.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLocale, QObject, Signal

from ohmstead.ui.wording import QtWording, counted

#: Regions in Europe and beyond, as locale names; the first of several languages is the most spoken.
REGIONS = (
    "en_AU", "de_AT", "nl_BE", "bg_BG", "en_CA", "hr_HR", "el_CY", "cs_CZ", "da_DK", "et_EE", "fi_FI", "fr_FR",
    "de_DE", "el_GR", "hu_HU", "is_IS", "en_IN", "en_IE", "it_IT", "ja_JP", "lv_LV", "lt_LT", "fr_LU", "mt_MT",
    "nl_NL", "en_NZ", "nb_NO", "pl_PL", "pt_PT", "ro_RO", "sr_RS", "sk_SK", "sl_SI", "en_ZA", "es_ES", "sv_SE",
    "de_CH", "tr_TR", "uk_UA", "en_GB", "en_US",
)  # fmt: skip


def region_name(name: str) -> str:
    """A region in words: *Austria*; the system's for an empty name."""
    return QLocale.territoryToString((QLocale(name) if name else QLocale()).territory())


@lru_cache(maxsize=1)
def regions() -> tuple[tuple[str, str], ...]:
    """(locale name, words) of all regions, by their words."""
    return tuple(sorted(((name, region_name(name)) for name in REGIONS), key=lambda pair: pair[1]))


def month_first(region: str) -> bool:
    """Whether short dates put the month before the day (*1/11/26*)."""
    locale = QLocale(region) if region else QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return 0 <= pattern.find("M") < pattern.find("d")


class Regional(QObject):
    """Says that language or region changed, so that what is shown can be said anew.

    Signals:
        changed: numbers and dates are written otherwise from now on.
    """

    changed = Signal()


class RegionalWording:
    """A ``Wording`` whose language and region can be changed while it is in use. Main thread."""

    def __init__(self, language: str = "", region: str = "") -> None:
        self.told = Regional()
        self._words, self._numbers = _of(language), _of(region)

    def use(self, language: str, region: str) -> None:
        """Write in another language or region from now on; empty for the system's."""
        self._words, self._numbers = _of(language), _of(region)
        self.told.changed.emit()

    @property
    def first_weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return self._numbers.first_weekday

    def tr(self, text: str, **fields: str) -> str:
        """A sentence."""
        return self._words.tr(text, **fields)

    def count(self, number: int, one: str, many: str, **fields: str) -> str:
        """A sentence that counts, its number in the region's digits."""
        return counted(number, one, many).format(n=self.number(number), **fields)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the region's digits and decimal sign."""
        return self._numbers.number(value, decimals)

    def day(self, day: int, *, weekday: bool = False, year: bool = False) -> str:
        """A day in words."""
        return self._words.day(day, weekday=weekday, year=year)

    def month(self, year: int, month: int) -> str:
        """*January 2026*."""
        return self._words.month(year, month)

    def short_month(self, month: int) -> str:
        """*Jan*."""
        return self._words.short_month(month)

    def short_weekday(self, day: int) -> str:
        """*Sun*."""
        return self._words.short_weekday(day)


def _of(name: str) -> QtWording:
    return QtWording(QLocale(name) if name else QLocale())
