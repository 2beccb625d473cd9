"""Why a profile's secrets are not open, as values.

Apart from opening them (``unlocking``), so that who only says it loads no keyring.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class LockReason(Enum):
    """Why secrets are not open."""

    SEALED = "sealed"  # a file that a passphrase opens
    NO_KEYRING = "no keyring"  # nothing is kept yet, and this session has no keyring
    WRONG = "wrong"  # the passphrase is not the file's
    SILENT = "silent"  # the keyring is there and does not answer
    DAMAGED = "damaged"  # the file cannot be read; ``detail`` says why


@dataclass(frozen=True, slots=True)
class SecretsLocked:
    """Posted where a passphrase, or a keyring that answers, is wanted before any home opens.

    ``new``: nothing is sealed yet, the passphrase is to be chosen.
    """

    reason: LockReason
    new: bool
    detail: str = ""
