"""A home's statement: accepted as it was made, refused after any change, and no ill-formed one passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError
from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.dayproof import TAG, check_own_day, day_bytes, prove_day, verify_day
from ohmstead.neighbours.group import (
    BASE,
    IDENTITY,
    OUTSIDE,
    ZERO,
    FieldRefused,
    L,
    add,
    base,
    mul,
    negative,
    plus,
    scalar_of,
    sub,
)
from ohmstead.neighbours.proofs import Answer, Ciphertext, ProofRefused, SlotMessage, prove, slot_commitments
from ohmstead.neighbours.rounds import Round, RoundMalformed
from ohmstead.neighbours.slots import slots_of
from tests.neighbours import literal
from tests.neighbours.cohort import (
    COHORT,
    DAY,
    EPOCH,
    GENESIS,
    IMPORTS_WH,
    ROUND,
    SHAPE_ROUND,
    S,
    consortium,
    message,
    meter_id,
    seed_of,
    stream,
    tally,
)

SLOTS = 16 + S
METER = meter_id(4)
FIELDS = 5 * SLOTS + 2
WEIGHTS = (1,) * 16 + (0,) * S


def accept(data: bytes, meter: bytes = METER, round_: Round = ROUND) -> SlotMessage:
    return verify_day(round_, meter, consortium().joint, S, data)


def parts() -> SlotMessage:
    return SlotMessage.from_bytes(message(4), SLOTS)


def with_pair(j: int, pair: Ciphertext) -> bytes:
    pairs = list(parts().ciphertexts)
    pairs[j] = pair
    return replace(parts(), ciphertexts=tuple(pairs)).to_bytes()


def with_answer(j: int, answer: Answer) -> bytes:
    answers = list(parts().answers)
    answers[j] = answer
    return replace(parts(), answers=tuple(answers)).to_bytes()


@pytest.mark.parametrize("home", [0, 3, 13, 14], ids=["nothing", "edge of a bin", "cap", "above the cap"])
def test_an_honest_statement_is_accepted(home: int) -> None:
    assert accept(message(home), meter_id(home)).to_bytes() == message(home)
    check_own_day(message(home), consortium().joint, IMPORTS_WH[home], S, seed_of(home))


@pytest.mark.parametrize("s", [11, 12, 13])
def test_fresh_randomness_is_accepted_too(s: int) -> None:
    data = prove_day(ROUND, METER, consortium().joint, 9_876, s, seed_of(0))
    assert len(data) == day_bytes(s) == 160 * (16 + s) + 64
    verify_day(ROUND, METER, consortium().joint, s, data)
    again = prove_day(ROUND, METER, consortium().joint, 9_876, s, seed_of(0))
    assert again != data
    assert again[: 64 * (16 + s)] == data[: 64 * (16 + s)]  # the seed alone makes the ciphertexts


# ---- every field ---------------------------------------------------------------------------------


def is_point(field: int) -> bool:
    return field < 2 * SLOTS


@pytest.mark.parametrize("block", range(0, FIELDS, 20))
def test_every_field_counts(block: int) -> None:
    data = message(4)
    for field in range(block, min(block + 20, FIELDS)):
        at = 32 * field
        old = data[at : at + 32]
        new = add(old, BASE) if is_point(field) else plus(old, scalar_of(1))
        with pytest.raises(ProofRefused):
            accept(data[:at] + new + data[at + 32 :])


@settings(max_examples=30)
@given(st.integers(0, 8 * 32 * FIELDS - 1))
def test_every_bit_counts(bit: int) -> None:
    data = bytearray(message(4))
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VerificationError):
        accept(bytes(data))


@pytest.mark.parametrize("change", [-4384, -32, -1, 1, 32, 160])
def test_another_length_is_refused(change: int) -> None:
    data = message(4) + bytes(200)
    with pytest.raises(FieldRefused, match="message"):
        accept(data[: 4384 + change])


@pytest.mark.parametrize("field", [0, 1, 2 * SLOTS - 1])
@pytest.mark.parametrize("name", ["identity", "zero", *(name for name, _ in OUTSIDE), "mixed"])
def test_what_is_no_point_is_refused_by_name(field: int, name: str) -> None:
    at = 32 * field
    old = message(4)[at : at + 32]
    bad = {"identity": IDENTITY, "zero": ZERO, "mixed": add(old, OUTSIDE[0][1]), **dict(OUTSIDE)}[name]
    with pytest.raises(FieldRefused, match=f"C{field % 2 + 1} of slot {field // 2}"):
        accept(message(4)[:at] + bad + message(4)[at + 32 :])


@pytest.mark.parametrize(("field", "name"), [
    (2 * SLOTS, "^c:"), (2 * SLOTS + 1, "c0 of slot 0"), (2 * SLOTS + 2, "z0 of slot 0"),
    (5 * SLOTS, "z1 of slot 26"), (5 * SLOTS + 1, "z′"),
])  # fmt: skip
@pytest.mark.parametrize("shift", [L, 2**255])
def test_an_unreduced_scalar_is_refused_by_name(field: int, name: str, shift: int) -> None:
    at = 32 * field
    more = int.from_bytes(message(4)[at : at + 32], "little") + shift
    with pytest.raises(FieldRefused, match=name):
        accept(message(4)[:at] + more.to_bytes(32, "little") + message(4)[at + 32 :])


# ---- zero challenges -----------------------------------------------------------------------------


def test_a_zero_challenge_proves_nothing() -> None:
    nothing = replace(
        parts(), challenge=ZERO, answers=(Answer(ZERO, ZERO, ZERO),) * SLOTS, response=ZERO
    )  # fmt: skip
    with pytest.raises(ProofRefused):
        accept(nothing.to_bytes())
    with pytest.raises(ProofRefused):
        accept(replace(parts(), challenge=ZERO).to_bytes())


@pytest.mark.parametrize("zero", ["c0", "z0", "z1"])
def test_a_zero_in_a_slot_is_worked_out_and_refused(zero: str) -> None:
    with pytest.raises(ProofRefused):
        accept(with_answer(3, replace(parts().answers[3], **{zero: ZERO})))


def test_zero_scalars_give_the_points_of_the_equations() -> None:
    one = SlotMessage((parts().ciphertexts[0],), scalar_of(9), (Answer(ZERO, scalar_of(4), ZERO),), ZERO)
    c1, c2 = one.ciphertexts[0].c1, one.ciphertexts[0].c2
    nine = scalar_of(9)
    assert slot_commitments(one, BASE) == [
        base(scalar_of(4)), base(scalar_of(4)), negative(mul(nine, c1)), negative(mul(nine, sub(c2, BASE))),
    ]  # fmt: skip


@pytest.mark.parametrize("which", ["c1", "c2"])
def test_a_zero_challenge_does_not_let_a_bad_point_through(which: str) -> None:
    bad = add(parts().ciphertexts[0].c1, OUTSIDE[0][1])
    pair = replace(parts().ciphertexts[0], **{which: bad})
    one = SlotMessage((pair,), scalar_of(9), (Answer(ZERO, scalar_of(4), ZERO),), ZERO)
    with pytest.raises(FieldRefused, match=which.upper()):
        slot_commitments(one, BASE)


# ---- moved elsewhere -----------------------------------------------------------------------------


@pytest.mark.parametrize("round_", [
    Round.of_day(GENESIS, COHORT, DAY + 1), Round.of_day(GENESIS, COHORT, DAY - 40),
    Round.of_day(GENESIS, "other-street", DAY), Round.of_day(bytes(32), COHORT, DAY),
], ids=["day", "day of another epoch", "cohort", "genesis"])  # fmt: skip
def test_a_statement_holds_for_its_round_alone(round_: Round) -> None:
    with pytest.raises(ProofRefused):
        accept(message(4), round_=round_)


def test_a_copy_under_another_meter_is_refused() -> None:
    with pytest.raises(ProofRefused, match=meter_id(5).hex()):
        accept(message(4), meter_id(5))


def test_another_key_is_refused() -> None:
    with pytest.raises(ProofRefused):
        verify_day(ROUND, METER, add(consortium().joint, BASE), S, message(4))


def test_a_load_shape_s_round_is_refused() -> None:
    with pytest.raises(RoundMalformed):
        accept(message(4), round_=SHAPE_ROUND)
    with pytest.raises(RoundMalformed):
        prove_day(SHAPE_ROUND, METER, consortium().joint, 1, S, seed_of(0))
    with pytest.raises(CodecError, match="epoch"):
        Round(GENESIS, COHORT, EPOCH + 1, DAY)


# ---- the attacks on other homes' ciphertexts -----------------------------------------------------


def changed(change: str, c: Ciphertext) -> Ciphertext:
    joint, r = consortium().joint, scalar_of(987_654_321)
    match change:
        case "rescaled":
            return Ciphertext(mul(scalar_of(5), c.c1), mul(scalar_of(5), c.c2))
        case "re-randomised":
            return Ciphertext(add(c.c1, base(r)), add(c.c2, mul(r, joint)))
        case "negated":
            return Ciphertext(negative(c.c1), negative(c.c2))
    raise AssertionError(change)


@pytest.mark.parametrize("change", ["rescaled", "re-randomised", "negated"])
@pytest.mark.parametrize("meter", [METER, meter_id(5)], ids=["own meter", "other meter"])
def test_a_copy_in_disguise_is_refused(change: str, meter: bytes) -> None:
    pairs = tuple(changed(change, c) for c in parts().ciphertexts)
    with pytest.raises(ProofRefused):
        accept(replace(parts(), ciphertexts=pairs).to_bytes(), meter)


def test_the_last_poster_cannot_replace_the_sum() -> None:
    """Posting own − Σ others would open to the own value alone; no proof known to it fits."""
    own = SlotMessage.from_bytes(message(14), SLOTS)
    others = tally().sums
    pairs = tuple(
        Ciphertext(sub(mine.c1, theirs.c1), sub(mine.c2, theirs.c2))
        for mine, theirs in zip(own.ciphertexts, others, strict=True)
    )
    with pytest.raises(ProofRefused):
        accept(replace(own, ciphertexts=pairs).to_bytes(), meter_id(14))


def test_slots_cannot_change_places() -> None:
    pairs, answers = list(parts().ciphertexts), list(parts().answers)
    pairs[0], pairs[2] = pairs[2], pairs[0]
    with pytest.raises(ProofRefused):
        accept(replace(parts(), ciphertexts=tuple(pairs)).to_bytes())
    answers[0], answers[2] = answers[2], answers[0]
    with pytest.raises(ProofRefused):
        accept(replace(parts(), ciphertexts=tuple(pairs), answers=tuple(answers)).to_bytes())


# ---- ill-formed values, by a prover that follows every other step --------------------------------


@pytest.mark.parametrize("hot", [(), (0, 1), tuple(range(16))], ids=["none", "two", "all"])
def test_bins_hold_exactly_one(hot: tuple[int, ...]) -> None:
    bits = tuple(int(j in hot) for j in range(16)) + (1,) * S
    context = ROUND.context(METER)
    data = prove(TAG, context, consortium().joint, bits, WEIGHTS, seed_of(4), stream("ill-formed"))
    with pytest.raises(ProofRefused):
        accept(data)


def lied(numbers: list[int]) -> bytes:
    context = ROUND.context(METER)
    return literal.prove(TAG, context, consortium().joint, numbers, WEIGHTS, seed_of(4), stream("proof 4"))


def test_the_rule_written_out_gives_the_same_bytes() -> None:
    assert lied(list(slots_of(IMPORTS_WH[4], S))) == message(4)


@pytest.mark.parametrize("slot", [0, 15, 16, SLOTS - 1])
@pytest.mark.parametrize("value", [2, 5, -1, -3])
def test_no_slot_holds_anything_but_zero_or_one(slot: int, value: int) -> None:
    """The other bins make up for it, so that they still come to one where they can."""
    numbers = list(slots_of(IMPORTS_WH[4], S))
    numbers[slot] = value
    numbers[7] += 1 - sum(numbers[:16])
    assert sum(numbers[:16]) == 1
    with pytest.raises(ProofRefused):
        accept(lied(numbers))


def test_a_proof_of_another_tag_is_refused() -> None:
    bits = slots_of(IMPORTS_WH[4], S)
    context = ROUND.context(METER)
    data = prove("shape", context, consortium().joint, bits, WEIGHTS, seed_of(4), stream("tag"))
    with pytest.raises(ProofRefused):
        accept(data)
    accept(prove(TAG, context, consortium().joint, bits, WEIGHTS, seed_of(4), stream("tag")))


# ---- the own leaf --------------------------------------------------------------------------------


@pytest.mark.parametrize(("wh", "home"), [(IMPORTS_WH[4] + 1, 4), (0, 4), (IMPORTS_WH[4], 5)])
def test_an_own_leaf_of_other_readings_or_another_seed_is_noticed(wh: int, home: int) -> None:
    with pytest.raises(ProofRefused, match="own statement"):
        check_own_day(message(4), consortium().joint, wh, S, seed_of(home))


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        prove_day(ROUND, METER, consortium().joint, 1, S, b"short")
