"""The page that asks for a passphrase before any home opens, in words. Qt-free.

Here: what is asked and why, what is wrong with what was typed, how strong it is. Not here: opening anything
(``services.unlocking``), drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.system.vault import MIN_PASSPHRASE
from ohmstead.ui.presenters.settings_words import passphrase_words
from ohmstead.ui.presenters.wording import Wording

WEAK_BITS, FAIR_BITS = 32, 44  # each guess costs Argon2id's 64 MiB


class Strength(Enum):
    """How long a passphrase would hold against somebody who has the file."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class UnlockView:
    """``ask``: one passphrase, or with ``new`` a new one twice; without ``ask`` only to try again.

    ``error`` stands under the first field.
    """

    title: str
    body: str
    ask: bool
    new: bool
    button: str
    error: str = ""


def unlock_view(locked: SecretsLocked, words: Wording) -> UnlockView:
    """The page for why the secrets are not open."""
    tr = words.tr
    if locked.reason is LockReason.SILENT:
        return UnlockView(
            tr("The keyring does not answer"),
            tr(
                "The keys of your home lie in this system's keyring. Unlock it, or start it, and try again. "
                "Without it nothing can be read, and nothing is lost."
            ),
            ask=False, new=False, button=tr("Try again"),
        )  # fmt: skip
    if locked.reason is LockReason.DAMAGED:
        return UnlockView(
            tr("The file with your keys cannot be read"),
            tr(
                "It is left as it is. A backup or the recovery sheet brings the keys back. What is wrong: "
                "{detail}",
                detail=locked.detail,
            ),
            ask=False, new=False, button=tr("Try again"),
        )  # fmt: skip
    if locked.new:
        return UnlockView(
            tr("Choose a passphrase"),
            tr(
                "This session has no keyring, so Ohmstead seals the keys of your home itself. It asks for the "
                "passphrase at every start. Nobody can find it again for you."
            ),
            ask=True, new=True, button=tr("Seal the keys"),
        )  # fmt: skip
    return UnlockView(
        tr("Your passphrase"),
        tr("It opens the keys of your home on this computer. It goes nowhere else."),
        ask=True, new=False, button=tr("Open"),
        error=tr("This is not the passphrase. Capitals matter.") if locked.reason is LockReason.WRONG else "",
    )  # fmt: skip


def new_problems(passphrase: str, again: str, words: Wording) -> tuple[str, str]:
    """What is wrong with the first and the second of a new passphrase; empty where nothing is."""
    return passphrase_words(passphrase, again, words)


def strength(passphrase: str) -> Strength:
    """A careful estimate in bits; repeats and runs (*aaaa*, *1234*) count as one character.

    2 to 4 bits a character, by how many kinds are mixed (language has about 2), or 11 a word where there are
    three or more (a list of 2 048). No dictionary: one known word is told by its length alone.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        return Strength.SHORT
    steps = [ord(b) - ord(a) for a, b in pairwise(passphrase)]
    letters = 1 + sum(step not in (-1, 0, 1) for step in steps)
    tests: tuple[Callable[[str], bool], ...] = (str.islower, str.isupper, str.isdigit, _is_sign)
    kinds = sum(any(map(test, passphrase)) for test in tests)
    words = [word for word in passphrase.replace("-", " ").split() if len(word) > 2]
    bits = max(letters * min(kinds + 1, 4), 11 * len(words) if len(words) > 2 else 0)
    if bits < WEAK_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < FAIR_BITS else Strength.STRONG


def _is_sign(letter: str) -> bool:
    return not letter.isalnum() and letter != " "


def strength_words(found: Strength, words: Wording) -> str:
    """The estimate in a sentence."""
    texts = {
        Strength.SHORT: words.count(
            MIN_PASSPHRASE, "At least {n} character. Three or four unrelated words are good.",
            "At least {n} characters. Three or four unrelated words are good.",
        ),
        Strength.WEAK: words.tr("Weak: somebody with this computer could guess it. Add another word."),
        Strength.FAIR: words.tr("Fair: enough against guessing by hand."),
        Strength.STRONG: words.tr("Strong: it holds even if the file is stolen."),
    }  # fmt: skip
    return texts[found]
