"""A new home's first sync, as the steps that a person follows: first block, certificate, first page.

Read from what the home's session tells, so that nothing is checked twice and nothing here can differ from what
was checked. Here: which step stands where, and what ended it. Not here: the checks (``sync``, ``verifying``),
the steps before (``pairing``). Thread: the one that ``hear`` is called on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import ZoneTable
from ohmstead.ledger.genesis import GenesisError
from ohmstead.ledger.lightblock import LightClientError
from ohmstead.ledger.validators import BadValidatorSet
from ohmstead.services.events import Event, LinkChanged, Refused
from ohmstead.services.states import HomeState, LinkState
from ohmstead.services.sync import Stage, SyncProgress


class FirstStep(Enum):
    """What a first sync checks, in order: header 1 against the genesis, the certificate under the newest head,
    the first tile of pages against the meter's record."""

    FIRST_BLOCK = "first block"
    CERTIFICATE = "certificate"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Checking:
    """A step is under way, all before it hold. ``away``: the meter is not heard, it is waited for."""

    step: FirstStep
    away: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """A step does not hold. ``error`` names what."""

    step: FirstStep
    error: VerificationError


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Everything holds and the first readings are here.

    ``newest_slot`` is None where the meter has no page on the ledger yet, or where its pages stay sealed;
    ``certified_to_hour`` is excluded.
    """

    model: str
    certified_to_hour: int | None
    newest_slot: int | None
    zone: ZoneTable | None
    typed: bool


FirstNews: TypeAlias = Checking | Stopped | FirstPage

_OF_THE_LEDGER = (GenesisError, LightClientError, BadValidatorSet)


class FirstSync:
    """Hears a session's events and tells of the steps, each change once, until the first page is here."""

    def __init__(self, tell: Callable[[FirstNews], None]) -> None:
        self._tell = tell
        self._state = HomeState()
        self._step = FirstStep.FIRST_BLOCK
        self._last: FirstNews | None = None

    def hear(self, event: Event | HomeState) -> None:
        """One event of the session, in the order in which it was posted."""
        if isinstance(self._last, FirstPage):
            return
        match event:
            case HomeState():
                self._state = event
            case LinkChanged(LinkState.CONNECTED | LinkState.SEARCHING, _):
                # A refusal stays on view while the meter is asked again.
                if not isinstance(self._last, Stopped):
                    self._say(Checking(self._step))
            case LinkChanged(LinkState.AWAY | LinkState.OFF, _):
                if not isinstance(self._last, Stopped):
                    self._say(Checking(self._step, away=True))
            case Refused(error):
                self._say(Stopped(self._failed(error), error))
            case SyncProgress(Stage.HEAD):
                self._step = FirstStep.PAGE
                self._say(Checking(self._step))
            case SyncProgress(Stage.PAGES | Stage.DONE, new_slots=slots):
                state = self._state
                newest = slots[1] if slots else None
                self._say(FirstPage(state.model, state.certified_to_hour, newest, state.zone, state.typed))

    def _failed(self, error: VerificationError) -> FirstStep:
        if self._step is FirstStep.PAGE or isinstance(error, _OF_THE_LEDGER):
            return self._step
        return FirstStep.CERTIFICATE

    def _say(self, news: FirstNews) -> None:
        if news != self._last:
            self._last = news
            self._tell(news)
