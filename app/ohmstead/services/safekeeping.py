"""Keeping a home safe: backups, the recovery sheet, and coming back from either.

A backup is one file: a checked copy of the mirror with the home's market and neighbours files and its recovery
record inside; this is sealed by the twelve words of the profile's recovery sheet. A restored mirror is verified
from genesis to its newest head before it replaces anything; what it replaces is set aside, not deleted. Here: the
files and secrets. Not here: sealing (``recovery``), paper and dialogs (``ui``). Thread: any but main; ``back_up``
where the mirror lives (``db``).
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets as randomness
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.label import mark_of
from ohmstead.link.pairing import Pairing, Stage
from ohmstead.services import mirroring, recovery
from ohmstead.services.homes import Homes, order_key_name
from ohmstead.services.recovery import RecoveryRecord, RecoveryRefused
from ohmstead.services.verify import check_mirror
from ohmstead.store.connection import SIDECARS, MirrorDamaged, set_aside
from ohmstead.store.market import MarketStore
from ohmstead.store.mirror import Mirror
from ohmstead.store.neighbours import NeighbourStore
from ohmstead.system.files import write_secret_file
from ohmstead.system.secrets import SecretStore

RECORD, MARKET, NEIGHBOURS = "recovery", "market", "neighbours"
SUFFIX = ".ohmstead"
MAX_BACKUP = 1 << 34
_log = logging.getLogger(__name__)
_ENTROPY, _DEVICE_KEY = "recovery-entropy", "device-key"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed: twelve words, and the sealed keys as a QR code's text. ``mark`` is the meter's."""

    words: tuple[str, ...] = field(repr=False)
    qr: str = field(repr=False)
    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A home that came back. ``pages`` are those of its verified history, 0 from a sheet alone.

    ``own_key`` is False where this computer had a key of its own already: then the meter's owner must admit it
    when it pairs again.
    """

    pairing: Pairing
    name: str
    pages: int
    own_key: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A file beside the mirror: its name in a backup, its place, how it is opened."""

    name: str
    path: Path
    open: Callable[[Path], MarketStore | NeighbourStore]


class WordsNeeded(RecoveryRefused):
    """The backup is of a home that this computer does not know; the sheet's twelve words open it."""


class Safekeeping:
    """Backups and recovery of a profile's homes. What came back is kept for good by ``keep``."""

    def __init__(self, homes: Homes, store: SecretStore) -> None:
        self._homes = homes
        self._store = store

    def sheet(self, meter: bytes, name: str = "") -> RecoverySheet:
        """The recovery sheet of a home; its words are the same for all homes of the profile.

        Raises UserError where the home is not paired, ExternalError where secrets cannot be kept.
        """
        record = self._record(meter, name)
        entropy = self._entropy()
        text = recovery.to_text(recovery.seal(record, entropy))
        return RecoverySheet(
            recovery.words_of(entropy), text, mark_of(record.pairing.discriminator), record.name
        )

    def back_up(self, mirror: Mirror, meter: bytes, target: Path, name: str = "") -> Path:
        """Writes a checked backup of an open mirror, 0600; replaces ``target`` only by a whole one.

        Raises UserError where the home is not paired, ExternalError (disk), MirrorDamaged (the copy is bad).
        """
        mirror.set_meta(RECORD, recovery.seal(self._record(meter, name), self._entropy()))
        beside = self._beside(meter)
        try:
            for part in beside:
                mirror.set_meta(part.name, _copy_of(part))
            return mirror.backup(target)
        finally:
            for part in beside:
                mirror.set_meta(part.name, b"")  # it lives in a file of its own; here only in the copy

    def _beside(self, meter: bytes) -> tuple[_Part, ...]:
        """The files of a home that stand beside its mirror."""
        return (
            _Part(MARKET, self._homes.market_path(meter), MarketStore.open),
            _Part(NEIGHBOURS, self._homes.neighbours_path(meter), NeighbourStore.open),
        )

    def restore(self, backup: Path, words: str, wall_ns: int) -> Restored:
        """Brings a home back from a backup; the home must be closed. Nothing changes unless all of it verifies.

        ``words`` may be empty where this profile knows the home. Raises WordsNeeded, RecoveryRefused (words),
        UserError (no backup, or one that does not verify), ExternalError (disk).
        """
        draft = self._homes.folder / f".restoring-{randomness.token_hex(4)}" / "mirror.sqlite"
        try:
            _copy(backup, draft)
            meter, sealed = _read_record(draft, backup.name)
            record = self._open_record(meter, sealed, words)
            roots = dict(record.roots)
            report = check_mirror(draft, roots[max(roots)] if roots else None, wall_ns)
            if report.failures:
                failure = report.failures[0]
                raise UserError(
                    f"{backup.name} does not verify ({failure.subject}: {failure}). Nothing was replaced; "
                    "choose another backup."
                )
            if record.pairing.meter_id != meter:
                raise RecoveryRefused(f"The keys in {backup.name} are those of another home.")
            target = self._homes.mirror_path(meter)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if target.exists():
                set_aside(target, "before-restore")
            self._bring_beside(draft, meter)
            with _disk(backup.name):
                os.replace(draft, target)
            return replace(self._take(record), pages=report.pages)
        finally:
            with contextlib.suppress(OSError):
                shutil.rmtree(draft.parent)

    def _bring_beside(self, draft: Path, meter: bytes) -> None:
        """Puts the other files of a backup in place, each unless there is one here: that one is newer.

        Rounds of the neighbours count as unchecked then: what is drawn was checked on this computer.
        """
        with closing(Mirror.open(draft)) as mirror:
            for part in self._beside(meter):
                raw = mirror.meta(part.name)
                mirror.set_meta(part.name, b"")
                if raw and not part.path.exists():
                    raw = _unchecked(raw, draft.parent) if part.name == NEIGHBOURS else raw
                    if raw:
                        write_secret_file(part.path, raw)

    def take_sheet(self, qr: str, words: str) -> Restored:
        """Brings a home's keys back from its sheet; its history comes from the meter after pairing again.

        Raises RecoveryRefused, ExternalError.
        """
        return self._take(recovery.unseal(recovery.from_text(qr), recovery.entropy_of(words)), words)

    async def keep(self, restored: Restored) -> None:
        """Keeps the pairing of what came back: from then on the home is one of this profile's. On io."""
        await self._homes.save(restored.pairing)

    # ---- the record ---------------------------------------------------------------------------

    def _record(self, meter: bytes, name: str) -> RecoveryRecord:
        pairing = self._homes.current(meter)
        if pairing is None:
            raise UserError("This home is not paired, so there are no keys to keep.")
        self._homes.device_key()  # made on first use
        seed = self._store.get(_DEVICE_KEY) or b""
        found = ((epoch, self._homes.epoch_root(meter, epoch)) for epoch in range(recovery.MAX_EPOCHS))
        roots = []
        for epoch, root in found:
            if root is None:
                break
            roots.append((epoch, root))
        orders = self._store.get(order_key_name(meter)) or b""
        return RecoveryRecord(seed, pairing, tuple(roots), name, orders)

    def _entropy(self) -> bytes:
        entropy = self._store.get(_ENTROPY)
        if entropy is None:
            entropy = recovery.new_entropy()
            self._store.put(_ENTROPY, entropy)
        return entropy

    def _open_record(self, meter: bytes, sealed: bytes, words: str) -> RecoveryRecord:
        kept = self._store.get(_ENTROPY)
        if words.strip():
            return recovery.unseal(sealed, recovery.entropy_of(words))
        if self._homes.current(meter) is not None and kept is not None:
            with contextlib.suppress(RecoveryRefused):
                return recovery.unseal(sealed, kept)
        raise WordsNeeded(
            "This computer does not know the home of this backup. Type the twelve words of its recovery sheet."
        )

    def _take(self, record: RecoveryRecord, words: str = "") -> Restored:
        """Keeps a record's keys, durably, one by one; doing it again changes nothing."""
        homes, store = self._homes, self._store
        known = store.get(_DEVICE_KEY)
        own_key = known in (None, record.device_seed) or not homes.pairings()
        if own_key:
            store.put(_DEVICE_KEY, record.device_seed)
        if words and store.get(_ENTROPY) is None:
            store.put(_ENTROPY, recovery.entropy_of(words))
        meter = record.pairing.meter_id
        for epoch, root in record.roots:
            homes.keep_epoch_root(meter, epoch, root)
        if record.order_seed and store.get(order_key_name(meter)) is None:
            store.put(order_key_name(meter), record.order_seed)
        pairing = homes.current(meter) or replace(record.pairing, stage=Stage.CONFIRMED)
        return Restored(pairing, record.name, 0, own_key)


def _copy_of(part: _Part) -> bytes:
    """A checked copy of a file beside the mirror; empty where there is none."""
    if not part.path.exists():
        return b""
    draft = part.path.with_name(f".copy-{randomness.token_hex(4)}")
    with closing(part.open(part.path)) as store, _disk(part.path.name):
        try:
            return store.backup(draft).read_bytes()
        finally:
            draft.unlink(missing_ok=True)


def _unchecked(raw: bytes, folder: Path) -> bytes:
    """A neighbours file in which no round counts as checked; empty where it is damaged: it then comes anew."""
    draft = folder / "neighbours.sqlite"
    write_secret_file(draft, raw)
    try:
        with closing(NeighbourStore.open(draft)) as store:
            store.check_anew()
    except (MirrorDamaged, UserError) as error:
        _log.warning("the backup's neighbours are left out: %s", error)
        return b""
    with _disk(draft.name):
        return draft.read_bytes()


def _copy(backup: Path, draft: Path) -> None:
    with _disk(backup.name):
        draft.parent.mkdir(mode=0o700, parents=True)
        if backup.stat().st_size > MAX_BACKUP:
            raise UserError(f"{backup.name} is too large to be a backup of Ohmstead.")
        if any(backup.with_name(backup.name + s).exists() for s in SIDECARS if s):
            raise UserError(f"{backup.name} is in use by another program. Close it, or make a backup anew.")
        draft.touch(mode=0o600)
        shutil.copyfile(backup, draft)


def _read_record(draft: Path, name: str) -> tuple[bytes, bytes]:
    """(meter id, sealed record) of a backup. Raises UserError where it is none."""
    try:
        with closing(Mirror.open(draft)) as mirror:
            meter, sealed = mirror.meta(mirroring.METER), mirror.meta(RECORD)
    except (ExternalError, UserError, VerificationError) as error:
        raise UserError(f"{name} is no backup of Ohmstead, or it is damaged.") from error
    if meter is None or sealed is None:
        raise UserError(f"{name} holds no home. Choose a file that Ohmstead backed up.")
    return meter, sealed


@contextlib.contextmanager
def _disk(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExternalError(f"{name} could not be read or written: {error.strerror}.") from error
