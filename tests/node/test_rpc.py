"""The RPC as CometBFT's clients see it, our methods, and what a hostile client gets: an error, never more."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock, verify_first_header, verify_step
from ohmstead.ledger.protobuf import fields
from ohmstead.ledger.statetree import StateProof, verify_absence, verify_presence
from ohmstead.node.embedded import Engine
from ohmstead.node.rpc import MAX_BATCH, MAX_REQUEST, Rpc
from tests.conformance import cometbft_json
from tests.node.little import SECOND, Little, grow, open_engine
from tests.node.test_embedded import NOW


class Served:
    """An RPC over a little engine whose replay makes one block a call."""

    def __init__(self, folder: Path, settle_ns: int = NOW) -> None:
        self.engine: Engine = open_engine(folder)
        grow(self.engine, 5)
        self.engine.step(settle_ns)
        self.replaying = True
        self.woken = 0
        self.rpc = Rpc(self.engine, self.advance, self.wake, lambda: self.replaying)

    def advance(self, to_s: int) -> int:
        self.engine.step(to_s * SECOND)
        return self.engine.height

    def wake(self) -> None:
        self.woken += 1

    def call(self, method: str, **params: object) -> Any:
        answer = self.rpc.answer({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
        assert (answer["jsonrpc"], answer["id"]) == ("2.0", 7)
        assert "error" not in answer, answer
        json.dumps(answer)
        return answer["result"]

    def error(self, method: str, **params: object) -> Any:
        answer = self.rpc.answer({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
        assert "result" not in answer, answer
        return answer["error"]


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


@asynccontextmanager
async def over_http(served: Served) -> AsyncIterator[tuple[ClientSession, str]]:
    server = TestServer(served.rpc.application())
    await server.start_server()
    async with ClientSession() as session:
        try:
            yield session, str(server.make_url("/"))
        finally:
            await server.close()


def raw(text: Any) -> bytes:
    return base64.b64decode(text, validate=True)


# ---- CometBFT's methods -----------------------------------------------------------------------


def test_commit_and_validators_make_a_light_block_that_verifies(served: Served) -> None:
    def light(height: int) -> LightBlock:
        signed = served.call("commit", height=str(height))
        set_ = served.call("validators", height=str(height), page="1", per_page="100")
        return cometbft_json.light_block(signed | {"validator_set": set_})

    engine = served.engine
    trusted = verify_first_header(engine.genesis, light(1), Little().init_chain(engine.genesis))
    for height in (2, 6):
        assert verify_step(trusted, light(height), NOW * 2) == ()
        assert light(height) == engine.light_block(height)
    assert [served.call("commit", height=str(h))["canonical"] for h in (5, 6)] == [True, False]


def test_the_shapes_on_which_clients_insist(served: Served) -> None:
    commit = served.call("commit")["signed_header"]["commit"]
    header = served.call("commit")["signed_header"]["header"]
    assert (commit["height"], commit["round"]) == ("6", 0)
    assert commit["block_id"]["parts"]["total"] == 1
    assert header["time"].endswith("Z")
    assert header["version"]["block"] == "11"
    assert {s["block_id_flag"] for s in commit["signatures"]} == {2}
    page = served.call("validators", page="2", per_page="3")
    assert (page["count"], page["total"], len(page["validators"])) == ("1", "4", 1)
    assert page["validators"][0]["pub_key"]["type"] == "tendermint/PubKeyEd25519"
    assert page["validators"][0]["voting_power"] == "10"
    assert served.call("status")["sync_info"]["latest_block_height"] == "6"
    assert served.call("health") == {}
    assert served.call("consensus_params")["consensus_params"]["block"]["max_gas"] == "-1"
    assert served.call("genesis")["genesis"]["chain_id"] == served.engine.genesis.chain_id


def test_the_words_that_clients_look_for(served: Served) -> None:
    assert "must be less than or equal to" in served.error("commit", height="99")["data"]
    assert served.error("commit", height="0")["code"] == -32603
    assert served.error("nonsense")["code"] == -32601


def test_blocks(served: Served) -> None:
    block = served.call("block", height=3)
    assert [raw(t) for t in block["block"]["data"]["txs"]] == [b"k3=v3"]
    before = cometbft_json.commit(block["block"]["last_commit"])
    header = cometbft_json.header(block["block"]["header"])
    assert (before.hash(), before.block_id) == (header.last_commit_hash, header.last_block_id)
    metas = served.call("blockchain", minHeight="2", maxHeight="4")["block_metas"]
    assert [m["header"]["height"] for m in metas] == ["4", "3", "2"]
    assert served.call("block", height=1)["block"]["last_commit"] is None


def test_a_query_is_proven_by_the_header_after_its_height(served: Served) -> None:
    response = served.call("abci_query", path="/store/kv/key", data=b"k5".hex(), prove=True)["response"]
    assert (response["code"], raw(response["value"]), response["height"]) == (0, b"v5", "5")
    ops = response["proofOps"]["ops"]
    assert [(op["type"], raw(op["key"])) for op in ops] == [("simple:v", b"k5"), ("simple:v", b"kv")]
    assert dict(fields(raw(ops[0]["data"])))[1] == b"k5"
    absent = served.call("abci_query", path="/store/kv/key", data=b"zz".hex(), prove=True)["response"]
    assert (absent["value"], absent["proofOps"]) == (None, None)
    assert served.call("abci_query", path="/other", data="00")["response"]["code"] == 1


# ---- ours -------------------------------------------------------------------------------------


def test_genesis_light_block_and_proof_verify(served: Served) -> None:
    genesis = GenesisDocument.from_cbor(raw(served.call("ohmstead_genesis")))
    assert genesis == served.engine.genesis
    block = LightBlock.from_cbor(raw(served.call("ohmstead_light_block")))
    assert block.height == 6
    for key, present in ((b"k4", True), (b"k9", False)):
        answer = raw(served.call("ohmstead_proof", module="kv", key=key.hex()))
        height, value, proof = as_list(decode(answer), "proof", 3)
        assert height == 5
        parsed = StateProof.from_cbor(as_bytes(proof, "proof"))
        if present:
            verify_presence(block.header.app_hash, "kv", key, as_bytes(value, "value"), parsed)
        else:
            assert value is None
            verify_absence(block.header.app_hash, "kv", key, parsed)


def test_a_state_without_a_header_is_not_proven(served: Served) -> None:
    grow(served.engine, 1)
    assert "ask again" in served.error("ohmstead_proof", module="kv", key="00")["data"]


def test_a_batch_submits_advances_and_reads(served: Served) -> None:
    tx = base64.b64encode(b"a=1").decode()
    requests = [("broadcast_tx_sync", {"tx": tx}), ("ohmstead_advance", {"to": 1_900_000_000}),
                ("ohmstead_light_block", {})]  # fmt: skip
    answers = [served.call(method, **params) for method, params in requests]
    assert answers[0]["code"] == 0
    assert answers[1] == "7"
    assert LightBlock.from_cbor(raw(answers[2])).height == 7
    assert served.woken == 1
    assert served.engine.app.state.get("kv", b"a") == b"1"


def test_only_a_replay_can_be_advanced(served: Served) -> None:
    served.replaying = False
    assert "nothing to advance" in served.error("ohmstead_advance", to=1)["data"]
    assert served.engine.height == 6


def test_a_refused_transaction_is_an_answer_not_an_error(served: Served) -> None:
    answer = served.call("broadcast_tx_sync", tx=base64.b64encode(b"no").decode())
    assert (answer["code"], raw(answer["data"]), answer["log"]) == (1, b"\x07", "refused")
    assert served.woken == 0


# ---- the wire ---------------------------------------------------------------------------------


async def test_over_http(served: Served) -> None:
    async with over_http(served) as (session, url):
        batch = [{"id": i, "method": "commit", "params": {"height": str(i)}} for i in (1, 2)]
        async with session.post(url, json=batch) as response:
            answers = await response.json()
        assert [a["result"]["signed_header"]["header"]["height"] for a in answers] == ["1", "2"]
        async with session.get(f'{url}abci_query?path="/store/kv/key"&data=0x6b31&prove=true') as response:
            answer = await response.json()
        assert raw(answer["result"]["response"]["value"]) == b"v1"
        assert answer["id"] == -1
        async with session.ws_connect(f"{url}websocket") as ws:
            await ws.send_str('{"id": 3, "method": "health"}')
            assert await ws.receive_json() == {"jsonrpc": "2.0", "id": 3, "result": {}}
            await ws.send_str("[" * 5_000)
            assert "error" in await ws.receive_json()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"1", b"[]", b"[1]", b'{"method": 5}', b'{"method": "commit", "params": [1]}',
     b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b'{"method":"commit","params":{"height":1e999}}',
     json.dumps([{"method": "health"}] * (MAX_BATCH + 1)).encode()],
)  # fmt: skip
async def test_malformed_requests_get_json(served: Served, body: bytes) -> None:
    async with over_http(served) as (session, url), session.post(url, data=body) as response:
        assert response.status == 200
        answer = await response.json()
        assert answer == [] or "error" in (answer[0] if isinstance(answer, list) else answer)


async def test_a_request_is_bounded(served: Served) -> None:
    server = TestServer(served.rpc.application())
    await server.start_server()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"POST / HTTP/1.1\r\nHost: node\r\nContent-Length: {MAX_REQUEST + 1}\r\n\r\n"
    writer.write(head.encode() + b" " * (MAX_REQUEST + 1))
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    await writer.wait_closed()
    await server.close()


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
params = st.dictionaries(
    st.sampled_from(["height", "page", "per_page", "data", "path", "tx", "module", "key", "meter", "first",
                     "count", "to", "minHeight", "maxHeight", "prove"]),
    leaves | st.lists(leaves, max_size=2),
)  # fmt: skip
METHODS = [
    "abci_query", "block", "blockchain", "broadcast_tx_sync", "commit", "consensus_params", "genesis",
    "health", "status", "validators", "ohmstead_anchors", "ohmstead_genesis", "ohmstead_light_block",
    "ohmstead_pages", "ohmstead_proof",
]  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from(METHODS), values=params | leaves)
def test_no_parameter_breaks_it(
    served: Served, caplog: pytest.LogCaptureFixture, method: str, values: Any
) -> None:
    caplog.clear()
    answer = served.rpc.answer({"id": 1, "method": method, "params": values})
    assert ("result" in answer) != ("error" in answer)
    assert not caplog.records, caplog.text
    json.dumps(answer)
