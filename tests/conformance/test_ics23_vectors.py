"""cosmos/ics23: the six CommitmentProofs of the *tendermint* spec, checked by our state-proof code.

An ICS-23 proof carries each inner node's bytes and no index; ours carries index and total. The test reads
the sides off the inner operations, looks for the smallest map in which the neighbours have these sides, and
gives that to ``ledger.stateproof``. Not ours, so not here: IAVL and SMT proofs, batches, other hashes.
"""

from __future__ import annotations

from hashlib import sha256

import pytest

from ohmstead.ledger.merkle import HASH_BYTES, split_point
from ohmstead.ledger.protobuf import fields
from ohmstead.ledger.stateproof import (
    Neighbour,
    Path,
    StateProof,
    StateProofError,
    entry_hash,
    verify_absence,
    verify_presence,
)
from tests.conformance.cometbft_json import load

MODULE = "vectors"


def one(message: bytes, number: int) -> bytes:
    found = [v for n, v in fields(message) if n == number and isinstance(v, bytes)]
    return found[0] if found else b""


def existence(message: bytes) -> tuple[bytes, bytes, list[tuple[bool, bytes]]]:
    """(key, value, [(is the child on the left, aunt)] from the leaf up) of an ExistenceProof."""
    leaf = dict(fields(one(message, 3)))
    assert leaf == {1: 1, 3: 1, 4: 1, 5: b"\x00"}
    steps = []
    for number, op in fields(message):
        if number != 4:
            continue
        assert isinstance(op, bytes)
        prefix, suffix = one(op, 2), one(op, 3)
        if suffix:
            assert prefix == b"\x01"
            assert len(suffix) == HASH_BYTES
            steps.append((True, suffix))
        else:
            assert prefix[:1] == b"\x01"
            assert len(prefix) == 1 + HASH_BYTES
            steps.append((False, prefix[1:]))
    return one(message, 1), one(message, 2), steps


def place(total: int, steps: list[tuple[bool, bytes]]) -> int | None:
    """The index whose path in a map of ``total`` entries turns as these steps do; None if there is none."""
    index = 0
    for left, _ in reversed(steps):
        if total == 1:
            return None
        half = split_point(total)
        index, total = (index, half) if left else (index + half, total - half)
    return index if total == 1 else None


def paths(*all_steps: list[tuple[bool, bytes]]) -> list[Path]:
    """The paths of neighbours in the smallest map that has them all."""
    for total in range(1, 2000):
        found = [place(total, steps) for steps in all_steps]
        if None not in found:
            return [
                Path(total, index or 0, tuple(aunt for _, aunt in steps))
                for index, steps in zip(found, all_steps, strict=True)
            ]
    raise AssertionError("no map has these sides")


def outer(root: bytes) -> bytes:
    return entry_hash(MODULE.encode(), sha256(root).digest())


ONLY = Path(1, 0, ())
EXIST = ("exist_left", "exist_middle", "exist_right")
NONEXIST = ("nonexist_left", "nonexist_middle", "nonexist_right")


@pytest.mark.parametrize("name", EXIST)
def test_existence(name: str) -> None:
    case = load(f"ics23/tendermint/{name}.json")
    root, key, value = (bytes.fromhex(case[k]) for k in ("root", "key", "value"))
    stated_key, stated_value, steps = existence(one(bytes.fromhex(case["proof"]), 1))
    assert (stated_key, stated_value) == (key, value)
    proof = StateProof(paths(steps)[0], ONLY)
    verify_presence(outer(root), MODULE, key, value, proof)
    with pytest.raises(StateProofError):
        verify_presence(outer(root), MODULE, key, value + b"x", proof)


@pytest.mark.parametrize("name", NONEXIST)
def test_non_existence(name: str) -> None:
    case = load(f"ics23/tendermint/{name}.json")
    root, key = bytes.fromhex(case["root"]), bytes.fromhex(case["key"])
    message = one(bytes.fromhex(case["proof"]), 2)
    around = [existence(part) for part in (one(message, 2), one(message, 3)) if part]
    found = [
        Neighbour(k, sha256(v).digest(), path)
        for (k, v, _), path in zip(around, paths(*(steps for _, _, steps in around)), strict=True)
    ]
    verify_absence(outer(root), MODULE, key, StateProof(tuple(found), ONLY))
    with pytest.raises(StateProofError):
        verify_absence(outer(root), MODULE, found[0].key, StateProof(tuple(found), ONLY))


def test_these_are_all_of_them() -> None:
    assert len(EXIST) + len(NONEXIST) == 6
