"""``ohmstead village``: the demonstration's simulated households, trading on its ledger."""

from __future__ import annotations

import argparse
from pathlib import Path

from ohmstead.system.until import run_until_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument(
        "--consortium", type=Path, required=True, help="the folder of the demonstration's keys"
    )
    parser.add_argument("--data", type=Path, required=True, help="the village's own folder")
    parser.add_argument("--node", required=True, help="the ledger's RPC address")
    parser.add_argument("--homes", type=int, default=40, help="how many simulated homes (default 40)")
    parser.add_argument("--zone", required=True, help="their time zone (IANA name)")
    parser.add_argument("--meter", type=bytes.fromhex, required=True, help="the meter whose past is replayed")
    parser.add_argument("--household", type=bytes.fromhex, required=True, help="the home that it is in")
    parser.add_argument("--with-stdin", action="store_true", help="end when standard input closes")


def run(args: argparse.Namespace) -> int:
    """Runs until stopped."""
    from ohmstead.village.process import VillageOptions, trade

    options = VillageOptions(
        args.consortium,
        args.data / "sealed.cbor",
        args.node,
        args.homes,
        args.zone,
        args.meter,
        args.household,
    )
    return run_until_stopped(trade(options), with_stdin=args.with_stdin)
