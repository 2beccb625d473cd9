"""``ohmstead``: the window."""

from __future__ import annotations

import argparse
import sys

from ohmstead.system.paths import user_paths


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument("--hidden", action="store_true", help="begin in the tray, without the window")


def run(args: argparse.Namespace) -> int:
    """Opens the window."""
    from ohmstead.app_run import run_window

    return run_window(sys.argv[:1], user_paths(), hidden=args.hidden)
