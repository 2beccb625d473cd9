"""Counting the votes of a commit: who of the trusted set signed, and whether two thirds did.

Two manners. *Tolerant* (the app): a bad signature counts as absent and is reported, and counting goes on,
because libsodium is narrower than the ZIP-215 rule by which CometBFT's validators judged it, and one odd
signature must not stop a chain. *Strict* (public vectors): a bad signature refuses the header, and counting
stops once enough power is found, as CometBFT's own code does. Neither ever accepts with less power.
Source: CometBFT v0.38 types/validation.go (VerifyCommitLight, VerifyCommitLightTrusting); research on
CCTV's Ed25519 vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.keys import verify
from ohmstead.ledger.commit import ABSENT, COMMIT, sign_bytes
from ohmstead.ledger.lightblock import LightBlock, LightClientError
from ohmstead.ledger.validators import ValidatorSet, needed


class NotEnoughTrust(LightClientError):
    """Too little of the trusted set signed: take a step in between, or the chain was forged."""


class NotEnoughPower(LightClientError):
    """No more than two thirds of the header's own validators signed it."""


class BadSignature(LightClientError):
    """Strict manner only: a vote that its validator did not sign."""


class DoubleVote(LightClientError):
    """Strict manner only: one trusted validator's vote stands in the commit twice."""


@dataclass(frozen=True, slots=True)
class BadVote:
    """A vote that was counted as absent: at which height, in which place, whose, and why."""

    height: int
    index: int
    address: bytes
    reason: str


def good_votes(block: LightBlock) -> tuple[dict[bytes, bytes], tuple[BadVote, ...]]:
    """({address: key} of whose vote for this block is good, votes that are not what they claim).

    Every vote is looked at once; nil and absent votes are simply not there.
    """
    good: dict[bytes, bytes] = {}
    bad: list[BadVote] = []
    chain_id = block.header.chain_id
    pairs = zip(block.commit.signatures, block.validators.validators, strict=True)
    for index, (vote, validator) in enumerate(pairs):
        if vote.flag == ABSENT:
            continue
        if vote.address != validator.address:
            bad.append(BadVote(block.height, index, vote.address, "another validator's place"))
        elif not verify(validator.public_key, sign_bytes(chain_id, block.commit, index), vote.signature):
            bad.append(BadVote(block.height, index, vote.address, "the signature does not verify"))
        elif vote.flag == COMMIT:
            good[validator.address] = validator.public_key
    return good, tuple(bad)


def count(
    block: LightBlock, trusted: ValidatorSet | None, numerator: int, denominator: int
) -> tuple[BadVote, ...]:
    """Tolerant count: more than the share of ``trusted`` (if given), and more than 2/3 of the own set.

    Returns the bad votes. Raises NotEnoughTrust, NotEnoughPower.
    """
    good, bad = good_votes(block)
    if trusted is not None:
        power = sum(v.power for v in trusted.validators if good.get(v.address) == v.public_key)
        limit = needed(trusted.total_power, numerator, denominator)
        if power <= limit:
            raise NotEnoughTrust(block.subject, f"{power} of the trusted power signed, over {limit} needed")
    power = sum(v.power for v in block.validators.validators if v.address in good)
    limit = needed(block.validators.total_power, 2, 3)
    if power <= limit:
        raise NotEnoughPower(block.subject, f"signed by {power} of its power, over {limit} needed")
    return bad


def count_strict(
    block: LightBlock, trusted: ValidatorSet | None, numerator: int, denominator: int
) -> tuple[BadVote, ...]:
    """CometBFT's count; what it returns is empty, because a bad vote refuses the header.

    Raises NotEnoughTrust, NotEnoughPower, BadSignature, DoubleVote.
    """
    if trusted is not None:
        members = {v.address: v for v in trusted.validators}
        limit = needed(trusted.total_power, numerator, denominator)
        power, seen = 0, set[bytes]()
        for index, vote in enumerate(block.commit.signatures):
            if vote.flag != COMMIT or vote.address not in members:
                continue
            if vote.address in seen:
                raise DoubleVote(block.subject, f"validator {vote.address.hex()} votes twice")
            seen.add(vote.address)
            _check(block, index, members[vote.address].public_key)
            power += members[vote.address].power
            if power > limit:
                break
        else:
            raise NotEnoughTrust(block.subject, f"{power} of the trusted power signed, over {limit} needed")
    limit, power = needed(block.validators.total_power, 2, 3), 0
    for index, (vote, validator) in enumerate(
        zip(block.commit.signatures, block.validators.validators, strict=True)
    ):
        if vote.flag != COMMIT:
            continue
        if vote.address != validator.address:
            raise BadSignature(block.subject, f"vote {index} stands in another validator's place")
        _check(block, index, validator.public_key)
        power += validator.power
        if power > limit:
            return ()
    raise NotEnoughPower(block.subject, f"signed by {power} of its power, over {limit} needed")


def _check(block: LightBlock, index: int, public_key: bytes) -> None:
    message = sign_bytes(block.header.chain_id, block.commit, index)
    if not verify(public_key, message, block.commit.signatures[index].signature):
        raise BadSignature(block.subject, f"vote {index} does not verify")
