"""The steps of pairing as a list that a person follows: done, under way, to come, failed. Qt-free.

The order is the order of the checks: what the ledger begins with comes before what it says of the meter. Here:
phases, steps, their words. Not here: failures in words (``pairing_problems``), drawing (``ui.widgets.steps``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Literal

from ohmstead.ui.presenters.wording import Wording

StepState = Literal["done", "now", "todo", "failed"]


class PairingPhase(Enum):
    """Where pairing stands."""

    SEARCHING = "searching"  # meters come and go in `meters`
    RADIO = "radio"  # this computer's Bluetooth cannot be used: `problem`; it is tried again
    LINK = "link"  # opening the private link
    WORDS = "words"  # compare `words` with the label; the answer goes to `confirm_words`
    CONFIRMING = "confirming"  # the meter has stored this computer, which comes back
    FIRST_BLOCK = "first block"
    CERTIFICATE = "certificate"
    PAGE = "page"
    PAIRED = "paired"
    FAILED = "failed"  # `problem` says why


class Step(IntEnum):
    """The steps of the list, in order."""

    METER = 0
    CODE = 1
    LINK = 2
    WORDS = 3
    FIRST_BLOCK = 4
    CERTIFICATE = 5
    PAGE = 6


#: The step that is under way in a phase.
STEP_OF = {
    PairingPhase.SEARCHING: Step.METER,
    PairingPhase.RADIO: Step.METER,
    PairingPhase.LINK: Step.LINK,
    PairingPhase.WORDS: Step.WORDS,
    PairingPhase.CONFIRMING: Step.FIRST_BLOCK,
    PairingPhase.FIRST_BLOCK: Step.FIRST_BLOCK,
    PairingPhase.CERTIFICATE: Step.CERTIFICATE,
    PairingPhase.PAGE: Step.PAGE,
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One row of the list."""

    name: str
    words: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Standing:
    """What the list is made of.

    ``at`` is the step under way, None when all are done; ``failed`` with ``why`` where it ended there.
    ``meter`` says which meter was found; ``by_picture``: the label's picture was used, no words are compared;
    ``now`` replaces the words of the step under way.
    """

    at: Step | None
    meter: str = ""
    by_picture: bool = False
    failed: bool = False
    why: str = ""
    now: str = ""


def step_views(standing: Standing, words: Wording) -> tuple[StepView, ...]:
    """All steps."""
    return tuple(_view(step, standing, words) for step in Step)


def _view(step: Step, standing: Standing, words: Wording) -> StepView:
    name, ahead, done = _texts(step, standing, words)
    if standing.at is None or step < standing.at:
        return StepView(name, done, "done")
    if step > standing.at:
        return StepView(name, ahead, "todo")
    if standing.failed:
        return StepView(name, standing.why or ahead, "failed")
    return StepView(name, standing.now or ahead, "now")


def _texts(step: Step, standing: Standing, words: Wording) -> tuple[str, str, str]:
    """(name, words before it is done, words after)."""
    tr, picture = words.tr, standing.by_picture
    if step is Step.METER:
        return tr("Find the meter"), tr("Press the button on it"), standing.meter or tr("Found")
    if step is Step.CODE:
        # Whether it is the meter's is only known once the link is open.
        done = tr("Accepted") if standing.at is None or standing.at > Step.LINK else tr("Complete")
        done = tr("Read from the picture") if picture else done
        return tr("Enter its code"), tr("From the meter's label"), done
    if step is Step.LINK:
        return tr("Open a private link"), tr("Nobody else can listen in"), tr("Open")
    if step is Step.WORDS:
        done = tr("The picture compares all of it") if picture else tr("The same")
        return tr("Compare six words"), done if picture else tr("On the label and here"), done
    if step is Step.FIRST_BLOCK:
        return (
            tr("Check the first block"),
            tr("The ledger's own beginning"),
            tr("As the label says") if picture else tr("As the words say"),
        )
    if step is Step.CERTIFICATE:
        return tr("Check its certificate"), tr("Signed by the certifier"), tr("Signed, and in force")
    return tr("Bring the first page"), tr("Then the rest, newest first"), tr("Arrived, checked")
