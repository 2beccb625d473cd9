"""The meter's label: typed code, QR text, six words, mark, and the pairing key made from it.

Here: everything printed on the meter and its exact reading. Not here: the session that uses it
(``pairing``). Source: protocol/link, "Label".

Typed code: 17 Crockford base32 characters, printed 4-4-4-4-1; 16 carry the 80-bit secret, the last is
``sum(alpha**(i+1) * c[i])`` over GF(32) with x^5 + x^2 + 1, which catches every single wrong character and
every swap of two different ones.

QR text: ``OHM1:`` and 128 Crockford base32 characters, upper case only, so that a QR code stores it in
alphanumeric mode. They are 80 bytes: secret (10), discriminator (u16, big endian), genesis hash (32), meter
key (32), then the first 4 bytes of SHA-256 over ``OHM1`` and those 76.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Final

from nacl.pwhash import argon2id

from ohmstead.core.keys import KeyRefused, admit_key
from ohmstead.link import words

SECRET_BYTES = 10
HASH_BYTES = 32
NONCE_BYTES = 16
PSK_BYTES = 32
CODE_LENGTH = 17
MAX_DISCRIMINATOR = 0xFFF
WORDS_ON_LABEL = 6
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)} | {"I": 1, "L": 1, "O": 0}
_PREFIX: Final = "OHM1:"
_QR_BYTES = SECRET_BYTES + 2 + HASH_BYTES + 32
_CHECKSUM_BYTES = 4
_SEPARATORS: Final = frozenset(" \t\r\n\u00a0\u202f-\u2010\u2011\u2012\u2013\u2014\u2212._")
_MEMORY_BYTES = 64 << 20
_PASSES = 3


class LabelError(ValueError):
    """What was typed or scanned is not a label."""


class WrongLength(LabelError):
    """``found`` characters instead of ``CODE_LENGTH``."""

    def __init__(self, found: int) -> None:
        super().__init__(f"the code has {CODE_LENGTH} characters, {found} were given")
        self.found = found


class WrongLetter(LabelError):
    """A character that no code contains. ``position`` counts the code's characters from 1."""

    def __init__(self, letter: str, position: int) -> None:
        super().__init__(f"character {position} ({letter!r}) never occurs in a code")
        self.letter = letter
        self.position = position


class WrongCheck(LabelError):
    """Every character is possible but together they are no code: one was mistyped."""

    def __init__(self) -> None:
        super().__init__("the check character does not fit: a character was mistyped")


class WrongQr(LabelError):
    """The scanned text is not the QR code of a meter's label, or is damaged."""


def _multiply(a: int, b: int) -> int:
    """The product in GF(32), reduced by x^5 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0b100101 if a & 0b10000 else 0)
        b >>= 1
    return product


def _check_value(symbols: list[int]) -> int:
    weight, total = 1, 0
    for symbol in symbols:
        weight = _multiply(weight, 2)
        total ^= _multiply(weight, symbol)
    return total


def _to_base32(data: bytes) -> str:
    """Base32 of a whole number of five-byte groups, so no padding ever occurs."""
    number = int.from_bytes(data, "big")
    length = len(data) * 8 // 5
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def format_code(secret: bytes) -> str:
    """The typed code of a 10-byte secret, as printed: ``XXXX-XXXX-XXXX-XXXX-X``."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"the label's secret is {SECRET_BYTES} bytes, not {len(secret)}")
    text = _to_base32(secret)
    text += _ALPHABET[_check_value([_VALUES[letter] for letter in text])]
    return "-".join(text[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def parse_code(text: str) -> bytes:
    """The secret of a typed code. Case, grouping, spaces and dashes are forgiven; I and L are 1, O is 0.

    Raises WrongLetter, WrongLength or WrongCheck, in this order.
    """
    letters = [letter for letter in text[:256].upper() if letter not in _SEPARATORS]
    for position, letter in enumerate(letters, 1):
        if letter not in _VALUES:
            raise WrongLetter(letter, position)
    if len(letters) != CODE_LENGTH:
        raise WrongLength(len(letters))
    symbols = [_VALUES[letter] for letter in letters]
    if _check_value(symbols[:-1]) != symbols[-1]:
        raise WrongCheck
    number = 0
    for symbol in symbols[:-1]:
        number = number << 5 | symbol
    return number.to_bytes(SECRET_BYTES, "big")


@dataclass(frozen=True, slots=True)
class Label:
    """A whole label, as the QR code carries it. The secret never appears in a repr."""

    secret: bytes = field(repr=False)
    discriminator: int
    genesis_hash: bytes
    meter_key: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES or len(self.genesis_hash) != HASH_BYTES:
            raise ValueError("a label has a 10-byte secret and a 32-byte genesis hash")
        if not 0 <= self.discriminator <= MAX_DISCRIMINATOR:
            raise ValueError("a discriminator has 12 bits")
        if len(self.meter_key) != 32:
            raise ValueError("a meter key has 32 bytes")

    @property
    def mark(self) -> str:
        """The three hexadecimal digits printed large, by which nearby meters are told apart."""
        return mark_of(self.discriminator)

    @property
    def code(self) -> str:
        """The typed code, as printed."""
        return format_code(self.secret)

    @property
    def words(self) -> tuple[str, ...]:
        """The six words printed on the label."""
        return six_words(self.genesis_hash, self.meter_key)

    @property
    def qr_text(self) -> str:
        """The text of the QR code; see the module's docstring for the format."""
        body = self.secret + self.discriminator.to_bytes(2, "big") + self.genesis_hash + self.meter_key
        return _PREFIX + _to_base32(body + _qr_checksum(body))


def _qr_checksum(body: bytes) -> bytes:
    return sha256(b"OHM1" + body).digest()[:_CHECKSUM_BYTES]


def parse_qr(text: str) -> Label:
    """The label of a scanned QR text; only white space around it is forgiven. Raises WrongQr."""
    text = text[:512].strip()
    if not text.startswith(_PREFIX):
        raise WrongQr("not the QR code of a meter's label")
    symbols = text[len(_PREFIX) :]
    if len(symbols) != (_QR_BYTES + _CHECKSUM_BYTES) * 8 // 5:
        raise WrongQr("the QR code of the label is cut short or too long")
    number = 0
    for letter in symbols:
        value = _ALPHABET.find(letter)
        if value < 0:
            raise WrongQr("the QR code of the label contains a foreign character")
        number = number << 5 | value
    data = number.to_bytes(_QR_BYTES + _CHECKSUM_BYTES, "big")
    body = data[:_QR_BYTES]
    if _qr_checksum(body) != data[_QR_BYTES:]:
        raise WrongQr("the QR code of the label is damaged")
    discriminator = int.from_bytes(body[10:12], "big")
    if discriminator > MAX_DISCRIMINATOR:
        raise WrongQr("the QR code of the label names an impossible mark")
    try:
        key = admit_key(body[44:])
    except KeyRefused as error:
        raise WrongQr("the QR code of the label carries no usable key") from error
    return Label(body[:10], discriminator, body[12:44], key)


def mark_of(discriminator: int) -> str:
    """Three upper-case hexadecimal digits."""
    return f"{discriminator:03X}"


def _argon2id(secret: bytes, salt: bytes) -> bytes:
    """Argon2id of RFC 9106, version 1.3, one lane, 64 MiB, 3 passes, 32 bytes out."""
    return argon2id.kdf(PSK_BYTES, secret, salt, opslimit=_PASSES, memlimit=_MEMORY_BYTES)


@lru_cache(maxsize=64)
def six_words(genesis_hash: bytes, meter_key: bytes) -> tuple[str, ...]:
    """The label's six words. About 0.2 s and 64 MiB the first time: never on the main or radio thread."""
    digest = _argon2id(genesis_hash + meter_key, bytes(NONCE_BYTES))
    bits = WORDS_ON_LABEL * words.WORD_BITS
    return words.spell(int.from_bytes(digest, "big") >> (len(digest) * 8 - bits), WORDS_ON_LABEL)


def pairing_key(secret: bytes, boot_nonce: bytes) -> bytes:
    """The 32-byte PSK of one boot of the meter. About 0.2 s and 64 MiB: never on the main or radio thread."""
    if len(secret) != SECRET_BYTES or len(boot_nonce) != NONCE_BYTES:
        raise ValueError("the pairing key is made from a 10-byte secret and a 16-byte boot nonce")
    return _argon2id(secret, boot_nonce)
