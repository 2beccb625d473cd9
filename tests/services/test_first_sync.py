"""The steps of a new home's first sync, over the virtual air: as they pass, and as they stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ohmstead.core.codec import Value
from ohmstead.ledger import tiles
from ohmstead.ledger.tiles import TileError
from ohmstead.services.connection import FIND_S, HEAD_EVERY_S
from ohmstead.services.first_sync import Checking, FirstNews, FirstPage, FirstStep, FirstSync, Stopped
from ohmstead.services.session import HomeSession
from tests.helpers.air import Air, with_air
from tests.services.test_session import paired, session_of

STEPS = [Checking(FirstStep.FIRST_BLOCK), Checking(FirstStep.PAGE)]


async def followed(here: Air) -> tuple[HomeSession, list[FirstNews]]:
    """A new home's session that runs, and what is told of its first sync."""
    news: list[FirstNews] = []
    session = session_of(here, await paired(here))
    session._post = FirstSync(news.append).hear
    await session.open()
    session.start()
    return session, news


async def until(news: list[FirstNews], kind: type[Any]) -> Any:
    for _ in range(4000):
        if news and isinstance(news[-1], kind):
            return news[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(news)


def test_from_the_first_block_to_the_first_page(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        session, news = await followed(here)
        page = await until(news, FirstPage)
        assert news[:-1] == STEPS
        assert page.newest_slot == here.meter.source.first_slot + 1199
        assert (page.model, page.typed) == ("rig", False)
        assert page.zone == session.state.zone is not None
        assert page.certified_to_hour == session.state.certified_to_hour
        await asyncio.sleep(3 * HEAD_EVERY_S)
        assert news[-1] is page, "the rest of the history is no news of the first page"
        await session.close()

    with_air(tmp_path, test, 100, 200)


def test_a_meter_without_a_page_yet_is_complete_too(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.meter.refresh()
        session, news = await followed(here)
        page = await until(news, FirstPage)
        assert page.newest_slot is None
        assert news[:-1] == STEPS
        await session.close()

    with_air(tmp_path, test)


def test_a_foreign_first_block_stops_at_the_ledger(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        genesis = here.meter.service.view.genesis
        here.meter.show(genesis=genesis[:-1] + bytes((genesis[-1] ^ 1,)))
        session, news = await followed(here)
        assert (await until(news, Stopped)).step is FirstStep.FIRST_BLOCK
        assert news[:-1] == STEPS[:1]
        # It stays on view while the meter is asked again, and goes when the truth comes.
        await asyncio.sleep(3 * HEAD_EVERY_S)
        assert isinstance(news[-1], Stopped)
        here.meter.show(genesis=genesis)
        await until(news, FirstPage)
        await session.close()

    with_air(tmp_path, test, 5)


def test_another_certificate_stops_at_the_certificate(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        news: list[FirstNews] = []
        session = session_of(here, replace(pairing, certificate=pairing.certificate[:-1] + b"x"))
        session._post = FirstSync(news.append).hear
        await session.open()
        session.start()
        assert (await until(news, Stopped)).step is FirstStep.CERTIFICATE
        await session.close()

    with_air(tmp_path, test, 5)


def test_an_altered_page_stops_at_the_page(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        real = here.meter.service._pages

        async def pages(params: Value) -> AsyncIterator[Value]:
            async for item in real(params):
                tile = tiles.Tile.from_value(item)
                wrong = bytes((tile.bodies[0] ^ 1,)) + tile.bodies[1:]
                yield [tile.first, *tile.to_value()[1:2], wrong, tile.size, list(tile.proof)]

        here.meter.service._pages = pages
        session, news = await followed(here)
        stopped = await until(news, Stopped)
        assert stopped.step is FirstStep.PAGE
        assert isinstance(stopped.error, TileError)
        assert news[:-1] == STEPS
        await session.close()

    with_air(tmp_path, test, 5)


def test_a_meter_that_goes_away_in_between_is_waited_for(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        await here.vanish()
        news: list[FirstNews] = []
        session = session_of(here, pairing)
        session._post = FirstSync(news.append).hear
        await session.open()
        session.start()
        await asyncio.sleep(2 * FIND_S)
        assert news[1] == Checking(FirstStep.FIRST_BLOCK, away=True)
        await here.appear()
        await until(news, FirstPage)
        await session.close()

    with_air(tmp_path, test, 5)
