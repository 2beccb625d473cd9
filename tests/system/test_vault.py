"""The vault: the same secrets before and after every move, and after a crash in the middle of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from keyring.backends.fail import Keyring as NoKeyring

from ohmstead.errors import ExternalError, UserError
from ohmstead.system import secrets as store_module
from ohmstead.system.secrets import KeyringStore, SealedFileStore, profile_store
from ohmstead.system.vault import Vault
from tests.system.test_secrets import Drawer

NAMES = st.sampled_from(["pairings", "device-key", "epoch-root/aa/0", "recovery-entropy"])


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    monkeypatch.setattr(store_module, "_MEMORY", 1 << 16)  # the cost of guessing is not what is tested here
    before, mine = keyring.get_keyring(), Drawer()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def opened(path: Path, passphrase: str | None = None) -> Vault:
    return Vault(path, profile_store(path, lambda: passphrase))


def test_a_passphrase_moves_everything_out_of_the_keyring_and_back(tmp_path: Path, drawer: Drawer) -> None:
    path = tmp_path / "secrets"
    vault = opened(path)
    vault.put("pairings", b"one")
    vault.put("device-key", b"two")
    assert not vault.locked
    vault.lock("correct horse")
    assert vault.locked
    assert drawer.kept == {}
    assert (vault.get("pairings"), vault.get("device-key")) == (b"one", b"two")
    again = opened(path, "correct horse")
    assert again.get("device-key") == b"two"
    assert sorted(again.names()) == ["device-key", "pairings"]
    again.put("recovery-entropy", b"three")
    again.unlock()
    assert not path.exists()
    assert not again.locked
    assert opened(path).get("recovery-entropy") == b"three"


def test_another_passphrase_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    vault = opened(path)
    vault.put("pairings", b"one")
    vault.lock("correct horse")
    vault.lock("battery staple")
    with pytest.raises(UserError):
        opened(path, "correct horse")
    assert opened(path, "battery staple").get("pairings") == b"one"


def test_what_cannot_be_locked_says_why(tmp_path: Path) -> None:
    vault = opened(tmp_path / "secrets")
    with pytest.raises(UserError, match="10 characters"):
        vault.lock("short")
    demonstration = Vault(tmp_path / "demo", SealedFileStore.for_demonstration(tmp_path / "demo"))
    assert not demonstration.locked
    with pytest.raises(UserError, match="demonstration"):
        demonstration.lock("correct horse")


def test_without_a_keyring_the_passphrase_stays(tmp_path: Path) -> None:
    vault = opened(tmp_path / "secrets")
    vault.put("pairings", b"one")
    vault.lock("correct horse")
    keyring.set_keyring(NoKeyring())
    with pytest.raises(UserError, match="no keyring"):
        vault.unlock()
    assert vault.get("pairings") == b"one"


@pytest.mark.parametrize("after", range(6))
def test_a_crash_while_unlocking_loses_nothing(
    tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    path = tmp_path / "secrets"
    vault = opened(path)
    for i in range(4):
        vault.put(f"secret-{i}", bytes((i,)))
    vault.lock("correct horse")
    count = iter(range(100))
    real = Drawer.set_password

    def failing(self: Drawer, service: str, username: str, password: str) -> None:
        if next(count) >= after:
            raise keyring.errors.PasswordSetError("gone")
        real(self, service, username, password)

    monkeypatch.setattr(Drawer, "set_password", failing)
    if after < 5:
        with pytest.raises(ExternalError):
            vault.unlock()
        assert vault.locked
        reopened = opened(path, "correct horse")
    else:
        vault.unlock()
        reopened = opened(path)
    assert [reopened.get(f"secret-{i}") for i in range(4)] == [bytes((i,)) for i in range(4)]


@pytest.mark.parametrize("after", range(6))
def test_a_crash_while_locking_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    path = tmp_path / "secrets"
    vault = opened(path)
    for i in range(4):
        vault.put(f"secret-{i}", bytes((i,)))
    count = iter(range(100))
    real = KeyringStore.delete

    def failing(self: KeyringStore, name: str) -> None:
        if next(count) >= after:
            raise ExternalError("gone")
        real(self, name)

    monkeypatch.setattr(KeyringStore, "delete", failing)
    if after < 5:
        with pytest.raises(ExternalError):
            vault.lock("correct horse")
    else:
        vault.lock("correct horse")
    reopened = opened(path, "correct horse")
    assert [reopened.get(f"secret-{i}") for i in range(4)] == [bytes((i,)) for i in range(4)]


class AnyOrder(RuleBasedStateMachine):
    """Keeping, deleting and moving in any order: the vault is a dictionary."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "secrets"
        keyring.set_keyring(Drawer())
        self.passphrase: str | None = None
        self.vault = opened(self.path)
        self.model: dict[str, bytes] = {}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    @rule(name=NAMES, value=st.binary(max_size=40))
    def put(self, name: str, value: bytes) -> None:
        self.vault.put(name, value)
        self.model[name] = value

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        self.vault.delete(name)
        self.model.pop(name, None)

    @rule(passphrase=st.sampled_from(["correct horse", "battery staple"]))
    def lock(self, passphrase: str) -> None:
        self.vault.lock(passphrase)
        self.passphrase = passphrase

    @rule()
    def unlock(self) -> None:
        self.vault.unlock()
        self.passphrase = None

    @rule()
    def reopen(self) -> None:
        self.vault = opened(self.path, self.passphrase)

    @invariant()
    def it_is_a_dictionary(self) -> None:
        if hasattr(self, "vault"):
            assert {name: self.vault.get(name) for name in self.vault.names()} == self.model


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
