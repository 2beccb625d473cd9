"""What the ledger proves of this home's market: account, household log, finished auctions; verified, then kept.

One look brings everything up to one verified header: values by state proof, the household log up to the size and
root in the home's record, the rules' logs tile by tile. Here: one look over one link. Not here: clearing auctions
again (``recheck``), orders and sending (``desk``), what a window says (``picture``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from ohmstead.contract.accounts import Account
from ohmstead.contract.mandates import Mandate
from ohmstead.contract.market_lots import LotState as LotRecord
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.parameters import MarketParameters
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger import logtile
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.ledger.slice import HistoryRewritten, SliceError
from ohmstead.link.channel import Channel
from ohmstead.link.messages import Method
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lots import LOT_RULE
from ohmstead.services.market.proving import Proven, Prover
from ohmstead.services.market.wallet import LotFacts
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.market import AuctionRow, MarketStore

#: How far back finished auctions are fetched: tiles of 256, about two weeks of slots.
MAX_TILES = 6
MAX_LOTS = 20
MAX_NOTE = 2048
NOT_YET = "not yet"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class MarketView:
    """Everything that one header proves of the market, for one home.

    ``signed_up_to`` is the last sequence that the home's order key has used on the ledger.
    """

    proven: Proven
    params: MarketParameters
    series: bytes
    account: Account | None
    mandate: Mandate | None
    log_size: int
    log_root: bytes
    next_clear: int
    logs: Mapping[str, tuple[int, bytes]]
    signed_up_to: int = 0
    lots: Mapping[bytes, LotRecord] = field(default_factory=dict)

    def with_lots(self, lots: Mapping[bytes, LotRecord]) -> MarketView:
        """The same view with open lots."""
        return replace(self, lots=lots)


class NotesMalformed(VerificationError):
    """The household log that came is not the one that the home's record fixes."""


def keys_of(home: bytes, order_key: bytes) -> list[tuple[str, bytes]]:
    """The state keys that a look proves; ``order_key`` is a kid."""
    return [
        ("signer", order_key), ("account", home), ("home", home), ("mandate", home), ("market", b"reference"),
        ("market", b"next"), ("market", SLOT_RULE.encode()), ("market", LOT_RULE.encode()),
    ]  # fmt: skip


def view_of(proven: Proven, params: MarketParameters, home: bytes, order_key: bytes) -> MarketView:
    """The view of proven values. Raises SliceError for values that no market's state holds."""
    values = proven.values
    try:
        account, mandate, seq = values["account", home], values["mandate", home], values["signer", order_key]
        record = as_list(decode(_needed(values["home", home])), "home", 4)
        following = as_list(decode(_needed(values["market", b"next"])), "next", 2)
        logs = {}
        for rule in (SLOT_RULE, LOT_RULE):
            log = as_list(decode(_needed(values["market", rule.encode()])), "log", 3)
            logs[rule] = as_uint(log[0], "size"), as_bytes(log[1], "root", 32)
        return MarketView(
            proven, params, _needed(values["market", b"reference"]),
            None if account is None else Account.from_cbor(account),
            None if mandate is None else Mandate.from_cbor(mandate),
            as_uint(record[0], "size"), as_bytes(record[1], "root", 32),
            as_uint(following[1], "next"), logs, 0 if seq is None else as_uint(decode(seq), "sequence"),
        )  # fmt: skip
    except CodecError as error:
        raise SliceError("market state", str(error)) from error


def _needed(value: bytes | None) -> bytes:
    if value is None:
        raise CodecError("a value that a market always has is absent")
    return value


class Follow:
    """Looks over one link, for one home."""

    def __init__(self, channel: Channel, workers: Workers, store: MarketStore, home: bytes) -> None:
        self._channel = channel
        self._workers = workers
        self._store = store
        self._home = home
        self._prover = Prover(channel, workers.work)

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def look(
        self, trust: HomeTrust, params: MarketParameters, wall_ns: int, order_key: bytes
    ) -> MarketView:
        """Brings the kept market up to the newest header. Raises VerificationError, and what the link raises."""
        proven = await self._prover.prove(trust, keys_of(self._home, order_key), wall_ns)
        view = view_of(proven, params, self._home, order_key)
        await self._notes(view)
        for rule, (size, root) in view.logs.items():
            await self._leaves(rule, size, root)
        return view

    async def lots(
        self, trust: HomeTrust, view: MarketView, own: Sequence[bytes], wall_ns: int
    ) -> dict[bytes, LotRecord]:
        """The open lots that the meter's node lists, and ``own`` ones, each proven; others are left out."""
        raw = await self._channel.call(Method.LOTS)
        try:
            listed = [as_bytes(v, "lot", 16) for v in as_list(raw, "lots")]
        except CodecError as error:
            raise SliceError("lots", str(error)) from error
        wanted = list(dict.fromkeys([*own, *listed]))[:MAX_LOTS]
        if not wanted:
            return {}
        proven = await self._prover.prove(trust, [("lot", lot) for lot in wanted], wall_ns)
        found = {lot: proven.values["lot", lot] for lot in wanted}
        try:
            return {lot: LotRecord.from_cbor(raw) for lot, raw in found.items() if raw is not None}
        except CodecError as error:
            raise SliceError("lot", str(error)) from error

    async def sales(self, trust: HomeTrust, lots: Sequence[bytes], wall_ns: int) -> dict[bytes, Sale | None]:
        """What the ledger keeps of sold lots until they are delivered; None where that is proven absent."""
        wanted = lots[:MAX_LOTS]
        proven = await self._prover.prove(trust, [("sale", b"L" + lot) for lot in wanted], wall_ns)
        found = {lot: proven.values["sale", b"L" + lot] for lot in wanted}
        try:
            return {lot: None if raw is None else Sale.from_cbor(raw) for lot, raw in found.items()}
        except CodecError as error:
            raise SliceError("sale", str(error)) from error

    # ---- the household log ---------------------------------------------------------------------

    async def _notes(self, view: MarketView) -> None:
        held = await self._db(self._store.notes)
        if len(held) > view.log_size:
            raise HistoryRewritten("household log", f"shrank from {len(held)} to {view.log_size} entries")
        fresh: list[bytes] = []
        if len(held) < view.log_size:
            stream = self._channel.stream(Method.NOTES, [len(held)])
            async with contextlib.aclosing(stream):
                async for item in stream:
                    fresh += self._batch(item, len(held) + len(fresh))
                    if len(held) + len(fresh) >= view.log_size:
                        break
            fresh = fresh[: view.log_size - len(held)]
        log = log_of((*held, *fresh))
        if log.size != view.log_size:
            raise NotesMalformed("household log", f"{log.size} of {view.log_size} entries came")
        if log.root() != view.log_root:
            raise NotesMalformed("household log", "its root is not the one that the ledger records")
        if fresh:
            await self._db(lambda: self._store.add_notes(len(held), fresh))

    @staticmethod
    def _batch(item: Value, expected: int) -> list[bytes]:
        try:
            first, leaves = as_list(item, "entries", 2)
            index = as_uint(first, "index")
            if index != expected:
                raise CodecError(f"begins at {index}, not {expected}")
            return [as_bytes(leaf, "entry", at_most=MAX_NOTE) for leaf in as_list(leaves, "entries")]
        except CodecError as error:
            raise NotesMalformed("household log", str(error)) from error

    # ---- the rules' logs -----------------------------------------------------------------------

    async def _leaves(self, rule: str, size: int, root: bytes) -> None:
        if not size:
            return
        last = (size - 1) // TILE_LEAVES
        first = max(0, last - MAX_TILES + 1)
        rows = await self._db(lambda: self._store.auctions(rule, first * TILE_LEAVES))
        held = {row.index: row.record for row in rows}
        for tile in range(last, first - 1, -1):
            span = logtile.tile_of(tile, size)
            if all(index in held for index in span):
                continue
            raw = await self._channel.call(Method.LEAVES, [rule, tile, size])
            leaves = logtile.verify(LogTile.from_value(raw), tile, size, root)
            fresh = []
            for index, leaf in zip(span, leaves, strict=True):
                if held.get(index, leaf) != leaf:
                    raise HistoryRewritten(f"leaf {index} of {rule}", "is not the one that was proven before")
                if index not in held:
                    fresh.append(AuctionRow(rule, index, leaf, False, NOT_YET, None))
            await self._db(partial(self._store.put_auctions, fresh))


def log_of(leaves: Sequence[bytes]) -> CompactRange:
    """The log over a household's leaves, from the first on."""
    return CompactRange().extend(leaf_hash(leaf) for leaf in leaves)


def facts_of(lots: Mapping[bytes, LotRecord]) -> dict[bytes, LotFacts]:
    """What the wallet needs of lots."""
    return {lot: LotFacts.of(record) for lot, record in lots.items()}
