"""Notices: what a person who does not look should hear of, each once. Qt-free.

Kinds that can each be switched off: the meter has been silent, the history is complete, something is not in
order, what the market came to. Nothing is noticed twice until it has been well in between. Here: when and in
which words. Not here: the market's own (``market_notices``), the
neighbours' (``neighbour_notices``), showing (``ui.tray``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ohmstead.services.states import HomeState, LinkState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.facts_trouble import trouble_of
from ohmstead.ui.presenters.wording import Wording

SILENT_S = 6 * 3600
FILLING_PAGES = 24  # a history that lacks less than a day was as good as complete


class NoticeKind(Enum):
    """What it is about; also the page that it leads to."""

    METER_SILENT = "home"
    HISTORY_COMPLETE = "usage"
    NOT_IN_ORDER = "ledger"
    MARKET = "market"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: a head and a sentence."""

    kind: NoticeKind
    head: str
    words: str


class NoticeWatch:
    """Hears every state of the open home and says what is worth a notice. One per home; any one thread."""

    def __init__(self, home: str, started_s: int) -> None:
        self._home = home
        self._heard_s = started_s
        self._silent = False
        self._filling = False
        self._refused = ""

    def hear(self, state: HomeState, wanted: Notices, now_s: int, words: Wording) -> Sequence[Notice]:
        """The notices of a state at a moment (UTC seconds); call it now and then without news as well."""
        found: list[Notice] = []
        for notice, on in (
            (self._silence(state, now_s, words), wanted.meter_silent),
            (self._history(state, words), wanted.history_complete),
            (self._order(state, words), wanted.not_in_order),
        ):
            if notice is not None and on:
                found.append(notice)
        return tuple(found)

    def _silence(self, state: HomeState, now_s: int, words: Wording) -> Notice | None:
        if state.link is LinkState.CONNECTED:
            self._heard_s, self._silent = now_s, False
            return None
        hours = (now_s - self._heard_s) // 3600
        if self._silent or now_s - self._heard_s < SILENT_S:
            return None
        self._silent = True
        return Notice(
            NoticeKind.METER_SILENT,
            words.tr("{home}: the meter is silent", home=self._home),
            words.count(
                hours,
                "It was not heard for {n} hour. It goes on measuring; its readings come in once it is near.",
                "It was not heard for {n} hours. It goes on measuring; its readings come in once it is near.",
            ),
        )

    def _history(self, state: HomeState, words: Wording) -> Notice | None:
        facts = state.facts
        if facts is None:
            return None
        if facts.pages_proven - facts.pages_held > FILLING_PAGES:
            self._filling = True
        if not self._filling or facts.complete_to_hour is None:
            return None
        self._filling = False
        return Notice(
            NoticeKind.HISTORY_COMPLETE,
            words.tr("{home}: your history is complete", home=self._home),
            words.tr(
                "All {n} hours are here, whole and checked on this computer.",
                n=words.number(facts.pages_held),
            ),
        )

    def _order(self, state: HomeState, words: Wording) -> Notice | None:
        refused, self._refused, before = state.refused, state.refused, self._refused
        if not refused or refused == before:
            return None
        trouble = trouble_of(refused, "", words)
        return Notice(NoticeKind.NOT_IN_ORDER, f"{self._home}: {trouble.head}", trouble.body)
