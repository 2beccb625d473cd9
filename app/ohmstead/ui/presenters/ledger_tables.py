"""The Ledger page's tables: what is proven, who signed, who was asked from outside. Qt-free.

*Validator* and *head* may be said here and in the receipt, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.slots import HOUR_SECONDS, hour_end_s
from ohmstead.services.ledger_report import LedgerReport, Vote, VoteKind
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.ui.presenters.facts import CLOCK_OFF_S, FactState, Known, clock_words, fact_lines
from ohmstead.ui.presenters.facts_age import Moments
from ohmstead.ui.presenters.facts_trouble import Trouble
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.ledger_data import LedgerData
from ohmstead.ui.presenters.ledger_views import PairLine, StateLine
from ohmstead.ui.presenters.receipt import short_hash
from ohmstead.ui.presenters.wording import Wording

_GLYPHS = {
    FactState.OK: ("", "text"),
    FactState.WAITING: ("clock", "notice"),
    FactState.ALARM: ("alert", "alarm"),
    FactState.UNKNOWN: ("minus", "text_2"),
    FactState.REMARK: ("info", "text"),
}


def proven_lines(
    data: LedgerData,
    report: LedgerReport,
    live: Live,
    trouble: Trouble | None,
    at: Moments,
    words: Wording,
) -> tuple[PairLine, ...]:
    """What is proven, line by line."""
    tr = words.tr
    lines = []
    if report.first_hour is not None and report.last_hour is not None:
        for name, unix_s in (
            (tr("From"), report.first_hour * HOUR_SECONDS),
            (tr("To"), hour_end_s(report.last_hour)),
        ):
            lines.append(PairLine(name, f"{at.date(unix_s)}, {at.time(unix_s)}"))
    pages = tr(
        "{held} of {total}", held=words.number(report.pages_held), total=words.number(report.pages_proven)
    )
    lines.append(PairLine(tr("Pages"), pages))
    lines.append(PairLine(tr("Recorded late"), _late(report, words)))
    lines.append(_clock(live, at, words))
    lines.append(_certificate(report, at, words))
    label = _label(data, words)
    lines.append(PairLine(tr("First block"), f"{short_hash(report.genesis_hash)}, {label}", mono=True))
    lines.append(PairLine(tr("From there to here"), tr("unbroken, over two thirds at each step")))
    known = Known(live.state.facts, at.zone, at.now_s, trouble, None, live.cross_checked_s)
    recency = fact_lines(known, words)[3]
    glyph, tone = _GLYPHS[recency.state]
    lines.append(PairLine(tr("Age"), recency.spoken, glyph=glyph, tone=tone))
    return tuple(lines)


def _late(report: LedgerReport, words: Wording) -> str:
    """How many pages came more than two hours after their hour."""
    tr = words.tr
    if report.late_pages is None:
        return tr("counted once all of it is here")
    if report.replayed:
        return tr("a recorded past, played again: lateness says nothing")
    if not report.late_pages:
        return tr("none")
    return words.count(
        report.late_pages,
        "{n} page, over two hours after its hour",
        "{n} pages, over two hours after their hour",
    )


def _clock(live: Live, at: Moments, words: Wording) -> PairLine:
    tr, off = words.tr, live.off_s
    name = tr("Meter's clock")
    if off is None:
        return PairLine(name, tr("not heard yet"), tone="text_2")
    time = at.moment(live.heard_s)
    if abs(off) <= CLOCK_OFF_S:
        return PairLine(name, tr("in step, heard at {time}", time=time))
    return PairLine(
        name,
        tr("{off}, heard at {time}", off=clock_words(off, words), time=time),
        glyph="clock",
        tone="notice",
    )


def _certificate(report: LedgerReport, at: Moments, words: Wording) -> PairLine:
    until = at.date(hour_end_s(report.certified_to_hour - 1))
    model = report.model.decode(errors="replace").strip()
    text = words.tr("until {day}", day=until)
    return PairLine(words.tr("Certificate"), f"{model}, {text}" if model else text)


def _label(data: LedgerData, words: Wording) -> str:
    if data.typed:
        return words.tr("typed code, not confirmed by picture")
    return words.tr("as on the label")


# ---- signers ----------------------------------------------------------------------------------


def signer_name(vote: Vote, place: int, words: Wording) -> str:
    """A validator's name where genesis ties one to its key; else its place and address."""
    if vote.name:
        return member_words(vote.name)
    return words.tr("Validator {n}, {address}", n=words.number(place + 1), address=short_hash(vote.address))


def member_words(name: str) -> str:
    """A member's identifier as people read it: *Prosumer co-op*."""
    plain = name.replace("-", " ").replace("co op", "co-op")
    return plain[:1].upper() + plain[1:]


def signer_lines(report: LedgerReport, at: Moments, words: Wording) -> tuple[StateLine, ...]:
    """Who signed the newest block, and when by their own clocks."""
    tr = words.tr
    kinds = {
        VoteKind.SIGNED: (tr("signed"), "check", "text_2"),
        VoteKind.NIL: (tr("voted for no block"), "minus", "text_2"),
        VoteKind.ABSENT: (tr("did not sign"), "minus", "text_2"),
        VoteKind.BAD: (tr("signature does not hold"), "alert", "alarm"),
    }
    lines = []
    votes = list(enumerate(report.head.votes))
    for place, vote in sorted(votes, key=lambda one: (one[1].name or "~", one[0])):
        state, glyph, tone = kinds[vote.kind]
        time = at.exact(vote.time_ns // 10**9) if vote.time_ns is not None else ""
        lines.append(StateLine(signer_name(vote, place, words), state, glyph, time, tone))
    return tuple(lines)


def signers_note(report: LedgerReport, words: Wording) -> str:
    """What the list leaves open."""
    tr = words.tr
    if report.single_operator:
        return tr(
            "Single operator: one machine holds all of these keys. That proves order and completeness, not "
            "independence."
        )
    if report.members and not any(v.name for v in report.head.votes):
        names = ", ".join(member_words(name) for name in report.members)
        return tr("The members are {names}. Nothing signed says whose key is whose.", names=names)
    return ""


def witness_lines(seen: WitnessSeen | None, at: Moments, words: Wording) -> tuple[StateLine, ...]:
    """The outside witness's last answer; empty where none is set or none was asked yet."""
    if seen is None:
        return ()
    tr = words.tr
    states = {
        WitnessWord.SAME: (tr("same history"), "check", "text_2"),
        WitnessWord.BEHIND: (tr("not so far yet"), "clock", "text_2"),
        WitnessWord.NOT_REACHED: (tr("not reached"), "minus", "text_2"),
        WitnessWord.OTHER_CHAIN: (tr("keeps another ledger"), "minus", "notice"),
        WitnessWord.AT_FAULT: (tr("its answer does not verify"), "alert", "notice"),
        WitnessWord.TWO_HISTORIES: (tr("another history"), "alert", "alarm"),
    }
    state, glyph, tone = states[seen.word]
    name = seen.address.removeprefix("https://").removeprefix("http://")
    return (StateLine(name, state, glyph, at.moment(seen.at_s), tone),)


def foot(data: LedgerData, report: LedgerReport, words: Wording) -> str:
    """The rule behind it all, in two sentences."""
    tr = words.tr
    need = quorum([v.power for v in report.head.votes], report.head.over)
    first = tr(
        "{k} of the {n} signers must agree for a block to count.",
        k=words.number(need),
        n=words.number(len(report.head.votes)),
    )
    if data.typed:
        return f"{first} " + tr(
            "Your meter's key and the ledger's first block come from the meter until its label is scanned."
        )
    return f"{first} " + tr("Your meter's key and the ledger's first block come from its label.")


def quorum(powers: Sequence[int], over: int) -> int:
    """The least number of signers whose power together can exceed ``over``."""
    total = 0
    for count, power in enumerate(sorted(powers, reverse=True), 1):
        total += power
        if total > over:
            return count
    return len(powers)
