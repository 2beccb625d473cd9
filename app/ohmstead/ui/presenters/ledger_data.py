"""What the Ledger page loads, off the main thread, and the answers from a mirror file. Qt-free.

Not here: words (``presenters.ledger``), what is reported (``services.ledger_report``).
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import SLOTS_PER_HOUR, ZoneTable, ZoneTableEnds
from ohmstead.services import mirroring
from ohmstead.services.checking import EpochRoot
from ohmstead.services.finding_files import make_findings
from ohmstead.services.ledger_report import LedgerReport, TwoHistories, histories_of, report_of
from ohmstead.store.history import History
from ohmstead.store.records import Finding
from ohmstead.system.files import write_file
from ohmstead.ui.presenters.periods import as_date, month_start
from ohmstead.ui.presenters.receipt_data import EvidenceWanted, save_evidence

if TYPE_CHECKING:  # homes know the radio, which a window needs no part of
    from ohmstead.services.homes import Homes


@dataclass(frozen=True, slots=True)
class MonthHeld:
    """A calendar month of the meter: hours proven in it, hours held, and quarter hours recorded without reading.

    ``start`` and ``end`` say which part of the month the proven log covers, 0 to 1.
    """

    year: int
    month: int
    proven: int
    held: int
    missing_slots: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class LedgerData:
    """The answer. ``report`` is None while nothing is proven, and where the head does not verify (``failure``).

    ``typed``: the home rests on a typed code. ``mark`` are the three digits on the meter, empty where unknown.
    """

    report: LedgerReport | None = None
    zone: ZoneTable | None = field(default=None, repr=False)
    months: Sequence[MonthHeld] = ()
    findings: Sequence[Finding] = ()
    histories: Sequence[TwoHistories] = ()
    divergences: int = 0
    failure: VerificationError | None = None
    typed: bool = False
    mark: str = ""


class LedgerSource(Protocol):
    """Where the page gets what it shows. All run on a worker thread and raise UserError and ExternalError."""

    def load(self) -> LedgerData:
        """Everything, verified now."""
        ...

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """Write evidence of some hours."""
        ...

    def save_findings(self, path: Path) -> None:
        """Write what was refused."""
        ...


class MirrorLedger:
    """The ledger as a home's mirror file has it. ``homes`` adds the pairing's trust and the keys of pages."""

    def __init__(
        self,
        path: Path,
        meter: bytes | None = None,
        homes: Homes | None = None,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._path = path
        self._meter = meter
        self._homes = homes
        self._wall_ns = wall_ns

    def load(self) -> LedgerData:
        """See LedgerSource."""
        with History.open(self._path) as history:
            mirror = history.mirror
            meter = next((m for m in mirror.meters() if self._meter in (None, m.id)), None)
            findings, pairs = tuple(mirror.findings()), len(mirror.divergences())
            if meter is None:
                return LedgerData(findings=findings, divergences=pairs)
            zone = mirror.zone(meter.zone)
            typed, mark = self._pairing(meter.id)
            try:
                trust = mirroring.read_trust(mirror, self._wall_ns())
            except VerificationError as error:
                histories = histories_of(history, {})
                return LedgerData(None, zone, (), findings, histories, pairs, error, typed, mark)
            if trust is None or trust.proven is None:
                return LedgerData(None, zone, (), findings, (), pairs, None, typed, mark)
            report = report_of(history, trust, self._root_of(meter.id))
            months: Sequence[MonthHeld] = ()
            if zone is not None and report.first_hour is not None and report.last_hour is not None:
                months = months_of(
                    zone, report.first_hour, report.last_hour, history.hours(meter.id),
                    history.missing_slots(meter.id),
                )  # fmt: skip
            return LedgerData(
                report, zone, months, findings, report.histories, pairs, report.check.failure, typed, mark
            )

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """See LedgerSource."""
        with History.open(self._path) as history:
            meter = next(m.id for m in history.mirror.meters() if self._meter in (None, m.id))
            save_evidence(history, wanted, self._root_of(meter), self._wall_ns(), path)

    def save_findings(self, path: Path) -> None:
        """See LedgerSource."""
        with History.open(self._path) as history:
            data = make_findings(history.mirror)
        write_file(path, data, mode=0o644)

    def _root_of(self, meter: bytes) -> EpochRoot:
        homes = self._homes
        return (lambda epoch: homes.epoch_root(meter, epoch)) if homes is not None else (lambda _epoch: None)

    def _pairing(self, meter: bytes) -> tuple[bool, str]:
        pairing = self._homes.current(meter) if self._homes is not None else None
        if pairing is None:
            return False, ""
        from ohmstead.link.pairing import Trust

        return pairing.trust is Trust.TYPED, f"{pairing.discriminator:03X}"


def months_of(
    zone: ZoneTable, first_hour: int, last_hour: int, held: Sequence[int], missing: Sequence[int]
) -> tuple[MonthHeld, ...]:
    """The months that the proven hours first..last touch. ``held`` and ``missing`` ascend."""
    first_slot, end_slot = first_hour * SLOTS_PER_HOUR, (last_hour + 1) * SLOTS_PER_HOUR
    try:
        day, last_day = zone.day_of(first_slot), zone.day_of(end_slot - 1)
    except ZoneTableEnds:
        return ()
    found = []
    start_day = month_start(day)
    while start_day <= last_day:
        next_day = month_start(start_day, 1)
        low, high = (_first_slot(zone, d) for d in (start_day, next_day))
        from_slot, to_slot = max(low, first_slot), min(high, end_slot)
        hours = [-(-s // SLOTS_PER_HOUR) for s in (from_slot, to_slot)]
        when = as_date(start_day)
        length = max(high - low, 1)
        found.append(
            MonthHeld(
                when.year,
                when.month,
                hours[1] - hours[0],
                bisect_left(held, hours[1]) - bisect_left(held, hours[0]),
                bisect_left(missing, to_slot) - bisect_left(missing, from_slot),
                (from_slot - low) / length,
                (to_slot - low) / length,
            )
        )
        start_day = next_day
    return tuple(found)


def _first_slot(zone: ZoneTable, day: int) -> int:
    """The first slot of a day; of one outside the table, its edge."""
    if day < zone.days[0]:
        return zone.first_slots[0]
    return zone.slots_of(day)[0] if day in zone.days else zone.first_slots[-1]
