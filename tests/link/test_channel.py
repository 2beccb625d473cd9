"""The channel: answers, streams, credit, cancellation; and nothing that waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing

import pytest

from ohmstead.core.codec import Value
from ohmstead.link.channel import MAX_OUTSTANDING, Channel
from ohmstead.link.errors import LinkLost, LinkTimeout, MessageError, RefusalCode, Refused, SessionError
from ohmstead.link.messages import (
    Cancel,
    Credit,
    End,
    Error,
    Item,
    Message,
    Request,
    Response,
    pack,
    unpack,
)
from ohmstead.link.noise import Handshake, Mode
from ohmstead.link.secure import SecureLink
from tests.link.rig import Wire, static_key
from tests.link.warp import run


class Service:
    """Answers by method number: 1 echo, 2 refuse, 3 never, 4 bug, 5 too long; streams: 6 count, 9 endless."""

    def __init__(self) -> None:
        self.sent = 0
        self.closed = 0
        self.running = 0

    async def call(self, method: int, params: Value) -> Value:
        if method == 2:
            raise Refused(RefusalCode.NOT_FOUND, b"why")
        if method == 3:
            self.running += 1
            try:
                await asyncio.Event().wait()
            finally:
                self.running -= 1
        if method == 4:
            raise ZeroDivisionError("a bug")
        if method == 5:
            return bytes(60_000)
        return [method, params]

    async def stream(self, method: int, params: Value) -> AsyncIterator[Value]:
        try:
            if method == 2:
                raise Refused(RefusalCode.FORBIDDEN)
            assert isinstance(params, int)
            for n in range(params if method == 6 else 1 << 60):
                self.sent += 1
                yield n
        finally:
            self.closed += 1


def links(wire: Wire) -> tuple[SecureLink, SecureLink]:
    a, b = static_key("a"), static_key("b")
    one = Handshake(Mode.RESUME, initiator=True, static=a, info=b"", remote_static=b.public)
    other = Handshake(Mode.RESUME, initiator=False, static=b, info=b"", remote_static=a.public)
    other.read(one.write())
    one.read(other.write())
    assert one.session is not None
    assert other.session is not None
    return SecureLink(wire.app, one.session), SecureLink(wire.meter, other.session)


Test = Callable[[Channel, Channel, Service, Wire], Awaitable[None]]


def connected(test: Test) -> None:
    async def main() -> None:
        wire, service = Wire(), Service()
        app_link, meter_link = links(wire)
        app, meter = Channel(app_link), Channel(meter_link, service)
        app.start()
        meter.start()
        await test(app, meter, service, wire)
        await app.close()
        await meter.close()
        assert service.running == 0

    run(main())


def test_answers_find_their_questions() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        answers = await asyncio.gather(
            *(app.call(100 + n, [n, b"x" * n * 100]) for n in range(MAX_OUTSTANDING))
        )
        assert answers == [[100 + n, [n, b"x" * n * 100]] for n in range(MAX_OUTSTANDING)]

    connected(test)


def test_refusals_bugs_and_long_answers_are_answered() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        for method, code in ((2, RefusalCode.NOT_FOUND), (4, RefusalCode.FAILED), (5, RefusalCode.FAILED)):
            with pytest.raises(Refused) as caught:
                await app.call(method)
            assert caught.value.code is code
        with pytest.raises(Refused) as caught:
            await anext(app.stream(2))
        assert caught.value.code is RefusalCode.FORBIDDEN
        with pytest.raises(Refused) as caught:
            await meter.call(1)
        assert caught.value.code is RefusalCode.UNSUPPORTED
        with pytest.raises(Refused):
            await anext(meter.stream(6, 1))
        assert await app.call(1) == [1, None]
        with pytest.raises(MessageError):
            await app.call(1, bytes(60_000))
        assert await app.call(1) == [1, None]

    connected(test)


def test_a_request_that_times_out_is_cancelled_and_the_link_lives() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        with pytest.raises(LinkTimeout):
            await app.call(3, timeout_s=5)
        await asyncio.sleep(1)
        assert service.running == 0
        assert await app.call(1) == [1, None]

    connected(test)


def test_streams_interleave_and_end() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        async def collect(count: int) -> list[Value]:
            return [value async for value in app.stream(6, count)]

        found = await asyncio.gather(*(collect(count) for count in (0, 1, 7, 8, 9, 100)))
        assert found == [list(range(count)) for count in (0, 1, 7, 8, 9, 100)]
        assert await app.call(1) == [1, None]

    connected(test)


def test_a_stream_runs_no_further_ahead_than_its_credit() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        async with aclosing(app.stream(9, 0, credit=4)) as values:
            assert await anext(values) == 0
            await asyncio.sleep(60)
            assert service.sent <= 6
            assert [await anext(values) for _ in range(20)] == list(range(1, 21))
        await asyncio.sleep(1)
        assert service.closed == 1
        assert not meter._serving

    connected(test)


def test_more_requests_than_allowed_are_refused_on_both_sides() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        waiting = [asyncio.create_task(app.call(3)) for _ in range(MAX_OUTSTANDING)]
        await asyncio.sleep(1)
        with pytest.raises(Refused) as caught:
            await app.call(1)
        assert caught.value.code is RefusalCode.TOO_MANY
        app._waiting.clear()  # an app that does not count
        with pytest.raises(Refused) as caught:
            await app.call(1)
        assert caught.value.code is RefusalCode.TOO_MANY
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    connected(test)


@pytest.mark.parametrize("end", ["app", "meter", "cut"])
def test_every_wait_ends_with_the_link(end: str) -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        waits = [asyncio.create_task(app.call(3, timeout_s=None)) for _ in range(3)]
        stream = app.stream(9, 0, timeout_s=None)
        await anext(stream)

        async def read_on() -> None:
            async for _ in stream:
                await asyncio.sleep(0.001)

        waits.append(asyncio.create_task(read_on()))
        await asyncio.sleep(1)
        if end == "cut":
            wire.cut()
        else:
            await {"app": app, "meter": meter}[end].close()
            wire.cut()
        ended = await asyncio.gather(*waits, return_exceptions=True)
        assert [isinstance(e, LinkLost) for e in ended] == [True] * 4
        await meter.wait_closed()
        assert service.running == 0
        assert service.closed == 1
        with pytest.raises(LinkLost):
            await app.call(1)

    connected(test)


def test_events_arrive() -> None:
    async def main() -> None:
        wire = Wire()
        app_link, meter_link = links(wire)
        heard: list[tuple[int, Value]] = []
        app = Channel(app_link, on_event=lambda topic, value: heard.append((topic, value)))
        meter = Channel(meter_link)
        app.start()
        meter.start()
        await meter.emit(3, [1, b"x"])
        await app.emit(3, None)  # nobody listens: not an error
        await asyncio.sleep(1)
        assert heard == [(3, [1, b"x"])]
        await app.close()
        await meter.close()

    run(main())


def test_a_record_that_does_not_authenticate_ends_everything() -> None:
    async def test(app: Channel, meter: Channel, service: Service, wire: Wire) -> None:
        call = asyncio.create_task(app.call(3))
        await asyncio.sleep(1)
        await wire.meter.write(bytes(40))
        with pytest.raises(SessionError):
            await call
        assert isinstance(app.failure, SessionError)

    connected(test)


# ---- a peer that breaks the rules, inside an honest session -----------------------------------

Script = list[Message]


@pytest.mark.parametrize(
    "answers",
    [
        [Item(1, 0, None)],
        [Item(1, 1, None)],
        [End(1, None)],
        [Response(1, None), Response(1, None), Response(1, None)],
    ],
    ids=["item for a call", "item out of order", "end of a call", "answers after the answer"],
)
def test_a_call_answered_wrongly(answers: Script) -> None:
    async def main() -> None:
        wire = Wire()
        app_link, meter_link = links(wire)
        app = Channel(app_link)
        app.start()
        call = asyncio.create_task(app.call(1))
        wire.meter.allow_records(60_016)
        assert isinstance(unpack(await meter_link.receive()), Request)
        for answer in answers:
            await meter_link.send(pack(answer))
        ended = (await asyncio.gather(call, return_exceptions=True))[0]
        if isinstance(answers[0], Response):
            assert ended is None
        else:
            assert isinstance(ended, MessageError)
        await app.close()
        await wire.aclose()

    run(main())


@pytest.mark.parametrize(
    "answers",
    [
        [Item(1, 0, 0), Item(1, 2, 0)],
        [Item(1, 0, 0), Item(1, 0, 0)],
        [Item(1, n, 0) for n in range(3)],
        [Response(1, 0)],
        [End(1, 0), Error(1, 1, b"")],
    ],
    ids=["gap", "repeat", "beyond credit", "answer of a call", "two ends"],
)
def test_a_stream_answered_wrongly(answers: Script) -> None:
    async def main() -> None:
        wire = Wire()
        app_link, meter_link = links(wire)
        app = Channel(app_link)
        app.start()
        stream = app.stream(6, 1, credit=2)
        first = asyncio.create_task(anext(stream, None))
        await meter_link.receive()
        for answer in answers:
            await meter_link.send(pack(answer))
        await asyncio.sleep(1)
        await asyncio.gather(first, return_exceptions=True)
        assert isinstance(app.failure, MessageError)
        await stream.aclose()
        await app.close()
        await wire.aclose()

    run(main())


@pytest.mark.parametrize(
    "requests",
    [
        [Request(1, 3, None), Request(1, 3, None)],
        [b"\xff"],
        [b""],
        [Request(1, 9, 0, 1), Request(1, 9, 0, 1)],
    ],
    ids=["same number", "no message", "empty", "same stream"],
)
def test_a_peer_that_asks_wrongly_loses_its_link(requests: list[Message | bytes]) -> None:
    async def main() -> None:
        wire, service = Wire(), Service()
        app_link, meter_link = links(wire)
        meter = Channel(meter_link, service)
        meter.start()
        for request in requests:
            await app_link.send(request if isinstance(request, bytes) else pack(request))
        await meter.wait_closed()
        assert isinstance(meter.failure, MessageError)
        assert service.running == 0
        await meter.close()
        await wire.aclose()

    run(main())


def test_credit_and_cancel_for_nothing_are_ignored() -> None:
    async def main() -> None:
        wire, service = Wire(), Service()
        app_link, meter_link = links(wire)
        meter = Channel(meter_link, service)
        meter.start()
        wire.app.allow_records(60_016)
        for message in (Credit(5, 1), Cancel(5), Response(5, 0), Item(5, 0, 0), Request(1, 1, 7)):
            await app_link.send(pack(message))
        assert unpack(await app_link.receive()) == Response(1, [1, 7])
        await meter.close()
        await wire.aclose()

    run(main())
