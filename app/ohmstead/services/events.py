"""What the services tell whoever listens: frozen values, posted from the io thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel
from ohmstead.services.sync import SyncProgress


class LinkState(Enum):
    """What the radio does for a home."""

    SEARCHING = "searching"
    CONNECTED = "connected"
    AWAY = "away"
    OFF = "off"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The link has another state. ``reason`` is the failure's class name, empty when all is well."""

    state: LinkState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PowerNow:
    """The meter's power at a second of its clock, in watts by channel."""

    time_s: int
    watts: tuple[tuple[Channel, int], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Something did not verify and was not used. ``error`` names it."""

    error: VerificationError


Event: TypeAlias = LinkChanged | PowerNow | Refused | SyncProgress
Post: TypeAlias = Callable[[Event], None]
