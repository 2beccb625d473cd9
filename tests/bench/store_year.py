"""Storing a year: 8 736 pages and their intervals in tiles, beside a bare executemany of the same rows.

Budget: verify + decrypt + store of a year <= 1 s in all (DESIGN §14); of it the store may take 0.4 s.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from ohmstead.store.mirror import Mirror
from ohmstead.store.records import TileBatch
from tests.store.homes import batch, meter_row, zone

TILES = 34
RUNS = 5
BUDGET_S = 0.4


def _bare(path: Path, batches: list[TileBatch]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE page (number INTEGER PRIMARY KEY, hour, epoch, opened, raw)")
    connection.execute("CREATE TABLE interval (slot INTEGER PRIMARY KEY, a, b, c, d, e, f, page)")
    start = time.perf_counter()
    for part in batches:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?)", part.pages)
        connection.executemany("INSERT INTO interval VALUES (?, ?, ?, ?, ?, ?, ?, ?)", part.intervals)
        connection.execute("COMMIT")
    took = time.perf_counter() - start
    connection.close()
    return took


def run() -> dict[str, object]:
    """Median seconds for a year, and the ratio to the bare inserts of the same run."""
    batches = [batch(tile) for tile in range(TILES)]
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(RUNS):
            mirror = Mirror.open(Path(folder) / f"home{i}.db")
            mirror.put_zone(zone(400))
            mirror.put_meter(meter_row())
            start = time.perf_counter()
            for part in batches:
                mirror.apply_tile(part)
            ours.append(time.perf_counter() - start)
            mirror.close()
            bare.append(_bare(Path(folder) / f"bare{i}.db", batches))
    took = statistics.median(ours)
    return {
        "pages": sum(len(b.pages) for b in batches),
        "intervals": sum(len(b.intervals) for b in batches),
        "store s": round(took, 3),
        "bare inserts s": round(statistics.median(bare), 3),
        "ratio to bare": round(took / statistics.median(bare), 2),
        "ok": took <= BUDGET_S,
    }


if __name__ == "__main__":
    print(run())
