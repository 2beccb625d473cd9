"""Random weeks across a month's end: homes state, leave, join and move, guardians share or not, the chain halts.

What must hold after every block: a day of a cohort has one result or one void and never another; nothing of a
finished round stays in the state; a result is the plain statistic of those whose statement was accepted; the
roster of a round is that of a plain list of who is where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ohmstead.contract.neighbour_parameters import SHARE_S, STATE_S
from ohmstead.contract.neighbour_rounds import CLOSES, record_rule
from ohmstead.contract.neighbour_state import CLOSED, SHARE, SUMS, round_name, stated_name
from ohmstead.core.codec import decode, encode
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.messages import RosterAction
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.neighbours.tally import VoidReason, needed_homes
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, FLATS, HOUSES, SIGNERS, S, Tally, end_of
from tests.contract.neighbour_stories import with_homes
from tests.contract.rig import log_of

HOMES = 17
#: The last two days of a month and the first two of the next are stated; what is before and after is void.
DAYS = range(FIRST_DAY + 26, FIRST_DAY + 30)
MONTHS = range(EPOCH, EPOCH + 6)
COHORTS = (HOUSES, FLATS)
homes = st.integers(0, HOMES - 1)
days = st.sampled_from(DAYS)
#: A home's two possible days: few values, so that their proofs are made once.
tables = st.integers(0, 1)
#: Who takes part: everybody, everybody but a few, or a few.
groups = st.sampled_from((range(HOMES), range(HOMES), range(1, HOMES), range(15), range(3, 17), range(2)))


def wh_of(home: int, table: int) -> int:
    return (41_000 if home == 3 else 500 + 1_801 * home) if table else 2_048 * home


@cache
def stage() -> Tally:
    tally = with_homes(HOMES)
    tally.post_keys(EPOCH + 1)
    tally.block(at=end_of(DAYS[0]) - 1)
    for _ in range(13):
        tally.block()
    return tally


@dataclass
class Stay:
    """A home's time in a cohort: from a month to a month, excluded; ``left``: it said that it goes."""

    cohort: str
    first: int
    end: int | None = None
    left: bool = False


@dataclass
class Plain:
    """A home as a plain list."""

    stays: list[Stay] = field(default_factory=list)

    @property
    def now(self) -> Stay | None:
        return self.stays[-1] if self.stays and self.stays[-1].end is None else None

    def last(self, cohort: str) -> Stay | None:
        return next((s for s in reversed(self.stays) if s.cohort == cohort), None)

    def enter(self, cohort: str, month: int) -> None:
        last = self.last(cohort)
        first = last.first if last and last.end is not None and last.first <= month <= last.end else month
        self.stays = [s for s in self.stays if s is not last or last.end != month]
        self.stays.append(Stay(cohort, first))

    def leave(self, month: int, *, left: bool) -> None:
        stay = self.now
        assert stay is not None
        stay.end, stay.left = max(month, stay.first), left

    def counts(self, cohort: str, month: int) -> bool:
        stay = self.last(cohort)
        if stay is None or stay.left:
            return False
        return stay.first <= month and (stay.end is None or month < stay.end)


class Weeks(RuleBasedStateMachine):
    """One action is one block or a few."""

    def __init__(self) -> None:
        super().__init__()
        self.m = Tally()
        self.plain: list[Plain] = []
        #: What was accepted: (cohort, day) to home to Wh; rosters at the close; what has been checked.
        self.values: dict[tuple[str, int], dict[int, int]] = {}
        self.rosters: dict[tuple[str, int | None, int], int] = {}
        self.checked = 0

    @initialize()
    def begin(self) -> None:
        self.m = stage().copy()
        self.plain = [Plain([Stay(HOUSES.id, EPOCH)]) for _ in range(HOMES)]
        self.checked = self.done = sum(len(kept) for kept in self.m.records.values())
        self.next = {c.id: self._next(c) for c in COHORTS}

    # ---- the model ----------------------------------------------------------------------------

    def _next(self, cohort: Cohort) -> tuple[int, int]:
        day, epoch = decode(self.m.state.get("nbr", b"next/" + cohort.id.encode()) or b"")
        return day, epoch

    def _block(self, *txs: bytes, seconds: int = 60) -> list[int]:
        """A block; notes the plain roster of every round that it closed, as it was before its statements."""
        before = {(c.id, e): sum(p.counts(c.id, e) for p in self.plain) for c in COHORTS for e in MONTHS}
        results = self.m.block(*txs, at=self.m.time_s + seconds).results
        closed = 0
        for c in COHORTS:
            (day, month), (later, next_month) = self.next[c.id], self._next(c)
            closed += later - day
            for d in range(day, later):
                self.rosters[c.id, d, epoch_of(d)] = before[c.id, epoch_of(d)]
            for e in range(month, next_month):
                self.rosters[c.id, None, e] = before[c.id, e]
            self.next[c.id] = later, next_month
        overdue = [c for c in COHORTS if self.m.time_s >= end_of(self.next[c.id][0]) + STATE_S]
        assert closed == CLOSES if overdue else closed <= CLOSES
        return [r.code for r in results]

    def _may_state(self, home: int, cohort: str, day: int) -> bool:
        stated = any(home in self.values.get((c.id, day), {}) for c in COHORTS)
        on_time = end_of(day) <= self.m.time_s < end_of(day) + STATE_S
        return on_time and not stated and self.plain[home].counts(cohort, epoch_of(day))

    # ---- actions ------------------------------------------------------------------------------

    @rule(hours=st.sampled_from((1, 1, 11, 24)))
    def time_passes(self, hours: int) -> None:
        self._block(seconds=hours * 3600)

    @rule(days=st.sampled_from((13, 20)))
    def the_chain_halts(self, days: int) -> None:
        if end_of(DAYS[1]) < self.m.time_s < end_of(DAYS[-1]) + 20 * 86_400:
            self._block(seconds=days * 86_400)

    def _state(self, who: list[int], day: int, table: int, cohort: Cohort) -> None:
        for at in range(0, len(who), 8):
            some = who[at : at + 8]
            bodies = [self.m.day(self.m.people[h], day, wh_of(h, table), cohort) for h in some]
            txs = [self.m.sign(self.m.people[h].meter.key, b) for h, b in zip(some, bodies, strict=True)]
            codes = self._block(*txs)
            for home, code in zip(some, codes, strict=True):
                may = self._may_state(home, cohort.id, day)
                assert (code == 0) == may, (home, day, code)
                if may:
                    self.values.setdefault((cohort.id, day), {})[home] = wh_of(home, table)

    @rule(who=groups, day=days, table=tables)
    def homes_state(self, who: range, day: int, table: int) -> None:
        """Whoever it is and whenever; most of it is refused."""
        self._state(list(who), day, table, HOUSES)

    @rule(home=st.integers(0, 2), day=days)
    def a_home_states_in_the_other_cohort(self, home: int, day: int) -> None:
        self._state([home], day, 0, FLATS)

    @rule(
        who=groups, table=tables, then=st.sampled_from(("wait", "close", "finish", "finish", "one is silent"))
    )
    def a_whole_day(self, who: range, table: int, then: str) -> None:
        """The way it mostly goes: the next day ends, its homes state it, it closes, guardians open it."""
        self._whole_day(who, table, then)

    def _whole_day(self, who: range, table: int, then: str) -> None:
        left = (
            d for d in DAYS if end_of(d) + STATE_S > self.m.time_s + 600 and (HOUSES.id, d) not in self.values
        )
        day = next(left, None)
        if day is None:
            return
        self._block(seconds=max(1, end_of(day) - self.m.time_s))
        self._state(list(who), day, table, HOUSES)
        if then != "wait":
            self._block(seconds=end_of(day) + STATE_S - self.m.time_s)
        if then == "finish":
            self.all_share_and_somebody_opens()
        elif then == "one is silent":
            self.guardians_share({0, 1, 3})

    @rule(table=tables)
    def everybody_states_a_whole_day(self, table: int) -> None:
        self._whole_day(range(HOMES), table, "finish")

    @rule(home=homes, action=st.sampled_from(RosterAction), cohort=st.sampled_from(COHORTS))
    def a_home_changes(self, home: int, action: RosterAction, cohort: Cohort) -> None:
        who, plain = self.m.people[home], self.plain[home]
        month = epoch_of((self.m.time_s + 60) // 86_400)
        body = self.m.change(who, action, cohort.id, month)
        (code,) = self._block(self.m.sign(who.meter.key, body))
        now = plain.now
        if action is RosterAction.JOIN:
            allowed = now is None
        elif action is RosterAction.LEAVE:
            allowed = now is not None and now.cohort == cohort.id
        else:
            allowed = now is not None and now.cohort != cohort.id
        assert (code == 0) == allowed
        if not allowed:
            who.version -= 1
            return
        if action is not RosterAction.JOIN:
            plain.leave(month, left=action is RosterAction.LEAVE)
        if action is not RosterAction.LEAVE:
            plain.enter(cohort.id, month)

    @rule(guardians=st.sets(st.integers(0, 3), min_size=1))
    def guardians_share(self, guardians: set[int]) -> None:
        for day in self._waiting():
            there = {k[-1] for k, _ in self._entries(SHARE, day)}
            txs = [self.m.sign(SIGNERS[i], self.m.share(i, day)) for i in sorted(guardians - there)]
            assert set(self._block(*txs, seconds=1)) <= {0}

    @rule()
    def all_share_and_somebody_opens(self) -> None:
        self.guardians_share({0, 1, 2, 3})
        for day in self._waiting():
            if len(self._entries(SHARE, day)) == len(SIGNERS):
                tx = self.m.sign(SIGNERS[1], self.m.opening(day))
                assert self._block(tx, seconds=1) == [0]

    def _waiting(self) -> list[int]:
        entries = self.m.state.starting("nbrround", CLOSED)
        days = [int.from_bytes(k[2:6], "big") for k, _ in entries]
        return [d for d in days if self.m.closed(d).time_s + SHARE_S > self.m.time_s + 60]

    def _entries(self, kind: bytes, day: int) -> list[tuple[bytes, bytes]]:
        return self.m.state.starting("nbrround", kind + round_name(HOUSES.id, epoch_of(day), day))

    # ---- what must hold -----------------------------------------------------------------------

    @invariant()
    def every_round_is_open_closed_or_over_and_nothing_else_is_kept(self) -> None:
        if not self.plain:
            return
        ended = {(r.cohort, r.day) for kept in self.m.records.values() for r in kept}
        expected = {b"."}
        for (cohort, day), stated in self.values.items():
            name = round_name(cohort, epoch_of(day), day)
            if (cohort, day) in ended or not stated:
                continue
            if day < self.next[cohort][0]:
                expected.add(CLOSED + name)
                expected |= {k for k, _ in self._entries(SHARE, day)}
            else:
                expected.add(SUMS + name)
                expected |= {stated_name(epoch_of(day), day) + self.m.people[h].id for h in stated}
        assert {k for k, _ in self.m.machine.state.items("nbrround")} == expected

    @invariant()
    def a_round_ends_once_as_the_plain_values_say(self) -> None:
        if not self.plain:
            return
        for c in COHORTS:
            records = self.m.records.get(record_rule(c.id), [])
            names = [(r.epoch, r.day) for r in records]
            assert len(set(names)) == len(names)
            log = log_of(r.leaf.to_bytes() for r in records)
            assert self.m.state.get("nbr", b"log/" + c.id.encode()) == encode(
                [log.size, log.root(), list(log.hashes)]
            )
        new = [
            r for kept in self.m.records.values() for r in kept if (r.cohort, r.day, r.epoch) in self.rosters
        ]
        for record in new:
            roster = self.rosters.pop((record.cohort, record.day, record.epoch))
            assert record.roster == roster
            values = self.values.get((record.cohort, record.day or 0), {})
            keys = self.m.guardians(record.epoch)
            if record.void is None:
                found = record.check(self.m.hash, keys, len(SIGNERS), S)
                assert found == plain_day(values.values(), S)
                assert len(values) >= needed_homes(roster)
            elif record.void.reason is VoidReason.TOO_FEW:
                assert record.void.n == len(values) < needed_homes(roster)
                assert (record.frozen, record.shares) == (None, ())
            elif record.void.reason is VoidReason.GUARDIAN_ABSENT:
                assert record.frozen is not None
                assert record.void.n == len(values) >= needed_homes(roster)
            else:
                assert record.void.reason is VoidReason.NO_KEY
                assert record.epoch > EPOCH + 1


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(max_examples=14, stateful_step_count=25, deadline=None)
