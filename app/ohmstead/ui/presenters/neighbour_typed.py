"""What a person types of a home, read exactly. Qt-free, total. Not here: the form
(``dialogs.neighbour_home``)."""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.neighbours.cohorts import AREA_LIMIT, PEOPLE_LIMIT, Dwelling, Features, Heating
from ohmstead.ui.presenters.numbers import parse_scaled
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class Typed:
    """A home, or what is wrong with its area or its people."""

    features: Features | None
    area: str = ""
    people: str = ""


def read_features(
    dwelling: Dwelling, heating: Heating, area: str, people: str, words: Wording, *, ev: bool, pv: bool
) -> Typed:
    """What the form says."""
    tr = words.tr
    area_m2, number = parse_scaled(area, 0, words), parse_scaled(people, 0, words)
    wrong_area = wrong_people = ""
    if area_m2 is None or not 0 < area_m2 < AREA_LIMIT:
        wrong_area = tr("Whole square metres, from 1 to {most}", most=words.number(AREA_LIMIT - 1))
    if number is None or not 0 < number < PEOPLE_LIMIT:
        wrong_people = tr("A number of people, from 1 to {most}", most=words.number(PEOPLE_LIMIT - 1))
    if wrong_area or wrong_people or area_m2 is None or number is None:
        return Typed(None, wrong_area, wrong_people)
    return Typed(Features(dwelling, area_m2, number, heating, ev, pv))
