"""The label: what a person types is forgiven or named, what a camera reads is exact."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.keys import SigningKey
from ohmstead.link import label, words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=10, max_size=10)


def make(seed: bytes = b"k" * 32, secret: bytes = b"0123456789", discriminator: int = 0x3A7) -> label.Label:
    return label.Label(secret, discriminator, b"g" * 32, SigningKey.from_seed(seed).public)


def gf32_oracle(a: int, b: int) -> int:
    """Multiplication by polynomial long division, written apart from the product."""
    product = 0
    for bit in range(5):
        if b >> bit & 1:
            product ^= a << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << bit - 5
    return product


@given(secrets)
def test_the_check_character_is_the_protocols_sum(secret: bytes) -> None:
    text = label.format_code(secret).replace("-", "")
    values = [ALPHABET.index(letter) for letter in text]
    total, power = 0, 1
    for value in values[:16]:
        power = gf32_oracle(power, 2)
        total ^= gf32_oracle(power, value)
    assert values[16] == total
    assert int("".join(f"{value:05b}" for value in values[:16]), 2) == int.from_bytes(secret, "big")


@given(secrets, st.sampled_from(["", "-", " ", " - ", "\u2013", "\n"]), st.booleans())
def test_case_groups_and_paste_are_forgiven(secret: bytes, between: str, lower: bool) -> None:
    text = between.join(label.format_code(secret).split("-"))
    assert label.parse_code(f" {text.lower() if lower else text} ") == secret


def test_letters_that_look_alike_are_forgiven() -> None:
    code = label.format_code(bytes(10)).replace("0", "O")
    assert label.parse_code(code) == bytes(10)
    secret = b"\x08\x42\x10\x84\x21" * 2  # sixteen ones
    for like in "iIlL":
        assert label.parse_code(label.format_code(secret).replace("1", like)) == secret


@given(secrets, st.integers(0, 16), st.integers(1, 31))
def test_every_single_wrong_character_is_caught(secret: bytes, place: int, shift: int) -> None:
    text = list(label.format_code(secret).replace("-", ""))
    text[place] = ALPHABET[(ALPHABET.index(text[place]) + shift) % 32]
    with pytest.raises(label.WrongCheck):
        label.parse_code("".join(text))


@given(secrets, st.integers(0, 16), st.integers(0, 16))
def test_every_swap_is_caught(secret: bytes, one: int, other: int) -> None:
    text = list(label.format_code(secret).replace("-", ""))
    if text[one] == text[other]:
        return
    text[one], text[other] = text[other], text[one]
    with pytest.raises(label.WrongCheck):
        label.parse_code("".join(text))


def test_errors_name_what_is_wrong() -> None:
    code = label.format_code(b"0123456789")
    with pytest.raises(label.WrongLength) as short:
        label.parse_code(code[:-1])
    assert short.value.found == 16
    with pytest.raises(label.WrongLength):
        label.parse_code(code + "0")
    with pytest.raises(label.WrongLetter) as foreign:
        label.parse_code("U" + code[1:])
    assert (foreign.value.letter, foreign.value.position) == ("U", 1)
    with pytest.raises(label.WrongLetter):
        label.parse_code("Ä" + code[1:])


@given(st.text(max_size=400))
def test_any_text_is_a_code_or_a_named_error(text: str) -> None:
    with contextlib.suppress(label.LabelError):
        assert len(label.parse_code(text)) == 10


@given(
    secrets, st.integers(0, 0xFFF), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32)
)
def test_qr_text_round_trips_in_alphanumeric_mode(
    secret: bytes, discriminator: int, genesis: bytes, seed: bytes
) -> None:
    made = label.Label(secret, discriminator, genesis, SigningKey.from_seed(seed).public)
    text = made.qr_text
    assert len(text) == 133
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert label.parse_qr(f" {text}\n") == made


@given(st.integers(0, 132), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:-"))
def test_a_changed_qr_text_is_refused(place: int, letter: str) -> None:
    text = make().qr_text
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(label.WrongQr):
            label.parse_qr(changed)


@pytest.mark.parametrize(
    "text", ["", "OHM1:", "OHM2:" + "0" * 128, "https://example.org", "OHM1:" + "0" * 127]
)
def test_other_qr_codes_are_refused(text: str) -> None:
    with pytest.raises(label.WrongQr):
        label.parse_qr(text)


def test_a_key_that_is_no_point_is_refused() -> None:
    text = label.Label(bytes(10), 0, bytes(32), b"\x01" + bytes(31)).qr_text
    with pytest.raises(label.WrongQr, match="no usable key"):
        label.parse_qr(text)


def test_mark_and_repr() -> None:
    assert make(discriminator=0x3A).mark == "03A"
    assert "0123456789" not in repr(make())
    with pytest.raises(ValueError):
        make(discriminator=4096)


def test_words_and_key_are_frozen() -> None:
    """Every label ever printed depends on these; they were computed once and may never change."""
    made = make()
    assert made.words == label.six_words(b"g" * 32, made.meter_key)
    assert len(made.words) == 6
    assert set(made.words) <= set(words.word_list())
    assert " ".join(made.words) == FROZEN_WORDS
    assert label.pairing_key(b"0123456789", b"n" * 16).hex() == FROZEN_KEY


FROZEN_WORDS = "issue nut leopard skill cliff undo"
FROZEN_KEY = "31e50a7175c39db9912c20974aeffe2eddf86b1a5bcce4c57e1d83b0cb9755ad"
