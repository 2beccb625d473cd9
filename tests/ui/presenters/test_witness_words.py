"""Every answer of a witness has its own sentence and its age."""

from __future__ import annotations

from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.ui.presenters.witness_words import witness_words
from tests.ui.plain_words import PlainWords

NOW = 1_770_000_000


def test_every_answer_is_said_with_its_age() -> None:
    texts = {
        word: witness_words(WitnessSeen("https://w.example", word, 9, NOW - 3), NOW, PlainWords())
        for word in WitnessWord
    }
    assert len(set(texts.values())) == len(WitnessWord)
    assert all(text.endswith(" Asked just now.") for text in texts.values())
    later = witness_words(WitnessSeen("https://w.example", WitnessWord.SAME, 9, NOW - 600), NOW, PlainWords())
    assert later == "It knows the same history as your meter. Asked 10 minutes ago."
