"""RFC 6962 Merkle trees: roots, compact ranges, appendable trees and their proofs.

Leaf = SHA-256(00 || data), node = SHA-256(01 || left || right), an uneven list splits at the largest power
of two below its size. One proof serves three uses: a *subtree* ``[start, end)`` of a tree (as defined by
draft-ietf-plants-merkle-tree-certs) is proven by the hashes beside the way down to it; with one leaf it is
the inclusion proof of RFC 6962 §2.1.1, with ``start`` 0 the consistency proof of §2.1.2.

Here: hashes and proofs over leaf hashes. Not here: what a leaf is, maps (``ledger.statetree``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.errors import VerificationError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
MAX_SIZE = 1 << 63
MAX_PROOF = 64

_LEAF, _NODE = b"\x00", b"\x01"


class MerkleError(VerificationError):
    """A proof does not lead from what it is about to the root it should."""


class RangeMalformed(MerkleError, CodecError):
    """Size and hashes of a compact range do not belong together."""

    def __init__(self, reason: str) -> None:
        super().__init__("compact range", reason)


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(00 || data)."""
    return sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(01 || left || right)."""
    return sha256(_NODE + left + right).digest()


def split_point(size: int) -> int:
    """The largest power of two below ``size``; ``size`` is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; ``EMPTY_ROOT`` over none.

    Level by level; an odd last node rises unchanged, which is the same tree as splitting top down.
    """
    level = list(leaf_hashes)
    if not level:
        return EMPTY_ROOT
    hasher, prefix = sha256, _NODE
    while len(level) > 1:
        odd = level[-1] if len(level) & 1 else None
        pairs = iter(level)
        level = [hasher(prefix + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        if odd is not None:
            level.append(odd)
    return level[0]


def _fold(hashes: Sequence[bytes]) -> bytes:
    """The root of complete subtrees that stand left to right, each smaller than the one before."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = sha256(_NODE + left + root).digest()
    return root


# ---- compact ranges ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CompactRange:
    """What must be kept of a log to append to it: the roots of its complete subtrees, largest first.

    One hash per set bit of ``size``. Raises RangeMalformed where that does not hold.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size < MAX_SIZE:
            raise RangeMalformed("size outside 0 to 2**63 - 1")
        if len(self.hashes) != self.size.bit_count():
            raise RangeMalformed(f"{len(self.hashes)} hashes cannot stand for {self.size} leaves")
        if any(len(h) != HASH_BYTES for h in self.hashes):
            raise RangeMalformed("a hash that is not 32 bytes")

    def append(self, leaf: bytes) -> CompactRange:
        """The range with one more leaf hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> CompactRange:
        """The range with these leaf hashes behind it."""
        stack, size = list(self.hashes), self.size
        for leaf in leaves:
            merged, rest = leaf, size
            while rest & 1:
                merged = sha256(_NODE + stack.pop() + merged).digest()
                rest >>= 1
            stack.append(merged)
            size += 1
        return CompactRange(size, tuple(stack))

    def root(self) -> bytes:
        """The RFC 6962 root over all leaves."""
        return _fold(self.hashes)

    def to_value(self) -> Value:
        """[size, [hash, ...]], for the codec."""
        return [self.size, list(self.hashes)]

    @classmethod
    def from_value(cls, value: Value) -> CompactRange:
        """The range of a decoded value. Raises CodecError (RangeMalformed is one)."""
        size, hashes = as_list(value, "compact range", 2)
        return cls(
            as_uint(size, "size"),
            tuple(as_bytes(h, "hash", HASH_BYTES) for h in as_list(hashes, "hashes", at_most=63)),
        )


# ---- proofs -----------------------------------------------------------------------------------


def is_subtree(start: int, end: int) -> bool:
    """Whether ``[start, end)`` is a subtree: ``start`` is a multiple of the width rounded up to 2**k."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


# One step down towards a subtree: into the left half, into the right half, or, when the subtree covers the
# left half and part of the right one, into the right half with the left as part of the subtree too.
_GO_LEFT, _GO_RIGHT, _STRADDLE = range(3)


def _descend(start: int, end: int, size: int) -> tuple[list[int], bool]:
    """The steps from the root to the node at which the subtree ends, and whether that is all of it."""
    steps: list[int] = []
    whole = True
    while (start, end) != (0, size):
        half = split_point(size)
        if end <= half:
            steps.append(_GO_LEFT)
            size = half
            continue
        steps.append(_GO_RIGHT if start >= half else _STRADDLE)
        if start < half:
            whole = False
        start, end, size = max(0, start - half), end - half, size - half
    return steps, whole


def _check_hashes(subject: str, root: bytes, proof: Sequence[bytes]) -> None:
    if len(proof) > MAX_PROOF:
        raise MerkleError(subject, f"a proof of {len(proof)} hashes")
    if len(root) != HASH_BYTES or any(len(h) != HASH_BYTES for h in proof):
        raise MerkleError(subject, "a hash that is not 32 bytes")


def verify_subtree(
    size: int, root: bytes, start: int, end: int, subtree_root: bytes, proof: Sequence[bytes]
) -> None:
    """That ``subtree_root`` is the root of leaves ``[start, end)`` of the tree (size, root).

    Raises MerkleError: a range that is no subtree or runs past the tree, a proof of the wrong length, or one
    that leads elsewhere. Everything is checked before the first hash is computed.
    """
    subject = f"leaves {start} to {end - 1} of {size}"
    if not 0 <= start < end <= size < MAX_SIZE:
        raise MerkleError(subject, "outside the tree")
    if not is_subtree(start, end):
        raise MerkleError(subject, "is no subtree")
    _check_hashes(subject, root, (*proof, subtree_root))
    steps, whole = _descend(start, end, size)
    if len(proof) != len(steps) + (not whole):
        raise MerkleError(subject, f"a proof of {len(proof)} hashes, {len(steps) + (not whole)} are needed")
    beside = iter(proof)
    part = full = subtree_root if whole else next(beside)
    for step, sibling in zip(reversed(steps), beside, strict=True):
        if step == _GO_LEFT:
            full = node_hash(full, sibling)
            continue
        full = node_hash(sibling, full)
        if step == _STRADDLE:
            part = node_hash(sibling, part)
    if part != subtree_root:
        raise MerkleError(subject, "the proof is of another subtree")
    if full != root:
        raise MerkleError(subject, "the proof does not lead to the root")


def verify_inclusion(size: int, root: bytes, index: int, leaf: bytes, proof: Sequence[bytes]) -> None:
    """That leaf hash ``leaf`` stands at ``index`` of the tree (size, root). Raises MerkleError."""
    verify_subtree(size, root, index, index + 1, leaf, proof)


def verify_consistency(
    size: int, root: bytes, later_size: int, later_root: bytes, proof: Sequence[bytes]
) -> None:
    """That the tree (later_size, later_root) starts with the tree (size, root).

    Raises MerkleError. An empty tree is refused: every tree continues it, so there is nothing to prove.
    """
    if not 0 < size <= later_size:
        raise MerkleError(f"size {size} to {later_size}", "no consistency to prove")
    verify_subtree(later_size, later_root, 0, size, root, proof)


class HashTree:
    """An appendable tree that keeps every complete node, so that proofs cost O(log n) look-ups.

    Proofs can be asked for any earlier size. About 64 bytes of hash per leaf. Not thread-safe.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Adds a leaf hash of 32 bytes. Raises ValueError for another length."""
        if len(leaf) != HASH_BYTES:
            raise ValueError(f"a leaf hash is {HASH_BYTES} bytes")
        depth = 0
        while True:
            level = self._levels[depth]
            level.append(leaf)
            if len(level) & 1:
                return
            leaf = sha256(_NODE + level[-2] + leaf).digest()
            depth += 1
            if depth == len(self._levels):
                self._levels.append([])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Adds leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)

    def leaf(self, index: int) -> bytes:
        """The leaf hash at ``index``. Raises IndexError outside the tree."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self._levels[0][index]

    def root(self, size: int | None = None) -> bytes:
        """The root over the first ``size`` leaves; over all by default."""
        size = self._size(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def compact_range(self, size: int | None = None) -> CompactRange:
        """The compact range over the first ``size`` leaves."""
        size, at, hashes = self._size(size), 0, list[bytes]()
        for depth in reversed(range(size.bit_length())):
            if size >> depth & 1:
                hashes.append(self._levels[depth][at >> depth])
                at += 1 << depth
        return CompactRange(size, tuple(hashes))

    def subtree_root(self, start: int, end: int) -> bytes:
        """The root of the subtree ``[start, end)``. Raises ValueError if it is none of this tree."""
        if not is_subtree(start, end) or end > self.size:
            raise ValueError(f"[{start}, {end}) is no subtree of {self.size} leaves")
        return self._range(start, end)

    def subtree_proof(self, start: int, end: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that ``[start, end)`` is part of the first ``size`` leaves; see ``verify_subtree``.

        Raises ValueError if it is no subtree of them.
        """
        size = self._size(size)
        if not is_subtree(start, end) or end > size:
            raise ValueError(f"[{start}, {end}) is no subtree of {size} leaves")
        steps, whole = _descend(start, end, size)
        beside: list[bytes] = []
        low, high = 0, size
        for step in steps:
            half = low + split_point(high - low)
            if step == _GO_LEFT:
                beside.append(self._range(half, high))
                high = half
            else:
                beside.append(self._range(low, half))
                low = half
        if not whole:
            beside.append(self._range(low, high))
        return tuple(reversed(beside))

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The RFC 6962 audit path of a leaf in the first ``size`` leaves, its sibling first."""
        return self.subtree_proof(index, index + 1, size)

    def consistency_proof(self, size: int, later_size: int | None = None) -> tuple[bytes, ...]:
        """The RFC 6962 proof that the first ``later_size`` leaves continue the first ``size``."""
        return self.subtree_proof(0, size, later_size)

    def _size(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size

    def _range(self, start: int, end: int) -> bytes:
        """The root of leaves that make a node of some earlier tree: complete subtrees, larger first."""
        parts: list[bytes] = []
        while start < end:
            depth = (end - start).bit_length() - 1
            parts.append(self._levels[depth][start >> depth])
            start += 1 << depth
        return _fold(parts)
