"""Coming back to a paired meter, again and again: find, resume, sync, stay, listen.

Lost links, a meter out of reach and a switched-off radio are waited out with growing pauses; a refusal by
verification is told once, kept as a finding, and not retried before a next head may be there. Here: the life
of one home's link. Not here: one sync (``sync``), pairing (``pairing``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ohmstead.core.codec import CodecError, Value, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.central import Central, MeterLink
from ohmstead.link.errors import BluetoothOff, LinkError, NoPermission
from ohmstead.link.messages import Method
from ohmstead.services.events import LinkChanged, LinkState, Post, PowerNow, Refused
from ohmstead.services.homes import Homes
from ohmstead.services.sync import HomeMirror, Sync
from ohmstead.services.workers import Workers

HEAD_EVERY_S = 30.0
FIND_S = 20.0
FIRST_PAUSE_S, LAST_PAUSE_S = 1.0, 60.0
_log = logging.getLogger(__name__)


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
    ) -> None:
        self._central = central
        self._homes = homes
        self._home = home
        self._workers = workers
        self._post = post
        self._wall_ns = wall_ns
        self._pause_s = FIRST_PAUSE_S
        self._told: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Stays with the meter for as long as it is not cancelled."""
        self._pause_s = FIRST_PAUSE_S
        while True:
            try:
                self._post(LinkChanged(LinkState.SEARCHING))
                async with self.linked() as link:
                    self._post(LinkChanged(LinkState.CONNECTED))
                    await self._stay(link)
            except (BluetoothOff, NoPermission) as error:
                self._post(LinkChanged(LinkState.OFF, type(error).__name__))
            except (LinkError, ExternalError, UserError) as error:
                _log.info("the link ended: %s: %s", type(error).__name__, error)
                self._post(LinkChanged(LinkState.AWAY, type(error).__name__))
            except VerificationError as error:
                self._refuse(error)
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
        self._home.pairing = link.pairing
        try:
            yield link
        finally:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(link.close())

    async def sync_once(self, link: MeterLink) -> None:
        """One whole sync over a link."""
        await Sync(self._home, self._homes, link.channel, self._workers, self._post, self._wall_ns).run()
        self._pause_s = FIRST_PAUSE_S
        self._told.clear()

    async def _stay(self, link: MeterLink) -> None:
        await self.sync_once(link)
        live = asyncio.get_running_loop().create_task(self._listen(link), name="live")
        try:
            while not link.channel.closed:
                done, _ = await asyncio.wait({live}, timeout=HEAD_EVERY_S)
                if done:
                    live.result()
                    return
                await self.sync_once(link)
        finally:
            live.cancel()
            with contextlib.suppress(asyncio.CancelledError, LinkError):
                await live

    async def _listen(self, link: MeterLink) -> None:
        stream = link.channel.stream(Method.LIVE)
        async with contextlib.aclosing(stream):
            async for value in stream:
                self._post(power_of(value))


def power_of(value: Value) -> PowerNow:
    """The event of a live item: [clock (s), [[channel, watts], ...]]. Raises ExternalError."""
    try:
        clock, rows = as_list(value, "live power", 2)
        pairs = [as_list(row, "channel", 2) for row in as_list(rows, "channels", at_most=16)]
        watts = tuple((Channel(as_uint(c, "channel")), as_uint(w, "watts")) for c, w in pairs)
        return PowerNow(as_uint(clock, "clock"), watts)
    except (CodecError, ValueError) as error:
        raise ExternalError(f"The meter sent a live value of another shape: {error}.") from error
