"""Sync: from a linked meter to a verified mirror, newest pages first, resumable at any instant.

Every answer is verified on ``work`` before anything is written on ``db``; rows and cursor commit together, so
a lost link, a closed app or a killed process continues where it stood. Here: one run over one link. Not here:
finding the meter and coming back (``connection``), rules (``ledger``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel as IntervalChannel
from ohmstead.ledger import pages, tiles
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import Divergence, LightBlock
from ohmstead.ledger.merkle import CompactRange, leaf_hash, root_of
from ohmstead.ledger.meterlog import Anchor
from ohmstead.ledger.slice import HeadBundle, SliceError
from ohmstead.link.channel import Channel
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Pairing
from ohmstead.services import mirroring
from ohmstead.services.decode import Decoded, decode_pages
from ohmstead.services.homes import Homes
from ohmstead.services.verifying import HomeTrust, advance, begin
from ohmstead.services.workers import Workers
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import AnchorRow, TileBatch, TileRow

MAX_ANCHORS = 1 << 20
_T = TypeVar("_T")


class Stage(Enum):
    """What a sync is doing."""

    HEAD = "head"
    PAGES = "pages"
    ANCHORS = "anchors"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync is. Pages held of pages proven; ``new_slots`` is the range just written, or None."""

    stage: Stage
    pages_held: int
    pages_proven: int
    new_slots: tuple[int, int] | None = None


class AnswerMalformed(VerificationError):
    """The meter's answer has another shape than the protocol's; ``subject`` says which answer."""


class HistoryIncomplete(VerificationError):
    """All pages are here, and yet their root is not the one that the ledger records."""


class AnchorsWrong(VerificationError):
    """The anchors are not those that the meter's record fixes."""


@dataclass(slots=True)
class HomeMirror:
    """A home's mirror with what it is verified against. ``trust`` is None before the first head.

    ``tried_sealed`` says that pages found sealed were tried with the root of keys that is kept now; ``whole`` is
    the (size, root) against which all pages were checked since the home was opened; ``late`` the number of pages
    recorded late, None while anchors are on their way.
    """

    mirror: Mirror
    pairing: Pairing
    trust: HomeTrust | None = None
    tried_sealed: bool = False
    whole: tuple[int, bytes] | None = None
    late: int | None = None


class Sync:
    """Runs over one channel. Cancel the task to stop; what was written stays."""

    def __init__(
        self,
        home: HomeMirror,
        homes: Homes,
        channel: Channel,
        workers: Workers,
        on_progress: Callable[[SyncProgress], None] = lambda _p: None,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._home = home
        self._homes = homes
        self._channel = channel
        self._workers = workers
        self._on_progress = on_progress
        self._wall_ns = wall_ns
        self._held = 0

    # ---- threads ------------------------------------------------------------------------------

    async def _on(self, executor: Executor, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(executor, work)

    async def _db(self, work: Callable[[Mirror], _T]) -> _T:
        return await self._on(self._workers.db, lambda: work(self._home.mirror))

    async def _work(self, work: Callable[[], _T]) -> _T:
        return await self._on(self._workers.work, work)

    async def _bytes(
        self, what: str, method: Method, params: Value = None, length: int | None = None
    ) -> bytes:
        """The byte string that answers a request. Raises AnswerMalformed, and what the link raises."""
        answer = await self._channel.call(method, params)
        try:
            return as_bytes(answer, what, length)
        except CodecError as error:
            raise AnswerMalformed(what, str(error)) from error

    # ---- the run ------------------------------------------------------------------------------

    async def run(self) -> None:
        """Head, pages, anchors. Raises LinkError when the link ends, VerificationError when a lie is told.

        A VerificationError is kept in the mirror as a finding, with its evidence, before it is raised.
        """
        try:
            trust = await self.head()
            await self._pages(trust)
            await self._anchors(trust)
            self._home.late = await self._db(lambda m: mirroring.late(m, trust))
        except VerificationError as error:
            await self._keep(error)
            raise
        self._tell(Stage.DONE)

    async def head(self) -> HomeTrust:
        """Asks for the newest head, verifies it from what is trusted, keeps it."""
        home = self._home
        if home.trust is None:
            home.trust = await self._db(lambda m: mirroring.read_trust(m, self._wall_ns()))
        trust = home.trust or await self._first_trust()
        known = trust.proven.size if trust.proven else 0
        raw = await self._bytes("head bundle", Method.HEAD, [known, trust.app_hash])
        walk = advance(trust, HeadBundle.from_cbor(raw), self._wall_ns())
        advanced = await self._walk(walk)
        await self._root_of(advanced)
        await self._db(lambda m: mirroring.write_trust(m, advanced))
        home.trust = advanced
        self._held, _ = await self._counts(advanced.meter)
        self._tell(Stage.HEAD)
        return advanced

    async def _first_trust(self) -> HomeTrust:
        """Trust from the label alone: genesis by its hash, header 1 by InitChain."""
        pairing = self._home.pairing
        raw = await self._bytes("genesis", Method.GENESIS)
        genesis = GenesisDocument.from_cbor(raw, pairing.genesis_hash)
        first = await self._light_block(genesis.initial_height)
        return await self._work(lambda: begin(genesis, pairing.meter_id, pairing.certificate, first))

    async def _light_block(self, height: int) -> LightBlock:
        return LightBlock.from_cbor(await self._bytes("light block", Method.LIGHT_BLOCK, [height]))

    async def _walk(self, walk: Generator[int, LightBlock, HomeTrust]) -> HomeTrust:
        """Drives a verification: its steps on ``work``, the light blocks it asks for over the link."""
        found: LightBlock | None = None

        def step() -> tuple[int | None, HomeTrust | None]:
            try:
                return (next(walk) if found is None else walk.send(found)), None
            except StopIteration as done:
                return None, done.value

        while True:
            height, result = await self._work(step)
            if result is not None:
                return result
            assert height is not None
            found = await self._light_block(height)

    async def _root_of(self, trust: HomeTrust) -> None:
        """The tenancy's root of keys, kept before anything else depends on it.

        A device whose role does not include it goes on without: its pages are complete and stay sealed. It is
        asked for again while not one page opens: the role may have been granted since, or the root was wrong.
        """
        proven = trust.proven
        assert proven is not None
        epoch = proven.record.epoch
        kept = await asyncio.to_thread(self._homes.epoch_root, trust.meter, epoch)
        held, opened = await self._counts(trust.meter)
        if kept is not None and (opened or not held):
            return
        try:
            root = await self._bytes("epoch root", Method.EPOCH_ROOT, length=pages.KEY_BYTES)
        except Refused as error:
            if error.code is RefusalCode.FORBIDDEN:
                return
            raise
        if root != kept:
            await asyncio.to_thread(self._homes.keep_epoch_root, trust.meter, epoch, root)
            self._home.tried_sealed = False

    async def _counts(self, meter: bytes) -> tuple[int, int]:
        """How many pages are held, and how many of them are opened."""
        status = await self._db(lambda m: m.status())
        found = ((s.pages_held, s.pages_opened) for s in status.meters if s.meter == meter)
        return next(found, (0, 0))

    # ---- pages --------------------------------------------------------------------------------

    async def _pages(self, trust: HomeTrust) -> None:
        proven = trust.proven
        assert proven is not None
        plan = await self._db(lambda m: mirroring.wanted(m, trust.meter, proven.size))
        if plan:
            await self._fetch(trust, plan)
        if plan or self._home.whole != (proven.size, proven.root):
            await self._check_whole(trust)
            self._home.whole = proven.size, proven.root
        await self._db(lambda m: mirroring.forget_older(m, trust))
        await self._open_sealed(trust)

    async def _fetch(self, trust: HomeTrust, plan: list[tuple[int, int]]) -> None:
        proven = trust.proven
        assert proven is not None
        ring = await self._ring(trust)
        ranges: list[Value] = [[first, count] for first, count in plan]
        stream = self._channel.stream(Method.PAGES, [proven.size, ranges])
        async with contextlib.aclosing(stream):
            for first, count in plan:
                value = await anext(stream, None)
                if value is None:
                    raise SliceError(f"pages {first} to {first + count - 1}", "the meter did not send them")
                await self._take_tile(trust, ring, value, (first, count))

    async def _ring(self, trust: HomeTrust) -> pages.KeyRing | None:
        """The keys of the tenancy's pages; None where this device does not have them."""
        proven = trust.proven
        assert proven is not None
        epoch = proven.record.epoch
        root = await asyncio.to_thread(self._homes.epoch_root, trust.meter, epoch)
        context = pages.KeyContext(trust.genesis.genesis_hash, trust.meter, epoch)
        return None if root is None else pages.KeyRing(root, context)

    async def _open_sealed(self, trust: HomeTrust) -> None:
        """Tries pages that were sealed when they came, once for each root of keys."""
        proven, ring = trust.proven, await self._ring(trust)
        held, opened = await self._counts(trust.meter)
        if proven is None or ring is None or held == opened or self._home.tried_sealed:
            return
        channels = [c.channel for c in proven.record.channels]
        for tile in await self._db(lambda m: m.tiles(trust.meter)):
            await self._open_tile(trust.meter, tile, ring, channels)
        self._home.tried_sealed = True

    async def _open_tile(
        self, meter: bytes, tile: TileRow, ring: pages.KeyRing, channels: list[IntervalChannel]
    ) -> None:
        held = await self._db(lambda m: m.pages(meter, tile.first, tile.count))
        decoded = await self._work(lambda: decode_pages([raw for _, raw in held], ring, channels))
        batch = TileBatch(
            meter, tile.tile, tile.first, tile.count, tile.verified_height,
            decoded.page_rows, decoded.intervals, decoded.utilities,
        )  # fmt: skip
        await self._db(lambda m: m.apply_tile(batch))

    async def _take_tile(
        self, trust: HomeTrust, ring: pages.KeyRing | None, value: Value, asked: tuple[int, int]
    ) -> None:
        proven = trust.proven
        assert proven is not None
        first, count = asked
        edge = first // tiles.TILE_PAGES * tiles.TILE_PAGES
        held = [raw for _, raw in await self._db(lambda m: m.pages(trust.meter, edge, first - edge))]
        channels = [c.channel for c in proven.record.channels]

        def verify() -> tuple[tiles.Tile, Decoded]:
            tile = tiles.Tile.from_value(value)
            if (tile.first, tile.count) != asked:
                raise tiles.TileError(tile.subject, f"came for pages {first} to {first + count - 1}")
            fresh = tiles.verify(tile, trust.meter, len(channels), proven.size, proven.root, held)
            return tile, decode_pages(fresh, ring, channels)

        tile, decoded = await self._work(verify)
        batch = TileBatch(
            trust.meter, first // tiles.TILE_PAGES, edge, first - edge + count, proven.height,
            decoded.page_rows, decoded.intervals, decoded.utilities,
        )  # fmt: skip

        def write(mirror: Mirror) -> None:
            mirroring.write_tile(mirror, batch, mirroring.tile_proof_row(tile, proven))
            for failure in decoded.failures:
                now_s = self._wall_ns() // 10**9
                mirror.add_finding(failure.code, failure.subject, failure.reason, b"", now_s)

        await self._db(write)
        self._held += count
        slots = [row[0] for row in decoded.intervals]
        self._tell(Stage.PAGES, (min(slots), max(slots)) if slots else None)

    async def _check_whole(self, trust: HomeTrust) -> None:
        """All pages together against the record's root: nothing dropped, nothing swapped."""
        proven = trust.proven
        assert proven is not None
        raws = await self._db(lambda m: m.pages(trust.meter, 0, proven.size))
        if len(raws) != proven.size:
            raise HistoryIncomplete("history", f"{len(raws)} of {proven.size} pages are here")
        root = await self._work(lambda: root_of([leaf_hash(raw) for _, raw in raws]))
        if root != proven.root:
            raise HistoryIncomplete("history", "its root is not the one that the ledger records")

    # ---- anchors ------------------------------------------------------------------------------

    async def _anchors(self, trust: HomeTrust) -> None:
        """When each part was recorded. Roots are computed here from the pages, not sent."""
        proven = trust.proven
        assert proven is not None
        anchors = proven.record.anchors
        kept = await self._db(lambda m: m.anchors(trust.meter))
        if len(kept) >= anchors.size:
            return
        if anchors.size > MAX_ANCHORS:
            raise AnchorsWrong("anchors", f"{anchors.size} are more than {MAX_ANCHORS}")
        self._tell(Stage.ANCHORS)
        rows = [(a.size, a.height, a.time_s) for a in kept]
        stream = self._channel.stream(Method.ANCHORS, [len(rows)])
        async with contextlib.aclosing(stream):
            async for value in stream:
                _append_anchors(rows, value, anchors.size)
                if len(rows) >= anchors.size:
                    break
        raws = await self._db(lambda m: m.pages(trust.meter, 0, proven.size))
        fresh = await self._work(lambda: _anchor_rows(rows, [raw for _, raw in raws], anchors))
        await self._db(lambda m: m.put_anchors(trust.meter, fresh))

    # ---- telling and keeping ------------------------------------------------------------------

    def _tell(self, stage: Stage, new_slots: tuple[int, int] | None = None) -> None:
        trust = self._home.trust
        proven = trust.proven.size if trust is not None and trust.proven is not None else 0
        self._on_progress(SyncProgress(stage, self._held, proven, new_slots))

    async def _keep(self, error: VerificationError) -> None:
        now_s = self._wall_ns() // 10**9

        def keep(mirror: Mirror) -> None:
            mirror.add_finding(error.code, error.subject, error.reason, b"", now_s)
            if isinstance(error, Divergence):
                ours, theirs = error.ours.to_cbor(), error.theirs.to_cbor()
                mirror.add_divergence(error.ours.height, ours, theirs, now_s)

        await self._db(keep)


def _append_anchors(rows: list[tuple[int, int, int]], value: Value, limit: int) -> None:
    """One item: [first index, [size, height, time as differences, ...]]. Raises AnchorsWrong."""
    try:
        first, flat_value = as_list(value, "anchors", 2)
        flat = [as_uint(n, "difference") for n in as_list(flat_value, "differences", at_most=3 * 4096)]
    except CodecError as error:
        raise AnchorsWrong("anchors", str(error)) from error
    if first != len(rows) or len(flat) % 3:
        raise AnchorsWrong("anchors", "out of order")
    if not flat:  # or a meter could send nothing for ever
        raise AnchorsWrong("anchors", "an item without any")
    size, height, time_s = rows[-1] if rows else (0, 0, 0)
    for i in range(0, len(flat), 3):
        size, height, time_s = size + flat[i], height + flat[i + 1], time_s + flat[i + 2]
        if len(rows) < limit:
            rows.append((size, height, time_s))


def _anchor_rows(
    rows: list[tuple[int, int, int]], raws: list[bytes], expected: CompactRange
) -> list[AnchorRow]:
    """The anchors with their roots, once they are the log that the record fixes. Raises AnchorsWrong."""
    if len(rows) != expected.size:
        raise AnchorsWrong("anchors", f"{len(rows)} of {expected.size} came")
    log, pages_log, made = CompactRange(), CompactRange(), list[AnchorRow]()
    for index, (size, height, time_s) in enumerate(rows):
        if not pages_log.size < size <= len(raws):
            raise AnchorsWrong(f"anchor {index}", "does not grow with the log")
        pages_log = pages_log.extend(leaf_hash(raw) for raw in raws[pages_log.size : size])
        anchor = Anchor(size, pages_log.root(), height, time_s)
        log = log.append(leaf_hash(anchor.to_cbor()))
        made.append(AnchorRow(index, size, anchor.root, height, time_s))
    if log.root() != expected.root():
        raise AnchorsWrong("anchors", "are not those that the meter's record fixes")
    return made
