"""A meter with its agent on a real ledger with a market, its household's order key, and neighbours that trade.

The engine, the contract and the follower are the product's own; time moves when a test moves it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import cast

from ohmstead.contract.accounts import Account
from ohmstead.contract.parameters import MarketParameters, Reference, end_s
from ohmstead.contract.results import Result
from ohmstead.core.codec import CodecError, Value, as_list, encode
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import AccountKey, LotOffer, SealedBid, SealedOrder, seal_inner
from ohmstead.core.market_statements import (
    MARKET_BODIES,
    CancelOrder,
    CommitOrder,
    Credit,
    GiveMandate,
    OpenAccount,
    RevealOrder,
)
from ohmstead.core.slots import SLOTS_PER_HOUR, hour_end_s
from ohmstead.core.statements import Body, Statement, StatementError, parse, sign
from ohmstead.link.binding import Role
from ohmstead.link.errors import Refused
from ohmstead.link.messages import Method
from ohmstead.market.orders import Order, Side, Step, lot_commitment, slot_commitment
from ohmstead.meter.agent import Agent
from ohmstead.meter.agent_rows import AgentStore, Kind, Row, Stage
from ohmstead.meter.agent_service import market_of
from ohmstead.meter.follower import Follower
from ohmstead.meter.peers import Peer
from tests.helpers.home import Owner
from tests.helpers.ledger import FIRST_HOUR, FOREVER, Ledger, seed_key
from tests.helpers.meter import CHANNELS, Meter
from tests.link.warp import run

FEED_IN, RETAIL, FEE, Q = 80_000, 300_000, 10_000, 5000
LOCK = Q * RETAIL
TREASURY = seed_key("treasury")
#: Hours of history before the market's first slot.
HISTORY = 4


def params_after(hours: int) -> MarketParameters:
    first = (FIRST_HOUR + hours + 3) * SLOTS_PER_HOUR
    return MarketParameters(
        first, (Reference(first, FEED_IN, RETAIL, FEE),), TREASURY.public,
        reveal_blocks=2, reveal_seconds=60, max_order_wh=Q,
    )  # fmt: skip


def sell(*steps: tuple[int, int]) -> Order:
    return Order(Side.SELL, tuple(Step(*s) for s in steps))


def buy(*steps: tuple[int, int]) -> Order:
    return Order(Side.BUY, tuple(Step(*s) for s in steps))


class Bench:
    """One home with an agent; ``look`` is what the agent does when a header comes."""

    def __init__(
        self,
        folder: Path,
        history: int = HISTORY,
        rating_w: int = 20_000,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self.folder = folder
        self.params = params_after(history)
        self.ledger = Ledger(folder, market=self.params)
        self.meter = Meter(folder, self.ledger)
        self.meter.admit()
        self.meter.publish(history)
        self.home = sha256(self.meter.id).digest()[:16]
        self.key = seed_key("order key")
        self.hash = self.ledger.genesis.genesis_hash
        self.client = self.ledger.client()
        self.sent: list[bytes] = []
        self._spy()
        self.rating_w = rating_w
        self.neighbours: dict[str, tuple[Meter, SigningKey]] = {}
        self.boot(factory)

    # ---- the meter's life ---------------------------------------------------------------------

    def boot(self, factory: type[sqlite3.Connection] = sqlite3.Connection, path: Path | None = None) -> None:
        """The meter starts: the agent from its file, the follower from the meter's."""
        self.path = path or self.folder / "agent.sqlite"
        self.store = AgentStore(self.path, factory=factory)
        self.follower = Follower(self.ledger.genesis, self.meter.keeper, self.client)
        self.market, agent = market_of(
            self.meter.identity, self.meter.keeper, self.ledger.genesis, self.follower, self.client, self.store,
            CHANNELS, self.rating_w, self.ledger.wall_ns,
        )  # fmt: skip
        assert agent is not None
        self.agent: Agent = agent
        self.meter.service.parts[:] = [self.market]

    async def start(self) -> None:
        """The follower verifies the newest header."""
        self.ledger.prove()
        await self.follower.start(self.ledger.wall_ns())

    async def look(self) -> None:
        """A header comes (if one is there) and the agent looks; more than its pause between equal sends later."""
        await asyncio.sleep(11)
        if not self.client.away:
            await self.follower.take(await self.client.light_block(), self.ledger.wall_ns())
        await self.agent.look()

    def block(self, *txs: bytes) -> None:
        """A block with what waits, and those that prove it."""
        for tx in txs:
            self.ledger.submit(tx)
        self.ledger.step()
        self.ledger.prove()

    async def turn(self) -> None:
        """A look, a block, and a look at what it did."""
        await self.look()
        self.block()
        await self.look()

    def _spy(self) -> None:
        real = self.client.broadcast

        async def broadcast(tx: bytes) -> object:
            self.sent.append(tx)
            return await real(tx)

        self.client.broadcast = broadcast

    def sent_of(self, kind: type[Body]) -> list[Body]:
        """What the meter broadcast of one type, each different statement once."""
        bodies = [parse(tx, MARKET_BODIES).statement.body for tx in dict.fromkeys(self.sent)]
        return [b for b in bodies if isinstance(b, kind)]

    def recorded(self, kind: type[Body], home: bytes | None = None) -> list[Body]:
        """What the household's log on the ledger holds of one type."""
        found = []
        for leaf in self.ledger.store.household_notes(home or self.home, 0, 10_000):
            try:
                body = parse(leaf, MARKET_BODIES).statement.body
            except StatementError:
                continue
            if isinstance(body, kind):
                found.append(body)
        return found

    def results(self) -> list[Result]:
        found = []
        for leaf in self.ledger.store.household_notes(self.home, 0, 10_000):
            try:
                found.append(Result.from_bytes(leaf))
            except CodecError:
                continue
        return found

    # ---- time ---------------------------------------------------------------------------------

    def until(self, time_s: int) -> None:
        """The newest header's time is at least this, and proves the state before it."""
        self.ledger.until(time_s)
        self.ledger.step()
        self.ledger.prove()
        assert self.ledger.head.header.time_s >= time_s

    def open(self, slot: int) -> None:
        self.until(self.params.open_s(slot))

    def gate(self, slot: int) -> None:
        self.until(self.params.gate_s(slot))

    def close_window(self) -> None:
        """Enough blocks for a reveal window."""
        for _ in range(3):
            self.ledger.step(30)
        self.ledger.prove()

    def over(self, slot: int) -> None:
        """The slot's hour is over, sealed and published."""
        hour = slot // SLOTS_PER_HOUR
        assert self.meter.keeper.last_hour is not None
        self.until(max(end_s(slot), hour_end_s(hour)))
        self.meter.publish(hour - self.meter.keeper.last_hour)

    # ---- people -------------------------------------------------------------------------------

    def sign(self, key: SigningKey, body: Body, seq: int | None = None) -> bytes:
        return sign(key, self.hash, Statement(body, FOREVER, seq))

    def account_inner(self, key: SigningKey | None = None, home: bytes | None = None) -> bytes:
        key = key or self.key
        asked = AccountKey(home or self.home, self.meter.id, key.public)
        return seal_inner(key, self.hash, asked).data

    def credit(self, home: bytes, nano: int, why: bytes = b"c") -> None:
        self.block(self.sign(TREASURY, Credit(home, nano, sha256(home + why).digest())))

    async def with_account(self, nano: int = 20 * LOCK) -> None:
        """The household's account, opened through the meter, with money."""
        await self.start()
        await self.ask(Method.ACCOUNT, [self.account_inner()])
        self.block()
        self.credit(self.home, nano)
        await self.look()

    def neighbour(self, name: str) -> tuple[Meter, SigningKey]:
        """Another household with money; it signs for itself."""
        if name not in self.neighbours:
            meter, key = Meter(self.folder, self.ledger, name), seed_key(f"order {name}")
            meter.admit()
            home = sha256(meter.id).digest()[:16]
            asked = AccountKey(home, meter.id, key.public)
            self.block(self.sign(meter.identity.key, OpenAccount.of(key, self.hash, asked)))
            self.credit(home, 20 * LOCK)
            self.neighbours[name] = meter, key
        return self.neighbours[name]

    def neighbour_commits(self, name: str, slot: int, order: Order) -> None:
        meter, key = self.neighbour(name)
        home, salt = sha256(meter.id).digest()[:16], sha256(name.encode()).digest()
        found = slot_commitment(self.hash, slot, home, meter.id, key.kid, 1, order.to_bytes(), salt)
        body = CommitOrder.of(key, self.hash, SealedOrder(slot, home, meter.id, 1, found))
        self.block(self.sign(meter.identity.key, body))

    def neighbour_reveals(self, name: str, slot: int, order: Order) -> None:
        meter, key = self.neighbour(name)
        home, salt = sha256(meter.id).digest()[:16], sha256(name.encode()).digest()
        self.block(self.sign(key, RevealOrder(slot, home, order.to_bytes(), salt)))

    # ---- what the household hands ---------------------------------------------------------------

    def salt(self, *about: object) -> bytes:
        return sha256(repr(about).encode()).digest()

    def handed(
        self, slot: int, order: Order | bytes, version: int = 1, key: SigningKey | None = None,
        home: bytes | None = None, meter: bytes | None = None,
    ) -> list[Value]:  # fmt: skip
        """Parameters of HAND for an order."""
        key, home, meter = key or self.key, home or self.home, meter or self.meter.id
        opening = order if isinstance(order, bytes) else order.to_bytes()
        salt = self.salt(slot, version)
        found = slot_commitment(self.hash, slot, home, meter, key.kid, version, opening, salt)
        inner = seal_inner(key, self.hash, SealedOrder(slot, home, meter, version, found))
        return [inner.data, opening, salt]

    def lot(self, wh: int, first: int, slots: int = 4, reserve: int = FEED_IN, **more: int) -> LotOffer:
        gate = more.get("gate", first - self.params.gate_slots - self.params.open_slots - 1)
        return LotOffer(self.home, self.meter.id, self.salt(first)[:16], wh, first, slots, reserve, gate)

    def handed_lot(self, offer: LotOffer) -> list[Value]:
        return [seal_inner(self.key, self.hash, offer).data, b"", b""]

    def handed_bid(self, lot: bytes, bid: int, version: int = 1) -> list[Value]:
        salt = self.salt(lot, version)
        found = lot_commitment(self.hash, lot, self.home, version, bid, salt)
        inner = seal_inner(self.key, self.hash, SealedBid(lot, self.home, self.meter.id, version, found))
        return [inner.data, encode(bid), salt]

    def cancel(self, slot: int, version: int, key: SigningKey | None = None) -> bytes:
        return self.sign(key or self.key, CancelOrder(slot, self.home, version))

    def mandate(self, terms_hash: bytes, seq: int, max_live: int = 4, expiry: int = FOREVER) -> bytes:
        return self.sign(self.key, GiveMandate(self.home, self.meter.id, expiry, max_live, terms_hash), seq)

    # ---- asking the meter -----------------------------------------------------------------------

    async def ask(self, method: int, params: Value = None, role: Role = Role.OWNER) -> Value:
        return await self.meter.service.call(cast("Peer", Owner(role)), method, params)

    async def stream(self, method: int, params: Value, role: Role = Role.OWNER) -> list[Value]:
        stream = self.meter.service.stream(cast("Peer", Owner(role)), method, params)
        return [item async for item in stream]

    async def hand(self, params: list[Value]) -> Row:
        """Hands; the row as the meter keeps it."""
        answer = as_list(await self.ask(Method.HAND, params), "row", 9)
        return next(r for r in self.store.since(0) if r.to_value(opened=True) == answer)

    async def refusal(self, method: int, params: Value, role: Role = Role.OWNER) -> tuple[str, bytes]:
        """(code, detail) of a request that is refused."""
        try:
            await self.ask(method, params, role)
        except Refused as refused:
            return refused.code.name, refused.detail
        raise AssertionError("it was not refused")

    def row(self, slot: int, version: int = 1) -> Row:
        found = self.store.find(Kind.ORDER, slot.to_bytes(8, "big"), version)
        assert found is not None
        return found

    def stage(self, slot: int, version: int = 1) -> Stage:
        return self.row(slot, version).stage

    @property
    def account(self) -> Account:
        raw = self.ledger.engine.app.state.get("account", self.home)
        assert raw is not None
        return Account.from_cbor(raw)

    def measured(self, slot: int) -> int:
        """The export that the source says of a slot, apart from the meter's log."""
        wh, status = self.meter.source.amounts_in(slot)
        return wh[Channel.EXPORT] if status == 0 else 0

    def close(self) -> None:
        self.store.close()
        for meter, _ in self.neighbours.values():
            meter.close()
        self.meter.close()
        self.ledger.close()


def with_bench(
    folder: Path, test: Callable[[Bench], Awaitable[None]], *, account: bool = True, **options: int
) -> None:
    """Runs a test on a jumping clock; nothing may be left running."""

    async def main() -> None:
        bench = Bench(folder, **options)
        try:
            if account:
                await bench.with_account()
            await test(bench)
        finally:
            bench.close()

    run(main())
