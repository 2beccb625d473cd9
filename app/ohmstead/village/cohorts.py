"""The demonstration's cohorts, its guardians' folders, and what its simulated homes are like.

The list of cohorts stands in genesis for all to read; what a home is like is nobody's business but its own, and
these homes are made up. Not here: rosters (``admission``), days (``tally_day``).
"""

from __future__ import annotations

from pathlib import Path

from ohmstead.contract.neighbour_parameters import Guardian, NeighbourParameters
from ohmstead.neighbours.cohorts import Answer, Cohort, Dwelling, Features, Heating
from ohmstead.node.guardian_vault import signing_key
from ohmstead.village.traders import VillageHome

#: So many whole days before its founding the demonstration's tally begins.
TALLIED_DAYS = 4
_HOUSES = tuple(sorted((Dwelling.DETACHED, Dwelling.TERRACED)))
#: The home that is shown: what its published record lets one guess.
SHOWN = Features(Dwelling.DETACHED, 140, 3, Heating.ELECTRIC, ev=False, pv=True)


def cohorts(zone: str) -> tuple[Cohort, ...]:
    """The demonstration's list, the first that fits is proposed: houses with a roof of their own, and others."""
    return (
        Cohort("houses-pv", 12, zone, _HOUSES, (80, 220), (2, 5), ev=Answer.NO, pv=Answer.YES),
        Cohort("houses-pv-ev", 13, zone, _HOUSES, (80, 220), (2, 5), ev=Answer.YES, pv=Answer.YES),
        Cohort("houses", 12, zone, _HOUSES, (80, 220), (2, 5), pv=Answer.NO),
        Cohort("flats-1-2", 11, zone, (Dwelling.FLAT,), (25, 90), (1, 2)),
        Cohort("flats-3-5", 12, zone, (Dwelling.FLAT,), (50, 160), (3, 5)),
    )


def features_of(home: VillageHome) -> Features:
    """What a simulated home is like: who has a roof lives in a house, two in five with an electric car.

    The others live in flats.
    """
    if home.roof_w:
        area, people = 110 + home.number % 60, 2 + home.number % 4
        return Features(Dwelling.DETACHED, area, people, Heating.GAS, ev=home.number % 5 in (2, 4), pv=True)
    people = 1 + home.number % 4
    return Features(Dwelling.FLAT, 45 + 15 * people, people, Heating.DISTRICT, ev=False, pv=False)


def guardian_folders(folder: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    """The folders of the demonstration's guardians, one per member: all on one machine, as every screen says."""
    return tuple(folder / "guardians" / name for name in names)


def parameters(folder: Path, names: tuple[str, ...], zone: str, first_day: int) -> NeighbourParameters:
    """The neighbours of a new demonstration: joins count at once, certificates need no age, keys no lead."""
    guardians = tuple(
        Guardian(name, signing_key(path).public)
        for name, path in zip(names, guardian_folders(folder, names), strict=True)
    )
    return NeighbourParameters(first_day, guardians, cohorts(zone), age_s=0, lead_s=0, at_once=True)
