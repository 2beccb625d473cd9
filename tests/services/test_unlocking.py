"""Which store a profile has, and what is asked for where it does not open by itself."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.services.unlocking import Locked, open_secrets
from ohmstead.system.secrets import KeyringStore, SealedFileStore


class Kept(KeyringBackend):
    """A keyring in memory; ``silent`` makes it refuse."""

    priority = 1.0
    silent = False

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.silent:
            raise KeyringLocked("no prompt")
        return self.values.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.values[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.values[service, username]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return tmp_path / "secrets"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)


def locked(sealed: Path, passphrase: str | None) -> SecretsLocked:
    with pytest.raises(Locked) as caught:
        open_secrets(sealed, passphrase)
    return caught.value.state


def test_a_new_profile_without_a_keyring_is_asked_for_a_new_passphrase(sealed: Path, without: None) -> None:
    assert locked(sealed, None) == SecretsLocked(LockReason.NO_KEYRING, new=True)
    assert locked(sealed, "") == SecretsLocked(LockReason.NO_KEYRING, new=True)
    store = open_secrets(sealed, "four words of mine")
    store.put("device-key", b"x")
    assert locked(sealed, None) == SecretsLocked(LockReason.SEALED, new=False)
    assert locked(sealed, "four words of yours") == SecretsLocked(LockReason.WRONG, new=False)
    assert open_secrets(sealed, "four words of mine").get("device-key") == b"x"


def test_a_sealed_file_counts_before_a_keyring(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Kept)
    SealedFileStore.with_passphrase(sealed, "four words of mine").put("device-key", b"x")
    assert locked(sealed, None).reason is LockReason.SEALED


def test_a_keyring_is_asked_and_may_be_silent(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Kept()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    assert isinstance(open_secrets(sealed, None), KeyringStore)
    backend.silent = True
    state = locked(sealed, None)
    assert (state.reason, state.new) == (LockReason.SILENT, False)
    assert not sealed.exists(), "nothing is begun beside a keyring that only keeps silent"


def test_a_damaged_file_is_left_alone(sealed: Path, without: None) -> None:
    SealedFileStore.with_passphrase(sealed, "four words of mine").put("device-key", b"x")
    data = sealed.read_bytes()
    sealed.write_bytes(data[:-1] + bytes((data[-1] ^ 1,)))
    state = locked(sealed, "four words of mine")
    assert state.reason in (LockReason.WRONG, LockReason.DAMAGED)
    assert sealed.read_bytes()[:-1] == data[:-1]
