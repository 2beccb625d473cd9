"""A group of homes as the values that a window is handed: days that are really tallied, one home among them.

Made up, not recorded: every home's import is drawn from a hash, every result is ``plain_day`` of these imports.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from ohmstead.core.slots import ZoneTable
from ohmstead.neighbours.cohorts import Answer, Cohort, Dwelling, Features, Heating
from ohmstead.neighbours.estimator import DayResult, plain_day
from ohmstead.neighbours.rounds import MIN_HOMES, epoch_of
from ohmstead.neighbours.shape import PARTS, parts_of
from ohmstead.neighbours.tally import Void, VoidReason
from ohmstead.services.neighbour_states import (
    Finding,
    GuardianState,
    Membership,
    NeighbourAlarm,
    NeighbourRules,
    NeighbourState,
    OwnRound,
    OwnStage,
    RoundState,
    Standing,
)

GUARDIANS = ("Alder", "Birch", "Cedar", "Dogwood")
HOUSES = Cohort(
    "houses-pv", 12, "europe-rome", (Dwelling.DETACHED, Dwelling.TERRACED), (80, 220), (2, 5), pv=Answer.YES
)
FLATS = Cohort("flats-2", 11, "europe-rome", (Dwelling.FLAT,), (60, 90), (2, 2), (Heating.GAS,))
HOME = Features(Dwelling.DETACHED, 140, 3, Heating.ELECTRIC, ev=False, pv=True)
ROSTER, BYTES = 37, 4_544


def imports(day: int, homes: int) -> list[int]:
    """What each home drew on a day, Wh."""
    season = 17_000 + abs((day + 10) % 365 - 182) * 40
    return [
        season * (40 + sha256(f"home/{i}".encode()).digest()[0] // 2) // 100
        + int.from_bytes(sha256(f"{day}/{i}".encode()).digest()[:2]) % 4_000
        for i in range(homes)
    ]


def result(day: int, homes: int) -> DayResult:
    """What the tally of a day opens to."""
    return plain_day(imports(day, homes), HOUSES.s)


def group_shape(homes: int) -> tuple[int, ...]:
    """48 sums in parts per 255 of homes that cook at seven in the evening."""
    one = [
        300 + 900 * (17 <= h % 24 < 22) + 350 * (h % 24 in (7, 8)) + 250 * (h >= 24 and 9 <= h % 24 < 17)
        for h in range(48)
    ]
    one = [v * (5 if h < 24 else 2) for h, v in enumerate(one)]
    sums = tuple(p * homes for p in parts_of(one))
    assert sum(sums) == PARTS * homes
    return sums


@dataclass
class Lane:
    """One home at a moment. ``now_s`` is UTC."""

    zone: ZoneTable
    now_s: int

    @property
    def today(self) -> int:
        return self.zone.day_of(self.now_s // 900)

    def rules(self, *, at_once: bool = True) -> NeighbourRules:
        return NeighbourRules(self.today - 400, (HOUSES, FLATS), GUARDIANS, 0, 0, at_once)

    def day(
        self, back: int, standing: Standing = Standing.RESULT, *, n: int = 34, roster: int = ROSTER
    ) -> RoundState:
        """A round, so many days ago."""
        day = self.today - back
        # The list is counted when a round closes.
        counted = 0 if standing is Standing.COLLECTING else roster
        made = RoundState(HOUSES.id, epoch_of(day), day, standing, n, counted)
        if standing is Standing.RESULT:
            return replace(made, result=result(day, n), shared=(0, 1, 2, 3))
        if standing is Standing.WAITING:
            return replace(made, shared=(0, 2, 3))
        return made

    def void(self, back: int, reason: VoidReason, n: int = 12) -> RoundState:
        guardian = 1 if reason is VoidReason.GUARDIAN_ABSENT else None
        return replace(self.day(back, Standing.VOID, n=n), void=Void(reason, n, guardian))

    def month(self) -> RoundState:
        """The load shape of the month before."""
        epoch = epoch_of(self.today) - 1
        return RoundState(HOUSES.id, epoch, None, Standing.RESULT, 31, ROSTER, shape=group_shape(31))

    def days(self, count: int = 95) -> tuple[RoundState, ...]:
        """Two that are open, then days with results, one void among them."""
        made = [self.day(1, Standing.COLLECTING, n=21), self.day(2, Standing.COLLECTING)]
        made += [self.day(b, n=31 + b % 5) for b in range(3, count)]
        made[10] = self.void(11, VoidReason.TOO_FEW)
        return (*made, self.month())

    def changed(self, percent: int) -> tuple[RoundState, ...]:
        """A year and more of days; those of the year before came to so many per cent of what they were."""
        return tuple(
            replace(r, result=plain_day((wh * percent // 100 for wh in imports(r.day, r.n)), HOUSES.s))
            if r.result is not None and r.day is not None and r.day < self.today - 200 else r
            for r in self.days(400)
        )  # fmt: skip

    def owns(self, count: int = 60, **newest: object) -> tuple[OwnRound, ...]:
        """The own statements of these days; ``newest`` changes the newest with a result."""
        made = []
        for back in range(1, count):
            day = self.today - back
            stage = OwnStage.SENT if back == 1 else OwnStage.ON_LEDGER
            own = OwnRound(day, epoch_of(day), HOUSES.id, stage, 9_000, True if back > 2 else None, BYTES)
            made.append(replace(own, **newest) if back == 3 else own)
        return tuple(made)

    def full(self, **more: object) -> NeighbourState:
        """Taking part, everything in order."""
        first = epoch_of(self.today) - 3
        made = NeighbourState(
            self.rules(), True, self.now_s - 20, True, True, True, HOME, HOUSES.id, HOUSES.id,
            Membership(True, HOUSES.id, False, HOUSES.id, first),
            tuple(GuardianState(g, True, True) for g in GUARDIANS),
            self.days(), self.owns(),
        )  # fmt: skip
        return replace(made, **more)

    def outside(self, **more: object) -> NeighbourState:
        """Never decided."""
        made = self.full(membership=Membership(), own=(), rounds=(), features=None, proposed=None, shown=None)
        return replace(made, **more)

    def few(self, homes: int = 11) -> NeighbourState:
        """Too few homes to open anything."""
        assert homes < MIN_HOMES
        rounds = [self.day(b, Standing.COLLECTING, n=homes, roster=homes) for b in (1, 2)]
        rounds += [
            replace(self.day(b, Standing.VOID, n=homes, roster=homes), void=Void(VoidReason.TOO_FEW, homes))
            for b in (3, 4, 5)
        ]
        return self.full(rounds=tuple(rounds), own=self.owns(6, included=None))

    def alarm(self, finding: Finding, words: str) -> NeighbourAlarm:
        day = self.today - 3
        return NeighbourAlarm(1, finding, HOUSES.id, epoch_of(day), day, words)

    def malformed(self, leaf: int = 7) -> NeighbourAlarm:
        """A leaf of the group's log that is none: of no day and no month."""
        words = f"leaf {leaf} of houses-pv is not a canonical value"
        return NeighbourAlarm(leaf, Finding.RECORD, HOUSES.id, 0, None, words, leaf)


class Asks:
    """A controller that writes down what it is asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def set_features(self, features: Features | None) -> None:
        self.calls.append(("features", features))

    def join(self, cohort: str) -> None:
        self.calls.append(("join", cohort))

    def leave(self) -> None:
        self.calls.append(("leave",))

    def pause(self, paused: bool) -> None:
        self.calls.append(("pause", paused))

    def audit(self, cohort: str, day: int | None, epoch: int | None = None) -> None:
        self.calls.append(("audit", cohort, day, epoch))

    def stop_audit(self) -> None:
        self.calls.append(("stop",))
