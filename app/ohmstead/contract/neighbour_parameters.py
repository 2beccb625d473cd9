"""The neighbours' parameters, fixed in genesis: cohorts, guardians, and how long what must wait.

Source: protocol/neighbours, lines 1, 6, 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import CodecError, Value, as_bool, as_bytes, as_identifier, as_list, as_uint
from ohmstead.core.keys import KeyRefused, admit_key, kid
from ohmstead.neighbours.cohorts import MAX_COHORTS, Cohort
from ohmstead.neighbours.rounds import DAY_LIMIT, MAX_GUARDIANS

DAY_S = 86_400
#: A day may be stated for so long after it has ended; then it closes (line 15).
STATE_S = 48 * 3600
#: A share that is missing for so long voids the round (line 22).
SHARE_S = 14 * DAY_S
#: So long after a month guardians erase its key (line 25).
ERASE_S = 16 * DAY_S


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian: an identifier, and the key that signs its statements (not the one that opens sums)."""

    name: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class NeighbourParameters:
    """What genesis fixes.

    ``first_day`` is the first local day that is tallied. A meter counts once its certificate is ``age_s`` old;
    a guardian's key must be there ``lead_s`` before its month; ``at_once`` lets joins count in the running month
    (a demonstration's), else they do from the next. A guardian's index is its place. Raises CodecError.
    """

    first_day: int
    guardians: tuple[Guardian, ...]
    cohorts: tuple[Cohort, ...]
    age_s: int = 60 * DAY_S
    lead_s: int = 3 * DAY_S
    at_once: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.first_day < DAY_LIMIT:
            raise CodecError(f"the first day is {self.first_day}")
        if not 1 <= len(self.guardians) <= MAX_GUARDIANS:
            raise CodecError(f"{len(self.guardians)} guardians; 1 to {MAX_GUARDIANS} are possible")
        if len({g.public_key for g in self.guardians}) != len(self.guardians):
            raise CodecError("two guardians sign with one key")
        names = [c.id for c in self.cohorts]
        if not names or len(names) > MAX_COHORTS or len(set(names)) != len(names):
            raise CodecError(f"1 to {MAX_COHORTS} cohorts, each with a name of its own")

    def cohort(self, name: str) -> Cohort | None:
        """The cohort of a name."""
        return next((c for c in self.cohorts if c.id == name), None)

    def guardian_of(self, signer: bytes) -> int | None:
        """The index of the guardian that signs under a ``kid``."""
        return next((i for i, g in enumerate(self.guardians) if kid(g.public_key) == signer), None)

    def to_value(self) -> Value:
        """[first day, [[name, key], …], [cohort, …], age s, lead s, at once]."""
        return [
            self.first_day, [[g.name, g.public_key] for g in self.guardians],
            [c.to_value() for c in self.cohorts], self.age_s, self.lead_s, self.at_once,
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> NeighbourParameters:
        """The parameters of a codec value. Raises CodecError."""
        first, guardians, cohorts, age, lead, at_once = as_list(value, "neighbours' parameters", 6)
        return cls(
            as_uint(first, "first day"),
            tuple(_guardian(g) for g in as_list(guardians, "guardians", at_most=MAX_GUARDIANS)),
            tuple(Cohort.from_value(c) for c in as_list(cohorts, "cohorts", at_most=MAX_COHORTS)),
            as_uint(age, "age"), as_uint(lead, "lead"), as_bool(at_once, "at once"),
        )  # fmt: skip


def _guardian(value: Value) -> Guardian:
    name, key = as_list(value, "guardian", 2)
    try:
        return Guardian(as_identifier(name, "guardian"), admit_key(as_bytes(key, "guardian key")))
    except KeyRefused as error:
        raise CodecError(f"guardian key: {error}") from error
