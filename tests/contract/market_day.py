"""A little market day, recorded once: its blocks and the AppHash after each, in ``data/market_day.json``.

``python -m tests.contract.market_day`` writes the file where there is none; it is never written again,
because whatever replays it must come to the same hashes for ever. Accepted, refused, put off; a trade, a tie,
a forfeit, a void slot, a lot sold and one unsold, deliveries full and short, an expiry, a mandate, a payout,
a change of the reference.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ohmstead.contract.machine import Machine
from ohmstead.ledger.genesis import GenesisDocument
from tests.contract.market_rig import FEED_IN, FIRST, PARAMS, RETAIL, Market, buy, lot_id, sell

FILE = Path(__file__).parent / "data" / "market_day.json"


@dataclass(frozen=True, slots=True)
class Day:
    """Recorded blocks: (time, proposer, transactions), and the AppHash after InitChain and after each."""

    genesis: GenesisDocument
    blocks: tuple[tuple[int, bytes, tuple[bytes, ...]], ...]
    app_hashes: tuple[bytes, ...]


def live() -> Market:
    """The day as it happens."""
    m = Market()
    a, b, c, d = (m.home_of(name) for name in ("a", "b", "c", "d"))
    m.ok(d.mandate(3))
    offer, spare = a.offer(3000, FIRST + 12, 4, 100_000), b.offer(500, FIRST + 13, 1, 200_000)
    for member in range(3):
        m.ok(m.reference(member, FIRST + 30, (FEED_IN, RETAIL + 1000, 0)))
    m.open(FIRST)
    m.ok(a.commit(FIRST, sell((700, 100_000))), b.commit(FIRST, buy((400, 250_000))))
    m.ok(c.commit(FIRST, buy((401, 250_000), (100, 120_000))), d.commit(FIRST, buy(), signer=d.meter.key))
    m.block(c.commit(FIRST + 9, buy((1, RETAIL))), a.cancel(FIRST + 1), b"noise")
    m.ok(a.open_lot(offer), b.open_lot(spare))
    m.gate(FIRST)
    m.block(*(h.reveal(FIRST) for h in (c, b, a)), d.reveal(FIRST, a.key), b.reveal(FIRST))
    m.close(FIRST)
    m.open(FIRST + 2)
    m.ok(b.commit(FIRST + 2, buy((9, RETAIL))), c.commit(FIRST + 2, sell((9, FEED_IN))))
    m.ok(b.commit(FIRST + 2, buy((10, RETAIL)), version=2))
    m.ok(b.bid(lot_id(offer), 180_000), c.bid(lot_id(offer), 180_000), d.bid(lot_id(offer), 150_000))
    m.past(FIRST)
    m.ok(a.deliver(FIRST, 650))
    m.block(c.reveal(FIRST + 2))
    while m.next[1] <= FIRST + 2:
        m.block(at=m.time_s + 59)
    m.block(at=offer.gate * 900)
    m.ok(*(h.reveal_bid(lot_id(offer)) for h in (d, b, c)))
    while len(m.books["lot/1"]) < 2:
        m.block(at=m.time_s + 59)
    m.open(FIRST + 8)
    m.ok(c.commit(FIRST + 8, buy((8, RETAIL))))
    m.block(at=(FIRST + 8) * 900 + 3)
    m.ok(m.payout(c, 12345))
    m.ok(m.withdraw(c, 12345))
    m.block(at=PARAMS.open_s(FIRST + 14))
    m.block(a.commit(FIRST + 14, sell((1, FEED_IN))), d.commit(FIRST + 14, sell((3, FEED_IN))))
    m.block(at=(FIRST + 16) * 900 + 49 * 3600)
    m.block()
    return m


def record() -> str:
    """The file's text."""
    m = live()
    blocks = [[at, by.hex(), [tx.hex() for tx in txs]] for at, txs, by in m.history]
    hashes = [h.hex() for h in (m.first_app_hash, *m.app_hashes)]
    return json.dumps(
        {"genesis": m.genesis.to_cbor().hex(), "blocks": blocks, "app_hashes": hashes}, indent=0
    )


def recorded() -> Day:
    """What the file holds."""
    raw = json.loads(FILE.read_text())
    blocks = tuple(
        (at, bytes.fromhex(by), tuple(bytes.fromhex(tx) for tx in txs)) for at, by, txs in raw["blocks"]
    )
    genesis = GenesisDocument.from_cbor(bytes.fromhex(raw["genesis"]))
    return Day(genesis, blocks, tuple(bytes.fromhex(h) for h in raw["app_hashes"]))


def replay(day: Day) -> tuple[bytes, ...]:
    """The AppHashes that a fresh machine comes to."""
    machine = Machine(day.genesis)
    hashes = [machine.init_chain(day.genesis)]
    for height, (at, by, txs) in enumerate(day.blocks, 1):
        hashes.append(machine.finalize_block(height, at, txs, by).app_hash)
    return tuple(hashes)


if __name__ == "__main__" and not FILE.exists():
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(record() + "\n")
