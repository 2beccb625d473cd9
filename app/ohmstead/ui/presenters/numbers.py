"""Numbers that people type, read exactly: no float between the keys and the integer. Qt-free.

Total: whatever is typed gives an integer or None. Not here: money and its units (``presenters.money``).
"""

from __future__ import annotations

import unicodedata

from ohmstead.ui.presenters.wording import Wording

MAX_DIGITS = 15
_MINUS = {"-", "\u2212", "\u2013"}
_SPACES = {" ", "\u00a0", "\u202f", "\u2009", "'", "\u2019"}


def decimal_sign(words: Wording) -> str:
    """The sign that stands before decimals here."""
    return "," if "," in words.number(0.5, 1) else "."


def parse_scaled(text: str, decimals: int, words: Wording) -> int | None:
    """What was typed, in units of its last decimal: *14,05* with two decimals is 1405. None if it is no number.

    Both point and comma are read as the decimal sign where only one of them stands once; where both stand, the
    last is. Further decimals than wanted are refused rather than rounded.
    """
    sign, digits = 1, "".join(c for c in text.strip() if c not in _SPACES)
    if digits[:1] in _MINUS:
        sign, digits = -1, digits[1:]
    whole, rest = _split(digits, words)
    if not whole and not rest:
        return None
    plain = [_digit(c) for c in whole + rest]
    if None in plain or len(plain) > MAX_DIGITS:
        return None
    used = rest.rstrip("0") if len(rest) > decimals else rest
    if len(used) > decimals:
        return None
    value = 0
    for c in whole + used.ljust(decimals, "0"):
        value = value * 10 + (_digit(c) or 0)
    return sign * value


def _digit(c: str) -> int | None:
    return unicodedata.decimal(c, None)


def _split(digits: str, words: Wording) -> tuple[str, str]:
    """The digits before and after the decimal sign; thousands' signs fall away."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
        other = "," if mark == "." else "."
        if digits.count(mark) > 1:
            return "?", ""
        digits = digits.replace(other, "")
    elif points + commas == 0:
        return digits, ""
    elif points + commas == 1:
        mark = "." if points else ","
    else:  # 1.234.567: thousands
        return digits.replace(".", "").replace(",", ""), ""
    whole, _, rest = digits.partition(mark)
    return whole, rest
