"""A profile's secrets, wherever they lie: moved between the keyring and a sealed file while in use.

Locking with a passphrase writes the sealed file whole before anything leaves the keyring; unlocking fills the
keyring before the file goes. A crash in between leaves two copies and loses nothing: the sealed file, if it is
there, is what counts (``profile_store``). Here: the move, and the list of names that a keyring cannot give. Not
here: the stores themselves (``system.secrets``). Thread: any; calls take a lock of their own.
"""

from __future__ import annotations

import threading
from pathlib import Path

from ohmstead.core.codec import CodecError, as_bytes, as_list, decode, encode
from ohmstead.errors import ExternalError, UserError
from ohmstead.system.secrets import KeyringStore, SealedFileStore, SecretStore, keyring_present

_INDEX = "index"
MIN_PASSPHRASE = 10


class Vault:
    """Implements ``SecretStore`` over another one that can be exchanged."""

    def __init__(self, sealed: Path, store: SecretStore) -> None:
        self._sealed = sealed
        self._store = store
        self._lock = threading.RLock()

    @property
    def demonstration(self) -> bool:
        """Whether the key lies beside the secrets."""
        return self._store.demonstration

    @property
    def locked(self) -> bool:
        """Whether the secrets lie in a file sealed by a passphrase."""
        return isinstance(self._store, SealedFileStore) and not self._store.demonstration

    def get(self, name: str) -> bytes | None:
        """See SecretStore."""
        with self._lock:
            return self._store.get(name)

    def put(self, name: str, value: bytes) -> None:
        """See SecretStore. The name is noted before the value is kept, so that none is left behind."""
        with self._lock:
            names = self.names()
            if name not in names:
                self._note([*names, name])
            self._store.put(name, value)

    def delete(self, name: str) -> None:
        """See SecretStore."""
        with self._lock:
            self._store.delete(name)
            names = self.names()
            if name in names:
                self._note([known for known in names if known != name])

    def names(self) -> list[str]:
        """Everything that was ever kept and not deleted. Raises ExternalError."""
        with self._lock:
            raw = self._store.get(_INDEX)
            if raw is None:
                return []
            try:
                return [as_bytes(item, "name").decode() for item in as_list(decode(raw), "names")]
            except (CodecError, UnicodeDecodeError) as error:
                raise ExternalError("The list of kept secrets is damaged.") from error

    def lock(self, passphrase: str) -> None:
        """Seals everything by a passphrase, or by another one than before. Takes a second (Argon2id).

        Raises UserError for a passphrase that is too short or in a demonstration, ExternalError.
        """
        if len(passphrase) < MIN_PASSPHRASE:
            raise UserError(f"A passphrase needs at least {MIN_PASSPHRASE} characters.")
        with self._lock:
            self._refuse_demonstration()
            values = self._all()
            former = self._store
            self._store = SealedFileStore.make(self._sealed, passphrase, values)
            if isinstance(former, KeyringStore):
                for name in values:
                    former.delete(name)

    def unlock(self) -> None:
        """Puts everything into the keyring. Raises UserError where there is none, ExternalError."""
        if not keyring_present():
            raise UserError("This session has no keyring. The passphrase stays.")
        with self._lock:
            self._refuse_demonstration()
            if not self.locked:
                return
            values, keyring = self._all(), KeyringStore()
            for name, value in values.items():
                keyring.put(name, value)
            try:
                self._sealed.unlink(missing_ok=True)
            except OSError as error:
                raise ExternalError(f"{self._sealed.name} could not be removed: {error.strerror}.") from error
            self._store = keyring

    def _refuse_demonstration(self) -> None:
        if self._store.demonstration:
            raise UserError("The demonstration's keys protect nothing, so they take no passphrase.")

    def _all(self) -> dict[str, bytes]:
        found = {name: self._store.get(name) for name in self.names()}
        kept = {name: value for name, value in found.items() if value is not None}
        return {**kept, _INDEX: encode([name.encode() for name in kept])}

    def _note(self, names: list[str]) -> None:
        self._store.put(_INDEX, encode([name.encode() for name in names]))
