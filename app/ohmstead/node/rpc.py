"""JSON-RPC of the embedded engine: CometBFT's methods as its clients need them, and ours.

Ours answer canonical bytes in base64: ``ohmstead_genesis``, ``ohmstead_light_block {height}``,
``ohmstead_proof {module, key}``, ``ohmstead_anchors {meter, first}``, ``ohmstead_pages {meter, first,
count}``, ``ohmstead_notes {home, first}``, ``ohmstead_book {rule, index}``, ``ohmstead_leaves {rule, tile,
size}``, ``ohmstead_lots``, ``ohmstead_rounds``, ``ohmstead_statements {log, first}``, ``ohmstead_hashes {log}``;
``ohmstead_advance {to}`` moves a replayed past on, ``ohmstead_pace {to}`` releases
its market. Malformed input is a JSON-RPC error, never a traceback. Not here: shapes (``shapes``), when blocks are
made (``process``). Thread: the node's loop.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from aiohttp import WSMsgType, web

from ohmstead.core.codec import Value, encode
from ohmstead.ledger.stateproof import proof_ops
from ohmstead.ledger.timestamps import rfc3339
from ohmstead.node import shapes
from ohmstead.node.archive import MAX_PAGES, pages_in
from ohmstead.node.embedded import Engine, MempoolFull
from ohmstead.node.logs import Logs, NotThere

MAX_REQUEST = 2 << 20
MAX_BATCH = 64
_log = logging.getLogger(__name__)
Params = Mapping[str, Any]


class RpcError(Exception):
    """An answer with ``error``; ``data`` holds the words that CometBFT's clients look for."""

    def __init__(self, data: str, code: int = -32603, message: str = "Internal error") -> None:
        super().__init__(data)
        self.body = {"code": code, "message": message, "data": data}


class Rpc:
    """Answers for one engine. ``advance`` moves a replay on, ``pace`` releases what it may go to.

    ``submitted`` wakes the block maker.
    """

    def __init__(
        self,
        engine: Engine,
        advance: Callable[[int], int],
        submitted: Callable[[], None],
        replaying: Callable[[], bool],
        pace: Callable[[int], int] | None = None,
    ) -> None:
        self._engine = engine
        self._advance = advance
        self._pace = pace
        self._submitted = submitted
        self._replaying = replaying
        archive = Logs(engine.store, lambda: engine.app.state)
        self._methods: dict[str, Callable[[Params], object]] = {
            "abci_query": self._abci_query,
            "block": self._block,
            "blockchain": self._blockchain,
            "broadcast_tx_sync": self._broadcast,
            "commit": self._commit,
            "consensus_params": self._consensus_params,
            "genesis": lambda _p: {"genesis": json.loads(engine.genesis.to_json())},
            "health": lambda _p: {},
            "status": self._status,
            "validators": self._validators,
            "ohmstead_advance": self._advance_to,
            "ohmstead_anchors": self._anchors,
            "ohmstead_genesis": lambda _p: shapes.b64(engine.genesis.to_cbor()),
            "ohmstead_light_block": self._light_block,
            "ohmstead_pace": self._pace_to,
            "ohmstead_pages": self._pages,
            "ohmstead_proof": self._proof,
            **{name: self._archived(ask) for name, ask in archive.methods().items()},
        }

    def application(self) -> web.Application:
        """The aiohttp application: POST and GET as CometBFT serves them, and its WebSocket."""
        app = web.Application(client_max_size=MAX_REQUEST)
        app.router.add_post("/", self._post)
        app.router.add_get("/websocket", self._websocket)
        app.router.add_get("/{method}", self._get)
        return app

    # ---- envelopes ----------------------------------------------------------------------------

    def answer(self, request: object) -> dict[str, object]:
        """The answer to one JSON-RPC request. Never raises."""
        head: dict[str, object] = {"jsonrpc": "2.0", "id": -1}
        try:
            if not isinstance(request, dict):
                raise RpcError("a request is an object", -32600, "Invalid request")
            head["id"] = request.get("id")
            if self._engine.halted:
                raise RpcError("this node has stopped and must be restarted")
            method = self._methods.get(str(request.get("method")))
            params = request.get("params") or {}
            if method is None:
                raise RpcError("", -32601, "Method not found")
            if not isinstance(params, dict):
                raise RpcError("params must be an object", -32602, "Invalid params")
            return head | {"result": method(params)}
        except RpcError as error:
            return head | {"error": error.body}
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            body = {"code": -32602, "message": "Invalid params", "data": type(error).__name__}
            return head | {"error": body}
        except Exception:
            _log.exception("a request failed")
            return head | {"error": {"code": -32603, "message": "Internal error", "data": ""}}

    async def _post(self, request: web.Request) -> web.Response:
        try:
            body = _parse(await request.read())
        except ValueError:
            error = {"code": -32700, "message": "Parse error", "data": "not JSON"}
            return web.json_response({"jsonrpc": "2.0", "id": -1, "error": error})
        if isinstance(body, list):
            if len(body) > MAX_BATCH:
                return web.json_response(self.answer(None))
            return web.json_response([self.answer(r) for r in body])
        return web.json_response(self.answer(body))

    async def _get(self, request: web.Request) -> web.Response:
        """URI form: strings may stand in quotes, bytes as 0x..., the id is -1."""
        params: dict[str, object] = {k: v.strip('"').removeprefix("0x") for k, v in request.query.items()}
        if "prove" in params:
            params["prove"] = params["prove"] == "true"
        return web.json_response(
            self.answer({"id": -1, "method": request.match_info["method"], "params": params})
        )

    async def _websocket(self, request: web.Request) -> web.WebSocketResponse:
        """CometBFT's light proxy will not start without the handshake, though it subscribes to nothing."""
        ws = web.WebSocketResponse(heartbeat=30, max_msg_size=MAX_REQUEST)
        await ws.prepare(request)
        async for message in ws:
            if message.type == WSMsgType.TEXT:
                try:
                    body = _parse(message.data)
                except ValueError:
                    body = None
                await ws.send_json(self.answer(body))
        return ws

    # ---- CometBFT's methods -------------------------------------------------------------------

    def _height(self, params: Params) -> int:
        top, raw = self._engine.height, params.get("height")
        height = top if raw in (None, "") else int(str(raw))
        if height <= 0:
            raise RpcError(f"height must be greater than 0, but got {height}")
        if height > top:
            raise RpcError(
                f"height {height} must be less than or equal to the current blockchain height {top}"
            )
        return height

    def _commit(self, params: Params) -> object:
        height = self._height(params)
        block = self._engine.light_block(height)
        assert block is not None
        signed = {"header": shapes.header(block.header), "commit": shapes.commit(block.commit)}
        return {"signed_header": signed, "canonical": height < self._engine.height}

    def _validators(self, params: Params) -> object:
        page, per_page = int(params.get("page") or 1), min(100, int(params.get("per_page") or 30))
        if page < 1 or per_page < 1:
            raise RpcError("page and per_page must be greater than 0")
        return shapes.validators(self._engine.validators, self._height(params), page, per_page)

    def _block(self, params: Params) -> object:
        height = self._height(params)
        block = self._engine.block(height)
        assert block is not None
        header, commit, txs = block
        before = self._engine.light_block(height - 1) if height > 1 else None
        return {
            "block_id": shapes.block_id(commit.block_id),
            "block": {
                "header": shapes.header(header),
                "data": {"txs": [shapes.b64(t) for t in txs]},
                "evidence": {"evidence": []},
                "last_commit": shapes.commit(before.commit) if before else None,
            },
        }

    def _blockchain(self, params: Params) -> object:
        top = min(int(params.get("maxHeight") or self._engine.height), self._engine.height)
        low = max(1, int(params.get("minHeight") or 1), top - 19)
        metas = []
        for height in range(top, low - 1, -1):
            block = self._engine.block(height)
            assert block is not None
            header, commit, txs = block
            metas.append(
                {
                    "block_id": shapes.block_id(commit.block_id),
                    "header": shapes.header(header),
                    "num_txs": str(len(txs)),
                }
            )
        return {"last_height": str(self._engine.height), "block_metas": metas}

    def _status(self, _params: Params) -> object:
        engine, top = self._engine, self._engine.height
        block = engine.light_block(top)
        sync: dict[str, object] = {"latest_block_height": str(top), "catching_up": False}
        if block is not None:
            sync |= {
                "latest_block_hash": shapes.upper(block.commit.block_id.hash),
                "latest_app_hash": shapes.upper(block.header.app_hash),
                "latest_block_time": rfc3339(block.header.time_ns),
                "earliest_block_height": "1",
                "earliest_block_time": rfc3339(engine.genesis.genesis_time_ns),
            }
        else:
            sync["latest_block_time"] = rfc3339(engine.genesis.genesis_time_ns)
        version = {"p2p": "8", "block": "11", "app": str(engine.genesis.consensus_params.app_version)}
        return {
            "node_info": {
                "protocol_version": version,
                "id": "0" * 40,
                "listen_addr": "",
                "network": engine.genesis.chain_id,
                "version": "0.38-embedded",
                "channels": "",
                "moniker": "single operator",
                "other": {"tx_index": "off", "rpc_address": ""},
            },
            "sync_info": sync,
            "validator_info": {"address": "", "pub_key": None, "voting_power": "0"},
            "replaying": self._replaying(),
        }

    def _consensus_params(self, params: Params) -> object:
        return {
            "block_height": str(self._height(params)),
            "consensus_params": self._engine.genesis.consensus_params.to_json(),
        }

    def _broadcast(self, params: Params) -> object:
        tx = _bytes(params.get("tx"))
        try:
            result = self._engine.submit(tx)
        except MempoolFull as error:
            raise RpcError(str(error)) from error
        if result.code == 0:
            self._submitted()
        return {
            "code": result.code,
            "data": shapes.b64(result.data),
            "log": result.log,
            "codespace": "",
            "hash": shapes.upper(sha256(tx).digest()),
        }

    def _abci_query(self, params: Params) -> object:
        """Answers at the last height that moved AppHash: the header after it exists or comes at once."""
        parts = str(params.get("path") or "").split("/")
        key = bytes.fromhex(str(params.get("data") or ""))
        response: dict[str, object] = {
            "code": 0, "log": "", "info": "", "index": "0", "key": shapes.b64(key), "value": None,
            "proofOps": None, "height": str(self._engine.changed), "codespace": "",
        }  # fmt: skip
        if len(parts) != 4 or parts[:2] != ["", "store"] or parts[3] != "key" or not key:
            return {"response": response | {"code": 1, "log": "the path is /store/<module>/key"}}
        state, module = self._engine.app.state, parts[2]
        value = state.get(module, key)
        if value is None:
            return {"response": response | {"log": "absent; ohmstead_proof carries the proof of that"}}
        response["value"] = shapes.b64(value)
        if params.get("prove"):
            ops = proof_ops(module, key, value, state.prove(module, key))
            response["proofOps"] = shapes.proof_ops(ops)
        return {"response": response}

    # ---- ours ---------------------------------------------------------------------------------

    def _light_block(self, params: Params) -> str:
        block = self._engine.light_block(self._height(params))
        assert block is not None
        return shapes.b64(block.to_cbor())

    def _proof(self, params: Params) -> str:
        """[height whose next header proves it, value or null, proof]; refused until that header exists."""
        if not self._engine.provable:
            raise RpcError("the newest state has no header yet; ask again after the next block")
        module, key = str(params["module"]), bytes.fromhex(str(params["key"]))
        state = self._engine.app.state
        proof = state.prove(module, key).to_cbor()
        return shapes.b64(encode([self._engine.changed, state.get(module, key), proof]))

    def _pages(self, params: Params) -> str:
        meter = bytes.fromhex(str(params["meter"]))
        first, count = int(params["first"]), int(params["count"])
        if first < 0 or not 1 <= count <= MAX_PAGES:
            raise RpcError(f"a range of 1 to {MAX_PAGES} pages", -32602, "Invalid params")
        txs: list[bytes] = []
        for height in self._engine.store.page_heights(meter, first, first + count):
            block = self._engine.block(height)
            assert block is not None
            txs += block[2]
        return shapes.b64(encode(pages_in(txs, meter, first, count)))

    def _anchors(self, params: Params) -> str:
        """[[size, height, block time], ...] of a meter's batches from ``first`` on, at most 10 000."""
        rows = self._engine.store.anchors(bytes.fromhex(str(params["meter"])), int(params["first"]), 10_000)
        return shapes.b64(encode([list(row) for row in rows]))

    @staticmethod
    def _archived(ask: Callable[[dict[str, object]], Value]) -> Callable[[Params], str]:
        def answer(params: Params) -> str:
            try:
                return shapes.b64(encode(ask(dict(params))))
            except NotThere as error:
                raise RpcError(f"not recorded yet: {error}") from error

        return answer

    def _advance_to(self, params: Params) -> str:
        if not self._replaying():
            raise RpcError("this node's clock is the wall: there is nothing to advance")
        return str(self._advance(int(params["to"])))

    def _pace_to(self, params: Params) -> str:
        if self._pace is None:
            raise RpcError("this node is not paced")
        return str(self._pace(int(params["to"])))


def _parse(text: str | bytes) -> Any:
    """JSON from outside. Raises ValueError, also for nesting so deep that the parser gives up."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise RpcError("tx must be base64", -32602, "Invalid params")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise RpcError("tx must be base64", -32602, "Invalid params") from error
