"""Cohorts: which homes are compared with which, by a published list of rules.

The ledger holds the list: a name, the width of its bins, and what a home in it is like. What a home is like is
typed by its household and stays on its computer; only the name of the cohort that it joins is said. Not here:
rosters (``contract``), the words on screen (``ui``). Source: protocol/neighbours, lines 1 and 8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ohmstead.core.codec import CodecError, Value, as_bool, as_identifier, as_list, as_text, as_uint
from ohmstead.neighbours.rounds import bin_bits

MAX_COHORTS = 64
#: Above any dwelling's area, m², and any number of people.
AREA_LIMIT, PEOPLE_LIMIT = 10_000, 100


class Dwelling(StrEnum):
    """What kind of home it is."""

    FLAT = "flat"
    TERRACED = "terraced"
    DETACHED = "detached"


class Heating(StrEnum):
    """What heats it."""

    GAS = "gas"
    HEAT_PUMP = "heat-pump"
    ELECTRIC = "electric"
    DISTRICT = "district"
    OTHER = "other"


class Answer(IntEnum):
    """What a rule asks of a thing that a home has or has not."""

    NO = 0
    YES = 1
    ANY = 2


@dataclass(frozen=True, slots=True)
class Features:
    """What a household says of its home, on its own computer alone. ``area_m2`` is the heated floor."""

    dwelling: Dwelling
    area_m2: int
    people: int
    heating: Heating
    ev: bool
    pv: bool

    def __post_init__(self) -> None:
        if not 0 < self.area_m2 < AREA_LIMIT or not 0 < self.people < PEOPLE_LIMIT:
            raise CodecError("a home has from 1 m² to 9 999 m² and from 1 person to 99")

    def to_value(self) -> Value:
        """[dwelling, area, people, heating, EV, PV], for the household's own file."""
        return [str(self.dwelling), self.area_m2, self.people, str(self.heating), self.ev, self.pv]

    @classmethod
    def from_value(cls, value: Value) -> Features:
        """The features of a kept value. Raises CodecError."""
        dwelling, area, people, heating, ev, pv = as_list(value, "features", 6)
        try:
            return cls(
                Dwelling(as_text(dwelling, "dwelling")), as_uint(area, "area"), as_uint(people, "people"),
                Heating(as_text(heating, "heating")), as_bool(ev, "EV"), as_bool(pv, "PV"),
            )  # fmt: skip
        except ValueError as error:
            raise CodecError("unknown dwelling or heating") from error


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of homes: its name, its zone and bins, and what its homes are like.

    ``s``: bins of 2^s Wh. ``dwellings`` and ``heatings`` empty admit any; areas and people are from the first
    to the second, both included. Raises CodecError for a cohort that no home can be in.
    """

    id: str
    s: int
    zone: str
    dwellings: tuple[Dwelling, ...] = ()
    area_m2: tuple[int, int] = (1, AREA_LIMIT - 1)
    people: tuple[int, int] = (1, PEOPLE_LIMIT - 1)
    heatings: tuple[Heating, ...] = ()
    ev: Answer = Answer.ANY
    pv: Answer = Answer.ANY

    def __post_init__(self) -> None:
        as_identifier(self.id, "cohort")
        as_identifier(self.zone, "zone")
        bin_bits(self.s)
        for name, (low, high), limit in (
            ("area", self.area_m2, AREA_LIMIT),
            ("people", self.people, PEOPLE_LIMIT),
        ):
            if not 1 <= low <= high < limit:
                raise CodecError(f"cohort {self.id}: {name} from {low} to {high}")
        for name, several in (("dwellings", self.dwellings), ("heatings", self.heatings)):
            if list(several) != sorted(set(several)):
                raise CodecError(f"cohort {self.id}: {name} must ascend, each once")

    def admits(self, home: Features) -> bool:
        """Whether a home is of this kind."""
        return (
            (not self.dwellings or home.dwelling in self.dwellings)
            and (not self.heatings or home.heating in self.heatings)
            and self.area_m2[0] <= home.area_m2 <= self.area_m2[1]
            and self.people[0] <= home.people <= self.people[1]
            and self.ev in (Answer.ANY, home.ev)
            and self.pv in (Answer.ANY, home.pv)
        )

    def to_value(self) -> Value:
        """[name, s, zone, [dwelling, …], [from, to m²], [from, to people], [heating, …], EV, PV]."""
        return [
            self.id, self.s, self.zone, [str(d) for d in self.dwellings], list(self.area_m2),
            list(self.people), [str(h) for h in self.heatings], int(self.ev), int(self.pv),
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> Cohort:
        """The cohort of a codec value. Raises CodecError."""
        name, s, zone, dwellings, area, people, heatings, ev, pv = as_list(value, "cohort", 9)
        try:
            return cls(
                as_identifier(name, "cohort"), as_uint(s, "s"), as_identifier(zone, "zone"),
                tuple(Dwelling(as_text(d, "dwelling")) for d in as_list(dwellings, "dwellings", at_most=8)),
                _span(area, "area"), _span(people, "people"),
                tuple(Heating(as_text(h, "heating")) for h in as_list(heatings, "heatings", at_most=8)),
                Answer(as_uint(ev, "EV")), Answer(as_uint(pv, "PV")),
            )  # fmt: skip
        except ValueError as error:
            raise CodecError("a cohort's rule has an unknown word") from error


def _span(value: Value, what: str) -> tuple[int, int]:
    low, high = as_list(value, what, 2)
    return as_uint(low, what), as_uint(high, what)


def propose(cohorts: Iterable[Cohort], home: Features) -> Cohort | None:
    """The first cohort of the list that a home is like, or None: then there is nothing to compare with."""
    return next((c for c in cohorts if c.admits(home)), None)
