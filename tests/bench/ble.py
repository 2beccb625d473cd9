"""Useful page bytes against raw notifications of the same virtual link (2M PHY, 15 ms, long packets).

The raw run sends notifications of the link's own segment size as fast as the controller takes them; the
other run streams tiles through the whole link: messages, Noise, segments, acknowledgements. Real time.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bleak import BleakClient

from ohmstead.core.codec import Value
from ohmstead.link.frames import LARGE_SEGMENT
from ohmstead.link.gatt import TX
from ohmstead.link.messages import Method
from ohmstead.link.virtual.client import BumbleClient
from ohmstead.link.virtual.radio import Radio
from ohmstead.meter.peers import Peer
from tests.link.ble_rig import Home, Service, home

TOTAL_BYTES = 1_000_000
TILE_BYTES = 16_000
ROUNDS = 3
BUDGET = 0.80


async def _pages(_self: Service, _peer: Peer, _method: int, params: Value) -> AsyncIterator[Value]:
    assert isinstance(params, int)
    for _ in range(params):
        yield bytes(TILE_BYTES)


async def _raw(here: Home, total: int) -> float:
    """Bytes a second of bare notifications."""
    loop = asyncio.get_running_loop()
    client = BleakClient((await here.nearby()).handle, backend=BumbleClient)
    await client.connect()
    heard, done, began = 0, asyncio.Event(), 0.0

    def count(_characteristic: object, data: bytearray) -> None:
        nonlocal heard, began
        if not heard:
            began = loop.time()
        heard += len(data)
        if heard >= total:
            done.set()

    await client.start_notify(TX, count)
    slot = next(iter(here.meter._slots.values()))
    for _ in range(total // LARGE_SEGMENT + 2):
        await slot.write(bytes(LARGE_SEGMENT))
    await done.wait()
    rate = (heard - LARGE_SEGMENT) / (loop.time() - began)
    await client.disconnect()
    return rate


async def _whole(here: Home, total: int) -> tuple[float, float, float]:
    """(bytes a second of page data, seconds to pair, seconds to come back)."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    link = await here.pair()
    paired_s = loop.time() - began
    await link.close()
    began = loop.time()
    link = await here.resume(link)
    resumed_s = loop.time() - began
    heard, first = 0, 0.0
    async with contextlib.aclosing(link.channel.stream(Method.PAGES, total // TILE_BYTES)) as tiles:
        async for tile in tiles:
            assert isinstance(tile, bytes)
            if not first:
                first = loop.time()
            else:
                heard += len(tile)
    rate = heard / (loop.time() - first)
    await link.close()
    return rate, paired_s, resumed_s


async def _round() -> tuple[float, float, float, float]:
    async with home(Radio()) as here:
        here.service.stream = _pages.__get__(here.service)
        raw = await _raw(here, TOTAL_BYTES)
        return (raw, *await _whole(here, TOTAL_BYTES))


def run() -> dict[str, object]:
    """Medians of alternating runs: rates in bytes a second, times in milliseconds, the ratio."""
    rounds = sorted((asyncio.run(_round()) for _ in range(ROUNDS)), key=lambda r: r[1] / r[0])
    raw, useful, paired_s, resumed_s = rounds[len(rounds) // 2]
    return {
        "raw_notifications_bytes_per_s": round(raw),
        "useful_page_bytes_per_s": round(useful),
        "ratio": round(useful / raw, 3),
        "budget_ratio": BUDGET,
        "within_budget": useful / raw >= BUDGET,
        "pair_ms": round(paired_s * 1000),
        "resume_ms": round(resumed_s * 1000),
    }
