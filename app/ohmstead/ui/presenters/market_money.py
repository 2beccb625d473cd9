"""Energy, prices and money of the market in words of the person's region. Qt-free, exact until the last digit.

Prices are µ of the currency per kWh, money is nano-units, energy Wh. Not here: what they are of.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.ui.presenters.money import Currency, currency_of
from ohmstead.ui.presenters.wording import Wording

NANO = 10**9


@dataclass(frozen=True, slots=True)
class Amounts:
    """Writes amounts for one person: their currency and wording."""

    currency: Currency
    words: Wording

    @classmethod
    def of(cls, code: str, words: Wording) -> Amounts:
        """By the currency's ISO code."""
        return cls(currency_of(code), words)

    @property
    def tenth(self) -> int:
        """One tenth of the small unit, in µ: the stepper's unit."""
        return max(self.currency.micro // 10, 1)

    def bare(self, micro: int, decimals: int = 1) -> str:
        """*14.0*: a price without its unit."""
        return self.words.number(micro / self.currency.micro, decimals)

    def price(self, micro: int, decimals: int = 1) -> str:
        """*14.0 ct*."""
        return self.words.tr("{price} {unit}", price=self.bare(micro, decimals), unit=self.currency.small)

    def kwh(self, wh: int, decimals: int = 2) -> str:
        """*0.31 kWh*."""
        return self.words.tr("{n} kWh", n=self.words.number(wh / 1000, decimals))

    def money(self, nano: int, decimals: int = 2) -> str:
        """*3.42 €*."""
        return self.words.tr(
            "{amount} {unit}", amount=self.words.number(nano / NANO, decimals), unit=self.currency.sign
        )

    def change(self, nano: int, decimals: int = 3) -> str:
        """*+0.043 €*, *−1.500 €*, a dash for nothing."""
        if not nano:
            return "–"
        return f"+{self.money(nano, decimals)}" if nano > 0 else self.money(nano, decimals)
