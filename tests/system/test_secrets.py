"""Secrets: every store keeps, forgets and survives alike; a wrong passphrase opens nothing."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from ohmstead.errors import ExternalError, UserError
from ohmstead.system.secrets import KeyringStore, SealedFileStore, SecretStore, profile_store


class Drawer(keyring.backend.KeyringBackend):
    """A keyring of this session, in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(Drawer):
    """A keyring whose person said no."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError("locked")


@pytest.fixture(autouse=True)
def drawer() -> Iterator[Drawer]:
    before, mine = keyring.get_keyring(), Drawer()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


STORES: dict[str, Callable[[Path], SecretStore]] = {
    "keyring": lambda _path: KeyringStore(),
    "passphrase": lambda path: SealedFileStore.with_passphrase(path, "correct horse"),
    "demonstration": SealedFileStore.for_demonstration,
}


@pytest.mark.parametrize("kind", STORES)
def test_keeps_replaces_and_forgets(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    store = STORES[kind](path)
    assert store.get("root") is None
    store.put("root", b"\x00\xff" * 16)
    store.put("pairings", b"")
    store.put("root", b"newer")
    assert (store.get("root"), store.get("pairings")) == (b"newer", b"")
    again = STORES[kind](path)
    assert again.get("root") == b"newer"
    again.delete("root")
    again.delete("root")
    assert STORES[kind](path).get("root") is None
    assert STORES[kind](path).get("pairings") == b""
    assert store.demonstration is (kind == "demonstration")


@pytest.mark.parametrize("kind", ["passphrase", "demonstration"])
def test_files_hold_no_plain_secret_and_are_the_owners_alone(kind: str, tmp_path: Path) -> None:
    STORES[kind](tmp_path / "secrets").put("root", b"a household's root of keys")
    for file in tmp_path.iterdir():
        assert b"household" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_wrong_passphrase_and_a_damaged_file_are_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    SealedFileStore.with_passphrase(path, "right").put("root", b"x")
    kept = path.read_bytes()
    with pytest.raises(UserError, match="passphrase does not open"):
        SealedFileStore.with_passphrase(path, "wrong")
    path.write_bytes(kept[:-1] + bytes((kept[-1] ^ 1,)))
    with pytest.raises(UserError, match="does not open"):
        SealedFileStore.with_passphrase(path, "right")
    path.write_bytes(kept)
    assert SealedFileStore.with_passphrase(path, "right").get("root") == b"x"


def test_a_keyring_that_says_no_is_the_worlds_fault() -> None:
    keyring.set_keyring(Locked())
    for act in (lambda s: s.get("a"), lambda s: s.put("a", b"b"), lambda s: s.delete("a")):
        with pytest.raises(ExternalError, match="keyring"):
            act(KeyringStore())


def never() -> str | None:
    raise AssertionError("nobody should be asked")


def test_a_profile_uses_what_it_has(tmp_path: Path) -> None:
    sealed = tmp_path / "secrets"
    assert isinstance(profile_store(sealed, never), KeyringStore)
    keyring.set_keyring(NoKeyring())
    with pytest.raises(UserError, match="OHMSTEAD_PASSPHRASE"):
        profile_store(sealed, lambda: None)
    profile_store(sealed, lambda: "mine").put("root", b"x")
    keyring.set_keyring(Drawer())
    # What was begun sealed stays sealed, also where a keyring turns up later.
    assert profile_store(sealed, lambda: "mine").get("root") == b"x"
    with pytest.raises(UserError, match="does not open"):
        profile_store(sealed, lambda: "another")
    demo = tmp_path / "demo"
    SealedFileStore.for_demonstration(demo).put("root", b"y")
    assert profile_store(demo, never).demonstration
