"""``ohmstead radio``: the virtual air between a meter and an app, an HCI port for each.

A simulator, and labelled as one: nothing is transmitted. Only HCI bytes pass.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.system.files import write_file
from ohmstead.system.until import run_until_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument(
        "--model", help="radio timing as PHY,INTERVAL_MS[,LOSS], such as 2,15 or 1,30,0.01 (default: none)"
    )
    parser.add_argument(
        "--port", type=int, default=9701, help="first TCP port: the app's; the meter's is the next (0: any)"
    )
    parser.add_argument("--ports", type=int, default=2, help="how many HCI ports (default 2)")
    parser.add_argument("--ready", type=Path, help="write {hci: [transport, ...]} here once it serves")
    parser.add_argument("--with-stdin", action="store_true", help="end when standard input closes")


def run(args: argparse.Namespace) -> int:
    """Runs until stopped."""
    from ohmstead.link.virtual.air import run_air
    from ohmstead.link.virtual.radio import Radio

    radio = None
    if args.model:
        try:
            phy, interval, *loss = args.model.split(",")
            radio = Radio(
                phy=int(phy),
                interval_us=round(float(interval) * 1000),
                loss_per_million=round(float(loss[0]) * 1_000_000) if loss else 0,
            )
        except ValueError as error:
            raise UserError(f"{args.model!r} is no radio model. Use PHY,INTERVAL_MS[,LOSS].") from error

    def ready(addresses: tuple[str, ...]) -> None:
        if args.ready is not None:
            write_file(args.ready, json.dumps({"hci": list(addresses)}).encode())

    count = max(2, args.ports)
    specs = [f"127.0.0.1:{args.port + i if args.port else 0}" for i in range(count)]
    try:
        return run_until_stopped(run_air(specs, radio, ready=ready), with_stdin=args.with_stdin)
    except OSError as error:
        raise UserError(
            f"The radio's ports are taken ({error.strerror}). Choose others with --port."
        ) from error
