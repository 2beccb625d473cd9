"""What the meter answers over an authenticated link.

Every answer comes from the durable log and the newest proven head, so nothing here but older blocks, other
proofs and beacons needs a node that is up. Here: methods, roles, page streams. Not here: frames and
sessions (``link``), sealing (``keeper``), following the ledger (``publisher``). Thread: the meter's loop.
Values are described in resources/docs/protocol.md, "Requests".
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from ohmstead.core.codec import CodecError, Value, as_bytes, as_identifier, as_list, as_uint
from ohmstead.ledger import tiles
from ohmstead.ledger.meterlog import Anchor
from ohmstead.ledger.slice import HeadBundle
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.meter.keeper import Keeper
from ohmstead.meter.peers import Peer
from ohmstead.meter.sources.base import Source

FIRMWARE = b"ohmstead reference meter 0.1"
ANCHORS_PER_ITEM = 1000
MAX_RANGES = 4096
LIVE_EVERY_S = 2.0
BEACON_BYTES = 16
MAX_PROVEN = 32


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The newest of what the publisher knows, replaced whole: a bundle and the anchors that it proves."""

    genesis: bytes = b""
    certificate: bytes = b""
    first_header: bytes = b""
    bundle: HeadBundle | None = None
    anchors: tuple[Anchor, ...] = ()

    @property
    def size(self) -> int:
        """Pages that the ledger recorded as of the bundle."""
        return self.anchors[-1].size if self.anchors else 0


class LedgerRoute(Protocol):
    """The meter's route to a node, for what it does not keep itself. Each call may raise Refused."""

    async def light_block(self, height: int) -> bytes:
        """Canonical bytes of an older light block."""

    async def proven(self, module: str, key: bytes) -> Value:
        """A proven value under the newest provable state, as the array of ``ProvenValue``."""

    async def proven_all(self, keys: Sequence[tuple[str, bytes]]) -> Value:
        """[light block, [[module, key, value or null, proof], ...]]: values and absences under one header."""

    async def beacon(self, nonce: bytes) -> None:
        """Posts the app's nonce as the meter's beacon."""


class Part(Protocol):
    """A part of the answers that not every ledger has: the market's methods 20 to 29, neighbours' 40 to 45."""

    METHODS: ClassVar[frozenset[int]]

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        """The answer to a request. Raises Refused, CodecError."""

    def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a streamed answer. Raises Refused, CodecError while it is read."""


class MeterService:
    """Answers requests. ``now`` is the meter's clock, Unix s; ``parts`` answer for what not every ledger has."""

    def __init__(
        self,
        keeper: Keeper,
        source: Source,
        view: LedgerView,
        route: LedgerRoute,
        epoch_root: bytes,
        now: Callable[[], float],
    ) -> None:
        self._keeper = keeper
        self._source = source
        self.view = view
        self._route = route
        self._epoch_root = epoch_root
        self._now = now
        self.parts: list[Part] = []

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        """The answer to a request. Raises Refused with a code."""
        try:
            return await self._call(peer, method, params)
        except CodecError as error:
            raise Refused(RefusalCode.MALFORMED, str(error).encode()[:200]) from error

    async def _call(self, peer: Peer, method: int, params: Value) -> Value:
        if method == Method.ABOUT:
            return self._about()
        _need(peer, Role.OWNER, Role.VIEWER, Role.INSTALLER)
        part = self._part(method)
        if part is not None:
            return await part.call(peer, method, params)
        match method:
            case Method.GENESIS:
                return self.view.genesis
            case Method.HEAD:
                return self._head(params)
            case Method.LIGHT_BLOCK:
                (height,) = as_list(params, "params", 1)
                return await self._route.light_block(as_uint(height, "height"))
            case Method.RECORD_PROOF:
                module, key = as_list(params, "params", 2)
                return await self._route.proven(
                    as_identifier(module, "module"), as_bytes(key, "key", at_most=64)
                )
            case Method.PROVE:
                items = [as_list(item, "key", 2) for item in as_list(params, "keys", at_most=MAX_PROVEN)]
                return await self._route.proven_all(
                    [(as_identifier(m, "module"), as_bytes(k, "key", at_most=64)) for m, k in items]
                )
            case Method.EPOCH_ROOT:
                _need(peer, Role.OWNER)
                return self._epoch_root
            case Method.BEACON:
                (nonce,) = as_list(params, "params", 1)
                await self._route.beacon(as_bytes(nonce, "nonce", BEACON_BYTES))
                return None
        raise Refused(RefusalCode.UNSUPPORTED)

    def _part(self, method: int) -> Part | None:
        return next((part for part in self.parts if method in part.METHODS), None)

    def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a streamed answer. Raises Refused while it is read."""
        return self._stream(peer, method, params)

    async def _stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        _need(peer, Role.OWNER, Role.VIEWER, Role.INSTALLER)
        try:
            if method == Method.PAGES:
                async for item in self._pages(params):
                    yield item
            elif method == Method.ANCHORS:
                for item in self._anchors(params):
                    yield item
            elif (part := self._part(method)) is not None:
                async for item in part.stream(peer, method, params):
                    yield item
            else:
                raise Refused(RefusalCode.UNSUPPORTED)
        except CodecError as error:
            raise Refused(RefusalCode.MALFORMED, str(error).encode()[:200]) from error

    async def live(self) -> AsyncIterator[Value]:
        """The power now, every two seconds, without end."""
        while True:
            yield self._power()
            await asyncio.sleep(LIVE_EVERY_S)

    def _about(self) -> Value:
        """[meter id, firmware, source name, credit, simulated, pages sealed, pages recorded, clock (s)]."""
        return [
            self._keeper.meter, FIRMWARE, self._source.name.encode(), self._source.credit.encode(),
            self._source.simulated, self._keeper.size, self.view.size, int(self._now()),
        ]  # fmt: skip

    def _head(self, params: Value) -> Value:
        """Params: [known size, known AppHash]; values that are proven under it already are left out."""
        known, app_hash = as_list(params, "params", 2)
        bundle = self.view.bundle
        if bundle is None:
            raise Refused(RefusalCode.NOT_FOUND, b"nothing is recorded yet")
        known_size = as_uint(known, "known size", 1 << 32)
        proof: tuple[bytes, ...] = ()
        if 0 < known_size <= self.view.size:
            proof = self._keeper.tree.consistency_proof(known_size, self.view.size)
        held = as_bytes(app_hash, "AppHash", at_most=32) == bundle.light_block.header.app_hash
        return HeadBundle(bundle.light_block, () if held else bundle.values, proof).to_cbor()

    async def _pages(self, params: Value) -> AsyncIterator[Value]:
        """Params: [log size, [[first, count], ...]]; one tile per range, in the order asked."""
        size_value, ranges = as_list(params, "params", 2)
        size = as_uint(size_value, "size", 1 << 32)
        if size > self._keeper.size:
            raise Refused(RefusalCode.NOT_FOUND, b"the log is shorter")
        wanted = [as_list(r, "range", 2) for r in as_list(ranges, "ranges", at_most=MAX_RANGES)]
        for first_value, count_value in wanted:
            first = as_uint(first_value, "first", 1 << 32)
            count = as_uint(count_value, "count", tiles.TILE_PAGES + 1)
            edge = first // tiles.TILE_PAGES * tiles.TILE_PAGES
            end = first + count
            if count == 0 or end != min(edge + tiles.TILE_PAGES, size):
                raise Refused(RefusalCode.MALFORMED, b"a range ends where its tile ends")
            batch = self._keeper.pages(first, count)
            proof = self._keeper.tree.subtree_proof(edge, end, size)
            yield tiles.pack(first, batch, size, proof).to_value()

    def _anchors(self, params: Value) -> list[Value]:
        """Params: [first index]; items [first index, [size, height, time as differences, ...]].

        A root is left out: the receiver holds the pages that give it, and the anchor log's root checks it.
        """
        (first_value,) = as_list(params, "params", 1)
        first = as_uint(first_value, "first", 1 << 32)
        items: list[Value] = []
        anchors = self.view.anchors
        for at in range(first, len(anchors), ANCHORS_PER_ITEM):
            last = anchors[at - 1] if at else Anchor(0, b"", 0, 0)
            flat: list[Value] = []
            for a in anchors[at : at + ANCHORS_PER_ITEM]:
                flat += [a.size - last.size, a.height - last.height, a.time_s - last.time_s]
                last = a
            items.append([at, flat])
        return items

    def _power(self) -> Value:
        """[clock (s), [[channel, watts], ...]]."""
        now = self._now()
        return [int(now), [[int(c), max(0, w)] for c, w in sorted(self._source.power_w(now).items())]]


def _need(peer: Peer, *roles: Role) -> None:
    if peer.granted not in roles:
        raise Refused(RefusalCode.FORBIDDEN)
