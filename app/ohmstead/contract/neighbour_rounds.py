"""Rounds: statements add up, the round closes, guardians open its sums, and a record is all that stays.

A round is a cohort's day, or its load shape of a month. Only what passed its proof is added; below the minimum
nothing is ever opened; one result or one void for ever. Not here: the proofs themselves (``neighbours``), who is
on the roster (``neighbour_roster``). Source: protocol/neighbours, lines 15 to 17, 20 to 22, 24.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract.households import member_meter
from ohmstead.contract.neighbour_parameters import SHARE_S, STATE_S
from ohmstead.contract.neighbour_roster import counted, old_enough, place_of
from ohmstead.contract.neighbour_state import (
    CLOSED,
    SHARE,
    SUMS,
    Now,
    append_log,
    guardian_keys,
    joint_of,
    round_end_s,
    round_in,
    round_name,
    stated_name,
    zone_of,
)
from ohmstead.contract.overlay import NBR, NBR_ROUND, Book, Leaf, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import ZoneTableEnds
from ohmstead.core.statements import SignedStatement
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.guardians import verify_share
from ohmstead.neighbours.messages import OpenRound, Share, StateDay, StateShape
from ohmstead.neighbours.opening import check_day, check_shape
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.rounds import RULE, Round, days_of, epoch_of
from ohmstead.neighbours.tally import Frozen, RunningTally, Void, VoidReason, close_day, close_shape

#: Day statements in a block, and what a load shape counts for: 26 ms and 0.35 s of proof (lines 15, 24).
PER_BLOCK = 8
#: Rounds that a block closes, and that it voids for an absent guardian.
CLOSES, VOIDS = 4, 4


@dataclass(frozen=True, slots=True)
class Closed:
    """A round that waits for its guardians: its sums, the roster at its close, and when that was."""

    frozen: Frozen
    roster: int
    time_s: int

    def to_cbor(self) -> bytes:
        """[[n, root, Q, P], roster, block time]."""
        return encode([self.frozen.to_value(), self.roster, self.time_s])

    @classmethod
    def from_cbor(cls, data: bytes) -> Closed:
        """The round of a state value. Raises CodecError."""
        frozen, roster, time_s = as_list(decode(data), "closed round", 3)
        return cls(Frozen.from_value(frozen), as_uint(roster, "roster"), as_uint(time_s, "time"))


def log_name(cohort: str, epoch: int, day: int | None) -> str:
    """What a node calls the log of a round's statements."""
    return f"{RULE}/{cohort}/{'shape' if day is None else 'day'}/{epoch if day is None else day}"


def record_rule(cohort: str) -> str:
    """What a node calls the log of a cohort's records."""
    return f"{RULE}/{cohort}"


# ---- statements -----------------------------------------------------------------------------------


def state_round(state: Overlay, signed: SignedStatement, body: StateDay | StateShape, now: Now) -> None:
    """``nbr-state`` and ``nbr-shape``: adds a home's ciphertexts to its round (lines 15, 16, 24)."""
    day = body.day if isinstance(body, StateDay) else None
    if signed.signer != body.meter:
        raise Refused(Reason.WRONG_METER, "signed by another key")
    cohort = now.cohort(body.cohort)
    member_meter(state, body.meter, now.time_s)
    place = place_of(state, cohort.id, body.meter)
    if place is None or not place.holds(body.epoch):
        raise Refused(Reason.NOT_ON_ROSTER, cohort.id)
    if not old_enough(state, body.meter, now):
        raise Refused(Reason.TOO_YOUNG, body.meter.hex())
    _in_time(state, cohort, body.epoch, day, now)
    name = round_name(cohort.id, body.epoch, day)
    stated = stated_name(body.epoch, day) + body.meter
    if state.get(NBR_ROUND, stated) is not None:
        raise Refused(Reason.ALREADY_DONE, f"{cohort.id}, {day}")
    joint = joint_of(guardian_keys(state, body.epoch), now.of)
    if joint is None:
        raise Refused(Reason.NO_KEY, f"month {body.epoch}")
    now.spending.pay(PER_BLOCK if day is None else 1, PER_BLOCK)
    round_ = Round(now.genesis_hash, cohort.id, body.epoch, day)
    if state.trial and now.proofs.ignored(body.meter, now.time_s):
        raise Refused(Reason.BAD_PROOF, "a false proof came from this meter today")
    try:
        found = now.proofs.ciphertexts(round_, body.meter, joint, cohort.s, body.message)
    except VerificationError as error:
        # A point that is none may stand in the last slot, and cost as much as a proof that does not hold.
        now.proofs.lied(body.meter, now.time_s)
        raise Refused(Reason.BAD_PROOF, str(error)) from error
    if state.trial:
        return
    raw = state.get(NBR_ROUND, SUMS + name)
    if raw is not None:
        tally = RunningTally.from_value(decode(raw))
    else:
        tally = RunningTally.of_shape() if day is None else RunningTally.of_day(cohort.s)
    after = tally.with_statement(body.meter, body.message, found)
    state.put_value(NBR_ROUND, SUMS + name, after.to_value())
    state.put_value(NBR_ROUND, stated, cohort.id)
    leaf: list[Value] = [body.meter, body.message]
    state.leaves.append(Leaf(log_name(cohort.id, body.epoch, day), encode(leaf)))


def _in_time(state: Overlay, cohort: Cohort, epoch: int, day: int | None, now: Now) -> None:
    """That the round is over, and not for longer than 48 h. Raises Refused."""
    first = now.params.first_day
    if (epoch_of(first) > epoch) if day is None else (first > day):
        raise Refused(Reason.TOO_LATE, f"the tally begins with day {first}")
    try:
        end = round_end_s(zone_of(state, cohort.zone), day, epoch)
    except ZoneTableEnds as error:
        raise Refused(Reason.UNKNOWN_ZONE, str(error)) from error
    if now.time_s < end:
        raise Refused(Reason.DAY_NOT_OVER, f"over at {end}")
    if now.time_s >= end + STATE_S:
        raise Refused(Reason.TOO_LATE, f"closed at {end + STATE_S}")


def share_round(state: Overlay, signed: SignedStatement, body: Share, now: Now) -> None:
    """``nbr-share``: a guardian's part of opening a closed round, once, with its proof (line 20)."""
    if now.params.guardian_of(signed.signer) != body.guardian:
        raise Refused(Reason.NOT_GUARDIAN, f"guardian {body.guardian}")
    cohort = now.cohort(body.cohort)
    name = round_name(cohort.id, body.epoch, body.day)
    closed = _closed(state, name)
    if state.get(NBR_ROUND, SHARE + name + bytes((body.guardian,))) is not None:
        raise Refused(Reason.ALREADY_DONE, f"guardian {body.guardian}")
    keys = guardian_keys(state, body.epoch)
    joint = joint_of(keys, now.of)
    if joint is None:
        raise Refused(Reason.NO_KEY, f"month {body.epoch}")
    round_ = Round(now.genesis_hash, cohort.id, body.epoch, body.day)
    try:
        verify_share(body, round_, closed.frozen, joint, keys[body.guardian].key)
    except VerificationError as error:
        raise Refused(Reason.BAD_PROOF, str(error)) from error
    value: list[Value] = [b"".join(body.parts), body.challenge, body.response]
    state.put_value(NBR_ROUND, SHARE + name + bytes((body.guardian,)), value)


def open_round(state: Overlay, signed: SignedStatement, body: OpenRound, now: Now) -> None:
    """``nbr-open``: anyone's word for what the sums are, which the shares confirm or refuse (line 21)."""
    cohort = now.cohort(body.cohort)
    name = round_name(cohort.id, body.epoch, body.day)
    closed = _closed(state, name)
    shares = shares_of(state, cohort.id, body.epoch, body.day)
    if len(shares) != now.of:
        raise Refused(Reason.NOT_CLOSED, f"{len(shares)} of {now.of} guardians have shared")
    try:
        if body.day is None:
            check_shape(closed.frozen, shares, now.of, body.values)
        else:
            check_day(closed.frozen, shares, now.of, cohort.s, body.values)
    except VerificationError as error:
        raise Refused(Reason.BAD_PROOF, str(error)) from error
    if not state.trial:
        _end(state, RoundRecord(
            cohort.id, body.epoch, body.day, closed.roster, closed.frozen, shares, body.values, None
        ))  # fmt: skip


def _closed(state: Overlay, name: bytes) -> Closed:
    raw = state.get(NBR_ROUND, CLOSED + name)
    if raw is None:
        raise Refused(Reason.NOT_CLOSED, "the round does not wait for guardians")
    return Closed.from_cbor(raw)


def shares_of(state: Overlay, cohort: str, epoch: int, day: int | None) -> tuple[Share, ...]:
    """The shares of a closed round, by guardian."""
    found = []
    for key, raw in state.starting(NBR_ROUND, SHARE + round_name(cohort, epoch, day)):
        parts, c, z = as_list(decode(raw), "share", 3)
        data = as_bytes(parts, "parts")
        points = tuple(data[i : i + 32] for i in range(0, len(data), 32))
        found.append(Share(
            epoch, cohort, day, key[-1], points, as_bytes(c, "c", 32), as_bytes(z, "z", 32)
        ))  # fmt: skip
    return tuple(found)


# ---- what is due --------------------------------------------------------------------------------


def close_due(state: Overlay, now: Now) -> None:
    """Closes days, and months, that are over for 48 h: ascending by cohort, at most four in a block."""
    left = CLOSES
    for cohort in now.params.cohorts:
        name = b"next/" + cohort.id.encode()
        value = state.get_list(NBR, name, 2)
        assert value is not None
        day, epoch = as_uint(value[0], "next day"), as_uint(value[1], "next month")
        while left and _over(state, cohort, day, epoch_of(day), now):
            _close(state, cohort, epoch_of(day), day, now)
            day, left = day + 1, left - 1
            if day > days_of(epoch)[-1]:
                _close(state, cohort, epoch, None, now)
                epoch += 1
        if [day, epoch] != value:
            state.put_value(NBR, name, [day, epoch])


def _over(state: Overlay, cohort: Cohort, day: int, epoch: int, now: Now) -> bool:
    try:
        return now.time_s >= round_end_s(zone_of(state, cohort.zone), day, epoch) + STATE_S
    except (ZoneTableEnds, Refused):
        return False  # it fails closed: nothing is opened beyond what the table says


def _close(state: Overlay, cohort: Cohort, epoch: int, day: int | None, now: Now) -> None:
    """Freezes a round's sums for its guardians, or voids it: then the sums are deleted and never opened."""
    name = round_name(cohort.id, epoch, day)
    roster = counted(state, cohort.id, epoch, now)
    raw = state.get(NBR_ROUND, SUMS + name)
    if raw is None:
        keyed = joint_of(guardian_keys(state, epoch), now.of) is not None
        found: Frozen | Void = Void(VoidReason.TOO_FEW if keyed else VoidReason.NO_KEY, 0)
    else:
        tally = RunningTally.from_value(decode(raw))
        found = close_shape(tally, roster) if day is None else close_day(tally, cohort.s, roster)
    for key, who in state.starting(NBR_ROUND, stated_name(epoch, day)):
        if decode(who) == cohort.id:
            state.remove(NBR_ROUND, key)
    if raw is not None:
        state.remove(NBR_ROUND, SUMS + name)
    if isinstance(found, Void):
        _append(state, RoundRecord(cohort.id, epoch, day, roster, None, (), (), found))
    else:
        state.put(NBR_ROUND, CLOSED + name, Closed(found, roster, now.time_s).to_cbor())


def void_due(state: Overlay, now: Now) -> None:
    """Voids rounds for which a guardian's share is missing for 14 days (line 22)."""
    left = VOIDS
    for key, raw in state.starting(NBR_ROUND, CLOSED):
        closed = Closed.from_cbor(raw)
        if closed.time_s + SHARE_S > now.time_s:
            continue
        cohort, number, is_shape = round_in(key)
        day, epoch = (None, number) if is_shape else (number, epoch_of(number))
        there = {name[-1] for name, _ in state.starting(NBR_ROUND, SHARE + round_name(cohort, epoch, day))}
        absent = next((i for i in range(now.of) if i not in there), None)
        if absent is None:
            continue  # all shares are in: anyone can open it, now as before
        shares = shares_of(state, cohort, epoch, day)
        void = Void(VoidReason.GUARDIAN_ABSENT, closed.frozen.n, absent)
        _end(state, RoundRecord(cohort, epoch, day, closed.roster, closed.frozen, shares, (), void))
        left -= 1
        if not left:
            return


def _end(state: Overlay, record: RoundRecord) -> None:
    """A round that was closed becomes a record; nothing of it stays in the state."""
    name = round_name(record.cohort, record.epoch, record.day)
    state.remove(NBR_ROUND, CLOSED + name)
    for key, _ in state.starting(NBR_ROUND, SHARE + name):
        state.remove(NBR_ROUND, key)
    _append(state, record)


def _append(state: Overlay, record: RoundRecord) -> None:
    leaf = record.leaf.to_bytes()
    index = append_log(state, record.cohort, leaf)
    state.books.append(Book(record_rule(record.cohort), index, (record.to_bytes(),), (b"",), leaf))
