"""From services to the window: what a home's state looks like, and the pairing page's controller.

Built on main; its coroutines run on the io thread and answer through the bridge. Not here: the pages.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link import errors as link_errors
from ohmstead.link.central import Central, Nearby
from ohmstead.link.pairing import Pairing
from ohmstead.services.pairing import PairingService, RoleNotGranted, Wanted
from ohmstead.services.states import HomeState, LinkState
from ohmstead.ui.presenters.meter_state import Link, MeterFacts
from ohmstead.ui.presenters.pairing import NearbyMeter, PairingPhase, PairingState
from ohmstead.ui.presenters.wording import Wording

_LINKS = {
    LinkState.SEARCHING: Link.SEARCHING,
    LinkState.CONNECTED: Link.CONNECTED,
    LinkState.AWAY: Link.AWAY,
    LinkState.OFF: Link.OFF,
    LinkState.STOPPED: Link.AWAY,
}
SCAN_S = 4.0
Submit = Callable[[Coroutine[Any, Any, Any]], "concurrent.futures.Future[Any]"]
Post = Callable[[object], None]


def facts_for_foot(state: HomeState, now_s: int | None = None) -> MeterFacts:
    """The sidebar's facts of a home's state."""
    facts = state.facts
    return MeterFacts(
        link=_LINKS[state.link],
        now_s=int(time.time()) if now_s is None else now_s,
        head_time_s=facts.head_time_s if facts else None,
        verified_to_slot=state.verified_to_slot,
        zone=state.zone,
        pages_held=facts.pages_held if facts else 0,
        pages_proven=facts.pages_proven if facts else 0,
        single_operator=facts.single_operator if facts else False,
        refused=state.refused,
    )


class RadioPairing:
    """Implements ``PairingController`` on the real radio. ``paired`` is posted the new pairing."""

    def __init__(
        self,
        submit: Submit,
        post: Post,
        central: Callable[[], Central],
        service: Callable[[], PairingService],
        wording: Wording,
        paired: Callable[[Pairing], None],
    ) -> None:
        self._submit = submit
        self._post = post
        self._central = central
        self._service = service
        self._wording = wording
        self._paired = paired
        self._running: concurrent.futures.Future[Any] | None = None
        self._found: dict[str, Nearby] = {}
        self._words: asyncio.Future[bool] | None = None
        # One thing at a time on the radio: a cancelled scan has ended before a handshake begins.
        self._turn = asyncio.Lock()

    def search(self) -> None:
        """Looks for meters until something else is asked for."""
        self._replace(self._search)

    def pair(self, handle: str, code: str) -> None:
        """Pairs with a meter that was found, by the code of its label."""
        nearby = self._found.get(handle)
        if nearby is not None:
            self._replace(partial(self._pair, nearby, code))

    def confirm_words(self, same: bool) -> None:
        """The person's answer to the six words."""
        waiting = self._words
        if waiting is not None:
            waiting.get_loop().call_soon_threadsafe(_settle, waiting, same)

    def cancel(self) -> None:
        """Stops whatever runs."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _replace(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.cancel()
        self._running = self._submit(self._in_turn(work))

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async with self._turn:
            await work()

    async def _search(self) -> None:
        self._post(PairingState(PairingPhase.SEARCHING))
        while True:
            try:
                found = await self._central().scan(SCAN_S, on_found=self._heard)
                self._found = {n.address: n for n in found}
                self._post(PairingState(PairingPhase.SEARCHING, self._meters()))
            except (link_errors.BluetoothOff, link_errors.NoPermission):
                self._post(PairingState(PairingPhase.RADIO_OFF))
                await asyncio.sleep(SCAN_S)
            except (ExternalError, UserError) as error:
                self._post(PairingState(PairingPhase.FAILED, detail=self._explain(error)))
                return

    def _heard(self, nearby: Nearby) -> None:
        self._found[nearby.address] = nearby
        self._post(PairingState(PairingPhase.SEARCHING, self._meters()))

    def _meters(self) -> tuple[NearbyMeter, ...]:
        found = sorted(self._found.values(), key=lambda n: -n.rssi)
        return tuple(NearbyMeter(n.address, n.mark, n.rssi, n.pairing_open) for n in found)

    async def _ask_words(self, words: tuple[str, ...]) -> bool:
        self._words = asyncio.get_running_loop().create_future()
        self._post(PairingState(PairingPhase.WORDS, self._meters(), words))
        try:
            return await self._words
        finally:
            self._words = None

    async def _pair(self, nearby: Nearby, code: str) -> None:
        self._post(PairingState(PairingPhase.WORKING, self._meters()))
        try:
            pairing = await self._service().pair(
                Wanted.of_code(code, nearby.discriminator), nearby=nearby, confirm_words=self._ask_words
            )
        except link_errors.WrongCode:
            self._say(PairingPhase.WRONG_CODE)
        except link_errors.Busy:
            self._say(PairingPhase.BUSY)
        except link_errors.PairingClosed:
            self._say(PairingPhase.CLOSED)
        except (link_errors.BluetoothOff, link_errors.NoPermission):
            self._say(PairingPhase.RADIO_OFF)
        except (ExternalError, UserError, VerificationError, ValueError) as error:
            self._say(PairingPhase.FAILED, self._explain(error))
        else:
            self._post(PairingState(PairingPhase.PAIRED))
            self._paired(pairing)

    def _say(self, phase: PairingPhase, detail: str = "") -> None:
        self._post(PairingState(phase, self._meters(), detail=detail))

    def _explain(self, error: Exception) -> str:
        tr = self._wording.tr
        texts: dict[type[Exception], str] = {
            link_errors.NotFound: tr("The meter was not heard. Go nearer to it and try again."),
            link_errors.LinkTimeout: tr("The meter did not answer in time. Try again."),
            link_errors.LinkLost: tr("The connection broke. Nothing is half paired; try again."),
            link_errors.WordsRejected: tr("The words were not those on the label, so nothing was paired."),
            link_errors.ForeignKey: tr("This is another meter than the one whose label you scanned."),
            link_errors.ChangedKey: tr("The meter came back with another key. It is not used."),
            link_errors.WrongGenesis: tr("The meter belongs to another ledger than its label says."),
            link_errors.ProtocolVersion: tr("The meter speaks another version. Update Ohmstead."),
            RoleNotGranted: tr("The meter has an owner already. Ask the owner to admit this computer."),
        }
        for kind in type(error).__mro__:
            if kind in texts:
                return texts[kind]
        return tr("The meter's answer was not accepted: {reason}.", reason=str(error))


def _settle(waiting: asyncio.Future[bool], same: bool) -> None:
    if not waiting.done():
        waiting.set_result(same)
