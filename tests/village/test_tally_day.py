"""Simulated households in the tally: on rosters by what they are like, each day stated once, lost ones again."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_state import guardian_keys
from ohmstead.neighbours.cohorts import Features, propose
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.messages import RosterAction, RosterChange
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.village import tally_day
from ohmstead.village.cohorts import SHOWN, cohorts, features_of, parameters
from ohmstead.village.households import Household, households
from ohmstead.village.tally_day import SPREAD_S, TallyDay
from ohmstead.village.traders import homes_of, net_wh
from tests.helpers.ledger import FIRST_HOUR, FOREVER, zone_table
from tests.helpers.neighbours import FIRST_DAY, HOUSES, Street, end_of

SEED, COUNT = 1, 15


class Village:
    """Fifteen simulated homes of one cohort on a small ledger."""

    def __init__(self, folder: Path) -> None:
        self.street = Street(folder, 0)
        ledger = self.street.ledger
        self.homes = households(homes_of(COUNT, SEED), b"secret", self.street.hash, FOREVER)
        for home in self.homes:
            for body in home.admission("utc", FIRST_HOUR - 24, FIRST_HOUR + 9000):
                ledger.certify(body)
            epoch = epoch_of(FIRST_DAY)
            ledger.submit(home.by_meter(RosterChange(epoch, RosterAction.JOIN, home.meter.kid, HOUSES.id, 1)))
        ledger.step()
        self.tally = self.made()

    def made(self, follows: bytes | None = None) -> TallyDay:
        members = [(home, HOUSES) for home in self.homes]
        street = self.street
        return TallyDay(
            street.client, street.params, street.hash, members, SEED, zone_table(), lambda _slot: 0, follows
        )

    async def step(self, at: int, *, replaying: bool) -> None:
        """The block time is this, the homes send, and what they sent is recorded."""
        ledger = self.street.ledger
        ledger.until(max(at, ledger.now_s + 1))
        ledger.step()
        await self.tally.step(ledger.now_s, replaying=replaying)
        while ledger.engine.mempool:
            ledger.step()

    def stated(self) -> int:
        return len([k for k, _ in self.street.ledger.engine.app.state.items("nbrround") if k[:1] == b"d"])


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    made = Village(tmp_path)
    await made.street.look()
    yield made
    made.street.shut()


def drawn(home: Household, day: int) -> int:
    return sum(max(0, -net_wh(home.home, SEED, slot)) for slot in zone_table().slots_of(day))


async def test_a_replayed_day_is_stated_at_once_and_opens_to_what_the_homes_drew(village: Village) -> None:
    await village.step(end_of(FIRST_DAY) + 60, replaying=True)
    assert village.stated() == COUNT
    await village.step(end_of(FIRST_DAY) + 7 * 3600, replaying=True)
    village.street.close(FIRST_DAY)
    for _ in range(2):
        await village.street.look()
    record = next(r for r in village.street.records() if r.day == FIRST_DAY)
    keys = guardian_keys(village.street.state, epoch_of(FIRST_DAY))
    assert record.check(village.street.hash, keys, 4, HOUSES.s) == plain_day(
        [drawn(home, FIRST_DAY) for home in village.homes], HOUSES.s
    )


async def test_live_each_home_has_its_own_time_within_six_hours(village: Village) -> None:
    counts = []
    for hours in range(7):
        await village.step(end_of(FIRST_DAY) + hours * 3600 + 60, replaying=False)
        counts.append(village.stated())
    assert counts == sorted(counts)
    assert 0 < counts[2] < COUNT
    assert counts[SPREAD_S // 3600] == COUNT


async def test_a_lost_statement_is_sent_again_and_none_twice(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = village.street.ledger
    ledger.until(end_of(FIRST_DAY) + 60)
    ledger.step()
    await village.tally.step(ledger.now_s, replaying=True)
    lost = list(ledger.engine.mempool)[:5]
    for name in lost:
        ledger.engine.mempool.pop(name)
    while ledger.engine.mempool:
        ledger.step()
    assert village.stated() == COUNT - 5
    monkeypatch.setattr(tally_day, "CHECK_S", 0.0)
    await village.step(end_of(FIRST_DAY) + 600, replaying=True)
    assert village.stated() == COUNT
    village.tally = village.made()  # the village starts again
    await village.step(end_of(FIRST_DAY) + 1200, replaying=True)
    assert not ledger.engine.mempool
    assert village.stated() == COUNT


async def test_without_every_guardians_key_nothing_is_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally_day, "KEYS_S", 0.2)
    village = Village(tmp_path)
    await village.street.look(0, 1, 2)
    await village.step(end_of(FIRST_DAY) + 60, replaying=True)
    assert village.stated() == 0
    await village.street.look(3)
    await village.step(end_of(FIRST_DAY) + 120, replaying=True)
    assert village.stated() == COUNT
    village.street.shut()


async def test_a_replay_waits_for_the_followed_home_only_where_it_takes_part(village: Village) -> None:
    village.tally = village.made(follows=bytes(16))
    at = end_of(FIRST_DAY) + SPREAD_S + 60
    await village.step(at, replaying=True)
    assert village.tally._days[FIRST_DAY].followed
    assert village.tally._days[FIRST_DAY].waited == 0.0


def test_every_simulated_home_fits_one_cohort_and_the_shown_ones_has_enough() -> None:
    found = Counter(propose(cohorts("utc"), features_of(home)) for home in homes_of(40, 1))
    assert None not in found
    shown = propose(cohorts("utc"), SHOWN)
    assert shown is not None
    assert found[shown] + 1 >= 15
    assert min(found.values()) < 15  # a group that is too small is there to be looked at too
    assert isinstance(SHOWN, Features)


def test_a_new_demonstration_has_a_guardian_per_member(tmp_path: Path) -> None:
    names = ("utility", "municipality")
    made = parameters(tmp_path, names, "utc", FIRST_DAY)
    assert [g.name for g in made.guardians] == list(names)
    assert made == parameters(tmp_path, names, "utc", FIRST_DAY)
