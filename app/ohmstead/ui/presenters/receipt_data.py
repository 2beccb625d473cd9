"""What the receipt drawer asks for, off the main thread, and the answers from a mirror file. Qt-free.

Not here: words (``presenters.receipt``), how a receipt is computed (``services.receipts``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable, ZoneTableEnds
from ohmstead.errors import UserError
from ohmstead.services import mirroring
from ohmstead.services.checking import EpochRoot, no_keys
from ohmstead.services.evidence_files import make_evidence
from ohmstead.services.receipts import Absence, NoReceipt, Receipt, broken_receipt, receipt_of
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.history import History
from ohmstead.system.files import write_file


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """The answer for a slot: its receipt, or why there is none."""

    slot: int
    receipt: Receipt | None
    absence: Absence | None = None
    zone: ZoneTable | None = field(default=None, repr=False)
    genesis_hash: bytes = b""


@dataclass(frozen=True, slots=True)
class EvidenceWanted:
    """Hours (UTC) first..last, both included; without readings the pages stay sealed."""

    first_hour: int
    last_hour: int
    with_readings: bool


class ReceiptSource(Protocol):
    """Where receipts come from. Both run on a worker thread and raise UserError and ExternalError."""

    def load(self, slot: int) -> ReceiptData:
        """The receipt of a slot, checked now."""
        ...

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """Write evidence; the file is there whole, or not at all."""
        ...


class MirrorReceipts:
    """Receipts from a home's mirror file, verified from genesis at every request. ``epoch_root`` by tenancy."""

    def __init__(
        self,
        path: Path,
        meter: bytes | None = None,
        epoch_root: EpochRoot = no_keys,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._path = path
        self._meter = meter
        self._epoch_root = epoch_root
        self._wall_ns = wall_ns

    def load(self, slot: int) -> ReceiptData:
        """See ReceiptSource."""
        with History.open(self._path) as history:
            wall_ns = self._wall_ns()
            zone = self._zone(history)
            try:
                trust = mirroring.read_trust(history.mirror, wall_ns)
            except VerificationError as error:
                return ReceiptData(slot, broken_receipt(slot, error), zone=zone)
            genesis = trust.genesis.genesis_hash if trust is not None else b""
            try:
                receipt = receipt_of(history, trust, slot, self._epoch_root, wall_ns)
            except NoReceipt as none:
                return ReceiptData(slot, None, none.why, zone, genesis)
            return ReceiptData(slot, receipt, None, zone, genesis)

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """See ReceiptSource."""
        with History.open(self._path) as history:
            save_evidence(history, wanted, self._epoch_root, self._wall_ns(), path)

    def _zone(self, history: History) -> ZoneTable | None:
        meter = next((m for m in history.mirror.meters() if self._meter in (None, m.id)), None)
        return history.mirror.zone(meter.zone) if meter is not None else None


def save_evidence(
    history: History, wanted: EvidenceWanted, epoch_root: EpochRoot, wall_ns: int, path: Path
) -> None:
    """Write the evidence of some hours. Raises UserError, ExternalError; VerificationError becomes UserError."""
    try:
        trust: HomeTrust | None = mirroring.read_trust(history.mirror, wall_ns)
    except VerificationError as error:
        raise UserError(f"The file here does not verify, so it proves nothing: {error}.") from error
    if trust is None or trust.proven is None:
        raise UserError("Nothing is verified yet. Sync with the meter first.")
    root = epoch_root(trust.proven.record.epoch) if wanted.with_readings else None
    evidence = make_evidence(history.mirror, trust, wanted.first_hour, wanted.last_hour, root)
    # Whoever it is meant for must be able to read it; what it discloses was chosen.
    write_file(path, evidence.to_cbor(), mode=0o644)


def hours_of_day(zone: ZoneTable, slot: int, last_hour: int | None = None) -> tuple[int, int]:
    """The UTC hours that the local day of a slot touches, as far as they are recorded."""
    try:
        slots = zone.slots_of(zone.day_of(slot))
    except ZoneTableEnds:
        return slot // SLOTS_PER_HOUR, slot // SLOTS_PER_HOUR
    first, last = slots[0] // SLOTS_PER_HOUR, slots[-1] // SLOTS_PER_HOUR
    return first, min(last, last_hour) if last_hour is not None else last
