"""The sidebar's foot, and what is wrong with a typed code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.link.label import CODE_LENGTH, format_code
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.meter_state import Link, MeterFacts, meter_foot
from ohmstead.ui.presenters.pairing import code_problem
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
ZONE = build_table("Europe/Rome", date(2026, 1, 1), date(2026, 12, 31))
NOON = 1_769_598_000  # 2026-01-28 12:00 in Rome
FACTS = MeterFacts(Link.CONNECTED, NOON, NOON - 60, NOON // 900 - 1, ZONE, 50, 50)


@pytest.mark.parametrize(
    ("change", "tone", "words"),
    [
        ({}, "ok", "Verified to 12:00, current"),
        ({"head_time_s": NOON - 300}, "ok", "Verified to 12:00, current"),
        ({"head_time_s": NOON - 301}, "ok", "Verified to 12:00, as of 11:54"),
        ({"head_time_s": NOON - 7200}, "ok", "Verified to 12:00, as of 10:00"),
        ({"head_time_s": NOON - 5 * 3600}, "notice", "Stale, 5 hours; verified to 12:00"),
        ({"head_time_s": NOON - 72 * 3600}, "notice", "Stale, 3 days; verified to 12:00"),
        ({"head_time_s": NOON + 30}, "ok", "Verified to 12:00, current"),
        (
            {"single_operator": True, "head_time_s": NOON - 5 * 3600},
            "notice",
            "Stale, 5 hours; verified to 12:00; single operator",
        ),
        ({"single_operator": True}, "ok", "Verified to 12:00, current; single operator"),
        ({"verified_to_slot": NOON // 900 - 1 - 96}, "ok", "Verified to 27 January, current"),
        ({"head_time_s": None}, "ok", "Nothing verified yet"),
        ({"pages_held": 10}, "ok", "20 % of history here"),
    ],
)
def test_never_verified_without_an_age(change: dict[str, object], tone: str, words: str) -> None:
    foot = meter_foot(replace(FACTS, **change), WORDS)
    assert (foot.tone, foot.words) == (tone, words)
    assert (foot.share is not None) == ("pages_held" in change)


def test_a_refusal_comes_before_everything() -> None:
    foot = meter_foot(replace(FACTS, refused="page 16092"), WORDS)
    assert foot.tone == "alarm"
    assert foot.head == "Page 16\u202f092 was changed"


@pytest.mark.parametrize("link", list(Link))
def test_every_state_of_the_link_has_words(link: Link) -> None:
    assert meter_foot(replace(FACTS, link=link), WORDS).head


@given(
    secret=st.binary(min_size=10, max_size=10), place=st.integers(0, CODE_LENGTH - 1), by=st.integers(1, 31)
)
def test_a_mistyped_character_is_noticed_before_it_is_sent(secret: bytes, place: int, by: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = format_code(secret).replace("-", "")
    assert code_problem(code, WORDS) == ""
    other = alphabet[(alphabet.index(code[place]) + by) % 32]
    assert code_problem(code[:place] + other + code[place + 1 :], WORDS) != ""


def test_what_is_wrong_with_a_code() -> None:
    assert code_problem("ABC", WORDS) == "14 characters are still missing."
    assert code_problem("U" * 17, WORDS) == "The letter U is never used in a code."
    assert code_problem("0" * 16 + "1", WORDS).startswith("One character is wrong")
