"""How a home stands, as frozen values: what its radio does, its power now, everything a window says of it.

Apart from the services that find these out, so that who only shows them loads no radio. Not here: what happens
(``events``), who keeps the sum (``session``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ohmstead.core.intervals import Channel
from ohmstead.core.slots import ZoneTable, first_slot_of_hour
from ohmstead.ledger.slice import Facts


class LinkState(Enum):
    """What the radio does for a home."""

    SEARCHING = "searching"
    CONNECTED = "connected"
    AWAY = "away"
    OFF = "off"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PowerNow:
    """The meter's power at a second of its clock, in watts by channel."""

    time_s: int
    watts: tuple[tuple[Channel, int], ...]


@dataclass(frozen=True, slots=True)
class HomeState:
    """Everything a sidebar or a status command says about a home, at one moment.

    ``paused``: the person asked to bring no more pages for now. ``typed``: the home rests on a typed code until
    its label's picture confirms it. ``model`` and ``certified_to_hour`` (excluded) are the certificate's, empty
    and None before it is checked.
    """

    link: LinkState = LinkState.STOPPED
    facts: Facts | None = None
    zone: ZoneTable | None = None
    refused: str = ""
    power: PowerNow | None = None
    paused: bool = False
    typed: bool = False
    model: str = ""
    certified_to_hour: int | None = None

    @property
    def verified_to_slot(self) -> int | None:
        """The last slot of the complete, proven history; None while it is filling."""
        facts = self.facts
        if facts is None or facts.complete_to_hour is None:
            return None
        return first_slot_of_hour(facts.complete_to_hour) + 3
