"""What the palette lists for what was typed: pages and days to go to, things to do, the best first. Qt-free.

Here: matching and order. Not here: the palette (``ui.palette``), reading days (``presenters.date_wishes``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.ui.presenters.date_wishes import DateWish, date_wishes, wish_words
from ohmstead.ui.presenters.wording import Wording

MAX_QUERY = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done now. ``go``: it leads somewhere; ``keys`` as they are printed."""

    name: str
    words: str
    icon: str = ""
    keys: str = ""
    go: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: a heading (neither ``name`` nor ``wish``), an offer by name, or a day."""

    words: str
    icon: str = ""
    hint: str = ""
    name: str = ""
    wish: DateWish | None = None

    @property
    def head(self) -> bool:
        """Whether it is a heading."""
        return not self.name and self.wish is None


def findings(
    query: str,
    offers: Sequence[Offer],
    today: int,
    words: Wording,
    *,
    month_first: bool = False,
    since: int | None = None,
) -> tuple[Finding, ...]:
    """Headings and rows for a query; all offers for an empty one."""
    typed = query[:MAX_QUERY]
    ranked = ranking(typed, offers)
    rows: list[Finding] = []
    days = [
        Finding(wish_words(wish, words), "calendar", wish=wish)
        for wish in date_wishes(typed, today, words, month_first=month_first, since=since)
    ]
    places = [Finding(o.words, o.icon, o.keys, o.name) for o in ranked if o.go]
    deeds = [Finding(o.words, o.icon, o.keys, o.name) for o in ranked if not o.go]
    # A page that begins with what was typed stands before days: *mar* is Market before it is March.
    begins = bool(places) and fold(places[0].words).startswith(fold(typed))
    going = [*places, *days] if begins else [*days, *places]
    for head, part in ((words.tr("Go to"), going), (words.tr("Do"), deeds)):
        if part:
            rows += [Finding(head), *part]
    return tuple(rows)


def ranking(query: str, offers: Sequence[Offer]) -> list[Offer]:
    """The offers that fit, best first; of equals, in the order in which they came."""
    scored = [(score, i) for i, offer in enumerate(offers) if (score := fit(query, offer.words)) is not None]
    return [offers[i] for _, i in sorted(scored)]


def fit(query: str, words: str) -> tuple[int, int] | None:
    """How well words fit, the less the better; None where they do not.

    0: they begin so; 1: each part typed begins a word, in order; 2: it stands inside them; 3: its letters stand
    in them in order.
    """
    wanted, text = fold(query), fold(words)
    if not wanted:
        return 0, 0
    if text.startswith(wanted):
        return 0, len(text)
    parts, names = wanted.split(), text.split()
    at = 0
    for part in parts:
        at = next((i + 1 for i in range(at, len(names)) if names[i].startswith(part)), -1)
        if at < 0:
            break
    if at > 0:
        return 1, len(text)
    if wanted in text:
        return 2, text.index(wanted)
    place, gaps = -1, 0
    for letter in wanted.replace(" ", ""):
        found = text.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1
        place = found
    return (3, gaps) if gaps <= 3 * len(wanted) else None


def fold(text: str) -> str:
    """Small letters without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
