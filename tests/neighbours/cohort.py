"""A small cohort with fixed randomness, for the tests and golden bytes of ``neighbours``.

Three guardians, fifteen homes, s = 11, one day. Everything comes from named streams: draw number i of a stream
is the beginning of SHA-512("ohmstead/nbr/1/test" ‖ name ‖ i as u64 big-endian).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha512

from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.group import Draw
from ohmstead.neighbours.guardians import GuardianSecret, joint_key, make_key, prove_share
from ohmstead.neighbours.messages import GuardianKey, Share
from ohmstead.neighbours.proofs import Ciphertext, SlotMessage, encrypt, nonces
from ohmstead.neighbours.rounds import Round
from ohmstead.neighbours.shape import SHAPE_SLOTS, bits_of, parts_of
from ohmstead.neighbours.slots import slot_count, slots_of
from ohmstead.neighbours.tally import Frozen, RunningTally, close_day

GENESIS = bytes(range(32))
COHORT = "north-street"
DAY = 20_600  # 2026-05-27
EPOCH = 676
S = 11
GUARDIANS = 3
ROUND = Round(GENESIS, COHORT, EPOCH, DAY)
SHAPE_ROUND = Round(GENESIS, COHORT, EPOCH, None)
#: Nothing at all, one bin's edge from both sides, everyday days, the cap and above.
IMPORTS_WH = (
    0,
    1,
    2_047,
    2_048,
    4_311,
    5_902,
    6_143,
    7_777,
    8_190,
    9_004,
    9_999,
    12_345,
    20_480,
    32_767,
    90_000,
)


def stream(name: str) -> Draw:
    """Randomness that is the same for ever."""
    count = 0

    def draw(n: int) -> bytes:
        nonlocal count
        data = sha512(b"ohmstead/nbr/1/test" + name.encode() + count.to_bytes(8, "big")).digest()
        count += 1
        return data[:n]

    return draw


def meter_id(home: int) -> bytes:
    """The id of a test meter."""
    return stream(f"meter {home}")(16)


def seed_of(home: int, what: str = "day") -> bytes:
    """The 32 bytes that a home keeps."""
    return stream(f"seed {what} {home}")(32)


@dataclass(frozen=True)
class Consortium:
    """Guardians of one epoch."""

    secrets: tuple[GuardianSecret, ...]
    keys: tuple[GuardianKey, ...]
    joint: bytes


@cache
def consortium() -> Consortium:
    """The three guardians."""
    made = [make_key(GENESIS, EPOCH, i, GUARDIANS, stream(f"guardian {i}")) for i in range(GUARDIANS)]
    secrets, keys = zip(*made, strict=True)
    return Consortium(secrets, keys, joint_key(GENESIS, EPOCH, keys, GUARDIANS))


@cache
def message(home: int) -> bytes:
    """A home's statement of the day."""
    draw = stream(f"proof {home}")
    return prove_day(ROUND, meter_id(home), consortium().joint, IMPORTS_WH[home], S, seed_of(home), draw)


@cache
def tally() -> RunningTally:
    """All homes added up, unverified: they are our own."""
    whole = RunningTally.of_day(S)
    for home in range(len(IMPORTS_WH)):
        parts = SlotMessage.from_bytes(message(home), slot_count(S)).ciphertexts
        whole = whole.with_statement(meter_id(home), message(home), parts)
    return whole


@cache
def frozen() -> Frozen:
    """The closed day."""
    closed = close_day(tally(), S, len(IMPORTS_WH))
    assert isinstance(closed, Frozen)
    return closed


@cache
def shares() -> tuple[Share, ...]:
    """Every guardian's share of the day."""
    c = consortium()
    return tuple(
        prove_share(secret, ROUND, frozen(), c.joint, stream(f"share {secret.guardian}"))
        for secret in c.secrets
    )


def encrypted(values_wh: list[int], s: int, joint: bytes) -> RunningTally:
    """A tally of homes without their proofs: what the sums alone are about."""
    whole = RunningTally.of_day(s)
    for home, wh in enumerate(values_wh):
        bits = slots_of(wh, s)
        parts = encrypt(bits, nonces(seed_of(home), len(bits)), joint)
        whole = whole.with_statement(meter_id(home), b"", parts)
    return whole


def encrypted_shape(amounts_wh: list[int], home: int, joint: bytes) -> tuple[Ciphertext, ...]:
    """The 384 ciphertexts of a home's load shape, without the proof."""
    return encrypt(bits_of(parts_of(amounts_wh)), nonces(seed_of(home, "shape"), SHAPE_SLOTS), joint)


def shape_amounts(home: int) -> list[int]:
    """A month's import by hour and kind of day, Wh."""
    return [(259 + 131 * v * v + 613 * (home - 7) * v) % 9_000 for v in range(48)]
