"""The command line: one parser, exit codes, and errors in words.

Exit codes: 0 ok, 1 a check failed or something outside refused, 2 wrong usage. Commands are imported only
when they are run, so that ``ohmstead verify`` needs neither Qt nor a radio.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Protocol, cast

from ohmstead import __version__
from ohmstead.cli.words import sentence
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import UnsafeCryptography, self_test
from ohmstead.errors import ExternalError, UserError
from ohmstead.neighbours import group

#: Command -> (module, what it does). The first is what a bare ``ohmstead`` runs.
COMMANDS = {
    "app": ("ohmstead.cli.app", "open the window (the default)"),
    "demo": ("ohmstead.cli.demo", "a whole neighbourhood on this machine: meter, ledger, radio, app"),
    "pair": ("ohmstead.cli.pair", "pair with a meter by its label"),
    "sync": ("ohmstead.cli.sync", "fetch and verify what is new from the meter"),
    "status": ("ohmstead.cli.status", "what is mirrored, and the four facts of its verification"),
    "verify": ("ohmstead.cli.verify", "check the mirror, or an evidence file, without any network"),
    "export": ("ohmstead.cli.export", "write intervals as CSV, or one hour's evidence as a file"),
    "market": ("ohmstead.cli.market", "clear a book of orders, exactly as a ledger would"),
    "neighbours": ("ohmstead.cli.neighbours", "how this home compares, and taking part in the comparison"),
    "meter": ("ohmstead.cli.meter", "run the reference meter"),
    "node": ("ohmstead.cli.node", "run the embedded ledger (a single operator)"),
    "guardian": ("ohmstead.cli.guardian", "share in opening the neighbours' sums: key, run, status"),
    "village": ("ohmstead.cli.village", "run the demonstration's simulated households in its market"),
    "radio": ("ohmstead.cli.radio", "run the virtual radio between a meter and an app"),
}


class Command(Protocol):
    """What a command module offers."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Adds the command's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Runs it; returns the exit code."""


def _load(name: str) -> Command:
    module: ModuleType = importlib.import_module(COMMANDS[name][0])
    return cast("Command", module)


def _parser(only: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ohmstead", description="The desktop energy app that a household can believe."
    )
    parser.add_argument("--version", action="version", version=f"ohmstead {__version__}")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say more (twice: everything)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (_, text) in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name == only:
            _load(name).add(sub)
    return parser


def run(argv: Sequence[str]) -> int:
    """Parses, runs, and turns errors into one sentence on stderr and an exit code."""
    chosen = next((word for word in argv if word in COMMANDS), None)
    if chosen is None and not {"-h", "--help", "--version"} & set(argv):
        chosen, argv = "app", [*argv, "app"]
    args = _parser(chosen).parse_args(argv)
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(2, args.verbose)]
    logging.basicConfig(level=level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        self_test()
        group.self_test()
        return _load(args.command).run(args)
    except (UserError, ExternalError, UnsafeCryptography) as error:
        sys.stderr.write(f"ohmstead: {sentence(error)}\n")
        return 1
    except VerificationError as error:
        sys.stderr.write(f"ohmstead: {error.code}: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
