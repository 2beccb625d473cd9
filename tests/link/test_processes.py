"""Air, meter and computer as three processes; the meter is killed, not asked, and comes back."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ohmstead.link.central import Central
from ohmstead.link.errors import LinkLost
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Stage
from ohmstead.link.virtual.adapter import BumbleAdapter
from ohmstead.meter.peers import Link, open_table
from tests.link.rig import MemoryStore, identity, request

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def process(
    module: str, *arguments: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, list[str]]]:
    """A process of this test and the words it prints first; killed at the end."""
    path = os.pathsep.join((str(ROOT / "app"), str(ROOT)))
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"tests.link.{module}",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        assert started.stdout is not None
        async with asyncio.timeout(60):
            words = (await started.stdout.readline()).decode().split()
        yield started, words
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


@pytest.mark.processes
async def test_a_meter_process_is_killed_and_comes_back(tmp_path: Path) -> None:
    store, who = MemoryStore(), identity()
    peers = tmp_path / "peers"
    async with process("process_air", "127.0.0.1:0", "127.0.0.1:0") as (_, names):
        adapter = await BumbleAdapter.open(names[0])
        central = Central(adapter.backend())
        async with process("process_meter", names[1], str(peers)) as (meter, words):
            assert words == ["ready"]
            nearby = await central.find(who.discriminator, pairing_open=True)
            async with await central.pair(nearby, request(who.label), store) as link:
                tiles = [tile async for tile in link.channel.stream(Method.PAGES, 50)]
                assert tiles == [n.to_bytes(2, "big") * 4000 for n in range(50)]
            link = await central.resume(await central.find(who.discriminator), link.pairing, store)
            waiting = asyncio.create_task(link.channel.call(Method.BEACON, timeout_s=None))
            await asyncio.sleep(0.1)
            meter.kill()
            with pytest.raises(LinkLost):
                await waiting
            await link.close()
        async with process("process_meter", names[1], str(peers)) as (_, words):
            assert words == ["ready"]
            async with await central.resume(
                await central.find(who.discriminator), link.pairing, store
            ) as again:
                assert again.pairing.stage is Stage.CONFIRMED
                assert await again.channel.call(Method.ABOUT) == [1, None]
        await adapter.close()
    (peer,) = open_table(peers).peers
    assert peer.link is Link.CONFIRMED
