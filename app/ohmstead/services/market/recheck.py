"""Clearing finished auctions again on this computer: the book is complete against the ledger, or it is an alarm.

Books are fetched the home's own first, then the newest, a few at a look, so that in time every auction is
recomputed. A difference is kept with everything that shows it to somebody else; a book that is not the one whose
roots the ledger holds is the server's fault, and no alarm. Here: fetching, recomputing, keeping. Not here: the
rule (``market.records``), what an alarm looks like (``ui``). Thread: the io loop; recomputing runs on ``work``.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ohmstead.contract.parameters import terms_at
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.link.channel import Channel
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lot_records import LotRecord, recompute_lot
from ohmstead.market.lots import LOT_RULE, Lot
from ohmstead.market.orders import Side, Terms
from ohmstead.market.records import (
    RecordMalformed,
    ResultLeaf,
    SlotRecord,
    WrongClearing,
    log_root,
    recompute_slot,
)
from ohmstead.services.market.books import Book, BookMalformed
from ohmstead.services.market.evidence import MarketEvidence
from ohmstead.services.market.follow import NOT_YET, MarketView
from ohmstead.services.market.wallet import LotFacts
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.market import AuctionRow, MarketStore

BOOKS_PER_LOOK = 12
EQUAL, WRONG = "equal", "wrong"
#: Own auctions are rechecked however old; others as far back as a day.
OTHERS_BACK = 96
MAX_ORDERS = 20_000
_T = TypeVar("_T")


def slot_of(row: AuctionRow, first_slot: int) -> int:
    """The slot of a leaf of the slot rule's log."""
    return first_slot + row.index


def recompute(
    book: Book, row: AuctionRow, view: MarketView, genesis: bytes, lots: Mapping[bytes, LotFacts]
) -> None:
    """Clears an auction again from its book.

    Raises WrongClearing or RecordMalformed naming what is wrong on the ledger, BookMalformed for a book that is
    not the ledger's, LookupError for a lot of which too little is known.
    """
    subject = f"leaf {row.index} of {row.rule}"
    stated: SlotRecord | LotRecord
    if row.rule == SLOT_RULE:
        stated = record = SlotRecord.from_bytes(row.record)
    else:
        stated = lot = LotRecord.from_bytes(row.record)
    roots = stated.book_root, stated.result_root
    if book.record != row.record or (log_root(book.book), log_root(book.results)) != roots:
        raise BookMalformed(subject, "the book that came is not the one that the ledger records")
    if row.rule == SLOT_RULE:
        slot = slot_of(row, view.params.first_slot)
        if record.slot != slot:
            raise WrongClearing(f"slot {slot}", "slot", record.slot, slot)
        terms = terms_at(view.params, view.series, slot)
        recompute_slot(record, book.book, terms, genesis, book.results)
        return
    facts = lots[lot.lot]
    if facts.reserve is None:
        raise LookupError(lot.lot.hex())
    recompute_lot(
        lot, book.book, Lot(lot.lot, facts.wh, facts.reserve), _lot_terms(facts, view), genesis, book.results
    )


def _lot_terms(facts: LotFacts, view: MarketView) -> Terms:
    return Terms(view.params.pricing, facts.feed_in, facts.retail, facts.fee, view.params.max_order_wh)


class Recheck:
    """Rechecks over one link, for one home."""

    def __init__(self, channel: Channel, workers: Workers, store: MarketStore) -> None:
        self._channel = channel
        self._workers = workers
        self._store = store

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def run(
        self,
        trust: HomeTrust,
        view: MarketView,
        mine: Callable[[AuctionRow], bool],
        lots: Mapping[bytes, LotFacts],
        now_s: int,
    ) -> int:
        """Rechecks a few auctions; how many. Raises what the link raises, never WrongClearing: that is kept."""
        rows = await self._db(lambda: [*self._store.auctions(SLOT_RULE), *self._store.auctions(LOT_RULE)])
        newest = view.logs[SLOT_RULE][0]
        waiting = [
            (not mine(row), -row.index, row)
            for row in rows
            if row.checked == NOT_YET
            and (mine(row) or row.index >= newest - OTHERS_BACK or row.rule == LOT_RULE)
        ]
        done = 0
        for _, _, row in sorted(waiting, key=lambda w: w[:2])[:BOOKS_PER_LOOK]:
            book = await self.fetch(row)
            if book is None:
                continue
            done += await self._one(trust, view, replace(row, mine=mine(row)), book, lots, now_s)
        return done

    async def fetch(self, row: AuctionRow) -> Book | None:
        """An auction's book; None where the node has none (it may be behind). Raises BookMalformed."""
        book, results, record = list[bytes](), list[bytes](), b""
        stream = self._channel.stream(Method.BOOK, [row.rule, row.index])
        try:
            async with contextlib.aclosing(stream):
                async for item in stream:
                    if not record:
                        record = _leaf(item)
                        continue
                    one, two = _pair(item)
                    book.append(one)
                    results.append(two)
                    if len(book) > MAX_ORDERS:
                        raise BookMalformed("book", f"more than {MAX_ORDERS} orders")
        except Refused as error:
            if error.code is RefusalCode.NOT_FOUND:
                return None
            raise
        return Book(record, tuple(book), tuple(results))

    async def _one(
        self,
        trust: HomeTrust,
        view: MarketView,
        row: AuctionRow,
        book: Book,
        lots: Mapping[bytes, LotFacts],
        now_s: int,
    ) -> bool:
        genesis = trust.genesis.genesis_hash
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._workers.work, lambda: recompute(book, row, view, genesis, lots))
        except LookupError:
            return False
        except (WrongClearing, RecordMalformed) as error:
            evidence = await self._evidence(trust, view, row, book)
            await self._db(partial(self._keep, view, row, book, error, evidence, now_s))
            return True
        # A book of others is not kept once it came out right: it can be had again, and a year of them is much.
        kept = replace(
            row, checked=EQUAL, book=book.to_bytes() if row.mine else None, traded=traded(row.rule, book)
        )
        await self._db(lambda: self._store.put_auctions([kept]))
        return True

    async def _evidence(self, trust: HomeTrust, view: MarketView, row: AuctionRow, book: Book) -> bytes:
        """Everything that shows it to somebody else: the record in its place in the log, too."""
        size, _ = view.logs[row.rule]
        raw = await self._channel.call(Method.LEAVES, [row.rule, row.index // TILE_LEAVES, size])
        return MarketEvidence(
            trust.genesis.to_cbor(), trust.first.to_cbor(), view.proven.answer, row.rule, row.index,
            LogTile.from_value(raw), book,
        ).to_bytes()  # fmt: skip

    def _keep(
        self,
        view: MarketView,
        row: AuctionRow,
        book: Book,
        error: VerificationError,
        evidence: bytes,
        now_s: int,
    ) -> None:
        if row.rule == SLOT_RULE:
            which = slot_of(row, view.params.first_slot).to_bytes(8, "big")
        else:
            which = LotRecord.from_bytes(row.record).lot
        self._store.add_alarm(which, error.subject, error.reason, evidence, now_s)
        self._store.put_auctions(
            [replace(row, checked=WRONG, book=book.to_bytes(), traded=traded(row.rule, book))]
        )


def traded(rule: str, book: Book) -> int | None:
    """The Wh that were traded in a slot; None for a lot, or for leaves that are none. Total."""
    if rule != SLOT_RULE:
        return None
    try:
        leaves = [ResultLeaf.from_bytes(leaf) for leaf in book.results]
    except RecordMalformed:
        return None
    return sum(leaf.fill_wh for leaf in leaves if leaf.side is Side.SELL)


def _leaf(item: Value) -> bytes:
    try:
        return as_bytes(item, "leaf")
    except CodecError as error:
        raise BookMalformed("book", str(error)) from error


def _pair(item: Value) -> tuple[bytes, bytes]:
    try:
        one, two = as_list(item, "leaves", 2)
        return as_bytes(one, "leaf"), as_bytes(two, "leaf")
    except CodecError as error:
        raise BookMalformed("book", str(error)) from error
