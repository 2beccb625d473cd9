"""One home's load shape of a month: when it uses energy, not how much; encrypted, proven, verified.

48 values in parts per 255 of the home's own import of the month: 24 local hours of workdays, then 24 of
weekends. Each value is 8 encrypted bits with the OR-proof of a day's slots, and one sum proof says that the
values come to 255, so that one liar can move a cohort's hour by 255/n parts at most. Not here: which local hour
an interval belongs to (the caller's calendar), the summing (``neighbours.tally``).
Source: protocol/neighbours, line 24, completed as follows.

* Slots: value after value, each with its bit 2^0 first: slot 8·v + t is bit t of value v. S = 384.
* ctx is a day's without the day; the tag is "shape"; everything else of lines 10 to 14 is unchanged, the seed
  included: r_j runs over the 384 slots. Commitments: A0, B0, A1, B1 of each slot, then k′B, k′Y.
* The sum's ciphertext is Σ_v Σ_t 2^t (C1, C2) of slot 8v + t; with R = Σ_v Σ_t 2^t·r it is (RB, 255·B + RY).
* Message: 160·384 + 64 = 61 504 bytes, laid out as a day's (``neighbours.proofs``).
* What is added up is cells, not bits: E_v = Σ_t 2^t (C1, C2) of slot 8v + t, 48 ciphertexts a home; so the
  state of a tally is 48 pairs, and no sum of single bits exists that could be opened.
* What is opened is the 48 sums: 0 ≤ value ≤ 255·n and Σ values = 255·n (``neighbours.tally``).
* A home without any import in the month has no shape and states none.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.codec import encode
from ohmstead.core.statements import ID_BYTES
from ohmstead.neighbours.group import Draw, base, random_bytes, scalar_of, shifted_total, sub, total
from ohmstead.neighbours.proofs import (
    Ciphertext,
    ProofRefused,
    SlotMessage,
    challenge_of,
    encrypt,
    message_bytes,
    nonces,
    prove,
    slot_commitments,
    sum_commitments,
)
from ohmstead.neighbours.rounds import SHAPE_COLUMNS, Round, RoundMalformed

TAG = "shape"
PARTS = 255
VALUE_BITS = 8
SHAPE_SLOTS = SHAPE_COLUMNS * VALUE_BITS
SHAPE_BYTES = message_bytes(SHAPE_SLOTS)
#: The leaf [meter, message] of its round's log: every one has this length.
SHAPE_LEAF_BYTES = len(encode([bytes(ID_BYTES), bytes(SHAPE_BYTES)]))
#: The weight of each slot in the sum of 255.
WEIGHTS = tuple(1 << t for t in range(VALUE_BITS)) * SHAPE_COLUMNS


def parts_of(amounts_wh: Sequence[int]) -> tuple[int, ...]:
    """48 amounts in Wh as parts per 255 of their sum, by largest remainder; equal remainders by lower index.

    Raises ValueError for another count, a negative amount, or a home without any import.
    """
    whole = sum(amounts_wh)
    if len(amounts_wh) != SHAPE_COLUMNS or any(a < 0 for a in amounts_wh):
        raise ValueError(f"a load shape is {SHAPE_COLUMNS} amounts, none negative")
    if whole == 0:
        raise ValueError("a month without any import has no shape")
    parts = [PARTS * a // whole for a in amounts_wh]
    by_remainder = sorted(range(SHAPE_COLUMNS), key=lambda v: (-(PARTS * amounts_wh[v] % whole), v))
    for v in by_remainder[: PARTS - sum(parts)]:
        parts[v] += 1
    return tuple(parts)


def bits_of(parts: Sequence[int]) -> tuple[int, ...]:
    """The 384 slots of 48 values from 0 to 255."""
    return tuple(p >> t & 1 for p in parts for t in range(VALUE_BITS))


def prove_shape(
    round_: Round, meter: bytes, joint_key: bytes, amounts_wh: Sequence[int], seed: bytes,
    draw: Draw = random_bytes,
) -> bytes:  # fmt: skip
    """The message that states a month's load shape; seed and ``draw`` as in ``dayproof.prove_day``.

    Raises RoundMalformed, and ValueError for amounts that have no shape.
    """
    bits = bits_of(parts_of(amounts_wh))
    return prove(TAG, _context(round_, meter), joint_key, bits, WEIGHTS, seed, draw)


def verify_shape(round_: Round, meter: bytes, joint_key: bytes, data: bytes) -> tuple[Ciphertext, ...]:
    """The 48 cells that the tally adds, once the proof holds for this meter, round and key.

    ``joint_key`` must come from ``guardians.joint_key``. About 0.35 s. Raises FieldRefused, ProofRefused,
    RoundMalformed.
    """
    context = _context(round_, meter)
    message = SlotMessage.from_bytes(data, SHAPE_SLOTS)
    commitments = slot_commitments(message, joint_key)
    cells = fold_cells(message)
    whole = sub(total(c.c2 for c in cells), base(scalar_of(PARTS)))
    commitments += sum_commitments(message, joint_key, total(c.c1 for c in cells), whole)
    if message.challenge != challenge_of(TAG, context, joint_key, message.ciphertexts, commitments):
        raise ProofRefused(f"meter {meter.hex()}, {round_.name}", "the proof does not hold")
    return cells


def cells_of(data: bytes) -> tuple[Ciphertext, ...]:
    """The cells of a message that was verified before. Raises FieldRefused for another length."""
    return fold_cells(SlotMessage.from_bytes(data, SHAPE_SLOTS))


def fold_cells(message: SlotMessage) -> tuple[Ciphertext, ...]:
    """E_v = Σ_t 2^t (C1, C2) of slot 8v + t."""
    cells = []
    for at in range(0, SHAPE_SLOTS, VALUE_BITS):
        bits = message.ciphertexts[at : at + VALUE_BITS]
        cells.append(Ciphertext(shifted_total([c.c1 for c in bits]), shifted_total([c.c2 for c in bits])))
    return tuple(cells)


def check_own_shape(data: bytes, joint_key: bytes, amounts_wh: Sequence[int], seed: bytes) -> None:
    """That a message encrypts these amounts' shape under this seed; as ``dayproof.check_own_day``."""
    message = SlotMessage.from_bytes(data, SHAPE_SLOTS)
    if message.ciphertexts != encrypt(bits_of(parts_of(amounts_wh)), nonces(seed, SHAPE_SLOTS), joint_key):
        raise ProofRefused("own statement", "does not encrypt the verified readings")


def _context(round_: Round, meter: bytes) -> bytes:
    if round_.day is not None:
        raise RoundMalformed("a load shape is of a month, not of a day")
    return round_.context(meter)
