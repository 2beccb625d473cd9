"""The asyncio driver around ``frames``: one task writes, one queue delivers, every wait can end.

Here: records in and out over an awaitable ``write`` of segments. Not here: the state machine (``frames``),
where segments go (``central``, the meter's peripheral). One event loop; not thread-safe.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable

from ohmstead.link.errors import FrameError, LinkError, LinkLost, LinkTimeout
from ohmstead.link.frames import MAX_RECORD, Framer

#: A record may be queued once fewer bytes than this wait to be cut: keeps an urgent message's wait short.
HIGH_WATER_BYTES = 32 << 10
MAX_INBOX = 64


class Pipe:
    """Records over segments. ``write`` sends one segment and returns when another may follow.

    ``write`` may raise anything: the pipe then closes with LinkLost. Closing is idempotent; after it every
    wait, present and future, raises the failure it closed with.
    """

    def __init__(
        self, write: Callable[[bytes], Awaitable[None]], size: int, *, max_record: int = MAX_RECORD
    ) -> None:
        self._write = write
        self._framer = Framer(size, max_record=max_record)
        self._inbox: deque[bytes] = deque()
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._order = asyncio.Lock()
        self._failure: LinkError | None = None
        self._ended = asyncio.Event()
        self._task = self._loop.create_task(self._pump(), name="pipe")

    @property
    def closed(self) -> bool:
        """Whether the pipe has ended."""
        return self._failure is not None

    @property
    def failure(self) -> LinkError | None:
        """What ended the pipe."""
        return self._failure

    @property
    def resent(self) -> int:
        """Segments sent more than once so far."""
        return self._framer.sender.resent

    def allow_records(self, max_record: int) -> None:
        """Raise the cap on incoming records, once the other side has proved who it is."""
        self._framer.receiver.max_record = max_record

    def _now_ms(self) -> int:
        return int(self._loop.time() * 1000)

    def feed(self, segment: bytes) -> None:
        """Take a segment off the air. Called by the radio's callback, on this loop; never raises."""
        if self._failure is not None:
            return
        try:
            record = self._framer.receive(segment, self._now_ms(), room=len(self._inbox) < MAX_INBOX)
        except FrameError as error:
            self._fail(error)
            return
        if record is not None:
            self._inbox.append(record)
            self._arrived.set()
        self._wake.set()

    async def _pump(self) -> None:
        try:
            while self._failure is None:
                self._wake.clear()
                while (segment := self._framer.next_segment(self._now_ms())) is not None:
                    self._flow()
                    await self._write(segment)
                self._flow()
                deadline = self._framer.deadline_ms
                wait_s = None if deadline is None else max(0.001, (deadline - self._now_ms()) / 1000)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait_s):
                        await self._wake.wait()
        except FrameError as error:
            self._fail(error)
        except Exception as error:
            # Whatever the radio's library raises when a link dies under a write: its type is not ours.
            self._fail(LinkLost(f"write failed: {error!r}"))

    def _flow(self) -> None:
        if self._framer.sender.queued_bytes < HIGH_WATER_BYTES:
            self._room.set()
        else:
            self._room.clear()
        if self._framer.sender.idle:
            self._idle.set()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    async def send(self, make: Callable[[], bytes]) -> None:
        """Queue the record that ``make`` returns, as soon as there is room.

        ``make`` runs at the moment of queueing, so that what it encrypts is sent in the order of its nonces.
        """
        async with self._order:
            await self._room.wait()
            self._check()
            self._framer.put(make())
            self._idle.clear()
            if self._framer.sender.queued_bytes >= HIGH_WATER_BYTES:
                self._room.clear()
            self._wake.set()

    async def write(self, record: bytes) -> None:
        """Queue one record."""
        await self.send(lambda: record)

    async def read(self, timeout_s: float | None = None) -> bytes:
        """The next record. Raises what ended the pipe (records that came before are still delivered).

        Raises LinkTimeout, leaving the pipe open, when none came in time.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not self._inbox:
                    self._check()
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError as error:
            raise LinkTimeout("no answer") from error
        return self._inbox.popleft()

    async def drain(self, timeout_s: float) -> None:
        """Wait until everything sent has been acknowledged, the pipe has ended, or the time is up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._idle.wait()

    async def wait_closed(self) -> None:
        """Wait until the pipe has ended."""
        await self._ended.wait()

    def _fail(self, failure: LinkError) -> None:
        if self._failure is None:
            self._failure = failure
            for event in (self._wake, self._arrived, self._room, self._idle, self._ended):
                event.set()

    def close(self, failure: LinkError | None = None) -> None:
        """End the pipe; everything that waits on it raises ``failure`` (LinkLost by default)."""
        self._fail(failure or LinkLost("closed"))

    async def aclose(self) -> None:
        """End the pipe and wait for its task."""
        self.close()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
