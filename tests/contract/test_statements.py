"""Every statement type accepted, and refused with each of its reasons; what each leaves in the state."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from ohmstead.contract.machine import LATER, OK, REFUSED
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import decode, encode
from ohmstead.core.intervals import Channel
from ohmstead.core.statements import CertifiedChannel
from ohmstead.ledger.meterlog import REPLAYED, RETIRED, REVOKED, SUSPENDED, Anchor
from tests.contract.rig import (
    CERTIFIER,
    CHANNELS,
    FIRST_HOUR,
    HOME,
    OTHER_CERTIFIER,
    START_S,
    STRANGER,
    YEARS,
    ZONE,
    Beacon,
    Commission,
    Ledger,
    Meter,
    Retire,
    certificate,
    hour_end,
    key,
    log_of,
    reason,
)

# ---- register -----------------------------------------------------------------------------------


def test_register_admits_a_meter_and_keeps_the_statement_as_its_certificate() -> None:
    ledger = Ledger()
    meter = key("meter")
    signed = ledger.accept(CERTIFIER, certificate(meter, replayed=True))
    record = ledger.record(meter.kid)
    assert (record.public_key, record.channels) == (meter.public, CHANNELS)
    assert (record.valid_from, record.valid_to) == (FIRST_HOUR, FIRST_HOUR + YEARS)
    assert record.certificate_hash == sha256(signed).digest()
    assert record.flags == REPLAYED
    assert (record.log.size, record.last_hour, record.home, record.zone) == (0, None, None, None)
    assert ledger.machine.state.get("certificate", meter.kid) == signed


def test_only_a_certifier_registers() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    assert ledger.refuse(meter.key, certificate(key("another"))) is Reason.NOT_CERTIFIER
    assert ledger.machine.state.get("meter", key("another").kid) is None


def test_a_key_outside_the_main_subgroup_is_no_meter() -> None:
    ledger = Ledger()
    for public in (bytes(32), b"\x01" + bytes(31), b"\xff" * 32):
        body = replace(certificate(key("meter")), public_key=public)
        assert ledger.refuse(CERTIFIER, body) is Reason.KEY_REFUSED


def test_a_key_is_registered_once_and_never_a_certifiers() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    assert ledger.refuse(CERTIFIER, certificate(meter.key)) is Reason.KEY_IN_USE
    assert ledger.refuse(OTHER_CERTIFIER, certificate(meter.key)) is Reason.KEY_IN_USE
    assert ledger.refuse(CERTIFIER, certificate(OTHER_CERTIFIER)) is Reason.KEY_IN_USE


@pytest.mark.parametrize("valid_to", [FIRST_HOUR, FIRST_HOUR - 1, 0])
def test_a_certificate_that_ends_before_it_begins_is_malformed(valid_to: int) -> None:
    assert Ledger().refuse(CERTIFIER, certificate(key("meter"), valid_to=valid_to)) is Reason.MALFORMED


# ---- commission ---------------------------------------------------------------------------------


def test_commission_puts_the_meter_into_the_home_and_the_home_lists_it() -> None:
    ledger = Ledger()
    meter = ledger.meter(home=None)
    signed = ledger.accept(CERTIFIER, Commission(meter.id, HOME, ZONE.name, FIRST_HOUR + 5))
    record = ledger.record(meter.id)
    assert (record.home, record.zone) == (HOME, ZONE.name)
    log = log_of([signed])
    assert ledger.home() == [1, log.root(), list(log.hashes), [[meter.id, FIRST_HOUR + 5, None]]]


def test_commission_is_refused_with_its_reasons() -> None:
    ledger = Ledger()
    meter = ledger.meter(home=None)
    body = Commission(meter.id, HOME, ZONE.name, FIRST_HOUR)
    assert ledger.refuse(meter.key, body) is Reason.NOT_CERTIFIER
    assert ledger.refuse(CERTIFIER, replace(body, meter=bytes(16))) is Reason.UNKNOWN_METER
    assert ledger.refuse(CERTIFIER, replace(body, zone="nowhere")) is Reason.UNKNOWN_ZONE
    assert ledger.machine.state.get("home", HOME) is None
    ledger.accept(CERTIFIER, body)
    assert ledger.refuse(CERTIFIER, body) is Reason.ALREADY_COMMISSIONED
    other = ledger.meter("other", home=None)
    ledger.accept(CERTIFIER, Retire(other.id, 0, b"", "dead"))
    assert ledger.refuse(CERTIFIER, Commission(other.id, HOME, ZONE.name, FIRST_HOUR)) is Reason.RETIRED


def test_two_meters_of_a_home_and_their_statements_stand_in_its_log_in_order() -> None:
    ledger = Ledger()
    first, second = ledger.meter("one", home=None), ledger.meter("two", home=None)
    signed = [
        ledger.accept(CERTIFIER, Commission(first.id, HOME, ZONE.name, FIRST_HOUR)),
        ledger.accept(OTHER_CERTIFIER, Commission(second.id, HOME, ZONE.name, FIRST_HOUR + 9)),
    ]
    first_batch = first.publish(3)
    ledger.accept(first.key, first_batch, at=hour_end(FIRST_HOUR + 3))
    signed.append(ledger.accept(first.key, Retire(first.id, 3, b"sealed registers", "swap")))
    size, root, hashes, meters = ledger.home()
    log = log_of(signed)
    assert (size, root, hashes) == (3, log.root(), list(log.hashes))
    assert meters == [[first.id, FIRST_HOUR, FIRST_HOUR + 3], [second.id, FIRST_HOUR + 9, None]]


# ---- publish ------------------------------------------------------------------------------------


def test_publish_continues_the_log_and_anchors_each_batch() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    pages, anchors = [], []
    for count in (1, 5, 2):
        body = meter.publish(count)
        pages += body.pages
        ledger.accept(meter.key, body, at=hour_end(meter.hour))
        anchors.append(Anchor(len(pages), body.root, ledger.height, ledger.time_s).to_cbor())
    record = ledger.record(meter.id)
    assert record.log == log_of(pages)
    assert record.last_hour == FIRST_HOUR + 7
    assert record.anchors == log_of(anchors)


def test_a_full_batch_of_744_pages_and_one_too_long_to_be_a_statement() -> None:
    ledger = Ledger()
    meter = ledger.meter(channels=CHANNELS[:1])
    meter.channels = 1
    body = meter.batch(meter.pages(744))
    assert ledger.one(ledger.sign(meter.key, body), at=hour_end(FIRST_HOUR + 800)).code == OK
    meter.take(body.pages)
    pages = (*meter.pages(744), meter.page(744 + 744, FIRST_HOUR + 744 + 744))
    result = ledger.one(ledger.sign(meter.key, meter.batch(pages)), at=hour_end(FIRST_HOUR + 2000))
    assert (result.code, reason(result)) == (REFUSED, Reason.MALFORMED)


def test_a_batch_that_does_not_continue_the_log_is_refused() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    ledger.accept(meter.key, meter.publish(4), at=hour_end(FIRST_HOUR + 9))
    before = ledger.record(meter.id)
    size, hour = meter.log.size, meter.hour
    good = meter.pages(2)
    foreign = Meter(key("foreign"), ledger.hash, hour=hour, log=meter.log)
    reopened = Meter(meter.key, ledger.hash, hour=hour, log=meter.log, epoch=1)
    wrong = {
        "behind": (meter.batch(good, first=size - 1), Reason.WRONG_SIZE),
        "ahead": (meter.batch(good, first=size + 1), Reason.WRONG_SIZE),
        "hole": (meter.batch((meter.page(size, hour + 1),)), Reason.NOT_CONTINUED),
        "an hour again": (meter.batch((meter.page(size, hour - 1),)), Reason.NOT_CONTINUED),
        "hole inside": (
            meter.batch((meter.page(size, hour), meter.page(size + 1, hour + 2))), Reason.NOT_CONTINUED,
        ),
        "order": (meter.batch((good[1], good[0])), Reason.NOT_CONTINUED),
        "number": (meter.batch((meter.page(size + 7, hour),)), Reason.NOT_CONTINUED),
        "root": (meter.batch(good, root=bytes(32)), Reason.NOT_CONTINUED),
        "root of fewer": (meter.batch(good, root=meter.batch(good[:1]).root), Reason.NOT_CONTINUED),
        "channels": (meter.batch((meter.page(size, hour, channels=3),)), Reason.NOT_CONTINUED),
        "other meter's page": (meter.batch((foreign.page(size, hour),)), Reason.NOT_CONTINUED),
        "tenancy": (meter.batch((reopened.page(size, hour),)), Reason.NOT_CONTINUED),
        "version": (meter.batch((b"\x02" + good[0][1:],)), Reason.NOT_CONTINUED),
        "no page": (meter.batch((b"page",)), Reason.NOT_CONTINUED),
    }  # fmt: skip
    for name, (body, expected) in wrong.items():
        assert ledger.refuse(meter.key, body, at=hour_end(hour + 9)) is expected, name
    assert ledger.record(meter.id) == before
    ledger.accept(meter.key, meter.batch(good), at=hour_end(hour + 9))


def test_the_first_page_decides_where_a_log_begins_within_its_certificate() -> None:
    ledger = Ledger()
    meter = ledger.meter(valid_from=FIRST_HOUR + 10, valid_to=FIRST_HOUR + 20)
    for first, expected in (
        (FIRST_HOUR + 9, Reason.NOT_VALID_YET),
        (FIRST_HOUR + 20, Reason.CERTIFICATE_ENDED),
    ):
        meter.hour = first
        assert ledger.refuse(meter.key, meter.batch(meter.pages(1)), at=hour_end(first)) is expected
    meter.hour = FIRST_HOUR + 12
    assert ledger.refuse(meter.key, meter.batch(meter.pages(9)), at=hour_end(FIRST_HOUR + 30)) is (
        Reason.CERTIFICATE_ENDED
    )
    ledger.accept(meter.key, meter.publish(8), at=hour_end(FIRST_HOUR + 30))
    assert ledger.record(meter.id).last_hour == FIRST_HOUR + 19


def test_nobody_publishes_for_another_meter() -> None:
    ledger = Ledger()
    meter, other = ledger.meter("one"), ledger.meter("two")
    body = meter.batch(meter.pages(1))
    assert ledger.refuse(other.key, body, at=hour_end(FIRST_HOUR)) is Reason.WRONG_METER
    assert ledger.refuse(CERTIFIER, body, at=hour_end(FIRST_HOUR)) is Reason.UNKNOWN_METER
    ledger.accept(meter.key, body, at=hour_end(FIRST_HOUR))


def test_an_hour_in_the_future_waits_and_is_accepted_after_the_next_block() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    tx = ledger.sign(meter.key, meter.batch(meter.pages(2)))
    early = hour_end(FIRST_HOUR + 1) - 121
    state = ledger.machine.state.app_hash
    outcome = ledger.block(tx, at=early)
    assert (outcome.results[0].code, reason(outcome.results[0])) == (LATER, Reason.HOUR_IN_FUTURE)
    assert outcome.retry == (0,)
    assert outcome.app_hash == state
    assert ledger.machine.check_tx(tx).code == OK  # what a block may lift is not CheckTx's to refuse
    assert ledger.machine.is_early(tx, early)
    assert not ledger.machine.is_early(tx, early + 1)
    assert ledger.one(tx, at=early + 1).code == OK


def test_what_is_already_there_is_refused_by_check_and_by_block() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    tx = ledger.sign(meter.key, meter.publish(1))
    at = hour_end(FIRST_HOUR)
    assert ledger.machine.check_tx(tx).code == OK
    assert ledger.one(tx, at=at).code == OK
    assert reason(ledger.machine.check_tx(tx)) is Reason.WRONG_SIZE
    assert reason(ledger.one(tx, at=at)) is Reason.WRONG_SIZE


# ---- retired, revoked, suspended ----------------------------------------------------------------


def test_retire_freezes_the_log_for_ever() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    ledger.accept(meter.key, meter.publish(2), at=hour_end(FIRST_HOUR + 2))
    for size in (0, 1, 3):
        assert ledger.refuse(meter.key, Retire(meter.id, size, b"", "swap")) is Reason.WRONG_SIZE
    assert ledger.refuse(meter.key, Retire(bytes(16), 0, b"", "swap")) is Reason.UNKNOWN_METER
    other = ledger.meter("other")
    assert ledger.refuse(other.key, Retire(meter.id, 2, b"", "swap")) is Reason.NOT_CERTIFIER
    ledger.accept(CERTIFIER, Retire(meter.id, 2, b"", "dead"))
    assert ledger.record(meter.id).flags == RETIRED
    assert ledger.refuse(CERTIFIER, Retire(meter.id, 2, b"", "dead")) is Reason.RETIRED
    assert ledger.refuse(meter.key, meter.batch(meter.pages(1)), at=hour_end(meter.hour)) is Reason.RETIRED
    assert ledger.record(meter.id).log.size == 2


def test_a_meter_retired_before_its_first_page_ends_where_its_certificate_began() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    ledger.accept(meter.key, Retire(meter.id, 0, b"", "swap"))
    assert ledger.home()[3] == [[meter.id, FIRST_HOUR, FIRST_HOUR]]
    alone = ledger.meter("alone", home=None)
    ledger.accept(alone.key, Retire(alone.id, 0, b"", "swap"))
    assert ledger.home()[0] == 2


def test_a_suspended_meter_publishes_nothing() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    ledger.put("meter", meter.id, replace(ledger.record(meter.id), flags=SUSPENDED).to_cbor())
    assert ledger.refuse(meter.key, meter.batch(meter.pages(1)), at=hour_end(FIRST_HOUR)) is Reason.BLOCKED


def test_a_revoked_meter_publishes_what_lies_before_its_revocation_and_no_more() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    record = replace(ledger.record(meter.id), flags=REVOKED, blocked_from=FIRST_HOUR + 3)
    ledger.put("meter", meter.id, record.to_cbor())
    at = hour_end(FIRST_HOUR + 9)
    assert ledger.refuse(meter.key, meter.batch(meter.pages(4)), at=at) is Reason.BLOCKED
    ledger.accept(meter.key, meter.publish(3), at=at)
    assert ledger.refuse(meter.key, meter.batch(meter.pages(1)), at=at) is Reason.BLOCKED


# ---- beacon -------------------------------------------------------------------------------------


def test_a_beacon_is_kept_and_the_next_one_takes_its_place() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    for nonce in (b"n" * 16, b"m" * 16):
        ledger.accept(meter.key, Beacon(nonce))
        value = ledger.machine.state.get("beacon", meter.id)
        assert value is not None
        assert decode(value) == nonce
    assert ledger.refuse(CERTIFIER, Beacon(b"n" * 16)) is Reason.UNKNOWN_METER


# ---- genesis ------------------------------------------------------------------------------------


def test_the_first_state_holds_what_genesis_says_and_no_module_is_empty() -> None:
    ledger = Ledger()
    state = ledger.machine.state
    assert set(state.modules) == {
        "beacon", "certificate", "certifier", "chain", "governance", "home", "meter", "quota", "signer",
        "zone",
    }  # fmt: skip
    assert all(state.get(module, b".") == b"\x01" for module in state.modules)
    assert state.get("zone", ZONE.name.encode()) == ZONE.to_cbor()
    assert state.get("certifier", CERTIFIER.kid) == encode(["certifier", CERTIFIER.public])
    assert state.get("chain", b"genesis") == encode(ledger.hash)
    assert state.get("governance", b"chain") == encode([0, bytes(32)])


def test_a_strangers_genesis_is_refused() -> None:
    ledger = Ledger()
    with pytest.raises(ValueError, match="another ledger"):
        ledger.machine.init_chain(replace(ledger.genesis, genesis_time_ns=START_S * 10**9 + 1))


def test_channels_stand_in_the_record_as_certified() -> None:
    ledger = Ledger()
    channels = (CertifiedChannel(Channel.IMPORT, True), CertifiedChannel(Channel.GAS, False))
    meter = ledger.meter(channels=channels)
    assert ledger.record(meter.id).channels == channels
    assert STRANGER.kid not in {k for k, _ in ledger.machine.state.items("meter")}
