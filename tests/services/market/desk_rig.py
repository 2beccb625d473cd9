"""The app's desk before a real meter with its agent, on a real ledger with a market; a test moves time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from ohmstead.contract.genesis import AppState
from ohmstead.core.errors import VerificationError
from ohmstead.link.binding import Role
from ohmstead.link.central import MeterLink
from ohmstead.market.orders import Side, Step
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market_states import MarketState, OrderStage, OrderState
from tests.helpers.home import Direct, Home, Lie, honest
from tests.meter.agent_rig import Bench, buy, sell, with_bench

Trade = Callable[["Desk"], Awaitable[None]]


class Linked:
    """A link that is up: its channel, and the role that it was paired for."""

    def __init__(self, channel: Direct) -> None:
        self.channel = channel


class Desk:
    """One home's app beside a bench."""

    def __init__(self, bench: Bench, folder: Path, *, factory: Any = None) -> None:
        self.bench, self.folder = bench, folder
        self.home = Home(folder, bench.meter.pairing(), bench.ledger.wall_ns)
        self.states: list[MarketState] = []
        self.refused: list[VerificationError] = []
        self.channel: Direct | None = None
        self.desk = self.new_desk()

    def new_desk(self) -> MarketDesk:
        meter = self.bench.meter.id
        return MarketDesk(
            self.home.homes.market_path(meter), self.home.workers,
            lambda: self.home.homes.order_key(meter), self.states.append, self.bench.ledger.wall_ns,
            self.refused.append,
        )  # fmt: skip

    async def look(
        self, lie: Lie = honest, *, role: Role = Role.OWNER, cut_after: int | None = None
    ) -> MarketState:
        """One sync of the head and one look."""
        bench = self.bench
        bench.ledger.prove()
        bench.meter.refresh()
        self.channel = Direct(bench.meter, lie, cut_after=cut_after, role=role)
        trust = await self.home.syncing(self.channel).head()
        self.desk.take_part(owner=role is Role.OWNER)
        await self.desk.open()
        params = AppState.from_cbor(trust.genesis.app_state).market
        assert params is not None
        assert trust.proven is not None
        home = trust.proven.record.home
        assert home is not None
        return await self.desk.look(cast("MeterLink", Linked(self.channel)), trust, params, home)

    async def begin(self, nano: int = 20 * 1_500_000_000) -> MarketState:
        """An account, and money in it."""
        await self.bench.start()
        await self.look()
        self.bench.block()
        self.bench.credit(self.bench.home, nano)
        return await self.look()

    async def offer(self, slot: int, wh: int, limit: int, side: Side = Side.SELL) -> OrderState:
        (key,) = await self.desk.offer(side, [(slot, (Step(wh, limit),))])
        return self.order(key)

    def order(self, key: int) -> OrderState:
        return next(o for o in self.desk.state.orders if o.key == key)

    def stage(self, key: int) -> OrderStage:
        return self.order(key).stage

    async def traded(self, slot: int, wh: int = 300, limit: int = 100_000) -> int:
        """An offer that a neighbour buys, through to its clearing; its key."""
        bench = self.bench
        bench.neighbour("b")
        bench.open(slot)
        await self.look()
        key = (await self.offer(slot, wh, limit)).key
        await self.look()
        await bench.turn()
        bench.neighbour_commits("b", slot, buy((wh, 250_000)))
        bench.gate(slot)
        await bench.turn()
        bench.neighbour_reveals("b", slot, buy((wh, 250_000)))
        bench.close_window()
        await bench.look()
        return key

    def close(self) -> None:
        store = self.desk._store
        if store is not None:
            store.close()
        self.home.close()


def with_desk(folder: Path, test: Trade, **options: Any) -> None:
    """Runs a test of a desk beside a bench."""

    async def run(bench: Bench) -> None:
        desk = Desk(bench, folder / "app")
        try:
            await test(desk)
        finally:
            desk.close()

    with_bench(folder, run, account=False, **options)


__all__ = ["Desk", "buy", "sell", "with_desk"]
