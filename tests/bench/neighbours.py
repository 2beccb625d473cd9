"""The neighbours' tally: proving, verifying, shares, openings, beside the bare libsodium operations in them.

``calls`` are counted, not derived: every libsodium function is counted during one more run. ``of bare`` is the
measured time over (calls × the median time of each function in this very run): what our own code costs on top.
``separate_checks_ms`` is what the rule's checks would cost on top if every point were checked before it is
multiplied. Homes of an opening are not encrypted one by one: sums with known answers are made directly, which
opens alike. Times are medians, in ms. ``contract_…`` is a day of so many homes in the contract's blocks
(``_neighbour_days``); ``app_…`` what an app checks of it at a look, and what a full audit of it costs
(``_neighbour_app``; of a thousand homes measured once).
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

import nacl.bindings as sodium

from ohmstead.neighbours.dayproof import prove_day, verify_day
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.group import add, base, fresh_scalar, mul, random_bytes, scalar_of
from ohmstead.neighbours.guardians import joint_key, make_key, prove_share, verify_share
from ohmstead.neighbours.opening import check_day, check_shape, open_day, open_shape
from ohmstead.neighbours.proofs import SlotMessage
from ohmstead.neighbours.rounds import BIN_BITS, Round
from ohmstead.neighbours.shape import parts_of, prove_shape, verify_shape
from ohmstead.neighbours.slots import slot_count
from ohmstead.neighbours.tally import Frozen, RunningTally, close_day
from tests.bench._neighbour_app import Homes, an_app
from tests.bench._neighbour_days import a_day

RUNS = 15
GUARDIANS = 4
SIZES = (40, 200, 1_000)
GENESIS, METER = bytes(range(32)), bytes(range(16))
ROUND = Round.of_day(GENESIS, "bench", 20_600)
SHAPE_ROUND = Round(GENESIS, "bench", ROUND.epoch, None)
FUNCTIONS = {
    "base": "crypto_scalarmult_ed25519_base_noclamp", "mul": "crypto_scalarmult_ed25519_noclamp",
    "add": "crypto_core_ed25519_add", "sub": "crypto_core_ed25519_sub",
    "valid": "crypto_core_ed25519_is_valid_point",
}  # fmt: skip


def milliseconds(what: Callable[[], object], runs: int = RUNS) -> float:
    """Median of one call."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        what()
        times.append(1e3 * (time.perf_counter() - began))
    return statistics.median(times)


def bare() -> dict[str, float]:
    """ms of each libsodium function by itself."""
    k, p = fresh_scalar(random_bytes), base(fresh_scalar(random_bytes))
    arguments: dict[str, tuple[Any, ...]] = {
        "base": (k,), "mul": (k, p), "add": (p, p), "sub": (p, p), "valid": (p,)
    }  # fmt: skip
    return {
        name: milliseconds(partial(getattr(sodium, function), *arguments[name]), 600)
        for name, function in FUNCTIONS.items()
    }


@contextmanager
def counted(counts: Counter[str]) -> Iterator[None]:
    """Counts libsodium's calls for as long as it is open."""
    kept = {function: getattr(sodium, function) for function in FUNCTIONS.values()}

    def counting(name: str, f: Callable[..., bytes]) -> Callable[..., bytes]:
        def call(*arguments: bytes) -> bytes:
            counts[name] += 1
            return f(*arguments)

        return call

    try:
        for name, function in FUNCTIONS.items():
            setattr(sodium, function, counting(name, kept[function]))
        yield
    finally:
        for function, f in kept.items():
            setattr(sodium, function, f)


def measured(what: Callable[[], object], prices: dict[str, float], runs: int = RUNS) -> dict[str, object]:
    """Time, calls, and what the calls alone would take."""
    counts: Counter[str] = Counter()
    with counted(counts):
        what()
    ms = milliseconds(what, runs)
    alone = sum(prices[name] * n for name, n in counts.items())
    return {"ms": round(ms, 2), "of_bare": round(ms / alone, 3), "calls": dict(sorted(counts.items()))}


def day(s: int, joint: bytes, prices: dict[str, float]) -> dict[str, object]:
    """One home's statement."""
    made = [prove_day(ROUND, METER, joint, 7_919 * i, s, random_bytes(32)) for i in range(4)]
    taken = SlotMessage.from_bytes(made[0], slot_count(s))
    tally = RunningTally.of_day(s).with_statement(METER, made[0], taken.ciphertexts)
    with ThreadPoolExecutor(2) as two:
        both = milliseconds(lambda: list(two.map(lambda m: verify_day(ROUND, METER, joint, s, m), made)))
    return {
        "bytes": len(made[0]),
        "prove": measured(lambda: prove_day(ROUND, METER, joint, 12_345, s, bytes(32)), prices),
        "verify": measured(lambda: verify_day(ROUND, METER, joint, s, made[0]), prices),
        "separate_checks_ms": round(2 * slot_count(s) * prices["valid"], 2),
        "verify_on_two_threads_ms_each": round(both / len(made), 2),
        "add_to_tally_ms": round(
            milliseconds(lambda: tally.with_statement(METER, made[0], taken.ciphertexts)), 2
        ),
        "close_ms": round(milliseconds(lambda: close_day(tally, s, 1)), 2),
    }


def sums_of(values: tuple[int, ...], n: int, joint: bytes) -> Frozen:
    """Closed sums that open to these numbers."""
    rs = [fresh_scalar(random_bytes) for _ in values]
    q = tuple(base(r) for r in rs)
    p = tuple(add(base(scalar_of(v)), mul(r, joint)) for v, r in zip(values, rs, strict=True))
    return Frozen(n, bytes(32), q, p)


def run() -> dict[str, object]:
    """Budgets of the rule: 26 ms to verify, 4 544 bytes (s = 12), an opening in less than 1 s."""
    prices = bare()
    made = [make_key(GENESIS, ROUND.epoch, i, GUARDIANS) for i in range(GUARDIANS)]
    keys = [key for _, key in made]
    joint = joint_key(GENESIS, ROUND.epoch, keys, GUARDIANS)
    results: dict[str, object] = {"bare_us": {name: round(1e3 * ms, 1) for name, ms in prices.items()}}
    for s in BIN_BITS:
        results[f"day_s{s}"] = day(s, joint, prices)

    amounts = [100 + 37 * v for v in range(48)]
    shape = prove_shape(SHAPE_ROUND, METER, joint, amounts, bytes(32))
    results["shape"] = {
        "bytes": len(shape),
        "prove": measured(lambda: prove_shape(SHAPE_ROUND, METER, joint, amounts, bytes(32)), prices, 5),
        "verify": measured(lambda: verify_shape(SHAPE_ROUND, METER, joint, shape), prices, 5),
    }

    results["joint_key_ms"] = round(milliseconds(lambda: joint_key(GENESIS, ROUND.epoch, keys, GUARDIANS)), 2)
    random = Random(1)
    for homes in SIZES:
        for s in (BIN_BITS[0], BIN_BITS[-1]):
            plain = plain_day([min(131_000, int(random.lognormvariate(9, 0.8))) for _ in range(homes)], s)
            values = (*plain.bins, plain.total_wh)
            sums = sums_of(values, homes, joint)
            shares = [prove_share(secret, ROUND, sums, joint) for secret, _ in made]
            if open_day(sums, shares, GUARDIANS, s) != plain:
                raise ValueError("the opening is not the plain statistic")
            results[f"open_{homes}_homes_s{s}"] = measured(
                partial(open_day, sums, shares, GUARDIANS, s), prices, 5
            )
    results["share"] = measured(lambda: prove_share(made[0][0], ROUND, sums, joint), prices)
    results["verify_share"] = measured(
        lambda: verify_share(shares[0], ROUND, sums, joint, keys[0].key), prices
    )
    results["check_opening_ms"] = round(
        milliseconds(lambda: check_day(sums, shares, GUARDIANS, BIN_BITS[-1], values)), 2
    )

    parts = tuple(1_000 * p for p in parts_of(amounts))
    sums = sums_of(parts, 1_000, joint)
    shares = [prove_share(secret, SHAPE_ROUND, sums, joint) for secret, _ in made]
    results["open_shape_1000_homes"] = measured(lambda: open_shape(sums, shares, GUARDIANS), prices, 5)
    check_shape(sums, shares, GUARDIANS, parts)
    people = Homes(max(SIZES))
    for homes in SIZES:
        results[f"app_{homes}_homes"] = an_app(people, homes, lambda what, runs: measured(what, prices, runs))
    for homes in SIZES:
        results[f"contract_{homes}_homes"] = a_day(homes)
    return results


if __name__ == "__main__":
    print(run())
