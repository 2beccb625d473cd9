"""Encrypted zeros and ones with the proof that they are: one message, one challenge for all slots.

Exponential ElGamal (Cramer, Gennaro, Schoenmakers 1997), a 0/1 OR-proof a slot (Cramer, Damgård, Schoenmakers
1994), a Chaum–Pedersen proof for one linear sum of the slots, made non-interactive together (strong
Fiat–Shamir: the hash covers context, key, ciphertexts and commitments; Bernhard, Pereira, Warinschi 2012).
Here: what days and load shapes have in common. Not here: which sum is proven (``neighbours.dayproof``,
``neighbours.shape``). Source: protocol/neighbours, lines 10 to 15.

A message of S slots, 160·S + 64 bytes: S times C1 ‖ C2, then c, then S times c0 ‖ z0 ‖ z1, then z′.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.group import (
    BASE,
    IDENTITY,
    ZERO,
    Draw,
    FieldRefused,
    add,
    base,
    fresh_scalar,
    hash_to_nonce,
    hash_to_scalar,
    minus,
    mul,
    mul_received,
    plus,
    scalar,
    scalar_of,
    sub,
    times,
    u64,
)

SEED_BYTES = 32
_PIECE = 32


class ProofRefused(VerificationError):
    """The proof does not hold: the values are not what they must be, or belong elsewhere."""


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """(C1, C2) = (rB, mB + rY)."""

    c1: bytes
    c2: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A slot's part of the proof; the second challenge is c − c0."""

    c0: bytes
    z0: bytes
    z1: bytes


@dataclass(frozen=True, slots=True)
class SlotMessage:
    """A message taken apart. Nothing about it is checked but its length."""

    ciphertexts: tuple[Ciphertext, ...]
    challenge: bytes
    answers: tuple[Answer, ...]
    response: bytes

    def to_bytes(self) -> bytes:
        """The message; see the top of this file."""
        pairs = b"".join(c.c1 + c.c2 for c in self.ciphertexts)
        answers = b"".join(a.c0 + a.z0 + a.z1 for a in self.answers)
        return pairs + self.challenge + answers + self.response

    @classmethod
    def from_bytes(cls, data: bytes, slots: int) -> SlotMessage:
        """The message of so many slots. Raises FieldRefused for another length."""
        if len(data) != message_bytes(slots):
            raise FieldRefused("message", f"{len(data)} bytes, {message_bytes(slots)} are needed")
        pieces = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
        pairs, proof = pieces[: 2 * slots], pieces[2 * slots + 1 : -1]
        return cls(
            tuple(map(Ciphertext, pairs[::2], pairs[1::2])),
            pieces[2 * slots],
            tuple(map(Answer, proof[::3], proof[1::3], proof[2::3])),
            pieces[-1],
        )


def message_bytes(slots: int) -> int:
    """160·S + 64."""
    return 160 * slots + 64


# ---- proving -------------------------------------------------------------------------------------


def nonces(seed: bytes, slots: int) -> list[bytes]:
    """r_j = BLAKE2b-512("r" ‖ j, key = seed) mod L (line 10): the same for ever, from 32 bytes kept.

    Raises ValueError for a seed of another length.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed is {SEED_BYTES} bytes, not {len(seed)}")
    return [hash_to_nonce(b"r" + u64(j), seed) for j in range(slots)]


def encrypt(bits: Sequence[int], rs: Sequence[bytes], joint_key: bytes) -> tuple[Ciphertext, ...]:
    """C1 = rB, C2 = mB + rY. A zero is added like a one, so that the time says nothing."""
    plain = (IDENTITY, BASE)
    return tuple(Ciphertext(base(r), add(plain[m], mul(r, joint_key))) for m, r in zip(bits, rs, strict=True))


@dataclass(frozen=True, slots=True)
class SlotSecret:
    """What a prover remembers of a slot until the challenge is known."""

    bit: int = field(repr=False)
    r: bytes = field(repr=False)
    k: bytes = field(repr=False)
    false_challenge: bytes = field(repr=False)
    false_response: bytes = field(repr=False)

    def answer(self, challenge: bytes) -> Answer:
        """c_m = c − c_f, z_m = k + c_m·r; both branches in order (line 14)."""
        true_challenge = minus(challenge, self.false_challenge)
        true_response = plus(self.k, times(true_challenge, self.r))
        if self.bit:
            return Answer(self.false_challenge, self.false_response, true_response)
        return Answer(true_challenge, true_response, self.false_response)


def commit(
    bits: Sequence[int], rs: Sequence[bytes], joint_key: bytes, draw: Draw
) -> tuple[list[SlotSecret], list[bytes]]:
    """The secrets of all slots and their commitments A0, B0, A1, B1 in order (line 11).

    The false branch is computed from what
    the prover knows: with a = z_f − c_f·r it is A_f = aB and B_f = aY + c_f(f − m)B, which are the points of
    line 11 at the price of one multiplication instead of three.
    """
    secrets, commitments = list[SlotSecret](), list[bytes]()
    for m, r in zip(bits, rs, strict=True):
        secret = SlotSecret(m, r, fresh_scalar(draw), fresh_scalar(draw), fresh_scalar(draw))
        a = minus(secret.false_response, times(secret.false_challenge, r))
        shift = base(secret.false_challenge)
        of_a = mul(a, joint_key)
        true = (base(secret.k), mul(secret.k, joint_key))
        false = (base(a), sub(of_a, shift) if m else add(of_a, shift))
        commitments += (*false, *true) if m else (*true, *false)
        secrets.append(secret)
    return secrets, commitments


def prove(
    tag: str, context: bytes, joint_key: bytes, bits: Sequence[int], weights: Sequence[int], seed: bytes,
    draw: Draw,
) -> bytes:  # fmt: skip
    """The message of these slots with the proof that Σ weight·slot is what the verifier will take it to be.

    ``draw`` gives 64 bytes a scalar: k, c_f, z_f of each slot in turn, then k′. Ill-formed slots (another sum)
    are proven as readily, and refused by everyone. Raises ValueError for a seed of another length.
    """
    rs = nonces(seed, len(bits))
    ciphertexts = encrypt(bits, rs, joint_key)
    secrets, commitments = commit(bits, rs, joint_key, draw)
    k = fresh_scalar(draw)
    commitments += (base(k), mul(k, joint_key))
    challenge = challenge_of(tag, context, joint_key, ciphertexts, commitments)
    weighted = ZERO
    for weight, r in zip(weights, rs, strict=True):
        weighted = plus(weighted, times(scalar_of(weight), r))
    answers = tuple(secret.answer(challenge) for secret in secrets)
    return SlotMessage(ciphertexts, challenge, answers, plus(k, times(challenge, weighted))).to_bytes()


# ---- verifying -----------------------------------------------------------------------------------


def slot_commitments(message: SlotMessage, joint_key: bytes) -> list[bytes]:
    """A_b = z_b·B − c_b·C1 and B_b = z_b·Y − c_b(C2 − bB) of every slot, in order (line 15).

    All scalars are checked before the first group operation, every point by its first multiplication.
    ``joint_key`` must be a proper point. Raises FieldRefused.
    """
    scalar(message.challenge, "c")
    scalar(message.response, "z′")
    for j, a in enumerate(message.answers):
        scalar(a.c0, f"c0 of slot {j}")
        scalar(a.z0, f"z0 of slot {j}")
        scalar(a.z1, f"z1 of slot {j}")
    commitments = list[bytes]()
    for j, (c, a) in enumerate(zip(message.ciphertexts, message.answers, strict=True)):
        c1 = minus(message.challenge, a.c0)
        commitments += (
            sub(base(a.z0), mul_received(a.c0, c.c1, f"C1 of slot {j}")),
            sub(mul(a.z0, joint_key), mul_received(a.c0, c.c2, f"C2 of slot {j}")),
            sub(base(a.z1), mul(c1, c.c1)),
            sub(mul(a.z1, joint_key), mul(c1, sub(c.c2, BASE))),
        )
    return commitments


def sum_commitments(message: SlotMessage, joint_key: bytes, c1: bytes, c2: bytes) -> tuple[bytes, bytes]:
    """z′B − c·C1 and z′Y − c·C2 for the sum's ciphertext, what it must hold taken off C2 (line 12)."""
    c, z = message.challenge, message.response
    return sub(base(z), mul(c, c1)), sub(mul(z, joint_key), mul(c, c2))


def challenge_of(
    tag: str,
    context: bytes,
    joint_key: bytes,
    ciphertexts: Iterable[Ciphertext],
    commitments: Iterable[bytes],
) -> bytes:
    """c = H(tag, ctx, Y, C1 and C2 of each slot in turn, all commitments in order) (line 13)."""
    pairs = (part for c in ciphertexts for part in (c.c1, c.c2))
    return hash_to_scalar(tag, context, joint_key, *pairs, *commitments)
