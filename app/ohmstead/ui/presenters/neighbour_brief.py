"""The neighbours in a line, for who is not on their page: Home's sentence, the sidebar's mark. Qt-free.

Both say only what the Neighbours page says too, in the same figures. More and less are directions; nobody is
praised, blamed or asked twice. Quiet where a ledger has no neighbours, and until they are known. Not here: the
page (``neighbour_page``), notices (``neighbour_notices``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ohmstead.services.neighbour_states import NeighbourAlarm, NeighbourState
from ohmstead.ui.presenters.market_brief import MarkModel
from ohmstead.ui.presenters.neighbour_asked import SPANS, Asked, Known
from ohmstead.ui.presenters.neighbour_group import NEAR
from ohmstead.ui.presenters.neighbour_invite import present_missing
from ohmstead.ui.presenters.neighbour_page import asked_of
from ohmstead.ui.presenters.neighbour_views import Part
from ohmstead.ui.presenters.neighbour_words import alarm_head, day_words
from ohmstead.ui.presenters.wording import Wording

#: The choice of days that Home's sentence speaks of, an index of ``SPANS``: the longest.
SPAN = len(SPANS) - 1


@dataclass(frozen=True, slots=True)
class NeighbourSeen:
    """What was looked at on the Neighbours page: findings by name, and whether the home was invited already."""

    findings: frozenset[str] = frozenset()
    invited: bool = False

    def with_all(self, state: NeighbourState) -> NeighbourSeen:
        """Everything in a state was looked at now: the findings, and the invitation where it stood there."""
        asked = state.rules is not None and state.known and not state.membership.asked
        return NeighbourSeen(names_of(state.alarms), self.invited or asked)


@dataclass(frozen=True, slots=True)
class Told:
    """What the line rests on."""

    known: Known = field(default_factory=Known)
    seen: NeighbourSeen = field(default_factory=NeighbourSeen)


@dataclass(frozen=True, slots=True)
class LineView:
    """One sentence. ``tone`` is neutral, notice or alarm; ``action`` are the words of the way to the page.

    ``goal`` is the choice of days to show there, None for the page as it is; ``invites``: it may be waved away.
    """

    tone: str
    glyph: str
    words: str
    action: str
    goal: int | None = None
    invites: bool = False


def finding_name(alarm: NeighbourAlarm) -> str:
    """Which finding it is, whatever its key: one that came out right and is found again is another key."""
    name = f"{alarm.finding.value}/{alarm.cohort}/{alarm.epoch}/{'-' if alarm.day is None else alarm.day}"
    return name if alarm.leaf is None else f"{name}/{alarm.leaf}"


def names_of(alarms: Iterable[NeighbourAlarm]) -> frozenset[str]:
    """The names of findings."""
    return frozenset(map(finding_name, alarms))


# ---- Home's sentence ----------------------------------------------------------------------------


def present_line(told: Told, now_s: int, words: Wording) -> LineView | None:
    """The one thing that is worth a line, None where there is none.

    In this order: a finding, the invitation (once), what is missing before a first result, the newest result.
    A paused home is left alone.
    """
    asked = asked_of(replace(told.known, span=SPAN), now_s, words)
    if asked is None:
        return None
    if asked.state.alarms:
        return _alarm(asked)
    if asked.part in (Part.UNDECIDED, Part.PROPOSED, Part.NO_GROUP):
        return _invitation(asked, told.seen)
    if asked.part is Part.PAUSED:
        return None
    if asked.part is Part.JOINING or not asked.results:
        return _waits(asked)
    return _result(asked)


def _alarm(asked: Asked) -> LineView:
    alarms, words = asked.state.alarms, asked.words
    said = f"{alarm_head(alarms[-1], asked.today, words)}."
    if len(alarms) > 1:
        said = words.count(
            len(alarms),
            "{n} result of the comparison with homes like yours does not check out.",
            "{n} results of the comparison with homes like yours do not check out.",
        )
    return LineView("alarm", "alert", said, words.tr("Show what is wrong"))


def _invitation(asked: Asked, seen: NeighbourSeen) -> LineView | None:
    """Once: who looked at it, waved it away or ever decided is not asked again. Nor is who cannot act."""
    if seen.invited or asked.state.membership.asked or not asked.state.can_act:
        return None
    tr = asked.words.tr
    said = tr("You can compare your home with homes like it. Nobody sees your figures.")
    return LineView("neutral", "neighbours", said, tr("Show how"), invites=True)


def _waits(asked: Asked) -> LineView:
    missing, tr = present_missing(asked), asked.words.tr
    said = missing.lead if missing.whole else tr("Homes like yours: {lead}", lead=missing.lead)
    return LineView("neutral", "neighbours", said, tr("Show"))


def _result(asked: Asked) -> LineView | None:
    """How far from the average, over which days, among how many. None where no own day is whole."""
    stretch, words = asked.stretch(), asked.words
    if stretch is None or stretch.wh is None:
        return None
    tr, own, mean = words.tr, stretch.wh, stretch.mean_wh
    first, last = (day_words(d, asked.today, words) for d in (stretch.days[0], stretch.days[-1]))
    if len(stretch.days) == 1:
        when = last
    elif 2 * len(stretch.days) >= SPANS[SPAN]:
        when = words.count(SPANS[SPAN], "Last {n} day", "Last {n} days")
    else:
        when = tr("{first} to {last}", first=first, last=last)
    homes = words.count(asked.homes, "{n} home like yours", "{n} homes like yours")
    if mean <= 0 or abs(own - mean) <= NEAR * mean:
        said = tr("{when}: about the average of {homes}", when=when, homes=homes)
    else:
        n = words.number(abs(round((own / mean - 1) * 100)))
        said = (
            tr("{when}: {n} % below the average of {homes}", when=when, n=n, homes=homes) if own < mean
            else tr("{when}: {n} % above the average of {homes}", when=when, n=n, homes=homes)
        )  # fmt: skip
    return LineView("neutral", "neighbours", said, tr("Show"), SPAN)


# ---- the sidebar's mark -------------------------------------------------------------------------


def present_neighbour_mark(
    state: NeighbourState | None, seen: NeighbourSeen, words: Wording
) -> MarkModel | None:
    """The findings that were not looked at yet. Nothing else is worth a mark: what a home uses never is."""
    if state is None:
        return None
    new = len(names_of(state.alarms) - seen.findings)
    if not new:
        return None
    return MarkModel("alarm", new, words.count(new, "{n} wrong result", "{n} wrong results"))
