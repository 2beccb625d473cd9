"""Load shapes: parts that come to 255, their proof, their sums."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.group import BASE, OUTSIDE, FieldRefused, L, add, plus, scalar_of
from ohmstead.neighbours.guardians import ShareRefused, prove_share, verify_share
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.opening import OpeningRefused, check_day, check_shape, open_day, open_shape
from ohmstead.neighbours.proofs import Ciphertext, ProofRefused, SlotMessage
from ohmstead.neighbours.rounds import Round, RoundMalformed
from ohmstead.neighbours.shape import (
    PARTS,
    SHAPE_BYTES,
    SHAPE_SLOTS,
    TAG,
    WEIGHTS,
    bits_of,
    cells_of,
    check_own_shape,
    fold_cells,
    parts_of,
    prove_shape,
    verify_shape,
)
from ohmstead.neighbours.tally import Frozen, RunningTally, Void, VoidReason, close_shape
from tests.neighbours import literal
from tests.neighbours.cohort import (
    COHORT,
    EPOCH,
    GENESIS,
    GUARDIANS,
    ROUND,
    SHAPE_ROUND,
    S,
    consortium,
    encrypted_shape,
    frozen,
    meter_id,
    seed_of,
    shape_amounts,
    shares,
    stream,
)
from tests.neighbours.golden import SHAPE_FILE

METER = meter_id(7)
MESSAGE = SHAPE_FILE.read_bytes()


def accept(data: bytes, meter: bytes = METER, round_: Round = SHAPE_ROUND) -> tuple[Ciphertext, ...]:
    return verify_shape(round_, meter, consortium().joint, data)


# ---- parts per 255 -----------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 1 << 40), min_size=48, max_size=48).filter(any))
def test_parts_are_the_largest_remainders(amounts: list[int]) -> None:
    parts, whole = parts_of(amounts), sum(amounts)
    assert sum(parts) == PARTS
    floors = [PARTS * a // whole for a in amounts]
    up = [v for v in range(48) if parts[v] != floors[v]]
    assert all(parts[v] == floors[v] + 1 for v in up)
    order = [(-(PARTS * a % whole), v) for v, a in enumerate(amounts)]
    assert sorted(order)[: len(up)] == sorted(order[v] for v in up)


def test_ties_go_to_the_lower_index_and_the_extremes_fit_eight_bits() -> None:
    assert parts_of([7] * 48) == (6,) * 15 + (5,) * 33
    assert parts_of([0] * 47 + [1]) == (0,) * 47 + (255,)
    assert bits_of(parts_of([0] * 47 + [1])) == (0,) * 376 + (1,) * 8


@pytest.mark.parametrize("amounts", [[], [1] * 47, [1] * 49, [0] * 48, [-1, 2] + [0] * 46])
def test_what_has_no_shape_is_refused(amounts: list[int]) -> None:
    with pytest.raises(ValueError, match="shape"):
        parts_of(amounts)


# ---- the proof ------------------------------------------------------------------------------------------


def test_an_honest_shape_is_accepted_and_gives_its_cells() -> None:
    assert len(MESSAGE) == SHAPE_BYTES == 61_504
    assert accept(MESSAGE) == cells_of(MESSAGE)
    check_own_shape(MESSAGE, consortium().joint, shape_amounts(7), seed_of(7, "shape"))
    with pytest.raises(ProofRefused, match="own statement"):
        check_own_shape(MESSAGE, consortium().joint, shape_amounts(8), seed_of(7, "shape"))


def test_every_kind_of_field_counts() -> None:
    data, slots = MESSAGE, SHAPE_SLOTS
    for field in (0, 401, 2 * slots, 2 * slots + 1, 3 * slots, 5 * slots, 5 * slots + 1):
        at = 32 * field
        old = data[at : at + 32]
        new = add(old, BASE) if field < 2 * slots else plus(old, scalar_of(1))
        with pytest.raises(ProofRefused):
            accept(data[:at] + new + data[at + 32 :])


@pytest.mark.parametrize("field", [2 * SHAPE_SLOTS, 3 * SHAPE_SLOTS, 5 * SHAPE_SLOTS + 1])
def test_an_unreduced_scalar_is_refused(field: int) -> None:
    at = 32 * field
    more = int.from_bytes(MESSAGE[at : at + 32], "little") + L
    with pytest.raises(FieldRefused):
        accept(MESSAGE[:at] + more.to_bytes(32, "little") + MESSAGE[at + 32 :])


def test_malformed_messages_are_refused() -> None:
    with pytest.raises(FieldRefused, match="C1 of slot 0"):
        accept(add(MESSAGE[:32], OUTSIDE[0][1]) + MESSAGE[32:])
    for data in (b"", MESSAGE[:-1], MESSAGE + b"\0"):
        with pytest.raises(FieldRefused, match="message"):
            accept(data)


@pytest.mark.parametrize("round_", [
    Round(GENESIS, COHORT, EPOCH + 1, None), Round(GENESIS, "other-street", EPOCH, None),
    Round(bytes(32), COHORT, EPOCH, None),
], ids=["epoch", "cohort", "genesis"])  # fmt: skip
def test_a_shape_holds_for_its_round_alone(round_: Round) -> None:
    with pytest.raises(ProofRefused):
        accept(MESSAGE, round_=round_)


def test_a_shape_holds_for_its_meter_and_kind_alone() -> None:
    with pytest.raises(ProofRefused):
        accept(MESSAGE, meter_id(8))
    with pytest.raises(RoundMalformed):
        accept(MESSAGE, round_=ROUND)
    with pytest.raises(RoundMalformed):
        prove_shape(ROUND, METER, consortium().joint, shape_amounts(7), seed_of(7))


def lied(numbers: list[int]) -> bytes:
    context, seed = SHAPE_ROUND.context(METER), seed_of(7, "shape")
    return literal.prove(TAG, context, consortium().joint, numbers, WEIGHTS, seed, stream("shape proof"))


HONEST = list(bits_of(parts_of(shape_amounts(7))))


def test_the_rule_written_out_gives_the_same_bytes() -> None:
    assert lied(HONEST) == MESSAGE


@pytest.mark.parametrize("change", [{0: 1 - HONEST[0]}, {0: HONEST[0] + 2, 1: HONEST[1] - 1}, {7: 2}, {383: -1}],
                         ids=["254 or 256", "a bit of 2, 255 in all", "bit 2", "negative"])  # fmt: skip
def test_ill_formed_shapes_are_refused(change: dict[int, int]) -> None:
    numbers = [change.get(j, m) for j, m in enumerate(HONEST)]
    with pytest.raises(ProofRefused):
        accept(lied(numbers))


# ---- the sums --------------------------------------------------------------------------------------------


@cache
def closed() -> Frozen:
    whole = RunningTally.of_shape()
    for home in range(15):
        pairs = encrypted_shape(shape_amounts(home), home, consortium().joint)
        cells = fold_cells(SlotMessage(pairs, b"", (), b""))
        whole = whole.with_statement(meter_id(home), b"", cells)
    assert RunningTally.from_value(whole.to_value()) == whole
    assert close_shape(whole, 23) == Void(VoidReason.TOO_FEW, 15)
    done = close_shape(whole, 15)
    assert isinstance(done, Frozen)
    return done


@cache
def opened_by() -> tuple[Share, ...]:
    c = consortium()
    return tuple(prove_share(s, SHAPE_ROUND, closed(), c.joint, stream(f"s{s.guardian}")) for s in c.secrets)


def test_the_cohort_s_shape_opens_to_the_plain_sums() -> None:
    plain = tuple(
        sum(column) for column in zip(*(parts_of(shape_amounts(h)) for h in range(15)), strict=True)
    )
    for share, key in zip(opened_by(), consortium().keys, strict=True):
        verify_share(share, SHAPE_ROUND, closed(), consortium().joint, key.key)
    assert open_shape(closed(), opened_by(), GUARDIANS) == plain
    assert check_shape(closed(), opened_by(), GUARDIANS, plain) == plain
    assert Frozen.from_value(closed().to_value()) == closed()
    for wrong in (
        plain[:-1], (plain[0] + 1, plain[1] - 1, *plain[2:]), (plain[0] + 1, *plain[1:]),
        (-1, plain[0] + plain[1] + 1, *plain[2:]), (0,) * 48,
    ):  # fmt: skip
        with pytest.raises(OpeningRefused):
            check_shape(closed(), opened_by(), GUARDIANS, wrong)


def test_days_and_shapes_are_not_confused() -> None:
    c = consortium()
    with pytest.raises(OpeningRefused):
        open_day(closed(), opened_by(), GUARDIANS, S)
    with pytest.raises(OpeningRefused):
        open_shape(frozen(), shares(), GUARDIANS)
    with pytest.raises(OpeningRefused):
        check_day(closed(), shares(), GUARDIANS, S, (15, *[0] * 16))
    with pytest.raises(ShareRefused):
        verify_share(opened_by()[0], SHAPE_ROUND, replace(closed(), n=16), c.joint, c.keys[0].key)


@settings(max_examples=6)
@given(st.integers(0, 8 * SHAPE_BYTES - 1))
def test_every_bit_counts(bit: int) -> None:
    data = bytearray(MESSAGE)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VerificationError):
        accept(bytes(data))
