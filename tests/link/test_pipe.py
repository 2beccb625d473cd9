"""The pipe: records in order over a bad wire, and no wait that outlives it."""

from __future__ import annotations

import asyncio
import random

import pytest

from ohmstead.link.errors import FrameError, LinkError, LinkLost, LinkTimeout
from ohmstead.link.pipe import MAX_INBOX, Pipe
from tests.link.rig import Wire
from tests.link.warp import run


def lossy(seed: int, percent: int) -> object:
    dice = random.Random(seed)
    return lambda segment: None if dice.randrange(100) < percent else segment


def test_records_arrive_in_order_over_a_lossy_wire() -> None:
    async def main() -> None:
        wire = Wire(lossy(1, 8), lossy(2, 8))
        wire.app.allow_records(60_000)
        wire.meter.allow_records(60_000)
        records = [bytes((n,)) * (n * 997 % 20_000 + 1) for n in range(1, 30)]

        async def send(pipe: Pipe) -> None:
            for record in records:
                await pipe.write(record)

        async def receive(pipe: Pipe) -> list[bytes]:
            return [await pipe.read(120) for _ in records]

        done = await asyncio.gather(send(wire.app), send(wire.meter), receive(wire.app), receive(wire.meter))
        assert done[2] == done[3] == records
        assert wire.app.resent > 0
        await wire.aclose()

    run(main())


@pytest.mark.parametrize("how", ["close", "dead write", "protocol"])
def test_every_wait_ends_with_the_link(how: str) -> None:
    async def main() -> None:
        wire = Wire(lambda _segment: None)
        wire.app.allow_records(60_000)
        await wire.app.write(bytes(60_000))
        waits = [
            asyncio.create_task(wire.app.read()),
            asyncio.create_task(wire.app.write(bytes(60_000))),
            asyncio.create_task(wire.app.write(b"x")),
            asyncio.create_task(wire.app.wait_closed()),
            asyncio.create_task(wire.app.drain(3600)),
        ]
        await asyncio.sleep(0.1)
        assert not any(wait.done() for wait in waits)
        if how == "close":
            wire.app.close()
        elif how == "dead write":
            wire.dead = True
        else:
            wire.app.feed(b"\x02\x00\x00no beginning")
        ended = await asyncio.gather(*waits, return_exceptions=True)
        expected = FrameError if how == "protocol" else LinkLost
        assert [type(e) for e in ended[:3]] == [expected] * 3
        assert ended[3:] == [None, None]
        with pytest.raises(LinkError):
            await wire.app.read()
        with pytest.raises(LinkError):
            await wire.app.write(b"x")
        await wire.app.drain(1)
        await wire.aclose()

    run(main())


def test_a_silent_peer_is_given_up() -> None:
    async def main() -> None:
        wire = Wire(lambda _segment: None)
        await wire.app.write(b"hello?")
        with pytest.raises(FrameError, match="no progress"):
            await wire.app.read()
        await wire.aclose()

    run(main())


def test_a_read_that_times_out_leaves_the_pipe_open() -> None:
    async def main() -> None:
        wire = Wire()
        with pytest.raises(LinkTimeout):
            await wire.app.read(1)
        await wire.meter.write(b"late")
        assert await wire.app.read(1) == b"late"
        await wire.aclose()

    run(main())


def test_records_that_came_before_the_end_are_delivered() -> None:
    async def main() -> None:
        wire = Wire()
        await wire.meter.write(b"last words")
        await wire.meter.drain(1)
        wire.app.close()
        assert await wire.app.read() == b"last words"
        with pytest.raises(LinkLost):
            await wire.app.read()
        await wire.aclose()

    run(main())


def test_what_nobody_reads_does_not_pile_up() -> None:
    async def main() -> None:
        wire = Wire()
        for n in range(3 * MAX_INBOX):
            await wire.meter.write(bytes((n,)))
        await asyncio.sleep(3)
        assert len(wire.app._inbox) == MAX_INBOX
        assert [await wire.app.read(60) for _ in range(3 * MAX_INBOX)] == [bytes((n,)) for n in range(192)]
        await wire.aclose()

    run(main())


def test_a_cancelled_writer_does_not_hold_up_the_next() -> None:
    async def main() -> None:
        wire = Wire(lambda _segment: None)
        await wire.app.write(bytes(60_000))
        first = asyncio.create_task(wire.app.write(bytes(9)))
        second = asyncio.create_task(wire.app.write(bytes(9)))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0.1)
        assert not second.done()
        wire.cut()
        with pytest.raises(LinkLost):
            await second
        await wire.aclose()

    run(main())
