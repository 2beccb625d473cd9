"""The light client: from a trusted header to a newer one, and from the label's genesis to header 1.

Pure: ``now`` and what is trusted are arguments, fetching is a generator's caller. The app skips at 2/3 of the
trusted set and knows no trusting period; at CometBFT's usual 1/3, two of four validators and an invented one
of large power forge a header that passes. Here: steps, bisection, genesis, divergence, the age of a head.
Not here: counting votes (``ledger.votes``), bytes (``ledger.lightblock``), who is asked (``services``).
Source: protocol/trust; CometBFT v0.38 light/verifier.go, light/client.go, light/detector.go.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum

from ohmstead.ledger.genesis import ConsensusParams, GenesisDocument, GenesisError
from ohmstead.ledger.lightblock import (
    CommitMismatch,
    LightBlock,
    LightClientError,
    MalformedLightBlock,
    ValidatorsMismatch,
    check_light_block,
)
from ohmstead.ledger.validators import ValidatorSet
from ohmstead.ledger.votes import (
    BadSignature,
    BadVote,
    DoubleVote,
    NotEnoughPower,
    NotEnoughTrust,
    count,
    count_strict,
)

__all__ = [
    "USER_RULES", "BadSignature", "BadVote", "CommitMismatch", "ConsensusParams", "Divergence", "DoubleVote",
    "FirstHeaderMismatch", "GenesisDocument", "GenesisError", "Head", "HeadAge", "HeadWentBack",
    "HeaderFromFuture", "HeightMismatch", "LightBlock", "LightClientError", "MalformedLightBlock",
    "NextValidatorsMismatch", "NotEnoughPower", "NotEnoughTrust", "NotLater", "Rules", "TooManySteps",
    "TrustExpired", "Trusted", "ValidatorsMismatch", "Verified", "WrongChain", "bisection",
    "check_continues", "check_light_block", "compare", "head_age", "judging_time", "verify_first_header",
    "verify_step", "verify_to_target",
]  # fmt: skip

SECOND_NS = 10**9
MAX_STEPS = 512


class WrongChain(LightClientError):
    """The header is of another chain."""


class NotLater(LightClientError):
    """Height or time does not grow from the trusted header to this one."""


class HeaderFromFuture(LightClientError):
    """The header's time is ahead of this computer's: one of the two clocks is wrong."""


class TrustExpired(LightClientError):
    """The trusted header is older than the trusting period (vectors only; the app has none)."""


class NextValidatorsMismatch(LightClientError):
    """The next header's validators are not those that the trusted header announced."""


class HeightMismatch(LightClientError):
    """Another height came back than was asked for."""


class TooManySteps(LightClientError):
    """No end of steps in between: the peer leads the client by the nose."""


class FirstHeaderMismatch(LightClientError):
    """Header 1 does not follow from the genesis document."""


class HeadWentBack(LightClientError):
    """The newest header is older than one that was verified before."""


class Divergence(LightClientError):
    """Two different headers of one height, both validly signed: an attack. Both are kept as evidence.

    Never retried, never resolved by choosing one.
    """

    def __init__(self, ours: LightBlock, theirs: LightBlock) -> None:
        super().__init__(ours.subject, "two validly signed headers of this height")
        self.ours = ours
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Rules:
    """How a step is judged. The app uses USER_RULES; other values exist to run public vectors.

    The trust level must lie in [1/3, 1]; times are nanoseconds. Raises ValueError.
    """

    trust_numerator: int = 2
    trust_denominator: int = 3
    drift_ns: int = 10 * SECOND_NS
    trusting_period_ns: int | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        n, d = self.trust_numerator, self.trust_denominator
        if d < 1 or 3 * n < d or n > d or self.drift_ns < 0:
            raise ValueError(f"trust level {n}/{d} outside 1/3 to 1, or a negative drift")


USER_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Trusted:
    """What a step starts from: height, time, announced validators, and the set that is trusted.

    ``validators`` is the set of this height or of the next: both were signed by more than two thirds.
    """

    chain_id: str
    height: int
    time_ns: int
    next_validators_hash: bytes
    validators: ValidatorSet

    @classmethod
    def of(cls, block: LightBlock) -> Trusted:
        """The state after a light block that was verified."""
        header = block.header
        return cls(
            header.chain_id, header.height, header.time_ns, header.next_validators_hash, block.validators
        )


def verify_step(
    trusted: Trusted, new: LightBlock, now_ns: int, rules: Rules = USER_RULES
) -> tuple[BadVote, ...]:
    """One step, adjacent or skipping. Returns the votes that were counted as absent.

    Raises a LightClientError named for the rule that failed; ``NotEnoughTrust`` alone means that a step in
    between may help.
    """
    header = new.header
    if rules.trusting_period_ns is not None and trusted.time_ns + rules.trusting_period_ns <= now_ns:
        raise TrustExpired(f"header {trusted.height}", "is older than the trusting period")
    if header.chain_id != trusted.chain_id:
        raise WrongChain(new.subject, "is of another chain")
    if header.height <= trusted.height or header.time_ns <= trusted.time_ns:
        raise NotLater(new.subject, f"is not later than header {trusted.height}, in height and in time")
    if header.time_ns >= now_ns + rules.drift_ns:
        raise HeaderFromFuture(new.subject, "is from the future; is this computer's clock right?")
    check_light_block(new)
    counter = count_strict if rules.strict else count
    if header.height == trusted.height + 1:
        if header.validators_hash != trusted.next_validators_hash:
            raise NextValidatorsMismatch(new.subject, "its validators were not announced")
        return counter(new, None, rules.trust_numerator, rules.trust_denominator)
    return counter(new, trusted.validators, rules.trust_numerator, rules.trust_denominator)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk to a target gave: the light blocks of its steps, the target last, and the bad votes."""

    steps: tuple[LightBlock, ...]
    bad_votes: tuple[BadVote, ...]


def bisection(
    trusted: Trusted, target: LightBlock, now_ns: int, rules: Rules = USER_RULES
) -> Generator[int, LightBlock, Verified]:
    """Walks to ``target``: yields each height it needs, takes its light block, returns what was verified.

    Raises what ``verify_step`` raises, HeightMismatch for another block than was asked for, TooManySteps
    after MAX_STEPS verifications.
    """
    waiting, steps, bad = [target], list[LightBlock](), list[BadVote]()
    for _ in range(MAX_STEPS):
        block = waiting[-1]
        try:
            bad += verify_step(trusted, block, now_ns, rules)
        except NotEnoughTrust:
            middle = (trusted.height + block.height) // 2
            found = yield middle
            if found.height != middle:
                raise HeightMismatch(found.subject, f"came for height {middle}") from None
            waiting.append(found)
            continue
        trusted = Trusted.of(block)
        steps.append(waiting.pop())
        if not waiting:
            return Verified(tuple(steps), tuple(bad))
    raise TooManySteps(target.subject, f"not reached in {MAX_STEPS} steps")


def verify_to_target(
    trusted: Trusted,
    target: LightBlock,
    fetch: Callable[[int], LightBlock],
    now_ns: int,
    rules: Rules = USER_RULES,
) -> Verified:
    """``bisection`` driven by a plain function. Raises what it and ``fetch`` raise."""
    walk = bisection(trusted, target, now_ns, rules)
    try:
        height = next(walk)
        while True:
            height = walk.send(fetch(height))
    except StopIteration as done:
        verified: Verified = done.value
        return verified


def compare(
    ours: LightBlock, theirs: LightBlock, trusted: Trusted, now_ns: int, rules: Rules = USER_RULES
) -> None:
    """Cross-checks a verified header with a witness's of the same height.

    Returns if they are one header. Raises Divergence if theirs is another and validly signed as well;
    HeightMismatch; or, if theirs does not verify from ``trusted``, why not: then the witness is at fault.
    """
    if ours.height != theirs.height:
        raise HeightMismatch(theirs.subject, f"came for height {ours.height}")
    if ours.header.hash() == theirs.header.hash():
        return
    verify_step(trusted, theirs, now_ns, rules)
    raise Divergence(ours, theirs)


# ---- genesis ----------------------------------------------------------------------------------


def verify_first_header(
    genesis: GenesisDocument, first: LightBlock, app_hash: bytes, rules: Rules = USER_RULES
) -> Trusted:
    """Binds header 1 to the genesis document: the only link from the label to the chain.

    ``app_hash`` is what running InitChain over the document gave. Raises FirstHeaderMismatch naming the
    field, or what the votes raise.
    """
    header = first.header
    stated = {
        "chain id": (header.chain_id, genesis.chain_id),
        "height": (header.height, genesis.initial_height),
        "time": (header.time_ns, genesis.genesis_time_ns),
        "validators": (header.validators_hash, genesis.validators_hash),
        "consensus parameters": (header.consensus_hash, genesis.consensus_hash),
        "app version": (header.version_app, genesis.consensus_params.app_version),
        "AppHash": (header.app_hash, app_hash),
        "block before it": (header.last_block_id.hash, b""),
    }
    for what, (found, expected) in stated.items():
        if found != expected:
            raise FirstHeaderMismatch(first.subject, f"its {what} does not follow from the genesis")
    check_light_block(first)
    (count_strict if rules.strict else count)(first, None, rules.trust_numerator, rules.trust_denominator)
    return Trusted.of(first)


# ---- heads ------------------------------------------------------------------------------------


class HeadAge(Enum):
    """How a head's age is shown: at most five minutes, at most two hours, more."""

    CURRENT = "current"
    AS_OF = "as of"
    STALE = "stale"


CURRENT_NS = 5 * 60 * SECOND_NS
AS_OF_NS = 2 * 3600 * SECOND_NS


@dataclass(frozen=True, slots=True)
class Head:
    """The newest header that was verified, as it is remembered: never to go back behind it."""

    height: int
    time_ns: int
    hash: bytes

    @classmethod
    def of(cls, block: LightBlock) -> Head:
        """The head that a verified light block makes."""
        return cls(block.height, block.header.time_ns, block.header.hash())


def judging_time(wall_clock_ns: int, last_verified_ns: int) -> int:
    """``now`` for every check: the wall clock, but never before the last verified header's time."""
    return max(wall_clock_ns, last_verified_ns)


def head_age(head_time_ns: int, now_ns: int, drift_ns: int = USER_RULES.drift_ns) -> HeadAge:
    """The class of a head's age. Raises HeaderFromFuture beyond the drift."""
    age = now_ns - head_time_ns
    if age <= -drift_ns:
        raise HeaderFromFuture("head", "is from the future; is this computer's clock right?")
    if age <= CURRENT_NS:
        return HeadAge.CURRENT
    return HeadAge.AS_OF if age <= AS_OF_NS else HeadAge.STALE


def check_continues(known: Head | None, block: LightBlock) -> None:
    """That a head does not go back behind the one known before, and is the same at the same height.

    Raises HeadWentBack. A verified block of the known height with another hash is for ``compare``.
    """
    if known is None:
        return
    header = block.header
    if header.height < known.height or header.time_ns < known.time_ns:
        raise HeadWentBack(block.subject, f"header {known.height} was verified before")
    if header.height == known.height and header.hash() != known.hash:
        raise HeadWentBack(block.subject, "is not the header of this height that was verified before")
