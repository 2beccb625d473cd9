"""A head bundle's own rules, and the facts that a proven record gives. Lies over a link: tests/hostile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

pytest.importorskip("noise", reason="the rig runs a meter, which the pure parts' environment lacks")

from ohmstead.core.codec import CodecError, Value, as_list, decode, encode
from ohmstead.ledger.lightclient import MalformedLightBlock
from ohmstead.ledger.meterlog import REVOKED, SUSPENDED
from ohmstead.ledger.slice import (
    MAX_BUNDLE,
    HeadBundle,
    HistoryRewritten,
    ProvenValue,
    SliceError,
    check_certificate,
    check_governance,
    facts_of,
    keys_of_bundle,
    proven_record,
)
from ohmstead.ledger.statetree import StateProofError
from tests.helpers.forge import value_of, with_value
from tests.helpers.homes import Street, street


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street(tmp_path_factory.mktemp("slice"), 5, 7) as made:
        yield made


def bundle_of(here: Street, known: int = 0) -> HeadBundle:
    bundle = here.meter.service.view.bundle
    assert bundle is not None
    proof = here.meter.keeper.tree.consistency_proof(known, 12) if known else ()
    return replace(bundle, consistency=proof)


def test_a_bundle_survives_its_bytes(here: Street) -> None:
    bundle = bundle_of(here, 5)
    assert HeadBundle.from_cbor(bundle.to_cbor()) == bundle
    bundle.check_all()


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("wrong", [None, 5, b"", "x", [1], [[1]], [b"x"]], ids=str)
def test_bytes_that_are_no_bundle(here: Street, place: int, wrong: Value) -> None:
    fields = as_list(decode(bundle_of(here).to_cbor()), "bundle", 3)
    with pytest.raises((SliceError, MalformedLightBlock)):
        HeadBundle.from_cbor(encode([*fields[:place], wrong, *fields[place + 1 :]]))


def test_bounds_of_a_bundle(here: Street) -> None:
    bundle = bundle_of(here)
    for raw in (b"", b"\x80", bytes(MAX_BUNDLE + 1), bundle.to_cbor() + b"\x00"):
        with pytest.raises(SliceError):
            HeadBundle.from_cbor(raw)
    many = replace(bundle, values=bundle.values * 4)
    with pytest.raises(SliceError):
        HeadBundle.from_cbor(many.to_cbor())
    long = replace(bundle, consistency=(bytes(32),) * 65)
    with pytest.raises(SliceError):
        HeadBundle.from_cbor(long.to_cbor())


def test_a_value_is_given_only_once_it_is_proven(here: Street) -> None:
    bundle = bundle_of(here)
    item = value_of(bundle, "home")
    assert bundle.value("home", item.key) == item.value
    with pytest.raises(SliceError, match="holds no proof"):
        bundle.value("home", b"other")
    wrong = with_value(bundle, "home", value=item.value[:-1] + b"\xff")
    with pytest.raises(StateProofError):
        wrong.value("home", item.key)
    with pytest.raises(StateProofError):
        wrong.check_all()
    with pytest.raises(SliceError, match="twice"):
        replace(bundle, values=(*bundle.values, item)).check_all()
    assert ProvenValue.from_value(item.to_value()) == item
    with pytest.raises(CodecError):
        ProvenValue.from_value(["home", item.key, 5, b""])


def test_a_record_continues_what_was_known(here: Street) -> None:
    tree, meter = here.meter.keeper.tree, here.meter.id
    for known in range(1, 13):
        bundle = bundle_of(here, known)
        proven = proven_record(bundle, meter, (known, tree.root(known)))
        assert (proven.size, proven.root) == (12, tree.root(12))
        assert proven.height == bundle.light_block.height
        with pytest.raises(HistoryRewritten):
            proven_record(bundle, meter, (known, bytes(32)))
    with pytest.raises(HistoryRewritten, match="shrank from 13 to 12"):
        proven_record(bundle_of(here), meter, (13, bytes(32)))
    assert proven_record(bundle_of(here), meter, (0, bytes(32))).size == 12
    assert proven_record(bundle_of(here), meter).size == 12


def test_certificate_and_governance(here: Street) -> None:
    bundle, genesis = bundle_of(here), here.ledger.genesis
    check_governance(bundle, genesis)
    proven = proven_record(bundle, here.meter.id)
    register = check_certificate(bundle, proven, here.meter.certificate, genesis)
    assert register.public_key == here.meter.identity.key.public
    assert (register.model, register.replayed) == (b"rig", True)


def test_facts_are_facts_of_their_own(here: Street) -> None:
    proven = proven_record(bundle_of(here), here.meter.id)
    whole = facts_of(proven, 12, True, "x-embedded")
    assert (whole.signature, whole.key_trust, whole.revoked, whole.single_operator) == (
        True,
        True,
        False,
        True,
    )
    assert whole.complete_to_hour == proven.record.last_hour
    part = facts_of(proven, 11, True, "x")
    assert (part.complete_to_hour, part.single_operator, part.key_trust) == (None, False, True)
    assert not facts_of(proven, 12, False, "x").key_trust
    for flag in (REVOKED, SUSPENDED):
        bad = replace(proven, record=replace(proven.record, flags=flag))
        facts = facts_of(bad, 12, True, "x")
        assert (facts.key_trust, facts.revoked, facts.signature, facts.replayed) == (False, True, True, False)
    empty = facts_of(
        replace(proven, record=replace(proven.record, log=proven.record.epoch_log)), 0, True, "x"
    )
    assert (empty.signature, empty.complete_to_hour) == (False, None)


def test_what_a_bundle_proves(here: Street) -> None:
    record = proven_record(bundle_of(here), here.meter.id).record
    keys = keys_of_bundle(record, here.meter.id, b"certifier")
    assert [module for module, _ in keys] == ["meter", "governance", "certifier", "home", "zone"]
    bare = keys_of_bundle(replace(record, home=None, zone=None), here.meter.id, b"certifier")
    assert [module for module, _ in bare] == ["meter", "governance", "certifier"]
