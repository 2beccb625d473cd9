"""A witness: a real node over HTTP that knows the same history, another one, less, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.errors import UserError
from ohmstead.ledger.lightclient import Divergence
from ohmstead.node.client import NodeClient
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.witness import Witness, WitnessSeen, WitnessWord, ask, witness_address
from tests.helpers.homes import Street, street
from tests.helpers.ledger import Ledger


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    """A home that has mirrored three pages."""
    with street(tmp_path / "home", 3) as made:
        yield made.synced()


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("/")).rstrip("/")
    finally:
        await server.close()


def trusted(here: Street) -> HomeTrust:
    trust = here.home.home.trust
    assert trust is not None
    return trust


async def asked(here: Street, app: web.Application) -> WitnessSeen:
    async with serving(app) as address:
        client = NodeClient(address)
        try:
            return await ask(client, address, trusted(here), here.home.wall_ns())
        finally:
            await client.close()


async def test_the_same_history(here: Street) -> None:
    here.ledger.step(60)  # a witness further on knows the height all the same
    seen = await asked(here, here.ledger.rpc.application())
    assert (seen.word, seen.height) == (WitnessWord.SAME, trusted(here).head.height)
    assert seen.at_s == here.home.wall_ns() // 10**9


async def test_two_histories(here: Street, tmp_path: Path) -> None:
    """The same genesis and keys, another block at the height: validly signed, so it is evidence."""
    other = Ledger(tmp_path)
    while other.engine.height < trusted(here).head.height:
        other.step(61)
    try:
        with pytest.raises(Divergence) as caught:
            await asked(here, other.rpc.application())
        assert caught.value.ours.header.hash() == trusted(here).head.hash
        assert caught.value.theirs == other.block(trusted(here).head.height)
    finally:
        other.store.close()


async def test_a_witness_that_is_behind(here: Street, tmp_path: Path) -> None:
    other = Ledger(tmp_path)
    other.step()
    try:
        assert (await asked(here, other.rpc.application())).word is WitnessWord.BEHIND
    finally:
        other.store.close()


async def test_a_witness_of_another_ledger(here: Street, tmp_path: Path) -> None:
    other = Ledger(tmp_path, "elsewhere")
    while other.engine.height < trusted(here).head.height:
        other.step()
    try:
        assert (await asked(here, other.rpc.application())).word is WitnessWord.OTHER_CHAIN
    finally:
        other.store.close()


async def test_nobody_there(here: Street) -> None:
    client = NodeClient(address := f"http://127.0.0.1:{unused_port()}")
    try:
        seen = await ask(client, address, trusted(here), here.home.wall_ns())
    finally:
        await client.close()
    assert seen.word is WitnessWord.NOT_REACHED


@pytest.mark.parametrize(
    "result", ["null", '"AAAA"', '{"a": 1}', "[1]", '"' + "A" * 4096 + '"'], ids=lambda r: r[:8]
)
async def test_nonsense_is_the_witnesss_fault(here: Street, result: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        number = (await request.json())["id"]
        return web.Response(text=f'{{"jsonrpc": "2.0", "id": {number}, "result": {result}}}')

    app = web.Application()
    app.router.add_post("/", answer)
    assert (await asked(here, app)).word is WitnessWord.AT_FAULT


async def test_asking_goes_on_and_tells_of_two_histories_once(here: Street, tmp_path: Path) -> None:
    other = Ledger(tmp_path)
    while other.engine.height < trusted(here).head.height:
        other.step(61)
    told: list[Divergence] = []
    seen: asyncio.Queue[WitnessSeen] = asyncio.Queue()
    async with serving(other.rpc.application()) as address:
        witness = Witness(
            address, lambda: trusted(here), seen.put_nowait, told.append, here.home.wall_ns
        )  # fmt: skip
        task = asyncio.create_task(witness.run())
        async with asyncio.timeout(20):
            assert (await seen.get()).word is WitnessWord.TWO_HISTORIES
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert len(told) == 1
    other.store.close()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("https://witness.example", "https://witness.example"),
        (" https://witness.example:8443/ ", "https://witness.example:8443"),
        ("http://127.0.0.1:26657", "http://127.0.0.1:26657"),
    ],
)
def test_addresses(typed: str, kept: str) -> None:
    assert witness_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "witness.example",
        "ftp://a",
        "https://",
        "https://a:b@c",
        "https://a?b",
        "https://a:0",
        "https://a:99999",
        "https://[1",
    ],
)
def test_addresses_that_are_none(typed: str) -> None:
    with pytest.raises(UserError):
        witness_address(typed)


@given(text=st.text(max_size=400))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    with suppress(UserError):
        kept = witness_address(text)
        assert kept == "" or kept.startswith(("http://", "https://"))
