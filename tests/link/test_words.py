"""The word list is the one of BIP-39, and its spelling is exact."""

from __future__ import annotations

import contextlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.link import words
from ohmstead.system.paths import resource

# BIP-39 test vectors (trezor/python-mnemonic, vectors.json), without passphrase seeds.
VECTORS = [
    ("00" * 16, "abandon " * 11 + "about"),
    ("7f" * 16, "legal winner thank year wave sausage worth useful legal winner thank yellow"),
    ("ff" * 16, "zoo " * 11 + "wrong"),
    ("00" * 32, "abandon " * 23 + "art"),
    ("ff" * 32, "zoo " * 23 + "vote"),
    (
        "9e885d952ad362caeb4efe34a8e91bd2",
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    ),
]  # fmt: skip


def test_the_list_is_the_published_one() -> None:
    data = resource("words", "bip39-english.txt").read_bytes()
    assert sha256(data).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    assert list(words.word_list()) == sorted(words.word_list())


@pytest.mark.parametrize(("entropy", "phrase"), VECTORS)
def test_published_vectors(entropy: str, phrase: str) -> None:
    assert " ".join(words.encode(bytes.fromhex(entropy))) == phrase.strip()
    assert words.decode(phrase).hex() == entropy


@given(st.sampled_from((16, 20, 24, 28, 32)).flatmap(lambda n: st.binary(min_size=n, max_size=n)))
def test_every_entropy_comes_back_even_from_shortened_shouted_words(entropy: bytes) -> None:
    spelled = words.encode(entropy)
    assert words.decode(spelled) == entropy
    assert words.decode("  ".join(word[:4].upper() for word in spelled) + "\n") == entropy


@given(st.binary(min_size=16, max_size=16), st.integers(0, 11), st.integers(1, 2047))
def test_a_wrong_word_never_gives_the_same_bytes(entropy: bytes, place: int, shift: int) -> None:
    spelled = list(words.encode(entropy))
    at = words.word_list().index(spelled[place])
    spelled[place] = words.word_list()[(at + shift) % 2048]
    with contextlib.suppress(words.WordsError):  # 15 of 16 are caught by the checksum
        assert words.decode(spelled) != entropy


def test_errors_name_the_word() -> None:
    with pytest.raises(words.WordsError, match="word 3") as caught:
        words.decode("abandon abandon abandn " + "abandon " * 9)
    assert caught.value.position == 3
    with pytest.raises(words.WordsError, match="11 words"):
        words.decode("abandon " * 11)
    with pytest.raises(words.WordsError, match="checksum"):
        words.decode("abandon " * 12)
    with pytest.raises(ValueError, match="17"):
        words.encode(bytes(17))


def test_plain_spelling_is_big_endian_and_bounded() -> None:
    assert words.spell(1, 2) == ("abandon", "ability")
    with pytest.raises(ValueError):
        words.spell(1 << 22, 2)
