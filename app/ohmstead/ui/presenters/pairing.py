"""Pairing as the window sees it: states to show, and what the person can ask for. Qt-free.

The controller (``ui.radio_pairing``) runs the radio and posts a ``PairingState`` for every change; the page
shows it. Here: the posted values, the controller's protocol, words of a code and of a signal. Not here: the
page's own course (``pairing_course``), failures in words (``pairing_problems``), the handshake (``link``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from ohmstead.core.slots import ZoneTable
from ohmstead.link.label import CODE_LENGTH, LabelError, WrongCheck, WrongLength, WrongLetter, parse_code
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from ohmstead.ui.presenters.wording import Wording

STRONG_DBM, GOOD_DBM = -60, -78


@dataclass(frozen=True, slots=True)
class NearbyMeter:
    """A meter that advertises. ``handle`` is the controller's own name for it; ``mark`` is on the label.

    ``closes_at_s`` (the monotonic clock) says when its pairing window closes, None where it was open before
    this computer first heard it.
    """

    handle: str
    mark: str
    strength_dbm: int
    pairing_open: bool
    closes_at_s: float | None = None


@dataclass(frozen=True, slots=True)
class LabelPicture:
    """A label that was read from its QR picture: the whole text, and the mark and six words that are printed."""

    text: str = field(repr=False)
    mark: str
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PairedHome:
    """What pairing came to.

    ``seconds``: how long it took without the person's own time. ``newest_slot`` is None where no reading is
    here yet; ``certified_to_hour`` is excluded.
    """

    mark: str
    model: str
    seconds: float
    typed: bool
    newest_slot: int | None = None
    zone: ZoneTable | None = None
    certified_to_hour: int | None = None


@dataclass(frozen=True, slots=True)
class PairingState:
    """What to show now.

    ``meters`` come with SEARCHING, ``words`` with WORDS, ``home`` with PAIRED, there with a ``problem`` where a
    picture did not confirm it. FAILED and RADIO have a ``problem``, with ``detail`` for what only the failure
    itself knows; FAILED has the step ``at`` which it ended. ``away``: the meter is waited for.
    """

    phase: PairingPhase
    meters: tuple[NearbyMeter, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    problem: Problem | None = None
    detail: str = ""
    at: Step = Step.LINK
    away: bool = False
    home: PairedHome | None = None


class PairingController(Protocol):
    """What the window asks for. Every call returns at once; answers are posted ``PairingState`` values."""

    def search(self) -> None:
        """Look for meters, until something else is asked for."""
        ...

    def pair(self, handle: str, code: str) -> None:
        """Open a private link to a meter with its label: the typed code, or the text of the QR picture."""
        ...

    def confirm_words(self, same: bool) -> None:
        """The words were compared with the label."""
        ...

    def confirm_label(self, qr_text: str) -> None:
        """The label's QR picture of a home that was just paired by its typed code."""
        ...

    def check_again(self) -> None:
        """Ask a meter that was just paired once more for what did not hold."""
        ...

    def cancel(self) -> None:
        """Stop; nothing stays half paired."""
        ...


def code_problem(code: str, words: Wording) -> str:
    """What is wrong with a typed code, in a sentence; empty when it can be tried."""
    try:
        parse_code(code)
    except WrongLetter as error:
        return words.tr("The letter {letter} is never used in a code.", letter=error.letter)
    except WrongLength as error:
        return words.count(
            CODE_LENGTH - error.found,
            "{n} character is still missing.",
            "{n} characters are still missing.",
        )
    except WrongCheck:
        return words.tr("One character is wrong: the last one does not fit the others.")
    except LabelError as error:
        return str(error)
    return ""


def strength_words(dbm: int, words: Wording) -> str:
    """Signal strength in words."""
    if dbm >= STRONG_DBM:
        return words.tr("Strong signal")
    return words.tr("Good signal") if dbm >= GOOD_DBM else words.tr("Weak signal")


def meter_words(meter: NearbyMeter, words: Wording) -> str:
    """A meter's mark and signal in one short line."""
    if meter.strength_dbm >= STRONG_DBM:
        return words.tr("Mark {mark}, strong signal", mark=meter.mark)
    if meter.strength_dbm >= GOOD_DBM:
        return words.tr("Mark {mark}, good signal", mark=meter.mark)
    return words.tr("Mark {mark}, weak signal", mark=meter.mark)


def open_words(meter: NearbyMeter, now_s: float, words: Wording) -> str:
    """Whether a meter can be paired with, and for how long still, in a sentence."""
    if not meter.pairing_open:
        return words.tr("Not open for pairing: press its button.")
    left = 0 if meter.closes_at_s is None else round(meter.closes_at_s - now_s)
    if left <= 0:
        return words.tr("Pairing is open.")
    minutes, seconds = divmod(left, 60)
    if not minutes:
        return words.tr("Pairing stays open for {s} s.", s=words.number(seconds))
    return words.tr(
        "Pairing stays open for {m} min {s} s.", m=words.number(minutes), s=f"{words.number(seconds):0>2}"
    )
