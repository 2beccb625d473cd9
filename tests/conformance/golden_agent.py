"""Golden requests and answers of the market's methods: the real agent's desk, on a frozen market.

The node has no bytes of its own here: it serves what the contract's story left and takes what it is sent.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from ohmstead.core.codec import Value, encode
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import AccountKey, SealedOrder, seal_inner
from ohmstead.core.market_statements import Payout
from ohmstead.core.statements import Statement, sign
from ohmstead.ledger import logtile
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.provenset import ProvenItem, ProvenSet
from ohmstead.link.binding import Role
from ohmstead.link.messages import Item, Method, Request, Response, pack
from ohmstead.market.orders import slot_commitment
from ohmstead.meter.agent_rows import AgentStore
from ohmstead.meter.agent_service import MarketService, market_of
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.peers import Link, Peer, Standing
from ohmstead.node.client import NodeClient, NodeUnreachable
from tests.conformance.golden_ledger import world
from tests.contract import heads
from tests.contract.market_rig import FIRST, PARAMS, RETAIL, Home, Market, buy, sell
from tests.contract.rig import CERTIFIER, ZONE, key

CREDIT = 16
SALT = bytes(range(32))
TERMS = encode([1, 6000, 120_000, 1_800_000_000])
STREAMS = frozenset((Method.BOOK, Method.NOTES))
OWNER = Peer(
    key("owner").public, b"o" * 32, b"o" * 8, None, Link.CONFIRMED, Role.OWNER, Standing.GRANTED, 1, 1_700_000_000
)  # fmt: skip


@cache
def story() -> tuple[Market, Home]:
    """A slot that was traded, and a lot that is open."""
    market = Market()
    a, b = market.home_of("a"), market.home_of("b")
    market.trade(FIRST, [(a, sell((400, 100_000))), (b, buy((300, RETAIL)))])
    market.ok(b.open_lot(b.offer(3000, FIRST + 20)))
    return market, a


class FrozenNode(NodeClient):
    """Serves the story; takes whatever is sent."""

    def __init__(self) -> None:
        super().__init__("frozen")

    async def _post(self, body: Any) -> Any:
        return {"id": body["id"], "result": self._answer(body["method"], body["params"])}

    @staticmethod
    def _answer(method: str, params: Any) -> object:
        market, home = story()
        book, results, record = market.books["slot/1"][0]
        if method == "broadcast_tx_sync":
            return {"code": 0, "data": "", "log": ""}
        tree = HashTree()
        tree.extend([leaf_hash(record)])
        served: dict[str, Value] = {
            "ohmstead_book": [record, list(book), list(results)],
            "ohmstead_leaves": logtile.pack(tree, 0, [record], 1).to_value(),
            "ohmstead_lots": [name for name, _ in market.machine.state.items("lot") if len(name) == 16],
            "ohmstead_notes": [list(market.notes[home.id][params.get("first", 0) :])],
        }
        return base64.b64encode(encode(served[method])).decode()


class FrozenFollower(Follower):
    """At a header before the market's first gate; proves nothing more."""

    async def proven(self, keys: object, wall_ns: int) -> None:
        raise NodeUnreachable("frozen")


def params_of(home: Home, meter: SigningKey) -> dict[str, tuple[Method, Value]]:
    """What is asked, in this order."""
    slot, order, order_key = FIRST + 2, sell((400, 100_000)), home.key
    market = home.ledger
    asked = AccountKey(home.id, meter.kid, order_key.public)
    commitment = slot_commitment(
        market.hash, slot, home.id, meter.kid, order_key.kid, 1, order.to_bytes(), SALT
    )
    sealed = seal_inner(order_key, market.hash, SealedOrder(slot, home.id, meter.kid, 1, commitment))
    payout = sign(order_key, market.hash, Statement(Payout(home.id, 5), 1_800_000_000, 1))
    return {
        "account": (Method.ACCOUNT, [seal_inner(order_key, market.hash, asked).data]),
        "hand": (Method.HAND, [sealed.data, order.to_bytes(), SALT]),
        "orders": (Method.ORDERS, [FIRST]),
        "post": (Method.POST, [payout]),
        "instruct": (Method.INSTRUCT, [TERMS, SALT]),
        "book": (Method.BOOK, ["slot/1", 0]),
        "notes": (Method.NOTES, [0]),
        "leaves": (Method.LEAVES, ["slot/1", 0, 1]),
        "lots": (Method.LOTS, None),
    }


async def _first(stream: AsyncIterator[Value]) -> Value:
    async for value in stream:
        return value
    raise AssertionError("the stream is empty")


async def _answers(service: MarketService, asked: dict[str, tuple[Method, Value]]) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for i, (name, (method, params)) in enumerate(asked.items(), 20):
        if method in STREAMS:
            made[f"{name} request"] = pack(Request(i, method, params, CREDIT))
            made[f"{name} item"] = pack(Item(i, 0, await _first(service.stream(OWNER, method, params))))
        else:
            made[f"{name} request"] = pack(Request(i, method, params))
            made[f"{name} answer"] = pack(Response(i, await service.call(OWNER, method, params)))
    made["book, pair item"] = pack(Item(25, 1, [v async for v in _book(service)][1]))
    return made


def _book(service: MarketService) -> AsyncIterator[Value]:
    return service.stream(OWNER, Method.BOOK, ["slot/1", 0])


def _proven() -> dict[str, bytes]:
    """A value and an absence, from the world that the other requests are about."""
    ledger, meter, _, _, _ = world()
    state, keys = ledger.machine.state, [("certifier", CERTIFIER.kid), ("meter", b"nobody's meter..")]
    items = [ProvenItem(m, k, state.get(m, k), state.prove(m, k)) for m, k in keys]
    answer = ProvenSet(heads.bundle(ledger, meter.id).light_block, tuple(items)).to_value()
    return {
        "prove request": pack(Request(29, Method.PROVE, [list(k) for k in keys])),
        "prove answer": pack(Response(29, answer)),
    }


@cache
def answers() -> dict[str, bytes]:
    """Every request of the market and its answer, by name."""
    market, home = story()
    who = Identity(home.meter.key, bytes(32), bytes(32), bytes(10), 0)
    with tempfile.TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder) / "log.sqlite", who.meter)
        store = AgentStore(Path(folder) / "agent.sqlite")
        store.keep_fact("home", encode([home.id, ZONE.name, ZONE.to_cbor()]))
        follower = FrozenFollower(market.genesis, keeper, FrozenNode())
        follower.head = cast("Any", _Head(PARAMS.open_s(FIRST + 2)))
        service, _ = market_of(
            who, keeper, market.genesis, follower, FrozenNode(), store, (Channel.IMPORT, Channel.EXPORT),
            20_000, lambda: 1_700_000_000 * 10**9,
        )  # fmt: skip
        try:
            return asyncio.run(_answers(service, params_of(home, home.meter.key))) | _proven()
        finally:
            store.close()
            keeper.close()


class _Head:
    """A light block of which only block time is asked."""

    def __init__(self, time_s: int) -> None:
        self.header, self.time_s = self, time_s


_ASKED = ("account", "hand", "orders", "post", "instruct", "book", "notes", "leaves", "lots", "prove")
NAMES = [f"{name} request" for name in _ASKED]
NAMES += [f"{name} {'item' if name in ('book', 'notes') else 'answer'}" for name in _ASKED]
NAMES.append("book, pair item")
MADE = {name: (lambda name=name: answers()[name]) for name in NAMES}
