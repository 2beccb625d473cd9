"""One home's day: encrypted, proven well-formed, verified.

S slots of zero or one, of which the K bins hold exactly one. Not here: the summing (``neighbours.tally``), who
may state and when (``contract``), keeping seed and message safe before they are sent (the meter).
Source: protocol/neighbours, lines 9 to 15 and 26.
"""

from __future__ import annotations

from ohmstead.neighbours.group import BASE, Draw, random_bytes, sub, total
from ohmstead.neighbours.proofs import (
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
from ohmstead.neighbours.rounds import BINS, Round, RoundMalformed, bin_bits
from ohmstead.neighbours.slots import slot_count, slots_of

TAG = "state"


def day_bytes(s: int) -> int:
    """The length of a day's message: 4 384, 4 544 or 4 704 bytes."""
    return message_bytes(slot_count(s))


def prove_day(
    round_: Round, meter: bytes, joint_key: bytes, import_wh: int, s: int, seed: bytes,
    draw: Draw = random_bytes,
) -> bytes:  # fmt: skip
    """The message that states a day's import (Wh, capped here) under the guardians' joint key.

    ``seed`` (32 fresh bytes) is kept for ever: it re-encrypts the message. ``draw`` gives the proof's
    randomness (``proofs.prove``). Never called twice for one (meter, day): the finished message is kept and
    sent again unchanged. Raises RoundMalformed, ValueError.
    """
    weights = (1,) * BINS + (0,) * bin_bits(s)
    return prove(TAG, _context(round_, meter), joint_key, slots_of(import_wh, s), weights, seed, draw)


def verify_day(round_: Round, meter: bytes, joint_key: bytes, s: int, data: bytes) -> SlotMessage:
    """The message taken apart, once its proof holds for this meter, round and key (line 15).

    ``joint_key`` must come from ``guardians.joint_key``. Raises FieldRefused (length, a point, a scalar),
    ProofRefused, RoundMalformed.
    """
    context = _context(round_, meter)
    message = SlotMessage.from_bytes(data, slot_count(s))
    commitments = slot_commitments(message, joint_key)
    bins = message.ciphertexts[:BINS]
    one = sub(total(c.c2 for c in bins), BASE)
    commitments += sum_commitments(message, joint_key, total(c.c1 for c in bins), one)
    if message.challenge != challenge_of(TAG, context, joint_key, message.ciphertexts, commitments):
        raise ProofRefused(f"meter {meter.hex()}, {round_.name}", "the proof does not hold")
    return message


def check_own_day(data: bytes, joint_key: bytes, import_wh: int, s: int, seed: bytes) -> None:
    """That a message encrypts this import under this seed: the app's check of its own leaf (line 26).

    Raises FieldRefused for another length, ProofRefused where a ciphertext differs.
    """
    message = SlotMessage.from_bytes(data, slot_count(s))
    bits = slots_of(import_wh, s)
    if message.ciphertexts != encrypt(bits, nonces(seed, len(bits)), joint_key):
        raise ProofRefused("own statement", "does not encrypt the verified readings")


def _context(round_: Round, meter: bytes) -> bytes:
    if round_.day is None:
        raise RoundMalformed("a day is needed here, not a load shape")
    return round_.context(meter)
