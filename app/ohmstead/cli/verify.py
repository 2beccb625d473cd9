"""``ohmstead verify``: the mirror, or an evidence file, without any network.

An evidence file needs the genesis hash from a source of your own (the meter's label, the consortium): the
file's own claim about it proves nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ohmstead.contract.machine import Machine
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import CHANNELS, IntervalStatus
from ohmstead.core.slots import first_slot_of_hour
from ohmstead.errors import UserError
from ohmstead.ledger.evidence import MAX_BYTES, EvidenceError, EvidenceReport, ProvenHour, verify_evidence
from ohmstead.services.market.evidence import is_market_evidence
from ohmstead.services.market.evidence import verify as verify_market


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument("file", nargs="?", type=Path, help="an evidence file (default: the mirror)")
    parser.add_argument("--genesis-hash", help="64 hex digits, from the label; needed for a file")
    parser.add_argument("--data", type=Path, help="profile folder (default: this user's)")
    parser.add_argument("--demo", action="store_true", help="the demonstration home's profile")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Verifies; exit code 1 if anything does not hold."""
    return _file(args) if args.file is not None else _mirror(args)


def _mirror(args: argparse.Namespace) -> int:
    from ohmstead.cli.profile import home_of, homes_of
    from ohmstead.services.verify import check_mirror

    homes = homes_of(args)
    pairing = home_of(homes)
    path = homes.mirror_path(pairing.meter_id)
    if not path.exists():
        raise UserError("Nothing is mirrored yet. Run `ohmstead sync`.")
    report = check_mirror(path, homes.epoch_root(pairing.meter_id, 0), time.time_ns())
    failures = [{"code": f.code, "subject": f.subject, "reason": f.reason} for f in report.failures]
    if args.json:
        answer = {"pages": report.pages, "complete": report.complete, "anchors": report.anchors}
        sys.stdout.write(json.dumps(answer | {"failures": failures}) + "\n")
    else:
        for f in failures:
            sys.stdout.write(f"refused: {f['subject']}: {f['reason']} ({f['code']})\n")
        if not failures:
            whole = "complete" if report.complete else "still filling"
            sys.stdout.write(f"{report.pages} pages and every interval hold; the history is {whole}.\n")
    return 1 if failures else 0


def _file(args: argparse.Namespace) -> int:
    try:
        genesis_hash = bytes.fromhex(args.genesis_hash or "")
    except ValueError:
        genesis_hash = b""
    if len(genesis_hash) != 32:
        raise UserError("Give --genesis-hash, 64 hex digits: it is on the meter's label, never in the file.")
    try:
        size = args.file.stat().st_size
        data = args.file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UserError(f"{args.file} cannot be read: {error.strerror}.") from error
    if size > MAX_BYTES:
        raise UserError(f"{args.file} is too large to be an evidence file.")
    if is_market_evidence(data):
        return _market(args, data, genesis_hash)
    try:
        report = verify_evidence(data, genesis_hash, time.time_ns(), lambda g: Machine(g).init_chain(g))
    except EvidenceError as error:
        if args.json:
            sys.stdout.write(json.dumps({"ok": False, "part": error.subject, "reason": error.reason}) + "\n")
        else:
            sys.stdout.write(f"refused: {error.subject}: {error.reason}\n")
        return 1
    sys.stdout.write((json.dumps(_json(report)) if args.json else _text(report)) + "\n")
    return 0


def _market(args: argparse.Namespace, data: bytes, genesis_hash: bytes) -> int:
    """Evidence of a wrong clearing: 0 where it holds, 1 where it shows nothing of the kind."""
    try:
        verdict = verify_market(data, genesis_hash, time.time_ns())
    except VerificationError as error:
        answer = {"ok": False, "part": error.subject, "reason": error.reason}
        sys.stdout.write(
            (json.dumps(answer) if args.json else f"refused: {error.subject}: {error.reason}") + "\n"
        )
        return 1
    if args.json:
        sys.stdout.write(json.dumps({"ok": True, **asdict(verdict)}) + "\n")
    else:
        sys.stdout.write(
            f"{verdict.chain_id}, as of block {verdict.height}, {_time(verdict.time_s)} UTC.\n"
            f"The clearing that it records is wrong: {verdict.subject}: {verdict.reason}.\n"
        )
    return 0


def _time(unix_s: int) -> str:
    return datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m-%d %H:%M")


def _rows(report: EvidenceReport, hour: ProvenHour) -> list[dict[str, object]]:
    if hour.channels is None:
        return []
    rows = []
    for i in range(4):
        row: dict[str, object] = {"time_utc": _time((first_slot_of_hour(hour.hour) + i) * 900)}
        for channel, values in zip(report.channels, hour.channels, strict=True):
            name = f"{channel.name.lower()}_{CHANNELS[channel].unit.lower()}"
            row[name] = values.amounts[i]
            row[f"{channel.name.lower()}_status"] = IntervalStatus(values.statuses[i]).name.lower()
        rows.append(row)
    return rows


def _json(report: EvidenceReport) -> dict[str, object]:
    return {
        "ok": True,
        "chain": report.chain_id,
        "single_operator": report.single_operator,
        "replayed": report.replayed,
        "meter": report.meter.hex(),
        "as_of_utc": _time(report.head_time_s),
        "head_height": report.head_height,
        "hours": [
            {
                "page": h.number,
                "hour_utc": _time(h.hour * 3600),
                "recorded_height": h.recorded_height,
                "recorded_utc": _time(h.recorded_time_s),
                "intervals": _rows(report, h),
            }
            for h in report.hours
        ],
    }


def _text(report: EvidenceReport) -> str:
    lines = [
        f"Meter {report.meter.hex()} on {report.chain_id}"
        + (" (single operator)" if report.single_operator else ""),
        f"As of block {report.head_height}, {_time(report.head_time_s)} UTC: signed, certified, recorded.",
    ]
    for h in report.hours:
        lines.append(
            f"page {h.number}: hour of {_time(h.hour * 3600)} UTC, recorded in block {h.recorded_height} at "
            f"{_time(h.recorded_time_s)} UTC" + ("" if h.channels else " (sealed: no key in the file)")
        )
        for row in _rows(report, h):
            lines.append("  " + "  ".join(f"{k} {v}" for k, v in row.items() if v != "ok"))
    return "\n".join(lines)
