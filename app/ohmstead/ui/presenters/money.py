"""Prices as people type and read them: *31,4 ct* is 314 000 µ of the currency per kWh. Qt-free, exact.

Here: currencies with their everyday unit, reading and writing a price. Not here: costs of energy.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.settings.schema import MAX_PRICE
from ohmstead.ui.presenters.numbers import decimal_sign, parse_scaled
from ohmstead.ui.presenters.wording import Wording

MICRO = 1_000_000
DECIMALS = 4  # of the everyday unit: 31.4567 ct, finer than any tariff


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code, its sign, and the unit in which people say what a kWh costs.

    ``per_major`` small units make one of the currency; 1 where prices are said in the currency itself.
    """

    code: str
    sign: str
    small: str
    per_major: int = 100

    @property
    def micro(self) -> int:
        """How many µ of the currency one small unit is."""
        return MICRO // self.per_major


CURRENCIES = (
    Currency("EUR", "€", "ct"),
    Currency("GBP", "£", "p"),
    Currency("CHF", "CHF", "Rp."),
    Currency("USD", "$", "¢"),
    Currency("AUD", "A$", "c"),
    Currency("CAD", "C$", "¢"),
    Currency("CZK", "Kč", "Kč", 1),
    Currency("DKK", "kr.", "øre"),
    Currency("HUF", "Ft", "Ft", 1),
    Currency("INR", "₹", "₹", 1),
    Currency("ISK", "kr", "kr", 1),
    Currency("JPY", "¥", "¥", 1),
    Currency("NOK", "kr", "øre"),
    Currency("NZD", "NZ$", "c"),
    Currency("PLN", "zł", "zł", 1),
    Currency("RON", "lei", "lei", 1),
    Currency("SEK", "kr", "öre"),
    Currency("TRY", "₺", "₺", 1),
    Currency("ZAR", "R", "c"),
)


def currency_of(code: str) -> Currency:
    """A known currency, or one that is said in its own code."""
    return next((c for c in CURRENCIES if c.code == code), Currency(code, code, code, 1))


@dataclass(frozen=True, slots=True)
class PriceRead:
    """What was typed: a price in µ per kWh, None for none; or what is wrong with it, as a sentence."""

    micro: int | None
    problem: str = ""


def read_price(text: str, currency: Currency, words: Wording) -> PriceRead:
    """Read a price: a number in the everyday unit, or with a unit after it (*0,314 €*, *31.4 ct/kWh*)."""
    typed = text.strip()
    if not typed:
        return PriceRead(None)
    number, factor = _unit(typed, currency)
    value = parse_scaled(number, DECIMALS if factor < MICRO else DECIMALS + 2, words)
    example = price_words(314_000 if currency.per_major > 1 else 3_140_000, currency, words)
    if value is None:
        return PriceRead(None, words.tr("Type a price like {example}.", example=example))
    micro = value * factor // 10 ** (DECIMALS if factor < MICRO else DECIMALS + 2)
    if micro < 0:
        return PriceRead(None, words.tr("A price is not below zero."))
    if micro > MAX_PRICE:
        return PriceRead(None, words.tr("That is more than a kWh costs anywhere. Is the unit right?"))
    return PriceRead(micro)


def price_number(micro: int, currency: Currency, words: Wording) -> str:
    """A price's number in the everyday unit, without spare zeros: *31.4*. What ``read_price`` reads back."""
    whole, rest = divmod(micro, currency.micro)
    digits = len(str(currency.micro)) - 1
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole}{decimal_sign(words)}{decimals}" if decimals else str(whole)


def price_words(micro: int, currency: Currency, words: Wording) -> str:
    """*31.4 ct*."""
    return f"{price_number(micro, currency, words)} {currency.small}"


def _unit(typed: str, currency: Currency) -> tuple[str, int]:
    """The number, and how many µ its unit is."""
    body = typed.casefold().replace("\u00a0", " ").replace("\u202f", " ")
    for per in ("/kwh", "/ kwh", "per kwh"):
        body = body.removesuffix(per).rstrip()
    units = {
        currency.sign.casefold(): MICRO,
        currency.code.casefold(): MICRO,
        currency.small.casefold(): currency.micro,
        currency.small.casefold().rstrip("."): currency.micro,
    }
    if currency.per_major == 100:
        units |= {"cent": currency.micro, "cents": currency.micro, "c": currency.micro}
    for unit in sorted(units, key=len, reverse=True):
        if body.endswith(unit) or body.startswith(unit):
            rest = body.removesuffix(unit) if body.endswith(unit) else body.removeprefix(unit)
            return rest.strip(), units[unit]
    return body, currency.micro
