"""What a home's mirror keeps of its trust, and how that is taken up again.

Here: the mirror's meta keys and proof kinds, writing a verified head, the plan of tiles still wanted. Not
here: the schema (``store``), verification (``verifying``). Thread: ``db``; every function takes the mirror.
"""

from __future__ import annotations

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, decode, encode
from ohmstead.core.statements import HASH_BYTES
from ohmstead.errors import ExternalError
from ohmstead.ledger import pages
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.meterlog import Anchor, late_pages
from ohmstead.ledger.slice import HeadBundle, ProvenRecord
from ohmstead.ledger.tiles import TILE_PAGES, Tile, tile_range
from ohmstead.services.verifying import HomeTrust, take_up
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import HeadRow, MeterRow, ProofRow, TileBatch, TileRow

GENESIS, CERTIFICATE, METER, ABOUT = "genesis", "certificate", "meter", "about"
BUNDLE, TILE = "bundle", "tile"


class ProofsMissing(ExternalError):
    """The mirror holds pages and not what proves them."""


def write_trust(mirror: Mirror, trust: HomeTrust) -> None:
    """Keeps a verified trust: genesis, certificate, zone, meter, header 1, the newest head and its bundle.

    Each call of the mirror is a transaction of its own. The home's own facts come last, because only they
    make ``read_trust`` expect the rest: after a crash in between it finds a new mirror, or a whole one.
    """
    bundle, proven, zone = trust.bundle, trust.proven, trust.zone
    if bundle is None or proven is None or zone is None:
        raise ValueError("there is nothing proven to keep")
    new = mirror.meta(METER) is None
    known = {m.id: m for m in mirror.meters()}.get(trust.meter)
    if mirror.zone(zone.name) != zone:
        mirror.put_zone(zone)
    if known is None or known.certificate != trust.certificate:
        channels = encode([[int(c.channel), c.direct] for c in proven.record.channels])
        mirror.put_meter(
            MeterRow(
                trust.meter, proven.record.public_key, zone.name, channels, trust.certificate,
                proven.record.epoch,
            )
        )  # fmt: skip
    if new:
        mirror.record_head(_head_row(trust.first), pinned=True)
    mirror.record_head(_head_row(bundle.light_block))
    mirror.record_proof(_bundle_row(trust, bundle, proven), keep_older=True)
    mirror.set_proven(trust.meter, proven.size, proven.height, proven.time_s)
    if new:
        mirror.set_meta(GENESIS, trust.genesis.to_cbor())
        mirror.set_meta(CERTIFICATE, trust.certificate)
        mirror.set_meta(METER, trust.meter)


def _bundle_row(trust: HomeTrust, bundle: HeadBundle, proven: ProvenRecord) -> ProofRow:
    kept = HeadBundle(bundle.light_block, bundle.values)
    return ProofRow(BUNDLE, trust.meter, proven.size, proven.height, kept.to_cbor())


def forget_older(mirror: Mirror, trust: HomeTrust) -> None:
    """Lets go of older bundles: all pages are here, and the newest root covers every one of them.

    Until then they are kept, because tiles that came under an older head are proven under its root.
    """
    if trust.bundle is not None and trust.proven is not None:
        mirror.record_proof(_bundle_row(trust, trust.bundle, trust.proven))


def kept_root(mirror: Mirror, trust: HomeTrust, size: int, wall_ns: int) -> bytes | None:
    """The root of the log of ``size`` pages that a kept bundle proves, verified again; None without one.

    Raises VerificationError where the bundle is there and does not hold.
    """
    row = mirror.proof(BUNDLE, trust.meter, size)
    if row is None:
        return None
    bundle = HeadBundle.from_cbor(row.blob)
    taken = take_up(trust.genesis, trust.meter, trust.certificate, trust.first, bundle, wall_ns)
    proven = taken.proven
    return proven.root if proven is not None and proven.size == size else None


def _head_row(block: LightBlock) -> HeadRow:
    header = block.header
    return HeadRow(header.height, header.time_s, header.hash(), header.app_hash, block.to_cbor())


def read_trust(mirror: Mirror, wall_ns: int) -> HomeTrust | None:
    """The trust that a mirror keeps, verified again; None in a new mirror.

    Raises ExternalError where something is missing, and VerificationError where something is not true.
    """
    raw, certificate, meter = (mirror.meta(k) for k in (GENESIS, CERTIFICATE, METER))
    if raw is None or certificate is None or meter is None:
        return None
    known = meter in {m.id for m in mirror.meters()}
    kept = mirror.proof(BUNDLE, meter) if known else None
    genesis = GenesisDocument.from_cbor(raw)
    first = mirror.head(genesis.initial_height)
    if kept is None or first is None:
        raise ProofsMissing("The mirror lacks its proofs. Sync again with the meter.")
    return take_up(
        genesis, meter, certificate, LightBlock.from_cbor(first.light_block), HeadBundle.from_cbor(kept.blob),
        wall_ns,
    )  # fmt: skip


def late(mirror: Mirror, trust: HomeTrust) -> int | None:
    """How many pages were recorded late; None until every anchor is here."""
    proven = trust.proven
    first = mirror.pages(trust.meter, 0, 1)
    anchors = mirror.anchors(trust.meter)
    if proven is None or not first or first[0][0] != 0 or len(anchors) < proven.record.anchors.size:
        return None
    start = pages.parse_header(first[0][1]).hour
    return late_pages((Anchor(a.size, a.root, a.height, a.time_s) for a in anchors), start)


def wanted(mirror: Mirror, meter: bytes, size: int) -> list[tuple[int, int]]:
    """(first page, count) still to be fetched of a log of ``size`` pages, newest tile first."""
    held = {t.tile: t.count for t in mirror.tiles(meter)}
    plan = []
    for index in range((size - 1) // TILE_PAGES, -1, -1):
        pages = tile_range(index, size)
        have = min(held.get(index, 0), len(pages))
        if have < len(pages):
            plan.append((pages.start + have, len(pages) - have))
    return plan


def tile_proof_row(tile: Tile, proven: ProvenRecord) -> ProofRow:
    """The subtree proof of a tile, kept while the history is not complete: then its root says it all."""
    index = tile.first // TILE_PAGES
    proof: list[Value] = list(tile.proof)
    return ProofRow(f"{TILE}-{index}", proven.meter, tile.size, proven.height, encode([proven.root, proof]))


def write_tile(mirror: Mirror, batch: TileBatch, proof: ProofRow) -> None:
    """Keeps a verified tile with its proof.

    The new proof is there before the pages, the old one goes after them: a crash in between leaves a proof
    that belongs to the pages that are here.
    """
    mirror.record_proof(proof, keep_older=True)
    mirror.apply_tile(batch)
    mirror.record_proof(proof)


def tile_proof(mirror: Mirror, meter: bytes, tile: TileRow) -> ProofRow | None:
    """The kept proof of a tile as it stands here: of the log that ended in it, or of any log beyond it."""
    end = tile.first + tile.count
    whole = tile.count == TILE_PAGES
    return mirror.proof(f"{TILE}-{tile.tile}", meter, None if whole else end)


def read_tile_proof(row: ProofRow) -> tuple[int, bytes, tuple[bytes, ...]]:
    """(log size, log root, subtree proof) of a kept tile proof. Raises ExternalError."""
    try:
        root, proof = as_list(decode(row.blob), "tile proof", 2)
        hashes = tuple(as_bytes(h, "hash", HASH_BYTES) for h in as_list(proof, "proof", at_most=64))
        return row.size, as_bytes(root, "root", HASH_BYTES), hashes
    except CodecError as error:
        raise ExternalError(f"A kept proof is damaged: {error}.") from error
