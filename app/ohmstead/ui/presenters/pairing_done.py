"""What pairing came to, in words: the facts that were checked, and what happens from here. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.ui.presenters.clock import MeterClock
from ohmstead.ui.presenters.pairing import PairedHome
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class DoneView:
    """``facts`` are (name, words), each of them checked; ``lines`` (icon, sentence).

    ``typed`` asks for the label's picture, in a sentence, empty where the whole label was compared;
    ``typed_problem`` says why a picture did not do.
    """

    badge: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    typed: str
    typed_problem: str


def done_view(home: PairedHome, problem: Problem | None, words: Wording) -> DoneView:
    """The view of what was paired. ``problem``: what a picture shown afterwards came to."""
    tr = words.tr
    return DoneView(
        tr("Paired in {s} s", s=words.number(max(home.seconds, 0.1), 1)),
        (
            (tr("Your meter"), tr("mark {mark}", mark=home.mark)),
            (tr("Its certificate"), _certificate(home, words)),
            (tr("Six words"), tr("compared by you"))
            if home.typed
            else (tr("Its label"), tr("compared whole")),
            (tr("First page"), _first_page(home, words)),
        ),
        (
            ("refresh", tr("Your history comes in, newest first. You can use everything meanwhile.")),
            ("lock", tr("What comes in is checked and kept on this computer. Nothing leaves it by itself.")),
        ),
        tr("This home is marked “typed” until a picture of the QR code confirms it.") if home.typed else "",
        confirm_problem(problem, words) if problem is not None else "",
    )


def _certificate(home: PairedHome, words: Wording) -> str:
    if home.certified_to_hour is None:
        return words.tr("signed, and in force")
    last = (home.certified_to_hour - 1) // 24
    return words.tr("valid until {day}", day=words.day(last, year=True))


def _first_page(home: PairedHome, words: Wording) -> str:
    if home.newest_slot is None or home.zone is None:
        return words.tr("within the hour")
    slot = home.newest_slot
    return words.tr(
        "{day}, {time}", day=words.day(home.zone.day_of(slot)), time=MeterClock(home.zone).end(slot)
    )


def confirm_problem(problem: Problem, words: Wording) -> str:
    """Why a picture does not confirm a home."""
    if problem is Problem.OTHER_METER:
        return words.tr("That picture is of another meter's label. The home stays “typed”.")
    if problem is Problem.OTHER_LEDGER:
        return words.tr("That label names another ledger than your meter's. Do not rely on this home.")
    return words.tr("That could not be stored. Try once more.")
