"""A home's neighbours beside a link: looks again and again, brings everything up to one header, tells.

A look proves membership and what is closed, mirrors the cohorts' logs, hears the meter's word of its own rounds,
checks a few rounds that have ended. Here: when. Not here: wishes (``desk``), asking (``follow``), which rounds
are next (``due``), checks (``rounds``), what is kept between looks (``keeping``), what a window says
(``picture``). Thread: coroutines belong to the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.core.errors import VerificationError
from ohmstead.errors import UserError
from ohmstead.ledger.slice import SliceError
from ohmstead.link.central import MeterLink
from ohmstead.link.errors import LinkError, RefusalCode, Refused
from ohmstead.neighbours.cohorts import Cohort, Features
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.services.neighbour_states import (
    AuditProgress,
    NeighbourReason,
    NeighbourState,
    OwnStage,
    RoundState,
)
from ohmstead.services.neighbours.check import Ledger
from ohmstead.services.neighbours.due import Due, OwnName, expected, leaf_in, own_name
from ohmstead.services.neighbours.follow import Follow, MeterSays
from ohmstead.services.neighbours.keeping import (
    FEATURES,
    VIEW,
    WISH,
    KeptFacts,
    features_in,
    view_bytes,
    view_in,
    wish_bytes,
    wish_in,
)
from ohmstead.services.neighbours.picture import STAGES, Kept, Wish, names_in, rules_of, shown_of, state_of
from ohmstead.services.neighbours.rounds import Imports, Rounds
from ohmstead.services.neighbours.values import NeighbourView, RoundName
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.connection import MirrorDamaged, set_aside
from ohmstead.store.neighbours import NOT_YET, NeighbourStore, OwnRow, RoundRow

LOOK_EVERY_S = 10.0
#: Rounds that one look checks (some 100 ms each), and own statements that it fetches.
ROUNDS_PER_LOOK, OWN_PER_LOOK = 12, 12
#: Rounds that are told at a time while many are checked.
TOLD_EVERY = 4
#: Cohorts that are followed: the shown one, and those in which this meter has stated lately.
FOLLOWED = 3
#: Stages in which the meter may have made a statement.
_MADE = frozenset((OwnStage.SENT, OwnStage.ON_LEDGER, OwnStage.LATE, OwnStage.REFUSED))
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Declined(UserError):
    """A wish that cannot be."""

    def __init__(self, reason: NeighbourReason, detail: str = "") -> None:
        super().__init__(f"{reason.value} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class Now:
    """What the last look found; replaced whole. ``view`` is None before anything was proven."""

    trust: HomeTrust
    ledger: Ledger
    view: NeighbourView | None
    wish: Wish


class NeighbourWatch:
    """One home's neighbours. ``open`` first, ``close`` last; ``beside`` runs for as long as a link lasts."""

    def __init__(
        self,
        path: Path,
        workers: Workers,
        imports: Imports,
        post: Callable[[NeighbourState | AuditProgress], None] = lambda _s: None,
        wall_ns: Callable[[], int] = time.time_ns,
        refused: Callable[[VerificationError], None] = lambda _e: None,
    ) -> None:
        self._path = path
        self._workers = workers
        self._imports = imports
        self._post = post
        self._wall_ns = wall_ns
        self._refused = refused
        self._store: NeighbourStore | None = None
        self._link: MeterLink | None = None
        self._now: Now | None = None
        self._features: Features | None = None
        self._owner = False
        self._wake = asyncio.Event()
        self._due = Due()
        self._made: dict[tuple[str, int], RoundState] = {}
        #: Rounds that the last look left unchecked.
        self.unchecked = 0
        self.state = NeighbourState()

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def _work(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.work, work)

    async def open(self) -> None:
        """Opens the neighbours file; a damaged one is set aside. Raises UserError, ExternalError."""
        if self._store is None:
            self._store = await self._db(partial(_open, self._path))
            self._features = features_in(await self._db(partial(self._store.fact, FEATURES)))

    async def close(self) -> None:
        """Closes the file. Idempotent."""
        store, self._store = self._store, None
        if store is not None:
            await self._db(store.close)

    @property
    def store(self) -> NeighbourStore:
        """The open file. Raises RuntimeError before ``open``."""
        if self._store is None:
            raise RuntimeError("the neighbours file is not open")
        return self._store

    async def take_up(self, trust: HomeTrust, *, owner: bool) -> None:
        """Shows what was proven last, verified again from this home's trust: before a link, and without one.

        What does not verify any more is left out; the next look brings it anew.
        """
        params = AppState.from_cbor(trust.genesis.app_state).neighbours
        if params is None:
            return
        self.take_part(owner=owner)
        kept = await self._db(partial(KeptFacts.of, self.store))
        ledger, wall_ns = Ledger(trust.genesis.genesis_hash, params), self._wall_ns()
        view = await self._work(lambda: view_in(kept, trust, ledger, wall_ns))
        self._now = Now(trust, ledger, view, wish_in(kept.wish))
        await self._show()

    def kick(self) -> None:
        """Look again soon."""
        self._wake.set()

    # ---- beside a link --------------------------------------------------------------------------

    async def beside(self, link: MeterLink, trust: Callable[[], HomeTrust | None], *, owner: bool) -> None:
        """Looks until cancelled. A refusal by verification is told and waited out."""
        with self.at(link, owner=owner):
            while not link.channel.closed:
                current = trust()
                if current is not None and not await self._turn(link, current):
                    return  # this ledger has no neighbours, or this meter takes no part
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
                self._wake.clear()

    @contextlib.contextmanager
    def at(self, link: MeterLink, *, owner: bool) -> Iterator[None]:
        """Within it wishes and audits go over this link; after it there is none."""
        self._link = link
        self.take_part(owner=owner)
        self._due.clear()
        try:
            yield
        finally:
            if self._link is link:
                self._link = None

    def take_part(self, *, owner: bool) -> None:
        """Whether this computer acts for the home (an owner's), or only looks."""
        self._owner = owner

    async def _turn(self, link: MeterLink, trust: HomeTrust) -> bool:
        params = AppState.from_cbor(trust.genesis.app_state).neighbours
        if params is None:
            self._tell(NeighbourState())
            return False
        try:
            await self.look(link, trust, params)
        except Refused as error:
            if error.code is RefusalCode.UNSUPPORTED:
                self._tell(replace(self.state, rules=rules_of(params), can_act=False))
                return False
            _log.info("the meter refused: %s", error)
        except VerificationError as error:
            _log.warning("refused: %s: %s", error.code, error)
            self._refused(error)
        return True

    async def look(self, link: MeterLink, trust: HomeTrust, params: NeighbourParameters) -> NeighbourState:
        """One whole look. Raises VerificationError, and what the link raises: then what was found stays found."""
        if trust.zone is None:
            return self.state
        self._due.begin()
        ledger = Ledger(trust.genesis.genesis_hash, params)
        follow = Follow(link.channel, self._workers, self.store, ledger)
        says = await follow.meter_says()
        if says.cohort is not None and params.cohort(says.cohort) is None:
            raise SliceError("neighbours", f"this ledger has no cohort {says.cohort}")
        wish = Wish(says.asked, says.cohort, says.paused)
        view = await self._base(follow, trust, says, wish, params)
        shown = shown_of(params, view, wish, self._features)
        whole = [name for name in view.cohorts if await follow.log(view, name)]
        ended = frozenset[RoundName]()
        for name in view.cohorts:
            ended |= names_in(await self._db(partial(self.store.rounds, name)))
        view = await follow.under_way(trust, view, shown, ended, self._wall_ns())
        self._now = Now(trust, ledger, view, wish)
        await self._keep(view, wish)
        try:
            own, asked = await self._own(follow, says, view, whole)
            await self._show()
            await self._rounds(Rounds(
                follow, self._workers, self.store, ledger, trust, self._imports, self._wall_ns()
            ), view, whole, own, asked)  # fmt: skip
        except (VerificationError, LinkError):
            await self._show()
            raise
        await self._show()
        return self.state

    async def _base(
        self, follow: Follow, trust: HomeTrust, says: MeterSays, wish: Wish, params: NeighbourParameters
    ) -> NeighbourView:
        """The base of a look. The meter's word says which cohorts; where the ledger says others, again."""
        assert trust.zone is not None
        before = None if self._now is None or self._now.view is None else self._now.view.standing
        hints = [says.standing, before, wish.cohort, shown_of(params, None, wish, self._features)]
        hints += [row.cohort for row in says.rows[:ROUNDS_PER_LOOK]]
        cohorts = _known(params, hints)
        view = await follow.base(trust, trust.zone, cohorts, self._wall_ns())
        if view.standing is not None and view.standing not in view.cohorts:
            cohorts = _known(params, [view.standing, *hints])
            view = await follow.base(trust, trust.zone, cohorts, self._wall_ns())
        return view

    async def _keep(self, view: NeighbourView, wish: Wish) -> None:
        await self._db(partial(self.store.keep_fact, WISH, wish_bytes(wish)))
        await self._db(partial(self.store.keep_fact, VIEW, view_bytes(view)))

    # ---- own statements -------------------------------------------------------------------------

    async def _own(
        self, follow: Follow, says: MeterSays, view: NeighbourView, whole: Sequence[str]
    ) -> tuple[Mapping[OwnName, OwnRow], frozenset[OwnName]]:
        """What the meter says of its rounds, what the state proves of them, and seeds before they are needed.

        Beside them the rounds whose statement the meter was asked for, now or before. One that a check refused
        is asked for again.
        """
        kept = {(r.cohort, r.is_shape, r.number): r for r in await self._db(self.store.own)}
        alarms = await self._db(self.store.alarms)
        again = frozenset[OwnName]()
        for cohort in whole:
            again |= self._due.ask(await self._db(partial(self.store.rounds, cohort)), alarms)
        rows: dict[OwnName, OwnRow] = {}
        said = {(r.cohort, r.is_shape, r.number): r for r in says.rows if _possible(view, r)}
        stated = {own_name(name) for name in view.stated}
        for name in stated:
            # The state proves it, whatever the meter says.
            cohort, is_shape, number = name
            said.setdefault(name, OwnRow(is_shape, number, cohort, STAGES.index(OwnStage.ON_LEDGER)))
        asked = {name for name, row in kept.items() if row.message is not None}
        fetched = 0
        for name, said_now in sorted(said.items(), key=lambda item: -item[1].number):
            old = kept.get(name, said_now)
            row = replace(old, stage=said_now.stage, seen=old.seen or name in stated)
            made = STAGES[row.stage] in _MADE or row.seen
            if self._owner and made and fetched < OWN_PER_LOOK and (row.message is None or name in again):
                row = await follow.own(row)
                asked.add(name)
                fetched += 1
            rows[name] = row
        await self._db(partial(self.store.put_own, [r for n, r in rows.items() if kept.get(n) != r]))
        return kept | rows, frozenset(asked)

    # ---- rounds ---------------------------------------------------------------------------------

    async def _rounds(
        self,
        rounds: Rounds,
        view: NeighbourView,
        whole: Sequence[str],
        own: Mapping[OwnName, OwnRow],
        asked: frozenset[OwnName],
    ) -> None:
        """Checks some of what is to be checked, of cohorts whose log is here whole.

        A round whose own statement was not asked for yet waits: nothing is wrong with it.
        """
        alarms = await self._db(self.store.alarms)
        # What a viewer's computer knows of own statements does not open them: it checks records alone.
        own = own if self._owner else {}
        due: list[RoundRow] = []
        logs: dict[str, list[RoundRow]] = {}
        for cohort in whole:
            rows = logs[cohort] = await self._db(partial(self.store.rounds, cohort))
            due += await self._work(partial(self._due.choose, rows, own, alarms))
        due.sort(key=self._due.order)
        left = {(r.cohort, r.index) for rows in logs.values() for r in rows if r.checked == NOT_YET}
        self.unchecked = len(left)
        for done, row in enumerate(due[:ROUNDS_PER_LOOK], 1):
            self._due.note(row, wrong=False)
            leaf = leaf_in(row.leaf)
            name = None if leaf is None else own_name(leaf.name)
            mine = None if name is None else own.get(name)
            made = mine is not None and (expected(mine) or STAGES[mine.stage] in _MADE)
            if mine is not None and made and mine.message is None and name not in asked:
                continue
            verdict = await rounds.check(
                view.cohorts[row.cohort], row, [r.leaf for r in logs[row.cohort]],
                {(s, n): r for (c, s, n), r in own.items() if c == row.cohort},
            )  # fmt: skip
            if verdict.is_wrong:
                self._due.note(row, wrong=True)
            if verdict.checked != NOT_YET:
                left.discard((row.cohort, row.index))
            self.unchecked = len(left)
            if done % TOLD_EVERY == 0:
                await self._show()
        if any(not self._due.tried(row) for row in due[ROUNDS_PER_LOOK:]):
            self.kick()

    # ---- telling --------------------------------------------------------------------------------

    async def _show(self) -> None:
        now, store = self._now, self._store
        if now is None or store is None:
            return
        params = now.ledger.params
        shown = shown_of(params, now.view, now.wish, self._features)
        log = (await self._db(store.logs)).get(shown or "")
        rounds = [] if shown is None else await self._db(partial(store.rounds, shown))
        own, alarms = await self._db(store.own), await self._db(store.alarms)
        if now.view is None:
            rounds = []  # their log is not proven by what is trusted now
        kept = Kept(
            params, now.view, now.wish, self._features, shown, log, rounds, own, alarms, self._owner,
            now.trust.genesis.single_operator,
        )  # fmt: skip
        made = self._made
        self._tell(await self._work(lambda: state_of(kept, made)))

    def _tell(self, state: NeighbourState) -> None:
        self.state = state
        self._post(state)

    def _now_s(self) -> int:
        return self._wall_ns() // 10**9


def _possible(view: NeighbourView, row: OwnRow) -> bool:
    """Whether a meter may have stated such a round: of a cohort of the ledger, begun and over somewhere."""
    days = [at.today(view.time_s) for at in view.cohorts.values()]
    last, first = max((day + 1 for day in days if day is not None), default=0), view.params.first_day
    if view.params.cohort(row.cohort) is None:
        return False
    return epoch_of(first) <= row.number <= epoch_of(last) if row.is_shape else first <= row.number < last


def _open(path: Path) -> NeighbourStore:
    try:
        return NeighbourStore.open(path)
    except MirrorDamaged:
        set_aside(path)
        return NeighbourStore.open(path)


def _known(params: NeighbourParameters, names: list[str | None]) -> list[Cohort]:
    """The first few of these cohorts that the ledger has, each once."""
    found = [params.cohort(n) for n in dict.fromkeys(names) if n is not None]
    return [c for c in found if c is not None][:FOLLOWED]
