"""The meter's state at the foot of the sidebar, in words. Qt-free.

Never *verified* without an age (protocol/trust, "Freshness"), never one light for four facts: this line says
link and recency; the rest has its own places.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ohmstead.core.slots import ZoneTable, slot_at
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.facts_trouble import Trouble, trouble_of
from ohmstead.ui.presenters.view_models import MeterFoot
from ohmstead.ui.presenters.wording import Wording

CURRENT_S = 5 * 60
STALE_S = 2 * 3600


class Link(Enum):
    """What the radio does."""

    NONE = "none"  # no home is paired
    SEARCHING = "searching"
    CONNECTED = "connected"
    AWAY = "away"  # out of reach; readings so far are here
    OFF = "off"  # this computer's Bluetooth is off


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """What the foot is made of. Times in UTC seconds; ``head_time_s`` None before the first header.

    ``verified_to_slot`` is the last slot of the proven pages that are here. ``single_operator`` is true on
    the embedded engine. ``refused`` names a record that failed its check, empty when all is well.
    """

    link: Link
    now_s: int
    head_time_s: int | None = None
    verified_to_slot: int | None = None
    zone: ZoneTable | None = None
    pages_held: int = 0
    pages_proven: int = 0
    single_operator: bool = False
    refused: str = ""


def meter_foot(facts: MeterFacts, words: Wording, trouble: Trouble | None = None) -> MeterFoot:
    """The foot for the facts. ``trouble`` is what Home says of the file itself, if anything."""
    if trouble is None and facts.refused:
        trouble = trouble_of(facts.refused, "", words)
    if trouble is not None and facts.link is not Link.NONE:
        # In the words that the page says it in.
        return MeterFoot("alarm", trouble.short, words.tr("What was verified before stays"))
    head, tone = _link(facts.link, words)
    if facts.link is Link.NONE:
        return MeterFoot(tone, head, "")
    share = None
    if 0 < facts.pages_held < facts.pages_proven:
        share = facts.pages_held / facts.pages_proven
        return MeterFoot(
            tone, head, words.tr("{n} % of history here", n=words.number(int(share * 100))), share
        )
    text, stale = _recency(facts, words)
    if facts.single_operator and facts.head_time_s is not None:
        text = words.tr("{recency}; single operator", recency=text)
    return MeterFoot("notice" if stale and tone == "ok" else tone, head, text, share)


def _link(link: Link, words: Wording) -> tuple[str, str]:
    """What the radio does, in words, and its tone."""
    return {
        Link.NONE: (words.tr("No meter paired"), "none"),
        Link.SEARCHING: (words.tr("Looking for your meter"), "none"),
        Link.CONNECTED: (words.tr("Meter connected"), "ok"),
        Link.AWAY: (words.tr("Meter out of reach"), "notice"),
        Link.OFF: (words.tr("Bluetooth is off"), "notice"),
    }[link]


def _recency(facts: MeterFacts, words: Wording) -> tuple[str, bool]:
    """*Verified to 14:00, current* and whether the head is older than that word allows."""
    if facts.head_time_s is None or facts.verified_to_slot is None or facts.zone is None:
        return words.tr("Nothing verified yet"), False
    clock = MeterClock(facts.zone)
    end = facts.verified_to_slot + 1
    today = facts.zone.day_of(slot_at(facts.now_s))
    until = clock.time(end) if facts.zone.day_of(end) == today else words.day(facts.zone.day_of(end - 1))
    age = max(facts.now_s - facts.head_time_s, 0)
    if age <= CURRENT_S:
        return words.tr("Verified to {time}, current", time=until), False
    if age <= STALE_S:
        seen = clock.instant(facts.head_time_s)
        return words.tr("Verified to {time}, as of {seen}", time=until, seen=seen), False
    hours = age // 3600
    if hours < 48:
        text = words.count(
            hours, "Stale, {n} hour; verified to {time}", "Stale, {n} hours; verified to {time}", time=until
        )
    else:
        text = words.count(
            hours // 24,
            "Stale, {n} day; verified to {time}",
            "Stale, {n} days; verified to {time}",
            time=until,
        )
    return text, True
