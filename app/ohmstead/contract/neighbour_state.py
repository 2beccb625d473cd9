"""The neighbours' part of the state: keys, small values, and what a rule may know of the block it runs in.

``nbr``: "params"; "log/<cohort>" [size, root, [hash, …]]; "next/<cohort>" the next day and month to close;
"age/<meter>" when it was registered. ``nbrkey``: epoch ‖ guardian → [X, c, z, posted]; "e" ‖ epoch ‖ guardian →
when it was erased. ``roster``: cohort 00 meter → [from epoch, until epoch or null, left]; 00 meter → [cohort,
version]. ``nbrround``: "s", "c", "g" ‖ round → running sums, closed sums, a share (‖ guardian), where a round is
its kind, its number (day, or month of a shape), cohort and 00; "d" ‖ kind ‖ number ‖ meter → the cohort in which
it has stated. All of a round is removed when it ends and becomes a leaf of the cohort's log.
Not here: what the statements do (``neighbour_roster``, ``neighbour_rounds``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.overlay import NBR, NBR_KEY, ZONE, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import verify_day
from ohmstead.neighbours.group import total
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.proofs import Ciphertext
from ohmstead.neighbours.rounds import Round, days_of
from ohmstead.neighbours.shape import verify_shape

#: Kinds of a round's keys: running sums, closed sums, shares, who has stated.
SUMS, CLOSED, SHARE, STATED = b"s", b"c", b"g", b"d"
#: What of a round's name says whether it is a day or a month's load shape.
_DAY, _SHAPE = b"\x00", b"\x01"
_VERDICTS = 2000


class Proofs:
    """Verdicts on proofs, for a node's own speed: positive ones only, under the hash of all that was checked.

    ``ignored`` is for the mempool alone, never for a block: a meter that sent a false proof is not listened to
    for the rest of its UTC day, or 26 ms each would be a flood (line 15).
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, tuple[Ciphertext, ...]] = {}
        self._liars: dict[bytes, int] = {}

    def ciphertexts(
        self, round_: Round, meter: bytes, joint: bytes, s: int, data: bytes
    ) -> tuple[Ciphertext, ...]:
        """What the tally adds, once the proof holds. Raises VerificationError."""
        name = sha256(round_.context(meter) + joint + bytes((s,)) + data).digest()
        known = self._seen.get(name)
        if known is not None:
            return known
        if round_.day is None:
            found = verify_shape(round_, meter, joint, data)
        else:
            found = verify_day(round_, meter, joint, s, data).ciphertexts
        if len(self._seen) >= _VERDICTS:
            del self._seen[next(iter(self._seen))]
        self._seen[name] = found
        return found

    def lied(self, meter: bytes, time_s: int) -> None:
        """Remembers a false proof."""
        if len(self._liars) >= _VERDICTS:
            self._liars.clear()
        self._liars[meter] = time_s // 86_400

    def ignored(self, meter: bytes, time_s: int) -> bool:
        """Whether a meter is not listened to today."""
        return self._liars.get(meter) == time_s // 86_400


class Spending:
    """What a block has spent on proofs: one for each that it was asked to check, true or false.

    Of the block alone and not of the state: every validator runs a block from its beginning.
    """

    def __init__(self) -> None:
        self.spent = 0

    def pay(self, cost: int, most: int) -> None:
        """Counts. Raises Refused(BLOCK_FULL) where there is no room: the next block has some."""
        if self.spent + cost > most:
            raise Refused(Reason.BLOCK_FULL, f"{most} statements")
        self.spent += cost


@dataclass(frozen=True, slots=True)
class Now:
    """One block: the ledger, the neighbours' parameters, height, block time in s, and its spending."""

    genesis_hash: bytes
    params: NeighbourParameters
    height: int
    time_s: int
    proofs: Proofs = field(repr=False)
    spending: Spending = field(default_factory=Spending, repr=False)

    def cohort(self, name: str) -> Cohort:
        """The cohort of a name. Raises Refused."""
        found = self.params.cohort(name)
        if found is None:
            raise Refused(Reason.NO_COHORT, name)
        return found

    @property
    def of(self) -> int:
        """How many guardians there are."""
        return len(self.params.guardians)


# ---- time --------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _zone_in(name: str, raw: bytes) -> ZoneTable:
    return ZoneTable.from_cbor(name, raw)


def zone_of(state: Overlay, name: str) -> ZoneTable:
    """A zone's table. Raises Refused where the state holds none."""
    raw = state.get(ZONE, name.encode())
    if raw is None:
        raise Refused(Reason.UNKNOWN_ZONE, name)
    return _zone_in(name, raw)


def day_end_s(zone: ZoneTable, day: int) -> int:
    """The UTC second at which a local day is over. Raises ZoneTableEnds."""
    return zone.slots_of(day).stop * SLOT_SECONDS


def round_end_s(zone: ZoneTable, day: int | None, epoch: int) -> int:
    """When a round's day, or its month, is over. Raises ZoneTableEnds."""
    return day_end_s(zone, days_of(epoch)[-1] if day is None else day)


def day_at(zone: ZoneTable, time_s: int) -> int:
    """The local day of a block time. Raises ZoneTableEnds."""
    return zone.day_of(time_s // SLOT_SECONDS)


# ---- keys ---------------------------------------------------------------------------------------


def guardian_key_name(epoch: int, guardian: int) -> bytes:
    """The state key of a guardian's key."""
    return epoch.to_bytes(4, "big") + bytes((guardian,))


def guardian_keys(state: Overlay, epoch: int) -> dict[int, GuardianKey]:
    """The keys that are posted for an epoch, by guardian."""
    found = {}
    for name, raw in state.starting(NBR_KEY, epoch.to_bytes(4, "big")):
        if len(name) == 5:
            key, c, z, _ = as_list(decode(raw), "guardian key", 4)
            found[name[4]] = GuardianKey(
                epoch, name[4], as_bytes(key, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32)
            )
    return found


def joint_of(keys: dict[int, GuardianKey], of: int) -> bytes | None:
    """Y of keys that were checked when they were posted, once all are there; None before (line 7).

    That they are distinct and do not cancel was checked with the last of them.
    """
    return total([k.key for k in keys.values()]) if len(keys) == of else None


def round_name(cohort: str, epoch: int, day: int | None) -> bytes:
    """A round as part of a state key: kind, number, cohort: ascending in time."""
    number = epoch if day is None else day
    return (_SHAPE if day is None else _DAY) + number.to_bytes(4, "big") + cohort.encode() + b"\x00"


def stated_name(epoch: int, day: int | None) -> bytes:
    """What the keys of those begin with who have stated: for all cohorts, for a home is in one."""
    return STATED + (_SHAPE if day is None else _DAY) + (epoch if day is None else day).to_bytes(4, "big")


def round_in(key: bytes) -> tuple[str, int, bool]:
    """(cohort, number, whether it is a shape) of a state key of a round."""
    cohort = key[6:].split(b"\x00", 1)[0].decode("ascii")
    return cohort, int.from_bytes(key[2:6], "big"), key[1:2] == _SHAPE


def append_log(state: Overlay, cohort: str, leaf: bytes) -> int:
    """Appends a record to a cohort's log; returns its index."""
    name = b"log/" + cohort.encode()
    size, _, hashes = state.get_list(NBR, name, 3) or [0, b"", []]
    log = CompactRange(as_uint(size, "size"), tuple(as_bytes(h, "hash", 32) for h in as_list(hashes, "log")))
    after = log.append(leaf_hash(leaf))
    state.put_value(NBR, name, [after.size, after.root(), list(after.hashes)])
    return log.size
