"""Tiles: what is packed comes back byte for byte, and only as the part of the log that it is."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import Value, decode, encode
from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.ledger import pages, tiles
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.tiles import Run, Tile, TileError

METER = b"m" * 16
FIRST_HOUR = 490_990  # two hours before a UTC midnight
CHANNELS = 2


@lru_cache(maxsize=1)
def log() -> tuple[list[bytes], HashTree]:
    """Six hundred pages of two channels, an epoch change among them."""
    hour = ChannelHour(7, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
    rings = [pages.KeyRing(b"r" * 32, pages.KeyContext(b"g" * 32, METER, epoch)) for epoch in (0, 1)]
    raws = [
        pages.seal(rings[n >= 400], n, FIRST_HOUR + n, [hour] * CHANNELS, n.to_bytes(24, "big"))
        for n in range(600)
    ]
    return raws, HashTree(leaf_hash(raw) for raw in raws)


def tile(first: int, size: int) -> Tile:
    """The honest tile from ``first`` to the end of its part of a log of ``size`` pages."""
    raws, tree = log()
    edge = first // 256 * 256
    end = min(edge + 256, size)
    return tiles.pack(first, raws[first:end], size, tree.subtree_proof(edge, end, size))


def verify(what: Tile, size: int, held: list[bytes] | None = None) -> tuple[bytes, ...]:
    raws, tree = log()
    edge = what.first // 256 * 256
    return tiles.verify(
        what, METER, CHANNELS, size, tree.root(size), raws[edge : what.first] if held is None else held
    )


@given(st.integers(1, 600), st.data())
@settings(max_examples=60)
def test_any_part_of_any_log_is_proven(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 1))
    made = tile(first, size)
    arrived = Tile.from_value(decode(encode(made.to_value()), max_size=1 << 20))
    assert arrived == made
    raws, _ = log()
    assert list(verify(arrived, size)) == raws[first : first + arrived.count]


def test_a_run_is_one_day_and_one_epoch() -> None:
    runs = tile(256, 512).runs
    assert sum(r.count for r in runs) == 256
    for run in runs:
        assert (run.first_hour % 24) + run.count <= 24
    assert {r.epoch for r in runs} == {0, 1}
    assert len(encode(tile(256, 512).to_value())) < 256 * (24 + 40 + 16) + 1200


def test_tile_ranges() -> None:
    assert [list(tiles.tile_range(i, 300))[:1] for i in (0, 1)] == [[0], [256]]
    assert [len(tiles.tile_range(i, 600)) for i in range(4)] == [256, 256, 88, 0]


_NOT_IN = "root|proof|subtree|hash"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: replace(t, size=599), "is proven for a log of 599 pages"),
        (lambda t: replace(t, first=513), "needs the pages from 512 on"),
        (lambda t: replace(t, runs=t.runs[:-1]), "does not reach the end"),
        (lambda t: replace(t, bodies=t.bodies[:-1]), "bytes are not"),
        (lambda t: replace(t, bodies=b""), "bytes are not"),
        (lambda t: replace(t, proof=()), _NOT_IN),
        (lambda t: replace(t, proof=(*t.proof, bytes(32))), _NOT_IN),
        (lambda t: replace(t, runs=(replace(t.runs[0], epoch=5), *t.runs[1:])), _NOT_IN),
        (lambda t: replace(t, runs=(replace(t.runs[0], first_hour=5), *t.runs[1:])), _NOT_IN),
        (lambda t: replace(t, runs=(replace(t.runs[0], commitment=bytes(16)), *t.runs[1:])), _NOT_IN),
        (lambda t: replace(t, bodies=t.bodies[80:160] + t.bodies[:80] + t.bodies[160:]), _NOT_IN),
    ],
)  # fmt: skip
def test_what_is_not_the_logs_is_refused(change: object, reason: str) -> None:
    wrong = change(tile(512, 600))
    with pytest.raises(TileError, match=reason) as caught:
        verify(wrong, 600, held=[])
    assert caught.value.subject.startswith("pages 51")


def test_held_pages_are_part_of_the_proof() -> None:
    raws, tree = log()
    made, root = tile(520, 600), tree.root(600)
    for held in ([], raws[513:520], raws[511:520], [*raws[512:519], raws[518]]):
        with pytest.raises(TileError):
            tiles.verify(made, METER, CHANNELS, 600, root, held)
    with pytest.raises(TileError):
        tiles.verify(made, b"n" * 16, CHANNELS, 600, root, raws[512:520])
    with pytest.raises(TileError):
        tiles.verify(made, METER, 3, 600, root, raws[512:520])
    with pytest.raises(TileError):
        tiles.verify(made, METER, CHANNELS, 600, bytes(32), raws[512:520])


@pytest.mark.parametrize(
    "value",
    [
        None, 5, [], [1, 2, 3, 4], [0, [], b"", 1, []], [0, [[0, 0, 0, bytes(16)]], b"", 1, []],
        [0, [[257, 0, 0, bytes(16)]], b"", 999, []], [255, [[2, 0, 0, bytes(16)]], b"", 999, []],
        [0, [[2, 0, 0, bytes(16)]], b"", 1, []], [0, [[1, 0, 0, bytes(15)]], b"", 1, []],
        [-1, [[1, 0, 0, bytes(16)]], b"", 1, []], [1 << 32, [[1, 0, 0, bytes(16)]], b"", 1, []],
        [0, [[1, 1 << 32, 0, bytes(16)]], b"", 1, []], [0, [[1, 0, 0, bytes(16)]], b"", 1, [bytes(31)]],
        [0, [[1, 0, 0, bytes(16)]], b"", 1, [bytes(32)] * 65],
        [0, [[1, 0, 0, bytes(16)]] * 257, b"", 999, []],
        [0, [[200, 0, 0, bytes(16)]] * 2, b"", 999, []],
    ],
    ids=lambda v: str(v)[:40],
)  # fmt: skip
def test_values_that_are_no_tile(value: Value) -> None:
    with pytest.raises(TileError):
        Tile.from_value(value)


values: st.SearchStrategy[Value] = st.recursive(
    st.one_of(st.none(), st.integers(0, 1 << 33), st.binary(max_size=33)),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=20,
)


@given(values)
@settings(max_examples=100)
def test_any_value_is_a_tile_or_refused_by_name(value: Value) -> None:
    try:
        parsed = Tile.from_value(value)
    except TileError:
        return
    with pytest.raises(TileError):
        tiles.verify(parsed, METER, CHANNELS, parsed.size, bytes(32))


def test_what_is_no_page_is_not_packed() -> None:
    with pytest.raises(pages.PageError):
        tiles.pack(0, [b"short"], 1, ())
    with pytest.raises(ValueError):
        tiles.unpack(Tile(0, (Run(1, 0, 0, bytes(16)),), b"", 1, ()), b"short", 2)
