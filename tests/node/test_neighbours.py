"""A cohort on the embedded engine: drop-outs, a silent guardian, restarts, a week of forty homes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_rounds import log_name
from ohmstead.contract.neighbour_state import CLOSED, guardian_keys
from ohmstead.core.codec import encode
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.neighbours.estimator import mean_home_wh, over_days, plain_day
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.tally import Void, VoidReason
from tests.helpers.cohort import FIRST_DAY, SIGNERS, STREET, S, Street

OF = len(SIGNERS)


def wh_of(home: int, day: int) -> int:
    """A home's day in Wh: some at bins' edges, one above the cap, one without any import."""
    special = {0: 0, 3: 2_048 * (1 + day % 15), 7: 40_000}
    return special.get(home, (1_733 * home + 977 * day) % 31_000)


def result_of(street: Street, record: RoundRecord) -> object:
    return record.check(street.hash, guardian_keys(street.state, record.epoch), OF, S)


@pytest.mark.parametrize("silent", [0, 1, 2, 16], ids=["none", "one", "5 %", "40 %"])
def test_who_drops_out_harms_nobody(tmp_path: Path, silent: int) -> None:
    """Forty homes, of which 0, 1, 5 % or 40 % say nothing: exact for the others, or void below two thirds."""
    street = Street(tmp_path, 40)
    try:
        day = FIRST_DAY
        said = {key: wh_of(i, day) for i, key in enumerate(street.meters) if i >= silent}
        street.state_day(day, said)
        street.close_day(day)
        if len(said) < 27:
            record = street.record(day)
            assert (record.void, record.frozen) == (Void(VoidReason.TOO_FEW, 24), None)
            assert not street.state.starting("nbrround", b"s")
            return
        street.share(day)
        record = street.opened(day)
        assert record.roster == 40
        assert result_of(street, record) == plain_day(said.values(), S)
    finally:
        street.close()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """Seven days of forty homes; on some a few are silent. One guardian is late by a day, once, and twice the
    node's power is cut between shares. No other test changes it."""
    street = Street(tmp_path_factory.mktemp("week"), 40)
    for day in range(FIRST_DAY, FIRST_DAY + 7):
        absent = day - FIRST_DAY if day % 2 else 0
        street.state_day(day, {k: wh_of(i, day) for i, k in enumerate(street.meters) if i >= absent})
    street.reopen()
    for day in range(FIRST_DAY, FIRST_DAY + 7):
        street.close_day(day)
        if day == FIRST_DAY + 2:
            street.share(day, (0, 2))
            street.reopen()
            street.until(street.now_s + 86_400)  # the second was away for a day
            street.share(day, (1,))
        else:
            street.share(day, (0,))
            if day == FIRST_DAY + 5:
                street.reopen()
            street.share(day, (1, 2))
        street.opened(day)
    yield street
    street.close()


def test_a_week_of_forty_homes_is_exactly_the_plain_statistic(week: Street) -> None:
    results = []
    for day in range(FIRST_DAY, FIRST_DAY + 7):
        record = week.record(day)
        values = [wh for (_, d), wh in week.values.items() if d == day]
        found = result_of(week, record)
        assert found == plain_day(values, S)
        results.append(plain_day(values, S))
    whole = over_days(results)
    every = list(week.values.values())
    assert whole == plain_day(every, S)
    for percent in (0, 20, 50, 80, 100):
        assert whole.percentile_wh(percent) == plain_day(every, S).percentile_wh(percent)
    assert mean_home_wh(results) == int(sum(Fraction(r.total_wh, r.n) for r in results))


def test_a_day_is_done_once_though_the_node_was_started_again(week: Street) -> None:
    days = [r.day for r in week.records()]
    assert days == sorted(set(days), key=days.index)
    assert set(range(FIRST_DAY, FIRST_DAY + 7)) <= set(days)
    assert not week.state.starting("nbrround", CLOSED)


def test_the_node_keeps_and_serves_every_statement_under_the_proven_root(week: Street) -> None:
    for day in (FIRST_DAY, FIRST_DAY + 3):
        record = week.record(day)
        assert record.frozen is not None
        leaves = week.store.log_leaves(log_name(STREET.id, record.epoch, day), 0, 100)
        assert len(leaves) == record.frozen.n
        log = CompactRange().extend(map(leaf_hash, leaves))
        assert log.root() == record.frozen.root
    log = CompactRange().extend(leaf_hash(r.leaf.to_bytes()) for r in week.records())
    assert week.state.get("nbr", b"log/street") == encode([log.size, log.root(), list(log.hashes)])
