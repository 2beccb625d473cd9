"""CometBFT: header hashes, sign bytes, roots, and the answers of real nodes (tendermint-rs fixtures).

Not ours: gaia and kvstore answers about transactions' events, peers and consensus state.
"""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ohmstead.ledger.block import BlockId, data_hash, encode_block, part_set
from ohmstead.ledger.commit import Commit, vote_sign_bytes
from ohmstead.ledger.merkle import EMPTY_ROOT, leaf_hash, node_hash, root_of
from ohmstead.ledger.timestamps import GO_ZERO_NS
from tests.conformance.cometbft_json import block_id, commit, header, load


def test_golden_header_hashes() -> None:
    golden, known = load("cometbft/golden.json")["header_hash"]
    assert header(golden["header"]).hash().hex().upper() == golden["hash"]
    assert header(load("tendermint-rs/header_with_known_hash.json")).hash().hex().upper() == known["hash"]


def test_golden_sign_bytes() -> None:
    cases = load("cometbft/golden.json")["vote_sign_bytes"]
    for case in cases:
        where = case["type"], case["height"], case["round"]
        made = vote_sign_bytes(case["chain_id"], *where, None, GO_ZERO_NS)
        assert made.hex() == case["hex"]
    assert len(cases) == 5


def test_golden_roots() -> None:
    golden = load("cometbft/golden.json")
    ran = 0
    for case in golden["merkle_root"]:
        assert root_of([leaf_hash(bytes.fromhex(x)) for x in case["leaves_hex"]]).hex() == case["root"]
        ran += 1
    leaf, node = golden["rfc6962_hasher"][-2:]
    assert leaf_hash(leaf["leaf_ascii"].encode()).hex() == leaf["hash"]
    left, right = (x.encode() for x in node["node_ascii"])
    assert node_hash(left, right).hex() == node["hash"]
    assert ran >= 4


def blocks() -> list[tuple[str, Any]]:
    """Every whole block among the fixtures: (name, {block_id, block})."""
    found = []
    for folder in ("kvstore_v0_38", "gaia"):
        found.append((f"{folder} 1", load(f"tendermint-rs/{folder}/block_at_height_1.json")["result"]))
    found.append(("by hash", load("tendermint-rs/kvstore_v0_38/block_by_hash.json")["result"]))
    search = load("tendermint-rs/kvstore_v0_38/block_search.json")["result"]["blocks"]
    return found + [(f"search {i}", b) for i, b in enumerate(search)]


BLOCKS = blocks()


def last_commit(block: Any) -> Commit:
    value = block["last_commit"]
    return Commit() if value is None else commit(value)


@pytest.mark.parametrize("result", [b for _, b in BLOCKS], ids=[n for n, _ in BLOCKS])
def test_a_real_block(result: Any) -> None:
    block = result["block"]
    head = header(block["header"])
    txs = [base64.b64decode(t) for t in block["data"]["txs"] or ()]
    stated = block_id(result["block_id"])
    assert head.hash() == stated.hash
    assert data_hash(txs) == head.data_hash or (not txs and head.data_hash == b"")
    if head.height > 1:
        assert last_commit(block).hash() == head.last_commit_hash
        assert last_commit(block).block_id == head.last_block_id


def test_part_sets_of_real_blocks() -> None:
    """Block bytes cut into parts give the part set header that validators signed."""
    ran = 0
    for name, result in BLOCKS:
        if name.startswith("gaia"):
            continue  # made by Tendermint 0.34: last_results_hash and others differ in meaning, bytes do not
        block = result["block"]
        head = header(block["header"])
        txs = [base64.b64decode(t) for t in block["data"]["txs"] or ()]
        total, root = part_set(encode_block(head, txs, last_commit(block).encode()))
        assert BlockId(head.hash(), total, root) == block_id(result["block_id"]), name
        ran += 1
    assert ran >= 3


@pytest.mark.parametrize("folder", ["kvstore_v0_38", "gaia"])
def test_a_real_commit(folder: str) -> None:
    signed = load(f"tendermint-rs/{folder}/commit_at_height_10.json")["result"]["signed_header"]
    made = commit(signed["commit"])
    assert header(signed["header"]).hash() == made.block_id.hash
    assert len(made.signatures) == 1
    assert made.hash() != EMPTY_ROOT


def test_ten_real_headers_follow_each_other() -> None:
    result = load("tendermint-rs/kvstore_v0_38/blockchain_from_1_to_10.json")["result"]
    metas = sorted(result["block_metas"], key=lambda m: int(m["header"]["height"]))
    before = None
    for meta in metas:
        head = header(meta["header"])
        assert head.hash() == block_id(meta["block_id"]).hash
        if before is not None:
            assert head.last_block_id == before
        before = block_id(meta["block_id"])
    assert len(metas) == 10
