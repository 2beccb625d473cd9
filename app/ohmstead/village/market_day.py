"""The simulated households in the market: seals, reveals and deliveries when their time comes, replayed or live.

What to send follows from block time and from what was kept of the orders, so a process that starts again goes
on; what is on the ledger already is refused there and nothing is lost. In a replayed past this moves the ledger,
block by block, and waits for the home that publishes its readings in the same past. Here: one loop over a node.
Not here: what homes want (``traders``), what they sign (``households``). Simulated, and every screen says so.
Thread: an asyncio loop of the caller's.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ohmstead.contract.market_sales import Sale
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import GATE, MARKET, METER, SALE
from ohmstead.contract.parameters import MarketParameters, end_s, terms_at
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.slots import HOUR_SECONDS, slot_at
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.market.orders import Order, Side
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable
from ohmstead.node.clock import FINE_STEP_S
from ohmstead.system.files import read_secret_file, write_secret_file
from ohmstead.village.admission import read, send
from ohmstead.village.households import Household
from ohmstead.village.traders import Margin, net_wh, order_of

POLL_S = 2.0
#: How much of a replayed past is traded in.
REPLAYED_S = 86_400
#: A replayed past may run this far ahead of the readings published in it: the two hours that a meter gathers, and
#: half an hour, which is half of what is left before they would be late.
AHEAD_OF_READINGS_S = 2 * HOUR_SECONDS + HOUR_SECONDS // 2
PATIENCE_S = 0.3
_WAIT_S = 0.02
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seat:
    """One household's place in the market: what it did in which slots, and its margin."""

    household: Household
    margin: Margin = field(default_factory=Margin)
    sealed: dict[int, Order] = field(default_factory=dict)
    revealed: set[int] = field(default_factory=set)
    delivered: set[int] = field(default_factory=set)


class MarketDay:
    """Trades for simulated households until it is cancelled.

    ``kept`` is the file that holds what is sealed, ``shift_s`` local time less UTC at the homes in a slot,
    ``follows`` the meter whose readings a replayed past waits for, if any.
    """

    def __init__(
        self,
        client: NodeClient,
        params: MarketParameters,
        homes: Sequence[Household],
        seed: int,
        kept: Path,
        shift_s: Callable[[int], int] = lambda _slot: 0,
        follows: bytes | None = None,
        wall_s: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._params = params
        self._seats = [Seat(h) for h in homes]
        self._seed = seed
        self._kept = kept
        self._series = b""
        self._load()
        self._shift_s = shift_s
        self._follows = follows
        self._wall_s = wall_s

    async def run(self) -> None:
        """Replays what is still to be replayed, then trades live. Survives a node that is away."""
        while True:
            try:
                if (await self._client.status()).replaying:
                    await self._replay()
                    continue
                await self.step(await self._time())
            except (NodeUnreachable, NodeRefused) as error:
                _log.warning("the ledger is out of reach: %s", error)
            await asyncio.sleep(POLL_S)

    async def _replay(self) -> None:
        """Trades through the last day of a replayed past, three minutes a block, from where its market opens.

        What lies further back (nobody was there) passes without orders.
        """
        opens = self._params.open_s(self._params.first_slot)
        while (await self._client.status()).replaying:
            # The newest header is one step behind the clock.
            now, clock = await self._time(), int(await self._client.call("ohmstead_pace", to=0))
            if clock < opens:
                await asyncio.sleep(_WAIT_S)
                continue
            await self._let_readings_follow(now)
            quiet_until = int(self._wall_s()) - REPLAYED_S
            to = min(clock + HOUR_SECONDS, quiet_until)
            if to < clock + FINE_STEP_S:
                await self.step(now)
                to = clock + FINE_STEP_S
            try:
                await self._client.many([("ohmstead_pace", {"to": to}), ("ohmstead_advance", {"to": to})])
            except NodeRefused as error:
                if "nothing to advance" not in error.data:
                    raise

    async def _time(self) -> int:
        """Block time of the newest header, s."""
        return (await self._client.light_block()).header.time_s

    async def _let_readings_follow(self, now_s: int) -> None:
        """Waits a little for readings that are behind. They may be in the mempool, so a block is made anyway."""
        if self._follows is None:
            return
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while asyncio.get_running_loop().time() < end:
            (raw,) = await read(self._client, METER, [self._follows])
            last = None if raw is None else MeterRecord.from_cbor(raw).last_hour
            if last is None or now_s - (last + 1) * HOUR_SECONDS < AHEAD_OF_READINGS_S:
                return
            await asyncio.sleep(_WAIT_S)

    # ---- one look -----------------------------------------------------------------------------

    async def step(self, now_s: int) -> None:
        """Sends what is due at this block time. Raises NodeUnreachable, NodeRefused."""
        (series,) = await read(self._client, MARKET, [b"reference"])
        if series is None:
            raise NodeRefused("this ledger has no market", "")
        self._series = series
        await self._seal(now_s)
        await self._reveal(now_s)
        await self._deliver(now_s)

    async def _seal(self, now_s: int) -> None:
        params, txs = self._params, list[bytes]()
        # The block that takes a commit is a step later than the newest header.
        first = max(params.first_slot, slot_at(now_s) + params.gate_slots)
        for slot in range(first, first + params.gate_slots + params.open_slots + 1):
            if not params.open_s(slot) <= now_s + FINE_STEP_S or now_s + FINE_STEP_S >= params.gate_s(slot):
                continue
            terms = terms_at(params, self._series, slot)
            for seat in self._seats:
                if slot not in seat.sealed:
                    order = order_of(
                        seat.household.home, self._seed, slot, terms, seat.margin, self._shift_s(slot)
                    )
                    seat.sealed[slot] = order
                    txs.append(seat.household.commit(slot, order))
        if txs:
            self._keep()  # before any of it leaves: an order that nobody could open would cost its lock
        await send(self._client, txs)

    async def _reveal(self, now_s: int) -> None:
        """Opens what is sealed once the newest header is at or past the gate, and the gate block recorded."""
        slots = sorted({s for seat in self._seats for s in seat.sealed if s not in seat.revealed})
        due = [s for s in slots if now_s >= self._params.gate_s(s)]
        gates = dict(zip(due, await read(self._client, GATE, [slot_key(s) for s in due]), strict=True))
        txs = []
        for seat in self._seats:
            for slot in due:
                if slot in seat.sealed and slot not in seat.revealed:
                    seat.revealed.add(slot)
                    if gates[slot] is not None:
                        txs.append(seat.household.reveal(slot, seat.sealed[slot]))
        await send(self._client, txs)

    async def _deliver(self, now_s: int) -> None:
        """States what was metered of what was sold, once the slot is over."""
        waiting: list[tuple[Seat, int]] = [
            (seat, slot)
            for seat in self._seats for slot in sorted(seat.revealed - seat.delivered)
            if now_s >= end_s(slot)
        ]  # fmt: skip
        sellers = [(seat, slot) for seat, slot in waiting if seat.sealed[slot].side is Side.SELL]
        keys = [slot_key(slot) + seat.household.id for seat, slot in sellers]
        txs = []
        for (seat, slot), raw in zip(sellers, await read(self._client, SALE, keys), strict=True):
            if raw is None:
                continue
            sale = Sale.from_cbor(raw)
            measured = net_wh(seat.household.home, self._seed, slot, self._shift_s(slot))
            txs.append(seat.household.deliver(slot, max(0, min(sale.wh, measured))))
            seat.margin = seat.margin.after(sale.price, Side.SELL, terms_at(self._params, self._series, slot))
        for seat, slot in waiting:
            seat.delivered.add(slot)
        await send(self._client, txs)
        for seat in self._seats:
            for slot in [s for s in seat.delivered if end_s(s) + HOUR_SECONDS < now_s]:
                seat.delivered.discard(slot)
                seat.revealed.discard(slot)
                seat.sealed.pop(slot, None)

    # ---- what is kept --------------------------------------------------------------------------

    def _keep(self) -> None:
        seats: list[Value] = [
            [seat.margin.permille, [[slot, order.to_bytes()] for slot, order in sorted(seat.sealed.items())]]
            for seat in self._seats
        ]
        write_secret_file(self._kept, encode(seats))

    def _load(self) -> None:
        raw = read_secret_file(self._kept)
        if raw is None:
            return
        try:
            for seat, value in zip(self._seats, as_list(decode(raw), "seats"), strict=True):
                permille, sealed = as_list(value, "seat", 2)
                seat.margin = Margin(as_uint(permille, "margin"))
                for item in as_list(sealed, "orders"):
                    slot, order = as_list(item, "order", 2)
                    seat.sealed[as_uint(slot, "slot")] = Order.from_bytes(as_bytes(order, "order"))
        except (CodecError, ValueError) as error:
            _log.warning("what was kept of the village is not used: %s", error)
