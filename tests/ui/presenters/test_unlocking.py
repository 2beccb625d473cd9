"""How strong a new passphrase is said to be, and what is asked for."""

from __future__ import annotations

import pytest

from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.ui.presenters.unlocking import Strength, strength, strength_words, unlock_view
from tests.ui.plain_words import PlainWords


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("", Strength.SHORT),
        ("abc123", Strength.SHORT),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("1234567890123456", Strength.WEAK),
        ("summer2024", Strength.WEAK),
        ("gardenhousewindow", Strength.FAIR),
        ("three little words", Strength.FAIR),
        ("copper lamp seven rivers", Strength.STRONG),
        ("xK7#pQ2!mZ9&", Strength.STRONG),
    ],
)
def test_strength(passphrase: str, found: Strength) -> None:
    assert strength(passphrase) is found


def test_each_strength_has_its_sentence() -> None:
    assert len({strength_words(found, PlainWords()) for found in Strength}) == len(Strength)


@pytest.mark.parametrize("reason", list(LockReason))
def test_only_what_a_passphrase_opens_asks_for_one(reason: LockReason) -> None:
    view = unlock_view(SecretsLocked(reason, new=reason is LockReason.NO_KEYRING, detail="why"), PlainWords())
    assert view.ask == (reason not in (LockReason.SILENT, LockReason.DAMAGED))
    assert view.new == (reason is LockReason.NO_KEYRING)
    assert bool(view.error) == (reason is LockReason.WRONG)
    assert view.title
    assert view.button
