"""Pairing as the window sees it: states to show, and what the person can ask for. Qt-free.

The controller (``services``) runs the radio and posts a ``PairingState`` for every change; the window shows
it. Not here: the handshake (``link``), the rules of what is compared when (protocol/link).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from ohmstead.link.label import LabelError, WrongCheck, WrongLength, WrongLetter, parse_code
from ohmstead.ui.presenters.wording import Wording


class PairingPhase(Enum):
    """Where pairing stands."""

    SEARCHING = "searching"  # meters come and go in `meters`
    WORKING = "working"  # opening the private link
    WRONG_CODE = "wrong code"  # complete, but it does not open this meter
    BUSY = "busy"  # the meter talks to another device
    CLOSED = "closed"  # the pairing window is not open
    WORDS = "words"  # compare `words` with the label; the answer goes to `confirm_words`
    PAIRED = "paired"
    FAILED = "failed"  # `detail` says why, in a sentence
    RADIO_OFF = "radio off"


@dataclass(frozen=True, slots=True)
class NearbyMeter:
    """A meter that advertises. ``handle`` is the controller's own name for it; ``mark`` is on the label."""

    handle: str
    mark: str
    strength_dbm: int
    pairing_open: bool


@dataclass(frozen=True, slots=True)
class PairingState:
    """What to show now."""

    phase: PairingPhase
    meters: tuple[NearbyMeter, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    detail: str = ""


class PairingController(Protocol):
    """What the window asks for. Every call returns at once; answers are posted ``PairingState`` values."""

    def search(self) -> None:
        """Begin to look for meters."""
        ...

    def pair(self, handle: str, code: str) -> None:
        """Open a private link to a meter with its label's code (already checked for typing errors)."""
        ...

    def confirm_words(self, same: bool) -> None:
        """The words were compared with the label."""
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
            17 - error.found, "{n} character is still missing.", "{n} characters are still missing."
        )
    except WrongCheck:
        return words.tr("One character is wrong: the last one does not fit the others.")
    except LabelError as error:
        return str(error)
    return ""


def strength_words(dbm: int, words: Wording) -> str:
    """Signal strength in words."""
    if dbm >= -60:
        return words.tr("Strong signal")
    return words.tr("Good signal") if dbm >= -78 else words.tr("Weak signal")


def banner_of(state: PairingState, mark: str, words: Wording) -> tuple[str, str, str] | None:
    """(tone, strong sentence, explanation) for a state that needs one."""
    tr = words.tr
    texts = {
        PairingPhase.WRONG_CODE: (
            "alarm",
            tr("Probably the label of another meter"),
            tr(
                "The code is complete and typed without mistake, but it does not open the meter with the mark "
                "{mark}. Compare the mark on the label you read.",
                mark=mark,
            ),
        ),
        PairingPhase.BUSY: (
            "notice",
            tr("Your meter talks to another device"),
            tr("One at a time. Wait until the other has finished, then try again."),
        ),
        PairingPhase.CLOSED: (
            "notice",
            tr("Pairing is not open"),
            tr("Press the button on the meter. Pairing then stays open for two minutes."),
        ),
        PairingPhase.RADIO_OFF: (
            "notice",
            tr("Bluetooth is off"),
            tr("Turn it on in this computer's settings. The search goes on."),
        ),
        PairingPhase.FAILED: ("alarm", tr("Pairing stopped"), state.detail),
    }
    return texts.get(state.phase)
