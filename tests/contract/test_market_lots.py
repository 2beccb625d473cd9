"""Surplus lots, rule by rule: offer, sealed bids, reveals, the second price, engagement, delivery, void."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract.market_lots import MAX_AHEAD
from ohmstead.contract.parameters import DELIVERY_S
from ohmstead.contract.refusals import Reason
from ohmstead.core.market_inner import LotOffer, SealedBid
from ohmstead.core.market_statements import BidLot, OpenLot, RevealBid
from ohmstead.market.lot_records import recompute_lot
from ohmstead.market.lots import Lot
from ohmstead.market.orders import Terms
from tests.contract.market_rig import (
    FEE,
    FEED_IN,
    FIRST,
    LOCK,
    PARAMS,
    RETAIL,
    TREASURY,
    Home,
    Market,
    Q,
    buy,
    lot_id,
    sell,
)
from tests.contract.rig import STRANGER, Ledger, reason

WH, RESERVE = 4000, 100_000
START = FIRST + 20
BOND, BID_LOCK = WH * (RETAIL - FEED_IN), WH * RETAIL
TERMS = Terms("midpoint", FEED_IN, RETAIL, FEE, Q)


class Auction:
    """A seller's open lot and two bidders."""

    def __init__(self, params: object = PARAMS) -> None:
        self.m = m = Market()
        self.seller, self.one, self.two = m.home_of("seller"), m.home_of("one"), m.home_of("two")
        self.offer = self.seller.offer(WH, START, 4, RESERVE)
        self.lot = lot_id(self.offer)
        m.ok(self.seller.open_lot(self.offer))

    def gate(self) -> None:
        self.m.block(at=self.offer.gate * 900)

    def close(self) -> None:
        done = len(self.m.books["lot/1"])
        while len(self.m.books["lot/1"]) == done:
            self.m.block(at=self.m.time_s + 55)

    def run(self, bids: dict[str, int], reveal: bool = True) -> None:
        """Bids, gate, reveals, auction."""
        homes: list[Home] = [getattr(self, name) for name in bids]
        self.m.ok(*(h.bid(self.lot, bid) for h, bid in zip(homes, bids.values(), strict=True)))
        self.gate()
        if reveal:
            self.m.ok(*(h.reveal_bid(self.lot) for h in homes))
        self.close()


# ---- opening ----------------------------------------------------------------------------------------


def test_a_lot_locks_its_bond_and_engages_its_slots() -> None:
    a = Auction()
    assert a.seller.account.locked == BOND
    for slot in range(START, START + 4):
        assert a.m.machine.state.get("engaged", a.seller.id + slot.to_bytes(8, "big")) is not None
    assert a.m.no(a.seller.open_lot(a.offer)) is Reason.ALREADY_DONE
    again = replace(a.offer, nonce=bytes(16))
    assert a.m.no(a.seller.open_lot(again)) is Reason.ENGAGED
    beside = replace(a.offer, nonce=bytes(16), first=START + 4, gate=a.offer.gate)
    a.m.ok(a.seller.open_lot(beside))


def test_what_a_lot_may_not_be() -> None:
    m = Market()
    home = m.home_of("seller")
    good = home.offer(WH, START, 4, RESERVE)
    refused: dict[str, LotOffer] = {
        "no slot": replace(good, slots=0),
        "too many slots": replace(good, slots=17),
        "before the market": replace(good, first=FIRST - 1, gate=FIRST - 20),
        "nothing": replace(good, wh=0),
        "more than the slots may carry": replace(good, wh=4 * Q + 1),
        "reserve below feed-in": replace(good, reserve=FEED_IN - 1),
        "reserve above retail less fee": replace(good, reserve=RETAIL - FEE + 1),
        "bids end too late": replace(good, gate=START - 5),
        "bids end so that no window fits": replace(good, gate=START - 5 - 0),
        "too far ahead": replace(good, first=m.time_s // 900 + MAX_AHEAD + 2),
    }
    for name, offer in refused.items():
        assert m.no(home.open_lot(offer)) is Reason.LOT_REFUSED, name
    past = replace(good, gate=m.time_s // 900)
    assert m.no(home.open_lot(past)) is Reason.GATE_PASSED
    m.ok(home.open_lot(replace(good, gate=START - 6)))


def test_only_an_order_key_and_the_own_meter_open_a_lot() -> None:
    m = Market()
    home, other = m.home_of("seller"), m.home_of("other")
    offer = home.offer(WH, START)
    assert m.no(home.open_lot(offer, other.key)) is Reason.NOT_ORDER_KEY
    assert m.no(home.open_lot(offer, home.meter.key)) is Reason.NOT_ORDER_KEY
    assert m.no(home.open_lot(offer, STRANGER)) is Reason.UNKNOWN_SIGNER
    body = OpenLot.of(home.key, m.hash, offer)
    assert m.no(m.sign(other.meter.key, body)) is Reason.WRONG_METER
    m.ok(home.mandate(5))
    assert m.no(home.open_lot(offer, home.meter.key)) is Reason.NOT_ORDER_KEY  # a mandate is for slots
    poor = m.home_of("poor", BOND - 1)
    assert m.no(poor.open_lot(poor.offer(WH, START))) is Reason.NO_FUNDS
    m.put("account", home.id, replace(home.account, barred_until=m.time_s + 10**6).to_cbor())
    assert m.no(home.open_lot(offer)) is Reason.BARRED


# ---- bids ---------------------------------------------------------------------------------------------


def test_every_bidder_locks_the_same_whatever_it_bids() -> None:
    a = Auction()
    a.m.ok(a.one.bid(a.lot, RESERVE + FEE), a.two.bid(a.lot, RETAIL))
    assert a.one.account.locked == a.two.account.locked == BID_LOCK
    a.m.ok(a.one.bid(a.lot, 200_000, version=2))
    assert a.one.account.locked == BID_LOCK
    assert a.m.no(a.one.bid(a.lot, 200_001, version=2)) is Reason.OLD_VERSION
    assert a.m.no(a.one.bid(a.lot, 200_001, version=21)) is Reason.QUOTA
    assert a.m.no(a.seller.bid(a.lot, 200_001)) is Reason.LOT_REFUSED
    assert a.m.no(a.two.bid(bytes(16), 200_001)) is Reason.NO_LOT
    a.gate()
    assert a.m.no(a.one.bid(a.lot, 200_001, version=3)) is Reason.GATE_PASSED


def test_a_bid_is_its_own_households() -> None:
    a = Auction()
    body = BidLot.of(a.two.key, a.m.hash, SealedBid(a.lot, a.one.id, a.one.meter.id, 1, bytes(32)))
    assert a.m.no(a.m.sign(a.one.meter.key, body)) is Reason.NOT_ORDER_KEY
    poor = a.m.home_of("poor", BID_LOCK - 1)
    assert a.m.no(poor.bid(a.lot, RETAIL)) is Reason.NO_FUNDS


def test_reveals_count_between_the_gate_block_and_the_windows_end() -> None:
    a = Auction()
    a.m.ok(a.one.bid(a.lot, 200_000), a.two.bid(a.lot, 150_000))
    opened = a.one.reveal_bid(a.lot)
    assert a.m.later(opened) is Reason.GATE_NOT_REACHED
    assert a.m.machine.is_early(opened, a.offer.gate * 900)
    a.gate()
    assert not a.m.machine.is_early(opened, a.m.time_s)
    a.m.ok(a.one.reveal_bid(a.lot, TREASURY))  # relayed
    assert a.m.no(opened) is Reason.ALREADY_DONE
    a.two.sealed[a.lot] = 160_000, a.two.sealed[a.lot][1]
    assert a.m.no(a.two.reveal_bid(a.lot)) is Reason.WRONG_COMMITMENT
    assert a.m.no(a.seller.ledger.sign(a.one.key, _of(a, a.seller))) is Reason.NO_COMMIT
    a.close()
    assert a.m.no(opened) is Reason.NO_LOT
    assert not a.m.machine.is_early(opened, a.m.time_s)
    assert [r.outcome for r in a.two.results] == ["forfeited"]


def _of(a: Auction, home: Home) -> RevealBid:
    return RevealBid(a.lot, home.id, 1, bytes(32))


# ---- the auction ---------------------------------------------------------------------------------------


def test_the_highest_bid_wins_and_pays_the_second() -> None:
    a = Auction()
    a.run({"one": 250_000, "two": 180_000})
    record = a.m.lot_record()
    assert (record.n, record.price, record.fund_nano, record.void) == (2, 180_000, 0, False)
    assert (a.one.account.free, a.one.account.locked) == (50 * LOCK - WH * 180_000, 0)
    assert a.two.account.free == 50 * LOCK
    assert a.seller.account.locked == WH * (RETAIL - 170_000)
    assert a.m.uint("account", b"escrow") == WH * 180_000
    assert [(r.outcome, r.fill, r.price, r.money_nano) for r in a.one.results + a.two.results] == [
        ("filled", WH, 180_000, WH * 180_000), ("unfilled", 0, 180_000, 0),
    ]  # fmt: skip
    assert [(r.outcome, r.price, r.money_nano) for r in a.seller.results] == [
        ("filled", 180_000, WH * 170_000)
    ]
    book, results, _ = a.m.books["lot/1"][0]
    recompute_lot(record, book, Lot(a.lot, WH, RESERVE), TERMS, a.m.hash, results)
    for module in ("lot", "lotbid", "order"):
        assert [k for k, _ in a.m.machine.state.items(module)] == [b"."]


def test_a_single_bidder_pays_the_reserve_and_the_fee() -> None:
    a = Auction()
    a.run({"one": 250_000})
    assert a.m.lot_record().price == RESERVE + FEE


def test_a_sold_lot_is_delivered_and_settled_like_a_slot() -> None:
    for wh in (WH, 1000, 0):
        a = Auction()
        a.run({"one": 250_000, "two": 180_000})
        tx = a.seller.deliver(a.lot, wh)
        assert a.m.machine.is_early(tx, (START + 4) * 900 - 1)
        assert a.m.later(tx, at=(START + 4) * 900 - 1) is Reason.DELIVERY_NOT_OVER
        a.m.past(START + 3)
        assert a.m.no(a.one.deliver(a.lot, 1)) is Reason.WRONG_METER
        assert a.m.no(a.seller.deliver(a.lot, WH + 1)) is Reason.OVER_FILL
        a.m.ok(tx)
        assert a.m.no(tx) is Reason.NO_SALE
        short = (WH - wh) * (RETAIL - 170_000)
        assert (a.seller.account.free, a.seller.account.locked) == (50 * LOCK + wh * 170_000 - short, 0)
        assert a.m.uint("account", b"supplier") == (WH - wh) * RETAIL
        assert a.m.uint("account", b"fee") == WH * FEE
        assert [k for k, _ in a.m.machine.state.items("engaged")] == [b"."]
        assert [k for k, _ in a.m.machine.state.items("sale")] == [b"."]


def test_a_lot_nobody_stated_within_48_hours_was_not_delivered() -> None:
    a = Auction()
    a.run({"one": 250_000})
    a.m.block(at=(START + 4) * 900 + DELIVERY_S)
    assert a.seller.results[-1].outcome == "expired"
    assert a.m.uint("account", b"supplier") == WH * RETAIL
    assert [k for k, _ in a.m.machine.state.items("sale")] == [b"."]


@pytest.mark.parametrize("bid", [RESERVE + FEE - 1, RETAIL + 1, 0, 2**40])
def test_a_bid_out_of_bounds_forfeits(bid: int) -> None:
    a = Auction()
    a.run({"one": bid, "two": 180_000})
    assert a.m.lot_record().fund_nano == BID_LOCK
    assert a.m.uint("account", b"fund") == BID_LOCK
    assert [r.outcome for r in a.one.results] == ["forfeited"]
    assert a.m.lot_record().price == RESERVE + FEE


def test_a_withheld_bid_forfeits_and_counts_towards_the_bar() -> None:
    a = Auction()
    a.run({"one": 250_000}, reveal=False)
    assert (a.one.account.free, a.one.account.locked) == (50 * LOCK - BID_LOCK, 0)
    assert a.one.account.forfeits == (START * 900 // 86_400,)
    assert [(r.outcome, r.money_nano) for r in a.seller.results] == [("unfilled", 0)]
    assert a.seller.account.free == 50 * LOCK


# ---- engagement, both ways ------------------------------------------------------------------------------


def test_seller_and_winner_commit_nothing_in_a_lots_slots_and_the_others_do() -> None:
    a = Auction()
    a.run({"one": 250_000, "two": 180_000})
    a.m.open(START)
    assert a.m.no(a.seller.commit(START, sell((5, FEED_IN)))) is Reason.ENGAGED
    assert a.m.no(a.one.commit(START, buy((5, RETAIL)))) is Reason.ENGAGED
    a.m.ok(a.two.commit(START, buy((5, RETAIL))))
    a.m.open(START + 4)
    a.m.ok(a.seller.commit(START + 4, sell((5, FEED_IN))))


def test_an_unsold_lots_energy_can_be_offered_in_its_slots() -> None:
    a = Auction()
    a.gate()
    a.close()
    assert (a.m.lot_record().n, a.m.lot_record().price) == (0, None)
    assert a.m.time_s < PARAMS.open_s(START)
    a.m.open(START)
    a.m.ok(a.seller.commit(START, sell((5, FEED_IN))))


def test_a_household_with_an_order_cannot_open_or_bid_over_it() -> None:
    """No commit is open that early under these parameters; the check holds all the same."""
    a = Auction()
    order = a.seller.commit(START, sell((5, FEED_IN)))
    assert order
    for home in (a.seller, a.one):
        live = b"\x88" + b"\x01" + b"\x58\x20" + bytes(32) + b"\x50" + home.meter.id + b"\x50" + home.key.kid
        a.m.checked = False
        a.m.put("order", (START + 2).to_bytes(8, "big") + home.id, live + b"\x00\xf5\xf4\xf6")
    beside = replace(a.offer, nonce=bytes(16), first=START + 2, slots=1)
    assert a.m.no(a.seller.open_lot(beside)) is Reason.ENGAGED
    assert a.m.no(a.one.bid(a.lot, 200_000)) is Reason.ENGAGED


def test_a_household_may_win_two_lots_of_one_slot() -> None:
    a = Auction()
    offer = a.two.offer(1000, START + 1, 2, RESERVE, gate=a.offer.gate)
    second = lot_id(offer)
    a.m.ok(a.two.open_lot(offer))
    a.m.ok(a.one.bid(a.lot, 250_000), a.one.bid(second, 240_000))
    a.gate()
    a.m.ok(a.one.reveal_bid(a.lot), a.one.reveal_bid(second))
    a.close()
    assert len(a.m.books["lot/1"]) == 2
    a.m.past(START + 2)
    a.m.ok(a.two.deliver(second, 1000))
    a.m.block(at=PARAMS.open_s(START + 10))
    a.m.past(START + 3)
    a.m.ok(a.seller.deliver(a.lot, WH))
    assert [k for k, _ in a.m.machine.state.items("engaged")] == [b"."]


# ---- void ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gated", [True, False])
def test_a_lot_that_is_not_closed_when_its_slots_open_is_void(gated: bool) -> None:
    a = Auction()
    a.m.ok(a.one.bid(a.lot, 250_000))
    if gated:
        a.gate()
        a.m.ok(a.one.reveal_bid(a.lot))
    a.m.block(at=PARAMS.open_s(START))
    assert a.m.lot_record().void
    assert a.seller.account.free == a.one.account.free == 50 * LOCK
    assert [r.outcome for r in a.seller.results + a.one.results] == ["void", "void"]
    a.m.ok(a.seller.commit(START, sell((5, FEED_IN))))


def test_a_lot_keeps_the_terms_of_its_opening() -> None:
    a = Auction()
    for member in range(3):
        a.m.ok(a.m.reference(member, START - 1, (90_000, 200_000, 0)))
    a.run({"one": 290_000, "two": 280_000})
    assert a.m.lot_record().price == 280_000
    a.m.past(START + 3)
    a.m.ok(a.seller.deliver(a.lot, 0))
    assert a.m.uint("account", b"supplier") == WH * RETAIL


def test_check_tx_refuses_what_is_settled() -> None:
    a = Auction()
    bid = a.one.bid(a.lot, 200_000)
    a.m.ok(bid)
    assert reason(a.m.machine.check_tx(bid)) is Reason.OLD_VERSION
    assert isinstance(a.m, Ledger)
