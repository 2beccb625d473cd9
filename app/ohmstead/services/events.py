"""What the services tell whoever listens: frozen values, posted from the io thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ohmstead.core.errors import VerificationError
from ohmstead.services.states import LinkState as LinkState
from ohmstead.services.states import PowerNow as PowerNow
from ohmstead.services.sync import SyncProgress


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The link has another state. ``reason`` is the failure's class name, empty when all is well."""

    state: LinkState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something did not verify and was not used. ``error`` names it."""

    error: VerificationError


Event: TypeAlias = LinkChanged | PowerNow | Refused | SyncProgress
Post: TypeAlias = Callable[[Event], None]
