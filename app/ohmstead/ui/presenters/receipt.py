"""A receipt in words: five stations from the register to this computer, and the proof between. Qt-free.

The only place besides the Ledger page where *validator*, *head* and *leaf* may be said. Not here: what is true
(``services.receipts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ohmstead.core.intervals import CHANNELS, Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, hour_end_s
from ohmstead.services.receipts import Absence, ChannelReading, Receipt, Station
from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.facts_age import Moments, span_words
from ohmstead.ui.presenters.facts_trouble import Trouble, trouble_of_error
from ohmstead.ui.presenters.receipt_data import ReceiptData
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class StationView:
    """One station: ``state`` is ok, alarm, waiting or unknown; ``mono`` lines are hashes and keys."""

    glyph: str
    head: str
    lines: Sequence[str]
    state: str = "ok"
    mono: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The drawer's content. ``amounts`` are (number, words after it); ``sides`` draw the proof path."""

    title: str
    amounts: Sequence[tuple[str, str]]
    remark: str
    stations: Sequence[StationView]
    proof_words: str
    sides: Sequence[bool] = field(repr=False)
    path_start: str = ""
    path_end: str = ""
    trouble: Trouble | None = None
    absent_head: str = ""
    absent_body: str = ""


def short_hash(data: bytes) -> str:
    """*7f3a 91c4 … e02d*: enough to compare by eye, never the whole."""
    text = data.hex()
    return f"{text[:4]} {text[4:8]} … {text[-4:]}" if len(text) > 12 else text


def present_receipt(data: ReceiptData, now_s: int, words: Wording) -> ReceiptView:
    """The view of an answer."""
    title = _title(data, now_s, words)
    if data.receipt is None:
        head, body = absence_words(data.absence, words)
        return ReceiptView(title, (), "", (), "", (), absent_head=head, absent_body=body)
    receipt = data.receipt
    trouble = trouble_of_error(receipt.broken.error, words) if receipt.broken is not None else None
    at = Moments(data.zone, now_s, words) if data.zone is not None else None
    steps, end = len(receipt.path), receipt.head
    return ReceiptView(
        title=title,
        amounts=_amounts(receipt, words),
        remark=_remark(receipt, words),
        stations=_stations(receipt, at, trouble, words),
        proof_words=words.count(
            steps,
            "Proof: {n} step from this page to the root of your log",
            "Proof: {n} steps from this page to the root of your log",
        )
        if steps
        else "",
        sides=tuple(step.right for step in receipt.path),
        path_start=words.tr("This page"),
        path_end=words.tr("Root in block {n}", n=words.number(end.height)) if end is not None else "",
        trouble=trouble,
    )


def _title(data: ReceiptData, now_s: int, words: Wording) -> str:
    if data.zone is None:
        return words.tr("A quarter hour")
    return slot_words(data.zone, data.slot, now_s, words)


def slot_words(zone: ZoneTable, slot: int, now_s: int, words: Wording) -> str:
    """*Sunday 11 January, 12:15 – 12:30*."""
    clock = MeterClock(zone)
    day = Moments(zone, now_s, words).date(slot * SLOT_SECONDS, weekday=True)
    return words.tr("{day}, {start} – {end}", day=day, start=clock.time(slot), end=clock.end(slot))


def absence_words(why: Absence | None, words: Wording) -> tuple[str, str]:
    """Why there is no receipt, and what comes of it."""
    tr = words.tr
    if why is Absence.AHEAD:
        return (
            tr("Not recorded yet"),
            tr(
                "The meter closes a page every full hour. The receipt is here once the page is on the ledger."
            ),
        )
    if why is Absence.COMING:
        return (
            tr("Still on its way"),
            tr("The ledger has this hour's page; this computer has not. History comes in newest first."),
        )
    if why is Absence.BEFORE:
        return tr("Before your meter's first page"), tr("The meter's log begins later than this.")
    return tr("Nothing is proven yet"), tr("The first receipts come with the first pages.")


def _amounts(receipt: Receipt, words: Wording) -> tuple[tuple[str, str], ...]:
    """The numbers of the bar, from the page itself."""
    tr = words.tr
    names = {
        Channel.EXPORT: tr("kWh sold"),
        Channel.IMPORT: tr("kWh from the grid"),
        Channel.GENERATION: tr("kWh made by the sun"),
    }
    found = []
    for channel in (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION):
        reading = next((r for r in receipt.readings if r.channel is channel), None)
        if reading is not None and reading.status is not IntervalStatus.MISSING:
            found.append((words.number(reading.amount / 1000, 3), names[channel]))
    return tuple(found)


def _remark(receipt: Receipt, words: Wording) -> str:
    """What is odd about the quarter hour, in a sentence."""
    tr, kinds = words.tr, {r.status for r in receipt.readings}
    if receipt.sealed:
        return tr("No key for this page is here: it is recorded, and cannot be read.")
    if IntervalStatus.MISSING in kinds:
        return tr("The meter has no reading of this quarter hour, and says so itself, signed.")
    if IntervalStatus.ESTIMATED in kinds:
        return tr("Estimated by the meter: recorded, never certified.")
    if IntervalStatus.CLOCK_SUSPECT in kinds:
        return tr("The meter's clock was in doubt: the amount holds, its time may not.")
    if IntervalStatus.REPLACED in kinds:
        return tr("Another meter counts from here on.")
    return ""


# ---- stations ---------------------------------------------------------------------------------

_ORDER = tuple(Station)


def _stations(
    receipt: Receipt, at: Moments | None, trouble: Trouble | None, words: Wording
) -> tuple[StationView, ...]:
    made = (
        _measured(receipt, words),
        _signed(receipt, at, words),
        _page(receipt, words),
        _block(receipt, at, words),
        _checked(receipt, words),
    )
    if receipt.broken is None or trouble is None:
        return made
    stop = _ORDER.index(receipt.broken.station)
    return tuple(
        _broken(view, trouble, words) if i == stop else _unreached(view, words) if i > stop else view
        for i, view in enumerate(made)
    )


def _broken(view: StationView, trouble: Trouble, words: Wording) -> StationView:
    return StationView(view.glyph, trouble.short, (words.tr("Nothing beyond this is believed"),), "alarm")


def _unreached(view: StationView, words: Wording) -> StationView:
    return StationView(view.glyph, view.head, (words.tr("not reached"),), "unknown")


def _measured(receipt: Receipt, words: Wording) -> StationView:
    tr = words.tr
    if receipt.sealed:
        return StationView(
            "meter", tr("Measured by your meter"), (tr("sealed, without a key here"),), "waiting"
        )
    lines = tuple(_register(r, words) for r in receipt.readings if r.channel in CHANNELS)
    if not lines:
        return StationView("meter", tr("Measured by your meter"), (), "unknown")
    return StationView("meter", tr("Measured by your meter"), lines)


def _register(reading: ChannelReading, words: Wording) -> str:
    """*Register 1.8.0: 12 418.206 → 12 418.418 kWh*."""
    tr = words.tr
    group, _, name = CHANNELS[reading.channel].obis.partition(":")
    obis = name if group == "1-0" else f"{group}:{name}"
    start, end = reading.register_start, reading.register_end
    if start is None or end is None:
        return tr("Register {obis}: not known at this time", obis=obis)
    if start == end:
        return tr("Register {obis}: {end} kWh, no change", obis=obis, end=words.number(end / 1000, 3))
    return tr(
        "Register {obis}: {start} → {end} kWh",
        obis=obis,
        start=words.number(start / 1000, 3),
        end=words.number(end / 1000, 3),
    )


def _signed(receipt: Receipt, at: Moments | None, words: Wording) -> StationView:
    tr = words.tr
    lines = []
    if at is not None and receipt.certified_to_hour:
        until = at.date(hour_end_s(receipt.certified_to_hour - 1))
        lines.append(tr("Key certified until {day}", day=until))
    if receipt.replayed:
        lines.append(tr("Certified for a recorded past, played again"))
    key = f"ed25519 {short_hash(receipt.meter_key)}" if receipt.meter_key else ""
    state = "ok" if receipt.meter_key else "unknown"
    return StationView("signature", tr("Signed by the meter's key"), tuple(lines), state, key)


def _page(receipt: Receipt, words: Wording) -> StationView:
    tr = words.tr
    if receipt.page is None:
        return StationView("document", tr("In a page of your meter's log"), (), "unknown")
    number = words.number(receipt.page)
    heads = (
        tr("In page {n}, first of its four readings", n=number),
        tr("In page {n}, second of its four readings", n=number),
        tr("In page {n}, third of its four readings", n=number),
        tr("In page {n}, fourth of its four readings", n=number),
    )
    lines = (tr("One page holds one hour, sealed for you"),)
    mono = tr("leaf {hash}", hash=short_hash(receipt.leaf)) if receipt.leaf else ""
    return StationView("document", heads[receipt.place], lines, "ok", mono)


def _block(receipt: Receipt, at: Moments | None, words: Wording) -> StationView:
    tr, head, recorded = words.tr, receipt.head, receipt.recorded
    if head is None or at is None:
        return StationView("block", tr("On the ledger"), (), "unknown")
    signed = tr(
        "Proven by the head of block {n}, signed by {k} of {of} validators",
        n=words.number(head.height),
        k=words.number(head.signed),
        of=words.number(head.validators),
    )
    if recorded is None:
        when = tr("Recorded; in which block comes with the oldest pages")
        return StationView("block", tr("On the ledger"), (when, signed))
    lines = [
        tr("{time}, with pages {a} to {b}", time=at.moment(recorded.time_s), a=words.number(recorded.first_page),
           b=words.number(recorded.last_page))
        if recorded.first_page != recorded.last_page
        else tr("{time}, in a batch of its own", time=at.moment(recorded.time_s))
    ]  # fmt: skip
    if recorded.late and not receipt.replayed:
        late = span_words(recorded.time_s - hour_end_s(receipt.hour), words)
        lines.append(tr("Late: {span} after its hour", span=late))
    lines.append(signed)
    if head.single_operator:
        lines.append(tr("Single operator: one machine holds all their keys"))
    return StationView(
        "block", tr("On the ledger in block {n}", n=words.number(recorded.height)), tuple(lines)
    )


def _checked(receipt: Receipt, words: Wording) -> StationView:
    tr = words.tr
    took = words.number(receipt.took_ns / 1e6, 1)
    return StationView(
        "computer", tr("Checked on this computer"), (tr("just now, all of it, in {ms} ms", ms=took),)
    )
