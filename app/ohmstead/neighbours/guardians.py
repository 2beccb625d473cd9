"""Guardians: keys with proof of possession, the joint key, shares of an opening with their proof.

n of n: the joint key is the sum of all guardians' keys, and nothing is opened without every one of them. A
key counts only with a Schnorr proof that its secret is held, so no one can choose a key that cancels the
others; a share carries a Chaum–Pedersen proof over all columns at once (equal logarithms, batched by one
challenge). Not here: a guardian's process, journal and erasure (``node``), deadlines (``contract``). A guardian
works only from state that its own node executed; these functions cannot know where Q came from.
Source: protocol/neighbours, lines 6, 7, 18 to 20.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.group import (
    IDENTITY,
    Draw,
    FieldRefused,
    base,
    fresh_scalar,
    hash_to_nonce,
    hash_to_scalar,
    mul,
    mul_received,
    plus,
    point,
    random_bytes,
    scalar,
    sub,
    times,
    total,
    u64,
)
from ohmstead.neighbours.messages import GuardianKey, Share
from ohmstead.neighbours.rounds import EPOCH_LIMIT, MAX_GUARDIANS, Round
from ohmstead.neighbours.tally import Frozen

NONCE_BYTES = 32


class KeyProofRefused(VerificationError):
    """A guardian's key comes without a valid proof that its secret is held."""


class JointKeyRefused(VerificationError):
    """The guardians' keys make no joint key: one is missing, twice there, or they cancel."""


class ShareRefused(VerificationError):
    """A share of an opening does not hold, or is of another round or guardian."""


@dataclass(frozen=True, slots=True)
class GuardianSecret:
    """A guardian's secret of one epoch. x never appears in a repr; it is erased 16 days after the month."""

    epoch: int
    guardian: int
    public: bytes
    x: bytes = field(repr=False)


# ---- keys ----------------------------------------------------------------------------------------


def make_key(
    genesis: bytes, epoch: int, guardian: int, of: int, draw: Draw = random_bytes
) -> tuple[GuardianSecret, GuardianKey]:
    """A fresh key of guardian ``guardian`` (from 0) of ``of``, with its proof (line 6).

    ``draw`` gives x, then k, 64 bytes each. Raises ValueError for an index or epoch out of range.
    """
    if not 0 <= guardian < of <= MAX_GUARDIANS or not 0 <= epoch < EPOCH_LIMIT:
        raise ValueError(f"guardian {guardian} of {of}, epoch {epoch}")
    x, k = fresh_scalar(draw), fresh_scalar(draw)
    public = base(x)
    challenge = _possession(genesis, epoch, guardian, of, public, base(k))
    response = plus(k, times(challenge, x))
    key = GuardianKey(epoch, guardian, public, challenge, response)
    return GuardianSecret(epoch, guardian, public, x), key


def check_key(genesis: bytes, key: GuardianKey, of: int) -> None:
    """That the poster holds the secret of its key, for this ledger, epoch, index and number of guardians.

    Raises FieldRefused, KeyProofRefused.
    """
    name = f"key of guardian {key.guardian}, epoch {key.epoch}"
    if not 0 <= key.guardian < of:
        raise KeyProofRefused(name, f"there are {of} guardians")
    point(key.key, f"X, {name}")
    scalar(key.challenge, f"c, {name}")
    scalar(key.response, f"z, {name}")
    commitment = sub(base(key.response), mul(key.challenge, key.key))
    if key.challenge != _possession(genesis, key.epoch, key.guardian, of, key.key, commitment):
        raise KeyProofRefused(name, "no proof that its secret is held")


def joint_key(genesis: bytes, epoch: int, keys: Iterable[GuardianKey], of: int) -> bytes:
    """Y = ΣX_i, once all ``of`` guardians' keys of this epoch are there, distinct and proven (line 7).

    The keys may come in any order. Raises FieldRefused, KeyProofRefused, JointKeyRefused.
    """
    name = f"joint key of epoch {epoch}"
    known = sorted(keys, key=lambda k: k.guardian)
    if not known or [k.guardian for k in known] != list(range(of)):
        raise JointKeyRefused(name, f"needs each of {of} guardians once")
    if any(k.epoch != epoch for k in known):
        raise JointKeyRefused(name, "a key of another epoch")
    publics = [k.key for k in known]
    if len(set(publics)) != of:
        raise JointKeyRefused(name, "two guardians have one key")
    for k in known:
        check_key(genesis, k, of)
    joint = total(publics)
    if joint == IDENTITY:
        raise JointKeyRefused(name, "the keys cancel")
    return joint


def _possession(
    genesis: bytes, epoch: int, guardian: int, of: int, public: bytes, commitment: bytes
) -> bytes:
    """H("pop", G, e, i, n, X, kB), n the number of guardians."""
    return hash_to_scalar("pop", genesis, u64(epoch), u64(guardian), u64(of), public, commitment)


# ---- shares --------------------------------------------------------------------------------------


def prove_share(
    secret: GuardianSecret, round_: Round, frozen: Frozen, joint: bytes, draw: Draw = random_bytes
) -> Share:
    """D = xQ of every column, with the proof that x is the secret of X (line 19).

    k hashes x, 32 bytes of ``draw``, Q and root: it repeats only where everything does, even if ``draw``
    fails. Before this is called the guardian has the root in its journal on disk, and never calls it for a
    second root of one round. Raises ShareRefused for sums of another kind or a key of another epoch.
    """
    name = _name(secret.guardian, round_)
    _check_columns(name, frozen, round_)
    if secret.epoch != round_.epoch:
        raise ShareRefused(name, "the key is of another epoch")
    k = hash_to_nonce(secret.x + draw(NONCE_BYTES) + b"".join(frozen.q) + frozen.root)
    parts = tuple(mul(secret.x, q) for q in frozen.q)
    commitments = [base(k), *(mul(k, q) for q in frozen.q)]
    challenge = _decryption(round_, secret.guardian, secret.public, frozen, joint, parts, commitments)
    response = plus(k, times(challenge, secret.x))
    return Share(round_.epoch, round_.cohort, round_.day, secret.guardian, parts, challenge, response)


def verify_share(share: Share, round_: Round, frozen: Frozen, joint: bytes, public: bytes) -> None:
    """That a share opens exactly these sums, by the guardian whose proven key is ``public`` (line 20).

    Raises FieldRefused, ShareRefused.
    """
    name = _name(share.guardian, round_)
    if (share.epoch, share.cohort, share.day) != (round_.epoch, round_.cohort, round_.day):
        raise ShareRefused(name, "is of another round")
    _check_columns(name, frozen, round_)
    if len(share.parts) != round_.columns:
        raise ShareRefused(name, f"{len(share.parts)} parts for {round_.columns} columns")
    c, z = scalar(share.challenge, f"c, {name}"), scalar(share.response, f"z, {name}")
    commitments = [sub(base(z), mul(c, public))]
    for j, (q, d) in enumerate(zip(frozen.q, share.parts, strict=True)):
        commitments.append(sub(mul(z, q), mul_received(c, d, f"D{j}, {name}")))
    if c != _decryption(round_, share.guardian, public, frozen, joint, share.parts, commitments):
        raise ShareRefused(name, "the proof does not hold")


def _check_columns(name: str, frozen: Frozen, round_: Round) -> None:
    if len(frozen.q) != round_.columns or len(frozen.p) != round_.columns:
        raise ShareRefused(name, f"{len(frozen.q)} sums; the round has {round_.columns}")
    if IDENTITY in frozen.q:
        raise FieldRefused(f"Q, {name}", "the identity is never opened")


def _decryption(
    round_: Round, guardian: int, public: bytes, frozen: Frozen, joint: bytes, parts: Sequence[bytes],
    commitments: Sequence[bytes],
) -> bytes:  # fmt: skip
    """H("dec", G, cohort, e, d, i, n, root, Y, X_i, Q…, D…, kB, kQ…), n the number of homes.

    A load shape's tag is "dec-shape", and it has no d.
    """
    tag = "dec-shape" if round_.day is None else "dec"
    return hash_to_scalar(
        tag, *round_.hash_fields(), u64(guardian), u64(frozen.n), frozen.root, joint, public,
        *frozen.q, *parts, *commitments,
    )  # fmt: skip


def _name(guardian: int, round_: Round) -> str:
    return f"share of guardian {guardian}, {round_.name}"
