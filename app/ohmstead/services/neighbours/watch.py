"""A home's neighbours beside a link: looks again and again, brings everything up to one header, tells.

A look proves membership and what is closed, mirrors the cohorts' logs, hears the meter's word of its own rounds,
checks a few rounds that have ended. Here: when, and what is kept between looks. Not here: wishes (``desk``),
asking (``follow``), checks (``rounds``), what a window says (``picture``). Thread: coroutines belong to the io
loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_identifier,
    as_list,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.errors import UserError
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.link.central import MeterLink
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.neighbours.cohorts import Cohort, Features
from ohmstead.neighbours.records import RoundLeaf
from ohmstead.services.market.proving import Proven, meet
from ohmstead.services.neighbour_states import (
    AuditProgress,
    NeighbourReason,
    NeighbourState,
    OwnStage,
    RoundState,
)
from ohmstead.services.neighbours.check import Ledger
from ohmstead.services.neighbours.follow import KEYS, Follow, MeterSays, keys_of_fact
from ohmstead.services.neighbours.picture import STAGES, Kept, Wish, names_in, rules_of, shown_of, state_of
from ohmstead.services.neighbours.rounds import Imports, Rounds
from ohmstead.services.neighbours.values import NeighbourView, RoundName, base_keys, view_of
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
FEATURES, VIEW, WISH = "features", "view", "wish"
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
        self._tried: dict[tuple[str, int], int] = {}
        self._made: dict[tuple[str, int], RoundState] = {}
        #: Rounds that the last look left unchecked.
        self.unchecked = 0
        self.state = NeighbourState()

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def open(self) -> None:
        """Opens the neighbours file; a damaged one is set aside. Raises UserError, ExternalError."""
        if self._store is None:
            self._store = await self._db(partial(_open, self._path))
            raw = await self._db(partial(self._store.fact, FEATURES))
            self._features = None if raw is None else Features.from_value(decode(raw))

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
        self._now = Now(trust, Ledger(trust.genesis.genesis_hash, params), None, await self._kept_wish())
        raw = await self._db(partial(self.store.fact, VIEW))
        if raw is not None:
            try:
                self._now.view = await self._kept_view(raw, trust, params)
            except (VerificationError, CodecError) as error:
                _log.warning("what was kept of the neighbours is not used: %s", error)
        await self._show()

    async def _kept_view(
        self, raw: bytes, trust: HomeTrust, params: NeighbourParameters
    ) -> NeighbourView | None:
        names, answer = as_list(decode(raw, max_size=1 << 20), "kept view", 2)
        listed = [params.cohort(as_identifier(n, "cohort")) for n in as_list(names, "cohorts")]
        cohorts = [c for c in listed if c is not None]
        found = ProvenSet.from_value(answer)
        if trust.zone is None or next(meet(trust, found.light_block, self._wall_ns()), None) is not None:
            return None  # it needs headers that only a link can bring
        values = found.check(base_keys(trust.meter, cohorts, trust.zone))
        view = view_of(Proven(found.light_block, values, found), params, trust.meter, cohorts, trust.zone)
        for name, cohort in view.cohorts.items():
            rows = await self._db(partial(self.store.rounds, name))
            leaves = [row.leaf for row in rows]
            whole = len(leaves) == cohort.size and [row.index for row in rows] == list(range(cohort.size))
            if not whole or (leaves and root_of([leaf_hash(leaf) for leaf in leaves]) != cohort.root):
                return None
        facts = await self._db(partial(self.store.facts, KEYS))
        months = {int(name.removeprefix(KEYS)): kept for name, kept in facts.items()}
        return replace(view, guardians={epoch: keys_of_fact(epoch, kept) for epoch, kept in months.items()})

    async def _kept_wish(self) -> Wish:
        raw = await self._db(partial(self.store.fact, WISH))
        if raw is None:
            return Wish()
        asked, cohort, paused = as_list(decode(raw), "wish", 3)
        return Wish(
            as_bool(asked, "asked"), None if cohort is None else as_identifier(cohort, "cohort"),
            as_bool(paused, "paused"),
        )  # fmt: skip

    def kick(self) -> None:
        """Look again soon."""
        self._wake.set()

    # ---- beside a link --------------------------------------------------------------------------

    async def beside(self, link: MeterLink, trust: Callable[[], HomeTrust | None], *, owner: bool) -> None:
        """Looks until cancelled. A refusal by verification is told and waited out."""
        self._link = link
        self.take_part(owner=owner)
        self._tried.clear()
        try:
            while not link.channel.closed:
                current = trust()
                if current is not None and not await self._turn(link, current):
                    return  # this ledger has no neighbours, or this meter takes no part
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
                self._wake.clear()
        finally:
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
        """One whole look. Raises VerificationError, and what the link raises."""
        if trust.zone is None:
            return self.state
        self._link = link
        ledger = Ledger(trust.genesis.genesis_hash, params)
        follow = Follow(link.channel, self._workers, self.store, ledger)
        says = await follow.meter_says()
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
        own, asked = await self._own(follow, says, view)
        await self._show()
        await self._rounds(Rounds(
            follow, self._workers, self.store, ledger, trust, self._imports, self._wall_ns()
        ), view, whole, own, asked)  # fmt: skip
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
        names: list[Value] = list(view.cohorts)
        kept: list[Value] = [wish.asked, wish.cohort, wish.paused]
        await self._db(partial(self.store.keep_fact, WISH, encode(kept)))
        value = encode([names, view.proven.answer.to_value()])
        await self._db(partial(self.store.keep_fact, VIEW, value))

    # ---- own statements -------------------------------------------------------------------------

    async def _own(
        self, follow: Follow, says: MeterSays, view: NeighbourView
    ) -> tuple[Mapping[tuple[str, bool, int], OwnRow], frozenset[tuple[str, bool, int]]]:
        """What the meter says of its rounds, what the state proves of them, and seeds before they are needed.

        Beside them the rounds whose statement the meter was asked for, now or before.
        """
        kept = {(r.cohort, r.is_shape, r.number): r for r in await self._db(self.store.own)}
        rows: dict[tuple[str, bool, int], OwnRow] = {}
        said = {(r.cohort, r.is_shape, r.number): r for r in says.rows}
        stated = {(c, d is None, e if d is None else d) for c, e, d in view.stated}
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
            if self._owner and made and row.message is None and fetched < OWN_PER_LOOK:
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
        own: Mapping[tuple[str, bool, int], OwnRow],
        asked: frozenset[tuple[str, bool, int]],
    ) -> None:
        """Checks some of what is not checked, of cohorts whose log is here whole.

        A round whose own statement was not asked for yet waits: nothing is wrong with it.
        """
        waiting: list[tuple[int, int, str]] = []
        rows, settled = {}, 0
        for name in whole:
            rows[name] = await self._db(partial(self.store.rounds, name))
            waiting += [
                (self._tried.get((name, r.index), 0), -r.index, name)
                for r in rows[name]
                if r.checked == NOT_YET
            ]
        for done, (_, index, name) in enumerate(sorted(waiting)[:ROUNDS_PER_LOOK], 1):
            row, leaves = rows[name][-index], [r.leaf for r in rows[name]]
            self._tried[name, row.index] = self._tried.get((name, row.index), 0) + 1
            # What a viewer's computer knows of own statements does not open them: it checks records alone.
            mine = {(s, n): r for (c, s, n), r in own.items() if c == name} if self._owner else {}
            unasked = {n for n, r in mine.items() if r.message is None and (name, *n) not in asked}
            if self._owner and _names(row) in unasked and STAGES[mine[_names(row)].stage] in _MADE:
                continue
            verdict = await rounds.check(view.cohorts[name], row, leaves, mine)
            settled += verdict.checked != NOT_YET
            if done % TOLD_EVERY == 0:
                await self._show()
        self.unchecked = len(waiting) - settled
        if any(not tried for tried, _, _ in sorted(waiting)[ROUNDS_PER_LOOK:]):
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
        self._tell(
            await asyncio.get_running_loop().run_in_executor(self._workers.work, lambda: state_of(kept, made))
        )

    def _tell(self, state: NeighbourState) -> None:
        self.state = state
        self._post(state)

    def _now_s(self) -> int:
        return self._wall_ns() // 10**9


def _names(row: RoundRow) -> tuple[bool, int]:
    """(is a shape, number) of a round in the log; no round of ours where its leaf cannot be read."""
    try:
        leaf = RoundLeaf.from_bytes(row.leaf)
    except CodecError:
        return False, -1
    return leaf.day is None, leaf.epoch if leaf.day is None else leaf.day


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
