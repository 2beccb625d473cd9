"""One home open: its mirror on ``db``, its link on ``io``, its facts for whoever shows them.

Here: opening and closing in the right order, resting while another part needs the radio, pausing a sync, and
the running summary (``states.HomeState``). Not here: pairing, which homes there are (``homes``), the window.
Thread: coroutines and calls belong to the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ohmstead.errors import ExternalError
from ohmstead.ledger.slice import facts_of
from ohmstead.link.binding import Role
from ohmstead.link.central import Central, MeterLink
from ohmstead.link.label import Label
from ohmstead.link.pairing import Pairing, Trust
from ohmstead.services import mirroring
from ohmstead.services.connection import Brake, Connection
from ohmstead.services.events import Event, LinkChanged, LinkState, PowerNow, Refused
from ohmstead.services.homes import Homes
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market_states import MarketState
from ohmstead.services.neighbour_states import AuditProgress, NeighbourState
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.pairing import confirm_by_label
from ohmstead.services.states import HomeState as HomeState
from ohmstead.services.sync import HomeMirror, Stage, Sync, SyncProgress
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.connection import MirrorDamaged, set_aside
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import MirrorStatus

REST_S = 5.0
#: What an open home tells of.
Posted = Event | HomeState | MarketState | NeighbourState | AuditProgress


class HomeSession:
    """A home of this profile. ``open`` first, ``close`` last; both on the io loop."""

    def __init__(
        self,
        central: Central,
        homes: Homes,
        pairing: Pairing,
        workers: Workers,
        post: Callable[[Posted], None] = lambda _e: None,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._central = central
        self._homes = homes
        self._pairing = pairing
        self._workers = workers
        self._post = post
        self._wall_ns = wall_ns
        self._task: asyncio.Task[None] | None = None
        self._brake = Brake()
        self.home: HomeMirror | None = None
        self.state = HomeState(typed=pairing.trust is Trust.TYPED)
        self.desk = MarketDesk(
            homes.market_path(pairing.meter_id), workers, partial(homes.order_key, pairing.meter_id), post,
            wall_ns, lambda error: post(Refused(error)),
        )  # fmt: skip
        self.neighbours = NeighbourDesk(
            homes.neighbours_path(pairing.meter_id), workers, self._imports, post, wall_ns,
            lambda error: post(Refused(error)),
        )  # fmt: skip
        self._held = 0

    @property
    def pairing(self) -> Pairing:
        """What opens this home's link now."""
        return self.home.pairing if self.home is not None else self._pairing

    async def open(self, *, anew: bool = False) -> None:
        """Opens the mirror, verified from genesis to its newest head. Raises UserError, ExternalError.

        A mirror that does not verify raises VerificationError: it is not shown as if it did. ``anew`` sets the
        file aside (it is kept, for whoever wants to look at it) and begins a new one, which the meter fills.
        """
        path = self._homes.mirror_path(self._pairing.meter_id)
        if anew:
            await asyncio.get_running_loop().run_in_executor(self._workers.db, lambda: set_aside(path))
        mirror, trust, status = await asyncio.get_running_loop().run_in_executor(
            self._workers.db, lambda: _open_verified(path, self._wall_ns())
        )
        self._held = sum(m.pages_held for m in status.meters)
        if anew:
            self.state = replace(self.state, refused=path.name)
        self.home = HomeMirror(mirror, self._pairing, trust)
        if trust is not None:
            self.home.late = await asyncio.get_running_loop().run_in_executor(
                self._workers.db, lambda: mirroring.late(mirror, trust)
            )
        self._set(self._with(self.state, trust))
        await self.desk.open()
        if trust is not None and trust.proven is not None:
            await self.desk.take_up(trust, owner=self._pairing.role is Role.OWNER)
        await self.neighbours.open()
        if trust is not None and trust.proven is not None:
            await self.neighbours.take_up(trust, owner=self._pairing.role is Role.OWNER)

    @property
    def connection(self) -> Connection:
        """The home's link. Raises RuntimeError before ``open``."""
        if self.home is None:
            raise RuntimeError("the home is not open")
        return Connection(
            self._central,
            self._homes,
            self.home,
            self._workers,
            self._take,
            self._wall_ns,
            self._brake,
            self.desk,
            self.neighbours,
        )

    async def head(self, link: MeterLink) -> HomeTrust:
        """Asks a linked meter for the newest head alone, verified and kept. Raises as ``Sync.head``."""
        if self.home is None:
            raise RuntimeError("the home is not open")
        return await Sync(self.home, self._homes, link.channel, self._workers, wall_ns=self._wall_ns).head()

    def start(self) -> None:
        """Stays connected in the background until ``rest`` or ``close``. Idempotent."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self.connection.run(), name="connection")

    async def rest(self) -> None:
        """Leaves the radio to another part; ``start`` comes back. Idempotent."""
        task, self._task = self._task, None
        if task is not None:
            while not task.done():
                # Once more where it was lost on its way: the libraries under a radio may swallow it.
                task.cancel()
                await asyncio.wait({task}, timeout=REST_S)
            self._set(replace(self.state, link=LinkState.STOPPED, power=None))

    def pause(self) -> None:
        """Brings no more pages after the tile that is under way; the link stays, nothing is lost. Idempotent."""
        self._brake.hold()
        self._set(replace(self.state, paused=True))

    def resume(self) -> None:
        """Goes on where it stood. Idempotent."""
        self._brake.let_go()
        self._set(replace(self.state, paused=False))

    async def confirm_by_label(self, label: Label) -> None:
        """Raises a typed home to the trust of its label. Raises as ``pairing.confirm_by_label``."""
        confirmed = await confirm_by_label(self._homes, self.pairing, label)
        self._pairing = confirmed
        if self.home is not None:
            # The link may have come back meanwhile, under another peer id.
            self.home.pairing = replace(self.home.pairing, trust=confirmed.trust)
        self._set(replace(self.state, typed=False))

    async def close(self) -> None:
        """Stops the link, then closes the mirror. Idempotent."""
        await self.rest()
        await self.desk.close()
        await self.neighbours.close()
        if self.home is not None:
            self._pairing, mirror = self.home.pairing, self.home.mirror
            self.home = None
            await asyncio.get_running_loop().run_in_executor(self._workers.db, mirror.close)

    def _imports(self, first_slot: int, last_slot: int) -> list[tuple[int, int, int]]:
        """(slot, import Wh, status) of what was verified of the own readings. Thread: ``db``."""
        if self.home is None or self.home.trust is None:
            return []
        return self.home.mirror.imports(self.home.trust.meter, first_slot, last_slot)

    def _take(self, event: Event) -> None:
        match event:
            case LinkChanged(state, _):
                self._set(replace(self.state, link=state))
            case PowerNow():
                self._set(replace(self.state, power=event))
            case Refused(error):
                self._set(replace(self.state, refused=error.subject))
            case SyncProgress(stage):
                self._held = event.pages_held
                trust = self.home.trust if self.home else None
                # What was refused stays on view until a whole sync has verified.
                refused = "" if stage is Stage.DONE else self.state.refused
                self._set(self._with(replace(self.state, refused=refused), trust))
        self._post(event)

    def _with(self, state: HomeState, trust: HomeTrust | None) -> HomeState:
        if trust is None or trust.proven is None:
            return state
        register = trust.register
        good = register is not None
        facts = facts_of(
            trust.proven, self._held, good, trust.genesis.chain_id, self.home.late if self.home else None
        )
        if register is not None:
            model = register.model.decode(errors="replace")
            state = replace(state, model=model, certified_to_hour=register.valid_to)
        return replace(state, facts=facts, zone=trust.zone)

    def _set(self, state: HomeState) -> None:
        self.state = state
        self._post(state)


def _open_verified(path: Path, wall_ns: int) -> tuple[Mirror, HomeTrust | None, MirrorStatus]:
    """The mirror with what it proves. A damaged file is set aside, whenever the damage is met."""
    try:
        return _read(Mirror.open_or_set_aside(path)[0], wall_ns)
    except MirrorDamaged:
        set_aside(path)
        return _read(Mirror.open(path), wall_ns)


def _read(mirror: Mirror, wall_ns: int) -> tuple[Mirror, HomeTrust | None, MirrorStatus]:
    try:
        return mirror, mirroring.read_trust(mirror, wall_ns), mirror.status()
    except BaseException:
        with contextlib.suppress(ExternalError):
            mirror.close()
        raise
