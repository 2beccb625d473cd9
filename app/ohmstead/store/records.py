"""What goes into the mirror and what it says of itself: frozen values, integers, UTC.

Here: shapes only. Not here: SQL, numpy series (``store.series``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ohmstead.core.errors import VerificationError

# (number, hour, epoch, opened, raw): `hour` in hours since 1970 UTC, `opened` False where the home holds no
# key, `raw` the page bytes whose leaf hash the ledger fixed.
PageRow = tuple[int, int, int, bool, bytes]
# (slot, import Wh, export Wh, generation Wh or None, status import, export, generation or None, page number)
IntervalRow = tuple[int, int, int, int | None, int, int, int | None, int]
# (channel, slot, amount in the channel's unit, status, page number)
UtilityRow = tuple[int, int, int, int, int]


class PageConflict(VerificationError):
    """A page number arrived with other bytes than the mirror holds: evidence, never an update."""


class HeadWentBack(VerificationError):
    """A head below or earlier than the newest one, or another block at its height."""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter of this home as commissioned. ``zone`` is its zone table's name (``ZoneTable.name``);
    ``channels`` and ``certificate`` are canonical CBOR.
    """

    id: bytes
    public_key: bytes = field(repr=False)
    zone: str
    channels: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    first_epoch: int = 0


@dataclass(frozen=True, slots=True)
class TileBatch:
    """Verified pages of one tile (256 page numbers), what was decoded from them, and the new cursor.

    ``first`` and ``count`` are the page numbers that the tile now covers; ``verified_height`` is the
    height of the header whose state proves them. Pages may be any part of the tile.
    """

    meter: bytes
    tile: int
    first: int
    count: int
    verified_height: int
    pages: Sequence[PageRow] = field(repr=False)
    intervals: Sequence[IntervalRow] = field(repr=False)
    utilities: Sequence[UtilityRow] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class TileRow:
    """A tile as the sync cursor knows it."""

    tile: int
    first: int
    count: int
    verified_height: int


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A verified header: its block, and the state it proves (that of height − 1)."""

    height: int
    time_s: int
    hash: bytes
    app_hash: bytes = field(repr=False)
    light_block: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """One entry of a meter's anchor log: the ledger had this root at this height and block time."""

    index: int
    size: int
    root: bytes = field(repr=False)
    height: int
    time_s: int


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A kept proof. ``kind`` is its maker's word ("state", "anchors", "subtree")."""

    kind: str
    meter: bytes | None
    size: int
    height: int
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A detected attack or fault, kept as evidence. ``kind`` is the failure's stable name."""

    id: int
    kind: str
    subject: str
    detail: str
    first_seen_s: int
    evidence: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Divergence:
    """Two signed light blocks of one height."""

    id: int
    height: int
    ours: bytes = field(repr=False)
    theirs: bytes = field(repr=False)
    first_seen_s: int


@dataclass(frozen=True, slots=True)
class MeterStatus:
    """How much of one meter's proven history is here.

    ``pages_proven`` is the proven size of the meter's log; first and last are of the pages held, None
    while there are none. ``proven_time_s`` is the block time of the header that proves the size.
    """

    meter: bytes
    zone: str
    pages_held: int
    pages_opened: int
    pages_proven: int
    proven_height: int
    proven_time_s: int
    first_slot: int | None
    last_slot: int | None

    @property
    def complete(self) -> bool:
        """Whether every proven page is here."""
        return self.pages_proven > 0 and self.pages_held >= self.pages_proven


@dataclass(frozen=True, slots=True)
class MirrorStatus:
    """The whole file in a few numbers."""

    meters: tuple[MeterStatus, ...]
    head: HeadRow | None
    findings: int
    divergences: int
