"""The wallet out of the household log: equal to the account that the contract keeps, after every block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from ohmstead.contract.accounts import Account
from ohmstead.contract.invariants import Balance
from ohmstead.contract.market_lots import LotState
from ohmstead.contract.parameters import terms_at
from ohmstead.market.orders import Terms
from ohmstead.services.market.wallet import LotFacts, Wallet, wallet_of
from ohmstead.services.market_states import MovementKind
from tests.contract import market_day
from tests.contract.market_rig import FEED_IN, FIRST, LOCK, PARAMS, RETAIL, Home, Market, buy, lot_id, sell


def terms_of(m: Market) -> Callable[[int], Terms]:
    series = m.machine.state.get("market", b"reference")
    assert series is not None
    return lambda slot: terms_at(m.params, series, slot)


def wallet(m: Market, home: bytes, lots: dict[bytes, LotFacts]) -> Wallet:
    for key, raw in m.machine.state.items("lot"):
        if len(key) == 16:
            lots.setdefault(key, LotFacts.of(LotState.from_cbor(raw)))
    return wallet_of(m.notes.get(home, []), terms_of(m), lots)


def assert_equal(m: Market, home: bytes, lots: dict[bytes, LotFacts]) -> None:
    raw = m.machine.state.get("account", home)
    assert raw is not None
    account, found = Account.from_cbor(raw), wallet(m, home, lots)
    assert (found.free, found.locked, found.payout) == (account.free, account.locked, account.payout)
    assert sum(x.free_nano for x in found.movements) == account.free
    assert sum(x.locked_nano for x in found.movements) == account.locked


class Watched(Market):
    """After every block every household's wallet is folded and compared."""

    def __init__(self) -> None:
        super().__init__()
        self.lots: dict[bytes, LotFacts] = {}

    def check(self) -> Balance:
        for home in self.notes:
            if self.machine.state.get("account", home) is not None:
                assert_equal(self, home, self.lots)
        return super().check()


def test_a_recorded_day_adds_up_at_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(market_day, "Market", Watched)
    m = market_day.live()
    assert isinstance(m, Watched)
    kinds = {x.kind for home in m.notes for x in wallet(m, home, m.lots).movements}
    assert kinds == set(MovementKind) - {MovementKind.PAYOUT_TAKEN_BACK}


def test_what_a_seller_is_told_of_a_short_delivery() -> None:
    m = Watched()
    seller, buyer = m.home_of("seller"), m.home_of("buyer")
    m.trade(FIRST, [(seller, sell((1000, 100_000))), (buyer, buy((1000, 250_000)))])
    m.past(FIRST)
    m.ok(seller.deliver(FIRST, 600))
    found = wallet(m, seller.id, m.lots)
    deal = found.latest(FIRST)
    assert deal is not None
    assert (deal.fill, deal.delivered, deal.settled) == (1000, 600, True)
    price = deal.price
    assert price is not None
    assert deal.money == 600 * price
    lines = [(x.kind, x.free_nano, x.locked_nano) for x in found.movements[-2:]]
    assert lines == [
        (MovementKind.SOLD, 600 * RETAIL, -600 * (RETAIL - price)),
        (MovementKind.SHORTFALL, 0, -400 * (RETAIL - price)),
    ]


def test_versions_of_an_order_are_all_there_and_lock_once() -> None:
    m = Watched()
    home = m.home_of("a")
    m.open(FIRST)
    m.ok(home.commit(FIRST, sell((10, FEED_IN))))
    m.ok(home.commit(FIRST, sell((20, FEED_IN)), version=2))
    m.ok(home.cancel(FIRST, 3))
    m.ok(home.commit(FIRST, sell((30, FEED_IN)), version=4))
    found = wallet(m, home.id, m.lots)
    assert [(d.version, d.outcome, d.live) for d in found.deals[FIRST]] == [
        (1, "replaced", False), (2, "", False), (4, "", True),
    ]  # fmt: skip
    assert found.locked == LOCK


def test_a_won_lot_counts_at_its_end_where_nothing_is_known_of_it() -> None:
    """A wallet that is made anew from the log alone: the lot has gone from the state."""
    m = Watched()
    seller, bidder = m.home_of("seller"), m.home_of("bidder")
    offer = seller.offer(3000, FIRST + 12)
    m.open(FIRST)
    m.ok(seller.open_lot(offer))
    m.ok(bidder.bid(lot_id(offer), 180_000))
    m.block(at=offer.gate * 900)
    m.ok(bidder.reveal_bid(lot_id(offer)))
    while not m.books["lot/1"]:
        m.block(at=m.time_s + 59)
    found = wallet_of(m.notes[bidder.id], terms_of(m), {})
    account = bidder.account
    assert (found.free, found.locked) == (account.free, account.locked)


@pytest.mark.parametrize("seed", range(6))
def test_random_days_add_up(seed: int) -> None:
    random, m = Random(seed), Watched()
    homes: list[Home] = [m.home_of(f"home {i}") for i in range(4)]
    for slot in range(FIRST, FIRST + 6):
        m.open(slot)
        txs = []
        for home in homes:
            if random.random() < 0.8:
                make = sell if random.random() < 0.5 else buy
                wh, limit = random.randrange(1, 900), random.randrange(FEED_IN + 10_000, RETAIL - 10_000)
                txs.append(home.commit(slot, make((wh, limit)), version=random.choice((1, 2))))
            if random.random() < 0.2:
                txs.append(home.cancel(slot, 3))
            if random.random() < 0.2:
                txs.append(m.payout(home, random.randrange(0, 10**9)))
        random.shuffle(txs)
        m.block(*txs)
        if random.random() < 0.8:
            m.gate(slot)
            m.block(*(h.reveal(slot) for h in homes if slot in h.sealed and random.random() < 0.8))
        m.block(at=(slot + 1) * 900 if random.random() < 0.5 else None)
        m.block(*(h.deliver(s, random.randrange(0, 200)) for h in homes for s in range(FIRST, slot)))
    m.block(at=(FIRST + 6) * 900 + 49 * 3600)
    m.block()
    for home in homes:
        found = wallet(m, home.id, m.lots)
        assert found.locked == found.payout


def test_leaves_of_another_version_change_nothing() -> None:
    m = Watched()
    home = m.home_of("a")
    leaves = m.notes[home.id]
    known = wallet_of(leaves, terms_of(m), {})
    strange = wallet_of([b"", b"\x80", *leaves, b"\xff" * 40], terms_of(m), {})
    assert (strange.free, strange.locked) == (known.free, known.locked)
    assert [replace(x, index=0) for x in strange.movements] == [replace(x, index=0) for x in known.movements]
    assert PARAMS.treasury is not None
