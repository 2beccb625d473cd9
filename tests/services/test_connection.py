"""One home's link over time: lost and found, switched off, lied to. On a jumping clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from ohmstead.core.codec import Value
from ohmstead.core.intervals import Channel
from ohmstead.errors import ExternalError
from ohmstead.ledger import tiles
from ohmstead.link.central import Central
from ohmstead.link.errors import BluetoothOff, NoPermission
from ohmstead.services.connection import FIND_S, HEAD_EVERY_S, Connection, power_of
from ohmstead.services.events import LinkChanged, LinkState, PowerNow, Refused
from ohmstead.services.session import HomeSession
from ohmstead.services.sync import Stage, SyncProgress
from tests.helpers.air import Air, with_air
from tests.services.test_session import paired, session_of


class Watch:
    """What a running connection posts, with the second at which it did."""

    def __init__(self, session: HomeSession) -> None:
        self.session = session
        self.events: list[tuple[float, object]] = []

    def post(self, event: object) -> None:
        self.events.append((asyncio.get_running_loop().time(), event))

    def of(self, kind: type, *, since: int = 0) -> list[Any]:
        return [e for _, e in self.events[since:] if isinstance(e, kind)]

    def states(self, since: int = 0) -> list[LinkState]:
        return [e.state for e in self.of(LinkChanged, since=since)]

    async def until(self, what: Callable[[], bool], seconds: float = 200) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while not what():
            assert asyncio.get_running_loop().time() < end, self.events[-5:]
            await asyncio.sleep(0.1)


@asynccontextmanager
async def running(here: Air) -> AsyncIterator[Watch]:
    pairing = await paired(here)
    session = session_of(here, pairing)
    watch = Watch(session)
    session._post = watch.post
    await session.open()
    session.start()
    try:
        yield watch
    finally:
        await session.close()


def done(watch: Watch, since: int = 0) -> Callable[[], bool]:
    return lambda: any(p.stage is Stage.DONE for p in watch.of(SyncProgress, since=since))


def test_new_pages_come_while_it_stays(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        async with running(here) as watch:
            await watch.until(done(watch))
            mark = len(watch.events)
            here.meter.publish(2)
            await watch.until(lambda: any(p.pages_held == 7 for p in watch.of(SyncProgress)))
            assert LinkState.SEARCHING not in watch.states(mark)
            powers = watch.of(PowerNow)
            assert powers
            assert {c for c, _ in powers[-1].watts} == {Channel.IMPORT, Channel.EXPORT, Channel.GENERATION}

    with_air(tmp_path, test, 5)


def test_a_lost_link_is_found_again(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        async with running(here) as watch:
            await watch.until(done(watch))
            for pages in (6, 7):
                mark = len(watch.events)
                await here.vanish()
                await watch.until(lambda mark=mark: LinkState.AWAY in watch.states(mark))
                await asyncio.sleep(FIND_S * 3)
                here.meter.publish(1)
                await here.appear()
                await watch.until(
                    lambda n=pages: any(
                        p.pages_held == n and p.stage is Stage.DONE for p in watch.of(SyncProgress)
                    )
                )
                assert watch.states(mark)[-1] is LinkState.CONNECTED
            assert watch.of(Refused) == []

    with_air(tmp_path, test, 5)


@pytest.mark.parametrize("error", [BluetoothOff, NoPermission])
def test_a_radio_that_is_off_is_waited_for(tmp_path: Path, error: type[Exception]) -> None:
    async def test(here: Air) -> None:
        async def off(*_: object, **__: object) -> None:
            raise error("off")

        with patch.object(Central, "come_back", off):
            async with running_patched(here) as watch:
                began = asyncio.get_running_loop().time()
                await asyncio.sleep(1000)
                tries = [
                    at - began for at, e in watch.events if e == LinkChanged(LinkState.OFF, error.__name__)
                ]
                gaps = [b - a for a, b in pairwise(tries)]
                assert gaps == sorted(gaps)
                assert 1 <= gaps[0] <= 2
                assert 59 <= gaps[-1] <= 61
                assert set(watch.states()) == {LinkState.SEARCHING, LinkState.OFF}
                assert watch.session.state.link is LinkState.OFF

    with_air(tmp_path, test, 5)


@asynccontextmanager
async def running_patched(here: Air) -> AsyncIterator[Watch]:
    """As ``running``, for a home whose radio never comes up: it was paired before."""
    pairing = here.meter.pairing()
    session = session_of(here, pairing)
    watch = Watch(session)
    session._post = watch.post
    await session.open()
    session.start()
    try:
        yield watch
    finally:
        await session.close()


def test_a_radio_switched_on_again_goes_on(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        real, switched_off = Central.come_back, True

        async def come_back(self: Central, *arguments: Any, **more: Any) -> Any:
            if switched_off:
                raise BluetoothOff("off")
            return await real(self, *arguments, **more)

        pairing = await paired(here)
        with patch.object(Central, "come_back", come_back):
            session = session_of(here, pairing)
            watch = Watch(session)
            session._post = watch.post
            await session.open()
            session.start()
            await asyncio.sleep(10)
            assert watch.of(SyncProgress) == []
            switched_off = False
            await watch.until(done(watch))
            assert watch.states()[-1] is LinkState.CONNECTED
            await session.close()

    with_air(tmp_path, test, 5)


def test_a_lie_is_told_once_kept_and_gone_when_the_truth_comes(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        real = here.meter.service._pages
        lying = True

        async def pages(params: Value) -> AsyncIterator[Value]:
            async for item in real(params):
                tile = tiles.Tile.from_value(item)
                wrong = bytes((tile.bodies[0] ^ lying,)) + tile.bodies[1:]
                yield [tile.first, *tile.to_value()[1:2], wrong, tile.size, list(tile.proof)]

        here.meter.service._pages = pages
        async with running(here) as watch:
            await watch.until(lambda: LinkState.AWAY in watch.states())
            await asyncio.sleep(20 * HEAD_EVERY_S)
            (refused,) = watch.of(Refused)
            assert (refused.error.code, refused.error.subject) == ("TileError", "pages 0 to 4")
            assert watch.session.state.refused == "pages 0 to 4"
            # It was tried again meanwhile, but not like a hammer.
            tries = watch.states().count(LinkState.CONNECTED)
            assert 3 <= tries <= 21
            lying = False
            await watch.until(done(watch))
            assert watch.session.state.refused == ""
            assert watch.session.home is not None
            mirror = watch.session.home.mirror
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(here.workers.db, mirror.findings)
            assert [(f.kind, f.subject) for f in found] == [("TileError", "pages 0 to 4")]

    with_air(tmp_path, test, 5)


def test_a_meter_that_knows_this_home_no_more(tmp_path: Path) -> None:
    """Revoked by another owner: the link is refused, the history stays."""

    async def test(here: Air) -> None:
        async with running(here) as watch:
            await watch.until(done(watch))
            (peer,) = here.peripheral.peers.peers
            here.peripheral.peers.revoke(peer.kid)
            await here.vanish()
            await here.appear()
            mark = len(watch.events)
            await asyncio.sleep(300)
            assert LinkState.CONNECTED not in watch.states(mark)
            assert watch.session.state.facts is not None
            assert watch.session.state.facts.pages_held == 5

    with_air(tmp_path, test, 5)


def test_cancelled_anywhere_it_leaves_nothing_behind(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        for moment in (0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5):
            session = session_of(here, here.homes.current() or pairing)
            await session.open()
            task = asyncio.create_task(session.connection.run())
            await asyncio.sleep(moment)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await session.close()
            await asyncio.sleep(15)
            assert not [t for t in asyncio.all_tasks() if t.get_name() in ("live", "connection")]
        session = session_of(here, here.homes.current() or pairing)
        await session.open()
        connection: Connection = session.connection
        async with connection.linked() as link:
            await connection.sync_once(link)
        await session.close()

    with_air(tmp_path, test, 300)


@pytest.mark.parametrize(
    "value",
    [None, 5, [], [1], [1, 2], [1, [[9, 5]]], [1, [[1]]], [-1, []], [1, [[1, -5]]], [1, [[1, 2]] * 17]],
)
def test_live_values_of_another_shape(value: Value) -> None:
    with pytest.raises(ExternalError):
        power_of(value)


def test_a_live_value() -> None:
    assert power_of([77, [[1, 250], [3, 0]]]) == PowerNow(
        77, ((Channel.IMPORT, 250), (Channel.GENERATION, 0))
    )
