"""What a home is called where the person gave it no name. Qt-free."""

from __future__ import annotations

from ohmstead.ui.presenters.wording import Wording


def home_name(own: str, mark: str, *, demonstration: bool, words: Wording) -> str:
    """The person's own name for it, else *Home 3C9* by its meter's mark, or that it is the demonstration's."""
    if own:
        return own
    if demonstration:
        return words.tr("Demonstration home")
    return words.tr("Home {mark}", mark=mark)
