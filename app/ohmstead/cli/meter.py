"""``ohmstead meter``: the reference meter as a process. Enter on its terminal presses its button."""

from __future__ import annotations

import argparse
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.system.until import run_until_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument(
        "--source",
        default="demo",
        help="demo[:ROOF], csv:FILE or simulator[:SEED] (default: demo, as recorded)",
    )
    parser.add_argument("--weeks", type=int, default=0, help="move a recording by so many whole weeks")
    parser.add_argument("--data", type=Path, required=True, help="the meter's folder: identity, log, peers")
    parser.add_argument("--node", required=True, help="address of a node, such as http://127.0.0.1:26657")
    parser.add_argument("--genesis-hash", required=True, help="the meter's ledger, 64 hex digits")
    parser.add_argument(
        "--hci",
        default="tcp-client:127.0.0.1:9702",
        help="bumble transport, such as usb:0 (default: the virtual radio of `ohmstead radio`)",
    )
    parser.add_argument("--status", type=Path, help="keep label and progress in this JSON file")
    parser.add_argument(
        "--rating", type=int, default=69_000, metavar="W",
        help="what its connection carries, in watts: it signs no order above it (default: 69000)",
    )  # fmt: skip
    parser.add_argument(
        "--join", metavar="COHORT", help="be compared in this cohort, until its owner says otherwise"
    )
    parser.add_argument("--pairing-open", action="store_true", help="start with the pairing window open")
    parser.add_argument("--with-stdin", action="store_true", help="end when standard input closes")


def run(args: argparse.Namespace) -> int:
    """Runs until stopped."""
    from ohmstead.meter.agent_history import MAX_RATING_W
    from ohmstead.meter.process import MeterOptions, MeterProcess
    from ohmstead.meter.sources.choose import source_of

    try:
        genesis_hash = bytes.fromhex(args.genesis_hash)
    except ValueError:
        genesis_hash = b""
    if len(genesis_hash) != 32:
        raise UserError("The genesis hash must be 64 hex digits.")
    if not 0 < args.rating <= MAX_RATING_W:
        raise UserError(f"The rating must be from 1 to {MAX_RATING_W} W.")
    options = MeterOptions(
        args.data, lambda: source_of(args.source, args.weeks), args.node, genesis_hash, args.hci,
        args.status, args.pairing_open, args.rating, args.join,
    )  # fmt: skip
    meter = MeterProcess(options)
    return run_until_stopped(
        meter.run(), with_stdin=args.with_stdin, on_line=lambda _line: meter.press_button()
    )
