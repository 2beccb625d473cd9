"""Trust, step by step: every rule by its error, and the forgeries that the rules are there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.errors import VerificationError
from ohmstead.ledger.commit import COMMIT, NIL, PRECOMMIT, Commit, CommitSig, vote_sign_bytes
from ohmstead.ledger.lightclient import (
    USER_RULES,
    BadSignature,
    CommitMismatch,
    Divergence,
    DoubleVote,
    FirstHeaderMismatch,
    Head,
    HeadAge,
    HeaderFromFuture,
    HeadWentBack,
    HeightMismatch,
    LightBlock,
    LightClientError,
    MalformedLightBlock,
    NextValidatorsMismatch,
    NotEnoughPower,
    NotEnoughTrust,
    NotLater,
    Rules,
    TooManySteps,
    Trusted,
    TrustExpired,
    ValidatorsMismatch,
    WrongChain,
    bisection,
    check_continues,
    compare,
    head_age,
    judging_time,
    verify_first_header,
    verify_step,
    verify_to_target,
)
from tests.ledger.chains import (
    APP_HASH,
    CHAIN,
    FOUR,
    GENESIS_NS,
    KEYS,
    SECOND,
    Chain,
    genesis,
    header,
    key,
    members,
    rotating,
    sign,
    still,
)

NOW = GENESIS_NS + 100_000 * SECOND
PUBLIC = [key(n).public for n in range(10)]


def first(chain: Chain) -> Trusted:
    return Trusted.of(chain.block(1))


def signed(block: LightBlock, *signers: int) -> LightBlock:
    """The block with only these keys' votes."""
    chosen = [key(n).public for n in signers]
    return replace(block, commit=sign(block.header, block.validators, chosen))


def with_vote(block: LightBlock, index: int, vote: CommitSig) -> LightBlock:
    votes = list(block.commit.signatures)
    votes[index] = vote
    return replace(block, commit=replace(block.commit, signatures=tuple(votes)))


# ---- one step ---------------------------------------------------------------------------------


@pytest.mark.parametrize("height", [2, 3, 500])
def test_an_honest_step(height: int) -> None:
    chain = still(500)
    assert verify_step(first(chain), chain.block(height), NOW) == ()


def change_header(**changes: object) -> Callable[[LightBlock], LightBlock]:
    """A header changed *and signed again* by all: only the rule itself can refuse it."""

    def change(block: LightBlock) -> LightBlock:
        made = replace(block.header, **changes)
        return LightBlock(made, sign(made, block.validators), block.validators)

    return change


def change_commit(**changes: object) -> Callable[[LightBlock], LightBlock]:
    return lambda block: replace(block, commit=replace(block.commit, **changes))


RULES_BROKEN: list[tuple[str, Callable[[LightBlock], LightBlock], type[VerificationError]]] = [
    ("chain", change_header(chain_id="other"), WrongChain),
    ("same height", change_header(height=1), NotLater),
    ("earlier time", change_header(time_ns=GENESIS_NS), NotLater),
    ("future", change_header(time_ns=NOW + 10 * SECOND), HeaderFromFuture),
    ("validators hash", change_header(validators_hash=members((5, 1)).hash), ValidatorsMismatch),
    ("no validators hash", change_header(validators_hash=b""), MalformedLightBlock),
    ("no next validators hash", change_header(next_validators_hash=b""), MalformedLightBlock),
    ("no proposer", change_header(proposer_address=b""), MalformedLightBlock),
    ("unsigned change", lambda b: replace(b, header=replace(b.header, app_hash=bytes(32))), CommitMismatch),
    ("commit height", change_commit(height=8), CommitMismatch),
    ("a vote too few", lambda b: change_commit(signatures=b.commit.signatures[1:])(b), CommitMismatch),
    ("a vote too many", lambda b: change_commit(signatures=(*b.commit.signatures, CommitSig()))(b),
     CommitMismatch),
    ("no parts", lambda b: change_commit(block_id=replace(b.commit.block_id, parts_total=0))(b),
     CommitMismatch),
    ("other validators", lambda b: replace(b, validators=members((0, 10), (1, 10), (2, 10), (4, 10))),
     ValidatorsMismatch),
    ("other round", change_commit(round=1), NotEnoughTrust),
    ("two of four", lambda b: signed(b, 0, 1), NotEnoughTrust),
    ("nobody", lambda b: signed(b), NotEnoughTrust),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "change", "error"), RULES_BROKEN, ids=[r[0] for r in RULES_BROKEN])
def test_every_rule_refuses_by_its_name(
    _name: str, change: Callable[[LightBlock], LightBlock], error: type[VerificationError]
) -> None:
    chain = still(9)
    with pytest.raises(error) as caught:
        verify_step(first(chain), change(chain.block(9)), NOW)
    assert type(caught.value) is error
    assert caught.value.subject.startswith("header")


def test_three_of_four_are_enough_and_exactly_two_thirds_are_not() -> None:
    chain = still(9)
    assert verify_step(first(chain), signed(chain.block(9), 0, 1, 3), NOW) == ()
    three = still(9, members((0, 10), (1, 10), (2, 10)))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(three), signed(three.block(9), 0, 1), NOW)
    with pytest.raises(NotEnoughPower):
        verify_step(Trusted.of(three.block(8)), signed(three.block(9), 0, 1), NOW)


def test_an_adjacent_step_needs_the_announced_validators() -> None:
    chain = rotating(9)
    assert verify_step(first(chain), chain.block(2), NOW) == ()
    stranger = members((7, 10), (8, 10), (9, 10))
    made = header(2, stranger, stranger)
    with pytest.raises(NextValidatorsMismatch):
        verify_step(first(chain), LightBlock(made, sign(made, stranger), stranger), NOW)


def test_two_of_four_and_an_invented_giant_cannot_forge_a_header() -> None:
    """At CometBFT's usual trust level the forgery passes; at ours it does not."""
    chain = still(9)
    forged_set = members((0, 10), (1, 10), (2, 10), (3, 10), (9, 1000))
    made = header(9, forged_set, forged_set, app_hash=bytes(32))
    forged = LightBlock(made, sign(made, forged_set, [PUBLIC[n] for n in (0, 1, 9)]), forged_set)
    verify_step(first(chain), forged, NOW, Rules(1, 3))
    verify_step(first(chain), forged, NOW, Rules(1, 3, strict=True))
    for rules in (USER_RULES, Rules(strict=True)):
        with pytest.raises(NotEnoughTrust):
            verify_step(first(chain), forged, NOW, rules)
        with pytest.raises(NextValidatorsMismatch):
            verify_step(Trusted.of(chain.block(8)), forged, NOW, rules)


def test_a_bad_signature_is_absent_to_the_app_and_fatal_in_strict_manner() -> None:
    chain = still(9)
    block = chain.block(9)
    vote = block.commit.signatures[0]
    bent = with_vote(block, 0, replace(vote, signature=bytes(64)))
    (bad,) = verify_step(first(chain), bent, NOW)
    assert (bad.height, bad.index, bad.address) == (9, 0, vote.address)
    with pytest.raises(BadSignature):
        verify_step(first(chain), bent, NOW, Rules(strict=True))
    worse = with_vote(bent, 1, replace(block.commit.signatures[1], time_ns=7))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(chain), worse, NOW)


def test_nil_votes_do_not_count() -> None:
    chain = still(9)
    block = chain.block(9)
    for index in (0, 1):
        block = with_vote(block, index, replace(block.commit.signatures[index], flag=NIL))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(chain), block, NOW)


def test_a_nil_vote_that_is_properly_signed_does_not_count_either() -> None:
    chain = still(9)
    block = chain.block(9)
    for index in (0, 1):
        vote = block.commit.signatures[index]
        message = vote_sign_bytes(CHAIN, PRECOMMIT, 9, 0, None, vote.time_ns)
        signature = KEYS[block.validators.validators[index].public_key].sign(message)
        block = with_vote(block, index, replace(vote, flag=NIL, signature=signature))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(chain), block, NOW)
    with pytest.raises(NotEnoughPower):
        verify_step(Trusted.of(chain.block(8)), block, NOW)
    one_nil = with_vote(block, 1, chain.block(9).commit.signatures[1])
    assert verify_step(first(chain), one_nil, NOW) == ()


def test_a_vote_under_another_address_is_reported_and_not_counted() -> None:
    chain = still(9)
    block = signed(chain.block(9), *(n for n in range(4)))
    for index in (0, 1):
        vote = block.commit.signatures[index]
        block = with_vote(block, index, replace(vote, address=bytes(20)))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(chain), block, NOW)
    (bad,) = verify_step(first(chain), with_vote(block, 1, chain.block(9).commit.signatures[1]), NOW)
    assert (bad.index, bad.address) == (0, bytes(20))


def test_one_validator_cannot_vote_twice() -> None:
    chain = still(9)
    block = signed(chain.block(9), 0, 1)
    votes = [v for v in block.commit.signatures if v.flag == COMMIT]
    doubled = replace(block, commit=replace(block.commit, signatures=(*votes, *votes)))
    with pytest.raises(NotEnoughTrust):
        verify_step(first(chain), doubled, NOW)
    with pytest.raises(DoubleVote):
        verify_step(first(chain), doubled, NOW, Rules(strict=True))
    swapped = replace(block, commit=replace(block.commit, signatures=block.commit.signatures[::-1]))
    with pytest.raises(VerificationError):
        verify_step(first(chain), swapped, NOW, Rules(1, 3, strict=True))


def test_the_trusting_period_exists_for_vectors_alone() -> None:
    chain = still(9)
    assert USER_RULES.trusting_period_ns is None
    with pytest.raises(TrustExpired):
        verify_step(first(chain), chain.block(9), NOW, Rules(trusting_period_ns=SECOND))


@pytest.mark.parametrize(("n", "d"), [(1, 4), (4, 3), (0, 1), (1, 0), (1, -1)])
def test_trust_levels_outside_a_third_to_one_are_refused(n: int, d: int) -> None:
    with pytest.raises(ValueError):
        Rules(n, d)


# ---- bisection --------------------------------------------------------------------------------


def test_an_unchanged_set_is_one_skip_at_any_age() -> None:
    chain = still(100_000)
    walk = verify_to_target(first(chain), chain.block(100_000), chain.block, NOW)
    assert [b.height for b in walk.steps] == [100_000]


@settings(max_examples=15, deadline=None)
@given(length=st.integers(2, 20), size=st.integers(4, 7), every=st.integers(1, 3))
def test_bisection_reaches_the_end_of_a_rotating_chain(length: int, size: int, every: int) -> None:
    chain = rotating(length, size, every)
    asked: list[int] = []

    def fetch(height: int) -> LightBlock:
        asked.append(height)
        return chain.block(height)

    walk = verify_to_target(first(chain), chain.block(length), fetch, NOW)
    heights = [b.height for b in walk.steps]
    assert heights == sorted(heights)
    assert heights[-1] == length
    assert len(asked) <= 4 * length
    trusted = first(chain)
    for block in walk.steps:
        assert verify_step(trusted, block, NOW) == ()
        trusted = Trusted.of(block)


def test_bisection_takes_no_other_block_than_it_asked_for() -> None:
    chain = rotating(12)
    with pytest.raises(HeightMismatch):
        verify_to_target(first(chain), chain.block(12), lambda h: chain.block(h - 1), NOW)


def test_bisection_does_not_retry_what_is_invalid() -> None:
    chain = rotating(12)

    def fetch(height: int) -> LightBlock:
        return change_header(chain_id="other")(chain.block(height))

    with pytest.raises(WrongChain):
        verify_to_target(first(chain), chain.block(12), fetch, NOW)


def test_bisection_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ohmstead.ledger.lightclient.MAX_STEPS", 5)
    chain = rotating(20)
    with pytest.raises(TooManySteps):
        verify_to_target(first(chain), chain.block(20), chain.block, NOW)


def test_bisection_waits_for_whoever_fetches() -> None:
    chain = rotating(12)
    walk = bisection(first(chain), chain.block(12), NOW)
    wanted = next(walk)
    assert wanted == 6
    walk.close()


# ---- two histories ----------------------------------------------------------------------------


def test_two_signed_headers_of_one_height_are_kept_as_evidence() -> None:
    chain = still(9)
    ours = chain.block(9)
    theirs = chain.block(9, app_hash=bytes(32))
    compare(ours, chain.block(9), first(chain), NOW)
    with pytest.raises(Divergence) as caught:
        compare(ours, theirs, first(chain), NOW)
    assert (caught.value.ours, caught.value.theirs) == (ours, theirs)


def test_a_witness_that_cannot_prove_its_header_is_itself_at_fault() -> None:
    chain = still(9)
    with pytest.raises(NotEnoughTrust):
        compare(chain.block(9), signed(chain.block(9, app_hash=bytes(32)), 0, 1), first(chain), NOW)
    with pytest.raises(HeightMismatch):
        compare(chain.block(9), chain.block(8), first(chain), NOW)


# ---- genesis ----------------------------------------------------------------------------------


def test_header_one_follows_from_the_genesis() -> None:
    chain = still(9)
    trusted = verify_first_header(genesis(), chain.block(1), APP_HASH)
    assert (trusted.height, trusted.chain_id) == (1, CHAIN)
    assert verify_step(trusted, chain.block(9), NOW) == ()


@pytest.mark.parametrize(
    "changes",
    [{"chain_id": "other"}, {"height": 2}, {"time_ns": GENESIS_NS + 1}, {"app_hash": bytes(32)},
     {"consensus_hash": bytes(32)}, {"version_app": 9}, {"validators_hash": members((5, 1)).hash}],
)  # fmt: skip
def test_every_field_that_genesis_fixes(changes: dict[str, object]) -> None:
    block = change_header(**changes)(still(9).block(1))
    with pytest.raises(FirstHeaderMismatch):
        verify_first_header(genesis(), block, APP_HASH)


def test_header_one_must_be_signed() -> None:
    block = still(9).block(1)
    with pytest.raises(NotEnoughPower):
        verify_first_header(genesis(), signed(block, 0, 1), APP_HASH)
    for change in (change_commit(height=2), change_commit(round=1)):
        with pytest.raises(LightClientError):
            verify_first_header(genesis(), change(block), APP_HASH)
    other = replace(block.header, data_hash=bytes(32))
    with pytest.raises(CommitMismatch):
        verify_first_header(genesis(), replace(block, header=other), APP_HASH)
    linked = change_header(last_block_id=block.commit.block_id)(block)
    with pytest.raises(FirstHeaderMismatch):
        verify_first_header(genesis(), linked, APP_HASH)


# ---- heads ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age_s", "expected"),
    [(-9, HeadAge.CURRENT), (0, HeadAge.CURRENT), (125, HeadAge.CURRENT), (300, HeadAge.CURRENT),
     (301, HeadAge.AS_OF), (7200, HeadAge.AS_OF), (7201, HeadAge.STALE), (10**9, HeadAge.STALE)],
)  # fmt: skip
def test_the_age_of_a_head(age_s: int, expected: HeadAge) -> None:
    assert head_age(NOW - age_s * SECOND, NOW) is expected


def test_a_head_from_the_future_is_refused() -> None:
    with pytest.raises(HeaderFromFuture):
        head_age(NOW + 10 * SECOND, NOW)


def test_a_head_never_goes_back() -> None:
    chain = still(9)
    known = Head.of(chain.block(5))
    check_continues(None, chain.block(1))
    check_continues(known, chain.block(5))
    check_continues(known, chain.block(6))
    for block in (chain.block(4), chain.block(6, time_ns=GENESIS_NS), chain.block(5, app_hash=bytes(32))):
        with pytest.raises(HeadWentBack):
            check_continues(known, block)


def test_now_is_never_before_what_was_verified() -> None:
    assert judging_time(5, 9) == 9
    assert judging_time(9, 5) == 9


# ---- total ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bent_byte_is_ever_accepted_as_another_header(data: st.DataObject) -> None:
    """Whatever byte is bent: refused by name, or the very same header, proven by votes that are good."""
    chain = still(9)
    raw = bytearray(chain.block(9).to_cbor())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        block = LightBlock.from_cbor(bytes(raw))
        verify_step(first(chain), block, NOW)
    except VerificationError:
        return
    assert block.header == chain.block(9).header


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_garbage_is_no_light_block(raw: bytes) -> None:
    with pytest.raises(MalformedLightBlock):
        LightBlock.from_cbor(raw)


def test_light_blocks_are_bounded() -> None:
    with pytest.raises(MalformedLightBlock):
        LightBlock.from_cbor(bytes(1 << 20))
    block = still(2).block(1)
    assert LightBlock.from_cbor(block.to_cbor()) == block
    assert len(block.to_cbor()) < 1400
    huge = replace(block, commit=Commit(1, 0, block.commit.block_id, (CommitSig(),) * 101))
    with pytest.raises(MalformedLightBlock):
        LightBlock.from_cbor(huge.to_cbor())


def test_the_keys_of_the_tests_are_whole() -> None:
    assert len(KEYS) == 40
    assert FOUR.total_power == 40
