"""Guardians: no key without its secret, no share but of the frozen sums."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.neighbours.group import (
    BASE,
    IDENTITY,
    OUTSIDE,
    ZERO,
    FieldRefused,
    L,
    add,
    base,
    minus,
    mul,
    negative,
    plus,
    random_bytes,
    scalar_of,
    sub,
    times,
    total,
)
from ohmstead.neighbours.guardians import (
    GuardianSecret,
    JointKeyRefused,
    KeyProofRefused,
    ShareRefused,
    check_key,
    joint_key,
    make_key,
    prove_share,
    verify_share,
)
from ohmstead.neighbours.messages import GuardianKey, Share
from ohmstead.neighbours.rounds import Round
from tests.neighbours.cohort import (
    COHORT,
    DAY,
    EPOCH,
    GENESIS,
    GUARDIANS,
    ROUND,
    SHAPE_ROUND,
    consortium,
    frozen,
    shares,
    stream,
)

MIXED = OUTSIDE[0][1]


def checked(share: Share, round_: Round = ROUND, guardian: int = 1) -> None:
    c = consortium()
    verify_share(share, round_, frozen(), c.joint, c.keys[guardian].key)


# ---- keys ----------------------------------------------------------------------------------------


def test_keys_and_the_joint_key_hold() -> None:
    c = consortium()
    for key in c.keys:
        check_key(GENESIS, key, GUARDIANS)
    assert joint_key(GENESIS, EPOCH, reversed(c.keys), GUARDIANS) == c.joint
    whole = ZERO
    for secret in c.secrets:
        whole = plus(whole, secret.x)
    assert base(whole) == c.joint


def test_a_fresh_key_holds_and_hides_its_secret() -> None:
    secret, key = make_key(GENESIS, EPOCH, 0, 1)
    assert joint_key(GENESIS, EPOCH, [key], 1) == secret.public
    assert secret.x.hex() not in repr(secret)
    assert repr(secret.x) not in repr(secret)


KEY = consortium().keys[1]


@pytest.mark.parametrize("bad", [
    replace(KEY, epoch=EPOCH + 1), replace(KEY, guardian=2), replace(KEY, guardian=3),
    replace(KEY, key=add(KEY.key, BASE)), replace(KEY, key=negative(KEY.key)),
    replace(KEY, key=consortium().keys[0].key), replace(KEY, challenge=plus(KEY.challenge, scalar_of(1))),
    replace(KEY, response=plus(KEY.response, scalar_of(1))), replace(KEY, challenge=ZERO),
    replace(KEY, challenge=ZERO, response=ZERO), replace(KEY, response=ZERO),
])  # fmt: skip
def test_every_field_of_a_key_counts(bad: GuardianKey) -> None:
    with pytest.raises(KeyProofRefused):
        check_key(GENESIS, bad, GUARDIANS)


def test_a_key_holds_for_its_ledger_and_consortium_alone() -> None:
    with pytest.raises(KeyProofRefused):
        check_key(bytes(32), KEY, GUARDIANS)
    with pytest.raises(KeyProofRefused):
        check_key(GENESIS, KEY, GUARDIANS + 1)


@pytest.mark.parametrize("bad", [
    replace(KEY, key=IDENTITY), replace(KEY, key=ZERO), replace(KEY, key=MIXED),
    replace(KEY, key=add(KEY.key, MIXED)), replace(KEY, key=dict(OUTSIDE)["an encoding with y = p + 1"]),
    replace(KEY, challenge=(int.from_bytes(KEY.challenge, "little") + L).to_bytes(32, "little")),
    replace(KEY, response=(int.from_bytes(KEY.response, "little") + L).to_bytes(32, "little")),
])  # fmt: skip
def test_malformed_fields_of_a_key_are_refused(bad: GuardianKey) -> None:
    with pytest.raises(FieldRefused, match="guardian 1"):
        check_key(GENESIS, bad, GUARDIANS)


@pytest.mark.parametrize("proof", ["its own", "of a known key", "simulated"])
def test_a_key_that_cancels_the_others_has_no_proof(proof: str) -> None:
    """X_n = X′ − ΣX_i would make the joint key X′, whose secret the last guardian alone holds."""
    others = consortium().keys[:2]
    mine, known = make_key(GENESIS, EPOCH, 2, GUARDIANS, stream("rogue"))
    rogue = sub(mine.public, total(k.key for k in others))
    assert total([*(k.key for k in others), rogue]) == mine.public
    key = {
        "its own": replace(known, key=rogue),
        "of a known key": replace(others[0], guardian=2, key=rogue),
        "simulated": GuardianKey(EPOCH, 2, rogue, scalar_of(77), scalar_of(78)),
    }[proof]
    with pytest.raises(KeyProofRefused, match="guardian 2"):
        joint_key(GENESIS, EPOCH, [*others, key], GUARDIANS)


def test_keys_that_cancel_each_other_make_no_joint_key() -> None:
    secret, key = make_key(GENESIS, EPOCH, 0, 2, stream("one"))
    # Both secrets known to one person: both proofs are good, and the joint key would be the identity.
    x, k = minus(ZERO, secret.x), scalar_of(5)
    draws = iter((x + bytes(32), k + bytes(32)))
    _, opposite = make_key(GENESIS, EPOCH, 1, 2, lambda n: next(draws))
    assert opposite.key == negative(key.key)
    check_key(GENESIS, opposite, 2)
    with pytest.raises(JointKeyRefused, match="cancel"):
        joint_key(GENESIS, EPOCH, [key, opposite], 2)


def test_a_joint_key_needs_every_guardian_once_and_of_this_epoch() -> None:
    a, b, c = consortium().keys
    for keys in ([], [a, b], [a, b, b], [a, b, c, c], [a, a, a]):
        with pytest.raises(JointKeyRefused, match="once"):
            joint_key(GENESIS, EPOCH, keys, GUARDIANS)
    with pytest.raises(JointKeyRefused, match="one key"):
        joint_key(GENESIS, EPOCH, [a, b, replace(a, guardian=2)], GUARDIANS)
    with pytest.raises(JointKeyRefused, match="epoch"):
        joint_key(GENESIS, EPOCH + 1, [a, b, c], GUARDIANS)


@pytest.mark.parametrize(("guardian", "of", "epoch"), [(-1, 3, 1), (3, 3, 1), (0, 33, 1), (0, 1, -1)])
def test_a_guardian_is_one_of_a_few(guardian: int, of: int, epoch: int) -> None:
    with pytest.raises(ValueError, match="guardian"):
        make_key(GENESIS, epoch, guardian, of)


# ---- shares --------------------------------------------------------------------------------------


SHARE = shares()[1]


def test_shares_hold() -> None:
    for i, share in enumerate(shares()):
        checked(share, guardian=i)
        assert share.parts == tuple(mul(consortium().secrets[i].x, q) for q in frozen().q)


@pytest.mark.parametrize("part", range(17))
def test_every_part_of_a_share_counts(part: int) -> None:
    parts = list(SHARE.parts)
    parts[part] = add(parts[part], BASE)
    with pytest.raises(ShareRefused):
        checked(replace(SHARE, parts=tuple(parts)))


@pytest.mark.parametrize("bad", [
    replace(SHARE, epoch=EPOCH + 1), replace(SHARE, cohort="other-street"), replace(SHARE, day=DAY + 1),
    replace(SHARE, day=None), replace(SHARE, guardian=0), replace(SHARE, parts=SHARE.parts[:16]),
    replace(SHARE, parts=SHARE.parts[1:] + SHARE.parts[:1]), replace(SHARE, parts=frozen().q),
    replace(SHARE, challenge=plus(SHARE.challenge, scalar_of(1))), replace(SHARE, challenge=ZERO),
    replace(SHARE, response=plus(SHARE.response, scalar_of(1))), replace(SHARE, response=ZERO),
    replace(SHARE, challenge=ZERO, response=ZERO), replace(shares()[0], guardian=1),
])  # fmt: skip
def test_every_other_field_of_a_share_counts(bad: Share) -> None:
    with pytest.raises(ShareRefused):
        checked(bad)


@pytest.mark.parametrize("bad", [IDENTITY, ZERO, MIXED, add(SHARE.parts[3], MIXED)])
@pytest.mark.parametrize("challenge", [SHARE.challenge, ZERO])
def test_a_part_that_is_no_point_is_refused_by_name(bad: bytes, challenge: bytes) -> None:
    parts = (*SHARE.parts[:3], bad, *SHARE.parts[4:])
    with pytest.raises(FieldRefused, match="D3"):
        checked(replace(SHARE, parts=parts, challenge=challenge))


def test_unreduced_scalars_of_a_share_are_refused() -> None:
    def unreduced(field: bytes) -> bytes:
        return (int.from_bytes(field, "little") + L).to_bytes(32, "little")

    for bad in (
        replace(SHARE, challenge=unreduced(SHARE.challenge)),
        replace(SHARE, response=unreduced(SHARE.response)),
    ):
        with pytest.raises(FieldRefused):
            checked(bad)


@pytest.mark.parametrize("round_", [
    Round(bytes(32), COHORT, EPOCH, DAY), Round(GENESIS, "other-street", EPOCH, DAY),
    Round(GENESIS, COHORT, EPOCH, DAY + 1), Round.of_day(GENESIS, COHORT, DAY + 30), SHAPE_ROUND,
], ids=["genesis", "cohort", "day", "epoch", "shape"])  # fmt: skip
def test_a_share_holds_for_its_round_alone(round_: Round) -> None:
    moved = replace(SHARE, epoch=round_.epoch, cohort=round_.cohort, day=round_.day)
    with pytest.raises(ShareRefused):
        checked(moved, round_)


@pytest.mark.parametrize("change", ["root", "n", "q"])
def test_a_share_holds_for_these_sums_alone(change: str) -> None:
    other = {
        "root": replace(frozen(), root=bytes(32)),
        "n": replace(frozen(), n=16),
        "q": replace(frozen(), q=(add(frozen().q[0], BASE), *frozen().q[1:])),
    }[change]
    c = consortium()
    with pytest.raises(ShareRefused):
        verify_share(SHARE, ROUND, other, c.joint, c.keys[1].key)
    made = prove_share(c.secrets[1], ROUND, other, c.joint, stream("other"))
    with pytest.raises(ShareRefused):
        checked(made)


def test_a_share_holds_under_its_joint_key_and_its_own_key_alone() -> None:
    c = consortium()
    with pytest.raises(ShareRefused):
        verify_share(SHARE, ROUND, frozen(), add(c.joint, BASE), c.keys[1].key)
    with pytest.raises(ShareRefused):
        verify_share(SHARE, ROUND, frozen(), c.joint, c.keys[2].key)


def test_a_guardian_works_on_proper_sums_of_its_epoch_alone() -> None:
    c = consortium()
    with pytest.raises(ShareRefused):
        prove_share(c.secrets[0], Round.of_day(GENESIS, COHORT, DAY + 30), frozen(), c.joint)
    with pytest.raises(ShareRefused):
        prove_share(c.secrets[0], SHAPE_ROUND, frozen(), c.joint)
    broken = replace(frozen(), q=(IDENTITY, *frozen().q[1:]))
    with pytest.raises(FieldRefused, match="identity"):
        prove_share(c.secrets[0], ROUND, broken, c.joint)


def test_a_share_survives_randomness_that_fails() -> None:
    """The same draw for two sums still gives two nonces: no secret can be solved for."""
    c, other = consortium(), replace(frozen(), root=bytes(32))
    same = [prove_share(c.secrets[0], ROUND, f, c.joint, lambda n: bytes(n)) for f in (frozen(), other)]
    # z − cx
    k = [minus(s.response, times(s.challenge, c.secrets[0].x)) for s in same]
    assert k[0] != k[1]
    assert prove_share(c.secrets[0], ROUND, frozen(), c.joint, random_bytes) != same[0]


def test_a_secret_is_bound_to_its_epoch() -> None:
    s = consortium().secrets[0]
    moved = GuardianSecret(EPOCH + 1, s.guardian, s.public, s.x)
    with pytest.raises(ShareRefused, match="epoch"):
        prove_share(moved, ROUND, frozen(), consortium().joint)
