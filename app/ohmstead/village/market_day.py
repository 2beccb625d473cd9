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

from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import GATE, MARKET, ORDER, SALE
from ohmstead.contract.parameters import MarketParameters, end_s, terms_at
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.slots import HOUR_SECONDS, slot_at
from ohmstead.market.orders import Order, Side, Terms
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable, values_of
from ohmstead.node.clock import FINE_STEP_S
from ohmstead.system.files import read_secret_file, write_secret_file
from ohmstead.village.asking import Followed, Look, look, send
from ohmstead.village.households import Household
from ohmstead.village.tally_day import TallyDay
from ohmstead.village.traders import Margin, net_wh, order_of

POLL_S = 2.0
#: How often it is looked, beside live trading, whether a node that was started again forgot what it was sent.
CHECK_S = 10.0
#: How much of a replayed past is traded in.
REPLAYED_S = 86_400
#: A replayed past may run this far ahead of the readings published in it: the two hours that a meter gathers, and
#: half an hour, which is half of what is left before they would be late.
AHEAD_OF_READINGS_S = 2 * HOUR_SECONDS + HOUR_SECONDS // 2
PATIENCE_S = 0.3
#: How long a replay before its market stands still until it is moved from here.
FAR_PATIENCE_S = 5.0
_WAIT_S = 0.02
#: How often it is looked whether a replay has come to where the market opens, before which a year may lie.
_FAR_S = 0.25
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seat:
    """One household's place in the market: what it did in which slots, and its margin.

    ``sealed`` is kept on disk before it leaves; ``ready`` holds commits made ahead of their time, and the terms
    they were made for; what is in the sets was sent, and is sent again if it was lost.
    """

    household: Household
    margin: Margin = field(default_factory=Margin)
    sealed: dict[int, Order] = field(default_factory=dict)
    ready: dict[int, tuple[Terms, bytes]] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)
    revealed: set[int] = field(default_factory=set)
    delivered: set[int] = field(default_factory=set)


class MarketDay:
    """Trades for simulated households until it is cancelled, and states their days where there is a ``tally``.

    ``kept`` is the file that holds what is sealed, ``shift_s`` local time less UTC at the homes in a slot,
    ``follows`` the meter and the household that a replayed past waits for, if any: its readings, and the opening
    of what it has sealed.
    """

    def __init__(
        self,
        client: NodeClient,
        params: MarketParameters,
        homes: Sequence[Household],
        seed: int,
        kept: Path,
        shift_s: Callable[[int], int] = lambda _slot: 0,
        follows: Followed | None = None,
        wall_s: Callable[[], float] = time.time,
        tally: TallyDay | None = None,
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
        self._tally = tally
        self._checked = float("-inf")

    async def run(self) -> None:
        """Replays what is still to be replayed, then trades live. Survives a node that is away."""
        while True:
            try:
                if (await look(self._client)).replaying:
                    await self._replay()
                    continue
                now = asyncio.get_running_loop().time()
                seen = await look(self._client)
                if now - self._checked >= CHECK_S:
                    await self.check(seen.now_s)
                    self._checked = now
                await self.step(seen.now_s)
                if self._tally is not None:
                    await self._tally.step(seen.now_s, replaying=False)
            except (NodeUnreachable, NodeRefused) as error:
                _log.warning("the ledger is out of reach: %s", error)
                self._checked = float("-inf")
            await asyncio.sleep(POLL_S)

    async def _replay(self) -> None:
        """Trades through the last day of a replayed past, three minutes a block, from where its market opens.

        What lies further back (nobody was there) passes without orders. Blocks in which nothing is to be done are
        made together.
        """
        opens = self._params.open_s(self._params.first_slot)
        begins = opens if self._tally is None else min(opens, self._tally.starts_s)
        seen = await self._look()
        await self.check(seen.now_s)
        while seen.replaying:
            if seen.clock_s < begins:
                await asyncio.sleep(_FAR_S)
                seen = await self._look()
                continue
            if self._tally is not None:
                await self._tally.step(seen.now_s, replaying=True)
                if seen.clock_s < opens:
                    seen = await self._release(seen, min(self._tally.next_s(seen.clock_s), opens))
                    continue
            await self._let_it_follow(seen)
            quiet_until = int(self._wall_s()) - REPLAYED_S
            to = min(seen.clock_s + HOUR_SECONDS, quiet_until)
            trading = to < seen.clock_s + FINE_STEP_S
            if trading:
                await self.step(seen.now_s)
                # The newest header is one step behind the clock.
                due = seen.now_s if seen.sealed else self._next_due(seen.now_s)
                to = max(seen.clock_s, due) + FINE_STEP_S
            moved = await self._move(to, self._next_slot(seen.now_s) if trading else None)
            if moved is None:
                return
            seen = moved

    async def _move(self, to_s: int, slot: int | None) -> Look | None:
        """Moves the replay on; None when it is over. A slot's orders are made while the node is at work."""
        moving = asyncio.get_running_loop().create_task(self._look(to_s), name="replay")
        try:
            if slot is not None:
                await self._prepare(slot)
            return await moving
        except NodeRefused as error:
            if "nothing to advance" not in error.data:
                raise
            return None
        finally:
            moving.cancel()

    def _next_due(self, now_s: int) -> int:
        """The block time from which on there is something to do again."""
        seats, params = self._seats, self._params
        due = [params.open_s(self._next_slot(now_s)) - FINE_STEP_S]
        due += [params.gate_s(s) for seat in seats for s in seat.sealed if s not in seat.revealed]
        due += [end_s(s) for seat in seats for s in seat.revealed if s not in seat.delivered]
        return min(due)

    def _next_slot(self, now_s: int) -> int:
        """The next slot that still takes orders and has not got all of them."""
        slot = max(self._params.first_slot, slot_at(now_s + FINE_STEP_S) + self._params.gate_slots + 1)
        while self._seats and all(slot in seat.sent for seat in self._seats):
            slot += 1
        return slot

    async def _look(self, to_s: int | None = None) -> Look:
        return await look(self._client, to_s, self._follows, self._params.gate_slots)

    async def _release(self, seen: Look, to_s: int) -> Look:
        """Lets the replay go on to a second before the market opens. The home that publishes moves it there
        itself, as it does where nobody trades. Where it does not, it is moved from here.
        """
        await self._client.call("ohmstead_pace", to=to_s)
        end = asyncio.get_running_loop().time() + FAR_PATIENCE_S
        opens = self._params.open_s(self._params.first_slot)
        near = (
            to_s if to_s == opens else to_s - HOUR_SECONDS + 1
        )  # blocks are an hour apart, up to the opening
        while seen.replaying and seen.clock_s < near:
            await asyncio.sleep(_WAIT_S)
            before, seen = seen.clock_s, await self._look()
            if seen.clock_s != before:
                end = asyncio.get_running_loop().time() + FAR_PATIENCE_S
            elif asyncio.get_running_loop().time() >= end:
                moved = await self._move(to_s, None)
                return moved if moved is not None else await self._look()
        return seen

    async def _let_it_follow(self, seen: Look) -> None:
        """Waits a little for the home that is followed, where it is behind.

        Its readings, or what opens its order, may be in the mempool, so a block is made anyway.
        """
        end = asyncio.get_running_loop().time() + PATIENCE_S
        if seen.sealed:
            await asyncio.sleep(PATIENCE_S)
        while asyncio.get_running_loop().time() < end:
            last = seen.last_hour
            if last is None or seen.now_s - (last + 1) * HOUR_SECONDS < AHEAD_OF_READINGS_S:
                return
            await asyncio.sleep(_WAIT_S)
            seen = await self._look()

    # ---- one look -----------------------------------------------------------------------------

    async def check(self, now_s: int) -> None:
        """Marks what the ledger does not show of what was sent: a node that was killed has lost its mempool.

        At the beginning nothing counts as sent. Raises NodeUnreachable, NodeRefused.
        """
        pairs = [(seat, slot) for seat in self._seats for slot in sorted(seat.sealed)]
        keys = [slot_key(slot) + seat.household.id for seat, slot in pairs]
        orders, sales = await values_of(self._client, ORDER, keys), await values_of(self._client, SALE, keys)
        for (seat, slot), order, sale in zip(pairs, orders, sales, strict=True):
            here = None if order is None else Sealed.from_cbor(order)
            if here is None and now_s < self._params.gate_s(slot):
                seat.sent.discard(slot)
                continue
            seat.sent.add(slot)
            if here is not None and here.opened is None:
                seat.revealed.discard(slot)
            else:  # opened; or cleared, void or never arrived, and too late for all of it
                seat.revealed.add(slot)
            if sale is not None:
                seat.delivered.discard(slot)

    async def step(self, now_s: int) -> None:
        """Sends what is due at this block time. Raises NodeUnreachable, NodeRefused."""
        (series,) = await values_of(self._client, MARKET, [b"reference"])
        if series is None:
            raise NodeRefused("this ledger has no market", "")
        self._series = series
        await self._seal(now_s)
        await self._reveal(now_s)
        await self._deliver(now_s)

    async def _seal(self, now_s: int) -> None:
        params, txs, made = self._params, list[bytes](), False
        # The block that takes a commit is a step later than the newest header.
        first = max(params.first_slot, slot_at(now_s) + params.gate_slots)
        for slot in range(first, first + params.gate_slots + params.open_slots + 1):
            if not params.open_s(slot) <= now_s + FINE_STEP_S or now_s + FINE_STEP_S >= params.gate_s(slot):
                continue
            terms = terms_at(params, self._series, slot)
            for seat in self._seats:
                if slot in seat.sent:
                    continue
                ready = seat.ready.pop(slot, None)
                if ready is not None and ready[0] == terms:
                    txs.append(ready[1])
                elif ready is None and slot in seat.sealed:
                    txs.append(seat.household.commit(slot, seat.sealed[slot]))
                else:
                    txs.append(self._made(seat, slot, terms))
                    made = True
                seat.sent.add(slot)
        if made:
            self._keep()  # before any of it leaves: an order that nobody could open would cost its lock
        await send(self._client, txs)

    async def _prepare(self, slot: int) -> None:
        """Makes a slot's orders ahead of its opening; they leave when it is open, if its terms still hold."""
        await asyncio.sleep(0)  # what the node is asked meanwhile goes out first
        terms = terms_at(self._params, self._series, slot)
        seats = [seat for seat in self._seats if slot not in seat.sealed]
        for seat in seats:
            seat.ready[slot] = terms, self._made(seat, slot, terms)
        if seats:
            self._keep()

    def _made(self, seat: Seat, slot: int, terms: Terms) -> bytes:
        """A seat's order for a slot, sealed: its commit."""
        home = seat.household.home
        order = order_of(home, self._seed, slot, terms, seat.margin, self._shift_s(slot))
        seat.sealed[slot] = order
        return seat.household.commit(slot, order)

    async def _reveal(self, now_s: int) -> None:
        """Opens what is sealed once the newest header is at or past the gate, and the gate block recorded."""
        slots = sorted({s for seat in self._seats for s in seat.sealed if s not in seat.revealed})
        due = [s for s in slots if now_s >= self._params.gate_s(s)]
        gates = dict(zip(due, await values_of(self._client, GATE, [slot_key(s) for s in due]), strict=True))
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
        for (seat, slot), raw in zip(sellers, await values_of(self._client, SALE, keys), strict=True):
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
                seat.ready.pop(slot, None)
                seat.sent.discard(slot)
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
