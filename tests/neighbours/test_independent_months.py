"""Attacks on a load shape, and transcripts made without any secret, before both verifiers of rule nbr/1.

Like ``test_independent``, whose prover lies here too; a month's proof takes each verifier a second, so every
kind of attack stands once. Not here: days (``test_independent``), the product alone (``test_shape``,
``test_simulator``).
"""

from functools import cache

import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours import guardians as product_guardians
from ohmstead.neighbours import proofs as product_proofs
from ohmstead.neighbours.guardians import verify_share
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.opening import open_day
from tests.neighbours import independent as nbr
from tests.neighbours.independent import BASE, L, Refused
from tests.neighbours.test_independent import (
    EIGHT,
    ROUND,
    SLOTS,
    TWO,
    S,
    bits_of,
    both_accept,
    both_refuse,
    fresh_day,
    frozen_dict,
    golden,
    golden_round,
    golden_Y,
    guardians,
    meter_of,
    negative,
    number,
    plus,
    products,
    prove,
    randomness,
    scalars,
    shape_message,
    share_dict,
    short,
    unhex,
    words,
    written_Y,
)

SHAPE = 384
C = 2 * SHAPE  # where c stands among a shape's words
MONTH = golden_round(day=None)


@cache
def victim() -> tuple[bytes, bytes]:
    return unhex(golden()["homes"][golden()["shape"]["home"]]["meter"]), shape_message()


@cache
def bits() -> list[int]:
    return bits_of(golden()["shape"]["parts"])


def lie(changes: dict[int, int]) -> tuple[bytes, bytes]:
    """A shape of a liar's own, with its proof: slot → what it encrypts there."""
    m = [changes.get(j, bit) for j, bit in enumerate(bits())]
    r = randomness(bytes(range(32)), SHAPE)
    return meter_of(9), prove(MONTH, meter_of(9), golden_Y(), m, r, scalars("a liar's month"))


def compensated(slot: int, value: int) -> dict[int, int]:
    """A slot of another value, and the lowest bits of other values changed until the parts come to 255 again."""
    excess = (value - bits()[slot]) * 2 ** (slot % 8)
    changes, sign = {slot: value}, 1 if excess > 0 else -1
    for weight in range(7, -1, -1):
        for j in range(weight, SHAPE, 8):
            if j // 8 != slot // 8 and abs(excess) >= 2**weight and bits()[j] == (sign > 0):
                changes[j] = 1 - bits()[j]
                excess -= sign * 2**weight
    assert excess == 0
    return changes


@pytest.mark.parametrize(("slot", "value"), [(0, 2), (8 * 18 + 3, -1)], ids=["a bit of 2", "a negative bit"])
def test_bits_that_are_none_though_all_come_to_255(slot, value):
    both_refuse(MONTH, *lie(compensated(slot, value)), "no proof")


def test_the_same_prover_when_it_tells_the_truth():
    both_accept(MONTH, *lie({}))


def test_copied_by_another_meter():
    both_refuse(MONTH, meter_of(0), victim()[1], "no proof")


def rerandomised(w, rho=54321):
    """The same plaintext under r + ρ: the commitments stay, only the ciphertexts in the hash object."""
    c = number(w[C])
    B, Y = nbr.written([nbr.times_base(rho)])[0], written_Y(rho)
    for j in range(SHAPE):
        w[2 * j], w[2 * j + 1] = plus(w[2 * j], B), plus(w[2 * j + 1], Y)
        c0, at = number(w[C + 1 + 3 * j]), C + 2 + 3 * j
        w[at], w[at + 1] = short(number(w[at]) + c0 * rho), short(number(w[at + 1]) + (c - c0) * rho)
    w[-1] = short(number(w[-1]) + c * rho * 48 * 255)
    return w


def cancelling(w):
    """One cell of another home is taken away from one's own."""
    others = words(lie({})[1])
    for j in range(2 * 8):
        w[j] = plus(w[j], negative(others[j]))
    return w


@pytest.mark.parametrize("attack", [rerandomised, cancelling])
def test_made_of_others_ciphertexts(attack):
    both_refuse(MONTH, meter_of(1), b"".join(attack(words(victim()[1]))), "no proof")


@pytest.mark.parametrize(
    ("at", "change"),
    [
        (2 * 200 + 1, lambda w: plus(w, BASE)),
        (C + 1 + 3 * 200, lambda w: short(number(w) + 1)),
        (C + 3 + 3 * 383, lambda w: short(0)),
    ],
    ids=["C2", "c0", "z1"],
)
def test_every_kind_of_field_mutated(at, change):
    w = words(victim()[1])
    w[at] = change(w[at])
    both_refuse(MONTH, victim()[0], b"".join(w), "no proof")


@pytest.mark.parametrize(
    ("at", "change", "why"),
    [
        (0, lambda w: plus(w, TWO), "subgroup"),
        (2 * 383 + 1, lambda w: plus(w, EIGHT), "subgroup"),
        (100, lambda w: (nbr.p + 1).to_bytes(32, "little"), "not reduced"),
        (C, lambda w: (number(w) + L).to_bytes(32, "little"), "not reduced"),
        (5 * SHAPE + 1, lambda w: (number(w) + L).to_bytes(32, "little"), "not reduced"),
    ],
    ids=["order 2", "order 8", "y = p + 1", "c + L", "z′ + L"],
)
def test_fields_that_are_refused_before_any_proof(at, change, why):
    w = words(victim()[1])
    w[at] = change(w[at])
    both_refuse(MONTH, victim()[0], b"".join(w), why)


# ---- transcripts without secrets -----------------------------------------------------------------


def answering(monkeypatch, c: bytes):
    """Both verifiers' hashes answer with this challenge: the oracle that a simulator programs."""
    monkeypatch.setattr(nbr, "H", lambda *_fields: number(c))
    for module in (product_proofs, product_guardians):
        monkeypatch.setattr(module, "hash_to_scalar", lambda *_fields: c)


def test_a_statement_written_without_value_and_randomness(monkeypatch):
    draw = scalars("nobody's home")
    w = [nbr.written([nbr.times_base(draw(i))])[0] for i in range(2 * SLOTS)]
    w += [short(draw(i)) for i in range(2 * SLOTS, 5 * SLOTS + 2)]
    message, meter = b"".join(w), meter_of(3)
    both_refuse(golden_round(), meter, message, "no proof")
    answering(monkeypatch, w[2 * SLOTS])
    both_accept(golden_round(), meter, message)
    w[0] = plus(w[0], TWO)
    both_refuse(golden_round(), meter, b"".join(w), "subgroup")


def test_the_honest_share_written_from_the_sum_and_the_others_secrets(monkeypatch):
    """All guardians but one know the result: D, challenge and response of the one, accepted by both verifiers."""
    secrets, keys, Y = guardians()
    _, frozen, shares, _ = fresh_day()
    honest, known = 1, frozen_dict(frozen)
    numbers = _opened(known, [share_dict(s) for s in shares])
    D = []
    for P, Q, v in zip(known["P"], known["Q"], numbers, strict=True):
        left = nbr.add(nbr.on_curve(P), nbr.minus(nbr.times_base(v)))
        for i in (0, 2):
            left = nbr.add(left, nbr.minus(nbr.times(number(secrets[i].x), Q)))
        D += nbr.written([left])
    assert list(shares[honest].parts) == D
    draw = scalars("nobody's share")
    made = {"i": honest, "D": D, "c": short(draw(0)), "z": short(draw(1))}
    theirs = Share(ROUND["epoch"], ROUND["cohort"], ROUND["day"], honest, tuple(D), made["c"], made["z"])
    with pytest.raises(Refused, match="no proof"):
        nbr.check_share(ROUND, known, Y, keys[honest].key, made)
    with pytest.raises(VerificationError):
        verify_share(theirs, products(ROUND), frozen, Y, keys[honest].key)
    answering(monkeypatch, made["c"])
    nbr.check_share(ROUND, known, Y, keys[honest].key, made)
    verify_share(theirs, products(ROUND), frozen, Y, keys[honest].key)
    every = [share_dict(shares[0]), made, share_dict(shares[2])]
    nbr.check_opening(ROUND, S, known, every, numbers)


def _opened(known, shares) -> list[int]:
    result = open_day(fresh_day()[1], fresh_day()[2], 3, S)
    numbers = [*result.bins, result.total_wh]
    nbr.check_opening(ROUND, S, known, shares, numbers)
    return numbers
