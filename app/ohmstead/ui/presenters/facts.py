"""The four facts about a home's readings, and the fifth, each in its own words with its own age. Qt-free.

Signature, key trust, completeness, recency; *single operator* on the embedded engine. Never one light for four
facts (protocol/trust, "Four facts"). Home, Ledger and the receipt say them in these words and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ohmstead.core.slots import ZoneTable, hour_end_s
from ohmstead.ledger.slice import Facts
from ohmstead.ui.presenters.facts_age import Age, Moments, age_of, span_words
from ohmstead.ui.presenters.facts_trouble import Fact, Trouble
from ohmstead.ui.presenters.wording import Wording

CLOCK_OFF_S = 30  # a meter's clock further off than this is said


class FactState(Enum):
    """How a fact stands: tick, clock, warning, dash, and a plain remark."""

    OK = "ok"
    WAITING = "waiting"
    ALARM = "alarm"
    UNKNOWN = "unknown"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as it is shown: its state, its name, and a date or an age."""

    state: FactState
    name: str
    detail: str

    @property
    def spoken(self) -> str:
        """The fact for who cannot see it."""
        return f"{self.name}, {self.detail}" if self.detail else self.name


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts are made of, at one moment. Times in UTC seconds.

    ``facts`` None: nothing is proven yet. ``trouble`` is what is refused now. ``clock_off_s`` is how far the
    meter's clock is ahead (negative: behind), None while it was not heard. ``cross_checked_s`` is when an
    outside witness last knew the same history, None for never.
    """

    facts: Facts | None
    zone: ZoneTable | None
    now_s: int
    trouble: Trouble | None = None
    clock_off_s: int | None = None
    cross_checked_s: int | None = None


def fact_lines(known: Known, words: Wording) -> Sequence[FactLine]:
    """The row of facts."""
    facts, zone = known.facts, known.zone
    if facts is None or zone is None:
        return _nothing(known, words)
    at = Moments(zone, known.now_s, words)
    lines = [
        _signature(known, facts, at, words),
        _key_trust(known, facts, at, words),
        _completeness(known, facts, at, words),
        _recency(known, facts, at, words),
    ]
    if facts.single_operator:
        lines.append(FactLine(FactState.REMARK, words.tr("Single operator"), words.tr("one machine signs")))
    return tuple(lines)


def _nothing(known: Known, words: Wording) -> Sequence[FactLine]:
    tr, unknown = words.tr, FactState.UNKNOWN
    lines = [
        FactLine(unknown, tr("Not signed yet"), tr("no page has come")),
        FactLine(unknown, tr("Certificate not asked"), tr("comes with the first block")),
        FactLine(unknown, tr("Nothing to count yet"), tr("no page has come")),
        FactLine(unknown, tr("No block yet"), tr("comes with the first link")),
    ]
    if known.trouble is not None:
        lines[list(Fact).index(known.trouble.fact)] = _refused(known.trouble, words)
    return tuple(lines)


def _refused(trouble: Trouble, words: Wording) -> FactLine:
    return FactLine(FactState.ALARM, trouble.short, words.tr("not used"))


def _recorded_to(facts: Facts, at: Moments) -> str:
    hour = facts.complete_to_hour
    return at.moment(hour_end_s(hour)) if hour is not None else ""


def _signature(known: Known, facts: Facts, at: Moments, words: Wording) -> FactLine:
    tr = words.tr
    if known.trouble is not None and known.trouble.fact is Fact.SIGNATURE:
        return _refused(known.trouble, words)
    if not facts.signature:
        return FactLine(FactState.UNKNOWN, tr("Not signed yet"), tr("the first page comes within the hour"))
    last = _recorded_to(facts, at)
    detail = tr("every page, to {time}", time=last) if last else tr("every page that is here")
    return FactLine(FactState.OK, tr("Signed by your meter"), detail)


def _key_trust(known: Known, facts: Facts, at: Moments, words: Wording) -> FactLine:
    tr, seen = words.tr, at.moment(facts.head_time_s)
    if known.trouble is not None and known.trouble.fact is Fact.KEY_TRUST:
        return _refused(known.trouble, words)
    if facts.revoked:
        return FactLine(FactState.ALARM, tr("Certificate withdrawn"), tr("as of {time}", time=seen))
    if not facts.key_trust:
        return FactLine(FactState.ALARM, tr("Meter not certified"), tr("as of {time}", time=seen))
    return FactLine(FactState.OK, tr("Meter certified"), tr("not withdrawn, as of {time}", time=seen))


def _completeness(known: Known, facts: Facts, at: Moments, words: Wording) -> FactLine:
    tr = words.tr
    if known.trouble is not None and known.trouble.fact is Fact.COMPLETENESS:
        return _refused(known.trouble, words)
    last = _recorded_to(facts, at)
    if last:
        return FactLine(FactState.OK, tr("Nothing left out"), tr("as recorded to {time}", time=last))
    if not facts.pages_proven:
        return FactLine(FactState.UNKNOWN, tr("Nothing to count yet"), tr("no page is recorded"))
    return FactLine(
        FactState.WAITING,
        tr("Still coming in"),
        tr(
            "{held} of {total} pages",
            held=words.number(facts.pages_held),
            total=words.number(facts.pages_proven),
        ),
    )


def _recency(known: Known, facts: Facts, at: Moments, words: Wording) -> FactLine:
    tr = words.tr
    if known.trouble is not None and known.trouble.fact is Fact.RECENCY:
        return _refused(known.trouble, words)
    old = known.now_s - facts.head_time_s
    age = age_of(facts.head_time_s, known.now_s)
    span, checked = span_words(old, words), _checked(known, at, words)
    if age is Age.FUTURE:
        ahead = span_words(-old, words)
        return FactLine(
            FactState.WAITING, tr("A clock is wrong"), tr("the ledger is {span} ahead of here", span=ahead)
        )
    off = known.clock_off_s
    if off is not None and abs(off) > CLOCK_OFF_S:
        return FactLine(FactState.WAITING, tr("Ledger {span} old", span=span), clock_words(off, words))
    late = _late(facts, words)
    if age is Age.CURRENT:
        detail = tr("{span} old, {more}", span=span, more=late or checked)
        return FactLine(FactState.OK, tr("Ledger current"), detail)
    if age is Age.AS_OF:
        seen = at.moment(facts.head_time_s)
        return FactLine(FactState.WAITING, tr("Ledger as of {time}", time=seen), late or checked)
    return FactLine(FactState.WAITING, tr("Ledger stale"), tr("{span} old, {more}", span=span, more=checked))


def _late(facts: Facts, words: Wording) -> str:
    """How many pages came late, empty for none: a replayed past is late by its nature and says so itself."""
    if not facts.late_pages or facts.replayed:
        return ""
    return words.count(facts.late_pages, "{n} page came late", "{n} pages came late")


def _checked(known: Known, at: Moments, words: Wording) -> str:
    if known.cross_checked_s is None:
        return words.tr("not cross-checked")
    return words.tr("cross-checked {time}", time=at.moment(known.cross_checked_s))


def clock_words(off_s: int, words: Wording) -> str:
    """*meter's clock 12 min ahead*."""
    span = span_words(abs(off_s), words)
    if off_s > 0:
        return words.tr("meter's clock {span} ahead", span=span)
    return words.tr("meter's clock {span} behind", span=span)
