"""Leaves of a log as they travel: up to 256 of them, with the proof that they are where they claim to be.

For the market's logs (one leaf a slot or lot) whose size and root a state proof fixes. A tile covers leaves
``[256 t, 256 t + 256)`` or the part of them that exists: an RFC 6962 subtree, proven by one subtree proof.
Here: the tile, its encoding, its check. Not here: what a leaf says (``market.records``), pages
(``ledger.tiles``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.statements import HASH_BYTES
from ohmstead.ledger.merkle import HashTree, MerkleError, leaf_hash, root_of, verify_subtree

TILE_LEAVES = 256
MAX_LEAF = 512
_UINT32 = 1 << 32


class LogTileError(VerificationError):
    """The leaves are malformed, or are not the part of the proven log that they should be."""


@dataclass(frozen=True, slots=True)
class LogTile:
    """Leaf data from ``first``, a tile's edge, on; the proof is for a log of ``size`` leaves."""

    first: int
    leaves: tuple[bytes, ...]
    size: int
    proof: tuple[bytes, ...]

    @property
    def subject(self) -> str:
        """The tile's name in errors."""
        return f"leaves {self.first} to {self.first + len(self.leaves) - 1}"

    def to_value(self) -> Value:
        """[first, [leaf, ...], size, [proof hash, ...]]."""
        return [self.first, list(self.leaves), self.size, list(self.proof)]

    @classmethod
    def from_value(cls, value: Value) -> LogTile:
        """The tile of a decoded message. Raises LogTileError."""
        try:
            first, leaves, size, proof = as_list(value, "leaves", 4)
            return cls(
                as_uint(first, "first leaf", _UINT32),
                tuple(
                    as_bytes(leaf, "leaf", at_most=MAX_LEAF)
                    for leaf in as_list(leaves, "leaves", at_most=TILE_LEAVES)
                ),
                as_uint(size, "size", _UINT32),
                tuple(as_bytes(h, "proof", HASH_BYTES) for h in as_list(proof, "proof", at_most=64)),
            )
        except CodecError as error:
            raise LogTileError("leaves", str(error)) from error


def tile_of(index: int, size: int) -> range:
    """The leaves of tile ``index`` in a log of ``size``."""
    return range(index * TILE_LEAVES, min((index + 1) * TILE_LEAVES, size))


def pack(tree: HashTree, index: int, leaves: Sequence[bytes], size: int) -> LogTile:
    """The tile of a log whose tree is at hand. Raises ValueError where there is none."""
    span = tile_of(index, size)
    if not span or len(leaves) != len(span) or size > tree.size:
        raise ValueError(f"tile {index} of {size} leaves")
    return LogTile(span.start, tuple(leaves), size, tree.subtree_proof(span.start, span.stop, size))


def verify(tile: LogTile, index: int, size: int, root: bytes) -> tuple[bytes, ...]:
    """The leaf data of tile ``index`` of the log (size, root). Raises LogTileError."""
    span = tile_of(index, size)
    if tile.size != size:
        raise LogTileError(tile.subject, f"are proven for a log of {tile.size} leaves, not {size}")
    if tile.first != span.start or len(tile.leaves) != len(span) or not span:
        raise LogTileError(tile.subject, f"are not leaves {span.start} to {span.stop - 1}")
    subtree = root_of([leaf_hash(leaf) for leaf in tile.leaves])
    try:
        verify_subtree(size, root, span.start, span.stop, subtree, tile.proof)
    except MerkleError as error:
        raise LogTileError(tile.subject, error.reason) from error
    return tile.leaves
