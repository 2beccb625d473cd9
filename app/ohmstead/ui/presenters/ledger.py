"""The Ledger page as a view model: one sentence, the way from meter to screen, what is proven and by whom.

Qt-free. Here: the sentence, the way, the months. Not here: tables (``ledger_tables``), two histories
(``ledger_histories``), loading (``ledger_data``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.slots import HOUR_SECONDS, SLOTS_PER_HOUR
from ohmstead.services.ledger_report import LedgerReport
from ohmstead.services.states import HomeState, LinkState
from ohmstead.services.witness import WitnessSeen
from ohmstead.ui.presenters import ledger_tables
from ohmstead.ui.presenters.facts_age import Age, Moments, age_of, span_words
from ohmstead.ui.presenters.facts_trouble import Stop, Trouble, trouble_of
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.ledger_data import LedgerData, MonthHeld
from ohmstead.ui.presenters.ledger_histories import histories_view
from ohmstead.ui.presenters.ledger_views import FindingLine, LedgerView, MonthCell, WayStation
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.presenters.wording import Wording


def present_ledger(
    data: LedgerData,
    live: Live,
    seen: WitnessSeen | None,
    trouble: Trouble | None,
    now_s: int,
    words: Wording,
) -> LedgerView:
    """The page for loaded data at a moment: ``trouble`` is what stands, ``seen`` the witness's last answer."""
    report, zone = data.report, data.zone
    at = Moments(zone, now_s, words) if zone is not None else None
    findings = _findings(data, at, words)
    if report is None or at is None:
        return _without(data, live.state, trouble, findings, words)
    # Two histories have a part of their own above: the sentence is then about what stays.
    apart = trouble is not None and trouble.two_histories and bool(data.histories)
    lead, sub = _lead(report, None if apart else trouble, at, words)
    return LedgerView(
        state=PageState.FULL if report.check.whole else PageState.PARTIAL,
        lead=lead,
        sub=sub,
        alarm=trouble is not None and not apart,
        way=_way(data, report, live, trouble, at, words),
        proven=ledger_tables.proven_lines(data, report, live, trouble, at, words),
        signers_head=words.tr("Who signed block {n}", n=words.number(report.head.height)),
        signers=ledger_tables.signer_lines(report, at, words),
        signers_note=ledger_tables.signers_note(report, words),
        single_operator=report.single_operator,
        witnesses=ledger_tables.witness_lines(seen, at, words),
        months_words=_months_words(data.months, words),
        months=_month_cells(data.months, words),
        findings=findings,
        histories=histories_view(data.histories, report, at, words) if data.histories else None,
        foot=ledger_tables.foot(data, report, words),
        checkpoint=report.checkpoint,
        can_save=report.check.whole,
    )


def _without(
    data: LedgerData,
    state: HomeState,
    trouble: Trouble | None,
    findings: Sequence[FindingLine],
    words: Wording,
) -> LedgerView:
    """The page without a report: nothing is proven yet, or what is kept does not verify."""
    tr = words.tr
    if trouble is not None:
        return LedgerView(PageState.ERROR, trouble.head, trouble.body, True, findings=findings)
    lead = tr("Nothing is proven yet")
    sub = tr("The first block comes with the first link to your meter; your history follows, newest first.")
    return LedgerView(PageState.EMPTY, lead, sub, findings=findings)


# ---- the sentence -----------------------------------------------------------------------------


def _lead(report: LedgerReport, trouble: Trouble | None, at: Moments, words: Wording) -> tuple[str, str]:
    tr = words.tr
    if trouble is not None:
        return trouble.head, trouble.body
    span = span_words(at.now_s - report.head.time_s, words)
    block = words.number(report.head.height)
    age = age_of(report.head.time_s, at.now_s)
    if not report.check.whole:
        lead = tr(
            "{held} of {total} pages are here and checked",
            held=words.number(report.pages_held),
            total=words.number(report.pages_proven),
        )
        return lead, tr("The rest of your history is coming in, newest first. What is here is proven.")
    if report.first_hour is None:
        return tr("Nothing is recorded yet"), tr("The meter's first page comes within the hour.")
    day = at.date(report.first_hour * HOUR_SECONDS)
    lead = tr("Every reading since {day} is here, whole and unaltered.", day=day)
    if age is Age.FUTURE:
        return lead, tr("Proven against block {n}. This computer's clock is behind the ledger's.", n=block)
    if age in (Age.STALE, Age.DAYS):
        sub = tr(
            "Proven against block {n}, {span} old. What came after it is not here yet.", n=block, span=span
        )
        return lead, sub
    sub = tr(
        "Proven {span} ago against block {n}. Nobody can change or leave out a past reading without this page "
        "saying so.",
        span=span,
        n=block,
    )
    return lead, sub


# ---- the way ----------------------------------------------------------------------------------


def _way(
    data: LedgerData,
    report: LedgerReport,
    live: Live,
    trouble: Trouble | None,
    at: Moments,
    words: Wording,
) -> tuple[WayStation, ...]:
    tr = words.tr
    stations = {
        Stop.METER: _meter(data, report, live, words),
        Stop.LOG: _log(report, words),
        Stop.LEDGER: _ledger(report, at, words),
        Stop.RADIO: WayStation(
            "bluetooth",
            tr("The radio"),
            (_reach(live, words), tr("nothing believed until checked")),
            "waiting" if live.away else "ok",
        ),
        Stop.COMPUTER: _computer(report, words),
    }
    if trouble is not None:
        sound = stations[trouble.stop]
        stations[trouble.stop] = WayStation(
            sound.glyph, sound.head, (trouble.short, words.tr("not used")), "alarm"
        )
    return tuple(stations.values())


def _reach(live: Live, words: Wording) -> str:
    """Whether the meter can be heard now."""
    if live.settled is LinkState.OFF:
        return words.tr("Bluetooth is off")
    return words.tr("out of reach now") if live.away else words.tr("in reach")


def _meter(data: LedgerData, report: LedgerReport, live: Live, words: Wording) -> WayStation:
    tr, facts = words.tr, live.state.facts
    name = tr("mark {mark}", mark=data.mark) if data.mark else report.meter.hex()[:8]
    if facts is not None and facts.revoked:
        return WayStation("meter", tr("Your meter"), (name, tr("certificate withdrawn")), "alarm")
    return WayStation("meter", tr("Your meter"), (name, tr("signs every hour")), "ok")


def _log(report: LedgerReport, words: Wording) -> WayStation:
    tr = words.tr
    pages = words.count(report.pages_proven, "{n} page", "{n} pages")
    if report.pages_held >= report.pages_proven > 0:
        return WayStation("document", tr("Its log"), (pages, tr("none missing")), "ok")
    here = words.count(report.pages_held, "{n} is here", "{n} are here")
    return WayStation("document", tr("Its log"), (pages, here), "waiting")


def _ledger(report: LedgerReport, at: Moments, words: Wording) -> WayStation:
    tr, head = words.tr, report.head
    age = age_of(head.time_s, at.now_s)
    span = span_words(at.now_s - head.time_s, words)
    one = tr("block {n}, {span} old", n=words.number(head.height), span=span)
    two = tr("{k} of {n} signed", k=words.number(head.signed), n=words.number(len(head.votes)))
    state = "ok" if age in (Age.CURRENT, Age.AS_OF) else "waiting"
    return WayStation("ledger", tr("The ledger"), (one, two), state)


def _computer(report: LedgerReport, words: Wording) -> WayStation:
    tr, took = words.tr, report.check.took_ns / 1e6
    ms = words.number(took, 0 if took >= 10 else 1)
    if report.check.whole:
        lines = (tr("all of it checked"), tr("in {ms} ms, just now", ms=ms))
        return WayStation("computer", tr("This computer"), lines, "ok")
    return WayStation(
        "computer", tr("This computer"), (tr("checks what comes"), tr("as it comes")), "waiting"
    )


# ---- months -----------------------------------------------------------------------------------


def _lost_hours(month: MonthHeld) -> int:
    return -(-month.missing_slots // SLOTS_PER_HOUR)


def _months_words(months: Sequence[MonthHeld], words: Wording) -> str:
    """What the strip says, in a sentence."""
    if not months:
        return ""
    tr = words.tr
    if any(m.held < m.proven for m in months):
        return tr("What is still coming in is drawn pale.")
    dark = sum(1 for m in months if m.missing_slots)
    if not dark:
        return tr("Every hour has a page.")
    return words.count(
        dark,
        "Every hour has a page. In one month the meter itself was without a reading; that is proven too.",
        "Every hour has a page. In {n} months the meter itself was without a reading; that is proven too.",
    )


def _month_cells(months: Sequence[MonthHeld], words: Wording) -> tuple[MonthCell, ...]:
    cells = []
    for month in months:
        held = month.held / month.proven if month.proven else 0.0
        lost = _lost_hours(month)
        name = words.month(month.year, month.month)
        spoken = words.tr(
            "{month}: {held} of {total} pages are here",
            month=name,
            held=words.number(month.held),
            total=words.number(month.proven),
        )
        if lost:
            gone = words.count(lost, "{n} hour without a reading", "{n} hours without a reading")
            spoken = f"{spoken}, {gone}"
        note = words.tr("{n} h", n=words.number(lost)) if lost else ""
        cells.append(
            MonthCell(words.short_month(month.month), month.start, month.end, min(held, 1.0), note, spoken)
        )
    return tuple(cells)


# ---- findings ---------------------------------------------------------------------------------


def _findings(data: LedgerData, at: Moments | None, words: Wording) -> tuple[FindingLine, ...]:
    """Everything that was ever refused, newest first."""
    lines = []
    for finding in reversed(data.findings):
        trouble = trouble_of(finding.subject, finding.kind, words)
        when = at.moment(finding.first_seen_s) if at is not None else ""
        lines.append(FindingLine(when, trouble.head, trouble.body))
    return tuple(lines)
