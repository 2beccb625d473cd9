"""The receipt of one quarter hour: everything that stands between the register and the bar, checked again.

Computed from what the home's file keeps, each time it is asked for; nothing is taken from an earlier check.
Where something does not hold the receipt says at which station and keeps what was found before it. Here: the
values. Not here: words and pictures (``ui``), evidence files (``evidence_files``). Thread: ``work``.
Source: protocol/pages, "What is proven"; RFC 6962 §2.1.1.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.slots import SLOTS_PER_HOUR, hour_end_s
from ohmstead.errors import UserError
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import HashTree, MerkleError, leaf_hash, split_point, verify_inclusion
from ohmstead.ledger.meterlog import LATE_S, Anchor
from ohmstead.ledger.tiles import TILE_PAGES, tile_range
from ohmstead.ledger.votes import good_votes
from ohmstead.services import mirroring
from ohmstead.services.checking import EpochRoot, altered_in, altered_page
from ohmstead.services.verify import PagesDiffer, RowsDiffer
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.history import History
from ohmstead.store.records import AnchorRow


class Station(Enum):
    """Where a reading passes on its way to the bar, in order."""

    METER = "meter"
    SIGNATURE = "signature"
    PAGE = "page"
    BLOCK = "block"
    COMPUTER = "computer"


class Absence(Enum):
    """Why a quarter hour has no receipt."""

    EMPTY = "empty"  # nothing is proven yet
    BEFORE = "before"  # older than the meter's first page
    AHEAD = "ahead"  # its page is not recorded yet
    COMING = "coming"  # its page is proven and not here yet


class NoReceipt(UserError):
    """There is no page to show a receipt of; ``why`` says so for whoever words it."""

    def __init__(self, why: Absence) -> None:
        super().__init__(f"This quarter hour has no receipt ({why.value}).")
        self.why = why


@dataclass(frozen=True, slots=True)
class ChannelReading:
    """One channel in the slot: amount, status, and the registers at its start and end in the channel's unit.

    A register is None where readings are missing between it and the hour's end, the one that the page states.
    """

    channel: Channel
    amount: int
    status: IntervalStatus
    register_start: int | None
    register_end: int | None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One hash of the inclusion path; ``right`` says that it stands right of the way up."""

    hash: bytes = field(repr=False)
    right: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """The batch that brought the page to the ledger: its pages first..last, its block, the block's time."""

    first_page: int
    last_page: int
    height: int
    time_s: int
    late: bool


@dataclass(frozen=True, slots=True)
class ProvingHead:
    """The header under which the page is proven, and how many of its validators signed it validly."""

    height: int
    time_s: int
    hash: bytes
    signed: int
    validators: int
    single_operator: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """The station at which the check failed, and why."""

    station: Station
    error: VerificationError


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was found, station by station; everything from the broken one on is missing or not to be believed.

    ``page`` counts from 0; ``readings`` are in the certificate's order and empty where the page is sealed.
    ``meter_key`` is Ed25519, ``model`` is the certificate's text, ``certified_to_hour`` (UTC) is excluded.
    ``path`` leads from ``leaf`` to ``root`` of a log of ``log_size`` pages. ``recorded`` is None while the
    anchors are coming in. ``took_ns`` is how long all of it took.
    """

    slot: int
    page: int | None = None
    sealed: bool = False
    readings: tuple[ChannelReading, ...] = ()
    meter: bytes = b""
    meter_key: bytes = b""
    model: bytes = b""
    certified_to_hour: int = 0
    replayed: bool = False
    leaf: bytes = b""
    path: tuple[PathStep, ...] = ()
    log_size: int = 0
    root: bytes = b""
    recorded: Recorded | None = None
    head: ProvingHead | None = None
    took_ns: int = 0
    broken: Broken | None = None

    @property
    def hour(self) -> int:
        """The UTC hour that holds the slot."""
        return self.slot // SLOTS_PER_HOUR

    @property
    def place(self) -> int:
        """Which of its page's four readings it is, 0 to 3."""
        return self.slot % SLOTS_PER_HOUR


def receipt_of(
    history: History,
    trust: HomeTrust | None,
    slot: int,
    epoch_root: EpochRoot,
    wall_ns: int,
    clock_ns: Callable[[], int] = time.perf_counter_ns,
) -> Receipt:
    """The receipt of a slot under a trust that was verified from the same file.

    Raises NoReceipt where there is no page, ExternalError where the file cannot be read. A part that does not
    hold is no error of this call: it is ``Receipt.broken``.
    """
    began = clock_ns()
    if trust is None or trust.proven is None or trust.bundle is None:
        raise NoReceipt(Absence.EMPTY)
    raws, start = _pages(history, trust)
    number = slot // SLOTS_PER_HOUR - start
    _check_here(number, raws, trust.proven.size)
    found = _known(trust, slot, number)
    raw = raws[number]
    try:
        found = _proven(found, history, trust, raws, epoch_root, wall_ns)
        found = _opened(found, raw, trust, epoch_root)
        found = _recorded(found, history, trust, raws)
        _compare(found, history)
    except _Stop as stop:
        found = replace(stop.found, broken=Broken(stop.station, stop.error))
    return replace(found, took_ns=clock_ns() - began)


def broken_receipt(slot: int, error: VerificationError) -> Receipt:
    """The receipt where not even the ledger's head holds."""
    return Receipt(slot, broken=Broken(Station.BLOCK, error))


class _Stop(Exception):
    """A station does not hold: what was found before it, the station, the error."""

    def __init__(self, found: Receipt, station: Station, error: VerificationError) -> None:
        super().__init__(str(error))
        self.found, self.station, self.error = found, station, error


def _pages(history: History, trust: HomeTrust) -> tuple[dict[int, bytes], int]:
    """The pages held by number, and the hour of page 0."""
    assert trust.proven is not None
    oldest = history.first_page(trust.meter)
    if oldest is None:
        raise NoReceipt(Absence.COMING if trust.proven.size else Absence.EMPTY)
    number, hour = oldest
    return dict(history.mirror.pages(trust.meter, 0, trust.proven.size)), hour - number


def _check_here(number: int, raws: dict[int, bytes], size: int) -> None:
    if number < 0:
        raise NoReceipt(Absence.BEFORE)
    if number >= size:
        raise NoReceipt(Absence.AHEAD)
    if number not in raws:
        raise NoReceipt(Absence.COMING)


def _known(trust: HomeTrust, slot: int, number: int) -> Receipt:
    """What the head alone says."""
    proven, bundle, body = trust.proven, trust.bundle, trust.register
    assert proven is not None
    assert bundle is not None
    block = bundle.light_block
    good, _ = good_votes(block)
    head = ProvingHead(
        block.height, block.header.time_s, block.header.hash(), len(good), len(block.validators),
        trust.genesis.single_operator,
    )  # fmt: skip
    return Receipt(
        slot, number, meter=trust.meter, meter_key=proven.record.public_key, model=body.model if body else b"",
        certified_to_hour=proven.record.valid_to, replayed=proven.record.replayed, head=head,
    )  # fmt: skip


def _opened(found: Receipt, raw: bytes, trust: HomeTrust, epoch_root: EpochRoot) -> Receipt:
    """The page opened, its four readings taken apart."""
    assert trust.proven is not None
    subject = f"page {found.page}"
    try:
        header = pages.parse_header(raw, subject)
        if (header.meter, header.number, header.hour) != (trust.meter, found.page, found.hour):
            raise pages.PageError(subject, "is another page than it is filed as")
        root = epoch_root(header.epoch)
        if root is None:
            return replace(found, sealed=True)
        context = pages.KeyContext(trust.genesis.genesis_hash, trust.meter, header.epoch)
        hours = pages.open_page(pages.KeyRing(root, context), raw, header)
    except pages.PageSealed:
        return replace(found, sealed=True)
    except pages.PageError as error:
        raise _Stop(found, Station.PAGE, error) from error
    channels = [c.channel for c in trust.proven.record.channels]
    readings = tuple(_reading(c, h, found.place) for c, h in zip(channels, hours, strict=True))
    return replace(found, readings=readings)


def _reading(channel: Channel, hour: ChannelHour, place: int) -> ChannelReading:
    """One channel of a slot. A page states the register at its end: earlier ones are counted back from it."""
    amount, status = hour.amounts[place], hour.statuses[place]
    broken = {IntervalStatus.MISSING, IntervalStatus.REPLACED}
    if broken & set(hour.statuses[place:]):
        return ChannelReading(channel, amount, status, None, None)
    end = hour.register - sum(hour.amounts[place + 1 :])
    return ChannelReading(channel, amount, status, end - amount, end)


def _proven(
    found: Receipt,
    history: History,
    trust: HomeTrust,
    raws: dict[int, bytes],
    epoch_root: EpochRoot,
    wall_ns: int,
) -> Receipt:
    """The page's place in the log as of a proven root: of the whole log, or of its tile while it is filling."""
    assert trust.proven is not None
    assert found.page is not None
    size, root, number = trust.proven.size, trust.proven.root, found.page
    leaf = leaf_hash(raws[number])
    if len(raws) == size:
        tree = HashTree(leaf_hash(raws[n]) for n in range(size))
        path = tree.inclusion_proof(number)
    else:
        size, root, path = _in_tile(found, history, trust, raws, wall_ns)
    steps = tuple(PathStep(h, side) for h, side in zip(path, _sides(number, size), strict=False))
    found = replace(found, leaf=leaf, path=steps, log_size=size, root=root)
    try:
        verify_inclusion(size, root, number, leaf, path)
    except MerkleError as error:
        if len(raws) < trust.proven.size:
            span = tile_range(number // TILE_PAGES, size)
            culprit = altered_in([raws[n] for n in span], span.start, trust, epoch_root)
        else:
            whole = [raws[n] for n in range(size)]
            culprit = altered_page(whole, trust, history.mirror.anchors(trust.meter), epoch_root)
        raise _Stop(found, Station.PAGE, culprit) from error
    return found


def _in_tile(
    found: Receipt, history: History, trust: HomeTrust, raws: dict[int, bytes], wall_ns: int
) -> tuple[int, bytes, tuple[bytes, ...]]:
    """(log size, root, inclusion path) of a page by its tile's proof, under a root that a kept head proves."""
    assert found.page is not None
    index = found.page // TILE_PAGES
    tile = next((t for t in history.mirror.tiles(trust.meter) if t.tile == index), None)
    row = mirroring.tile_proof(history.mirror, trust.meter, tile) if tile is not None else None
    subject = f"page {found.page}"
    if row is None:
        raise _Stop(found, Station.PAGE, PagesDiffer(subject, "no proof of its part of the log is kept"))
    size, root, beside = mirroring.read_tile_proof(row)
    try:
        proven = mirroring.kept_root(history.mirror, trust, size, wall_ns)
    except VerificationError as error:
        raise _Stop(found, Station.BLOCK, error) from error
    span = tile_range(index, size)
    if proven != root or any(n not in raws for n in span):
        raise _Stop(found, Station.PAGE, PagesDiffer(subject, "its part of the log is not proven"))
    tree = HashTree(leaf_hash(raws[n]) for n in span)
    return size, root, (*tree.inclusion_proof(found.page - span.start), *beside)


def _sides(number: int, size: int) -> list[bool]:
    """For each step from the leaf up: whether the neighbour stands on the right."""
    sides = []
    while size > 1:
        half = split_point(size)
        sides.append(number < half)
        if number < half:
            size = half
        else:
            number, size = number - half, size - half
    return sides[::-1]


def _recorded(found: Receipt, history: History, trust: HomeTrust, raws: dict[int, bytes]) -> Receipt:
    """The batch that recorded the page; the anchors must be those that the meter's record fixes."""
    assert trust.proven is not None
    assert found.page is not None
    rows = history.mirror.anchors(trust.meter)
    fixed = trust.proven.record.anchors
    if len(rows) < fixed.size or len(raws) < trust.proven.size:
        return found
    anchors = [Anchor(a.size, a.root, a.height, a.time_s) for a in rows]
    if HashTree(leaf_hash(a.to_cbor()) for a in anchors).root(fixed.size) != fixed.root():
        error = PagesDiffer("anchors", "are not those that the meter's record fixes")
        raise _Stop(found, Station.BLOCK, error)
    return replace(found, recorded=_batch_of(found.page, found.hour, rows))


def _batch_of(page: int, hour: int, rows: Sequence[AnchorRow]) -> Recorded:
    index = bisect_right([a.size for a in rows], page)
    anchor = rows[index]
    first = rows[index - 1].size if index else 0
    late = anchor.time_s > hour_end_s(hour) + LATE_S
    return Recorded(first, anchor.size - 1, anchor.height, anchor.time_s, late)


def _compare(found: Receipt, history: History) -> None:
    """That the row behind the bar is what the page says."""
    if found.sealed:
        return
    kept = history.interval(found.meter, found.slot)
    by = {r.channel: r for r in found.readings}
    bought, sold, made = (by.get(c) for c in (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION))
    expected = (
        found.slot,
        bought.amount if bought else 0,
        sold.amount if sold else 0,
        made.amount if made else None,
        int(bought.status) if bought else 0,
        int(sold.status) if sold else 0,
        int(made.status) if made else None,
        found.page,
    )
    if kept != expected:
        error = RowsDiffer(f"page {found.page}", "the row behind the bar is not what the page says")
        raise _Stop(found, Station.COMPUTER, error)
