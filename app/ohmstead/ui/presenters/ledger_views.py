"""What the Ledger page shows, as frozen values: shapes alone. Qt-free. Not here: how any of it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ohmstead.ui.presenters.view_models import PageState


@dataclass(frozen=True, slots=True)
class WayStation:
    """A station of the way: ``state`` is ok, waiting, alarm or unknown."""

    glyph: str
    head: str
    lines: Sequence[str]
    state: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A name and what is known of it; ``mono`` for hashes, ``glyph`` and ``tone`` where it is not as usual."""

    name: str
    value: str
    mono: bool = False
    glyph: str = ""
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class StateLine:
    """A name, a state with its glyph, and a time."""

    name: str
    state: str
    glyph: str
    time: str
    tone: str = "text_2"


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of the strip. ``held`` is the share of its proven part that is here; ``note`` is its lost hours."""

    name: str
    start: float
    end: float
    held: float
    note: str
    spoken: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something that was refused: when, what, and what it means."""

    when: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class SignerWord:
    """One signer on one of two blocks: ``both`` says that it signed the other one too."""

    name: str
    signed: bool
    both: bool


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """One of two blocks: title, time with state hash, signers."""

    title: str
    detail: str
    signed_by: str
    signers: Sequence[SignerWord]


@dataclass(frozen=True, slots=True)
class MeaningLine:
    """What two histories mean for the person: glyph, tone, sentence, explanation."""

    glyph: str
    tone: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class HistoriesView:
    """Two signed histories: banner, where they part, what it means."""

    head: str
    body: str
    badge: str
    agreed_words: str
    agreed: Sequence[str]
    ours: HistoryCard
    theirs: HistoryCard
    meaning: Sequence[MeaningLine]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The page, whole. ``alarm`` marks the lead sentence as one about something that does not hold."""

    state: PageState
    lead: str
    sub: str
    alarm: bool = False
    way: Sequence[WayStation] = ()
    proven: Sequence[PairLine] = ()
    signers_head: str = ""
    signers: Sequence[StateLine] = ()
    signers_note: str = ""
    single_operator: bool = False
    witnesses: Sequence[StateLine] = ()
    months_words: str = ""
    months: Sequence[MonthCell] = field(default=(), repr=False)
    findings: Sequence[FindingLine] = ()
    histories: HistoriesView | None = None
    foot: str = ""
    checkpoint: str = ""
    can_save: bool = False
