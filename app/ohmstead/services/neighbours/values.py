"""What one header proves of the neighbours' tally, for one home: the state keys, and what their values mean.

Pure. Not here: asking (``follow``), records and what is in them (``check``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.neighbour_roster import Place, place_name
from ohmstead.contract.neighbour_rounds import Closed
from ohmstead.contract.neighbour_state import CLOSED, SHARE, SUMS, guardian_key_name, round_name, stated_name
from ohmstead.contract.overlay import NBR, NBR_KEY, NBR_ROUND, ROSTER, ZONE
from ohmstead.core.codec import CodecError, as_bytes, as_identifier, as_list, as_uint, decode
from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.ledger.provenset import StateKey
from ohmstead.ledger.slice import SliceError
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.guardians import check_key
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.rounds import DAY_LIMIT, EPOCH_LIMIT, days_of, epoch_of
from ohmstead.neighbours.tally import RunningTally
from ohmstead.services.market.proving import Proven

#: A round of a cohort: its name, its epoch, its day (None of a load shape).
RoundName = tuple[str, int, int | None]
Values = Mapping[StateKey, bytes | None]
#: Days, and load shapes, that may still be stated at one time: 48 h after their end, and some blocks.
OPEN_DAYS, OPEN_SHAPES = 4, 2
#: Rounds that wait for guardians, newest first: a share is missing for 14 days at most.
WAITING = 16


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort: its zone, its log of records, which rounds are closed, and the own place on its roster.

    Days before ``next_day`` and load shapes of epochs before ``next_epoch`` are closed.
    """

    cohort: Cohort
    zone: ZoneTable
    size: int
    root: bytes
    next_day: int
    next_epoch: int
    place: Place | None

    def closed(self, first_day: int) -> list[RoundName]:
        """The rounds that are closed, those that ended long ago too; newest first."""
        name = self.cohort.id
        days = [(name, epoch_of(d), d) for d in range(self.next_day - 1, first_day - 1, -1)]
        shapes = [(name, e, None) for e in range(self.next_epoch - 1, epoch_of(first_day) - 1, -1)]
        return sorted([*days, *shapes], key=age_of, reverse=True)

    def today(self, time_s: int) -> int | None:
        """The local day of a time; None where the zone's table does not say."""
        try:
            return self.zone.day_of(time_s // SLOT_SECONDS)
        except ZoneTableEnds:
            return None

    def stating(self, time_s: int) -> list[RoundName]:
        """The rounds that are over and not closed: homes may state them. Newest first."""
        today = self.today(time_s)
        if today is None:
            return []
        name = self.cohort.id
        days = [(name, epoch_of(d), d) for d in range(self.next_day, min(today, self.next_day + OPEN_DAYS))]
        epochs = range(self.next_epoch, self.next_epoch + OPEN_SHAPES)
        shapes = [(name, e, None) for e in epochs if days_of(e)[-1] < today]
        return sorted([*days, *shapes], key=age_of, reverse=True)


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """Everything that is proven of the tally for this home.

    ``standing`` is the cohort that the meter is in or will be; ``guardians`` the keys posted for a month;
    ``stating`` the statements so far of rounds that are open; ``waiting`` the closed ones with who has shared;
    ``stated`` the rounds of which the state says that this meter has stated them.
    """

    proven: Proven
    params: NeighbourParameters
    standing: str | None
    cohorts: Mapping[str, CohortView]
    guardians: Mapping[int, Mapping[int, GuardianKey]] = field(default_factory=dict)
    stating: Mapping[RoundName, int] = field(default_factory=dict)
    waiting: Mapping[RoundName, tuple[Closed, tuple[int, ...]]] = field(default_factory=dict)
    stated: frozenset[RoundName] = frozenset()

    @property
    def time_s(self) -> int:
        """Block time that all of it is as of."""
        return self.proven.time_s

    def month(self) -> int | None:
        """The running epoch, in the first cohort's zone."""
        days = [v.today(self.time_s) for v in self.cohorts.values()]
        return None if not days or days[0] is None else epoch_of(days[0])

    def holding(self) -> str | None:
        """The cohort on whose roster the meter is in its running month."""
        for name, view in self.cohorts.items():
            today = view.today(self.time_s)
            if view.place is not None and today is not None and view.place.holds(epoch_of(today)):
                return name
        return None

    def with_rounds(
        self,
        guardians: Mapping[int, Mapping[int, GuardianKey]],
        stating: Mapping[RoundName, int],
        waiting: Mapping[RoundName, tuple[Closed, tuple[int, ...]]],
        stated: frozenset[RoundName],
    ) -> NeighbourView:
        """The same view with keys of months and what is under way."""
        return replace(self, guardians=guardians, stating=stating, waiting=waiting, stated=stated)


def age_of(name: RoundName) -> tuple[int, bool]:
    """Rounds by their last day; a month's shape after its last day."""
    _, epoch, day = name
    return (days_of(epoch)[-1], True) if day is None else (day, False)


# ---- membership, logs, what is closed ------------------------------------------------------------


def base_keys(meter: bytes, cohorts: Sequence[Cohort], zone: ZoneTable) -> list[StateKey]:
    """The state keys of a look's first question; ``zone`` is the home's own, proven before."""
    keys: list[StateKey] = [(ROSTER, b"\x00" + meter)]
    for c in cohorts:
        name = c.id.encode()
        keys += [(ROSTER, place_name(c.id, meter)), (NBR, b"log/" + name), (NBR, b"next/" + name)]
    return keys + [(ZONE, z.encode()) for z in sorted({c.zone for c in cohorts} - {zone.name})]


def view_of(
    proven: Proven, params: NeighbourParameters, meter: bytes, cohorts: Sequence[Cohort], zone: ZoneTable
) -> NeighbourView:
    """The view of proven values. Raises SliceError for values that no such state holds."""
    values = proven.values
    try:
        raw = values[ROSTER, b"\x00" + meter]
        standing = None
        if raw is not None:
            (name, _) = as_list(decode(raw), "membership", 2)
            standing = None if name is None else as_identifier(name, "cohort")
        views = {c.id: _cohort(values, meter, c, zone) for c in cohorts}
    except CodecError as error:
        raise SliceError("neighbours' state", str(error)) from error
    for name, view in views.items():
        today = view.today(proven.time_s)
        newest = params.first_day if today is None else max(today, params.first_day)
        if today is not None and (view.next_day > newest or view.next_epoch > epoch_of(newest)):
            raise SliceError(f"rounds of {name}", f"are closed up to day {view.next_day}, which is not over")
    return NeighbourView(proven, params, standing, views)


def _cohort(values: Values, meter: bytes, cohort: Cohort, own: ZoneTable) -> CohortView:
    name = cohort.id.encode()
    zone = own if cohort.zone == own.name else ZoneTable.from_cbor(
        cohort.zone, _needed(values[ZONE, cohort.zone.encode()])
    )  # fmt: skip
    raw, place = values[NBR, b"log/" + name], values[ROSTER, place_name(cohort.id, meter)]
    size, root = 0, b""
    if raw is not None:
        log = as_list(decode(raw), "log", 3)
        size, root = as_uint(log[0], "size", 1 << 32), as_bytes(log[1], "root", 32)
    day, epoch = as_list(decode(_needed(values[NBR, b"next/" + name])), "next", 2)
    return CohortView(
        cohort, zone, size, root, as_uint(day, "next day", DAY_LIMIT), as_uint(epoch, "next month", EPOCH_LIMIT),
        None if place is None else Place.from_cbor(place),
    )  # fmt: skip


def _needed(value: bytes | None) -> bytes:
    if value is None:
        raise CodecError("a value that is always there is absent")
    return value


# ---- keys of a month, rounds under way -----------------------------------------------------------


def guardian_key_keys(epoch: int, of: int) -> list[StateKey]:
    """The state keys of all guardians' keys of a month."""
    return [(NBR_KEY, guardian_key_name(epoch, i)) for i in range(of)]


def guardian_keys_in(values: Values, epoch: int, of: int, genesis: bytes) -> dict[int, GuardianKey]:
    """The posted keys of a month, each with its proof of possession checked. Raises VerificationError."""
    found = {}
    for i, name in enumerate(guardian_key_keys(epoch, of)):
        raw = values[name]
        if raw is None:
            continue
        try:
            key, c, z, _ = as_list(decode(raw), "guardian key", 4)
            posted = GuardianKey(epoch, i, as_bytes(key, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32))
        except CodecError as error:
            raise SliceError(f"key of guardian {i}, epoch {epoch}", str(error)) from error
        check_key(genesis, posted, of)
        found[i] = posted
    return found


def stating_keys(meter: bytes, name: RoundName) -> list[StateKey]:
    """The state keys of a round that may still be stated: its running sums, and whether this meter stated it."""
    cohort, epoch, day = name
    return [
        (NBR_ROUND, SUMS + round_name(cohort, epoch, day)),
        (NBR_ROUND, stated_name(epoch, day) + meter),
    ]


def stating_in(values: Values, meter: bytes, name: RoundName) -> tuple[int, bool]:
    """(statements so far, whether this meter's is among them). Raises SliceError."""
    sums, stated = (values[key] for key in stating_keys(meter, name))
    try:
        n = 0 if sums is None else RunningTally.from_value(decode(sums)).n
        return n, stated is not None and decode(stated) == name[0]
    except CodecError as error:
        raise SliceError(f"round {name}", str(error)) from error


def waiting_keys(name: RoundName, of: int) -> list[StateKey]:
    """The state keys of a closed round: its sums, then each guardian's share."""
    where = round_name(*name)
    return [(NBR_ROUND, CLOSED + where), *((NBR_ROUND, SHARE + where + bytes((i,))) for i in range(of))]


def waiting_in(values: Values, name: RoundName, of: int) -> tuple[Closed, tuple[int, ...]] | None:
    """The closed sums and who has shared; None where the round has ended meanwhile. Raises SliceError."""
    closed, *shares = (values[key] for key in waiting_keys(name, of))
    if closed is None:
        return None
    try:
        return Closed.from_cbor(closed), tuple(i for i, share in enumerate(shares) if share is not None)
    except (CodecError, VerificationError) as error:
        raise SliceError(f"round {name}", str(error)) from error
