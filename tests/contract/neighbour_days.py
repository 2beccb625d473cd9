"""Two days of a little cohort, recorded once: blocks and the AppHash after each, in ``data/neighbour_days.json``.

``python -m tests.contract.neighbour_days`` writes the file where there is none; it is never written again,
because whatever replays it must come to the same hashes for ever. One day is opened, one is void because a
guardian stayed away; before them joins, a move, a leave; statements that are early, late, false and twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ohmstead.contract.machine import Machine
from ohmstead.contract.neighbour_parameters import SHARE_S
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.neighbours.messages import RosterAction
from tests.contract.neighbour_rig import FIRST_DAY, FLATS, HOUSES, SIGNERS, Tally, end_of, keys_of
from tests.contract.neighbour_stories import wh_of

FILE = Path(__file__).parent / "data" / "neighbour_days.json"
#: Seventeen join, one leaves and one moves: fifteen stay.
HOMES = 17


@dataclass(frozen=True, slots=True)
class Days:
    """Recorded blocks: (time, transactions), and the AppHash after InitChain and after each."""

    genesis: GenesisDocument
    blocks: tuple[tuple[int, tuple[bytes, ...]], ...]
    app_hashes: tuple[bytes, ...]


def live() -> Tally:
    """The days as they happen."""
    tally = Tally()
    rogue = keys_of(bytes(32), tally.month, len(SIGNERS))[0][1]
    tally.block(tally.sign(SIGNERS[0], rogue), b"noise")
    tally.post_keys()
    tally.homes(HOMES)
    *stay, goes, moves = tally.people
    tally.accept(goes.meter.key, tally.change(goes, RosterAction.LEAVE, HOUSES.id))
    tally.accept(moves.meter.key, tally.change(moves, RosterAction.MOVE, FLATS.id))
    early = tally.sign(stay[0].meter.key, tally.day(stay[0], FIRST_DAY, wh_of(0)))
    gone = tally.sign(goes.meter.key, tally.false_day(goes, FIRST_DAY))
    tally.block(early, gone)
    false = tally.sign(stay[1].meter.key, tally.false_day(stay[1], FIRST_DAY))
    tally.block(early, false, early, at=end_of(FIRST_DAY))
    tally.state_days({h.id: wh_of(i) for i, h in enumerate(stay)}, stay[1:], FIRST_DAY)
    tally.state_days({h.id: wh_of(i + 3) for i, h in enumerate(stay)}, stay, FIRST_DAY + 1)
    tally.close(FIRST_DAY)
    late = tally.sign(stay[2].meter.key, tally.day(stay[2], FIRST_DAY, wh_of(2)))
    unproven = tally.sign(SIGNERS[1], tally.share(0, FIRST_DAY))
    tally.block(late, unproven)
    tally.finish(FIRST_DAY)
    tally.close(FIRST_DAY + 1)
    for i in (0, 1, 3):
        tally.accept(SIGNERS[i], tally.share(i, FIRST_DAY + 1))
    tally.block(at=tally.closed(FIRST_DAY + 1).time_s + SHARE_S)
    tally.block()
    return tally


def record() -> str:
    """The file's text."""
    tally = live()
    blocks = [[at, [tx.hex() for tx in txs]] for at, txs in tally.history]
    hashes = [h.hex() for h in (tally.first_app_hash, *tally.app_hashes)]
    return json.dumps(
        {"genesis": tally.genesis.to_cbor().hex(), "blocks": blocks, "app_hashes": hashes}, indent=0
    )


def recorded() -> Days:
    """What the file holds."""
    raw = json.loads(FILE.read_text())
    blocks = tuple((at, tuple(bytes.fromhex(tx) for tx in txs)) for at, txs in raw["blocks"])
    genesis = GenesisDocument.from_cbor(bytes.fromhex(raw["genesis"]))
    return Days(genesis, blocks, tuple(bytes.fromhex(h) for h in raw["app_hashes"]))


def replay(days: Days) -> tuple[bytes, ...]:
    """The AppHashes that a fresh machine comes to."""
    machine = Machine(days.genesis)
    hashes = [machine.init_chain(days.genesis)]
    for height, (at, txs) in enumerate(days.blocks, 1):
        hashes.append(machine.finalize_block(height, at, txs).app_hash)
    return tuple(hashes)


if __name__ == "__main__" and not FILE.exists():
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(record() + "\n")
