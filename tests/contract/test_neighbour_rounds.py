"""Rounds on the ledger: stated, closed, shared, opened; or void, and why."""

from __future__ import annotations

import random

from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.tally import VoidReason
from tests.contract.neighbour_rig import FIRST_DAY, HOUSES, SIGNERS, S, Tally


def days_for(homes: list, seed: int = 1) -> dict[bytes, int]:
    rng = random.Random(seed)
    return {h.id: rng.randrange(0, 40_000) for h in homes}


def test_a_day_opens_to_the_plain_statistic_and_leaves_a_record_alone() -> None:
    tally = Tally()
    tally.post_keys()
    homes = tally.homes(16)
    days = days_for(homes)
    tally.state_days(days, homes, FIRST_DAY)
    tally.close(FIRST_DAY)
    record = tally.finish(FIRST_DAY)
    assert record.roster == 16
    result = record.check(tally.hash, tally.guardians(), len(SIGNERS), HOUSES.s)
    assert result == plain_day(days.values(), S)
    assert list(tally.machine.state.items("nbrround")) == [(b".", b"\x01")]


def test_fewer_than_fifteen_are_never_opened() -> None:
    tally = Tally()
    tally.post_keys()
    homes = tally.homes(14)
    tally.state_days(days_for(homes), homes, FIRST_DAY)
    tally.close(FIRST_DAY)
    (record,) = tally.records[record_rule(HOUSES.id)]
    assert record.void is not None
    assert (record.void.reason, record.void.n, record.frozen) == (VoidReason.TOO_FEW, 14, None)
