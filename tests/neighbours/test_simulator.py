"""Privacy as a program: who knows the sum and a coalition's secrets can write everything else down himself.

What is shown. (1) The coalition of all guardians but one, knowing the sum, computes the honest guardian's D
without her secret, byte for byte what she posts; so her share tells it nothing but the sum. (2) Given D, the
proof's transcript for any challenge is written without the secret, and the verifier's own code accepts it once
the hash answers with that challenge (the random-oracle model of Fiat–Shamir); so the proof tells it nothing more
either. (3) The same for a home's statement, around ciphertexts of which the simulator knows neither value nor
randomness; with the real hash exactly these transcripts are refused, which is what makes the proof a proof.
(4) With all homes in the coalition but two, two worlds in which those two have swapped days (or differ with the
same sum) open to equal bytes wherever the result is public. What is not shown, and cannot be by running: that
ciphertexts of zero and one cannot be told apart (decisional Diffie–Hellman), and that the hash behaves like a
random oracle. What a coalition always learns stays true: all homes but one learn the last one from the sum.
"""

from __future__ import annotations

import pytest

from ohmstead.neighbours import guardians, proofs
from ohmstead.neighbours.dayproof import verify_day
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.group import base, fresh_scalar, mul, random_bytes, scalar_of, sub, total
from ohmstead.neighbours.guardians import ShareRefused, prove_share, verify_share
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.opening import check_day, open_day
from ohmstead.neighbours.proofs import Answer, Ciphertext, ProofRefused, SlotMessage
from ohmstead.neighbours.tally import Frozen, close_day
from tests.neighbours.cohort import (
    COHORT,
    DAY,
    EPOCH,
    GUARDIANS,
    IMPORTS_WH,
    ROUND,
    S,
    consortium,
    encrypted,
    frozen,
    meter_id,
    shares,
)

HONEST = 1  # the guardian that the coalition has not bought
SLOTS = 16 + S


def simulated_parts(sums: Frozen, values: tuple[int, ...], coalition: dict[int, bytes]) -> tuple[bytes, ...]:
    """The honest guardian's D from the public sums, the public result and the other guardians' secrets."""
    return tuple(
        sub(sub(p, base(scalar_of(v))), total(mul(x, q) for x in coalition.values()))
        for q, p, v in zip(sums.q, sums.p, values, strict=True)
    )


def coalition() -> dict[int, bytes]:
    return {s.guardian: s.x for s in consortium().secrets if s.guardian != HONEST}


def result() -> tuple[int, ...]:
    plain = plain_day(IMPORTS_WH, S)
    return (*plain.bins, plain.total_wh)


def simulated_share() -> Share:
    """D from the sum, challenge and response drawn first."""
    parts = simulated_parts(frozen(), result(), coalition())
    c, z = fresh_scalar(random_bytes), fresh_scalar(random_bytes)
    return Share(EPOCH, COHORT, DAY, HONEST, parts, c, z)


def test_the_honest_share_follows_from_the_sum_and_the_coalition_s_secrets() -> None:
    real = shares()[HONEST]
    assert simulated_parts(frozen(), result(), coalition()) == real.parts
    others = [s for s in shares() if s.guardian != HONEST]
    assert check_day(frozen(), [*others, simulated_share()], GUARDIANS, S, result()) == plain_day(
        IMPORTS_WH, S
    )


def test_the_honest_share_s_proof_is_written_without_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    c, share = consortium(), simulated_share()
    with pytest.raises(ShareRefused):  # the real hash answers with another challenge
        verify_share(share, ROUND, frozen(), c.joint, c.keys[HONEST].key)
    asked: list[tuple[bytes, ...]] = []

    def oracle(tag: str, *fields: bytes) -> bytes:
        asked.append(fields)
        return share.challenge

    monkeypatch.setattr(guardians, "hash_to_scalar", oracle)
    verify_share(share, ROUND, frozen(), c.joint, c.keys[HONEST].key)
    commitments = asked[0][-18:]
    assert commitments[0] == sub(base(share.response), mul(share.challenge, c.keys[HONEST].key))
    assert len(set(commitments)) == 18


def test_a_statement_s_proof_is_written_without_value_and_randomness(monkeypatch: pytest.MonkeyPatch) -> None:
    def point() -> bytes:
        return base(fresh_scalar(random_bytes))

    def number() -> bytes:
        return fresh_scalar(random_bytes)

    pairs = tuple(Ciphertext(point(), point()) for _ in range(SLOTS))
    answers = tuple(Answer(number(), number(), number()) for _ in range(SLOTS))
    made = SlotMessage(pairs, number(), answers, number())
    meter, joint = meter_id(0), consortium().joint
    with pytest.raises(ProofRefused):
        verify_day(ROUND, meter, joint, S, made.to_bytes())
    monkeypatch.setattr(proofs, "hash_to_scalar", lambda tag, *fields: made.challenge)
    assert verify_day(ROUND, meter, joint, S, made.to_bytes()) == made


@pytest.mark.parametrize(
    ("first", "second"), [((1_000, 30_000), (30_000, 1_000)), ((2_100, 2_300), (2_050, 2_350))]
)
def test_two_honest_homes_hide_in_each_other(first: tuple[int, int], second: tuple[int, int]) -> None:
    """Two worlds that differ in the two honest homes alone, with one sum: all that is opened is equal."""
    joint, coalition_homes = consortium().joint, list(IMPORTS_WH[:13])
    seen = []
    for honest in (first, second):
        sums = close_day(encrypted([*coalition_homes, *honest], S, joint), S, 15)
        assert isinstance(sums, Frozen)
        real = [prove_share(s, ROUND, sums, joint) for s in consortium().secrets]
        opened = open_day(sums, real, GUARDIANS, S)
        values = (*opened.bins, opened.total_wh)
        assert simulated_parts(sums, values, coalition()) == real[HONEST].parts
        # The homes use the same seeds in both worlds, so U, Q and every D are equal as bytes; W is what hides.
        seen.append((opened, sums.q, [s.parts for s in real], sums.p))
    assert seen[0] == seen[1]
