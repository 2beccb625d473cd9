"""``ohmstead node``: the embedded ledger as a process."""

from __future__ import annotations

import argparse
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.system.files import read_secret_file
from ohmstead.system.until import run_until_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument("--data", type=Path, required=True, help="the node's folder")
    parser.add_argument("--genesis", type=Path, required=True, help="the genesis document (canonical bytes)")
    parser.add_argument("--port", type=int, default=0, help="RPC port on 127.0.0.1 (default: any)")
    parser.add_argument(
        "--replay", action="store_true", help="replay a recorded past when asked to, a block per hour"
    )
    parser.add_argument(
        "--paced", action="store_true", help="in a replay, wait for traders from where the market begins"
    )
    parser.add_argument("--ready", type=Path, help="write {port, genesis} here once it serves")
    parser.add_argument("--with-stdin", action="store_true", help="end when standard input closes")


def run(args: argparse.Namespace) -> int:
    """Runs until stopped."""
    from ohmstead.node.process import NodeOptions, serve

    raw = read_secret_file(args.genesis)
    if raw is None:
        raise UserError(f"There is no genesis document at {args.genesis}.")
    genesis = GenesisDocument.from_cbor(raw)
    options = NodeOptions(args.data, genesis, args.port, args.replay, args.ready, args.paced)
    return run_until_stopped(serve(options), with_stdin=args.with_stdin)
