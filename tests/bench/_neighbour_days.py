"""What a day of neighbours costs a validator: the contract's blocks, with and without cached verdicts, and bytes.

Statements are proven beforehand. ``first`` is the contract that verifies each proof in its block; ``cached`` one
whose mempool has seen all of them. A verdict cache holds 2 000. Bytes are those of the day's transactions.
"""

from __future__ import annotations

import time
from random import Random

from ohmstead.contract.neighbour_rounds import PER_BLOCK
from tests.contract import neighbour_rig
from tests.contract.neighbour_rig import SIGNERS, Tally, end_of


def a_day(homes: int) -> dict[str, object]:
    """One day of so many homes."""
    rng = Random(homes)
    start = Tally()
    start.homes(homes)
    start.post_keys(start.month)
    day = start.time_s // 86_400
    start.block(at=end_of(day) - 60)
    wh = [min(40_000, int(rng.lognormvariate(9, 0.8))) for _ in range(homes)]
    txs = [start.sign(h.meter.key, start.day(h, day, w)) for h, w in zip(start.people, wh, strict=True)]
    found: dict[str, object] = {"blocks": -(-homes // PER_BLOCK), "bytes_of_statements": sum(map(len, txs))}
    for name, heard in (("first", False), ("cached", True)):
        neighbour_rig.VERDICTS.clear()
        tally = start.copy()
        tally.block(at=end_of(day))
        if heard:
            for tx in txs:
                tally.machine.check_tx(tx)
        times = []
        for i in range(0, homes, PER_BLOCK):
            began = time.perf_counter()
            outcome = tally.block(*txs[i : i + PER_BLOCK], at=tally.time_s + 10)
            times.append(time.perf_counter() - began)
            if any(r.code for r in outcome.results):
                raise ValueError("a statement was refused")
        found[f"{name}_s_a_day"] = round(sum(times), 3)
        found[f"{name}_ms_a_statement"] = round(1e3 * sum(times) / homes, 2)
        found[f"{name}_longest_block_ms"] = round(1e3 * max(times), 1)
    began = time.perf_counter()
    tally.close(day)
    found["closing_block_ms"] = round(1e3 * (time.perf_counter() - began), 1)
    ends = [tally.sign(SIGNERS[i], tally.share(i, day)) for i in range(len(SIGNERS))]
    began = time.perf_counter()
    tally.block(*ends)
    found["shares_block_ms"] = round(1e3 * (time.perf_counter() - began), 1)
    opened = tally.sign(SIGNERS[0], tally.opening(day))
    began = time.perf_counter()
    result = tally.one(opened)
    found["opening_block_ms"] = round(1e3 * (time.perf_counter() - began), 1)
    if result.code:
        raise ValueError("the opening was refused")
    found["bytes_of_shares_and_opening"] = sum(map(len, (*ends, opened)))
    neighbour_rig.day_message.cache_clear()
    neighbour_rig.VERDICTS.clear()
    return found
