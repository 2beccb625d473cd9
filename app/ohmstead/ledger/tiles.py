"""Tiles: up to 256 pages of one meter as they travel, and their proof against the proven root.

On the air a page is nonce || ciphertext; version, meter, number, hour, epoch and key commitment stand once
per tile, as runs, and the receiver puts each header back before hashing. A tile covers the pages
``[256 t, 256 t + 256)`` of a log, or the part of them that exists: an RFC 6962 subtree, proven by one
subtree proof. Source: protocol/pages, "On the air".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.statements import HASH_BYTES, ID_BYTES
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import MerkleError, leaf_hash, root_of, verify_subtree

TILE_PAGES = 256
_UINT32 = 1 << 32


class TileError(VerificationError):
    """A tile is malformed, or is not the part of the proven log that it should be."""


@dataclass(frozen=True, slots=True)
class Run:
    """Pages that follow each other with one epoch and one day key."""

    count: int
    first_hour: int
    epoch: int
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Tile:
    """Pages ``first`` to ``first + count`` on the air, with the proof of the subtree that they complete.

    ``first`` need not stand on a tile's edge: a receiver that holds the tile's earlier pages asks only for
    what is new, and ``proof`` is of the whole subtree from the edge on, in a log of ``size`` pages.
    """

    first: int
    runs: tuple[Run, ...]
    bodies: bytes
    size: int
    proof: tuple[bytes, ...]

    @property
    def count(self) -> int:
        """How many pages the tile carries."""
        return sum(r.count for r in self.runs)

    @property
    def subject(self) -> str:
        """The tile's name in errors."""
        return f"pages {self.first} to {self.first + self.count - 1}"

    def to_value(self) -> Value:
        """[first, [[count, first hour, epoch, commitment], ...], bodies, size, [proof hash, ...]]."""
        runs: list[Value] = [[r.count, r.first_hour, r.epoch, r.commitment] for r in self.runs]
        return [self.first, runs, self.bodies, self.size, list(self.proof)]

    @classmethod
    def from_value(cls, value: Value) -> Tile:
        """The tile of a decoded message. Raises TileError."""
        try:
            first, runs, bodies, size, proof = as_list(value, "tile", 5)
            parsed = []
            for item in as_list(runs, "runs", at_most=TILE_PAGES):
                count, hour, epoch, commitment = as_list(item, "run", 4)
                parsed.append(
                    Run(
                        as_uint(count, "count", TILE_PAGES + 1),
                        as_uint(hour, "hour", _UINT32),
                        as_uint(epoch, "epoch", _UINT32),
                        as_bytes(commitment, "commitment", pages.COMMITMENT_BYTES),
                    )
                )
            tile = cls(
                as_uint(first, "first page", _UINT32),
                tuple(parsed),
                as_bytes(bodies, "pages"),
                as_uint(size, "size", _UINT32),
                tuple(as_bytes(h, "proof", HASH_BYTES) for h in as_list(proof, "proof", at_most=64)),
            )
        except CodecError as error:
            raise TileError("tile", str(error)) from error
        if not 1 <= tile.count <= TILE_PAGES or tile.first + tile.count > tile.size:
            raise TileError(tile.subject, "count outside the tile or the log")
        if tile.first // TILE_PAGES != (tile.first + tile.count - 1) // TILE_PAGES:
            raise TileError(tile.subject, "crosses the edge of a tile")
        return tile


def tile_range(index: int, size: int) -> range:
    """The pages of tile ``index`` in a log of ``size`` pages."""
    return range(index * TILE_PAGES, min((index + 1) * TILE_PAGES, size))


def pack(first: int, batch: Sequence[bytes], size: int, proof: Sequence[bytes]) -> Tile:
    """The tile of page bytes. Raises PageError if one of them is no page."""
    runs: list[Run] = []
    bodies = bytearray()
    for number, page in enumerate(batch, first):
        header = pages.parse_header(page, f"page {number}")
        last = runs[-1] if runs else None
        if last and (last.epoch, last.commitment, last.first_hour + last.count) == (
            header.epoch, header.commitment, header.hour,
        ):  # fmt: skip
            runs[-1] = Run(last.count + 1, last.first_hour, last.epoch, last.commitment)
        else:
            runs.append(Run(1, header.hour, header.epoch, header.commitment))
        bodies += header.nonce + page[pages.HEADER_BYTES :]
    return Tile(first, tuple(runs), bytes(bodies), size, tuple(proof))


def unpack(tile: Tile, meter: bytes, channels: int) -> tuple[bytes, ...]:
    """The page bytes of a tile, headers put back. Raises TileError if its length is not theirs."""
    if len(meter) != ID_BYTES:
        raise ValueError("a meter id is 16 bytes")
    tail = pages.body_size(channels) + pages.TAG_BYTES
    each = pages.NONCE_BYTES + tail
    if len(tile.bodies) != tile.count * each:
        raise TileError(tile.subject, f"{len(tile.bodies)} bytes are not {tile.count} pages of {each}")
    out = []
    number, at = tile.first, 0
    for run in tile.runs:
        for i in range(run.count):
            nonce = tile.bodies[at : at + pages.NONCE_BYTES]
            header = pages.PageHeader(meter, number, run.first_hour + i, run.epoch, run.commitment, nonce)
            out.append(header.aad + tile.bodies[at : at + each])
            number, at = number + 1, at + each
    return tuple(out)


def verify(
    tile: Tile, meter: bytes, channels: int, size: int, root: bytes, held: Sequence[bytes] = ()
) -> tuple[bytes, ...]:
    """The page bytes of a tile that is part of the log (size, root).

    ``held`` are the pages from the tile's edge up to ``tile.first`` that the caller has already. Raises
    TileError: a tile for another size, a gap before it, or a subtree that is not in the log.
    """
    if tile.size != size:
        raise TileError(tile.subject, f"is proven for a log of {tile.size} pages, not {size}")
    edge = tile.first // TILE_PAGES * TILE_PAGES
    end = tile.first + tile.count
    if edge + len(held) != tile.first:
        raise TileError(tile.subject, f"needs the pages from {edge} on")
    if end != min(edge + TILE_PAGES, size):
        raise TileError(tile.subject, "does not reach the end of its tile")
    fresh = unpack(tile, meter, channels)
    subtree = root_of([leaf_hash(p) for p in (*held, *fresh)])
    try:
        verify_subtree(size, root, edge, end, subtree, tile.proof)
    except MerkleError as error:
        raise TileError(tile.subject, error.reason) from error
    return fresh
