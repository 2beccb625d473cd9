"""Commits: the votes that make a block final, the bytes each validator signs, the time they agree on.

Here: encoding, hashing, sign bytes, median time. Not here: whether enough power signed
(``ledger.lightclient``). Source: CometBFT v0.38 types/block.go, types/canonical.go, types/vote.go,
types/time/time.go (WeightedMedian).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.keys import SIGNATURE_BYTES
from ohmstead.ledger.block import NO_BLOCK, BlockId
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.protobuf import (
    bytes_field,
    delimited,
    fixed64_field,
    int_field,
    message_field,
    timestamp,
)
from ohmstead.ledger.timestamps import GO_ZERO_NS
from ohmstead.ledger.validators import ADDRESS_BYTES, MAX_VALIDATORS, ValidatorSet

ABSENT, COMMIT, NIL = 1, 2, 3
PRECOMMIT = 2


@dataclass(frozen=True, slots=True)
class CommitSig:
    """One validator's precommit. ``time_ns`` is that validator's own clock; an absent vote is all empty."""

    flag: int = ABSENT
    address: bytes = b""
    time_ns: int = GO_ZERO_NS
    signature: bytes = b""

    def encode(self) -> bytes:
        """CommitSig; the timestamp is always written."""
        return (
            int_field(1, self.flag)
            + bytes_field(2, self.address)
            + message_field(3, timestamp(self.time_ns))
            + bytes_field(4, self.signature)
        )

    def to_value(self) -> Value:
        """[1] for an absent vote, [flag, address, time ns, signature] otherwise."""
        if self.flag == ABSENT:
            return [ABSENT]
        return [self.flag, self.address, self.time_ns, self.signature]

    @classmethod
    def from_value(cls, value: Value) -> CommitSig:
        """The vote of a decoded value. Raises CodecError."""
        items = as_list(value, "vote", at_most=4)
        if items == [ABSENT]:
            return cls()
        flag, address, time_ns, signature = as_list(value, "vote", 4)
        if flag not in (COMMIT, NIL):
            raise CodecError("unknown kind of vote")
        return cls(
            as_uint(flag, "flag"),
            as_bytes(address, "address", ADDRESS_BYTES),
            as_uint(time_ns, "vote time"),
            as_bytes(signature, "signature", SIGNATURE_BYTES),
        )


@dataclass(frozen=True, slots=True)
class Commit:
    """The precommits of one height and round, one per validator in the set's order."""

    height: int = 0
    round: int = 0
    block_id: BlockId = NO_BLOCK
    signatures: tuple[CommitSig, ...] = ()

    def hash(self) -> bytes:
        """The next header's last_commit_hash."""
        return root_of([leaf_hash(s.encode()) for s in self.signatures])

    def encode(self) -> bytes:
        """Commit as it stands in the next block."""
        return (
            int_field(1, self.height)
            + int_field(2, self.round)
            + message_field(3, self.block_id.encode())
            + b"".join(message_field(4, s.encode()) for s in self.signatures)
        )

    def to_value(self) -> Value:
        """[height, round, block id, [vote, ...]]."""
        votes = [s.to_value() for s in self.signatures]
        return [self.height, self.round, self.block_id.to_value(), votes]

    @classmethod
    def from_value(cls, value: Value) -> Commit:
        """The commit of a decoded value. Raises CodecError."""
        height, round_, id_, votes = as_list(value, "commit", 4)
        return cls(
            as_uint(height, "height"),
            as_uint(round_, "round", 1 << 31),
            BlockId.from_value(id_),
            tuple(CommitSig.from_value(v) for v in as_list(votes, "votes", at_most=MAX_VALIDATORS)),
        )


def vote_sign_bytes(
    chain_id: str, kind: int, height: int, round_: int, block_id: BlockId | None, time_ns: int
) -> bytes:
    """CanonicalVote behind its length; ``block_id`` is None for a nil vote and then left out.

    Height and round are sfixed64, left out when 0; the timestamp is always written.
    """
    vote = (
        int_field(1, kind)
        + fixed64_field(2, height)
        + fixed64_field(3, round_)
        + (b"" if block_id is None else message_field(4, block_id.encode()))
        + message_field(5, timestamp(time_ns))
        + bytes_field(6, chain_id.encode())
    )
    return delimited(vote)


def sign_bytes(chain_id: str, commit: Commit, index: int) -> bytes:
    """What the validator at ``index`` signed for this commit."""
    vote = commit.signatures[index]
    block_id = commit.block_id if vote.flag == COMMIT else None
    return vote_sign_bytes(chain_id, PRECOMMIT, commit.height, commit.round, block_id, vote.time_ns)


def median_time(commit: Commit, validators: ValidatorSet) -> int:
    """The time (ns) of the next block: the power-weighted median of the votes' times, absent ones left out.

    Raises ValueError where nobody voted.
    """
    power = validators.power_of()
    votes = sorted((s.time_ns, power.get(s.address, 0)) for s in commit.signatures if s.flag != ABSENT)
    middle = sum(p for _, p in votes) // 2
    for time_ns, p in votes:
        if middle <= p:
            return time_ns
        middle -= p
    raise ValueError("a commit without votes has no time")
