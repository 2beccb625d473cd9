"""A home whose mirror really proves its pages: ledger, meter and sync of the test rig, its state as posted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ohmstead.core.intervals import Channel
from ohmstead.core.slots import first_slot_of_hour
from ohmstead.ledger.slice import facts_of
from ohmstead.services.events import LinkState, PowerNow
from ohmstead.services.session import HomeState
from ohmstead.ui.presenters.home_data import MirrorHome
from ohmstead.ui.presenters.ledger_data import MirrorLedger
from ohmstead.ui.presenters.receipt_data import MirrorReceipts
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FIRST_HOUR

FIRST = first_slot_of_hour(FIRST_HOUR)


class ProvenHome:
    """A street, with what the window asks of it."""

    def __init__(self, here: Street) -> None:
        self.street = here
        self.path, self.meter, self.homes = here.home.path, here.meter.id, here.home.homes
        self.mirror = here.home.mirror

    @property
    def now_s(self) -> int:
        """38 seconds after the newest block."""
        trust = self.street.home.home.trust
        assert trust is not None
        assert trust.proven is not None
        return trust.proven.time_s + 38

    def root(self, epoch: int) -> bytes | None:
        return self.homes.epoch_root(self.meter, epoch)

    def wall_ns(self) -> int:
        return self.now_s * 10**9

    def home(self) -> MirrorHome:
        return MirrorHome(self.path, self.meter, self.root, self.wall_ns)

    def receipts(self) -> MirrorReceipts:
        return MirrorReceipts(self.path, self.meter, self.root, self.wall_ns)

    def ledger(self) -> MirrorLedger:
        return MirrorLedger(self.path, self.meter, self.homes, self.wall_ns)

    def state(self, **more: object) -> HomeState:
        """What the services would post now: connected, 380 W going out."""
        trust = self.street.home.home.trust
        assert trust is not None
        assert trust.proven is not None
        held = self.mirror.status().meters[0].pages_held
        facts = facts_of(trust.proven, held, True, trust.genesis.chain_id, 0)
        watts = ((Channel.IMPORT, 0), (Channel.EXPORT, 380), (Channel.GENERATION, 1150))
        made = HomeState(LinkState.CONNECTED, facts, trust.zone, "", PowerNow(self.now_s, watts))
        return replace(made, **more)

    def tamper(self, page: int) -> bytes:
        """Changes a bit of a kept page, as somebody with the file could; its bytes before."""
        db = self.mirror._db
        (raw,) = db.execute("SELECT raw FROM page WHERE number = ?", (page,)).fetchone()
        changed = raw[:-1] + bytes((raw[-1] ^ 1,))
        db.execute("UPDATE page SET raw = ? WHERE number = ?", (changed, page))
        return bytes(raw)


@contextmanager
def proven_home(folder: Path, *batches: int) -> Iterator[ProvenHome]:
    """A home with these batches of pages, all of them here and proven."""
    with street(folder, *batches) as here:
        yield ProvenHome(here.synced())
