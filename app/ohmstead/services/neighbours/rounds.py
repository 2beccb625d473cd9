"""Rounds that have ended, one after the other: fetched, checked with the own part in them, kept in one write.

A round is kept as right only when its record follows from what is in it, the own statement is among those that
were added, and it encrypts the own verified readings. What cannot be told yet is asked again at a later look, and
until then not shown. A finding stands until the same check comes out right: a wrong copy may have come from a
meter, the right one still comes. Not here: the checks (``check``), which rounds are next (``due``). Thread: the
io loop; checks run on ``work``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from ohmstead.core.codec import encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import IntervalStatus
from ohmstead.core.slots import ZoneTableEnds
from ohmstead.neighbours.amounts import day_amounts, shape_amounts
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import RULE, days_of
from ohmstead.services.neighbour_states import Finding
from ohmstead.services.neighbours.check import (
    Ledger,
    LeftOut,
    RoundUnknown,
    check_own,
    check_record,
    is_included,
    joint_of,
    leaf_of,
    record_of,
)
from ohmstead.services.neighbours.due import expected
from ohmstead.services.neighbours.follow import Follow
from ohmstead.services.neighbours.values import CohortView
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.neighbours import EQUAL, NOT_YET, WRONG, Alarm, NeighbourStore, OwnRow, RoundRow

#: (slot, import Wh, status) of the own verified intervals from one slot to another; called on ``db``.
Imports = Callable[[int, int], list[tuple[int, int, int]]]
_COUNTED = (IntervalStatus.OK, IntervalStatus.ESTIMATED)
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a round's check came to. ``checked`` NOT_YET: it cannot be told yet."""

    checked: str
    alarms: tuple[Alarm, ...]
    own: OwnRow | None = None
    record: bytes | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something was found wrong."""
        return any(alarm.words is not None for alarm in self.alarms)


class Rounds:
    """Checks over one link, for one home."""

    def __init__(
        self,
        follow: Follow,
        workers: Workers,
        store: NeighbourStore,
        ledger: Ledger,
        trust: HomeTrust,
        imports: Imports,
        wall_ns: int,
    ) -> None:
        self._follow = follow
        self._workers = workers
        self._store = store
        self._ledger = ledger
        self._trust = trust
        self._imports = imports
        self._wall_ns = wall_ns

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def _work(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.work, work)

    async def check(
        self, view: CohortView, row: RoundRow, leaves: Sequence[bytes], own: Mapping[tuple[bool, int], OwnRow]
    ) -> Verdict:
        """Checks one round and keeps what it came to. Raises what the link and the disk raise.

        ``own`` are the own statements in this cohort.
        """
        verdict = await self._verdict(view, row, leaves, own)
        for alarm in verdict.alarms:
            if alarm.words is not None:
                _log.warning(
                    "%s: %s, %s: %s", alarm.finding, alarm.cohort, alarm.day or alarm.epoch, alarm.words
                )
        now_s = self._wall_ns // 10**9
        if verdict.record is not None:
            await self._db(
                partial(
                    self._store.put_record, row.cohort, row.index, verdict.record, verdict.checked,
                    verdict.alarms, verdict.own, now_s,
                )
            )  # fmt: skip
        elif verdict.alarms:
            await self._db(partial(self._store.put_alarms, verdict.alarms, now_s))
        return verdict

    async def _verdict(
        self, view: CohortView, row: RoundRow, leaves: Sequence[bytes], own: Mapping[tuple[bool, int], OwnRow]
    ) -> Verdict:
        cohort, index = row.cohort, row.index
        try:
            leaf = leaf_of(self._ledger, cohort, index, leaves, (view.next_day, view.next_epoch))
        except RoundUnknown as error:
            # The ledger itself proves this leaf: there is nothing to wait for.
            alarm = Alarm(Finding.RECORD.value, cohort, 0, None, str(error), index)
            return Verdict(WRONG, (alarm,), record=b"")
        if _twice(leaves, index, leaf):
            words = f"leaf {index} of {cohort} is of a round that has another end too"
            return Verdict(WRONG, (_found(Finding.RECORD, leaf, words),), record=b"")
        data = row.record if leaf.holds(row.record) else await self._follow.record(cohort, index)
        if data is None:
            return Verdict(NOT_YET, ())
        try:
            await self._work(partial(record_of, leaf, data))
        except VerificationError as error:
            return Verdict(NOT_YET, (_found(Finding.RECORD, leaf, str(error)),))
        try:
            record, keys = await self._record(view, leaf, data)
        except VerificationError as error:
            return Verdict(WRONG, (_found(Finding.RECORD, leaf, str(error)),), record=data)
        good = (_right(Finding.RECORD, leaf),)
        number = leaf.epoch if leaf.day is None else leaf.day
        mine = own.get((leaf.day is None, number))
        if record.frozen is None or mine is None or not (expected(mine) or mine.message is not None):
            # Where nobody says any more that it was stated, what was found of the own part goes too.
            return Verdict(EQUAL, (*good, _right(Finding.LEFT_OUT, leaf)), record=data)
        found = await self._own(view, record, leaf, mine, keys)
        return replace(found, alarms=(*good, *found.alarms), record=data)

    async def _record(
        self, view: CohortView, leaf: RoundLeaf, data: bytes
    ) -> tuple[RoundRecord, Mapping[int, GuardianKey]]:
        """The record once it follows, and the keys under which it does; none of a void one.

        Before it is called wrong the keys are proven anew: the file that kept them may be damaged.
        Raises VerificationError.
        """
        keys: Mapping[int, GuardianKey] = {}
        if record_of(leaf, data).void is not None:
            return await self._work(partial(check_record, self._ledger, view.cohort, leaf, data, keys)), keys
        for anew in (False, True):
            keys = await self._follow.keys(self._trust, leaf.epoch, self._wall_ns, anew=anew)
            try:
                record = await self._work(partial(check_record, self._ledger, view.cohort, leaf, data, keys))
            except VerificationError:
                if anew:
                    raise
            else:
                return record, keys
        raise AssertionError("both ended")

    async def _own(
        self, view: CohortView, record: RoundRecord, leaf: RoundLeaf, mine: OwnRow,
        keys: Mapping[int, GuardianKey],
    ) -> Verdict:  # fmt: skip
        """The own part in a round with sums. A void one with sums (a guardian was absent) is checked as well."""
        assert record.frozen is not None
        if mine.message is None or mine.seed is None:
            words = "the meter does not hand over what it has stated"
            return Verdict(NOT_YET, (_found(Finding.LEFT_OUT, leaf, words),))
        try:
            whole, amounts = await self._amounts(view, leaf)
        except ZoneTableEnds:
            return Verdict(NOT_YET, ())
        if not whole:
            return Verdict(NOT_YET, ())
        name = (leaf.cohort, leaf.epoch, leaf.day)
        hashes = await self._follow.hashes(name, record.frozen.n)
        if hashes is None:
            return Verdict(NOT_YET, ())
        try:
            included = await self._work(
                partial(is_included, record.frozen, hashes, self._trust.meter, mine.message)
            )
        except VerificationError as error:
            words = f"it cannot be shown that the own statement was added: {error}"
            return Verdict(NOT_YET, (_found(Finding.LEFT_OUT, leaf, words),))
        wh = None if leaf.day is None or amounts is None else sum(amounts)
        own = replace(mine, included=included, wh=wh)
        if not included:
            if not expected(mine):
                return Verdict(EQUAL, (_right(Finding.LEFT_OUT, leaf),), own)
            left_out = LeftOut(record.name, "the own statement is not among those that were added")
            return Verdict(WRONG, (_found(Finding.LEFT_OUT, leaf, str(left_out)),), own)
        good = _right(Finding.LEFT_OUT, leaf)
        try:
            if amounts is None:
                raise LeftOut(record.name, "was stated though a quarter hour was not measured")
            if not keys:
                keys = await self._follow.keys(self._trust, leaf.epoch, self._wall_ns, anew=True)
            joint = joint_of(self._ledger, leaf.epoch, keys)
            await self._work(
                partial(check_own, view.cohort, joint, leaf.day, amounts, mine.seed, mine.message)
            )
        except VerificationError as error:
            return Verdict(WRONG, (good, _found(Finding.ALTERED, leaf, str(error))), own)
        return Verdict(EQUAL, (good, _right(Finding.ALTERED, leaf)), own)

    async def _amounts(self, view: CohortView, leaf: RoundLeaf) -> tuple[bool, tuple[int, ...] | None]:
        """(whether all own intervals of a round are here, what it states of them). Raises ZoneTableEnds."""
        days = days_of(leaf.epoch) if leaf.day is None else range(leaf.day, leaf.day + 1)
        days = range(max(days[0], self._ledger.params.first_day), days[-1] + 1)
        first, last = view.zone.slots_of(days[0])[0], view.zone.slots_of(days[-1])[-1]
        rows = await self._db(partial(self._imports, first, last))
        if len(rows) <= last - first:
            return False, None
        counted = {slot: wh for slot, wh, status in rows if status in _COUNTED}
        if leaf.day is None:
            return True, shape_amounts(counted.get, view.zone, days)
        return True, day_amounts(counted.get, view.zone, leaf.day)


def _twice(leaves: Sequence[bytes], index: int, leaf: RoundLeaf) -> bool:
    """Whether a round stands in the log more than once: one result or one void for ever (line 22)."""
    name = encode([RULE, leaf.cohort, leaf.epoch, leaf.day])[1:]
    return any(name in data for at, data in enumerate(leaves) if at != index)


def _found(finding: Finding, leaf: RoundLeaf, words: str) -> Alarm:
    return Alarm(finding.value, leaf.cohort, leaf.epoch, leaf.day, words)


def _right(finding: Finding, leaf: RoundLeaf) -> Alarm:
    return Alarm(finding.value, leaf.cohort, leaf.epoch, leaf.day, None)
