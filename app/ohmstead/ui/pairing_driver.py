"""Drives pairing for the window: the radio's coroutines on the io thread, posted states back.

Implements ``presenters.pairing.PairingController`` over the pairing service. Here: which failure is which
state, one thing at a time, cancelling. Not here: the steps of pairing (``services.pairing``), its page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.central import Nearby
from ohmstead.link.errors import BluetoothOff, Busy, LinkError, NoPermission, PairingClosed, WrongCode
from ohmstead.link.label import LabelError
from ohmstead.link.pairing import ConfirmWords, Pairing
from ohmstead.services.pairing import Wanted
from ohmstead.ui.presenters.pairing import NearbyMeter, PairingPhase, PairingState

SCAN_S = 4.0
PAUSE_S = 2.0           # before looking again while Bluetooth is off

_PHASES: tuple[tuple[type[BaseException], PairingPhase], ...] = (
    (BluetoothOff, PairingPhase.RADIO_OFF), (NoPermission, PairingPhase.RADIO_OFF),
    (Busy, PairingPhase.BUSY), (PairingClosed, PairingPhase.CLOSED), (WrongCode, PairingPhase.WRONG_CODE),
)


@dataclass(frozen=True, slots=True)
class HomePaired:
    """Posted once a home is paired and its pairing kept: whoever opens homes opens this one."""

    pairing: Pairing


class Io(Protocol):
    """What the driver needs of the io thread."""

    def submit(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Run a coroutine on the io thread."""
        ...


class Scanner(Protocol):
    """What the driver needs of the radio."""

    async def scan(
        self, seconds: float = ..., *, on_found: Callable[[Nearby], None] | None = None
    ) -> tuple[Nearby, ...]:
        """The meters heard within a time."""
        ...


class Pairs(Protocol):
    """What the driver needs of the pairing service."""

    async def pair(
        self, wanted: Wanted, *, nearby: Nearby | None = None, confirm_words: ConfirmWords | None = None
    ) -> Pairing:
        """Pair to the end. Raises the failures of the link."""
        ...


class PairingDriver:
    """See ``PairingController``. Its methods are called on main; what it remembers lives on the io thread."""

    def __init__(self, io: Io, scanner: Scanner, service: Pairs, post: Callable[[object], None]) -> None:
        self._io, self._scanner, self._service, self._post = io, scanner, service, post
        self._running: Future[None] | None = None
        self._turn = asyncio.Lock()
        self._heard: dict[str, Nearby] = {}
        self._answer: asyncio.Future[bool] | None = None

    def search(self) -> None:
        """Look for meters until something else is asked."""
        self._replace(self._search())

    def pair(self, handle: str, code: str) -> None:
        """Pair with a meter that was heard."""
        self._replace(self._pair(handle, code))

    def confirm_words(self, same: bool) -> None:
        """Answer the question for the words. Without a question nothing happens."""
        self._io.submit(self._confirm(same))

    def cancel(self) -> None:
        """Stop whatever runs. Idempotent."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _replace(self, work: Coroutine[Any, Any, None]) -> None:
        self.cancel()
        self._running = self._io.submit(work)

    async def _search(self) -> None:
        async with self._turn:
            while True:
                try:
                    found = await self._scanner.scan(SCAN_S, on_found=self._hear)
                    self._heard = {near.address: near for near in found}
                    self._say(PairingPhase.SEARCHING)
                except (LinkError, ExternalError) as error:
                    self._say(_phase(error), error)
                    await asyncio.sleep(PAUSE_S)

    def _hear(self, near: Nearby) -> None:
        """A meter was heard: it is shown at once, not at the end of the scan."""
        self._heard[near.address] = near
        self._say(PairingPhase.SEARCHING)

    async def _pair(self, handle: str, code: str) -> None:
        async with self._turn:
            near = self._heard.get(handle)
            if near is None:
                return
            self._say(PairingPhase.WORKING)
            try:
                wanted = Wanted.of_code(code, near.discriminator)
                pairing = await self._service.pair(wanted, nearby=near, confirm_words=self._compare)
            except (LinkError, LabelError, ExternalError, UserError, VerificationError) as error:
                self._say(_phase(error), error)
            else:
                self._post(HomePaired(pairing))
                self._say(PairingPhase.PAIRED)

    async def _compare(self, words: tuple[str, ...]) -> bool:
        """Show the words and wait for the person."""
        self._answer = asyncio.get_running_loop().create_future()
        self._post(PairingState(PairingPhase.WORDS, self._meters(), words))
        try:
            same = await self._answer
        finally:
            self._answer = None
        self._say(PairingPhase.WORKING)
        return same

    async def _confirm(self, same: bool) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(same)

    def _say(self, phase: PairingPhase, error: BaseException | None = None) -> None:
        detail, failure = ("", "") if error is None else (str(error), type(error).__name__)
        self._post(PairingState(phase, self._meters(), detail=detail, failure=failure))

    def _meters(self) -> tuple[NearbyMeter, ...]:
        near = sorted(self._heard.values(), key=lambda one: (not one.pairing_open, one.mark, one.address))
        return tuple(NearbyMeter(one.address, one.mark, one.rssi, one.pairing_open) for one in near)


def _phase(error: BaseException) -> PairingPhase:
    return next((phase for kind, phase in _PHASES if isinstance(error, kind)), PairingPhase.FAILED)
