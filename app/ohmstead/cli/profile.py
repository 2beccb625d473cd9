"""What commands share: which profile, which home, which radio. Prints nothing."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.link.central import Central
from ohmstead.link.pairing import Pairing
from ohmstead.services.homes import Homes
from ohmstead.system.paths import Paths, paths_in, user_paths
from ohmstead.system.secrets import SecretStore, profile_store
from ohmstead.system.vault import Vault


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Arguments that choose the profile."""
    parser.add_argument("--data", type=Path, help="profile folder (default: this user's)")
    parser.add_argument("--demo", action="store_true", help="the demonstration home's profile")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def add_radio(parser: argparse.ArgumentParser) -> None:
    """Arguments that choose the radio."""
    parser.add_argument("--hci", help="bumble transport instead of this computer's Bluetooth")


def paths_of(args: argparse.Namespace) -> Paths:
    """The profile's folders."""
    if args.data is not None:
        return paths_in(args.data)
    return paths_in(user_paths().data / "demo" / "app") if args.demo else user_paths()


def homes_of(args: argparse.Namespace) -> Homes:
    """The profile's homes with their secrets. Raises UserError where no keyring is at hand."""
    paths = paths_of(args)
    return Homes(paths.homes, _store(paths))


def _store(paths: Paths) -> SecretStore:
    sealed = paths.data / "secrets"
    return Vault(sealed, profile_store(sealed, ask_passphrase))


def ask_passphrase() -> str | None:
    """From ``OHMSTEAD_PASSPHRASE``, else asked on the terminal; None where neither is at hand."""
    given = os.environ.get("OHMSTEAD_PASSPHRASE")
    if given or not sys.stdin.isatty():
        return given
    return getpass.getpass("Passphrase of this profile's secrets: ")


def home_of(homes: Homes) -> Pairing:
    """The home that is paired. Raises UserError where there is none."""
    pairing = homes.current()
    if pairing is None:
        raise UserError("No home is paired yet. Run `ohmstead pair` with the code on the meter's label.")
    return pairing


@asynccontextmanager
async def central_of(args: argparse.Namespace) -> AsyncIterator[Central]:
    """The radio, for as long as it is needed."""
    if args.hci is None:
        yield Central()
        return
    from ohmstead.link.virtual.adapter import BumbleAdapter

    adapter = await BumbleAdapter.open(args.hci)
    try:
        yield Central(adapter.backend())
    finally:
        with contextlib.suppress(Exception):
            await adapter.close()
