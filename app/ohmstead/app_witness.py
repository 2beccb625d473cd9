"""The outside witness at work: asked for the home that is open, for as long as one is set.

Part of the composition root; everything here belongs to io. Not here: the question and its answers
(``services.witness``).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from ohmstead.app_homes import AppHomes
from ohmstead.ledger.lightclient import Divergence
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.witness import Witness
from ohmstead.services.workers import Workers
from ohmstead.store.mirror import Mirror


class AppWitness:
    """Asks ``address`` about whichever home is open; what it says is posted."""

    def __init__(self, homes: AppHomes, workers: Workers, post: Callable[[object], None]) -> None:
        self._homes, self._workers, self._post = homes, workers, post
        self._task: asyncio.Task[None] | None = None
        self._keeping: set[asyncio.Task[None]] = set()

    async def use(self, address: str) -> None:
        """Ask another address from now on; empty for none."""
        await self.close()
        if address:
            witness = Witness(address, self._trust, self._post, self._diverged)
            self._task = asyncio.get_running_loop().create_task(witness.run(), name="witness")

    async def close(self) -> None:
        """Ask nobody any more. Idempotent."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _trust(self) -> HomeTrust | None:
        session = self._homes.session
        return session.home.trust if session is not None and session.home is not None else None

    def _diverged(self, error: Divergence) -> None:
        """Two histories: kept as evidence in the home's file, whatever becomes of the witness."""
        task = asyncio.get_running_loop().create_task(self._keep(error), name="keep two histories")
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)

    async def _keep(self, error: Divergence) -> None:
        session = self._homes.session
        home = session.home if session is not None else None
        if home is None:
            return
        now_s = int(time.time())

        def keep(mirror: Mirror) -> None:
            mirror.add_finding(error.code, error.subject, error.reason, b"", now_s)
            ours, theirs = error.ours.to_cbor(), error.theirs.to_cbor()
            mirror.add_divergence(error.ours.height, ours, theirs, now_s)

        await asyncio.get_running_loop().run_in_executor(self._workers.db, keep, home.mirror)
