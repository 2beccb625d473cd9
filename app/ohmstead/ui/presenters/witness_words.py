"""What an outside witness answered, in one sentence for Settings. Qt-free."""

from __future__ import annotations

from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.ui.presenters.wording import Wording

JUST_S = 90


def witness_words(seen: WitnessSeen, now_s: int, words: Wording) -> str:
    """The answer, and how long ago it came."""
    tr = words.tr
    text = {
        WitnessWord.SAME: tr("It knows the same history as your meter."),
        WitnessWord.BEHIND: tr("It has not come as far as your meter yet. It is asked again."),
        WitnessWord.NOT_REACHED: tr("It was not reached. It is asked again."),
        WitnessWord.OTHER_CHAIN: tr("It keeps another ledger than your meter's. Check the address."),
        WitnessWord.AT_FAULT: tr("Its answer does not verify. Choose another witness."),
        WitnessWord.TWO_HISTORIES: tr("It shows another history, signed as well. The Ledger page says more."),
    }[seen.word]
    minutes = max(now_s - seen.at_s, 0) // 60
    if now_s - seen.at_s < JUST_S:
        return tr("{answer} Asked just now.", answer=text)
    return words.count(
        minutes, "{answer} Asked {n} minute ago.", "{answer} Asked {n} minutes ago.", answer=text
    )
