"""transparency-dev/merkle: RFC 6962 inclusion, consistency and subtree proofs, good and bad.

All 518 cases run. Eight have another verdict here, on purpose, and are listed: six prove an *empty* range
``[n, n)``, which is no subtree for us; two "prove" that a root equals itself with roots of 12 bytes, and
every root of ours has 32.
"""

from __future__ import annotations

import base64
from collections import Counter
from typing import Any

from ohmstead.ledger.merkle import (
    MerkleError,
    is_subtree,
    verify_consistency,
    verify_inclusion,
    verify_subtree,
)
from tests.conformance.cometbft_json import load

STRICTER = {
    "consistency/additional/sizes-are-equal-one-and-proof-is-empty",
    "subtreeconsistency/additional/sizes-are-equal-one-and-proof-is-empty",
    *(
        f"subtreeconsistency/additional/subtree-is-empty-{name}"
        for name in (
            "sizes-are-equal-one-subtree-root-valid-proof-is-empty",
            "sizes-are-equal-one-subtree-root-valid-tree-root-random-proof-is-empty",
            "sizes-are-equal-zero-subtree-root-valid-proof-is-empty",
            "sizes-are-equal-zero-subtree-root-valid-tree-root-random-proof-is-empty",
            "subtree-root-valid-proof-is-empty",
            "subtree-root-valid-tree-root-random-proof-is-empty",
        )
    ),
}


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def accepts(kind: str, case: dict[str, Any]) -> bool:
    proof = [raw(p) for p in case["proof"] or ()]
    try:
        if kind == "inclusion":
            leaf = raw(case["leafHash"])
            verify_inclusion(case["treeSize"], raw(case["root"]), case["leafIdx"], leaf, proof)
        elif kind == "consistency":
            verify_consistency(case["size1"], raw(case["root1"]), case["size2"], raw(case["root2"]), proof)
        elif kind == "subtreeconsistency":
            part = raw(case["root1"])
            verify_subtree(case["size"], raw(case["root2"]), case["start"], case["end"], part, proof)
        else:
            start, end = case["start"], case["end"]
            if not is_subtree(start, end):
                return False
            index = case["leafIdx"] - start
            verify_inclusion(end - start, raw(case["root"]), index, raw(case["leafHash"]), proof)
    except MerkleError:
        return False
    return True


def test_every_verdict() -> None:
    ran: Counter[tuple[str, bool]] = Counter()
    differ = set()
    for name, case in load("transparency-dev-merkle/testdata.json").items():
        kind = name.split("/")[1]
        good = not case["wantErr"]
        ran[kind, good] += 1
        if accepts(kind, case) != good:
            assert good, f"{name}: accepted, must be refused"
            differ.add(name.removeprefix("testdata/").removesuffix(".json"))
    assert differ == STRICTER
    assert sum(ran.values()) == 518
    assert {kind: sum(n for (k, _), n in ran.items() if k == kind) for kind, _ in ran} == {
        "inclusion": 98,
        "consistency": 98,
        "subtreeconsistency": 118,
        "subtreeinclusion": 204,
    }
    assert min(ran.values()) > 5
