"""The app's neighbours desk before a real meter on a real ledger with guardians; a test moves time."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import STATE_S
from ohmstead.core.codec import as_list, as_uint, decode
from ohmstead.core.errors import VerificationError
from ohmstead.link.binding import Role
from ohmstead.link.central import MeterLink
from ohmstead.meter.agent_service import MarketService
from ohmstead.neighbours.amounts import shape_amounts
from ohmstead.neighbours.rounds import days_of, epoch_of
from ohmstead.services.neighbour_states import AuditProgress, NeighbourState, RoundState
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.neighbours import NeighbourStore
from tests.helpers.home import Direct, Home, Lie, honest
from tests.helpers.ledger import zone_table
from tests.helpers.neighbours import FIRST_DAY, HOUSES, end_of
from tests.meter.stating_rig import Bench

DAY = FIRST_DAY + 1  # the recording's first day has a gap
EPOCH = epoch_of(FIRST_DAY)


class Linked:
    """A link that is up: its channel."""

    def __init__(self, channel: Direct) -> None:
        self.channel = channel


class App:
    """One home's app beside a bench, with a folder of its own."""

    def __init__(
        self, bench: Bench, folder: Path, *, factory: type[sqlite3.Connection] = sqlite3.Connection
    ) -> None:
        self.bench, self.folder = bench, folder
        bench.meter.service.parts[:] = [MarketService(None, bench.client), bench.service]
        self.home = Home(folder, bench.meter.pairing(), bench.street.ledger.wall_ns)
        self.posted: list[NeighbourState | AuditProgress] = []
        self.refused: list[VerificationError] = []
        self.path = self.home.homes.neighbours_path(bench.meter.id)
        self.factory = factory
        self.channel: Direct | None = None
        self.desk = self.new_desk()

    def new_desk(self) -> NeighbourDesk:
        return NeighbourDesk(
            self.path, self.home.workers,
            lambda a, b: self.home.mirror.imports(self.bench.meter.id, a, b), self.posted.append,
            self.bench.street.ledger.wall_ns, self.refused.append,
        )  # fmt: skip

    @property
    def state(self) -> NeighbourState:
        return self.desk.state

    async def trust(self, channel: Direct, *, readings: bool = True) -> HomeTrust:
        sync = self.home.syncing(channel)
        if readings:
            await sync.run()
            assert self.home.home.trust is not None
            return self.home.home.trust
        return await sync.head()

    async def link(
        self, lie: Lie = honest, *, role: Role = Role.OWNER, readings: bool = True, cut: int | None = None
    ) -> tuple[MeterLink, HomeTrust]:
        """A new link, after a sync; the meter serves its newest head. Only what comes then may be a lie."""
        self.bench.street.ledger.prove()
        self.bench.meter.refresh()
        trust = await self.trust(Direct(self.bench.meter), readings=readings)
        self.channel = Direct(self.bench.meter, lie, cut_after=cut, role=role)
        if self.desk._store is None:
            self.desk._store = NeighbourStore.open(self.path, factory=self.factory)
        link = cast("MeterLink", Linked(self.channel))
        return link, trust

    async def look(self, lie: Lie = honest, **more: Any) -> NeighbourState:
        """One sync and one look."""
        async with self.linked(lie, **more):
            return self.state

    @asynccontextmanager
    async def linked(
        self, lie: Lie = honest, *, role: Role = Role.OWNER, look: bool = True, **more: Any
    ) -> AsyncIterator[NeighbourDesk]:
        """A link that lasts, after a sync and (``look``) one look."""
        link, trust = await self.link(lie, role=role, **more)
        params = AppState.from_cbor(trust.genesis.app_state).neighbours
        assert params is not None
        with self.desk.at(link, owner=role is Role.OWNER):
            if look:
                await self.desk.look(link, trust, params)
            yield self.desk

    async def again(self, role: Role = Role.OWNER) -> NeighbourState:
        """The app was closed, and starts again without a link: what it shows then."""
        await self.desk.close()
        self.desk = self.new_desk()
        await self.desk.open()
        assert self.home.home.trust is not None
        await self.desk.take_up(self.home.home.trust, owner=role is Role.OWNER)
        return self.state

    def round(self, day: int | None) -> RoundState | None:
        return next((r for r in self.state.rounds if r.day == day), None)

    def close(self) -> None:
        if self.desk._store is not None:
            self.desk._store.close()
        self.home.close()


class Town:
    """A bench, and what its homes state."""

    def __init__(self, folder: Path, homes: int = 15, first_day: int = FIRST_DAY) -> None:
        self.bench = Bench(folder, homes, first_day)
        self.draw = random.Random(5)
        self.others: dict[int, Mapping[bytes, int]] = {}

    async def begin(self, *, join: bool = True) -> None:
        """Guardians post their keys, the meter joins."""
        bench = self.bench
        await bench.street.look()
        if join:
            bench.stater.join(HOUSES.id)
        await bench.start()
        await bench.look()
        bench.street.ledger.step()

    async def states(self, day: int) -> None:
        """A day is over, its readings are recorded, everybody states it."""
        bench = self.bench
        bench.meter.publish(24 * (day + 1 - FIRST_DAY) - bench.meter.recorded)
        bench.street.ledger.until(max(bench.street.ledger.now_s + 1, end_of(day) + 60))
        bench.street.ledger.step()
        await bench.look()
        self.others[day] = {k.kid: self.draw.randrange(30_000) for k in bench.street.homes}
        bench.street.state_day(day, self.others[day])
        await self.settle()

    async def settle(self) -> None:
        """What was sent is recorded, and the meter sees it."""
        while self.bench.street.ledger.engine.mempool:
            self.bench.street.ledger.step()
        await self.bench.look()

    async def ends(self, day: int) -> None:
        """A day closes, its guardians share, it is opened."""
        self.bench.street.close(day)
        for _ in range(2):
            await self.bench.street.look()

    async def month_states(self, epoch: int, amounts: Mapping[bytes, tuple[int, ...]]) -> None:
        """A month is over and its readings are recorded: the meter states its load shape, these homes theirs."""
        bench, last = self.bench, days_of(epoch)[-1]
        bench.meter.publish(24 * (last + 1 - FIRST_DAY) - bench.meter.recorded)
        bench.street.ledger.until(max(bench.street.ledger.now_s + 1, end_of(last) + 60))
        bench.street.ledger.step()
        await bench.look()
        bench.street.state_month(epoch, amounts)
        await self.settle()

    def month_closes(self, epoch: int) -> None:
        """The blocks in which a month's days and its load shape close."""
        ledger = self.bench.street.ledger
        ledger.until(max(ledger.now_s + 1, end_of(days_of(epoch)[-1]) + STATE_S))
        while True:
            ledger.step()
            raw = self.bench.street.state.get("nbr", b"next/" + HOUSES.id.encode())
            if as_uint(as_list(decode(raw or b""), "next", 2)[1], "next month") > epoch:
                return

    def own_shape(self, days: range) -> tuple[int, ...] | None:
        """What the meter's recording comes to in these days, by hour and kind of day."""
        from ohmstead.core.intervals import Channel, IntervalStatus

        def recorded(slot: int) -> int | None:
            amounts, status = self.bench.meter.source.amounts_in(slot)
            return None if status is IntervalStatus.MISSING else amounts[Channel.IMPORT]

        return shape_amounts(recorded, zone_table(), days)

    def own_wh(self, day: int) -> int:
        from ohmstead.core.intervals import Channel

        source = self.bench.meter.source
        before, after = (source.registers_before(96 * d)[Channel.IMPORT] for d in (day, day + 1))
        return after - before

    def shut(self) -> None:
        self.bench.shut()


def finished(folder: Path) -> Town:
    """A town whose day is stated, closed and opened."""
    town = Town(folder)

    async def run() -> None:
        await town.begin()
        await town.states(DAY)
        await town.ends(DAY)

    asyncio.run(run())
    return town


__all__ = ["DAY", "EPOCH", "HOUSES", "App", "Town", "finished"]
