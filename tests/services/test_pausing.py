"""A sync paused between two tiles and taken up again, and a home that leaves the radio to others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from ohmstead.link.central import MeterLink
from ohmstead.link.errors import ForeignKey
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Trust
from ohmstead.services.connection import HEAD_EVERY_S
from ohmstead.services.events import LinkState, PowerNow
from ohmstead.services.pairing import Wanted
from ohmstead.services.session import HomeSession, HomeState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.services.verify import check_mirror
from tests.helpers.air import Air, with_air
from tests.services.test_connection import Watch, done
from tests.services.test_session import paired, session_of

BATCHES = 600, 500  # five tiles: four whole ones and a bit
PAGES = sum(BATCHES)


async def begun(here: Air) -> Watch:
    """A home that pauses itself as soon as its first tile is here."""
    session = session_of(here, await paired(here))
    watch = Watch(session)

    def post(event: object) -> None:
        watch.post(event)
        if isinstance(event, SyncProgress) and event.stage is Stage.PAGES and not session.state.paused:
            session.pause()

    session._post = post
    await session.open()
    session.start()
    await watch.until(lambda: session.state.paused)
    session._post = watch.post
    return watch


def asked(here: Air) -> list[int]:
    """Notes the methods that the meter is asked from now on."""
    noted: list[int] = []
    real = here.meter.service._call

    async def call(peer: object, method: int, params: object) -> object:
        noted.append(method)
        return await real(peer, method, params)

    here.meter.service._call = call
    return noted


def test_paused_between_two_tiles_it_asks_for_nothing_and_goes_on_where_it_stood(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        watch = await begun(here)
        session = watch.session
        held = watch.of(SyncProgress)[-1].pages_held
        assert 0 < held < PAGES
        noted, mark = asked(here), len(watch.events)
        await asyncio.sleep(10 * HEAD_EVERY_S)
        assert noted == []
        assert watch.of(SyncProgress, since=mark) == []
        # The link stays, and with it the meter's power.
        assert session.state.link is LinkState.CONNECTED
        assert watch.of(PowerNow, since=mark)
        session.resume()
        await watch.until(done(watch, mark))
        assert not session.state.paused
        brought = [p.pages_held for p in watch.of(SyncProgress, since=mark) if p.stage is Stage.PAGES]
        assert brought[0] > held
        assert brought[-1] == PAGES
        assert noted.count(Method.GENESIS) == 0, "what was known is not asked again"
        meter = session.pairing.meter_id
        await session.close()
        path, root = here.homes.mirror_path(meter), here.homes.epoch_root(meter, 0)
        assert check_mirror(path, root, here.ledger.wall_ns()).complete

    with_air(tmp_path, test, *BATCHES)


def test_paused_and_closed_it_begins_where_it_stood(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        watch = await begun(here)
        held = watch.of(SyncProgress)[-1].pages_held
        await watch.session.close()
        again = session_of(here, here.homes.current() or watch.session.pairing)
        after = Watch(again)
        again._post = after.post
        await again.open()
        assert again.state.facts is not None
        assert (again.state.facts.pages_held, again.state.paused) == (held, False)
        again.start()
        await after.until(done(after))
        assert next(p.pages_held for p in after.of(SyncProgress) if p.stage is Stage.PAGES) > held
        await again.close()

    with_air(tmp_path, test, *BATCHES)


def test_paused_before_it_began_it_waits_and_a_lost_link_changes_nothing(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        session = session_of(here, await paired(here))
        watch = Watch(session)
        session._post = watch.post
        await session.open()
        session.pause()
        session.pause()
        session.start()
        await watch.until(lambda: session.state.link is LinkState.CONNECTED)
        await here.vanish()
        await watch.until(lambda: session.state.link is LinkState.AWAY)
        await here.appear()
        await watch.until(lambda: session.state.link is LinkState.CONNECTED)
        await asyncio.sleep(2 * HEAD_EVERY_S)
        assert watch.of(SyncProgress) == []
        session.resume()
        await watch.until(done(watch))
        await session.close()

    with_air(tmp_path, test, 5)


def test_a_resting_home_leaves_the_air_and_comes_back(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        session = session_of(here, await paired(here))
        watch = Watch(session)
        session._post = watch.post
        await session.open()
        await session.rest()
        assert watch.of(HomeState)[-1].link is LinkState.STOPPED
        session.start()
        session.start()
        await watch.until(done(watch))
        await session.rest()
        await session.rest()
        assert session.state.link is LinkState.STOPPED
        assert session.state.power is None
        assert session.state.facts is not None
        assert here.peripheral.links == ()
        mark = len(watch.events)
        session.start()
        await watch.until(done(watch, mark))
        await session.close()

    with_air(tmp_path, test, 5)


def test_a_typed_home_says_so_until_its_label_is_shown(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        label = here.label

        async def same(_words: tuple[str, ...]) -> bool:
            return True

        pairing = await here.pairing.pair(Wanted.of_code(label.code, label.discriminator), confirm_words=same)
        session: HomeSession = session_of(here, pairing)
        watch = Watch(session)
        session._post = watch.post
        await session.open()
        session.start()
        await watch.until(done(watch))
        assert session.state.typed
        assert session.state.model == "rig"
        assert session.state.certified_to_hour is not None
        with pytest.raises(ForeignKey):
            await session.confirm_by_label(replace(label, meter_key=here.homes.device_key().public))
        assert session.state.typed
        await session.confirm_by_label(label)
        assert not session.state.typed
        # Coming back under the pairing as it was read does not take it away.
        await here.vanish()
        await watch.until(lambda: session.state.link is LinkState.AWAY)
        await here.appear()
        await watch.until(lambda: session.state.link is LinkState.CONNECTED)
        assert session.pairing.trust is Trust.LABEL
        await session.close()
        kept = here.homes.current()
        assert kept is not None
        assert kept.trust is Trust.LABEL
        assert not session_of(here, kept).state.typed

    with_air(tmp_path, test, 5)


def test_closed_while_a_lost_link_is_being_tidied_up_it_still_ends(tmp_path: Path) -> None:
    """A cancellation that meets the tidying-up is heeded after it, not taken for the link's own."""

    async def test(here: Air) -> None:
        session = session_of(here, await paired(here))
        watch = Watch(session)
        session._post = watch.post
        await session.open()
        session.start()
        await watch.until(done(watch))
        real, tidied = MeterLink.close, []

        async def slowly(link: MeterLink) -> None:
            await asyncio.sleep(5)
            await real(link)
            tidied.append(link)

        with patch.object(MeterLink, "close", slowly):
            await here.vanish()
            await asyncio.sleep(1)
            closing = asyncio.create_task(session.close())
            ended, _ = await asyncio.wait({closing}, timeout=30)
            closing.cancel()
        assert ended == {closing}
        assert len(tidied) == 1
        await here.appear()

    with_air(tmp_path, test, 5)
