"""Golden requests and answers of the neighbours' methods: a meter's real service and file, a frozen statement.

The node serves the round of the story; nothing is proven anew, so that the bytes stay the same for ever.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

from ohmstead.contract.neighbour_roster import Place
from ohmstead.core.codec import Value, encode
from ohmstead.ledger.merkle import leaf_hash
from ohmstead.link.messages import Item, Method, Request, Response, pack
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.stating import Stater
from ohmstead.meter.stating_rows import Row, Stage, StatingStore
from ohmstead.meter.stating_service import StatingService
from ohmstead.node.client import NodeClient
from tests.conformance.golden_agent import CREDIT, OWNER
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, HOUSES, PARAMS, neighbour_genesis
from tests.contract.rig import key

METER = key("meter")
MESSAGE = bytes(range(256)) * 17 + bytes(32)
LEAF = encode([METER.kid, MESSAGE])
#: A month's load shape: longer than an item.
SHAPE_LEAF = encode([METER.kid, bytes(range(256)) * 240 + bytes(64)])


class FrozenNode(NodeClient):
    """Serves one statement."""

    async def _post(self, body: Any) -> Any:
        first = body["params"].get("first", 0)
        leaf = LEAF if "/day/" in body["params"]["log"] else SHAPE_LEAF
        served: dict[str, Value] = {
            "ohmstead_statements": [[leaf] if first == 0 else []], "ohmstead_hashes": leaf_hash(leaf),
        }  # fmt: skip
        return {"id": body["id"], "result": base64.b64encode(encode(served[body["method"]])).decode()}


PARAMS_OF: dict[str, tuple[Method, Value]] = {
    "join": (Method.NBR_JOIN, [HOUSES.id]),
    "pause": (Method.NBR_PAUSE, [True]),
    "neighbours": (Method.NBR, None),
    "own-round": (Method.NBR_OWN, [False, FIRST_DAY]),
    "round-hashes": (Method.ROUND_HASHES, [HOUSES.id, EPOCH, FIRST_DAY]),
    "round": (Method.ROUND, [HOUSES.id, EPOCH, FIRST_DAY]),
}
_STREAMS = frozenset((Method.ROUND_HASHES, Method.ROUND))


async def _first(stream: AsyncIterator[Value]) -> Value:
    async for value in stream:
        return value
    raise AssertionError("the stream is empty")


async def _parts(service: StatingService) -> dict[str, bytes]:
    """A load shape's statement, which comes in two items."""
    params: Value = [HOUSES.id, EPOCH, None]
    items = [item async for item in service.stream(OWNER, Method.ROUND, params)]
    made = {"round, load shape request": pack(Request(46, Method.ROUND, params, CREDIT))}
    return made | {f"round-part, {i} item": pack(Item(46, i, item)) for i, item in enumerate(items)}


async def _answers(folder: Path) -> dict[str, bytes]:
    identity = Identity(METER, bytes(32), bytes(32), bytes(10), 7)
    client, genesis = FrozenNode("frozen"), neighbour_genesis()
    keeper, store = Keeper(folder / "log.sqlite", METER.kid), StatingStore(folder / "neighbours.sqlite")
    follower = Follower(genesis, keeper, client)
    log: Any = None  # nothing is measured here
    stater = Stater(identity, genesis, PARAMS, follower, client, log, store, lambda: 0)
    stater.standing = HOUSES.id, Place(EPOCH)
    row = Row(False, FIRST_DAY, HOUSES.id, 0)
    store.add(row)
    store.move(store.make(row, encode([25] * 96), bytes(range(32)), MESSAGE), Stage.ON_LEDGER)
    store.add(Row(True, EPOCH, HOUSES.id, 0))
    service, made = StatingService(stater, client), dict[str, bytes]()
    for i, (name, (method, params)) in enumerate(PARAMS_OF.items(), 40):
        if method in _STREAMS:
            made[f"{name} request"] = pack(Request(i, method, params, CREDIT))
            made[f"{name} item"] = pack(Item(i, 0, await _first(service.stream(OWNER, method, params))))
        else:
            made[f"{name} request"] = pack(Request(i, method, params))
            made[f"{name} answer"] = pack(Response(i, await service.call(OWNER, method, params)))
    made |= await _parts(service)
    keeper.close()
    store.close()
    return made


@cache
def answers() -> dict[str, bytes]:
    """Every request of the neighbours' and its answer, by name."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_answers(Path(folder)))


_NAMES = [f"{name} request" for name in PARAMS_OF]
_NAMES += [f"{name} {'item' if method in _STREAMS else 'answer'}" for name, (method, _) in PARAMS_OF.items()]
_NAMES += ["round, load shape request", "round-part, 0 item", "round-part, 1 item"]
MADE = {name: (lambda name=name: answers()[name]) for name in _NAMES}
