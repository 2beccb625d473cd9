"""Opening a profile's secrets at the start, and why they may not open.

Here: which store a profile has, and what the person is asked for where it does not open by itself. Not here: the
stores (``system.secrets``), the page that asks (``ui``). Thread: any but main: a keyring may wait for its own
window, and a passphrase costs 64 MiB and some tenths of a second.
"""

from __future__ import annotations

from pathlib import Path

from ohmstead.errors import ExternalError, UserError
from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.system.secrets import KeyringStore, SealedFileStore, SecretStore, keyring_present


class Locked(UserError):
    """The secrets do not open; ``state`` says why and what is wanted."""

    def __init__(self, state: SecretsLocked) -> None:
        super().__init__(f"the secrets are locked: {state.reason.value}")
        self.state = state


def open_secrets(sealed: Path, passphrase: str | None) -> SecretStore:
    """A profile's store: its sealed file if there is one, else the session's keyring, else a new sealed file.

    ``passphrase`` is what the person gave, None for nothing yet. Raises Locked.
    """
    if sealed.exists():
        if not passphrase:
            raise Locked(SecretsLocked(LockReason.SEALED, new=False))
        return _unseal(sealed, passphrase)
    if keyring_present():
        store = KeyringStore()
        try:
            store.get("device-key")
        except ExternalError as error:
            raise Locked(SecretsLocked(LockReason.SILENT, new=False, detail=str(error))) from error
        return store
    if not passphrase:
        raise Locked(SecretsLocked(LockReason.NO_KEYRING, new=True))
    return SealedFileStore.with_passphrase(sealed, passphrase)


def _unseal(sealed: Path, passphrase: str) -> SecretStore:
    try:
        return SealedFileStore.with_passphrase(sealed, passphrase)
    except UserError as error:
        raise Locked(SecretsLocked(LockReason.WRONG, new=False)) from error
    except ExternalError as error:
        raise Locked(SecretsLocked(LockReason.DAMAGED, new=False, detail=str(error))) from error
