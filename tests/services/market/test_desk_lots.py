"""Surplus lots from both sides: opened, bid on, sold at the second price, delivered; and what the wallet says."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ohmstead.core.market_inner import LotOffer, SealedBid
from ohmstead.core.market_statements import BidLot, Deliver, OpenLot, RevealBid
from ohmstead.market.orders import lot_commitment
from ohmstead.services.market.watch import Declined
from ohmstead.services.market_states import Checked, LotStage, LotState, MarketState
from tests.meter.agent_rig import FEE, FEED_IN, RETAIL
from tests.services.market.desk_rig import Desk, with_desk


def the_lot(state: MarketState) -> LotState:
    (lot,) = state.lots
    return lot


def neighbour_bids(desk: Desk, name: str, lot: bytes, price: int) -> None:
    bench = desk.bench
    meter, key = bench.neighbour(name)
    home, salt = sha256(meter.id).digest()[:16], sha256(name.encode()).digest()
    found = lot_commitment(bench.hash, lot, home, 1, price, salt)
    body = BidLot.of(key, bench.hash, SealedBid(lot, home, meter.id, 1, found))
    bench.block(bench.sign(meter.identity.key, body))


def neighbour_reveals(desk: Desk, name: str, lot: bytes, price: int) -> None:
    bench = desk.bench
    meter, key = bench.neighbour(name)
    home, salt = sha256(meter.id).digest()[:16], sha256(name.encode()).digest()
    bench.block(bench.sign(key, RevealBid(lot, home, price, salt)))


async def anew(desk: Desk) -> MarketState:
    """The market as a computer sees it that has the keys, and not the file."""
    await desk.desk.close()
    desk.home.homes.market_path(desk.bench.meter.id).unlink()
    return await opened_again(desk)


async def opened_again(desk: Desk) -> MarketState:
    await desk.desk.close()
    desk.desk = desk.new_desk()
    return await desk.look()


def test_a_lot_is_sold_at_the_second_price_and_delivered(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench = desk.bench
        await desk.begin()
        first = bench.params.first_slot + 12
        gate = first - bench.params.gate_slots - bench.params.open_slots - 2
        for name in ("b", "c"):
            bench.neighbour(name)
        await desk.look()
        await desk.desk.open_lot(900, first, 4, 100_000, gate)
        await desk.look()
        await bench.turn()
        state = await desk.look()
        lot = the_lot(state)
        assert (lot.mine, lot.wh, lot.reserve, lot.stage) == (True, 900, 100_000, LotStage.OPEN)
        assert state.account is not None
        assert (state.account.locked_nano, state.account.complete) == (900 * (RETAIL - FEED_IN), True)
        for name, price in (("b", 150_000), ("c", 180_000)):
            neighbour_bids(desk, name, lot.lot, price)
        bench.until(gate * 900)
        state = await desk.look()
        assert the_lot(state).stage is LotStage.CLOSED
        for name, price in (("b", 150_000), ("c", 180_000)):
            neighbour_reveals(desk, name, lot.lot, price)
        bench.close_window()
        state = await desk.look()
        sold = the_lot(state)
        assert (sold.stage, sold.price, sold.bids) == (LotStage.SOLD, 150_000, 2)
        assert sold.checked is Checked.EQUAL
        assert state.account is not None
        assert state.account.complete
        # A file made anew knows of it at once: by the home's own log, and by the sale in state.
        assert await anew(desk) == state
        bench.over(first + 3)
        await bench.turn()
        bench.block()
        await bench.look()
        state = await desk.look()
        done = the_lot(state)
        delivered = min(900, sum(bench.measured(s) for s in range(first, first + 4)))
        assert (done.stage, done.delivered_wh) == (LotStage.DELIVERED, delivered)
        assert state.account is not None
        assert (state.account.locked_nano, state.account.complete) == (0, True)
        gained = state.account.free_nano - 20 * 1_500_000_000
        short = 900 - delivered
        assert gained == delivered * (150_000 - FEE) - short * (RETAIL - (150_000 - FEE))

    with_desk(tmp_path, test)


def test_a_bid_wins_a_neighbours_lot(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench = desk.bench
        await desk.begin()
        first = bench.params.first_slot + 12
        gate = first - bench.params.gate_slots - bench.params.open_slots - 2
        meter, key = bench.neighbour("seller")
        home = sha256(meter.id).digest()[:16]
        offer = LotOffer(home, meter.id, bytes(16), 700, first, 4, 90_000, gate)
        bench.block(bench.sign(meter.identity.key, OpenLot.of(key, bench.hash, offer)))
        state = await desk.look()
        lot = the_lot(state)
        assert (lot.mine, lot.stage, lot.bid) == (False, LotStage.OPEN, None)
        for price in (89_999, RETAIL + 1):
            with pytest.raises(Declined) as caught:
                await desk.desk.bid(lot.lot, price)
            assert caught.value.reason == "OUTSIDE_BAND"
        await desk.desk.bid(lot.lot, 200_000)
        await desk.look()
        await bench.turn()
        state = await desk.look()
        assert the_lot(state).bid == 200_000
        assert state.account is not None
        assert (state.account.locked_nano, state.account.complete) == (700 * RETAIL, True)
        bench.until(gate * 900)
        await bench.turn()
        bench.close_window()
        state = await desk.look()
        won = the_lot(state)
        assert (won.won, won.price, won.checked) == (True, 90_000 + FEE, Checked.EQUAL)
        assert state.account is not None
        assert (state.account.locked_nano, state.account.complete) == (0, True)
        # What it was opened with is gone from state; that it was won, when it is delivered and for what, is not.
        restored = await anew(desk)
        assert the_lot(restored) == replace(won, reserve=None, gate_s=None, checked=Checked.NOT_YET)
        assert (restored.account, restored.movements) == (state.account, state.movements)
        assert restored.alarms == ()
        again = await opened_again(desk)
        assert again == restored
        bench.over(first + 3)
        bench.block(bench.sign(meter.identity.key, Deliver(lot.lot, 700)))
        assert the_lot(await desk.look()).stage is LotStage.DELIVERED
        gone = await anew(desk)
        assert (gone.lots, gone.account) == ((), state.account)

    with_desk(tmp_path, test)
