"""The agent's view of the ledger: values and absences under headers that the meter verified, and the way to send.

A node can withhold and delay; it cannot make the agent believe anything. Here: reading, the records of finished
auctions, broadcasting. Not here: header rules (``follower``), what follows from what is read (``agent_steps``).
Thread: the meter's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ohmstead.contract.accounts import Account
from ohmstead.contract.gates import Gate
from ohmstead.contract.mandates import Mandate
from ohmstead.contract.market_lots import BidState, LotState, gate_key
from ohmstead.contract.market_orders import Sealed, order_key
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ACCOUNT, ENGAGED, GATE, LOT, LOT_BID, MANDATE, MARKET, ORDER, SALE
from ohmstead.contract.parameters import MarketParameters, terms_at
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import CodecError, as_bytes, as_list, as_uint, decode
from ohmstead.ledger import logtile
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.ledger.provenset import StateKey
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lot_records import LotRecord
from ohmstead.market.lots import LOT_RULE
from ohmstead.market.orders import Terms
from ohmstead.market.records import SlotRecord
from ohmstead.meter.follower import Follower
from ohmstead.node.client import NodeClient, NodeRefused, leaves_of

#: Keys that one question proves.
MAX_KEYS = 32
TRIES, PAUSE_S = 20, 0.1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What one verified header proves for a household. A key that was not asked for raises KeyError."""

    home: bytes
    time_s: int
    height: int
    values: Mapping[StateKey, bytes | None]

    def value(self, module: str, key: bytes) -> bytes | None:
        """The raw value, None where its absence is proven."""
        return self.values[module, key]

    @property
    def next_clear(self) -> int:
        """Every slot before it is finished."""
        return as_uint(as_list(decode(self.values[MARKET, b"next"] or b""), "next", 2)[1], "next")

    @property
    def account(self) -> Account | None:
        """The household's account."""
        raw = self.values[ACCOUNT, self.home]
        return None if raw is None else Account.from_cbor(raw)

    @property
    def mandate(self) -> Mandate | None:
        """The household's mandate."""
        raw = self.values[MANDATE, self.home]
        return None if raw is None else Mandate.from_cbor(raw)

    def order(self, slot: int) -> Sealed | None:
        """The household's order for a slot."""
        raw = self.values[ORDER, order_key(slot, self.home)]
        return None if raw is None else Sealed.from_cbor(raw)

    def gate(self, slot: int) -> Gate | None:
        """The window of a slot, from its gate block on."""
        raw = self.values[GATE, slot_key(slot)]
        return None if raw is None else Gate.from_cbor(raw)

    def engaged(self, slot: int) -> tuple[bytes, ...]:
        """The lots that hold the household in a slot."""
        raw = self.values[ENGAGED, self.home + slot_key(slot)]
        found = [] if raw is None else as_list(decode(raw), "engaged")
        return tuple(as_bytes(lot, "lot", 16) for lot in found)

    def sale(self, which: int | bytes) -> Sale | None:
        """What the household sold in a slot, or of a lot, and did not settle."""
        raw = self.values[SALE, sale_key(which, self.home)]
        return None if raw is None else Sale.from_cbor(raw)

    def lot(self, lot: bytes) -> LotState | None:
        """An open lot."""
        raw = self.values[LOT, lot]
        return None if raw is None else LotState.from_cbor(raw)

    def bid(self, lot: bytes) -> BidState | None:
        """The household's bid on a lot."""
        raw = self.values[LOT_BID, lot + self.home]
        return None if raw is None else BidState.from_cbor(raw)

    def lot_gate(self, lot: bytes, gate_slot: int) -> Gate | None:
        """The window of a lot."""
        raw = self.values[GATE, gate_key(lot, gate_slot)]
        return None if raw is None else Gate.from_cbor(raw)


def sale_key(which: int | bytes, home: bytes) -> bytes:
    """The state key of a sale in a slot, or of a lot."""
    return b"L" + which if isinstance(which, bytes) else slot_key(which) + home


def base_keys(home: bytes) -> list[StateKey]:
    """What every question asks besides."""
    return [(MARKET, b"reference"), (MARKET, b"next"), (ACCOUNT, home), (MANDATE, home)]


class MarketLedger:
    """One meter's ledger with a market."""

    def __init__(
        self,
        follower: Follower,
        client: NodeClient,
        params: MarketParameters,
        wall_ns: Callable[[], int],
    ) -> None:
        self.params = params
        self._follower = follower
        self._client = client
        self._wall_ns = wall_ns

    @property
    def client(self) -> NodeClient:
        """The node, for what is passed on unread."""
        return self._client

    @property
    def time_s(self) -> int:
        """Block time of the newest verified header; 0 before there is one."""
        head = self._follower.head
        return 0 if head is None else head.header.time_s

    @property
    def wall_s(self) -> int:
        """The meter's clock, s: for expiries alone."""
        return self._wall_ns() // 10**9

    def terms(self, known: Known, slot: int) -> Terms:
        """A slot's terms, frozen once its commits are open. Raises CodecError for a slot before the first."""
        return terms_at(self.params, known.values[MARKET, b"reference"] or b"", slot)

    async def refresh(self) -> None:
        """Verifies the newest header that the node shows. Raises as ``read``."""
        await self._follower.take(await self._client.light_block(), self._wall_ns())

    async def read(self, home: bytes, keys: Sequence[StateKey]) -> Known:
        """These keys under one verified header. Raises NodeUnreachable, NodeRefused, VerificationError."""
        if len(keys) > MAX_KEYS:
            raise ValueError(f"{len(keys)} keys are more than {MAX_KEYS}")
        for _ in range(TRIES):
            found = await self._follower.proven(keys, self._wall_ns())
            if found is not None:
                head = found.light_block
                return Known(home, head.header.time_s, head.height, found.check(keys))
            await asyncio.sleep(PAUSE_S)
        raise NodeRefused("the ledger does not prove its newest state", "")

    async def send(self, tx: bytes) -> str:
        """Broadcasts; the name of the refusal, or nothing. What a node says is no proof of either.

        Raises NodeUnreachable, NodeRefused.
        """
        answer = await self._client.broadcast(tx)
        return "" if answer.code == 0 else reason_of(answer.data)

    # ---- finished auctions --------------------------------------------------------------------

    async def slot_record(self, slot: int) -> SlotRecord | None:
        """The record of a finished slot; None where it is not finished. Raises as ``read``, LogTileError."""
        size, root = await self._log(SLOT_RULE)
        index = slot - self.params.first_slot
        if not 0 <= index < size:
            return None
        leaves = await self._tile(SLOT_RULE, index // TILE_LEAVES, size, root)
        return SlotRecord.from_bytes(leaves[index % TILE_LEAVES])

    async def lot_record(self, lot: bytes) -> LotRecord | None:
        """The record of a finished lot; None where it is not finished. Raises as ``slot_record``."""
        size, root = await self._log(LOT_RULE)
        for tile in range((size - 1) // TILE_LEAVES, -1, -1) if size else ():
            for leaf in reversed(await self._tile(LOT_RULE, tile, size, root)):
                record = LotRecord.from_bytes(leaf)
                if record.lot == lot:
                    return record
        return None

    async def _log(self, rule: str) -> tuple[int, bytes]:
        key = (MARKET, rule.encode())
        known = await self.read(b"", [key])
        size, root, _ = as_list(decode(known.values[key] or b""), "log", 3)
        return as_uint(size, "size"), as_bytes(root, "root", 32)

    async def _tile(self, rule: str, tile: int, size: int, root: bytes) -> tuple[bytes, ...]:
        value = await leaves_of(self._client, rule, tile, size)
        return logtile.verify(LogTile.from_value(value), tile, size, root)


def reason_of(data: bytes) -> str:
    """The name of a refusal's number, for people and for the app."""
    try:
        return Reason(as_uint(as_list(decode(data), "refusal", 1)[0], "reason")).name
    except (CodecError, ValueError):
        return "REFUSED"
