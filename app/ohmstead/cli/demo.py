"""``ohmstead demo``: meter, ledger, radio and app on this machine; with a window, or headless."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.system.paths import user_paths


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument(
        "--headless",
        type=Path,
        metavar="DIR",
        help="no window: pair, sync, verify, leave pictures, summary",
    )
    parser.add_argument(
        "--scale",
        type=float,
        default=1.0,
        help="picture pixels per logical pixel, with --headless (default 1)",
    )
    parser.add_argument(
        "--paired", action="store_true", help="pair by itself instead of by hand, with the label"
    )
    parser.add_argument("--data", type=Path, help="folder of the demonstration (default: the user's)")
    parser.add_argument(
        "--source",
        help="demo[:ROOF], csv:FILE or simulator[:SEED] (default: demo:3, its roof made thrice as large)",
    )
    parser.add_argument(
        "--homes", type=int, default=40, help="simulated households in the market, 0 for none (default 40)"
    )
    parser.add_argument(
        "--radio",
        metavar="MODEL",
        help="radio timing PHY,INTERVAL_MS[,LOSS], such as 2,15",
    )


def run(args: argparse.Namespace) -> int:
    """Runs the demonstration."""
    from ohmstead.demonstration import demonstration_in

    if not 1.0 <= args.scale <= 4.0:
        raise UserError("--scale must lie between 1 and 4.")
    if not 0 <= args.homes <= 400:
        raise UserError("--homes must lie between 0 and 400.")
    paths, neighbourhood = demonstration_in(
        args.data or user_paths().data / "demo", args.source, args.radio, args.homes
    )
    if args.headless is not None:
        from ohmstead.headless import run_headless

        return run_headless(neighbourhood, paths, args.headless, args.scale)
    from ohmstead.app_run import run_window

    return run_window(sys.argv[:1], paths, neighbourhood, paired=args.paired)
