"""Where secrets live: the operating system's keyring, or a file sealed by a passphrase.

Small named byte strings (link keys, the epoch root, the device's key). Here: the ``SecretStore`` protocol
and its three implementations. Not here: what the secrets mean (``services.homes``).
Thread: any; each call takes a lock of its own and touches the disk or the keyring service.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Protocol

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from ohmstead.core.codec import CodecError, as_bytes, as_list, decode, encode
from ohmstead.errors import ExternalError, UserError
from ohmstead.system.files import read_secret_file, write_secret_file

_SERVICE = "ohmstead"
_FORM = "ohmstead-secrets"
_DEMONSTRATION = ".demonstration-key"
_SALT = 16
# Argon2id of the passphrase: 64 MiB, 3 passes (RFC 9106 §4, second recommended option).
_MEMORY, _PASSES = 64 << 20, 3


class SecretStore(Protocol):
    """Named secrets."""

    @property
    def demonstration(self) -> bool:
        """Whether the store's key lies beside it."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None. Raises ExternalError when the store cannot be reached."""

    def put(self, name: str, value: bytes) -> None:
        """Keeps a secret durably. Raises ExternalError."""

    def delete(self, name: str) -> None:
        """Forgets a secret; silent where there is none. Raises ExternalError."""


class KeyringStore:
    """The operating system's keyring (Secret Service, Keychain, Credential Manager)."""

    demonstration = False

    def get(self, name: str) -> bytes | None:
        keyring, failed = _keyring()
        try:
            value = keyring.get_password(_SERVICE, name)
        except failed as error:
            raise ExternalError(f"The keyring does not answer: {error}.") from error
        return None if value is None else bytes.fromhex(value)

    def put(self, name: str, value: bytes) -> None:
        keyring, failed = _keyring()
        try:
            keyring.set_password(_SERVICE, name, value.hex())
        except failed as error:
            raise ExternalError(f"The keyring refused to keep a secret: {error}.") from error

    def delete(self, name: str) -> None:
        if self.get(name) is None:
            return
        keyring, failed = _keyring()
        try:
            keyring.delete_password(_SERVICE, name)
        except failed as error:
            raise ExternalError(f"The keyring refused to forget a secret: {error}.") from error


def profile_store(sealed: Path, passphrase: Callable[[], str | None]) -> SecretStore:
    """The store of a profile: the demonstration's file, a sealed file that is there, or the keyring.

    Where this session has no keyring, a file sealed by what ``passphrase`` answers is made at ``sealed``. Raises
    UserError for a wrong passphrase, or where it answers nothing.
    """
    if sealed.with_name(sealed.name + _DEMONSTRATION).exists():
        return SealedFileStore.for_demonstration(sealed)
    if not sealed.exists() and keyring_present():
        return KeyringStore()
    answer = passphrase()
    if not answer:
        raise UserError(
            "This session has no keyring, and secrets are only kept sealed. Start a keyring, or set "
            "OHMSTEAD_PASSPHRASE to a passphrase of your choice and start again."
        )
    return SealedFileStore.with_passphrase(sealed, answer)


def keyring_present() -> bool:
    """Whether this session has a keyring that keeps anything."""
    from keyring.backends.fail import Keyring as NoKeyring

    return not isinstance(_keyring()[0].get_keyring(), NoKeyring)


def _keyring() -> tuple[ModuleType, type[Exception]]:
    """The library and its failure. It looks for backends when it is imported: not before it is asked."""
    import keyring
    import keyring.errors

    return keyring, keyring.errors.KeyringError


class SealedFileStore:
    """A file sealed by XSalsa20-Poly1305 under a 32-byte key; every change replaces it whole."""

    def __init__(
        self, path: Path, key: bytes, head: bytes = b"", *, demonstration: bool = False, fresh: bool = False
    ) -> None:
        self.demonstration = demonstration
        self._path = path
        self._box = SecretBox(key)
        self._head = head
        self._lock = threading.Lock()
        self._values = {} if fresh else self._read()

    @classmethod
    def with_passphrase(cls, path: Path, passphrase: str) -> SealedFileStore:
        """The store at ``path``, made on first use. Raises UserError for a wrong passphrase."""
        raw = read_secret_file(path)
        salt = raw[:_SALT] if raw else secrets.token_bytes(_SALT)
        return cls(path, _derived(passphrase, salt), salt)

    @classmethod
    def make(cls, path: Path, passphrase: str, values: dict[str, bytes]) -> SealedFileStore:
        """A new store holding exactly these values, written whole over whatever was at ``path``."""
        salt = secrets.token_bytes(_SALT)
        store = cls(path, _derived(passphrase, salt), salt, fresh=True)
        store._write(values)
        return store

    @classmethod
    def for_demonstration(cls, path: Path) -> SealedFileStore:
        """A store whose key lies beside it (0600): for the demonstration home, and labelled so."""
        beside = path.with_name(path.name + _DEMONSTRATION)
        key = read_secret_file(beside)
        if key is None:
            key = secrets.token_bytes(SecretBox.KEY_SIZE)
            write_secret_file(beside, key)
        return cls(path, key, demonstration=True)

    def get(self, name: str) -> bytes | None:
        with self._lock:
            return self._values.get(name)

    def put(self, name: str, value: bytes) -> None:
        with self._lock:
            self._write({**self._values, name: value})

    def delete(self, name: str) -> None:
        with self._lock:
            if name in self._values:
                self._write({k: v for k, v in self._values.items() if k != name})

    def _read(self) -> dict[str, bytes]:
        raw = read_secret_file(self._path)
        if raw is None:
            return {}
        try:
            plain = self._box.decrypt(raw[len(self._head) :])
            form, items = as_list(decode(plain), "secrets", 2)
            pairs = [as_list(item, "secret", 2) for item in as_list(items, "secrets")]
            if form != _FORM:
                raise CodecError("not a file of secrets")
            return {as_bytes(k, "name").decode(): as_bytes(v, "value") for k, v in pairs}
        except CryptoError as error:
            raise UserError("The passphrase does not open this file. Check it and try again.") from error
        except ValueError as error:
            raise ExternalError(f"{self._path.name} is damaged: {error}.") from error

    def _write(self, values: dict[str, bytes]) -> None:
        plain = encode([_FORM, [[k.encode(), v] for k, v in sorted(values.items())]])
        write_secret_file(self._path, self._head + bytes(self._box.encrypt(plain)))
        self._values = values


def _derived(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase."""
    return pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=_PASSES, memlimit=_MEMORY
    )
