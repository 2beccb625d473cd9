"""Which home is open, and every change of that, over the virtual air: switching, pairing, leaving, forgetting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from ohmstead.app_homes import AppHomes, HomeForgotten, HomeNotOpened, HomeOpened, HomesFound
from ohmstead.errors import ExternalError
from ohmstead.link.errors import ForeignKey, LinkError
from ohmstead.link.pairing import Pairing, Trust
from ohmstead.services.events import LinkState
from ohmstead.services.market_states import MarketState
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.services.pairing import Wanted
from ohmstead.services.session import HomeState
from ohmstead.services.sync import Stage, SyncProgress
from tests.helpers.air import Air, with_air
from tests.services.test_homes import pairing
from tests.services.test_session import paired

FAR = pairing(7, b"far away" * 2, mark=0x111, trust=Trust.LABEL)


class Watch:
    """What is posted, and what is heard besides."""

    def __init__(self) -> None:
        self.posted: list[object] = []
        self.heard: list[object] = []

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.posted if isinstance(event, kind)]

    @property
    def found(self) -> HomesFound:
        return self.of(HomesFound)[-1]

    async def until(self, what: Any, seconds: float = 200) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while not what():
            assert asyncio.get_running_loop().time() < end, self.posted[-5:]
            await asyncio.sleep(0.1)

    def state(self) -> HomeState:
        return self.of(HomeState)[-1]


@asynccontextmanager
async def homes_on(here: Air) -> AsyncIterator[tuple[AppHomes, Watch]]:
    watch = Watch()
    made = AppHomes(lambda: here.central, here.workers, watch.posted.append, watch.heard.append)
    try:
        yield made, watch
    finally:
        await made.close()
        await made.close()


async def connected(watch: Watch) -> None:
    await watch.until(lambda: watch.of(HomeState) and watch.state().link is LinkState.CONNECTED)


def test_without_a_home_there_is_nothing_to_open(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        async with homes_on(here) as (app, watch):
            with pytest.raises(ExternalError):
                _ = app.homes
            await app.begin(here.homes, "")
            assert watch.posted == [HomesFound((), None)]
            app.pause()
            app.resume()
            await app.come_back()
            with pytest.raises(ExternalError):
                await app.confirm_by_label(here.label)

    with_air(tmp_path, test, 3)


def test_the_home_shown_last_is_opened_and_another_in_its_place(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        near = await paired(here)
        await here.homes.save(FAR)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, near.meter_id.hex())
            assert [(h.mark, h.typed) for h in watch.found.homes] == [("111", False), ("3A7", False)]
            assert watch.found.current == near.meter_id
            await connected(watch)
            first = app.session
            await app.open_home(near.meter_id)
            assert app.session is first, "it is open already"
            await app.open_home(FAR.meter_id)
            assert watch.of(HomeOpened)[-1].mark == "111"
            assert watch.found.current == FAR.meter_id
            assert first is not None
            assert first.home is None, "the other one is closed"
            assert here.peripheral.links == ()
            await app.open_home(b"unknown meter id")
            assert watch.found.current == FAR.meter_id
            await app.open_home(near.meter_id)
            await connected(watch)
            beside = HomesFound | HomeOpened | MarketState | NeighbourState
            assert watch.heard == [e for e in watch.posted if not isinstance(e, beside)]

    with_air(tmp_path, test, 3)


def test_with_nothing_remembered_the_home_used_last_is_opened(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        await here.homes.save(FAR)
        near = await paired(here)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "00" * 16)
            assert watch.found.current == near.meter_id

    with_air(tmp_path, test, 3)


def test_a_home_that_cannot_be_opened_says_why_and_leaves_the_others(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        near = await paired(here)
        await here.homes.save(FAR)
        blocked = here.homes.mirror_path(FAR.meter_id)
        blocked.parent.parent.mkdir(parents=True, exist_ok=True)
        blocked.parent.write_text("a file where the folder should be")
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, FAR.meter_id.hex())
            (failed,) = watch.of(HomeNotOpened)
            assert failed.meter == FAR.meter_id
            assert watch.found.current is None
            await app.open_home(near.meter_id)
            assert watch.found.current == near.meter_id

    with_air(tmp_path, test, 3)


def test_pairing_has_the_radio_for_itself_and_then_the_new_home_is_shown(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        near = await paired(here)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            await connected(watch)
            await app.make_way()
            await app.make_way()
            assert watch.state().link is LinkState.STOPPED
            assert here.peripheral.links == ()
            # A home that is opened meanwhile waits for its turn too.
            await here.homes.save(FAR)
            await app.open_home(FAR.meter_id)
            await asyncio.sleep(5)
            assert watch.state().link is LinkState.STOPPED
            await app.open_home(near.meter_id)
            await app.come_back()
            await connected(watch)
            # Pairing again with the same meter: the home stands on the new pairing.
            await app.make_way()
            here.peripheral.open_pairing()
            again = await here.pairing.pair(Wanted.of_qr(here.label.qr_text))
            await app.open_new(again)
            await connected(watch)
            assert app.session is not None
            assert app.session.pairing.static == again.static
            assert len(watch.found.homes) == 2

    with_air(tmp_path, test, 3)


def test_pausing_reaches_the_open_home(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        await paired(here)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            app.pause()
            assert watch.state().paused
            app.resume()
            assert not watch.state().paused

    with_air(tmp_path, test, 3)


def test_the_label_confirms_the_open_home(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()

        async def same(_words: tuple[str, ...]) -> bool:
            return True

        wanted = Wanted.of_code(here.label.code, here.label.discriminator)
        typed = await here.pairing.pair(wanted, confirm_words=same)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            assert watch.found.homes[0].typed
            await app.confirm_by_label(here.label)
            assert not watch.found.homes[0].typed
            assert typed.trust is Trust.TYPED
            await here.homes.save(FAR)
            await app.open_home(FAR.meter_id)
            with pytest.raises(ForeignKey):
                await app.confirm_by_label(here.label)

    with_air(tmp_path, test, 3)


def test_checking_again_asks_at_once(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        await paired(here)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            await watch.until(lambda: any(p.stage is Stage.DONE for p in watch.of(SyncProgress)))
            before = len(watch.posted)
            await app.check_again()
            await watch.until(
                lambda: any(
                    isinstance(e, SyncProgress) and e.stage is Stage.DONE for e in watch.posted[before:]
                ),
                seconds=20,
            )

    with_air(tmp_path, test, 3)


@pytest.mark.parametrize("erase", [False, True])
def test_forgetting_tells_the_meter_and_opens_another_home(tmp_path: Path, erase: bool) -> None:
    async def test(here: Air) -> None:
        near = await paired(here)
        await here.homes.save(FAR)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, near.meter_id.hex())
            await watch.until(lambda: any(p.stage is Stage.DONE for p in watch.of(SyncProgress)))
            await app.forget(near.meter_id, erase=erase)
            assert watch.of(HomeForgotten) == [HomeForgotten(near.meter_id, at_meter=True)]
            assert here.peripheral.peers.peers == ()
            assert here.homes.paired() == (FAR,)
            assert here.homes.epoch_root(near.meter_id, 0) is None
            assert here.homes.mirror_path(near.meter_id).exists() is not erase
            assert watch.found.current == FAR.meter_id
            # A meter out of reach is forgotten all the same.
            await app.forget(FAR.meter_id, erase=erase)
            assert watch.of(HomeForgotten)[-1] == HomeForgotten(FAR.meter_id, at_meter=False)
            assert watch.found == HomesFound((), None)

    with_air(tmp_path, test, 3)


def test_a_home_that_did_not_hold_is_left_without_a_trace(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            new: Pairing = await paired(here)
            await app.open_new(new)
            await app.leave_new(new)
            assert here.homes.pairings() == ()
            assert here.peripheral.peers.peers == ()
            assert not here.homes.mirror_path(new.meter_id).parent.exists()
            assert watch.found == HomesFound((), None)

    with_air(tmp_path, test, 3)


def test_leaving_a_meter_keeps_what_is_here(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        near = await paired(here)
        async with homes_on(here) as (app, watch):
            await app.begin(here.homes, "")
            await watch.until(lambda: any(p.stage is Stage.DONE for p in watch.of(SyncProgress)))
            await app.unpair(near.meter_id)
            assert here.peripheral.peers.peers == ()
            assert watch.state().link is LinkState.STOPPED
            assert watch.state().facts is not None
            assert here.homes.mirror_path(near.meter_id).exists()
            await here.vanish()
            with pytest.raises(LinkError):
                await app.unpair(near.meter_id)
            await here.appear()

    with_air(tmp_path, test, 3)
