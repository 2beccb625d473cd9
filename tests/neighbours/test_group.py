"""The group's traps: what must be refused, what must be answered although libsodium raises."""

from __future__ import annotations

import nacl.bindings as sodium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.keys import UnsafeCryptography
from ohmstead.neighbours import group
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
    scalar_of,
)

P = 2**255 - 19
GOOD = base(scalar_of(123_456_789))
BAD_POINTS = {
    "identity": IDENTITY,
    "no bytes": b"",
    "31 bytes": GOOD[:31],
    "33 bytes": GOOD + b"\0",
    "off the curve": (2).to_bytes(32, "little"),
    "y = p + 3": (P + 3).to_bytes(32, "little"),
    "all ones": b"\xff" * 32,
    "identity, sign set": IDENTITY[:31] + b"\x80",
    **dict(OUTSIDE),
    **{f"proper point + {name}": add(GOOD, e) for name, e in OUTSIDE if add(GOOD, e) != GOOD},
}


@pytest.mark.parametrize("name", BAD_POINTS)
@pytest.mark.parametrize("k", [0, 1, 2, 8, L - 1])
def test_a_bad_point_is_refused_checked_or_multiplied(name: str, k: int) -> None:
    with pytest.raises(FieldRefused, match="C1 of slot 3"):
        group.point(BAD_POINTS[name], "C1 of slot 3")
    with pytest.raises(FieldRefused, match="C1 of slot 3"):
        group.mul_received(scalar_of(k), BAD_POINTS[name], "C1 of slot 3")


@settings(max_examples=300)
@given(st.binary(min_size=32, max_size=32), st.integers(1, L - 1))
def test_multiplication_admits_exactly_the_points_that_the_check_admits(data: bytes, k: int) -> None:
    def admitted(data: bytes) -> bool:
        try:
            group.mul_received(scalar_of(k), data, "point")
        except FieldRefused:
            return False
        return True

    assert admitted(data) == sodium.crypto_core_ed25519_is_valid_point(data)
    for _, outside in OUTSIDE:
        mixed = add(base(scalar_of(k)), outside)
        assert admitted(mixed) == sodium.crypto_core_ed25519_is_valid_point(mixed)


@pytest.mark.parametrize("n", [L, L + 1, 2**253, 2**255, 2**256 - 1])
def test_an_unreduced_scalar_is_refused(n: int) -> None:
    with pytest.raises(FieldRefused, match="z0"):
        group.scalar(n.to_bytes(32, "little"), "z0")


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_scalar_has_32_bytes(size: int) -> None:
    with pytest.raises(FieldRefused):
        group.scalar(bytes(size), "z0")


def test_zero_and_identity_are_answered() -> None:
    assert group.scalar(ZERO, "c") == ZERO
    assert mul(ZERO, GOOD) == base(ZERO) == mul(scalar_of(5), IDENTITY) == IDENTITY
    assert group.mul_received(ZERO, GOOD, "C1") == IDENTITY
    assert group.sub(GOOD, GOOD) == IDENTITY
    assert group.total([]) == group.shifted_total([]) == IDENTITY


def test_addition_off_the_curve_is_refused() -> None:
    for operation in (group.add, group.sub):
        with pytest.raises(FieldRefused):
            operation(GOOD, (2).to_bytes(32, "little"))
        with pytest.raises(FieldRefused):
            operation(b"", GOOD)


scalars = st.integers(0, L - 1)


@settings(max_examples=30)
@given(scalars, scalars)
def test_the_group_is_a_group(a: int, b: int) -> None:
    of_a, of_b = base(scalar_of(a)), base(scalar_of(b))
    assert add(of_a, of_b) == base(scalar_of(a + b))
    assert group.sub(of_a, of_b) == add(of_a, group.negative(of_b)) == base(scalar_of(a - b))
    assert mul(scalar_of(a), of_b) == base(group.times(scalar_of(a), scalar_of(b)))
    assert group.plus(scalar_of(a), scalar_of(b)) == scalar_of(a + b)
    assert group.minus(scalar_of(a), scalar_of(b)) == scalar_of(a - b)


def test_sums_of_points() -> None:
    points = [base(scalar_of(n)) for n in (5, 0, 7, 1)]
    assert group.total(points) == base(scalar_of(13))
    assert group.shifted_total(points) == base(scalar_of(5 + 4 * 7 + 8))
    assert base(scalar_of(1)) == BASE
    assert base(scalar_of(L)) == IDENTITY


def test_the_hash_separates_fields_and_tags() -> None:
    h = group.hash_to_scalar
    seen = {h("state", b"ab", b"c"), h("state", b"a", b"bc"), h("state", b"abc"), h("state", b"abc", b""),
            h("shape", b"abc"), h("dec", b"abc")}  # fmt: skip
    assert len(seen) == 6
    assert all(int.from_bytes(c, "little") < L for c in seen)


def test_a_fresh_scalar_is_never_zero() -> None:
    answers = iter((bytes(64), scalar_of(L) + bytes(32), scalar_of(9) + bytes(32)))
    assert group.fresh_scalar(lambda n: next(answers)) == scalar_of(9)
    assert group.fresh_scalar(group.random_bytes) != group.fresh_scalar(group.random_bytes)


def test_the_known_answers_hold_here_and_a_libsodium_without_them_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group.self_test()
    monkeypatch.setattr(sodium, "crypto_scalarmult_ed25519_noclamp", lambda k, p: p)
    with pytest.raises(UnsafeCryptography, match="order"):
        group.self_test()
