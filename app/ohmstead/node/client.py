"""The client of a node's JSON-RPC: the meter's route to the ledger, the app's optional witness.

Answers come back as verified shapes, never as verified facts: what they claim is checked by ``ledger``.
Loop: the one that made it. Not here: the server (``node.rpc``).
"""

from __future__ import annotations

import base64
import binascii
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode
from ohmstead.errors import ExternalError
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.slice import ProvenValue
from ohmstead.ledger.statetree import StateProof
from ohmstead.neighbours.shape import SHAPE_LEAF_BYTES

if TYPE_CHECKING:
    import aiohttp

MAX_ANSWER = 4 << 20
#: Calls that one request carries.
BATCH = 60
Params = Mapping[str, object]


class NodeUnreachable(ExternalError):
    """The node does not answer: down, starting, or another address."""


class NodeRefused(ExternalError):
    """The node answered with an error. ``data`` is its own text."""

    def __init__(self, message: str, data: str) -> None:
        super().__init__(f"the node refused: {message}{': ' + data if data else ''}")
        self.data = data


class NodeBusy(NodeRefused):
    """The mempool is full: try again later; nothing is lost."""


@dataclass(frozen=True, slots=True)
class TxAnswer:
    """What ``broadcast_tx_sync`` says: code 0 means waiting for a block, not that it is in one."""

    code: int
    data: bytes
    log: str


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """Where a node stands. ``replaying`` only on an embedded engine that replays a recorded past."""

    chain_id: str
    height: int
    time: str
    replaying: bool


class NodeClient:
    """One node at one address. ``close`` it."""

    def __init__(self, url: str, *, timeout_s: float = 20.0) -> None:
        self._url = url
        self._ids = itertools.count(1)
        self._timeout_s = timeout_s
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def many(self, calls: Sequence[tuple[str, Params]]) -> list[Any]:
        """The results of several calls in one request, in order. Raises NodeUnreachable, NodeRefused."""
        requests = [
            {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": dict(params)}
            for method, params in calls
        ]
        answers = await self._post(requests if len(requests) != 1 else requests[0])
        answers = answers if isinstance(answers, list) else [answers]
        by_id = {a["id"]: a for a in answers if isinstance(a, dict) and isinstance(a.get("id"), int)}
        return [_result(by_id.get(r["id"])) for r in requests]

    async def call(self, method: str, **params: object) -> Any:
        """The result of one call."""
        return (await self.many([(method, params)]))[0]

    async def _post(self, body: object) -> Any:
        import aiohttp  # only who asks a node pays for it: a third of the window's own start

        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timeout_s))
        try:
            async with self._session.post(self._url, json=body) as response:
                raw = await response.content.read(MAX_ANSWER + 1)
                while not response.content.at_eof() and len(raw) <= MAX_ANSWER:
                    raw += await response.content.read(MAX_ANSWER)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NodeUnreachable(f"no answer from the node at {self._url}") from error
        if len(raw) > MAX_ANSWER:
            raise NodeRefused("answer too long", "")
        try:
            return json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise NodeRefused("the answer is not JSON", "") from error

    async def status(self) -> NodeStatus:
        """Where the node stands."""
        raw = await self.call("status")
        try:
            sync = raw["sync_info"]
            return NodeStatus(
                str(raw["node_info"]["network"]),
                int(sync["latest_block_height"]),
                str(sync["latest_block_time"]),
                bool(raw.get("replaying", False)),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise NodeRefused("status has another shape", repr(error)) from error

    async def genesis(self) -> bytes:
        """The genesis document's canonical bytes, unchecked."""
        return _b64(await self.call("ohmstead_genesis"))

    async def light_block(self, height: int | None = None) -> LightBlock:
        """The light block of a height, or the newest. Raises SliceError-like errors of its own shape."""
        return light_block_of(await self.call("ohmstead_light_block", **_at(height)))

    async def broadcast(self, tx: bytes) -> TxAnswer:
        """Hands a transaction to the mempool. Raises NodeBusy when it is full."""
        return tx_answer_of(await self.call("broadcast_tx_sync", tx=base64.b64encode(tx).decode()))

    async def proof(self, module: str, key: bytes) -> tuple[int, ProvenValue | None]:
        """(height of the proving state, the value with its proof or None where it is absent)."""
        return proof_of(module, key, await self.call("ohmstead_proof", module=module, key=key.hex()))


async def values_of(client: NodeClient, module: str, keys: Sequence[bytes]) -> list[bytes | None]:
    """Values of the newest state as the node says, unproven: for who owns the node, or only plays along."""
    found: list[bytes | None] = []
    for at in range(0, len(keys), BATCH):
        calls = [
            ("abci_query", {"path": f"/store/{module}/key", "data": key.hex()})
            for key in keys[at : at + BATCH]
        ]
        for answer in await client.many(calls):
            value = answer["response"]["value"] if isinstance(answer, dict) else None
            found.append(None if value is None else _b64(value))
    return found


async def notes_of(client: NodeClient, home: bytes, first: int) -> list[bytes]:
    """Leaves of a household log from ``first`` on, unchecked; none where it ends."""
    value = await _value(client, "ohmstead_notes", home=home.hex(), first=first)
    try:
        (leaves,) = as_list(value, "notes", 1)
        return [as_bytes(leaf, "leaf") for leaf in as_list(leaves, "leaves")]
    except CodecError as error:
        raise NodeRefused("notes have another shape", str(error)) from error


async def book_of(client: NodeClient, rule: str, index: int) -> tuple[bytes, list[bytes], list[bytes]]:
    """(record, book leaves, result leaves) of a finished slot or lot, unchecked."""
    value = await _value(client, "ohmstead_book", rule=rule, index=index)
    try:
        record, book, results = as_list(value, "book", 3)
        parts = [[as_bytes(leaf, "leaf") for leaf in as_list(part, "leaves")] for part in (book, results)]
        return as_bytes(record, "record"), parts[0], parts[1]
    except CodecError as error:
        raise NodeRefused("a book has another shape", str(error)) from error


async def lots_of(client: NodeClient) -> list[bytes]:
    """The ids of open lots, as the node lists them."""
    try:
        return [as_bytes(v, "lot", 16) for v in as_list(await _value(client, "ohmstead_lots"), "lots")]
    except CodecError as error:
        raise NodeRefused("lots have another shape", str(error)) from error


async def rounds_of(client: NodeClient) -> list[bytes]:
    """The state keys of rounds that wait for guardians, as the node lists them."""
    try:
        found = as_list(await _value(client, "ohmstead_rounds"), "rounds")
        return [as_bytes(v, "round", at_most=64) for v in found]
    except CodecError as error:
        raise NodeRefused("rounds have another shape", str(error)) from error


async def statements_of(client: NodeClient, log: str, first: int) -> list[bytes]:
    """Leaves of a round's log from ``first`` on, unchecked but for their length; none where it ends."""
    value = await _value(client, "ohmstead_statements", log=log, first=first)
    try:
        (leaves,) = as_list(value, "statements", 1)
        return [as_bytes(leaf, "leaf", at_most=SHAPE_LEAF_BYTES) for leaf in as_list(leaves, "leaves")]
    except CodecError as error:
        raise NodeRefused("statements have another shape", str(error)) from error


async def hashes_of(client: NodeClient, log: str) -> list[bytes]:
    """The leaf hashes of a round's log, unchecked."""
    try:
        data = as_bytes(await _value(client, "ohmstead_hashes", log=log), "hashes")
    except CodecError as error:
        raise NodeRefused("hashes have another shape", str(error)) from error
    return [data[i : i + 32] for i in range(0, len(data) - 31, 32)]


async def leaves_of(client: NodeClient, rule: str, tile: int, size: int) -> Value:
    """A tile of a rule's log, unchecked: see ``ledger.logtile``."""
    return await _value(client, "ohmstead_leaves", rule=rule, tile=tile, size=size)


async def _value(client: NodeClient, method: str, **params: object) -> Value:
    raw = _b64(await client.call(method, **params))
    try:
        return decode(raw, max_size=MAX_ANSWER)
    except CodecError as error:
        raise NodeRefused("an answer is not canonical", str(error)) from error


async def anchors_of(client: NodeClient, meter: bytes, first: int) -> list[tuple[int, int, int]]:
    """(size, height, block time) of a meter's accepted batches from ``first`` on, unchecked."""
    raw = _b64(await client.call("ohmstead_anchors", meter=meter.hex(), first=first))
    try:
        rows = [as_list(row, "anchor", 3) for row in as_list(decode(raw, max_size=MAX_ANSWER), "anchors")]
        return [(as_uint(s, "size"), as_uint(h, "height"), as_uint(t, "time")) for s, h, t in rows]
    except CodecError as error:
        raise NodeRefused("anchors have another shape", str(error)) from error


def _at(height: int | None) -> dict[str, object]:
    return {} if height is None else {"height": str(height)}


def _result(answer: object) -> Any:
    if not isinstance(answer, dict):
        raise NodeRefused("an answer is missing", "")
    if "error" in answer:
        error = answer["error"] if isinstance(answer["error"], dict) else {}
        message, data = str(error.get("message", "")), str(error.get("data", ""))
        if "mempool is full" in data:
            raise NodeBusy(message, data)
        raise NodeRefused(message, data)
    return answer.get("result")


def _b64(value: object) -> bytes:
    if not isinstance(value, str):
        raise NodeRefused("an answer has another shape", "")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NodeRefused("an answer is not base64", "") from error


def light_block_of(result: object) -> LightBlock:
    """The light block of an ``ohmstead_light_block`` result."""
    return LightBlock.from_cbor(_b64(result))


def tx_answer_of(result: object) -> TxAnswer:
    """The answer of a ``broadcast_tx_sync`` result."""
    if not isinstance(result, dict):
        raise NodeRefused("an answer has another shape", "")
    code = result.get("code")
    if not isinstance(code, int):
        raise NodeRefused("an answer has another shape", "")
    return TxAnswer(code, _b64(result.get("data") or ""), str(result.get("log", "")))


def answer_of(result: object) -> tuple[bytes | None, bytes]:
    """(value or None, proof bytes) of an ``ohmstead_proof`` result, unchecked."""
    try:
        _, value, proof = as_list(decode(_b64(result), max_size=MAX_ANSWER), "proof", 3)
        return None if value is None else as_bytes(value, "value"), as_bytes(proof, "proof")
    except CodecError as error:
        raise NodeRefused("a proof has another shape", str(error)) from error


def proof_of(module: str, key: bytes, result: object) -> tuple[int, ProvenValue | None]:
    """The proven value of an ``ohmstead_proof`` result."""
    try:
        height, value, proof = as_list(decode(_b64(result), max_size=MAX_ANSWER), "proof", 3)
        if value is None:
            return as_uint(height, "height"), None
        parsed = StateProof.from_cbor(as_bytes(proof, "proof"))
        return as_uint(height, "height"), ProvenValue(module, key, as_bytes(value, "value"), parsed)
    except CodecError as error:
        raise NodeRefused("a proof has another shape", str(error)) from error
