"""The meter and its ledger: seals hours that are over, publishes them, keeps what proves them.

An hour is sealed only once a verified header reaches its end (less 120 s): a clock that jumped forward cannot
seal hours that have not been. Pages are durable before they are sent; what the ledger has already is asked
of the ledger, never remembered. Here: the loop and its steps. Not here: header rules (``follower``), the log
(``keeper``), what the app is told (``service``). Thread: the meter's loop.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Sequence

from ohmstead.contract.rules import AHEAD_S
from ohmstead.core.codec import Value, as_list, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR, first_slot_of_hour
from ohmstead.core.statements import MAX_PAGES, MAX_TRANSACTION, Beacon, Publish, Statement, parse, sign
from ohmstead.errors import ExternalError
from ohmstead.ledger import pages
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.merkle import leaf_hash
from ohmstead.ledger.meterlog import EMPTY_LOG, Anchor, MeterRecord
from ohmstead.ledger.slice import CERTIFICATE, METER, HeadBundle, keys_of_bundle
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.service import LedgerView
from ohmstead.meter.sources.base import IntervalMaker, Source
from ohmstead.node.client import (
    NodeClient,
    NodeRefused,
    NodeUnreachable,
    anchors_of,
    light_block_of,
    tx_answer_of,
)

POLL_S = 2.0
REFRESH_S = 20.0
REPLAY_HOURS = 2
PACE_S = 0.02
PROVEN_S, RECORDED_S = 10.0, 60.0
PROVE_TRIES, PROVE_PAUSE_S = 20, 0.1
_VALID_S = 30 * 86_400
_VIEW = "view"
_log = logging.getLogger(__name__)


class PublishFailed(Exception):
    """The ledger refuses what this meter sealed: nothing is retried blindly."""


class Publisher:
    """Keeps one meter's log and its ledger in step. ``wall_ns`` is the meter's clock.

    ``on_view`` is called with every new view; ``on_progress`` with (hours published, hours due).
    """

    def __init__(
        self,
        identity: Identity,
        keeper: Keeper,
        source: Source,
        client: NodeClient,
        genesis: GenesisDocument,
        wall_ns: Callable[[], int],
        on_view: Callable[[LedgerView], None],
        on_progress: Callable[[int, int], None] = lambda done, due: None,
    ) -> None:
        self._identity = identity
        self._keeper = keeper
        self._source = source
        self._client = client
        self._genesis = genesis
        self._wall_ns = wall_ns
        self._on_view = on_view
        self._on_progress = on_progress
        self._follower = self.follower = Follower(genesis, keeper, client)
        context = pages.KeyContext(genesis.genesis_hash, identity.meter, 0)
        self._ring = pages.KeyRing(identity.epoch_root, context)
        self._maker: IntervalMaker | None = None
        self._record: MeterRecord | None = None
        self._anchors: tuple[Anchor, ...] = ()
        self._anchor_log = EMPTY_LOG
        self.certificate = b""
        self._load_view()

    # ---- the loop -----------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled: follows, seals, publishes. Survives a node that is away; never a refusal."""
        while True:
            try:
                await self._follower.start(self._wall_ns())
                await self._until_commissioned()
                while True:
                    await self._step()
            except (NodeUnreachable, NodeRefused) as error:
                _log.warning("the ledger is out of reach: %s", error)
                await asyncio.sleep(POLL_S)

    async def _step(self) -> None:
        status = await self._client.status()
        if status.replaying:
            await self._replay()
        await self._follower.take(await self._client.light_block(), self._wall_ns())
        await self._seal_and_publish()
        await self._refresh()
        self._follower.keep()
        end = asyncio.get_running_loop().time() + REFRESH_S
        while asyncio.get_running_loop().time() < end and not self._due():
            await asyncio.sleep(POLL_S)
            await self._follower.take(await self._client.light_block(), self._wall_ns())

    async def _until_commissioned(self) -> None:
        """Waits until the ledger knows this meter and the home it is in."""
        meter = self._identity.meter
        while True:
            try:
                _, certificate = await self._client.proof(CERTIFICATE, meter)
                _, value = await self._client.proof(METER, meter)
                if value is not None and certificate is not None:
                    record = MeterRecord.from_cbor(value.value)
                    if record.home is not None:
                        self.certificate = certificate.value
                        self._record = record
                        return
            except NodeRefused as error:
                _log.debug("not provable yet: %s", error)
            await asyncio.sleep(0.2)

    # ---- sealing ------------------------------------------------------------------------------

    def _next_hour(self) -> int:
        if self._keeper.last_hour is not None:
            return self._keeper.last_hour + 1
        record = self._need_record()
        first = -(-self._source.first_slot // SLOTS_PER_HOUR)
        return max(record.valid_from, first)

    def _due(self) -> list[int]:
        """The hours that a verified header says are over."""
        head = self._follower.head
        if head is None or self._record is None:
            return []
        first = self._next_hour()
        last = (head.header.time_s + AHEAD_S) // HOUR_SECONDS - 1
        last = min(last, self._record.valid_to - 1)
        return list(range(first, min(last, first + MAX_PAGES - 1) + 1))

    def _seal(self, hours: Sequence[int]) -> None:
        if self._maker is None:
            start = self._source.registers_before(first_slot_of_hour(hours[0]))
            self._maker = IntervalMaker(self._source.channels, start)
        made = []
        for hour in hours:
            first = first_slot_of_hour(hour)
            readings = [self._source.read(s) for s in range(first, first + SLOTS_PER_HOUR)]
            made.append((hour, self._maker.hour(hour, readings)))
        self._keeper.seal(self._ring, made)

    # ---- publishing ---------------------------------------------------------------------------

    def _need_record(self) -> MeterRecord:
        if self._record is None:
            raise RuntimeError("the meter is not commissioned")
        return self._record

    def _batch(self, first: int) -> tuple[bytes, int]:
        """The signed batch that continues a log of ``first`` pages, and the size after it."""
        room = (MAX_TRANSACTION - 1024) // (self._need_record().page_size + 3)
        count = min(self._keeper.size - first, MAX_PAGES, room)
        batch = tuple(self._keeper.pages(first, count))
        body = Publish(self._identity.meter, first, self._keeper.tree.root(first + count), batch)
        until = self._wall_ns() // 10**9 + _VALID_S
        return sign(self._identity.key, self._genesis.genesis_hash, Statement(body, until)), first + count

    async def _replay(self) -> None:
        """Publishes a recorded past while the node's clock is moved along it, two hours at a time.

        Two, because a page recorded up to two hours after its hour is not late, and each turn costs a synced
        write and a request. What is left at the end is the live loop's.
        """
        await self._sync_size()
        published = self._published
        while True:
            head = self._follower.head
            assert head is not None
            due = self._due()
            if len(due) >= REPLAY_HOURS:
                self._seal(due)
            calls: list[tuple[str, dict[str, object]]] = []
            if published < self._keeper.size:
                tx, published = self._batch(published)
                calls.append(("broadcast_tx_sync", {"tx": base64.b64encode(tx).decode()}))
            # The newest header is one step behind the clock.
            to = head.header.time_s + (REPLAY_HOURS + 1) * HOUR_SECONDS + SLOT_SECONDS
            calls += [("ohmstead_advance", {"to": to}), ("ohmstead_light_block", {})]
            try:
                results = await self._client.many(calls)
            except NodeRefused as error:
                if "nothing to advance" in error.data:
                    break
                raise
            if len(results) == 3:
                self._accept(results[0])
            before = head.height
            head = await self._follower.take(light_block_of(results[-1]), self._wall_ns())
            if self._keeper.size % 24 == 0:
                remaining = max(0, self._wall_ns() // 10**9 - head.header.time_s) // HOUR_SECONDS
                self._on_progress(self._keeper.size, self._keeper.size + remaining)
            if head.height == before:
                if not (await self._client.status()).replaying:
                    break
                await asyncio.sleep(PACE_S)  # whoever trades in this past has not come so far
        self._on_progress(self._keeper.size, self._keeper.size)

    @property
    def _published(self) -> int:
        return self._need_record().log.size

    async def _sync_size(self) -> None:
        """Asks the ledger how much of the log it has. Raises PublishFailed if it has more than we do."""
        _, value = await self._client.proof(METER, self._identity.meter)
        if value is None:
            raise PublishFailed("the ledger does not know this meter any more")
        self._record = MeterRecord.from_cbor(value.value)
        size = self._record.log.size
        if size > self._keeper.size or (size and self._keeper.tree.root(size) != self._record.log.root()):
            raise PublishFailed("the ledger has another log of this meter than the meter itself")

    async def _seal_and_publish(self) -> None:
        while due := self._due():
            self._seal(due)
        await self._sync_size()
        while self._published < self._keeper.size:
            before = self._published
            tx, _ = self._batch(before)
            answer = await self._client.broadcast(tx)
            if answer.code == 1:
                # It may be the last batch of a replay: recorded already, under a header that none proves yet.
                if not await self._longer_than(before, PROVEN_S):
                    raise PublishFailed(answer.log)
            elif not await self._longer_than(before, RECORDED_S):
                raise NodeRefused("a batch was not recorded in a minute", "")

    async def _longer_than(self, size: int, seconds: float) -> bool:
        """Waits for a proven block that continues the log: by this batch, or by one that was there already."""
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.1)
            try:
                await self._sync_size()
            except NodeRefused:
                continue
            if self._published > size:
                return True
        return False

    @staticmethod
    def _accept(result: object) -> None:
        answer = tx_answer_of(result)
        if answer.code == 1:
            raise PublishFailed(answer.log)

    # ---- what the app is told -----------------------------------------------------------------

    async def _refresh(self) -> None:
        """Gets the newest bundle and the anchors that it proves; tells the service; keeps both."""
        record = self._need_record()
        certifier = parse(self.certificate).signer
        bundle = await self._follower.bundle(
            keys_of_bundle(record, self._identity.meter, certifier), self._wall_ns()
        )
        if bundle is None:
            return
        record = MeterRecord.from_cbor(bundle.value(METER, self._identity.meter))
        grown = record.anchors.size != len(self._anchors)
        if grown:
            await self._fetch_anchors(record)
        self._tell(bundle)
        self._keep_view(bundle, grown)

    async def _fetch_anchors(self, record: MeterRecord) -> None:
        anchors, log = list(self._anchors), self._anchor_log
        while len(anchors) < record.anchors.size:
            rows = await anchors_of(self._client, self._identity.meter, len(anchors))
            if not rows:
                raise NodeRefused("the node lacks anchors that its state proves", "")
            for size, height, time_s in rows[: record.anchors.size - len(anchors)]:
                anchor = Anchor(size, self._keeper.tree.root(size), height, time_s)
                anchors.append(anchor)
                log = log.append(leaf_hash(anchor.to_cbor()))
        if log.root() != record.anchors.root():
            raise PublishFailed("the node's anchors are not those that its state proves")
        self._anchors, self._anchor_log = tuple(anchors), log

    def _tell(self, bundle: HeadBundle) -> None:
        self._on_view(
            LedgerView(self._genesis.to_cbor(), self.certificate, self._follower.first, bundle, self._anchors)
        )

    def _keep_view(self, bundle: HeadBundle, grown: bool) -> None:
        self._keeper.keep_fact(_VIEW, encode([self.certificate, bundle.to_cbor()]))
        if grown:
            flat: list[Value] = []
            for a in self._anchors:
                flat += [a.size, a.height, a.time_s]
            self._keeper.keep_fact("anchors", encode(flat))

    def _load_view(self) -> None:
        """What was kept last time: the app can be served before the node answers, or without it."""
        kept, flat = self._keeper.fact(_VIEW), self._keeper.fact("anchors")
        first = self._keeper.fact("first-header")
        if kept is None or flat is None or first is None:
            return
        try:
            certificate, raw = as_list(decode(kept), "view", 2)
            numbers = as_list(decode(flat, max_size=8 << 20), "anchors")
            if not isinstance(certificate, bytes) or not isinstance(raw, bytes):
                return
            bundle = HeadBundle.from_cbor(raw)
            anchors: list[Anchor] = []
            for size, height, time_s in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
                if not (isinstance(size, int) and isinstance(height, int) and isinstance(time_s, int)):
                    return
                anchor = Anchor(size, self._keeper.tree.root(size), height, time_s)
                anchors.append(anchor)
                self._anchor_log = self._anchor_log.append(leaf_hash(anchor.to_cbor()))
        except (ValueError, VerificationError, ExternalError) as error:
            _log.warning("what was kept of the last head is not used: %s", error)
            self._anchors, self._anchor_log = (), EMPTY_LOG
            return
        self._anchors = tuple(anchors)
        self.certificate = certificate
        self._follower.first = first
        self._tell(bundle)

    # ---- the service's route ------------------------------------------------------------------

    async def light_block(self, height: int) -> bytes:
        """An older light block. Raises Refused."""
        if height == 1 and self._follower.first:
            return self._follower.first
        try:
            return (await self._client.light_block(height)).to_cbor()
        except ExternalError as error:
            raise Refused(RefusalCode.NOT_FOUND, str(error).encode()[:200]) from error

    async def proven(self, module: str, key: bytes) -> Value:
        """A proven value under the newest provable state. Raises Refused."""
        try:
            _, value = await self._client.proof(module, key)
        except ExternalError as error:
            raise Refused(RefusalCode.NOT_FOUND, str(error).encode()[:200]) from error
        if value is None:
            raise Refused(RefusalCode.NOT_FOUND)
        return value.to_value()

    async def proven_all(self, keys: Sequence[tuple[str, bytes]]) -> Value:
        """Values and absences under one header, which this meter has verified. Raises Refused."""
        try:
            for _ in range(PROVE_TRIES):
                found = await self._follower.proven(keys, self._wall_ns())
                if found is not None:
                    return found.to_value()
                await asyncio.sleep(PROVE_PAUSE_S)
        except (ExternalError, VerificationError) as error:
            raise Refused(RefusalCode.NOT_FOUND, str(error).encode()[:200]) from error
        raise Refused(RefusalCode.NOT_FOUND, b"the ledger moves too fast to prove this now")

    async def beacon(self, nonce: bytes) -> None:
        """Posts the app's nonce as this meter's beacon. Raises Refused."""
        until = self._wall_ns() // 10**9 + HOUR_SECONDS
        tx = sign(self._identity.key, self._genesis.genesis_hash, Statement(Beacon(nonce), until))
        try:
            answer = await self._client.broadcast(tx)
        except ExternalError as error:
            raise Refused(RefusalCode.FAILED, str(error).encode()[:200]) from error
        if answer.code:
            raise Refused(RefusalCode.FAILED, answer.log.encode()[:200])
