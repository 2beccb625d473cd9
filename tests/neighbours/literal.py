"""A prover that writes out lines 10 to 14 of the rule letter by letter, and does not mind what it encrypts.

With zeros and ones it is the oracle of ``neighbours.proofs.prove``, which computes the same points more cheaply;
with any other number it is a liar that follows every step it can: one branch simulated, the other answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.neighbours.group import (
    Draw,
    add,
    base,
    fresh_scalar,
    hash_to_scalar,
    minus,
    mul,
    plus,
    scalar_of,
    sub,
    times,
)
from ohmstead.neighbours.proofs import Answer, Ciphertext, SlotMessage, nonces


def prove(
    tag: str,
    context: bytes,
    joint: bytes,
    numbers: Sequence[int],
    weights: Sequence[int],
    seed: bytes,
    draw: Draw,
) -> bytes:
    """The message that claims a one wherever ``numbers`` has a positive number, a zero elsewhere."""
    rs = nonces(seed, len(numbers))
    pairs, secrets, hashed = [], [], list[bytes]()
    for number, r in zip(numbers, rs, strict=True):
        m = int(number > 0)
        f = 1 - m
        c1, c2 = base(r), add(base(scalar_of(number)), mul(r, joint))
        k, c_f, z_f = fresh_scalar(draw), fresh_scalar(draw), fresh_scalar(draw)
        a_f = sub(base(z_f), mul(c_f, c1))
        b_f = sub(mul(z_f, joint), mul(c_f, sub(c2, base(scalar_of(f)))))
        true, false = (base(k), mul(k, joint)), (a_f, b_f)
        hashed += (*false, *true) if m else (*true, *false)
        pairs.append(Ciphertext(c1, c2))
        secrets.append((m, k, c_f, z_f))
    k_sum = fresh_scalar(draw)
    hashed += (base(k_sum), mul(k_sum, joint))
    flat = [part for pair in pairs for part in (pair.c1, pair.c2)]
    c = hash_to_scalar(tag, context, joint, *flat, *hashed)
    answers = []
    for (m, k, c_f, z_f), r in zip(secrets, rs, strict=True):
        c_m = minus(c, c_f)
        z_m = plus(k, times(c_m, r))
        answers.append(Answer(c_f, z_f, z_m) if m else Answer(c_m, z_m, z_f))
    whole = scalar_of(0)
    for weight, r in zip(weights, rs, strict=True):
        whole = plus(whole, times(scalar_of(weight), r))
    return SlotMessage(tuple(pairs), c, tuple(answers), plus(k_sum, times(c, whole))).to_bytes()
