"""Chains made for tests: headers signed by whichever keys a test hands over, honest or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from ohmstead.core.keys import SigningKey
from ohmstead.ledger.block import NO_EVIDENCE, BlockId, Header
from ohmstead.ledger.commit import COMMIT, PRECOMMIT, Commit, CommitSig, vote_sign_bytes
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.ledger.validators import Validator, ValidatorSet

SECOND = 10**9
GENESIS_NS = 1_700_000_000 * SECOND
CHAIN = "test-embedded"
APP_HASH = sha256(b"state").digest()


def key(n: int) -> SigningKey:
    return SigningKey.from_seed(sha256(b"validator %d" % n).digest())


def members(*powers: tuple[int, int]) -> ValidatorSet:
    """The set of (key number, power)."""
    return ValidatorSet.of(Validator(key(n).public, power) for n, power in powers)


FOUR = members((0, 10), (1, 10), (2, 10), (3, 10))
KEYS = {key(n).public: key(n) for n in range(40)}


def genesis(validators: ValidatorSet = FOUR) -> GenesisDocument:
    return GenesisDocument(CHAIN, GENESIS_NS, validators, b"app state")


def sign(header: Header, validators: ValidatorSet, signers: Sequence[bytes] | None = None) -> Commit:
    """The commit of a header by the validators whose public key is among ``signers`` (all by default)."""
    id_ = BlockId(header.hash(), 1, sha256(b"parts").digest())
    votes = []
    for i, v in enumerate(validators.validators):
        if signers is not None and v.public_key not in signers:
            votes.append(CommitSig())
            continue
        at = header.time_ns + SECOND + i
        message = vote_sign_bytes(header.chain_id, PRECOMMIT, header.height, 0, id_, at)
        votes.append(CommitSig(COMMIT, v.address, at, KEYS[v.public_key].sign(message)))
    return Commit(header.height, 0, id_, tuple(votes))


def header(height: int, validators: ValidatorSet, following: ValidatorSet, **changes: object) -> Header:
    made = Header(
        CHAIN, height, GENESIS_NS + (height - 1) * SECOND, BlockId(), EMPTY_ROOT, EMPTY_ROOT,
        validators.hash, following.hash, genesis(validators).consensus_hash, APP_HASH, EMPTY_ROOT,
        NO_EVIDENCE, validators.validators[0].address,
    )  # fmt: skip
    return replace(made, **changes)


@dataclass
class Chain:
    """Light blocks by height, each signed by all of its validators."""

    sets: list[ValidatorSet]

    def block(self, height: int, **changes: object) -> LightBlock:
        now, after = self.sets[height - 1], self.sets[min(height, len(self.sets) - 1)]
        made = header(height, now, after, **changes)
        return LightBlock(made, sign(made, now), now)


def still(length: int, validators: ValidatorSet = FOUR) -> Chain:
    """A chain whose validators never change."""
    return Chain([validators] * length)


def rotating(length: int, size: int = 4, every: int = 1) -> Chain:
    """A chain that replaces one validator every few heights."""
    sets = []
    for height in range(length):
        first = height // every
        sets.append(members(*((n, 10) for n in range(first, first + size))))
    return Chain(sets)
