"""Mandates: a household's meter seals orders while the computer is off, within what the ledger knows of it."""

from __future__ import annotations

from dataclasses import replace

from ohmstead.contract.mandates import Mandate
from ohmstead.contract.refusals import Reason
from ohmstead.core.market_statements import GiveMandate
from tests.contract.market_rig import FIRST, LOCK, PARAMS, RETAIL, Home, Market, buy
from tests.contract.rig import CERTIFIER, Retire


def given(max_live: int = 2, expiry: int | None = None) -> tuple[Market, Home]:
    m = Market()
    home = m.home_of("a")
    m.ok(home.mandate(max_live, expiry))
    return m, home


def live(m: Market, home: Home) -> int:
    raw = m.machine.state.get("mandate", home.id)
    assert raw is not None
    return Mandate.from_cbor(raw).live


def agents(home: Home, slot: int, wh: int = 5, version: int = 1) -> bytes:
    return home.commit(slot, buy((wh, RETAIL)), version, signer=home.meter.key)


def test_without_a_mandate_the_meter_alone_seals_nothing() -> None:
    m = Market()
    home = m.home_of("a")
    m.open(FIRST)
    assert m.no(agents(home, FIRST)) is Reason.NO_MANDATE


def test_the_agent_commits_cancels_and_reveals() -> None:
    m, home = given()
    m.open(FIRST)
    m.ok(agents(home, FIRST))
    m.ok(home.cancel(FIRST, 2, signer=home.meter.key))
    assert (home.account.locked, live(m, home)) == (0, 0)
    m.ok(agents(home, FIRST, version=3))
    assert (home.account.locked, live(m, home)) == (LOCK, 1)
    m.gate(FIRST)
    m.ok(home.reveal(FIRST, home.meter.key))
    m.close(FIRST)
    assert (live(m, home), home.results[-1].outcome) == (0, "unfilled")


def test_the_agents_live_locks_are_counted_and_bounded() -> None:
    m, home = given(2)
    slots = [FIRST, FIRST + 1, FIRST + 2]
    m.open(FIRST + 2)
    m.ok(*(agents(home, s) for s in slots[:2]))
    assert m.no(agents(home, slots[2])) is Reason.TOO_MANY_LIVE
    m.ok(agents(home, slots[1], wh=9, version=2))  # a replacement is no lock more
    m.ok(home.commit(slots[2], buy((1, RETAIL))))  # the order key is not counted
    assert live(m, home) == 2
    m.ok(home.commit(slots[1], buy((1, RETAIL)), version=3))  # taken over by the order key
    assert live(m, home) == 1
    m.ok(agents(home, slots[2], version=2))
    assert live(m, home) == 2
    assert m.no(agents(home, slots[1], version=4)) is Reason.TOO_MANY_LIVE
    m.block(at=FIRST * 900)  # the first slot is void: its lock is no longer live
    assert live(m, home) == 1


def test_a_forfeited_lock_of_the_agents_is_no_longer_live() -> None:
    m, home = given(1)
    m.open(FIRST)
    m.ok(agents(home, FIRST))
    m.gate(FIRST)
    m.close(FIRST)
    assert (live(m, home), home.results[-1].outcome) == (0, "forfeited")


def test_a_mandate_ends_at_its_expiry_and_by_revocation() -> None:
    m, home = given(3, PARAMS.open_s(FIRST) + 60)
    m.open(FIRST)
    m.ok(agents(home, FIRST), at=PARAMS.open_s(FIRST) + 60)
    assert m.no(agents(home, FIRST, version=2), at=PARAMS.open_s(FIRST) + 61) is Reason.NO_MANDATE
    assert m.no(home.cancel(FIRST, 2, signer=home.meter.key)) is Reason.NO_MANDATE
    m.ok(home.mandate(3))
    m.ok(agents(home, FIRST, version=2))
    m.ok(home.mandate(0))
    assert m.no(agents(home, FIRST, version=3)) is Reason.NO_MANDATE
    assert live(m, home) == 1  # what it sealed still stands, and the household can take it back
    m.ok(home.cancel(FIRST, 3))
    assert live(m, home) == 0


def test_the_live_count_survives_a_change_of_mandate() -> None:
    m, home = given(2)
    m.open(FIRST + 1)
    m.ok(agents(home, FIRST), agents(home, FIRST + 1))
    m.ok(home.mandate(1))
    assert live(m, home) == 2
    m.ok(home.cancel(FIRST, 2))
    assert m.no(agents(home, FIRST, version=3)) is Reason.TOO_MANY_LIVE


def test_who_gives_a_mandate_and_to_whom() -> None:
    m = Market()
    home, other = m.home_of("a"), m.home_of("b")
    assert m.no(home.mandate(1, agent=other.meter.id)) is Reason.WRONG_HOUSEHOLD
    assert m.no(home.mandate(1, agent=bytes(16))) is Reason.UNKNOWN_METER
    by_other = m.sign(other.key, GiveMandate(home.id, home.meter.id, 2**40, 1, bytes(32)))
    assert m.no(by_other) is Reason.NOT_ORDER_KEY
    by_meter = m.sign(home.meter.key, GiveMandate(home.id, home.meter.id, 2**40, 1, bytes(32)))
    assert m.no(by_meter) is Reason.NOT_ORDER_KEY
    second = m.meter("second", home=home.id)
    m.ok(home.mandate(1, agent=second.id))
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL)), signer=second.key))  # posted through the first meter
    assert m.no(agents(home, FIRST, version=2)) is Reason.NO_MANDATE


def test_an_agent_that_left_the_home_acts_no_more() -> None:
    m, home = given()
    second = m.meter("second", home=home.id)
    m.ok(home.mandate(2, agent=second.id))
    m.accept(CERTIFIER, Retire(second.id, 0, b"", "swap"))
    m.open(FIRST)
    assert m.no(home.commit(FIRST, buy((5, RETAIL)), signer=second.key)) is Reason.RETIRED


def test_the_terms_are_not_on_the_ledger() -> None:
    m, home = given()
    raw = m.machine.state.get("mandate", home.id)
    assert raw is not None
    assert replace(Mandate.from_cbor(raw), live=0).terms_hash == home.salt("terms")
