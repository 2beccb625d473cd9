"""The composition root's half on the io loop: which home is open, and every change of that.

One change at a time: opening, switching, pairing's new home, leaving, forgetting. Posts what the window shows of
it. Here: sessions in order. Not here: the window (``bootstrap``), what a home is (``services``).
Thread: the io loop; ``pause``, ``resume`` and every coroutine belong to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.central import Central
from ohmstead.link.errors import LinkError
from ohmstead.link.label import Label, mark_of
from ohmstead.link.pairing import Pairing, Trust
from ohmstead.services.events import Event
from ohmstead.services.homes import Homes
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market_states import MarketState
from ohmstead.services.mirroring import ProofsMissing
from ohmstead.services.neighbour_states import AuditProgress, NeighbourState
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.pairing import PairingService
from ohmstead.services.session import HomeSession, HomeState, Posted
from ohmstead.services.workers import Workers

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HomeFound:
    """A home of this profile, as its pairing says."""

    meter: bytes
    mark: str
    typed: bool


@dataclass(frozen=True, slots=True)
class HomesFound:
    """The homes there are, in a lasting order, and which one is open, None for none. Posted on every change."""

    homes: tuple[HomeFound, ...]
    current: bytes | None


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """A home may be shown."""

    path: Path
    meter: bytes = field(repr=False)
    mark: str


@dataclass(frozen=True, slots=True)
class HomeNotOpened:
    """A home cannot be shown; ``reason`` is a sentence."""

    meter: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class HomeForgotten:
    """A home is gone from here. ``at_meter``: the meter was reached, and forgot this computer too."""

    meter: bytes
    at_meter: bool


class AppHomes:
    """Implements ``ui.radio_pairing.NewHome``. ``hear`` gets what the open home's session posts as well."""

    def __init__(
        self,
        radio: Callable[[], Central],
        workers: Workers,
        post: Callable[[object], None],
        hear: Callable[[Event | HomeState], None] = lambda _e: None,
    ) -> None:
        self._homes: Homes | None = None
        self._radio = radio
        self._workers = workers
        self._post = post
        self._hear = hear
        self._session: HomeSession | None = None
        self._turn = asyncio.Lock()
        self._resting = False

    @property
    def homes(self) -> Homes:
        """The profile's homes. Raises ExternalError before its secrets are open."""
        if self._homes is None:
            raise ExternalError("The keys of your home are not open yet.")
        return self._homes

    @property
    def session(self) -> HomeSession | None:
        """The open home's session."""
        return self._session

    @property
    def market_desk(self) -> MarketDesk | None:
        """The open home's desk in the market."""
        return None if self._session is None else self._session.desk

    @property
    def neighbour_desk(self) -> NeighbourDesk | None:
        """The open home's desk among its neighbours."""
        return None if self._session is None else self._session.neighbours

    # ---- opening ------------------------------------------------------------------------------

    async def begin(self, homes: Homes, last: str) -> None:
        """Open the home that was shown last (its meter's id in hex), else the one that was used last."""
        async with self._turn:
            self._homes = homes
            found = await asyncio.to_thread(self.homes.paired)
            chosen = next((p for p in found if p.meter_id.hex() == last), None)
            if chosen is None and found:
                chosen = await asyncio.to_thread(self.homes.current)
            if chosen is not None:
                await self._show(chosen)
            await self._tell()

    async def open_home(self, meter: bytes) -> None:
        """Show another home: the open one is closed first. Nothing happens for one that is open or unknown."""
        async with self._turn:
            if self._session is not None and self._session.pairing.meter_id == meter:
                return
            pairing = await asyncio.to_thread(self.homes.current, meter)
            if pairing is not None:
                await self._show(pairing)
            await self._tell()

    async def open_new(self, pairing: Pairing) -> None:
        """Show a home that was just paired; it stands on the new pairing, whatever was kept of its meter.

        Raises UserError, ExternalError.
        """
        async with self._turn:
            self._resting = False
            await self._open(pairing)
            await self._tell()

    async def _show(self, pairing: Pairing) -> None:
        """Opens a home, or says why it cannot be."""
        try:
            await self._open(pairing)
        except (ExternalError, UserError) as error:
            self._post(HomeNotOpened(pairing.meter_id, str(error)))

    async def _open(self, pairing: Pairing) -> None:
        await self._close()
        session = HomeSession(self._radio(), self.homes, pairing, self._workers, self._heard)
        try:
            await session.open()
        except (VerificationError, ProofsMissing):
            _log.exception("the mirror does not verify: it is set aside, and read anew from the meter")
            await session.open(anew=True)
        self._session = session
        path = self.homes.mirror_path(pairing.meter_id)
        self._post(HomeOpened(path, pairing.meter_id, mark_of(pairing.discriminator)))
        self._heard(session.state)
        if not self._resting:
            session.start()

    def _heard(self, event: Posted) -> None:
        self._post(event)
        if not isinstance(event, MarketState | NeighbourState | AuditProgress):
            self._hear(event)

    async def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def close(self) -> None:
        """Leave the air and close the mirror: a stage of quitting. Idempotent."""
        async with self._turn:
            await self._close()

    async def _tell(self) -> None:
        found = tuple(
            HomeFound(p.meter_id, mark_of(p.discriminator), p.trust is Trust.TYPED)
            for p in await asyncio.to_thread(self.homes.paired)
        )
        current = None if self._session is None else self._session.pairing.meter_id
        self._post(HomesFound(found, current))

    async def bring_back(self, bring: Callable[[], Awaitable[Pairing]]) -> None:
        """Close the open home, let ``bring`` put another's file and keys in place, and show that one.

        Where ``bring`` raises, the home that was open is shown again, and the error goes on.
        """
        async with self._turn:
            former = self._session.pairing if self._session is not None else None
            await self._close()
            try:
                pairing = await bring()
            except BaseException:
                if former is not None:
                    await self._show(former)
                raise
            await self._show(pairing)
            await self._tell()

    # ---- while pairing ------------------------------------------------------------------------

    async def make_way(self) -> None:
        """Leave the radio to pairing; the open home stays on view."""
        async with self._turn:
            self._resting = True
            asyncio.get_running_loop().run_in_executor(self._workers.db, _load_schema)
            if self._session is not None:
                await self._session.rest()

    async def come_back(self) -> None:
        """Pairing has left the radio."""
        async with self._turn:
            self._resting = False
            if self._session is not None:
                self._session.start()

    async def check_again(self) -> None:
        """Ask the open home's meter again at once."""
        async with self._turn:
            if self._session is not None:
                await self._session.rest()
                self._session.start()

    async def confirm_by_label(self, label: Label) -> None:
        """Raise the open home to the trust of its label. Raises ForeignKey, WrongGenesis, ExternalError."""
        async with self._turn:
            if self._session is None:
                raise ExternalError("No home is open.")
            await self._session.confirm_by_label(label)
            await self._tell()

    async def leave_new(self, pairing: Pairing) -> None:
        """Forget a home again that was just paired and did not hold."""
        await self.forget(pairing.meter_id, erase=True)

    # ---- pausing, leaving ---------------------------------------------------------------------

    def pause(self) -> None:
        """Bring no more pages of the open home for now."""
        if self._session is not None:
            self._session.pause()

    def resume(self) -> None:
        """Go on with the open home's pages."""
        if self._session is not None:
            self._session.resume()

    async def unpair(self, meter: bytes) -> None:
        """Have a meter forget this computer. What is here stays, and is not added to.

        Raises LinkError where the meter is not reached.
        """
        async with self._turn:
            await self._unpair(meter)

    async def _unpair(self, meter: bytes) -> None:
        session = self._session
        if session is not None and session.pairing.meter_id == meter:
            await session.rest()
        pairing = await asyncio.to_thread(self.homes.current, meter)
        if pairing is not None:
            await PairingService(self._radio(), self.homes).unpair(pairing)

    async def forget(self, meter: bytes, *, erase: bool) -> None:
        """Forget a home: at its meter if that is in reach, its keys here, and with ``erase`` its history.

        Another home is opened if there is one. Posts HomeForgotten. Raises ExternalError where the keys or the
        history could not be removed.
        """
        async with self._turn:
            at_meter = False
            with contextlib.suppress(LinkError, ExternalError):
                await self._unpair(meter)
                at_meter = True
            if self._session is not None and self._session.pairing.meter_id == meter:
                await self._close()
            await self.homes.forget_home(meter, erase=erase)
            self._post(HomeForgotten(meter, at_meter))
            if self._session is None:
                following = await asyncio.to_thread(self.homes.current)
                if following is not None:
                    await self._show(following)
            await self._tell()


def _load_schema() -> None:
    """What makes a new mirror takes its time to load: that is over while the person still types a code."""
    importlib.import_module("sqlite_utils.migrations")
