"""Bytes on air per interval, for a year of pages in two, three and five channels. Counted, not timed.

What is counted: the GATT payload that carries the year's tiles, that is item messages, Noise tags, record
lengths and segment headers: this is what the budget is for. Beside it, the anchors that date the pages (one
for two pages, as a replay records them). What is not: ATT and L2CAP headers (7 bytes of each 502 at the large
segment), acknowledgements.
"""

from __future__ import annotations

import secrets

from ohmstead.core.codec import Value
from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.tiles import TILE_PAGES, pack, tile_range
from ohmstead.link.frames import HEADER_BYTES, LARGE_SEGMENT, LENGTH_BYTES
from ohmstead.link.messages import Item
from ohmstead.link.messages import pack as pack_message
from ohmstead.link.noise import TAG_BYTES

HOURS = 8760
FIRST_HOUR = 490_000
ANCHORS_PER_ITEM = 1000
BUDGETS = {2: 24, 3: 28, 5: 36}
_OK = IntervalStatus.OK


def on_air(value: Value) -> int:
    """GATT payload bytes of one stream item."""
    record = len(pack_message(Item(1, 0, value))) + TAG_BYTES + LENGTH_BYTES
    segments = -(-record // (LARGE_SEGMENT - HEADER_BYTES))
    return record + segments * HEADER_BYTES


def year_on_air(channels: int) -> tuple[int, int]:
    """(bytes of the tiles, bytes of the anchors) of a year."""
    ring = pages.KeyRing(secrets.token_bytes(32), pages.KeyContext(bytes(32), bytes(16), 0))
    hour = [ChannelHour(1 << 30, (250, 251, 252, 253), (_OK,) * 4)] * channels
    made = [
        pages.seal(ring, n, FIRST_HOUR + n, hour, secrets.token_bytes(pages.NONCE_BYTES))
        for n in range(HOURS)
    ]
    tree = HashTree(map(leaf_hash, made))
    tiles = 0
    for index in range(-(-HOURS // TILE_PAGES)):
        span = tile_range(index, HOURS)
        proof = tree.subtree_proof(span.start, span.stop, HOURS)
        tiles += on_air(pack(span.start, made[span.start : span.stop], HOURS, proof).to_value())
    anchors = 0
    for first in range(0, HOURS // 2, ANCHORS_PER_ITEM):
        count = min(ANCHORS_PER_ITEM, HOURS // 2 - first)
        flat: list[Value] = [2, 2, 7200] * count
        anchors += on_air([first, flat])
    return tiles, anchors


def run() -> dict[str, object]:
    """Bytes per 15-minute interval by number of channels, with their budgets."""
    result: dict[str, object] = {}
    fits = True
    for channels, budget in BUDGETS.items():
        tiles, anchors = year_on_air(channels)
        each = tiles / (HOURS * 4)
        fits &= each <= budget
        result[f"{channels} channels"] = {
            "bytes per interval": round(each, 2),
            "with anchors": round(each + anchors / (HOURS * 4), 2),
            "budget": budget,
        }
    return result | {"ok": fits}
