"""The binding: every field that could belong to another session, meter or person is compared."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import as_list, decode, encode
from ohmstead.core.cose import sign1
from ohmstead.link import binding
from ohmstead.link.binding import Expected, MeterClaim, Role, SessionFacts
from ohmstead.link.errors import (
    BindingError,
    BindingMismatch,
    ChangedKey,
    ForeignKey,
    Refused,
    WrongCertificate,
    WrongGenesis,
)
from tests.link.rig import signing_key

METER, DEVICE = signing_key("meter"), signing_key("device")
FACTS = SessionFacts(b"h" * 32, b"m" * 32, b"a" * 32)
CLAIM = MeterClaim(METER.public, b"g" * 32, b"i" * 16, 7, b"certificate")
EXPECTED = Expected(b"g" * 32, METER.public)


def test_both_messages_as_they_should_be() -> None:
    assert binding.check_meter_message(binding.meter_message(METER, CLAIM, FACTS), FACTS, EXPECTED) == CLAIM
    data = binding.app_message(DEVICE, CLAIM, FACTS, Role.VIEWER)
    assert binding.check_app_message(data, CLAIM, FACTS) == binding.AppClaim(DEVICE.public, Role.VIEWER)


def test_the_signed_array_is_the_protocols() -> None:
    key, certificate, signed = as_list(decode(binding.meter_message(METER, CLAIM, FACTS)), "", 3)
    assert (key, certificate) == (METER.public, b"certificate")
    payload = encode(
        [b"g" * 32, b"i" * 16, 0, b"h" * 32, b"m" * 32, b"a" * 32, 7, sha256(b"certificate").digest()]
    )
    assert signed == sign1(METER, "ohmstead/link-bind+v1", payload, b"ohmstead/link-bind/1")


@pytest.mark.parametrize("field", ["handshake_hash", "meter_static", "app_static"])
def test_another_session_is_named(field: str) -> None:
    other = replace(FACTS, **{field: b"x" * 32})
    with pytest.raises(BindingMismatch):
        binding.check_meter_message(binding.meter_message(METER, CLAIM, other), FACTS, EXPECTED)
    with pytest.raises(BindingMismatch):
        binding.check_app_message(binding.app_message(DEVICE, CLAIM, other, Role.OWNER), CLAIM, FACTS)


def test_another_meter_changed_key_and_wrong_ledger_are_named() -> None:
    other = signing_key("another")
    message = binding.meter_message(other, replace(CLAIM, meter_key=other.public), FACTS)
    with pytest.raises(ForeignKey):
        binding.check_meter_message(message, FACTS, EXPECTED)
    with pytest.raises(ChangedKey):
        binding.check_meter_message(message, FACTS, Expected(known_key=METER.public))
    message = binding.meter_message(METER, replace(CLAIM, genesis_hash=b"x" * 32), FACTS)
    with pytest.raises(WrongGenesis):
        binding.check_meter_message(message, FACTS, EXPECTED)
    assert binding.check_meter_message(message, FACTS, Expected()).genesis_hash == b"x" * 32


def test_a_swapped_certificate_is_named() -> None:
    key, _, signed = as_list(decode(binding.meter_message(METER, CLAIM, FACTS)), "", 3)
    with pytest.raises(WrongCertificate):
        binding.check_meter_message(encode([key, b"another", signed]), FACTS, EXPECTED)


@pytest.mark.parametrize("change", ["genesis_hash", "meter_id", "counter", "certificate"])
def test_the_app_must_answer_this_meters_claim(change: str) -> None:
    other = replace(CLAIM, **{change: {"counter": 8, "meter_id": b"x" * 16}.get(change, b"x" * 32)})
    with pytest.raises(BindingMismatch):
        binding.check_app_message(binding.app_message(DEVICE, other, FACTS, Role.OWNER), CLAIM, FACTS)


def test_neither_message_can_be_reflected() -> None:
    """Role 0 cannot stand for role 1, whoever signs."""
    fields = [b"g" * 32, b"i" * 16, 0, *(b"h" * 32, b"m" * 32, b"a" * 32), 7, CLAIM.certificate_hash]
    for role in (0, True):
        payload = encode([*fields[:2], role, *fields[3:], 1])
        signed = sign1(DEVICE, binding.CONTENT_TYPE, payload, binding.AAD)
        with pytest.raises(BindingMismatch):
            binding.check_app_message(encode([DEVICE.public, signed]), CLAIM, FACTS)
    signed = sign1(METER, binding.CONTENT_TYPE, encode([*fields[:2], 1, *fields[3:]]), binding.AAD)
    with pytest.raises(BindingMismatch):
        binding.check_meter_message(encode([METER.public, b"certificate", signed]), FACTS, EXPECTED)


@pytest.mark.parametrize(
    ("content_type", "aad"), [("ohmstead/link-bind+v2", binding.AAD), (binding.CONTENT_TYPE, b"")]
)
def test_a_signature_for_something_else_is_none(content_type: str, aad: bytes) -> None:
    fields = [b"g" * 32, b"i" * 16, 0, b"h" * 32, b"m" * 32, b"a" * 32, 7, CLAIM.certificate_hash]
    signed = sign1(METER, content_type, encode(fields), aad)
    with pytest.raises(BindingError):
        binding.check_meter_message(encode([METER.public, b"certificate", signed]), FACTS, EXPECTED)


def test_a_key_that_is_no_point_is_refused() -> None:
    _, certificate, signed = as_list(decode(binding.meter_message(METER, CLAIM, FACTS)), "", 3)
    with pytest.raises(BindingError, match="subgroup"):
        binding.check_meter_message(encode([b"\x01" + bytes(31), certificate, signed]), FACTS, Expected())


def test_every_flipped_byte_is_refused() -> None:
    first = binding.meter_message(METER, CLAIM, FACTS)
    second = binding.app_message(DEVICE, CLAIM, FACTS, Role.OWNER)
    for place in range(len(first)):
        with pytest.raises(BindingError):
            binding.check_meter_message(_flip(first, place), FACTS, EXPECTED)
    for place in range(len(second)):
        with pytest.raises(BindingError):
            binding.check_app_message(_flip(second, place), CLAIM, FACTS)


def _flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1 << place % 8,)) + data[place + 1 :]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_one_error(data: bytes) -> None:
    with pytest.raises(BindingError):
        binding.check_meter_message(data, FACTS, EXPECTED)
    with pytest.raises(BindingError):
        binding.check_app_message(data, CLAIM, FACTS)


def test_the_last_message() -> None:
    assert binding.read_ok(binding.ok_message(b"p" * 8, Role.OWNER)) == (b"p" * 8, Role.OWNER)
    with pytest.raises(Refused):
        binding.read_ok(binding.refusal_message(9))
    for bad in ([], [b"p" * 7, 1], [b"p" * 8, 4], [b"p" * 8, 1, 1], 1):
        with pytest.raises(BindingError):
            binding.read_ok(encode(bad))


def test_the_first_peer_id_depends_on_the_session() -> None:
    assert FACTS.first_peer_id == sha256(b"ohmstead/peer-id/1" + b"h" * 32).digest()[:8]
