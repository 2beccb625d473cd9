"""Who is compared: rosters of cohorts by month, and the guardians' keys.

A join or a move counts from the next month, or in the running one where the ledger's genesis says so; who
leaves states nothing more at once, and is not counted when a round closes. Only a cohort's name is said here,
never what a home is like. Source: protocol/neighbours, lines 6 to 8, 25.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ohmstead.contract.households import member_meter, note
from ohmstead.contract.neighbour_parameters import ERASE_S
from ohmstead.contract.neighbour_state import (
    Now,
    day_at,
    guardian_key_name,
    guardian_keys,
    round_end_s,
    zone_of,
)
from ohmstead.contract.overlay import NBR, NBR_KEY, ROSTER, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import Value, as_bool, as_identifier, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOT_SECONDS, ZoneTableEnds
from ohmstead.core.statements import SignedStatement
from ohmstead.neighbours.guardians import check_key, joint_key
from ohmstead.neighbours.messages import EraseKey, GuardianKey, RosterAction, RosterChange
from ohmstead.neighbours.rounds import days_of, epoch_of

#: Keys may be posted for so many months ahead.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A meter's place on a cohort's roster: in the epochs from ``first`` to ``end``, excluded (None: still).

    ``left``: it has said that it leaves, and states nothing more.
    """

    first: int
    end: int | None = None
    left: bool = False

    def holds(self, epoch: int) -> bool:
        """Whether it is on the roster of an epoch and has not left."""
        return self.first <= epoch and (self.end is None or epoch < self.end) and not self.left

    def to_cbor(self) -> bytes:
        """[first epoch, end or null, left]."""
        return encode([self.first, self.end, self.left])

    @classmethod
    def from_cbor(cls, data: bytes) -> Place:
        """The place of a state value. Raises CodecError."""
        first, end, left = as_list(decode(data), "roster place", 3)
        return cls(
            as_uint(first, "first"), None if end is None else as_uint(end, "end"), as_bool(left, "left")
        )


def place_name(cohort: str, meter: bytes) -> bytes:
    """The state key of a meter's place in a cohort."""
    return cohort.encode() + b"\x00" + meter


def place_of(state: Overlay, cohort: str, meter: bytes) -> Place | None:
    """A meter's place in a cohort, past ones included until it joins again."""
    raw = state.get(ROSTER, place_name(cohort, meter))
    return None if raw is None else Place.from_cbor(raw)


def counted(state: Overlay, cohort: str, epoch: int, now: Now) -> int:
    """How many meters of a cohort are on the roster of an epoch, have not left, and may state.

    A meter that is too young, retired, blocked or out of date states nothing and cannot leave either: counted, it
    would keep the others below two thirds for ever.
    """
    prefix = cohort.encode() + b"\x00"
    places = [(name[len(prefix) :], Place.from_cbor(raw)) for name, raw in state.starting(ROSTER, prefix)]
    return sum(place.holds(epoch) and _counts(state, meter, now) for meter, place in places)


def _counts(state: Overlay, meter: bytes, now: Now) -> bool:
    try:
        member_meter(state, meter, now.time_s)
    except Refused:
        return False
    return old_enough(state, meter, now)


def admitted(state: Overlay, meter: bytes, now: Now) -> None:
    """Remembers when a meter was registered: its certificate's age counts from there."""
    state.put_value(NBR, b"age/" + meter, now.time_s)


def old_enough(state: Overlay, meter: bytes, now: Now) -> bool:
    """Whether a meter's certificate is old enough to count (line 8)."""
    raw = state.get(NBR, b"age/" + meter)
    return raw is not None and as_uint(decode(raw), "age") + now.params.age_s <= now.time_s


# ---- statements ---------------------------------------------------------------------------------


def change(state: Overlay, signed: SignedStatement, body: RosterChange, now: Now) -> None:
    """``nbr-join``: joins, leaves or moves; of several for one meter the highest version stands."""
    if signed.signer != body.meter:
        raise Refused(Reason.WRONG_METER, "signed by another key")
    home = member_meter(state, body.meter, now.time_s)
    name, version = _standing(state, body.meter)
    if body.version <= version:
        raise Refused(Reason.OLD_VERSION, f"version {version} stands")
    cohort = now.cohort(body.cohort)
    present = _present(state, cohort.zone, now)
    if body.epoch != present + (0 if now.params.at_once else 1):
        raise Refused(Reason.WRONG_EPOCH, f"this is month {present}")
    if body.action is RosterAction.LEAVE:
        if name != body.cohort:
            raise Refused(Reason.NOT_ON_ROSTER, body.cohort)
        _leave(state, body.cohort, body, now)
        name = None
    else:
        if (body.action is RosterAction.JOIN) != (name is None):
            raise Refused(Reason.NOT_ON_ROSTER if name is None else Reason.ALREADY_DONE, name or "")
        if name == body.cohort:
            raise Refused(Reason.ALREADY_DONE, body.cohort)
        if name is not None:
            old = place_of(state, name, body.meter)
            assert old is not None
            _put(state, name, body.meter, replace(old, end=max(body.epoch, old.first)))
        _put(state, body.cohort, body.meter, _again(place_of(state, body.cohort, body.meter), body.epoch))
        name = body.cohort
    value: list[Value] = [name, body.version]
    state.put_value(ROSTER, b"\x00" + body.meter, value)
    note(state, home, signed.data)


def _again(old: Place | None, epoch: int) -> Place:
    """The place of a meter that joins: one that it had until now goes on."""
    if old is not None and old.end is not None and old.first <= epoch <= old.end:
        return Place(old.first)
    return Place(epoch)


def _leave(state: Overlay, cohort: str, body: RosterChange, now: Now) -> None:
    old = place_of(state, cohort, body.meter)
    assert old is not None
    _put(state, cohort, body.meter, replace(old, end=max(body.epoch, old.first), left=True))


def _put(state: Overlay, cohort: str, meter: bytes, place: Place) -> None:
    state.put(ROSTER, place_name(cohort, meter), place.to_cbor())


def _standing(state: Overlay, meter: bytes) -> tuple[str | None, int]:
    """(cohort that the meter is in or will be, version of its last change)."""
    value = state.get_list(ROSTER, b"\x00" + meter, 2)
    if value is None:
        return None, 0
    return None if value[0] is None else as_identifier(value[0], "cohort"), as_uint(value[1], "version")


def _present(state: Overlay, zone: str, now: Now) -> int:
    try:
        return epoch_of(day_at(zone_of(state, zone), now.time_s))
    except ZoneTableEnds as error:
        raise Refused(Reason.UNKNOWN_ZONE, str(error)) from error


def post_key(state: Overlay, signed: SignedStatement, body: GuardianKey, now: Now) -> None:
    """``guardian-key``: a guardian's key of a month, once, with its proof, ahead of the month."""
    _only_guardian(signed, body.guardian, now)
    begins, ends = _month(state, body.epoch, now)
    if now.params.lead_s and now.time_s > begins - now.params.lead_s:
        raise Refused(Reason.TOO_LATE, f"keys of month {body.epoch} are closed")
    if now.time_s >= ends:
        raise Refused(Reason.TOO_LATE, f"month {body.epoch} is over")
    if body.epoch > _present(state, now.params.cohorts[0].zone, now) + _AHEAD:
        raise Refused(Reason.WRONG_EPOCH, f"month {body.epoch} is too far ahead")
    keys = guardian_keys(state, body.epoch)
    if body.guardian in keys:
        raise Refused(Reason.ALREADY_DONE, f"guardian {body.guardian}, month {body.epoch}")
    if any(k.key == body.key for k in keys.values()):
        raise Refused(Reason.KEY_IN_USE, "another guardian has this key")
    try:
        check_key(now.genesis_hash, body, now.of)
        if len(keys) + 1 == now.of:
            joint_key(now.genesis_hash, body.epoch, (*keys.values(), body), now.of)
    except VerificationError as error:
        raise Refused(Reason.BAD_PROOF, str(error)) from error
    value: list[Value] = [body.key, body.challenge, body.response, now.time_s]
    state.put_value(NBR_KEY, guardian_key_name(body.epoch, body.guardian), value)


def erase_key(state: Overlay, signed: SignedStatement, body: EraseKey, now: Now) -> None:
    """``guardian-erase``: a guardian says, 16 days after a month or later, that it has erased its key."""
    _only_guardian(signed, body.guardian, now)
    if body.guardian not in guardian_keys(state, body.epoch):
        raise Refused(Reason.NO_KEY, f"guardian {body.guardian}, month {body.epoch}")
    if now.time_s < _month(state, body.epoch, now)[1] + ERASE_S:
        raise Refused(Reason.DAY_NOT_OVER, f"month {body.epoch} may still be opened")
    name = b"e" + guardian_key_name(body.epoch, body.guardian)
    if state.get(NBR_KEY, name) is not None:
        raise Refused(Reason.ALREADY_DONE, f"guardian {body.guardian}, month {body.epoch}")
    state.put_value(NBR_KEY, name, now.time_s)


def _only_guardian(signed: SignedStatement, guardian: int, now: Now) -> None:
    if now.params.guardian_of(signed.signer) != guardian:
        raise Refused(Reason.NOT_GUARDIAN, f"guardian {guardian}")


def _month(state: Overlay, epoch: int, now: Now) -> tuple[int, int]:
    """(first second, end) of a month: the earliest begin and the latest end of all cohorts' zones."""
    try:
        zones = [zone_of(state, c.zone) for c in now.params.cohorts]
        first = days_of(epoch)[0]
        begins = min(zone.slots_of(max(first, zone.first_day)).start for zone in zones) * SLOT_SECONDS
        return begins, max(round_end_s(zone, None, epoch) for zone in zones)
    except ZoneTableEnds as error:
        raise Refused(Reason.WRONG_EPOCH, str(error)) from error
