"""``ohmstead guardian``: one of the parties that open the neighbours' sums together, and never a single home.

``key`` makes the key that a ledger's founders put into its genesis; ``run`` posts keys and shares beside the
party's own node; ``status`` says what the folder holds. Source: protocol/neighbours.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.neighbours.group import self_test
from ohmstead.system.files import read_secret_file
from ohmstead.system.until import run_until_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    run_ = parts.add_parser(
        "run", help="post keys, share in openings, erase keys: beside the party's own node"
    )
    key = parts.add_parser("key", help="the public key for the ledger's genesis, made on first use")
    status = parts.add_parser("status", help="what this guardian's folder holds")
    for part in (run_, key, status):
        part.add_argument("--data", type=Path, required=True, help="the guardian's folder, its owner's alone")
    for part in (key, status):
        part.add_argument("--json", action="store_true", help="for programs")
    run_.add_argument("--node", required=True, help="RPC address of the party's OWN node")
    run_.add_argument("--genesis", type=Path, required=True, help="the genesis document (canonical bytes)")
    run_.add_argument("--with-stdin", action="store_true", help="end when standard input closes")


def run(args: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    if args.what == "run":
        return _run(args)
    return _key(args) if args.what == "key" else _status(args)


def _run(args: argparse.Namespace) -> int:
    from ohmstead.node.client import NodeClient
    from ohmstead.node.guardian import Guardian
    from ohmstead.node.guardian_vault import Vault

    self_test()
    raw = read_secret_file(args.genesis)
    if raw is None:
        raise UserError(f"There is no genesis document at {args.genesis}.")
    genesis = GenesisDocument.from_cbor(raw)

    async def guard() -> None:
        client, vault = NodeClient(args.node), Vault(args.data)
        try:
            await Guardian(client, genesis, vault).run()
        finally:
            vault.close()
            await client.close()

    return run_until_stopped(guard(), with_stdin=args.with_stdin)


def _key(args: argparse.Namespace) -> int:
    from ohmstead.node.guardian_vault import signing_key

    public = signing_key(args.data).public.hex()
    print(json.dumps({"key": public}) if args.json else public)
    return 0


def _status(args: argparse.Namespace) -> int:
    from ohmstead.node.guardian_vault import Vault

    if not (args.data / "signing-key").exists():
        raise UserError(f"There is no guardian in {args.data}. Make one with `ohmstead guardian key`.")
    vault = Vault(args.data)
    try:
        key, shared = vault.signing.public.hex(), len(vault.journal)
        months = [f"{1970 + e // 12}-{e % 12 + 1:02}" for e in vault.epochs()]
    finally:
        vault.close()
    if args.json:
        print(json.dumps({"key": key, "months": months, "rounds_shared": shared}))
        return 0
    print(f"key            {key}")
    print(f"secrets of     {', '.join(months) or 'no month'}")
    print(f"rounds shared  {shared}")
    return 0
