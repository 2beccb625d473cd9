"""What is the same for all statements: signers, signatures, expiry, sequences, quotas, isolation, halting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.contract import machine as machine_module
from ohmstead.contract import rules
from ohmstead.contract.genesis import AppState, Quotas
from ohmstead.contract.machine import LATER, OK, REFUSED, Machine, TxResult
from ohmstead.contract.overlay import Overlay
from ohmstead.contract.refusals import RETRY, Reason
from ohmstead.core import cose
from ohmstead.core.codec import decode, encode
from ohmstead.core.statements import RESERVED_TYPES, Statement, aad, content_type, sign
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    HOME,
    START_S,
    STRANGER,
    Beacon,
    Commission,
    Ledger,
    Retire,
    certificate,
    hour_end,
    key,
    make_genesis,
    reason,
)

DAY_S = 86_400


def envelope(ledger: Ledger, kind: str, payload: bytes) -> bytes:
    """A well signed envelope of any type and payload."""
    return cose.sign1(CERTIFIER, content_type(kind), payload, aad(ledger.hash))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The public keys whose signatures were really checked."""
    seen: list[bytes] = []
    verify = cose.keys.verify

    def counting(public: bytes, message: bytes, signature: bytes) -> bool:
        seen.append(public)
        return verify(public, message, signature)

    monkeypatch.setattr(cose.keys, "verify", counting)
    return seen


# ---- who signs ----------------------------------------------------------------------------------


def test_a_stranger_is_refused_before_any_signature_is_checked(checked: list[bytes]) -> None:
    ledger = Ledger()
    bodies = (Beacon(bytes(16)), certificate(key("meter")), Retire(bytes(16), 0, b"", "x"))
    txs = [ledger.sign(STRANGER, body) for body in bodies]
    outcome = ledger.block(*txs)
    assert [reason(r) for r in outcome.results] == [Reason.UNKNOWN_SIGNER] * 3
    assert [reason(ledger.machine.check_tx(tx)) for tx in txs] == [Reason.UNKNOWN_SIGNER] * 3
    assert checked == []
    ledger.accept(CERTIFIER, certificate(key("meter")))
    assert checked == [CERTIFIER.public]


def test_a_signature_is_checked_once_and_only_a_good_verdict_is_remembered(checked: list[bytes]) -> None:
    ledger = Ledger()
    good = ledger.sign(CERTIFIER, certificate(key("meter")))
    forged = good[:-1] + bytes((good[-1] ^ 1,))
    for _ in range(3):
        assert reason(ledger.machine.check_tx(forged)) is Reason.BAD_SIGNATURE
    assert len(checked) == 3
    assert ledger.machine.check_tx(good).code == OK
    assert ledger.one(good).code == OK
    assert len(checked) == 4
    assert reason(ledger.one(forged)) is Reason.BAD_SIGNATURE


def test_the_memory_of_verdicts_is_bounded(monkeypatch: pytest.MonkeyPatch, checked: list[bytes]) -> None:
    monkeypatch.setattr(machine_module, "_VERIFIED_LIMIT", 2)
    ledger = Ledger()
    meter = ledger.meter()
    checked.clear()
    txs = [ledger.sign(meter.key, Beacon(bytes((i,)) * 16)) for i in range(4)]
    for tx in (*txs, txs[0]):
        assert ledger.machine.check_tx(tx).code == OK
    assert len(checked) == 5


def test_a_statement_for_another_ledger_does_not_verify() -> None:
    ledger, other = Ledger(), Ledger(quotas=Quotas(1, 1, 1))
    assert ledger.hash != other.hash
    assert reason(ledger.one(other.sign(CERTIFIER, certificate(key("m"))))) is Reason.BAD_SIGNATURE


@given(st.data())
def test_no_altered_byte_of_a_statement_is_accepted(data: st.DataObject) -> None:
    ledger = Ledger()
    tx = ledger.sign(CERTIFIER, certificate(key("meter")))
    at = data.draw(st.integers(0, len(tx) - 1))
    bit = data.draw(st.integers(0, 7))
    broken = tx[:at] + bytes((tx[at] ^ 1 << bit,)) + tx[at + 1 :]
    state = ledger.machine.state.app_hash
    outcome = ledger.block(broken)
    assert outcome.results[0].code == REFUSED
    assert outcome.app_hash == state


@given(st.binary(max_size=200))
def test_noise_is_refused_and_moves_nothing(noise: bytes) -> None:
    ledger = _QUIET
    state = ledger.machine.state.app_hash
    outcome = ledger.block(noise)
    assert outcome.results[0].code == REFUSED
    assert ledger.machine.check_tx(noise) == outcome.results[0]
    assert not ledger.machine.is_early(noise, START_S)
    assert outcome.app_hash == state


_QUIET = Ledger()


@pytest.mark.parametrize("noise", [b"\x1c", b"\x5f"])
def test_bytes_with_a_reserved_length_are_malformed(noise: bytes) -> None:
    assert reason(Ledger().one(noise)) is Reason.MALFORMED


@pytest.mark.parametrize("kind", sorted(RESERVED_TYPES))
def test_reserved_types_are_refused_by_name(kind: str) -> None:
    ledger = Ledger()
    payload = encode({0: kind, 1: 1, 2: START_S + DAY_S, 3: {}})
    result = ledger.one(envelope(ledger, kind, payload))
    assert (result.code, reason(result)) == (REFUSED, Reason.UNSUPPORTED)
    assert kind in result.log


def test_unknown_types_versions_and_fields_are_malformed() -> None:
    ledger = Ledger()
    body = certificate(key("meter")).to_value()
    until = START_S + DAY_S
    cases = {
        "type": ("gift", encode({0: "gift", 1: 1, 2: until, 3: {}})),
        "not the envelope's": ("commission", encode({0: "register", 1: 1, 2: until, 3: body})),
        "no sequence": ("register", encode({0: "register", 2: until, 3: body})),
        "sequence out of place": ("beacon", encode({0: "beacon", 1: 1, 2: until, 3: {0: bytes(16)}})),
        "a field more": ("register", encode({0: "register", 1: 1, 2: until, 3: body, 4: 0})),
        "negative": ("register", encode({0: "register", 1: -1, 2: until, 3: body})),
        "not a map": ("register", encode(["register", 1, until, body])),
    }
    for name, (kind, payload) in cases.items():
        assert reason(ledger.one(envelope(ledger, kind, payload))) is Reason.MALFORMED, name
    version = cose.sign1(
        CERTIFIER, "ohmstead/register+v2", encode({0: "register", 1: 1, 2: until, 3: body}), aad(ledger.hash)
    )
    assert reason(ledger.one(version)) is Reason.MALFORMED
    assert reason(ledger.one(bytes((128 << 10) + 1))) is Reason.MALFORMED
    assert ledger.seq_of(CERTIFIER.kid) == 0


# ---- expiry and sequence ------------------------------------------------------------------------


def test_a_statement_holds_through_its_last_second() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    at = ledger.time_s + 100
    late = ledger.sign(meter.key, Beacon(b"1" * 16), valid_until=at - 1)
    last = ledger.sign(meter.key, Beacon(b"2" * 16), valid_until=at)
    outcome = ledger.block(late, last, at=at)
    assert [r.code for r in outcome.results] == [REFUSED, OK]
    assert reason(outcome.results[0]) is Reason.EXPIRED
    assert reason(ledger.machine.check_tx(late)) is Reason.EXPIRED


def test_sequences_are_consecutive_per_signer() -> None:
    ledger = Ledger()
    for seq, code in ((2, REFUSED), (0, REFUSED), (1, OK), (1, REFUSED), (3, REFUSED), (2, OK)):
        body = certificate(key(f"meter {seq} {code}"))
        assert ledger.one(ledger.sign(CERTIFIER, body, seq=seq)).code == code, seq
    assert ledger.seq_of(CERTIFIER.kid) == 2
    tx = ledger.sign(CERTIFIER, certificate(key("again")), seq=2)
    assert reason(ledger.machine.check_tx(tx)) is Reason.WRONG_SEQUENCE
    ahead = ledger.sign(CERTIFIER, certificate(key("ahead")), seq=9)
    assert ledger.machine.check_tx(ahead).code == OK  # the ones before may be on their way


def test_a_refused_statement_uses_its_sequence_up_and_leaves_nothing_else() -> None:
    ledger = Ledger()
    before = dict(ledger.machine.state.snapshot())
    outcome = ledger.block(ledger.sign(CERTIFIER, Commission(bytes(16), HOME, "test-utc", FIRST_HOUR)))
    assert reason(outcome.results[0]) is Reason.UNKNOWN_METER
    assert outcome.changes == {("signer", CERTIFIER.kid): encode(1)}
    after = dict(ledger.machine.state.snapshot())
    assert after == {**before, ("signer", CERTIFIER.kid): encode(1)}
    ledger.accept(CERTIFIER, certificate(key("meter")))


def test_what_fails_signature_or_expiry_uses_no_sequence() -> None:
    ledger = Ledger()
    tx = ledger.sign(CERTIFIER, certificate(key("meter")), seq=1)
    late = ledger.sign(CERTIFIER, certificate(key("meter")), seq=1, valid_until=START_S - 1)
    outcome = ledger.block(tx[:-1] + bytes((tx[-1] ^ 1,)), late)
    assert [reason(r) for r in outcome.results] == [Reason.BAD_SIGNATURE, Reason.EXPIRED]
    assert outcome.changes == {}
    assert ledger.one(tx).code == OK


def test_two_statements_of_one_signer_in_one_block_follow_each_other() -> None:
    ledger = Ledger()
    meter = key("meter")
    one = ledger.sign(CERTIFIER, certificate(meter))
    two = ledger.sign(CERTIFIER, Commission(meter.kid, HOME, "test-utc", FIRST_HOUR))
    refused = Ledger().block(two, one)
    assert [r.code for r in refused.results] == [REFUSED, OK]
    assert [r.code for r in ledger.block(one, two).results] == [OK, OK]


def test_every_refusal_that_a_block_may_lift_is_later_and_every_other_is_final() -> None:
    later = {
        Reason.HOUR_IN_FUTURE, Reason.SLOT_NOT_OPEN, Reason.GATE_NOT_REACHED, Reason.DELIVERY_NOT_OVER,
        Reason.DAY_NOT_OVER, Reason.BLOCK_FULL,
    }  # fmt: skip
    assert later == RETRY
    numbers = [int(r) for r in Reason]
    assert len(set(numbers)) == len(numbers)
    assert {r.name: int(r) for r in Reason} == {
        "MALFORMED": 1, "UNKNOWN_SIGNER": 2, "BAD_SIGNATURE": 3, "EXPIRED": 4, "WRONG_SEQUENCE": 5,
        "QUOTA": 6, "UNSUPPORTED": 7, "NOT_CERTIFIER": 10, "KEY_REFUSED": 11, "KEY_IN_USE": 12,
        "UNKNOWN_METER": 13, "ALREADY_COMMISSIONED": 14, "UNKNOWN_ZONE": 15, "RETIRED": 16,
        "NOT_VALID_YET": 17, "CERTIFICATE_ENDED": 18, "BLOCKED": 19,
        "WRONG_SIZE": 20, "NOT_CONTINUED": 21, "WRONG_METER": 22, "HOUR_IN_FUTURE": 40,
        "SLOT_NOT_OPEN": 41, "GATE_NOT_REACHED": 42, "DELIVERY_NOT_OVER": 43,
        "WRONG_HOUSEHOLD": 50, "NOT_ORDER_KEY": 51, "NO_ACCOUNT": 52, "NO_FUNDS": 53, "BARRED": 54,
        "FULL": 55, "ALREADY_DONE": 56, "OLD_VERSION": 57, "ENGAGED": 58, "GATE_PASSED": 59,
        "NO_COMMIT": 60, "WRONG_COMMITMENT": 61, "WINDOW_CLOSED": 62, "NO_SALE": 63, "OVER_FILL": 64,
        "TOO_LATE": 65, "NO_MANDATE": 66, "TOO_MANY_LIVE": 67, "NOT_GOVERNANCE": 68,
        "REFERENCE_USED": 69, "NO_PAYOUT": 70, "FROZEN": 71, "NO_LOT": 72, "LOT_REFUSED": 73,
        "NO_SLOT": 74, "DAY_NOT_OVER": 44, "BLOCK_FULL": 45, "NO_COHORT": 80, "NOT_ON_ROSTER": 81,
        "WRONG_EPOCH": 82, "NO_KEY": 83, "BAD_PROOF": 84, "NOT_GUARDIAN": 85, "NOT_CLOSED": 86, "TOO_YOUNG": 87,
    }  # fmt: skip


# ---- quotas -------------------------------------------------------------------------------------


def test_pages_are_counted_per_meter_and_utc_day() -> None:
    ledger = Ledger(quotas=Quotas(pages=5, beacons=9, others=9))
    meter, other = ledger.meter("one"), ledger.meter("two")
    day = hour_end(FIRST_HOUR + 23)
    ledger.accept(meter.key, meter.publish(4), at=day)
    assert ledger.refuse(meter.key, meter.batch(meter.pages(2)), at=day) is Reason.QUOTA
    assert ledger.record(meter.id).log.size == 4
    ledger.accept(meter.key, meter.publish(1), at=day + 1)
    assert ledger.refuse(meter.key, meter.batch(meter.pages(1)), at=day + DAY_S - 1) is Reason.QUOTA
    ledger.accept(other.key, other.publish(5), at=day + DAY_S - 1)
    ledger.accept(meter.key, meter.publish(5), at=day + DAY_S)


def test_a_replayed_certificate_lifts_the_quota_of_pages_alone() -> None:
    ledger = Ledger(quotas=Quotas(pages=1, beacons=1, others=9))
    meter = ledger.meter(replayed=True)
    ledger.accept(meter.key, meter.publish(700), at=hour_end(FIRST_HOUR + 700))
    ledger.accept(meter.key, Beacon(b"1" * 16))
    assert ledger.refuse(meter.key, Beacon(b"2" * 16)) is Reason.QUOTA
    assert decode(ledger.machine.state.get("beacon", meter.id) or b"") == b"1" * 16


def test_other_statements_are_counted_apart_and_a_refused_one_does_not_count() -> None:
    ledger = Ledger(quotas=Quotas(pages=1, beacons=1, others=2))
    ledger.accept(CERTIFIER, certificate(key("one")))
    assert ledger.refuse(CERTIFIER, certificate(key("one"))) is Reason.KEY_IN_USE
    ledger.accept(CERTIFIER, certificate(key("two")))
    assert ledger.refuse(CERTIFIER, certificate(key("three"))) is Reason.QUOTA
    assert ledger.seq_of(CERTIFIER.kid) == 4
    ledger.accept(CERTIFIER, certificate(key("three")), at=(ledger.time_s // DAY_S + 1) * DAY_S)


def test_a_batch_that_waits_for_its_hour_uses_no_quota() -> None:
    ledger = Ledger(quotas=Quotas(pages=1, beacons=1, others=9))
    meter = ledger.meter()
    tx = ledger.sign(meter.key, meter.batch(meter.pages(1)))
    for _ in range(3):
        assert ledger.one(tx).code == LATER
    assert ledger.one(tx, at=hour_end(FIRST_HOUR)).code == OK


# ---- blocks -------------------------------------------------------------------------------------


def test_an_idle_block_and_one_of_refusals_leave_the_app_hash() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    state = ledger.machine.state.app_hash
    assert ledger.block().app_hash == state
    tx = ledger.sign(meter.key, meter.batch(meter.pages(1), root=bytes(32)))
    outcome = ledger.block(tx, b"noise", at=hour_end(FIRST_HOUR))
    assert [r.code for r in outcome.results] == [REFUSED, REFUSED]
    assert (outcome.app_hash, outcome.changes) == (state, {})
    assert ledger.block(at=hour_end(FIRST_HOUR + 500)).app_hash == state


def test_a_refusal_between_two_acceptances_touches_neither() -> None:
    ledger, clean = Ledger(), Ledger()
    meters = [ledger.meter(n) for n in ("a", "b")]
    for n in ("a", "b"):
        clean.meter(n)
    good = [ledger.sign(m.key, m.batch(m.pages(2))) for m in meters]
    bad = ledger.sign(meters[0].key, meters[0].batch(meters[0].pages(1), root=bytes(32)))
    at = hour_end(FIRST_HOUR + 1)
    assert [r.code for r in ledger.block(good[0], bad, good[1], at=at).results] == [OK, REFUSED, OK]
    assert ledger.machine.state.app_hash == clean.block(*good, at=at).app_hash


def test_what_a_rule_wrote_before_it_refused_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    meter = ledger.meter()

    def half(state: Overlay, signed: Any, body: Beacon) -> None:
        state.put_value("beacon", signed.signer, body.nonce)
        raise rules.Refused(Reason.BLOCKED, "after writing")

    monkeypatch.setattr(rules, "beacon", half)
    outcome = ledger.block(ledger.sign(meter.key, Beacon(b"x" * 16)))
    assert (reason(outcome.results[0]), outcome.changes) == (Reason.BLOCKED, {})


def test_an_unexpected_exception_leaves_finalize_block_and_moves_no_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = Ledger()
    meter = ledger.meter()
    before = (ledger.machine.state.app_hash, ledger.machine.height)
    good = ledger.sign(CERTIFIER, certificate(key("other")))

    def broken(*_: object) -> None:
        raise RecursionError("too deep on this machine")

    monkeypatch.setattr(rules, "beacon", broken)
    with pytest.raises(RecursionError):
        ledger.block(good, ledger.sign(meter.key, Beacon(b"x" * 16)))
    assert (ledger.machine.state.app_hash, ledger.machine.height) == before


def test_a_state_taken_up_again_goes_on_as_if_nothing_had_happened() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    ledger.accept(meter.key, meter.publish(3), at=hour_end(FIRST_HOUR + 3))
    again = Machine(ledger.genesis)
    kept = list(ledger.machine.state.snapshot())
    assert again.restore(ledger.height, ledger.time_s, reversed(kept)) == ledger.machine.state.app_hash
    assert (again.height, again.time_s) == (ledger.height, ledger.time_s)
    tx = ledger.sign(meter.key, meter.publish(2))
    at = hour_end(FIRST_HOUR + 9)
    assert again.finalize_block(ledger.height + 1, at, [tx]) == ledger.block(tx, at=at)


def test_the_result_is_a_number_that_a_light_client_can_read() -> None:
    result = Ledger().one(b"noise")
    assert result == TxResult(REFUSED, encode([1]), result.log)


# ---- genesis ------------------------------------------------------------------------------------


def test_app_state_bytes_are_read_again_and_bad_ones_refused() -> None:
    raw = make_genesis().app_state
    state = AppState.from_cbor(raw)
    assert state.to_cbor() == raw
    twice = replace(state, zones=state.zones * 2)
    with pytest.raises(ValueError, match="ascending"):
        AppState.from_cbor(twice.to_cbor())
    with pytest.raises(ValueError, match="ascending"):
        AppState.from_cbor(replace(state, zones=()).to_cbor())
    weak = replace(state, certifiers=(replace(state.certifiers[0], public_key=bytes(32)),))
    with pytest.raises(ValueError, match="member key"):
        AppState.from_cbor(weak.to_cbor())
    with pytest.raises(ValueError, match="version"):
        AppState.from_cbor(encode([2, [], [], [], [1, 1, 1], False, b""]))


def test_a_statement_of_a_sequenced_type_is_not_signed_without_one() -> None:
    ledger = Ledger()
    with pytest.raises(ValueError, match="needed"):
        sign(CERTIFIER, ledger.hash, Statement(certificate(key("m")), START_S))
    with pytest.raises(ValueError, match="not used"):
        sign(CERTIFIER, ledger.hash, Statement(Beacon(bytes(16)), START_S, 1))
