"""How a slot ends: forfeits and the bar, void, work carried over, delivery and expiry, idle blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract import market_rules
from ohmstead.contract.parameters import DELIVERY_S
from ohmstead.contract.refusals import Reason
from ohmstead.core.market_statements import Deliver
from ohmstead.market.orders import Order
from tests.contract.market_rig import FEE, FEED_IN, FIRST, LOCK, PARAMS, RETAIL, Home, Market, buy, sell

DAY = 86_400


def two() -> tuple[Market, Home, Home]:
    m = Market()
    return m, m.home_of("buyer"), m.home_of("seller")


# ---- forfeits and the bar ---------------------------------------------------------------------------------


def forfeit_on(m: Market, home: Home, slot: int) -> None:
    m.open(slot)
    m.ok(home.commit(slot, buy((1, RETAIL))))
    m.gate(slot)
    m.close(slot)
    assert home.results[-1].outcome == "forfeited"


def test_three_days_of_forfeits_in_thirty_bar_a_household_for_thirty() -> None:
    m, home, other = two()
    for day, extra in ((0, 0), (0, 4), (3, 0), (29, 0)):
        assert home.account.barred_until == 0
        forfeit_on(m, home, FIRST + 96 * day + extra)
    slot = FIRST + 96 * 29
    assert home.account.barred_until == slot * 900 + 30 * DAY
    assert len(home.account.forfeits) == 3
    m.open(slot + 10)
    assert m.no(home.commit(slot + 10, buy((1, RETAIL)))) is Reason.BARRED
    m.ok(other.commit(slot + 10, buy((1, RETAIL))))
    free = slot + 30 * 96 + 10
    m.open(free)
    m.ok(home.commit(free, buy((1, RETAIL))))


def test_forfeits_thirty_days_apart_do_not_add_up() -> None:
    m, home, _ = two()
    for day in (0, 15, 30, 45):
        forfeit_on(m, home, FIRST + 96 * day)
        assert home.account.barred_until == 0


def test_a_barred_household_keeps_what_it_has_and_can_cancel() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((1, RETAIL))))
    m.put("account", home.id, replace(home.account, barred_until=m.time_s + DAY).to_cbor())
    assert m.no(home.commit(FIRST, buy((2, RETAIL)), version=2)) is Reason.BARRED
    m.ok(home.cancel(FIRST))
    m.ok(m.payout(home, home.account.free))


# ---- void ---------------------------------------------------------------------------------------------------


def test_a_chain_halted_through_a_window_voids_the_slot_and_nobody_forfeits() -> None:
    m, buyer, seller = two()
    m.open(FIRST)
    m.ok(buyer.commit(FIRST, buy((500, RETAIL))), seller.commit(FIRST, sell((500, FEED_IN))))
    m.gate(FIRST)
    m.ok(buyer.reveal(FIRST))
    m.block(at=FIRST * 900)
    record = m.record_of(FIRST)
    assert (record.void, record.n, record.fund_nano, record.price) == (True, 0, 0, None)
    assert buyer.account.free == seller.account.free == 50 * LOCK
    assert [r.outcome for r in buyer.results + seller.results] == ["void", "void"]
    assert buyer.account.forfeits == ()


def test_a_slot_whose_gate_block_never_came_is_void() -> None:
    m, buyer, _ = two()
    m.open(FIRST)
    m.ok(buyer.commit(FIRST, buy((500, RETAIL))))
    m.block(at=FIRST * 900 + 5000)
    assert m.record_of(FIRST).void
    assert buyer.account.free == 50 * LOCK


def test_work_carried_over_does_not_decide_what_a_slot_ends_as(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long halt the sweep is behind; a slot complete by block time is cleared, not void, later."""
    m, buyer, seller = two()
    monkeypatch.setattr(market_rules, "WORK_PER_BLOCK", 3)
    far = FIRST + 200
    m.block(at=PARAMS.open_s(far))
    assert m.next[1] == FIRST + 3
    m.ok(buyer.commit(far, buy((500, RETAIL))), seller.commit(far, sell((500, FEED_IN))))
    m.gate(far)
    m.ok(buyer.reveal(far), seller.reveal(far))
    for _ in range(9):
        m.block(at=m.time_s + 60)
    assert m.next[1] < far
    late = m.no(buyer.reveal(far))
    assert late is Reason.WINDOW_CLOSED  # closed by block time, though not swept
    assert m.later(seller.deliver(far, 5)) is Reason.DELIVERY_NOT_OVER
    m.block(at=far * 900 + 100)
    while m.next[1] <= far:
        m.block(at=m.time_s + 1)
    assert not m.record_of(far).void
    assert m.record_of(far).price is not None


def test_a_block_does_a_bounded_amount_of_due_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(market_rules, "WORK_PER_BLOCK", 5)
    m = Market()
    m.block(at=(FIRST + 23) * 900)
    for done in range(5, 25, 5):
        assert m.next == (FIRST + 25, FIRST + min(done, 24))
        m.block(at=m.time_s + 1)


# ---- delivery -------------------------------------------------------------------------------------------------


def sold() -> tuple[Market, Home, Home]:
    m, buyer, seller = two()
    m.trade(FIRST, [(buyer, buy((1000, 250_000))), (seller, sell((600, 100_000)))])
    return m, buyer, seller


def test_a_full_delivery_pays_the_seller_and_frees_its_bond() -> None:
    m, _, seller = sold()
    m.past(FIRST)
    m.ok(seller.deliver(FIRST, 600))
    assert (seller.account.free, seller.account.locked) == (50 * LOCK + 600 * 240_000, 0)
    assert (m.uint("account", b"fee"), m.uint("account", b"supplier")) == (600 * FEE, 0)
    assert m.uint("account", b"escrow") == 0
    last = seller.results[-1]
    assert (last.outcome, last.fill, last.delivered, last.money_nano) == ("settled", 600, 600, 600 * 240_000)


def test_a_shortfall_is_bought_from_the_supplier() -> None:
    m, _, seller = sold()
    m.past(FIRST)
    m.ok(seller.deliver(FIRST, 500))
    short = 100 * (RETAIL - 240_000)
    assert seller.account.free == 50 * LOCK + 500 * 240_000 - short
    assert m.uint("account", b"supplier") == 100 * RETAIL
    assert m.uint("account", b"fee") == 600 * FEE


def test_a_delivery_is_stated_once_in_time_and_within_the_fill() -> None:
    m, buyer, seller = sold()
    early = seller.deliver(FIRST, 600)
    assert m.machine.is_early(early, (FIRST + 1) * 900 - 1)
    assert m.later(early, at=(FIRST + 1) * 900 - 1) is Reason.DELIVERY_NOT_OVER
    m.past(FIRST)
    assert m.no(seller.deliver(FIRST, 601)) is Reason.OVER_FILL
    assert m.no(buyer.deliver(FIRST, 1)) is Reason.NO_SALE
    assert m.no(m.sign(seller.key, Deliver(FIRST, 1))) is Reason.UNKNOWN_METER
    m.ok(early)
    assert m.no(early) is Reason.NO_SALE
    assert m.no(seller.deliver(FIRST, 1)) is Reason.NO_SALE


def test_another_meter_of_the_household_cannot_state_it() -> None:
    m, _, seller = sold()
    second = m.meter("second", home=seller.id)
    m.past(FIRST)
    assert m.no(m.sign(second.key, Deliver(FIRST, 1))) is Reason.WRONG_METER


def test_after_48_hours_nothing_was_delivered() -> None:
    m, _, seller = sold()
    late = seller.deliver(FIRST, 600)
    end = (FIRST + 1) * 900 + DELIVERY_S
    m.block(at=end - 1)
    assert [r.outcome for r in seller.results] == ["filled"]
    assert m.no(late, at=end) is Reason.NO_SALE
    last = seller.results[-1]
    assert (last.outcome, last.delivered, last.money_nano) == ("expired", 0, 0)
    assert (seller.account.locked, m.uint("account", b"supplier")) == (0, 600 * RETAIL)
    assert m.uint("account", b"escrow") == 0


def test_a_delivery_too_late_is_refused_even_before_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    m, _, seller = sold()
    monkeypatch.setattr(market_rules, "WORK_PER_BLOCK", 0)
    assert m.no(seller.deliver(FIRST, 600), at=(FIRST + 1) * 900 + DELIVERY_S) is Reason.TOO_LATE


# ---- idle -----------------------------------------------------------------------------------------------------


def test_a_market_ahead_costs_nothing_and_an_idle_block_moves_nothing() -> None:
    m = Market()
    for _ in range(3):
        m.block()
    assert set(m.app_hashes) == {m.first_app_hash}
    m.block(at=PARAMS.gate_s(FIRST))
    assert m.app_hashes[-1] != m.app_hashes[-2]
    for _ in range(9):
        m.block(at=m.time_s + 60)
    assert m.next[1] == FIRST + 1
    m.block(at=m.time_s + 30)
    assert m.app_hashes[-1] == m.app_hashes[-2]


def test_a_market_day_in_a_replay_needs_two_blocks_and_three_proposers() -> None:
    m = Market(replace(PARAMS, reveal_blocks=2, reveal_seconds=0))
    home = m.home_of("a")
    m.open(FIRST)
    m.ok(home.commit(FIRST, Order(buy().side)))
    m.gate(FIRST)
    m.ok(home.reveal(FIRST))
    for _ in range(2):
        assert m.next[1] == FIRST
        m.block(at=m.time_s + 1)
    assert m.next[1] == FIRST + 1
