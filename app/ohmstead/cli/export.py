"""``ohmstead export csv|evidence``: intervals as a table, or hours as evidence."""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ohmstead.cli.profile import add_profile, home_of, homes_of
from ohmstead.core.intervals import IntervalStatus
from ohmstead.core.slots import HOUR_SECONDS, SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.services import mirroring
from ohmstead.services.evidence_files import make_evidence
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from ohmstead.system.files import write_file

#: The first line of the CSV; ``ohmstead meter --source csv:FILE`` reads the same form.
CSV_HEADER = ("time_utc", "import_wh", "export_wh", "generation_wh", "status")


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument("what", choices=("csv", "evidence"))
    add_profile(parser)
    parser.add_argument("--from", dest="start", help="UTC time such as 2026-01-31T14:00 (default: the first)")
    parser.add_argument("--to", dest="end", help="UTC time, excluded (default: the last; evidence: one hour)")
    parser.add_argument("--sealed", action="store_true", help="evidence without keys: readings stay secret")
    parser.add_argument("-o", "--output", type=Path, help="file (csv default: standard output)")


def _seconds(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no time. Use a form such as 2026-01-31T14:00 (UTC).") from error
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def run(args: argparse.Namespace) -> int:
    """Exports; says where."""
    homes = homes_of(args)
    pairing = home_of(homes)
    path = homes.mirror_path(pairing.meter_id)
    if not path.exists():
        raise UserError("Nothing is mirrored yet. Run `ohmstead sync`.")
    start, end = _seconds(args.start), _seconds(args.end)
    if args.what == "csv":
        text = _csv(path, pairing.meter_id, start, end)
        if args.output is None:
            sys.stdout.write(text)
        else:
            write_file(args.output, text.encode(), mode=0o644)
        return 0
    if start is None:
        raise UserError("Say which hour: --from 2026-01-31T14:00 (UTC).")
    if args.output is None:
        raise UserError("Say where to: --output hour.evidence")
    first = start // HOUR_SECONDS
    last = first if end is None else (end - 1) // HOUR_SECONDS
    root = None if args.sealed else homes.epoch_root(pairing.meter_id, 0)
    with closing(Mirror.open(path)) as mirror:
        trust = mirroring.read_trust(mirror, time.time_ns())
        if trust is None:
            raise UserError("Nothing is verified yet. Run `ohmstead sync`.")
        evidence = make_evidence(mirror, trust, first, last, root)
    write_file(args.output, evidence.to_cbor(), mode=0o644)
    sys.stdout.write(
        f"{args.output}: {last - first + 1} hours. Check it anywhere with\n"
        f"  ohmstead verify {args.output} --genesis-hash {trust.genesis.genesis_hash.hex()}\n"
    )
    return 0


def _csv(path: Path, meter: bytes, start: int | None, end: int | None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    with closing(Readings.open(path)) as readings:
        extent = readings.extent(meter)
        if extent is None:
            return out.getvalue()
        first = extent.first_slot if start is None else start // SLOT_SECONDS
        last = extent.last_slot if end is None else (end - 1) // SLOT_SECONDS
        series = readings.intervals(meter, first, last)
    generated = series.generation_wh.tolist() if series.has_generation else [""] * len(series)
    columns = zip(
        series.slot.tolist(), series.import_wh.tolist(), series.export_wh.tolist(), generated,
        series.status.tolist(), strict=True,
    )  # fmt: skip
    for slot, bought, sold, made, status in columns:
        at = datetime.fromtimestamp(slot * SLOT_SECONDS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        name = IntervalStatus(status).name.lower()
        amounts = ("", "", "") if name == "missing" else (bought, sold, made)
        writer.writerow((at, *amounts, name))
    return out.getvalue()
