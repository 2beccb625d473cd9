"""The pairing page's controller on the real radio: search, pair, follow the first sync, confirm by the label.

Built on main; its coroutines run on the io thread and answer through the bridge. One thing at a time on the
radio. Here: the order of it, and which failure is posted. Not here: the steps themselves (``services.pairing``,
``services.first_sync``), the page and its words (``ui.presenters``), the home that is opened (``NewHome``).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.ledger.lightclient import HeaderFromFuture
from ohmstead.link.central import Central, Nearby
from ohmstead.link.errors import BluetoothOff, LinkError, NoPermission
from ohmstead.link.label import Label, parse_qr
from ohmstead.link.pairing import Pairing
from ohmstead.services.events import Event
from ohmstead.services.first_sync import Checking, FirstNews, FirstPage, FirstStep, FirstSync, Stopped
from ohmstead.services.pairing import PairingService, PairStep, Wanted
from ohmstead.services.session import HomeState
from ohmstead.ui.presenters.pairing import NearbyMeter, PairedHome, PairingState
from ohmstead.ui.presenters.pairing_problems import Problem, problem_of
from ohmstead.ui.presenters.pairing_steps import STEP_OF, PairingPhase, Step

SCAN_S = 4.0
WINDOW_S = 120.0
#: Of a strength heard anew; the rest stays, so that rows do not change with every breath of air.
_FRESH = 0.4
_QR_START = "OHM1:"
_PHASES = {
    FirstStep.FIRST_BLOCK: (PairingPhase.FIRST_BLOCK, Problem.FIRST_BLOCK),
    FirstStep.CERTIFICATE: (PairingPhase.CERTIFICATE, Problem.CERTIFICATE),
    FirstStep.PAGE: (PairingPhase.PAGE, Problem.PAGE),
}
Submit = Callable[[Coroutine[Any, Any, Any]], "concurrent.futures.Future[Any]"]
Post = Callable[[object], None]


class NewHome(Protocol):
    """What becomes of a meter that was paired. All on the io loop."""

    async def make_way(self) -> None:
        """Leave the radio to pairing. Idempotent."""

    async def come_back(self) -> None:
        """Pairing has left the radio. Idempotent."""

    async def open_new(self, pairing: Pairing) -> None:
        """Open it as the home that is shown; its events go to ``RadioPairing.hear``."""

    async def check_again(self) -> None:
        """Ask its meter again at once for what did not hold."""

    async def confirm_by_label(self, label: Label) -> None:
        """Raise it to the trust of its whole label. Raises ForeignKey, WrongGenesis."""

    async def leave_new(self, pairing: Pairing) -> None:
        """Forget it again, here and at the meter if that is in reach."""


class RadioPairing:
    """Implements ``PairingController``. ``hear`` is called on the io loop, everything else on main."""

    def __init__(
        self,
        submit: Submit,
        post: Post,
        central: Callable[[], Central],
        service: Callable[[], PairingService],
        home: NewHome,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._submit = submit
        self._post = post
        self._central = central
        self._service = service
        self._home = home
        self._clock = clock
        self._running: concurrent.futures.Future[Any] | None = None
        self._found: dict[str, NearbyMeter] = {}
        self._handles: dict[str, Nearby] = {}
        self._words: asyncio.Future[bool] | None = None
        self._phase = PairingPhase.SEARCHING
        self._began_s = self._thought_s = 0.0
        self._paired: Pairing | None = None
        self._first: FirstSync | None = None
        self._refused = False
        self._done: PairedHome | None = None
        # One thing at a time on the radio: a cancelled scan has ended before a handshake begins.
        self._turn = asyncio.Lock()

    # ---- asked by the page --------------------------------------------------------------------

    def search(self) -> None:
        """Looks for meters until something else is asked for."""
        self._replace(self._search)

    def pair(self, handle: str, code: str) -> None:
        """Pairs with a meter that was found, by its label's code or the text of its QR picture."""
        self._replace(partial(self._pair, handle, code))

    def confirm_words(self, same: bool) -> None:
        """The person's answer to the six words."""
        waiting = self._words
        if waiting is not None:
            waiting.get_loop().call_soon_threadsafe(_settle, waiting, same)

    def confirm_label(self, qr_text: str) -> None:
        """Raises the home that was just paired to the trust of its label."""
        self._submit(self._confirm(qr_text))

    def check_again(self) -> None:
        """Asks the meter that was just paired again."""
        self._submit(self._check_again())

    def cancel(self) -> None:
        """Stops whatever runs and gives the radio back. A home that did not hold is forgotten again."""
        self.stop()
        paired, refused = self._paired, self._refused
        self._forget_visit()
        if paired is not None and refused:
            self._submit(self._home.leave_new(paired))
        self._submit(self._in_turn(self._home.come_back))

    def stop(self) -> None:
        """Stops whatever runs. Any thread."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _forget_visit(self) -> None:
        self._paired, self._first, self._refused, self._done = None, None, False, None

    # ---- one thing at a time ------------------------------------------------------------------

    def _replace(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.stop()
        self._forget_visit()
        self._running = self._submit(self._in_turn(work))

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async with self._turn:
            await work()

    def _say(self, phase: PairingPhase, **more: Any) -> None:
        self._phase = phase
        self._post(PairingState(phase, **more))

    # ---- searching ----------------------------------------------------------------------------

    async def _search(self) -> None:
        await self._home.make_way()
        self._post(PairingState(PairingPhase.SEARCHING, self._meters()))
        while True:
            try:
                found = await self._central().scan(SCAN_S, on_found=self._heard)
                self._settle_round(found)
                self._post(PairingState(PairingPhase.SEARCHING, self._meters()))
            except (LinkError, ExternalError) as error:
                # Whatever ails the radio may pass: it is asked again, and said meanwhile.
                problem, detail = problem_of(error)
                if not isinstance(error, BluetoothOff | NoPermission):
                    problem = Problem.RADIO
                self._post(PairingState(PairingPhase.RADIO, problem=problem, detail=detail))
                await asyncio.sleep(SCAN_S)

    def _heard(self, nearby: Nearby) -> None:
        self._note(nearby)
        self._post(PairingState(PairingPhase.SEARCHING, self._meters()))

    def _note(self, nearby: Nearby) -> None:
        """One meter as heard now: its strength smoothed, the end of its pairing window where it is known."""
        before = self._found.get(nearby.address)
        strength, closes = nearby.rssi, None
        if before is not None:
            strength = round(before.strength_dbm + _FRESH * (nearby.rssi - before.strength_dbm))
            if nearby.pairing_open:
                closes = before.closes_at_s if before.pairing_open else self._clock() + WINDOW_S
        self._handles[nearby.address] = nearby
        self._found[nearby.address] = NearbyMeter(
            nearby.address, nearby.mark, strength, nearby.pairing_open, closes
        )

    def _settle_round(self, found: tuple[Nearby, ...]) -> None:
        """A round is over: what was not heard in it is gone."""
        here = {n.address for n in found}
        self._found = {address: meter for address, meter in self._found.items() if address in here}
        for nearby in found:
            self._note(nearby)

    def _meters(self) -> tuple[NearbyMeter, ...]:
        """By mark, so that none changes its place while another comes or goes."""
        return tuple(sorted(self._found.values(), key=lambda m: (m.mark, m.handle)))

    # ---- pairing ------------------------------------------------------------------------------

    async def _pair(self, handle: str, code: str) -> None:
        nearby = self._handles.get(handle)
        if nearby is None:
            await self._search()
            return
        self._began_s, self._thought_s = self._clock(), 0.0
        self._say(PairingPhase.LINK)
        try:
            picture = code.startswith(_QR_START)
            wanted = Wanted.of_qr(code) if picture else Wanted.of_code(code, nearby.discriminator)
            pairing = await self._service().pair(
                wanted, nearby=nearby, confirm_words=self._ask_words, on_step=self._stepped
            )
            self._paired = pairing
            self._first = FirstSync(partial(self._news, nearby.mark))
            await self._home.open_new(pairing)
        except (ExternalError, UserError, VerificationError, LinkError, ValueError) as error:
            problem, detail = problem_of(error)
            self._say(
                PairingPhase.FAILED, problem=problem, detail=detail, at=STEP_OF.get(self._phase, Step.LINK)
            )
            await self._search()

    def _stepped(self, step: PairStep) -> None:
        if step is PairStep.CONFIRMING:
            self._say(PairingPhase.CONFIRMING)

    async def _ask_words(self, words: tuple[str, ...]) -> bool:
        self._words = asyncio.get_running_loop().create_future()
        asked_s = self._clock()
        self._say(PairingPhase.WORDS, words=words)
        try:
            return await self._words
        finally:
            self._words = None
            self._thought_s += self._clock() - asked_s

    # ---- the first sync -----------------------------------------------------------------------

    def hear(self, event: Event | HomeState) -> None:
        """What the session of the home that was just paired posts. On the io loop."""
        first = self._first
        if first is not None:
            first.hear(event)

    def _news(self, mark: str, news: FirstNews) -> None:
        match news:
            case Checking(step, away):
                self._refused = False
                self._say(_PHASES[step][0], away=away)
            case Stopped(step, error):
                self._refused = True
                phase, problem = _PHASES[step]
                if isinstance(error, HeaderFromFuture):
                    problem = Problem.CLOCK
                self._say(PairingPhase.FAILED, problem=problem, detail=error.subject, at=STEP_OF[phase])
            case FirstPage():
                self._refused = False
                seconds = self._clock() - self._began_s - self._thought_s
                self._done = PairedHome(
                    mark, news.model, seconds, news.typed, news.newest_slot, news.zone, news.certified_to_hour
                )
                self._say(PairingPhase.PAIRED, home=self._done)

    async def _confirm(self, qr_text: str) -> None:
        problem: Problem | None = None
        try:
            await self._home.confirm_by_label(parse_qr(qr_text))
        except (LinkError, ExternalError, ValueError) as error:
            problem, _ = problem_of(error)
        if self._done is not None:
            if problem is None:
                self._done = replace(self._done, typed=False)
            self._say(PairingPhase.PAIRED, home=self._done, problem=problem)

    async def _check_again(self) -> None:
        paired = self._paired
        if paired is not None:
            self._first = FirstSync(partial(self._news, f"{paired.discriminator:03X}"))
            await self._home.check_again()


def _settle(waiting: asyncio.Future[bool], same: bool) -> None:
    if not waiting.done():
        waiting.set_result(same)
