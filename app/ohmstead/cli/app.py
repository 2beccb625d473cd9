"""``ohmstead``: the window."""

from __future__ import annotations

import argparse
import sys

from ohmstead.system.paths import user_paths


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Opens the window."""
    from ohmstead.app_run import run_window

    return run_window(sys.argv[:1], user_paths())
