"""cosmos/ics23: leaf and inner operations over SHA-256, and the operations that our trees amount to.

The product has no interpreter of operations: it knows one leaf and one inner form. So a small interpreter,
written from the ICS-23 specification, stands here; the public cases check it, and it checks ours. Not ours, so
left out: other hashes (one leaf case, six of seven hash cases), specifications of other trees.
"""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.ledger.merkle import node_hash
from ohmstead.ledger.protobuf import uvarint
from ohmstead.ledger.stateproof import entry_hash

DATA = Path(__file__).parent / "data" / "ics23" / "testdata"
SHA256 = 1
#: LengthOp by number: none, protobuf varint, fixed 32 and 64 bits in both orders.
LENGTHS = {
    0: lambda data: data,
    1: lambda data: uvarint(len(data)) + data,
    3: lambda data: len(data).to_bytes(4, "big") + data,
    4: lambda data: len(data).to_bytes(4, "little") + data,
    5: lambda data: len(data).to_bytes(8, "big") + data,
    6: lambda data: len(data).to_bytes(8, "little") + data,
}


class Refused(ValueError):
    """The operation cannot be carried out."""


def cases(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text())
    return found


def unbase(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def hashed(number: int, data: bytes) -> bytes:
    if number == 0:
        return data
    assert number == SHA256
    return sha256(data).digest()


def leaf(op: dict[str, Any], key: bytes, value: bytes) -> bytes:
    if not key or not value:
        raise Refused("a leaf needs key and value")
    length = LENGTHS[op.get("length", 0)]
    data = unbase(op.get("prefix")) + length(hashed(op.get("prehash_key", 0), key))
    return hashed(op["hash"], data + length(hashed(op.get("prehash_value", 0), value)))


def inner(op: dict[str, Any], child: bytes) -> bytes:
    if not child:
        raise Refused("an inner node needs a child")
    return hashed(op["hash"], unbase(op.get("prefix")) + child + unbase(op.get("suffix")))


def existence(proof: dict[str, Any]) -> bytes:
    if "leaf" not in proof:
        raise Refused("a proof begins with a leaf")
    root = leaf(proof["leaf"], unbase(proof["key"]), unbase(proof["value"]))
    for op in proof.get("path", ()):
        root = inner(op, root)
    return root


def check(given_: list[tuple[dict[str, Any], Any]]) -> int:
    for case, run in given_:
        if case["IsErr"]:
            with pytest.raises(Refused):
                run(case)
        else:
            assert run(case) == unbase(case["Expected"])
    return len(given_)


def test_hash() -> None:
    case = cases("TestDoHashData")["sha256"]
    assert hashed(SHA256, case["Preimage"].encode()).hex() == case["ExpectedHash"]


def test_leaves() -> None:
    ours = [c for c in cases("TestLeafOpData").values() if c["Op"]["hash"] == SHA256]
    assert check([(c, lambda c: leaf(c["Op"], unbase(c["Key"]), unbase(c["Value"]))) for c in ours]) == 10


def test_inner_nodes() -> None:
    ours = cases("TestInnerOpData").values()
    assert check([(c, lambda c: inner(c["Op"], unbase(c["Child"]))) for c in ours]) == 4


def test_existence_proofs() -> None:
    ours = cases("TestExistenceProofData").values()
    assert check([(c, lambda c: existence(c["Proof"])) for c in ours]) == 6


TENDERMINT_LEAF = {"hash": SHA256, "prehash_value": SHA256, "length": 1, "prefix": "AA=="}
HASHES = st.binary(min_size=32, max_size=32)


@given(st.binary(min_size=1, max_size=64), st.binary(min_size=1, max_size=300), HASHES, HASHES)
def test_our_leaf_and_inner_node_are_those_of_the_tendermint_specification(
    key: bytes, value: bytes, left: bytes, right: bytes
) -> None:
    assert entry_hash(key, sha256(value).digest()) == leaf(TENDERMINT_LEAF, key, value)
    beside = base64.b64encode(b"\x01" + left).decode()
    assert node_hash(left, right) == inner({"hash": SHA256, "prefix": beside}, right)
