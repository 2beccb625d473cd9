"""A guardian's disk: the key that signs its statements, its secrets by month, and the journal of what it opened.

The journal is what keeps a guardian from ever sharing two openings of one round: an entry is on the disk before
a share leaves, and another root for the same round is refused for ever. Files are its owner's alone (0600). Not
here: when anything is shared (``guardian``). Source: protocol/neighbours, lines 18, 25.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ohmstead.core.codec import CodecError, as_bytes, as_identifier, as_list, as_uint, decode, encode
from ohmstead.core.keys import SEED_BYTES, SigningKey
from ohmstead.errors import ExternalError, UserError
from ohmstead.neighbours.guardians import GuardianSecret, make_key
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.rounds import EPOCH_LIMIT, Round
from ohmstead.system.files import read_secret_file, write_file, write_secret_file

_FORM = "ohmstead-guardian-key"
_LENGTH = 2
#: (cohort, epoch, day or None)
RoundKey = tuple[str, int, int | None]


class JournalConflict(UserError):
    """A round's root differs from the one in the journal: nothing of this round is ever shared again."""


class Journal:
    """An append-only file of (round, root). One process has it open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._roots: dict[RoundKey, bytes] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes() if path.exists() else b""
            good = self._read(data)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
            if good != len(data):
                os.ftruncate(self._file, good)  # an entry that a crash cut off: its share never left
            os.lseek(self._file, 0, os.SEEK_END)
        except OSError as error:
            raise ExternalError(f"The guardian's journal could not be opened: {error.strerror}.") from error

    def __len__(self) -> int:
        return len(self._roots)

    def _read(self, data: bytes) -> int:
        at = 0
        while at + _LENGTH <= len(data):
            end = at + _LENGTH + int.from_bytes(data[at : at + _LENGTH], "big")
            if end > len(data):
                break
            try:
                cohort, epoch, day, root = as_list(decode(data[at + _LENGTH : end]), "entry", 4)
                name = (
                    as_identifier(cohort, "cohort"), as_uint(epoch, "epoch"),
                    None if day is None else as_uint(day, "day"),
                )  # fmt: skip
                self._roots[name] = as_bytes(root, "root", 32)
            except CodecError as error:
                raise UserError(
                    f"{self._path} is damaged ({error}). Restore it from a backup; without it this guardian "
                    "must not share."
                ) from error
            at = end
        return at

    def note(self, name: RoundKey, root: bytes) -> None:
        """Writes a root down, on the disk when this returns. Once written it is written.

        Raises JournalConflict for another root of the same round, ExternalError when the disk refuses.
        """
        known = self._roots.get(name)
        if known == root:
            return
        if known is not None:
            raise JournalConflict(
                f"Round {name}: the journal holds root {known.hex()[:16]}…, the ledger {root.hex()[:16]}…. "
                "Two openings of one round could tell a single home's number; nothing is shared."
            )
        entry = encode([name[0], name[1], name[2], root])
        data = memoryview(len(entry).to_bytes(_LENGTH, "big") + entry)
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        except OSError as error:
            raise ExternalError(f"The guardian's journal could not be written: {error.strerror}.") from error
        self._roots[name] = root

    def root_of(self, name: RoundKey) -> bytes | None:
        """The root that was shared of a round."""
        return self._roots.get(name)

    def close(self) -> None:
        """Closes the file."""
        os.close(self._file)


class Vault:
    """One guardian's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / "journal")
        self.signing = signing_key(folder)

    def secret(self, epoch: int) -> tuple[GuardianSecret, GuardianKey] | None:
        """The secret of a month and the key to post, if this folder holds them. Raises UserError."""
        raw = read_secret_file(self._path(epoch))
        if raw is None:
            return None
        try:
            form, version, e, guardian, x, key, c, z = as_list(decode(raw), "guardian's secret", 8)
            if (form, version) != (_FORM, 1):
                raise CodecError("another kind of file")
            at, i = as_uint(e, "epoch", EPOCH_LIMIT), as_uint(guardian, "guardian")
            public = as_bytes(key, "X", 32)
            secret = GuardianSecret(at, i, public, as_bytes(x, "x", 32))
            return secret, GuardianKey(at, i, public, as_bytes(c, "c", 32), as_bytes(z, "z", 32))
        except CodecError as error:
            raise UserError(f"{self._path(epoch).name} holds no guardian's secret ({error}).") from error

    def make_secret(self, genesis: bytes, epoch: int, guardian: int, of: int) -> GuardianKey:
        """A fresh secret of a month, on the disk when this returns; the one that is there, if there is one."""
        kept = self.secret(epoch)
        if kept is None:
            secret, key = make_key(genesis, epoch, guardian, of)
            write_secret_file(self._path(epoch), encode([
                _FORM, 1, epoch, guardian, secret.x, key.key, key.challenge, key.response
            ]))  # fmt: skip
            return key
        return kept[1]

    def erase(self, epoch: int) -> None:
        """Overwrites and removes a month's secret: a promise, since disks and backups keep what they like."""
        path = self._path(epoch)
        if path.exists():
            write_file(path, bytes(256))
            path.unlink()

    def epochs(self) -> list[int]:
        """The months whose secrets are here, ascending."""
        return sorted(int(p.stem.removeprefix("month-")) for p in self.folder.glob("month-*.key"))

    def close(self) -> None:
        """Closes the journal."""
        self.journal.close()

    def _path(self, epoch: int) -> Path:
        return self.folder / f"month-{epoch}.key"


def signing_key(folder: Path) -> SigningKey:
    """The key that signs a guardian's statements, made on first use. Raises UserError for another file."""
    path = folder / "signing-key"
    seed = read_secret_file(path)
    if seed is None:
        seed = secrets.token_bytes(SEED_BYTES)
        write_secret_file(path, seed)
    if len(seed) != SEED_BYTES:
        raise UserError(f"{path} holds no key.")
    return SigningKey.from_seed(seed)


def key_of(round_: Round) -> RoundKey:
    """A round as the journal names it."""
    return round_.cohort, round_.epoch, round_.day
