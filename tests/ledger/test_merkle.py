"""RFC 6962 trees against the RFC's own recursive definition, and against liars."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, decode, encode
from ohmstead.ledger.merkle import (
    EMPTY_ROOT,
    CompactRange,
    HashTree,
    MerkleError,
    is_subtree,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
    verify_subtree,
)

LEAVES = [leaf_hash(bytes((i,))) for i in range(70)]
sizes = st.integers(1, 70)


def mth(hashes: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word, over leaf hashes."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def test_empty_tree() -> None:
    assert root_of([]) == EMPTY_ROOT == CompactRange().root() == HashTree().root()
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 70))
def test_all_ways_to_the_root_agree(size: int) -> None:
    leaves = LEAVES[:size]
    grown = CompactRange()
    for leaf in leaves:
        grown = grown.append(leaf)
    tree = HashTree(LEAVES)
    assert root_of(leaves) == mth(leaves) == grown.root() == tree.root(size) == HashTree(leaves).root()
    assert grown == CompactRange().extend(leaves) == tree.compact_range(size)
    assert len(grown.hashes) == bin(size).count("1")


@given(sizes, sizes)
def test_a_range_goes_on_where_it_stopped(first: int, second: int) -> None:
    low, high = sorted((first, second))
    kept = CompactRange.from_value(decode(encode(CompactRange().extend(LEAVES[:low]).to_value())))
    assert kept.extend(LEAVES[low:high]).root() == mth(LEAVES[:high])


@pytest.mark.parametrize(
    "value", [[1, []], [0, [bytes(32)]], [3, [bytes(32)]], [1, [bytes(31)]], [-1, []], [1 << 63, [bytes(32)]],
              [1, [bytes(32)], 0], {0: 1}, [2, [bytes(32), bytes(32)]]],
)  # fmt: skip
def test_a_malformed_range_is_refused(value: list[object]) -> None:
    with pytest.raises(CodecError):
        CompactRange.from_value(value)


def test_a_malformed_range_is_also_a_verification_failure() -> None:
    with pytest.raises(MerkleError):
        CompactRange(3, (bytes(32),))


@given(st.data())
def test_inclusion_and_consistency_hold_at_every_earlier_size(data: st.DataObject) -> None:
    tree = HashTree(LEAVES)
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    earlier = data.draw(st.integers(1, size))
    root = mth(LEAVES[:size])
    verify_inclusion(size, root, index, LEAVES[index], tree.inclusion_proof(index, size))
    proof = tree.consistency_proof(earlier, size)
    verify_consistency(earlier, mth(LEAVES[:earlier]), size, root, proof)
    with pytest.raises(MerkleError):
        verify_inclusion(size, root, index, leaf_hash(b"other"), tree.inclusion_proof(index, size))
    with pytest.raises(MerkleError):
        verify_consistency(earlier, leaf_hash(b"other"), size, root, proof)


@st.composite
def subtrees(draw: st.DrawFn) -> tuple[int, int, int]:
    size = draw(sizes)
    start = draw(st.integers(0, size - 1))
    ends = [e for e in range(start + 1, size + 1) if is_subtree(start, e)]
    return size, start, draw(st.sampled_from(ends))


@given(subtrees(), st.integers(0, 7), st.integers(0, 255))
def test_a_subtree_proof_holds_and_every_bent_one_fails(
    where: tuple[int, int, int], which: int, flip: int
) -> None:
    size, start, end = where
    tree = HashTree(LEAVES)
    root, part = mth(LEAVES[:size]), mth(LEAVES[start:end])
    assert tree.subtree_root(start, end) == part
    proof = list(tree.subtree_proof(start, end, size))
    verify_subtree(size, root, start, end, part, proof)
    for bent in (proof[1:], [*proof, bytes(32)], [bytes(32), *proof]):
        if len(bent) != len(proof):
            with pytest.raises(MerkleError):
                verify_subtree(size, root, start, end, part, bent)
    if proof:
        which %= len(proof)
        changed = bytearray(proof[which])
        changed[flip % 32] ^= 1 << (flip % 8)
        proof[which] = bytes(changed)
        with pytest.raises(MerkleError):
            verify_subtree(size, root, start, end, part, proof)


@pytest.mark.parametrize(
    ("size", "start", "end"),
    [(8, 1, 3), (8, 2, 6), (8, 0, 0), (8, 4, 4), (8, 5, 4), (8, 8, 9), (8, -1, 1), (0, 0, 0),
     (1 << 63, 0, 1)],
)  # fmt: skip
def test_what_is_no_subtree_is_refused_before_any_hash(size: int, start: int, end: int) -> None:
    with pytest.raises(MerkleError):
        verify_subtree(size, bytes(32), start, end, bytes(32), [])


@pytest.mark.parametrize(("start", "end"), [(1, 3), (2, 6), (3, 5), (6, 9)])
def test_a_range_that_is_no_subtree_is_refused_as_such(start: int, end: int) -> None:
    with pytest.raises(MerkleError, match="is no subtree"):
        verify_subtree(9, bytes(32), start, end, bytes(32), [])


def test_hostile_proofs_are_bounded() -> None:
    with pytest.raises(MerkleError, match="a proof of 66 hashes"):
        verify_inclusion(1 << 62, bytes(32), 0, bytes(32), [bytes(32)] * 65)
    with pytest.raises(MerkleError, match="not 32 bytes"):
        verify_inclusion(2, bytes(32), 0, bytes(32), [bytes(31)])
    with pytest.raises(MerkleError, match="no consistency"):
        verify_consistency(0, EMPTY_ROOT, 5, bytes(32), [])
    with pytest.raises(MerkleError, match="no consistency"):
        verify_consistency(6, bytes(32), 5, bytes(32), [])


def test_a_node_is_never_taken_for_a_leaf() -> None:
    root = mth(LEAVES[:2])
    forged = leaf_hash(LEAVES[0] + LEAVES[1])
    assert forged != root
    with pytest.raises(MerkleError):
        verify_inclusion(1, root, 0, forged, [])


def test_a_tree_refuses_what_it_does_not_hold() -> None:
    tree = HashTree(LEAVES[:5])
    for call in (
        lambda: tree.root(6),
        lambda: tree.subtree_proof(0, 6),
        lambda: tree.subtree_proof(1, 3),
        lambda: tree.subtree_root(4, 6),
        lambda: tree.append(b"short"),
    ):
        with pytest.raises(ValueError):
            call()
    with pytest.raises(IndexError):
        tree.leaf(5)
    assert tree.leaf(4) == LEAVES[4]


@settings(max_examples=20)
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=300))
def test_growing_equals_building(leaves: list[bytes]) -> None:
    tree = HashTree()
    tree.extend(leaves)
    assert tree.root() == root_of(leaves) == CompactRange().extend(leaves).root()
    assert tree.size == len(leaves)
