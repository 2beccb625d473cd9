"""Tiles of a log's leaves: whole and part tiles prove, everything else is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import decode, encode
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile, LogTileError, pack, tile_of, verify
from ohmstead.ledger.merkle import HashTree, leaf_hash

LEAVES = [b"leaf %d" % i for i in range(700)]
TREE = HashTree([leaf_hash(leaf) for leaf in LEAVES])


def tile(index: int, size: int) -> LogTile:
    span = tile_of(index, size)
    return pack(TREE, index, LEAVES[span.start : span.stop], size)


def root(size: int) -> bytes:
    return HashTree([leaf_hash(leaf) for leaf in LEAVES[:size]]).root()


@given(st.integers(1, 700), st.data())
def test_every_tile_of_every_size_proves(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, (size - 1) // TILE_LEAVES))
    made = LogTile.from_value(decode(encode(tile(index, size).to_value()), max_size=1 << 20))
    span = tile_of(index, size)
    assert list(verify(made, index, size, root(size))) == LEAVES[span.start : span.stop]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: replace(t, leaves=(b"other", *t.leaves[1:])),
        lambda t: replace(t, leaves=t.leaves[:-1]),
        lambda t: replace(t, leaves=(*t.leaves[1:], t.leaves[0])),
        lambda t: replace(t, first=0),
        lambda t: replace(t, size=t.size - 1),
        lambda t: replace(t, proof=t.proof[:-1]),
        lambda t: replace(t, proof=(*t.proof, bytes(32))),
    ],
)
def test_a_spoiled_tile_is_refused(spoil: Callable[[LogTile], LogTile]) -> None:
    with pytest.raises(LogTileError):
        verify(spoil(tile(1, 600)), 1, 600, root(600))


@pytest.mark.parametrize(
    "value", [None, [], [0, [b"x" * 600], 1, []], [0, [b""] * 300, 300, []], [0, 1, 2, 3]]
)
def test_other_shapes_are_refused(value: object) -> None:
    with pytest.raises(LogTileError):
        LogTile.from_value(value)


def test_there_is_no_tile_past_the_log() -> None:
    with pytest.raises(ValueError, match="tile 3"):
        pack(TREE, 3, [], 700)
    with pytest.raises(LogTileError):
        verify(tile(0, 10), 1, 10, root(10))
