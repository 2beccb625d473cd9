"""What an owner wishes of the neighbours: what the home is like, joining and leaving, pausing, a full audit.

What the home is like is kept in this computer's file and nowhere else: it chooses a cohort here, and only the
cohort's name is said to the meter. Not here: looking (``watch``), the rules (``contract``). Thread: coroutines
belong to the io loop.
"""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial

from ohmstead.core.codec import Value, encode
from ohmstead.core.errors import VerificationError
from ohmstead.link.channel import Channel
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.neighbours.cohorts import Features
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.services.neighbour_states import AuditProgress, Finding, NeighbourAlarm, NeighbourReason
from ohmstead.services.neighbours.check import Audit, Ledger, check_record, joint_of, leaf_of
from ohmstead.services.neighbours.follow import Follow
from ohmstead.services.neighbours.keeping import FEATURES
from ohmstead.services.neighbours.values import NeighbourView, RoundName
from ohmstead.services.neighbours.watch import Declined, NeighbourWatch, Now
from ohmstead.store.neighbours import EQUAL, Alarm, RoundRow

#: An audit tells how far it is every so many statements.
TOLD_AUDIT = 8


class NeighbourDesk(NeighbourWatch):
    """Takes wishes. Every method raises Declined for what cannot be, and ExternalError where the disk refuses."""

    _auditing: asyncio.Task[None] | None = None
    _stopped = _judged = False

    async def set_features(self, features: Features | None) -> None:
        """Keeps what the household says of its home, on this computer alone; None forgets it."""
        value = None if features is None else encode(features.to_value())
        await self._db(partial(self.store.keep_fact, FEATURES, value))
        self._features = features
        await self._show()
        self.kick()

    async def join(self, cohort: str) -> None:
        """Wishes to be in a cohort: the meter joins, or moves. Raises Declined, LinkError."""
        now = self._ready()
        if now.ledger.params.cohort(cohort) is None:
            raise Declined(NeighbourReason.NO_COHORT, cohort)
        await self._say(Method.NBR_JOIN, cohort)

    async def leave(self) -> None:
        """Wishes to be in no cohort: the meter states nothing more. Raises Declined, LinkError."""
        self._ready()
        await self._say(Method.NBR_JOIN, None)

    async def pause(self, paused: bool) -> None:
        """The meter states nothing until told otherwise; its place stays. Raises Declined, LinkError."""
        self._ready()
        await self._say(Method.NBR_PAUSE, paused)

    async def audit(self, cohort: str, day: int | None, epoch: int | None = None) -> None:
        """Verifies every statement of a round and that they come to its sums; keeps that it did.

        A day takes 26 ms a home; ``day`` None is the load shape of ``epoch``, 0.35 s a home. Progress is posted.
        Raises Declined, LinkError, and VerificationError for what does not hold: a finding.
        """
        if self._auditing is not None:
            raise Declined(NeighbourReason.BUSY)
        self._auditing = asyncio.current_task()
        try:
            await self._audit(cohort, epoch if day is None else epoch_of(day), day)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._stopped and task is not None and task.uncancel() == 0:
                raise Declined(NeighbourReason.STOPPED) from None
            raise
        finally:
            self._auditing, self._stopped, self._judged = None, False, False

    async def recheck(self) -> tuple[NeighbourAlarm, ...]:
        """Verifies again, without a link, every kept record of the shown cohort that counted as right.

        Under the log and the keys that were proven last; about 25 ms each. Nothing is kept of it. Not checked
        anew: that the own statement is among those added up, which only a link can show.
        """
        now, shown = self._now, self.state.shown
        if now is None or now.view is None or shown is None or shown not in now.view.cohorts:
            return ()
        rows = await self._db(partial(self.store.rounds, shown))
        work = partial(_wrong_in, now.ledger, now.view, shown, rows)
        return await asyncio.get_running_loop().run_in_executor(self._workers.work, work)

    def stop_audit(self) -> None:
        """Ends a running audit; nothing of it is kept. Idempotent; too late once its outcome is being kept."""
        if self._auditing is not None and not self._stopped and not self._judged:
            self._stopped = True
            self._auditing.cancel()

    # ---- inside ---------------------------------------------------------------------------------

    def _ready(self) -> Now:
        if self._now is None or self._link is None:
            raise Declined(NeighbourReason.AWAY)
        if not self._owner:
            raise Declined(NeighbourReason.VIEWER)
        return self._now

    async def _say(self, method: Method, what: Value) -> None:
        try:
            await self._channel().call(method, [what])
        except Refused as error:
            if error.code in (RefusalCode.UNSUPPORTED, RefusalCode.NOT_FOUND):
                raise Declined(NeighbourReason.NO_NEIGHBOURS) from error
            if error.code is RefusalCode.FORBIDDEN:
                raise Declined(NeighbourReason.VIEWER) from error
            raise Declined(NeighbourReason.REFUSED, str(error)) from error
        self.kick()

    def _channel(self) -> Channel:
        if self._link is None:
            raise Declined(NeighbourReason.AWAY)
        return self._link.channel

    async def _audit(self, cohort: str, epoch: int | None, day: int | None) -> None:
        now = self._now
        if now is None or self._link is None:
            raise Declined(NeighbourReason.AWAY)
        found = now.ledger.params.cohort(cohort)
        if found is None:
            raise Declined(NeighbourReason.NO_COHORT, cohort)
        if epoch is None:
            raise Declined(NeighbourReason.NOT_HERE, "no month was said")
        row = await self._row(cohort, epoch, day)
        assert row.record is not None
        record = RoundRecord.from_bytes(row.record)
        if record.frozen is None:
            raise Declined(NeighbourReason.NOT_HERE, "a round without sums")
        follow = Follow(self._channel(), self._workers, self.store, now.ledger)
        keys = await follow.keys(now.trust, epoch, self._wall_ns())
        finding = partial(Alarm, Finding.AUDIT.value, cohort, epoch, day)
        try:
            audit = Audit(now.ledger, found, record, joint_of(now.ledger, epoch, keys))
            name = (cohort, epoch, day)
            await self._statements(follow, audit, name, record.frozen.n)
        except VerificationError as error:
            await self._keep_audit(row, False, finding(str(error)))
            raise
        except Refused as error:
            if error.code is RefusalCode.NOT_FOUND:
                raise Declined(NeighbourReason.NOT_HERE, "the statements are not to be had") from error
            raise
        await self._keep_audit(row, True, finding(None))

    async def _statements(self, follow: Follow, audit: Audit, name: RoundName, n: int) -> None:
        loop = asyncio.get_running_loop()
        cohort, _, day = name
        statements = follow.statements(name)
        async with contextlib.aclosing(statements):
            async for leaf in statements:
                await loop.run_in_executor(self._workers.work, partial(audit.add, leaf))
                if audit.done % TOLD_AUDIT == 0 and audit.done < n:
                    self._post(AuditProgress(cohort, day, audit.done, n))
        await loop.run_in_executor(self._workers.work, audit.end)
        self._post(AuditProgress(cohort, day, n, n))

    async def _keep_audit(self, row: RoundRow, audited: bool, alarm: Alarm) -> None:
        self._judged = True
        await self._db(
            partial(self.store.set_audited, row.cohort, row.index, audited, [alarm], self._now_s())
        )
        await self._show()

    async def _row(self, cohort: str, epoch: int, day: int | None) -> RoundRow:
        for row in reversed(await self._db(partial(self.store.rounds, cohort))):
            if row.checked == EQUAL:
                leaf = RoundLeaf.from_bytes(row.leaf)
                # One that does not hold was damaged since; the next look asks for it again.
                if (leaf.epoch, leaf.day) == (epoch, day) and leaf.holds(row.record):
                    return row
        raise Declined(NeighbourReason.NOT_HERE, f"shape of {epoch}" if day is None else f"day {day}")


def _wrong_in(
    ledger: Ledger, view: NeighbourView, cohort: str, rows: list[RoundRow]
) -> tuple[NeighbourAlarm, ...]:
    """What does not hold among kept records; numbered by their place in the log."""
    of, leaves, found = view.cohorts[cohort], [row.leaf for row in rows], []
    for row in rows:
        if row.checked != EQUAL or row.record is None:
            continue
        leaf = RoundLeaf.from_bytes(row.leaf)
        try:
            leaf_of(ledger, cohort, row.index, leaves, (of.next_day, of.next_epoch))
            check_record(ledger, of.cohort, leaf, row.record, view.guardians.get(leaf.epoch, {}))
        except VerificationError as error:
            found.append(NeighbourAlarm(row.index, Finding.RECORD, cohort, leaf.epoch, leaf.day, str(error)))
    return tuple(found)
