"""A ledger, a meter's log and its publisher on it: a node that can be killed, a clock that a replay moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.core.statements import CertifiedChannel, Commission, Register
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.slice import METER, HeadBundle, proven_record
from ohmstead.meter.keeper import Keeper
from ohmstead.meter.publisher import Publisher
from ohmstead.meter.service import LedgerView
from ohmstead.meter.sources.recorded import RecordedSource
from ohmstead.node.clock import EngineClock
from ohmstead.node.rpc import Rpc
from tests.helpers.ledger import FIRST_HOUR, ZONE, Ledger, LocalClient
from tests.helpers.meter import CHANNELS, identity_of, recording
from tests.ledger.chains import SECOND


class Bench:
    """A ledger, a meter's log and publisher on it; a replay up to hour ``wall_h`` where that is given."""

    def __init__(self, folder: Path, wall_h: int | None = None) -> None:
        self.folder = folder
        self.identity = identity_of("meter")
        self.wall_s = (FIRST_HOUR + wall_h) * HOUR_SECONDS if wall_h is not None else None
        self.client = LocalClient(self._node())
        self.views: list[LedgerView] = []
        self.progress: list[tuple[int, int]] = []
        self.keeper = Keeper(folder / "log.sqlite", self.identity.meter)
        self.publisher = self.publisher_now()

    def _node(self) -> Rpc:
        """The node from its folder: blocks and state as they are on disk, nothing waiting."""
        self.ledger = Ledger(self.folder)
        replay = self.wall_s is not None
        self.clock = EngineClock(self.wall_ns, self.ledger.engine.time_ns, replay=replay)
        self.ledger.rpc = Rpc(self.ledger.engine, self.advance, self.wake, lambda: self.clock.replaying)
        return self.ledger.rpc

    def reboot_node(self) -> None:
        """The node is killed and started again."""
        self.ledger.close()
        self.client.rpc = self._node()

    def wall_ns(self) -> int:
        return self.wall_s * SECOND if self.wall_s is not None else self.ledger.wall_ns()

    def advance(self, to_s: int) -> int:
        while (vote_ns := self.clock.step(to_s * SECOND)) is not None:
            self.ledger.engine.step(vote_ns)
        return self.ledger.engine.height

    def wake(self) -> None:
        """The live block maker: a block for what waits, and those that prove it."""
        if not self.clock.replaying:
            self.ledger.now_s = max(self.ledger.now_s, self.ledger.engine.time_ns // SECOND)
            asyncio.get_running_loop().call_soon(self._block)

    def _block(self) -> None:
        self.ledger.step()
        self.ledger.prove()

    def publisher_now(self) -> Publisher:
        return Publisher(
            self.identity, self.keeper, RecordedSource(recording(), "bench"), self.client,
            self.ledger.genesis, self.wall_ns, self.views.append,
            lambda done, due: self.progress.append((done, due)),
        )  # fmt: skip

    def admit(self, valid_to: int = FIRST_HOUR + 9000) -> None:
        channels = tuple(CertifiedChannel(c, True) for c in CHANNELS)
        key = self.identity.key.public
        self.ledger.certify(Register(key, channels, FIRST_HOUR, valid_to, b"bench", replayed=True))
        self.ledger.certify(Commission(self.identity.meter, b"h" * 16, ZONE, FIRST_HOUR))
        self.ledger.prove()

    def restart(self) -> None:
        """The meter is started again on its file."""
        self.keeper.close()
        self.keeper = Keeper(self.folder / "log.sqlite", self.identity.meter)
        self.publisher = self.publisher_now()

    @property
    def record(self) -> MeterRecord:
        raw = self.ledger.engine.app.state.get(METER, self.identity.meter)
        assert raw is not None
        return MeterRecord.from_cbor(raw)

    def agrees(self) -> None:
        """The ledger's log is the meter's, and the newest view proves it."""
        record = self.record
        assert record.log.size == self.keeper.size
        assert record.log.root() == self.keeper.tree.root()
        view = self.views[-1]
        assert isinstance(view.bundle, HeadBundle)
        proven = proven_record(view.bundle, self.identity.meter)
        assert (proven.size, proven.root) == (record.log.size, record.log.root())
        assert view.size == record.log.size
        assert [a.size for a in view.anchors] == sorted({a.size for a in view.anchors})
        assert view.certificate

    async def until(self, what: Callable[[], bool], seconds: float = 400) -> None:
        """Runs the publisher until this holds, then cancels it."""
        task = asyncio.get_running_loop().create_task(self.publisher.run())
        end = asyncio.get_running_loop().time() + seconds
        try:
            while not what():
                if task.done():
                    task.result()
                assert asyncio.get_running_loop().time() < end, "never came"
                await asyncio.sleep(0.05)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def close(self) -> None:
        self.keeper.close()
        self.ledger.close()
