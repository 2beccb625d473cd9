"""Requests, answers, streams and events over a session; the same code at both ends.

Here: ids, credits, cancellation, bounds, and the promise that every wait ends when the link does. Not here:
what a method does (a ``Handler``), message shapes (``messages``). One event loop; not thread-safe.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Protocol

from ohmstead.core.codec import Value
from ohmstead.link.errors import LinkError, LinkLost, LinkTimeout, MessageError, RefusalCode, Refused
from ohmstead.link.messages import (
    Cancel,
    Credit,
    End,
    Error,
    Event,
    Item,
    Message,
    Request,
    Response,
    pack,
    unpack,
)
from ohmstead.link.secure import MAX_SESSION_RECORD, SecureLink

MAX_OUTSTANDING = 16
FIRST_CREDIT = 8
DEFAULT_TIMEOUT_S = 30.0
_DRAIN_S = 2.0
_log = logging.getLogger(__name__)


class Handler(Protocol):
    """What answers the other side's requests. Raise Refused to refuse; anything else is a bug of ours."""

    async def call(self, method: int, params: Value) -> Value:
        """The one answer to a request."""

    def stream(self, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a stream; closed early if the other side cancels or leaves."""


class NoHandler:
    """Refuses everything: the app's side, which answers no requests."""

    async def call(self, method: int, params: Value) -> Value:
        """Always refused."""
        raise Refused(RefusalCode.UNSUPPORTED)

    def stream(self, method: int, params: Value) -> AsyncIterator[Value]:
        """Always refused."""
        raise Refused(RefusalCode.UNSUPPORTED)


class _Waiting:
    """A request of ours that is not over."""

    def __init__(self, credit: int | None) -> None:
        self.credit = credit  # None: one answer
        self.arrived: deque[Item | Response | End | Error] = deque()
        self.ready = asyncio.Event()
        self.next_index = 0
        self.over = False


class _Serving:
    """A request of theirs that is not over."""

    def __init__(self, credit: int | None) -> None:
        self.credit = credit
        self.more = asyncio.Event()
        self.task: asyncio.Task[None] | None = None


class Channel:
    """One side of an established session. ``start`` it once; ``close`` it when done.

    ``on_event`` is called on the loop for every event of the other side and must not block.
    """

    def __init__(
        self,
        link: SecureLink,
        handler: Handler | None = None,
        on_event: Callable[[int, Value], None] | None = None,
    ) -> None:
        self._link = link
        self._handler: Handler = handler if handler is not None else NoHandler()
        self._on_event = on_event
        self._waiting: dict[int, _Waiting] = {}
        self._serving: dict[int, _Serving] = {}
        self._next_id = 0
        self._reader: asyncio.Task[None] | None = None

    # ---- life --------------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether the link has ended."""
        return self._link.pipe.closed

    @property
    def failure(self) -> LinkError | None:
        """What ended the link; None while it lives."""
        return self._link.pipe.failure

    def start(self) -> None:
        """Begin to read. The session's records may be as long as a message from now on."""
        self._link.pipe.allow_records(MAX_SESSION_RECORD)
        self._reader = asyncio.get_running_loop().create_task(self._read(), name="channel")

    async def wait_closed(self) -> None:
        """Wait until the link has ended and everything that served it has stopped."""
        await self._link.pipe.wait_closed()
        if self._reader is not None:
            await asyncio.wait({self._reader})

    async def close(self) -> None:
        """Let what was sent arrive, then end the link. Idempotent."""
        if not self.closed:
            await self._link.pipe.drain(_DRAIN_S)
        self._link.pipe.close()
        if self._reader is not None and self._reader is not asyncio.current_task():
            await asyncio.wait({self._reader})
        await self._link.pipe.aclose()

    async def _read(self) -> None:
        try:
            while True:
                await self._take(unpack(await self._link.receive()))
        except LinkError as error:
            self._link.pipe.close(error)
        except Exception:
            _log.exception("the channel's reader failed")
        finally:
            self._link.pipe.close()
            for waiting in self._waiting.values():
                waiting.ready.set()
            tasks = [serving.task for serving in self._serving.values() if serving.task is not None]
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, message: Message) -> None:
        await self._link.send(pack(message))

    def _gone(self) -> LinkError:
        failure = self.failure
        return failure if failure is not None else LinkLost("closed")

    # ---- asking ------------------------------------------------------------------------------

    def _open(self, credit: int | None) -> tuple[int, _Waiting]:
        if self.closed:
            raise self._gone()
        if len(self._waiting) >= MAX_OUTSTANDING:
            raise Refused(RefusalCode.TOO_MANY)
        self._next_id = self._next_id + 1 & 0xFFFF_FFFF
        waiting = self._waiting[self._next_id] = _Waiting(credit)
        return self._next_id, waiting

    async def _next(self, waiting: _Waiting, timeout_s: float | None) -> Item | Response | End | Error:
        try:
            async with asyncio.timeout(timeout_s):
                while not waiting.arrived:
                    if self.closed:
                        raise self._gone()
                    waiting.ready.clear()
                    await waiting.ready.wait()
        except TimeoutError as error:
            raise LinkTimeout("no answer to a request") from error
        return waiting.arrived.popleft()

    async def _finish(self, id_: int, waiting: _Waiting) -> None:
        """Forget a request; tell the other side if it is still at work on it."""
        self._waiting.pop(id_, None)
        if not waiting.over and not self.closed:
            with contextlib.suppress(LinkError):
                await self._send(Cancel(id_))

    async def call(
        self, method: int, params: Value = None, *, timeout_s: float | None = DEFAULT_TIMEOUT_S
    ) -> Value:
        """The answer to one request. Raises Refused, LinkTimeout, LinkLost (or what ended the link)."""
        id_, waiting = self._open(None)
        try:
            await self._send(Request(id_, method, params))
            answer = await self._next(waiting, timeout_s)
        finally:
            await self._finish(id_, waiting)
        if isinstance(answer, Error):
            raise Refused(answer.code, answer.detail)
        assert isinstance(answer, Response)
        return answer.result

    async def stream(
        self,
        method: int,
        params: Value = None,
        *,
        credit: int = FIRST_CREDIT,
        timeout_s: float | None = DEFAULT_TIMEOUT_S,
    ) -> AsyncGenerator[Value, None]:
        """The items of one stream; at most ``credit`` of them are under way at a time.

        ``timeout_s`` bounds the wait for each item. Leaving the loop early cancels the stream: wrap it in
        ``contextlib.aclosing`` so that this happens at once. Raises as ``call``.
        """
        id_, waiting = self._open(credit)
        taken = 0
        try:
            await self._send(Request(id_, method, params, credit))
            while True:
                answer = await self._next(waiting, timeout_s)
                if isinstance(answer, Error):
                    raise Refused(answer.code, answer.detail)
                if not isinstance(answer, Item):
                    return
                yield answer.value
                taken += 1
                if taken * 2 >= credit and not waiting.over:
                    assert waiting.credit is not None
                    waiting.credit += taken
                    await self._send(Credit(id_, taken))
                    taken = 0
        finally:
            await self._finish(id_, waiting)

    async def emit(self, topic: int, value: Value) -> None:
        """Send an event. Raises what ended the link."""
        await self._send(Event(topic, value))

    # ---- taking ------------------------------------------------------------------------------

    async def _take(self, message: Message) -> None:
        match message:
            case Request():
                await self._serve(message)
            case Credit(id_, count):
                if (serving := self._serving.get(id_)) is not None and serving.credit is not None:
                    serving.credit += count
                    serving.more.set()
            case Cancel(id_):
                if (serving := self._serving.get(id_)) is not None and serving.task is not None:
                    serving.task.cancel()
            case Event(topic, value):
                if self._on_event is not None:
                    self._on_event(topic, value)
            case _:
                self._answer(message)

    def _answer(self, message: Response | Error | Item | End) -> None:
        waiting = self._waiting.get(message.id)
        if waiting is None:
            return  # cancelled here while the answer was on the air
        if isinstance(message, Item):
            if waiting.credit is None or waiting.credit < 1 or message.index != waiting.next_index:
                raise MessageError("an item that was not asked for, or out of order")
            waiting.credit -= 1
            waiting.next_index += 1
        else:
            wrong_kind = isinstance(message, Response) is not (waiting.credit is None)
            if waiting.over or (wrong_kind and not isinstance(message, Error)):
                raise MessageError("an answer of the wrong kind, or a second one")
            waiting.over = True
        waiting.arrived.append(message)
        waiting.ready.set()

    async def _serve(self, request: Request) -> None:
        if request.id in self._serving:
            raise MessageError("a request with the number of one that is not over")
        if len(self._serving) >= MAX_OUTSTANDING:
            await self._send(Error(request.id, RefusalCode.TOO_MANY, b""))
            return
        serving = self._serving[request.id] = _Serving(request.credit)
        serving.task = asyncio.get_running_loop().create_task(self._work(request, serving))

    async def _work(self, request: Request, serving: _Serving) -> None:
        try:
            if request.credit is None:
                answer: Message = Response(
                    request.id, await self._handler.call(request.method, request.params)
                )
            else:
                answer = await self._feed(request, serving)
            await self._send(answer)
        except Refused as error:
            await self._refuse(request.id, error.code, error.detail)
        except LinkError as error:
            if not self.closed:  # the answer was too long to be a message
                _log.warning("request %d of method %d failed: %s", request.id, request.method, error)
                await self._refuse(request.id, RefusalCode.FAILED, b"")
        except Exception:
            _log.exception("request %d of method %d failed", request.id, request.method)
            await self._refuse(request.id, RefusalCode.FAILED, b"")
        finally:
            self._serving.pop(request.id, None)

    async def _refuse(self, id_: int, code: int, detail: bytes) -> None:
        with contextlib.suppress(LinkError):
            await self._send(Error(id_, code, detail))

    async def _feed(self, request: Request, serving: _Serving) -> Message:
        index = 0
        items = self._handler.stream(request.method, request.params)
        try:
            async for value in items:
                assert serving.credit is not None
                while serving.credit < 1:
                    serving.more.clear()
                    await serving.more.wait()
                serving.credit -= 1
                await self._send(Item(request.id, index, value))
                index += 1
        finally:
            if isinstance(items, AsyncGenerator):
                await items.aclose()
        return End(request.id, index)
