"""Golden requests and answers: what the real meter's service says to each method, over the frozen world.

The ledger's route is in memory (it has no bytes of its own); log, service, peers and messages are the
product's.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from array import array
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

from ohmstead.core.codec import Value
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.ledger import pages
from ohmstead.ledger.slice import ProvenValue
from ohmstead.link.binding import Role
from ohmstead.link.messages import Event, Item, Method, Request, Response, pack
from ohmstead.meter.keeper import Keeper
from ohmstead.meter.peers import Peer, PeerTable
from ohmstead.meter.peripheral_service import PeerHandler
from ohmstead.meter.service import LedgerView, MeterService
from ohmstead.meter.sources.recorded import RecordedSource, Recording
from tests.conformance import golden_agent, golden_stating
from tests.conformance.golden_ledger import SIZE, world
from tests.contract import heads
from tests.contract.rig import CERTIFIER, FIRST_HOUR, key

NOW = FIRST_HOUR * 3600 + 4000
OWNER, GUEST = key("owner"), key("guest")
CREDIT = 16
STREAMS = frozenset((Method.PAGES, Method.ANCHORS, Method.LIVE))


class Route:
    """The meter's route to a node, answered from the world."""

    async def light_block(self, height: int) -> bytes:
        assert height == 1
        return heads.first(world()[0]).to_cbor()

    async def proven(self, module: str, name: bytes) -> Value:
        state = world()[0].machine.state
        value = state.get(module, name)
        assert value is not None
        return ProvenValue(module, name, value, state.prove(module, name)).to_value()

    async def beacon(self, nonce: bytes) -> None:
        assert len(nonce) == 16


class Links:
    """Keeps what the peers' requests ask of the radio."""

    def __init__(self) -> None:
        self.told: list[tuple[bytes, int, Value]] = []

    def open_pairing(self) -> None: ...

    def leave(self) -> None: ...

    def cut(self, gone: tuple[Peer, ...]) -> None: ...

    def tell(self, peer: Peer, topic: int, value: Value) -> None:
        self.told.append((peer.kid, topic, value))


def _peers() -> tuple[PeerTable, Peer]:
    table = PeerTable(lambda _data: None)

    def pair(device: SigningKey, static: bytes, role: Role) -> Peer:
        return table.confirm(table.add(device.public, static, static[:8], role, NOW))

    owner = pair(OWNER, b"o" * 32, Role.OWNER)
    pair(GUEST, b"g" * 32, Role.VIEWER)
    return table, owner


def _log(folder: Path) -> Keeper:
    """The world's pages as a meter's log on disk."""
    _, meter, _, made, _ = world()
    path = folder / "log.sqlite"
    Keeper(path, meter.id).close()
    with sqlite3.connect(path) as db:
        rows = [(number, pages.parse_header(raw).hour, raw) for number, raw in enumerate(made)]
        db.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)
    db.close()
    return Keeper(path, meter.id)


PARAMS: dict[str, tuple[Method, Value]] = {
    "about": (Method.ABOUT, None),
    "genesis": (Method.GENESIS, None),
    "head": (Method.HEAD, [200, b""]),
    "light-block": (Method.LIGHT_BLOCK, [1]),
    "record-proof": (Method.RECORD_PROOF, ["certifier", CERTIFIER.kid]),
    "pages": (Method.PAGES, [SIZE, [[256, 2]]]),
    "anchors": (Method.ANCHORS, [0]),
    "epoch-root": (Method.EPOCH_ROOT, None),
    "live": (Method.LIVE, None),
    "beacon": (Method.BEACON, [b"an app's nonce.."]),
    "role": (Method.ROLE, None),
    "role, asked": (Method.ROLE, [int(Role.OWNER)]),
    "role, granted": (Method.ROLE, [GUEST.kid, int(Role.VIEWER)]),
    "peers": (Method.PEERS, None),
    "revoke": (Method.REVOKE, [GUEST.kid]),
    "close": (Method.CLOSE, None),
    "open-pairing": (Method.OPEN_PAIRING, None),
}


async def _first(stream: AsyncIterator[Value]) -> Value:
    async for value in stream:
        return value
    raise AssertionError("the stream is empty")


async def _answers(keeper: Keeper) -> dict[str, bytes]:
    ledger, meter, signed, _, anchors = world()
    genesis, first = ledger.genesis.to_cbor(), heads.first(ledger).to_cbor()
    view = LedgerView(genesis, signed, first, heads.bundle(ledger, meter.id), anchors)
    amounts = {
        c: array("H", (100 * c, 25, 0, 7)) for c in (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION)
    }
    recording = Recording("a made-up hour", "Etc/UTC", NOW // SLOT_SECONDS, amounts, {})
    source = RecordedSource(recording, "Golden home")
    service = MeterService(keeper, source, view, Route(), bytes(range(32)), lambda: NOW)
    table, owner = _peers()
    links = Links()
    handler = PeerHandler(owner, table, service, links)
    made: dict[str, bytes] = {}
    for i, (name, (method, params)) in enumerate(PARAMS.items(), 1):
        if method in STREAMS:
            made[f"{name} request"] = pack(Request(i, method, params, CREDIT))
            made[f"{name} item"] = pack(Item(i, 0, await _first(handler.stream(method, params))))
        else:
            made[f"{name} request"] = pack(Request(i, method, params))
            made[f"{name} answer"] = pack(Response(i, await handler.call(method, params)))
    (told,) = links.told
    made["role event"] = pack(Event(told[1], told[2]))
    return made


@cache
def answers() -> dict[str, bytes]:
    """Every request and its answer, by name."""
    with tempfile.TemporaryDirectory() as folder:
        keeper = _log(Path(folder))
        try:
            with patch("ohmstead.meter.service.FIRMWARE", b"golden meter 1"):  # a release changes its name
                return asyncio.run(_answers(keeper))
        finally:
            keeper.close()


_NAMES = [f"{name} request" for name in PARAMS]
_NAMES += [f"{name} {'item' if method in STREAMS else 'answer'}" for name, (method, _) in PARAMS.items()]
_NAMES.append("role event")
MADE = (
    {name: (lambda name=name: answers()[name]) for name in _NAMES} | golden_agent.MADE | golden_stating.MADE
)
