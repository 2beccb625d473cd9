"""Lies about the ledger: forged headers, swapped proofs, a history shown shorter or rewritten."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ohmstead.contract import rules
from ohmstead.contract.overlay import Overlay
from ohmstead.core.codec import encode
from ohmstead.core.keys import kid
from ohmstead.core.statements import Register, Statement, parse, sign
from ohmstead.ledger.genesis import GenesisError
from ohmstead.ledger.lightclient import (
    Divergence,
    FirstHeaderMismatch,
    HeaderFromFuture,
    HeadWentBack,
    HeightMismatch,
    LightBlock,
    NextValidatorsMismatch,
    NotEnoughPower,
    NotEnoughTrust,
    NotLater,
    WrongChain,
)
from ohmstead.ledger.slice import HeadBundle, HistoryRewritten, KeyTrustError, SliceError
from ohmstead.ledger.statetree import StateProofError
from ohmstead.link.messages import Method
from tests.helpers.forge import forged, lying_head, value_of, when, with_value, without
from tests.helpers.home import Direct, Home, dump
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FOREVER, Ledger, seed_key
from tests.helpers.meter import Meter
from tests.ledger.chains import FOUR, SECOND, key, members


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    """Ten pages are mirrored; the ledger has five more, which the home does not know of."""
    with street(tmp_path, 4, 6) as made:
        made.synced()
        made.meter.publish(5)
        yield made


def header(block: LightBlock) -> str:
    return f"header {block.height}"


def lied(here: Street, block: LightBlock) -> Direct:
    """The meter shows this light block over the newest values."""
    return Direct(here.meter, lying_head(lambda b: dataclasses.replace(b, light_block=block)))


def test_honesty_is_believed(here: Street) -> None:
    here.home.sync(lied(here, here.ledger.head))
    assert here.home.mirror.status().meters[0].pages_held == 15


# ---- headers ----------------------------------------------------------------------------------


def test_two_of_four_and_an_invented_giant_cannot_sign_a_header(here: Street) -> None:
    """At CometBFT's usual 1/3 this header would pass; at 2/3 it must be reached step by step, and is not."""
    giant = members((0, 10), (1, 10), (30, 1000))
    fake = forged(here.ledger.head, giant, app_hash=sha256(b"another state").digest())
    trusted = Home.of(here.folder / "again", here.meter)
    error = here.home.refused(lied(here, fake), NextValidatorsMismatch, header(fake))
    assert "not announced" in str(error)
    trusted.close()


def test_forged_steps_in_between_do_not_help(here: Street) -> None:
    for _ in range(8):
        here.ledger.step()
    trust = here.home.home.trust
    assert trust is not None
    giant = members((0, 10), (1, 10), (30, 1000))
    fake = forged(here.ledger.head, giant)
    asked: list[int] = []

    def lie(method: int, params: object, answers: list[object]) -> list[object]:
        if method == Method.HEAD:
            bundle = HeadBundle.from_cbor(answers[0])
            return [dataclasses.replace(bundle, light_block=fake).to_cbor()]
        if method == Method.LIGHT_BLOCK:
            height = params[0]
            asked.append(height)
            return [forged(here.ledger.block(height), giant).to_cbor()]
        return answers

    here.home.refused(Direct(here.meter, lie), NextValidatorsMismatch, f"header {trust.head.height + 1}")
    assert len(asked) >= 2


@pytest.mark.parametrize("signers", [(0, 1), (0,), ()])
def test_too_few_votes(here: Street, signers: tuple[int, ...]) -> None:
    fake = forged(here.ledger.head, FOUR, [key(n).public for n in signers])
    here.home.refused(lied(here, fake), NotEnoughPower, header(fake))


def test_votes_of_other_keys_count_as_absent(here: Street) -> None:
    head = here.ledger.head
    strangers = members((20, 10), (21, 10), (22, 10), (23, 10))
    fake = forged(head, strangers)
    stolen = LightBlock(
        dataclasses.replace(fake.header, validators_hash=FOUR.hash, next_validators_hash=FOUR.hash),
        fake.commit, FOUR,
    )  # fmt: skip
    with pytest.raises(Exception, match=header(head)) as caught:
        here.home.sync(lied(here, stolen))
    assert type(caught.value).__name__ in ("CommitMismatch", "NotEnoughPower")


def test_a_head_of_other_validators_is_refused_though_a_skip_would_pass(here: Street) -> None:
    """Three of the four members and a stranger: more than two thirds of the trusted set signed it."""
    others = members((0, 10), (1, 10), (2, 10), (30, 10))
    # The values stay proven: AppHash is the true one.
    fake = forged(here.ledger.head, others)
    error = here.home.refused(lied(here, fake), SliceError, "governance chain")
    assert "not those that the members agreed to" in str(error)


def test_governance_changes_that_cannot_be_followed_are_refused(here: Street) -> None:
    direct = Direct(
        here.meter, lying_head(lambda b: with_value(b, "governance", value=encode([1, bytes(32)])))
    )
    here.home.refused(direct, StateProofError, "governance/" + b"chain".hex())
    here.home.refused(
        Direct(here.meter, lying_head(lambda b: without(b, "governance"))), SliceError, "head bundle"
    )


def test_a_head_from_the_future(here: Street) -> None:
    ahead = here.home.wall_ns() + 11 * SECOND
    fake = forged(here.ledger.head, FOUR, time_ns=ahead)
    here.home.refused(lied(here, fake), HeaderFromFuture, header(fake))


def test_a_head_of_another_chain(here: Street) -> None:
    fake = forged(here.ledger.head, FOUR, chain_id="other-embedded")
    here.home.refused(lied(here, fake), WrongChain, header(fake))


def test_an_older_head(here: Street) -> None:
    known = here.home.home.trust
    assert known is not None
    older = here.ledger.block(known.head.height - 1)
    here.home.refused(lied(here, older), HeadWentBack, header(older))
    back = forged(here.ledger.head, FOUR, time_ns=known.head.time_ns - SECOND)
    here.home.refused(lied(here, back), HeadWentBack, header(back))
    same_time = forged(here.ledger.head, FOUR, time_ns=known.head.time_ns)
    here.home.refused(lied(here, same_time), NotLater, header(same_time))


def test_an_older_head_across_a_restart(here: Street) -> None:
    """What was verified is remembered on disk."""
    older = here.ledger.block(3)
    again = Home(here.folder / "x", here.meter.pairing(), here.ledger.wall_ns, secrets=here.home.secrets)
    again.mirror.close()
    again.mirror = here.home.mirror
    again.home.mirror = here.home.mirror
    assert again.home.trust is None
    again.refused(lied(here, older), HeadWentBack, header(older))


def test_the_log_shown_shorter(here: Street) -> None:
    """A true but old view: fewer pages, an older root, the header of that time."""
    here.synced()
    old = Ledger(here.folder / "old")
    meter = Meter(here.folder / "old", old)
    meter.admit()
    meter.publish(4, 6)
    old_head = old.head
    here.home.refused(Direct(meter), HeadWentBack, header(old_head))
    meter.close()
    old.close()


def test_a_light_block_of_another_height_than_asked(here: Street) -> None:
    giant = members((0, 10), (1, 10), (30, 1000))
    fake = forged(here.ledger.head, giant)

    def lie(method: int, params: object, answers: list[object]) -> list[object]:
        if method == Method.HEAD:
            bundle = HeadBundle.from_cbor(answers[0])
            return [dataclasses.replace(bundle, light_block=fake).to_cbor()]
        return [here.ledger.block(2).to_cbor()] if method == Method.LIGHT_BLOCK else answers

    here.home.refused(Direct(here.meter, lie), HeightMismatch, "header 2")


# ---- two histories of one ledger --------------------------------------------------------------


def fork(here: Street, *batches: int, name: str = "fork") -> tuple[Ledger, Meter]:
    """The same genesis, the same validators, another history of the same meter."""
    folder = here.folder / name
    folder.mkdir()
    ledger = Ledger(folder)
    meter = Meter(folder, ledger)
    meter.admit()
    meter.publish(*batches)
    return ledger, meter


def test_a_rewritten_history_is_named(here: Street) -> None:
    """All validators signed it; it does not continue what they signed before."""
    other, meter = fork(here, 4, 6, 5, 5, 5)
    assert other.head.height > here.home.home.trust.head.height
    here.home.wall_ns = other.wall_ns
    here.home.refused(Direct(meter), HistoryRewritten, f"log of meter {meter.id.hex()}")
    meter.close()
    other.close()


def test_a_log_that_shrank_is_named(here: Street) -> None:
    other, meter = fork(here, 1, 1, 1)
    while other.head.header.time_s <= here.ledger.head.header.time_s:
        other.step(3600 * 5)
    meter.refresh()
    here.home.wall_ns = other.wall_ns
    error = here.home.refused(Direct(meter), HistoryRewritten, f"log of meter {meter.id.hex()}")
    assert "shrank from 10 to 3" in str(error)
    meter.close()
    other.close()


def test_two_signed_headers_of_one_height_are_kept_as_evidence(here: Street) -> None:
    known = here.home.home.trust
    assert known is not None
    assert known.bundle is not None
    ours = known.bundle.light_block
    theirs = forged(ours, FOUR, app_hash=sha256(b"the other state").digest())
    error = here.home.refused(lied(here, theirs), Divergence, header(ours))
    assert isinstance(error, Divergence)
    (kept,) = here.home.mirror.divergences()
    assert (kept.height, kept.ours, kept.theirs) == (ours.height, ours.to_cbor(), theirs.to_cbor())
    # Again: one piece of evidence, and still no way in.
    here.home.refused(lied(here, theirs), Divergence, header(ours))
    assert len(here.home.mirror.divergences()) == 1
    # A header that nobody signed is no divergence.
    unsigned = forged(ours, FOUR, [], app_hash=sha256(b"x").digest())
    here.home.refused(lied(here, unsigned), NotEnoughTrust, header(ours))
    assert len(here.home.mirror.divergences()) == 1


# ---- proofs under a true head -----------------------------------------------------------------


def test_another_meters_record_in_place_of_ours(here: Street) -> None:
    other = here.another_meter()
    other.publish(3)
    here.meter.refresh()
    foreign = next(v for v in other.values() if v.module == "meter")
    relabelled = {"value": foreign.value, "proof": foreign.proof}
    subject = f"meter/{here.meter.id.hex()}"
    here.home.refused(
        Direct(here.meter, lying_head(lambda b: with_value(b, "meter", **relabelled))),
        StateProofError,
        subject,
    )
    # Under its own name it proves the other meter, not ours.
    direct = Direct(here.meter, lying_head(lambda b: with_value(b, "meter", key=other.id, **relabelled)))
    here.home.refused(direct, SliceError, "head bundle")


def test_an_old_record_under_a_fresh_head(here: Street) -> None:
    trust = here.home.home.trust
    assert trust is not None
    assert trust.bundle is not None
    old = value_of(trust.bundle, "meter")
    subject = f"meter/{here.meter.id.hex()}"
    for changes in ({"value": old.value}, {"value": old.value, "proof": old.proof}):
        lie = lying_head(lambda b, changes=changes: with_value(b, "meter", **changes))
        here.home.refused(Direct(here.meter, lie), StateProofError, subject)


@pytest.mark.parametrize("module", ["meter", "certifier", "zone"])
def test_the_proof_of_another_key(here: Street, module: str) -> None:
    def swap(bundle: HeadBundle) -> HeadBundle:
        return with_value(bundle, module, proof=value_of(bundle, "home").proof)

    trust = here.home.home.trust
    assert trust is not None
    assert trust.bundle is not None
    item = value_of(trust.bundle, module)
    here.home.refused(Direct(here.meter, lying_head(swap)), StateProofError, f"{module}/{item.key.hex()}")


def test_a_value_that_no_rule_needs_is_proven_or_refused(here: Street) -> None:
    """What is kept was verified, all of it."""
    lie = lying_head(lambda b: with_value(b, "home", value=value_of(b, "home").value + b"\x00"))
    trust = here.home.home.trust
    assert trust is not None
    assert trust.proven is not None
    assert trust.proven.record.home is not None
    here.home.refused(Direct(here.meter, lie), StateProofError, f"home/{trust.proven.record.home.hex()}")


@pytest.mark.parametrize("module", ["meter", "certifier", "governance", "zone"])
def test_a_value_that_is_left_out(here: Street, module: str) -> None:
    direct = Direct(here.meter, lying_head(lambda b: without(b, module)))
    error = here.home.refused(direct, SliceError, "head bundle")
    assert module in str(error)


def test_all_values_left_out_though_the_state_has_changed(here: Street) -> None:
    direct = Direct(here.meter, lying_head(lambda b: dataclasses.replace(b, values=())))
    error = here.home.refused(direct, SliceError, "head bundle")
    assert "the state has changed" in str(error)


def test_a_wrong_consistency_proof(here: Street) -> None:
    subject = f"log of meter {here.meter.id.hex()}"
    for change in (lambda p: (), lambda p: p[::-1], lambda p: (*p, bytes(32)), lambda p: (bytes(32), *p[1:])):
        lie = lying_head(lambda b, change=change: dataclasses.replace(b, consistency=change(b.consistency)))
        here.home.refused(Direct(here.meter, lie), HistoryRewritten, subject)


# ---- certificates -----------------------------------------------------------------------------


def with_certificate(here: Street, certificate: bytes) -> None:
    """As if the session had shown this certificate when the home was paired."""
    folder = here.folder / sha256(certificate).hexdigest()
    pairing = dataclasses.replace(here.meter.pairing(), certificate=certificate)
    home = Home(folder, pairing, here.ledger.wall_ns)
    home.refused(Direct(here.meter), KeyTrustError, f"certificate of meter {here.meter.id.hex()}")
    assert home.mirror.meters() == []
    home.close()


def test_the_certificate_of_another_meter(here: Street) -> None:
    other = here.another_meter()
    here.meter.refresh()
    with_certificate(here, other.certificate)


def test_a_certificate_that_no_certifier_signed(here: Street) -> None:
    statement = parse(here.meter.certificate).statement
    genesis_hash = here.ledger.genesis.genesis_hash
    with_certificate(here, sign(seed_key("nobody"), genesis_hash, statement))
    with_certificate(here, sign(here.meter.identity.key, genesis_hash, statement))
    with_certificate(here, b"")
    with_certificate(here, here.meter.certificate[:-1] + bytes((here.meter.certificate[-1] ^ 1,)))


class Careless(Ledger):
    """A ledger whose certifiers are whoever signs: its contract lost a check."""


def test_a_ledger_that_admitted_a_meter_without_a_certifier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certifier's name and signature are checked here again, not only by the contract."""
    real = Overlay.get

    def anybody(self: Overlay, module: str, key: bytes) -> bytes | None:
        stranger = seed_key("stranger").public
        if (module, key) == ("certifier", kid(stranger)):
            return encode(["certifier", stranger])
        return real(self, module, key)

    monkeypatch.setattr(Overlay, "get", anybody)
    monkeypatch.setattr(rules, "_only_certifier", lambda state, signer: None)
    ledger = Ledger(tmp_path, certifier="stranger")
    meter = Meter(tmp_path, ledger)
    meter.admit()
    meter.publish(3)
    home = Home.of(tmp_path, meter)
    error = home.refused(Direct(meter), SliceError, "head bundle")
    assert "certifier/" in str(error)
    # Nor does the true certifier's entry help under the stranger's name.
    true = ledger.proven("certifier", kid(seed_key("certifier").public))
    assert true is not None
    renamed = dataclasses.replace(true, key=kid(ledger.certifier.public))
    lie = lying_head(lambda b: dataclasses.replace(b, values=(*b.values, renamed)))
    home.refused(Direct(meter, lie), StateProofError, f"certifier/{renamed.key.hex()}")
    home.close()
    meter.close()
    ledger.close()


def test_a_certificate_that_differs_from_the_record(here: Street) -> None:
    """The right key, another statement about it: only the one whose hash is recorded counts."""
    register = parse(here.meter.certificate).statement.body
    assert isinstance(register, Register)
    longer = dataclasses.replace(register, valid_to=register.valid_to + 1)
    with_certificate(
        here, sign(here.ledger.certifier, here.ledger.genesis.genesis_hash, Statement(longer, FOREVER, 1))
    )


# ---- genesis ----------------------------------------------------------------------------------


def test_the_genesis_of_another_ledger(tmp_path: Path) -> None:
    with street(tmp_path / "ours", 3) as here:
        folder = tmp_path / "theirs"
        folder.mkdir()
        other = Ledger(folder, "theirs")
        home = here.home
        lie = when(Method.GENESIS, lambda _: [other.genesis.to_cbor()])
        home.refused(Direct(here.meter, lie), GenesisError, "genesis")
        flipped = bytearray(here.ledger.genesis.to_cbor())
        flipped[-1] ^= 1
        home.refused(
            Direct(here.meter, when(Method.GENESIS, lambda _: [bytes(flipped)])), GenesisError, "genesis"
        )
        # A whole other ledger in the right wrapping.
        theirs = Meter(folder, other)
        theirs.admit()
        theirs.publish(3)
        theirs.show(genesis=here.ledger.genesis.to_cbor())
        home.wall_ns = other.wall_ns
        home.refused(Direct(theirs), FirstHeaderMismatch, "header 1")
        assert dump(home.mirror)["head"] == []
        theirs.close()
        other.close()


def test_a_first_header_that_does_not_follow_from_the_genesis(tmp_path: Path) -> None:
    with street(tmp_path, 3) as here:
        first = here.ledger.block(1)
        for fake in (
            forged(first, FOUR, app_hash=bytes(32)),
            forged(first, FOUR, time_ns=first.header.time_ns + 1),
            forged(first, members((0, 10), (1, 10), (2, 10), (30, 10))),
            here.ledger.block(2),
        ):
            subject = f"header {fake.height}"
            lie = when(Method.LIGHT_BLOCK, lambda _, fake=fake: [fake.to_cbor()])
            here.home.refused(Direct(here.meter, lie), FirstHeaderMismatch, subject)
        unsigned = forged(first, FOUR, [key(0).public, key(1).public])
        lie = when(Method.LIGHT_BLOCK, lambda _: [unsigned.to_cbor()])
        here.home.refused(Direct(here.meter, lie), NotEnoughPower, "header 1")
        here.synced()
