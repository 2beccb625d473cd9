"""A year of forty homes and a day of a thousand through the real contract: every result is the plain statistic.

No peer and no budget: it counts. Each home's statement is proven and verified, each guardian shares, each record
is checked from its bytes; the state must hold nothing of a finished round, so that its size stays. A result that
is not the plain statistic stops it. About ten minutes. ``OHMSTEAD_SOAK_DAYS`` and ``OHMSTEAD_SOAK_HOMES`` give
another number of days, and of homes of the large day.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter

from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.neighbours.tally import needed_homes
from tests.contract import neighbour_rig
from tests.contract.neighbour_rig import FIRST_DAY, HOUSES, SIGNERS, S, Tally

DAYS = int(os.environ.get("OHMSTEAD_SOAK_DAYS", "365"))
HOMES = int(os.environ.get("OHMSTEAD_SOAK_HOMES", "1000"))
YEAR_HOMES = 40


class Count:
    """A ledger whose days are counted."""

    def __init__(self, homes: int) -> None:
        self.tally = Tally()
        self.tally.homes(homes)
        self.counts: Counter[str] = Counter()
        self.keyed: set[int] = set()

    def one_day(self, day: int, rng: random.Random, silent: int) -> None:
        """States, closes, shares and opens a day; checks its record."""
        tally, rule = self.tally, record_rule(HOUSES.id)
        neighbour_rig.day_message.cache_clear()  # nothing is stated twice, and a year of messages is large
        for kept in (neighbour_rig.VERDICTS, tally.history, tally.leaves):
            kept.clear()
        month = epoch_of(day)
        if month not in self.keyed:
            tally.post_keys(month)
            self.keyed.add(month)
        said = rng.sample(tally.people, len(tally.people) - silent)
        values = {h.id: min(40_000, int(rng.lognormvariate(9, 0.8))) for h in said}
        tally.state_days(values, said, day)
        tally.close(day)
        self.counts["statements"] += len(said)
        if len(said) < needed_homes(len(tally.people)):
            record = next(r for r in tally.records[rule] if r.day == day)
            if record.void is None:
                raise ValueError(f"day {day}: a sum of too few was opened")
            self.counts["void"] += 1
        else:
            record = RoundRecord.from_bytes(tally.finish(day).to_bytes())
            found = record.check(tally.hash, tally.guardians(month), len(SIGNERS), S)
            if found != plain_day(values.values(), S):
                raise ValueError(f"day {day}: not the plain statistic")
            self.counts["results"] += 1
        if [k for k, _ in tally.machine.state.items("nbrround")] != [b"."]:
            raise ValueError(f"day {day}: something of a finished round stays")

    @property
    def state_bytes(self) -> int:
        return sum(len(k) + len(v) for (_, k), v in self.tally.machine.state.snapshot())


def run() -> dict[str, object]:
    """Counts, seconds, and how the state grew."""
    rng = random.Random(1)
    year, sizes = Count(YEAR_HOMES), list[int]()
    began = time.perf_counter()
    for number in range(DAYS):
        silent = 16 if number % 50 == 7 else rng.choice((0, 0, 1, 2, 5))
        year.one_day(FIRST_DAY + number, rng, silent)
        sizes.append(year.state_bytes)
    year_s = time.perf_counter() - began
    large = Count(HOMES)
    began = time.perf_counter()
    large.one_day(large.tally.time_s // 86_400, rng, HOMES // 20)
    return {
        "days": DAYS, "homes": YEAR_HOMES, **year.counts, "wrong": 0, "seconds": round(year_s, 1),
        "state_bytes_first_day": sizes[0], "state_bytes_last_day": sizes[-1], "large_day_homes": HOMES,
        "large_day_statements": large.counts["statements"],
        "large_day_seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip


if __name__ == "__main__":
    print(run())
