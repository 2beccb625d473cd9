"""BIP-39 English words: numbers that people compare and copy without mistakes.

Here: the shipped word list, plain 11-bit spelling (the label's six words) and the checksummed spelling of
BIP-39 itself (the recovery sheet). Not here: what is spelled.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from ohmstead.system.paths import resource

WORD_BITS = 11
_SIZES = frozenset((16, 20, 24, 28, 32))


class WordsError(ValueError):
    """The words do not spell anything. ``position`` counts from 1 and is 0 where no single word is wrong."""

    def __init__(self, reason: str, position: int = 0) -> None:
        super().__init__(reason)
        self.position = position


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """The 2 048 words in order. Read once, from ``resources/words``."""
    words = tuple(resource("words", "bip39-english.txt").read_text("ascii").split())
    if len(words) != 1 << WORD_BITS:
        raise ValueError(f"the word list has {len(words)} words, not {1 << WORD_BITS}")
    return words


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    # Four letters tell every word of the list apart, so a shortened word is still that word.
    numbers = {word[:4]: index for index, word in enumerate(word_list())}
    numbers.update({word: index for index, word in enumerate(word_list())})
    return numbers


def spell(number: int, count: int) -> tuple[str, ...]:
    """``count`` words for a number below 2**(11 * count), most significant first; no checksum."""
    if not 0 <= number < 1 << (WORD_BITS * count):
        raise ValueError(f"{count} words cannot spell this number")
    return tuple(
        word_list()[number >> (WORD_BITS * place) & (1 << WORD_BITS) - 1] for place in reversed(range(count))
    )


def encode(entropy: bytes) -> tuple[str, ...]:
    """The BIP-39 words of 16, 20, 24, 28 or 32 bytes, with their checksum bits. Raises ValueError."""
    if len(entropy) not in _SIZES:
        raise ValueError(f"BIP-39 spells 16 to 32 bytes in steps of 4, not {len(entropy)}")
    check_bits = len(entropy) // 4
    check = sha256(entropy).digest()[0] >> (8 - check_bits)
    number = int.from_bytes(entropy, "big") << check_bits | check
    return spell(number, (len(entropy) * 8 + check_bits) // WORD_BITS)


def decode(text: str | Sequence[str]) -> bytes:
    """The bytes that BIP-39 words spell. Case, spacing and words cut to four letters are forgiven.

    Raises WordsError naming the first word that is not on the list, a wrong count or a wrong checksum.
    """
    joined = text if isinstance(text, str) else " ".join(text)
    words = unicodedata.normalize("NFKD", joined).lower().split()
    if len(words) * WORD_BITS * 32 // 33 // 8 not in _SIZES or len(words) % 3:
        raise WordsError(f"{len(words)} words; 12, 15, 18, 21 or 24 are needed")
    numbers = _numbers()
    number = 0
    for position, word in enumerate(words, 1):
        if word not in numbers:
            raise WordsError(f"word {position} is not on the list", position)
        number = number << WORD_BITS | numbers[word]
    check_bits = len(words) * WORD_BITS // 33
    entropy = (number >> check_bits).to_bytes(check_bits * 4, "big")
    if encode(entropy) != spell(number, len(words)):
        raise WordsError("the checksum does not fit: a word is wrong or two are swapped")
    return entropy
