"""What an app spends on a round of so many homes: the quick check of every look, the full audit on demand.

The quick check is what ``services.neighbours.rounds`` does for one day: the record by its leaf's hash, every
share and opening in it, the own statement among the leaf hashes, the own message encrypted again. The audit
verifies every statement and compares the sums. Not measured here: the link, the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ohmstead.core.codec import encode
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.group import random_bytes
from ohmstead.neighbours.guardians import joint_key, prove_share
from ohmstead.neighbours.opening import open_day
from ohmstead.neighbours.proofs import SlotMessage
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.rounds import Round
from ohmstead.neighbours.slots import slot_count
from ohmstead.neighbours.tally import Frozen, RunningTally, close_day, statement_leaf
from ohmstead.services.neighbours.check import Audit, Ledger, check_own, check_record, is_included
from tests.contract.neighbour_rig import FIRST_DAY, HOUSES, PARAMS, drawn, keys_of

GENESIS = bytes(range(32))
DAY = FIRST_DAY + 3
Measured = Callable[[Callable[[], object], int], dict[str, object]]


class Homes:
    """Statements of a day, made once; rounds are of the first so many."""

    def __init__(self, count: int) -> None:
        self.ledger = Ledger(GENESIS, PARAMS)
        self.round = Round.of_day(GENESIS, HOUSES.id, DAY)
        made = keys_of(GENESIS, self.round.epoch, self.ledger.of)
        self.secrets = [secret for secret, _ in made]
        self.keys = {key.guardian: key for _, key in made}
        self.joint = joint_key(GENESIS, self.round.epoch, list(self.keys.values()), self.ledger.of)
        rng = Random(count)
        self.seed = random_bytes(32)
        self.wh = [min(40_000, int(rng.lognormvariate(9, 0.8))) for _ in range(count)]
        self.statements = [
            (i.to_bytes(16, "big"), self._proven(i.to_bytes(16, "big"), wh)) for i, wh in enumerate(self.wh)
        ]

    def _proven(self, meter: bytes, wh: int) -> bytes:
        return prove_day(self.round, meter, self.joint, wh, HOUSES.s, self.seed)

    def record(self, homes: int) -> RoundRecord:
        """The record of a round of the first homes."""
        tally = RunningTally.of_day(HOUSES.s)
        for meter, message in self.statements[:homes]:
            taken = SlotMessage.from_bytes(message, slot_count(HOUSES.s)).ciphertexts
            tally = tally.with_statement(meter, message, taken)
        frozen = close_day(tally, HOUSES.s, homes)
        if not isinstance(frozen, Frozen):
            raise TypeError("the round is void")
        shares = [prove_share(s, self.round, frozen, self.joint, drawn(s.guardian)) for s in self.secrets]
        found = open_day(frozen, shares, self.ledger.of, HOUSES.s)
        values = (*found.bins, found.total_wh)
        return RoundRecord(
            HOUSES.id, self.round.epoch, DAY, homes, frozen, tuple(shares), values, None
        )  # fmt: skip


def an_app(homes: Homes, count: int, measured: Measured) -> dict[str, object]:
    """The quick check and the audit of a round of so many."""
    record = homes.record(count)
    leaf, data = record.leaf, record.to_bytes()
    taken = homes.statements[:count]
    hashes = [statement_leaf(meter, message) for meter, message in taken]
    meter, message = taken[0]

    def quick() -> None:
        found = check_record(homes.ledger, HOUSES, leaf, data, homes.keys)
        if found.frozen is None or not is_included(found.frozen, hashes, meter, message):
            raise ValueError("the own statement is not among them")
        check_own(HOUSES, homes.joint, DAY, homes.wh[:1], homes.seed, message)

    leaves = [encode([*statement]) for statement in taken]

    def audit() -> None:
        run = Audit(homes.ledger, HOUSES, record, homes.joint)
        for one in leaves:
            run.add(one)
        run.end()

    whole = measured(audit, 3 if count <= 200 else 1)
    ms = whole["ms"]
    if not isinstance(ms, float):
        raise TypeError("no time was measured")
    return {
        "quick_check": measured(quick, 15) | {"bytes": len(data) + 32 * count + len(message)},
        "audit": whole | {"ms_a_home": round(ms / count, 2), "bytes": sum(map(len, leaves))},
    }
