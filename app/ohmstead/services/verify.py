"""Verifying a mirror again from its file alone: no meter, no network, nothing taken from the last run.

From genesis to the head, the record under it, every page against the record's root (or, while the history is
filling, its tile's proof under a root that a kept head proves), every page opened and compared with the
interval rows, the anchors against the anchor log. Here: the walk. Not here: rules. Thread: ``work``; it opens
its own connection.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.ledger import pages, tiles
from ohmstead.ledger.merkle import CompactRange, MerkleError, leaf_hash, root_of, verify_subtree
from ohmstead.ledger.meterlog import Anchor
from ohmstead.services import mirroring
from ohmstead.services.decode import decode_pages
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import TileRow


class RowsDiffer(VerificationError):
    """Interval rows are not what the verified pages say."""


class PagesDiffer(VerificationError):
    """The pages in the file are not those that were proven."""


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What was checked, and everything that failed. ``trust`` is None where the chain itself failed."""

    trust: HomeTrust | None
    pages: int
    complete: bool
    anchors: int
    failures: tuple[VerificationError, ...]


def check_mirror(path: Path, epoch_root: bytes | None, wall_ns: int) -> MirrorReport:
    """Checks a mirror file. Raises ExternalError, UserError where it cannot be read at all.

    Without the epoch root pages stay sealed: completeness is checked, rows are not.
    """
    with closing(Mirror.open(path)) as mirror:
        try:
            trust = mirroring.read_trust(mirror, wall_ns)
        except VerificationError as error:
            return MirrorReport(None, 0, False, 0, (error,))
        if trust is None or trust.proven is None:
            raise ExternalError("The mirror is empty. Sync with the meter first.")
        failures: list[VerificationError] = []
        raws = dict(mirror.pages(trust.meter, 0, trust.proven.size))
        complete = len(raws) == trust.proven.size
        failures += _check_pages(mirror, trust, raws, complete, wall_ns)
        if epoch_root is not None:
            failures += _check_rows(mirror, trust, raws, epoch_root)
        anchors = mirror.anchors(trust.meter)
        if complete and anchors:
            failures += _check_anchors(trust, raws, [(a.size, a.root, a.height, a.time_s) for a in anchors])
        return MirrorReport(trust, len(raws), complete, len(anchors), tuple(failures))


def _check_pages(
    mirror: Mirror, trust: HomeTrust, raws: dict[int, bytes], complete: bool, wall_ns: int
) -> list[VerificationError]:
    proven = trust.proven
    assert proven is not None
    if complete:
        if root_of([leaf_hash(raws[n]) for n in range(proven.size)]) == proven.root:
            return []
        return [PagesDiffer("history", "its root is not the one that the ledger records")]
    whole = _checked_prefix(mirror, trust, raws, wall_ns)
    held = mirror.tiles(trust.meter)
    spans = {n for t in held for n in range(t.first, t.first + t.count)} | set(range(whole))
    failures: list[VerificationError] = [
        PagesDiffer(f"page {n}", "belongs to no tile that was proven") for n in sorted(raws.keys() - spans)
    ]
    for tile in held:
        if tile.first + tile.count > whole:
            failures += _check_tile(mirror, trust, raws, tile, wall_ns)
    return failures


def _checked_prefix(mirror: Mirror, trust: HomeTrust, raws: dict[int, bytes], wall_ns: int) -> int:
    """How many pages from the first on are the whole log of a bundle that is kept; 0 if none.

    After a complete history the log has only grown: what was whole then still is, under its own head.
    """
    count = next((n for n in range(len(raws)) if n not in raws), len(raws))
    try:
        root = mirroring.kept_root(mirror, trust, count, wall_ns) if count else None
    except VerificationError:
        return 0
    return count if root == root_of([leaf_hash(raws[n]) for n in range(count)]) else 0


def _check_tile(
    mirror: Mirror, trust: HomeTrust, raws: dict[int, bytes], tile: TileRow, wall_ns: int
) -> list[VerificationError]:
    """A tile against its own proof, under a root that a kept bundle proves."""
    subject = f"pages {tile.first} to {tile.first + tile.count - 1}"
    row = mirroring.tile_proof(mirror, trust.meter, tile)
    if row is None:
        return [PagesDiffer(subject, "no proof is kept")]
    try:
        size, root, proof = mirroring.read_tile_proof(row)
        if root != mirroring.kept_root(mirror, trust, size, wall_ns):
            return [PagesDiffer(subject, "are proven under a root that no head proves")]
        span = tiles.tile_range(tile.tile, size)
        held = [raws[n] for n in span if n in raws]
        if len(held) != len(span):
            return [PagesDiffer(subject, f"{len(held)} of {len(span)} are here")]
        verify_subtree(size, root, span.start, span.stop, root_of([leaf_hash(raw) for raw in held]), proof)
    except MerkleError as error:
        return [PagesDiffer(subject, error.reason)]
    except ExternalError as error:
        return [PagesDiffer(subject, str(error))]
    except VerificationError as error:
        return [error]
    return []


def _check_rows(
    mirror: Mirror, trust: HomeTrust, raws: dict[int, bytes], epoch_root: bytes
) -> list[VerificationError]:
    proven = trust.proven
    assert proven is not None
    context = pages.KeyContext(trust.genesis.genesis_hash, trust.meter, proven.record.epoch)
    channels = [c.channel for c in proven.record.channels]
    ring = pages.KeyRing(epoch_root, context)
    failures: list[VerificationError] = []
    readable: list[bytes] = []
    for number in sorted(raws):
        try:
            pages.parse_header(raws[number], f"page {number}")
            readable.append(raws[number])
        except pages.PageError as error:
            failures.append(error)
    decoded = decode_pages(readable, ring, channels)
    failures += decoded.failures
    kept = mirror.intervals(trust.meter)
    others = mirror.utilities(trust.meter)
    wrong = {r[7] for r in set(kept) ^ set(decoded.intervals)}
    wrong |= {r[4] for r in set(others) ^ set(decoded.utilities)}
    if wrong:
        failures.append(RowsDiffer(f"page {min(wrong)}", f"its intervals differ ({len(wrong)} pages in all)"))
    return failures


def _check_anchors(
    trust: HomeTrust, raws: dict[int, bytes], anchors: list[tuple[int, bytes, int, int]]
) -> list[VerificationError]:
    proven = trust.proven
    assert proven is not None
    log, history = CompactRange(), CompactRange()
    for index, (size, root, height, time_s) in enumerate(anchors):
        history = history.extend(leaf_hash(raws[n]) for n in range(history.size, size))
        if history.root() != root:
            return [PagesDiffer(f"anchor {index}", "its root is not that of the pages before it")]
        log = log.append(leaf_hash(Anchor(size, root, height, time_s).to_cbor()))
    if log.size == proven.record.anchors.size and log.root() != proven.record.anchors.root():
        return [PagesDiffer("anchors", "are not those that the meter's record fixes")]
    return []
