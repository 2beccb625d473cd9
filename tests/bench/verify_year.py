"""Verifying a year: 8 760 pages, state proofs, header, four validators' commit; then opening and storing it.

Peer of the first: bare ``hashlib`` over the same leaves and nodes, in the same run (DESIGN §14: <= 3 ×, and
below 100 ms). Budget of the second: verify + decrypt + store <= 1 s, on one thread. What comes in are the
bytes as they arrive over the link; nothing is decoded or cached beforehand.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ohmstead.contract.machine import Machine
from ohmstead.core.codec import decode, encode
from ohmstead.ledger import meterlog, pages, tiles
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightblock import LightBlock
from ohmstead.ledger.lightclient import verify_first_header, verify_step
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.slice import HeadBundle, ProvenRecord, check_certificate, check_governance, proven_record
from ohmstead.services.decode import decode_pages
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import MeterRow, TileBatch
from tests.contract import heads
from tests.contract.rig import (
    CERTIFIER,
    CHANNELS,
    FIRST_HOUR,
    HOME,
    ZONE,
    Commission,
    Ledger,
    Meter,
    certificate,
    key,
)

HOURS = 8760
BATCH = 600
RUNS = 9
STORE_RUNS = 5
RATIO, LIMIT_MS, STORE_S = 3.0, 100, 1.0


@dataclass(frozen=True, slots=True)
class Year:
    """What a paired app holds (genesis, meter, certificate, header 1) and what arrives (head, tiles)."""

    genesis: GenesisDocument
    meter: bytes
    root_key: bytes
    certificate: bytes
    first: bytes
    app_hash: bytes
    head: bytes
    tiles: tuple[bytes, ...]
    pages: tuple[bytes, ...]


def make_year() -> Year:
    """A year through the whole contract."""
    ledger = Ledger()
    meter = Meter(key("meter"), ledger.hash)
    signed = ledger.accept(CERTIFIER, certificate(meter.key, replayed=True))
    ledger.accept(CERTIFIER, Commission(meter.id, HOME, ZONE.name, FIRST_HOUR))
    made: list[bytes] = []
    while len(made) < HOURS:
        body = meter.publish(min(BATCH, HOURS - len(made)))
        ledger.accept(meter.key, body, at=meter.hour * 3600)
        made += body.pages
    all_pages = tuple(made)
    tree = HashTree(map(leaf_hash, all_pages))
    return Year(
        ledger.genesis, meter.id, sha256(b"root" + meter.id).digest(), signed, heads.first(ledger).to_cbor(),
        ledger.first_app_hash, heads.bundle(ledger, meter.id).to_cbor(),
        tuple(encode(t.to_value()) for t in heads.tiles_of(all_pages, tree)), all_pages,
    )  # fmt: skip


def _prove(year: Year) -> ProvenRecord:
    """From header 1 to the proven record: commit, state proofs, governance, certificate."""
    first = LightBlock.from_cbor(year.first)
    trusted = verify_first_header(year.genesis, first, year.app_hash)
    bundle = HeadBundle.from_cbor(year.head)
    verify_step(trusted, bundle.light_block, bundle.light_block.header.time_ns)
    check_governance(bundle, year.genesis)
    proven = proven_record(bundle, year.meter)
    check_certificate(bundle, proven, year.certificate, year.genesis)
    return proven


def _verify(year: Year) -> ProvenRecord:
    """All of it; a tile is gone before the next one comes, as it is while a home syncs."""
    meterlog._record_of.cache_clear()
    proven = _prove(year)
    held = 0
    for raw in year.tiles:
        tile = tiles.Tile.from_value(decode(raw))
        held += len(tiles.verify(tile, year.meter, len(CHANNELS), proven.size, proven.root))
    assert held == HOURS
    return proven


def _bare(all_pages: tuple[bytes, ...]) -> bytes:
    """The same leaves and nodes with hashlib and nothing else."""
    level = [sha256(b"\x00" + page).digest() for page in all_pages]
    while len(level) > 1:
        odd = [level[-1]] if len(level) & 1 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\x01" + a + b).digest() for a, b in pairs] + odd
    return level[0]


def _store(year: Year, path: Path) -> float:
    """Seconds to verify, open and store the year."""
    record = _prove(year).record
    mirror = Mirror.open(path)
    mirror.put_zone(ZONE)
    channels = encode([[int(c.channel), c.direct] for c in record.channels])
    mirror.put_meter(MeterRow(year.meter, record.public_key, ZONE.name, channels, year.certificate))
    meterlog._record_of.cache_clear()
    began = time.perf_counter()
    proven = _prove(year)
    ring = pages.KeyRing(year.root_key, pages.KeyContext(year.genesis.genesis_hash, year.meter, 0))
    wanted = [c.channel for c in proven.record.channels]
    for index, raw in enumerate(year.tiles):
        tile = tiles.Tile.from_value(decode(raw))
        fresh = tiles.verify(tile, year.meter, len(wanted), proven.size, proven.root)
        rows = decode_pages(fresh, ring, wanted)
        mirror.apply_tile(
            TileBatch(
                year.meter, index, tile.first, tile.count, proven.height, rows.page_rows, rows.intervals
            )
        )
    mirror.set_proven(year.meter, proven.size, proven.height, proven.time_s)
    took = time.perf_counter() - began
    assert mirror.status().meters[0].complete
    mirror.close()
    return took


def run() -> dict[str, object]:
    """Medians of runs that alternate with their peer; milliseconds, seconds, ratio."""
    year = make_year()
    assert Machine(year.genesis).init_chain(year.genesis) == year.app_hash
    assert _bare(year.pages) == _verify(year).root
    ours, bare, proving = [], [], []
    for _ in range(RUNS):
        for times, work in (
            (bare, lambda: _bare(year.pages)),
            (ours, lambda: _verify(year)),
            (proving, lambda: _prove(year)),
        ):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        stored = [_store(year, Path(folder) / f"{i}.db") for i in range(STORE_RUNS)]
    verify_ms, ratio, stored_s = map(statistics.median, (ours, ratios, stored))
    return {
        "pages": HOURS,
        "verify_ms": round(verify_ms, 1),
        "bare_hashlib_ms": round(statistics.median(bare), 1),
        "ratio": round(ratio, 2),
        "ratio_budget": RATIO,
        "head_commit_and_proofs_ms": round(statistics.median(proving), 2),
        "verify_budget_ms": LIMIT_MS,
        "verify_decrypt_store_s": round(stored_s, 3),
        "store_budget_s": STORE_S,
        "ok": ratio <= RATIO and verify_ms < LIMIT_MS and stored_s <= STORE_S,
    }


if __name__ == "__main__":
    print(run())
