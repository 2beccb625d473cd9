"""A real meter on a street of neighbours: its log, its follower, its stater; its node may lie or be away."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from itertools import count
from pathlib import Path

from ohmstead.core.keys import SigningKey
from ohmstead.core.statements import parse
from ohmstead.meter.follower import Follower
from ohmstead.meter.stating import Stater
from ohmstead.meter.stating_rows import StatingStore
from ohmstead.meter.stating_service import StatingService, stating_of
from ohmstead.neighbours.messages import StateDay
from tests.helpers.ledger import FIRST_HOUR
from tests.helpers.meter import CHANNELS, Meter
from tests.helpers.neighbours import FIRST_DAY, HOUSES, Street


class Bench:
    """One meter among ``homes`` others. ``sent`` are the statements that it broadcast."""

    def __init__(self, folder: Path, homes: int = 15, first_day: int = FIRST_DAY) -> None:
        self.street = Street(folder, homes, first_day=first_day)
        self.folder = folder
        self.meter = Meter(folder, self.street.ledger)
        self.meter.admit()
        self.street.ledger.until(FIRST_HOUR * 3600 + 1)
        self.street.ledger.step()
        self.client = self.street.ledger.client()
        self.sent: list[bytes] = []
        broadcast = self.client.broadcast

        async def spied(tx: bytes) -> object:
            self.sent.append(tx)
            return await broadcast(tx)

        self.client.broadcast = spied
        self._drawn = count()
        self.boot()

    def boot(self, factory: type[sqlite3.Connection] = sqlite3.Connection, path: Path | None = None) -> None:
        """The meter starts from its files."""
        street = self.street
        self.path = path or self.folder / "neighbours.sqlite"
        self.store = StatingStore(self.path, factory=factory)
        self.follower = Follower(street.ledger.genesis, self.meter.keeper, self.client)
        self.service, stater = stating_of(
            self.meter.identity, self.meter.keeper, street.ledger.genesis, self.follower, self.client, self.store,
            CHANNELS, street.ledger.wall_ns,
        )  # fmt: skip
        assert stater is not None
        self.stater: Stater = stater
        self.stater._random = self._random
        self.answers: StatingService = self.service

    def _random(self, n: int) -> bytes:
        """Bytes that follow from their number; a time at once."""
        return bytes(n) if n == 4 else sha256(b"%d" % next(self._drawn)).digest()[:n]

    async def start(self) -> None:
        self.street.ledger.prove()
        await self.follower.start(self.street.ledger.wall_ns())

    async def look(self) -> None:
        """The newest header, and one look; sent again at once where it was not recorded."""
        self.street.ledger.prove()
        await self.follower.take(await self.client.light_block(), self.street.ledger.wall_ns())
        self.stater._sent.clear()
        self.stater._wished = float("-inf")
        await self.stater.look()

    @property
    def stated(self) -> list[StateDay]:
        """The days that were broadcast, in order."""
        bodies = [
            parse(tx, {StateDay.TYPE: StateDay}).statement.body for tx in self.sent if b"nbr-state" in tx
        ]
        return [b for b in bodies if isinstance(b, StateDay)]

    @property
    def key(self) -> SigningKey:
        return self.meter.identity.key

    def shut(self) -> None:
        self.store.close()
        self.meter.close()
        self.street.shut()


__all__ = ["HOUSES", "Bench"]
