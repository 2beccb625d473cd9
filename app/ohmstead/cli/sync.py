"""``ohmstead sync``: fetch and verify what is new."""

from __future__ import annotations

import argparse
import asyncio
import sys

from ohmstead.cli.profile import add_profile, add_radio, central_of, home_of, homes_of
from ohmstead.cli.status import describe
from ohmstead.services.session import HomeSession, HomeState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.services.workers import Workers


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    add_profile(parser)
    add_radio(parser)


def run(args: argparse.Namespace) -> int:
    """Syncs once; progress on stderr, the state afterwards on stdout."""
    homes = homes_of(args)
    pairing = home_of(homes)
    workers = Workers()

    def post(event: object) -> None:
        if isinstance(event, SyncProgress) and event.stage is Stage.PAGES:
            sys.stderr.write(f"\r{event.pages_held} of {event.pages_proven} pages")
            sys.stderr.flush()

    async def work() -> HomeState:
        async with central_of(args) as central:
            session = HomeSession(central, homes, pairing, workers, post)
            await session.open()
            try:
                connection = session.connection
                async with connection.linked() as link:
                    await connection.sync_once(link)
                return session.state
            finally:
                await session.close()

    try:
        state = asyncio.run(work())
    finally:
        workers.close()
    sys.stderr.write("\n")
    sys.stdout.write(describe(state.facts, as_json=args.json) + "\n")
    return 0
