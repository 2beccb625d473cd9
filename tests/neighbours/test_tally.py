"""From sums to numbers: what opens is the plain statistic, and nothing opens that should not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, decode, encode
from ohmstead.ledger.merkle import CompactRange, HashTree, root_of, verify_inclusion
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.group import BASE, IDENTITY, add, base, mul, scalar_of
from ohmstead.neighbours.guardians import joint_key, make_key, prove_share, verify_share
from ohmstead.neighbours.logarithm import NoLogarithm, SmallLogarithms
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.opening import OpeningRefused, check_day, open_day, remainders
from ohmstead.neighbours.proofs import Ciphertext
from ohmstead.neighbours.rounds import MAX_HOMES
from ohmstead.neighbours.tally import (
    Frozen,
    RunningTally,
    Void,
    VoidReason,
    close_day,
    close_shape,
    needed_homes,
    statement_leaf,
    weighed_total,
)
from tests.neighbours.cohort import (
    GENESIS,
    GUARDIANS,
    IMPORTS_WH,
    ROUND,
    S,
    encrypted,
    frozen,
    message,
    meter_id,
    shares,
    tally,
)

PLAIN = plain_day(IMPORTS_WH, S)
VALUES = (*PLAIN.bins, PLAIN.total_wh)


def check(values: Sequence[int], some: Sequence[Share] | None = None, sums: Frozen | None = None) -> None:
    check_day(sums or frozen(), shares() if some is None else some, GUARDIANS, S, values)


# ---- the sums open to the plain statistic --------------------------------------------------------


def test_the_cohort_opens_to_its_plain_statistic() -> None:
    assert open_day(frozen(), shares(), GUARDIANS, S) == PLAIN
    assert check_day(frozen(), reversed(shares()), GUARDIANS, S, VALUES) == PLAIN
    assert 0 in PLAIN.bins


@settings(max_examples=12)
@given(
    st.lists(st.integers(0, 140_000) | st.sampled_from((0, 2047, 2048, 131_071)), min_size=15, max_size=18),
    st.sampled_from((11, 12, 13)),
    st.integers(1, 3),
)
def test_any_cohort_opens_to_its_plain_statistic(values: list[int], s: int, guardians: int) -> None:
    made = [make_key(GENESIS, ROUND.epoch, i, guardians) for i in range(guardians)]
    joint = joint_key(GENESIS, ROUND.epoch, [key for _, key in made], guardians)
    closed = close_day(encrypted(values, s, joint), s, len(values))
    assert isinstance(closed, Frozen)
    parts = [prove_share(secret, ROUND, closed, joint) for secret, _ in made]
    for share, (secret, _) in zip(parts, made, strict=True):
        verify_share(share, ROUND, closed, joint, secret.public)
    assert open_day(closed, parts, guardians, s) == plain_day(values, s)


def test_a_total_is_its_weighted_slots() -> None:
    numbers = [(7 * j * j + 3) % 50 for j in range(29)]
    points = [base(scalar_of(n)) for n in numbers]
    whole = (sum(j * n for j, n in enumerate(numbers[:16])) << 13) + sum(
        n << t for t, n in enumerate(numbers[16:])
    )
    assert weighed_total(points) == base(scalar_of(whole))
    assert weighed_total([IDENTITY] * 27) == IDENTITY


# ---- the log -------------------------------------------------------------------------------------


def test_every_statement_is_a_leaf_of_the_round_s_log() -> None:
    leaves = [statement_leaf(meter_id(h), message(h)) for h in range(15)]
    assert frozen().root == root_of(leaves)
    verify_inclusion(15, frozen().root, 4, leaves[4], HashTree(leaves).inclusion_proof(4))
    assert statement_leaf(meter_id(5), message(4)) != leaves[4] != statement_leaf(meter_id(4), message(5))


# ---- closing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roster", "needed"), [(0, 15), (15, 15), (22, 15), (23, 16), (24, 16), (25, 17), (300, 200), (301, 201)]
)
def test_how_many_are_needed(roster: int, needed: int) -> None:
    assert needed_homes(roster) == needed


def test_fourteen_are_never_opened() -> None:
    before = replace(tally(), log=CompactRange().extend([bytes(32)] * 14))
    assert close_day(before, S, 14) == Void(VoidReason.TOO_FEW, 14)
    assert isinstance(close_day(tally(), S, 22), Frozen)
    assert close_day(tally(), S, 23) == Void(VoidReason.TOO_FEW, 15)
    assert close_day(RunningTally.of_day(S), S, 0) == Void(VoidReason.TOO_FEW, 0)


@pytest.mark.parametrize("slots", [(0,), (15,), tuple(range(16)), tuple(range(27))])
def test_a_column_without_randomness_is_never_opened(slots: tuple[int, ...]) -> None:
    sums = tuple(Ciphertext(IDENTITY, c.c2) if j in slots else c for j, c in enumerate(tally().sums))
    assert close_day(replace(tally(), sums=sums), S, 15) == Void(VoidReason.DEGENERATE, 15)


def test_a_total_without_randomness_is_never_opened() -> None:
    """Every bin has its own, the total's cancels."""
    us = [c.c1 for c in tally().sums]
    us[16] = add(us[16], mul(scalar_of(-1), weighed_total(us)))
    sums = tuple(Ciphertext(u, c.c2) for u, c in zip(us, tally().sums, strict=True))
    assert weighed_total(us) == IDENTITY
    assert close_day(replace(tally(), sums=sums), S, 15) == Void(VoidReason.DEGENERATE, 15)


def test_a_tally_is_added_to_and_closed_as_what_it_is() -> None:
    with pytest.raises(ValueError, match="s = 12"):
        close_day(tally(), 12, 15)
    with pytest.raises(ValueError, match="load shapes"):
        close_shape(tally(), 15)
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        tally().with_statement(meter_id(0), b"", tally().sums[:-1])
    full = replace(tally(), log=CompactRange(MAX_HOMES, (bytes(32),)))
    with pytest.raises(ValueError, match="full"):
        full.with_statement(meter_id(0), b"", tally().sums)


# ---- opening -------------------------------------------------------------------------------------


def test_all_shares_once_or_nothing() -> None:
    a, b, c = shares()
    for some in ([], [a, b], [a, b, b], [a, b, c, a], [a, b, replace(c, guardian=3)]):
        with pytest.raises(OpeningRefused, match="guardians"):
            open_day(frozen(), some, GUARDIANS, S)
        with pytest.raises(OpeningRefused, match="guardians"):
            check(VALUES, some)
    with pytest.raises(OpeningRefused, match="rounds"):
        remainders(frozen(), [a, b, replace(c, day=None)], GUARDIANS)
    with pytest.raises(OpeningRefused, match="parts"):
        remainders(frozen(), [a, b, replace(c, parts=c.parts[1:])], GUARDIANS)


@pytest.mark.parametrize("column", range(17))
def test_every_number_of_an_opening_counts(column: int) -> None:
    values = list(VALUES)
    values[column] += 1
    if column < 16:  # another bin gives one back, so that the bounds hold
        values[next(j for j, h in enumerate(values) if h and j != column)] -= 1
        low = sum(j * h for j, h in enumerate(values[:16])) << S
        values[16] = max(low, min(values[16], low + 15 * 2047))
    with pytest.raises(OpeningRefused, match=r"column|opening"):
        check(values)


@pytest.mark.parametrize("values", [
    VALUES[:16], (*VALUES, 0), (0,) * 17, (*VALUES[:16], -1), (*VALUES[:16], 15 * 16 * 2**S),
    (VALUES[0] + 1, *VALUES[1:]), (-1, VALUES[0] + VALUES[1] + 1, *VALUES[2:]), (16, *VALUES[1:]),
])  # fmt: skip
def test_numbers_out_of_bounds_are_refused_first(values: tuple[int, ...]) -> None:
    with pytest.raises(OpeningRefused, match="opening"):
        check(values)


def test_sums_that_are_no_homes_do_not_open() -> None:
    p = (add(frozen().p[0], mul(scalar_of(1 << 40), BASE)), *frozen().p[1:])
    with pytest.raises(NoLogarithm, match="bin 0"):
        open_day(replace(frozen(), p=p), shares(), GUARDIANS, S)
    p = (*frozen().p[:16], add(frozen().p[16], mul(scalar_of(1 << 40), BASE)))
    with pytest.raises(NoLogarithm, match="total"):
        open_day(replace(frozen(), p=p), shares(), GUARDIANS, S)


# ---- small logarithms ----------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.integers(1, 3_000), st.integers(0, 5_000), st.data())
def test_a_small_logarithm_is_found_wherever_it_lies(width: int, low: int, data: st.DataObject) -> None:
    table = SmallLogarithms(width)
    x = data.draw(st.integers(low, low + width - 1))
    assert table.find(base(scalar_of(x)), low, low + width - 1, "x") == x


def test_a_logarithm_outside_its_range_is_not_found() -> None:
    table = SmallLogarithms(100)
    for x in (9, 111, -1, 1 << 50):
        with pytest.raises(NoLogarithm, match="from 10 to 110"):
            table.find(base(scalar_of(x)), 10, 110, "x")
    assert table.find(base(scalar_of(10)), 10, 110, "x") == 10
    assert table.find(base(scalar_of(110)), 10, 110, "x") == 110
    for width in (0, -1, 1 << 32):
        with pytest.raises(ValueError, match="searched"):
            SmallLogarithms(width)


# ---- values of the state -------------------------------------------------------------------------


def test_values_of_the_state_come_back() -> None:
    assert RunningTally.from_value(decode(encode(tally().to_value()))) == tally()
    assert Frozen.from_value(decode(encode(frozen().to_value()))) == frozen()
    for void in (Void(VoidReason.TOO_FEW, 3), Void(VoidReason.GUARDIAN_ABSENT, 20, 1)):
        assert Void.from_value(decode(encode(void.to_value()))) == void


def test_malformed_values_of_the_state_are_refused() -> None:
    log, sums = as_list(tally().to_value(), "tally")
    n, root, q, p = as_list(frozen().to_value(), "frozen")
    sums, q = as_bytes(sums, "sums"), as_bytes(q, "Q")
    running: list[Value] = [[log], [log, sums[:-1]], [log, sums + bytes(64 * 48)], [[1, []], sums]]
    closed: list[Value] = [
        [n, root, q], [n, root, q[:-32], p], [n, root, q, b""], [-1, root, q, p], [n, b"", q, p],
    ]  # fmt: skip
    void: list[Value] = [
        ["late", 3, None], ["too-few", 3, 1], ["guardian-absent", 3, None], ["too-few", -1, None],
    ]  # fmt: skip
    for kind, values in ((RunningTally, running), (Frozen, closed), (Void, void)):
        for value in values:
            with pytest.raises(CodecError):
                kind.from_value(value)
