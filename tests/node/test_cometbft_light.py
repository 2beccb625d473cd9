"""CometBFT's own light client follows the embedded chain and refuses its lies.

Runs where a ``cometbft`` v0.38 binary is on the PATH (``go install
github.com/cometbft/cometbft/cmd/cometbft@v0.38.25``), and says so where there is none.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from aiohttp.test_utils import TestServer, unused_port

from ohmstead.node.rpc import Rpc
from tests.node.little import GENESIS_S, SECOND, grow
from tests.node.test_rpc import Served

COMETBFT = shutil.which("cometbft")
HEIGHTS = 30
Change = Callable[[Any], None]

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(COMETBFT is None, reason="no cometbft binary on the PATH"),
]


class Liar(Rpc):
    """An RPC that changes the results of one method."""

    method = ""

    def change(self, result: Any) -> None:
        """Nothing, until a test sets it."""

    def answer(self, request: object) -> dict[str, object]:
        answer = super().answer(request)
        if isinstance(request, dict) and request.get("method") == self.method and "result" in answer:
            self.change(answer["result"])
        return answer


@asynccontextmanager
async def light(served: Served) -> AsyncIterator[tuple[Liar, Callable[[str], Any]]]:
    """The light proxy between us and the engine: (the primary, a GET of the proxy)."""
    assert COMETBFT is not None
    engine = served.engine
    primary = Liar(engine, served.advance, served.wake, lambda: True)
    servers = [TestServer(primary.application()), TestServer(served.rpc.application())]
    for server in servers:
        await server.start_server()
    first = engine.light_block(1)
    assert first is not None
    # A short path of its own: the proxy's database takes locks in it.
    home, port = tempfile.mkdtemp(prefix="light"), unused_port()
    process = await asyncio.create_subprocess_exec(
        COMETBFT, "light", engine.genesis.chain_id,
        "-p", str(servers[0].make_url("")).rstrip("/"), "-w", str(servers[1].make_url("")).rstrip("/"),
        "--height", "1", "--hash", first.header.hash().hex(), "--home-dir", home,
        "--laddr", f"tcp://127.0.0.1:{port}", "--trusting-period", "876000h",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    async with ClientSession() as session:

        async def get(path: str) -> Any:
            for _ in range(600):
                assert process.returncode is None, "the light client gave up"
                try:
                    async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                        return await response.json()
                except ClientConnectionError:
                    await asyncio.sleep(0.05)
            raise AssertionError("the light client never listened")

        try:
            yield primary, get
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
            for server in servers:
                await server.close()
            shutil.rmtree(home)


@pytest.fixture
def served(tmp_path: Path) -> Served:
    made = Served(tmp_path, (GENESIS_S + 400) * SECOND)  # all of it in the past
    grow(made.engine, HEIGHTS - made.engine.height - 1)
    made.engine.step(made.engine.time_ns + 10**9)
    return made


async def test_it_follows_every_height_and_checks_our_state_proofs(served: Served) -> None:
    async with light(served) as (_, get):
        for height in [HEIGHTS, *range(1, HEIGHTS)]:
            answer = await get(f"/commit?height={height}")
            block = served.engine.light_block(height)
            assert block is not None
            assert "result" in answer, (height, answer)
            stated = answer["result"]["signed_header"]["commit"]["block_id"]["hash"]
            assert stated == block.header.hash().hex().upper()
        for path in ("/status", "/health", "/block?height=9", "/validators?height=9",
                     "/blockchain?minHeight=3&maxHeight=9", "/consensus_params?height=9"):  # fmt: skip
            assert "result" in await get(path), path
        query = f'/abci_query?path="/store/kv/key"&data=0x{b"k5".hex()}'
        assert (await get(query))["result"]["response"]["value"] == "djU="


def header(result: Any) -> Any:
    return result["signed_header"]["header"]


def vote(result: Any) -> Any:
    return result["signed_header"]["commit"]["signatures"][0]


LIES: list[tuple[str, str, Change]] = [
    ("app hash", "commit", lambda r: header(r).update(app_hash="00" * 32)),
    ("time", "commit", lambda r: header(r).update(time="2030-01-01T00:00:00Z")),
    ("signature", "commit", lambda r: vote(r).update(signature="A" * 86 + "==")),
    ("vote time", "commit", lambda r: vote(r).update(timestamp="2026-01-01T00:00:00Z")),
    ("power", "validators", lambda r: r["validators"][1].update(voting_power="11")),
    ("a validator less", "validators", lambda r: r["validators"].pop()),
]


@pytest.mark.parametrize(("_name", "method", "change"), LIES, ids=[lie[0] for lie in LIES])
async def test_it_refuses_a_lie(served: Served, _name: str, method: str, change: Change) -> None:
    async with light(served) as (primary, get):
        assert "result" in await get("/commit?height=2")
        primary.method, primary.change = method, change
        answer = await get("/commit?height=20")
        assert "result" not in answer, answer


async def test_it_refuses_a_changed_value(served: Served) -> None:
    async with light(served) as (primary, get):
        assert "result" in await get("/commit?height=20")
        primary.method = "abci_query"
        primary.change = lambda r: r["response"].update(value="eHg=")
        answer = await get(f'/abci_query?path="/store/kv/key"&data=0x{b"k5".hex()}')
        assert "result" not in answer, answer
