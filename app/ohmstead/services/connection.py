"""Coming back to a paired meter, again and again: find, resume, sync, stay, listen.

Lost links, a meter out of reach and a switched-off radio are waited out with growing pauses; a refusal by
verification is told once, kept as a finding, and not retried before a next head may be there. A brake that is
held stops a sync between two tiles; the link stays. Here: the life of one home's link. Not here: one sync
(``sync``), pairing (``pairing``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from ohmstead.core.codec import CodecError, Value, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.binding import Role
from ohmstead.link.central import Central, MeterLink
from ohmstead.link.errors import BluetoothOff, LinkError, NoPermission
from ohmstead.link.messages import Method
from ohmstead.services.events import LinkChanged, LinkState, Post, PowerNow, Refused
from ohmstead.services.homes import Homes
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.sync import HomeMirror, Stage, Sync, SyncProgress
from ohmstead.services.workers import Workers

HEAD_EVERY_S = 30.0
FIND_S = 20.0
FIRST_PAUSE_S, LAST_PAUSE_S = 1.0, 60.0
_log = logging.getLogger(__name__)


class SyncPaused(Exception):
    """A sync ended early because the brake was held. What it had brought is kept."""


class Brake:
    """Whether syncing may go on. Held and let go on the io loop, by whoever owns the home."""

    def __init__(self) -> None:
        self._going = asyncio.Event()
        self._going.set()

    @property
    def held(self) -> bool:
        """Whether nothing more is asked for."""
        return not self._going.is_set()

    def hold(self) -> None:
        """Ask for nothing more. Idempotent."""
        self._going.clear()

    def let_go(self) -> None:
        """Go on. Idempotent."""
        self._going.set()

    async def free(self) -> None:
        """Wait until it is let go."""
        await self._going.wait()


class Connection:
    """One home's link. ``run`` until cancelled."""

    def __init__(
        self,
        central: Central,
        homes: Homes,
        home: HomeMirror,
        workers: Workers,
        post: Post,
        wall_ns: Callable[[], int] = time.time_ns,
        brake: Brake | None = None,
        desk: MarketDesk | None = None,
        neighbours: NeighbourDesk | None = None,
    ) -> None:
        self._central = central
        self._homes = homes
        self._home = home
        self._workers = workers
        self._post = post
        self._wall_ns = wall_ns
        self._brake = brake if brake is not None else Brake()
        self._desk = desk
        self._neighbours = neighbours
        self._pause_s = FIRST_PAUSE_S
        self._told: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Stays with the meter for as long as it is not cancelled."""
        self._pause_s = FIRST_PAUSE_S
        while True:
            try:
                self._post(LinkChanged(LinkState.SEARCHING))
                async with self.linked() as link:
                    _heed_cancelling()
                    self._post(LinkChanged(LinkState.CONNECTED))
                    await self._stay(link)
            except (BluetoothOff, NoPermission) as error:
                self._post(LinkChanged(LinkState.OFF, type(error).__name__))
            except (LinkError, ExternalError, UserError) as error:
                _log.info("the link ended: %s: %s", type(error).__name__, error)
                self._post(LinkChanged(LinkState.AWAY, type(error).__name__))
            except VerificationError as error:
                self._refuse(error)
            _heed_cancelling()
            await asyncio.sleep(self._pause_s)
            self._pause_s = min(LAST_PAUSE_S, self._pause_s * 2)

    def _refuse(self, error: VerificationError) -> None:
        """Tells of a refusal, once until something verifies again; a next head takes its time to come."""
        _log.warning("refused: %s: %s", error.code, error)
        if (error.code, error.subject) not in self._told:
            self._told.add((error.code, error.subject))
            self._post(Refused(error))
        self._post(LinkChanged(LinkState.AWAY, error.code))
        self._pause_s = max(self._pause_s, HEAD_EVERY_S)

    @asynccontextmanager
    async def linked(self) -> AsyncIterator[MeterLink]:
        """A resumed session. Raises what finding and resuming raise."""
        pairing = self._home.pairing
        link = await self._central.come_back(pairing, self._homes, FIND_S)
        # The label may have been shown since this pairing was read: trust only grows.
        trust = max(self._home.pairing.trust, link.pairing.trust)
        self._home.pairing = replace(link.pairing, trust=trust)
        try:
            yield link
        finally:
            await _whole(link.close())

    async def sync_once(self, link: MeterLink) -> bool:
        """One whole sync over a link; False where the brake ended it early."""
        try:
            await Sync(
                self._home, self._homes, link.channel, self._workers, self._told_of, self._wall_ns
            ).run()
        except SyncPaused:
            return False
        self._pause_s = FIRST_PAUSE_S
        self._told.clear()
        return True

    def _told_of(self, progress: SyncProgress) -> None:
        """Passes a sync's progress on. Every tile is on the disk before it is told, so here it may end."""
        self._post(progress)
        if self._brake.held and progress.stage in (Stage.HEAD, Stage.PAGES):
            raise SyncPaused

    async def _stay(self, link: MeterLink) -> None:
        """Syncs, listens, and syncs again with every next head, for as long as the link lasts."""
        loop = asyncio.get_running_loop()
        whole = not self._brake.held and await self.sync_once(link)
        live = loop.create_task(self._listen(link), name="live")
        market = loop.create_task(self._trade(link), name="market")
        neighbours = loop.create_task(self._compare(link), name="neighbours")
        try:
            while not link.channel.closed:
                _heed_cancelling()
                # A sync that was cut short goes on at once when the brake is let go.
                if await self._wait(live, None if self._brake.held or not whole else HEAD_EVERY_S):
                    live.result()
                    return
                whole = not self._brake.held and await self.sync_once(link)
        finally:
            for task in (live, market, neighbours):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, LinkError):
                    await task

    async def _trade(self, link: MeterLink) -> None:
        """The market desk beside the link; what is wrong there does not end the link."""
        if self._desk is None:
            return
        owner = link.pairing.role is Role.OWNER
        try:
            await self._desk.beside(link, lambda: self._home.trust, owner=owner)
        except ExternalError as error:
            _log.warning("the market rests: %s", error)

    async def _compare(self, link: MeterLink) -> None:
        """The neighbours beside the link; what is wrong there does not end the link."""
        if self._neighbours is None:
            return
        owner = link.pairing.role is Role.OWNER
        try:
            await self._neighbours.beside(link, lambda: self._home.trust, owner=owner)
        except ExternalError as error:
            _log.warning("the neighbours rest: %s", error)

    async def _wait(self, live: asyncio.Task[None], seconds: float | None) -> bool:
        """Until the live values end (True), the time is up, or without a time the brake is let go."""
        waited: set[asyncio.Future[None]] = {live}
        going = None
        if seconds is None:
            going = asyncio.get_running_loop().create_task(self._brake.free(), name="brake")
            waited.add(going)
        try:
            done, _ = await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return live in done
        finally:
            if going is not None:
                going.cancel()

    async def _listen(self, link: MeterLink) -> None:
        stream = link.channel.stream(Method.LIVE)
        async with contextlib.aclosing(stream):
            async for value in stream:
                self._post(power_of(value))


def _heed_cancelling() -> None:
    """Raise CancelledError where a cancellation was lost: in a tidying-up, or in a radio's library."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _whole(tidying: Coroutine[Any, Any, None]) -> None:
    """Wait for a bounded tidying-up to its end, cancelled or not; ``_heed_cancelling`` comes after it."""
    task = asyncio.ensure_future(tidying)
    while not task.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(task)


def power_of(value: Value) -> PowerNow:
    """The event of a live item: [clock (s), [[channel, watts], ...]]. Raises ExternalError."""
    try:
        clock, rows = as_list(value, "live power", 2)
        pairs = [as_list(row, "channel", 2) for row in as_list(rows, "channels", at_most=16)]
        watts = tuple((Channel(as_uint(c, "channel")), as_uint(w, "watts")) for c, w in pairs)
        return PowerNow(as_uint(clock, "clock"), watts)
    except (CodecError, ValueError) as error:
        raise ExternalError(f"The meter sent a live value of another shape: {error}.") from error
