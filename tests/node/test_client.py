"""The client: typed answers from a real server, typed errors from everything else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.ledger.statetree import verify_presence
from ohmstead.node.client import NodeBusy, NodeClient, NodeRefused, NodeUnreachable
from ohmstead.node.embedded import MEMPOOL_SIZE
from tests.node.test_rpc import Served


@asynccontextmanager
async def client_of(app: web.Application) -> AsyncIterator[NodeClient]:
    server = TestServer(app)
    await server.start_server()
    client = NodeClient(str(server.make_url("/")))
    try:
        yield client
    finally:
        await client.close()
        await server.close()


async def test_against_a_real_node(tmp_path: Path) -> None:
    served = Served(tmp_path)
    async with client_of(served.rpc.application()) as client:
        status = await client.status()
        assert (status.chain_id, status.height, status.replaying) == ("little-embedded", 6, True)
        assert await client.genesis() == served.engine.genesis.to_cbor()
        block = await client.light_block()
        assert block == served.engine.light_block(6)
        assert (await client.light_block(2)).height == 2
        height, value = await client.proof("kv", b"k5")
        assert height == 5
        assert value is not None
        verify_presence(block.header.app_hash, "kv", b"k5", value.value, value.proof)
        assert await client.proof("kv", b"zz") == (5, None)
        answer = await client.broadcast(b"no")
        assert (answer.code, answer.data, answer.log) == (1, b"\x07", "refused")
        assert (await client.broadcast(b"a=1")).code == 0
        first, second = await client.many([("health", {}), ("ohmstead_advance", {"to": 1_900_000_000})])
        assert (first, second) == ({}, "7")
        with pytest.raises(NodeRefused) as caught:
            await client.light_block(99)
        assert "must be less than or equal to" in caught.value.data


async def test_a_full_mempool_means_later(tmp_path: Path) -> None:
    served = Served(tmp_path)
    for i in range(MEMPOOL_SIZE):
        served.engine.submit(b"k%d=1" % i)
    async with client_of(served.rpc.application()) as client:
        with pytest.raises(NodeBusy):
            await client.broadcast(b"one=more")


async def test_nobody_there() -> None:
    client = NodeClient(f"http://127.0.0.1:{unused_port()}/")
    with pytest.raises(NodeUnreachable):
        await client.status()
    await client.close()


def answering(body: bytes) -> web.Application:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_post("/", answer)
    return app


CALLS: list[Callable[[NodeClient], Awaitable[object]]] = [
    lambda c: c.status(),
    lambda c: c.genesis(),
    lambda c: c.light_block(),
    lambda c: c.proof("kv", b"k"),
    lambda c: c.broadcast(b"tx"),
]
LIES = [
    b"", b"not json", b"[]", b"1", b"null", b'{"id": 1}', b'{"id": 1, "result": 5}',
    b'{"id": 1, "result": "%"}',
    b'{"id": 1, "result": {}}', b'{"id": 1, "result": {"code": "x"}}', b'{"id": 1, "result": {"data": 5}}',
    b'{"id": 1, "error": 7}', b'{"id": 2, "result": {}}', b"[" * 100_000,
    json.dumps({"id": 1, "result": "aGVsbG8="}).encode(), b'{"id": [], "result": 1}', b" " * ((4 << 20) + 1),
]  # fmt: skip


@pytest.mark.parametrize("body", LIES, ids=range(len(LIES)))
async def test_a_lying_node_gets_typed_errors(body: bytes) -> None:
    async with client_of(answering(body)) as template:
        for call in CALLS:
            client = NodeClient(template._url)
            try:
                answer = await call(client)
            except (ExternalError, VerificationError):
                continue
            finally:
                await client.close()
            assert call in CALLS[1:2] or call is CALLS[4], answer
